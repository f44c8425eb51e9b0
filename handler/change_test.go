package handler_test

import (
	"slices"
	"strings"
	"testing"

	"yuandu/media"
	"yuandu/model"
	"yuandu/service/directory"
	"yuandu/service/policy"
	"yuandu/service/search"
	"yuandu/store"
)

const (
	schoolDetail = "GET /api/v1/policies/«鸢教发〔2026〕10号»"
	schoolList   = "GET /api/v1/policies?q=课后服务"
)

// eachChanged runs a test on every set, in a house of its own that has rendered
// what another process is about to change.
func eachChanged(t *testing.T, test func(t *testing.T, h *house, another *store.Store)) {
	t.Helper()
	eachAnew(t, func(t *testing.T, h *house) {
		first := h.ask(t, schoolDetail)
		if again := h.ask(t, schoolDetail); again.body != first.body {
			t.Fatalf("two answers: %s\n%s", first.body, again.body)
		}
		h.ask(t, schoolList)
		test(t, h, h.openStore(t))
	})
}

func TestATextChangedByAnotherProcessIsSeenAtOnce(t *testing.T) {
	eachChanged(t, func(t *testing.T, h *house, another *store.Store) {
		known := "If-None-Match: " + h.ask(t, schoolDetail).Header.Get("ETag")
		p, err := another.Policy(ctx, h.ids["鸢教发〔2026〕10号"])
		if err != nil {
			t.Fatal(err)
		}
		p.Title, p.Body = "关于加强课后服务工作的通知", media.Structure("学校必须提供课后服务。")
		change(t, another, func(tx *store.Tx) error {
			_, err := tx.SavePolicy(ctx, h.identity(t, p.ID), p)
			return err
		})
		h.tell(t, []story{
			{name: "by who had the old one", ask: schoolDetail, with: []string{known}, status: 200,
				says: []string{"关于加强课后服务工作的通知", "学校必须"}, hides: []string{"应当"}},
			{name: "in the list, before the index knows", ask: schoolList, status: 200,
				says: []string{"关于加强"}, hides: []string{"应当提供"}},
			{name: "on its page", ask: "GET /policies/«鸢教发〔2026〕10号»", status: 200,
				says: []string{"关于加强课后服务工作的通知"}},
		})
	})
}

func TestWhatOthersSayOfAPolicyIsSeenAtOnce(t *testing.T) {
	eachChanged(t, func(t *testing.T, h *house, another *store.Store) {
		change(t, another, func(tx *store.Tx) error {
			_, err := tx.SaveInterpretation(ctx, "new", &model.Interpretation{Title: "课后服务怎么报名",
				PublishedDate: "2026-11-24", Body: media.Structure("向班主任报名。"),
				Policies: []model.PolicyRef{{DocNumber: "鸢教发〔2026〕10号"}}})
			return err
		})
		h.tell(t, []story{
			{name: "an interpretation", ask: schoolDetail, status: 200, says: []string{"课后服务怎么报名", "向班主任报名"}},
			{name: "the list knows of it", ask: schoolList, status: 200, says: []string{`"has_interpretation":true`}},
		})
		change(t, another, func(tx *store.Tx) error {
			next := &model.Policy{Title: "关于废止课后服务通知的决定", DocNumber: "鸢教发〔2026〕11号",
				PublishedDate: "2026-11-23", Body: media.Structure("现予废止。")}
			if _, err := tx.SavePolicy(ctx, "repeal", next); err != nil {
				return err
			}
			return tx.SetRelations(ctx, next, []model.Relation{
				{Kind: model.Repeals, TargetNumber: "鸢教发〔2026〕10号", Since: "2026-11-24"}})
		})
		h.tell(t, []story{
			{name: "a repeal", ask: schoolDetail, status: 200, says: []string{`"validity":"repealed"`, "鸢教发〔2026〕11号"}},
			{name: "the list knows of it too", ask: schoolList, status: 200, says: []string{`"validity":"repealed"`}},
		})
	})
}

