package model

import "time"

// KnowledgeState is whether offices may answer from a knowledge entry. That one is due
// for its review is nowhere kept: see Doubts.
type KnowledgeState string

// The states.
const (
	KnowledgeDraft   KnowledgeState = "draft"   // the office has not said yet that it is right
	KnowledgeCurrent KnowledgeState = "current" // offices answer from it
	KnowledgeRetired KnowledgeState = "retired" // kept, but no longer offered
)

// Knowledge is what an office answers when it is asked something (知识条目). It is for
// staff alone: the public reads letters, interpretations and policies.
type Knowledge struct {
	ID           string
	DepartmentID string // whose word it is
	StaffID      string // who looks after it, "" for nobody who still may
	State        KnowledgeState
	Question     string
	Answer       string
	OtherWays    []string // other ways to ask, and keywords
	TopicIDs     []string
	Basis        []KnowledgeBasis
	Months       int // it is reviewed every so many
	ReviewedDay  Day // when the office last said that it is right, "" for never
	ReviewDay    Day // until when it has to say so again, "" for none
	Request      *KnowledgeRequest
	ReplyID      string // of the letter's reply that it was made of, "" for none
	Sample       bool   // of the demo
	CreatedAt    time.Time
	UpdatedAt    time.Time
	UpdatedBy    string
	Version      int64
}

// KnowledgeBasis is a policy that an entry rests on, named as it was when it was
// written down.
type KnowledgeBasis struct {
	PolicyID  string
	Title     string
	DocNumber string
	Article   string // 第十三条, "" for the whole of it
	Public    bool   // it is public now
	Days      Days   // of its validity, where it is public
}

// KnowledgeRequest is the Centre asking an office to review an entry.
type KnowledgeRequest struct {
	Note    string
	StaffID string
	At      time.Time
}

// The bounds of an entry, in characters where nothing else is said.
const (
	KnowledgeQuestion  = 100
	KnowledgeAnswer    = 3000
	KnowledgeOtherWays = 12
	KnowledgeOtherWay  = 40
	KnowledgeTopics    = 3
	KnowledgeBases     = 6
	KnowledgeArticle   = 40
	KnowledgeNote      = 300
	KnowledgeMonths    = 6 // unless an office says otherwise
	KnowledgeMostApart = 24
)

// Errors of knowledge.
var (
	ErrKnowledgeMissing  = &Error{NotFound, "knowledge.not_found", "", nil}
	ErrKnowledgeQuestion = &Error{Invalid, "knowledge.question", "question", map[string]any{"most": KnowledgeQuestion}}
	ErrKnowledgeAnswer   = &Error{Invalid, "knowledge.answer", "answer", map[string]any{"most": KnowledgeAnswer}}
	ErrKnowledgeWays     = &Error{Invalid, "knowledge.other_ways", "other_ways", map[string]any{"most": KnowledgeOtherWays, "long": KnowledgeOtherWay}}
	ErrKnowledgeTopic    = &Error{Invalid, "knowledge.topic", "topics", nil}
	ErrKnowledgeBasis    = &Error{Invalid, "knowledge.basis", "basis", nil}
	ErrKnowledgeMonths   = &Error{Invalid, "knowledge.months", "months", map[string]any{"most": KnowledgeMostApart}}
	ErrKnowledgeNote     = &Error{Invalid, "knowledge.note", "note", map[string]any{"most": KnowledgeNote}}
	ErrKnowledgeWho      = &Error{Invalid, "knowledge.who", "responsible", nil}
	ErrKnowledgeNotYours = &Error{Forbidden, "knowledge.not_yours", "", nil}
	ErrKnowledgeState    = &Error{Conflict, "knowledge.state", "", nil}
)

// Use has an office answer from an entry from now on.
func (k *Knowledge) Use(today Day) error {
	if k.State == KnowledgeCurrent {
		return ErrKnowledgeState
	}
	k.State = KnowledgeCurrent
	return k.Review(today)
}

// Review is the office's word that an entry is right today.
func (k *Knowledge) Review(today Day) error {
	if k.State != KnowledgeCurrent {
		return ErrKnowledgeState
	}
	k.ReviewedDay, k.Request = today, nil
	k.Plan()
	return nil
}

