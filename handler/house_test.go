package handler_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"yuandu/check"
	"yuandu/handler"
	"yuandu/internal/housetest"
	"yuandu/internal/testenv"
	"yuandu/media/mediatest"
	"yuandu/media/pages"
	"yuandu/media/speech"
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
	searching "yuandu/service/search"
	"yuandu/service/staff"
	"yuandu/service/voice"
	"yuandu/service/words"
	"yuandu/store"
	"yuandu/store/blob"
	"yuandu/store/cache"
	"yuandu/store/search"
	"yuandu/store/storetest"
	"yuandu/wechat"
	"yuandu/wechat/sim"
)

var ctx = context.Background()

// quick hashing is enough for passwords that nobody guards anything with.
var quick = staff.Hashing{Memory: 64, Iterations: 1}

// publicURL is where the house says that it stands.
const publicURL = "https://zhengshi.example.cn"

// house is the real house behind a real server, with the fixture in it.
type house struct {
	teller  *push.Teller
	store   *store.Store
	index   *absentIndex
	search  *searching.Service
	file    *file.Service
	letters *letter.Service
	events  *event.Service
	reading pages.Reader // reads words off pictures where a test names a program
	voices  *voice.Service
	issues  *gazette.Importer
	morning *letter.Mornings
	robot   *outside.Robot // nil for one that reaches nobody
	city    *city.Service
	clock   *storetest.Clock
	server  *httptest.Server
	parts   parts
	handler handler.House
	sim     *sim.Sim
	door    *wechat.Door
	ids     map[string]string         // of documents by number and by title, of departments and files by name
	dead    map[string]outside.Reason // links that lead nowhere
	asked   []credit.Template         // what residents may be asked for
}

// parts are what one of the two sets is made of.
type parts struct {
	database string // address, "" where it is a file
	file     string
	index    search.Index
	cache    cache.Cache
	bucket   blob.Bucket
}

// sets are the two sets of parts that the house runs on.
var sets = []struct {
	name string
	open func(t testing.TB, clock model.Clock) parts
}{{"embedded", embedded}, {"production", production}}

// eachSet runs a test on the parts of every set, side by side: one computes while
// the other waits for its servers.
func eachSet(t *testing.T, test func(t *testing.T, open func(testing.TB, model.Clock) parts)) {
	t.Helper()
	for _, set := range sets {
		t.Run(set.name, func(t *testing.T) {
			t.Parallel()
			test(t, set.open)
		})
	}
}

// each runs a test on every set, in a house that is there for all tests: what
// a test changes in it, it puts back.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	eachSet(t, func(t *testing.T, open func(testing.TB, model.Clock) parts) { test(t, lasting(t, open)) })
}

// eachAnew runs a test on every set, in a house of its own, beside other tests.
func eachAnew(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel()
	eachSet(t, func(t *testing.T, open func(testing.TB, model.Clock) parts) { test(t, build(t, open)) })
}

// eachBare runs a test on every set, in a house of its own without documents, beside
// other tests.
func eachBare(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel()
	eachSet(t, func(t *testing.T, open func(testing.TB, model.Clock) parts) { test(t, raise(t, open)) })
}

// unhurried serves without the limits of one address, which are tried elsewhere.
func (h *house) unhurried(t testing.TB) {
	h.handler.Allow = func(context.Context, string, int, time.Duration) (bool, time.Duration, error) { return true, 0, nil }
	h.server = serve(t, h.handler)
}

var stay = struct {
	sync.Mutex
	houses   map[string]*house // by the name of their set
	leftover []func()
}{houses: map[string]*house{}}

func lasting(t *testing.T, open func(testing.TB, model.Clock) parts) *house {
	t.Helper()
	stay.Lock()
	defer stay.Unlock()
	set := path.Base(t.Name())
	if stay.houses[set] == nil {
		stay.houses[set] = build(stays{t}, open)
	}
	return stay.houses[set]
}

// stays is a test whose things stay until the last test has run.
type stays struct{ testing.TB }

// Cleanup is called within lasting, whose lock is held.
func (s stays) Cleanup(do func()) { stay.leftover = append(stay.leftover, do) }

