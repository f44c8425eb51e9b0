package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/event"
)

func (h *handler) eventRoutes(api huma.API) {
	get[EventPage](api, "/api/v1/events", "events", "可以参加的活动", h.listEvents)
	get[Event](api, "/api/v1/events/{id}", "events", "一个活动", h.getEvent)
	get[EventDraw](api, "/api/v1/events/{id}/draw", "events", "一个活动的抽签，任何人可以照着再抽一遍", h.getEventDraw)
	get[Proof](api, "/api/v1/events/{id}/proof", "events", "活动公开内容的存证", h.getProof(model.KindEvent))
	get[Comparison](api, "/api/v1/events/{id}/compare", "events", "活动公开内容的两版对照", h.getComparison(model.KindEvent))
	create(h, api, "/api/v1/events/{id}/sign-ups", resident, "报名参加活动", h.signUp)
	act(h, api, "GET", "/api/v1/me/sign-ups", resident, "我的报名", h.listMySignUps)
	act(h, api, "GET", "/api/v1/me/sign-ups/{id}", resident, "我对一个活动的报名", h.getMySignUp)
	act(h, api, "DELETE", "/api/v1/me/sign-ups/{id}", resident, "取消报名", h.leaveEvent)

	deskRoutes[model.EventDraft](h, api, model.KindEvent, "/admin/v1/events", "活动").begins(api)
	act(h, api, "GET", "/admin/v1/events/{id}/sign-ups", may(model.ActAttendEvents), "一个活动的报名，不含姓名", h.listSignUps)
	act(h, api, "POST", "/admin/v1/events/{id}/names", may(model.ActAttendEvents), "看报名人的姓名和电话，留下理由", h.readNames)
	act(h, api, "POST", "/admin/v1/events/{id}/check-ins", may(model.ActAttendEvents), "现场签到", h.checkIn)
}

