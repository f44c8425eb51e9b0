package handler

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"yuandu/service/account"
	"yuandu/service/staff"
)

// presence is who stands behind a request: one of the two, or nobody.
type presence struct {
	resident *account.Presence
	staff    *staff.Presence
	from     staff.Caller
	scope    string // under which request keys are kept, "" for nobody
}

type presenceKey struct{}

func presenceOf(ctx context.Context) *presence {
	if p, ok := ctx.Value(presenceKey{}).(*presence); ok {
		return p
	}
	return &presence{}
}

// identified finds out who asks: residents by their token, staff by their
// cookie. Whom it doesn't know is nobody, and may read what is public.
func (h *handler) identified(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		p := &presence{from: staff.Caller{Address: c.RealIP(), Agent: r.UserAgent(), Request: requestID(r.Context())}}
		var err error
		switch {
		case strings.HasPrefix(r.URL.Path, "/api/v1/"):
			err = h.identifyResident(r, p)
		case strings.HasPrefix(r.URL.Path, "/admin/v1/"):
			err = h.identifyStaff(r, p)
		default:
			return next(c)
		}
		if err != nil {
			return err
		}
		c.SetRequest(r.WithContext(context.WithValue(r.Context(), presenceKey{}, p)))
		return next(c)
	}
}

func (h *handler) identifyResident(r *http.Request, p *presence) (err error) {
	token, ok := strings.CutPrefix(r.Header.Get(echo.HeaderAuthorization), "Bearer ")
	if !ok || token == "" {
		return nil
	}
	p.resident, err = h.Account.Identify(r.Context(), token, p.from.Request)
	switch {
	case err != nil:
		return err
	case p.resident == nil && r.Method == http.MethodDelete && r.URL.Path == pathMe:
		// The answer to an erasure may be asked for again, though its asker is gone.
		id, err := h.Account.ErasedBy(r.Context(), token)
		if id != "" {
			p.scope = account.ResidentScope(id)
		}
		return err
	case p.resident == nil:
		return nil
	case p.resident.Session == nil:
		p.scope = "unagreed:" + p.resident.TokenHash
	default:
		p.scope = account.ResidentScope(p.resident.Actor.ID)
	}
	return nil
}

func (h *handler) identifyStaff(r *http.Request, p *presence) error {
	cookie, err := r.Cookie(h.cookieName())
	if err != nil {
		return nil // there is none
	}
	if p.staff, err = h.Staff.Identify(r.Context(), p.from, cookie.Value); err == nil && p.staff != nil {
		p.scope = "staff:" + p.staff.Staff.ID
	}
	return err
}

// secure says whether the site is reached over https, as it must be but on the
// machine it runs on.
func (h *handler) secure() bool { return strings.HasPrefix(h.PublicURL, "https://") }

// cookieName bears __Host- where browsers accept it: then no other host of the
// domain can set the cookie.
func (h *handler) cookieName() string {
	if h.secure() {
		return "__Host-yuandu"
	}
	return "yuandu"
}

// staffCookie holds the token of a session; it ends with the browser.
func (h *handler) staffCookie(token string) string {
	c := http.Cookie{Name: h.cookieName(), Value: token, Path: "/", HttpOnly: true, Secure: h.secure(), SameSite: http.SameSiteLaxMode}
	if token == "" {
		c.MaxAge = -1
	}
	return c.String()
}

// sameOrigin refuses what a page of another site makes a browser send with the
// cookie of staff.
func sameOrigin() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if strings.HasPrefix(c.Request().URL.Path, "/admin/") && protection.Check(c.Request()) != nil {
				return errCrossOrigin
			}
			return next(c)
		}
	}
}
