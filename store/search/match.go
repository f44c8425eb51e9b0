package search

import (
	"slices"
	"strings"

	"yuandu/model"
)

// Matcher tells which saved searches find one document, by the strict readings of
// Ask alone: a document number, or all words or synonyms of them. What Ask tries
// where those find nothing (pinyin, homophones, a part of the words) never does.
//
// One thing a single document can't tell: Ask looks for words only where nothing
// answers to a number that may be meant. Here either is enough, unless the text is
// a number and nothing else.
type Matcher struct {
	doc      *Doc
	synonyms *Synonyms
	validity string
	grams    gramSet
}

// NewMatcher cuts a document as the embedded index does. today is for validity.
func NewMatcher(d *Doc, s *Synonyms, today model.Day) *Matcher {
	return &Matcher{d, s, string(d.Days.On(today)), gramsOf(d.Title + "\n" + strings.Join(d.Keywords, "\n") + "\n" + d.Body)}
}

// Matches says whether a saved search finds the document.
func (m *Matcher) Matches(v *model.SavedSearch) bool {
	if !m.passes(v.Filters) {
		return false
	}
	text := matchText(v)
	if text == "" {
		return true
	}
	if n, ok := soleNumber(text); ok {
		return m.answersTo(n.Key())
	}
	return m.holdsAll(text) || slices.ContainsFunc(numbersIn(text), func(n model.DocNumber) bool { return m.answersTo(n.Key()) })
}

// matchText is the text of a saved search as Ask reads it.
func matchText(v *model.SavedSearch) string { return cut(Fold(v.Text), MaxText) }

func (m *Matcher) passes(filters map[string][]string) bool {
	for name, wanted := range filters {
		has := m.doc.Facets[name]
		if name == ValidityFacet {
			has = []string{m.validity}
		}
		if len(wanted) > 0 && !slices.ContainsFunc(has, func(v string) bool { return slices.Contains(wanted, v) }) {
			return false
		}
	}
	return true
}

func (m *Matcher) answersTo(key string) bool {
	return slices.Contains(numberKeys(m.doc.NumberKey), key) || slices.Contains(m.doc.Cites, key)
}

func (m *Matcher) holdsAll(text string) bool {
	return slices.ContainsFunc(wordingsOf(text, m.synonyms), func(grams []string) bool { return m.grams.hold(grams) })
}

// wordingsOf are the grams of a text's words, then those of its variants, as Ask's
// reading of all words puts them to an index.
func wordingsOf(text string, s *Synonyms) (list [][]string) {
	asked := strings.Join(Words(text), " ")
	for _, wording := range append([]string{asked}, s.Variants(asked)...) {
		var all []string
		for _, w := range strings.Fields(wording) {
			all = append(all, queryGrams(w)...)
		}
		if len(all) > 0 {
			list = append(list, all)
		}
	}
	return list
}

// soleNumber reads a text that is a document number, as such numbers are written,
// and nothing else.
func soleNumber(text string) (model.DocNumber, bool) {
	n, ok := model.ParseDocNumber(text)
	return n, ok && Fold(n.String()) == text
}

// Canonical is what a text asks for: equal where the same is asked, "" where there
// is nothing to look for.
func Canonical(text string) string {
	text = cut(Fold(text), MaxText)
	if n, ok := soleNumber(text); ok {
		return numberAnchor + n.Key()
	}
	words := Words(text)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// gramSet is what a text holds.
type gramSet map[string]struct{}

// gramsOf cuts a text as the index's analyzer does.
func gramsOf(text string) gramSet {
	folded, marks := foldMarked([]byte(text))
	set := make(gramSet, len(marks))
	for i, m := range marks {
		set.add(string(folded[m.from:m.to]))
		if m.han && i+1 < len(marks) && marks[i+1].han && marks[i+1].from == m.to {
			set.add(string(folded[m.from:marks[i+1].to]))
		}
	}
	return set
}

func (g gramSet) add(grams ...string) {
	for _, gram := range grams {
		g[gram] = struct{}{}
	}
}

func (g gramSet) has(gram string) bool {
	_, has := g[gram]
	return has
}

func (g gramSet) hold(grams []string) bool {
	for _, gram := range grams {
		if !g.has(gram) {
			return false
		}
	}
	return true
}