// EventsIn asks for events.
type EventsIn struct {
	Conditional
	Past   bool            `query:"past" doc:"true 已结束的，新的在前；false 还没有结束的，先举行的在前"`
	Kind   model.EventKind `query:"kind" enum:"open_day,attendance,public_agenda,hearing,session" doc:"形式；空着为全部"`
	Limit  int             `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset int             `query:"offset" minimum:"0" default:"0" doc:"跳过条数；与每页条数之和不超过 1000"`
}

// EventPage is a part of the list of events.
type EventPage struct {
	Items []EventItem `json:"items" doc:"这一页"`
	Total int         `json:"total" doc:"一共多少个活动"`
}

// EventItem is an event in a list.
type EventItem struct {
	ID          string           `json:"id" doc:"编号"`
	Kind        model.EventKind  `json:"kind" enum:"open_day,attendance,public_agenda,hearing,session" doc:"open_day 政府开放日，attendance 列席会议，public_agenda 公开议事日，hearing 听证会，session 座谈会"`
	KindName    string           `json:"kind_name" doc:"形式的名称"`
	Title       string           `json:"title" doc:"名称"`
	Departments []Ref            `json:"departments" doc:"主办单位"`
	Place       string           `json:"place" doc:"地点"`
	BeginsAt    time.Time        `json:"begins_at" doc:"何时开始"`
	EndsAt      time.Time        `json:"ends_at" doc:"何时结束"`
	When        string           `json:"when" doc:"何时，一句话"`
	Phase       model.EventPhase `json:"phase" enum:"announced,running,over,reported,cancelled" doc:"announced 即将举行，running 正在举行，over 已结束，reported 已公布情况，cancelled 已取消"`
	PhaseName   string           `json:"phase_name" doc:"进展的名称"`
	SignUp      *EventSignUp     `json:"sign_up" doc:"怎么报名；不需要报名时为 null"`
}

// EventSignUp is how one signs up for an event, and how many places there are now.
type EventSignUp struct {
	Phase       event.SignUpPhase `json:"phase" enum:"soon,open,closed,drawn,off" doc:"soon 报名尚未开始，open 正在报名，closed 报名已截止，drawn 已抽签，off 不再报名"`
	PhaseName   string            `json:"phase_name" doc:"报名进展的名称"`
	OpensAt     time.Time         `json:"opens_at" doc:"何时开始报名"`
	ClosesAt    time.Time         `json:"closes_at" doc:"何时截止"`
	DrawsAt     *time.Time        `json:"draws_at" doc:"何时抽签，先到先得的为 null"`
	How         model.SignUpHow   `json:"how" enum:"first_come,lottery" doc:"first_come 先到先得，lottery 抽签"`
	Places      int               `json:"places" doc:"多少名额"`
	Left        int               `json:"left" doc:"还剩多少名额"`
	People      int               `json:"people" doc:"多少份报名，不含已取消的"`
	Waiting     int               `json:"waiting" doc:"其中多少份在候补"`
	Full        bool              `json:"full" doc:"现在报名要候补"`
	MostPersons int               `json:"most_persons" doc:"一次最多报几个人"`
	AsksPhone   bool              `json:"asks_phone" doc:"要留联系电话"`
	Asks        string            `json:"asks" doc:"请报名人写的话，不问为空"`
	SeedSM3     string            `json:"seed_sm3" doc:"抽签种子的 SM3，报名开始前公布；先到先得的为空"`
}

func eventSignUp(v *event.SignUpShown) *EventSignUp {
	if v == nil {
		return nil
	}
	return &EventSignUp{Phase: v.Phase, PhaseName: v.Phase.Name(), OpensAt: v.OpensAt, ClosesAt: v.ClosesAt, DrawsAt: unlessZero(v.DrawsAt), How: v.How,
		Places: v.Places, Left: v.Left, People: v.People, Waiting: v.Waiting, Full: v.IsFull(), MostPersons: v.MostPersons, AsksPhone: v.AsksPhone,
		Asks: v.Asks, SeedSM3: v.SeedHash}
}

func eventItem(e event.Shown) EventItem {
	return EventItem{ID: e.ID, Kind: e.Kind, KindName: e.Kind.Name(), Title: e.Title, Departments: departmentRefs(e.Departments), Place: e.Place,
		BeginsAt: e.BeginsAt, EndsAt: e.EndsAt, When: e.When(), Phase: e.Phase, PhaseName: e.Phase.Name(), SignUp: eventSignUp(e.SignUp)}
}

func (h *handler) listEvents(ctx context.Context, in *EventsIn) (*Rendered, error) {
	page, err := h.Events.Events(ctx, event.Listing{Kind: in.Kind, Past: in.Past, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return render(EventPage{converted(page.Items, eventItem), page.Total})
}

// Event is a whole event.
type Event struct {
	EventItem
	Address      string        `json:"address" doc:"地址和怎么去，没有时为空"`
	Audience     string        `json:"audience" doc:"谁可以参加，没有时为空"`
	Contacts     string        `json:"contacts" doc:"联系方式，没有时为空"`
	Topics       []Ref         `json:"topics" doc:"民生专题"`
	Meeting      *Ref          `json:"meeting" doc:"列席的会议，没有公开时为 null"`
	Consultation *Ref          `json:"consultation" doc:"所属的意见征集，没有公开时为 null"`
	Body         []Block       `json:"body" doc:"活动介绍，按阅读顺序"`
	Cancelled    string        `json:"cancelled" doc:"取消的原因，照常举行时为空"`
	Steps        []EventStep   `json:"steps" doc:"公开议事日走到哪一步，其他形式为空"`
	Report       []Block       `json:"report" doc:"活动情况，还没有时为空"`
	Decision     string        `json:"decision" doc:"议定事项，没有时为空"`
	Result       string        `json:"result" doc:"后来怎样，没有时为空"`
	Review       string        `json:"review" doc:"参加者的评价，没有时为空"`
	Attachments  []Attachment  `json:"attachments" doc:"附件"`
	Matters      []Matter      `json:"matters" doc:"它是哪些事项的一步"`
	Figures      *EventFigures `json:"figures" doc:"多少人报名、入选、到场；没有结束或者不用报名时为 null"`
}

// EventStep is one step on the way of a public agenda.
type EventStep struct {
	Name string     `json:"name" doc:"这一步的名称"`
	At   *time.Time `json:"at" doc:"何时，不知道时为 null"`
	Done bool       `json:"done" doc:"已经走过"`
}

// EventFigures count who came.
type EventFigures struct {
	Signed int `json:"signed" doc:"报名多少份，不含已取消的"`
	In     int `json:"in" doc:"有名额的多少人"`
	Came   int `json:"came" doc:"到场多少人"`
}

func (h *handler) getEvent(ctx context.Context, in *ByID) (*Rendered, error) {
	e, err := h.Events.Event(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	matters, err := h.Matters.Of(ctx, model.KindEvent, in.ID)
	if err != nil {
		return nil, err
	}
	v := Event{EventItem: eventItem(*e), Address: e.Address, Audience: e.Audience, Contacts: e.Contacts, Topics: topicRefs(e.Topics),
		Body: converted(e.Body, block), Cancelled: e.Cancelled, Report: converted(e.Report, block), Decision: e.Decision,
		Result: e.Result, Review: e.Review, Attachments: converted(e.Attachments, attachment), Matters: converted(matters, h.matter),
		Steps: converted(e.Steps, func(s model.EventStep) EventStep { return EventStep{s.Name, unlessZero(s.At), s.Done} })}
	if e.Meeting != "" {
		v.Meeting = &Ref{e.MeetingID, e.Meeting}
	}
	if e.Of != "" {
		v.Consultation = &Ref{e.ConsultationID, e.Of}
	}
	if f := e.Figures; f != nil {
		v.Figures = &EventFigures{f.Signed, f.In, f.Came}
	}
	return render(v)
}

// EventDraw is what anybody needs to repeat a draw: docs/draw.md.
type EventDraw struct {
	Event      string     `json:"event" doc:"活动的编号"`
	Title      string     `json:"title" doc:"活动的名称"`
	Places     int        `json:"places" doc:"多少名额"`
	SeedSM3    string     `json:"seed_sm3" doc:"种子的 SM3，报名开始前公布"`
	Numbers    []int      `json:"numbers" doc:"参加抽签的报名序号，报名截止后固定；之前为空"`
	NumbersSM3 string     `json:"numbers_sm3" doc:"序号用英文逗号连起来的 SM3；之前为空"`
	FixedAt    *time.Time `json:"fixed_at" doc:"序号何时固定，还没有为 null"`
	DrawsAt    time.Time  `json:"draws_at" doc:"何时抽签"`
	DrawnAt    *time.Time `json:"drawn_at" doc:"何时抽的，还没有为 null"`
	Seed       string     `json:"seed" doc:"种子（十六进制），抽签时公布；之前为空"`
	Order      []int      `json:"order" doc:"抽签的次序，前面名额那么多个入选，后面的依次候补；之前为空"`
}

func eventDraw(d *event.Draw) EventDraw {
	return EventDraw{Event: d.EventID, Title: d.Title, Places: d.Terms.Places, SeedSM3: d.SeedHash, Numbers: append([]int{}, d.Numbers...),
		NumbersSM3: d.NumbersHash, FixedAt: unlessZero(d.FixedAt), DrawsAt: d.Terms.DrawsAt, DrawnAt: unlessZero(d.DrawnAt), Seed: d.Seed,
		Order: append([]int{}, d.Order...)}
}

func (h *handler) getEventDraw(ctx context.Context, in *ByID) (*Rendered, error) {
	d, err := h.Events.DrawOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return render(eventDraw(d))
}
