package push

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// outcome is what is to be written down after a wave.
type outcome struct {
	settled  []store.Settlement
	waves    map[string]int             // by ID: messages that WeChat took
	returned map[model.Purpose][]string // residents who get their credit back
	zeroed   map[model.Purpose][]string // residents who have none, as WeChat says
	gates    []model.Gate
	changed  map[string]refusal // by announcement
}

// refusal is what WeChat does not take of an announcement's messages.
type refusal struct {
	trimmed string
	why     model.Reason
}

// judged says what follows from the answers to a wave.
func (c *Courier) judged(done []answer) *outcome {
	o := &outcome{waves: map[string]int{}, returned: map[model.Purpose][]string{}, zeroed: map[model.Purpose][]string{}, changed: map[string]refusal{}}
	now := c.clock.Now()
	passing := 0
	for i := range done {
		a := &done[i]
		v, code := judge(a.err)
		if v.Why == model.WhyPassing {
			passing++
		}
		v = o.trimmed(a, v)
		if v.Retries > 0 && a.call.Tries >= v.Retries {
			v.State = model.DeliveryFailed
		}
		s := store.Settlement{Call: &a.call, State: v.State, Why: v.Why, Code: code, MsgID: a.id, Asked: a.wave.begun}
		if a.err != nil {
			s.Field = fieldOf(a.err)
		}
		if v.State == model.DeliveryPending && v.Why != model.WhyField {
			s.DueAt = now.Add(again(a.call.Tries))
		}
		o.settled = append(o.settled, s)
		o.waves[a.wave.ID] += 0 // it ends, whatever was sent
		if s.State == model.DeliverySent {
			o.waves[a.wave.ID]++
		}
		o.credit(a, v)
		o.shut(a, v, code, now)
	}
	if passing > 0 && passing*2 >= len(done) && len(done) > 1 {
		o.gates = append(o.gates, model.Gate{Why: model.WhyPassing, Code: -1, Until: now.Add(afterTrouble)})
	}
	return o
}

// trimmed lets the messages of an announcement try once more with the field
// trimmed that WeChat did not take; the second time all of them fail.
func (o *outcome) trimmed(a *answer, v verdict) verdict {
	if !v.ForAll {
		return v
	}
	if v.Why == model.WhyField && a.wave.of.Trimmed == "" {
		v.State = model.DeliveryPending
		o.changed[a.wave.of.ID] = refusal{trimmed: fieldOf(a.err)}
		return v
	}
	o.changed[a.wave.of.ID] = refusal{a.wave.of.Trimmed, v.Why}
	return v
}

func (o *outcome) credit(a *answer, v verdict) {
	switch p := a.call.Template; v.Credit {
	case creditReturned:
		o.returned[p] = append(o.returned[p], a.call.ResidentID)
	case creditZeroed:
		o.zeroed[p] = append(o.zeroed[p], a.call.ResidentID)
	}
}

func (o *outcome) shut(a *answer, v verdict, code int64, now time.Time) {
	if v.Shut == shutNothing {
		return
	}
	g := model.Gate{Why: v.Why, Code: code}
	if v.Shut == shutTemplate {
		g.Template = a.call.Template
	}
	if v.For > 0 {
		g.Until = now.Add(v.For)
	}
	o.gates = append(o.gates, g)
}

// keep writes it down.
func (o *outcome) keep(ctx context.Context, tx *store.Tx) error {
	if err := tx.Settle(ctx, o.settled); err != nil {
		return err
	}
	for id, sent := range o.waves {
		if err := tx.EndWave(ctx, id, sent); err != nil {
			return err
		}
	}
	for p, ids := range o.returned {
		if err := tx.ReturnCredits(ctx, p, ids); err != nil {
			return err
		}
	}
	for p, ids := range o.zeroed {
		if err := tx.ZeroCredits(ctx, p, ids); err != nil {
			return err
		}
	}
	for id, r := range o.changed {
		if err := tx.SetAnnouncementRefused(ctx, id, r.trimmed, r.why); err != nil {
			return err
		}
	}
	for _, g := range o.gates {
		if err := tx.ShutGate(ctx, g); err != nil {
			return err
		}
	}
	return nil
}
