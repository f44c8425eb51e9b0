package search_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yuandu/internal/testenv"
	"yuandu/model"
	service "yuandu/service/search"
	"yuandu/store"
	"yuandu/store/cache"
	"yuandu/store/search"
	"yuandu/store/storetest"
)

// room is a service with everything it works on.
type room struct {
	*testing.T
	store *store.Store
	index search.Index
	clock *storetest.Clock
	cache cache.Cache
	*service.Service
}

// each runs a test on the embedded set and on the production set.
func each(t *testing.T, test func(r *room)) {
	t.Helper()
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		test(embedded(t))
	})
	t.Run("production", func(t *testing.T) {
		t.Parallel()
		clock := storetest.NewClock("2026-11-24")
		index := meili(t)
		r := &room{T: t, store: opened(t, storetest.Postgres(t), "", clock), index: index, clock: clock, cache: cache.NewMemory(clock, 1<<20)}
		r.Service = r.service(index)
	})
}

func embedded(t *testing.T) *room {
	t.Helper()
	clock := storetest.NewClock("2026-11-24")
	index, err := search.OpenBleve(filepath.Join(t.TempDir(), "index"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	r := &room{T: t, store: opened(t, "", storetest.SQLite(t), clock), index: index, clock: clock, cache: cache.NewMemory(clock, 1<<20)}
	r.Service = r.service(index)
	return r
}

func opened(t *testing.T, url, file string, clock model.Clock) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{URL: url, File: file, Clock: clock, Vault: storetest.Vault()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func meili(t *testing.T) search.Index {
	t.Helper()
	config := search.MeiliConfig{URL: testenv.Need(t, "YUANDU_TEST_MEILI_URL", "Meilisearch"),
		Key: testenv.Need(t, "YUANDU_TEST_MEILI_KEY", "Meilisearch"), Prefix: "s" + strings.ToLower(rand.Text()),
		Patience: search.MeiliPatience{Answer: time.Minute}}
	index, err := search.OpenMeili(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, kind := range model.Kinds() {
			for _, end := range []string{"", "__next"} {
				drop(config, config.Prefix+"_"+string(kind)+end)
			}
		}
		index.Close()
	})
	return index
}

func drop(config search.MeiliConfig, uid string) {
	r, err := http.NewRequest(http.MethodDelete, config.URL+"/indexes/"+uid, nil)
	if err != nil {
		return
	}
	r.Header.Set("Authorization", "Bearer "+config.Key)
	if answer, err := http.DefaultClient.Do(r); err == nil {
		answer.Body.Close()
	}
}

// service is another service on the same records, index and cache, as another
// process has it.
func (r *room) service(index search.Index) *service.Service {
	return service.New(r.store, index, r.cache, r.clock, slog.New(slog.NewTextHandler(io.Discard, nil)))
}

func (r *room) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// publish makes policies public, a title each, and returns their IDs.
func (r *room) publish(titles ...string) (ids []string) {
	r.Helper()
	for _, title := range titles {
		ids = append(ids, r.save(&model.Policy{Title: title, PublishedDate: "2024-03-01"}))
	}
	return ids
}

func (r *room) save(p *model.Policy) string {
	r.Helper()
	if p.Body == nil {
		p.Body = model.Body{{Kind: model.BlockParagraph, Text: "为了试验，制定本办法。"}}
	}
	r.must(r.store.InTx(r.Context(), func(tx *store.Tx) error {
		_, err := tx.SavePolicy(r.Context(), "test "+p.Title, p)
		return err
	}))
	return p.ID
}

func titles(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprintf("试验第%d号通知", i+1))
	}
	return list
}

// ask asks for a text today.
func (r *room) ask(text string, filters map[string][]string) search.Answer {
	r.Helper()
	answer, degraded, err := r.Ask(r.Context(), search.Question{Kind: model.KindPolicy, Text: text, Filters: filters,
		Facets: []string{search.ValidityFacet}, Today: model.Today(r.clock.Now()), Limit: 50})
	r.must(err)
	if degraded {
		r.Errorf("%q is answered without the index", text)
	}
	return answer
}

// held are the IDs and versions in the index.
func (r *room) held() map[string]int64 {
	r.Helper()
	entries, err := r.index.Entries(r.Context(), model.KindPolicy, "", 1000)
	r.must(err)
	held := map[string]int64{}
	for _, e := range entries {
		held[e.ID] = e.Version
	}
	return held
}

func (r *room) apply(ops ...search.Op) {
	r.Helper()
	r.must(r.index.Apply(r.Context(), model.KindPolicy, ops))
}

