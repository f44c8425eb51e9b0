package handler

import (
	"context"
	"encoding/json"
	"time"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/audit"
)

// AuditIn narrows the audit trail.
type AuditIn struct {
	Actor  string `query:"actor" maxLength:"40" doc:"谁做的：编号"`
	Object string `query:"object" maxLength:"40" doc:"对什么做的：编号"`
	Act    string `query:"act" maxLength:"60" doc:"做了什么；以点结尾时为一类，如 staff."`
	From   string `query:"from" maxLength:"20" doc:"从哪一天起"`
	Until  string `query:"until" maxLength:"20" doc:"到哪一天为止，含这一天"`
	Before int64  `query:"before" minimum:"0" doc:"早于链上的哪个位置，用上一页的 next"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"一页多少条"`
}

func (in *AuditIn) filter() (f audit.Filter, err error) {
	f = audit.Filter{Actor: in.Actor, Object: in.Object, Act: in.Act, Before: in.Before, Limit: in.Limit}
	if f.From, err = startOf(in.From, "from", 0); err == nil {
		f.Until, err = startOf(in.Until, "until", 1)
	}
	return f, err
}

// startOf is the first moment of a day in Shanghai, some days on; zero where
// no day was given.
func startOf(text, field string, on int) (time.Time, error) {
	day, err := model.ParseDay(text)
	if err != nil {
		return time.Time{}, model.ErrBadDay.With(field, nil)
	}
	if day == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, string(day), model.Shanghai)
	return t.AddDate(0, 0, on), err
}

// AuditPage is a page of the audit trail.
type AuditPage struct {
	Items []AuditItem `json:"items" doc:"新的在前"`
	Next  int64       `json:"next" doc:"下一页的 before，没有更早的了为 0"`
}

// AuditItem is a line of the audit trail.
type AuditItem struct {
	ID      string          `json:"id" doc:"编号"`
	Seq     int64           `json:"seq" doc:"在链上的位置，还没有封存为 0"`
	At      time.Time       `json:"at" doc:"什么时候"`
	Actor   AuditActor      `json:"actor" doc:"谁"`
	Act     string          `json:"act" doc:"做了什么（代码）"`
	Object  AuditObject     `json:"object" doc:"对什么"`
	Details json.RawMessage `json:"details" doc:"细节，没有时为 null"`
	Address string          `json:"address" doc:"IP 地址，只记工作人员的"`
	Request string          `json:"request" doc:"请求编号"`
	Link    string          `json:"link" doc:"链值，还没有封存为空"`
}

// AuditActor is who acted.
type AuditActor struct {
	Kind string `json:"kind" doc:"staff 工作人员，resident 居民，system 系统，空为未登录的人"`
	ID   string `json:"id" doc:"编号"`
	Name string `json:"name" doc:"工作人员的姓名；居民没有"`
}

// AuditObject is what was acted on.
type AuditObject struct {
	Kind string `json:"kind" doc:"哪一类"`
	ID   string `json:"id" doc:"编号"`
	Name string `json:"name" doc:"工作人员的姓名；别的没有"`
}

func auditItem(l audit.Line) AuditItem {
	details := json.RawMessage("null")
	if json.Valid([]byte(l.Details)) {
		details = json.RawMessage(l.Details)
	}
	return AuditItem{l.ID, l.Seq, l.At, AuditActor{string(l.By.Kind), l.By.ID, l.ActorName}, l.Act,
		AuditObject{l.Object.Kind, l.Object.ID, l.ObjectName}, details, l.By.Address, l.By.Request, l.Link}
}

func (h *handler) listAudit(ctx context.Context, in *AuditIn) (*Private[AuditPage], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	lines, err := h.Audit.List(ctx, by(ctx), f)
	if err != nil {
		return nil, err
	}
	page := AuditPage{Items: converted(lines, auditItem)}
	if len(lines) == f.Limit {
		page.Next = lines[len(lines)-1].Place()
	}
	return private(page), nil
}

// AuditState is how far the trail is sealed.
type AuditState struct {
	Seq     int64  `json:"seq" doc:"链上有多少条"`
	Link    string `json:"link" doc:"最后一条的链值"`
	Waiting int    `json:"waiting" doc:"还有多少条等着封存"`
}

func (h *handler) auditState(ctx context.Context, _ *struct{}) (*Private[AuditState], error) {
	s, err := h.Audit.State(ctx, by(ctx))
	return private(AuditState{s.Head.Seq, s.Head.Link, s.Waiting}), err
}

// exportAudit streams, so it stands beside the typed addresses.
func (h *handler) exportAudit(c echo.Context) error {
	ctx := c.Request().Context()
	in := AuditIn{Actor: c.QueryParam("actor"), Object: c.QueryParam("object"), Act: c.QueryParam("act"),
		From: c.QueryParam("from"), Until: c.QueryParam("until")}
	f, err := in.filter()
	if err != nil {
		return err
	}
	head := c.Response().Header()
	head.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	head.Set(echo.HeaderContentDisposition, `attachment; filename="audit-`+string(model.Today(h.Clock.Now()))+`.csv"`)
	head.Set(echo.HeaderCacheControl, "no-store")
	c.Response().Write([]byte("\ufeff")) // or a spreadsheet takes it for another encoding
	return h.Audit.Export(ctx, by(ctx), f, c.Response())
}
