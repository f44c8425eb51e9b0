package handler

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"
	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/policy"
)

// MatchPage lists the versions that have a hash.
type MatchPage struct {
	SM3   string      `json:"sm3" doc:"查的是哪个值"`
	Items []MatchItem `json:"items" doc:"内容，或者某个附件，是这个值的各版，新的在前；没有时为空"`
}

// MatchItem is a version of a document that has a hash.
type MatchItem struct {
	Kind    model.Kind `json:"kind" doc:"policy 政策文件，interpretation 解读，meeting 会议，consultation 意见征集，event 活动"`
	ID      string     `json:"id" doc:"编号"`
	Title   string     `json:"title" doc:"标题"`
	Public  bool       `json:"public" doc:"这份公文现在是否公开"`
	Version int64      `json:"version" doc:"第几版"`
	From    time.Time  `json:"public_from" doc:"这一版从何时起公开"`
	Until   *time.Time `json:"public_until" doc:"到何时为止，现在公开的为 null"`
	File    string     `json:"file" doc:"是哪个附件；是正文时为空"`
}

func matchItem(m policy.Match) MatchItem {
	return MatchItem{m.Kind, m.ID, m.Title, m.Public, m.Version, m.From, unlessZero(m.Until), m.File}
}

// HashIn asks whose hash something is.
type HashIn struct {
	Conditional
	SM3 string `path:"sm3" pattern:"^[0-9a-fA-F]{64}$" doc:"SM3 值（GB/T 32905），64 位十六进制"`
}

func (h *handler) getMatches(ctx context.Context, in *HashIn) (*Rendered, error) {
	sum := strings.ToLower(in.SM3)
	list, err := h.Policy.ByHash(ctx, sum)
	if err != nil {
		return nil, err
	}
	return render(MatchPage{sum, converted(list, matchItem)})
}

// check is what somebody wants to know of a paper or a file in their hand.
type check struct {
	Asked   string // as typed
	File    string // the name of the file that was handed in
	SM3     string
	Numbers []model.PolicyRef
	Matches []MatchItem
	Problem string
}

// hashShape is an SM3 as people copy it: with blanks.
var hashShape = regexp.MustCompile(`^[0-9a-f]{64}$`)

// checkPage looks for a document by its number or its hash.
func (h *handler) checkPage(c echo.Context) error {
	found := &check{Asked: strings.TrimSpace(c.QueryParam("q"))}
	if found.Asked == "" {
		return h.showCheck(c, found)
	}
	ctx := c.Request().Context()
	sum := strings.ToLower(strings.Join(strings.Fields(found.Asked), ""))
	var err error
	if hashShape.MatchString(sum) {
		err = h.checkSum(ctx, found, sum)
	} else if found.Numbers, err = h.Policy.ByNumber(ctx, found.Asked); err == nil && len(found.Numbers) == 0 {
		found.Problem = say("proof.nothing_of_number", nil)
	}
	if err != nil {
		return err
	}
	return h.showCheck(c, found)
}

func (h *handler) checkSum(ctx context.Context, found *check, sum string) error {
	found.SM3 = sum
	list, err := h.Policy.ByHash(ctx, sum)
	found.Matches = converted(list, matchItem)
	if len(list) == 0 {
		found.Problem = say("proof.nothing_of_hash", nil)
	}
	return err
}

// checkFile looks for a document by the bytes of a file. Nothing of it is kept.
func (h *handler) checkFile(c echo.Context) error {
	patience := patient(c)
	r := c.Request()
	r.Body = struct {
		io.Reader
		io.Closer
	}{http.MaxBytesReader(c.Response(), io.NopCloser(patience), model.MaxFile+1<<20), r.Body}
	found := &check{}
	err := h.sumOfPart(c, found)
	patience.end()
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return model.ErrFileTooLarge.With("", map[string]any{"limit": model.MaxFile >> 20})
	}
	if err != nil {
		return err
	}
	if found.SM3 == "" {
		found.Problem = say("proof.no_file", nil)
		return h.showCheck(c, found)
	}
	if err := h.checkSum(r.Context(), found, found.SM3); err != nil {
		return err
	}
	return h.showCheck(c, found)
}

// sumOfPart reads the file of a form and makes its hash.
func (h *handler) sumOfPart(c echo.Context, found *check) error {
	parts, err := c.Request().MultipartReader()
	if err != nil {
		return errUnreadable
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return refusedPart(err)
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		sum := sm3.New()
		if _, err := io.Copy(sum, part); err != nil {
			return refusedPart(err)
		}
		found.File, found.SM3 = plainName(part.FileName()), hex.EncodeToString(sum.Sum(nil))
		return nil
	}
}

func refusedPart(err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return err
	}
	return errUnreadable
}

func (h *handler) showCheck(c echo.Context, found *check) error {
	return h.show(c, "check", &page{Title: "核验公文", Check: found, Canonical: h.PublicURL + "/proof"})
}
