package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/letter"
)

// Letter is a letter as its author sees it.
type Letter struct {
	LetterItem
	Text       string          `json:"text" doc:"您写的内容"`
	Place      string          `json:"place" doc:"地点，没有为空"`
	Point      *LetterPoint    `json:"point" doc:"地图上的位置，没有为 null"`
	Files      []LetterFile    `json:"files" doc:"图片和文件"`
	MayPublish bool            `json:"may_publish" doc:"您同意公开，随时可以改"`
	Anonymous  bool            `json:"anonymous" doc:"公开时不显示称呼"`
	Due        *LetterDue      `json:"due" doc:"最迟哪天答复，不在办理中为 null"`
	With       string          `json:"with" doc:"现在由哪个部门办理，不在办理中为空"`
	Round      int             `json:"round" doc:"第几次办理"`
	Timeline   []LetterStep    `json:"timeline" doc:"办理过程，早的在前"`
	Answers    []LetterAnswer  `json:"answers" doc:"答复，早的在前"`
	Public     bool            `json:"public" doc:"信和答复已经公开，人人看得到"`
	CanAdd     bool            `json:"can_add" doc:"现在可以补充说明"`
	CanAsk     bool            `json:"can_ask" doc:"现在可以追问一次"`
	CanTake    bool            `json:"can_withdraw" doc:"现在可以撤回"`
	Refusal    *LetterRefusal  `json:"refusal" doc:"不予受理的理由，其他为 null"`
	Extension  *LetterExtended `json:"extension" doc:"延长的期限，没有为 null"`
}

// LetterItem is a letter in a list.
type LetterItem struct {
	ID          string              `json:"id" doc:"编号，用于地址"`
	Number      string              `json:"number" doc:"受理编号，给人看"`
	Channel     model.LetterChannel `json:"channel" enum:"ask,mayor" doc:"ask 我向政府问个事，mayor 我和市长拉个呱"`
	ChannelName string              `json:"channel_name" doc:"栏目的中文"`
	Title       string              `json:"title" doc:"标题"`
	Topic       *Ref                `json:"topic" doc:"专题，没有为 null"`
	State       model.LetterState   `json:"state" enum:"received,assigned,signing,ending,answered,closed,refused,ended,withdrawn,merged" doc:"received 待分派，assigned 办理中，signing 待签发，ending 申请终结，answered 已答复，closed 已办结，refused 不予受理，ended 已终结，withdrawn 已撤回，merged 并案办理"`
	StateName   string              `json:"state_name" doc:"状态的中文"`
	ReceivedAt  time.Time           `json:"received_at" doc:"何时收到"`
	DueDay      model.Day           `json:"due_day" doc:"最迟哪天答复，不在办理中为空"`
	Overdue     bool                `json:"overdue" doc:"已经过了期限还没有答复"`
	Rated       bool                `json:"rated" doc:"最近的答复已经评价"`
	CanRate     bool                `json:"can_rate" doc:"来信人现在可以评价"`
}

// LetterPoint is a point on the map.
type LetterPoint struct {
	Lat float64 `json:"lat" minimum:"-90" maximum:"90" doc:"纬度，GCJ-02"`
	Lng float64 `json:"lng" minimum:"-180" maximum:"180" doc:"经度，GCJ-02"`
}

// LetterFile is a picture or document of a letter.
type LetterFile struct {
	ID        string `json:"id" doc:"编号"`
	Name      string `json:"name" doc:"文件名"`
	MediaType string `json:"media_type" doc:"按内容认出的类型"`
	Size      int64  `json:"size" doc:"字节数"`
}

// LetterDue is until when a letter is answered.
type LetterDue struct {
	Day         model.Day `json:"day" doc:"哪天"`
	Explanation string    `json:"explanation" doc:"为什么是这天"`
	Left        int       `json:"left" doc:"还有几个工作日，逾期为负数"`
}

// LetterStep is one step on the way of a letter.
type LetterStep struct {
	At   time.Time        `json:"at" doc:"何时"`
	What model.LetterStep `json:"what" enum:"received,added,dispatched,answered,extended,rated,questioned,reopened,escalated,closed,refused,ended,withdrawn,merged,consented,forbade,supervised" doc:"received 已收到，added 您补充了说明，dispatched 转交办理，answered 已答复，extended 延长期限，rated 您作了评价，questioned 您追问，reopened 再次办理，escalated 提级办理，closed 已办结，refused 不予受理，ended 终结，withdrawn 您撤回了，merged 并案，consented 您同意公开，forbade 您不再同意公开，supervised 市政府办已督办"`
	Name string           `json:"name" doc:"这一步的中文"`
	Text string           `json:"text" doc:"内容，可能为空"`
}

