package search

import (
	"slices"
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// Syllables gives the pinyin of each character of s without tones, "" for
// what is no Chinese character. Where a character has several readings, the
// words around it decide. The vowel ü is written v.
func Syllables(s string) []string {
	return soundsOf([]rune(s))
}

func soundsOf(text []rune) []string {
	known := allSounds()
	sounds := make([]string, len(text))
	for i := 0; i < len(text); {
		w := known.wordAt(text[i:])
		for _, sound := range w.sounds {
			if sounds[i] = sound; sound == "" {
				sounds[i] = known.of(text[i])
			}
			i++
		}
		if w.sounds == nil {
			sounds[i] = known.of(text[i])
			i++
		}
	}
	return sounds
}

const (
	termSyllables = 6 // of a term of joined syllables, at most
	termInitials  = 8 // of a term of initials, at most
)

// PinyinTerms are the terms by which letters typed find a title, as the
// beginning of one: from each character on the joined syllables of the next
// six, and the initials of the next eight. Where a syllable has ü there is a
// term with v and one with u, because people type both.
func PinyinTerms(title string) []string {
	sounds := soundsOf([]rune(title))
	seen := map[string]bool{}
	var terms []string
	add := func(term string) {
		if !seen[term] {
			seen[term] = true
			terms = append(terms, term)
		}
	}
	for i, sound := range sounds {
		if sound == "" {
			continue
		}
		joined := strings.Join(run(sounds[i:], termSyllables), "")
		add(joined)
		add(strings.ReplaceAll(joined, "v", "u"))
		if first := initials(run(sounds[i:], termInitials)); len(first) > 1 {
			add(first)
		}
	}
	return terms
}

// PinyinLookup is the beginning of a term that letters typed can be looked up
// by: a longer text than a term holds is cut to the syllables of a term.
func PinyinLookup(q string) string {
	typed := pinyinLetters(q)
	if len(typed) <= termInitials {
		return typed
	}
	at := []int{0}
	for range termSyllables {
		if at = allSounds().after(typed, at); len(at) == 0 {
			return typed
		}
	}
	return typed[:slices.Min(at)]
}

// LooksLikePinyin tells whether q, folded, can be meant as pinyin: syllables,
// of which the last may be half typed, or 2 to 8 initials.
func LooksLikePinyin(q string) bool {
	parts := strings.FieldsFunc(q, isPinyinBlank)
	typed := strings.Join(parts, "")
	if len(typed) < 2 || strings.Trim(typed, "abcdefghijklmnopqrstuvwxyz") != "" {
		return false
	}
	if len(typed) <= termInitials && !strings.ContainsAny(typed, "iuv") {
		return true
	}
	for i, part := range parts {
		if !allSounds().parse(part, i == len(parts)-1) {
			return false
		}
	}
	return true
}

// PinyinRange finds the characters of a title that pinyin or initials stand
// for, counted in characters. Whole syllables win over half typed ones and
// over initials; of equals the first.
func PinyinRange(title, q string) (start, length int, ok bool) {
	typed := pinyinLetters(q)
	if len(typed) < 2 {
		return 0, 0, false
	}
	sounds := soundsOf([]rune(title))
	best := noMatch
	for i := range sounds {
		if n, how := matchTyped(sounds[i:], typed); how > best {
			start, length, best = i, n, how
		}
	}
	return start, length, best > noMatch
}

// SameSound finds the characters of a title that sound like word but are
// written otherwise, as 养老保险 sounds like 养劳保险.
func SameSound(title, word string) (string, bool) {
	text, said := []rune(title), []rune(Fold(word))
	if len(said) < 2 || strings.Contains(Fold(title), string(said)) {
		return "", false
	}
	wanted, sounds := soundsOf(said), soundsOf(text)
	for i := 0; i+len(said) <= len(text); i++ {
		if soundsAlike(text[i:], sounds[i:], said, wanted) {
			return string(text[i : i+len(said)]), true
		}
	}
	return "", false
}

// soundsAlike compares characters before sounds: the same character is the
// same sound, whatever the words around it make of it.
func soundsAlike(text []rune, sounds []string, said []rune, wanted []string) bool {
	for k, r := range said {
		if wanted[k] == "" || FoldRune(text[k]) != r && sounds[k] != wanted[k] {
			return false
		}
	}
	return true
}

// fit is how well letters fit syllables.
type fit int

const (
	noMatch fit = iota
	halfMatch
	initialsMatch
	partMatch // whole syllables, then a half typed one
	wholeMatch
)

func matchTyped(sounds []string, typed string) (length int, how fit) {
	n, how := matchSyllables(sounds, typed)
	if how >= partMatch {
		return n, how
	}
	if len(typed) <= termInitials && initials(run(sounds, len(typed))) == typed {
		return len(typed), initialsMatch
	}
	return n, how
}

func matchSyllables(sounds []string, typed string) (length int, how fit) {
	for k, sound := range sounds {
		switch {
		case sound == "":
			return 0, noMatch
		case beginsWith(typed, sound):
			if typed = typed[len(sound):]; typed == "" {
				return k + 1, wholeMatch
			}
		case beginsWith(sound, typed) && k > 0:
			return k + 1, partMatch
		case beginsWith(sound, typed):
			return 1, halfMatch
		default:
			return 0, noMatch
		}
	}
	return 0, noMatch
}

// beginsWith is HasPrefix that takes u for v and v for u after n and l.
func beginsWith(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if s[i] != prefix[i] && (s[i] != 'u' || prefix[i] != 'v') && (s[i] != 'v' || prefix[i] != 'u') {
			return false
		}
	}
	return true
}

