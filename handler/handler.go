// Package handler is HTTP in and HTTP out: the API, the pages of the open web,
// and what machines ask. It is the only package that knows echo and huma.
package handler

import (
	"context"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/account"
	"yuandu/service/audit"
	"yuandu/service/city"
	"yuandu/service/code"
	"yuandu/service/consultation"
	"yuandu/service/credit"
	"yuandu/service/directory"
	"yuandu/service/event"
	"yuandu/service/feedback"
	"yuandu/service/file"
	"yuandu/service/follow"
	"yuandu/service/gazette"
	"yuandu/service/ingest"
	"yuandu/service/knowledge"
	"yuandu/service/letter"
	"yuandu/service/matter"
	"yuandu/service/meeting"
	"yuandu/service/once"
	"yuandu/service/policy"
	"yuandu/service/publication"
	"yuandu/service/push"
	"yuandu/service/search"
	"yuandu/service/staff"
	"yuandu/service/voice"
	"yuandu/service/words"
)

// House is what the handlers open doors to.
type House struct {
	Policy      *policy.Service
	Publication *publication.Service
	Directory   *directory.Service
	Search      *search.Service
	File        *file.Service
	Import      *ingest.Desk
	Account     *account.Service
	Follow      *follow.Service
	Credit      *credit.Service
	Staff       *staff.Service
	Audit       *audit.Service
	City        *city.Service
	Code        *code.Service
	Once        *once.Service
	Push        *push.Service
	Inbox       *push.Inbox
	Rehearsal   *push.Rehearsal
	Templates   *push.Templates
	Delivery    *push.Desk
	Words       *words.Service
	Feedback    *feedback.Service
	Mornings    *letter.Mornings
	Letters     *letter.Service
	LetterDesk  *letter.Desk
	Knowledge   *knowledge.Service
	Matters     *matter.Service
	Meetings    *meeting.Service
	MeetingDesk *meeting.Desk
	Voices      *voice.Service

	Consultations    *consultation.Service
	ConsultationDesk *consultation.Desk
	Events           *event.Service
	EventDesk        *event.Desk
	Gazettes         *gazette.Service
	GazetteDesk      *gazette.Desk
	GazetteImport    *gazette.Importer
	Clock            model.Clock
	Allow            func(ctx context.Context, key string, limit int, per time.Duration) (ok bool, wait time.Duration, err error) // counts writes
	Console          fs.FS                                                                                                        // the built console
	MiniProgram      fs.FS                                                                                                        // its built pages for browsers
	Simulator        http.Handler                                                                                                 // of WeChat, nil but in the demo

	Version        string
	PublicURL      string                           // for permalinks, without a slash at its end
	ExplainDays    int                              // working days in which a policy should be explained
	SiteCode       string                           // 政府网站标识码, "" where the site has none
	Sample         bool                             // the content is sample content, and every page says so
	TrustedProxies []*net.IPNet                     // whose word for the client's address is believed
	KeepBytes      int                              // of rendered answers kept at hand; 0 keeps none
	Parts          func(ctx context.Context) []Part // for /readyz
}

// Part is one part of the house and how it is.
type Part struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Healthy  bool   `json:"healthy"`
	Degraded bool   `json:"degraded"` // away, but the house answers without it
}

type handler struct {
	House
	kept  *keptAnswers
	pages *pages
	doors []doorOf
}

// New makes the house's HTTP face.
func New(house House) http.Handler {
	e, _, _ := build(house)
	return e
}

// OpenAPI is the description of the API, as JSON.
func OpenAPI() ([]byte, error) {
	_, api, _ := build(House{})
	return describe(api)
}

func build(house House) (*echo.Echo, huma.API, *handler) {
	speakPlainly()
	h := &handler{House: house, kept: keepAnswers(house.KeepBytes), pages: readPages()}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = h.answerError
	e.IPExtractor = clientAddress(house.TrustedProxies)
	e.Pre(patched)
	e.Use(identify, measured, harden, compressed(), recovered, readable, sameOrigin(), h.identified, h.limited, h.onceOnly, h.guarded())

	config := huma.DefaultConfig("鸢都政事", "1.0.0")
	config.Info.Description = "政府信息公开服务的公开接口。读取不需要登录；所有接口只增不改。"
	config.DocsPath, config.OpenAPIPath, config.SchemasPath, config.CreateHooks = "", "", "", nil
	api := humaecho.New(e, config)
	h.routes(e, api)
	return e, api, h
}

// clientAddress believes a forwarded address only from trusted proxies.
func clientAddress(trusted []*net.IPNet) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, n := range trusted {
		options = append(options, echo.TrustIPRange(n))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// answerError answers what no handler answered itself: to programs as a
// problem, to people as a page.
func (h *handler) answerError(err error, c echo.Context) {
	p := problemFor(err, c)
	if c.Response().Committed {
		return
	}
	if p.MovedTo != "" {
		address := strings.Replace(c.Request().URL.RequestURI(), p.movedFrom, p.MovedTo, 1)
		if c.Response().Header().Set(echo.HeaderLocation, address); !isAPI(address) {
			_ = c.NoContent(p.Status)
			return
		}
	}
	if isAPI(c.Request().URL.Path) {
		c.Response().Header().Set(echo.HeaderContentType, p.ContentType(""))
		_ = c.JSON(p.Status, p) // the connection may be gone; there is nobody to tell
		return
	}
	if err := h.showProblem(c, p); err != nil {
		p = problemOf(c.Request().Context(), err)
		_ = c.String(p.Status, p.Detail)
	}
}

// isAPI says whether an address is asked by programs, which want problems, not
// pages.
func isAPI(path string) bool {
	return strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/admin/") || strings.HasPrefix(path, "/wechat/")
}

// maxHeader has room for a question of ten thousand characters, each escaped.
const maxHeader = 192 << 10

// Server wraps the handler with limits on slow and endless requests.
func Server(address string, h http.Handler) *http.Server {
	return &http.Server{Addr: address, Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: maxHeader}
}
