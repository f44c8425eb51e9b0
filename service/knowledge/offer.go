package knowledge

import (
	"context"
	"slices"
	"strings"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// drawer is what there is to be found, as it was at a mark.
type drawer struct {
	mark int64
	*search.Drawer
	departments map[string]string // of entries, by ID
	topics      map[string][]string
}

// Asked is what somebody looks for an answer to.
type Asked struct {
	Text  string
	Topic string // of the letter, "" for none
	Limit int
}

// Offered is an entry that may answer, with the passage that says so.
type Offered struct {
	Shown
	Snippet string
	Ranges  []model.Range
}

// Offer finds, among the current entries that somebody may read, those that answer a
// text, the best first; those about which there are doubts come last. What was written
// in a letter stands in no error and no log.
func (s *Service) Offer(ctx context.Context, by model.Actor, a Asked) ([]Offered, error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	drawer, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	synonyms, err := s.synonyms(ctx)
	if err != nil {
		return nil, err
	}
	within, limited := d.Within(by, model.ActReadKnowledge)
	found, err := drawer.Similar(ctx, a.Text, a.Limit, synonyms, func(id string) (near, ok bool) {
		return a.Topic != "" && slices.Contains(drawer.topics[id], a.Topic), !limited || slices.Contains(within, drawer.departments[id])
	})
	if err != nil {
		return nil, err
	}
	return s.offered(ctx, by, d, found)
}

func (s *Service) offered(ctx context.Context, by model.Actor, d *store.Directory, found []search.Alike) ([]Offered, error) {
	ids := make([]string, len(found))
	at := map[string]*search.Alike{}
	for i := range found {
		ids[i], at[found[i].ID] = found[i].ID, &found[i]
	}
	entries, err := s.store.KnowledgeOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var list []Offered
	for i := range entries {
		if a := at[entries[i].ID]; entries[i].State == model.KnowledgeCurrent {
			list = append(list, Offered{*s.shown(d, by, &entries[i]), a.Snippet, a.Ranges})
		}
	}
	slices.SortStableFunc(list, func(a, b Offered) int { return gravity(&a) - gravity(&b) })
	return list, nil
}

// gravity is how late an entry is offered.
func gravity(o *Offered) int {
	switch {
	case !o.Usable:
		return 2
	case len(o.Doubts) > 0:
		return 1
	}
	return 0
}

// current is a drawer of the entries as they are now.
func (s *Service) current(ctx context.Context) (*drawer, error) {
	mark, err := s.store.Mark(ctx, store.MarkKnowledge)
	if err != nil {
		return nil, err
	}
	s.drawerMu.Lock()
	defer s.drawerMu.Unlock()
	if s.drawer != nil && s.drawer.mark == mark {
		return s.drawer, nil
	}
	list, err := s.store.CurrentKnowledge(ctx)
	if err != nil {
		return nil, err
	}
	s.drawer = drawerOf(mark, list)
	return s.drawer, nil
}

func drawerOf(mark int64, list []model.Knowledge) *drawer {
	d := &drawer{mark: mark, departments: map[string]string{}, topics: map[string][]string{}}
	pieces := make([]search.Piece, len(list))
	for i, k := range list {
		pieces[i] = search.Piece{ID: k.ID, Title: k.Question, Asked: strings.Join(k.OtherWays, "\n"), Text: k.Answer}
		d.departments[k.ID], d.topics[k.ID] = k.DepartmentID, k.TopicIDs
	}
	d.Drawer = search.NewDrawer(pieces)
	return d
}
