package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/storetest"
)

// people adds residents and gives their IDs.
func people(t testing.TB, s *store.Store, names ...string) (ids []string) {
	t.Helper()
	inTx(t, s, func(tx *store.Tx) error {
		for _, name := range names {
			r := &model.Resident{OpenID: "openid of " + name}
			if err := tx.SaveResident(ctx, r); err != nil {
				return err
			}
			ids = append(ids, r.ID)
		}
		return nil
	})
	return ids
}

// tells keeps tellings of a resident's answers, in the order in which they come.
func tells(t testing.TB, s *store.Store, resident string, tellings ...model.CreditTelling) {
	t.Helper()
	inTx(t, s, func(tx *store.Tx) error {
		for _, telling := range tellings {
			if err := tx.TellCredit(ctx, resident, telling); err != nil {
				return err
			}
		}
		return nil
	})
}

func told(by model.CreditSource, answer model.CreditAnswer, at time.Time) model.CreditTelling {
	return model.CreditTelling{Purpose: model.ForChange, Answer: answer, Source: by, At: at}
}

// credit is what a resident allows for changes.
func credit(t testing.TB, s *store.Store, resident string) model.Credit {
	t.Helper()
	list, err := s.Credits(ctx, resident)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		return model.Credit{}
	}
	return list[0]
}

// tap is one tap on a button: when it was, who tells of it, and when they say that
// it was.
type tap struct {
	report, event bool
	at, reported  time.Time
}

// taps makes taps within some minutes of each other.
func taps(r *rand.Rand, n int, from time.Time) []tap {
	list := make([]tap, n)
	for i := range list {
		at := from.Add(time.Duration(r.IntN(200)) * time.Second)
		list[i] = tap{at: at, reported: at.Add(time.Duration(r.IntN(90)) * time.Second)}
		list[i].report, list[i].event = r.IntN(4) > 0, r.IntN(4) > 0
	}
	return list
}

// tellings are all that is told of taps, each event up to three times, in any order.
func tellings(r *rand.Rand, list []tap) (all []model.CreditTelling) {
	for i, tap := range list {
		if tap.report {
			all = append(all, told(model.CreditFromPhone, model.CreditAccepted, tap.reported))
		}
		e := told(model.CreditFromPopup, model.CreditAccepted, tap.at)
		e.Mark = fmt.Sprint(i) // two within one second are two in this test
		for range 1 + r.IntN(3) {
			if tap.event {
				all = append(all, e)
			}
		}
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// A tap of which the phone alone tells and another of which WeChat alone tells look
// like one that both tell of: then nobody can know, and the count is the lower one.
// Else it is exact. It is never too high.
func TestEveryTapCountsOnceHoweverItIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		r := rand.New(rand.NewPCG(7, 11))
		exact := 0
		for round := range 150 {
			resident := people(t, s, fmt.Sprint("round ", round))[0]
			list := taps(r, 1+r.IntN(6), clock.Now())
			all := tellings(r, list)
			tells(t, s, resident, all...)
			reports, events, known := 0, 0, 0
			for _, tap := range list {
				reports += number(tap.report)
				events += number(tap.event)
				known += number(tap.report || tap.event)
			}
			left := credit(t, s, resident).Left
			if left > known || left != max(reports, events) {
				t.Errorf("round %d: %d taps, %d reported, %d pushed, %d counted, told as %v", round, len(list), reports, events, left, all)
			}
			exact += number(left == len(list))
		}
		if exact < 40 {
			t.Errorf("only in %d rounds all taps were counted: the test tells too little", exact)
		}
	})
}

func number(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestTapsThatAreFarApartAreNeverTakenForOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		wang := people(t, s, "王芳")[0]
		r := rand.New(rand.NewPCG(3, 5))
		var all []model.CreditTelling
		for i := range 30 { // for three days, each tap told by one of the two, or by both
			at := clock.Now().Add(time.Duration(i) * (model.CreditTellingsApart + time.Hour))
			if i%3 < 2 {
				all = append(all, told(model.CreditFromPhone, model.CreditAccepted, at.Add(time.Minute)))
			}
			if i%3 > 0 {
				all = append(all, told(model.CreditFromPopup, model.CreditAccepted, at))
			}
		}
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		tells(t, s, wang, all...)
		if c := credit(t, s, wang); c.Left != 30 {
			t.Errorf("30 taps are %d credits", c.Left)
		}
		answers, err := s.CreditAnswers(ctx, wang, 100)
		if err != nil || len(answers) != 30 || !answers[0].At.After(answers[29].At) {
			t.Errorf("%d answers, %v", len(answers), err)
		}
	})
}

func TestTellingsOfOneResidentThatComeAtOnceAreCountedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		wang := people(t, s, "王芳")[0]
		done := make(chan error)
		for i := range 12 { // four taps, each told by the phone and twice by WeChat
			telling := told(model.CreditFromPopup, model.CreditAccepted, clock.Now().Add(time.Duration(i%4)*time.Second))
			if i >= 8 {
				telling.Source = model.CreditFromPhone
			}
			go func() {
				done <- s.InTx(ctx, func(tx *store.Tx) error {
					if _, err := tx.TakeResident(ctx, wang); err != nil {
						return err
					}
					return tx.TellCredit(ctx, wang, telling)
				})
			}()
		}
		for range 12 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if c := credit(t, s, wang); c.Left != 4 {
			t.Errorf("four taps are %d credits", c.Left)
		}
	})
}

