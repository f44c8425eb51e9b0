package model

import (
	"slices"
	"strings"
	"time"
)

// EventKind is of what sort an event is.
type EventKind string

// The kinds.
const (
	EventOpenDay      EventKind = "open_day"      // an office shows itself
	EventAttendance   EventKind = "attendance"    // residents sit in on a meeting
	EventPublicAgenda EventKind = "public_agenda" // residents bring the topics that are then decided on
	EventHearing      EventKind = "hearing"       // 重大行政决策程序暂行条例第十六条
	EventSession      EventKind = "session"
)

// EventKinds lists them in the order in which people are shown them.
func EventKinds() []EventKind {
	return []EventKind{EventOpenDay, EventAttendance, EventPublicAgenda, EventHearing, EventSession}
}

// Name is the kind in Chinese, "" for one that is none.
func (k EventKind) Name() string {
	return map[EventKind]string{EventOpenDay: "政府开放日", EventAttendance: "列席会议", EventPublicAgenda: "公开议事日",
		EventHearing: "听证会", EventSession: "座谈会"}[k]
}

// Event is something that residents may come to, as everybody may read it.
type Event struct {
	ID             string
	Version        int64 // grows with every change that an answer about it shows
	Kind           EventKind
	Title          string
	Departments    []Department // who holds it, the first one before all
	Place          string       // the name of the place
	Address        string       // how to get there
	BeginsAt       time.Time
	EndsAt         time.Time
	Audience       string // who may come
	Contacts       string
	Body           Body
	Topics         []Topic
	MeetingID      string // of the meeting that is sat in on, "" for none
	ConsultationID string // of the consultation that it belongs to, "" for none
	Terms          SignUpTerms
	Cancelled      string // why it does not take place, "" where it does
	Report         Body   // how it was
	Decision       string // what was decided on the topics
	Result         string // 后来怎样
	Review         string // what those who were there said of it
	Attachments    []Attachment
	Pictures       []Attachment
	PublishedAt    time.Time
	UpdatedAt      time.Time
}

// EventPhase is how far an event has come for who reads of it.
type EventPhase string

// The phases.
const (
	EventAnnounced EventPhase = "announced"
	EventRunning   EventPhase = "running"
	EventOver      EventPhase = "over"
	EventReported  EventPhase = "reported"
	EventCancelled EventPhase = "cancelled"
)

// Name is the phase in Chinese.
func (p EventPhase) Name() string {
	return map[EventPhase]string{EventAnnounced: "即将举行", EventRunning: "正在举行", EventOver: "已结束", EventReported: "已公布情况",
		EventCancelled: "已取消"}[p]
}

// PhaseAt is how far the event has come at a moment.
func (e *Event) PhaseAt(now time.Time) EventPhase {
	switch {
	case e.Cancelled != "":
		return EventCancelled
	case now.Before(e.BeginsAt):
		return EventAnnounced
	case now.Before(e.EndsAt):
		return EventRunning
	case e.IsReported():
		return EventReported
	}
	return EventOver
}

// IsReported says whether it is told how it was, or what came of it.
func (e *Event) IsReported() bool {
	return len(e.Report) > 0 || e.Decision != "" || e.Result != "" || e.Review != ""
}

// EventStep is one step on the way of an event from its announcement to what came of it.
type EventStep struct {
	Name string
	At   time.Time // zero where only the order is known
	Done bool
}

// StepsAt is the way of a public agenda (议题征集 → 议事 → 议定 → 办理结果 → 评价), nil
// for events of other kinds.
func (e *Event) StepsAt(now time.Time) []EventStep {
	if e.Kind != EventPublicAgenda {
		return nil
	}
	collected := e.Terms.ClosesAt
	if collected.IsZero() {
		collected = e.BeginsAt
	}
	return []EventStep{
		{"征集议题", collected, !now.Before(collected)},
		{"公开议事", e.BeginsAt, !now.Before(e.EndsAt) && e.Cancelled == ""},
		{"议定事项", time.Time{}, e.Decision != ""},
		{"办理结果", time.Time{}, e.Result != ""},
		{"评价", time.Time{}, e.Review != ""},
	}
}

