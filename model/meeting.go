package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// MeetingColumn is where meetings of one sort stand (会议栏目): the numbered executive
// meetings of the government, and thematic ones.
type MeetingColumn struct {
	ID       string
	Version  int64
	Name     string
	Numbered bool // its meetings are counted: 第十八届第63次
	Position int
	Retired  bool // takes no new meetings; those that are there stay
}

// ExecutiveColumn is the column of the government's executive meetings (市政府常务会议).
const ExecutiveColumn = "executive"

// Meeting is a meeting of the government as everybody may read it (政府信息公开条例
// 第二十条; 重大行政决策程序暂行条例第三十二条).
type Meeting struct {
	ID          string
	Version     int64 // grows with every change that an answer about it shows
	Column      MeetingColumn
	Term        string // 第十八届, "" for none
	Number      int    // 第几次 of the term, 0 for none
	Title       string
	Day         Day
	Begins      string // hh:mm, "" where it is not known
	Place       string
	Chair       string       // who was in the chair, with the post
	Departments []Department // that attended
	Guests      string       // who sat in, in words
	Body        Body         // what is told of the whole meeting
	VideoURL    string
	SourceURL   string
	Items       []AgendaItem // those that are public
	Withheld    []string     // legal grounds of the items that are not
	Attachments []Attachment
	Pictures    []Attachment
	PublishedAt time.Time
	UpdatedAt   time.Time
}

// AgendaItem is one thing that a meeting deals with (议题), and what was decided.
type AgendaItem struct {
	ID          string // stays through all drafts and corrections
	MeetingID   string
	Position    int
	Title       string
	Reporters   []Department // that bring it before the meeting
	Decision    string       // 议定事项, "" until it is public
	Responsible []Department // that see to it
	Topics      []Topic
	Body        Body
	VideoURL    string
	Attachments []Attachment
	Pictures    []Attachment
}

// MeetingPhase is how far a meeting has come for who reads of it.
type MeetingPhase string

// The phases.
const (
	MeetingAnnounced MeetingPhase = "announced" // its agenda is known
	MeetingHeld      MeetingPhase = "held"      // and nothing is told yet of what was decided
	MeetingDecided   MeetingPhase = "decided"   // something is
)

// MeetingPhases lists them in the order of time.
func MeetingPhases() []MeetingPhase {
	return []MeetingPhase{MeetingAnnounced, MeetingHeld, MeetingDecided}
}

// Name is the phase in Chinese.
func (p MeetingPhase) Name() string {
	return map[MeetingPhase]string{MeetingAnnounced: "议程已公布", MeetingHeld: "已召开，待公开", MeetingDecided: "已公开议定事项"}[p]
}

// PhaseOn is how far the meeting has come on a day.
func (m *Meeting) PhaseOn(today Day) MeetingPhase {
	switch {
	case slices.ContainsFunc(m.Items, func(i AgendaItem) bool { return i.IsDecided() }):
		return MeetingDecided
	case m.Day > today:
		return MeetingAnnounced
	case len(m.Items) == 0 && len(m.Body) > 0:
		return MeetingDecided
	}
	return MeetingHeld
}

// Waits says whether it is still to be told what was decided on something.
func (m *Meeting) Waits() bool {
	return slices.ContainsFunc(m.Items, func(i AgendaItem) bool { return !i.IsDecided() })
}

// IsDecided says whether it is told what was decided.
func (i *AgendaItem) IsDecided() bool { return i.Decision != "" }

// Canonical is the meeting in the form that is hashed: each public item is a heading,
// what was decided, and its text. Of what is not public, only the grounds are in it.
func (m *Meeting) Canonical() []byte {
	body := lines(nil, "时间", m.Begins, "地点", m.Place, "主持人", m.Chair, "列席人员", m.Guests)
	body = append(body, canonicalBody(m.Body, m.Pictures)...)
	files := proofs(m.Attachments)
	for _, i := range m.Items {
		body = append(body, CanonicalBlock{Kind: BlockHeading, Level: 1, Text: i.Title})
		body = lines(body, "", i.Decision, "汇报单位", strings.Join(names(i.Reporters), "、"), "责任单位", strings.Join(names(i.Responsible), "、"),
			"视频", i.VideoURL)
		body = append(body, canonicalBody(i.Body, i.Pictures)...)
		files = append(files, proofs(i.Attachments)...)
	}
	for _, ground := range m.Withheld {
		body = lines(body, "依法不公开的议题", ground)
	}
	published := Day("")
	if !m.PublishedAt.IsZero() {
		published = Today(m.PublishedAt)
	}
	return CanonicalForm{
		Form: 1, Kind: KindMeeting, Title: m.Title, Departments: names(m.Departments), Theme: m.Column.Name, Category: m.Session(),
		Written: m.Day, Published: published, SourceURL: m.SourceURL, VideoURL: m.VideoURL, Body: body,
		Questions: []Question{}, Interprets: []string{}, Attachments: files,
	}.bytes()
}

// lines adds what is told under a name, a line each; what is empty is left out.
func lines(body []CanonicalBlock, pairs ...string) []CanonicalBlock {
	for n := 0; n < len(pairs); n += 2 {
		name, text := pairs[n], pairs[n+1]
		switch {
		case text == "":
			continue
		case name != "":
			text = name + "：" + text
		}
		body = append(body, CanonicalBlock{Kind: BlockParagraph, Text: text})
	}
	return body
}

// Session is the count of the meeting as it is said: 第十八届第63次, "" for none.
func (m *Meeting) Session() string {
	if m.Number == 0 {
		return m.Term
	}
	return m.Term + "第" + strconv.Itoa(m.Number) + "次"
}

