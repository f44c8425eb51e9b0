package handler

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/letter"
)

// LetterFigures are how the city deals with the letters that came in a month.
type LetterFigures struct {
	Month   string          `json:"month" doc:"哪个月收到的，如 2026-11"`
	From    model.Day       `json:"from" doc:"从哪天"`
	Until   model.Day       `json:"until" doc:"到哪天"`
	Total   OfficeFigures   `json:"total" doc:"全市"`
	Offices []OfficeFigures `json:"offices" doc:"按主办部门，收到多的在前"`
}

// OfficeFigures are the figures of the letters that one office leads.
type OfficeFigures struct {
	Department *Ref    `json:"department" doc:"主办部门；还没有分派的、全市的为 null"`
	Received   int     `json:"received" doc:"收到多少封"`
	Answered   int     `json:"answered" doc:"其中已经答复的"`
	OnTime     int     `json:"on_time" doc:"其中第一次答复在期限以内的"`
	MedianDays float64 `json:"median_days" doc:"第一次答复用了几天，中位数；没有答复为 0"`
	Solved     int     `json:"solved" doc:"来信人自己说解决了的"`
	Unsolved   int     `json:"unsolved" doc:"来信人自己说没有解决的"`
	Unrated    int     `json:"unrated" doc:"来信人没有评价的，不算解决"`
	Explained  int     `json:"explained" doc:"部门只作了解释说明的"`
	Reopened   int     `json:"reopened" doc:"办了不止一次的"`
	Refused    int     `json:"refused" doc:"不予受理的"`
	Ended      int     `json:"ended" doc:"没有解决、终结办理的"`
	Called     int     `json:"called" doc:"来信人的评价里，电话回访时说的"`
	Overdue    int     `json:"overdue" doc:"现在已经逾期、还没有答复的"`
}

// LetterFiguresIn names a month.
type LetterFiguresIn struct {
	Month string `query:"month" maxLength:"7" doc:"哪个月收到的，如 2026-11；不填为这个月"`
}

func (h *handler) letterFigures(ctx context.Context, in *LetterFiguresIn) (*Private[LetterFigures], error) {
	v, err := h.figuresOfLetters(ctx, in.Month)
	if err != nil {
		return nil, err
	}
	return private(*v), nil
}

func (h *handler) figuresOfLetters(ctx context.Context, month string) (*LetterFigures, error) {
	v, err := h.Letters.FiguresOf(ctx, month)
	if err != nil {
		return nil, err
	}
	names, err := h.Letters.NamesFor(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &LetterFigures{v.Month, v.From, v.Until, officeFigures(v.Total, names), converted(v.Offices,
		func(o letter.OfficeFigures) OfficeFigures { return officeFigures(o, names) })}, nil
}

func officeFigures(o letter.OfficeFigures, names letter.Names) OfficeFigures {
	n := o.Counts
	return OfficeFigures{refOf(o.DepartmentID, names.Departments), n[letter.FigureReceived], n[letter.FigureAnswered],
		n[letter.FigureOnTime], o.MedianDays, n[letter.FigureSolved], n[letter.FigureUnsolved], n[letter.FigureUnrated],
		n[letter.FigureExplained], n[letter.FigureReopened], n[letter.FigureRefused], n[letter.FigureEnded], n[letter.FigureCalled], n[letter.FigureOverdue]}
}

// figuresPage shows the public how the city deals with letters.
func (h *handler) figuresPage(c echo.Context) error {
	v, err := h.figuresOfLetters(c.Request().Context(), c.QueryParam("month"))
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, noCache)
	return h.show(c, "figures", &page{Title: v.Month + " 来信办理情况", Figures: v, Previous: v.before(), Next: v.after(h.Clock.Now()),
		Canonical: h.PublicURL + "/letters/figures?month=" + v.Month,
		Meta:      columnMeta("来信办理情况", "互动交流", "每个月收到多少来信，按期答复多少，来信人说解决了多少", "来信;办理情况")})
}

// before and after are the months beside one; after is "" for the present one.
func (v *LetterFigures) before() string {
	if v.From <= firstMonth {
		return ""
	}
	return monthOf(v.From.Add(-1))
}

// firstMonth is before any letter: pages go back no further.
const firstMonth model.Day = "2020-01-01"

func (v *LetterFigures) after(now time.Time) string {
	if next := v.Until.Add(1); next <= model.Today(now) {
		return monthOf(next)
	}
	return ""
}

func monthOf(d model.Day) string { return string(d)[:len("2026-11")] }
