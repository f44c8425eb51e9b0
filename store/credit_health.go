package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// CreditHealth is how far residents let messages reach them for one purpose:
// numbers, and nobody.
type CreditHealth struct {
	Held    [4]int // residents who allow 0, 1, 2, and 3 or more messages once each
	Lasting int    // residents who allow all
	Wanting int    // residents who want such messages and allow none
}

// Holders are the residents who allow at least one.
func (c *CreditHealth) Holders() int { return c.Held[1] + c.Held[2] + c.Held[3] + c.Lasting }

// CreditHealth tells it by purpose, of residents who follow something at these
// paces and allow none.
func (r reads) CreditHealth(ctx context.Context, paces map[model.Purpose][]model.Pace) (map[model.Purpose]*CreditHealth, error) {
	all := map[model.Purpose]*CreditHealth{}
	for p := range paces {
		all[p] = &CreditHealth{}
	}
	_, err := collect(ctx, r, func(row scanner) (any, error) {
		var p model.Purpose
		var lasting bool
		var held, n int
		err := row.Scan(&p, &lasting, &held, &n)
		switch h := all[p]; {
		case h == nil:
		case lasting:
			h.Lasting += n
		default:
			h.Held[held] += n
		}
		return nil, err
	}, `SELECT template, lasting = 1 AND answer <> 'off', CASE WHEN answer = 'off' OR count <= 0 THEN 0 WHEN count > 3 THEN 3 ELSE count END, count(*)
		FROM credits GROUP BY 1, 2, 3`)
	if err != nil {
		return nil, fmt.Errorf("count credits: %w", err)
	}
	for p, of := range paces {
		w := &where{}
		w.and("f.paused = 0")
		in(w, "f.pace", of)
		w.and(`NOT EXISTS (SELECT 1 FROM credits c WHERE c.resident_id = f.resident_id AND c.template = ? AND `+creditHeld+`)`, p)
		if _, err := r.row(ctx, `SELECT count(DISTINCT f.resident_id) FROM follows f WHERE `+w.String(), w.args, &all[p].Wanting); err != nil {
			return nil, fmt.Errorf("count who allows none: %w", err)
		}
	}
	return all, nil
}

// CreditDay is what residents answered, and what became of messages, on one day.
type CreditDay struct {
	Granted, Declined         int
	Sent, Refused, NoneOfThem int // messages by the day of their announcement: taken or perhaps, 43101, no credit
}

// CreditDays tells it by purpose and day since a moment.
func (r reads) CreditDays(ctx context.Context, since time.Time) (map[model.Purpose]map[model.Day]CreditDay, error) {
	all := map[model.Purpose]map[model.Day]CreditDay{}
	add := func(p model.Purpose, day int, change func(*CreditDay)) {
		if all[p] == nil {
			all[p] = map[model.Day]CreditDay{}
		}
		at := dayAt(day)
		d := all[p][at]
		change(&d)
		all[p][at] = d
	}
	_, err := collect(ctx, r, func(row scanner) (any, error) {
		var p model.Purpose
		var day, granted, declined int
		err := row.Scan(&p, &day, &granted, &declined)
		add(p, day, func(d *CreditDay) { d.Granted += granted; d.Declined += declined })
		return nil, err
	}, `SELECT template, `+dayOf("told_at")+`, coalesce(sum(CASE WHEN answer = 'accept' THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN answer IN ('reject', 'off') THEN 1 ELSE 0 END), 0)
		FROM credit_entries WHERE told_at >= $1 AND report_id = '' GROUP BY 1, 2`, since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("count answers by day: %w", err)
	}
	_, err = collect(ctx, r, func(row scanner) (any, error) {
		var p model.Purpose
		var day, sent, refused, none int
		err := row.Scan(&p, &day, &sent, &refused, &none)
		add(p, day, func(d *CreditDay) { d.Sent += sent; d.Refused += refused; d.NoneOfThem += none })
		return nil, err
	}, `SELECT a.sort, `+dayOf("a.created_at")+`,
			coalesce(sum(CASE WHEN d.state IN ('sent', 'confirmed', 'unknown') THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN d.state = 'refused' THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN d.state = 'no_credit' THEN 1 ELSE 0 END), 0)
		FROM announcements a JOIN deliveries d ON d.announcement_id = a.id AND `+deliveryEnded+` WHERE a.created_at >= $1 GROUP BY 1, 2`, since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("count messages by day: %w", err)
	}
	return all, nil
}
