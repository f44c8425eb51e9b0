package worker_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/city"
	"yuandu/service/letter"
	"yuandu/store"
	"yuandu/store/storetest"
	"yuandu/worker"
)

var ctx = context.Background()

// Letters of the last days of a year, whose next one was not announced: three steps of them.
const openLetters = 2400

func TestEveryOpenLetterGetsItsNewDayAlsoWhereAStepFailsInTheMiddle(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		cities := city.New(s)
		letters := letter.New(s, cities, nil, clock)
		clock.Move(30 * 24 * time.Hour) // 24 December
		before := waiting(t, s, cities, clock)
		announceNewYear(t, s)
		calendar := calendarOf(t, cities)

		asked := make(chan store.LetterDaysJob, 100)
		failed := false
		services := worker.Services{Log: slog.Default(), Nightly: []func(context.Context) error{letters.Reschedule},
			LetterDays: func(ctx context.Context, behind store.LetterDaysJob) error {
				defer func() { asked <- behind }()
				if behind.ID != "" && !failed {
					failed = true
					return errors.New("the lights went out")
				}
				return letters.RescheduleSome(ctx, behind)
			}}
		stop, err := worker.Start(ctx, s, services)
		if err != nil {
			t.Fatal(err)
		}
		defer stop(ctx)
		if err := letters.Reschedule(ctx); err != nil {
			t.Fatal(err)
		}
		var steps []store.LetterDaysJob
		for range 5 { // three with letters, one of them twice, and one that finds no more
			select {
			case step := <-asked:
				steps = append(steps, step)
			case <-time.After(time.Minute):
				t.Fatalf("after %v nothing goes on", steps)
			}
		}
		if steps[1] != steps[2] {
			t.Errorf("it did not go on where it failed: %v", steps)
		}
		once := slices.Compact(slices.Clone(steps))
		if len(once) != 4 {
			t.Errorf("what was done is done again: %v", steps)
		}
		moved := 0
		for id, was := range before {
			l, err := s.Letter(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			want, err := l.Deadline(calendar)
			if err != nil {
				t.Fatal(err)
			}
			if l.DueDay != want.Day && was.DueDay >= model.Today(clock.Now()) {
				t.Fatalf("%s is due on %s, not on %s", l.Number, l.DueDay, want.Day)
			}
			if l.DueDay != was.DueDay {
				moved++
				if was.DueDay < model.Today(clock.Now()) {
					t.Errorf("%s was overdue on %s, and is due on %s", l.Number, was.DueDay, l.DueDay)
				}
				if l.Version != was.Version+1 {
					t.Errorf("%s is of version %d: whoever had it open would not be told", l.Number, l.Version)
				}
			}
		}
		if moved < openLetters*3/4 {
			t.Errorf("only %d days moved: the test shows nothing", moved)
		}
	})
}

// waiting are letters as they were kept, the first of them overdue.
func waiting(t *testing.T, s *store.Store, cities *city.Service, clock *storetest.Clock) map[string]model.Letter {
	t.Helper()
	calendar, kept := calendarOf(t, cities), map[string]model.Letter{}
	err := s.InTx(ctx, func(tx *store.Tx) error {
		for i := range openLetters {
			came := clock.Now().Add(time.Duration(i%5*24) * time.Hour)
			if i < 10 {
				came = clock.Now().AddDate(0, 0, -40)
			}
			l := model.Letter{Number: fmt.Sprintf("鸢都2026-%06d", i), Channel: model.LetterAsk, Source: model.LetterByPhone, Title: "路灯", Text: "路灯不亮",
				State: model.LetterReceived, Round: 1, Term: model.UsualTerm, ReceivedAt: came, AskedAt: came, UpdatedAt: came}
			if err := l.Schedule(calendar); err != nil {
				return err
			}
			if err := tx.AddLetter(ctx, &l); err != nil {
				return err
			}
			kept[l.ID] = l
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func calendarOf(t *testing.T, cities *city.Service) *model.Calendar {
	t.Helper()
	calendar, err := cities.Calendar(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return calendar
}

// announceNewYear loads the notice of a year whose first days nobody works on.
func announceNewYear(t *testing.T, s *store.Store) {
	t.Helper()
	y := &store.LoadedYear{HolidayYear: model.HolidayYear{Year: 2027, Notices: []string{"国办发明电〔2026〕9号"},
		Off: []model.Holiday{{Name: "元旦", First: "2027-01-01", Last: "2027-01-05"}}}}
	if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.SaveHolidayYear(ctx, y) }); err != nil {
		t.Fatal(err)
	}
}
