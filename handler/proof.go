package handler

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/policy"
)

// Proof is what was public of a document, and when.
type Proof struct {
	Kind         model.Kind      `json:"kind" doc:"policy 政策文件，interpretation 解读，meeting 会议，consultation 意见征集，event 活动"`
	ID           string          `json:"id" doc:"编号"`
	Title        string          `json:"title" doc:"最近公开的标题"`
	Public       bool            `json:"public" doc:"现在是否公开"`
	MovedTo      string          `json:"moved_to" doc:"并入了哪一份文件，没有时为空"`
	CanonicalURL string          `json:"canonical_url" doc:"现在公开的内容的规范形式，对它的字节计算 SM3；没有公开时为空"`
	Revisions    []ProofRevision `json:"revisions" doc:"公开过的各版，新的在前"`
}

// ProofRevision is one form of a document that was public.
type ProofRevision struct {
	Version int64                `json:"version" doc:"第几版"`
	SM3     string               `json:"sm3" doc:"规范形式的 SM3（GB/T 32905），十六进制"`
	Act     model.PublicationAct `json:"act" doc:"published 发布，corrected 更正，imported 导入"`
	Note    string               `json:"note" doc:"更正说明，没有时为空"`
	From    time.Time            `json:"public_from" doc:"从何时起公开"`
	Until   *time.Time           `json:"public_until" doc:"到何时为止，现在公开的为 null"`
	Closed  string               `json:"closed" doc:"为什么不再提供查阅，可以查阅时为空"`
}

func (h *handler) proof(p *policy.Proof) Proof {
	shown := Proof{Kind: p.Kind, ID: p.ID, Title: p.Title, Public: p.Public, MovedTo: p.MovedTo}
	if p.Public {
		shown.CanonicalURL = h.PublicURL + "/api/v1/" + plural[p.Kind] + "/" + p.ID + "/canonical"
	}
	shown.Revisions = converted(p.Revisions, func(r policy.ProvenRevision) ProofRevision {
		return ProofRevision{r.Version, r.SM3, r.Act, r.Note, r.From, unlessZero(r.Until), r.Closed}
	})
	return shown
}

// plural is how a kind stands in addresses.
var plural = map[model.Kind]string{model.KindPolicy: "policies", model.KindInterpretation: "interpretations", model.KindMeeting: "meetings", model.KindConsultation: "consultations", model.KindEvent: "events",
	model.KindGazette: "gazettes"}

func (h *handler) getProof(kind model.Kind) func(context.Context, *ByID) (*Rendered, error) {
	return func(ctx context.Context, in *ByID) (*Rendered, error) {
		p, err := h.Policy.Proof(ctx, kind, in.ID)
		if err != nil {
			return nil, err
		}
		return render(h.proof(p))
	}
}

// canonical hands out the bytes over which the SM3 of what is public is made.
func (h *handler) canonical(kind model.Kind) echo.HandlerFunc {
	return func(c echo.Context) error {
		form, err := h.Policy.Canonical(c.Request().Context(), kind, c.Param("id"))
		if err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderCacheControl, noCache)
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, form)
	}
}

// proofPage shows what was public of a document, and when.
func (h *handler) proofPage(kind model.Kind) echo.HandlerFunc {
	return func(c echo.Context) error {
		p, err := h.Policy.Proof(c.Request().Context(), kind, c.Param("id"))
		if err != nil {
			return err
		}
		shown := h.proof(p)
		return h.show(c, "proof", &page{Title: "核验《" + p.Title + "》", Proof: &shown})
	}
}
