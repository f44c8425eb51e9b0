package push

import (
	"context"
	"slices"
	"time"

	"yuandu/model"
)

// Shown is a message as it would be, filled from public documents.
type Shown struct {
	Lines []Filled
	Page  string
	Of    string         // ID of the document
	Among []model.Policy // those from which one may be chosen, the newest first
}

// Example says what a preview is filled from.
type Example struct {
	Document string // ID of a public policy, "" for the newest
	What     model.PublicationAct
}

// mostExamples is how many documents one may choose from.
const mostExamples = 20

// Preview fills fields, saved or not, from a recent public document. A house
// without any says nothing.
func (s *Templates) Preview(ctx context.Context, purpose model.Purpose, fields []model.PushField, e Example) (*Shown, error) {
	p, err := s.purpose(purpose)
	if err != nil {
		return nil, err
	}
	for i, f := range fields {
		if wrong := checkField(f, fieldAt(i), p.Sources); wrong != nil {
			return nil, wrong
		}
	}
	telling, shown, err := s.example(ctx, p, e)
	if err != nil || shown.Of == "" {
		return shown, err
	}
	shown.Lines, shown.Page = Fill(fields, *telling), telling.Page
	return shown, nil
}

// example is what a message would tell of a recent document.
func (s *Templates) example(ctx context.Context, p *Purpose, e Example) (*Telling, *Shown, error) {
	among, err := s.recent(ctx)
	if err != nil {
		return nil, nil, err
	}
	shown := &Shown{Among: among}
	if e.Document != "" && !slices.ContainsFunc(among, func(p model.Policy) bool { return p.ID == e.Document }) {
		return nil, nil, model.ErrPolicyMissing
	}
	if len(among) == 0 {
		return nil, shown, nil
	}
	of := slices.Clone(among)
	if at := slices.IndexFunc(of, func(p model.Policy) bool { return p.ID == e.Document }); at > 0 {
		of[0], of[at] = of[at], of[0]
	}
	telling := p.Example(of, e.What, s.clock.Now())
	shown.Of = of[0].ID
	return &telling, shown, s.settle(ctx, &telling)
}

func (s *Templates) recent(ctx context.Context) ([]model.Policy, error) {
	ids, err := s.store.RecentPolicies(ctx, mostExamples)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Policies(ctx, ids, false)
	if err != nil {
		return nil, err
	}
	list := make([]model.Policy, len(rows))
	for i, row := range rows {
		list[i] = row.Policy
	}
	return list, nil
}

func exampleChange(of []model.Policy, what model.PublicationAct, now time.Time) Telling {
	p := of[0]
	return TellChange(&model.Announcement{Kind: model.KindPolicy, Object: p.ID, What: what, Title: p.Title, CreatedAt: now},
		Subject{p.DocNumber, p.Departments})
}

func exampleDigest(of []model.Policy, _ model.PublicationAct, now time.Time) Telling {
	of = of[:min(len(of), 5)]
	titles := make([]string, len(of))
	for i, p := range of {
		titles[i] = p.Title
	}
	return TellDigest(titles, len(titles), now)
}
