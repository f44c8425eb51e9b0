package sim

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// control adds the pages and the same as JSON below /control/api/.
func (s *Sim) control(mux *http.ServeMux) {
	mux.HandleFunc("GET /control", func(w http.ResponseWriter, _ *http.Request) { redirect(w, "control/") })
	mux.HandleFunc("GET /control/style.css", showStyle)
	mux.HandleFunc("GET /control/{$}", s.showPeople)
	mux.HandleFunc("GET /control/people/{name}", s.showPerson)
	mux.HandleFunc("GET /control/faults", s.showFaults)
	mux.HandleFunc("GET /control/switches", s.showSwitches)
	mux.HandleFunc("GET /control/calls", s.showCalls)
	mux.HandleFunc("GET /control/sources", s.showSources)
	s.forms(mux)
	s.api(mux)
}

func showStyle(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, files, "pages/style.css")
}

// redirect leads to a page that is named relative to this one: under which path
// the simulator is mounted, it cannot know.
func redirect(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

// form adds a form that does something and then shows a page again.
func form(mux *http.ServeMux, path, then string, do func(r *http.Request)) {
	mux.HandleFunc("POST /control/"+path, func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
		name := r.PathValue("name")
		if _, ok := tidyName(name); r.ParseForm() != nil || name != "" && !ok {
			http.Error(w, "表单读不懂", http.StatusBadRequest)
			return
		}
		do(r)
		redirect(w, strings.ReplaceAll(then, "{name}", url.PathEscape(name)))
	})
}

func (s *Sim) forms(mux *http.ServeMux) {
	on := func(r *http.Request, field string) bool { return r.FormValue(field) == "yes" }
	name := func(r *http.Request) string { return r.PathValue("name") }
	form(mux, "people", "./", func(r *http.Request) {
		if n, ok := tidyName(r.FormValue("name")); ok {
			s.Person(n)
		}
	})
	form(mux, "people/{name}/login-code", "../{name}#codes", func(r *http.Request) { s.LoginCode(name(r)) })
	form(mux, "people/{name}/phone-code", "../{name}#codes", func(r *http.Request) { s.PhoneCode(name(r)) })
	form(mux, "people/{name}/visit", "../{name}", func(r *http.Request) { s.Visit(name(r)) })
	form(mux, "people/{name}/block", "../{name}", func(r *http.Request) { s.Block(name(r), on(r, "on")) })
	form(mux, "people/{name}/mute", "../{name}#templates", func(r *http.Request) { s.Mute(name(r), on(r, "on")) })
	form(mux, "people/{name}/ask", "../{name}#templates", func(r *http.Request) {
		s.Ask(name(r), Choice{r.FormValue("template"), r.FormValue("answer") == "accept", on(r, "always")})
	})
	form(mux, "people/{name}/setting", "../{name}#templates", func(r *http.Request) {
		s.Setting(name(r), r.FormValue("template"), r.FormValue("says"))
	})
	form(mux, "faults", "faults", func(r *http.Request) { s.Break(faultOf(r)) })
	form(mux, "faults/mend", "../faults", func(r *http.Request) { s.Mend(number(r, "id")) })
	form(mux, "tokens/expire", "../faults", func(*http.Request) { s.ExpireTokens() })
	form(mux, "tokens/replace", "../faults", func(*http.Request) { s.ReplaceToken() })
	form(mux, "switches", "switches", func(r *http.Request) {
		s.Switch(func(now *Switches) {
			for _, t := range toggles {
				*t.of(now) = on(r, t.Key)
			}
		})
	})
}

func number(r *http.Request, field string) int {
	n, _ := strconv.Atoi(r.FormValue(field)) // what is no number is none
	return n
}

func faultOf(r *http.Request) Fault {
	return Fault{
		Path: r.FormValue("path"), Code: number(r, "code"), Times: max(number(r, "times"), 0),
		Delay: time.Duration(min(max(number(r, "delay"), 0), 60_000)) * time.Millisecond,
		Body:  r.FormValue("body"), Status: tidyStatus(number(r, "status")),
		Cut: r.FormValue("cut") == "yes", AfterWork: r.FormValue("after") == "yes",
	}
}

func tidyStatus(status int) int {
	if status < 200 || status > 599 {
		return 0
	}
	return status
}

// tidyName is a name that fits into an address and onto a page.
func tidyName(name string) (string, bool) {
	name = strings.TrimSpace(name)
	n := utf8.RuneCountInString(name)
	bad := func(r rune) bool { return unicode.IsControl(r) || r == '/' || r == '\\' }
	ok := n > 0 && n <= 30 && utf8.ValidString(name) && strings.Trim(name, ".") != ""
	return name, ok && !strings.ContainsFunc(name, bad)
}

