package sim

import (
	"cmp"
	"slices"
)

// Template is a message template of the mini program.
type Template struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Keys   []Key  `json:"keys"` // what it shows; none accepts any
	Long   bool   `json:"long"` // accepted once for always (长期订阅)
	Banned bool   `json:"banned"`
}

// Key is a line of a template: thing1 is labelled 来信标题.
type Key struct {
	Name  string   `json:"name"`
	Label string   `json:"label"`
	Enum  []string `json:"enum,omitempty"` // of type enum: what it may say
}

// choice is what somebody holds of one template.
type choice struct {
	credits int    // messages that may still be sent, once each
	lasting bool   // a long-term template was accepted
	always  string // 总是保持以上选择: "accept", "reject", or not
}

// Choice is what somebody answers to the question for one template.
type Choice struct {
	Template string `json:"template"`
	Accept   bool   `json:"accept"`
	Always   bool   `json:"always"` // 总是保持以上选择
}

// Credit is what somebody holds of a template, to be shown.
type Credit struct {
	Template string `json:"template"`
	Title    string `json:"title"`
	Credits  int    `json:"credits"`
	Lasting  bool   `json:"lasting"`
	Always   string `json:"always"` // accept, reject or ""
	Long     bool   `json:"long"`
}

// The numbers of wx.requestSubscribeMessage.
const (
	askedNothing    = 10001
	askedUnknown    = 20001
	askedBothTypes  = 20002
	askedTooMany    = 20003
	askedMuted      = 20004
	mostAskedAtOnce = 5
)

// AddTemplate adds a template, or replaces the one with its id.
func (s *Sim) AddTemplate(t Template) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.template(t.ID); old != nil {
		*old = t
		return
	}
	s.templates = append(s.templates, &t)
}

// Templates lists the templates.
func (s *Sim) Templates() []Template {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Template, 0, len(s.templates))
	for _, t := range s.templates {
		list = append(list, *t)
	}
	return list
}

func (s *Sim) template(id string) *Template {
	for _, t := range s.templates {
		if t.ID == id {
			return t
		}
	}
	return nil
}

func (p *person) choice(template string) *choice {
	c := p.choices[template]
	if c == nil {
		c = &choice{}
		p.choices[template] = c
	}
	return c
}

// Ask is wx.requestSubscribeMessage: somebody is asked for messages and
// answers. The result says accept, reject, ban or filter for each template; a
// number other than 0 is why nobody was asked.
func (s *Sim) Ask(name string, choices ...Choice) (result map[string]string, number int) {
	s.mu.Lock()
	p := s.person(name)
	number = s.mayAsk(p, choices)
	var popup []map[string]string
	if number == 0 {
		p.visited = s.clock.Now()
		result, popup = s.answer(p, choices)
	}
	s.mu.Unlock()
	if len(popup) > 0 {
		s.push(message{event: popupEvent, from: p.OpenID, items: popup})
	}
	return result, number
}

func (s *Sim) mayAsk(p *person, choices []Choice) int {
	switch {
	case len(choices) == 0:
		return askedNothing
	case len(choices) > mostAskedAtOnce:
		return askedTooMany
	case p.muted:
		return askedMuted
	}
	long := 0
	for _, c := range choices {
		t := s.template(c.Template)
		if t == nil {
			return askedUnknown
		}
		if t.Long {
			long++
		}
	}
	if long > 0 && long < len(choices) {
		return askedBothTypes
	}
	return 0
}

// answer goes through the list of the dialog. What 总是保持 hides from it counts
// as it was answered before.
func (s *Sim) answer(p *person, choices []Choice) (result map[string]string, popup []map[string]string) {
	result = map[string]string{}
	var titles []string
	for _, c := range choices {
		t, held := s.template(c.Template), p.choice(c.Template)
		if t.Banned || slices.Contains(titles, t.Title) {
			result[t.ID] = map[bool]string{true: "ban", false: "filter"}[t.Banned]
			continue
		}
		titles = append(titles, t.Title)
		says := cmp.Or(held.always, map[bool]string{true: "accept", false: "reject"}[c.Accept])
		if held.always == "" || s.switches.PopupWhenHidden {
			popup = append(popup, map[string]string{
				"TemplateId": t.ID, "SubscribeStatusString": says, "PopupScene": "0"})
		}
		if c.Always {
			held.always = says
		}
		held.take(t, says)
		result[t.ID] = says
	}
	return result, popup
}

func (c *choice) take(t *Template, says string) {
	switch {
	case says == "accept" && t.Long:
		c.lasting = true
	case says == "accept":
		c.credits++
	case t.Long:
		c.lasting = false
	}
}

// Setting changes what somebody chose in the settings of the mini program:
// accept, reject, or "" to be asked again. Only a refusal is pushed.
func (s *Sim) Setting(name, template, says string) {
	s.mu.Lock()
	p := s.person(name)
	held := p.choice(template)
	if held.always = ""; says == "accept" || says == "reject" {
		held.always = says
	}
	if says == "reject" && s.switches.RefusalWipes {
		*held = choice{always: says}
	}
	s.mu.Unlock()
	if says == "reject" {
		s.push(message{event: changeEvent, from: p.OpenID,
			items: []map[string]string{{"TemplateId": template, "SubscribeStatusString": says}}})
	}
}

// Mute switches all messages of somebody off, or on again.
func (s *Sim) Mute(name string, muted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.person(name)
	p.muted = muted
	if muted && s.switches.MutingWipes {
		p.choices = map[string]*choice{}
	}
}

// Credits lists what somebody holds, by template.
func (s *Sim) Credits(name string) []Credit {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.person(name)
	list := make([]Credit, 0, len(s.templates))
	for _, t := range s.templates {
		c := p.choice(t.ID)
		list = append(list, Credit{t.ID, t.Title, c.credits, c.lasting, c.always, t.Long})
	}
	return list
}

// Credit is how many messages of a template may still be sent to somebody.
func (s *Sim) Credit(name, template string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.person(name).choice(template).credits
}

// spend takes a credit, if there is one that counts.
func (p *person) spend(t *Template) bool {
	c := p.choice(t.ID)
	switch {
	case p.muted || c.always == "reject":
		return false
	case t.Long:
		return c.lasting
	case c.credits == 0:
		return false
	}
	c.credits--
	return true
}
