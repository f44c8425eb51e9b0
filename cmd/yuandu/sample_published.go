package main

import (
	"context"
	"encoding/json"
	"time"

	"yuandu/model"
	"yuandu/service/publication"
	"yuandu/store"
)

// sampleSigner signs what the teller of the sample has written: it takes two.
var sampleSigner = model.System("demo signer")

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
		_, err = t.press.Sign(ctx, sampleSigner, publicRef(p), model.Review{Attribute: model.OpenToAll, Why: "示例数据，不告诉订阅的人"}, time.Time{})
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
	content, department, err := t.letterDesk.Propose(ctx, t.by, id)
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
	return t.press.BeginUnder(ctx, t.by, model.KindLetter, id, department, content)
}

func (t *postman) submitted(ctx context.Context, p *model.Publication) (*model.Publication, error) {
	found, err := t.press.Findings(ctx, t.by, model.KindLetter, p.ID)
	if err != nil {
		return nil, err
	}
	var excuses []model.Excuse
	for _, f := range found {
		excuses = append(excuses, model.Excuse{Finding: f.Number, Reason: "示例文字，可以保留"})
	}
	return t.press.Submit(ctx, t.by, publicRef(p), excuses, "")
}

// thank lets so many of the sample's people say that a letter was useful to them, if
// they can read it: what it rests on may have lapsed.
func (t *postman) thank(ctx context.Context, id string, n int) error {
	if shown, err := t.letters.IsPublic(ctx, id); err != nil || !shown {
		return err
	}
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
