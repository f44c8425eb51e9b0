package store_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/storetest"
)

// foundIn is a database with letters of some offices, which help one another, and have
// instructions and supervisions.
func foundIn(t *testing.T, dice *rand.Rand, s *store.Store) (offices []string, letters map[string]*model.Letter) {
	t.Helper()
	ctx := context.Background()
	letters = map[string]*model.Letter{}
	err := s.InTx(ctx, func(tx *store.Tx) error {
		for i := range 6 {
			d := model.Department{Name: fmt.Sprintf("第%d局", i)}
			if err := tx.SaveDepartment(ctx, &d); err != nil {
				return err
			}
			offices = append(offices, d.ID)
		}
		one := func(of ...string) string { return of[dice.IntN(len(of))] }
		for i := range 400 {
			came := time.Date(2026, 11, 24, 12, 0, 0, 0, model.Shanghai).Add(-time.Duration(dice.IntN(1000)) * time.Hour)
			l := &model.Letter{Number: fmt.Sprintf("鸢都%d-%06d", 2025+i%2, i), Title: "路灯", Text: "路灯不亮", Round: 1 + dice.IntN(3), Term: model.UsualTerm,
				Channel: model.LetterChannel(one("ask", "ask", "mayor")), Source: model.LetterSource(one("mini", "phone", "paper")),
				TopicID: one("", "health", "housing"), State: model.LetterState(one("received", "assigned", "signing", "closed", "closed", "refused", "merged")),
				ReceivedAt: came, AskedAt: came, UpdatedAt: came}
			if l.State != model.LetterReceived {
				l.LeadID = one(offices...)
			}
			if l.State.IsOpen() {
				l.DueDay = model.Today(came).Add(dice.IntN(9))
			}
			for _, o := range offices {
				if o != l.LeadID && dice.IntN(8) == 0 {
					l.Assists = append(l.Assists, model.LetterAssist{DepartmentID: o, AskedAt: came})
				}
				if dice.IntN(12) == 0 {
					l.Instructions = append(l.Instructions, model.LetterInstruction{DepartmentID: o, At: came, Text: "请办"},
						model.LetterInstruction{DepartmentID: o, At: came, Text: "再办"})
				}
				if dice.IntN(20) == 0 {
					l.Supervisions = append(l.Supervisions, model.Supervision{DepartmentID: o, Cause: model.CauseOther, Why: "久拖", Text: "说明", OpenedAt: came,
						DueDay: model.Today(came), Result: model.SupervisionResult(one("", "mended"))})
				}
			}
			if err := tx.AddLetter(ctx, l); err != nil {
				return err
			}
			letters[l.ID] = l
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return offices, letters
}

func TestLettersAreTheSameHoweverTheyAreLookedFor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, _ *storetest.Clock) {
		dice := rand.New(rand.NewPCG(8, 37))
		offices, letters := foundIn(t, dice, s)
		ctx, found := context.Background(), 0
		for range 400 {
			f := someFilter(dice, offices)
			want := byHand(letters, f)
			for _, few := range []bool{false, true} {
				if few && !f.Newest {
					continue
				}
				got, n, err := s.LettersBy(ctx, f, few)
				if err != nil {
					t.Fatal(err)
				}
				ids := []string{}
				for _, l := range got {
					ids = append(ids, l.ID)
				}
				page := want[min(f.Offset, len(want)):min(f.Offset+f.Limit, len(want))]
				if !slices.Equal(ids, page) {
					t.Fatalf("few: %v, %+v:\n%v, not\n%v", few, f, ids, page)
				}
				if n != len(want) {
					t.Fatalf("few: %v, %+v: %d are counted, of %d", few, f, n, len(want))
				}
			}
			found += len(want)
		}
		if found < 4000 {
			t.Errorf("only %d were found: the test shows little", found)
		}
	})
}