// Plan says until when an entry has to be reviewed again.
func (k *Knowledge) Plan() {
	if k.ReviewedDay != "" {
		k.ReviewDay = Today(k.ReviewedDay.Start().AddDate(0, k.Months, 0))
	}
}

// Retire has an entry offered no longer.
func (k *Knowledge) Retire() error {
	if k.State == KnowledgeRetired {
		return ErrKnowledgeState
	}
	k.State, k.Request = KnowledgeRetired, nil
	return nil
}

// Ask asks the office to review an entry.
func (k *Knowledge) Ask(r KnowledgeRequest) error {
	if k.State != KnowledgeCurrent {
		return ErrKnowledgeState
	}
	k.Request = &r
	return nil
}

// KnowledgeDoubt is why an entry has to be looked at before anybody answers from it.
type KnowledgeDoubt struct {
	Kind  KnowledgeDoubtKind
	Title string // of the policy, for the first two
	Day   Day    // since when, "" where it is not known
	Note  string // of who asked
}

// KnowledgeDoubtKind is what a doubt is about.
type KnowledgeDoubtKind string

// The doubts; with the first two nobody may answer.
const (
	DoubtLapsed    KnowledgeDoubtKind = "lapsed"    // a policy that it rests on no longer holds
	DoubtWithdrawn KnowledgeDoubtKind = "withdrawn" // a policy that it rests on is no longer public
	DoubtAsked     KnowledgeDoubtKind = "asked"     // the Centre asked for a review
	DoubtOverdue   KnowledgeDoubtKind = "overdue"   // its day of review has come
)

// Doubts lists what stands against a current entry on a day, the gravest first. What
// the office has said since a policy lapsed counts: then the entry stands.
func (k *Knowledge) Doubts(today Day) (list []KnowledgeDoubt) {
	if k.State != KnowledgeCurrent {
		return nil
	}
	for _, b := range k.Basis {
		day, known := b.Days.LapsedOn()
		switch {
		case !b.Public:
			list = append(list, KnowledgeDoubt{Kind: DoubtWithdrawn, Title: b.Title})
		case !known || day != "" && day <= today && day > k.ReviewedDay:
			list = append(list, KnowledgeDoubt{Kind: DoubtLapsed, Title: b.Title, Day: day})
		}
	}
	if r := k.Request; r != nil {
		list = append(list, KnowledgeDoubt{Kind: DoubtAsked, Day: Today(r.At), Note: r.Note})
	}
	if k.ReviewDay <= today {
		list = append(list, KnowledgeDoubt{Kind: DoubtOverdue, Day: k.ReviewDay})
	}
	return list
}

// IsUsable says whether somebody may answer from an entry on a day.
func (k *Knowledge) IsUsable(today Day) bool {
	for _, d := range k.Doubts(today) {
		if d.Kind == DoubtLapsed || d.Kind == DoubtWithdrawn {
			return false
		}
	}
	return k.State == KnowledgeCurrent
}

// GoodUntil is the last day on which an entry stands as far as is known now: the day
// before its review is due, or before a policy that it rests on lapses.
func (k *Knowledge) GoodUntil() Day {
	if k.ReviewDay == "" {
		return ""
	}
	until := k.ReviewDay.Add(-1)
	for _, b := range k.Basis {
		if day, _ := b.Days.LapsedOn(); day > k.ReviewedDay {
			until = min(until, day.Add(-1))
		}
	}
	return until
}

// Say is a doubt in a sentence.
func (d KnowledgeDoubt) Say() string {
	switch d.Kind {
	case DoubtLapsed:
		if d.Day == "" {
			return "所依据的《" + d.Title + "》已经失效"
		}
		return "所依据的《" + d.Title + "》" + d.Day.Chinese() + "起失效"
	case DoubtWithdrawn:
		return "所依据的《" + d.Title + "》已经不再公开"
	case DoubtAsked:
		return "受理中心" + d.Day.Chinese() + "请部门复核：" + d.Note
	}
	return d.Day.Chinese() + "就该复核了"
}
