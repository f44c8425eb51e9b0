package model

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"
)

// CallState is how far a call to an author has come.
type CallState string

// The states.
const (
	CallWaiting   CallState = "waiting"
	CallReached   CallState = "reached"
	CallUnreached CallState = "unreached" // tried often enough
	CallDeclined  CallState = "declined"  // does not want to talk
	CallNoNumber  CallState = "no_number" // there is none, or not any more
)

// Name is the state in Chinese.
func (s CallState) Name() string {
	return map[CallState]string{CallWaiting: "待回访", CallReached: "已回访", CallUnreached: "没有联系上", CallDeclined: "不愿回访",
		CallNoNumber: "没有电话"}[s]
}

// Calling is why somebody is called.
type Calling string

// The reasons.
const (
	CallingSampled  Calling = "sampled"  // by lot
	CallingUnsolved Calling = "unsolved" // the author said that nothing is solved
)

// Name is the reason in Chinese.
func (c Calling) Name() string {
	return map[Calling]string{CallingSampled: "抽样", CallingUnsolved: "来信人说没有解决"}[c]
}

// LetterCall is a call to the author of a letter that was answered (回访).
type LetterCall struct {
	ID       string
	SampleID string
	LetterID string
	Why      Calling
	State    CallState
	Tries    int
	StaffID  string    // who called last
	At       time.Time // when
	ByAuthor bool      // the author spoke, not somebody else
	Rating   LetterRating
	Counted  bool // the author's own word, in the figures
}

// LetterSample is the lot by which letters were picked for calls.
type LetterSample struct {
	ID       string
	From     Day // of the answers
	Until    Day
	Percent  int
	Unsolved bool // with all that their authors call unsolved
	Seed     int64
	DrawnBy  string
	DrawnAt  time.Time
	Letters  int
}

// CallTries is how often somebody is called before they count as not reached.
const CallTries = 3

// Errors of calls.
var (
	ErrCallMissing = &Error{NotFound, "call.not_found", "", nil}
	ErrCallDone    = &Error{Conflict, "call.done", "", nil}
	ErrCallPeriod  = &Error{Invalid, "call.period", "until", nil}
	ErrCallOutcome = &Error{Invalid, "call.outcome", "outcome", nil}
	ErrCallNone    = &Error{Conflict, "call.none", "", nil}
)

// Drawable is a letter that may be picked.
type Drawable struct {
	ID, DepartmentID string
	Unsolved         bool // in the author's word
}

// Draw picks letters by lot, a share of each office's rounded up, so that none is left
// out. The same letters and seed give the same ones: a draw can be repeated.
func (s *LetterSample) Draw(all []Drawable) []LetterCall {
	all = slices.SortedFunc(slices.Values(all), func(a, b Drawable) int {
		return cmp.Or(cmp.Compare(a.DepartmentID, b.DepartmentID), cmp.Compare(a.ID, b.ID))
	})
	var picked []LetterCall
	add := func(d Drawable, why Calling) {
		picked = append(picked, LetterCall{LetterID: d.ID, Why: why, State: CallWaiting})
	}
	for len(all) > 0 {
		n := slices.IndexFunc(all, func(d Drawable) bool { return d.DepartmentID != all[0].DepartmentID })
		if n < 0 {
			n = len(all)
		}
		office := all[:n]
		share := (n*s.Percent + 99) / 100
		for at, i := range s.lot(office[0].DepartmentID).Perm(n) {
			switch {
			case s.Unsolved && office[i].Unsolved:
				add(office[i], CallingUnsolved)
			case at < share:
				add(office[i], CallingSampled)
			}
		}
		all = all[n:]
	}
	return picked
}

// lot is the chance of one office.
func (s *LetterSample) lot(departmentID string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(departmentID))
	return rand.New(rand.NewPCG(uint64(s.Seed), h.Sum64()))
}

// Told is what the trail of a letter says of a call.
func (c *LetterCall) Told() string {
	switch {
	case c.State == CallWaiting:
		return fmt.Sprintf("第 %d 次没有联系上", c.Tries)
	case c.State == CallReached && !c.ByAuthor:
		return "由他人代答，不计入评价"
	}
	return c.State.Name()
}

// Try notes a call that reached nobody.
func (c *LetterCall) Try(staffID string, now time.Time) error {
	if c.State != CallWaiting {
		return ErrCallDone
	}
	c.Tries, c.StaffID, c.At = c.Tries+1, staffID, now
	if c.Tries >= CallTries {
		c.State = CallUnreached
	}
	return nil
}

// End notes that a call came to nothing that could be rated.
func (c *LetterCall) End(state CallState, staffID string, now time.Time) error {
	switch {
	case c.State != CallWaiting:
		return ErrCallDone
	case state != CallDeclined && state != CallNoNumber:
		return ErrCallOutcome
	}
	c.State, c.StaffID, c.At = state, staffID, now
	return nil
}

// Hear keeps what somebody said at the telephone.
func (c *LetterCall) Hear(r LetterRating, byAuthor bool, staffID string) error {
	switch {
	case c.State != CallWaiting:
		return ErrCallDone
	case !r.isValid():
		return ErrLetterStars
	}
	c.State, c.Tries, c.StaffID, c.At, c.ByAuthor, c.Rating = CallReached, c.Tries+1, staffID, r.At, byAuthor, r
	return nil
}
