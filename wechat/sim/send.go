package sim

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Delivered is a message in somebody's WeChat.
type Delivered struct {
	At       time.Time         `json:"at"`
	MsgID    string            `json:"msgid"`
	Template string            `json:"template"`
	Title    string            `json:"title"`
	Lines    []Line            `json:"lines"`
	Page     string            `json:"page"`
	State    string            `json:"state"`
	Data     map[string]string `json:"data"`
}

// Line is a line of a message.
type Line struct{ Label, Value string }

type sendBody struct {
	To       string `json:"touser"`
	Template string `json:"template_id"`
	Page     string `json:"page"`
	State    string `json:"miniprogram_state"`
	Data     map[string]struct {
		Value any `json:"value"`
	} `json:"data"`
}

// Inbox lists the messages that somebody got, the last first.
func (s *Sim) Inbox(name string) []Delivered {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.Clone(s.person(name).inbox)
	slices.Reverse(list)
	return list
}

// receiver is who is being sent a message.
func receiver(c *call) string {
	var in sendBody
	_ = c.read(&in) // send itself answers what cannot be read
	return in.To
}

func send(c *call) answer {
	var in sendBody
	if !c.read(&in) {
		return fail(47001)
	}
	p, t := c.sim.byOpenID(in.To), c.sim.template(in.Template)
	switch {
	case p == nil:
		return fail(40003)
	case t == nil:
		return fail(40037)
	case t.Banned:
		return fail(43107)
	}
	data, a := c.checkMessage(t, &in)
	if a.code != 0 {
		if c.sim.switches.FailureSpends {
			p.spend(t)
		}
		return a
	}
	if !p.spend(t) {
		return fail(43101)
	}
	return c.deliver(p, t, &in, data)
}

// checkMessage reads the fields as text and says what is wrong with them.
func (c *call) checkMessage(t *Template, in *sendBody) (map[string]string, answer) {
	data := map[string]string{}
	for key, v := range in.Data {
		data[key] = fmt.Sprint(v.Value)
		if v.Value == nil {
			data[key] = ""
		}
	}
	if key, wrong := t.wrongField(data); key != "" {
		return nil, answer{code: 47003, detail: "data." + key + ".value " + wrong}
	}
	if !c.sim.released(in.Page) {
		return nil, fail(41030)
	}
	for _, value := range data {
		if strings.Contains(value, sensitive) {
			return nil, fail(45168)
		}
	}
	return data, answer{}
}

// sensitive is the word that WeChat lets through in no message.
const sensitive = "敏感词"

func (s *Sim) released(page string) bool {
	path, _, _ := strings.Cut(page, "?")
	return path == "" || len(s.options.Pages) == 0 || slices.Contains(s.options.Pages, path)
}

// wrongField names the first field that a template does not take. WeChat
// itself writes "emtpy".
func (t *Template) wrongField(data map[string]string) (key, wrong string) {
	for _, k := range t.Keys {
		value := data[k.Name]
		switch {
		case strings.TrimSpace(value) == "":
			return k.Name, "is emtpy"
		case len(k.Enum) > 0 && !slices.Contains(k.Enum, value):
			return k.Name, "invalid"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(data)) {
		if !fits(name, data[name]) {
			return name, "invalid"
		}
	}
	return "", ""
}

func (c *call) deliver(p *person, t *Template, in *sendBody, data map[string]string) answer {
	s := c.sim
	s.msgID++
	d := Delivered{
		At: c.now, MsgID: strconv.FormatInt(s.msgID, 10), Template: t.ID, Title: t.Title,
		Lines: t.lines(data), Page: in.Page, State: in.State, Data: data,
	}
	p.inbox = append(p.inbox, d)
	c.pushes = append(c.pushes, message{event: sentEvent, from: p.OpenID,
		items: []map[string]string{{"TemplateId": t.ID, "MsgID": d.MsgID, "ErrorCode": "0", "ErrorStatus": "success"}}})
	if s.switches.NoMsgID {
		return good(nil)
	}
	return good(map[string]any{"msgid": s.msgID})
}

func (t *Template) lines(data map[string]string) []Line {
	var lines []Line
	for _, k := range t.Keys {
		lines = append(lines, Line{k.Label, data[k.Name]})
	}
	if len(t.Keys) == 0 {
		for _, name := range slices.Sorted(maps.Keys(data)) {
			lines = append(lines, Line{name, data[name]})
		}
	}
	return lines
}
