package handler

import (
	"cmp"
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/letter"
)

const pathLetters = "/admin/v1/letters"

func (h *handler) letterDeskRoutes(api huma.API) {
	read, answer := may(model.ActOpenLetters), may(model.ActHandleLetters)
	sign, dispatch := may(model.ActSignLetters), may(model.ActDispatchLetters)
	one := pathLetters + "/{id}"
	act(h, api, "GET", pathLetters, read, "来信的列表", h.listLetters)
	create(h, api, pathLetters, may(model.ActEnterLetters), "录入来信", h.enterLetter)
	act(h, api, "GET", pathLetters+"/boxes", read, "各个列表里有多少封来信", h.countLetterBoxes)
	act(h, api, "GET", pathLetters+"/figures", read, "来信办理情况", h.letterFigures)
	act(h, api, "GET", one, read, "一封来信", h.getLetter)
	act(h, api, "GET", pathLetters+"/alike", dispatch, "说的像是同一件事的来信，一件一组", h.letterMatters)
	act(h, api, "GET", pathLetters+"/colleagues", may(model.ActHandOverLetters), "可以接手本部门来信的同事", h.letterColleagues)
	act(h, api, "POST", pathLetters+"/handover", may(model.ActHandOverLetters), "把几封来信移交给一位同事", h.handOverLetters)
	act(h, api, "GET", one+"/company", read, "还有谁打开着这封信", h.letterCompany)
	act(h, api, "GET", one+"/alike", dispatch, "与这封信说的像是同一件事的来信", h.alikeLetters)
	act(h, api, "POST", one+"/merges", dispatch, "把同一件事的几封信并入这一封", h.mergeLetters)
	act(h, api, "GET", one+"/receipt", may(model.ActEnterLetters), "来信的回执，给来人带走", h.letterReceipt)
	act(h, api, "POST", one+"/contact", read, "看来信人的联系方式，留下理由", h.readContact)
	act(h, api, "GET", one+"/proposal", dispatch, "建议由哪个部门办理", h.proposeOffice)
	act(h, api, "POST", one+"/dispatch", dispatch, "分派或指定办理的部门", h.dispatchLetter)
	act(h, api, "POST", one+"/refusal", dispatch, "不予受理", h.refuseLetter)
	act(h, api, "POST", one+"/merge", dispatch, "并入同一事项的另一封", h.mergeLetter)
	act(h, api, "POST", one+"/clear", dispatch, "内容看过了", h.clearLetter)
	act(h, api, "POST", one+"/end", dispatch, "审核终结的申请", h.endLetter)
	act(h, api, "POST", one+"/return", answer, "退回受理中心", h.returnLetter)
	act(h, api, "POST", one+"/take", answer, "认领一封来信", h.takeLetter)
	act(h, api, "POST", one+"/help", answer, "写协办意见", h.helpLetter)
	act(h, api, "PUT", one+"/reply", answer, "拟答复，送签", h.draftReply)
	act(h, api, "POST", one+"/sign", sign, "签发答复", h.signReply)
	act(h, api, "POST", one+"/send-back", sign, "把答复退回修改", h.sendBackReply)
	act(h, api, "POST", one+"/extension", answer, "延长办理期限", h.extendLetter)
	act(h, api, "POST", one+"/ending", answer, "申请终结", h.askToEndLetter)
	act(h, api, "POST", one+"/notes", read, "写内部备注", h.noteOnLetter)
	act(h, api, "POST", one+"/instructions", may(model.ActInstructLetters), "在来信上批示", h.instructLetter)
	act(h, api, "POST", one+"/instructions/{instruction}", answer, "报告批示的落实", h.reportInstruction)
	h.letterWatchRoutes(api)
}

