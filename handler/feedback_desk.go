package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/feedback"
)

const pathFeedback = "/admin/v1/feedback"

func (h *handler) feedbackRoutes(api huma.API) {
	read, answer := may(model.ActReadFeedback), may(model.ActAnswerFeedback)
	one := pathFeedback + "/{id}"
	act(h, api, "GET", pathFeedback, read, "纠错与投诉建议", h.listFeedback)
	act(h, api, "GET", pathFeedback+"/figures", read, "纠错与投诉建议：办理情况", h.feedbackFigures)
	act(h, api, "GET", one, read, "一件纠错或投诉建议", h.getFeedback)
	act(h, api, "POST", one+"/answer", answer, "答复纠错或投诉建议", h.replyToFeedback)
	act(h, api, "POST", one+"/assign", may(model.ActAssignFeedback), "把纠错或投诉建议交给部门", h.assignFeedback)
	act(h, api, "POST", one+"/notes", answer, "给纠错或投诉建议写内部备注", h.noteOnFeedback)
}

// DeskFeedbackIn asks for feedback.
type DeskFeedbackIn struct {
	State      feedback.State     `query:"state" enum:"open,overdue,answered,closed" doc:"open 待答复，overdue 已逾期，answered 已答复，closed 已办结"`
	Kind       model.FeedbackKind `query:"kind" enum:"mistake,complaint,suggestion" doc:"mistake 纠错，complaint 投诉，suggestion 建议"`
	Department string             `query:"department" maxLength:"26" doc:"由哪个部门和它下属的部门办理"`
	Unassigned bool               `query:"unassigned" doc:"还没有交给部门的"`
	Number     string             `query:"number" maxLength:"40" doc:"受理编号，或其中一段"`
	Limit      int                `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少件"`
	Offset     int                `query:"offset" minimum:"0" maximum:"100000" doc:"从第几件起"`
}

// DeskFeedbackPage is a page of feedback.
type DeskFeedbackPage struct {
	Items  []DeskFeedbackItem `json:"items" doc:"先到期的在前，办结的在后"`
	Total  int                `json:"total" doc:"共多少件"`
	Counts FeedbackCounts     `json:"counts" doc:"您能看到的，各有多少件，不受筛选影响"`
}

// FeedbackCounts are how many there are in each state.
type FeedbackCounts struct {
	Open       int `json:"open" doc:"待答复，含已逾期的"`
	Overdue    int `json:"overdue" doc:"已逾期"`
	Unassigned int `json:"unassigned" doc:"待答复、还没有交给部门的"`
	Answered   int `json:"answered" doc:"已答复，等居民评价"`
	Closed     int `json:"closed" doc:"已办结"`
}

// DeskFeedbackItem is a feedback in a list of the console. Who gave it is not
// told.
type DeskFeedbackItem struct {
	FeedbackItem
	Left       int  `json:"left" doc:"离期限还有几个工作日，逾期为负数，不在办理中为 0"`
	Department *Ref `json:"department" doc:"由哪个部门办理，还没有交给部门为 null"`
}

func (h *handler) listFeedback(ctx context.Context, in *DeskFeedbackIn) (*Private[DeskFeedbackPage], error) {
	q := feedback.Question{State: in.State, Kind: in.Kind, Department: in.Department, Unassigned: in.Unassigned, Number: in.Number,
		Offset: in.Offset, Limit: in.Limit}
	page, err := h.Feedback.List(ctx, by(ctx), q)
	if err != nil {
		return nil, err
	}
	departments, err := h.Feedback.Departments(ctx)
	return private(DeskFeedbackPage{converted(page.Items, func(v feedback.Shown) DeskFeedbackItem {
		return DeskFeedbackItem{feedbackItem(v), v.Left, departmentOf(v.DepartmentID, departments)}
	}), page.Total, FeedbackCounts(page.Counts)}), err
}

func departmentOf(id string, names map[string]string) *Ref {
	if id == "" {
		return nil
	}
	return &Ref{id, names[id]}
}

// FeedbackFigures are how feedback was dealt with.
type FeedbackFigures struct {
	Since    model.Day `json:"since" doc:"从哪天起算"`
	Received int       `json:"received" doc:"收到多少件"`
	Answered int       `json:"answered" doc:"答复了多少次，再次办理的另算一次"`
	OnTime   int       `json:"on_time" doc:"其中按期的"`
	Overdue  int       `json:"overdue" doc:"现在逾期未答复的"`
	Solved   int       `json:"solved" doc:"居民自己说解决了的"`
	Unsolved int       `json:"unsolved" doc:"居民自己说没有解决的"`
	Unrated  int       `json:"unrated" doc:"答复后居民还没有评价的"`
}

