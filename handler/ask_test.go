package handler_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// answer is what came back, read to its end.
type answer struct {
	*http.Response
	ask  string
	body string
}

var client = &http.Client{
	Transport:     &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 8},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// faraway is where every request of the tests pretends to come from.
const faraway = "203.0.113.77"

// ask sends a request: METHOD ADDRESS, in which «name» is an ID and what an
// address can't hold is escaped. with are headers.
func (h *house) ask(t testing.TB, ask string, with ...string) *answer {
	t.Helper()
	return askAt(t, h.server, h.fill(t, ask), with...)
}

func askAt(t testing.TB, server *httptest.Server, ask string, with ...string) *answer {
	t.Helper()
	method, address, _ := strings.Cut(ask, " ")
	r, err := http.NewRequest(method, server.URL+escaped(address), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-For", faraway)
	for _, line := range with {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	response, err := client.Do(r)
	if err != nil {
		t.Fatalf("%.100s: %v", ask, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%.100s: %v", ask, err)
	}
	a := &answer{response, ask, string(body)}
	a.isDecent(t)
	return a
}

// escaped escapes what no address can hold, and leaves escapes as they are.
func escaped(address string) string {
	var s strings.Builder
	for i := 0; i < len(address); i++ {
		if c := address[i]; c <= ' ' || c > '~' || strings.ContainsRune(`"<>\^{|}`+"`", rune(c)) {
			fmt.Fprintf(&s, "%%%02X", c)
		} else {
			s.WriteByte(c)
		}
	}
	return s.String()
}

// fill puts the IDs of documents, departments and files where their «names»
// stand.
func (h *house) fill(t testing.TB, text string) string {
	t.Helper()
	for {
		before, rest, found := strings.Cut(text, "«")
		name, after, _ := strings.Cut(rest, "»")
		if !found {
			return text
		}
		id, ok := h.ids[name]
		if !ok {
			t.Fatalf("the fixture has no %q", name)
		}
		text = before + id + after
	}
}

// story is what somebody asks and what they must, and must not, be told.
type story struct {
	name   string
	ask    string
	with   []string // headers, Name: value
	status int
	says   []string
	hides  []string
}

func (h *house) tell(t *testing.T, stories []story) {
	t.Helper()
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			a := h.ask(t, s.ask, s.with...)
			if a.StatusCode != s.status {
				t.Errorf("status %d, not %d: %.300s", a.StatusCode, s.status, a.body)
			}
			for _, text := range s.says {
				if !strings.Contains(a.body, h.fill(t, text)) {
					t.Errorf("does not say %q: %.1500s", text, a.body)
				}
			}
			for _, text := range s.hides {
				if strings.Contains(a.body, h.fill(t, text)) {
					t.Errorf("says %q: %.1500s", text, a.body)
				}
			}
		})
	}
}
