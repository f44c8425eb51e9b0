package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/letter"
)

func (h *handler) letterWatchRoutes(api huma.API) {
	read, supervise := may(model.ActOpenLetters), may(model.ActSuperviseLetters)
	one := pathLetters + "/{id}"
	act(h, api, "GET", pathLetters+"/watch", supervise, "督办：要看的来信", h.listWatched)
	act(h, api, "POST", one+"/supervisions", supervise, "督办一封来信", h.superviseLetter)
	act(h, api, "POST", one+"/supervisions/aside", supervise, "看过了，不予督办", h.setAside)
	act(h, api, "POST", one+"/supervisions/{supervision}/answer", read, "部门答复督办", h.answerSupervision)
	act(h, api, "POST", one+"/supervisions/{supervision}/take", supervise, "接手一件督办", h.takeSupervision)
	act(h, api, "POST", one+"/supervisions/{supervision}/close", supervise, "督办办结", h.closeSupervision)
	act(h, api, "POST", one+"/dispute", may(model.ActDispatchLetters), "提请市政府办裁定由谁办", h.raiseDispute)
	act(h, api, "POST", one+"/dispute/meeting", supervise, "把争议提请常务会议研究", h.takeToMeeting)
	act(h, api, "POST", one+"/dispute/decision", supervise, "裁定由哪个部门办理", h.settleDispute)
	h.callRoutes(api)
	h.robotRoutes(api)
}

// LetterSupervision is the Supervisor looking after a letter.
type LetterSupervision struct {
	ID         string                  `json:"id" doc:"编号"`
	Cause      model.SupervisionCause  `json:"cause" enum:"refusing,overdue,unsolved,negative,other" doc:"refusing 推诿或者拒不办理，overdue 逾期，unsolved 应当解决没有解决，negative 造成不良影响，other 其他"`
	CauseName  string                  `json:"cause_name" doc:"情形的中文"`
	Why        string                  `json:"why" doc:"为什么，人工认定的才有"`
	Department *Ref                    `json:"department" doc:"要答复的部门，受理中心为 null"`
	By         string                  `json:"by" doc:"市政府办由谁负责"`
	At         time.Time               `json:"at" doc:"何时督办的"`
	Text       string                  `json:"text" doc:"督办意见"`
	Day        model.Day               `json:"day" doc:"部门最迟哪天答复，不予督办的为空"`
	Late       bool                    `json:"late" doc:"部门过了期限还没有答复"`
	Answer     string                  `json:"answer" doc:"部门的答复，还没有为空"`
	AnsweredBy string                  `json:"answered_by" doc:"谁答复的"`
	AnsweredAt *time.Time              `json:"answered_at" doc:"何时答复的，还没有为 null"`
	Result     model.SupervisionResult `json:"result" enum:",mended,explained,reported,aside" doc:"mended 已经整改，explained 理由成立，reported 报市政府处理，aside 不予督办；还没有办结为空"`
	ResultName string                  `json:"result_name" doc:"结果的中文，还没有办结为空"`
	Note       string                  `json:"note" doc:"办结的说明"`
	ClosedBy   string                  `json:"closed_by" doc:"谁办结的"`
	ClosedAt   *time.Time              `json:"closed_at" doc:"何时办结的，还没有为 null"`
	MayAnswer  bool                    `json:"may_answer" doc:"您可以答复"`
}