func TestANewNameIsSeenByEverythingThatShowsIt(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		const old, renamed = "鸢都市养老服务管理办法", "鸢都市基本养老服务管理办法"
		var stories []story
		for _, ask := range []string{
			"GET /api/v1/policies/«鸢民发〔2023〕14号»",             // is based on it, and shares an interpretation with it
			"GET /api/v1/policies/«鸢政发〔2025〕8号»",              // amends it
			"GET /api/v1/interpretations/«《鸢都市养老服务管理办法》政策解读»", // explains it
		} {
			h.tell(t, []story{{name: ask, ask: ask, status: 200, says: []string{`"` + old + `"`}}})
			stories = append(stories, story{name: ask, ask: ask, status: 200,
				says: []string{`"` + renamed + `"`}, hides: []string{`"` + old + `"`}})
		}
		another := h.openStore(t)
		p, err := another.Policy(ctx, h.ids["鸢政发〔2023〕1号"])
		if err != nil {
			t.Fatal(err)
		}
		p.Title = renamed
		change(t, another, func(tx *store.Tx) error {
			_, err := tx.SavePolicy(ctx, h.identity(t, p.ID), p)
			return err
		})
		h.tell(t, stories)
		h.catchUp(t)
		h.tell(t, []story{{name: "the index finds an interpretation by it", ask: "GET /api/v1/search?q=基本养老服务管理", status: 200,
			says: []string{"一图读懂：养老服务"}}})
	})
}

func TestAnOfficesNewNameIsSeenAtOnce(t *testing.T) {
	eachChanged(t, func(t *testing.T, h *house, another *store.Store) {
		h.ask(t, "GET /api/v1/departments")
		change(t, another, func(tx *store.Tx) error {
			all, err := tx.AllDepartments(ctx)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(all, func(d model.Department) bool { return d.Name == "鸢都市教育局" })
			all[i].Name = "鸢都市教育和体育局"
			return tx.SaveDepartment(ctx, &all[i])
		})
		var stories []story
		for _, ask := range []string{schoolDetail, schoolList, "GET /api/v1/departments", "GET /departments"} {
			stories = append(stories, story{name: ask, ask: ask, status: 200,
				says: []string{"鸢都市教育和体育局"}, hides: []string{"鸢都市教育局"}})
		}
		h.tell(t, stories)
	})
}

func change(t testing.TB, s *store.Store, do func(tx *store.Tx) error) {
	t.Helper()
	if err := s.InTx(ctx, do); err != nil {
		t.Fatal(err)
	}
}

// identity is the one under which the importer keeps a numbered document.
func (h *house) identity(t testing.TB, id string) string {
	t.Helper()
	p, err := h.store.Policy(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	var issuers []string
	for _, d := range p.Departments {
		issuers = append(issuers, d.Name)
	}
	return strings.Join([]string{"number", model.NumberKey(p.DocNumber), strings.Join(issuers, "、"),
		string(p.PublishedDate)}, "\x1f")
}

// A second handler over the same parts is another process for all that counts.
func TestTwoProcessesAnswerTheSame(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		second := h.handler
		s := h.openStore(t)
		ask := search.New(s, h.index, h.parts.cache, h.clock, nil)
		second.Policy, second.Directory, second.Search = policy.New(s, ask.Ask, h.clock), directory.New(s, ask.Ask,
			h.clock), ask
		second.KeepBytes = 0
		server := serve(t, second)
		for _, address := range []string{"GET /api/v1/policies?q=养老&topic=elderly",
			"GET /api/v1/policies/«鸢政发〔2023〕1号»", "GET /api/v1/topics",
			"GET /api/v1/departments", "GET /policies?q=养老", "GET /policies/«鸢政发〔2023〕1号»", "GET /sitemap.xml"} {
			here, there := h.ask(t, address), askAt(t, server, h.fill(t, address))
			if here.body != there.body || here.Header.Get("ETag") != there.Header.Get("ETag") {
				t.Errorf("%s is answered\n%.500s\nand\n%.500s", address, here.body, there.body)
			}
		}
	})
}
