// Package sim stands in for WeChat where there is none: in tests, on a laptop,
// in the demo. It answers the calls of api.weixin.qq.com as the documentation
// says and as was seen, keeps made-up people with their consents, pushes what
// WeChat would push, and fails on demand. It shares no code with the door that
// it tests.
package sim

import (
	"cmp"
	"net/http"
	"slices"
	"sync"
	"time"

	"yuandu/model"
)

// Options say what mini program there is.
type Options struct {
	AppID  string // "" is a made-up one
	Secret string
	Clock  model.Clock

	PushURL   string // "" pushes nothing
	PushToken string
	PushKey   string // EncodingAESKey; "" pushes in plain mode
	PushXML   bool   // else JSON

	Original  string     // the app's original id, gh_…
	Pages     []string   // that are released; none lets every page pass
	Templates []Template // of subscription messages
	People    []string   // names of those who are there from the start
}

// Sim is a WeChat with one mini program. It may be used by many at once.
type Sim struct {
	options Options
	clock   model.Clock
	routes  map[string]*route
	client  *http.Client
	pushing sync.WaitGroup

	mu        sync.Mutex
	people    []*person
	named     map[string]*person // the same by their names
	addressed map[string]*person // and by their openids
	templates []*Template
	tokens    tokens
	codes     map[string]*code
	counts    map[string]*count
	limits    map[string][]Limit
	faults    []*Fault
	faultID   int
	switches  Switches
	rules     []Rule
	media     map[string]time.Time
	calls     []Call
	tally     map[string]map[int]int
	pushes    []Push
	lastPush  chan struct{}
	msgID     int64
}

// New makes a WeChat in which nothing has happened yet.
func New(o Options) *Sim {
	o.AppID = cmp.Or(o.AppID, "wx5a17e0f0d3c2b1a9")
	o.Secret = cmp.Or(o.Secret, "simulated0secret0simulated0secret")
	o.Original = cmp.Or(o.Original, "gh_5a17e0f0d3c2")
	s := &Sim{
		options: o, clock: o.Clock,
		client: &http.Client{Timeout: pushPatience},
		named:  map[string]*person{}, addressed: map[string]*person{},
		codes: map[string]*code{}, counts: map[string]*count{}, media: map[string]time.Time{},
		tally: map[string]map[int]int{}, rules: slices.Clone(defaultRules),
		msgID: 4_300_000_000_000_000_000, // past what a float holds, as WeChat's are
	}
	s.routes, s.limits = newRoutes()
	for _, t := range o.Templates {
		s.AddTemplate(t)
	}
	for _, name := range o.People {
		s.Person(name)
	}
	return s
}

// AppID is the mini program's.
func (s *Sim) AppID() string { return s.options.AppID }

// Secret is what a client needs beside the AppID.
func (s *Sim) Secret() string { return s.options.Secret }

// SetPushURL says where pushes go from now on.
func (s *Sim) SetPushURL(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.options.PushURL = url
}

// Wait returns when everything that was to be pushed has been.
func (s *Sim) Wait() { s.pushing.Wait() }

// Handler answers WeChat's calls at / and shows the control pages below
// /control/. All its own addresses are relative: it may be mounted anywhere
// with http.StripPrefix.
func (s *Sim) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", s)
	s.control(mux)
	return mux
}