// LetterAnswer is an office's answer.
type LetterAnswer struct {
	Text        string              `json:"text" doc:"答复"`
	Basis       string              `json:"basis" doc:"依据，没有为空"`
	At          time.Time           `json:"at" doc:"何时答复"`
	Department  string              `json:"department" doc:"答复的部门"`
	Outcome     model.LetterOutcome `json:"outcome" enum:"solved,partly,promised,explained" doc:"solved 已解决，partly 部分解决，promised 列入计划，explained 解释说明"`
	OutcomeName string              `json:"outcome_name" doc:"办理结果的中文"`
	OnTime      bool                `json:"on_time" doc:"在期限以内"`
	Rating      *LetterRating       `json:"rating" doc:"评价，没有为 null"`
}

// LetterRating is what an author says of an answer.
type LetterRating struct {
	Response     int    `json:"response" minimum:"1" maximum:"5" doc:"响应：态度和快慢，5 最好"`
	Solved       bool   `json:"solved" doc:"问题是否解决"`
	Satisfaction int    `json:"satisfaction" minimum:"1" maximum:"5" doc:"满意程度，5 最满意"`
	Text         string `json:"text,omitempty" maxLength:"500" doc:"想说的话，可以不写"`
	ByCall       bool   `json:"by_call,omitempty" readOnly:"true" doc:"电话回访时说的"`
}

// LetterRefusal is why a letter is not accepted.
type LetterRefusal struct {
	Ground model.LetterGround `json:"ground" enum:"litigation,foi,petition,secret,concluded,emergency,not_city" doc:"litigation 诉讼仲裁等，foi 信息公开，petition 信访中，secret 秘密或隐私，concluded 已依法办结，emergency 紧急求助，not_city 不属本市"`
	Name   string             `json:"name" doc:"情形的中文"`
	Text   string             `json:"text" doc:"理由，和可以去哪里"`
}

// LetterExtended is a longer time that an office takes.
type LetterExtended struct {
	Day  model.Day `json:"day" doc:"延长到哪天；已经办完为空"`
	More int       `json:"workdays" doc:"延长几个工作日"`
	Why  string    `json:"why" doc:"为什么"`
	Plan string    `json:"plan" doc:"接下来怎么办"`
}

// pathSentLetters is where residents send letters.
const pathSentLetters = "/api/v1/letters"

// LetterIn is what a resident sends.
type LetterIn struct {
	Keyed
	Body LetterForm
}

// LetterForm is a letter as it is written.
type LetterForm struct {
	Channel    model.LetterChannel `json:"channel" enum:"ask,mayor" doc:"ask 我向政府问个事，mayor 我和市长拉个呱"`
	Topic      string              `json:"topic,omitempty" maxLength:"40" doc:"专题，可以不选"`
	Department string              `json:"department,omitempty" maxLength:"26" doc:"想问哪个部门；不知道不填"`
	Title      string              `json:"title" maxLength:"200" doc:"标题，最多50个字"`
	Text       string              `json:"text" maxLength:"20000" doc:"内容，最多3000个字"`
	Place      string              `json:"place,omitempty" maxLength:"400" doc:"地点，最多100个字，可以不填"`
	Point      *LetterPoint        `json:"point,omitempty" doc:"地图上的位置，可以不填"`
	Name       string              `json:"name,omitempty" maxLength:"30" doc:"怎么称呼，只给办理的人看"`
	Phone      string              `json:"phone,omitempty" maxLength:"20" doc:"联系电话，只给办理的人看"`
	MayPublish bool                `json:"may_publish" doc:"同意公开"`
	Anonymous  bool                `json:"anonymous" doc:"公开时不显示称呼"`
	Files      []string            `json:"files,omitempty" maxItems:"9" doc:"图片和文件的编号"`
}

func (f *LetterForm) sending() letter.Sending {
	v := letter.Sending{Channel: f.Channel, Topic: f.Topic, Wanted: f.Department, Title: f.Title, Text: f.Text,
		Place: model.LetterPlace{Words: f.Place}, Contact: model.LetterContact{Name: f.Name, Phone: f.Phone},
		MayPublish: f.MayPublish, Anonymous: f.Anonymous, Files: f.Files}
	if f.Point != nil {
		v.Place.Lat, v.Place.Lng = f.Point.Lat, f.Point.Lng
	}
	return v
}

