package event_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/event"
	"yuandu/store"
	"yuandu/store/storetest"
)

var ctx = context.Background()

// hall is an event with a book, and residents who want to come.
type hall struct {
	*event.Service
	s      *store.Store
	clock  *storetest.Clock
	people []string
}

const theEvent = "01HALL"

func openHall(t *testing.T, s *store.Store, clock *storetest.Clock, people int, terms model.SignUpTerms) *hall {
	t.Helper()
	h := &hall{Service: event.New(s, nil, clock), s: s, clock: clock}
	now := clock.Now()
	terms.OpensAt, terms.ClosesAt, terms.MostPersons = now.Add(-time.Hour), now.Add(24*time.Hour), max(1, terms.MostPersons)
	if terms.How == model.Lottery {
		terms.DrawsAt = terms.ClosesAt.Add(time.Hour)
	}
	h.change(t, func(tx *store.Tx) error {
		for n := range people {
			r := &model.Resident{OpenID: fmt.Sprint("openid of ", n)}
			if err := tx.SaveResident(ctx, r); err != nil {
				return err
			}
			h.people = append(h.people, r.ID)
		}
		b := &model.Book{EventID: theEvent, Title: "走进自来水厂", Place: "第一水厂", BeginsAt: now.Add(72 * time.Hour), EndsAt: now.Add(74 * time.Hour), Terms: terms}
		if terms.How == model.Lottery {
			b.SeedHash = event.HashOfSeed(make([]byte, 32))
		}
		return tx.KeepBook(ctx, b, fmt.Sprintf("%064d", 0))
	})
	return h
}

func (h *hall) change(t testing.TB, do func(*store.Tx) error) {
	t.Helper()
	if err := h.s.InTx(ctx, do); err != nil {
		t.Fatal(err)
	}
}

func (h *hall) signUp(n int) (*event.Mine, error) {
	return h.SignUp(ctx, model.Actor{Kind: model.AResident, ID: h.people[n]}, event.Entry{EventID: theEvent, Persons: 1, SignUpPerson: model.SignUpPerson{Name: "某人"}})
}

func (h *hall) leaves(n int) error {
	_, err := h.Leave(ctx, model.Actor{Kind: model.AResident, ID: h.people[n]}, theEvent)
	return err
}

// all lists who is signed up, and checks that the book counts as they stand.
func (h *hall) all(t *testing.T) (byState map[model.SignUpState][]model.SignUp) {
	t.Helper()
	list, err := h.s.SignUpsTo(ctx, theEvent)
	if err != nil {
		t.Fatal(err)
	}
	byState = map[model.SignUpState][]model.SignUp{}
	for n, v := range list {
		if v.Number != n+1 {
			t.Errorf("number %d stands at %d", v.Number, n+1)
		}
		byState[v.State] = append(byState[v.State], v)
	}
	b, err := h.s.Book(ctx, theEvent)
	if err != nil || b.Taken != len(byState[model.SignUpIn]) || b.Last != len(list) {
		t.Errorf("the book counts %d of %d, there are %d of %d (%v)", b.Taken, b.Last, len(byState[model.SignUpIn]), len(list), err)
	}
	return byState
}

func together(people int, do func(n int)) {
	var all sync.WaitGroup
	for n := range people {
		all.Go(func() { do(n) })
	}
	all.Wait()
}

