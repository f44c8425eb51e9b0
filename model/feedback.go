package model

import (
	"time"
)

// FeedbackKind is what residents tell the house about itself.
type FeedbackKind string

// The kinds (国办函〔2026〕12号; 找错).
const (
	FeedbackMistake    FeedbackKind = "mistake"    // 纠错: something in a text is wrong
	FeedbackComplaint  FeedbackKind = "complaint"  // 投诉
	FeedbackSuggestion FeedbackKind = "suggestion" // 建议
)

// Name is the kind in Chinese.
func (k FeedbackKind) Name() string {
	return map[FeedbackKind]string{FeedbackMistake: "纠错", FeedbackComplaint: "投诉", FeedbackSuggestion: "建议"}[k]
}

// FeedbackState is how far a feedback has come.
type FeedbackState string

// The states.
const (
	FeedbackReceived FeedbackState = "received" // waits for its answer
	FeedbackAnswered FeedbackState = "answered" // may be rated
	FeedbackReopened FeedbackState = "reopened" // was not solved, waits for its second answer
	FeedbackClosed   FeedbackState = "closed"
)

// Name is the state in Chinese, as its resident reads it.
func (s FeedbackState) Name() string {
	return map[FeedbackState]string{FeedbackReceived: "办理中", FeedbackAnswered: "已答复",
		FeedbackReopened: "再次办理中", FeedbackClosed: "已办结"}[s]
}

// FeedbackOutcome is what came of a feedback.
type FeedbackOutcome string

// The outcomes.
const (
	OutcomeCorrected   FeedbackOutcome = "corrected"
	OutcomeExplained   FeedbackOutcome = "explained"
	OutcomeAccepted    FeedbackOutcome = "accepted"
	OutcomeNotAccepted FeedbackOutcome = "not_accepted" // needs a reason
)

// Name is the outcome in Chinese.
func (o FeedbackOutcome) Name() string {
	return map[FeedbackOutcome]string{OutcomeCorrected: "已更正", OutcomeExplained: "已解释说明",
		OutcomeAccepted: "已采纳", OutcomeNotAccepted: "未采纳"}[o]
}

// Feedback is a mistake that a resident found in a text, a complaint or a
// suggestion about the service itself. Its words are sealed at rest, and who
// gave it is never shown to staff.
type Feedback struct {
	ID           string
	Number       string
	ResidentID   string `json:"-"` // "" once the account is erased
	Kind         FeedbackKind
	Text         string         `json:"-"`
	About        *FeedbackAbout // nil for the service as a whole
	State        FeedbackState
	DepartmentID string    // who answers; "" while it waits for the Supervisor to say
	AskedAt      time.Time // when the present handling began: the deadline counts from that day
	CreatedAt    time.Time
	UpdatedAt    time.Time
	Version      int64
	Answers      []FeedbackAnswer // the first one first
	Events       []FeedbackEvent  // what was done, the earliest first
}

// FeedbackAbout is the place in a public document that a feedback is about.
type FeedbackAbout struct {
	Kind   Kind
	ID     string
	Title  string
	Anchor string // "" for the document as a whole
	Label  string // 第十二条
	Quote  string `json:"-"`
}

// FeedbackAnswer is an office's answer, and what the resident says of it.
type FeedbackAnswer struct {
	ID           string
	Text         string `json:"-"`
	Reason       string `json:"-"` // why something was not accepted
	Outcome      FeedbackOutcome
	DepartmentID string // who answered, "" for the Supervisor
	StaffID      string // "" for the house itself
	AskedAt      time.Time
	At           time.Time
	Rating       *FeedbackRating // nil while it is unrated
}

// FeedbackRating is a resident's word on an answer.
type FeedbackRating struct {
	Satisfaction int // 1 to 5
	Solved       bool
	Text         string `json:"-"`
	At           time.Time
}

// FeedbackEvent is one step on the way of a feedback.
type FeedbackEvent struct {
	At           time.Time
	What         FeedbackStep
	StaffID      string // "" for the resident, or the house itself
	DepartmentID string // that it was given to, or that answered
	Text         string `json:"-"`
}

// FeedbackStep is what was done.
type FeedbackStep string