func (h *handler) sendLetter(ctx context.Context, in *LetterIn) (*Private[Letter], error) {
	v, err := h.Letters.Send(ctx, who(ctx).Actor, in.Body.sending())
	return h.answerLetter(ctx, v, err)
}

// LetterRules are what a form needs to know before a letter is sent.
type LetterRules struct {
	Title      int       `json:"title" doc:"标题最多多少字"`
	Least      int       `json:"least" doc:"内容最少多少字"`
	Text       int       `json:"text" doc:"内容最多多少字"`
	Place      int       `json:"place" doc:"地点最多多少字"`
	Name       int       `json:"name" doc:"称呼最多多少字"`
	Question   int       `json:"question" doc:"追问、评价的话最多多少字"`
	Additions  int       `json:"additions" doc:"一封信最多补充几次"`
	Files      int       `json:"files" doc:"最多几个图片和文件"`
	FileSize   int64     `json:"file_size" doc:"一个图片或文件最多多少字节"`
	PerDay     int       `json:"per_day" doc:"一天最多几封"`
	RateWithin int       `json:"rate_within" doc:"答复后多少天以内可以评价"`
	Due        LetterDue `json:"due" doc:"现在写，最迟哪天答复"`
}

func (h *handler) letterRules(ctx context.Context, _ *struct{}) (*Private[LetterRules], error) {
	due, left, err := h.Letters.DueFromNow(ctx)
	return private(LetterRules{Title: model.LetterTitle, Least: model.LetterLeast, Text: model.LetterText, Place: model.LetterPlaceWords,
		Name: model.LetterName, Question: model.LetterRemark, Additions: model.LetterAdditions, Files: model.LetterFiles,
		FileSize: model.MaxEnclosure, PerDay: model.LettersPerDay, RateWithin: model.LetterRateWithin,
		Due: LetterDue{due.Day, (&model.Letter{}).WhyDue(due), left}}), err
}

// LetterPage is a page of one's own letters.
type LetterPage struct {
	Items []LetterItem  `json:"items" doc:"新的在前"`
	Total int           `json:"total" doc:"共多少封"`
	Boxes MyLetterBoxes `json:"boxes" doc:"各种信有多少封"`
}

// MyLetterBoxes count one's own letters.
type MyLetterBoxes struct {
	All     int `json:"all" doc:"全部来信"`
	Open    int `json:"open" doc:"还在办理的"`
	Unrated int `json:"unrated" doc:"有了答复，等您评价的"`
}

// MyLettersIn asks for one's own letters.
type MyLettersIn struct {
	Box    letter.OwnBox `query:"box" enum:"all,open,unrated" default:"all" doc:"all 全部，open 还在办理的，unrated 有了答复、等您评价的"`
	Limit  int           `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少封"`
	Offset int           `query:"offset" minimum:"0" maximum:"100000" doc:"从第几封起"`
}

