package handler

import (
	"cmp"
	"context"

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
