package sim

import (
	"strconv"
	"time"

	"yuandu/model"
)

// Limit is how often a call may be made in a period, and what is answered
// beyond. The day begins at midnight in Shanghai: when WeChat's does is not
// written anywhere.
type Limit struct {
	Per  time.Duration
	Most int
	Code int
}

// count is how often something was done in the period that it was done in last.
type count struct {
	period string
	n      int
}

// SetLimits replaces the limits of a path.
func (s *Sim) SetLimits(path string, limits ...Limit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits[path] = limits
}

// add counts one more of key and says how many there are in this period.
func (s *Sim) add(key string, per time.Duration, now time.Time) int {
	c := s.count(key, per, now)
	c.n++
	return c.n
}

func (s *Sim) count(key string, per time.Duration, now time.Time) *count {
	period := periodOf(per, now)
	key += "/" + per.String()
	c := s.counts[key]
	if c == nil || c.period != period {
		c = &count{period: period}
		s.counts[key] = c
	}
	return c
}

const month = 30 * 24 * time.Hour

func periodOf(per time.Duration, now time.Time) string {
	switch per {
	case month:
		return now.In(model.Shanghai).Format("2006-01")
	case 24 * time.Hour:
		return today(now)
	}
	return strconv.FormatInt(now.UnixNano()/int64(per), 10)
}

// spendLimit counts a call, also one that fails later.
func (s *Sim) spendLimit(path string, now time.Time) int {
	code := 0
	for _, l := range s.limits[path] {
		if s.add(path, l.Per, now) > l.Most && code == 0 {
			code = l.Code
		}
	}
	return code
}

// quota answers what is left of a call.
func quota(c *call) answer {
	path, code := c.quotaPath()
	if code != 0 {
		return fail(code)
	}
	day, rate := map[string]any{"daily_limit": 0, "used": 0, "remain": 0}, map[string]any{}
	for _, l := range c.sim.limits[path] {
		n := c.sim.count(path, l.Per, c.now).n
		if l.Per == 24*time.Hour {
			day = map[string]any{"daily_limit": l.Most, "used": n, "remain": max(l.Most-n, 0)}
		} else {
			rate = map[string]any{"call_count": l.Most, "refresh_second": int(l.Per.Seconds())}
		}
	}
	return good(map[string]any{"quota": day, "rate_limit": rate})
}

func (c *call) quotaPath() (path string, code int) {
	var in struct {
		Path string `json:"cgi_path"`
	}
	if !c.read(&in) {
		return "", 47001
	}
	r := c.sim.routes[in.Path]
	switch {
	case r == nil:
		return "", 76021
	case r.free: // /sns/ has none that could be read
		return "", 76022
	}
	return in.Path, 0
}

// clearQuota begins all counts anew, ten times a month.
func clearQuota(c *call) answer {
	var in struct {
		AppID string `json:"appid"`
	}
	switch {
	case !c.read(&in):
		return fail(47001)
	case in.AppID != c.sim.options.AppID:
		return fail(40013)
	case c.sim.add("clear", month, c.now) > 10:
		return fail(48006)
	}
	for path := range c.sim.routes {
		c.clear(path)
	}
	return good(nil)
}

// clearOneQuota begins the counts of one call anew, fifty times a month.
func clearOneQuota(c *call) answer {
	path, code := c.quotaPath()
	if code != 0 {
		return fail(code)
	}
	if c.sim.add("clear one", month, c.now) > 50 {
		return fail(48006)
	}
	c.clear(path)
	return good(nil)
}

func (c *call) clear(path string) {
	for _, l := range c.sim.limits[path] {
		c.sim.count(path, l.Per, c.now).n = 0
	}
}

// callbackIPs lists addresses that are reserved for examples.
func callbackIPs(*call) answer {
	return answer{body: map[string]any{"ip_list": []string{"192.0.2.10", "192.0.2.11", "198.51.100.7"}}}
}
