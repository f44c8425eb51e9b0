package handler

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"yuandu/model"
)

// limit is how many writes fit into a minute.
type limit struct {
	path string // start of the address
	from int    // by one address: a school or an office may share one
	who  int    // by one person
}

// limits are the most that fit into a minute, the first that fits an address.
var limits = []limit{
	{"/api/v1/login", 600, 0},
	{pathRelated, 600, 60}, // asked while somebody types: it takes nothing from what they write
	{"/api/v1/", 600, 60},
	{"/admin/v1/sign-in", 60, 60},
	{"/admin/v1/", 600, 240},
}

// limited slows down who writes too often. A cache that is away lets everybody
// pass: what must not be guessed is guarded by the database as well.
func (h *handler) limited(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if !isWrite(r.Method) || h.Allow == nil {
			return next(c)
		}
		for _, l := range limits {
			if !strings.HasPrefix(r.URL.Path, l.path) {
				continue
			}
			p := presenceOf(r.Context())
			wait := h.room(r.Context(), "from:"+l.path+c.RealIP(), l.from)
			if wait == 0 && p.scope != "" {
				wait = h.room(r.Context(), "who:"+l.path+p.scope, l.who)
			}
			if wait > 0 {
				seconds := int(math.Ceil(wait.Seconds()))
				c.Response().Header().Set("Retry-After", strconv.Itoa(seconds))
				return model.ErrTooMany.With("", map[string]any{"seconds": seconds})
			}
			break
		}
		return next(c)
	}
}

// room is how long to wait until one more fits, 0 where it does.
func (h *handler) room(ctx context.Context, key string, perMinute int) time.Duration {
	if perMinute == 0 {
		return 0
	}
	ok, wait, err := h.Allow(ctx, "write:"+key, perMinute, time.Minute)
	if err != nil || ok {
		return 0
	}
	return wait
}