func TestSendingSpendsAndWhatWasNotSentComesBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		ids := people(t, s, "王芳", "李建国", "赵小满", "孙丽", "周强")
		wang, li, zhao, sun, zhou := ids[0], ids[1], ids[2], ids[3], ids[4]
		accepted := told(model.CreditFromPhone, model.CreditAccepted, clock.Now())
		tells(t, s, wang, accepted, accepted)
		tells(t, s, li, accepted)
		lasting := accepted
		lasting.Long = true
		tells(t, s, zhao, lasting)
		clock.Move(time.Minute)
		tells(t, s, sun, accepted, told(model.CreditFromSettings, model.CreditOff, clock.Now()))

		spend := func(want ...string) {
			t.Helper()
			inTx(t, s, func(tx *store.Tx) error {
				spent, err := tx.SpendCredits(ctx, model.ForChange, ids)
				slices.Sort(spent)
				slices.Sort(want)
				if !slices.Equal(spent, want) {
					t.Errorf("%v spent, want %v", spent, want)
				}
				return err
			})
		}
		spend(wang, li, zhao)
		spend(wang, zhao)
		spend(zhao)
		inTx(t, s, func(tx *store.Tx) error { return tx.ReturnCredits(ctx, model.ForChange, []string{li, zhao}) })
		holders, err := s.CreditHolders(ctx, model.ForChange, ids)
		if err != nil || len(holders) != 2 || !holders[li] || !holders[zhao] {
			t.Errorf("%v, %v", holders, err)
		}
		for id, want := range map[string][2]int{wang: {0, 2}, li: {1, 0}, zhao: {0, 2}, sun: {1, 0}, zhou: {0, 0}} {
			if c := credit(t, s, id); [2]int{c.Left, c.Spent} != want {
				t.Errorf("%d left, %d spent, want %v", c.Left, c.Spent, want)
			}
		}
		if of, err := s.CreditHolders(ctx, model.ForDigest, ids); err != nil || len(of) != 0 {
			t.Errorf("of the other purpose: %v, %v", of, err)
		}
		inTx(t, s, func(tx *store.Tx) error {
			spent, err := tx.SpendCredits(ctx, model.ForChange, nil)
			if len(spent) != 0 {
				t.Errorf("of nobody %v spent", spent)
			}
			return err
		})
	})
}

func TestWhenWeChatSaysNoneIsLeftNoneIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		ids := people(t, s, "王芳", "赵小满")
		wang, zhao := ids[0], ids[1]
		accept := func(by model.CreditSource, at time.Time) model.CreditTelling {
			return told(by, model.CreditAccepted, at)
		}
		lasting := accept(model.CreditFromPhone, clock.Now())
		lasting.Long = true
		spend := func() {
			clock.Move(time.Hour)
			inTx(t, s, func(tx *store.Tx) error {
				_, err := tx.SpendCredits(ctx, model.ForChange, ids)
				return err
			})
		}
		zero := func() {
			inTx(t, s, func(tx *store.Tx) error { return tx.ZeroCredits(ctx, model.ForChange, ids) })
		}
		left := func(what string, want int, keeps bool) {
			t.Helper()
			if c := credit(t, s, wang); c.Left != want {
				t.Errorf("%s: %d left, want %d", what, c.Left, want)
			}
			if c := credit(t, s, zhao); c.Lasting != keeps {
				t.Errorf("%s: lasting is %v", what, c.Lasting)
			}
		}
		lost := accept(model.CreditFromPopup, clock.Now().Add(20*time.Minute))
		for range 3 {
			tells(t, s, wang, accept(model.CreditFromPhone, clock.Now()))
		}
		tells(t, s, zhao, lasting)
		spend()
		left("spent one", 2, true)
		zero()
		left("refused", 0, false)
		tells(t, s, wang, lost)
		left("a tap from before, of which nobody had told", 0, false)

		tells(t, s, wang, accept(model.CreditFromPhone, clock.Now()))
		tells(t, s, zhao, lasting)
		left("a tap, and a telling of a grant that WeChat has denied since", 1, false)
		clock.Move(time.Hour)
		lasting.At = clock.Now()
		tells(t, s, zhao, lasting)
		spend()
		clock.Move(3 * time.Second)
		lasting.At = clock.Now()
		tells(t, s, wang, accept(model.CreditFromPhone, clock.Now()), accept(model.CreditFromPopup, clock.Now()))
		tells(t, s, zhao, lasting)
		zero()
		left("tapped while WeChat was being asked", 1, true)
	})
}

func TestAnswersAreForgottenAndCountsStay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		wang := people(t, s, "王芳")[0]
		tells(t, s, wang, told(model.CreditFromPhone, model.CreditAccepted, clock.Now()))
		clock.Move(time.Hour)
		inTx(t, s, func(tx *store.Tx) error { return tx.ForgetCreditAnswers(ctx, clock.Now()) })
		answers, err := s.CreditAnswers(ctx, wang, 100)
		if err != nil || len(answers) != 0 || credit(t, s, wang).Left != 1 {
			t.Errorf("%v, %v, %+v", answers, err, credit(t, s, wang))
		}
	})
}
