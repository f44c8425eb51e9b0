package matter

import (
	"context"
	"errors"
	"slices"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

// Reason is why something is proposed.
type Reason string

// The reasons.
const (
	SameName   Reason = "name"       // the titles name the same thing
	SameNumber Reason = "number"     // its text tells the number of what is linked
	Interprets Reason = "interprets" // it explains what is linked
	HeldFor    Reason = "held_for"   // it was held for a consultation that is linked
)

// Proposal is something that may belong to a matter. A person decides.
type Proposal struct {
	store.NearMatter
	Reason Reason
}

// mostProposed is how much is proposed at once.
const mostProposed = 20

// Proposals finds what may belong to a matter and is not linked to it.
func (s *Service) Proposals(ctx context.Context, by model.Actor, id string) ([]Proposal, error) {
	m, err := s.Read(ctx, by, id)
	if err != nil {
		return nil, err
	}
	clues := store.MatterClues{Names: media.Names(m.Title)}
	for _, l := range m.Links {
		if l.IsInside() || !l.Subject.Public {
			continue
		}
		clues.Names = append(clues.Names, media.Names(l.Subject.Title)...)
		if l.Kind == model.KindPolicy {
			clues.Policies = append(clues.Policies, l.SubjectID)
			clues.Numbers = withNumber(clues.Numbers, l.Subject.Within)
		}
		if l.Kind == model.KindConsultation {
			clues.Consultations = append(clues.Consultations, l.SubjectID)
		}
	}
	return s.near(ctx, clues, func(n store.NearMatter) bool {
		return slices.ContainsFunc(m.Links, func(l model.MatterLink) bool { return l.Kind == n.Kind && l.SubjectID == n.ID && l.ItemID == n.ItemID })
	})
}

func withNumber(numbers []string, number string) []string {
	if model.NumberKey(number) == "" {
		return numbers
	}
	return append(numbers, number)
}

func (s *Service) near(ctx context.Context, clues store.MatterClues, known func(store.NearMatter) bool) ([]Proposal, error) {
	slices.Sort(clues.Names)
	clues.Names = slices.Compact(clues.Names)
	found, err := s.store.NearMatters(ctx, clues)
	if err != nil {
		return nil, err
	}
	var list []Proposal
	for _, n := range found {
		same := func(p Proposal) bool { return p.Kind == n.Kind && p.ID == n.ID && p.ItemID == n.ItemID }
		if known(n) || slices.ContainsFunc(list, same) || len(list) == mostProposed {
			continue
		}
		list = append(list, Proposal{n, reasonOf(n, clues)})
	}
	return list, nil
}

func reasonOf(n store.NearMatter, clues store.MatterClues) Reason {
	switch {
	case n.By == "" && n.Kind == model.KindEvent:
		return HeldFor
	case n.By == "":
		return Interprets
	case slices.Contains(clues.Numbers, n.By):
		return SameNumber
	}
	return SameName
}

// Belonging is to which matters a document belongs, and to which it may.
type Belonging struct {
	Matters  []Record
	Proposed []Record
}

// Belongs looks for the matters of a document.
func (s *Service) Belongs(ctx context.Context, by model.Actor, about Subject) (*Belonging, error) {
	matters, err := s.store.MattersOf(ctx, about.Kind, about.ID)
	if err != nil {
		return nil, err
	}
	b := &Belonging{}
	if b.Matters, err = s.readable(ctx, by, matters, nil); err != nil {
		return nil, err
	}
	near, err := s.nearOf(ctx, about)
	if err != nil {
		return nil, err
	}
	b.Proposed, err = s.readable(ctx, by, near, b.Matters)
	return b, err
}

// readable are those matters that somebody may read, but for some.
func (s *Service) readable(ctx context.Context, by model.Actor, list []model.Matter, but []Record) (all []Record, err error) {
	for n := range list {
		r, err := s.record(ctx, by, &list[n])
		switch {
		case errors.Is(err, model.ErrNotAllowed), slices.ContainsFunc(but, func(o Record) bool { return o.ID == list[n].ID }):
			continue
		case err != nil:
			return nil, err
		}
		all = append(all, *r)
	}
	return all, nil
}

// nearOf finds the matters that name what the title of a document names, or to which
// something is linked that is near it.
func (s *Service) nearOf(ctx context.Context, about Subject) ([]model.Matter, error) {
	clues, err := s.cluesOf(ctx, about)
	if err != nil {
		return nil, err
	}
	found, err := s.near(ctx, clues, func(n store.NearMatter) bool { return false })
	if err != nil {
		return nil, err
	}
	ids := slices.Concat(clues.Policies, clues.Consultations)
	for _, n := range found {
		ids = append(ids, n.ID)
	}
	list, err := s.store.MattersLinked(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, name := range clues.Names {
		more, _, err := s.store.Matters(ctx, store.MatterFilter{Text: name, Limit: mostProposed})
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(m model.Matter) bool {
		again := seen[m.ID]
		seen[m.ID] = true
		return again
	}), nil
}

// cluesOf is by what a document is near others: of a meeting, what its public items say.
func (s *Service) cluesOf(ctx context.Context, about Subject) (c store.MatterClues, err error) {
	p, err := s.store.Publication(ctx, about.Kind, about.ID)
	switch {
	case err != nil:
		return c, err
	case p == nil:
		return c, model.ErrMatterSubject
	case about.Kind == model.KindInterpretation:
		if c.Policies, err = s.store.ExplainedBy(ctx, about.ID); err != nil {
			return c, err
		}
	case about.Kind == model.KindMeeting:
		return s.cluesOfMeeting(ctx, about.ID)
	case about.Kind == model.KindConsultation:
		c.Consultations = []string{about.ID}
	case about.Kind == model.KindEvent:
		if c.Consultations, err = s.store.ConsultationsOfEvent(ctx, about.ID); err != nil {
			return c, err
		}
	}
	c.Names, c.Numbers = media.Names(p.Title), withNumber(nil, p.DocNumber)
	return c, nil
}

func (s *Service) cluesOfMeeting(ctx context.Context, id string) (c store.MatterClues, err error) {
	m, err := s.store.Meeting(ctx, id)
	if err != nil || m == nil {
		return c, err
	}
	for _, i := range m.Items {
		c.Names = append(c.Names, media.Names(i.Title)...)
		for _, n := range model.FindDocNumbers(i.Title + "\n" + i.Decision + "\n" + i.Body.Plain()) {
			c.Numbers = append(c.Numbers, n.String())
		}
	}
	return c, nil
}

// Linkable finds what can be linked, by its title or its number.
func (s *Service) Linkable(ctx context.Context, by model.Actor, text string) (list []Proposal, err error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	within, limited := d.Within(by, model.ActReadDocuments)
	found, err := s.store.Linkable(ctx, store.LinkableFilter{Text: text, Within: within, Limited: limited})
	for _, n := range found {
		list = append(list, Proposal{NearMatter: n})
	}
	return list, err
}
