package sim

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"yuandu/model"
)

//go:embed pages
var files embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"path": url.PathEscape,
	"when": when,
	"code": sayCode,
}).ParseFS(files, "pages/*.html"))

func when(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(model.Shanghai).Format("1月2日 15:04:05")
}

func sayCode(code int) string {
	switch code {
	case 0:
		return "成功"
	case cutCall:
		return "断开连接"
	}
	return fmt.Sprintf("%d %s", code, words[code])
}

// link is an entry of the menu.
type link struct{ Href, Text string }

var menu = []link{{"./", "人物"}, {"faults", "故障"}, {"switches", "开关"}, {"calls", "记录"}, {"sources", "依据"}}

// frame is what every page shows. Root leads from the page to /control/.
type frame struct {
	Title, Here, Root, Notice string
	Nav                       []link
}

func newFrame(title, here, root string) frame {
	return frame{Title: title, Here: here, Root: root, Nav: menu}
}

func show(w http.ResponseWriter, page string, content any) {
	b := &bytes.Buffer{}
	if err := pages.ExecuteTemplate(b, page, content); err != nil {
		http.Error(w, "页面出错了", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(b.Bytes())
}

type peopleRow struct {
	Person
	Muted    bool
	Messages int
	Visited  time.Time
}

func (s *Sim) showPeople(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	content := struct {
		frame
		People                         []peopleRow
		AppID, Base, PushURL, PushMode string
	}{
		frame: newFrame("人物", "./", ""), AppID: s.options.AppID, Base: base(r),
		PushURL: s.options.PushURL, PushMode: s.pushMode(),
	}
	for _, p := range s.people {
		content.People = append(content.People, peopleRow{p.Person, p.muted, len(p.inbox), p.visited})
	}
	s.mu.Unlock()
	show(w, "people.html", content)
}

func (s *Sim) pushMode() string {
	mode, format := "明文", "JSON"
	if s.options.PushKey != "" {
		mode = "安全模式"
	}
	if s.options.PushXML {
		format = "XML"
	}
	return mode + "，" + format
}

// base is where WeChat's calls are answered, as the browser sees it.
func base(r *http.Request) string {
	full, _, _ := strings.Cut(r.RequestURI, "?")
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host + strings.TrimSuffix(full, r.URL.EscapedPath())
}

// shownCode is a code that somebody got last, with a call that uses it.
type shownCode struct{ Name, Value, State, Tone, Curl string }

func (s *Sim) showPerson(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if !s.knows(name) {
		http.NotFound(w, r)
		return
	}
	credits, inbox := s.Credits(name), s.Inbox(name)
	s.mu.Lock()
	p := s.person(name)
	content := struct {
		frame
		Person  Person
		Muted   bool
		Visited time.Time
		Codes   []shownCode
		Credits []Credit
		Inbox   []Delivered
	}{newFrame(name, "./", "../"), p.Person, p.muted, p.visited, s.shownCodes(p, base(r)), credits, inbox}
	s.mu.Unlock()
	show(w, "person.html", content)
}

func (s *Sim) knows(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.people, func(p *person) bool { return p.Name == name })
}

func (s *Sim) shownCodes(p *person, base string) []shownCode {
	var list []shownCode
	if c := p.login; c != nil {
		curl := fmt.Sprintf(
			"curl '%s/sns/jscode2session?appid=%s&js_code=%s&grant_type=authorization_code&secret='$SECRET",
			base, s.options.AppID, c.Value)
		list = append(list, s.shownCode("登录码", c, curl))
	}
	if c := p.phone; c != nil {
		curl := fmt.Sprintf(`curl %s/wxa/business/getuserphonenumber?access_token=$TOKEN -d '{"code":%q}'`, base, c.Value)
		list = append(list, s.shownCode("手机号授权码", c, curl))
	}
	return list
}

func (s *Sim) shownCode(name string, c *code, curl string) shownCode {
	switch left := c.until.Sub(s.clock.Now()); {
	case c.used:
		return shownCode{name, c.Value, "用过了", "red", curl}
	case left <= 0:
		return shownCode{name, c.Value, "过期了", "red", curl}
	default:
		return shownCode{name, c.Value, fmt.Sprintf("还有 %d 秒", int(left.Seconds())), "green", curl}
	}
}

type shownFault struct {
	Fault
	Says string
}

type shownNumber struct {
	Number int
	Words  string
}

func (s *Sim) showFaults(w http.ResponseWriter, _ *http.Request) {
	content := struct {
		frame
		Faults []shownFault
		Paths  []string
		Codes  []shownNumber
	}{frame: newFrame("故障", "faults", ""), Paths: slices.Sorted(maps.Keys(s.routes))}
	for _, f := range s.Faults() {
		content.Faults = append(content.Faults, shownFault{f, f.says()})
	}
	for _, number := range slices.Sorted(maps.Keys(words)) {
		content.Codes = append(content.Codes, shownNumber{number, words[number]})
	}
	show(w, "faults.html", content)
}

// says is what the fault does, in words.
func (f Fault) says() string {
	var parts []string
	if f.Delay > 0 {
		parts = append(parts, fmt.Sprintf("先等 %d 毫秒", f.Delay.Milliseconds()))
	}
	if f.AfterWork {
		parts = append(parts, "事情照做")
	}
	switch {
	case f.Cut:
		parts = append(parts, "断开连接")
	case f.Code != 0:
		parts = append(parts, "答 "+sayCode(f.Code))
	case f.Body != "" || f.Status != 0:
		parts = append(parts, fmt.Sprintf("答一段胡话，HTTP %d", cmp.Or(f.Status, http.StatusOK)))
	}
	return strings.Join(parts, "，")
}

type shownToggle struct {
	toggle
	On bool
}

func (s *Sim) showSwitches(w http.ResponseWriter, _ *http.Request) {
	now := s.Switches()
	content := struct {
		frame
		Toggles []shownToggle
	}{frame: newFrame("开关", "switches", "")}
	for _, t := range toggles {
		content.Toggles = append(content.Toggles, shownToggle{t, *t.of(&now)})
	}
	show(w, "switches.html", content)
}

// Tally is how often a call was answered with a code.
type Tally struct {
	Path  string `json:"path"`
	Code  int    `json:"code"`
	Times int    `json:"times"`
}

// Tally lists how often each call was answered how.
func (s *Sim) Tally() []Tally {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Tally
	for _, path := range slices.Sorted(maps.Keys(s.tally)) {
		for _, code := range slices.Sorted(maps.Keys(s.tally[path])) {
			list = append(list, Tally{path, code, s.tally[path][code]})
		}
	}
	return list
}

func (s *Sim) showCalls(w http.ResponseWriter, _ *http.Request) {
	calls, pushes := s.Calls(), s.Pushes()
	show(w, "calls.html", struct {
		frame
		Tally  []Tally
		Pushes []Push
		Calls  []Call
	}{newFrame("记录", "calls", ""), s.Tally(), pushes[:min(len(pushes), 50)], calls[:min(len(calls), 100)]})
}

func (s *Sim) showSources(w http.ResponseWriter, _ *http.Request) {
	content := struct {
		frame
		Sources []*route
	}{frame: newFrame("依据", "sources", "")}
	for _, path := range slices.Sorted(maps.Keys(s.routes)) {
		content.Sources = append(content.Sources, s.routes[path])
	}
	show(w, "sources.html", content)
}