func TestTwoHundredAtOnceForFiftyPlaces(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		h := openHall(t, s, clock, 200, model.SignUpTerms{Places: 50, How: model.FirstCome})
		together(400, func(n int) { // each taps twice
			if _, err := h.signUp(n % 200); err != nil {
				t.Error(err)
			}
		})
		stands := h.all(t)
		if len(stands[model.SignUpIn]) != 50 || len(stands[model.SignUpWaiting]) != 150 {
			t.Fatalf("%d are in, %d wait", len(stands[model.SignUpIn]), len(stands[model.SignUpWaiting]))
		}
		if last := stands[model.SignUpIn][49]; last.Number != 50 {
			t.Errorf("the first 50 to arrive are in, not %d", last.Number)
		}
		people := map[string]bool{}
		for _, v := range slices.Concat(stands[model.SignUpIn], stands[model.SignUpWaiting]) {
			people[v.ResidentID] = true
		}
		if len(people) != 200 {
			t.Errorf("%d people are signed up", len(people))
		}

		out := stands[model.SignUpIn][10:30]
		together(40, func(n int) { // each taps twice, again
			who := slices.Index(h.people, out[n%20].ResidentID)
			if err := h.leaves(who); err != nil {
				t.Error(err)
			}
		})
		stands = h.all(t)
		if len(stands[model.SignUpIn]) != 50 || len(stands[model.SignUpWaiting]) != 130 || len(stands[model.SignUpCancelled]) != 20 {
			t.Fatalf("%d are in, %d wait, %d left", len(stands[model.SignUpIn]), len(stands[model.SignUpWaiting]), len(stands[model.SignUpCancelled]))
		}
		if last := stands[model.SignUpIn][49]; last.Number != 70 {
			t.Errorf("those who waited longest moved up, the last one is %d", last.Number)
		}
	})
}

func TestADrawIsHeldOnceByAnyNumberOfProcesses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		h := openHall(t, s, clock, 30, model.SignUpTerms{Places: 7, How: model.Lottery})
		together(30, func(n int) {
			if _, err := h.signUp(n); err != nil {
				t.Error(err)
			}
		})
		if err := h.leaves(3); err != nil {
			t.Error(err)
		}
		clock.Move(26 * time.Hour)
		together(8, func(int) {
			if err := h.Work(ctx); err != nil {
				t.Error(err)
			}
		})
		b, err := s.Book(ctx, theEvent)
		if err != nil || len(b.Numbers) != 29 || event.HashOfNumbers(b.Numbers) != b.NumbersHash {
			t.Fatalf("%+v %v", b, err)
		}
		stands := h.all(t)
		order := event.Order(make([]byte, 32), b.Numbers)
		var in []int
		for _, v := range stands[model.SignUpIn] {
			in = append(in, v.Number)
		}
		want := slices.Clone(order[:7])
		slices.Sort(want)
		if !slices.Equal(in, want) || len(stands[model.SignUpWaiting]) != 22 {
			t.Errorf("in are %v, drawn were %v", in, want)
		}
		under, err := s.UnderWay(ctx, model.StageSpreading)
		if err != nil || len(under) != 1 || under[0].What != model.SignUpDrawn {
			t.Errorf("they are told once: %+v %v", under, err)
		}
	})
}

func TestFewerPeopleThanPlacesAllWin(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		h := openHall(t, s, clock, 3, model.SignUpTerms{Places: 7, How: model.Lottery})
		for n := range 3 {
			if _, err := h.signUp(n); err != nil {
				t.Fatal(err)
			}
		}
		clock.Move(26 * time.Hour)
		if err := h.Work(ctx); err != nil {
			t.Fatal(err)
		}
		if stands := h.all(t); len(stands[model.SignUpIn]) != 3 {
			t.Errorf("%v", stands)
		}
	})
}

// The numbers were drawn by docs/draw.mjs.
func TestTheOrderOfADrawIsThatOfTheScript(t *testing.T) {
	seed := make([]byte, 32)
	for n := range seed {
		seed[n] = byte(n)
	}
	if got := event.HashOfSeed(seed); got != "fa34635f1d3ac2729ac5987eb59e01928457f325b4b51ca85a177813c5c5ddf7" {
		t.Errorf("the seed is announced as %s", got)
	}
	numbers := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
	if got := event.HashOfNumbers(numbers); got != "f8c5a2d39c9c3b58234479ace6a44342553f00e3b171962f8c2ee0a305aacbe1" {
		t.Errorf("the numbers are fixed as %s", got)
	}
	if got := fmt.Sprint(event.Order(seed, numbers)); got != "[5 6 12 2 4 10 1 11 8 7 3 9]" {
		t.Errorf("drawn: %s", got)
	}
	if got := event.Order(seed, nil); len(got) != 0 {
		t.Errorf("nobody was drawn: %v", got)
	}
}
