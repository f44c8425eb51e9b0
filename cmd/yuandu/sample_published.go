package main

import (
	"context"
	"encoding/json"
	"time"

	"yuandu/model"
	"yuandu/service/publication"
	"yuandu/store"
)

// The two who make the sample's letters public: one writes, another signs.
var (
	samplePublicWriter = model.System("demo")
	samplePublicSigner = model.System("demo signer")
)

// publish makes a letter public as its office would. Cut off before, it goes on.
func (t *postman) publish(ctx context.Context, id string, s sampleLetterStep) error {
	p, err := t.letterDesk.Publication(ctx, id)
	if err == nil && p == nil {
		p, err = t.drafted(ctx, id, s)
	}
	if err == nil && p.Stage == model.StageDraft {
		p, err = t.submitted(ctx, p)
	}
	if err == nil && p.Stage == model.StageReview {
		_, err = t.press.Sign(ctx, samplePublicSigner, publicRef(p), model.Review{Attribute: model.OpenToAll, Why: "示例数据，不告诉订阅的人"}, time.Time{})
	}
	if err != nil {
		return err
	}
	return t.thank(ctx, id, s.Useful)
}

func publicRef(p *model.Publication) publication.Ref {
	return publication.Ref{Kind: model.KindLetter, ID: p.ID, Version: p.Version}
}

// drafted begins with what the house proposes, and has the words of the sample.
func (t *postman) drafted(ctx context.Context, id string, s sampleLetterStep) (*model.Publication, error) {
	content, department, err := t.letterDesk.Propose(ctx, samplePublicWriter, id)
	if err != nil {
		return nil, err
	}
	var draft model.PublicLetterDraft
	if err := json.Unmarshal(content, &draft); err != nil {
		return nil, err
	}
	draft.Title, draft.Exchanges = s.Title, []model.Question{{Ask: s.Question, Answer: s.Answer}}
	if content, err = json.Marshal(draft); err != nil {
		return nil, err
	}
	return t.press.BeginUnder(ctx, samplePublicWriter, model.KindLetter, id, department, content)
}

func (t *postman) submitted(ctx context.Context, p *model.Publication) (*model.Publication, error) {
	found, err := t.press.Findings(ctx, samplePublicWriter, model.KindLetter, p.ID)
	if err != nil {
		return nil, err
	}
	var excuses []model.Excuse
	for _, f := range found {
		excuses = append(excuses, model.Excuse{Finding: f.Number, Reason: "示例文字，可以保留"})
	}
	return t.press.Submit(ctx, samplePublicWriter, publicRef(p), excuses, "")
}

// thank lets so many of the sample's people say that a letter was useful to them.
func (t *postman) thank(ctx context.Context, id string, n int) error {
	for _, name := range t.people[:min(n, len(t.people))] {
		who, err := t.resident(ctx, name)
		if err != nil {
			return err
		}
		if _, err := t.letters.Thank(ctx, who, id, true); err != nil {
			return err
		}
	}
	return nil
}

// publishedOf is 1 where a letter is public already.
func publishedOf(ctx context.Context, s *store.Store, id string) (int, error) {
	l, err := s.PublicLetter(ctx, id)
	if l == nil {
		return 0, err
	}
	return 1, err
}
