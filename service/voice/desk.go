package voice

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// Standing is how voices stand, for those who look after them.
type Standing struct {
	Engine  string // "" where nobody speaks
	Why     error  // why nobody does
	Since   model.Day
	Resting bool // it did not speak and is asked again in some minutes
	Counts  map[model.VoiceState]int
}

// Line is how the voice of one document stands.
type Line = store.VoiceLine

// Filter narrows a list of voices.
type Filter = store.VoiceFilter

// Standing tells how voices stand.
func (s *Service) Standing(ctx context.Context, by model.Actor) (*Standing, error) {
	if !by.May(model.ActReadVoices) {
		return nil, model.ErrNotAllowed
	}
	st := &Standing{Why: s.engine.Why, Since: s.engine.Since, Resting: s.rest()}
	if s.engine.Speaker != nil {
		st.Engine = s.engine.Speaker.Name()
	}
	var err error
	st.Counts, err = s.store.CountVoices(ctx)
	return st, err
}

// List lists the voices of public documents, what does not go well first.
func (s *Service) List(ctx context.Context, by model.Actor, f Filter) ([]Line, int, error) {
	if !by.May(model.ActReadVoices) {
		return nil, 0, model.ErrNotAllowed
	}
	return s.store.VoiceLines(ctx, f)
}

// MakeAnew has the voice of a document made anew, and tried at once.
func (s *Service) MakeAnew(ctx context.Context, by model.Actor, kind model.Kind, id string) error {
	if !by.May(model.ActMakeVoices) {
		return model.ErrNotAllowed
	}
	if s.engine.Speaker == nil {
		return s.engine.Why
	}
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.AskVoiceAnew(ctx, kind, id); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "voice.anew", Object: model.Ref{Kind: string(kind), ID: id}})
	})
	if err == nil {
		s.found(true)
	}
	return err
}
