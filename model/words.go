package model

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// WordList names one of the lists of words that a city keeps.
type WordList string

// The lists.
const (
	SynonymWords   WordList = "synonyms"  // words that mean the same, for search
	HotWords       WordList = "hot"       // words shown, or never shown, as searched much
	ForbiddenWords WordList = "forbidden" // words that documents must not use
	MistypedWords  WordList = "mistyped"  // words often written wrong
)

// WordLists are all of them.
func WordLists() []WordList {
	return []WordList{SynonymWords, HotWords, ForbiddenWords, MistypedWords}
}

// WordEntry is an entry of a list: one that the city wrote, or one that the
// product knows, which has no ID.
type WordEntry struct {
	ID        string
	List      WordList
	Name      string // what it is of; a list has no two of the same
	Version   int64
	UpdatedAt time.Time
	UpdatedBy string
	WordContent
}

// WordContent is what an entry says. Each list uses its part.
type WordContent struct {
	Words    []string `json:"words"`              // a group; of one way, what is asked before what is found too; else the one word
	OneWay   bool     `json:"one_way,omitempty"`  // of synonyms
	Instead  string   `json:"instead,omitempty"`  // what to write
	Note     string   `json:"note,omitempty"`     // why
	RightIn  []string `json:"right_in,omitempty"` // words around it in which it is right
	Severity string   `json:"severity,omitempty"` // stop, ask, note
	Hidden   bool     `json:"hidden,omitempty"`   // of hot words: never shown, nor what it is part of
	Position int      `json:"position,omitempty"` // of hot words that are shown
	Until    Day      `json:"until,omitempty"`    // of hot words that are shown: the last day, "" for ever
}

const (
	shortestWord = 2 // characters: a single one is in everything
	longestWord  = 20
	longestNote  = 100
	mostWords    = 12 // in a group
	mostRightIn  = 20
)

// Tidy takes away what nobody meant to write: blanks around words, empty and
// repeated ones.
func (c *WordContent) Tidy() {
	c.Words, c.RightIn = tidied(c.Words), tidied(c.RightIn)
	c.Instead, c.Note = strings.TrimSpace(c.Instead), strings.TrimSpace(c.Note)
}

func tidied(words []string) []string {
	list := []string{}
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

// Validate says what is wrong with an entry of a list, looked at alone.
func (c *WordContent) Validate(list WordList) *Error {
	if len(c.Words) == 0 {
		return ErrWordEmpty
	}
	for _, w := range c.Words {
		if wrong := validWord(w); wrong != nil {
			return wrong.With("words", map[string]any{"word": w})
		}
	}
	if utf8.RuneCountInString(c.Note) > longestNote || !utf8.ValidString(c.Note) || hasControl(c.Note) || strings.ContainsAny(c.Note, "|｜") {
		return ErrWordNote.With("note", map[string]any{"most": longestNote})
	}
	switch list {
	case SynonymWords:
		return c.validateGroup()
	case ForbiddenWords, MistypedWords:
		return c.validateWrong(list)
	}
	return nil
}

func validWord(w string) *Error {
	switch n := utf8.RuneCountInString(w); {
	case n < shortestWord:
		return ErrWordShort
	case n > longestWord:
		return ErrWordLong
	case hasOddSign(w):
		return ErrWordSign
	}
	return nil
}

// hasOddSign finds what no word has in it, or what parts words in a pasted list.
func hasOddSign(w string) bool {
	return !utf8.ValidString(w) || hasControl(w) || strings.ContainsAny(w, "<>＞⇒|｜→=＝、,，;；#\" \u3000") ||
		w != "" && strings.ContainsAny(w[:1], "+-@'")
}

func (c *WordContent) validateGroup() *Error {
	switch n := len(c.Words); {
	case n < 2:
		return ErrWordsFew
	case n > mostWords:
		return ErrWordsMany.With("words", map[string]any{"most": mostWords})
	}
	return nil
}

func (c *WordContent) validateWrong(list WordList) *Error {
	word := c.Words[0]
	switch {
	case len(c.Words) > 1:
		return ErrWordsMany.With("words", map[string]any{"most": 1})
	case c.Instead == "" && list == MistypedWords:
		return ErrWordInstead
	case c.Instead == word:
		return ErrWordSame
	case utf8.RuneCountInString(c.Instead) > 2*longestWord || hasOddSign(c.Instead):
		return ErrWordSign.With("instead", map[string]any{"word": c.Instead})
	case len(c.RightIn) > mostRightIn:
		return ErrWordsMany.With("right_in", map[string]any{"most": mostRightIn})
	case !slices.Contains([]string{"", "stop", "ask", "note"}, c.Severity):
		return ErrWordSeverity
	}
	for _, w := range c.RightIn {
		if !strings.Contains(w, word) || w == word || validWord(w) != nil {
			return ErrWordRightIn.With("right_in", map[string]any{"word": word, "around": w})
		}
	}
	return nil
}

// Errors of lists of words.
var (
	ErrWordMissing    = &Error{NotFound, "word.not_found", "", nil}
	ErrWordEmpty      = &Error{Invalid, "word.empty", "words", nil}
	ErrWordShort      = &Error{Invalid, "word.short", "words", nil}
	ErrWordLong       = &Error{Invalid, "word.long", "words", nil}
	ErrWordSign       = &Error{Invalid, "word.sign", "words", nil}
	ErrWordsFew       = &Error{Invalid, "word.few", "words", nil}
	ErrWordsMany      = &Error{Invalid, "word.many", "words", nil}
	ErrWordNote       = &Error{Invalid, "word.note", "note", nil}
	ErrWordInstead    = &Error{Invalid, "word.instead", "instead", nil}
	ErrWordSame       = &Error{Invalid, "word.same", "instead", nil}
	ErrWordRightIn    = &Error{Invalid, "word.right_in", "right_in", nil}
	ErrWordSeverity   = &Error{Invalid, "word.severity", "severity", nil}
	ErrWordTaken      = &Error{Conflict, "word.taken", "words", nil}
	ErrWordShipped    = &Error{Conflict, "word.shipped", "words", nil}
	ErrWordContradict = &Error{Conflict, "word.contradicts", "instead", nil}
	ErrWordLoop       = &Error{Conflict, "word.loop", "words", nil}
	ErrWordKnown      = &Error{Conflict, "word.known", "words", nil}
	ErrWordUnfit      = &Error{Invalid, "word.unfit", "words", nil}
	ErrWordUntil      = &Error{Invalid, "word.until", "until", nil}
	ErrWordLine       = &Error{Invalid, "word.line", "text", nil}
	ErrWordsFull      = &Error{Conflict, "word.full", "", nil}
	ErrWordLines      = &Error{Invalid, "word.lines", "text", nil}
)
