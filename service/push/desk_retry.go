package push

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// mostRetried is how many messages are let go again in one transaction.
const mostRetried = 1000

// Retried is what came of letting messages go again.
type Retried struct {
	Took int    // wait for their turn
	Left int    // stay: the resident wants none now, or had enough for a day
	Next string // there may be more after it, "" where there are none
}

// Retry lets messages of an announcement go again that ended in one way and surely
// were not sent, some of them at a time. Pressed twice, nothing goes twice: what
// waits already is in another state.
func (d *Desk) Retry(ctx context.Context, by model.Actor, e Ended) (done Retried, err error) {
	if !by.May(model.ActSteerPush) {
		return done, model.ErrNotAllowed
	}
	err = d.store.InTx(ctx, func(tx *store.Tx) error {
		a, err := tx.TakeEnded(ctx, e.Announcement)
		switch {
		case err != nil:
			return err
		case a == nil:
			return model.ErrAnnouncementMissing
		}
		mended, err := d.mended(ctx, a)
		if err != nil {
			return err
		}
		if err := a.CheckRetry(e.State, e.Why, mended, d.clock.Now()); err != nil {
			return err
		}
		if done, err = d.retry(ctx, tx, e); err != nil || done.Took == 0 {
			return err
		}
		if err := tx.Reopen(ctx, a.ID, mended); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "push.retried", Object: model.Ref{Kind: "announcement", ID: a.ID},
			Details: retried{e.State, e.Why, done.Took}})
	})
	return done, err
}

// retried is what the audit trail says of it.
type retried struct {
	State model.DeliveryState `json:"state"`
	Why   model.Reason        `json:"why,omitempty"`
	Count int                 `json:"count"`
}

func (d *Desk) retry(ctx context.Context, tx *store.Tx, e Ended) (done Retried, err error) {
	list, err := tx.Retriable(ctx, store.DeliveryFilter{AnnouncementID: e.Announcement, State: e.State, Why: e.Why, After: e.After, Limit: mostRetried})
	if err != nil || len(list) == 0 {
		return done, err
	}
	if len(list) == mostRetried {
		done.Next = list[mostRetried-1].ID
	}
	wanted, err := d.wanted(ctx, tx, list)
	if err != nil {
		return done, err
	}
	done.Took, err = tx.Retry(ctx, e.State, wanted)
	done.Left = len(list) - len(wanted)
	return done, err
}

// wanted are those of some messages that their residents want now, each with the
// time until which it waits: as when they were told first.
func (d *Desk) wanted(ctx context.Context, tx *store.Tx, list []model.Delivery) (wanted []model.Delivery, err error) {
	ids := make([]string, len(list))
	for i, m := range list {
		ids[i] = m.ResidentID
	}
	settings, err := tx.PushSettings(ctx, ids...)
	if err != nil {
		return nil, err
	}
	now := d.clock.Now()
	sent, err := tx.SentSince(ctx, model.Today(now).Start(), ids)
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		today := sent[m.ResidentID]
		if m.Template == model.ForDigest {
			today = 0 // a digest is beyond no ceiling
		}
		plan := model.PlanDelivery(model.AtOnce, settings[m.ResidentID], true, today, now)
		if plan.State == model.DeliveryPending {
			m.Why, m.DueAt = plan.Why, plan.DueAt
			wanted = append(wanted, m)
		}
	}
	return wanted, nil
}
