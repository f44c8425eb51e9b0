package push

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/wechat"
)

// Sender is what a courier asks of WeChat's door.
type Sender interface {
	Send(ctx context.Context, m wechat.Message) (id string, err error)
	Quota(ctx context.Context, of wechat.API) (wechat.Quota, error)
}

// Letter is what the messages of an announcement say; to one resident a digest
// says how much it holds.
type Letter func(ctx context.Context, a model.Announcement, call store.Call) (wechat.Message, error)

// Allow is the limit that all processes share (store/cache).
type Allow func(ctx context.Context, key string, limit int, per time.Duration) (ok bool, wait time.Duration, err error)

// Speed is how fast a courier may be.
type Speed struct {
	Lanes     int // that send side by side
	Wave      int // messages that a lane has under way at once
	ASecond   int // messages a second, of all processes together; 0 is as fast as it goes
	OfOne     int // messages a second of one template; 0 as above
	CallLimit time.Duration
}

// atMost is how many messages of one template go out in a second, 0 where nothing
// limits them.
func (s Speed) atMost() int {
	if s.ASecond == 0 || s.OfOne == 0 {
		return max(s.ASecond, s.OfOne)
	}
	return min(s.ASecond, s.OfOne)
}

// Courier sends messages through WeChat. Each is written down as being called
// before WeChat is asked, so that none is sent twice, whenever the process dies.
// Any number of processes may have one.
type Courier struct {
	store  *store.Store
	sender Sender
	letter Letter
	allow  Allow
	speed  Speed
	clock  model.Clock
	log    *slog.Logger
	queue  *queue
	said   map[model.Purpose]model.Reason // gates that were logged
}

// NewCourier makes one.
func NewCourier(s *store.Store, sender Sender, letter Letter, allow Allow, speed Speed, clock model.Clock, log *slog.Logger) *Courier {
	return &Courier{store: s, sender: sender, letter: letter, allow: allow, speed: speed, clock: clock, log: log, queue: newQueue(s, clock)}
}

// heardFor is how long a call may take before nobody is thought to hear its
// answer: longer than the door waits, and than an answer takes to be written down.
const heardFor = time.Minute

// Free settles what a process that was killed left under way, where there can be
// no other process that has it.
func (c *Courier) Free(ctx context.Context) error {
	if !c.store.Private() {
		return nil
	}
	return c.store.GiveUpWaves(ctx, c.clock.Now().Add(time.Second))
}

// GiveUp settles calls whose answer nobody hears any more.
func (c *Courier) GiveUp(ctx context.Context) error {
	return c.store.GiveUpWaves(ctx, c.clock.Now().Add(-heardFor))
}

// Run sends until ctx ends; calls that are under way then are heard out.
func (c *Courier) Run(ctx context.Context) {
	c.store.WatchAnnouncements(c.queue.wake)
	var lanes sync.WaitGroup
	for range c.speed.Lanes {
		lanes.Go(func() { c.lane(ctx) })
	}
	lanes.Wait()
}

// lane takes a wave of messages, has WeChat send them, and writes down what came
// of it together with the next wave that it takes.
func (c *Courier) lane(ctx context.Context) {
	var done []answer
	for ctx.Err() == nil || len(done) > 0 {
		next, wait, err := c.turn(ctx, done)
		switch {
		case err != nil && ctx.Err() != nil:
			return // what was answered ends as unknown: it is told of no more
		case err != nil:
			c.log.Error("sending messages broke off", "error", err)
			pause(ctx, afterTrouble) // what was answered is written down with the next turn
			continue
		}
		if done = c.call(next); len(done) == 0 {
			c.queue.wait(ctx, wait)
		}
	}
}

// SendDue sends what is due now, by one lane, and comes back when nothing is left.
func (c *Courier) SendDue(ctx context.Context) error {
	c.queue.forget()
	for done := []answer(nil); ; {
		next, wait, err := c.turn(ctx, done)
		if err != nil || wait > 0 {
			return err
		}
		done = c.call(next)
	}
}

// wave is messages of one announcement.
type wave struct {
	store.PushWave
	of    model.Announcement
	begun time.Time
	taken int // also those that need not be called
}

// answer is what came of one message.
type answer struct {
	call store.Call
	wave *wave
	id   string
	err  error
}