func (s stays) TempDir() string {
	folder, err := os.MkdirTemp("", "yuandu")
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// importing and drawing open files of issues for all tests.
var importing, drawing = mediatest.Pages(2), mediatest.Pages(1)

func TestMain(m *testing.M) {
	mediatest.PagesWorker()
	slog.SetDefault(slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	status := m.Run()
	if strings.Contains(logged.String(), faraway) {
		fmt.Println("FAIL: the address of somebody who asked is in a log")
		status = 1
	}
	for _, secret := range []string{"王女士", "赵明", "13800001111", "王芳的手机", "impatient", "钱未寄", "钱未寄", housetest.Password(founder)} {
		if strings.Contains(logged.String(), secret) {
			fmt.Println("FAIL: somebody is in a log:", secret)
			status = 1
		}
	}
	for _, do := range slices.Backward(stay.leftover) {
		do()
	}
	os.Exit(status)
}

// logged is all that was logged, by all tests.
var logged = &journal{}

type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func embedded(t testing.TB, clock model.Clock) parts {
	file := storetest.SQLite(t)
	folder := filepath.Dir(file)
	p := parts{file: file, cache: cache.NewMemory(clock, 1<<20)}
	var err error
	if p.index, err = search.OpenBleve(filepath.Join(folder, "index")); err != nil {
		t.Fatal(err)
	}
	if p.bucket, err = blob.OpenDir(filepath.Join(folder, "files")); err != nil {
		t.Fatal(err)
	}
	return p
}

func production(t testing.TB, _ model.Clock) parts {
	need := func(variable, server string) string { return testenv.Need(t, "YUANDU_TEST_"+variable, server) }
	redis := need("REDIS_URL", "Redis")
	s3 := blob.S3Options{Endpoint: need("S3_ENDPOINT", "object storage"), Bucket: need("S3_BUCKET", "object storage"),
		AccessKey: need("S3_ACCESS_KEY", "object storage"), SecretKey: need("S3_SECRET_KEY", "object storage")}
	meili := search.MeiliConfig{URL: need("MEILI_URL", "Meilisearch"), Key: need("MEILI_KEY", "Meilisearch"),
		Prefix: "test_" + strings.ToLower(rand.Text())}
	p := parts{database: storetest.Postgres(t)}
	var err error
	if p.cache, err = cache.OpenRedis(ctx, redis, "test:"+rand.Text()+":"); err != nil {
		t.Fatal(err)
	}
	if p.bucket, err = blob.OpenS3(ctx, s3); err != nil {
		t.Fatal(err)
	}
	index, err := search.OpenMeili(ctx, meili)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dropIndexes(meili) })
	p.index = search.NewGuard(index, time.Minute) // the machine may be busy with other tests
	return p
}

func dropIndexes(c search.MeiliConfig) {
	for _, kind := range model.Kinds() {
		r, err := http.NewRequest(http.MethodDelete, c.URL+"/indexes/"+c.Prefix+"_"+string(kind), nil)
		if err != nil {
			continue
		}
		r.Header.Set("Authorization", "Bearer "+c.Key)
		if answer, err := http.DefaultClient.Do(r); err == nil {
			answer.Body.Close()
		}
	}
}

// build builds the house and brings the fixture in.
func build(t testing.TB, open func(testing.TB, model.Clock) parts) *house {
	t.Helper()
	h := raise(t, open)
	h.furnish(t)
	return h
}

// engine reads aloud, where it is installed.
func engine() voice.Engine {
	espeak, err := speech.FindEspeak()
	if err != nil {
		return voice.Engine{Why: err}
	}
	return voice.Engine{Speaker: espeak}
}

// links are those that lead nowhere.
func (h *house) links(_ context.Context, addresses []string) map[string]outside.Reason {
	dead := map[string]outside.Reason{}
	for _, address := range addresses {
		if reason, ok := h.dead[address]; ok {
			dead[address] = reason
		}
	}
	return dead
}

