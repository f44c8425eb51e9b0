package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/letter"
)

// LetterRecord is a letter as staff see it, without how its author can be reached.
type LetterRecord struct {
	DeskLetterItem
	Text         string              `json:"text" doc:"来信全文"`
	Place        string              `json:"place" doc:"地点，没有为空"`
	Point        *LetterPoint        `json:"point" doc:"地图上的位置，没有为 null"`
	Files        []LetterFile        `json:"files" doc:"图片和文件"`
	MayPublish   bool                `json:"may_publish" doc:"来信人同意公开"`
	Anonymous    bool                `json:"anonymous" doc:"公开时不显示称呼"`
	Gone         bool                `json:"gone" doc:"来信人已注销账号，看不到答复了"`
	Due          *LetterDue          `json:"due" doc:"最迟哪天答复，不在办理中为 null"`
	Extension    *LetterExtended     `json:"extension" doc:"延长的期限，没有为 null"`
	Refusal      *LetterRefusal      `json:"refusal" doc:"不予受理的理由，其他为 null"`
	MergedInto   string              `json:"merged_into" doc:"并入了哪一封的编号，没有为空"`
	Assists      []LetterAssist      `json:"assists" doc:"协办部门和它们的意见"`
	Draft        *LetterDraft        `json:"draft" doc:"拟出、等待签发的答复，没有为 null"`
	Answers      []LetterAnswer      `json:"answers" doc:"发出的答复，早的在前"`
	Instructions []LetterInstruction `json:"instructions" doc:"批示和落实情况"`
	Steps        []DeskLetterStep    `json:"steps" doc:"办理过程，早的在前"`
	Supervisions []LetterSupervision `json:"supervisions" doc:"督办，早的在前"`
	Disputes     []LetterDispute     `json:"disputes" doc:"部门之间的争议，早的在前；最后一次可能还没有裁定"`
	Rights       LetterRights        `json:"rights" doc:"您现在可以做什么"`
	Publication  *LetterPublication  `json:"publication" doc:"公开的情况，没有人拟过为 null"`
}

// LetterTerm is how long an office has.
type LetterTerm struct {
	Workdays int    `json:"workdays" minimum:"5" maximum:"250" doc:"几个工作日"`
	Law      string `json:"law" maxLength:"80" doc:"依据的法规，通常的 5 个工作日为空"`
	Article  string `json:"article" maxLength:"20" doc:"第几条"`
}

// LetterAssist is an office that helps, and what it says.
type LetterAssist struct {
	Department Ref       `json:"department" doc:"协办部门"`
	Mine       bool      `json:"mine" doc:"您可以替它写意见"`
	AskedAt    time.Time `json:"asked_at" doc:"何时请它协办"`
	Text       string    `json:"text" doc:"意见，还没有为空"`
	By         string    `json:"by" doc:"谁写的"`
	At         time.Time `json:"at" doc:"何时写的"`
}

// LetterDraft is a reply that waits for its signature.
type LetterDraft struct {
	Text    string              `json:"text" doc:"答复"`
	Basis   string              `json:"basis" doc:"依据，没有为空"`
	Outcome model.LetterOutcome `json:"outcome" enum:"solved,partly,promised,explained" doc:"solved 已解决，partly 部分解决，promised 列入计划，explained 解释说明"`
	By      string              `json:"by" doc:"谁拟的"`
	At      time.Time           `json:"at" doc:"何时拟的"`
}

// LetterInstruction is what the mayor's office wants done.
type LetterInstruction struct {
	ID         string    `json:"id" doc:"编号"`
	Text       string    `json:"text" doc:"批示"`
	Department Ref       `json:"department" doc:"交给哪个部门"`
	By         string    `json:"by" doc:"谁批的"`
	At         time.Time `json:"at" doc:"何时"`
	Report     string    `json:"report" doc:"落实情况，还没有为空"`
	ReportedAt time.Time `json:"reported_at" doc:"何时报告的"`
	MayReport  bool      `json:"may_report" doc:"您可以报告落实情况"`
}

// DeskLetterStep is one step on the way of a letter as staff see it.
type DeskLetterStep struct {
	At         time.Time        `json:"at" doc:"何时"`
	What       model.LetterStep `json:"what" doc:"哪一步"`
	Name       string           `json:"name" doc:"这一步的中文"`
	By         string           `json:"by" doc:"哪位工作人员，来信人和系统为空"`
	Department string           `json:"department" doc:"哪个部门，没有为空"`
	Text       string           `json:"text" doc:"内容，可能为空"`
	Internal   bool             `json:"internal" doc:"来信人看不到"`
}

// LetterPublication is how far a letter is on its way to the public.
type LetterPublication struct {
	Stage  model.Stage `json:"stage" doc:"draft 草稿，review 待审核，scheduled 待发布，published 已发布，withdrawn 已撤回，kept 留存"`
	Public bool        `json:"public" doc:"居民现在能不能看到"`
}

func (h *handler) publicationOf(ctx context.Context, id string) (*LetterPublication, error) {
	p, err := h.LetterDesk.Publication(ctx, id)
	if err != nil || p == nil {
		return nil, err
	}
	return &LetterPublication{p.Stage, p.Public}, nil
}

