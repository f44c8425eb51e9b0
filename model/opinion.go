package model

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Opinion is what somebody says to a draft, or to one clause of it (意见). Whoever says
// it can change it until the consultation ends.
type Opinion struct {
	ID             string
	Version        int64
	ConsultationID string
	ResidentID     string // "" where the account was erased
	ClauseID       string // "" for the whole draft
	ClauseLabel    string // as it was called when it was written
	Source         OpinionSource
	Edition        int // the text that it speaks to
	Stance         Stance
	Text           string
	Wording        string // how the author would put it
	Signature      string // what stands below it in public, "" for nothing
	State          OpinionState
	Why            string // why it is not shown
	Shown          string // what everybody may read: the text, without what is private
	ShownWording   string
	Supports       int
	GroupID        string
	Verdict        Verdict // "" until it is answered
	Reason         string
	Place          string // the article of the adopted text that came of it, "" for that of its clause
	GivenAt        time.Time
	UpdatedAt      time.Time
	AnsweredAt     time.Time // zero until it is answered
}

// KindOwnOpinion is the kind of a consultation to those who said something to it.
const KindOwnOpinion Kind = "own_opinion"

// OpinionSource is how an opinion came in.
type OpinionSource string

// The sources: by the resident's own hand, or written down by an office.
const (
	OpinionByMini  OpinionSource = "mini"
	OpinionByPhone OpinionSource = "phone"
	OpinionOnPaper OpinionSource = "paper"
	OpinionInHall  OpinionSource = "hall" // said at a hearing or a session
)

// Name is the source in Chinese.
func (s OpinionSource) Name() string {
	return map[OpinionSource]string{OpinionByMini: "小程序", OpinionByPhone: "电话", OpinionOnPaper: "信函", OpinionInHall: "会上"}[s]
}

// Stance is whether somebody is for a draft.
type Stance string

// The stances.
const (
	StanceSupport Stance = "support"
	StanceChange  Stance = "change"
	StanceAgainst Stance = "against"
)

// Stances lists them.
func Stances() []Stance { return []Stance{StanceSupport, StanceChange, StanceAgainst} }

// Name is the stance in Chinese.
func (s Stance) Name() string {
	return map[Stance]string{StanceSupport: "赞成", StanceChange: "建议修改", StanceAgainst: "不赞成"}[s]
}

// OpinionState is whether everybody may read an opinion.
type OpinionState string

// The states.
const (
	OpinionWaiting OpinionState = "waiting" // nobody has looked at it
	OpinionShown   OpinionState = "shown"
	OpinionHidden  OpinionState = "hidden" // for a reason; it is answered all the same
)

// Verdict is what became of an opinion (采纳情况).
type Verdict string

// The verdicts.
const (
	VerdictAdopted Verdict = "adopted"
	VerdictPartly  Verdict = "partly"
	VerdictNot     Verdict = "not_adopted"
	VerdictNoted   Verdict = "noted"
	VerdictOutside Verdict = "outside"
)

// Changes says whether the text was changed because of what was said.
func (v Verdict) Changes() bool { return v == VerdictAdopted || v == VerdictPartly }

// Verdicts lists them in the order in which a report shows them.
func Verdicts() []Verdict {
	return []Verdict{VerdictAdopted, VerdictPartly, VerdictNot, VerdictNoted, VerdictOutside}
}

// Name is the verdict in Chinese.
func (v Verdict) Name() string {
	return map[Verdict]string{VerdictAdopted: "采纳", VerdictPartly: "部分采纳", VerdictNot: "未采纳", VerdictNoted: "供参考",
		VerdictOutside: "不属本次范围"}[v]
}

// TellVerdicts says how many opinions became what, part by part, in the order of Verdicts.
func TellVerdicts(counts map[Verdict]int) (parts []string) {
	for _, v := range Verdicts() {
		if n := counts[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 条", v.Name(), n))
		}
	}
	return parts
}

// OpinionGroup are opinions that say the same, answered as one.
type OpinionGroup struct {
	ID             string
	Version        int64
	ConsultationID string
	ClauseID       string
	Gist           string // what they say, in the words of who put them together
	Verdict        Verdict
	Reason         string
	Place          string
	Count          int
	AnsweredAt     time.Time
}

