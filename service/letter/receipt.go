package letter

import (
	"context"

	"yuandu/model"
)

// Receipt is a letter as it was taken in.
type Receipt struct {
	Shown
	MayOpen bool // whoever asks may read the letter too
}

// Receipt reads what somebody takes home whose letter staff entered: who entered it may
// have it at any time, whoever handles the letter now, and nothing of what came later.
func (s *Service) Receipt(ctx context.Context, by model.Actor, id string) (*Receipt, error) {
	l, err := s.store.Letter(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case l == nil:
		return nil, model.ErrLetterMissing
	}
	rights, err := s.RightsTo(ctx, by, l)
	switch {
	case err != nil:
		return nil, err
	case !rights.Read && (l.EnteredBy == "" || l.EnteredBy != by.ID):
		return nil, model.ErrNotAllowed
	}
	then := model.Letter{ID: l.ID, Number: l.Number, Channel: l.Channel, Source: l.Source, Title: l.Title, ReceivedAt: l.ReceivedAt,
		AskedAt: l.ReceivedAt, State: model.LetterReceived, Term: model.UsualTerm}
	shown, err := s.showOne(ctx, &then)
	if err != nil {
		return nil, err
	}
	return &Receipt{*shown, rights.Read}, nil
}