func (h *handler) listMyLetters(ctx context.Context, in *MyLettersIn) (*Private[LetterPage], error) {
	mine, err := h.Letters.Mine(ctx, who(ctx).Actor, in.Box, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	names, err := h.Letters.NamesFor(ctx, nil)
	items := converted(mine.Items, func(v letter.Shown) LetterItem { return letterItem(&v, names, forAuthor) })
	boxes := MyLetterBoxes{mine.Boxes[letter.OwnAll], mine.Boxes[letter.OwnOpen], mine.Boxes[letter.OwnUnrated]}
	return private(LetterPage{items, mine.Boxes[in.Box], boxes}), err
}

// audience is for whom a letter is shown.
type audience bool

const (
	forAuthor audience = false
	forStaff  audience = true
)

func letterItem(v *letter.Shown, names letter.Names, to audience) LetterItem {
	item := LetterItem{ID: v.ID, Number: v.Number, Channel: v.Channel, ChannelName: v.Channel.Name(), Title: v.Title,
		Topic: refOf(v.TopicID, names.Topics), State: v.State, StateName: v.State.Name(), ReceivedAt: v.ReceivedAt, DueDay: v.DueDay,
		Overdue: v.Overdue, CanRate: v.Rateable}
	if to == forAuthor {
		item.StateName = v.State.ForAuthor()
	}
	if a := v.Answer(); a != nil {
		item.Rated = a.Rating != nil
	}
	return item
}

// refOf names something by its ID, nil for none.
func refOf(id string, names map[string]string) *Ref {
	if id == "" {
		return nil
	}
	return &Ref{id, names[id]}
}

// LetterID names a letter.
type LetterID struct {
	ID string `path:"id" maxLength:"26" doc:"编号"`
}

func (h *handler) getMyLetter(ctx context.Context, in *LetterID) (*Private[Letter], error) {
	v, err := h.Letters.OneOfMine(ctx, who(ctx).Actor, in.ID)
	return h.answerLetter(ctx, v, err)
}

func (h *handler) answerLetter(ctx context.Context, v *letter.Shown, err error) (*Private[Letter], error) {
	if err != nil {
		return nil, err
	}
	names, err := h.Letters.NamesFor(ctx, nil)
	if err != nil {
		return nil, err
	}
	l := h.showLetter(v, names)
	l.Public, err = h.Letters.IsPublic(ctx, v.ID)
	return private(l), err
}

func (h *handler) showLetter(v *letter.Shown, names letter.Names) Letter {
	l := Letter{LetterItem: letterItem(v, names, forAuthor), Text: v.Text, Place: v.Place.Words, Point: letterPoint(v.Place),
		Files: converted(v.Files, letterFile), MayPublish: v.MayPublish, Anonymous: v.Anonymous, Due: letterDue(v), Round: v.Round,
		Timeline: letterTimeline(v, names.Departments), Answers: letterAnswers(v, names.Departments), CanAdd: v.CanAdd() == nil,
		CanAsk: v.CanAsk() == nil, CanTake: v.State.IsOpen(), Refusal: letterRefusal(v),
		Extension: letterExtended(v)}
	if v.State.IsOpen() {
		l.With = letterWith(v, names.Departments)
	}
	return l
}

// letterWith is who has a letter.
func letterWith(v *letter.Shown, departments map[string]string) string {
	switch {
	case v.IsSupervised() || v.Dispute() != nil:
		return say("letter.supervisor", nil)
	case v.LeadID == "":
		return say("letter.centre", nil)
	}
	return departments[v.LeadID]
}

func letterPoint(p model.LetterPlace) *LetterPoint {
	if p.Lat == 0 && p.Lng == 0 {
		return nil
	}
	return &LetterPoint{p.Lat, p.Lng}
}

func letterFile(f model.LetterFile) LetterFile {
	return LetterFile{f.FileID, f.Name, f.MediaType, f.Size}
}

func letterDue(v *letter.Shown) *LetterDue {
	if v.Due.Day == "" {
		return nil
	}
	return &LetterDue{v.Due.Day, v.WhyDue(v.Due), v.Left}
}

func letterExtended(v *letter.Shown) *LetterExtended {
	if v.Extension == nil {
		return nil
	}
	return &LetterExtended{v.DueDay, v.Extension.Workdays, v.Extension.Why, v.Extension.Plan}
}

func letterRefusal(v *letter.Shown) *LetterRefusal {
	if v.State != model.LetterRefused {
		return nil
	}
	r := &LetterRefusal{v.Ground, v.Ground.Name(), ""}
	for _, e := range v.Events {
		if e.What == model.LetterStepRefused {
			r.Text = e.Text
		}
	}
	return r
}

func letterAnswers(v *letter.Shown, departments map[string]string) []LetterAnswer {
	answers := []LetterAnswer{}
	for i := range v.Replies {
		if r := &v.Replies[i]; r.IsSent() {
			answers = append(answers, letterAnswer(r, departments))
		}
	}
	return answers
}

func letterAnswer(r *model.LetterReply, departments map[string]string) LetterAnswer {
	a := LetterAnswer{Text: r.Text, Basis: r.Basis, At: r.SentAt, Department: departments[r.DepartmentID], Outcome: r.Outcome,
		OutcomeName: r.Outcome.Name(), OnTime: r.OnTime()}
	if r.DepartmentID == "" {
		a.Department = say("letter.supervisor", nil)
	}
	if r.Rating != nil {
		a.Rating = &LetterRating{r.Rating.Response, r.Rating.Solved, r.Rating.Satisfaction, r.Rating.Text, r.Rating.ByCall}
	}
	return a
}

// letterTimeline are the steps that the author may know of, in words.
func letterTimeline(v *letter.Shown, departments map[string]string) []LetterStep {
	steps := []LetterStep{}
	for _, e := range v.Events {
		if e.What.IsInternal() || e.What == model.LetterStepDesignated {
			continue
		}
		step := LetterStep{e.At, e.What, e.What.Name(), e.Text}
		switch e.What {
		case model.LetterStepReceived:
			step.Text = say("letter.with", map[string]any{"department": say("letter.centre", nil)})
		case model.LetterStepDispatched, model.LetterStepReopened, model.LetterStepAnswered:
			step.Text = say("letter.with", map[string]any{"department": departments[e.DepartmentID]})
		case model.LetterStepSupervised:
			step.Text = ""
		case model.LetterStepEscalated:
			step.Text = say("letter.with", map[string]any{"department": say("letter.supervisor", nil)})
		case model.LetterStepMerged:
			step.Text = say("letter.merged", nil) // the other letter is somebody else's
		}
		steps = append(steps, step)
	}
	return steps
}

// LetterAdditionIn adds to a letter.
type LetterAdditionIn struct {
	Keyed
	LetterID
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"20000" doc:"补充的话，最多3000个字"`
	}
}

func (h *handler) addToLetter(ctx context.Context, in *LetterAdditionIn) (*Private[Letter], error) {
	v, err := h.Letters.Add(ctx, who(ctx).Actor, in.ID, in.Body.Text)
	return h.answerLetter(ctx, v, err)
}

// LetterWithdrawalIn takes a letter back.
type LetterWithdrawalIn struct {
	Keyed
	LetterID
	Body struct {
		Why string `json:"why,omitempty" maxLength:"500" doc:"为什么，可以不写"`
	}
}

func (h *handler) withdrawLetter(ctx context.Context, in *LetterWithdrawalIn) (*Private[Letter], error) {
	v, err := h.Letters.Withdraw(ctx, who(ctx).Actor, in.ID, in.Body.Why)
	return h.answerLetter(ctx, v, err)
}

// LetterRatingIn rates the present answer.
type LetterRatingIn struct {
	Keyed
	LetterID
	Body LetterRating
}

func (h *handler) rateLetter(ctx context.Context, in *LetterRatingIn) (*Private[Letter], error) {
	r := model.LetterRating{Response: in.Body.Response, Solved: in.Body.Solved, Satisfaction: in.Body.Satisfaction, Text: in.Body.Text}
	v, err := h.Letters.Rate(ctx, who(ctx).Actor, in.ID, r)
	return h.answerLetter(ctx, v, err)
}

// LetterQuestionIn asks the one supplement question.
type LetterQuestionIn struct {
	Keyed
	LetterID
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"500" doc:"要追问的话"`
	}
}

