package search

import (
	"slices"
	"strings"

	"yuandu/model"
)

// SynonymName is what an entry of the synonyms is of, however its words are
// ordered and written.
func SynonymName(c model.WordContent) string {
	words := make([]string, len(c.Words))
	for i, w := range c.Words {
		words[i] = Fold(w)
	}
	if c.OneWay && len(words) > 0 {
		slices.Sort(words[1:])
		return words[0] + ">" + strings.Join(words[1:], "=")
	}
	slices.Sort(words)
	return strings.Join(words, "=")
}

// ShippedSynonyms are the synonyms that the product knows, as entries.
func ShippedSynonyms() []model.WordEntry {
	var list []model.WordEntry
	for _, group := range DefaultSynonyms() {
		c := model.WordContent{Words: group}
		list = append(list, model.WordEntry{List: model.SynonymWords, Name: SynonymName(c), WordContent: c})
	}
	return list
}

// SynonymsOf knows what the city wrote, and what the product knows and the city
// has not switched off.
func SynonymsOf(own []model.WordEntry, off map[string]bool) *Synonyms {
	s := &Synonyms{others: map[string][]string{}, begun: map[rune][]string{}}
	for _, e := range ShippedSynonyms() {
		if !off[e.Name] {
			s.add(e.Words)
		}
	}
	for _, e := range own {
		if e.OneWay {
			s.addOneWay(e.Words)
		} else {
			s.add(e.Words)
		}
	}
	s.sort()
	return s
}

// addOneWay lets the first word find the others too, and not the other way
// round. What the others find is not found: one step is all that is ever taken.
func (s *Synonyms) addOneWay(words []string) {
	asked := Fold(words[0])
	for _, w := range words[1:] {
		if w = Fold(w); !short(asked) && !short(w) && w != asked && !slices.Contains(s.others[asked], w) {
			s.others[asked] = append(s.others[asked], w)
		}
	}
}