func (h *handler) feedbackFigures(ctx context.Context, _ *struct{}) (*Private[FeedbackFigures], error) {
	v, err := h.Feedback.Figures(ctx, by(ctx))
	return private(FeedbackFigures{v.Since, v.Received, v.Answered, v.OnTime, v.Overdue, v.Words.Solved, v.Words.Unsolved, v.Words.Unrated}), err
}

// FeedbackRecord is a feedback as staff see it. Who gave it is not told.
type FeedbackRecord struct {
	DeskFeedbackItem
	Version   int64            `json:"version" doc:"版本，办理时放在 If-Match 里"`
	Text      string           `json:"text" doc:"居民写的全文"`
	About     *FeedbackAbout   `json:"about" doc:"说的是哪份文件的哪一处，没有为 null"`
	Place     *FeedbackPassage `json:"place" doc:"这一处现在的原文，没有为 null"`
	Due       *FeedbackDue     `json:"due" doc:"最迟哪天答复，不在办理中为 null"`
	Round     int              `json:"round" doc:"第几次办理"`
	Gone      bool             `json:"gone" doc:"提出人已注销账号，看不到答复了"`
	Steps     []DeskStep       `json:"steps" doc:"办理过程，早的在前"`
	MayAnswer bool             `json:"may_answer" doc:"您可以答复"`
	MayAssign bool             `json:"may_assign" doc:"您可以交给部门"`
	MayNote   bool             `json:"may_note" doc:"您可以写内部备注"`
}

// DeskRef names what staff correct.
type DeskRef struct {
	Kind string `json:"kind" doc:"哪一类"`
	ID   string `json:"id" doc:"编号，不再公开为空"`
}

// FeedbackPassage is the place in its document today.
type FeedbackPassage struct {
	Public bool    `json:"public" doc:"文件现在还公开着"`
	Page   string  `json:"page" doc:"公开网页的地址，以 / 开头；不再公开为空"`
	Desk   DeskRef `json:"desk" doc:"要更正的是哪一份：议题的是它所在的会议"`
	Found  bool    `json:"found" doc:"找到了这一处"`
	Same   bool    `json:"same" doc:"引用的原文还在，一字未改"`
	Blocks []Block `json:"blocks" doc:"这一处和它的前后"`
	At     int     `json:"at" doc:"blocks 里的第几段是这一处，从 0 数"`
}

// DeskStep is one step on the way of a feedback as staff see it.
type DeskStep struct {
	At         time.Time          `json:"at" doc:"何时"`
	What       model.FeedbackStep `json:"what" enum:"received,added,assigned,answered,rated,reopened,closed,noted,cut" doc:"received 已收到，added 居民补充，assigned 交给部门，answered 答复，rated 居民评价，reopened 再次办理，closed 办结，noted 内部备注，cut 提出人注销账号"`
	By         string             `json:"by" doc:"哪位工作人员，居民和系统为空"`
	Department string             `json:"department" doc:"交给的、答复的部门，其他为空"`
	Text       string             `json:"text" doc:"补充的话、交办的原因、备注；其他为空"`
	Answer     *FeedbackAnswer    `json:"answer" doc:"答复，其他为 null"`
	Rating     *FeedbackRating    `json:"rating" doc:"评价，其他为 null"`
}

func (h *handler) getFeedback(ctx context.Context, in *FeedbackID) (*Private[FeedbackRecord], error) {
	v, err := h.Feedback.Get(ctx, by(ctx), in.ID)
	return h.answerRecord(ctx, v, err)
}

func (h *handler) answerRecord(ctx context.Context, v *feedback.Shown, err error) (*Private[FeedbackRecord], error) {
	if err != nil {
		return nil, err
	}
	r, err := h.feedbackRecord(ctx, v)
	return versioned(r, r.Version), err
}

func (h *handler) feedbackRecord(ctx context.Context, v *feedback.Shown) (r FeedbackRecord, err error) {
	departments, err := h.Feedback.Departments(ctx)
	if err != nil {
		return r, err
	}
	names, err := h.Feedback.Names(ctx, &v.Feedback)
	if err != nil {
		return r, err
	}
	rights, err := h.Feedback.RightsTo(ctx, by(ctx), &v.Feedback)
	if err != nil {
		return r, err
	}
	r = FeedbackRecord{DeskFeedbackItem: DeskFeedbackItem{feedbackItem(*v), v.Left, departmentOf(v.DepartmentID, departments)},
		Version: v.Version, Text: v.Text, About: feedbackAbout(v.About), Due: feedbackDue(v), Round: rounds(v), Gone: v.ResidentID == "",
		Steps: deskSteps(v, names, departments), MayAnswer: rights.Answer, MayAssign: rights.Assign, MayNote: rights.Note}
	r.Place, err = h.feedbackPassage(ctx, v.About)
	return r, err
}

