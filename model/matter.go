package model

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// KindMatter is one thing the government is about (事项), which can be followed.
const KindMatter Kind = "matter"

// KindMatterLink is told of where something is linked to a matter: its followers, but for
// those who follow that something already.
const KindMatterLink Kind = "matter_link"

// MatterLinked is what followers of a matter are told of when something public joins it.
const MatterLinked PublicationAct = "linked"

// Matter is one thing the government is about, from asking people to the gazette: it
// joins what is public of it in one line of life.
type Matter struct {
	ID           string
	Version      int64
	DepartmentID string
	MatterFace
	Released   *MatterFace // what a second person let out of it, nil before that
	ReleasedAt time.Time
	ReleasedBy string
	Writers    []string // who wrote in it or linked to it since
	CreatedAt  time.Time
	UpdatedAt  time.Time
	UpdatedBy  string
	Links      []MatterLink
}

// MatterFace is what is told of a matter itself.
type MatterFace struct {
	Title    string   `json:"title"`
	Summary  string   `json:"summary"`
	TopicIDs []string `json:"topic_ids"`
}

// Bounds of what is told of a matter, in characters.
const (
	MatterTitle   = 100
	MatterSummary = 500
)

// Tidy takes off what is written around a face, and says what is wrong with it.
func (f *MatterFace) Tidy() error {
	f.Title, f.Summary = strings.TrimSpace(f.Title), strings.TrimSpace(f.Summary)
	if n := utf8.RuneCountInString(f.Title); n == 0 || n > MatterTitle {
		return ErrMatterTitle.With("", map[string]any{"most": MatterTitle})
	}
	if utf8.RuneCountInString(f.Summary) > MatterSummary {
		return ErrMatterSummary.With("", map[string]any{"most": MatterSummary})
	}
	return nil
}

func (f *MatterFace) equal(other *MatterFace) bool {
	return f.Title == other.Title && f.Summary == other.Summary && slices.Equal(f.TopicIDs, other.TopicIDs)
}

// Wrote notes that somebody wrote in the matter: they can't release it then.
func (m *Matter) Wrote(by string, now time.Time) {
	if by != "" && !slices.Contains(m.Writers, by) {
		m.Writers = append(m.Writers, by)
	}
	m.UpdatedBy, m.UpdatedAt = by, now
}

// Waits says whether something of it waits for a second person to let it out.
func (m *Matter) Waits() bool {
	return m.Released == nil || !m.equal(m.Released) ||
		slices.ContainsFunc(m.Links, func(l MatterLink) bool { return !l.IsInside() && l.ReleasedAt.IsZero() })
}

// Release lets out what was written and linked. It is ErrOwnWork for who wrote it, and
// ErrMatterNothingNew where nothing waits. joined are the links that are new.
func (m *Matter) Release(by string, now time.Time) (joined []*MatterLink, err error) {
	switch {
	case slices.Contains(m.Writers, by):
		return nil, ErrMatterOwnWork
	case !m.Waits():
		return nil, ErrMatterNothingNew
	}
	face := m.MatterFace
	m.Released, m.ReleasedAt, m.ReleasedBy, m.Writers = &face, now, by, nil
	m.UpdatedAt, m.UpdatedBy = now, by
	for n := range m.Links {
		if l := &m.Links[n]; !l.IsInside() && l.ReleasedAt.IsZero() {
			l.ReleasedAt = now
			joined = append(joined, l)
		}
	}
	return joined, nil
}

// MatterStep is where in the life of a matter something stands.
type MatterStep string

// The steps, in their order. A letter stands at none.
const (
	StepConsultation   MatterStep = "consultation"
	StepEvent          MatterStep = "event"
	StepAdoption       MatterStep = "adoption"
	StepMeeting        MatterStep = "meeting"
	StepPolicy         MatterStep = "policy"
	StepInterpretation MatterStep = "interpretation"
	StepGazette        MatterStep = "gazette"
	StepInside         MatterStep = "inside"
)

// MatterSteps lists the steps that everybody may see, in their order.
func MatterSteps() []MatterStep {
	return []MatterStep{StepConsultation, StepEvent, StepAdoption, StepMeeting, StepPolicy, StepInterpretation, StepGazette}
}

// Name is the step in Chinese.
func (s MatterStep) Name() string {
	return map[MatterStep]string{StepConsultation: "征求意见", StepEvent: "活动", StepAdoption: "采纳情况", StepMeeting: "会议审议", StepPolicy: "印发",
		StepInterpretation: "解读", StepGazette: "公报", StepInside: "来信"}[s]
}

// MatterKind is what can be linked to a matter. What is public of it, its title and its
// day are said in store/matter_subject.go.
type MatterKind struct {
	Kind   Kind
	Step   MatterStep
	Place  string // where its page is on the open web, "" for none
	Inside bool   // never public
}

// MatterKinds is the table of what can be linked to a matter. A noun that joins adds a
// line here and one in store/matter_subject.go.
func MatterKinds() []MatterKind {
	return []MatterKind{
		{Kind: KindConsultation, Step: StepConsultation, Place: "/consultations/"},
		{Kind: KindEvent, Step: StepEvent, Place: "/events/"},
		{Kind: KindMeeting, Step: StepMeeting, Place: "/meetings/"},
		{Kind: KindPolicy, Step: StepPolicy, Place: "/policies/"},
		{Kind: KindInterpretation, Step: StepInterpretation, Place: "/interpretations/"},
		{Kind: KindGazette, Step: StepGazette, Place: "/gazettes/"},
		{Kind: KindOwnLetter, Step: StepInside, Inside: true},
	}
}