// momentOr is a moment, nil for none.
func momentOr(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func (h *handler) letterSupervision(ctx context.Context, s *model.Supervision, names letter.Names) LetterSupervision {
	late := s.Waits() && s.DueDay < model.Today(h.Clock.Now())
	return LetterSupervision{s.ID, s.Cause, s.Cause.Name(), s.Why, refOf(s.DepartmentID, names.Departments), names.Staff[s.StaffID], s.OpenedAt,
		s.Text, s.DueDay, late, s.Answer, names.Staff[s.AnsweredBy], momentOr(s.AnsweredAt), s.Result, s.Result.Name(), s.Note,
		names.Staff[s.ClosedBy], momentOr(s.ClosedAt), h.Letters.MayExplain(ctx, by(ctx), s)}
}

func (h *handler) letterSupervisions(ctx context.Context, v *letter.Shown, names letter.Names) []LetterSupervision {
	return converted(v.Supervisions, func(s model.Supervision) LetterSupervision { return h.letterSupervision(ctx, &s, names) })
}

// LetterDispute is a letter that no office takes for its own.
type LetterDispute struct {
	Why        string     `json:"why" doc:"争议在哪里"`
	By         string     `json:"by" doc:"谁提请的"`
	At         time.Time  `json:"at" doc:"何时提请的"`
	MeetingDay model.Day  `json:"meeting_day" doc:"提请哪天的常务会议，没有为空"`
	Meeting    string     `json:"meeting" doc:"请常务会议研究什么"`
	Department *Ref       `json:"department" doc:"裁定由哪个部门办理，还没有为 null"`
	Decision   string     `json:"decision" doc:"裁定的理由"`
	DecidedBy  string     `json:"decided_by" doc:"谁裁定的"`
	DecidedAt  *time.Time `json:"decided_at" doc:"何时裁定的，还没有为 null"`
}

func letterDisputes(v *letter.Shown, names letter.Names) []LetterDispute {
	return converted(v.Disputes, func(d model.LetterDispute) LetterDispute {
		return LetterDispute{d.Why, names.Staff[d.RaisedBy], d.RaisedAt, d.MeetingDay, d.Meeting, refOf(d.DepartmentID, names.Departments),
			d.Decision, names.Staff[d.DecidedBy], momentOr(d.DecidedAt)}
	})
}

// WatchedIn asks for what the Supervisor works through.
type WatchedIn struct {
	Phase      letter.WatchPhase      `query:"phase" enum:"found,asked,late,answered,closed" doc:"found 发现的情形，还没有人看；asked 等部门答复；late 部门逾期没有答复；answered 部门已经答复，待办结；closed 办结的。不填为 found"`
	Cause      model.SupervisionCause `query:"cause" enum:"refusing,overdue,unsolved,negative,other" doc:"refusing 推诿或者拒不办理，overdue 逾期，unsolved 应当解决没有解决，negative 造成不良影响，other 其他"`
	Department string                 `query:"department" maxLength:"26" doc:"哪个部门和它下属的部门"`
	Limit      int                    `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少件"`
	Offset     int                    `query:"offset" minimum:"0" maximum:"100000" doc:"从第几件起"`
}

// WatchedPage is a part of what the Supervisor works through.
type WatchedPage struct {
	Items  []WatchedItem `json:"items" doc:"等得久的在前；办结的新的在前"`
	Total  int           `json:"total" doc:"共多少件，1000 表示更多"`
	Phases []WatchedPart `json:"phases" doc:"各个阶段有多少件"`
}

// WatchedPart is a phase with how much is in it.
type WatchedPart struct {
	Phase letter.WatchPhase `json:"phase" enum:"found,asked,late,answered,closed" doc:"哪个阶段"`
	Count int               `json:"count" doc:"多少件，1000 表示更多"`
}

// WatchedItem is a letter with a cause, and what was done about it.
type WatchedItem struct {
	Letter      DeskLetterItem         `json:"letter" doc:"哪封信"`
	Cause       model.SupervisionCause `json:"cause" enum:"refusing,overdue,unsolved,negative,other" doc:"哪种情形"`
	CauseName   string                 `json:"cause_name" doc:"情形的中文"`
	Since       time.Time              `json:"since" doc:"从何时起"`
	Supervision *LetterSupervision     `json:"supervision" doc:"督办，还没有人看为 null"`
}

func (h *handler) listWatched(ctx context.Context, in *WatchedIn) (*Private[WatchedPage], error) {
	page, err := h.Letters.Watch(ctx, letter.WatchQuestion{Phase: in.Phase, Cause: in.Cause, Department: in.Department, Limit: in.Limit, Offset: in.Offset})
	if err != nil {
		return nil, err
	}
	var hands model.Letter
	for _, i := range page.Items {
		hands.Events = append(hands.Events, model.LetterEvent{StaffID: i.HandlerID})
		if i.Supervision != nil {
			hands.Supervisions = append(hands.Supervisions, *i.Supervision)
		}
	}
	names, err := h.Letters.NamesFor(ctx, &hands)
	return private(WatchedPage{converted(page.Items, func(i letter.WatchItem) WatchedItem { return h.watchedItem(ctx, &i, names) }), page.Total,
		converted(page.Phases, func(p letter.PhaseCount) WatchedPart { return WatchedPart{p.Phase, p.Count} })}), err
}

func (h *handler) watchedItem(ctx context.Context, i *letter.WatchItem, names letter.Names) WatchedItem {
	item := WatchedItem{deskLetterItem(&i.Shown, names), i.Cause, i.Cause.Name(), i.Since, nil}
	if i.Supervision != nil {
		v := h.letterSupervision(ctx, i.Supervision, names)
		item.Supervision = &v
	}
	return item
}

// SuperviseIn is a supervision as somebody opens it.
type SuperviseIn struct {
	LetterEdit
	Body struct {
		Cause model.SupervisionCause `json:"cause" enum:"refusing,overdue,unsolved,negative,other" doc:"refusing 推诿或者拒不办理，overdue 逾期，unsolved 应当解决没有解决，negative 造成不良影响，other 其他"`
		Why   string                 `json:"why,omitempty" maxLength:"500" doc:"为什么这样认定，negative、other 必填"`
		Text  string                 `json:"text" minLength:"1" maxLength:"500" doc:"督办意见，部门看得到，来信人看不到"`
		Day   model.Day              `json:"day" maxLength:"10" doc:"部门最迟哪天答复"`
	}
}

func (h *handler) superviseLetter(ctx context.Context, in *SuperviseIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Supervise(ctx, by(ctx), r, letter.Supervising{Cause: in.Body.Cause, Why: in.Body.Why, Text: in.Body.Text, Day: in.Body.Day})
	})
}

