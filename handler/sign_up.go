package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/event"
)

// SignUpIn is what somebody sends who signs up.
type SignUpIn struct {
	Keyed
	ID   string `path:"id" maxLength:"26" doc:"活动的编号"`
	Body struct {
		Persons int    `json:"persons,omitempty" minimum:"0" maximum:"10" doc:"几个人，不写为 1"`
		Name    string `json:"name" maxLength:"40" doc:"怎么称呼，只给主办单位看"`
		Phone   string `json:"phone,omitempty" maxLength:"20" doc:"联系电话，要留时才留，只给主办单位看"`
		Words   string `json:"words,omitempty" maxLength:"2000" doc:"请您写的话，只给主办单位看"`
	}
}

// SignUp is one's own sign-up to an event.
type SignUp struct {
	Event       SignUpEvent       `json:"event"`
	Number      int               `json:"number" doc:"报名序号"`
	State       model.SignUpState `json:"state" enum:"entered,in,waiting,cancelled" doc:"entered 等待抽签，in 报名成功，waiting 候补，cancelled 已取消"`
	StateName   string            `json:"state_name" doc:"状态的名称"`
	Ahead       int               `json:"ahead" doc:"候补时前面还有几位"`
	Persons     int               `json:"persons" doc:"几个人"`
	SignedAt    time.Time         `json:"signed_at" doc:"何时报名"`
	CameAt      *time.Time        `json:"came_at" doc:"何时签到，没有为 null"`
	CanCancel   bool              `json:"can_cancel" doc:"现在可以取消"`
	Name        string            `json:"name" doc:"您留的称呼；列表里为空，活动结束 30 天后删除"`
	Phone       string            `json:"phone" doc:"您留的电话；同上"`
	Words       string            `json:"words" doc:"您写的话；同上"`
	Code        string            `json:"code" doc:"入场码，报名成功才有"`
	CodePicture string            `json:"code_picture" doc:"入场码的二维码图片（data: 地址）；列表里为空"`
}

// SignUpEvent is the event that somebody signed up for.
type SignUpEvent struct {
	ID        string          `json:"id" doc:"活动的编号"`
	Title     string          `json:"title" doc:"名称"`
	Place     string          `json:"place" doc:"地点"`
	BeginsAt  time.Time       `json:"begins_at" doc:"何时开始"`
	EndsAt    time.Time       `json:"ends_at" doc:"何时结束"`
	When      string          `json:"when" doc:"何时，一句话"`
	How       model.SignUpHow `json:"how" enum:"first_come,lottery" doc:"first_come 先到先得，lottery 抽签"`
	ClosesAt  time.Time       `json:"closes_at" doc:"报名何时截止"`
	DrawsAt   *time.Time      `json:"draws_at" doc:"何时抽签，先到先得的为 null"`
	Drawn     bool            `json:"drawn" doc:"已经抽签"`
	Cancelled bool            `json:"cancelled" doc:"活动取消了"`
	Why       string          `json:"why" doc:"为什么取消"`
	Public    bool            `json:"public" doc:"活动的页面打得开"`
	Over      bool            `json:"over" doc:"活动已经结束"`
}

func (h *handler) mySignUp(m event.Mine) SignUp {
	b, now := m.Event, h.Clock.Now()
	v := SignUp{Number: m.Number, State: m.State, StateName: m.State.Name(), Ahead: m.Ahead, Persons: m.Persons, SignedAt: m.SignedAt,
		CameAt: unlessZero(m.CameAt), CanCancel: m.CanLeave, Name: m.Person.Name, Phone: m.Person.Phone, Words: m.Person.Words,
		Event: SignUpEvent{ID: b.EventID, Title: b.Title, Place: b.Place, BeginsAt: b.BeginsAt, EndsAt: b.EndsAt, When: model.TimeSpan(b.BeginsAt, b.EndsAt),
			How: b.Terms.How, ClosesAt: b.Terms.ClosesAt, DrawsAt: unlessZero(b.Terms.DrawsAt), Drawn: !b.DrawnAt.IsZero(), Cancelled: b.Cancelled,
			Why: b.Why, Public: m.Public, Over: !now.Before(b.EndsAt)}}
	if m.ShowsCode(now) {
		v.Code = m.Code
	}
	return v
}

func (h *handler) wholeSignUp(m *event.Mine, err error) (*Private[SignUp], error) {
	if err != nil {
		return nil, err
	}
	v := h.mySignUp(*m)
	if v.Code != "" {
		if v.CodePicture, err = event.CodePicture(v.Code); err != nil {
			return nil, err
		}
	}
	return private(v), nil
}

func (h *handler) signUp(ctx context.Context, in *SignUpIn) (*Private[SignUp], error) {
	v := event.Entry{EventID: in.ID, Persons: max(1, in.Body.Persons),
		SignUpPerson: model.SignUpPerson{Name: in.Body.Name, Phone: in.Body.Phone, Words: in.Body.Words}}
	return h.wholeSignUp(h.Events.SignUp(ctx, who(ctx).Actor, v))
}

// SignUpPage are one's own sign-ups.
type SignUpPage struct {
	Items []SignUp `json:"items" doc:"新的在前"`
}

func (h *handler) listMySignUps(ctx context.Context, _ *struct{}) (*Private[SignUpPage], error) {
	list, err := h.Events.AllOfMine(ctx, who(ctx).Actor)
	return private(SignUpPage{converted(list, h.mySignUp)}), err
}

// SignUpID names the event of a sign-up.
type SignUpID struct {
	ID string `path:"id" maxLength:"26" doc:"活动的编号"`
}

func (h *handler) getMySignUp(ctx context.Context, in *SignUpID) (*Private[SignUp], error) {
	return h.wholeSignUp(h.Events.OneOfMine(ctx, who(ctx).Actor, in.ID))
}

// SignUpEdit names the event of a sign-up that is taken back.
type SignUpEdit struct {
	Keyed
	SignUpID
}

func (h *handler) leaveEvent(ctx context.Context, in *SignUpEdit) (*Private[SignUp], error) {
	return h.wholeSignUp(h.Events.Leave(ctx, who(ctx).Actor, in.ID))
}
