package follow

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Saved is a search as somebody may follow it.
type Saved struct {
	model.SavedSearch
	Name  string
	Marks model.Marks
}

// Search says what of a question could be followed, and whether a resident does.
func (s *Service) Search(ctx context.Context, residentID, text string, filters map[string][]string) (Saved, error) {
	v, err := s.understood(ctx, text, filters)
	if err == nil {
		v.Marks, err = s.store.Marks(ctx, residentID, model.KindSearch, v.ID)
	}
	return v, err
}

// FollowSearch follows a search. Followed again, nothing changes.
func (s *Service) FollowSearch(ctx context.Context, residentID, text string, filters map[string][]string) (Saved, error) {
	v, err := s.understood(ctx, text, filters)
	if err != nil {
		return v, err
	}
	synonyms, err := s.search.Synonyms(ctx)
	if err != nil {
		return v, err
	}
	v.Marks, err = s.change(ctx, residentID, Thing{model.KindSearch, v.ID}, func(tx *store.Tx, t Thing) error {
		if err := tx.KeepSearch(ctx, anchored(&v.SavedSearch, synonyms)); err != nil {
			return err
		}
		return tx.AddFollow(ctx, residentID, model.Touch{Kind: t.Kind, Key: t.ID}, v.Name)
	})
	return v, err
}

func anchored(v *model.SavedSearch, synonyms *search.Synonyms) *store.Anchored {
	return &store.Anchored{SavedSearch: *v, Anchor: search.Anchor(v, synonyms), Rules: synonyms.Rules()}
}

// understood is a question as the search understands it today: of 退休后养老金怎么领取
// it finds what holds 退休, 养老金 and 领取, and what is followed is these.
func (s *Service) understood(ctx context.Context, text string, filters map[string][]string) (Saved, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return Saved{}, err
	}
	v := model.SavedSearch{Text: strings.Join(strings.Fields(text), " "), Filters: tidied(directory, filters)}
	if search.Canonical(v.Text) == "" && (v.Text != "" || len(v.Filters) == 0) {
		return Saved{}, model.ErrSearchEmpty
	}
	if v.Text != "" {
		q := search.Question{Kind: model.KindPolicy, Text: v.Text, Filters: v.Filters, Sort: search.Relevance, Today: model.Today(s.clock.Now()), Limit: 1}
		answer, degraded, err := s.search.Ask(ctx, q)
		switch {
		case err != nil:
			return Saved{}, err
		case !degraded: // titles alone tell too little of what was meant
			v.Text = answer.Meant
		}
	}
	v.ID, err = s.store.SearchID(search.Canonical(v.Text), v.Filters)
	return Saved{SavedSearch: v, Name: nameOf(directory, &v)}, err
}

// tidied are filters in one order, each value once, without empty ones;
// departments under the IDs that they have today.
func tidied(d *store.Directory, filters map[string][]string) map[string][]string {
	tidy := map[string][]string{}
	for name, values := range filters {
		if len(values) == 0 {
			continue
		}
		if name == model.ByDepartment {
			values = d.NowAll(values)
		}
		values = slices.Clone(values)
		slices.Sort(values)
		tidy[name] = slices.Compact(values)
	}
	return tidy
}

// namedValues is how many values of a filter a name tells.
const namedValues = 3

// nameOf is what a resident reads of a search: 养老 · 市民政局 · 2025年、2026年.
func nameOf(d *store.Directory, v *model.SavedSearch) string {
	var parts []string
	if v.Text != "" {
		parts = append(parts, v.Text)
	}
	for _, filter := range model.Filters() {
		var labels []string
		for _, value := range v.Filters[filter] {
			labels = append(labels, d.Label(filter, value))
		}
		if n := len(labels); n > namedValues {
			labels = append(labels[:namedValues-1], labels[namedValues-1]+"等 "+strconv.Itoa(n)+" 项")
		}
		if len(labels) > 0 {
			parts = append(parts, strings.Join(labels, "、"))
		}
	}
	return strings.Join(parts, " · ")
}

// searches are saved searches as a kind that can be followed.
func (s *Service) searches() model.Followable {
	return model.Followable{Kind: model.KindSearch, Name: "kind.search", Missing: model.ErrSearchMissing,
		Names: func(ctx context.Context, keys []string) (map[string]string, error) {
			directory, err := s.store.Directory(ctx)
			if err != nil {
				return nil, err
			}
			list, err := s.store.SavedSearches(ctx, keys)
			names := make(map[string]string, len(list))
			for i := range list {
				names[list[i].ID] = nameOf(directory, &list[i])
			}
			return names, err
		}}
}

// withSearches gives follows of searches what they look for.
func (s *Service) withSearches(ctx context.Context, list []model.Follow, ids []string) error {
	searches, err := s.store.SavedSearches(ctx, ids)
	if err != nil {
		return err
	}
	for i := range list {
		if f := &list[i]; f.Kind == model.KindSearch {
			if at := slices.IndexFunc(searches, func(v model.SavedSearch) bool { return v.ID == f.Key }); at >= 0 {
				f.Search = &searches[at]
			}
		}
	}
	return nil
}

// sweepAfter is how long a search that nobody follows waits for who followed it by
// mistake the other way.
const sweepAfter = time.Hour

// Sweep forgets searches that nobody follows any more, each night.
func (s *Service) Sweep(ctx context.Context) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error { return tx.ForgetSearches(ctx, s.clock.Now().Add(-sweepAfter)) })
}
