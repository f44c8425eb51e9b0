package sim

import (
	"strings"
	"time"
)

// What the page of the stable token says.
const (
	tokenLasts = 2 * time.Hour
	renewsFrom = 5 * time.Minute // before the end there is a new one, and both are good
	forceEvery = 30 * time.Second
	forcesADay = 20
)

// issued is an access token.
type issued struct {
	value string
	until time.Time
	dead  bool // replaced by force
}

// tokens are all that were given out. The stable one and those of
// cgi-bin/token know nothing of each other.
type tokens struct {
	all    map[string]*issued
	stable *issued
	plain  *issued
	forced time.Time
}

func (t *tokens) issue(now time.Time) *issued {
	if t.all == nil {
		t.all = map[string]*issued{}
	}
	i := &issued{value: "SIM_" + strings.ToUpper(random(66)), until: now.Add(tokenLasts)}
	t.all[i.value] = i
	return i
}

// check is 0 for a token that is good.
func (t *tokens) check(value string, now time.Time) int {
	i := t.all[value]
	switch {
	case value == "":
		return 41001
	case i == nil && len(value) < 64:
		return 40014
	case i == nil || i.dead:
		return 40001
	case !now.Before(i.until):
		return 42001
	}
	return 0
}

// ExpireTokens ends every token now: calls answer 42001.
func (s *Sim) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	for _, i := range s.tokens.all {
		i.until = now
	}
}

// ReplaceToken does what another program with the same secret does when it
// forces a renewal: the token that all others hold is dead, and calls answer
// 40001.
func (s *Sim) ReplaceToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tokens.stable != nil {
		s.tokens.stable.dead = true
	}
	s.tokens.stable = s.tokens.issue(s.clock.Now())
}

// credentials checks who asks for a token.
func (c *call) credentials(appID, secret, grant, wanted string) int {
	o := c.sim.options
	switch {
	case appID == "":
		return 41002
	case secret == "":
		return 41004
	case appID != o.AppID:
		return 40013
	case secret != o.Secret:
		return 40125
	case grant != wanted:
		return 40002
	}
	return 0
}

func stableToken(c *call) answer {
	var in struct {
		Grant  string `json:"grant_type"`
		AppID  string `json:"appid"`
		Secret string `json:"secret"`
		Force  bool   `json:"force_refresh"`
	}
	if !c.read(&in) {
		return fail(47001)
	}
	if code := c.credentials(in.AppID, in.Secret, in.Grant, "client_credential"); code != 0 {
		return fail(code)
	}
	t := &c.sim.tokens
	if in.Force {
		if code := c.force(t); code != 0 {
			return fail(code)
		}
	}
	if t.stable == nil || t.stable.dead || t.stable.until.Sub(c.now) <= renewsFrom {
		t.stable = t.issue(c.now)
	}
	return granted(t.stable, c.now)
}

// force kills the token that there is.
func (c *call) force(t *tokens) int {
	if c.now.Sub(t.forced) < forceEvery {
		return 45011
	}
	if c.sim.add("force", 24*time.Hour, c.now) > forcesADay {
		return 45009
	}
	t.forced = c.now
	if t.stable != nil {
		t.stable.dead = true
	}
	return 0
}

// plainToken gives a new token each time; the one before is good for five more
// minutes.
func plainToken(c *call) answer {
	q := c.query
	if code := c.credentials(q.Get("appid"), q.Get("secret"), q.Get("grant_type"), "client_credential"); code != 0 {
		return fail(code)
	}
	t := &c.sim.tokens
	if t.plain != nil && t.plain.until.Sub(c.now) > renewsFrom {
		t.plain.until = c.now.Add(renewsFrom)
	}
	t.plain = t.issue(c.now)
	return granted(t.plain, c.now)
}

func granted(i *issued, now time.Time) answer {
	return answer{body: map[string]any{"access_token": i.value, "expires_in": int(i.until.Sub(now).Seconds())}}
}
