package push

import (
	"context"
	"log/slog"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Teller gives all who follow something their notices when it changes. Any number
// of processes may have one: they share the work.
type Teller struct {
	store *store.Store
	match Matcher
	clock model.Clock
	log   *slog.Logger
	wake  chan struct{}
	busy  func() bool
}

// Matcher finds who is told of a change because a saved search of theirs finds the
// document, and writes them down with the announcement.
type Matcher func(ctx context.Context, a model.Announcement) error

// NewTeller makes one.
func NewTeller(s *store.Store, match Matcher, clock model.Clock, log *slog.Logger) *Teller {
	return &Teller{s, match, clock, log, make(chan struct{}, 1), func() bool { return false }}
}

// YieldTo lets a teller be slower while something else is busy.
func (t *Teller) YieldTo(busy func() bool) { t.busy = busy }

const (
	// tick is how often is looked for what other processes announced.
	tick = 300 * time.Millisecond
	// aPage is how many residents are told in one transaction: as many rows as one
	// statement inserts.
	aPage = 512
	// aSmallPage is it while residents are served, and slowly how long it is to take
	// for each of them: 4,000 a second.
	aSmallPage = 256
	slowly     = time.Second / 4000
	// afterTrouble is how long nothing is tried after something broke off.
	afterTrouble = 2 * time.Second
)

// Run tells followers until ctx ends.
func (t *Teller) Run(ctx context.Context) {
	t.store.WatchAnnouncements(t.wake)
	beat := time.NewTicker(tick)
	defer beat.Stop()
	for {
		if err := t.CatchUp(ctx); err != nil && ctx.Err() == nil {
			t.log.Error("telling followers broke off", "error", err)
			pause(ctx, afterTrouble)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.wake:
		case <-beat.C:
		}
	}
}

// Wake lets Run look now.
func (t *Teller) Wake() {
	select {
	case t.wake <- struct{}{}:
	default: // it is awake already
	}
}

// CatchUp tells all that is to be told now.
func (t *Teller) CatchUp(ctx context.Context) error {
	if err := t.beginDigests(ctx); err != nil {
		return err
	}
	for more := true; more && ctx.Err() == nil; {
		open, err := t.store.UnderWay(ctx, model.StageMatching, model.StageSpreading)
		if err != nil {
			return err
		}
		more = false
		for _, a := range open { // a page each: a topic that many follow keeps no other waiting
			done, err := t.step(ctx, a)
			if err != nil {
				return err
			}
			more = more || done
		}
	}
	return t.end(ctx)
}

// size is how many residents the next page has, and how long it is to take at
// least for each of them.
func (t *Teller) size() (most int, each time.Duration) {
	if t.busy() {
		return aSmallPage, slowly
	}
	return aPage, 0
}

// step brings an announcement on by a page; done is false where another process is
// at it.
func (t *Teller) step(ctx context.Context, a model.Announcement) (done bool, err error) {
	if a.Stage == model.StageMatching {
		if err := t.match(ctx, a); err != nil {
			return false, err
		}
		return true, t.store.InTx(ctx, func(tx *store.Tx) error {
			return tx.SetStage(ctx, a.ID, model.StageMatching, model.StageSpreading)
		})
	}
	began := time.Now()
	most, each := t.size()
	told := 0
	err = t.store.InTx(ctx, func(tx *store.Tx) error {
		after, ok, err := tx.TakeAnnouncement(ctx, a.ID)
		if err != nil || !ok {
			return err
		}
		done = true
		page, last, err := t.page(ctx, tx, a, after, most)
		switch {
		case err != nil:
			return err
		case last == "":
			return tx.Spread(ctx, a.ID)
		}
		told = len(page)
		return tx.Tell(ctx, a, page, last)
	})
	pause(ctx, time.Duration(told)*each-time.Since(began))
	return done, err
}

// page is whom an announcement reaches next, and the last one it looked at: ""
// where there is nobody left.
func (t *Teller) page(ctx context.Context, tx *store.Tx, a model.Announcement, after string, most int) (page []store.Told, last string, err error) {
	if a.Sort == model.AnnounceDigest {
		return t.digestPage(ctx, tx, a, after, most)
	}
	followers, err := tx.Followers(ctx, a.ID, after, most)
	if err != nil || len(followers) == 0 {
		return nil, "", err
	}
	wishes, err := t.wishesOf(ctx, tx, model.ForChange, idsOf(followers))
	if err != nil {
		return nil, "", err
	}
	now := t.clock.Now()
	for _, f := range followers {
		w := wishes[f.ResidentID]
		page = append(page, store.Told{Follower: f, Template: model.ForChange,
			Plan: model.PlanDelivery(f.Pace, w.settings, w.credit, w.sent, now)})
	}
	return page, followers[len(followers)-1].ResidentID, nil
}

// wish is what bears on how somebody is told.
type wish struct {
	settings model.PushSettings
	credit   bool
	sent     int // messages today
}

func (t *Teller) wishesOf(ctx context.Context, tx *store.Tx, purpose model.Purpose, ids []string) (map[string]wish, error) {
	settings, err := tx.PushSettings(ctx, ids...)
	if err != nil {
		return nil, err
	}
	credit, err := tx.CreditHolders(ctx, purpose, ids)
	if err != nil {
		return nil, err
	}
	sent, err := tx.SentSince(ctx, model.Today(t.clock.Now()).Start(), ids)
	if err != nil {
		return nil, err
	}
	wishes := make(map[string]wish, len(ids))
	for _, id := range ids {
		wishes[id] = wish{settings[id], credit[id], sent[id]}
	}
	return wishes, nil
}

func idsOf(followers []store.Follower) []string {
	ids := make([]string, len(followers))
	for i, f := range followers {
		ids[i] = f.ResidentID
	}
	return ids
}

// end drops messages that are not to be sent any more, and ends announcements of
// which nothing is left.
func (t *Teller) end(ctx context.Context) error {
	open, err := t.store.UnderWay(ctx, model.StageSending, model.StageStopped)
	if err != nil {
		return err
	}
	for _, a := range open {
		if err := t.endOne(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (t *Teller) endOne(ctx context.Context, a model.Announcement) error {
	for left := 1; left > 0; {
		err := t.store.InTx(ctx, func(tx *store.Tx) (err error) {
			left = 0
			switch {
			case a.Stage == model.StageStopped:
				left, err = tx.DropDeliveries(ctx, a.ID, model.DeliveryStopped, "")
			case a.Refused != "":
				left, err = tx.DropDeliveries(ctx, a.ID, model.DeliveryFailed, a.Refused)
			}
			if err != nil || left > 0 {
				return err
			}
			_, err = tx.EndAnnouncement(ctx, a.ID)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
