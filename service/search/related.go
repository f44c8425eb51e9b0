package search

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"yuandu/model"
	"yuandu/store/search"
)

// Related is an answer that somebody who is about to ask may have looked for.
type Related struct {
	Kind     model.Kind
	ID       string
	Title    string
	Anchor   string // of the article or question within the document, "" for all of it
	Asked    string // the question that it answers, "" where the title is all
	Snippet  string
	Ranges   []model.Range // of the snippet
	Text     string        // all that answers
	Offices  []model.Department
	Source   *RelatedSource
	Day      model.Day      // answered, or published
	Validity model.Validity // of the policy that it rests on
	Score    float64
}

// RelatedSource is the policy, and the article where it is known, behind an answer.
type RelatedSource struct {
	model.PolicyRef
	Article string
}

// mostRelated is how many answers are worth reading before one writes.
const mostRelated = 5

// Related finds published letters, questions of interpretations and policies that
// may answer a text, the best first: those that no longer stand are left out.
// topic is the one that was chosen, "" for none. What residents write before they
// send it is nobody's business: it stands in no error and no log.
func (s *Service) Related(ctx context.Context, text, topic string) ([]Related, error) {
	synonyms, err := s.Synonyms(ctx)
	if err != nil {
		return nil, err
	}
	shelves := []relatedShelf{
		&letterShelf{service: s, topic: topic},
		&interpretationShelf{service: s, topic: topic},
		&policyShelf{service: s, topic: topic},
	}
	lists, errs := make([][]Related, len(shelves)), make([]error, len(shelves))
	var wait sync.WaitGroup
	for i, shelf := range shelves {
		wait.Go(func() { lists[i], errs[i] = s.relatedOn(ctx, shelf, text, synonyms) })
	}
	wait.Wait()
	list := slices.Concat(lists...)
	slices.SortStableFunc(list, func(a, b Related) int { return cmp.Compare(b.Score, a.Score) })
	return list[:min(mostRelated, len(list))], errors.Join(errs...)
}

// relatedShelf is one kind of documents that answer.
type relatedShelf interface {
	kind() model.Kind
	// pieces reads what found documents say, those left out that no longer stand.
	pieces(ctx context.Context, hits []search.Hit) ([]search.Piece, error)
	// related completes what was found in one of them.
	related(a *search.Alike) Related
}

func (s *Service) relatedOn(ctx context.Context, shelf relatedShelf, text string, synonyms *search.Synonyms) ([]Related, error) {
	q := search.Question{Kind: shelf.kind(), Text: text, Filters: map[string][]string{search.ValidityFacet: model.Shown()},
		Today: s.today(), Limit: mostRelated}
	found, err := search.FindSimilar(ctx, s.index, q, synonyms, shelf.pieces)
	if errors.Is(err, search.ErrUnavailable) {
		scan, failed := s.scan(ctx, q.Kind)
		if failed != nil {
			return nil, failed
		}
		found, err = search.FindSimilar(ctx, scan, q, synonyms, shelf.pieces)
	}
	list := make([]Related, len(found))
	for i := range found {
		a := &found[i]
		list[i] = shelf.related(a)
		list[i].Kind, list[i].ID, list[i].Title, list[i].Anchor, list[i].Asked = q.Kind, a.ID, a.Hit.Title, a.Anchor, a.Asked
		list[i].Snippet, list[i].Ranges, list[i].Text, list[i].Score = a.Snippet, a.Ranges, a.Text, a.Score
	}
	return list, err
}

func (s *Service) today() model.Day { return model.Today(s.clock.Now()) }

// ids are the IDs of the first hits, no more than most.
func ids(hits []search.Hit, most int) []string {
	list := make([]string, 0, most)
	for _, h := range hits[:min(most, len(hits))] {
		list = append(list, h.ID)
	}
	return list
}

func isOf(topic string, topics []model.Topic) bool {
	return topic != "" && slices.ContainsFunc(topics, func(t model.Topic) bool { return t.ID == topic })
}