// MatterKindOf is the line of a kind, false where nothing of the kind can be linked.
func MatterKindOf(kind Kind) (MatterKind, bool) {
	all := MatterKinds()
	n := slices.IndexFunc(all, func(k MatterKind) bool { return k.Kind == kind })
	if n < 0 {
		return MatterKind{}, false
	}
	return all[n], true
}

// MatterLink says that something belongs to a matter.
type MatterLink struct {
	ID         string
	MatterID   string
	Kind       Kind
	SubjectID  string
	ItemID     string // of a meeting, "" for all of it
	Step       MatterStep
	LinkedBy   string
	LinkedAt   time.Time
	ReleasedAt time.Time
	Subject    MatterSubject
}

// MatterSubject is what is linked, as it stands now.
type MatterSubject struct {
	Title        string // of the item, where one is linked
	Within       string // the title of the meeting, the number of the document, or where the event is held
	Day          Day
	Reported     Day // of a consultation: when it was told what became of opinions
	EventKind    EventKind
	Cancelled    bool // of an event
	Public       bool
	DepartmentID string // whose it is
}

// IsInside says whether it never goes public.
func (l *MatterLink) IsInside() bool {
	k, known := MatterKindOf(l.Kind)
	return !known || k.Inside
}

// IsShown says whether everybody may see it now.
func (l *MatterLink) IsShown() bool {
	return !l.IsInside() && !l.ReleasedAt.IsZero() && l.Subject.Public
}

// StepName is what the step is called in Chinese: an event by its own kind.
func (l *MatterLink) StepName() string {
	name := cmp.Or(l.Subject.EventKind.Name(), l.Step.Name())
	if l.Subject.Cancelled {
		name += "（已取消）"
	}
	return name
}

// Address is the page of what is linked on the open web.
func (l *MatterLink) Address() string {
	k, _ := MatterKindOf(l.Kind)
	address := k.Place + l.SubjectID
	if l.ItemID != "" {
		address += "#item-" + l.ItemID
	}
	return address
}

// Is says whether the link is one of a document, or of an item by itself.
func (l *MatterLink) Is(kind Kind, id string) bool {
	if kind == KindAgendaItem {
		return l.ItemID == id
	}
	return l.Kind == kind && l.SubjectID == id
}

// Life is what everybody may see of a matter now, by its days; what stands on one day in
// the order of the steps.
func (m *Matter) Life() []MatterLink {
	var life []MatterLink
	for _, l := range m.Links {
		if !l.IsShown() {
			continue
		}
		life = append(life, l)
		if l.Subject.Reported != "" {
			l.Step, l.Subject.Day = StepAdoption, l.Subject.Reported
			life = append(life, l)
		}
	}
	slices.SortStableFunc(life, CompareLinks)
	return life
}

// IsPublic says whether the matter has a page: it was let out, and something in it is public
// now.
func (m *Matter) IsPublic() bool { return m.Released != nil && len(m.Life()) > 0 }

// CompareLinks puts what has no day yet last.
func CompareLinks(a, b MatterLink) int {
	steps := append(MatterSteps(), StepInside)
	return cmp.Or(cmp.Compare(cmp.Or(a.Subject.Day, "9"), cmp.Or(b.Subject.Day, "9")),
		cmp.Compare(slices.Index(steps, a.Step), slices.Index(steps, b.Step)), cmp.Compare(a.ID, b.ID))
}

// Next is the step that usually comes after those that are reached, "" where none does,
// where what is announced has not happened yet, or where nothing of the kind can be linked.
// It is no promise. Events come and go beside the others: they neither are next nor count.
func (m *Matter) Next(today Day) MatterStep {
	last := -1
	for _, l := range m.Life() {
		if l.Step == StepEvent {
			continue
		}
		if l.Subject.Day > today {
			return ""
		}
		last = max(last, slices.Index(MatterSteps(), l.Step))
	}
	if last < 0 {
		return ""
	}
	for _, step := range MatterSteps()[last+1:] {
		if step != StepEvent && slices.ContainsFunc(MatterKinds(), func(k MatterKind) bool { return k.Step == step }) {
			return step
		}
	}
	return ""
}

// Errors of matters.
var (
	ErrMatterMissing     = &Error{NotFound, "matter.not_found", "", nil}
	ErrMatterTitle       = &Error{Invalid, "matter.title", "title", nil}
	ErrMatterSummary     = &Error{Invalid, "matter.summary", "summary", nil}
	ErrMatterOwnWork     = &Error{Forbidden, "matter.own_work", "", nil}
	ErrMatterNothingNew  = &Error{Conflict, "matter.nothing_new", "", nil}
	ErrMatterReleased    = &Error{Conflict, "matter.released", "", nil}
	ErrMatterLinkKind    = &Error{Invalid, "matter_link.kind", "kind", nil}
	ErrMatterLinkMissing = &Error{NotFound, "matter_link.not_found", "", nil}
	ErrMatterSubject     = &Error{NotFound, "matter_link.no_subject", "id", nil}
	ErrMatterLinkTwice   = &Error{Conflict, "matter_link.twice", "id", nil}
	ErrMatterItself      = &Error{Invalid, "matter.itself", "into", nil}
)
