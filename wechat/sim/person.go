package sim

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"time"
)

// Person is somebody made up. The same name is the same person each time, so
// what a demo keeps of them stays true.
type Person struct {
	Name    string `json:"name"`
	OpenID  string `json:"openid"`
	UnionID string `json:"unionid"`
	Phone   string `json:"phone"`
	Blocked bool   `json:"blocked"` // WeChat thinks the account risky: sign-in answers 40226
}

// person is what the simulator holds of somebody.
type person struct {
	Person
	session string
	visited time.Time // last in the mini program
	muted   bool      // the main switch of messages is off
	choices map[string]*choice
	inbox   []Delivered
	busy    int
	login   *code // the last ones, to be shown
	phone   *code
}

// code is a code of wx.login or of the phone button.
type code struct {
	Value  string
	person *person
	until  time.Time
	used   bool
	phone  bool
}

const codeLasts = 5 * time.Minute

// Person is the one of that name, made up where there is none.
func (s *Sim) Person(name string) Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.person(name).Person
}

// People lists everybody in the order in which they came.
func (s *Sim) People() []Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Person, 0, len(s.people))
	for _, p := range s.people {
		list = append(list, p.Person)
	}
	return list
}

// Block has WeChat think an account risky, or no more.
func (s *Sim) Block(name string, blocked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.person(name).Blocked = blocked
}

// LoginCode is what wx.login gives somebody who opens the mini program.
func (s *Sim) LoginCode(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.person(name)
	p.visited = s.clock.Now()
	p.login = s.newCode(p, false)
	return p.login.Value
}

// PhoneCode is what the phone button gives somebody who taps it.
func (s *Sim) PhoneCode(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.person(name)
	p.visited = s.clock.Now()
	p.phone = s.newCode(p, true)
	return p.phone.Value
}

func (s *Sim) newCode(p *person, phone bool) *code {
	c := &code{Value: "0" + random(15) + "w3", person: p, until: s.clock.Now().Add(codeLasts), phone: phone}
	s.codes[c.Value] = c
	return c
}

func (s *Sim) person(name string) *person {
	if p := s.named[name]; p != nil {
		return p
	}
	seed := sha256.Sum256([]byte(s.options.AppID + "/" + name))
	union := sha256.Sum256([]byte("union/" + name))
	id := func(sum [32]byte) string { return "o" + base64.RawURLEncoding.EncodeToString(sum[:])[:27] }
	p := &person{
		Person: Person{
			Name: name, OpenID: id(seed), UnionID: id(union),
			Phone: fmt.Sprintf("1990000%04d", binary.BigEndian.Uint32(seed[28:])%10_000),
		},
		session: base64.StdEncoding.EncodeToString(union[:16]),
		choices: map[string]*choice{},
	}
	s.people = append(s.people, p)
	s.named[name], s.addressed[p.OpenID] = p, p
	return p
}

func (s *Sim) byOpenID(openID string) *person { return s.addressed[openID] }

// take uses a code up. Used and over are told apart for wx.login only.
func (c *call) take(value string, phone bool) (*person, int) {
	k := c.sim.codes[value]
	switch {
	case k == nil || k.phone != phone || !c.now.Before(k.until):
		return nil, 40029
	case k.used && phone:
		return nil, 40029
	case k.used:
		return nil, 40163
	}
	return k.person, 0
}

func signIn(c *call) answer {
	q := c.query
	code := c.credentials(q.Get("appid"), q.Get("secret"), q.Get("grant_type"), "authorization_code")
	if code == 0 && q.Get("js_code") == "" {
		code = 41008
	}
	if code != 0 {
		return fail(code)
	}
	p, code := c.take(q.Get("js_code"), false)
	switch {
	case code != 0:
		return fail(code)
	case c.sim.add("sign in "+p.OpenID, time.Minute, c.now) > 100:
		return fail(45011)
	}
	c.sim.codes[q.Get("js_code")].used = true
	if p.Blocked {
		return fail(40226)
	}
	p.visited = c.now
	body := map[string]any{"openid": p.OpenID, "session_key": p.session}
	if !c.sim.switches.NoUnionID {
		body["unionid"] = p.UnionID
	}
	return answer{body: body}
}

func phoneNumber(c *call) answer {
	var in struct {
		Code   string `json:"code"`
		OpenID string `json:"openid"`
	}
	if !c.read(&in) {
		return fail(47001)
	}
	p, code := c.take(in.Code, true)
	if code == 0 && in.OpenID != "" && in.OpenID != p.OpenID {
		code = 40029
	}
	if code != 0 {
		return fail(code)
	}
	c.sim.codes[in.Code].used = true
	return good(map[string]any{"phone_info": map[string]any{
		"phoneNumber": p.Person.Phone, "purePhoneNumber": p.Person.Phone, "countryCode": "86",
		"watermark": map[string]any{"timestamp": c.now.Unix(), "appid": c.sim.options.AppID},
	}})
}
