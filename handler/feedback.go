package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/feedback"
)

// Feedback is a feedback as the resident who gave it sees it.
type Feedback struct {
	ID        string              `json:"id" doc:"编号，用于地址"`
	Number    string              `json:"number" doc:"受理编号，给人看"`
	Kind      model.FeedbackKind  `json:"kind" enum:"mistake,complaint,suggestion" doc:"mistake 纠错，complaint 投诉，suggestion 建议"`
	KindName  string              `json:"kind_name" doc:"种类的中文"`
	Text      string              `json:"text" doc:"您写的内容"`
	About     *FeedbackAbout      `json:"about" doc:"说的是哪份文件的哪一处，没有为 null"`
	State     model.FeedbackState `json:"state" enum:"received,answered,reopened,closed" doc:"received 办理中，answered 已答复，reopened 再次办理中，closed 已办结"`
	StateName string              `json:"state_name" doc:"状态的中文"`
	CreatedAt time.Time           `json:"created_at" doc:"何时提交"`
	Due       *FeedbackDue        `json:"due" doc:"最迟哪天答复，不在办理中为 null"`
	Overdue   bool                `json:"overdue" doc:"已经过了期限还没有答复"`
	Timeline  []FeedbackStep      `json:"timeline" doc:"办理过程，早的在前"`
	Answer    *FeedbackAnswer     `json:"answer" doc:"最近一次答复，没有为 null"`
	Rating    *FeedbackRating     `json:"rating" doc:"您对这次答复的评价，没有为 null"`
	CanAdd    bool                `json:"can_add" doc:"现在可以补充说明"`
	CanRate   bool                `json:"can_rate" doc:"现在可以评价"`
}

// FeedbackAbout is the place that a feedback is about.
type FeedbackAbout struct {
	Kind   model.Kind `json:"kind" enum:"policy,interpretation,letter,meeting,agenda_item,consultation,event,matter,gazette,gazette_piece" doc:"policy 政策文件，interpretation 解读，letter 公开来信，meeting 会议，agenda_item 会议议题，consultation 意见征集，event 活动，matter 事项，gazette 公报，gazette_piece 公报的篇目"`
	ID     string     `json:"id" doc:"文件的编号"`
	Title  string     `json:"title" doc:"文件的标题"`
	Anchor string     `json:"anchor" doc:"文件里的位置，整份文件为空"`
	Label  string     `json:"label" doc:"这一处叫什么，如第十二条；整份文件为空"`
	Quote  string     `json:"quote" doc:"引用的原文，没有为空"`
}

// FeedbackDue is until when a feedback is answered.
type FeedbackDue struct {
	Day         model.Day `json:"day" doc:"哪天"`
	Explanation string    `json:"explanation" doc:"为什么是这天"`
}

// FeedbackStep is one step on the way of a feedback.
type FeedbackStep struct {
	At   time.Time          `json:"at" doc:"何时"`
	What model.FeedbackStep `json:"what" enum:"received,added,assigned,answered,rated,reopened,closed" doc:"received 已收到，added 您补充了说明，assigned 转交办理，answered 已答复，rated 您作了评价，reopened 再次办理，closed 已办结"`
	Name string             `json:"name" doc:"这一步的中文"`
	Text string             `json:"text" doc:"内容，可能为空"`
}

// FeedbackAnswer is an office's answer.
type FeedbackAnswer struct {
	Text        string                `json:"text" doc:"答复"`
	At          time.Time             `json:"at" doc:"何时答复"`
	Department  string                `json:"department" doc:"答复的部门"`
	Outcome     model.FeedbackOutcome `json:"outcome" enum:"corrected,explained,accepted,not_accepted" doc:"corrected 已更正，explained 已解释说明，accepted 已采纳，not_accepted 未采纳"`
	OutcomeName string                `json:"outcome_name" doc:"办理结果的中文"`
	Reason      string                `json:"reason" doc:"没有采纳的理由，其他为空"`
}

// FeedbackRating is what a resident says of an answer.
type FeedbackRating struct {
	Satisfaction int    `json:"satisfaction" minimum:"1" maximum:"5" doc:"满意程度，5 最满意"`
	Solved       bool   `json:"solved" doc:"问题是否解决"`
	Text         string `json:"text,omitempty" maxLength:"500" doc:"想说的话，可以不写"`
}

