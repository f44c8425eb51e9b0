package search

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

// An anchor is one gram that every document holds which a saved search finds, so
// that a new document need be put only to the searches whose anchor it holds. It
// is a gram of the text, a number key, or the value of a filter.
const (
	numberAnchor = "#"
	filterAnchor = "="
	anyDocument  = "" // of what has no anchor: every document is put to it
)

// anchorRules names the way in which anchors are chosen.
const anchorRules = "1"

// Rules name how anchors are chosen today. Anchors of other rules are chosen anew:
// which gram every document must hold depends on the synonyms.
func (s *Synonyms) Rules() string { return s.rules }

// Anchor chooses the anchor of a saved search.
func Anchor(v *model.SavedSearch, s *Synonyms) string {
	text := matchText(v)
	if text == "" {
		return filterOf(v)
	}
	if n, ok := soleNumber(text); ok {
		return numberAnchor + n.Key()
	}
	wordings := wordingsOf(text, s)
	if len(wordings) == 0 {
		return filterOf(v)
	}
	sets := setsOf(text, wordings, s)
	sure := slices.DeleteFunc(slices.Clone(wordings[0]), func(gram string) bool {
		return slices.ContainsFunc(sets, func(set gramSet) bool { return !set.has(gram) })
	})
	if len(sure) == 0 {
		return filterOf(v)
	}
	return slices.MinFunc(sure, func(a, b string) int { return cmp.Compare(commonness(a, text), commonness(b, text)) })
}

// setsOf are the grams that Anchors gives of a document at least, for each of the
// wordings that it may answer to, and each number that the text may be meant to hold.
func setsOf(text string, wordings [][]string, s *Synonyms) []gramSet {
	for _, n := range numbersIn(text) {
		wordings = append(wordings, keyGrams(n.Key()))
	}
	sets := make([]gramSet, len(wordings))
	for i, grams := range wordings {
		sets[i] = gramSet{}
		sets[i].add(grams...)
		s.widen(sets[i])
	}
	return sets
}

// filterOf is the first filter that wants one value.
func filterOf(v *model.SavedSearch) string {
	for _, name := range slices.Sorted(maps.Keys(v.Filters)) {
		if values := v.Filters[name]; name != ValidityFacet && len(values) == 1 {
			return name + filterAnchor + values[0]
		}
	}
	return anyDocument
}

// Anchors are all anchors under which a saved search that finds the document may
// stand.
func (m *Matcher) Anchors() []string {
	set := maps.Clone(m.grams)
	keys := append(numberKeys(m.doc.NumberKey), m.doc.Cites...)
	for _, key := range keys {
		set.add(numberAnchor + key)
		set.add(keyGrams(key)...)
	}
	m.synonyms.widen(set)
	for name, values := range m.doc.Facets {
		for _, v := range values {
			set.add(name + filterAnchor + v)
		}
	}
	set.add(anyDocument)
	return slices.Sorted(maps.Keys(set))
}

// keyGrams are the grams of a number key: of its issuer, the year and the sequence.
func keyGrams(key string) (grams []string) {
	for _, part := range strings.Split(key, "|") {
		grams = append(grams, queryGrams(part)...)
	}
	return grams
}

// commonness orders grams by how many documents hold them, as far as their shape
// tells: single characters and figures stand everywhere, and two characters that
// begin in the middle of a word (老保 of 养老保险) stand together less often than a
// word does.
func commonness(gram, text string) int {
	first, size := utf8.DecodeRuneInString(gram)
	switch {
	case !isHan(first):
		return 2
	case size == len(gram):
		return 3
	}
	at := strings.Index(text, gram)
	if at >= 0 && utf8.RuneCountInString(text[:at])%2 == 1 {
		return 0
	}
	return 1
}

// widen adds to what a text holds what may be asked for it: the grams of the words
// that find one which it holds.
func (s *Synonyms) widen(set gramSet) {
	if s == nil {
		return
	}
	var more []string
	for gram := range set {
		for _, t := range s.turned[gram] {
			if set.hold(t.held) {
				more = append(more, t.found...)
			}
		}
	}
	set.add(more...)
}

// turnedWord is a synonym turned round: the grams of a word, and those of all words
// that find it.
type turnedWord struct{ held, found []string }

// turn makes the synonyms ready to be looked up by what they find, under the first
// gram of it.
func (s *Synonyms) turn() {
	finds := map[string][]string{}
	sum := sha256.New()
	for _, asked := range slices.Sorted(maps.Keys(s.others)) {
		for _, other := range s.others[asked] {
			finds[other] = append(finds[other], queryGrams(asked)...)
			sum.Write([]byte(asked + ">" + other + "\n"))
		}
	}
	s.rules = anchorRules + "-" + hex.EncodeToString(sum.Sum(nil)[:12])
	s.turned = map[string][]turnedWord{}
	for word, found := range finds {
		if held := queryGrams(word); len(held) > 0 {
			s.turned[held[0]] = append(s.turned[held[0]], turnedWord{held, found})
		}
	}
}
