package follow_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/service/follow"
	"yuandu/store"
	"yuandu/store/search"
	"yuandu/store/storetest"
)

var ctx = context.Background()

// town is a house with residents, synonyms that change, and one new document.
type town struct {
	testing.TB
	*follow.Service
	store    *store.Store
	shell    *sql.DB
	clock    *storetest.Clock
	synonyms *search.Synonyms
	doc      *search.Doc
}

func (v *town) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

func (v *town) run(text string) {
	v.Helper()
	_, err := v.shell.Exec(text)
	v.must(err)
}

// engines are the databases, each with a way to write past the house.
var engines = map[string]func(t testing.TB) (o store.Options, driver, address string){
	"sqlite": func(t testing.TB) (store.Options, string, string) {
		file := storetest.SQLite(t)
		return store.Options{File: file}, "sqlite", file
	},
	"postgres": func(t testing.TB) (store.Options, string, string) {
		url := storetest.Postgres(t)
		return store.Options{URL: url}, "pgx", url
	},
}

func settle(t testing.TB, engine string) *town {
	t.Helper()
	v := &town{TB: t, clock: storetest.NewClock("2026-11-24"), synonyms: search.NewSynonyms([][]string{{"养老金", "退休金"}})}
	o, driver, address := engines[engine](t)
	o.Clock, o.Vault = v.clock, storetest.Vault()
	var err error
	v.store, err = store.Open(ctx, o)
	v.must(err)
	t.Cleanup(func() { v.store.Close() })
	v.shell, err = sql.Open(driver, address)
	v.must(err)
	t.Cleanup(func() { v.shell.Close() })
	v.Service = follow.New(v.store, follow.Search{
		Ask: func(ctx context.Context, q search.Question) (search.Answer, bool, error) {
			answer, err := search.Ask(ctx, search.NewScan(model.KindPolicy, []search.Doc{*v.doc}), q, v.synonyms)
			return answer, false, err
		},
		Synonyms: func(context.Context) (*search.Synonyms, error) { return v.synonyms, nil },
		Doc: func(_ context.Context, _ model.Kind, id string) (*search.Doc, error) {
			if v.doc.ID != id {
				return nil, nil
			}
			return v.doc, nil
		}}, v.clock)
	v.doc = &search.Doc{Kind: model.KindPolicy, ID: "pension", Title: "鸢都市居民养老保险办法", NumberKey: "鸢政办发|2026|8", Body: "退休金按月领取。",
		Facets: map[string][]string{"topic": {"elderly"}, "department": {"bureau"}, "year": {"2026"}}}
	v.must(v.store.InTx(ctx, func(tx *store.Tx) error { return tx.Announce(ctx, &news) }))
	return v
}

// follows lets somebody, who is new, follow a search.
func (v *town) follows(who, text string, filters map[string][]string) {
	v.Helper()
	v.run(`INSERT INTO residents (id, created_at, seen_at) VALUES ('` + who + `', 0, 0)`)
	_, err := v.FollowSearch(ctx, who, text, filters)
	v.must(err)
}

// told is who is found for the announcement.
func (v *town) told() string {
	v.Helper()
	rows, err := v.shell.Query(`SELECT resident_id FROM announcement_finds WHERE announcement_id = 'news' ORDER BY resident_id`)
	v.must(err)
	defer rows.Close()
	var list []string
	for rows.Next() {
		var who string
		v.must(rows.Scan(&who))
		list = append(list, who)
	}
	return strings.Join(list, " ")
}

var news = model.Announcement{ID: "news", Sort: model.AnnounceChange, Kind: model.KindPolicy, Object: "pension", Stage: model.StageMatching}

func each(t *testing.T, test func(v *town)) {
	for engine := range engines {
		t.Run(engine, func(t *testing.T) { test(settle(t, engine)) })
	}
}