func TestReconcileMendsWhatDiffers(t *testing.T) {
	each(t, func(r *room) {
		ids := r.publish(titles(5)...)
		changed := &model.Policy{Title: "试验第5号通知", PublishedDate: "2024-03-01",
			Body: model.Body{{Kind: model.BlockParagraph, Text: "补贴八百元。"}}}
		r.save(changed)
		r.must(r.CatchUp(r.Context()))
		want := fmt.Sprint(r.held())

		stray := store.NewID()
		old := search.Doc{Kind: model.KindPolicy, ID: changed.ID, Version: changed.Version - 1, Title: changed.Title}
		r.apply(search.Op{ID: ids[0]}, search.Op{ID: changed.ID},
			search.Op{ID: stray, Put: &search.Doc{Kind: model.KindPolicy, ID: stray, Version: 9, Title: "没有这份文件"}})
		r.apply(search.Op{ID: changed.ID, Put: &old})
		if fmt.Sprint(r.held()) == want {
			r.Fatal("the index is not harmed")
		}
		queued, err := r.Reconcile(r.Context())
		r.must(err)
		if queued != 3 {
			r.Errorf("%d differences are found, there are 3", queued)
		}
		r.must(r.CatchUp(r.Context()))
		if got := fmt.Sprint(r.held()); got != want {
			r.Errorf("the index holds %s, want %s", got, want)
		}
		if again, err := r.Reconcile(r.Context()); err != nil || again != 0 {
			r.Errorf("then %d differ (%v)", again, err)
		}
		if r.ask("补贴八百元", nil).Total != 1 || r.ask("试验第1号通知", nil).Total != 1 {
			r.Error("what was mended is not found")
		}
	})
}

// Nothing runs at midnight: the day of the question decides.
func TestMidnightChangesValidity(t *testing.T) {
	each(t, func(r *room) {
		r.clock.Move(11 * time.Hour) // 23:00
		r.save(&model.Policy{Title: "明天施行的办法", PublishedDate: "2026-11-20", EffectiveDate: "2026-11-25"})
		r.save(&model.Policy{Title: "今天到期的办法", PublishedDate: "2021-11-20", ExpiryDate: "2026-11-24"})
		r.save(&model.Policy{Title: "一直有效的办法", PublishedDate: "2020-01-01"})
		r.must(r.CatchUp(r.Context()))
		story := func(when string, want map[model.Validity]int, inForce string) {
			r.Helper()
			answer := r.ask("", nil)
			got := map[model.Validity]int{}
			for _, b := range answer.Facets[search.ValidityFacet] {
				got[model.Validity(b.Value)] = b.Count
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				r.Errorf("%s the counts are %v, want %v", when, got, want)
			}
			filtered := r.ask("办法", map[string][]string{search.ValidityFacet: {string(model.InForce)}})
			var names []string
			for _, h := range filtered.Hits {
				names = append(names, h.Title)
			}
			if filtered.Total != 2 || !strings.Contains(strings.Join(names, " "), inForce) {
				r.Errorf("%s in force are %v", when, names)
			}
		}
		story("before midnight", map[model.Validity]int{model.Pending: 1, model.InForce: 2}, "今天到期的办法")
		r.clock.Move(2 * time.Hour)
		story("after midnight", map[model.Validity]int{model.Expired: 1, model.InForce: 2}, "明天施行的办法")
	})
}

// picky is an index that will not take one document.
type picky struct {
	search.Index
	refuses string
}

func (p *picky) Apply(ctx context.Context, kind model.Kind, ops []search.Op) error {
	return p.pick(ops, func(ops []search.Op) error { return p.Index.Apply(ctx, kind, ops) })
}

func (p *picky) pick(ops []search.Op, apply func([]search.Op) error) error {
	var taken []search.Op
	for _, op := range ops {
		if op.ID != p.refuses {
			taken = append(taken, op)
		}
	}
	if err := apply(taken); err != nil || len(taken) == len(ops) {
		return err
	}
	return &search.OpError{Refused: map[string]string{p.refuses: "它有毒"}}
}

func (p *picky) Rebuild(ctx context.Context) (search.Rebuild, error) {
	next, err := p.Index.Rebuild(ctx)
	return &pickyRebuild{next, p}, err
}

type pickyRebuild struct {
	search.Rebuild
	picky *picky
}

func (p *pickyRebuild) Apply(ctx context.Context, kind model.Kind, ops []search.Op) error {
	return p.picky.pick(ops, func(ops []search.Op) error { return p.Rebuild.Apply(ctx, kind, ops) })
}

