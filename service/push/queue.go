package push

import (
	"context"
	"sync"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// queue says which announcement's messages are next: those that overtake first,
// the others of the same rank in turn, so that one that a whole city follows keeps
// no small one waiting.
type queue struct {
	store *store.Store
	clock model.Clock
	wake  chan struct{}

	mu     sync.Mutex
	open   []model.Announcement
	gates  []model.Gate
	idle   map[string]time.Time // announcements of which nothing is due, and until when that is believed
	read   time.Time
	served map[string]int64     // by announcement: when it had its turn last
	due    map[string]time.Time // and when the last message was due that was taken of it
	turns  int64
}

func newQueue(s *store.Store, clock model.Clock) *queue {
	return &queue{store: s, clock: clock, wake: make(chan struct{}, 1), idle: map[string]time.Time{}, served: map[string]int64{}, due: map[string]time.Time{}}
}

// fresh is for how long the list of announcements is believed.
const fresh = 100 * time.Millisecond

// next is the announcement whose turn it is, nil where nothing is due.
func (q *queue) next(ctx context.Context) (*model.Announcement, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.refresh(ctx); err != nil {
		return nil, err
	}
	var next *model.Announcement
	for i := range q.open {
		a := &q.open[i]
		if !q.isDue(a) {
			continue
		}
		if next == nil || a.Rank < next.Rank || a.Rank == next.Rank && q.served[a.ID] < q.served[next.ID] {
			next = a
		}
	}
	if next == nil {
		return nil, nil
	}
	q.turns++
	q.served[next.ID] = q.turns
	of := *next
	return &of, nil
}

// isDue says whether messages of an announcement may be sent now: where it is not
// urgent, when all its followers have their notices. A document that is withdrawn in
// its first minute has sent nothing then.
func (q *queue) isDue(a *model.Announcement) bool {
	if a.Refused != "" || time.Now().Before(q.idle[a.ID]) || a.Stage == model.StageSpreading && a.Rank != model.RankUrgent {
		return false
	}
	for _, g := range q.gates {
		if g.Template == "" || g.Template == purposeOf(a) {
			return false
		}
	}
	return true
}

// purposeOf is which template the messages of an announcement need.
func purposeOf(a *model.Announcement) model.Purpose {
	if a.Sort == model.AnnounceDigest {
		return model.ForDigest
	}
	return model.ForChange
}

func (q *queue) refresh(ctx context.Context) (err error) {
	if time.Since(q.read) < fresh {
		return nil
	}
	if q.open, err = q.store.UnderWay(ctx, model.StageSpreading, model.StageSending); err != nil {
		return err
	}
	if q.gates, err = q.store.Gates(ctx); err != nil {
		return err
	}
	q.read = time.Now()
	there := map[string]bool{}
	for _, a := range q.open {
		there[a.ID] = true
	}
	for id := range q.served {
		if !there[id] {
			delete(q.served, id)
			delete(q.idle, id)
			delete(q.due, id)
		}
	}
	return nil
}

// empty notes that nothing of an announcement is due.
func (q *queue) empty(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.idle[id] = time.Now().Add(tick)
}

// reached is when the last message was due that was taken of an announcement.
func (q *queue) reached(id string) time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.due[id]
}

func (q *queue) reach(id string, due time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.due[id] = due
}

// wait waits until there may be something to send, or for a while.
func (q *queue) wait(ctx context.Context, most time.Duration) {
	if most <= 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-q.wake:
		q.forget()
	case <-time.After(min(most, tick)):
	}
}

// forget lets the list of announcements be read anew.
func (q *queue) forget() {
	q.mu.Lock()
	defer q.mu.Unlock()
	clear(q.idle)
	q.read = time.Time{}
}