// SetAsideIn says why nothing is asked of an office.
type SetAsideIn struct {
	LetterEdit
	Body struct {
		Cause model.SupervisionCause `json:"cause" enum:"refusing,overdue,unsolved,negative,other" doc:"哪种情形"`
		Why   string                 `json:"why" minLength:"1" maxLength:"500" doc:"为什么不予督办"`
	}
}

func (h *handler) setAside(ctx context.Context, in *SetAsideIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.SetAside(ctx, by(ctx), r, in.Body.Cause, in.Body.Why)
	})
}

// SupervisionEdit is an act on a supervision of a letter that was read.
type SupervisionEdit struct {
	LetterEdit
	Supervision string `path:"supervision" maxLength:"26" doc:"督办的编号"`
}

// AnswerSupervisionIn is what an office says that was asked.
type AnswerSupervisionIn struct {
	SupervisionEdit
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"20000" doc:"给市政府办的答复，来信人看不到"`
	}
}

func (h *handler) answerSupervision(ctx context.Context, in *AnswerSupervisionIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.AnswerSupervision(ctx, by(ctx), r, in.Supervision, in.Body.Text)
	})
}

func (h *handler) takeSupervision(ctx context.Context, in *SupervisionEdit) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.TakeSupervision(ctx, by(ctx), r, in.Supervision)
	})
}

// CloseSupervisionIn ends a supervision.
type CloseSupervisionIn struct {
	SupervisionEdit
	Body struct {
		Result model.SupervisionResult `json:"result" enum:"mended,explained,reported" doc:"mended 已经整改，explained 情况属实、理由成立，reported 报市政府处理"`
		Text   string                  `json:"text" minLength:"1" maxLength:"500" doc:"说明，来信人看不到"`
	}
}

func (h *handler) closeSupervision(ctx context.Context, in *CloseSupervisionIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.CloseSupervision(ctx, by(ctx), r, in.Supervision, in.Body.Result, in.Body.Text)
	})
}

func (h *handler) raiseDispute(ctx context.Context, in *LetterWhyIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) { return h.Letters.Raise(ctx, by(ctx), r, in.Body.Why) })
}

// MeetingIn takes a dispute to a meeting.
type MeetingIn struct {
	LetterEdit
	Body struct {
		Day  model.Day `json:"day" maxLength:"10" doc:"哪天的常务会议"`
		Text string    `json:"text" minLength:"1" maxLength:"500" doc:"请会议研究什么，来信人看不到"`
	}
}

func (h *handler) takeToMeeting(ctx context.Context, in *MeetingIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.TakeToMeeting(ctx, by(ctx), r, in.Body.Day, in.Body.Text)
	})
}

// DecisionIn says whose letter it is.
type DecisionIn struct {
	LetterEdit
	Body struct {
		Lead string `json:"lead" minLength:"1" maxLength:"26" doc:"由哪个部门主办，不能再退回"`
		Why  string `json:"why" minLength:"1" maxLength:"500" doc:"理由，来信人看不到"`
	}
}

func (h *handler) settleDispute(ctx context.Context, in *DecisionIn) (*Private[LetterRecord], error) {
	return h.onLetter(ctx, &in.LetterEdit, func(r letter.Ref) (*letter.Shown, error) {
		return h.Letters.Settle(ctx, by(ctx), r, in.Body.Lead, in.Body.Why)
	})
}
