package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Consultation is a draft that everybody may speak to before it is decided (意见征集),
// and later what became of what was said (重大行政决策程序暂行条例第十五条、第三十二条).
type Consultation struct {
	ID          string
	Version     int64
	Title       string
	Sort        string // 规章草案, 规范性文件 …
	Departments []Department
	Topics      []Topic
	Opens       Day
	Closes      Day    // the last day on which something can be said
	ShortReason string // why it is shorter than ShortestPeriod
	Note        Body   // 起草说明
	Body        Body   // the draft
	Clauses     []Clause
	Edition     int // counts the texts of the draft
	Editions    []Edition
	Contact     Contact
	Usage       string // what becomes of what is said
	Open        bool   // what is said is shown to everybody, once somebody has looked at it
	Questions   []SurveyQuestion
	Report      *AdoptionReport // nil until what became of it is public
	Attachments []Attachment
	Pictures    []Attachment
	SourceURL   string
	PublishedAt time.Time
	UpdatedAt   time.Time
}

// Edition is a text of the draft, and what was changed with it.
type Edition struct {
	Number  int    `json:"number"`
	Version int64  `json:"version"` // the revision that began with it
	Day     Day    `json:"day"`
	Note    string `json:"note,omitempty"`
}

// Contact is how an office is reached about a consultation.
type Contact struct {
	Phone   string `json:"phone,omitempty" maxLength:"60" doc:"电话"`
	Email   string `json:"email,omitempty" maxLength:"100" doc:"电子邮箱"`
	Address string `json:"address,omitempty" maxLength:"200" doc:"来信地址"`
}

// AdoptionReport is what became of what was said (采纳情况): in words that a person
// answers for, and for every opinion a verdict.
type AdoptionReport struct {
	Day     Day
	Body    Body
	Adopted Body // the text that was adopted, empty where it is not told here
	Counts  Counts
}

// Counts is how much was said, and what became of it.
type Counts struct {
	People   int             `json:"people"`
	Opinions int             `json:"opinions"`
	Verdicts map[Verdict]int `json:"verdicts,omitempty"`
}

// ShortestPeriod is how many days a draft is generally put out for
// (重大行政决策程序暂行条例第十五条; 规章制定程序条例第十五条).
const ShortestPeriod = 30

// Grace is how long after the end somebody may still send who opened the form before it.
const Grace = 30 * time.Minute

// Nags are how many days after the end it is asked anew what became of what was said.
func Nags() []int { return []int{3, 7, 15} }

// NagOf is which of Nags has passed so many days after the end, 0 for none.
func NagOf(days int) (nag int) {
	for _, n := range Nags() {
		if days >= n {
			nag = n
		}
	}
	return nag
}

// Nagging is how many times it was asked so many days after the end: at each of Nags, and
// at each further time as long as the last of them.
func Nagging(days int) (times int) {
	nags := Nags()
	for _, n := range nags {
		if days >= n {
			times++
		}
	}
	last := nags[len(nags)-1]
	return times + max(0, days-last)/last
}

// ConsultationPhase is how far a consultation has come.
type ConsultationPhase string

// The phases.
const (
	ConsultationComing  ConsultationPhase = "coming"
	ConsultationOpen    ConsultationPhase = "open"
	ConsultationClosed  ConsultationPhase = "closed" // and nothing is told yet of what became of it
	ConsultationAdopted ConsultationPhase = "adopted"
)

// ConsultationPhases lists them in the order of time.
func ConsultationPhases() []ConsultationPhase {
	return []ConsultationPhase{ConsultationComing, ConsultationOpen, ConsultationClosed, ConsultationAdopted}
}

// Name is the phase in Chinese.
func (p ConsultationPhase) Name() string {
	return map[ConsultationPhase]string{ConsultationComing: "即将开始", ConsultationOpen: "正在征集", ConsultationClosed: "已结束，待公布采纳情况",
		ConsultationAdopted: "已公布采纳情况"}[p]
}

// PhaseOn is how far the consultation has come on a day.
func (c *Consultation) PhaseOn(today Day) ConsultationPhase {
	switch {
	case c.Report != nil:
		return ConsultationAdopted
	case today < c.Opens:
		return ConsultationComing
	case today <= c.Closes:
		return ConsultationOpen
	}
	return ConsultationClosed
}

// DaysSince counts the days from one to another, 0 where it is not after.
func DaysSince(from, to Day) int {
	a, fine := from.serial()
	b, good := to.serial()
	if !fine || !good {
		return 0
	}
	return max(0, b-a)
}

// Period is for how many days something can be said, both ends counted.
func Period(opens, closes Day) int {
	if opens == "" || closes < opens {
		return 0
	}
	return DaysSince(opens, closes) + 1
}

// Ends is the moment after which nobody may begin to say something.
func (c *Consultation) Ends() time.Time { return c.Closes.Add(1).Start() }

