package follow

import (
	"context"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// foundAtOnce is how many searches' followers are noted in one transaction.
const foundAtOnce = 500

// anchoredAtOnce is how many searches get other anchors in one transaction.
const anchoredAtOnce = 5000

// Match notes who follows a search that finds the document of an announcement.
// Done again, from wherever it broke off, it comes to the same.
//
// The problem is turned round: of all saved searches only those are read whose
// anchor the document holds, and only these are put to it. So the cost grows with
// the different grams of the document, each of which is looked up once, and with
// the searches that share their anchor with it: of 100,000 in the words of policies
// a third, for a document of 10,000 characters; few for a short one. Reading and
// comparing one of them takes some 10 µs, noting the followers of 500 some 10 ms.
func (s *Service) Match(ctx context.Context, a model.Announcement) error {
	if a.Kind != model.KindPolicy {
		return nil
	}
	doc, err := s.search.Doc(ctx, a.Kind, a.Object)
	if err != nil || doc == nil {
		return err
	}
	return s.finding(ctx, doc, func(found []string) error {
		return s.store.InTx(ctx, func(tx *store.Tx) error { return tx.FindFollowers(ctx, a.ID, found) })
	})
}

// Finding lists the searches that would find a policy if it were public as it is.
func (s *Service) Finding(ctx context.Context, p *store.IndexedPolicy) (all []string, err error) {
	doc, err := s.search.PolicyDoc(ctx, p)
	if err != nil {
		return nil, err
	}
	return all, s.finding(ctx, doc, func(found []string) error {
		all = append(all, found...)
		return nil
	})
}

// finding hands on which searches find a document, some at a time.
func (s *Service) finding(ctx context.Context, doc *search.Doc, hand func(found []string) error) error {
	matcher, err := s.matcher(ctx, doc)
	if err != nil {
		return err
	}
	var found []string
	note := func() error {
		err := hand(found)
		found = found[:0]
		return err
	}
	err = s.store.SearchesAt(ctx, matcher.Anchors(), func(v model.SavedSearch) error {
		if matcher.Matches(&v) {
			found = append(found, v.ID)
		}
		if len(found) < foundAtOnce {
			return nil
		}
		return note()
	})
	if err != nil || len(found) == 0 {
		return err
	}
	return note()
}

func (s *Service) matcher(ctx context.Context, doc *search.Doc) (*search.Matcher, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	// Searches that were saved before departments merged ask for the old ones.
	doc.Facets[model.ByDepartment] = directory.EverAll(doc.Facets[model.ByDepartment])
	synonyms, err := s.search.Synonyms(ctx)
	if err == nil {
		err = s.anchor(ctx, synonyms)
	}
	return search.NewMatcher(doc, synonyms, model.Today(s.clock.Now())), err
}

// anchor chooses the anchors anew that were chosen by other rules: after somebody
// changed the synonyms.
func (s *Service) anchor(ctx context.Context, synonyms *search.Synonyms) error {
	for {
		list, err := s.store.SearchesBehind(ctx, synonyms.Rules(), anchoredAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		err = s.store.InTx(ctx, func(tx *store.Tx) error {
			for i := range list {
				tx.AnchorSearch(anchored(&list[i], synonyms))
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