// FeedbackIn is what a resident gives.
type FeedbackIn struct {
	Keyed
	Body struct {
		Kind  model.FeedbackKind `json:"kind" enum:"mistake,complaint,suggestion" doc:"mistake 纠错，complaint 投诉，suggestion 建议"`
		Text  string             `json:"text" minLength:"1" maxLength:"2000" doc:"要说的话"`
		About *FeedbackPlace     `json:"about,omitempty" doc:"说的是哪份文件的哪一处；纠错必填"`
	}
}

// FeedbackPlace is a place in a public document.
type FeedbackPlace struct {
	Kind   model.Kind `json:"kind" enum:"policy,interpretation,letter,meeting,agenda_item,consultation,event,matter,gazette,gazette_piece" doc:"policy 政策文件，interpretation 解读，letter 公开来信，meeting 会议，agenda_item 会议议题，consultation 意见征集，event 活动，matter 事项，gazette 公报，gazette_piece 公报的篇目"`
	ID     string     `json:"id" minLength:"1" maxLength:"64" doc:"文件的编号"`
	Anchor string     `json:"anchor,omitempty" maxLength:"60" doc:"文件里的位置；整份文件不填"`
	Quote  string     `json:"quote,omitempty" maxLength:"500" doc:"引用的原文"`
}

func (h *handler) giveFeedback(ctx context.Context, in *FeedbackIn) (*Private[Feedback], error) {
	g := feedback.Gift{Kind: in.Body.Kind, Text: in.Body.Text}
	if p := in.Body.About; p != nil {
		g.About = &feedback.Place{Kind: p.Kind, ID: p.ID, Anchor: p.Anchor, Quote: p.Quote}
	}
	f, err := h.Feedback.Give(ctx, who(ctx).Actor, g)
	if err != nil {
		return nil, err
	}
	v, err := h.Feedback.OneOfMine(ctx, who(ctx).Actor, f.ID)
	return h.answerFeedback(ctx, v, err)
}

// MyFeedbackIn asks for one's own feedback.
type MyFeedbackIn struct {
	Limit  int `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少条"`
	Offset int `query:"offset" minimum:"0" maximum:"100000" doc:"从第几条起"`
}

// FeedbackPage is a page of one's own feedback.
type FeedbackPage struct {
	Items []FeedbackItem `json:"items" doc:"新的在前"`
	Total int            `json:"total" doc:"共多少条"`
}

// FeedbackItem is a feedback in a list.
type FeedbackItem struct {
	ID        string              `json:"id" doc:"编号，用于地址"`
	Number    string              `json:"number" doc:"受理编号，给人看"`
	Kind      model.FeedbackKind  `json:"kind" enum:"mistake,complaint,suggestion" doc:"mistake 纠错，complaint 投诉，suggestion 建议"`
	KindName  string              `json:"kind_name" doc:"种类的中文"`
	State     model.FeedbackState `json:"state" enum:"received,answered,reopened,closed" doc:"received 办理中，answered 已答复，reopened 再次办理中，closed 已办结"`
	StateName string              `json:"state_name" doc:"状态的中文"`
	CreatedAt time.Time           `json:"created_at" doc:"何时提交"`
	DueDay    model.Day           `json:"due_day" doc:"最迟哪天答复，不在办理中为空"`
	Overdue   bool                `json:"overdue" doc:"已经过了期限还没有答复"`
	Title     string              `json:"title" doc:"说的是哪份文件，没有为空"`
	Text      string              `json:"text" doc:"内容的前 60 个字"`
}

