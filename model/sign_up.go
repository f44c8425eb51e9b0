package model

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

func counted(n int) string { return strconv.Itoa(n) }

// Book is the book of an event: who comes is counted in it, under one lock. It stays
// when the event is withdrawn, for those who signed up.
type Book struct {
	EventID   string
	Title     string
	Place     string
	BeginsAt  time.Time
	EndsAt    time.Time
	Terms     SignUpTerms
	Cancelled bool // the event does not take place, or is not public any more
	Why       string
	Last      int // numbers given out
	Taken     int // places taken

	SeedHash    string // SM3 of the seed, public before sign-up opens; "" without a lottery
	Seed        string // in hex, "" until the list of numbers is fixed and the draw is due
	Numbers     []int  // that take part in the draw, nil until sign-up is closed
	NumbersHash string // SM3 of the numbers in decimal, with commas between them
	FixedAt     time.Time
	DrawnAt     time.Time
	RemindedAt  time.Time // zero until those who have a place were reminded
}

// SignUpState is where somebody stands who signed up.
type SignUpState string

// The states.
const (
	SignUpEntered   SignUpState = "entered" // takes part in a draw that is still to come
	SignUpIn        SignUpState = "in"      // has a place
	SignUpWaiting   SignUpState = "waiting" // moves up when somebody gives a place back
	SignUpCancelled SignUpState = "cancelled"
)

// Name is the state in Chinese.
func (s SignUpState) Name() string {
	return map[SignUpState]string{SignUpEntered: "等待抽签", SignUpIn: "报名成功", SignUpWaiting: "候补", SignUpCancelled: "已取消"}[s]
}

// SignUp is somebody who wants to come to an event.
type SignUp struct {
	ID          string
	EventID     string
	Number      int    // of the event, from 1 on, in the order of arrival
	ResidentID  string // "" where the account was erased
	State       SignUpState
	Turn        int // who waits moves up in this order
	Persons     int
	Code        string // by which one is let in, SignUpCode characters
	Person      SignUpPerson
	SignedAt    time.Time
	CancelledAt time.Time
	CameAt      time.Time // zero until checked in
	CheckedBy   string    // the staff who did
}

// SignUpPerson is what somebody tells who signs up: sealed, and forgotten SignUpKept days
// after the event.
type SignUpPerson struct {
	Name  string `json:"name,omitempty"`
	Phone string `json:"phone,omitempty"`
	Words string `json:"words,omitempty"`
}

// How long things may be, in characters; SignUpKept is in days.
const (
	SignUpName  = 20
	SignUpWords = 500
	SignUpCode  = 10
	SignUpKept  = 30
)

// Check is a *Error where a person tells too little or too much for the terms. What was
// not asked is dropped.
func (p *SignUpPerson) Check(t *SignUpTerms) error {
	p.Name, p.Phone, p.Words = strings.TrimSpace(p.Name), strings.TrimSpace(p.Phone), strings.TrimSpace(p.Words)
	if !t.AsksPhone {
		p.Phone = ""
	}
	if t.Asks == "" {
		p.Words = ""
	}
	switch {
	case p.Name == "" || utf8.RuneCountInString(p.Name) > SignUpName:
		return ErrSignUpName.With("", map[string]any{"most": SignUpName})
	case t.AsksPhone && !IsPhone(p.Phone):
		return ErrSignUpPhone
	case utf8.RuneCountInString(p.Words) > SignUpWords:
		return ErrSignUpWords.With("", map[string]any{"most": SignUpWords})
	}
	return nil
}

// IsPhone says whether a text can be a telephone number.
func IsPhone(text string) bool {
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+- ", r):
			return false
		}
	}
	return digits >= 7 && digits <= 15
}

// MayEnter is a *Error where nobody can sign up at a moment.
func (b *Book) MayEnter(now time.Time, persons int) error {
	switch {
	case b.Cancelled:
		return ErrEventOff
	case b.Terms.Places == 0:
		return ErrSignUpNone
	case now.Before(b.Terms.OpensAt):
		return ErrSignUpSoon.With("", map[string]any{"when": TimeSpan(b.Terms.OpensAt, time.Time{})})
	case !now.Before(b.Terms.ClosesAt), !b.FixedAt.IsZero():
		return ErrSignUpClosed.With("", map[string]any{"when": TimeSpan(b.Terms.ClosesAt, time.Time{})})
	case persons < 1 || persons > b.Terms.MostPersons:
		return ErrSignUpPersons.With("", map[string]any{"most": b.Terms.MostPersons})
	}
	return nil
}

