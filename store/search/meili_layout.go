package search

import (
	"strings"
	"unicode/utf8"

	"github.com/meilisearch/meilisearch-go"

	"yuandu/model"
)

// meiliLayout names the settings below and the shape of meiliDoc. It stands
// among the index's stop words, of which we have none, so that it is swapped
// together with the documents. (The dictionary would do, but with one the
// server makes a new tokenizer for every question: 1.3 ms.) Whoever changes
// settings or shape gives it the next number.
const (
	layoutMark  = "yuandulayout"
	meiliLayout = layoutMark + "2"
)

// meiliSettings are of an index that cuts nothing itself. Documents and
// questions come to it as code words that stand for what queryGrams and
// foldMarked make of them, so that both engines find the same, and no version
// of the server cuts Chinese differently from the next.
//
// Nearness is looked at by attribute only: the alternative, every pair of
// neighbours, made the index five times larger.
func meiliSettings(mark string) *meilisearch.Settings {
	wholeWords := "disabled"
	return &meilisearch.Settings{
		StopWords: []string{meiliLayout, mark},
		SearchableAttributes: []string{"title_grams", "keyword_grams", "body_grams", "body_rest",
			"number_codes", "cite_codes"},
		FilterableAttributes: []string{"id", "pinyin", "facets", "days"},
		SortableAttributes:   []string{"published", "id"},
		DisplayedAttributes:  []string{"id", "version", "title", "number", "published", "days"},
		RankingRules:         []string{"sort", "words", "attribute", "published:desc", "id:desc"},
		ProximityPrecision:   meilisearch.ByAttribute,
		PrefixSearch:         &wholeWords,
		TypoTolerance: &meilisearch.TypoTolerance{ // off; the lengths are the server's own
			MinWordSizeForTypos: meilisearch.MinWordSizeForTypos{OneTypo: 5, TwoTypos: 9}},
		Pagination: &meilisearch.Pagination{MaxTotalHits: 1_000_000},
		Faceting: &meilisearch.Faceting{MaxValuesPerFacet: MaxBucket,
			SortFacetValuesBy: map[string]meilisearch.SortFacetType{"*": meilisearch.SortFacetTypeCount}},
		SearchCutoffMs: 4000, // a search cut short would be ordered otherwise, and pages would not fit together
	}
}

// What a question to titles alone looks at, and one for a number, whose own
// documents come before those that cite it as attributes come in the settings.
var (
	titleOnly  = []string{"title_grams"}
	numberOnly = []string{"number_codes", "cite_codes"}
)

// meiliDoc is a document as Meilisearch holds it.
type meiliDoc struct {
	ID           string              `json:"id"`
	Version      int64               `json:"version"`
	Title        string              `json:"title"`
	Number       string              `json:"number,omitempty"`
	Pinyin       []string            `json:"pinyin,omitempty"`
	Published    int                 `json:"published,omitempty"` // unless known, to come last in either order
	Days         meiliDays           `json:"days"`
	Facets       map[string][]string `json:"facets"`
	TitleGrams   string              `json:"title_grams"`
	KeywordGrams string              `json:"keyword_grams"`
	BodyGrams    string              `json:"body_grams"`
	BodyRest     string              `json:"body_rest,omitempty"`
	NumberCodes  string              `json:"number_codes"`
	CiteCodes    string              `json:"cite_codes"`
}

// meiliDays are days as yyyymmdd, 0 where unknown.
type meiliDays struct {
	Effective int            `json:"effective"`
	Expiry    int            `json:"expiry"`
	Amended   int            `json:"amended"`
	Repealed  int            `json:"repealed"`
	Stated    model.Validity `json:"stated"`
}

// mostWords is a little less than what Meilisearch indexes of one attribute;
// it drops the rest without a word.
const mostWords = 60_000

func meiliDocument(d *Doc) meiliDoc {
	body := codeWords(d.Body)
	head := min(len(body), mostWords)
	return meiliDoc{
		ID: d.ID, Version: d.Version, Title: d.Title, Number: d.NumberKey,
		Pinyin:    PinyinTerms(d.Title),
		Published: d.Published.Number(),
		Days: meiliDays{d.Days.Effective.Number(), d.Days.Expiry.Number(), d.Days.Amended.Number(),
			d.Days.Repealed.Number(), d.Days.Stated},
		Facets:       d.Facets,
		TitleGrams:   levelled(codeWords(d.Title)),
		KeywordGrams: levelled(codeWords(strings.Join(d.Keywords, "\n"))),
		BodyGrams:    strings.Join(body[:head], " "),
		BodyRest:     strings.Join(body[head:min(len(body), 2*mostWords)], " "),
		NumberCodes:  levelled(keyCodes(numberKeys(d.NumberKey))),
		CiteCodes:    levelled(keyCodes(d.Cites)),
	}
}

func (d meiliDays) days() model.Days {
	return model.Days{Effective: dayOf(d.Effective), Expiry: dayOf(d.Expiry),
		Amended: dayOf(d.Amended), Repealed: dayOf(d.Repealed), Stated: d.Stated}
}

// dayOf is the day of its Number.
func dayOf(n int) model.Day {
	if n == 0 {
		return ""
	}
	digits := []byte("0000-00-00")
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] != '-' {
			digits[i] = byte('0' + n%10)
			n /= 10
		}
	}
	return model.Day(digits)
}

// levelled puts words far enough back in their attribute that Meilisearch,
// which counts places exactly at first and roughly later, takes them all for
// equally far from its beginning: where in a title a word stands says nothing,
// and what is newer shall decide.
func levelled(words []string) string {
	return strings.Repeat("q. ", 17) + strings.Join(words, " ")
}

// codeWords are the different code words of a text: of every Chinese
// character, of every two neighbours and of every other word.
func codeWords(text string) []string {
	folded, marks := foldMarked([]byte(text))
	words := make([]string, 0, len(marks))
	seen := make(map[string]bool, len(marks))
	add := func(from, to int) {
		if gram := string(folded[from:to]); !seen[gram] {
			seen[gram] = true
			words = append(words, codeWord(gram))
		}
	}
	for i, m := range marks {
		add(m.from, m.to)
		if m.han && i+1 < len(marks) && marks[i+1].han && marks[i+1].from == m.to {
			add(m.from, marks[i+1].to)
		}
	}
	return words
}

// codeWord writes a gram in letters that no tokenizer parts. Meilisearch takes
// a word that it does not know for two known ones written together; a letter
// in front, z for a single character and y for a longer word that is not
// Chinese, makes sure that no code word is two others.
func codeWord(gram string) string {
	first, size := utf8.DecodeRuneInString(gram)
	switch {
	case size == len(gram):
		return inLetters("z", gram)
	case !isHan(first):
		return inLetters("y", gram)
	}
	return inLetters("", gram)
}

// keyCode is the code word of a number key, which no text has.
func keyCode(key string) string { return inLetters("x", key) }

func keyCodes(keys []string) []string {
	codes := make([]string, 0, len(keys))
	for _, key := range keys {
		codes = append(codes, keyCode(key))
	}
	return codes
}

// longestCode keeps code words below the 250 letters beyond which Meilisearch
// does not index a word.
const longestCode = 60 // characters

// inLetters writes each character as four letters, behind the ones in front.
func inLetters(front, text string) string {
	code := make([]byte, 0, len(front)+4*len(text))
	code = append(code, front...)
	for _, r := range text {
		if len(code) > 4*longestCode-4 {
			break
		}
		code = append(code, letter(r/17576), letter(r/676), letter(r/26), letter(r))
	}
	return string(code)
}

func letter(r rune) byte { return byte('a' + r%26) }
