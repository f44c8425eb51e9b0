package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"yuandu/check"
	"yuandu/console"
	"yuandu/handler"
	"yuandu/miniprogram"
	"yuandu/model"
	"yuandu/outside"
	"yuandu/service/account"
	"yuandu/service/audit"
	"yuandu/service/city"
	"yuandu/service/code"
	"yuandu/service/consultation"
	"yuandu/service/credit"
	"yuandu/service/directory"
	"yuandu/service/event"
	"yuandu/service/feedback"
	"yuandu/service/file"
	"yuandu/service/follow"
	"yuandu/service/gazette"
	"yuandu/service/ingest"
	"yuandu/service/knowledge"
	"yuandu/service/letter"
	"yuandu/service/matter"
	"yuandu/service/meeting"
	"yuandu/service/once"
	"yuandu/service/policy"
	"yuandu/service/publication"
	"yuandu/service/push"
	"yuandu/service/search"
	"yuandu/service/staff"
	"yuandu/service/voice"
	"yuandu/service/words"
	"yuandu/worker"
)

var serveCommand = command{
	name: "serve", about: "启动服务",
	usage:   "serve",
	example: "YUANDU_ADDR=:8080 YUANDU_DATA=/var/lib/yuandu yuandu serve",
	run: func(ctx context.Context, c *Config, _ []string) error {
		return serve(ctx, c, service{})
	},
}

// How long things may take at the end.
const (
	drainRequests = 20 * time.Second
	drainJobs     = 10 * time.Second
)

// service is what tells demo from serve.
type service struct {
	sample  bool
	prepare func(context.Context, *house) error // before the doors open
	opened  func(address, data string)
}

// house is everything that runs in a serving process, top to bottom.
type house struct {
	*backends
	config      *Config
	attention   attention
	search      *search.Service
	policy      *policy.Service
	publication *publication.Service
	directory   *directory.Service
	file        *file.Service
	ingest      *ingest.Service
	imports     *ingest.Desk
	account     *account.Service
	follow      *follow.Service
	credit      *credit.Service
	staff       *staff.Service
	audit       *audit.Service
	city        *city.Service
	once        *once.Service
	push        *push.Service
	inbox       *push.Inbox
	teller      *push.Teller
	rehearsal   *push.Rehearsal
	courier     *push.Courier // nil where there is no WeChat
	templates   *push.Templates
	delivery    *push.Desk
	code        *code.Service
	words       *words.Service
	feedback    *feedback.Service
	letters     *letter.Service
	letterDesk  *letter.Desk
	matters     *matter.Service
	meetings    *meeting.Service
	meetingDesk *meeting.Desk
	voices      *voice.Service

	consultations    *consultation.Service
	consultationDesk *consultation.Desk
	events           *event.Service
	eventDesk        *event.Desk
	gazettes         *gazette.Service
	gazetteDesk      *gazette.Desk
	gazetteImport    *gazette.Importer
	mornings         *letter.Mornings
	knowledge        *knowledge.Service
	simulator        http.Handler                     // of WeChat, nil but in the demo
	played           func(name string) model.Resident // somebody who can be played there
}