// call asks WeChat for all messages of a wave at once. It does not end with the
// service: a call that has begun is heard out.
func (c *Courier) call(w wave) []answer {
	ctx, cancel := context.WithTimeout(context.Background(), c.speed.CallLimit)
	defer cancel()
	answers := make([]answer, len(w.Calls))
	var calls sync.WaitGroup
	for i, call := range w.Calls {
		calls.Go(func() {
			a := answer{call: call, wave: &w}
			message, err := c.letter(ctx, w.of, call)
			if err == nil {
				message.To = call.OpenID
				a.id, err = c.sender.Send(ctx, message)
			}
			a.err = err
			answers[i] = a
		})
	}
	calls.Wait()
	return answers
}

// turn settles what was answered and takes the next wave. wait is how long there
// is nothing to take, where there is nothing.
func (c *Courier) turn(ctx context.Context, done []answer) (next wave, wait time.Duration, err error) {
	of, wait, err := c.pick(ctx)
	if err != nil && len(done) == 0 || of == nil && len(done) == 0 {
		return wave{}, wait, err
	}
	outcome := c.judged(done)
	ctx = context.WithoutCancel(ctx)
	err = c.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if err := outcome.keep(ctx, tx); err != nil || of == nil {
			return err
		}
		next, err = c.take(ctx, tx, *of)
		return err
	})
	if err == nil && of != nil && next.taken == 0 {
		c.queue.empty(of.ID)
	}
	return next, 0, err
}

// pick is the announcement whose turn it is, nil where there is none, or no more
// messages may be sent for now.
func (c *Courier) pick(ctx context.Context) (of *model.Announcement, wait time.Duration, err error) {
	if ctx.Err() != nil {
		return nil, 0, nil
	}
	if of, err = c.queue.next(ctx); err != nil || of == nil {
		return nil, tick, err
	}
	if wait = c.limited(ctx, of); wait > 0 {
		return nil, wait, nil
	}
	return of, 0, nil
}

// take takes messages of an announcement for whom a credit is left.
func (c *Courier) take(ctx context.Context, tx *store.Tx, of model.Announcement) (wave, error) {
	calls, err := c.due(ctx, tx, of.ID)
	if err != nil || len(calls) == 0 {
		return wave{}, err
	}
	w := wave{PushWave: store.PushWave{AnnouncementID: of.ID, Purpose: calls[0].Template}, of: of, begun: c.clock.Now(), taken: len(calls)}
	ids := make([]string, len(calls))
	for i, call := range calls {
		ids[i] = call.ResidentID
	}
	spent, err := tx.SpendCredits(ctx, calls[0].Template, ids)
	if err != nil {
		return wave{}, err
	}
	had := map[string]bool{}
	for _, id := range spent {
		had[id] = true
	}
	var without []store.Settlement
	for i := range calls {
		switch call := &calls[i]; {
		case !had[call.ResidentID]:
			without = append(without, store.Settlement{Call: call, State: model.DeliveryNoCredit})
		case call.OpenID == "":
			without = append(without, store.Settlement{Call: call, State: model.DeliveryFailed, Why: model.WhyPerson})
		default:
			w.Calls = append(w.Calls, *call)
		}
	}
	if err := tx.Settle(ctx, without); err != nil || len(w.Calls) == 0 {
		return w, err
	}
	return w, tx.BeginWave(ctx, &w.PushWave)
}

// due finds messages behind those that were taken last, and all others where these
// come to an end.
func (c *Courier) due(ctx context.Context, tx *store.Tx, announcementID string) ([]store.Call, error) {
	from := c.queue.reached(announcementID)
	calls, err := tx.FindDue(ctx, announcementID, from, c.speed.Wave)
	for _, call := range calls {
		c.queue.reach(announcementID, call.Due)
	}
	if err != nil || from.IsZero() || len(calls) > c.speed.Wave/2 {
		return calls, err
	}
	others, err := tx.FindDue(ctx, announcementID, time.Time{}, c.speed.Wave)
	for _, other := range others {
		if len(calls) < c.speed.Wave && !slices.ContainsFunc(calls, func(call store.Call) bool { return call.ID == other.ID }) {
			calls = append(calls, other)
		}
	}
	return calls, err
}

// limited asks the limits that all processes share, which count waves, and says
// how long to wait. While they are away nothing is sent: notices are in the inbox.
func (c *Courier) limited(ctx context.Context, of *model.Announcement) time.Duration {
	for _, l := range []struct {
		key  string
		most int
	}{{"push:all", c.speed.ASecond}, {"push:" + string(of.Sort), c.speed.OfOne}} {
		if l.most == 0 {
			continue
		}
		ok, wait, err := c.allow(ctx, l.key, max(1, l.most/c.speed.Wave), time.Second)
		switch {
		case err != nil:
			return time.Second
		case !ok:
			return wait
		}
	}
	return 0
}
