package handler

import (
	"context"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/service/push"
)

// NoticeQuery asks for what the resident was told.
type NoticeQuery struct {
	Unread bool   `query:"unread" doc:"只要没有读过的"`
	Digest string `query:"digest" maxLength:"40" doc:"只要那一次汇总里的；汇总提醒打开的页面地址里带着"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset int    `query:"offset" minimum:"0" maximum:"10000" default:"0" doc:"跳过条数"`
}

// NoticePage is a part of the inbox.
type NoticePage struct {
	Items  []Notice `json:"items" doc:"这一页，新的在前"`
	Total  int      `json:"total" doc:"一共多少条"`
	Unread int      `json:"unread" doc:"没有读过的有多少条"`
}

// Notice is something that the resident was told.
type Notice struct {
	ID     string     `json:"id" doc:"编号"`
	Says   string     `json:"says" doc:"什么变了，一句话"`
	Kind   string     `json:"kind" doc:"打开什么：policy 政策文件，interpretation 解读，meeting 会议，consultation 意见征集，event 活动，matter 事项，letter 公开的来信，own_letter 我的一封信，sign_up 我的报名"`
	Object string     `json:"object" doc:"它的编号"`
	Title  string     `json:"title" doc:"它的标题"`
	Note   string     `json:"note" doc:"更正说明，没有时为空"`
	Why    string     `json:"why" doc:"为什么告诉您，一句话"`
	About  Followed   `json:"about" doc:"因为您订阅了什么"`
	ToldAt time.Time  `json:"told_at" doc:"何时告诉您的"`
	ReadAt *time.Time `json:"read_at" doc:"何时读的，没有读过为 null"`
	Gone   string     `json:"gone" doc:"文件已不公开时，一句说明；公开着为空"`
}

// Followed is the follow for which a notice came.
type Followed struct {
	Kind string `json:"kind" doc:"专题、部门、政策文件、检索条件、会议栏目、议题、意见征集、事项，或自己提过的意见"`
	Key  string `json:"key" doc:"它的编号"`
	Name string `json:"name" doc:"名称；已经取消订阅的可能为空"`
}

// saysOf are the codes of what changed, by the kind of the document.
var saysOf = map[model.Kind]map[model.PublicationAct]string{
	model.KindPolicy:         {model.PubPublished: "notice.policy.published", model.PubCorrected: "notice.policy.corrected"},
	model.KindInterpretation: {model.PubPublished: "notice.interpretation.published", model.PubCorrected: "notice.interpretation.corrected"},
	model.KindLetter:         {model.PubPublished: "notice.public_letter.published", model.PubCorrected: "notice.public_letter.corrected"},
	model.KindConsultation:   {model.PubPublished: "notice.consultation.published", model.PubCorrected: "notice.consultation.corrected"},
	model.KindMeeting:        {model.PubPublished: "notice.meeting.published", model.PubCorrected: "notice.meeting.corrected"},
	model.KindEvent:          {model.PubPublished: "notice.event.published", model.PubCorrected: "notice.event.corrected"},
	model.KindGazette:        {model.PubPublished: "notice.gazette.published", model.PubCorrected: "notice.gazette.corrected"},
	model.KindSignUp: {model.SignUpUp: "notice.sign_up.moved_up", model.SignUpDrawn: "notice.sign_up.drawn", model.SignUpMoved: "notice.sign_up.moved",
		model.SignUpOff: "notice.sign_up.off", model.SignUpReminder: "notice.sign_up.reminder"},
	model.KindMatter: {model.MatterLinked: "notice.matter.linked"},
	model.KindOwnLetter: {model.PublicationAct(model.LetterStepAnswered): "notice.letter.answered", model.PublicationAct(model.LetterStepExtended): "notice.letter.extended",
		model.PublicationAct(model.LetterStepRefused): "notice.letter.refused", model.PublicationAct(model.LetterStepEnded): "notice.letter.ended"},
}

// whyOf are the codes of why a notice came, by the kind of what is followed.
var whyOf = map[model.Kind]string{model.KindTopic: "notice.why.topic", model.KindDepartment: "notice.why.department",
	model.KindPolicy: "notice.why.policy", model.KindSearch: "notice.why.search", model.KindMeetingColumn: "notice.why.meeting_column",
	model.KindAgendaItem: "notice.why.agenda_item", model.KindConsultation: "notice.why.consultation", model.KindMatter: "notice.why.matter",
	model.KindGazette: "notice.why.gazette"}

func showNotice(n model.Notice) Notice {
	a := n.Announcement
	shown := Notice{ID: a.ID, Says: say(saysOf[a.Kind][a.What], nil), Kind: string(a.Kind), Object: a.Object, Title: a.Title, Note: a.Note,
		Why: say("notice.why.gone", nil), About: Followed{string(n.Why.Kind), n.Why.Key, n.WhyName}, ToldAt: n.ToldAt, Gone: goneOf(a.Kind, n.Loss)}
	if a.Kind == model.KindOwnLetter {
		shown.Why = say("notice.why.own_letter", nil)
	} else if n.Why.Kind == model.KindOwnOpinion {
		shown.Why = say("notice.why.own_opinion", nil)
		if len(n.Verdicts) > 0 {
			shown.Why = say("notice.why.own_verdicts", map[string]any{"verdicts": strings.Join(model.TellVerdicts(n.Verdicts), "，")})
		}
	} else if a.Kind == model.KindSignUp {
		shown.Why = say("notice.why.sign_up", nil)
		if n.SignUp != "" {
			shown.Why = say("notice.why.signed_up", map[string]any{"state": n.SignUp.Name()})
		}
	} else if n.WhyName != "" {
		shown.Why = say(whyOf[n.Why.Kind], map[string]any{"name": n.WhyName})
	}
	if !n.ReadAt.IsZero() {
		shown.ReadAt = &n.ReadAt
	}
	return shown
}

func (h *handler) listNotices(ctx context.Context, in *NoticeQuery) (*Private[NoticePage], error) {
	id := who(ctx).Actor.ID
	list, total, err := h.Inbox.Notices(ctx, id, push.NoticeFilter{Unread: in.Unread, Digest: in.Digest, Limit: in.Limit, Offset: in.Offset})
	if err != nil {
		return nil, err
	}
	unread, err := h.Inbox.Unread(ctx, id)
	return private(NoticePage{converted(list, showNotice), total, unread}), err
}

// NoticeIn names a notice.
type NoticeIn struct {
	Keyed
	ID string `path:"id" maxLength:"40" doc:"编号"`
}

func (h *handler) readNotice(ctx context.Context, in *NoticeIn) (*Done, error) {
	return done(), h.Inbox.Read(ctx, who(ctx).Actor.ID, in.ID)
}

func (h *handler) deleteNotice(ctx context.Context, in *NoticeIn) (*Done, error) {
	return done(), h.Inbox.Delete(ctx, who(ctx).Actor.ID, in.ID)
}

// ReadAllIn says up to when everything was read.
type ReadAllIn struct {
	Keyed
	Body struct {
		UpTo time.Time `json:"up_to" doc:"这一刻为止的都读过了：页面上最新一条的时间"`
	}
}

func (h *handler) readAllNotices(ctx context.Context, in *ReadAllIn) (*Done, error) {
	return done(), h.Inbox.ReadAll(ctx, who(ctx).Actor.ID, in.Body.UpTo)
}

// PushSettings are the resident's wishes about messages through WeChat.
type PushSettings struct {
	QuietFrom  int  `json:"quiet_from" minimum:"0" maximum:"1439" doc:"免打扰从哪一分钟起，从零点数；与 quiet_until 相同表示没有"`
	QuietUntil int  `json:"quiet_until" minimum:"0" maximum:"1439" doc:"免打扰到哪一分钟为止，可以过零点"`
	Most       int  `json:"most" minimum:"1" maximum:"20" doc:"一天最多几条，多出的并入下一次汇总"`
	Muted      bool `json:"muted" doc:"微信消息全部关闭；“消息”里照样有"`
}

// PushSettingsIn is a change of them.
type PushSettingsIn struct {
	Edit
	Body PushSettings
}

func (h *handler) getPushSettings(ctx context.Context, _ *struct{}) (*Private[PushSettings], error) {
	p, err := h.Inbox.Settings(ctx, who(ctx).Actor.ID)
	return versioned(showPushSettings(p), p.Version), err
}

func showPushSettings(p model.PushSettings) PushSettings {
	return PushSettings{p.Quiet.From, p.Quiet.Until, p.Most, !p.MutedAt.IsZero()}
}

func (h *handler) setPushSettings(ctx context.Context, in *PushSettingsIn) (*Private[PushSettings], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	id := who(ctx).Actor.ID
	wishes := model.PushSettings{Quiet: model.Quiet{From: in.Body.QuietFrom, Until: in.Body.QuietUntil}, Most: in.Body.Most, Version: version}
	if in.Body.Muted {
		wishes.MutedAt = h.Clock.Now()
	}
	kept, err := h.Inbox.Set(ctx, id, wishes)
	err = withCurrent(err, func() (PushSettings, error) {
		now, err := h.Inbox.Settings(ctx, id)
		return showPushSettings(now), err
	})
	return versioned(showPushSettings(kept), kept.Version), err
}
