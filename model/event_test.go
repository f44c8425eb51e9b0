package model_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"yuandu/model"
)

func at(text string) time.Time {
	t, err := model.ParseMoment(text)
	if err != nil {
		panic(err)
	}
	return t
}

func theBook(places int, how model.SignUpHow) *model.Book {
	return &model.Book{EventID: "01E", Title: "水厂开放日", Place: "第一水厂", BeginsAt: at("2026-12-05T09:00"), EndsAt: at("2026-12-05T11:00"),
		Terms: model.SignUpTerms{OpensAt: at("2026-11-25T09:00"), ClosesAt: at("2026-12-01T18:00"), Places: places, How: how, MostPersons: 3}}
}

func enter(b *model.Book, waiting bool, persons int) model.SignUp {
	v := model.SignUp{Persons: persons}
	b.Enter(&v, waiting)
	return v
}

func TestPlacesGoInTheOrderOfArrivalAndNobodyOvertakes(t *testing.T) {
	b := theBook(4, model.FirstCome)
	first, second := enter(b, false, 3), enter(b, false, 2)
	third := enter(b, true, 1) // would fit, and yet waits behind the second
	if first.State != model.SignUpIn || second.State != model.SignUpWaiting || third.State != model.SignUpWaiting || b.Taken != 3 || b.Last != 3 {
		t.Fatalf("%v %v %v %+v", first.State, second.State, third.State, b)
	}
	if up := b.MoveUp([]model.SignUp{second, third}); len(up) != 0 {
		t.Errorf("one place is too little for the next two people: %v", up)
	}
	b.Leave(&first, at("2026-11-26T09:00"))
	up := b.MoveUp([]model.SignUp{second, third})
	if len(up) != 2 || up[0].Number != 2 || b.Taken != 3 {
		t.Errorf("both move up: %v, %d taken", up, b.Taken)
	}
}

func TestWhenOneMaySignUpAndLeave(t *testing.T) {
	b := theBook(1, model.FirstCome)
	for _, c := range []struct {
		when    string
		persons int
		want    *model.Error
	}{{"2026-11-25T08:59", 1, model.ErrSignUpSoon}, {"2026-11-25T09:00", 1, nil}, {"2026-12-01T17:59", 3, nil}, {"2026-12-01T18:00", 1, model.ErrSignUpClosed},
		{"2026-11-30T00:00", 4, model.ErrSignUpPersons}, {"2026-11-30T00:00", 0, model.ErrSignUpPersons}} {
		err := b.MayEnter(at(c.when), c.persons)
		if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s with %d: %v", c.when, c.persons, err)
		}
	}
	v := enter(b, false, 1)
	if err := b.MayLeave(&v, at("2026-12-05T08:59")); err != nil {
		t.Errorf("until it begins a place can be given back: %v", err)
	}
	if err := b.MayLeave(&v, at("2026-12-05T09:00")); !errors.Is(err, model.ErrSignUpBegun) {
		t.Errorf("then no more: %v", err)
	}
	b.Cancelled = true
	if err := b.MayEnter(at("2026-11-30T00:00"), 1); !errors.Is(err, model.ErrEventOff) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestADrawGivesPlacesInItsOrderAndPassesOverWhoLeft(t *testing.T) {
	b := theBook(2, model.Lottery)
	var list []model.SignUp
	for range 4 {
		list = append(list, enter(b, false, 1))
	}
	b.FixedAt = at("2026-12-01T18:00")
	if err := b.MayLeave(&list[0], at("2026-12-01T18:30")); !errors.Is(err, model.ErrSignUpFixed) {
		t.Errorf("while the list is fixed: %v", err)
	}
	stands := map[int]model.SignUpState{}
	for _, v := range b.Outcome([]model.SignUp{list[0], list[1], list[3]}, []int{3, 4, 1, 2}) { // 3 erased the account
		stands[v.Number] = v.State
	}
	if stands[4] != model.SignUpIn || stands[1] != model.SignUpIn || stands[2] != model.SignUpWaiting || b.Taken != 2 {
		t.Errorf("%v", stands)
	}
}

