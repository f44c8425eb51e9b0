package push

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store"
)

// Traffic is what keeps messages back, how fast they may go, how fast they go, and
// how many wait.
type Traffic struct {
	Gates []model.Gate
	Most  int // messages a second, of all together; 0 is as fast as it goes
	OfOne int // of one purpose
	Of    []TrafficOf
}

// TrafficOf is the traffic of one purpose.
type TrafficOf struct {
	Purpose model.Purpose
	store.Pace
	Takes time.Duration // until those are sent whose time has come, at full speed; 0 where nobody can say
}

// traffickedFor is over how long the speed is measured.
const traffickedFor = time.Minute

// Traffic tells it.
func (d *Desk) Traffic(ctx context.Context, by model.Actor) (*Traffic, error) {
	if !by.May(model.ActReadPush) {
		return nil, model.ErrNotAllowed
	}
	t := &Traffic{Most: d.speed.ASecond, OfOne: d.speed.OfOne}
	var err error
	if t.Gates, err = d.store.Gates(ctx); err != nil {
		return nil, err
	}
	now := d.clock.Now()
	paces, err := d.store.Paces(ctx, now.Add(-traffickedFor), now)
	if err != nil {
		return nil, err
	}
	for _, p := range Purposes() {
		of := TrafficOf{Purpose: p.ID, Pace: paces[p.ID]}
		if fastest := d.speed.atMost(); fastest > 0 {
			of.Takes = time.Duration(of.Due) * time.Second / time.Duration(fastest)
		}
		t.Of = append(t.Of, of)
	}
	return t, nil
}

// Lengths of why somebody keeps messages back, in characters.
const (
	leastReason = 2
	mostReason  = 200
)

// Pause keeps the messages of a purpose back, or ("") all, until somebody opens
// them again, and says why.
func (d *Desk) Pause(ctx context.Context, by model.Actor, of model.Purpose, reason string) error {
	if !by.May(model.ActSteerPush) {
		return model.ErrNotAllowed
	}
	if err := known(of); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n < leastReason || n > mostReason {
		return model.ErrPauseReason.With("reason", map[string]any{"least": leastReason, "most": mostReason})
	}
	return d.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.ShutGate(ctx, model.Gate{Template: of, Why: model.WhyPaused, StaffID: by.ID, Reason: reason}); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "push.paused", Object: gateRef(of)})
	})
}

// Open lets the messages of a purpose, or ("") all, go again.
func (d *Desk) Open(ctx context.Context, by model.Actor, of model.Purpose) error {
	if !by.May(model.ActSteerPush) {
		return model.ErrNotAllowed
	}
	if err := known(of); err != nil {
		return err
	}
	return d.store.InTx(ctx, func(tx *store.Tx) error {
		gates, err := tx.Gates(ctx)
		if err != nil {
			return err
		}
		for _, g := range gates {
			if g.Template != of {
				continue
			}
			if err := tx.OpenGate(ctx, of); err != nil {
				return err
			}
			return tx.Audit(ctx, by, model.AuditEntry{Act: "push.opened", Object: gateRef(of), Details: opened{g.Why}})
		}
		return model.ErrNotShut
	})
}

// opened is what the audit trail says of what kept messages back.
type opened struct {
	Why model.Reason `json:"why"`
}

func gateRef(of model.Purpose) model.Ref {
	if of == "" {
		of = "all"
	}
	return model.Ref{Kind: "push", ID: string(of)}
}

// known is an *Error where nothing is sent for a purpose.
func known(of model.Purpose) error {
	for _, p := range Purposes() {
		if of == "" || p.ID == of {
			return nil
		}
	}
	return model.ErrPurposeMissing
}