// Enter gives somebody a number, and a place where there is one and nobody waits for it.
func (b *Book) Enter(v *SignUp, waiting bool) {
	b.Last++
	v.Number, v.Turn = b.Last, b.Last
	switch {
	case b.Terms.How == Lottery:
		v.State = SignUpEntered
	case waiting || b.Taken+v.Persons > b.Terms.Places:
		v.State = SignUpWaiting
	default:
		v.State = SignUpIn
		b.Taken += v.Persons
	}
}

// MayLeave is a *Error where a sign-up can't be taken back at a moment: the list of a
// draw that is to come is fixed, or the event has begun.
func (b *Book) MayLeave(v *SignUp, now time.Time) error {
	switch {
	case v.State == SignUpCancelled:
		return nil
	case !v.CameAt.IsZero() || !now.Before(b.BeginsAt):
		return ErrSignUpBegun
	case v.State == SignUpEntered && (!b.FixedAt.IsZero() || !now.Before(b.Terms.ClosesAt)):
		return ErrSignUpFixed
	}
	return nil
}

// Leave takes a sign-up back, and its place.
func (b *Book) Leave(v *SignUp, now time.Time) {
	if v.State == SignUpIn {
		b.Taken -= v.Persons
	}
	v.State, v.CancelledAt = SignUpCancelled, now
}

// MoveUp gives places to those who wait, in their order, until the next one does not fit:
// nobody overtakes. It gives back who moved up.
func (b *Book) MoveUp(waiting []SignUp) (up []SignUp) {
	for _, v := range waiting {
		if b.Taken+v.Persons > b.Terms.Places {
			break
		}
		v.State = SignUpIn
		b.Taken += v.Persons
		up = append(up, v)
	}
	return up
}

// MayMoveUp says whether who waits still moves up: until the event begins, and after the
// draw where there is one.
func (b *Book) MayMoveUp(now time.Time) bool {
	return !b.Cancelled && now.Before(b.BeginsAt) && (b.Terms.How != Lottery || !b.DrawnAt.IsZero())
}

// Outcome gives out places in the order of a draw. The order names everybody on the list;
// who is not among list any more is passed over.
func (b *Book) Outcome(list []SignUp, order []int) []SignUp {
	turn := map[int]int{}
	for n, number := range order {
		turn[number] = n + 1
	}
	byTurn := make([]*SignUp, len(order)+1)
	for n := range list {
		v := &list[n]
		v.Turn = turn[v.Number]
		byTurn[v.Turn] = v
	}
	for _, v := range byTurn[1:] {
		if v == nil {
			continue
		}
		v.State = SignUpWaiting
		if b.Taken+v.Persons <= b.Terms.Places {
			v.State = SignUpIn
			b.Taken += v.Persons
		}
	}
	return list
}

// RemindHour is at what hour, on the day before, those who have a place are reminded;
// RemindUntil is from when on it is too late in the evening to do so.
const (
	RemindHour  = 10
	RemindUntil = 21
)

// RemindAt is when those who have a place are reminded.
func (b *Book) RemindAt() time.Time { return b.dayBefore(RemindHour) }

func (b *Book) dayBefore(hour int) time.Time {
	return Today(b.BeginsAt).Add(-1).Start().Add(time.Duration(hour) * time.Hour)
}

// RemindsAt says whether now is the time to remind.
func (b *Book) RemindsAt(now time.Time) bool {
	return !b.Cancelled && b.Terms.Places > 0 && b.RemindedAt.IsZero() && !now.Before(b.RemindAt()) && now.Before(b.dayBefore(RemindUntil))
}

// Follow makes the book that of the event as it is published now. told is what those who
// signed up have to know of it, "" for nothing.
func (b *Book) Follow(e *Event, now time.Time) (told SignUpNews, err error) {
	switch {
	case b.Last > 0 && (e.Terms.Places == 0 || e.Terms.How != b.Terms.How):
		return "", ErrEventTerms
	case !b.FixedAt.IsZero() && (!e.Terms.ClosesAt.Equal(b.Terms.ClosesAt) || !e.Terms.DrawsAt.Equal(b.Terms.DrawsAt) && b.DrawnAt.IsZero()):
		return "", ErrEventFixed
	case e.Terms.Places < b.Taken:
		return "", ErrEventPlaces.With("", map[string]any{"taken": b.Taken})
	case e.Terms.How == Lottery && b.SeedHash == "" && e.Cancelled == "" && !now.Before(e.Terms.OpensAt):
		return "", ErrEventSeedLate
	}
	told = b.newsOf(e, now)
	if !b.BeginsAt.Equal(e.BeginsAt) {
		b.RemindedAt = time.Time{}
	}
	b.Title, b.Place, b.BeginsAt, b.EndsAt, b.Terms = e.Title, e.Place, e.BeginsAt, e.EndsAt, e.Terms
	b.Cancelled, b.Why = e.Cancelled != "", e.Cancelled
	return told, nil
}