// The steps. Noted and cut are for staff alone.
const (
	StepReceived FeedbackStep = "received"
	StepAdded    FeedbackStep = "added"
	StepAssigned FeedbackStep = "assigned"
	StepAnswered FeedbackStep = "answered"
	StepRated    FeedbackStep = "rated"
	StepReopened FeedbackStep = "reopened"
	StepClosed   FeedbackStep = "closed"
	StepNoted    FeedbackStep = "noted" // an internal note
	StepCut      FeedbackStep = "cut"   // the resident's account was erased
)

// Name is the step in Chinese.
func (s FeedbackStep) Name() string {
	return map[FeedbackStep]string{StepReceived: "已收到", StepAdded: "补充说明", StepAssigned: "转交办理", StepAnswered: "已答复", StepRated: "评价",
		StepReopened: "再次办理", StepClosed: "已办结", StepNoted: "内部备注", StepCut: "提出人已注销账号"}[s]
}

// IsInternal says whether a step is for staff alone.
func (s FeedbackStep) IsInternal() bool { return s == StepNoted || s == StepCut }

// The bounds of a feedback.
const (
	FeedbackWorkdays  = 3    // within which it is answered (国办函〔2026〕12号)
	FeedbackPerDay    = 20   // of one resident
	FeedbackText      = 2000 // characters of what a resident or an office writes
	FeedbackQuote     = 500  // characters of the public text
	FeedbackRemark    = 500  // characters beside a rating, or of why something is done
	FeedbackAdditions = 5
	feedbackHandlings = 2 // after which it is closed, solved or not
)

// Errors of feedback.
var (
	ErrFeedbackMissing   = &Error{NotFound, "feedback.not_found", "", nil}
	ErrFeedbackText      = &Error{Invalid, "feedback.text", "text", nil}
	ErrFeedbackNoPlace   = &Error{Invalid, "feedback.no_place", "about", nil}
	ErrFeedbackNotPublic = &Error{Invalid, "feedback.not_public", "about", nil}
	ErrFeedbackLimit     = &Error{TooMany, "feedback.limit", "", nil} // most, day, phone
	ErrFeedbackFull      = &Error{Conflict, "feedback.full", "", map[string]any{"most": FeedbackAdditions}}
	ErrFeedbackNotOpen   = &Error{Conflict, "feedback.not_open", "", nil}
	ErrFeedbackNoAnswer  = &Error{Conflict, "feedback.no_answer", "", nil}
	ErrFeedbackRated     = &Error{Conflict, "feedback.rated", "", nil}
	ErrFeedbackStars     = &Error{Invalid, "feedback.stars", "satisfaction", nil}
	ErrFeedbackReason    = &Error{Invalid, "feedback.reason", "reason", nil}
	ErrFeedbackWhy       = &Error{Invalid, "feedback.why", "why", nil}
	ErrFeedbackThere     = &Error{Conflict, "feedback.there", "department", nil}
)

// Written is a text as it is kept, without blanks around it; it has to be of 1
// to most characters. Signs that nobody can see are left out.
func Written(text string, most int) (string, error) {
	text, err := written(text, most, ErrFeedbackText, "text")
	if err == nil && text == "" {
		err = ErrFeedbackText.With("text", map[string]any{"most": most})
	}
	return text, err
}

func visible(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
		return -1
	}
	return r
}

// IsOpen says whether a feedback waits for an answer.
func (f *Feedback) IsOpen() bool { return f.State == FeedbackReceived || f.State == FeedbackReopened }

// Due is until when a feedback has to be answered; no day where nothing is
// waited for.
func (f *Feedback) Due(c *Calendar) (Deadline, error) {
	if !f.IsOpen() {
		return Deadline{}, nil
	}
	return c.AddWorkdays(Today(f.AskedAt), FeedbackWorkdays)
}

// WhyDue says why it is due on that day.
func (f *Feedback) WhyDue(due Deadline) string {
	if f.State == FeedbackReopened {
		return due.Why("重新办理")
	}
	return due.Why("收到")
}

// IsOverdue says whether a feedback should have been answered before a day.
func (f *Feedback) IsOverdue(due Deadline, today Day) bool { return f.IsOpen() && due.IsOverdue(today) }

// Latest is the present answer, nil where there is none.
func (f *Feedback) Latest() *FeedbackAnswer {
	if len(f.Answers) == 0 {
		return nil
	}
	return &f.Answers[len(f.Answers)-1]
}