func TestANewDocumentFindsThoseWhoseSearchItAnswers(t *testing.T) {
	each(t, func(v *town) {
		v.follows("ann", "养老保险", nil)
		v.follows("bo", "养老保险", map[string][]string{"topic": {"housing"}})
		v.follows("cai", "", map[string][]string{"topic": {"elderly"}, "year": {"2025", "2026"}})
		v.follows("dan", "养老金", nil)
		v.follows("eva", "鸢政办发〔2026〕8号", nil)
		v.follows("fei", "公积金", nil)
		v.follows("gao", "", map[string][]string{"validity": {"in_force"}})
		for range 2 {
			v.must(v.Match(ctx, news))
			if got := v.told(); got != "ann cai dan eva gao" {
				v.Errorf("told are %s", got)
			}
		}
	})
}

func TestSearchesFromBeforeAChangeOfTheHouseStillFind(t *testing.T) {
	each(t, func(v *town) {
		v.follows("ann", "银发福利", nil)
		v.follows("bo", "", map[string][]string{"department": {"old"}})
		v.must(v.Match(ctx, news))
		if got := v.told(); got != "" {
			v.Fatalf("told are %s", got)
		}
		v.synonyms = search.NewSynonyms([][]string{{"银发福利", "退休金"}})
		v.run(`INSERT INTO moved (kind, old_id, new_id, why, moved_at, moved_by) VALUES ('department', 'old', 'bureau', '', 0, '')`)
		v.run(`INSERT INTO marks (name, value) VALUES ('directory', 1000) ON CONFLICT (name) DO UPDATE SET value = 1000`)
		v.must(v.Match(ctx, news))
		if got := v.told(); got != "ann bo" {
			v.Errorf("told are %s", got)
		}
	})
}

func TestADocumentThatIsGoneFindsNobody(t *testing.T) {
	each(t, func(v *town) {
		v.follows("ann", "养老保险", nil)
		v.must(v.Match(ctx, model.Announcement{ID: "news", Kind: model.KindPolicy, Object: "withdrawn"}))
		v.must(v.Match(ctx, model.Announcement{ID: "news", Kind: model.KindInterpretation, Object: "pension"}))
		ended, end := context.WithCancel(ctx)
		end()
		if err := v.Match(ended, news); !errors.Is(err, context.Canceled) {
			v.Errorf("a process that ends: %v", err)
		}
		if got := v.told(); got != "" {
			v.Errorf("told are %s", got)
		}
	})
}

// BenchmarkMatch puts a document of 10,000 characters to 100,000 saved searches of
// words as policies use them, each followed by one of 1,000 residents.
func BenchmarkMatch(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			v := settle(b, engine)
			v.synonyms = search.NewSynonyms(search.DefaultSynonyms())
			corpus := newCorpus(b)
			v.doc.Body = corpus.document(10_000)
			v.saves(corpus.searches(100_000))
			anchors := search.NewMatcher(v.doc, v.synonyms, "2026-11-24").Anchors()
			read := 0
			v.must(v.store.SearchesAt(ctx, anchors, func(model.SavedSearch) error { read++; return nil }))
			b.ResetTimer()
			for b.Loop() {
				v.must(v.Match(ctx, news))
			}
			b.ReportMetric(float64(read), "read")
			b.ReportMetric(float64(len(strings.Fields(v.told()))), "told")
			if each := b.Elapsed().Seconds() / float64(b.N); each > 2 {
				b.Errorf("it took %.1f s", each)
			}
		})
	}
}

// saves keeps searches with their anchors, and lets residents follow them in turn.
func (v *town) saves(searches []model.SavedSearch) {
	for page := range slices.Chunk(searches, 5000) {
		v.must(v.store.InTx(ctx, func(tx *store.Tx) error {
			for i := range page {
				a := &store.Anchored{SavedSearch: page[i], Anchor: search.Anchor(&page[i], v.synonyms), Rules: v.synonyms.Rules()}
				if err := tx.KeepSearch(ctx, a); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	for i := range 1000 {
		v.run(fmt.Sprintf(`INSERT INTO residents (id, created_at, seen_at) VALUES ('r%d', 0, 0)`, i))
	}
	v.run(`INSERT INTO follows (resident_id, kind, key, name, followed_at)
		SELECT 'r' || (row_number() OVER (ORDER BY id) % 1000), 'search', id, '', 0 FROM saved_searches`)
	v.run(`ANALYZE`) // as PostgreSQL does by itself after a while
}
