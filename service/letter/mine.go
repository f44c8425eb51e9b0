package letter

import (
	"cmp"
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// OwnBox is a part of what a resident has sent.
type OwnBox string

// The parts.
const (
	OwnAll     OwnBox = "all"
	OwnOpen    OwnBox = "open"
	OwnUnrated OwnBox = "unrated" // answered, and can still be rated
)

// waiting are the states in which an author waits for an answer.
var waiting = []model.LetterState{model.LetterReceived, model.LetterAssigned, model.LetterSigning, model.LetterEnding, model.LetterMerged}

// Own is a page of what a resident has sent, with how much is in each part.
type Own struct {
	Items []Shown
	Boxes map[OwnBox]int
}

// Mine lists a part of what a resident has sent, the newest first.
func (s *Service) Mine(ctx context.Context, by model.Actor, box OwnBox, limit, offset int) (own Own, err error) {
	f := store.LetterFilter{Resident: by.ID, Newest: true, Limit: limit, Offset: offset}
	parts := map[OwnBox]store.LetterFilter{OwnAll: f, OwnOpen: f, OwnUnrated: f}
	f.States = waiting
	parts[OwnOpen] = f
	f.States, f.Unrated = nil, s.today().Add(-model.LetterRateWithin)
	parts[OwnUnrated] = f
	own.Boxes = map[OwnBox]int{}
	for part, f := range parts {
		if own.Boxes[part], err = s.store.CountLetters(ctx, f); err != nil {
			return own, err
		}
	}
	list, err := s.store.LettersWithAnswers(ctx, parts[box])
	if err != nil {
		return own, err
	}
	own.Items, err = s.shown(ctx, list...)
	return own, err
}

// OneOfMine reads one of a resident's own: that of others is not there.
func (s *Service) OneOfMine(ctx context.Context, by model.Actor, id string) (*Shown, error) {
	l, err := s.store.Letter(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case l == nil || l.ResidentID == "" || l.ResidentID != by.ID:
		return nil, model.ErrLetterMissing
	}
	return s.showOne(ctx, l)
}

// Add adds to one of a resident's own what came to mind later.
func (s *Service) Add(ctx context.Context, by model.Actor, id, text string) (*Shown, error) {
	text, err := words(text, model.LetterText, model.ErrLetterWords)
	if err != nil {
		return nil, err
	}
	return s.mine(ctx, by, id, "added", func(l *model.Letter, now time.Time) ([]model.LetterEvent, error) { return l.Add(text, now) })
}

// Withdraw takes back one of a resident's own.
func (s *Service) Withdraw(ctx context.Context, by model.Actor, id, why string) (*Shown, error) {
	why, err := orWords(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	return s.mine(ctx, by, id, "withdrawn", func(l *model.Letter, now time.Time) ([]model.LetterEvent, error) { return l.Withdraw(why, now) })
}

// Rate keeps what a resident says of the present answer.
func (s *Service) Rate(ctx context.Context, by model.Actor, id string, r model.LetterRating) (_ *Shown, err error) {
	if r.Text, err = orWords(r.Text, model.LetterRemark, model.ErrLetterWords); err != nil {
		return nil, err
	}
	return s.mine(ctx, by, id, "rated", func(l *model.Letter, now time.Time) ([]model.LetterEvent, error) {
		r.At = now
		return l.Rate(r)
	})
}

// Ask asks the one supplement question.
func (s *Service) Ask(ctx context.Context, by model.Actor, id, text string) (*Shown, error) {
	text, err := words(text, model.LetterRemark, model.ErrLetterWords)
	if err != nil {
		return nil, err
	}
	return s.mine(ctx, by, id, "questioned", func(l *model.Letter, now time.Time) ([]model.LetterEvent, error) { return l.Ask(text, now) })
}

// Consent keeps whether a resident agrees to publication. Who no longer does is in no
// public letter from then on (个人信息保护法第十五条).
func (s *Service) Consent(ctx context.Context, by model.Actor, id string, agree bool) (*Shown, error) {
	return s.mine(ctx, by, id, "consent", func(l *model.Letter, now time.Time) ([]model.LetterEvent, error) { return l.Consent(agree, now), nil },
		func(tx *store.Tx) error {
			if agree {
				return nil
			}
			return s.leavePublic(ctx, tx, id)
		})
}

// leavePublic takes a letter from the public whose author does not agree, or is there
// no more.
func (s *Service) leavePublic(ctx context.Context, tx *store.Tx, id string) error {
	if s.unpublish == nil {
		return nil
	}
	return s.unpublish(ctx, tx, id, noConsent)
}

// noConsent stands where a letter stood whose author does not agree any more.
const noConsent = "写信人不再同意公开"

func (s *Service) mine(ctx context.Context, by model.Actor, id, act string,
	do func(*model.Letter, time.Time) ([]model.LetterEvent, error), also ...func(*store.Tx) error) (*Shown, error) {
	var l *model.Letter
	err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if l, err = tx.LetterFor(ctx, id); err != nil {
			return err
		}
		if by.Kind != model.TheSystem && (l.ResidentID == "" || l.ResidentID != by.ID) {
			return model.ErrLetterMissing
		}
		err = s.keep(ctx, tx, by, l, act, func() ([]model.LetterEvent, error) { return do(l, s.clock.Now()) })
		for _, then := range also {
			err = cmp.Or(err, then(tx))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.showOne(ctx, l)
}

// keep does something to a letter that was taken, and writes it down with its new
// deadline.
func (s *Service) keep(ctx context.Context, tx *store.Tx, by model.Actor, l *model.Letter, act string,
	do func() ([]model.LetterEvent, error)) error {
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return err
	}
	steps, err := do()
	if err != nil {
		return err
	}
	if err := l.Schedule(calendar); err != nil {
		return err
	}
	if err := tx.KeepLetter(ctx, l, steps...); err != nil {
		return err
	}
	return note(ctx, tx, by, l, act)
}

// Unsent is what a resident has begun to write to a channel, and since when it lies
// there; "" for nothing.
func (s *Service) Unsent(ctx context.Context, by model.Actor, c model.LetterChannel) (text string, at time.Time, err error) {
	text, millis, err := s.store.LetterDraft(ctx, by.ID, c)
	return text, time.UnixMilli(millis), err
}

// mostDraft is how much a draft may hold, in characters of its form.
const mostDraft = 20_000

// KeepUnsent keeps what a resident has begun to write; "" forgets it.
func (s *Service) KeepUnsent(ctx context.Context, by model.Actor, c model.LetterChannel, text string) error {
	if len([]rune(text)) > mostDraft {
		return model.ErrLetterWords.With("text", map[string]any{"most": mostDraft})
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error { return tx.KeepLetterDraft(ctx, by.ID, c, text) })
}
