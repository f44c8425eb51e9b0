package push

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// NoticeFilter narrows an inbox.
type NoticeFilter = store.NoticeFilter

// Inbox is what residents were told, and how they want to be told.
type Inbox struct {
	store *store.Store
	clock model.Clock
}

// NewInbox makes one.
func NewInbox(s *store.Store, clock model.Clock) *Inbox { return &Inbox{s, clock} }

// Notices lists what a resident was told, the newest first, and counts all that
// match.
func (b *Inbox) Notices(ctx context.Context, residentID string, f store.NoticeFilter) ([]model.Notice, int, error) {
	list, total, err := b.store.Notices(ctx, residentID, f)
	if err != nil {
		return nil, 0, err
	}
	return list, total, b.own(ctx, residentID, list)
}

// own adds to notices what only this resident is told.
func (b *Inbox) own(ctx context.Context, residentID string, list []model.Notice) error {
	var spokenTo, signedUp []string
	for _, n := range list {
		switch {
		case n.Why.Kind == model.KindOwnOpinion:
			spokenTo = append(spokenTo, n.Announcement.Object)
		case n.Announcement.Kind == model.KindSignUp:
			signedUp = append(signedUp, n.Announcement.Object)
		}
	}
	verdicts, err := b.store.OwnVerdicts(ctx, residentID, spokenTo)
	if err != nil {
		return err
	}
	states, err := b.store.OwnSignUps(ctx, residentID, signedUp)
	for i := range list {
		switch n := &list[i]; {
		case n.Why.Kind == model.KindOwnOpinion:
			n.Verdicts = verdicts[n.Announcement.Object]
		case n.Announcement.Kind == model.KindSignUp:
			n.SignUp = states[n.Announcement.Object]
		}
	}
	return err
}

// Unread counts what a resident has not read yet.
func (b *Inbox) Unread(ctx context.Context, residentID string) (int, error) {
	return b.store.Unread(ctx, residentID)
}

// Read notes that a resident has read a notice.
func (b *Inbox) Read(ctx context.Context, residentID, id string) error {
	return b.one(ctx, residentID, id, (*store.Tx).ReadNotice)
}

// Delete takes a notice out of the inbox.
func (b *Inbox) Delete(ctx context.Context, residentID, id string) error {
	return b.one(ctx, residentID, id, (*store.Tx).DeleteNotice)
}

func (b *Inbox) one(ctx context.Context, residentID, id string, do func(tx *store.Tx, ctx context.Context, residentID, id string) (bool, error)) error {
	return b.store.InTx(ctx, func(tx *store.Tx) error {
		found, err := do(tx, ctx, residentID, id)
		if err == nil && !found {
			err = model.ErrNoticeMissing
		}
		return err
	})
}

// ReadAll notes that a resident has read all that was told up to a moment: what
// came while they looked is not passed over.
func (b *Inbox) ReadAll(ctx context.Context, residentID string, upTo time.Time) error {
	return b.store.InTx(ctx, func(tx *store.Tx) error { return tx.ReadAllNotices(ctx, residentID, upTo) })
}

// Settings are a resident's wishes about messages.
func (b *Inbox) Settings(ctx context.Context, residentID string) (model.PushSettings, error) {
	settings, err := b.store.PushSettings(ctx, residentID)
	return settings[residentID], err
}

// Set keeps a resident's wishes, as they were read before.
func (b *Inbox) Set(ctx context.Context, residentID string, p model.PushSettings) (model.PushSettings, error) {
	if err := p.Check(); err != nil {
		return p, err
	}
	err := b.store.ForResident(ctx, residentID, func(tx *store.Tx) error { return tx.SetPushSettings(ctx, residentID, &p) })
	return p, err
}

// noticesKept is for how long notices and their messages are kept.
const noticesKept = 366 * 24 * time.Hour

// mostForgotten is how much is forgotten in one transaction.
const mostForgotten = 5000

// Sweep forgets what is older than a year.
func (b *Inbox) Sweep(ctx context.Context) error {
	for _, forget := range []func(*store.Tx, context.Context, time.Time, int) (int, error){(*store.Tx).ForgetNotices, (*store.Tx).ForgetDeliveries} {
		if err := b.sweep(ctx, forget); err != nil {
			return err
		}
	}
	return nil
}

func (b *Inbox) sweep(ctx context.Context, forget func(*store.Tx, context.Context, time.Time, int) (int, error)) error {
	for {
		var n int
		err := b.store.InTx(ctx, func(tx *store.Tx) (err error) {
			n, err = forget(tx, ctx, b.clock.Now().Add(-noticesKept), mostForgotten)
			return err
		})
		if err != nil || n < mostForgotten {
			return err
		}
	}
}
