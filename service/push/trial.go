package push

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/wechat"
)

// Staff have no WeChat of their own here. Who wants to see a message in their own
// hand asks for a code on their phone, as the resident that they are, and types it
// in the console: so nobody can be sent a trial who did not ask for it just now.

// TrialCode is good for one message to whoever asked for it.
type TrialCode struct {
	Code  string // eight figures
	Until time.Time
}

const (
	trialCodeLasts = 10 * time.Minute
	mostTrials     = 10 // codes asked for, and codes tried, in trialPeriod
	trialPeriod    = 10 * time.Minute
)

func trialKey(code string) string { return "push:trial:" + store.TokenHash(code) }

// Code makes a code for a resident.
func (s *Templates) Code(ctx context.Context, residentID string) (*TrialCode, error) {
	if err := s.slowly(ctx, "push:codes:"+residentID); err != nil {
		return nil, err
	}
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		return nil, fmt.Errorf("make code: %w", err)
	}
	c := &TrialCode{fmt.Sprintf("%08d", n), s.clock.Now().Add(trialCodeLasts)}
	return c, s.cache.Set(ctx, trialKey(c.Code), []byte(residentID), trialCodeLasts)
}

// slowly keeps codes from being guessed.
func (s *Templates) slowly(ctx context.Context, key string) error {
	ok, _, err := s.cache.Allow(ctx, key, mostTrials, trialPeriod)
	if err == nil && !ok {
		err = model.ErrTrialCodesTooMany
	}
	return err
}

// Trial is what came of a message that was sent for trial.
type Trial struct {
	Lines   []Filled
	Sent    bool
	Number  int64        // WeChat's, 0 where it sent it or gave none
	Why     *model.Error // it was not sent, in words
	Trimmed string       // the field that WeChat took only at the second try
	Unsure  bool         // no answer came: it may have been sent
}

// Try sends whoever holds the phone of a code a message by the template of a
// purpose, filled from a public document.
func (s *Templates) Try(ctx context.Context, by model.Actor, purpose model.Purpose, code string, e Example) (*Trial, error) {
	if !by.May(model.ActEditTemplates) {
		return nil, model.ErrNotAllowed
	}
	p, err := s.purpose(purpose)
	if err != nil {
		return nil, err
	}
	telling, shown, err := s.example(ctx, p, e)
	if err == nil && shown.Of == "" {
		err = model.ErrPolicyMissing
	}
	if err != nil {
		return nil, err
	}
	message, lines, err := s.Letter(ctx, purpose, *telling, "")
	if err != nil {
		return nil, err
	}
	if message.To, err = s.whose(ctx, by, code); err != nil {
		return nil, err
	}
	trial, err := s.try(ctx, message, lines)
	if err != nil {
		return nil, err
	}
	return trial, s.note(ctx, by, purpose, trial)
}

// whose is the openid of the resident who asked for a code, which is used up.
func (s *Templates) whose(ctx context.Context, by model.Actor, code string) (string, error) {
	if err := s.slowly(ctx, "push:trials:"+by.ID); err != nil {
		return "", err
	}
	id, found, err := s.cache.Get(ctx, trialKey(code))
	if err != nil || !found {
		return "", orElse(err, model.ErrTrialCode)
	}
	_, free, err := s.cache.Lock(ctx, trialKey(code), trialCodeLasts) // never freed: two who type it at once send one
	if err != nil || !free {
		return "", orElse(err, model.ErrTrialCode)
	}
	if err := s.cache.Delete(ctx, trialKey(code)); err != nil {
		return "", err
	}
	r, err := s.store.Resident(ctx, string(id))
	if err != nil || r == nil {
		return "", orElse(err, model.ErrTrialCode)
	}
	return r.OpenID, nil
}

func orElse(err error, other *model.Error) error {
	if err != nil {
		return err
	}
	return other
}

// try sends, and once more where WeChat refused a field that can be said plainer.
func (s *Templates) try(ctx context.Context, m wechat.Message, lines []Filled) (*Trial, error) {
	trial := &Trial{Lines: lines}
	_, err := s.wechat.Send(ctx, m)
	var no *wechat.Refusal
	if errors.As(err, &no) && no.About == wechat.AboutField {
		if at := trial.trim(no.Reason.Field); at >= 0 {
			m.Data = Values(trial.Lines)
			_, err = s.wechat.Send(ctx, m)
		}
	}
	switch {
	case err == nil:
		trial.Sent = true
	case errors.As(err, &no):
		trial.Number, trial.Why, trial.Unsure = no.Number, no.Reason, no.Unsure
	default:
		return nil, err
	}
	return trial, nil
}

// trim says a line plainer and gives its place, -1 where it cannot.
func (t *Trial) trim(key string) int {
	for i, f := range t.Lines {
		if value, ok := Stricter(f.Key, f.Value); ok && f.Key == key {
			t.Lines[i].Value, t.Trimmed = value, key
			return i
		}
	}
	return -1
}

func (s *Templates) note(ctx context.Context, by model.Actor, purpose model.Purpose, t *Trial) error {
	details := tried{Sent: t.Sent, Number: t.Number}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.Audit(ctx, by, model.AuditEntry{Act: "template.tried", Object: model.Ref{Kind: "template", ID: string(purpose)}, Details: details})
	})
}

// tried is what the audit trail says of a trial: not to whom.
type tried struct {
	Sent   bool  `json:"sent"`
	Number int64 `json:"number,omitempty"`
}
