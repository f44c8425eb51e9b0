package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/push"
)

const pathAnnouncements = "/admin/v1/announcements"

func (h *handler) deliveryRoutes(api huma.API) {
	see, read, steer := may(model.ActReadDeliveries), may(model.ActReadPush), may(model.ActSteerPush)
	one := pathAnnouncements + "/{id}"
	act(h, api, "GET", pathAnnouncements, see, "推送进展：各次推送", h.listAnnouncements)
	act(h, api, "GET", one, see, "推送进展：一次推送", h.getAnnouncement)
	act(h, api, "GET", one+"/deliveries", see, "推送进展：一种结果的各条消息，不含姓名", h.listDeliveries)
	act(h, api, "POST", one+"/retry", steer, "重发一种没有发出的消息", h.retryDeliveries)
	act(h, api, "GET", "/admin/v1/push/failing", read, "各次推送里失败的消息", h.listFailing)
	act(h, api, "GET", "/admin/v1/push/traffic", read, "消息的通断和快慢", h.getTraffic)
	act(h, api, "POST", "/admin/v1/push/pause", steer, "暂停发消息", h.pausePush)
	act(h, api, "POST", "/admin/v1/push/open", steer, "恢复发消息", h.openPush)
	act(h, api, "GET", "/admin/v1/push/credits", read, "订阅次数的情况", h.pushCredits)
}

// AnnouncementsIn asks for announcements.
type AnnouncementsIn struct {
	State  string                 `query:"state" enum:"running,ended" doc:"running 进行中，ended 已结束"`
	Sort   model.AnnouncementSort `query:"sort" enum:"change,digest" doc:"change 变动，digest 汇总"`
	Kind   model.Kind             `query:"kind" enum:"policy,interpretation,meeting,consultation,event,gazette,letter,own_letter,sign_up" doc:"policy 政策文件，interpretation 解读，meeting 会议，consultation 意见征集，event 活动，gazette 公报，letter 公开的来信，own_letter 单封来信的进展，sign_up 活动报名的进展；不填时没有后两种"`
	Object string                 `query:"object" maxLength:"26" doc:"只看一份文件的"`
	Q      string                 `query:"q" maxLength:"40" doc:"标题里的字"`
	Limit  int                    `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少次"`
	Offset int                    `query:"offset" minimum:"0" maximum:"100000" doc:"从第几次起"`
}

// AnnouncementPage is a page of announcements.
type AnnouncementPage struct {
	Items []AnnouncementItem `json:"items" doc:"各次推送，最新的在前"`
	Total int                `json:"total" doc:"共多少次"`
}

// AnnouncementItem is an announcement in a list.
type AnnouncementItem struct {
	ID         string                  `json:"id" doc:"编号"`
	Sort       model.AnnouncementSort  `json:"sort" enum:"change,digest" doc:"change 变动，digest 汇总"`
	Kind       model.Kind              `json:"kind" doc:"哪类文件；汇总为空"`
	Object     string                  `json:"object" doc:"哪份文件；汇总为空"`
	What       string                  `json:"what" doc:"published 新发布，corrected 有更正等；汇总是 daily 或 weekly"`
	Title      string                  `json:"title" doc:"文件当时的标题；汇总为空"`
	Department *Ref                    `json:"department" doc:"文件归哪个部门；没有为 null"`
	Urgent     bool                    `json:"urgent" doc:"抢在别的消息前面"`
	Stage      model.AnnouncementStage `json:"stage" enum:"matching,spreading,sending,told,stopped" doc:"matching 找订阅的人，spreading 放进消息箱，sending 发微信消息，told 已结束，stopped 文件撤回而停止"`
	Running    bool                    `json:"running" doc:"还没有结束"`
	Trimmed    string                  `json:"trimmed" doc:"微信没有照原样收下、改短后再发的那一行的键"`
	Refused    model.Reason            `json:"refused" doc:"微信为什么一条也不收：text 文字，field 有一行不合要求；收为空"`
	Told       int                     `json:"told" doc:"多少人的消息箱里有了"`
	CreatedAt  time.Time               `json:"created_at" doc:"何时开始"`
	SpreadAt   *time.Time              `json:"spread_at" doc:"何时都放进了消息箱"`
	EndedAt    *time.Time              `json:"ended_at" doc:"何时结束"`
}