// Canonical is the event in the form that is hashed.
func (e *Event) Canonical() []byte {
	body := lines(nil, "形式", e.Kind.Name(), "时间", e.When(), "地点", e.Place, "地址", e.Address, "参加对象", e.Audience, "联系方式", e.Contacts,
		"报名", e.Terms.Words(), "取消原因", e.Cancelled)
	body = append(body, canonicalBody(e.Body, e.Pictures)...)
	if len(e.Report) > 0 {
		body = append(body, CanonicalBlock{Kind: BlockHeading, Level: 1, Text: "活动情况"})
		body = append(body, canonicalBody(e.Report, e.Pictures)...)
	}
	body = lines(body, "议定事项", e.Decision, "后来怎样", e.Result, "评价", e.Review)
	published := Day("")
	if !e.PublishedAt.IsZero() {
		published = Today(e.PublishedAt)
	}
	return CanonicalForm{
		Form: 1, Kind: KindEvent, Title: e.Title, Departments: names(e.Departments), Category: e.Kind.Name(), Written: e.Day(), Published: published,
		Body: body, Questions: []Question{}, Interprets: []string{}, Attachments: proofs(e.Attachments),
	}.bytes()
}

// Day is the day on which the event begins, "" where that is not known.
func (e *Event) Day() Day {
	if e.BeginsAt.IsZero() {
		return ""
	}
	return Today(e.BeginsAt)
}

// When is when the event is, as it is said.
func (e *Event) When() string { return TimeSpan(e.BeginsAt, e.EndsAt) }

// TimeSpan is a time from one moment to another, as it is said: the day is said once.
func TimeSpan(from, to time.Time) string {
	if from.IsZero() {
		return ""
	}
	text := Today(from).Chinese() + from.In(Shanghai).Format(" 15:04")
	switch {
	case to.IsZero():
		return text
	case Today(from) == Today(to):
		return text + to.In(Shanghai).Format("—15:04")
	}
	return text + "—" + Today(to).Chinese() + to.In(Shanghai).Format(" 15:04")
}

// EventDraft is the working copy of an event, from its announcement to what came of it.
type EventDraft struct {
	Kind           EventKind    `json:"kind,omitempty" enum:"open_day,attendance,public_agenda,hearing,session" doc:"形式"`
	Title          string       `json:"title" maxLength:"300" doc:"名称"`
	DepartmentIDs  []string     `json:"department_ids,omitempty" maxItems:"20" doc:"主办单位，第一个为主"`
	Place          string       `json:"place,omitempty" maxLength:"100" doc:"地点"`
	Address        string       `json:"address,omitempty" maxLength:"200" doc:"地址和怎么去"`
	Begins         string       `json:"begins,omitempty" maxLength:"16" doc:"何时开始，YYYY-MM-DDTHH:MM，北京时间"`
	Ends           string       `json:"ends,omitempty" maxLength:"16" doc:"何时结束，YYYY-MM-DDTHH:MM，北京时间"`
	Audience       string       `json:"audience,omitempty" maxLength:"300" doc:"谁可以参加"`
	Contacts       string       `json:"contacts,omitempty" maxLength:"300" doc:"联系方式"`
	Body           []Passage    `json:"body,omitempty" maxItems:"5000" doc:"活动介绍"`
	TopicIDs       []string     `json:"topic_ids,omitempty" maxItems:"18" doc:"专题"`
	MeetingID      string       `json:"meeting_id,omitempty" maxLength:"26" doc:"列席的会议"`
	ConsultationID string       `json:"consultation_id,omitempty" maxLength:"26" doc:"所属的意见征集"`
	SignUp         *SignUpDraft `json:"sign_up,omitempty" doc:"报名；不需要报名时没有"`
	Cancelled      string       `json:"cancelled,omitempty" maxLength:"300" doc:"取消的原因；照常举行时为空"`
	Report         []Passage    `json:"report,omitempty" maxItems:"5000" doc:"活动情况"`
	Decision       string       `json:"decision,omitempty" maxLength:"5000" doc:"议定事项"`
	Result         string       `json:"result,omitempty" maxLength:"5000" doc:"后来怎样"`
	Review         string       `json:"review,omitempty" maxLength:"5000" doc:"参加者的评价"`
	Attachments    []DraftFile  `json:"attachments,omitempty" maxItems:"50" doc:"附件"`
}

