package model

import (
	"slices"
	"time"
)

// SupervisionCause is why the Supervisor looks after a letter.
type SupervisionCause string

// The causes (潍坊市12345政务服务便民热线条例第二十六条). The first three are found in the
// letters themselves, the others are somebody's judgement.
const (
	CauseRefusing SupervisionCause = "refusing"
	CauseOverdue  SupervisionCause = "overdue"
	CauseUnsolved SupervisionCause = "unsolved"
	CauseNegative SupervisionCause = "negative"
	CauseOther    SupervisionCause = "other"
)

// SupervisionCauses lists the causes in the order of the ordinance.
func SupervisionCauses() []SupervisionCause {
	return []SupervisionCause{CauseRefusing, CauseOverdue, CauseUnsolved, CauseNegative, CauseOther}
}

// Name is the cause in Chinese.
func (c SupervisionCause) Name() string {
	return map[SupervisionCause]string{CauseRefusing: "推诿或者拒不办理", CauseOverdue: "逾期没有答复", CauseUnsolved: "应当解决没有解决",
		CauseNegative: "造成不良影响", CauseOther: "其他需要督办"}[c]
}

// IsFound says whether letters show the cause themselves.
func (c SupervisionCause) IsFound() bool { return c != CauseNegative && c != CauseOther }

// SupervisionResult is how a supervision ended.
type SupervisionResult string

// The results.
const (
	SupervisionMended    SupervisionResult = "mended"
	SupervisionExplained SupervisionResult = "explained"
	SupervisionReported  SupervisionResult = "reported"
	SupervisionAside     SupervisionResult = "aside" // looked at, and nothing was asked of the office
)

// Name is the result in Chinese.
func (r SupervisionResult) Name() string {
	return map[SupervisionResult]string{SupervisionMended: "已经整改", SupervisionExplained: "情况属实，理由成立",
		SupervisionReported: "报市政府处理", SupervisionAside: "不予督办"}[r]
}

// Supervision is the Supervisor looking after a letter for one cause (督办).
type Supervision struct {
	ID           string
	Cause        SupervisionCause
	Why          string `json:"-"` // where it is somebody's judgement
	DepartmentID string // that has to answer, "" for the Centre
	StaffID      string // who in the Supervisor's office has it
	OpenedAt     time.Time
	Text         string `json:"-"` // 督办意见
	DueDay       Day    // until when the office answers
	Answer       string `json:"-"`
	AnsweredBy   string
	AnsweredAt   time.Time
	Result       SupervisionResult // "" while it is open
	Note         string            `json:"-"`
	ClosedBy     string
	ClosedAt     time.Time
}

// IsOpen says whether it has no result yet.
func (s *Supervision) IsOpen() bool { return s.Result == "" }

// Waits says whether its office has not answered yet.
func (s *Supervision) Waits() bool { return s.IsOpen() && s.AnsweredAt.IsZero() }

// The bounds of supervisions.
const (
	SupervisionDays      = 60 // an office answers within so many days
	SupervisionLooksBack = 90 // days: what is older is not found any more
	RefusingReturns      = 2  // so many returns are a refusal
	UnsolvedWords        = 2  // so often an author says that nothing is solved
)

// Errors of what the Centre and the Supervisor watch.
var (
	ErrSupervisionOpen  = &Error{Conflict, "supervision.open", "cause", nil}
	ErrSupervisionCause = &Error{Invalid, "supervision.cause", "cause", nil}
	ErrSupervisionWhy   = &Error{Invalid, "supervision.why", "why", nil}
	ErrSupervisionDay   = &Error{Invalid, "supervision.day", "day", map[string]any{"most": SupervisionDays}}
	ErrSupervisionGone  = &Error{Conflict, "supervision.closed", "", nil}
	ErrDisputeNone      = &Error{Conflict, "dispute.none", "", nil}
	ErrDisputeReturns   = &Error{Conflict, "dispute.returns", "", nil}
	ErrDisputeOpen      = &Error{Conflict, "dispute.open", "", nil}
	ErrDisputeDay       = &Error{Invalid, "dispute.day", "day", nil}
	ErrRobotAddress     = &Error{Invalid, "robot.address", "address", nil}
	ErrRobotNone        = &Error{Conflict, "robot.none", "", nil}
)

// Supervise opens a supervision. Its author reads no more than that there is one.
func (l *Letter) Supervise(s Supervision) ([]LetterEvent, error) {
	if err := l.canSupervise(s); err != nil {
		return nil, err
	}
	switch today := Today(s.OpenedAt); {
	case s.DueDay <= today, s.DueDay > today.Add(SupervisionDays):
		return nil, ErrSupervisionDay
	case !s.Cause.IsFound() && s.Why == "":
		return nil, ErrSupervisionWhy
	}
	s.DepartmentID = l.LeadID
	l.Supervisions, l.UpdatedAt = append(l.Supervisions, s), s.OpenedAt
	return []LetterEvent{{At: s.OpenedAt, What: LetterStepSupervised, StaffID: s.StaffID, DepartmentID: s.DepartmentID}}, nil
}

func (l *Letter) canSupervise(s Supervision) error {
	switch {
	case s.Cause.Name() == "":
		return ErrSupervisionCause
	case slices.ContainsFunc(l.Supervisions, func(o Supervision) bool { return o.Cause == s.Cause && o.IsOpen() }):
		return ErrSupervisionOpen
	}
	return nil
}