func (h *handler) listMyFeedback(ctx context.Context, in *MyFeedbackIn) (*Private[FeedbackPage], error) {
	list, total, err := h.Feedback.Mine(ctx, who(ctx).Actor, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return private(FeedbackPage{converted(list, feedbackItem), total}), nil
}

func feedbackItem(v feedback.Shown) FeedbackItem {
	item := FeedbackItem{ID: v.ID, Number: v.Number, Kind: v.Kind, KindName: v.Kind.Name(), State: v.State, StateName: v.State.Name(),
		CreatedAt: v.CreatedAt, DueDay: v.Due.Day, Overdue: v.Overdue, Text: beginning(v.Text)}
	if v.About != nil {
		item.Title = v.About.Title
	}
	return item
}

// mostBeginning is how many characters of a text lists show.
const mostBeginning = 60

func beginning(text string) string {
	if r := []rune(text); len(r) > mostBeginning {
		return string(r[:mostBeginning]) + "…"
	}
	return text
}

// FeedbackID names a feedback.
type FeedbackID struct {
	ID string `path:"id" maxLength:"26" doc:"编号"`
}

func (h *handler) getMyFeedback(ctx context.Context, in *FeedbackID) (*Private[Feedback], error) {
	v, err := h.Feedback.OneOfMine(ctx, who(ctx).Actor, in.ID)
	return h.answerFeedback(ctx, v, err)
}

func (h *handler) answerFeedback(ctx context.Context, v *feedback.Shown, err error) (*Private[Feedback], error) {
	if err != nil {
		return nil, err
	}
	shown, err := h.showFeedback(ctx, v)
	return private(shown), err
}

// FeedbackAdditionIn adds to a feedback.
type FeedbackAdditionIn struct {
	Keyed
	FeedbackID
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"2000" doc:"补充的话"`
	}
}

func (h *handler) addToFeedback(ctx context.Context, in *FeedbackAdditionIn) (*Private[Feedback], error) {
	v, err := h.Feedback.Add(ctx, who(ctx).Actor, in.ID, in.Body.Text)
	return h.answerFeedback(ctx, v, err)
}

// FeedbackRatingIn rates the present answer.
type FeedbackRatingIn struct {
	Keyed
	FeedbackID
	Body FeedbackRating
}

func (h *handler) rateFeedback(ctx context.Context, in *FeedbackRatingIn) (*Private[Feedback], error) {
	r := model.FeedbackRating{Satisfaction: in.Body.Satisfaction, Solved: in.Body.Solved, Text: in.Body.Text}
	v, err := h.Feedback.Rate(ctx, who(ctx).Actor, in.ID, r)
	return h.answerFeedback(ctx, v, err)
}

func (h *handler) showFeedback(ctx context.Context, v *feedback.Shown) (Feedback, error) {
	departments, err := h.Feedback.Departments(ctx)
	if err != nil {
		return Feedback{}, err
	}
	f := Feedback{ID: v.ID, Number: v.Number, Kind: v.Kind, KindName: v.Kind.Name(), Text: v.Text, About: feedbackAbout(v.About),
		State: v.State, StateName: v.State.Name(), CreatedAt: v.CreatedAt, Due: feedbackDue(v), Overdue: v.Overdue, Timeline: told(v, departments),
		CanAdd: v.Feedback.CanAdd() == nil, CanRate: v.Feedback.CanRate() == nil}
	if a := v.Latest(); a != nil {
		f.Answer, f.Rating = feedbackAnswer(a, departments), feedbackRating(a.Rating)
	}
	return f, nil
}

func feedbackAbout(a *model.FeedbackAbout) *FeedbackAbout {
	if a == nil {
		return nil
	}
	return &FeedbackAbout{a.Kind, a.ID, a.Title, a.Anchor, a.Label, a.Quote}
}

func feedbackDue(v *feedback.Shown) *FeedbackDue {
	if v.Due.Day == "" {
		return nil
	}
	return &FeedbackDue{v.Due.Day, v.WhyDue(v.Due)}
}

func feedbackAnswer(a *model.FeedbackAnswer, departments map[string]string) *FeedbackAnswer {
	return &FeedbackAnswer{a.Text, a.At, answering(a.DepartmentID, departments), a.Outcome, a.Outcome.Name(), a.Reason}
}

// answering is who answers: where no department does, the Supervisor.
func answering(id string, departments map[string]string) string {
	if name := departments[id]; name != "" {
		return name
	}
	return say("feedback.supervisor", nil)
}

func feedbackRating(r *model.FeedbackRating) *FeedbackRating {
	if r == nil {
		return nil
	}
	return &FeedbackRating{r.Satisfaction, r.Solved, r.Text}
}

// told are the steps that the resident may know of, in words.
func told(v *feedback.Shown, departments map[string]string) []FeedbackStep {
	steps := []FeedbackStep{}
	for _, e := range v.Passed() {
		step := FeedbackStep{e.At, e.What, e.What.Name(), ""}
		switch e.What {
		case model.StepReceived, model.StepAssigned:
			step.Text = say("feedback.with", map[string]any{"department": answering(e.DepartmentID, departments)})
		case model.StepAdded:
			step.Text = e.Text
		case model.StepAnswered:
			step.Text = e.Answer.Text
		case model.StepRated:
			step.Text = e.Answer.Rating.Text
		case model.StepReopened:
			step.Text = say("feedback.again", nil)
		}
		if !e.What.IsInternal() {
			steps = append(steps, step)
		}
	}
	return steps
}