// DeskLettersIn asks for letters.
type DeskLettersIn struct {
	Box        letter.Box          `query:"box" enum:"centre,doubted,ending,mayor,supervised,disputed,asked,taken,todo,signing,helping,instructed,due,overdue,reopened,answered,all" doc:"centre 待分派，doubted 内容待看，ending 待审终结，mayor 市长来信，supervised 提级办理，disputed 部门争议，asked 待答复督办，taken 我认领的，todo 待办，signing 待签发，helping 待协办，instructed 待落实批示，due 今天到期，overdue 逾期，reopened 再次办理，answered 已答复，all 全部；不填为您的第一个"`
	Channel    model.LetterChannel `query:"channel" enum:"ask,mayor" doc:"ask 我向政府问个事，mayor 我和市长拉个呱"`
	Source     model.LetterSource  `query:"source" enum:"mini,phone,counter,paper" doc:"mini 小程序，phone 电话，counter 窗口，paper 信函"`
	Topic      string              `query:"topic" maxLength:"40" doc:"属于哪个专题"`
	State      model.LetterState   `query:"state" enum:"received,assigned,signing,ending,answered,closed,refused,ended,withdrawn,merged" doc:"办理到哪个状态"`
	Department string              `query:"department" maxLength:"26" doc:"由哪个部门和它下属的部门主办"`
	Figure     letter.Figure       `query:"figure" enum:"received,answered,on_time,solved,unsolved,unrated,explained,reopened,refused,ended,overdue,called" doc:"办理情况里的一个数字，连同 since、until、department 列出它数的是哪些信；department 为 none 是还没有分派的"`
	Number     string              `query:"number" maxLength:"40" doc:"受理编号，或其中一段"`
	Since      model.Day           `query:"since" maxLength:"10" doc:"哪天起收到的"`
	Until      model.Day           `query:"until" maxLength:"10" doc:"哪天止收到的"`
	Limit      int                 `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少封"`
	Offset     int                 `query:"offset" minimum:"0" maximum:"100000" doc:"从第几封起"`
}

// DeskLetterPage is a page of letters.
type DeskLetterPage struct {
	Items []DeskLetterItem `json:"items" doc:"先到期的在前；办完的新的在前"`
	Total int              `json:"total" doc:"共多少封，1000 表示更多"`
	Boxes []LetterBox      `json:"boxes" doc:"您的各个列表里有多少封"`
}

// LetterBox is a list that somebody works through.
type LetterBox struct {
	Box   letter.Box `json:"box" enum:"centre,doubted,ending,mayor,supervised,disputed,asked,taken,todo,signing,helping,instructed,due,overdue,reopened,answered,all" doc:"哪个列表"`
	Name  string     `json:"name" doc:"列表的中文"`
	Count int        `json:"count" doc:"有多少封，1000 表示更多；办完的不数，为 0"`
}

// LetterBoxes are the boxes of somebody, with how much is in each.
type LetterBoxes struct {
	Items []LetterBox `json:"items" doc:"您的各个列表，先要办的在前"`
}

func (h *handler) countLetterBoxes(ctx context.Context, _ *struct{}) (*Private[LetterBoxes], error) {
	boxes, err := h.Letters.Boxes(ctx, by(ctx))
	return private(LetterBoxes{converted(boxes, letterBox)}), err
}

// DeskLetterItem is a letter in a list of the console.
type DeskLetterItem struct {
	LetterItem
	Source     model.LetterSource `json:"source" enum:"mini,phone,counter,paper" doc:"mini 小程序，phone 电话，counter 窗口，paper 信函"`
	SourceName string             `json:"source_name" doc:"来源的中文"`
	Version    int64              `json:"version" doc:"版本，办理时放在 If-Match 里"`
	Term       LetterTerm         `json:"term" doc:"办理期限"`
	Colour     string             `json:"colour" enum:"none,yellow,red" doc:"期限的颜色：none 还早或者不在办理中，yellow 剩下不多，red 逾期"`
	Left       int                `json:"left" doc:"离期限还有几个工作日，逾期为负数，不在办理中为 0"`
	Department *Ref               `json:"department" doc:"主办部门，还没有分派为 null"`
	Wanted     *Ref               `json:"wanted" doc:"来信人想问的部门，没有说为 null"`
	Handler    *Ref               `json:"handler" doc:"谁认领了，没有为 null"`
	Round      int                `json:"round" doc:"第几次办理"`
	Designated bool               `json:"designated" doc:"已经指定，不能退回"`
	Doubted    bool               `json:"doubted" doc:"内容检查要人看一看"`
}