func (b *Book) newsOf(e *Event, now time.Time) SignUpNews {
	switch {
	case b.Last == 0 || !now.Before(b.EndsAt):
		return ""
	case e.Cancelled != "" && !b.Cancelled:
		return SignUpOff
	case e.Cancelled == "" && (!e.BeginsAt.Equal(b.BeginsAt) || e.Place != b.Place || b.Cancelled):
		return SignUpMoved
	}
	return ""
}

// KindSignUp is the kind of what somebody signed up for, to that person: nobody else is
// told of it. What is told opens the sign-up by the ID of its event.
const KindSignUp Kind = "sign_up"

// Those who are told something of an event: all who signed up, or who have a place.
const (
	KindSignedUp Kind = "signed_up"
	KindAdmitted Kind = "admitted"
)

// SignUpNews is what is told of a sign-up.
type SignUpNews = PublicationAct

// The news.
const (
	SignUpUp       SignUpNews = "moved_up"
	SignUpDrawn    SignUpNews = "drawn"
	SignUpMoved    SignUpNews = "moved"
	SignUpOff      SignUpNews = "off"
	SignUpReminder SignUpNews = "reminder"
)

// SignUpFigures count what came of a sign-up. Signed, Waiting, Entered and Cancelled are
// sign-ups, In and Came persons.
type SignUpFigures struct {
	Signed, In, Waiting, Entered, Cancelled, Came int
}

// Errors of sign-ups.
var (
	ErrEventOff       = &Error{Conflict, "event.off", "", nil}
	ErrEventTerms     = &Error{Conflict, "event.terms", "sign_up", nil}
	ErrEventFixed     = &Error{Conflict, "event.fixed", "closes", nil}
	ErrEventPlaces    = &Error{Conflict, "event.places", "places", nil}
	ErrEventSeedLate  = &Error{Conflict, "event.seed_late", "opens", nil}
	ErrSignUpMissing  = &Error{NotFound, "sign_up.not_found", "", nil}
	ErrSignUpNone     = &Error{Conflict, "sign_up.none", "", nil}
	ErrSignUpSoon     = &Error{Conflict, "sign_up.soon", "", nil}
	ErrSignUpClosed   = &Error{Conflict, "sign_up.closed", "", nil}
	ErrSignUpPersons  = &Error{Invalid, "sign_up.persons", "persons", nil}
	ErrSignUpName     = &Error{Invalid, "sign_up.name", "name", nil}
	ErrSignUpPhone    = &Error{Invalid, "sign_up.phone", "phone", nil}
	ErrSignUpWords    = &Error{Invalid, "sign_up.words", "words", nil}
	ErrSignUpFixed    = &Error{Conflict, "sign_up.fixed", "", nil}
	ErrSignUpBegun    = &Error{Conflict, "sign_up.begun", "", nil}
	ErrSignUpMany     = &Error{TooMany, "sign_up.many", "", nil}
	ErrSignUpCode     = &Error{NotFound, "sign_up.code", "code", nil}
	ErrSignUpCame     = &Error{Conflict, "sign_up.came", "code", nil}
	ErrSignUpNoPlace  = &Error{Conflict, "sign_up.no_place", "code", nil}
	ErrSignUpOtherDay = &Error{Conflict, "sign_up.other_day", "code", nil}
)

// MostSignUps is how often somebody may sign up for one event anew.
const MostSignUps = 5

// CheckIn is a *Error where somebody can't be let in at a moment: by day, not by hour, as
// doors open early and meetings run late.
func (b *Book) CheckIn(v *SignUp, by string, now time.Time) error {
	today := Today(now)
	switch {
	case b.Cancelled:
		return ErrEventOff
	case v.State != SignUpIn:
		return ErrSignUpNoPlace.With("", map[string]any{"state": v.State.Name()})
	case !v.CameAt.IsZero():
		return ErrSignUpCame.With("", map[string]any{"when": v.CameAt.In(Shanghai).Format("15:04")})
	case today < Today(b.BeginsAt) || today > Today(b.EndsAt):
		return ErrSignUpOtherDay.With("", map[string]any{"day": Today(b.BeginsAt).Chinese()})
	}
	v.CameAt, v.CheckedBy = now, by
	return nil
}