// FeedbackPassed is a step that was taken, with the answer that it gave or rated;
// nil for any other.
type FeedbackPassed struct {
	FeedbackEvent
	Answer *FeedbackAnswer
}

// Passed are the steps that were taken, the earliest first.
func (f *Feedback) Passed() []FeedbackPassed {
	steps, answered, rated := make([]FeedbackPassed, len(f.Events)), 0, 0
	for i, e := range f.Events {
		steps[i].FeedbackEvent = e
		switch e.What {
		case StepAnswered:
			steps[i].Answer = &f.Answers[answered]
			answered++
		case StepRated:
			steps[i].Answer = &f.Answers[rated]
			rated++
		}
	}
	return steps
}

// Additions counts what the resident has added.
func (f *Feedback) Additions() (n int) {
	for _, e := range f.Events {
		if e.What == StepAdded {
			n++
		}
	}
	return n
}

// CanAdd says why nothing more can be added, nil where it can.
func (f *Feedback) CanAdd() error {
	switch {
	case !f.IsOpen():
		return ErrFeedbackNotOpen
	case f.Additions() >= FeedbackAdditions:
		return ErrFeedbackFull
	}
	return nil
}

// Add adds to a feedback what its resident thought of later.
func (f *Feedback) Add(text string, now time.Time) ([]FeedbackEvent, error) {
	if err := f.CanAdd(); err != nil {
		return nil, err
	}
	f.UpdatedAt = now
	return []FeedbackEvent{{At: now, What: StepAdded, Text: text}}, nil
}

// Answer answers a feedback.
func (f *Feedback) Answer(a FeedbackAnswer) ([]FeedbackEvent, error) {
	switch {
	case !f.IsOpen():
		return nil, ErrFeedbackNotOpen
	case a.Outcome == OutcomeNotAccepted && a.Reason == "":
		return nil, ErrFeedbackReason
	}
	a.AskedAt, a.DepartmentID = f.AskedAt, f.DepartmentID
	f.Answers = append(f.Answers, a)
	f.State, f.UpdatedAt = FeedbackAnswered, a.At
	return []FeedbackEvent{{At: a.At, What: StepAnswered, StaffID: a.StaffID, DepartmentID: f.DepartmentID}}, nil
}

// CanRate says why the present answer can't be rated, nil where it can.
func (f *Feedback) CanRate() error {
	switch latest := f.Latest(); {
	case latest == nil:
		return ErrFeedbackNoAnswer
	case latest.Rating != nil:
		return ErrFeedbackRated
	case f.State != FeedbackAnswered:
		return ErrFeedbackNoAnswer
	}
	return nil
}

// Rate keeps the resident's word on the present answer. What is not solved is
// handled once more, with as many working days again; after that it ends, as it
// does when it is solved.
func (f *Feedback) Rate(r FeedbackRating) ([]FeedbackEvent, error) {
	if err := f.CanRate(); err != nil {
		return nil, err
	}
	if r.Satisfaction < 1 || r.Satisfaction > 5 {
		return nil, ErrFeedbackStars
	}
	f.Latest().Rating, f.UpdatedAt = &r, r.At
	events := []FeedbackEvent{{At: r.At, What: StepRated}}
	if !r.Solved && len(f.Answers) < feedbackHandlings {
		f.State, f.AskedAt = FeedbackReopened, r.At
		return append(events, FeedbackEvent{At: r.At, What: StepReopened}), nil
	}
	f.State = FeedbackClosed
	return append(events, FeedbackEvent{At: r.At, What: StepClosed}), nil
}

// Assign gives an open feedback to a department, and says why.
func (f *Feedback) Assign(e FeedbackEvent) ([]FeedbackEvent, error) {
	switch {
	case !f.IsOpen():
		return nil, ErrFeedbackNotOpen
	case f.DepartmentID == e.DepartmentID:
		return nil, ErrFeedbackThere
	}
	e.What = StepAssigned
	f.DepartmentID, f.UpdatedAt = e.DepartmentID, e.At
	return []FeedbackEvent{e}, nil
}

// Note adds what staff want to remember; its resident never sees it.
func (f *Feedback) Note(e FeedbackEvent) ([]FeedbackEvent, error) {
	e.What, f.UpdatedAt = StepNoted, e.At
	return []FeedbackEvent{e}, nil
}