// How long the parts of an opinion may be, in characters.
const (
	OpinionText      = 5000
	OpinionWording   = 5000
	OpinionSignature = 20
	OpinionReason    = 1000
	OpinionGist      = 200
	OpinionPlace     = 40
)

// Read puts what somebody wrote in order, and is a *Error where it does not do.
func (o *Opinion) Read() (err error) {
	if o.Stance.Name() == "" {
		return ErrOpinionStance
	}
	if o.Text, err = written(o.Text, OpinionText, ErrOpinionLong, "text"); err != nil {
		return err
	}
	if o.Wording, err = written(o.Wording, OpinionWording, ErrOpinionLong, "wording"); err != nil {
		return err
	}
	if o.Signature, err = written(strings.ReplaceAll(o.Signature, "\n", " "), OpinionSignature, ErrOpinionLong, "signature"); err != nil {
		return err
	}
	if o.Text == "" && o.Wording == "" && o.Stance != StanceSupport {
		return ErrOpinionEmpty
	}
	return nil
}

// written is a text without what nobody sees; it may be empty.
func written(text string, most int, long *Error, field string) (string, error) {
	text = strings.TrimSpace(strings.Map(visible, strings.ReplaceAll(text, "\r\n", "\n")))
	if n := utf8.RuneCountInString(text); n > most || !utf8.ValidString(text) {
		return "", long.With(field, map[string]any{"most": most, "count": n})
	}
	return text, nil
}

// Answer says what became of it.
func (o *Opinion) Answer(a Answer, at time.Time) {
	o.Verdict, o.Reason, o.Place, o.AnsweredAt = a.Verdict, a.Reason, a.Place, at
}

// IsAnswered says whether it is said what became of it.
func (o *Opinion) IsAnswered() bool { return o.Verdict != "" }

// SaysSomething says whether there are words to be answered.
func (o *Opinion) SaysSomething() bool { return o.Text != "" || o.Wording != "" }

// Answer is what an office says became of an opinion.
type Answer struct {
	Verdict Verdict
	Reason  string
	Place   string // the article of the adopted text that came of it: 第十五条
}

// Read puts an answer in order: each has its reason.
func (a *Answer) Read() (err error) {
	if a.Verdict.Name() == "" {
		return ErrOpinionVerdict
	}
	if a.Reason, err = written(a.Reason, OpinionReason, ErrOpinionLong, "reason"); err != nil {
		return err
	}
	if a.Reason == "" {
		return ErrOpinionReason.With("reason", nil)
	}
	a.Place, err = written(a.Place, OpinionPlace, ErrOpinionLong, "place")
	return err
}

// Errors of opinions.
var (
	ErrOpinionMissing    = &Error{NotFound, "opinion.not_found", "", nil}
	ErrOpinionSource     = &Error{Invalid, "opinion.source", "source", nil}
	ErrOpinionStance     = &Error{Invalid, "opinion.stance", "stance", nil}
	ErrOpinionLong       = &Error{Invalid, "opinion.long", "", nil}
	ErrOpinionEmpty      = &Error{Invalid, "opinion.empty", "text", nil}
	ErrOpinionVerdict    = &Error{Invalid, "opinion.verdict", "verdict", nil}
	ErrOpinionReason     = &Error{Invalid, "opinion.reason", "", nil}
	ErrOpinionPrivate    = &Error{Conflict, "opinion.private", "shown", nil}
	ErrOpinionSignature  = &Error{Invalid, "opinion.signature", "signature", nil}
	ErrOpinionWord       = &Error{Conflict, "opinion.word", "shown", nil}
	ErrOpinionOwn        = &Error{Conflict, "opinion.own", "", nil}
	ErrClauseGone        = &Error{Conflict, "opinion.clause_gone", "clause", nil}
	ErrOpinionGroupGone  = &Error{NotFound, "opinion_group.not_found", "", nil}
	ErrOpinionGroupGist  = &Error{Invalid, "opinion_group.gist", "gist", nil}
	ErrOpinionGroupEmpty = &Error{Invalid, "opinion_group.empty", "opinions", nil}
	ErrOpinionGroupMixed = &Error{Conflict, "opinion_group.mixed", "opinions", nil}
)