func rounds(v *feedback.Shown) int {
	if v.IsOpen() {
		return len(v.Answers) + 1
	}
	return len(v.Answers)
}

func (h *handler) feedbackPassage(ctx context.Context, a *model.FeedbackAbout) (*FeedbackPassage, error) {
	if a == nil {
		return nil, nil
	}
	p, err := h.Feedback.Passage(ctx, a)
	if err != nil {
		return nil, err
	}
	return &FeedbackPassage{p.Public, p.Page, DeskRef(p.Desk), p.Found, p.Same, converted(p.Blocks, block), p.At}, nil
}

func deskSteps(v *feedback.Shown, names, departments map[string]string) []DeskStep {
	steps := []DeskStep{}
	for _, e := range v.Passed() {
		step := DeskStep{At: e.At, What: e.What, By: names[e.StaffID], Department: departments[e.DepartmentID], Text: e.Text}
		switch e.What {
		case model.StepAnswered:
			step.Answer = feedbackAnswer(e.Answer, departments)
		case model.StepRated:
			step.Rating = feedbackRating(e.Answer.Rating)
		}
		steps = append(steps, step)
	}
	return steps
}

// FeedbackEdit is an act on a feedback that was read.
type FeedbackEdit struct {
	Edit
	FeedbackID
}

// actOn does something to a feedback; who was too slow is told what is there now.
func (h *handler) actOn(ctx context.Context, in *FeedbackEdit, do func(feedback.Ref) (*feedback.Shown, error)) (*Private[FeedbackRecord], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	v, err := do(feedback.Ref{ID: in.ID, Version: version})
	if err != nil {
		return nil, withCurrent(err, func() (r FeedbackRecord, err error) {
			now, err := h.Feedback.Get(ctx, by(ctx), in.ID)
			if err != nil {
				return r, err
			}
			return h.feedbackRecord(ctx, now)
		})
	}
	return h.answerRecord(ctx, v, nil)
}

// ReplyIn answers a feedback.
type ReplyIn struct {
	FeedbackEdit
	Body struct {
		Text    string                `json:"text" minLength:"1" maxLength:"2000" doc:"给居民的答复"`
		Outcome model.FeedbackOutcome `json:"outcome" enum:"corrected,explained,accepted,not_accepted" doc:"corrected 已更正，explained 已解释说明，accepted 已采纳，not_accepted 未采纳"`
		Reason  string                `json:"reason,omitempty" maxLength:"500" doc:"未采纳的理由，未采纳时必填，居民看得到"`
	}
}

func (h *handler) replyToFeedback(ctx context.Context, in *ReplyIn) (*Private[FeedbackRecord], error) {
	return h.actOn(ctx, &in.FeedbackEdit, func(r feedback.Ref) (*feedback.Shown, error) {
		return h.Feedback.Answer(ctx, by(ctx), r, feedback.Reply{Text: in.Body.Text, Outcome: in.Body.Outcome, Reason: in.Body.Reason})
	})
}

// AssignFeedbackIn gives a feedback to a department.
type AssignFeedbackIn struct {
	FeedbackEdit
	Body struct {
		Department string `json:"department" minLength:"1" maxLength:"26" doc:"交给哪个部门"`
		Why        string `json:"why" minLength:"1" maxLength:"500" doc:"为什么交给它，居民看不到"`
	}
}

func (h *handler) assignFeedback(ctx context.Context, in *AssignFeedbackIn) (*Private[FeedbackRecord], error) {
	return h.actOn(ctx, &in.FeedbackEdit, func(r feedback.Ref) (*feedback.Shown, error) {
		return h.Feedback.Assign(ctx, by(ctx), r, in.Body.Department, in.Body.Why)
	})
}

// NoteIn adds an internal note.
type NoteIn struct {
	FeedbackEdit
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"500" doc:"备注，居民看不到"`
	}
}

func (h *handler) noteOnFeedback(ctx context.Context, in *NoteIn) (*Private[FeedbackRecord], error) {
	return h.actOn(ctx, &in.FeedbackEdit, func(r feedback.Ref) (*feedback.Shown, error) {
		return h.Feedback.Note(ctx, by(ctx), r, in.Body.Text)
	})
}
