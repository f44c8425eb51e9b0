package event

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"image/png"
	"time"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"yuandu/model"
	"yuandu/store"
)

// Entry is what somebody sends who signs up.
type Entry struct {
	EventID string
	Persons int
	model.SignUpPerson
}

// Mine is one's own sign-up to an event, as it stands now.
type Mine struct {
	model.SignUp
	Event    model.Book
	Public   bool // the event can be read
	Ahead    int  // of a waiting one: who moves up before
	CanLeave bool
}

// SignUp signs somebody up, once however often it is sent: who did so already is answered
// as they stand.
func (s *Service) SignUp(ctx context.Context, by model.Actor, v Entry) (*Mine, error) {
	err := s.store.ForResident(ctx, by.ID, func(tx *store.Tx) error {
		b, err := tx.BookFor(ctx, v.EventID)
		switch {
		case err != nil:
			return err
		case b == nil:
			return model.ErrEventMissing
		}
		before, err := tx.SignUpOf(ctx, v.EventID, by.ID)
		if err != nil || before != nil && before.State != model.SignUpCancelled {
			return err
		}
		return s.enter(ctx, tx, b, by.ID, v)
	})
	if err != nil {
		return nil, err
	}
	return s.OneOfMine(ctx, by, v.EventID)
}

func (s *Service) enter(ctx context.Context, tx *store.Tx, b *model.Book, residentID string, v Entry) error {
	now := s.clock.Now()
	if err := b.MayEnter(now, v.Persons); err != nil {
		return err
	}
	if err := v.Check(&b.Terms); err != nil {
		return err
	}
	switch n, err := tx.TimesSignedUp(ctx, b.EventID, residentID); {
	case err != nil:
		return err
	case n >= model.MostSignUps:
		return model.ErrSignUpMany.With("", map[string]any{"most": model.MostSignUps})
	}
	waiting, err := tx.Waiting(ctx, b.EventID, 1)
	if err != nil {
		return err
	}
	one := &model.SignUp{EventID: b.EventID, ResidentID: residentID, Persons: v.Persons, Code: rand.Text()[:model.SignUpCode], Person: v.SignUpPerson, SignedAt: now}
	b.Enter(one, len(waiting) > 0)
	if err := tx.AddSignUp(ctx, one); err != nil {
		return err
	}
	return tx.Count(ctx, b)
}

// Leave takes one's own sign-up back; the place goes to who waits longest.
func (s *Service) Leave(ctx context.Context, by model.Actor, eventID string) (*Mine, error) {
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		b, err := tx.BookFor(ctx, eventID)
		switch {
		case err != nil:
			return err
		case b == nil:
			return model.ErrSignUpMissing
		}
		v, err := tx.SignUpOf(ctx, eventID, by.ID)
		switch {
		case err != nil:
			return err
		case v == nil:
			return model.ErrSignUpMissing
		case v.State == model.SignUpCancelled:
			return nil
		}
		if err := b.MayLeave(v, s.clock.Now()); err != nil {
			return err
		}
		return s.leave(ctx, tx, b, v)
	})
	if err != nil {
		return nil, err
	}
	return s.OneOfMine(ctx, by, eventID)
}

func (s *Service) leave(ctx context.Context, tx *store.Tx, b *model.Book, v *model.SignUp) error {
	b.Leave(v, s.clock.Now())
	if err := tx.KeepSignUp(ctx, v); err != nil {
		return err
	}
	return s.moveUp(ctx, tx, b)
}

// OneOfMine is one's own last sign-up to an event, with what one told.
func (s *Service) OneOfMine(ctx context.Context, by model.Actor, eventID string) (*Mine, error) {
	v, err := s.store.SignUpOf(ctx, eventID, by.ID)
	switch {
	case err != nil:
		return nil, err
	case v == nil:
		return nil, model.ErrSignUpMissing
	}
	if v.Person, err = s.store.OwnPerson(ctx, v.ID); err != nil {
		return nil, err
	}
	list, err := s.mine(ctx, []model.SignUp{*v})
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// mostMine is how many of one's own sign-ups are listed.
const mostMine = 100

// AllOfMine lists one's own sign-ups, the newest first.
func (s *Service) AllOfMine(ctx context.Context, by model.Actor) ([]Mine, error) {
	list, err := s.store.SignUpsOf(ctx, by.ID, mostMine)
	if err != nil {
		return nil, err
	}
	return s.mine(ctx, list)
}

func (s *Service) mine(ctx context.Context, list []model.SignUp) ([]Mine, error) {
	ids := make([]string, len(list))
	for n, v := range list {
		ids[n] = v.EventID
	}
	books, err := s.store.Books(ctx, ids)
	if err != nil {
		return nil, err
	}
	public, err := s.store.EventsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	isPublic := map[string]bool{}
	for _, e := range public {
		isPublic[e.ID] = true
	}
	mine := make([]Mine, len(list))
	for n, v := range list {
		b := books[v.EventID]
		mine[n] = Mine{SignUp: v, Event: b, Public: isPublic[v.EventID]}
		mine[n].CanLeave = v.State != model.SignUpCancelled && !b.Cancelled && b.MayLeave(&v, s.clock.Now()) == nil
		if v.State == model.SignUpWaiting {
			if mine[n].Ahead, err = s.store.Ahead(ctx, v.EventID, v.Turn); err != nil {
				return nil, err
			}
		}
	}
	return mine, nil
}

// ShowsCode says whether the code of a sign-up is of use: it lets in who has a place.
func (m *Mine) ShowsCode(now time.Time) bool {
	return m.State == model.SignUpIn && !m.Event.Cancelled && model.Today(now) <= model.Today(m.Event.EndsAt)
}

// codeSide is how wide the picture of a code is, in pixels.
const codeSide = 480

// CodePicture draws a code to be held before a scanner, as the address of a PNG.
func CodePicture(code string) (string, error) {
	drawn, err := qr.Encode(code, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("draw code: %w", err)
	}
	if drawn, err = barcode.Scale(drawn, codeSide, codeSide); err != nil {
		return "", fmt.Errorf("draw code: %w", err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, drawn); err != nil {
		return "", fmt.Errorf("draw code: %w", err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(picture.Bytes()), nil
}
