package handler

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/publication"
)

// RevisionPage lists what was public of a document.
type RevisionPage struct {
	Items []RevisionItem `json:"items" doc:"新的在前"`
}

// RevisionItem is one version that was public.
type RevisionItem struct {
	Version int64                `json:"version" doc:"第几版"`
	At      time.Time            `json:"at" doc:"何时公开的"`
	Act     model.PublicationAct `json:"act" doc:"published 发布，corrected 更正，imported 导入"`
	Note    string               `json:"note" doc:"更正说明，没有时为空"`
	SM3     string               `json:"sm3" doc:"规范形式的 SM3，十六进制"`
	Closed  string               `json:"closed" doc:"为什么不再提供查阅，可以查阅时为空"`
}

func (d *desk[C]) revisions(ctx context.Context, in *DeskID) (*Private[RevisionPage], error) {
	list, err := d.h.Publication.Revisions(ctx, by(ctx), d.kind, in.ID)
	if err != nil {
		return nil, err
	}
	return private(RevisionPage{converted(list, func(r publication.Revision) RevisionItem {
		return RevisionItem{r.Version, r.SavedAt, r.Act, r.Note, r.SM3, r.Closed}
	})}), nil
}

// CompareIn asks what changed between two versions of a document.
type CompareIn struct {
	DeskID
	From string `query:"from" pattern:"^(working|latest|[1-9][0-9]{0,17})$" doc:"旧的一版：第几版，或 latest 最近公开的（默认）"`
	To   string `query:"to" pattern:"^(working|latest|[1-9][0-9]{0,17})$" doc:"新的一版：第几版，或 working 正在改的一稿（默认）"`
}

func (d *desk[C]) compare(ctx context.Context, in *CompareIn) (*Private[Comparison], error) {
	c, err := d.h.Publication.Compare(ctx, by(ctx), d.kind, in.ID, versionNumber(in.From, publication.Latest), versionNumber(in.To, publication.Working))
	if err != nil {
		return nil, err
	}
	return private(comparison(d.kind, deskSide(c.From), deskSide(c.To), c.Differences)), nil
}

func deskSide(s publication.Side) VersionSide {
	return VersionSide{s.Version, s.Title, unlessZero(s.At)}
}

func versionNumber(text string, otherwise int64) int64 {
	switch text {
	case "working":
		return publication.Working
	case "latest":
		return publication.Latest
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	return otherwise
}

// CloseRevisionIn keeps an older version from the public.
type CloseRevisionIn struct {
	EditID
	Version int64 `path:"version" minimum:"1" doc:"第几版"`
	Body    struct {
		Reason string `json:"reason" maxLength:"500" doc:"为什么不再提供查阅，会公布"`
	}
}

func (d *desk[C]) closeRevision(ctx context.Context, in *CloseRevisionIn) (*Private[DeskRecord[C]], error) {
	return d.do(ctx, in.EditID, func(r publication.Ref) (*model.Publication, error) {
		return d.h.Publication.CloseRevision(ctx, by(ctx), r, in.Version, strings.TrimSpace(in.Body.Reason))
	})
}

// preview shows the page that the public would see if the working copy were
// public.
func (h *handler) preview(kind model.Kind) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		p, err := h.Publication.Get(ctx, by(ctx), kind, c.Param("id"))
		if err != nil {
			return err
		}
		shown, err := h.previewPage(ctx, p)
		if err != nil {
			return err
		}
		shown.Preview, shown.Large = true, c.QueryParam("size") == "large"
		html, err := h.fill(c, previewPages[kind], shown)
		if err != nil {
			return err
		}
		// The files of what is not public are those that staff see.
		html = bytes.ReplaceAll(html, []byte(`"`+fileURL("")), []byte(`"`+pathFiles+"/"))
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		return c.HTMLBlob(http.StatusOK, html)
	}
}

// previewPages are the pages by which a kind is shown to the public.
var previewPages = map[model.Kind]string{model.KindPolicy: "policy", model.KindInterpretation: "interpretation", model.KindLetter: "letter",
	model.KindMeeting: "meeting", model.KindConsultation: "consultation", model.KindEvent: "event"}

func (h *handler) previewPage(ctx context.Context, p *model.Publication) (*page, error) {
	if p.Kind == model.KindLetter {
		l, err := h.LetterDesk.Preview(ctx, p.ID, p.Content)
		if err != nil {
			return nil, err
		}
		return h.pageOfLetter(l), nil
	}
	if p.Kind == model.KindMeeting {
		m, err := h.MeetingDesk.Preview(ctx, p.ID, p.Content)
		if err != nil {
			return nil, err
		}
		return h.pageOfMeeting(ctx, m), nil
	}
	if p.Kind == model.KindConsultation {
		c, err := h.ConsultationDesk.Preview(ctx, p.ID, p.Content)
		if err != nil {
			return nil, err
		}
		return h.pageOfConsultation(ctx, &consultationShown{Shown: c}), nil
	}
	if p.Kind == model.KindEvent {
		e, err := h.EventDesk.Preview(ctx, p.ID, p.Content)
		if err != nil {
			return nil, err
		}
		return h.pageOfEvent(ctx, e), nil
	}
	if p.Kind == model.KindInterpretation {
		i, err := h.Policy.PreviewInterpretation(ctx, p.ID, p.Content)
		if err != nil {
			return nil, err
		}
		return h.pageOfInterpretation(i), nil
	}
	d, err := h.Policy.Preview(ctx, p.ID, p.Content)
	if err != nil {
		return nil, err
	}
	return h.pageOfPolicy(d), nil
}
