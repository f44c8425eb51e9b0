package push

import (
	"context"
	"encoding/json"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// CreditHealth is how far residents let messages reach them for one purpose, and
// how that went.
type CreditHealth struct {
	Purpose model.Purpose
	store.CreditHealth
	Days []CreditDay // the earliest first, none left out
}

// CreditDay is one of them.
type CreditDay struct {
	Day model.Day
	store.CreditDay
}

// Counting all residents takes a while, so it is done once a minute at most.
const (
	creditDays = 30
	creditKept = time.Minute
	creditKey  = "push:credit-health"
)

// wants are at which paces somebody follows who wants messages of a purpose.
var wants = map[model.Purpose][]model.Pace{model.ForChange: {model.AtOnce}, model.ForDigest: {model.Daily, model.Weekly}}

// Credits tells how far residents let messages reach them.
func (d *Desk) Credits(ctx context.Context, by model.Actor) (list []CreditHealth, err error) {
	if !by.May(model.ActReadPush) {
		return nil, model.ErrNotAllowed
	}
	if kept, found, err := d.cache.Get(ctx, creditKey); err == nil && found && json.Unmarshal(kept, &list) == nil {
		return list, nil
	}
	if list, err = d.countCredits(ctx); err != nil {
		return nil, err
	}
	if text, err := json.Marshal(list); err == nil {
		_ = d.cache.Set(ctx, creditKey, text, creditKept) // counted again where it is away
	}
	return list, nil
}

func (d *Desk) countCredits(ctx context.Context) ([]CreditHealth, error) {
	held, err := d.store.CreditHealth(ctx, wants)
	if err != nil {
		return nil, err
	}
	first := model.Today(d.clock.Now()).Add(1 - creditDays)
	days, err := d.store.CreditDays(ctx, first.Start())
	if err != nil {
		return nil, err
	}
	var list []CreditHealth
	for _, p := range Purposes() {
		h := CreditHealth{Purpose: p.ID, CreditHealth: *held[p.ID]}
		for n := range creditDays {
			day := first.Add(n)
			h.Days = append(h.Days, CreditDay{day, days[p.ID][day]})
		}
		list = append(list, h)
	}
	return list, nil
}