// someFilter is what somebody may look for.
func someFilter(dice *rand.Rand, offices []string) store.LetterFilter {
	maybe := func() bool { return dice.IntN(4) == 0 }
	f := store.LetterFilter{Newest: dice.IntN(3) > 0, Offset: dice.IntN(2) * 5, Limit: 20, Limited: dice.IntN(5) > 0}
	if f.Limited {
		f.Within, f.OrMayor = offices[:dice.IntN(4)], maybe()
	}
	if maybe() {
		f.Channel = model.LetterMayor
	}
	if maybe() {
		f.Source = model.LetterByPaper
	}
	if maybe() {
		f.Topic = "health"
	}
	if maybe() {
		f.States = []model.LetterState{model.LetterClosed, model.LetterAssigned}[dice.IntN(2):]
	}
	if maybe() {
		f.Lead = offices[dice.IntN(len(offices)):]
	}
	if maybe() {
		f.Since = "2026-11-01"
	}
	if maybe() {
		f.Until = "2026-11-15"
	}
	f.Reopened = maybe()
	if dice.IntN(8) == 0 {
		f.Number = []string{"2026-000101", "101", "鸢都2025-000100", "0001", "2025-0001"}[dice.IntN(5)]
	}
	return f
}

// byHand looks at every letter.
func byHand(letters map[string]*model.Letter, f store.LetterFilter) []string {
	var list []*model.Letter
	for _, l := range letters {
		if isMeant(l, f) && (!f.Limited || isHandled(l, f)) {
			list = append(list, l)
		}
	}
	slices.SortFunc(list, func(a, b *model.Letter) int {
		switch {
		case f.Newest && !a.ReceivedAt.Equal(b.ReceivedAt):
			return b.ReceivedAt.Compare(a.ReceivedAt)
		case f.Newest:
			return cmp.Compare(b.ID, a.ID)
		case a.DueDay != b.DueDay:
			return cmp.Compare(a.DueDay, b.DueDay)
		}
		return cmp.Compare(a.ID, b.ID)
	})
	ids := []string{}
	for _, l := range list {
		ids = append(ids, l.ID)
	}
	return ids
}

func isMeant(l *model.Letter, f store.LetterFilter) bool {
	day := model.Today(l.ReceivedAt)
	return (f.Newest || l.State.IsOpen()) && (f.Channel == "" || l.Channel == f.Channel) && (f.Source == "" || l.Source == f.Source) &&
		(f.Topic == "" || l.TopicID == f.Topic) && (f.States == nil || slices.Contains(f.States, l.State)) &&
		(f.Lead == nil || slices.Contains(f.Lead, l.LeadID)) && (f.Since == "" || day >= f.Since) && (f.Until == "" || day <= f.Until) &&
		(!f.Reopened || l.Round > 1) && (f.Number == "" || isNumbered(l.Number, f.Number))
}

func isNumbered(number, sought string) bool {
	year, tail := number[len("鸢都"):len("鸢都")+4], number[len(number)-6:]
	switch sought {
	case "2026-000101":
		return year == "2026" && tail == "000101"
	case "101":
		return tail == "000101"
	case "鸢都2025-000100":
		return number == sought
	case "0001":
		return tail == "000001" || tail[:4] == "0001"
	}
	return year == "2025" && (tail == "000001" || tail[:4] == "0001")
}

// isHandled says whether some offices have a hand in a letter.
func isHandled(l *model.Letter, f store.LetterFilter) bool {
	ours := func(id string) bool { return slices.Contains(f.Within, id) }
	return ours(l.LeadID) || f.OrMayor && l.Channel == model.LetterMayor ||
		slices.ContainsFunc(l.Assists, func(a model.LetterAssist) bool { return ours(a.DepartmentID) }) ||
		slices.ContainsFunc(l.Instructions, func(i model.LetterInstruction) bool { return ours(i.DepartmentID) }) ||
		slices.ContainsFunc(l.Supervisions, func(s model.Supervision) bool { return s.IsOpen() && ours(s.DepartmentID) })
}
