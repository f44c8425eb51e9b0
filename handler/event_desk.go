package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/event"
)

// AttendancePage is who signed up to an event, without names.
type AttendancePage struct {
	Title    string            `json:"title" doc:"活动的名称"`
	When     string            `json:"when" doc:"何时，一句话"`
	Place    string            `json:"place" doc:"地点"`
	Phase    event.SignUpPhase `json:"phase" enum:"soon,open,closed,drawn,off" doc:"报名走到哪一步"`
	PhaseN   string            `json:"phase_name" doc:"它的名称"`
	How      model.SignUpHow   `json:"how" enum:"first_come,lottery" doc:"first_come 先到先得，lottery 抽签"`
	Places   int               `json:"places" doc:"多少名额，0 为不用报名"`
	OpensAt  *time.Time        `json:"opens_at" doc:"何时开始报名"`
	ClosesAt *time.Time        `json:"closes_at" doc:"何时截止"`
	Asks     string            `json:"asks" doc:"请报名人写的话，不问为空"`
	Phones   bool              `json:"phones" doc:"报名要留电话"`
	Figures  AttendanceFigures `json:"figures"`
	Draw     *EventDraw        `json:"draw" doc:"抽签，先到先得的为 null"`
	Items    []AttendanceItem  `json:"items" doc:"按报名序号，含已取消的"`
}

// AttendanceFigures count sign-ups and persons.
type AttendanceFigures struct {
	Signed    int `json:"signed" doc:"报名多少份，不含已取消的"`
	In        int `json:"in" doc:"有名额的多少人"`
	Waiting   int `json:"waiting" doc:"候补多少份"`
	Entered   int `json:"entered" doc:"等待抽签多少份"`
	Cancelled int `json:"cancelled" doc:"取消了多少份"`
	Came      int `json:"came" doc:"到场多少人"`
}

// AttendanceItem is a sign-up without a name.
type AttendanceItem struct {
	Number    int               `json:"number" doc:"报名序号"`
	State     model.SignUpState `json:"state" enum:"entered,in,waiting,cancelled" doc:"entered 等待抽签，in 报名成功，waiting 候补，cancelled 已取消"`
	StateName string            `json:"state_name" doc:"状态的名称"`
	Turn      int               `json:"turn" doc:"候补的次序"`
	Persons   int               `json:"persons" doc:"几个人"`
	SignedAt  time.Time         `json:"signed_at" doc:"何时报名"`
	CameAt    *time.Time        `json:"came_at" doc:"何时签到，没有为 null"`
}

func attendanceItem(v model.SignUp) AttendanceItem {
	return AttendanceItem{v.Number, v.State, v.State.Name(), v.Turn, v.Persons, v.SignedAt, unlessZero(v.CameAt)}
}

func (h *handler) listSignUps(ctx context.Context, in *SignUpID) (*Private[AttendancePage], error) {
	a, err := h.Events.Attendance(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	b, f := a.Event, a.Figures
	page := AttendancePage{Title: b.Title, When: model.TimeSpan(b.BeginsAt, b.EndsAt), Place: b.Place, Phase: a.Phase, PhaseN: a.Phase.Name(), How: b.Terms.How,
		Places: b.Terms.Places, OpensAt: unlessZero(b.Terms.OpensAt), ClosesAt: unlessZero(b.Terms.ClosesAt), Asks: b.Terms.Asks, Phones: b.Terms.AsksPhone,
		Figures: AttendanceFigures{f.Signed, f.In, f.Waiting, f.Entered, f.Cancelled, f.Came}, Items: converted(a.SignUps, attendanceItem)}
	if a.Draw != nil {
		d := eventDraw(a.Draw)
		page.Draw = &d
	}
	return private(page), nil
}

// NamesIn says why somebody has to know who comes.
type NamesIn struct {
	Keyed
	SignUpID
	Body struct {
		Why string `json:"why" minLength:"1" maxLength:"500" doc:"为什么要看，记入审计"`
	}
}

// NamesPage is who signed up, with names.
type NamesPage struct {
	Items []NamedSignUp `json:"items" doc:"按报名序号，不含已取消的"`
}

// NamedSignUp is a sign-up with what the person told.
type NamedSignUp struct {
	AttendanceItem
	Name  string `json:"name" doc:"称呼；活动结束 30 天后删除"`
	Phone string `json:"phone" doc:"电话，没有留为空；同上"`
	Words string `json:"words" doc:"写的话，没有为空；同上"`
}

func (h *handler) readNames(ctx context.Context, in *NamesIn) (*Private[NamesPage], error) {
	list, err := h.Events.Names(ctx, by(ctx), in.ID, in.Body.Why)
	return private(NamesPage{converted(list, func(v model.SignUp) NamedSignUp {
		return NamedSignUp{attendanceItem(v), v.Person.Name, v.Person.Phone, v.Person.Words}
	})}), err
}

// CheckInIn is a code that somebody shows at the door.
type CheckInIn struct {
	Keyed
	SignUpID
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"64" doc:"入场码，扫的或者输入的"`
	}
}

func (h *handler) checkIn(ctx context.Context, in *CheckInIn) (*Private[AttendanceItem], error) {
	v, err := h.Events.CheckIn(ctx, by(ctx), in.ID, in.Body.Code)
	if err != nil {
		return nil, err
	}
	return private(attendanceItem(*v)), nil
}