// Takes says whether something can be sent: within the period, or within Grace after it
// by who opened the form before its end. The error says what is the matter.
func (c *Consultation) Takes(now, formOpened time.Time) error {
	switch {
	case now.Before(c.Opens.Start()):
		return ErrConsultationComing.With("", map[string]any{"day": c.Opens.Chinese()})
	case c.Report != nil:
		return ErrConsultationOver.With("", map[string]any{"day": c.Closes.Chinese()})
	case now.Before(c.Ends()), !formOpened.IsZero() && formOpened.Before(c.Ends()) && now.Before(c.Ends().Add(Grace)):
		return nil
	}
	return ErrConsultationOver.With("", map[string]any{"day": c.Closes.Chinese()})
}

// SurveyKind is how a question is answered.
type SurveyKind string

// The kinds of questions.
const (
	SurveyOne   SurveyKind = "one"
	SurveySome  SurveyKind = "some"
	SurveyScale SurveyKind = "scale" // 1 to ScaleMost
	SurveyText  SurveyKind = "text"
)

// ScaleMost is the end of a scale.
const ScaleMost = 5

// SurveyQuestion is a question beside a draft.
type SurveyQuestion struct {
	ID       string     `json:"id,omitempty" maxLength:"26" pattern:"^([0-9A-HJKMNP-TV-Z]{26})?$" doc:"问题的编号；新的空着"`
	Kind     SurveyKind `json:"kind" enum:"one,some,scale,text" doc:"one 单选，some 多选，scale 1 到 5 分，text 文字"`
	Text     string     `json:"text" maxLength:"200" doc:"问题"`
	Options  []string   `json:"options,omitempty" maxItems:"20" doc:"选项，单选和多选时填"`
	Required bool       `json:"required,omitempty" doc:"必须回答"`
}

// SurveyAnswer is what somebody answered.
type SurveyAnswer struct {
	QuestionID string `json:"question_id" maxLength:"26" doc:"问题的编号"`
	Options    []int  `json:"options,omitempty" maxItems:"20" doc:"选了第几项，从 0 数"`
	Scale      int    `json:"scale,omitempty" minimum:"0" maximum:"5" doc:"打了几分"`
	Text       string `json:"text,omitempty" doc:"文字，最多 1000 字"`
}

// SurveyTextMost is how long a written answer may be, in characters.
const SurveyTextMost = 1000

// Empty says whether nothing was answered.
func (a *SurveyAnswer) Empty() bool {
	return len(a.Options) == 0 && a.Scale == 0 && strings.TrimSpace(a.Text) == ""
}

// CheckSurvey looks whether answers fit the questions, the field is survey:n.
func CheckSurvey(questions []SurveyQuestion, answers []SurveyAnswer) error {
	by := map[string]*SurveyAnswer{}
	for n := range answers {
		by[answers[n].QuestionID] = &answers[n]
	}
	fits := 0
	for n, q := range questions {
		field, a := fmt.Sprintf("survey:%d", n), by[q.ID]
		if a == nil || a.Empty() {
			if q.Required {
				return ErrSurveyRequired.With(field, map[string]any{"question": q.Text})
			}
		} else if !q.takes(a) {
			return ErrSurveyAnswer.With(field, map[string]any{"question": q.Text})
		}
		if a != nil {
			fits++
		}
	}
	if fits < len(by) {
		return ErrSurveyQuestionGone
	}
	return nil
}

func (q *SurveyQuestion) takes(a *SurveyAnswer) bool {
	for n, o := range a.Options {
		if o < 0 || o >= len(q.Options) || n > 0 && o <= a.Options[n-1] {
			return false
		}
	}
	switch q.Kind {
	case SurveyOne:
		return len(a.Options) == 1 && a.Scale == 0 && a.Text == ""
	case SurveySome:
		return len(a.Options) > 0 && a.Scale == 0 && a.Text == ""
	case SurveyScale:
		return len(a.Options) == 0 && a.Scale >= 1 && a.Scale <= ScaleMost && a.Text == ""
	}
	return len(a.Options) == 0 && a.Scale == 0 && utf8.RuneCountInString(a.Text) <= SurveyTextMost
}