// SignUpDraft is how one signs up, in a working copy.
type SignUpDraft struct {
	Opens       string    `json:"opens,omitempty" maxLength:"16" doc:"何时开始报名，YYYY-MM-DDTHH:MM"`
	Closes      string    `json:"closes,omitempty" maxLength:"16" doc:"何时截止报名"`
	Draws       string    `json:"draws,omitempty" maxLength:"16" doc:"抽签：何时抽签"`
	Places      int       `json:"places" minimum:"0" maximum:"100000" doc:"多少名额"`
	How         SignUpHow `json:"how,omitempty" enum:"first_come,lottery" doc:"first_come 先到先得，lottery 抽签"`
	MostPersons int       `json:"most_persons,omitempty" minimum:"0" maximum:"10" doc:"一次最多几个人；抽签只能一个人"`
	AsksPhone   bool      `json:"asks_phone,omitempty" doc:"报名时要留联系电话"`
	Asks        string    `json:"asks,omitempty" maxLength:"100" doc:"报名时请居民写的话，例如想提的议题；空着不问"`
}

// Files are the files that the working copy refers to.
func (d *EventDraft) Files() []string {
	return slices.Concat(FilesOf(d.Body), FilesOf(d.Report), FileIDs(d.Attachments))
}

const momentForm = "2006-01-02T15:04"

// ParseMoment reads a moment as it is written in working copies; an empty text is none.
func ParseMoment(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.ParseInLocation(momentForm, text, Shanghai)
}

// WriteMoment writes a moment as it stands in working copies.
func WriteMoment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(Shanghai).Format(momentForm)
}

// Moments are the moments of the working copy by their fields.
func (d *EventDraft) Moments() map[string]string {
	m := map[string]string{"begins": d.Begins, "ends": d.Ends}
	if d.SignUp != nil {
		m["opens"], m["closes"], m["draws"] = d.SignUp.Opens, d.SignUp.Closes, d.SignUp.Draws
	}
	return m
}

// SignUpHow is who gets a place where more want to come than there are places.
type SignUpHow string

// The ways.
const (
	FirstCome SignUpHow = "first_come"
	Lottery   SignUpHow = "lottery"
)

// SignUpTerms are how one signs up for an event. Without places one just comes.
type SignUpTerms struct {
	OpensAt, ClosesAt time.Time
	DrawsAt           time.Time // of a lottery
	Places            int       // 0 where nobody signs up
	How               SignUpHow
	MostPersons       int // that one may bring along, oneself included
	AsksPhone         bool
	Asks              string // what people are asked to write, "" for nothing
}

// Words are the terms as they are told.
func (t *SignUpTerms) Words() string {
	if t.Places == 0 {
		return ""
	}
	text := []string{TimeSpan(t.OpensAt, t.ClosesAt), counted(t.Places) + "个名额", map[SignUpHow]string{FirstCome: "先到先得", Lottery: "抽签"}[t.How]}
	if t.How == Lottery {
		text = append(text, TimeSpan(t.DrawsAt, time.Time{})+"抽签")
	}
	return strings.Join(text, "，")
}

// TermsOf are the terms that a working copy names, no terms for nil. Moments that can't
// be read stay empty: Read has refused them before.
func TermsOf(d *SignUpDraft) (t SignUpTerms) {
	if d == nil {
		return t
	}
	t = SignUpTerms{Places: d.Places, How: d.How, MostPersons: max(1, d.MostPersons), AsksPhone: d.AsksPhone, Asks: strings.TrimSpace(d.Asks)}
	if t.How != Lottery {
		t.How = FirstCome
	} else {
		t.MostPersons = 1
	}
	t.OpensAt, _ = ParseMoment(d.Opens)
	t.ClosesAt, _ = ParseMoment(d.Closes)
	if t.How == Lottery {
		t.DrawsAt, _ = ParseMoment(d.Draws)
	}
	return t
}

// Draft is the terms as they stand in a working copy, nil where nobody signs up.
func (t *SignUpTerms) Draft() *SignUpDraft {
	if t.Places == 0 {
		return nil
	}
	return &SignUpDraft{Opens: WriteMoment(t.OpensAt), Closes: WriteMoment(t.ClosesAt), Draws: WriteMoment(t.DrawsAt), Places: t.Places, How: t.How,
		MostPersons: t.MostPersons, AsksPhone: t.AsksPhone, Asks: t.Asks}
}

// Errors of events.
var (
	ErrEventMissing = &Error{NotFound, "event.not_found", "", nil}
	ErrEventMoment  = &Error{Invalid, "event.moment", "", nil}
	ErrEventKind    = &Error{Invalid, "event.kind", "kind", nil}
)