// MeetingDraft is the working copy of a meeting, from the first word on its agenda to
// what was decided.
type MeetingDraft struct {
	ColumnID      string            `json:"column_id,omitempty" maxLength:"26" doc:"栏目"`
	Term          string            `json:"term,omitempty" maxLength:"20" doc:"第几届"`
	Number        int               `json:"number,omitempty" minimum:"0" maximum:"9999" doc:"第几次；0 为不计次"`
	Title         string            `json:"title" maxLength:"300" doc:"会议名称"`
	Day           Day               `json:"day,omitempty" doc:"哪天开会"`
	Begins        string            `json:"begins,omitempty" maxLength:"5" doc:"几点开始，HH:MM"`
	Place         string            `json:"place,omitempty" maxLength:"100" doc:"地点"`
	Chair         string            `json:"chair,omitempty" maxLength:"60" doc:"主持人，写职务和姓名"`
	DepartmentIDs []string          `json:"department_ids,omitempty" maxItems:"100" doc:"参会单位"`
	Guests        string            `json:"guests,omitempty" maxLength:"500" doc:"列席人员，用文字写"`
	Body          []Passage         `json:"body,omitempty" maxItems:"5000" doc:"会议情况"`
	Items         []AgendaItemDraft `json:"items,omitempty" maxItems:"60" doc:"议题"`
	VideoURL      string            `json:"video_url,omitempty" maxLength:"500" doc:"视频"`
	SourceURL     string            `json:"source_url,omitempty" maxLength:"500" doc:"原文链接"`
	Attachments   []DraftFile       `json:"attachments,omitempty" maxItems:"50" doc:"附件"`
}

// AgendaItemDraft is an item of a working copy.
type AgendaItemDraft struct {
	ID             string      `json:"id,omitempty" maxLength:"26" pattern:"^([0-9A-HJKMNP-TV-Z]{26})?$" doc:"议题的编号；新的空着"`
	Title          string      `json:"title" maxLength:"300" doc:"议题"`
	ReporterIDs    []string    `json:"reporter_ids,omitempty" maxItems:"10" doc:"汇报单位"`
	Decision       string      `json:"decision,omitempty" maxLength:"5000" doc:"议定事项"`
	ResponsibleIDs []string    `json:"responsible_ids,omitempty" maxItems:"30" doc:"责任单位"`
	TopicIDs       []string    `json:"topic_ids,omitempty" maxItems:"18" doc:"专题"`
	Body           []Passage   `json:"body,omitempty" maxItems:"5000" doc:"内容"`
	VideoURL       string      `json:"video_url,omitempty" maxLength:"500" doc:"视频"`
	Attachments    []DraftFile `json:"attachments,omitempty" maxItems:"50" doc:"附件"`
	Withheld       bool        `json:"withheld,omitempty" doc:"依法不公开；标题和内容都不公开，只公开理由"`
	Ground         string      `json:"ground,omitempty" maxLength:"200" doc:"不公开的法律依据"`
}

// Days are the days of the working copy.
func (d *MeetingDraft) Days() []DayField { return []DayField{{"day", &d.Day}} }

// Files are the files that the working copy refers to.
func (d *MeetingDraft) Files() []string {
	ids := append(FilesOf(d.Body), FileIDs(d.Attachments)...)
	for _, i := range d.Items {
		ids = append(append(ids, FilesOf(i.Body)...), FileIDs(i.Attachments)...)
	}
	return ids
}

// Open says whether an item of a working copy waits to be disclosed: nothing is said
// yet of what was decided, and nobody said that it is not public.
func (i *AgendaItemDraft) Open() bool { return !i.Withheld && strings.TrimSpace(i.Decision) == "" }

// DisclosureTerm is within how long what a meeting decided is made public, from the day
// of the meeting (政府信息公开条例第二十六条).
var DisclosureTerm = Term{Workdays: 20, Law: "政府信息公开条例", Article: "第二十六条"}

// Disclosure is a meeting that was held and of which something is not yet public.
type Disclosure struct {
	MeetingID string
	Title     string
	Column    MeetingColumn
	Day       Day
	Due       Deadline
	Left      int // working days until it is due, 0 today, below for overdue
	Waiting   int // items that wait
	Items     int
	Stage     Stage
	Public    bool
	At        Department // whose it is
}

// ColourOf is how urgent it is: red when it is late, yellow in the last days.
func (d *Disclosure) ColourOf(yellow int) string {
	switch {
	case d.Left < 0:
		return "red"
	case d.Left <= yellow:
		return "yellow"
	}
	return "none"
}

// SortDisclosures puts those that are due first at first.
func SortDisclosures(list []Disclosure) {
	slices.SortFunc(list, func(a, b Disclosure) int {
		return cmp.Or(cmp.Compare(a.Due.Day, b.Due.Day), cmp.Compare(a.MeetingID, b.MeetingID))
	})
}

// Errors of meetings.
var (
	ErrMeetingMissing       = &Error{NotFound, "meeting.not_found", "", nil}
	ErrAgendaItemMissing    = &Error{NotFound, "agenda_item.not_found", "", nil}
	ErrAgendaItemWithheld   = &Error{NotFound, "agenda_item.withheld", "", nil}
	ErrAgendaItemTwice      = &Error{Invalid, "agenda_item.twice", "items", nil}
	ErrMeetingTime          = &Error{Invalid, "meeting.begins", "begins", nil}
	ErrMeetingColumnNone    = &Error{Invalid, "meeting_column.none", "column_id", nil}
	ErrMeetingColumnMissing = &Error{NotFound, "meeting_column.not_found", "", nil}
	ErrMeetingColumnName    = &Error{Invalid, "meeting_column.name", "name", nil}
	ErrMeetingColumnTaken   = &Error{Conflict, "meeting_column.taken", "name", nil}
)