func build(b *backends, c *Config) *house {
	h := &house{backends: b, config: c, file: file.New(b.store, b.bucket), ingest: ingest.New(b.store)}
	h.search = search.New(b.store, b.index, b.cache, systemClock{}, slog.Default())
	h.policy = policy.New(b.store, h.search.Ask, systemClock{})
	h.directory = directory.New(b.store, h.search.Ask, systemClock{})
	h.audit = audit.New(b.store, systemClock{}, slog.Default(), c.AuditHead)
	h.city = city.New(b.store)
	h.once = once.New(b.store, b.cache, systemClock{})
	h.words = words.New(b.store, systemClock{})
	h.feedback = feedback.New(b.store, h.city, systemClock{})
	h.letters = letter.New(b.store, h.city, h.search.Ask, systemClock{})
	h.letters.Colours(c.colours)
	h.letters.CallShare(c.CallShare)
	h.letters.MeetBy(b.cache)
	h.staff = staff.New(b.store, systemClock{}, staff.Careful, h.letters.Work())
	h.knowledge = knowledge.New(b.store, h.search.Synonyms, systemClock{})
	h.letters.AdviseBy(h.search.Synonyms)
	h.matters = matter.New(b.store, h.letters.Find, systemClock{})
	h.meetings = meeting.New(b.store, h.city, h.search.Ask, systemClock{})
	h.consultations = consultation.New(b.store, h.search.Ask, h.rules, systemClock{})
	h.events = event.New(b.store, h.search.Ask, systemClock{})
	h.voices = voice.New(b.store, b.bucket, c.engine(), systemClock{}, slog.Default())
	h.voices.YieldTo(h.attention.isNeeded)
	h.gazettes = gazette.New(b.store, b.bucket, b.cache, engines(c), h.search.Ask, systemClock{})
	h.mornings = letter.NewMornings(h.letters, outside.NewRobot(c.robots...), c.morning, c.PublicURL, slog.Default(), h.consultations.Remind, h.meetings.Remind)
	h.follow = follow.New(b.store, follow.Search{Ask: h.search.Ask, Synonyms: h.search.Synonyms, Doc: h.search.Doc, PolicyDoc: h.search.PolicyDoc}, systemClock{},
		slices.Concat(h.directory.Followables(), h.meetings.Followables(), h.consultations.Followables(), h.gazettes.Followables(), []model.Followable{h.policy.Followable(), h.matters.Followable()})...)
	h.credit = credit.New(b.store, h.asked, systemClock{})
	h.inbox = push.NewInbox(b.store, systemClock{})
	h.delivery = push.NewDesk(b.store, b.cache, speed(c), systemClock{})
	h.rehearsal = push.NewRehearsal(b.store, h.follow.Finding, speed(c), systemClock{})
	h.teller = push.NewTeller(b.store, h.follow.Match, systemClock{}, slog.Default())
	h.teller.YieldTo(h.attention.isNeeded)
	desk := h.policy.Desk(h.rules, h.links())
	h.letterDesk = h.letters.Desk(h.rules)
	h.meetingDesk = h.meetings.Desk(h.rules)
	h.consultationDesk = h.consultations.Desk()
	h.eventDesk = h.events.Desk(h.rules)
	h.gazetteDesk = h.gazettes.Desk(h.rules)
	h.publication = publication.New(b.store, systemClock{}, slog.Default(), desk, desk.Interpretations(), h.letterDesk, h.meetingDesk, h.consultationDesk, h.eventDesk, h.gazetteDesk)
	h.letters.UnpublishBy(h.publication.TakeBackOf(model.KindLetter))
	h.gazetteImport = h.gazettes.Importer(h.publication, slog.Default())
	h.imports = ingest.NewDesk(b.store, b.bucket, systemClock{}, slog.Default(), h.publication.Open)
	return h
}

// rules are what documents are checked by before they go public.
func (h *house) rules(ctx context.Context) (check.Rules, error) {
	rules, err := h.words.Rules(ctx)
	rules.TrustedHosts, rules.Names = []string{"gov.cn"}, true
	if at, err := url.Parse(h.config.PublicURL); err == nil && at.Hostname() != "" {
		rules.OwnHosts = []string{at.Hostname()}
	}
	return rules, err
}

// links looks whether links lead somewhere, unless the house may not call out.
func (h *house) links() policy.Prober {
	if h.config.NoLinkCheck {
		return nil
	}
	return outside.NewLinks().Dead
}

// keptAnswers is the memory for rendered answers, in bytes.
const keptAnswers = 64 << 20

func (h *house) handler(sample bool) http.Handler {
	return h.attention.notes(handler.New(handler.House{
		Policy: h.policy, Publication: h.publication, Directory: h.directory, Search: h.search, File: h.file, Import: h.imports, Account: h.account, Follow: h.follow, Credit: h.credit, Staff: h.staff,
		Audit: h.audit, City: h.city, Code: h.code, Once: h.once, Push: h.push, Inbox: h.inbox, Rehearsal: h.rehearsal, Templates: h.templates, Delivery: h.delivery, Words: h.words, Feedback: h.feedback, Letters: h.letters, Knowledge: h.knowledge, Mornings: h.mornings, LetterDesk: h.letterDesk, Matters: h.matters, Meetings: h.meetings, MeetingDesk: h.meetingDesk, Consultations: h.consultations, ConsultationDesk: h.consultationDesk, Events: h.events, EventDesk: h.eventDesk, Gazettes: h.gazettes, GazetteDesk: h.gazetteDesk, GazetteImport: h.gazetteImport, Voices: h.voices, Clock: systemClock{},
		Allow: h.cache.Allow, Console: console.Files(), MiniProgram: miniprogram.Files(), Simulator: h.simulator,
		Version: version, PublicURL: h.config.PublicURL, Sample: sample, SiteCode: h.config.SiteCode, TrustedProxies: h.config.proxies,
		ExplainDays: h.config.ExplainDays, KeepBytes: keptAnswers, Parts: h.parts,
	}))
}

// serve opens the house and keeps it open until ctx ends; then it takes no more
// requests, answers those under way, ends the jobs and closes the stores.
func serve(ctx context.Context, c *Config, s service) error {
	doors, err := openDoors(c)
	if err != nil {
		return err
	}
	defer doors.close()
	b, err := openBackends(ctx, c)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.serve(ctx, c); err != nil {
		return err
	}
	h := build(b, c)
	if err := h.openWeChat(c, s.sample); err != nil {
		return err
	}
	if s.prepare != nil {
		if err := s.prepare(ctx, h); err != nil {
			return err
		}
	}
	return h.run(ctx, doors, s)
}