func TestARefusedDocumentIsSetAsideAndTheOthersGoOn(t *testing.T) {
	each(t, func(r *room) {
		r.must(r.CatchUp(r.Context())) // makes the index
		index := &picky{Index: r.index}
		r.Service = r.service(index)
		ids := r.publish(titles(4)...)
		index.refuses = ids[1]
		r.must(r.CatchUp(r.Context()))
		r.queue(1, 0)
		if answer := r.ask("试验", nil); answer.Total != 3 {
			r.Errorf("%d of the 3 others are found", answer.Total)
		}
		r.must(r.CatchUp(r.Context())) // it is put off: not tried at once
		for range store.MaxIndexAttempts - 1 {
			r.queue(1, 0)
			r.clock.Move(6 * time.Minute)
			r.must(r.CatchUp(r.Context()))
		}
		r.queue(1, 1)
		r.publish("后来的通知")
		r.must(r.CatchUp(r.Context()))
		if answer := r.ask("后来的通知", nil); answer.Total != 1 {
			r.Error("what came later is not found")
		}

		// A rebuild is whole without it, and tries it again.
		total, err := r.Reindex(r.Context(), func(int, int) {})
		r.must(err)
		if total != 5 || r.ask("", nil).Total != 4 {
			r.Errorf("a rebuild has seen %d and holds %d", total, r.ask("", nil).Total)
		}
		r.queue(1, 0)
		index.refuses = ""
		r.clock.Move(time.Minute)
		r.must(r.CatchUp(r.Context()))
		r.queue(0, 0)
		if r.ask("试验第2号通知", nil).Total != 1 {
			r.Error("what is taken at last is not found")
		}
	})
}

// queue holds the queue to how many documents wait, and how many are set aside.
func (r *room) queue(waiting, aside int) {
	r.Helper()
	depth, dead, _, err := r.store.IndexQueue(r.Context())
	r.must(err)
	if depth != waiting || dead != aside {
		r.Errorf("%d documents wait and %d are set aside, want %d and %d", depth, dead, waiting, aside)
	}
}

// away is an index that cannot be reached while gone is set.
type away struct {
	search.Index
	gone bool
}

var errAway = fmt.Errorf("the line is dead: %w", search.ErrUnavailable)

func (a *away) Find(ctx context.Context, q search.Query) (search.Found, error) {
	if a.gone {
		return search.Found{}, errAway
	}
	return a.Index.Find(ctx, q)
}

func (a *away) Apply(ctx context.Context, kind model.Kind, ops []search.Op) error {
	if a.gone {
		return errAway
	}
	return a.Index.Apply(ctx, kind, ops)
}

func TestWithoutItsIndexSearchReadsTitles(t *testing.T) {
	each(t, func(r *room) {
		index := &away{Index: r.index}
		r.Service = r.service(index)
		r.publish(titles(3)...)
		r.must(r.CatchUp(r.Context()))
		index.gone = true
		r.publish("其间的通知")
		if err := r.CatchUp(r.Context()); !errors.Is(err, search.ErrUnavailable) {
			r.Errorf("catching up without an index: %v", err)
		}
		for text, want := range map[string]int{"其间的通知": 1, "试验第2号": 1, "": 4} {
			answer, degraded, err := r.Ask(r.Context(), search.Question{Kind: model.KindPolicy, Text: text,
				Facets: []string{"year"}, Today: model.Today(r.clock.Now()), Limit: 10})
			if err != nil || !degraded || answer.Total != want || len(answer.Hits) != want {
				r.Errorf("%q: %d found, degraded %v (%v)", text, answer.Total, degraded, err)
			}
		}
		r.queue(1, 0)
		index.gone = false
		r.must(r.CatchUp(r.Context()))
		r.queue(0, 0)
		if r.ask("其间的通知", nil).Total != 1 {
			r.Error("what came meanwhile is not found")
		}
	})
}

// watched calls a function before each page of a rebuild is written.
type watched struct {
	search.Index
	before func(page int)
}

func (w *watched) Rebuild(ctx context.Context) (search.Rebuild, error) {
	next, err := w.Index.Rebuild(ctx)
	return &watchedRebuild{next, w, 0}, err
}

type watchedRebuild struct {
	search.Rebuild
	watched *watched
	pages   int
}

func (w *watchedRebuild) Apply(ctx context.Context, kind model.Kind, ops []search.Op) error {
	w.pages++
	w.watched.before(w.pages)
	return w.Rebuild.Apply(ctx, kind, ops)
}

func TestChangesDuringARebuildAreInTheNewIndex(t *testing.T) {
	each(t, func(r *room) {
		index := &watched{Index: r.index, before: func(int) {}}
		r.Service = r.service(index)
		ids := r.publish(titles(205)...) // two pages
		r.must(r.CatchUp(r.Context()))
		index.before = func(page int) {
			if page == 2 { // the first page is written, and its documents change
				r.save(&model.Policy{Title: "试验第1号通知", PublishedDate: "2024-03-01", Body: model.Body{{Kind: model.BlockParagraph, Text: "改为八百元。"}}})
				r.publish("重建时来的通知")
			}
		}
		_, err := r.Reindex(r.Context(), func(int, int) {})
		r.must(err)
		r.must(r.CatchUp(r.Context()))
		if r.ask("改为八百元", nil).Total != 1 || r.ask("重建时来的通知", nil).Total != 1 || len(r.held()) != len(ids)+1 {
			r.Errorf("the new index holds %d documents, or old ones", len(r.held()))
		}
		if n, err := r.Reconcile(r.Context()); err != nil || n != 0 {
			r.Errorf("%d differ (%v)", n, err)
		}
	})
}
