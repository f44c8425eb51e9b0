package push

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// Rehearsal counts whom a change would reach, and how, before it is told. Nothing
// is written, and nothing sent.
type Rehearsal struct {
	store *store.Store
	find  Finder
	speed Speed
	clock model.Clock
}

// Finder lists the saved searches that would find a policy.
type Finder func(ctx context.Context, p *store.IndexedPolicy) ([]string, error)

// NewRehearsal makes one.
func NewRehearsal(s *store.Store, find Finder, speed Speed, clock model.Clock) *Rehearsal {
	return &Rehearsal{s, find, speed, clock}
}

// Reach is how many people a change would reach, each counted once, and how.
type Reach struct {
	People   int
	Now      int // a message goes out at once
	Quiet    int // a message goes out when their quiet hours are over
	NoCredit int // they allowed no message
	Muted    int // they want no messages
	Full     int // they had as many today as they want: the next digest
	Daily    int // with the daily digest
	Weekly   int // with the weekly one
	Seconds  int // until the messages of now are out, where nothing else waits
}

// Of counts whom a change reaches that touches some things; policy is what saved
// searches look at, nil where they don't.
func (r *Rehearsal) Of(ctx context.Context, touches []model.Touch, policy *store.IndexedPolicy) (reach Reach, err error) {
	var searches []string
	if policy != nil {
		if searches, err = r.find(ctx, policy); err != nil {
			return reach, err
		}
	}
	now := r.clock.Now()
	audiences, err := r.store.Audiences(ctx, touches, searches, model.ForChange, model.Today(now).Start())
	if err != nil {
		return reach, err
	}
	for _, a := range audiences {
		reach.People += a.People
		*reach.at(a, model.PlanDelivery(a.Pace, a.Wishes, a.Credit, a.Sent, now)) += a.People
	}
	if most := r.speed.atMost(); most > 0 {
		reach.Seconds = (reach.Now + most - 1) / most
	}
	return reach, nil
}

// at is where those are counted who are told by a plan.
func (r *Reach) at(a store.Audience, p model.Plan) *int {
	switch {
	case a.Pace == model.Weekly:
		return &r.Weekly
	case a.Pace == model.Daily:
		return &r.Daily
	case p.Pace == model.Daily:
		return &r.Full
	case p.State == model.DeliveryNoCredit:
		return &r.NoCredit
	case p.State == "":
		return &r.Muted
	case p.Why == model.WhyQuiet:
		return &r.Quiet
	}
	return &r.Now
}