// raise builds the house, empty.
func raise(t testing.TB, open func(testing.TB, model.Clock) parts) *house {
	t.Helper()
	clock := storetest.NewClock("2026-11-24")
	p := open(t, clock)
	h := &house{parts: p, clock: clock, index: &absentIndex{Index: p.index}, ids: map[string]string{}}
	h.store = h.openStore(t)
	log := slog.New(slog.NewTextHandler(logged, nil))
	h.search = searching.New(h.store, h.index, p.cache, clock, log)
	h.file = file.New(h.store, p.bucket)
	policies := policy.New(h.store, h.search.Ask, clock)
	lists := words.New(h.store, clock)
	offices := directory.New(h.store, h.search.Ask, clock)
	h.city = city.New(h.store)
	h.letters = letter.New(h.store, h.city, h.search.Ask, clock)
	matters := matter.New(h.store, h.letters.Find, clock)
	meetings := meeting.New(h.store, h.city, h.search.Ask, clock)
	consultations := consultation.New(h.store, h.search.Ask, lists.Rules, clock)
	h.events = event.New(h.store, h.search.Ask, clock)
	h.voices = voice.New(h.store, p.bucket, engine(), clock, log)
	gazettes := gazette.New(h.store, p.bucket, p.cache, gazette.Engines{Import: importing, Draw: drawing, Read: &h.reading}, h.search.Ask, clock)
	keeping := follow.New(h.store, follow.Search{Ask: h.search.Ask, Synonyms: h.search.Synonyms, Doc: h.search.Doc, PolicyDoc: h.search.PolicyDoc}, clock,
		slices.Concat(offices.Followables(), meetings.Followables(), consultations.Followables(), gazettes.Followables(), []model.Followable{policies.Followable(), matters.Followable()})...)
	favourites, follows := keeping.Holdings()
	counting := credit.New(h.store, func(context.Context) ([]credit.Template, error) { return h.asked, nil }, clock)
	credits, answers := counting.Holdings()
	inbox := push.NewInbox(h.store, clock)
	h.teller = push.NewTeller(h.store, keeping.Match, clock, log)
	desk := policies.Desk(func(ctx context.Context) (check.Rules, error) {
		rules, err := lists.Rules(ctx)
		rules.TrustedHosts = []string{"gov.cn"}
		return rules, err
	}, h.links)
	h.letters.MeetBy(p.cache)
	h.letters.AdviseBy(h.search.Synonyms)
	letterDesk := h.letters.Desk(lists.Rules)
	meetingDesk := meetings.Desk(lists.Rules)
	consultationDesk := consultations.Desk()
	eventDesk := h.events.Desk(lists.Rules)
	gazetteDesk := gazettes.Desk(lists.Rules)
	way := publication.New(h.store, clock, log, desk, desk.Interpretations(), letterDesk, meetingDesk, consultationDesk, eventDesk, gazetteDesk)
	h.issues = gazettes.Importer(way, log)
	h.letters.UnpublishBy(way.TakeBackOf(model.KindLetter))
	h.morning = letter.NewMornings(h.letters, robotOf{h}, letter.UsualMorning, publicURL, log, consultations.Remind, meetings.Remind)
	h.handler = handler.House{
		Policy:      policies,
		Publication: way,
		Import:      ingest.NewDesk(h.store, p.bucket, clock, log, way.Open),
		Words:       lists,
		Directory:   offices,
		Search:      h.search, File: h.file, Clock: clock,
		Account: account.New(h.store, p.cache, storetest.Vault(), h.openWeChat(t), clock, favourites, follows, credits, answers, inbox.Holding(), feedback.NewHolding(h.store), h.letters.Holding(), consultations.Holding(), h.events.Holding()), Follow: keeping, Credit: counting,
		Staff: staff.New(h.store, clock, quick, h.letters.Work()), City: h.city, Code: code.New(h.store, h.door), Feedback: feedback.New(h.store, h.city, clock), Letters: h.letters, Knowledge: knowledge.New(h.store, h.search.Synonyms, clock), Mornings: h.morning, LetterDesk: letterDesk, Matters: matters, Meetings: meetings, MeetingDesk: meetingDesk, Consultations: consultations, ConsultationDesk: consultationDesk, Voices: h.voices, Events: h.events, EventDesk: eventDesk, Gazettes: gazettes, GazetteDesk: gazetteDesk, GazetteImport: h.issues, Once: once.New(h.store, p.cache, clock),
		Audit: audit.New(h.store, clock, log, filepath.Join(t.TempDir(), "audit.head")),
		Push:  push.New(h.door, counting.Hear), Inbox: inbox, Rehearsal: push.NewRehearsal(h.store, keeping.Finding, push.Speed{ASecond: 100}, clock), Templates: push.NewTemplates(h.store, p.cache, h.door, clock), Delivery: push.NewDesk(h.store, p.cache, push.Speed{ASecond: 480, OfOne: 240}, clock), Allow: p.cache.Allow, Console: fstest.MapFS{"placeholder.html": {Data: []byte("make web")}},
		Version: "test", PublicURL: publicURL, ExplainDays: 3, KeepBytes: 4 << 20,
		Parts: func(ctx context.Context) []handler.Part {
			return []handler.Part{{Name: "records", Kind: h.store.Name(), Healthy: h.store.Health(ctx) == nil},
				{Name: "search", Kind: "index", Healthy: !h.index.away.Load(), Degraded: true}}
		},
	}
	h.server = serve(t, h.handler)
	t.Cleanup(func() {
		p.index.Close()
		p.bucket.Close()
		p.cache.Close()
	})
	return h
}

func (h *house) openStore(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(ctx, store.Options{URL: h.parts.database, File: h.parts.file, Clock: h.clock, Vault: storetest.Vault()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// serve opens the doors, with the limits that the binary sets.
func serve(t testing.TB, h handler.House) *httptest.Server {
	server := httptest.NewUnstartedServer(nil)
	server.Config = handler.Server("", handler.New(h))
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// catchUp brings into the index what waits for it.
func (h *house) catchUp(t testing.TB) {
	t.Helper()
	if err := h.search.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	if depth, dead, _, err := h.store.IndexQueue(ctx); err != nil || depth > 0 {
		t.Fatalf("%d documents wait for the index, %d were refused (%v)", depth, dead, err)
	}
}

// absentIndex is an index whose engine can be away.
type absentIndex struct {
	search.Index
	away atomic.Bool
}

func (i *absentIndex) Find(ctx context.Context, q search.Query) (search.Found, error) {
	if i.away.Load() {
		return search.Found{}, fmt.Errorf("the engine is away: %w", search.ErrUnavailable)
	}
	return i.Index.Find(ctx, q)
}
