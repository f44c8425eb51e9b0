package sim

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Rule is what the checks think of a word: in a text, or in the address of a
// picture.
type Rule struct {
	Word    string `json:"word"`
	Suggest string `json:"suggest"` // risky, review
	Label   int    `json:"label"`
}

// defaultRules make a letter to the mayor politics, as WeChat does.
var defaultRules = []Rule{
	{"赌博", "risky", 20006},
	{"代开发票", "risky", 20008},
	{"傻瓜", "review", 20003},
	{"市长", "review", 20001},
	{"risky", "risky", 20002},
	{"review", "review", 21000},
}

// The labels that pictures and sound can have.
var mediaLabels = []int{100, 20001, 20002, 20006, 21000}

// visitLasts is how long ago somebody may have been in the mini program.
const visitLasts = 2 * time.Hour

// SetRules replaces what the checks think of words.
func (s *Sim) SetRules(rules ...Rule) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = rules
}

// Visit has somebody open the mini program.
func (s *Sim) Visit(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.person(name).visited = s.clock.Now()
}

func (s *Sim) verdict(text string) (suggest string, label int, word string) {
	suggest, label = "pass", 100
	for _, r := range s.rules {
		if strings.Contains(text, r.Word) && (suggest == "pass" || r.Suggest == "risky") {
			suggest, label, word = r.Suggest, r.Label, r.Word
		}
	}
	return suggest, label, word
}

// checker is who has something checked, and for which scene.
func (c *call) checker(openID string, scene, version int) (*person, int) {
	p := c.sim.byOpenID(openID)
	switch {
	case version != 2:
		return nil, 47001
	case p == nil:
		return nil, 40003
	case scene < 1 || scene > 4:
		return nil, 40129
	case c.now.Sub(p.visited) > visitLasts:
		return nil, 61010
	}
	return p, 0
}

func checkText(c *call) answer {
	var in struct {
		Content   string `json:"content"`
		Title     string `json:"title"`
		Nickname  string `json:"nickname"`
		Signature string `json:"signature"`
		OpenID    string `json:"openid"`
		Scene     int    `json:"scene"`
		Version   int    `json:"version"`
	}
	if !c.read(&in) {
		return fail(47001)
	}
	if in.Content == "" {
		return fail(44002)
	}
	if _, code := c.checker(in.OpenID, in.Scene, in.Version); code != 0 {
		return fail(code)
	}
	if utf8.RuneCountInString(in.Content) > 2500 {
		return fail(45002)
	}
	suggest, label, word := c.sim.verdict(in.Content + "\n" + in.Title + "\n" + in.Nickname + "\n" + in.Signature)
	return good(map[string]any{
		"trace_id": random(16),
		"result":   map[string]any{"suggest": suggest, "label": label},
		"detail": []map[string]any{
			{"strategy": "content_model", "errcode": 0, "suggest": suggest, "label": label, "prob": 90},
			{"strategy": "keyword", "errcode": 0, "suggest": "pass", "label": 100, "keyword": word, "level": 0},
		},
	})
}

func checkMedia(c *call) answer {
	var in struct {
		URL     string `json:"media_url"`
		Type    int    `json:"media_type"`
		OpenID  string `json:"openid"`
		Scene   int    `json:"scene"`
		Version int    `json:"version"`
	}
	if !c.read(&in) {
		return fail(47001)
	}
	if in.URL == "" || in.Type != 1 && in.Type != 2 {
		return fail(40004)
	}
	p, code := c.checker(in.OpenID, in.Scene, in.Version)
	if code != 0 {
		return fail(code)
	}
	before, seen := c.sim.media[p.OpenID+in.URL]
	if seen && c.now.Sub(before) < time.Minute {
		return fail(87020)
	}
	c.sim.media[p.OpenID+in.URL] = c.now
	trace := random(16)
	c.pushes = append(c.pushes, c.sim.mediaChecked(trace, in.URL))
	return good(map[string]any{"trace_id": trace})
}

// mediaChecked is the verdict, which comes from the platform and not from a
// person.
func (s *Sim) mediaChecked(trace, url string) message {
	suggest, label, _ := s.verdict(url)
	if !slices.Contains(mediaLabels, label) {
		label = 21000
	}
	number := 0
	if strings.Contains(url, "gone") {
		number = -1008
	}
	return message{event: "wxa_media_check", from: "oPlatform000000000000000000w", media: &mediaVerdict{
		AppID: s.options.AppID, TraceID: trace, Version: 2, Number: number, Text: "ok",
		Result: verdict{Suggest: suggest, Label: label},
		Detail: []verdict{{Strategy: "content_model", Suggest: suggest, Label: label, Prob: 90}},
	}}
}
