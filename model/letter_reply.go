package model

import "time"

// LetterReply is an office's answer to a letter (答复), and what the author says of it.
type LetterReply struct {
	ID           string
	Round        int
	Text         string        `json:"-"`
	Basis        string        // what it rests on: 鸢政发〔2022〕11号 第三条
	Outcome      LetterOutcome // in the office's word
	DepartmentID string        // that answers, "" for the Supervisor
	DraftedBy    string
	DraftedAt    time.Time
	SignedBy     string
	SentAt       time.Time // zero while it waits for its signature
	AskedAt      time.Time // when the handling that it ends began
	DueDay       Day
	Rating       *LetterRating // nil while it is unrated
}

// IsSent says whether the author has it.
func (r *LetterReply) IsSent() bool { return !r.SentAt.IsZero() }

// OnTime says whether it was sent by its day.
func (r *LetterReply) OnTime() bool { return Today(r.SentAt) <= r.DueDay }

// LetterRating is what an author says of an answer: of how one was treated, of the
// matter, and of all of it (响应、解决、满意).
type LetterRating struct {
	Response     int // 1 to 5
	Solved       bool
	Satisfaction int    // 1 to 5
	Text         string `json:"-"`
	ByCall       bool   // said at the telephone, when the author was called
	At           time.Time
}

// isValid says whether the stars are there.
func (r *LetterRating) isValid() bool {
	return r.Response >= 1 && r.Response <= 5 && r.Satisfaction >= 1 && r.Satisfaction <= 5
}

// Draft is the reply that waits for its signature, nil for none.
func (l *Letter) Draft() *LetterReply {
	if n := len(l.Replies); n > 0 && !l.Replies[n-1].IsSent() {
		return &l.Replies[n-1]
	}
	return nil
}

// Answer is the latest reply that the author has, nil for none.
func (l *Letter) Answer() *LetterReply {
	for i := len(l.Replies) - 1; i >= 0; i-- {
		if l.Replies[i].IsSent() {
			return &l.Replies[i]
		}
	}
	return nil
}

// Propose drafts a reply, or writes the present draft anew, and has it wait for its
// signature. The second handling is another person's than the first.
func (l *Letter) Propose(r LetterReply) ([]LetterEvent, error) {
	switch {
	case l.State != LetterAssigned && l.State != LetterSigning:
		return nil, ErrLetterNotOpen
	case r.Outcome.Name() == "":
		return nil, ErrLetterOutcome
	case l.wasDraftedBefore(r.DraftedBy):
		return nil, ErrLetterSameHandler
	}
	r.Round, r.DepartmentID, r.AskedAt = l.Round, l.answering(), l.AskedAt
	if d := l.Draft(); d != nil {
		r.ID = d.ID
		*d = r
	} else {
		l.Replies = append(l.Replies, r)
	}
	l.State, l.UpdatedAt = LetterSigning, r.DraftedAt
	return []LetterEvent{{At: r.DraftedAt, What: LetterStepDrafted, StaffID: r.DraftedBy, DepartmentID: r.DepartmentID}}, nil
}

// wasDraftedBefore says whether somebody drafted the answer to an earlier round.
func (l *Letter) wasDraftedBefore(staffID string) bool {
	for _, r := range l.Replies {
		if r.IsSent() && r.Round < l.Round && r.DraftedBy == staffID && staffID != "" {
			return true
		}
	}
	return false
}

// answering is the department that answers in the present round.
func (l *Letter) answering() string {
	if l.Round >= letterRounds {
		return ""
	}
	return l.LeadID
}

// Sign sends the draft.
func (l *Letter) Sign(staffID string, due Day, now time.Time) ([]LetterEvent, error) {
	d := l.Draft()
	if l.State != LetterSigning || d == nil {
		return nil, ErrLetterNotOpen
	}
	d.SignedBy, d.SentAt, d.DueDay = staffID, now, due
	l.State, l.UpdatedAt = LetterAnswered, now
	return []LetterEvent{{At: now, What: LetterStepAnswered, StaffID: staffID, DepartmentID: d.DepartmentID}}, nil
}

