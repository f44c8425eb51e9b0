package housetest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"syscall"
	"time"
)

// Server is a yuandu that serves.
type Server struct {
	*Process
	house   *House
	Address string // http://127.0.0.1:34567
	Metrics string // the same of the metrics, where they are served
}

// Serve starts a serving command, "serve" where none is named, and waits until
// it takes requests.
func (h *House) Serve(command ...string) *Server {
	h.t.Helper()
	if command == nil {
		command = []string{"serve"}
	}
	s := &Server{Process: h.Start(command...), house: h}
	s.Address = "http://" + s.Await(`msg=serving address=(\S+)`)[1]
	if h.env["YUANDU_METRICS_ADDR"] != "" {
		s.Metrics = "http://" + s.Await(`msg=metrics address=(\S+)`)[1]
	}
	return s
}

// Stop asks it to end and expects that it does so in order.
func (s *Server) Stop() {
	s.t.Helper()
	s.Signal(syscall.SIGINT)
	if status := s.Wait(); status != 0 {
		s.t.Fatalf("the server ended with %d:\n%s", status, s.Said())
	}
}

var client = &http.Client{Timeout: 30 * time.Second}

// Get asks for a path and returns the status and the whole answer; 0 is no
// answer.
func (s *Server) Get(path string) (status int, body string) {
	s.t.Helper()
	return get(s.Address + path)
}

func get(address string) (status int, body string) {
	r, err := client.Get(address)
	if err != nil {
		return 0, err.Error()
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return 0, err.Error()
	}
	return r.StatusCode, string(text)
}

// Measured is what the metrics page says.
func (s *Server) Measured() string {
	s.t.Helper()
	status, body := get(s.Metrics + "/metrics")
	if status != http.StatusOK {
		s.t.Fatalf("the metrics answered %d: %s", status, body)
	}
	return body
}

// Page is what a list answers.
type Page struct {
	Total    int
	Degraded bool
	Items    []struct {
		ID, Title, Validity string
		DocNumber           string `json:"doc_number"`
		Departments         []struct{ Name string }
	}
	Facets map[string][]struct {
		Value, Label string
		Count        int
	}
}

// Policies asks for the list of policies.
func (s *Server) Policies(query url.Values) Page {
	s.t.Helper()
	var page Page
	s.read("/api/v1/policies?"+query.Encode(), &page)
	return page
}

// Find asks for the policies that a text finds.
func (s *Server) Find(text string) Page {
	s.t.Helper()
	return s.Policies(url.Values{"q": {text}})
}

// Readiness is how the house says it is.
type Readiness struct {
	Status string
	Parts  []struct {
		Name, Kind        string
		Healthy, Degraded bool
	}
}

// Ready asks how the house is.
func (s *Server) Ready() (status int, r Readiness) {
	s.t.Helper()
	status, body := s.Get("/readyz")
	if err := json.Unmarshal([]byte(body), &r); err != nil {
		s.t.Fatalf("/readyz answered %d: %s", status, body)
	}
	return status, r
}

// AwaitStatus waits until the house says that it is in a state, and returns
// those of its parts that are not well.
func (s *Server) AwaitStatus(want string) (unwell []string) {
	s.t.Helper()
	Eventually(s.t, "the house is "+want, func() bool {
		_, r := s.Ready()
		unwell = nil
		for _, p := range r.Parts {
			if !p.Healthy {
				unwell = append(unwell, p.Name)
			}
		}
		return r.Status == want
	})
	return unwell
}

// read fills v from an answer that must be a good one.
func (s *Server) read(path string, v any) {
	s.t.Helper()
	status, body := s.Get(path)
	if status != http.StatusOK {
		s.t.Fatalf("%s answered %d: %s\n%s", path, status, body, s.Said())
	}
	if err := json.Unmarshal([]byte(body), v); err != nil {
		s.t.Fatalf("%s: %v: %s", path, err, body)
	}
}

// Public is how many policies and interpretations can be found, and whether
// the index itself says so.
func (s *Server) Public() (policies, interpretations int, degraded bool) {
	s.t.Helper()
	var found struct {
		Kinds []struct {
			Kind     string
			Total    int
			Degraded bool
		}
	}
	s.read("/api/v1/search?q=", &found)
	for _, k := range found.Kinds {
		degraded = degraded || k.Degraded
		switch k.Kind {
		case "policy":
			policies = k.Total
		case "interpretation":
			interpretations = k.Total
		}
	}
	return policies, interpretations, degraded
}