// LetterRights are what somebody may do to a letter as it stands.
type LetterRights struct {
	Contact  bool `json:"contact" doc:"看联系方式"`
	Dispatch bool `json:"dispatch" doc:"分派、指定"`
	Refuse   bool `json:"refuse" doc:"不予受理"`
	Return   bool `json:"return" doc:"退回"`
	Take     bool `json:"take" doc:"认领"`
	Draft    bool `json:"draft" doc:"拟答复"`
	Sign     bool `json:"sign" doc:"签发"`
	Help     bool `json:"help" doc:"写协办意见"`
	Extend   bool `json:"extend" doc:"延长期限"`
	AskToEnd bool `json:"ask_to_end" doc:"申请终结"`
	Review   bool `json:"review" doc:"审核终结"`
	Merge    bool `json:"merge" doc:"并案"`
	Note     bool `json:"note" doc:"写备注"`
	Instruct bool `json:"instruct" doc:"批示"`
	Publish  bool `json:"publish" doc:"拟公开：写信人同意、已经答复"`

	Supervise bool `json:"supervise" doc:"督办"`
	Raise     bool `json:"raise" doc:"提请市政府办裁定由谁办"`
	Settle    bool `json:"settle" doc:"裁定由谁办，或者提请常务会议"`
}

func (h *handler) getLetter(ctx context.Context, in *LetterID) (*Private[LetterRecord], error) {
	v, err := h.Letters.Get(ctx, by(ctx), in.ID)
	return h.answerLetterRecord(ctx, v, err)
}

func (h *handler) answerLetterRecord(ctx context.Context, v *letter.Shown, err error) (*Private[LetterRecord], error) {
	if err != nil {
		return nil, err
	}
	r, err := h.letterRecord(ctx, v)
	return versioned(r, r.Version), err
}

func (h *handler) letterRecord(ctx context.Context, v *letter.Shown) (r LetterRecord, err error) {
	names, err := h.Letters.NamesFor(ctx, &v.Letter)
	if err != nil {
		return r, err
	}
	rights, err := h.Letters.RightsTo(ctx, by(ctx), &v.Letter)
	if err != nil {
		return r, err
	}
	r = LetterRecord{DeskLetterItem: deskLetterItem(v, names), Text: v.Text, Place: v.Place.Words,
		Point: letterPoint(v.Place), Files: converted(v.Files, letterFile), MayPublish: v.MayPublish, Anonymous: v.Anonymous,
		Gone: v.ResidentID == "" && v.EnteredBy == "", Due: letterDue(v),
		Extension: letterExtended(v), Refusal: letterRefusal(v), MergedInto: v.MergedInto,
		Assists: h.letterAssists(ctx, v, names), Draft: letterDraft(v, names), Answers: letterAnswers(v, names.Departments),
		Instructions: h.letterInstructions(ctx, v, names, rights), Steps: deskLetterSteps(v, names),
		Supervisions: h.letterSupervisions(ctx, v, names), Disputes: letterDisputes(v, names), Rights: letterRights(rights)}
	r.Publication, err = h.publicationOf(ctx, v.ID)
	return r, err
}

// letterTerm is a term; the law of the usual one is no news.
func letterTerm(t model.Term) LetterTerm {
	if t.Workdays <= model.UsualTerm.Workdays {
		return LetterTerm{Workdays: t.Workdays}
	}
	return LetterTerm{t.Workdays, t.Law, t.Article}
}

func letterRights(r letter.Rights) LetterRights {
	return LetterRights{r.Contact, r.Dispatch, r.Refuse, r.Return, r.Take, r.Draft, r.Sign, r.Help, r.Extend, r.AskToEnd, r.Review,
		r.Merge, r.Note, r.Instruct, r.Publish, r.Supervise, r.Raise, r.Settle}
}

func (h *handler) letterAssists(ctx context.Context, v *letter.Shown, names letter.Names) []LetterAssist {
	return converted(v.Assists, func(a model.LetterAssist) LetterAssist {
		mine := v.State.IsOpen() && h.Letters.Answers(ctx, by(ctx), a.DepartmentID)
		return LetterAssist{Ref{a.DepartmentID, names.Departments[a.DepartmentID]}, mine, a.AskedAt, a.Text, names.Staff[a.StaffID], a.At}
	})
}

func letterDraft(v *letter.Shown, names letter.Names) *LetterDraft {
	d := v.Letter.Draft()
	if d == nil {
		return nil
	}
	return &LetterDraft{d.Text, d.Basis, d.Outcome, names.Staff[d.DraftedBy], d.DraftedAt}
}

func (h *handler) letterInstructions(ctx context.Context, v *letter.Shown, names letter.Names, rights letter.Rights) []LetterInstruction {
	return converted(v.Instructions, func(i model.LetterInstruction) LetterInstruction {
		return LetterInstruction{i.ID, i.Text, Ref{i.DepartmentID, names.Departments[i.DepartmentID]}, names.Staff[i.StaffID], i.At,
			i.Report, i.ReportedAt, rights.Report && i.ReportedAt.IsZero() && h.Letters.Answers(ctx, by(ctx), i.DepartmentID)}
	})
}

func deskLetterSteps(v *letter.Shown, names letter.Names) []DeskLetterStep {
	return converted(v.Events, func(e model.LetterEvent) DeskLetterStep {
		return DeskLetterStep{e.At, e.What, e.What.Name(), names.Staff[e.StaffID], names.Departments[e.DepartmentID], e.Text, e.What.IsInternal()}
	})
}