func (h *handler) listLetters(ctx context.Context, in *DeskLettersIn) (*Private[DeskLetterPage], error) {
	page, err := h.Letters.List(ctx, by(ctx), letter.Question{Box: in.Box, Channel: in.Channel, Source: in.Source, Topic: in.Topic,
		State: in.State, Department: in.Department, Figure: in.Figure, Number: in.Number, Since: in.Since, Until: in.Until, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	names, err := h.Letters.NamesIn(ctx, page.Items)
	return private(DeskLetterPage{converted(page.Items, func(v letter.Shown) DeskLetterItem { return deskLetterItem(&v, names) }),
		page.Total, converted(page.Boxes, letterBox)}), err
}

func letterBox(c letter.Counted) LetterBox {
	return LetterBox{c.Box, boxName(c.Box), c.Count}
}

func boxName(b letter.Box) string {
	return map[letter.Box]string{letter.BoxCentre: "待分派", letter.BoxDoubted: "内容待看", letter.BoxEnding: "待审终结",
		letter.BoxMayor: "市长来信", letter.BoxSupervised: "提级办理", letter.BoxDisputed: "部门争议", letter.BoxAsked: "待答复督办", letter.BoxTaken: "我认领的", letter.BoxTodo: "待办",
		letter.BoxSigning: "待签发", letter.BoxHelping: "待协办", letter.BoxInstructed: "待落实批示", letter.BoxDue: "今天到期",
		letter.BoxOverdue: "逾期", letter.BoxReopened: "再次办理", letter.BoxAnswered: "已答复", letter.BoxAll: "全部"}[b]
}

func deskLetterItem(v *letter.Shown, names letter.Names) DeskLetterItem {
	return DeskLetterItem{LetterItem: letterItem(v, names, forStaff), Source: v.Source, SourceName: v.Source.Name(), Left: v.Left,
		Version: v.Version, Term: letterTerm(v.Term), Colour: cmp.Or(string(v.Colour), "none"), Department: refOf(v.LeadID, names.Departments), Wanted: refOf(v.WantedID, names.Departments),
		Handler: refOf(v.HandlerID, names.Staff), Round: v.Round, Designated: v.Designated, Doubted: v.Check == model.CheckDoubted}
}

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

// LetterEdit is an act on a letter that was read.
type LetterEdit struct {
	Edit
	LetterID
}

// onLetter does something to a letter; who was too slow is told what is there now.
func (h *handler) onLetter(ctx context.Context, in *LetterEdit, do func(letter.Ref) (*letter.Shown, error)) (*Private[LetterRecord], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	v, err := do(letter.Ref{ID: in.ID, Version: version})
	if err != nil {
		return nil, withCurrent(err, func() (r LetterRecord, err error) {
			now, err := h.Letters.Get(ctx, by(ctx), in.ID)
			if err != nil {
				return r, err
			}
			return h.letterRecord(ctx, now)
		})
	}
	return h.answerLetterRecord(ctx, v, nil)
}

// EnterLetterIn is a letter that came to staff.
type EnterLetterIn struct {
	Keyed
	Body struct {
		LetterForm
		Source model.LetterSource `json:"source" enum:"phone,counter,paper" doc:"phone 电话，counter 窗口，paper 信函"`
	}
}

func (h *handler) enterLetter(ctx context.Context, in *EnterLetterIn) (*Private[LetterRecord], error) {
	v := in.Body.sending()
	v.Source = in.Body.Source
	entered, err := h.Letters.Enter(ctx, by(ctx), v)
	return h.answerLetterRecord(ctx, entered, err)
}

// ContactIn says why somebody has to know how an author can be reached.
type ContactIn struct {
	Keyed
	LetterID
	Body struct {
		Why string `json:"why" minLength:"1" maxLength:"500" doc:"为什么要看，记入审计"`
	}
}

// LetterContact is how an author can be reached.
type LetterContact struct {
	Name  string `json:"name" doc:"称呼，没有为空"`
	Phone string `json:"phone" doc:"电话，没有为空"`
}

func (h *handler) readContact(ctx context.Context, in *ContactIn) (*Private[LetterContact], error) {
	c, err := h.Letters.Contact(ctx, by(ctx), in.ID, in.Body.Why)
	return private(LetterContact{c.Name, c.Phone}), err
}

// DispatchIn gives a letter to offices.
type DispatchIn struct {
	LetterEdit
	Body struct {
		Lead    string      `json:"lead" minLength:"1" maxLength:"26" doc:"主办部门"`
		Assists []string    `json:"assists,omitempty" maxItems:"10" doc:"协办部门"`
		Term    *LetterTerm `json:"term,omitempty" doc:"法规另有期限的，几个工作日、依据；不填为 5 个工作日"`
		Final   bool        `json:"final,omitempty" doc:"指定办理：不能再退回"`
		Why     string      `json:"why,omitempty" maxLength:"500" doc:"为什么交给它，来信人看不到"`
	}
}

func (h *handler) dispatchLetter(ctx context.Context, in *DispatchIn) (*Private[LetterRecord], error) {
	d := letter.Dispatching{Lead: in.Body.Lead, Assists: in.Body.Assists, Final: in.Body.Final, Why: in.Body.Why}
	if t := in.Body.Term; t != nil {
		d.Term = model.Term{Workdays: t.Workdays, Law: t.Law, Article: t.Article}
	}
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Dispatch(ctx, by(ctx), r, d) })
}

