package event

import (
	"context"
	"crypto/rand"
	"encoding/hex"

	"yuandu/model"
	"yuandu/store"
)

// seedSize is how long the seed of a draw is, in bytes.
const seedSize = 32

// keepBook makes the book of an event that of what is published now: places that are
// added go to who waits, and whoever signed up is told what changed for them.
func (s *Service) keepBook(ctx context.Context, tx *store.Tx, e *model.Event) error {
	b, err := tx.BookFor(ctx, e.ID)
	if err != nil {
		return err
	}
	if b == nil {
		b = &model.Book{EventID: e.ID}
	}
	news, err := b.Follow(e, s.clock.Now())
	if err != nil {
		return err
	}
	seed := ""
	if e.Terms.How == model.Lottery && b.SeedHash == "" && e.Terms.Places > 0 {
		bytes := make([]byte, seedSize)
		rand.Read(bytes)
		seed, b.SeedHash = hex.EncodeToString(bytes), HashOfSeed(bytes)
	}
	if err := tx.KeepBook(ctx, b, seed); err != nil {
		return err
	}
	if news != "" {
		if err := tell(ctx, tx, b, news, model.Touch{Kind: model.KindSignedUp, Key: b.EventID}); err != nil {
			return err
		}
	}
	return s.moveUp(ctx, tx, b)
}

// closeBook ends the sign-up to an event that is not public any more.
func (s *Service) closeBook(ctx context.Context, tx *store.Tx, id string) error {
	b, err := tx.BookFor(ctx, id)
	if err != nil || b == nil || b.Cancelled {
		return err
	}
	b.Cancelled = true
	if err := tx.KeepBook(ctx, b, ""); err != nil || b.Last == 0 || !s.clock.Now().Before(b.EndsAt) {
		return err
	}
	return tell(ctx, tx, b, model.SignUpOff, model.Touch{Kind: model.KindSignedUp, Key: id})
}

// mostUp is how many of those who wait are looked at together.
const mostUp = 200

// moveUp gives free places to those who wait, and tells them.
func (s *Service) moveUp(ctx context.Context, tx *store.Tx, b *model.Book) error {
	for b.MayMoveUp(s.clock.Now()) && b.Taken < b.Terms.Places {
		waiting, err := tx.Waiting(ctx, b.EventID, mostUp)
		if err != nil {
			return err
		}
		up := b.MoveUp(waiting)
		for _, v := range up {
			if err := tx.KeepSignUp(ctx, &v); err != nil {
				return err
			}
			if err := tell(ctx, tx, b, model.SignUpUp, model.Touch{Kind: model.KindSignUp, Key: v.ID}); err != nil {
				return err
			}
		}
		if len(up) == 0 || len(up) < len(waiting) {
			break
		}
	}
	return tx.Count(ctx, b)
}

// tell has people know of what they signed up for, in the inbox and through WeChat.
func tell(ctx context.Context, tx *store.Tx, b *model.Book, news model.SignUpNews, whom model.Touch) error {
	return tx.Announce(ctx, &model.Announcement{ID: store.NewID(), Sort: model.AnnounceChange, Kind: model.KindSignUp, Object: b.EventID, What: news,
		Title: b.Title, Note: noteOf(b, news), Rank: model.RankUsual, Stage: model.StageSpreading}, whom)
}

func noteOf(b *model.Book, news model.SignUpNews) string {
	switch news {
	case model.SignUpOff:
		return b.Why
	case model.SignUpMoved, model.SignUpReminder, model.SignUpUp:
		return model.TimeSpan(b.BeginsAt, b.EndsAt) + "，" + b.Place
	}
	return ""
}