// run is the beginning of sounds up to what has none, at most n long.
func run(sounds []string, n int) []string {
	sounds = sounds[:min(n, len(sounds))]
	if end := slices.Index(sounds, ""); end >= 0 {
		return sounds[:end]
	}
	return sounds
}

func initials(sounds []string) string {
	first := make([]byte, len(sounds))
	for i, sound := range sounds {
		first[i] = sound[0]
	}
	return string(first)
}

func isPinyinBlank(r rune) bool { return r == ' ' || r == '\'' || r == '’' }

// pinyinLetters are the letters of q that can be pinyin, joined.
func pinyinLetters(q string) string {
	return strings.Map(func(r rune) rune {
		if r = FoldRune(r); 'a' <= r && r <= 'z' {
			return r
		}
		return -1
	}, q)
}

const (
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

// sounds is what is known of how characters sound.
type sounds struct {
	names     []string // every syllable; the first is ""
	common    [lastHan - firstHan + 1]uint16
	words     map[rune][]spokenWord // by their first character, long ones first
	syllables map[string]bool
	halves    map[string]bool // the beginnings of syllables
}

// spokenWord is a word in which some characters are not read as usual; "" is
// as usual.
type spokenWord struct {
	text   []rune
	sounds []string
}

var allSounds = sync.OnceValue(learnSounds)

func learnSounds() *sounds {
	s := &sounds{names: []string{""}, words: map[rune][]spokenWord{}, syllables: map[string]bool{}, halves: map[string]bool{}}
	s.learnCharacters()
	s.learnWords()
	return s
}

func (s *sounds) learnCharacters() {
	number := map[string]uint16{"": 0}
	for r := rune(firstHan); r <= lastHan; r++ {
		name := firstReading(r)
		if usual, ok := usualReadings[r]; ok {
			name = usual
		}
		if _, known := number[name]; !known {
			number[name] = uint16(len(s.names))
			s.names = append(s.names, name)
			s.learnSyllable(name)
		}
		s.common[r-firstHan] = number[name]
	}
}

func (s *sounds) learnSyllable(name string) {
	if !strings.ContainsAny(name, "aeiouv") {
		return // hm, ng
	}
	for _, typed := range []string{name, strings.ReplaceAll(name, "v", "u")} {
		s.syllables[typed] = true
		for end := 1; end <= len(typed); end++ {
			s.halves[typed[:end]] = true
		}
	}
}

func (s *sounds) learnWords() {
	all := map[string]spokenWord{}
	for _, h := range heteronyms {
		for _, word := range strings.Fields(h.words) {
			w, ok := all[word]
			if !ok {
				w = spokenWord{[]rune(word), make([]string, len([]rune(word)))}
			}
			for i, r := range w.text {
				if r == h.char {
					w.sounds[i] = h.sound
				}
			}
			all[word] = w
		}
	}
	for _, w := range all {
		s.words[w.text[0]] = append(s.words[w.text[0]], w)
	}
	for _, begun := range s.words {
		slices.SortFunc(begun, func(a, b spokenWord) int { return len(b.text) - len(a.text) })
	}
}

func firstReading(r rune) string {
	first, _, _ := strings.Cut(pinyin.PinyinDict[int(r)], ",")
	return pinyinLetters(first)
}

func (s *sounds) of(r rune) string {
	if r < 0x80 {
		return ""
	}
	r = FoldRune(r)
	if r >= firstHan && r <= lastHan {
		return s.names[s.common[r-firstHan]]
	}
	if isHan(r) {
		return firstReading(r)
	}
	return ""
}

func (s *sounds) wordAt(text []rune) spokenWord {
	for _, w := range s.words[FoldRune(text[0])] {
		if len(w.text) <= len(text) && slices.EqualFunc(w.text, text[:len(w.text)], func(a, b rune) bool { return a == FoldRune(b) }) {
			return w
		}
	}
	return spokenWord{}
}

const longestSyllable = 6 // zhuang

// after lists the places one syllable after any of the places at.
func (s *sounds) after(typed string, at []int) []int {
	var next []int
	for _, i := range at {
		for n := 1; n <= longestSyllable && i+n <= len(typed); n++ {
			if s.syllables[typed[i:i+n]] && !slices.Contains(next, i+n) {
				next = append(next, i+n)
			}
		}
	}
	return next
}

// parse tells whether typed is whole syllables, of which the last may be half.
func (s *sounds) parse(typed string, half bool) bool {
	reached := make([]bool, len(typed)+1)
	reached[0] = true
	for i := range typed {
		if !reached[i] {
			continue
		}
		if half && s.halves[typed[i:]] {
			return true
		}
		for _, next := range s.after(typed, []int{i}) {
			reached[next] = true
		}
	}
	return reached[len(typed)]
}