func (h *handler) listAnnouncements(ctx context.Context, in *AnnouncementsIn) (*Private[AnnouncementPage], error) {
	list, total, err := h.Delivery.List(ctx, by(ctx), push.Question{Running: in.State == "running", Ended: in.State == "ended", Sort: in.Sort,
		Kind: in.Kind, Object: in.Object, Text: in.Q, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	departments, err := h.Feedback.Departments(ctx)
	return private(AnnouncementPage{converted(list, func(a push.Row) AnnouncementItem { return announcementItem(a, departments) }), total}), err
}

func announcementItem(a push.Row, departments map[string]string) AnnouncementItem {
	return AnnouncementItem{ID: a.ID, Sort: a.Sort, Kind: a.Kind, Object: a.Object, What: string(a.What), Title: a.Title,
		Department: departmentOf(a.DepartmentID, departments), Urgent: a.Rank == model.RankUrgent, Stage: a.Stage, Running: a.EndedAt.IsZero(),
		Trimmed: a.Trimmed, Refused: a.Refused, Told: a.Told, CreatedAt: a.CreatedAt, SpreadAt: unlessZero(a.SpreadAt), EndedAt: unlessZero(a.EndedAt)}
}

// AnnouncementID names an announcement.
type AnnouncementID struct {
	ID string `path:"id" maxLength:"40" doc:"编号"`
}

// AnnouncementRecord is how far an announcement has come.
type AnnouncementRecord struct {
	AnnouncementItem
	Note      string        `json:"note" doc:"编辑写的变动说明"`
	Why       string        `json:"why" doc:"审核人写的：为什么要告诉订阅的人"`
	UrgentWhy string        `json:"urgent_why" doc:"审核人写的：为什么要抢在前面；不急的为空"`
	By        *DeskPerson   `json:"by" doc:"哪位审核人；汇总为 null"`
	Outcomes  []OutcomeItem `json:"outcomes" doc:"微信消息各种结果有多少条；没有该发微信的人时为空"`
	Gates     []GateItem    `json:"gates" doc:"现在是什么拦着它的消息"`
	Mended    bool          `json:"mended" doc:"微信拒收以后，模板已经改过"`
	MaySteer  bool          `json:"may_steer" doc:"您能不能重发"`
}

// OutcomeItem counts messages that ended, or wait, in one way.
type OutcomeItem struct {
	State model.DeliveryState `json:"state" enum:"pending,calling,sent,confirmed,no_credit,refused,failed,unknown,stopped" doc:"pending 等着发，calling 正在发，sent 微信已收，confirmed 已送达，no_credit 没有订阅次数，refused 微信说没有同意，failed 失败，unknown 不知道，stopped 撤回而停止"`
	Why   model.Reason        `json:"why" doc:"原因，没有为空"`
	Count int                 `json:"count" doc:"多少条"`
	Retry model.RetryNeed     `json:"retry" enum:"never,credit,template,freely" doc:"现在能不能重发：never 不能，credit 发给又同意过的居民，template 先改模板，freely 可以"`
}

func (h *handler) outcomeItem(o push.Outcome, of *model.Announcement, mended bool) OutcomeItem {
	return OutcomeItem{o.State, o.Why, o.Count, of.RetryNeed(o.State, o.Why, mended, h.Clock.Now())}
}

func (h *handler) getAnnouncement(ctx context.Context, in *AnnouncementID) (*Private[AnnouncementRecord], error) {
	p, err := h.Delivery.Get(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	people := []string{p.StaffID}
	for _, g := range p.Gates {
		people = append(people, g.StaffID)
	}
	names, err := h.Publication.Names(ctx, people)
	if err != nil {
		return nil, err
	}
	departments, err := h.Feedback.Departments(ctx)
	return private(AnnouncementRecord{AnnouncementItem: announcementItem(p.Row, departments), Note: p.Note, Why: p.Why, UrgentWhy: p.Urgent,
		By: personOf(p.StaffID, names), Mended: p.Mended, MaySteer: by(ctx).May(model.ActSteerPush),
		Outcomes: converted(p.Outcomes, func(o push.Outcome) OutcomeItem { return h.outcomeItem(o, &p.Announcement, p.Mended) }),
		Gates:    converted(p.Gates, func(g model.Gate) GateItem { return gateItem(g, names) })}), err
}

// EndedMessages names messages of an announcement that ended, or wait, in one way.
type EndedMessages struct {
	State model.DeliveryState `json:"state" query:"state" required:"true" enum:"pending,calling,sent,confirmed,no_credit,refused,failed,unknown,stopped" doc:"哪种结果"`
	Why   model.Reason        `json:"why,omitempty" query:"why" maxLength:"20" doc:"哪种原因，没有为空"`
	After string              `json:"after,omitempty" query:"after" maxLength:"26" doc:"接着哪一条往后，第一页为空"`
}

func (e EndedMessages) of(id string) push.Ended {
	return push.Ended{Announcement: id, State: e.State, Why: e.Why, After: e.After}
}

// DeliveriesIn asks for messages of an announcement.
type DeliveriesIn struct {
	AnnouncementID
	EndedMessages
	Limit int `query:"limit" default:"50" minimum:"1" maximum:"100" doc:"一页多少条"`
}

// DeliveryPage is a page of messages. Whom they are for is not told.
type DeliveryPage struct {
	Items []DeliveryItem `json:"items" doc:"各条消息"`
	Next  string         `json:"next" doc:"下一页的 after；没有下一页为空"`
}

// DeliveryItem is a message.
type DeliveryItem struct {
	ID        string     `json:"id" doc:"编号"`
	Resident  string     `json:"resident" doc:"居民的记号：同一个人总是同一个，看不出是谁"`
	Tries     int        `json:"tries" doc:"请微信发过几次"`
	Number    int64      `json:"number" doc:"微信给的错误码，没有为 0"`
	Says      string     `json:"says" doc:"错误码是什么意思，没有为空"`
	Field     string     `json:"field" doc:"模板的哪一行，没有为空"`
	DueAt     time.Time  `json:"due_at" doc:"该什么时候发"`
	CreatedAt time.Time  `json:"created_at" doc:"何时排进来"`
	CalledAt  *time.Time `json:"called_at" doc:"最近何时请微信发"`
	SettledAt *time.Time `json:"settled_at" doc:"何时有了结果"`
}

// markOf is how a resident is told apart from others without being named, as in
// the audit trail.
func markOf(residentID string) string { return residentID[max(0, len(residentID)-6):] }

func (h *handler) listDeliveries(ctx context.Context, in *DeliveriesIn) (*Private[DeliveryPage], error) {
	list, next, err := h.Delivery.Messages(ctx, by(ctx), in.of(in.ID), in.Limit)
	if err != nil {
		return nil, err
	}
	return private(DeliveryPage{converted(list, func(d model.Delivery) DeliveryItem {
		item := DeliveryItem{ID: d.ID, Resident: markOf(d.ResidentID), Tries: d.Tries, Number: d.Code, Field: d.Field, DueAt: d.DueAt, CreatedAt: d.CreatedAt,
			CalledAt: unlessZero(d.CalledAt), SettledAt: unlessZero(d.SettledAt)}
		if meant := push.Meant(d.Code); meant != nil {
			item.Says = say(meant.Code, meant.Args)
		}
		return item
	}), next}), nil
}

// RetryIn lets messages go again.
type RetryIn struct {
	Keyed
	AnnouncementID
	Body EndedMessages
}

// RetryResult is how many did.
type RetryResult struct {
	Took int    `json:"took" doc:"多少条重新排队了"`
	Left int    `json:"left" doc:"多少条没有动：居民现在不要微信提醒，或者今天已经够多"`
	Next string `json:"next" doc:"后面可能还有，接着用它办；没有为空"`
}

func (h *handler) retryDeliveries(ctx context.Context, in *RetryIn) (*Private[RetryResult], error) {
	done, err := h.Delivery.Retry(ctx, by(ctx), in.Body.of(in.ID))
	return private(RetryResult(done)), err
}