// RefuseLetterIn does not accept a letter.
type RefuseLetterIn struct {
	LetterEdit
	Body struct {
		Ground model.LetterGround `json:"ground" enum:"litigation,foi,petition,secret,concluded,emergency,not_city" doc:"litigation 诉讼仲裁等，foi 信息公开，petition 信访中，secret 秘密或隐私，concluded 已依法办结，emergency 紧急求助，not_city 不属本市"`
		Text   string             `json:"text" minLength:"1" maxLength:"500" doc:"理由，和可以去哪里；来信人看得到"`
	}
}

func (h *handler) refuseLetter(ctx context.Context, in *RefuseLetterIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Refuse(ctx, by(ctx), r, in.Body.Ground, in.Body.Text)
	})
}

// MergeLetterIn has a letter go with another.
type MergeLetterIn struct {
	LetterEdit
	Body struct {
		Into string `json:"into" minLength:"1" maxLength:"40" doc:"并入哪一封：编号或受理编号"`
	}
}

func (h *handler) mergeLetter(ctx context.Context, in *MergeLetterIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Merge(ctx, by(ctx), r, in.Body.Into) })
}

func (h *handler) clearLetter(ctx context.Context, in *LetterEdit) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, in, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Clear(ctx, by(ctx), r) })
}

// EndLetterIn says whether a letter ends without solution.
type EndLetterIn struct {
	LetterEdit
	Body struct {
		Agreed bool   `json:"agreed" doc:"同意终结；不同意就继续办理"`
		Why    string `json:"why" minLength:"1" maxLength:"500" doc:"理由；同意终结的，来信人看得到"`
	}
}

func (h *handler) endLetter(ctx context.Context, in *EndLetterIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.End(ctx, by(ctx), r, in.Body.Agreed, in.Body.Why)
	})
}

// LetterWhyIn says why something is done.
type LetterWhyIn struct {
	LetterEdit
	Body struct {
		Why string `json:"why" minLength:"1" maxLength:"500" doc:"理由，来信人看不到"`
	}
}