// doors are the addresses on which the house listens.
type doors struct{ public, metrics net.Listener }

// openDoors takes the addresses before anything else is opened, and completes
// the public one where it follows from them.
func openDoors(c *Config) (d doors, err error) {
	if d.public, err = net.Listen("tcp", c.Addr); err != nil {
		return d, fmt.Errorf("监听 YUANDU_ADDR：%w", err)
	}
	if c.PublicURL == "" {
		c.PublicURL = "http://" + reachable(d.public.Addr().(*net.TCPAddr)).String()
	}
	if c.MetricsAddr == "" {
		return d, nil
	}
	if d.metrics, err = net.Listen("tcp", c.MetricsAddr); err != nil {
		d.close()
		return d, fmt.Errorf("监听 YUANDU_METRICS_ADDR：%w", err)
	}
	return d, nil
}

// reachable is an address under which this machine finds a listener, also one
// that listens on all addresses.
func reachable(at *net.TCPAddr) *net.TCPAddr {
	if at.IP.IsUnspecified() {
		return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: at.Port}
	}
	return at
}

func (d doors) close() {
	d.public.Close()
	if d.metrics != nil {
		d.metrics.Close()
	}
}

// serveGC lets garbage grow to twice what is in use before it is collected: a
// tenth more answers for memory that a server has.
const serveGC = 200

// nightly is what domains do in the small hours.
func (h *house) nightly() []func(context.Context) error {
	return []func(context.Context) error{h.account.Forget, h.staff.Forget, h.once.Forget, h.credit.Forget, h.publication.Sweep, h.imports.Sweep,
		h.file.Sweep, h.follow.Sweep, h.follow.Count, h.inbox.Sweep, h.letters.Reschedule, h.letters.Sweep, h.events.Forget, h.voices.Sweep, h.gazetteImport.Sweep, h.audit.SealWhole}
}

// beats are what domains look for each second.
func (h *house) beats() map[string]func(context.Context) error {
	beats := map[string]func(context.Context) error{"publishing what is due": h.publication.PublishDue,
		"acting on all drafts of an import": h.publication.WorkAll, "an import": h.imports.Work, "reading issues of the gazette": h.gazetteImport.Work, "checking letters": h.letters.Check, "drawing and reminding of events": h.events.Work,
		"making a voice": h.voices.Work, "making another voice": h.voices.Work}
	if h.config.morning >= 0 {
		beats["telling offices of their letters"] = h.mornings.Work
	}
	if h.courier != nil {
		beats["looking after messages"] = h.courier.Look
	}
	return beats
}

func (h *house) run(ctx context.Context, doors doors, s service) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(serveGC)
	}
	working, stopWorking := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWorking()
	for _, free := range []func(context.Context) error{h.imports.Free, h.gazetteImport.Free} {
		if err := free(ctx); err != nil {
			return err
		}
	}
	if err := h.voices.Free(ctx); err != nil {
		return err
	}
	if h.courier != nil {
		if err := h.courier.Free(ctx); err != nil {
			return err
		}
	}
	stopJobs, err := worker.Start(working, h.store, worker.Services{Search: h.search, Announced: h.teller.Wake, Nightly: h.nightly(),
		LetterDays: h.letters.RescheduleSome, Log: slog.Default()})
	if err != nil {
		return err
	}
	var background sync.WaitGroup
	background.Go(func() { h.search.Run(working) })
	background.Go(func() { h.audit.Run(working) })
	background.Go(func() { h.teller.Run(working) })
	if h.courier != nil {
		background.Go(func() { h.courier.Run(working) })
	}
	for what, do := range h.beats() {
		background.Go(func() { worker.Look(working, slog.Default(), what, do) })
	}
	background.Go(func() { h.measure(working, doors.metrics) })

	server := handler.Server(h.config.Addr, h.handler(s.sample))
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(doors.public) }()
	slog.Info("serving", "address", doors.public.Addr().String(), "version", version)
	if s.opened != nil {
		s.opened(h.config.PublicURL, h.config.Data)
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
		slog.Info("closing: requests under way are answered")
		drain(server)
	}
	err = errors.Join(err, endJobs(stopJobs))
	stopWorking()
	background.Wait()
	return err
}

// drain answers the requests under way. One that takes too long is cut off: a
// reader that has gone to sleep must not keep the house open.
func drain(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), drainRequests)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		slog.Warn("requests under way were cut off", "after", drainRequests)
		server.Close()
	}
}

func endJobs(stop func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), drainJobs)
	defer cancel()
	return stop(ctx)
}