func TestWhatOfAnEventCanChange(t *testing.T) {
	now := at("2026-11-26T09:00")
	event := func(b *model.Book, change func(*model.Event)) *model.Event {
		e := &model.Event{ID: b.EventID, Title: b.Title, Place: b.Place, BeginsAt: b.BeginsAt, EndsAt: b.EndsAt, Terms: b.Terms}
		change(e)
		return e
	}
	b := theBook(3, model.FirstCome)
	enter(b, false, 2)
	for name, c := range map[string]struct {
		change func(*model.Event)
		told   model.SignUpNews
		want   *model.Error
	}{
		"nothing":               {func(*model.Event) {}, "", nil},
		"fewer, as many as are": {func(e *model.Event) { e.Terms.Places = 2 }, "", nil},
		"fewer than are taken":  {func(e *model.Event) { e.Terms.Places = 1 }, "", model.ErrEventPlaces},
		"by lot instead":        {func(e *model.Event) { e.Terms.How = model.Lottery }, "", model.ErrEventTerms},
		"no sign-up":            {func(e *model.Event) { e.Terms = model.SignUpTerms{} }, "", model.ErrEventTerms},
		"another time":          {func(e *model.Event) { e.BeginsAt = e.BeginsAt.Add(time.Hour) }, model.SignUpMoved, nil},
		"another place":         {func(e *model.Event) { e.Place = "第二水厂" }, model.SignUpMoved, nil},
		"cancelled":             {func(e *model.Event) { e.Cancelled = "停电" }, model.SignUpOff, nil},
	} {
		book := *b
		told, err := book.Follow(event(b, c.change), now)
		if told != c.told || c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: told %q, %v", name, told, err)
		}
	}
	fresh := &model.Book{EventID: "01E"}
	if _, err := fresh.Follow(event(theBook(3, model.Lottery), func(*model.Event) {}), now); !errors.Is(err, model.ErrEventSeedLate) {
		t.Errorf("a seed that is announced after sign-up has opened: %v", err)
	}
}

func TestRemindersComeTheDayBeforeAtADecentHour(t *testing.T) {
	b := theBook(3, model.FirstCome)
	b.BeginsAt = at("2026-12-05T00:00") // midnight belongs to the new day
	for when, want := range map[string]bool{"2026-12-04T09:59": false, "2026-12-04T10:00": true, "2026-12-04T20:59": true, "2026-12-04T21:00": false,
		"2026-12-05T00:00": false} {
		if got := b.RemindsAt(at(when)); got != want {
			t.Errorf("%s: %v", when, got)
		}
	}
}

func TestWhoIsLetInAndOnWhichDay(t *testing.T) {
	b := theBook(3, model.FirstCome)
	v := enter(b, false, 1)
	for when, want := range map[string]*model.Error{"2026-12-04T23:59": model.ErrSignUpOtherDay, "2026-12-06T00:00": model.ErrSignUpOtherDay,
		"2026-12-05T00:00": nil, "2026-12-05T23:59": nil} {
		one := v
		if err := b.CheckIn(&one, "staff", at(when)); want == nil && err != nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %v", when, err)
		}
	}
	waiting := model.SignUp{State: model.SignUpWaiting, Persons: 1}
	if err := b.CheckIn(&waiting, "staff", at("2026-12-05T09:00")); !errors.Is(err, model.ErrSignUpNoPlace) {
		t.Errorf("who waits has no place: %v", err)
	}
}

func TestASignUpTellsNoMoreThanIsAsked(t *testing.T) {
	p := model.SignUpPerson{Name: " 王女士 ", Phone: "13800000000", Words: "议题"}
	if err := p.Check(&model.SignUpTerms{}); err != nil || p != (model.SignUpPerson{Name: "王女士"}) {
		t.Errorf("%+v %v", p, err)
	}
	for _, phone := range []string{"", "123", "一二三四五六七"} {
		p := model.SignUpPerson{Name: "王女士", Phone: phone}
		if err := p.Check(&model.SignUpTerms{AsksPhone: true}); !errors.Is(err, model.ErrSignUpPhone) {
			t.Errorf("%q is a telephone number", phone)
		}
	}
}

func TestAnEventsFormSaysWhatIsPublicAndNothingOfWhoComes(t *testing.T) {
	e := &model.Event{Kind: model.EventHearing, Title: "供热价格听证会", Place: "三楼", BeginsAt: at("2026-12-05T09:00"), EndsAt: at("2026-12-06T11:00"),
		Terms: theBook(5, model.Lottery).Terms, Result: "方案作了修改。"}
	e.Terms.DrawsAt = at("2026-12-02T10:00")
	form := string(e.Canonical())
	for _, want := range []string{`"kind":"event"`, "时间：2026年12月5日 09:00—2026年12月6日 11:00", "5个名额，抽签，2026年12月2日 10:00抽签", "后来怎样：方案作了修改。"} {
		if !strings.Contains(form, want) {
			t.Errorf("%q is not in %s", want, form)
		}
	}
}