func (h *handler) askAboutLetter(ctx context.Context, in *LetterQuestionIn) (*Private[Letter], error) {
	v, err := h.Letters.Ask(ctx, who(ctx).Actor, in.ID, in.Body.Text)
	return h.answerLetter(ctx, v, err)
}

// LetterConsentIn agrees to publication, or does no more.
type LetterConsentIn struct {
	Keyed
	LetterID
	Body struct {
		MayPublish bool `json:"may_publish" doc:"同意公开"`
	}
}

func (h *handler) consentToLetter(ctx context.Context, in *LetterConsentIn) (*Private[Letter], error) {
	v, err := h.Letters.Consent(ctx, who(ctx).Actor, in.ID, in.Body.MayPublish)
	return h.answerLetter(ctx, v, err)
}

// UnsentLetter is what somebody has begun to write.
type UnsentLetter struct {
	Form string    `json:"form" doc:"表单的内容，客户端自己的格式；没有为空"`
	At   time.Time `json:"at" doc:"何时存下的"`
}

// UnsentLetterIn names a channel.
type UnsentLetterIn struct {
	Channel model.LetterChannel `path:"channel" enum:"ask,mayor" doc:"ask 我向政府问个事，mayor 我和市长拉个呱"`
}

func (h *handler) getUnsentLetter(ctx context.Context, in *UnsentLetterIn) (*Private[UnsentLetter], error) {
	text, at, err := h.Letters.Unsent(ctx, who(ctx).Actor, in.Channel)
	return private(UnsentLetter{text, at}), err
}

// KeepUnsentLetterIn keeps what somebody has begun to write.
type KeepUnsentLetterIn struct {
	Keyed
	UnsentLetterIn
	Body struct {
		Form string `json:"form" maxLength:"40000" doc:"表单的内容；空着就是不要了"`
	}
}

func (h *handler) keepUnsentLetter(ctx context.Context, in *KeepUnsentLetterIn) (*Done, error) {
	return done(), h.Letters.KeepUnsent(ctx, who(ctx).Actor, in.Channel, in.Body.Form)
}