// act adds a call of the control API: the body is JSON, and so is the answer.
func act[In, Out any](mux *http.ServeMux, pattern string, do func(name string, in In) Out) {
	method, path, _ := strings.Cut(pattern, " ")
	mux.HandleFunc(method+" /control/api/"+path, func(w http.ResponseWriter, r *http.Request) {
		var in In
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&in)
		name, ok := tidyName(r.PathValue("name"))
		if err != nil && err != io.EOF || !ok && r.PathValue("name") != "" {
			http.Error(w, `{"error":"the request cannot be read"}`, http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_ = json.NewEncoder(w).Encode(do(name, in)) // the caller has gone
	})
}

// nothing is a body without anything in it.
type nothing struct{}

// shown is somebody as the control API tells them.
type shown struct {
	Person
	Muted   bool        `json:"muted"`
	Credits []Credit    `json:"credits"`
	Inbox   []Delivered `json:"inbox"`
}

func (s *Sim) shown(name string) shown {
	p, credits, inbox := s.Person(name), s.Credits(name), s.Inbox(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	return shown{p, s.person(name).muted, credits, inbox}
}

type (
	codeOut struct {
		Code string `json:"code"`
	}
	askIn struct {
		Choices []Choice `json:"choices"`
	}
	askOut struct {
		Number int               `json:"errCode"`
		Result map[string]string `json:"result"`
	}
	settingIn struct {
		Template string `json:"template"`
		Says     string `json:"says"`
	}
	onIn struct {
		On bool `json:"on"`
	}
	nameIn struct {
		Name string `json:"name"`
	}
	mendIn struct {
		ID int `json:"id"`
	}
)

func (s *Sim) api(mux *http.ServeMux) {
	act(mux, "GET people", func(string, nothing) []Person { return s.People() })
	act(mux, "POST people", func(_ string, in nameIn) *Person {
		n, ok := tidyName(in.Name)
		if !ok {
			return nil
		}
		p := s.Person(n)
		return &p
	})
	act(mux, "GET people/{name}", func(name string, _ nothing) shown { return s.shown(name) })
	act(mux, "POST people/{name}/login-code", func(n string, _ nothing) codeOut { return codeOut{s.LoginCode(n)} })
	act(mux, "POST people/{name}/phone-code", func(n string, _ nothing) codeOut { return codeOut{s.PhoneCode(n)} })
	act(mux, "POST people/{name}/visit", func(n string, _ nothing) shown { s.Visit(n); return s.shown(n) })
	act(mux, "POST people/{name}/block", func(n string, in onIn) shown { s.Block(n, in.On); return s.shown(n) })
	act(mux, "POST people/{name}/mute", func(n string, in onIn) shown { s.Mute(n, in.On); return s.shown(n) })
	act(mux, "POST people/{name}/ask", func(name string, in askIn) askOut {
		result, n := s.Ask(name, in.Choices...)
		return askOut{n, result}
	})
	act(mux, "POST people/{name}/setting", func(name string, in settingIn) shown {
		s.Setting(name, in.Template, in.Says)
		return s.shown(name)
	})
	s.apiOfWeChat(mux)
}

func (s *Sim) apiOfWeChat(mux *http.ServeMux) {
	act(mux, "GET templates", func(string, nothing) []Template { return s.Templates() })
	act(mux, "POST templates", func(_ string, t Template) []Template { s.AddTemplate(t); return s.Templates() })
	act(mux, "GET switches", func(string, nothing) Switches { return s.Switches() })
	act(mux, "POST switches", func(_ string, in Switches) Switches {
		s.Switch(func(now *Switches) { *now = in })
		return in
	})
	act(mux, "GET faults", func(string, nothing) []Fault { return s.Faults() })
	act(mux, "POST faults", func(_ string, f Fault) []Fault { s.Break(f); return s.Faults() })
	act(mux, "POST faults/mend", func(_ string, in mendIn) []Fault { s.Mend(in.ID); return s.Faults() })
	act(mux, "POST tokens/expire", func(string, nothing) nothing { s.ExpireTokens(); return nothing{} })
	act(mux, "POST tokens/replace", func(string, nothing) nothing { s.ReplaceToken(); return nothing{} })
	act(mux, "GET calls", func(string, nothing) []Call { return s.Calls() })
	act(mux, "GET tally", func(string, nothing) []Tally { return s.Tally() })
	act(mux, "GET pushes", func(string, nothing) []Push { return s.Pushes() })
}
