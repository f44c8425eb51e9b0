package handler

import (
	"context"

	"yuandu/model"
	"yuandu/service/follow"
)

// TrendQuery asks how many follow what.
type TrendQuery struct {
	Kind model.Kind `query:"kind" enum:"topic,department" default:"topic" doc:"topic 专题，department 部门"`
	Days int        `query:"days" minimum:"7" maximum:"366" default:"30" doc:"最近多少天，今天也算，7 至 366"`
}

// TrendPage is how many residents followed what, day by day.
type TrendPage struct {
	Days    []model.Day `json:"days" doc:"各天，早的在前，最后是今天"`
	Counted model.Day   `json:"counted" doc:"从哪一天起每天凌晨数过；更早的按现在还订阅的人推算，已经退订的没有算上"`
	Items   []TrendItem `json:"items" doc:"各专题或部门，现在订阅人数多的在前"`
}

// TrendItem is that of one topic or department.
type TrendItem struct {
	Key       string `json:"key" doc:"专题或部门的编号"`
	Name      string `json:"name" doc:"名称"`
	Followers []int  `json:"followers" doc:"各天凌晨有多少人订阅；今天是现在"`
}

func (h *handler) followTrend(ctx context.Context, in *TrendQuery) (*Private[TrendPage], error) {
	t, err := h.Follow.Trend(ctx, in.Kind, in.Days)
	if err != nil {
		return nil, err
	}
	return private(TrendPage{t.Days, t.Counted, converted(t.Of, func(o follow.TrendOf) TrendItem { return TrendItem(o) })}), nil
}
