package policy

import (
	"context"
	"strings"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store/search"
)

// Suggestion is a way to go on typing: a document, or a word that others
// searched.
type Suggestion struct {
	Kind   string // "policy" or "word"
	ID     string // of a document
	Text   string
	Ranges []model.Range
}

// How much is suggested.
const (
	suggestWords    = 3
	suggestPolicies = 8
)

// Suggest goes on with what is being typed: words of hot that begin with it,
// then titles that hold it.
func (s *Service) Suggest(ctx context.Context, typed string, hot []string) ([]Suggestion, error) {
	folded := search.Fold(typed)
	if folded == "" || utf8.RuneCountInString(folded) > search.MaxText {
		return nil, nil
	}
	list := matchingWords(folded, hot)
	answer, _, err := s.ask(ctx, search.Question{Kind: model.KindPolicy, Text: typed, Sort: model.Relevance,
		Today: s.today(), Limit: suggestPolicies, TitleOnly: true})
	if err != nil {
		return nil, err
	}
	for _, h := range answer.Hits {
		list = append(list, Suggestion{Kind: "policy", ID: h.ID, Text: h.Title, Ranges: answer.Marks.Ranges(h.Title)})
	}
	return list, nil
}

func matchingWords(typed string, hot []string) []Suggestion {
	var list []Suggestion
	for _, w := range hot {
		if w != typed && strings.HasPrefix(w, typed) && len(list) < suggestWords {
			list = append(list, Suggestion{Kind: "word", Text: w, Ranges: search.Ranges(w, []string{typed})})
		}
	}
	return list
}
