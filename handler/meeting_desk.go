package handler

import (
	"context"

	"yuandu/model"
	"yuandu/service/meeting"
)

// DisclosurePage lists meetings of which something has to be made public.
type DisclosurePage struct {
	Items  []DisclosureItem `json:"items" doc:"先到期的在前"`
	Late   int              `json:"late" doc:"其中逾期的"`
	Yellow int              `json:"yellow" doc:"其中快到期的"`
}

// DisclosureItem is a meeting that was held and of which something is not public yet.
type DisclosureItem struct {
	ID          string      `json:"id" doc:"会议的编号"`
	Title       string      `json:"title" doc:"会议名称"`
	Column      Ref         `json:"column" doc:"栏目"`
	Department  Ref         `json:"department" doc:"归哪个部门管理"`
	Day         model.Day   `json:"day" doc:"哪天开的"`
	Due         model.Day   `json:"due" doc:"最迟哪天公开（政府信息公开条例第二十六条）"`
	Explanation string      `json:"explanation" doc:"这一天是怎么算出来的"`
	Left        int         `json:"left" doc:"还剩几个工作日，0 为今天，负数为逾期"`
	Colour      string      `json:"colour" enum:"none,yellow,red" doc:"none 时间还够，yellow 快到期，red 逾期"`
	Waiting     int         `json:"waiting" doc:"几项议题还没有公开"`
	Items       int         `json:"items" doc:"一共几项议题"`
	Stage       model.Stage `json:"stage" doc:"这一稿走到哪一步"`
	Public      bool        `json:"public" doc:"会议已经公开，还差议定事项"`
}

func (h *handler) listDisclosures(ctx context.Context, _ *struct{}) (*Private[DisclosurePage], error) {
	w, err := h.Meetings.Disclosures(ctx, by(ctx))
	if err != nil {
		return nil, err
	}
	return private(DisclosurePage{converted(w.Items, func(d model.Disclosure) DisclosureItem { return disclosureItem(d, w.YellowDays) }), w.Late, w.Yellow}), nil
}

func disclosureItem(d model.Disclosure, yellow int) DisclosureItem {
	return DisclosureItem{ID: d.MeetingID, Title: d.Title, Column: Ref{d.Column.ID, d.Column.Name}, Department: Ref{d.At.ID, d.At.Name}, Day: d.Day,
		Due: d.Due.Day, Explanation: d.Due.Why("开会"), Left: d.Left, Colour: d.ColourOf(yellow), Waiting: d.Waiting, Items: d.Items,
		Stage: d.Stage, Public: d.Public}
}

// MeetingColumnIn is a column that is added.
type MeetingColumnIn struct {
	Keyed
	Body struct {
		Name     string `json:"name" maxLength:"100" doc:"名称，1 到 20 个字"`
		Numbered bool   `json:"numbered,omitempty" doc:"会议按次数编号"`
	}
}

func (h *handler) addMeetingColumn(ctx context.Context, in *MeetingColumnIn) (*Private[MeetingColumn], error) {
	c, err := h.Meetings.AddColumn(ctx, by(ctx), in.Body.Name, in.Body.Numbered)
	if err != nil {
		return nil, err
	}
	return private(meetingColumn(*c)), nil
}

// MeetingColumnEdit is what becomes of a column.
type MeetingColumnEdit struct {
	Edit
	ID   string `path:"id" maxLength:"26" doc:"编号"`
	Body struct {
		Name     string `json:"name" maxLength:"100" doc:"名称，1 到 20 个字"`
		Position int    `json:"position" minimum:"1" maximum:"1000" doc:"排在第几"`
		Retired  bool   `json:"retired" doc:"不再有新的会议"`
	}
}

func (h *handler) changeMeetingColumn(ctx context.Context, in *MeetingColumnEdit) (*Private[MeetingColumn], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	c, err := h.Meetings.ChangeColumn(ctx, by(ctx), meeting.ColumnChange{ID: in.ID, Version: version, Name: in.Body.Name, Position: in.Body.Position,
		Retired: in.Body.Retired})
	if err != nil {
		return nil, err
	}
	return versioned(meetingColumn(*c), c.Version), nil
}