// ConsultationDraft is the working copy of a consultation, from the first word to what
// became of what was said.
type ConsultationDraft struct {
	Title         string           `json:"title" maxLength:"300" doc:"标题"`
	Sort          string           `json:"sort,omitempty" maxLength:"30" doc:"征集什么：规章草案、规范性文件、重大行政决策、规划"`
	DepartmentIDs []string         `json:"department_ids,omitempty" maxItems:"30" doc:"征集的部门"`
	TopicIDs      []string         `json:"topic_ids,omitempty" maxItems:"18" doc:"专题"`
	Opens         Day              `json:"opens,omitempty" doc:"从哪天起"`
	Closes        Day              `json:"closes,omitempty" doc:"到哪天止，当天也算"`
	ShortReason   string           `json:"short_reason,omitempty" maxLength:"300" doc:"少于 30 天的理由"`
	Note          []Passage        `json:"note,omitempty" maxItems:"5000" doc:"起草说明"`
	Body          []Passage        `json:"body,omitempty" maxItems:"50000" doc:"征求意见稿"`
	ChangeNote    string           `json:"change_note,omitempty" maxLength:"300" doc:"征求意见稿改了什么；改了正文时填"`
	Contact       Contact          `json:"contact,omitempty" doc:"怎样联系"`
	Usage         string           `json:"usage,omitempty" maxLength:"500" doc:"意见怎样处理"`
	Open          bool             `json:"open,omitempty" doc:"意见经人工查看后公开"`
	Questions     []SurveyQuestion `json:"questions,omitempty" maxItems:"30" doc:"问卷"`
	Report        []Passage        `json:"report,omitempty" maxItems:"5000" doc:"采纳情况；公布后征集才算结束"`
	Adopted       []Passage        `json:"adopted,omitempty" maxItems:"50000" doc:"采纳意见后的文本"`
	Attachments   []DraftFile      `json:"attachments,omitempty" maxItems:"50" doc:"附件"`
	SourceURL     string           `json:"source_url,omitempty" maxLength:"500" doc:"原文链接"`
}

// Days are the days of the working copy.
func (d *ConsultationDraft) Days() []DayField {
	return []DayField{{"opens", &d.Opens}, {"closes", &d.Closes}}
}

// Files are the files that the working copy refers to.
func (d *ConsultationDraft) Files() []string {
	ids := FilesOf(d.Body)
	for _, body := range [][]Passage{d.Note, d.Report, d.Adopted} {
		ids = append(ids, FilesOf(body)...)
	}
	return append(ids, FileIDs(d.Attachments)...)
}

// IsShort says whether the period is shorter than what is generally given.
func (d *ConsultationDraft) IsShort() bool { return Period(d.Opens, d.Closes) < ShortestPeriod }

// Canonical is the consultation in the form that is hashed. Of what was said, the counts
// are in it.
func (c *Consultation) Canonical() []byte {
	opened := ""
	if c.Open {
		opened = "经人工查看后公开"
	}
	body := lines(nil, "征集期限", string(c.Opens)+" 至 "+string(c.Closes), "少于三十日的理由", c.ShortReason, "电话", c.Contact.Phone,
		"电子邮箱", c.Contact.Email, "来信地址", c.Contact.Address, "意见怎样处理", c.Usage, "意见", opened)
	for _, q := range c.Questions {
		body = lines(body, "问卷", q.Text, "选项", strings.Join(q.Options, "；"))
	}
	titled := func(title string, text Body) {
		if len(text) > 0 {
			body = append(body, CanonicalBlock{Kind: BlockHeading, Level: 1, Text: title})
			body = append(body, canonicalBody(text, c.Pictures)...)
		}
	}
	titled("起草说明", c.Note)
	if c.Report != nil {
		body = lines(body, "采纳情况公布日期", string(c.Report.Day), "收到意见", strconv.Itoa(c.Report.Counts.Opinions))
		titled("采纳情况", c.Report.Body)
		titled("采纳意见后的文本", c.Report.Adopted)
	}
	titled("征求意见稿", c.Body)
	published := Day("")
	if !c.PublishedAt.IsZero() {
		published = Today(c.PublishedAt)
	}
	return CanonicalForm{
		Form: 1, Kind: KindConsultation, Title: c.Title, Departments: names(c.Departments), Theme: c.Sort, Published: published, SourceURL: c.SourceURL,
		Body: body, Questions: []Question{}, Interprets: []string{}, Attachments: proofs(c.Attachments),
	}.bytes()
}

// Errors of consultations.
var (
	ErrConsultationMissing     = &Error{NotFound, "consultation.not_found", "", nil}
	ErrConsultationComing      = &Error{Conflict, "consultation.coming", "", nil}
	ErrConsultationOver        = &Error{Conflict, "consultation.over", "", nil}
	ErrConsultationRunning     = &Error{Conflict, "consultation.running", "report", nil}
	ErrConsultationShortened   = &Error{Conflict, "consultation.shortened", "closes", nil}
	ErrConsultationFixed       = &Error{Conflict, "consultation.fixed", "body", nil}
	ErrConsultationUnexplained = &Error{Invalid, "consultation.unexplained", "change_note", nil}
	ErrConsultationReported    = &Error{Conflict, "consultation.reported", "report", nil}
	ErrOpinionsUnanswered      = &Error{Conflict, "consultation.unanswered", "report", nil}
	ErrSurveyRequired          = &Error{Invalid, "survey.required", "", nil}
	ErrSurveyAnswer            = &Error{Invalid, "survey.answer", "", nil}
	ErrSurveyQuestionGone      = &Error{Conflict, "survey.question_gone", "survey", nil}
	ErrSurveyQuestionTwice     = &Error{Invalid, "survey.question_twice", "questions", nil}
)
