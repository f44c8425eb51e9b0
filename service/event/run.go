package event

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Work does what is due: lists of numbers are fixed when sign-up closes, draws are held at
// their time, and who has a place is reminded the day before. Any number of processes may
// do so: each step is one transaction under the lock of the book, and happens once.
func (s *Service) Work(ctx context.Context) error {
	ids, err := s.store.BooksDue(ctx, s.clock.Now())
	if err != nil {
		return err
	}
	for _, id := range ids {
		if one := s.store.InTx(ctx, func(tx *store.Tx) error { return s.step(ctx, tx, id) }); one != nil {
			err = errors.Join(err, fmt.Errorf("event %s: %w", id, one))
		}
	}
	return err
}

func (s *Service) step(ctx context.Context, tx *store.Tx, id string) error {
	b, err := tx.BookFor(ctx, id)
	if err != nil || b == nil || b.Cancelled {
		return err
	}
	now := s.clock.Now()
	if b.Terms.How == model.Lottery && b.FixedAt.IsZero() && !now.Before(b.Terms.ClosesAt) {
		if err := fix(ctx, tx, b, now); err != nil {
			return err
		}
	}
	if !b.FixedAt.IsZero() && b.DrawnAt.IsZero() && !now.Before(b.Terms.DrawsAt) {
		if err := s.draw(ctx, tx, b, now); err != nil {
			return err
		}
	}
	if b.RemindedAt.IsZero() && !now.Before(b.RemindAt()) {
		if b.RemindsAt(now) && b.Taken > 0 {
			if err := tell(ctx, tx, b, model.SignUpReminder, model.Touch{Kind: model.KindAdmitted, Key: id}); err != nil {
				return err
			}
		}
		b.RemindedAt = now // also where it is too late for a decent hour
	}
	return tx.KeepBook(ctx, b, "")
}

// fix closes the list of those who take part in a draw.
func fix(ctx context.Context, tx *store.Tx, b *model.Book, now time.Time) error {
	list, err := tx.SignUpsTo(ctx, b.EventID)
	if err != nil {
		return err
	}
	b.Numbers = nil
	for _, v := range list {
		if v.State == model.SignUpEntered {
			b.Numbers = append(b.Numbers, v.Number)
		}
	}
	b.NumbersHash, b.FixedAt = HashOfNumbers(b.Numbers), now
	tx.TouchEvents()
	return nil
}

// draw gives the places out by the sealed seed, which is public from now on.
func (s *Service) draw(ctx context.Context, tx *store.Tx, b *model.Book, now time.Time) (err error) {
	if b.Seed, err = tx.SealedSeed(ctx, b.EventID); err != nil {
		return err
	}
	d, err := drawOf(b)
	if err != nil {
		return err
	}
	list, err := tx.SignUpsTo(ctx, b.EventID)
	if err != nil {
		return err
	}
	var taking []model.SignUp
	for _, v := range list {
		if v.State == model.SignUpEntered {
			taking = append(taking, v)
		}
	}
	for _, v := range b.Outcome(taking, d.Order) {
		if err := tx.KeepSignUp(ctx, &v); err != nil {
			return err
		}
	}
	b.DrawnAt = now
	tx.TouchEvents()
	if len(taking) > 0 {
		if err := tell(ctx, tx, b, model.SignUpDrawn, model.Touch{Kind: model.KindSignedUp, Key: b.EventID}); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, model.System("draw"), model.AuditEntry{Act: "event.drawn", Object: model.Ref{Kind: string(model.KindEvent), ID: b.EventID},
		Details: map[string]any{"numbers": len(b.Numbers), "places": b.Terms.Places, "numbers_sm3": b.NumbersHash}})
}

// drawOf repeats a draw from what is public of it.
func drawOf(b *model.Book) (*Draw, error) {
	d := &Draw{Book: *b}
	if b.Seed == "" {
		return d, nil
	}
	seed, err := hex.DecodeString(b.Seed)
	if err != nil {
		return nil, fmt.Errorf("read seed: %w", err)
	}
	d.Order = Order(seed, b.Numbers)
	return d, nil
}

// Forget forgets what people told who signed up, some weeks after the event.
func (s *Service) Forget(ctx context.Context) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.ForgetSignUps(ctx, s.clock.Now().AddDate(0, 0, -model.SignUpKept))
	})
}
