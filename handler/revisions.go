package handler

import (
	"bytes"
	"context"
	"image/png"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/policy"
)

// PublicCompareIn asks what changed between two versions of a public document.
type PublicCompareIn struct {
	Conditional
	ID   string `path:"id" maxLength:"64" doc:"编号"`
	From int64  `query:"from" minimum:"0" doc:"旧的一版：第几版；默认是 to 的前一版"`
	To   int64  `query:"to" minimum:"0" doc:"新的一版：第几版；默认是现在公开的一版"`
}

func (h *handler) getComparison(kind model.Kind) func(context.Context, *PublicCompareIn) (*Rendered, error) {
	return func(ctx context.Context, in *PublicCompareIn) (*Rendered, error) {
		c, err := h.Policy.Compare(ctx, kind, in.ID, in.From, in.To)
		if err != nil {
			return nil, err
		}
		return render(publicComparison(kind, c))
	}
}

func publicComparison(kind model.Kind, c *policy.Comparison) Comparison {
	side := func(s policy.Side) VersionSide { return VersionSide{s.Version, s.Title, unlessZero(s.At)} }
	return comparison(kind, side(c.From), side(c.To), c.Differences)
}

// revisionsPage shows what was public of a document, and what changed between two
// versions of it.
func (h *handler) revisionsPage(kind model.Kind) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, id := c.Request().Context(), c.Param("id")
		p, err := h.Policy.Proof(ctx, kind, id)
		if err != nil {
			return err
		}
		number := func(name string) int64 { n, _ := strconv.ParseInt(c.QueryParam(name), 10, 64); return max(0, n) }
		differences, err := h.Policy.Compare(ctx, kind, id, number("from"), number("to"))
		if err != nil {
			return err
		}
		proof, compared := h.proof(p), publicComparison(kind, differences)
		return h.show(c, "revisions", &page{Title: "《" + p.Title + "》的各个版本", Proof: &proof, Compared: &compared,
			Whole: c.QueryParam("whole") == "1"})
	}
}

// wordType is the media type of Word documents.
const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// policyWord hands out a policy as a Word document.
func (h *handler) policyWord(c echo.Context) error {
	ctx := c.Request().Context()
	d, err := h.Policy.Get(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	sum, err := h.Policy.Sum(ctx, model.KindPolicy, d.ID)
	if err != nil {
		return err
	}
	s := d.Sheet(h.PublicURL + "/policies/" + d.ID)
	s.Tail = append(s.Tail, "内容的 SM3："+sum)
	var content bytes.Buffer
	if err := policy.WriteWord(&content, s, h.pictureReader(ctx)); err != nil {
		return err
	}
	head := c.Response().Header()
	head.Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": plainName(d.Title) + ".docx"}))
	return c.Blob(http.StatusOK, wordType, content.Bytes())
}

func (h *handler) pictureReader(ctx context.Context) policy.Opener {
	return func(id string) ([]byte, string, error) {
		f, err := h.File.Open(ctx, id)
		if err != nil {
			return nil, "", err
		}
		defer f.Bytes.Close()
		content, err := io.ReadAll(f.Bytes)
		return content, f.MediaType, err
	}
}

// qrSide is how wide a code is drawn, in pixels: print at 3 cm has 200 dpi then.
const qrSide = 240

// policyCode is the QR code that stands on a printed policy: the address at which
// its hash is checked.
func (h *handler) policyCode(c echo.Context) error {
	sum, err := h.Policy.Sum(c.Request().Context(), model.KindPolicy, c.Param("id"))
	if err != nil {
		return err
	}
	if sum == "" {
		return model.ErrPolicyMissing
	}
	code, err := qr.Encode(h.PublicURL+"/proof?q="+url.QueryEscape(sum), qr.M, qr.Auto)
	if err == nil {
		code, err = barcode.Scale(code, qrSide, qrSide)
	}
	if err != nil {
		return err
	}
	var content bytes.Buffer
	if err := png.Encode(&content, code); err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/png", content.Bytes())
}