// SetAside notes that a cause was looked at and nothing is asked of the office.
func (l *Letter) SetAside(cause SupervisionCause, e LetterEvent) ([]LetterEvent, error) {
	s := Supervision{Cause: cause, DepartmentID: l.LeadID, StaffID: e.StaffID, OpenedAt: e.At, Result: SupervisionAside, Note: e.Text,
		ClosedBy: e.StaffID, ClosedAt: e.At}
	if err := l.canSupervise(s); err != nil {
		return nil, err
	}
	l.Supervisions, l.UpdatedAt = append(l.Supervisions, s), e.At
	e.What, e.DepartmentID, e.Text = LetterStepSetAside, l.LeadID, cause.Name()+"："+e.Text
	return []LetterEvent{e}, nil
}

// Supervision is an open one of a letter, nil for none.
func (l *Letter) Supervision(id string) *Supervision {
	i := slices.IndexFunc(l.Supervisions, func(s Supervision) bool { return s.ID == id && s.IsOpen() })
	if i < 0 {
		return nil
	}
	return &l.Supervisions[i]
}

// AnswerSupervision keeps what an office says; said again, it replaces what it said.
func (l *Letter) AnswerSupervision(id string, e LetterEvent) ([]LetterEvent, error) {
	s := l.Supervision(id)
	if s == nil {
		return nil, ErrSupervisionGone
	}
	s.Answer, s.AnsweredBy, s.AnsweredAt, l.UpdatedAt = e.Text, e.StaffID, e.At, e.At
	e.What, e.DepartmentID, e.Text = LetterStepExplained, s.DepartmentID, ""
	return []LetterEvent{e}, nil
}

// TakeSupervision has somebody else of the Supervisor's office see to it.
func (l *Letter) TakeSupervision(id string, e LetterEvent) ([]LetterEvent, error) {
	s := l.Supervision(id)
	if s == nil {
		return nil, ErrSupervisionGone
	}
	s.StaffID, l.UpdatedAt = e.StaffID, e.At
	e.What = LetterStepTookOver
	return []LetterEvent{e}, nil
}

// CloseSupervision ends one with a result.
func (l *Letter) CloseSupervision(id string, r SupervisionResult, e LetterEvent) ([]LetterEvent, error) {
	s := l.Supervision(id)
	switch {
	case s == nil:
		return nil, ErrSupervisionGone
	case r.Name() == "" || r == SupervisionAside:
		return nil, ErrSupervisionCause
	}
	s.Result, s.Note, s.ClosedBy, s.ClosedAt, l.UpdatedAt = r, e.Text, e.StaffID, e.At, e.At
	e.What, e.DepartmentID, e.Text = LetterStepWatched, s.DepartmentID, r.Name()+"："+e.Text
	return []LetterEvent{e}, nil
}

// LetterDispute is a letter that no office takes for its own: the Supervisor decides, or
// takes it to the meeting of the government (条例第二十三条).
type LetterDispute struct {
	ID           string
	Why          string `json:"-"`
	RaisedBy     string
	RaisedAt     time.Time
	MeetingDay   Day    // "" while it is taken to none
	Meeting      string `json:"-"` // what is asked of the meeting
	DepartmentID string // that it was decided for
	Decision     string `json:"-"`
	DecidedBy    string
	DecidedAt    time.Time // zero while it is open
}

// Dispute is the open one, nil for none.
func (l *Letter) Dispute() *LetterDispute {
	if n := len(l.Disputes); n > 0 && l.Disputes[n-1].DecidedAt.IsZero() && l.State == LetterReceived {
		return &l.Disputes[n-1]
	}
	return nil
}

// WasReturned says whether an office has said that a letter is not its own.
func (l *Letter) WasReturned() bool { return l.did(LetterStepReturned) > 0 }

// Raise gives a letter that was returned to the Supervisor, who decides whose it is.
func (l *Letter) Raise(e LetterEvent) ([]LetterEvent, error) {
	switch {
	case l.State != LetterReceived:
		return nil, ErrLetterNotOpen
	case l.Dispute() != nil:
		return nil, ErrDisputeOpen
	case !l.WasReturned():
		return nil, ErrDisputeReturns
	}
	l.Disputes, l.UpdatedAt = append(l.Disputes, LetterDispute{Why: e.Text, RaisedBy: e.StaffID, RaisedAt: e.At}), e.At
	e.What = LetterStepDisputed
	return []LetterEvent{e}, nil
}

// TakeToMeeting takes the dispute to the meeting of a day; the clock goes on.
func (l *Letter) TakeToMeeting(day Day, e LetterEvent) ([]LetterEvent, error) {
	d := l.Dispute()
	switch {
	case d == nil:
		return nil, ErrDisputeNone
	case day < Today(e.At):
		return nil, ErrDisputeDay
	}
	d.MeetingDay, d.Meeting, l.UpdatedAt = day, e.Text, e.At
	e.What, e.Text = LetterStepToMeeting, day.Chinese()+"："+e.Text
	return []LetterEvent{e}, nil
}

// Settle designates an office: there is no return.
func (l *Letter) Settle(d Dispatching) ([]LetterEvent, error) {
	open := l.Dispute()
	if open == nil {
		return nil, ErrDisputeNone
	}
	open.DepartmentID, open.Decision, open.DecidedBy, open.DecidedAt = d.Lead, d.Why, d.StaffID, d.At
	d.Final = true
	return l.Dispatch(d)
}
