package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/publication"
)

// WaitingPage lists what waits for whoever asks.
type WaitingPage struct {
	Items []WaitingItem `json:"items" doc:"没有的不列"`
}

// WaitingItem are documents of a kind that wait for whoever asks.
type WaitingItem struct {
	What     publication.Wait `json:"what" enum:"failed,review,returned,draft,scheduled,lapsed" doc:"failed 到时间没能公开；review 等我审核（含没能公开的）；returned 退回给我的；draft 我的草稿（含退回的）；scheduled 等着到时间公开；lapsed 依据失效，等着确认"`
	Kind     model.Kind       `json:"kind" doc:"policy 政策文件，interpretation 解读，letter 公开的来信"`
	Count    int              `json:"count" doc:"几份，和列表按同样筛选的一样"`
	OldestAt *time.Time       `json:"oldest_at" doc:"等得最久的从何时起；scheduled 是最早的在何时公开；lapsed 没有"`
}

// waitLapsed is why a public letter waits whose policy has lapsed: for no review, for
// an office to stand by its answer.
const waitLapsed publication.Wait = "lapsed"

// listWaiting is open to all staff: whoever sees no documents waits for none.
func (h *handler) listWaiting(ctx context.Context, _ *struct{}) (*Private[WaitingPage], error) {
	list, err := h.Publication.Waiting(ctx, by(ctx))
	if err != nil {
		return nil, err
	}
	page := WaitingPage{converted(list, func(w publication.Waiting) WaitingItem {
		return WaitingItem{w.What, w.Kind, w.Count, unlessZero(w.Oldest)}
	})}
	_, lapsed, err := h.Letters.Lapsed(ctx, by(ctx), 1, 0)
	if lapsed > 0 {
		page.Items = append(page.Items, WaitingItem{What: waitLapsed, Kind: model.KindLetter, Count: lapsed})
	}
	return private(page), err
}

func (h *handler) listFeedbackWaiting(ctx context.Context, _ *struct{}) (*Private[FeedbackCounts], error) {
	c, err := h.Feedback.Waiting(ctx, by(ctx))
	return private(FeedbackCounts(c)), err
}

// DueIn asks what is due in a span of days.
type DueIn struct {
	From  string `query:"from" maxLength:"20" doc:"从哪天起，默认今天"`
	Until string `query:"until" maxLength:"20" doc:"到哪天，默认六个月后；最长 400 天"`
}

// DuePage lists what is due.
type DuePage struct {
	From        model.Day `json:"from" doc:"从哪天起"`
	Until       model.Day `json:"until" doc:"到哪天"`
	ExplainDays int       `json:"explain_days" doc:"文件发布后几个工作日内应有解读"`
	Items       []DueItem `json:"items" doc:"早的在前，每类最多 1000 件"`
}

// DueItem is something that is due on a day.
type DueItem struct {
	Day            model.Day           `json:"day" doc:"哪天"`
	At             *time.Time          `json:"at" doc:"定时公开的时刻，其他为 null"`
	What           publication.DueWhat `json:"what" enum:"publish,expiry,interpretation" doc:"publish 定时公开；expiry 有效期的最后一天；interpretation 最迟应有解读的一天：政策解读与文件同步起草、审签、发布（三同步），文件发布后若干工作日内没有解读、也没有写明不解读的理由的列出"`
	Kind           model.Kind          `json:"kind" doc:"policy 政策文件，interpretation 解读"`
	ID             string              `json:"id" doc:"编号"`
	Title          string              `json:"title" doc:"标题"`
	DepartmentID   string              `json:"department_id" doc:"归哪个部门，没有时为空"`
	DepartmentName string              `json:"department_name" doc:"部门的名称"`
	Stage          model.Stage         `json:"stage" doc:"走到哪一步"`
}

// agendaMonths is how far ahead is told what is due, unless somebody asks
// otherwise: the validity of documents is looked at half a year before its end.
const agendaMonths = 6

func (in *DueIn) span(now time.Time) (span publication.Span, err error) {
	span.From, span.Until = model.Today(now), model.Today(now.AddDate(0, agendaMonths, 0))
	for _, end := range []struct {
		day   *model.Day
		field string
		text  string
	}{{&span.From, "from", in.From}, {&span.Until, "until", in.Until}} {
		if end.text == "" {
			continue
		}
		if *end.day, err = model.ParseDay(end.text); err != nil {
			return span, model.ErrBadDay.With(end.field, nil)
		}
	}
	return span, nil
}

func (h *handler) listDue(ctx context.Context, in *DueIn) (*Private[DuePage], error) {
	span, err := in.span(h.Clock.Now())
	if err != nil {
		return nil, err
	}
	calendar, err := h.City.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	q := publication.AgendaQuestion{Span: span, Calendar: calendar, ExplainDays: h.ExplainDays}
	list, err := h.Publication.Agenda(ctx, by(ctx), q)
	if err != nil {
		return nil, err
	}
	departments, err := h.Directory.Names(ctx)
	return private(DuePage{span.From, span.Until, h.ExplainDays, converted(list, func(d publication.Due) DueItem {
		return DueItem{d.Day, unlessZero(d.At), d.What, d.Kind, d.ID, d.Title, d.DepartmentID, departments[d.DepartmentID], d.Stage}
	})}), err
}
