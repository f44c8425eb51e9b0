// Package credit is what residents allow us to send them through WeChat: they are
// asked, they answer, and we count.
package credit

import (
	"context"
	"slices"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Template is which of WeChat's templates serves a purpose.
type Template struct {
	Purpose  model.Purpose
	WeChatID string
	Long     bool // accepted once for always
}

// Templates lists what serves each purpose; one without an ID of WeChat's is not set
// up yet.
type Templates func(ctx context.Context) ([]Template, error)

// Service is the credits.
type Service struct {
	store     *store.Store
	templates Templates
	clock     model.Clock
}

// New makes the service.
func New(s *store.Store, t Templates, clock model.Clock) *Service { return &Service{s, t, clock} }

// Standing is how a resident stands with one template.
type Standing struct {
	Template
	model.Credit
	MayAsk bool // now, without being a nuisance
}

// IsMuted says whether a resident switched all messages off.
func (s *Service) IsMuted(ctx context.Context, residentID string) (bool, error) {
	wishes, err := s.store.PushSettings(ctx, residentID)
	return !wishes[residentID].MutedAt.IsZero(), err
}

// asked lists the templates that residents may be asked for.
func (s *Service) asked(ctx context.Context) ([]Template, error) {
	list, err := s.templates(ctx)
	return slices.DeleteFunc(slices.Clone(list), func(t Template) bool { return t.WeChatID == "" }), err
}

// Standings says how a resident stands with each template.
func (s *Service) Standings(ctx context.Context, residentID string) ([]Standing, error) {
	templates, err := s.asked(ctx)
	if err != nil {
		return nil, err
	}
	credits, err := s.store.Credits(ctx, residentID)
	if err != nil {
		return nil, err
	}
	muted, err := s.IsMuted(ctx, residentID)
	if err != nil {
		return nil, err
	}
	held := map[model.Purpose]model.Credit{}
	for _, c := range credits {
		held[c.Purpose] = c
	}
	standings := make([]Standing, len(templates))
	for i, t := range templates {
		c := held[t.Purpose]
		standings[i] = Standing{t, c, !muted && c.MayAsk(s.clock.Now())}
	}
	return standings, nil
}

// mostAsked is how many templates WeChat lets one call ask for.
const mostAsked = 5

// Calls are the templates that may be asked for now, in as many calls as WeChat
// wants: five at most in one, and never long-term ones beside others.
func Calls(standings []Standing) [][]string {
	calls := [][]string{}
	for _, long := range []bool{false, true} {
		last := mostAsked // templates in the last call of this sort
		for _, s := range standings {
			if !s.MayAsk || s.Long != long {
				continue
			}
			if last == mostAsked {
				calls, last = append(calls, nil), 0
			}
			calls[len(calls)-1] = append(calls[len(calls)-1], s.WeChatID)
			last++
		}
	}
	return calls
}

// Result is what wx.requestSubscribeMessage says of one template.
type Result struct{ Template, Says string }

// Report keeps the results of one call, which was made some time ago. What is said
// of templates that are not ours any more, or in words that we do not know, is
// passed over.
func (s *Service) Report(ctx context.Context, residentID string, results []Result, ago time.Duration) error {
	templates, err := s.asked(ctx)
	if err != nil {
		return err
	}
	at := s.clock.Now().Add(-ago).Truncate(time.Second)
	return s.store.ForResident(ctx, residentID, func(tx *store.Tx) error {
		for _, t := range templates {
			telling := model.CreditTelling{Purpose: t.Purpose, Long: t.Long, Source: model.CreditFromPhone, At: at}
			if telling.Answer = answerOf(t, results); telling.Answer == "" {
				continue
			}
			if err := tx.TellCredit(ctx, residentID, telling); err != nil {
				return err
			}
		}
		return nil
	})
}

// answerOf is what results say of a template: one call has one answer for it.
func answerOf(t Template, results []Result) model.CreditAnswer {
	for _, r := range results {
		if r.Template != t.WeChatID {
			continue
		}
		if strings.HasPrefix(r.Says, string(model.CreditAccepted)) { // acceptWithAudio, acceptWithAlert …
			return model.CreditAccepted
		}
		switch answer := model.CreditAnswer(r.Says); answer {
		case model.CreditRefused, model.CreditBanned, model.CreditFiltered:
			return answer
		}
	}
	return ""
}

// answersKept is how long it stands in the books what residents answered.
const answersKept = 1 // years

// Forget forgets answers that were kept long enough.
func (s *Service) Forget(ctx context.Context) error {
	before := s.clock.Now().AddDate(-answersKept, 0, 0)
	return s.store.InTx(ctx, func(tx *store.Tx) error { return tx.ForgetCreditAnswers(ctx, before) })
}