func (h *handler) returnLetter(ctx context.Context, in *LetterWhyIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Return(ctx, by(ctx), r, in.Body.Why) })
}

func (h *handler) sendBackReply(ctx context.Context, in *LetterWhyIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.SendBack(ctx, by(ctx), r, in.Body.Why) })
}

func (h *handler) askToEndLetter(ctx context.Context, in *LetterWhyIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.AskToEnd(ctx, by(ctx), r, in.Body.Why) })
}

func (h *handler) takeLetter(ctx context.Context, in *LetterEdit) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, in, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Take(ctx, by(ctx), r) })
}

func (h *handler) signReply(ctx context.Context, in *LetterEdit) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, in, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Sign(ctx, by(ctx), r) })
}

// LetterTextIn is what somebody writes on a letter.
type LetterTextIn struct {
	LetterEdit
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"20000" doc:"内容，来信人看不到"`
	}
}

// HelpLetterIn is what a helping office says.
type HelpLetterIn struct {
	LetterEdit
	Body struct {
		Text       string `json:"text" minLength:"1" maxLength:"20000" doc:"协办意见，来信人看不到"`
		Department string `json:"department,omitempty" maxLength:"26" doc:"替哪个部门写；只属于一个协办部门的不用填"`
	}
}

func (h *handler) helpLetter(ctx context.Context, in *HelpLetterIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Help(ctx, by(ctx), r, in.Body.Department, in.Body.Text)
	})
}

func (h *handler) noteOnLetter(ctx context.Context, in *LetterTextIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Note(ctx, by(ctx), r, in.Body.Text) })
}

// DraftReplyIn is a reply as somebody writes it.
type DraftReplyIn struct {
	LetterEdit
	Body struct {
		Text    string              `json:"text" minLength:"1" maxLength:"20000" doc:"给来信人的答复，最多5000个字"`
		Basis   string              `json:"basis,omitempty" maxLength:"500" doc:"依据的文件和条款"`
		Outcome model.LetterOutcome `json:"outcome" enum:"solved,partly,promised,explained" doc:"solved 已解决，partly 部分解决，promised 列入计划，explained 解释说明"`
	}
}

func (h *handler) draftReply(ctx context.Context, in *DraftReplyIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Draft(ctx, by(ctx), r, letter.Reply{Text: in.Body.Text, Basis: in.Body.Basis, Outcome: in.Body.Outcome})
	})
}

// ExtendLetterIn takes a longer time.
type ExtendLetterIn struct {
	LetterEdit
	Body struct {
		Day  model.Day `json:"day" maxLength:"10" doc:"延长到哪天"`
		Why  string    `json:"why" minLength:"1" maxLength:"500" doc:"为什么，来信人看得到"`
		Plan string    `json:"plan" minLength:"1" maxLength:"500" doc:"接下来怎么办，来信人看得到"`
	}
}

func (h *handler) extendLetter(ctx context.Context, in *ExtendLetterIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Extend(ctx, by(ctx), r, in.Body.Day, in.Body.Why, in.Body.Plan)
	})
}

// InstructIn is what the mayor's office wants done.
type InstructIn struct {
	LetterEdit
	Body struct {
		Department string `json:"department" minLength:"1" maxLength:"26" doc:"交给哪个部门"`
		Text       string `json:"text" minLength:"1" maxLength:"500" doc:"批示"`
	}
}

func (h *handler) instructLetter(ctx context.Context, in *InstructIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Instruct(ctx, by(ctx), r, in.Body.Department, in.Body.Text)
	})
}

// ReportIn is what a department did about an instruction.
type ReportIn struct {
	LetterEdit
	Instruction string `path:"instruction" maxLength:"26" doc:"批示的编号"`
	Body        struct {
		Text string `json:"text" minLength:"1" maxLength:"20000" doc:"落实情况"`
	}
}

func (h *handler) reportInstruction(ctx context.Context, in *ReportIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Report(ctx, by(ctx), r, in.Instruction, in.Body.Text)
	})
}