// SendBack has the draft written anew; the draft stays as it was.
func (l *Letter) SendBack(e LetterEvent) ([]LetterEvent, error) {
	if l.State != LetterSigning {
		return nil, ErrLetterNotOpen
	}
	e.What, l.State, l.UpdatedAt = LetterStepSentBack, LetterAssigned, e.At
	return []LetterEvent{e}, nil
}

// CanRate says why the present answer can't be rated, nil where it can.
func (l *Letter) CanRate(now time.Time) error {
	switch a := l.Answer(); {
	case a == nil || l.State != LetterAnswered && l.State != LetterClosed:
		return ErrLetterNoAnswer
	case a.Rating != nil:
		return ErrLetterRated
	case Today(now) > Today(a.SentAt).Add(LetterRateWithin):
		return ErrLetterRateLate
	}
	return nil
}

// Rate keeps the author's word on the present answer. What is not solved is handled
// once more by another person, then by the Supervisor (条例第二十三条); after that it
// ends, as it does when it is solved.
func (l *Letter) Rate(r LetterRating) ([]LetterEvent, error) {
	if err := l.CanRate(r.At); err != nil {
		return nil, err
	}
	if !r.isValid() {
		return nil, ErrLetterStars
	}
	return l.rate(r, LetterEvent{At: r.At, What: LetterStepRated})
}

// CanRateByCall says whether what its author says at the telephone is the word on the
// present answer. No time is too late: the office asks, not the author.
func (l *Letter) CanRateByCall() bool {
	a := l.Answer()
	return a != nil && a.Rating == nil && (l.State == LetterAnswered || l.State == LetterClosed)
}

// RateByCall keeps what its author said at the telephone; it does what Rate does.
func (l *Letter) RateByCall(r LetterRating, staffID string) ([]LetterEvent, error) {
	switch {
	case !l.CanRateByCall():
		return nil, ErrLetterNoAnswer
	case !r.isValid():
		return nil, ErrLetterStars
	}
	r.ByCall = true
	return l.rate(r, LetterEvent{At: r.At, What: LetterStepRated, StaffID: staffID})
}

func (l *Letter) rate(r LetterRating, rated LetterEvent) ([]LetterEvent, error) {
	l.Answer().Rating, l.UpdatedAt = &r, r.At
	events := []LetterEvent{rated}
	if r.Solved || l.Round >= letterRounds {
		l.State = LetterClosed
		return append(events, LetterEvent{At: r.At, What: LetterStepClosed}), nil
	}
	step := LetterStepReopened
	if l.begin(r.At); l.Round+1 == letterRounds {
		step = LetterStepEscalated
	}
	l.Round++
	return append(events, LetterEvent{At: r.At, What: step, DepartmentID: l.answering()}), nil
}

// begin has the lead handle a letter from now on, by the usual term.
func (l *Letter) begin(now time.Time) {
	l.State, l.HandlerID, l.AskedAt, l.Term, l.Extension = LetterAssigned, "", now, UsualTerm, nil
}

// CanAsk says why there is no supplement question now, nil where there is.
func (l *Letter) CanAsk() error {
	switch {
	case l.State != LetterAnswered:
		return ErrLetterNoAnswer
	case l.did(LetterStepQuestioned) > 0:
		return ErrLetterAsked
	}
	return nil
}

// Ask asks the one supplement question: the same round goes on, with a new term.
func (l *Letter) Ask(text string, now time.Time) ([]LetterEvent, error) {
	if err := l.CanAsk(); err != nil {
		return nil, err
	}
	l.begin(now)
	l.UpdatedAt = now
	return []LetterEvent{{At: now, What: LetterStepQuestioned, Text: text}}, nil
}

// did counts how often a step was taken.
func (l *Letter) did(what LetterStep) (n int) {
	for _, e := range l.Events {
		if e.What == what {
			n++
		}
	}
	return n
}
