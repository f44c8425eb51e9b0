package store_test

import (
	"context"
	"testing"
	"time"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/storetest"
)

var ctx = context.Background()

func policy(title, number string, published model.Day, text string) *model.Policy {
	return &model.Policy{Title: title, DocNumber: number, PublishedDate: published, Body: media.Structure(text)}
}

// save keeps a policy with what it says of others, under its number.
func save(t *testing.T, s *store.Store, p *model.Policy, relations ...model.Relation) store.Outcome {
	t.Helper()
	var outcome store.Outcome
	err := s.InTx(ctx, func(tx *store.Tx) (err error) {
		if outcome, err = tx.SavePolicy(ctx, p.DocNumber+p.Title, p); err != nil || outcome == store.Unchanged {
			return err
		}
		return tx.SetRelations(ctx, p, relations)
	})
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func read(t *testing.T, s *store.Store, id string) *model.Policy {
	t.Helper()
	p, err := s.Policy(ctx, id)
	if err != nil || p == nil {
		t.Fatalf("policy %s: %v, %v", id, p, err)
	}
	return p
}

func TestAPolicyIsKeptWholeAndTheSameOneTwiceIsOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		p := policy("鸢都市养老服务办法", "鸢政发〔2023〕1号", "2023-03-01", "第一条 为了老人，制定本办法。\n第二条 🎉 表情和 ' 引号 \" 都留着。")
		p.Topics = []model.Topic{{ID: "elderly"}}
		p.EffectiveDate, p.ExpiryDate, p.Theme = "2023-04-01", "2028-03-31", "民政"
		err := s.InTx(ctx, func(tx *store.Tx) error {
			p.Departments = []model.Department{{Name: "鸢都市人民政府", Aliases: []string{"市府"}}}
			return tx.SaveDepartment(ctx, &p.Departments[0])
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := save(t, s, p); got != store.Created {
			t.Fatalf("first saved: %s", got)
		}
		again := *p
		if got := save(t, s, &again); got != store.Unchanged || again.ID != p.ID {
			t.Fatalf("saved again: %s, %s", got, again.ID)
		}
		held := read(t, s, p.ID)
		if held.Title != p.Title || held.Body.Plain() != p.Body.Plain() || held.ExpiryDate != "2028-03-31" || held.Version != 1 {
			t.Errorf("read back as %+v", held)
		}
		if len(held.Departments) != 1 || held.Departments[0].Aliases[0] != "市府" || len(held.Topics) != 1 || held.Topics[0].Name != "养老" {
			t.Errorf("departments %v, topics %v", held.Departments, held.Topics)
		}
	})
}

func TestAChangedPolicyKeepsItsOlderRevision(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		p := policy("办法", "鸢政发〔2023〕1号", "2023-03-01", "每月 80 元。")
		save(t, s, p)
		clock.Move(time.Hour)
		changed := policy("办法", "鸢政发〔2023〕1号", "2023-03-01", "每月 100 元。")
		if got := save(t, s, changed); got != store.Changed || changed.ID != p.ID {
			t.Fatalf("saved: %s", got)
		}
		revisions, err := s.Revisions(ctx, model.KindPolicy, p.ID)
		if err != nil || len(revisions) != 2 {
			t.Fatalf("%d revisions, %v", len(revisions), err)
		}
		if revisions[0].Version != 2 || revisions[0].SM3 == revisions[1].SM3 || !revisions[0].SavedAt.After(revisions[1].SavedAt) {
			t.Errorf("revisions %+v", revisions)
		}
		if want := string(p.Canonical()); revisions[1].Canonical != want {
			t.Errorf("the older revision is %s, not %s", revisions[1].Canonical, want)
		}
	})
}

func TestValidityFollowsFromWhatOthersDoAndFromTheDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		old := policy("旧办法", "鸢政发〔2019〕3号", "2019-01-01", "旧的。")
		save(t, s, old)
		next := policy("新办法", "鸢政发〔2026〕9号", "2026-11-20", "《旧办法》（鸢政发〔2019〕3号）同时废止。")
		next.EffectiveDate = "2027-01-01"
		save(t, s, next, model.Relation{Kind: model.Repeals, TargetNumber: "鸢政发[2019]3号", TargetTitle: "旧办法", Since: "2027-01-01"})
		for day, want := range map[model.Day][2]model.Validity{
			"2026-12-31": {model.InForce, model.Pending},
			"2027-01-01": {model.Repealed, model.InForce},
		} {
			if got := read(t, s, old.ID).ValidityOn(day); got != want[0] {
				t.Errorf("on %s the old one is %s", day, got)
			}
			if got := read(t, s, next.ID).ValidityOn(day); got != want[1] {
				t.Errorf("on %s the new one is %s", day, got)
			}
		}
		if read(t, s, old.ID).Version != 2 {
			t.Error("the old one's answer changed, its version did not")
		}
		links, err := s.Links(ctx, old.ID)
		if err != nil || len(links) != 1 || !links[0].Incoming || links[0].Policy.ID != next.ID {
			t.Errorf("what was done to the old one: %+v, %v", links, err)
		}
	})
}

func TestARelationWaitsForItsTarget(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		citing := policy("细则", "鸢民发〔2024〕2号", "2024-01-01", "根据《办法》制定。")
		save(t, s, citing, model.Relation{Kind: model.BasedOn, TargetNumber: "鸢政发〔2023〕1号", TargetTitle: "办法"})
		links, err := s.Links(ctx, citing.ID)
		if err != nil || len(links) != 1 || links[0].Policy.ID != "" || links[0].Policy.DocNumber != "鸢政发〔2023〕1号" {
			t.Fatalf("before: %+v, %v", links, err)
		}
		cited := policy("办法", "鸢政发〔2023〕1号", "2023-03-01", "正文")
		save(t, s, cited)
		if links, _ = s.Links(ctx, citing.ID); links[0].Policy.ID != cited.ID {
			t.Errorf("after: %+v", links)
		}
		if v := read(t, s, citing.ID).Version; v != 2 {
			t.Errorf("the citing one is at version %d", v)
		}
	})
}

func TestAnInterpretationIsLinkedBothWaysWhicheverComesFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		in := &model.Interpretation{Title: "解读", PublishedDate: "2023-03-02", Body: media.Structure("很简单。"),
			Questions: []model.Question{{Ask: "怎么领？", Answer: "到社区领。"}}, Policies: []model.PolicyRef{{DocNumber: "鸢政发〔2023〕1号"}}}
		err := s.InTx(ctx, func(tx *store.Tx) error {
			_, err := tx.SaveInterpretation(ctx, "i", in)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		p := policy("办法", "鸢政发〔2023〕1号", "2023-03-01", "正文")
		save(t, s, p)
		of, err := s.InterpretationsOf(ctx, p.ID)
		if err != nil || len(of) != 1 || of[0].Questions[0].Answer != "到社区领。" || of[0].Policies[0].Title != "办法" {
			t.Fatalf("%+v, %v", of, err)
		}
		rows, err := s.Policies(ctx, []string{"none", p.ID}, true)
		if err != nil || len(rows) != 1 || !rows[0].HasInterpretation || rows[0].Text != "正文" {
			t.Errorf("%+v, %v", rows, err)
		}
	})
}

func TestWhatIsTakenBackIsShownNoMore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		old, next := policy("旧办法", "鸢政发〔2019〕1号", "2019-01-01", "旧。"), policy("新办法", "鸢政发〔2024〕2号", "2024-01-01", "新。")
		save(t, s, old)
		save(t, s, next, model.Relation{Kind: model.Repeals, TargetNumber: old.DocNumber, Since: "2024-02-01"})
		explain := func(of ...model.PolicyRef) {
			t.Helper()
			if err := s.InTx(ctx, func(tx *store.Tx) error {
				_, err := tx.SaveInterpretation(ctx, "explained", &model.Interpretation{Title: "解读", Body: media.Structure("很好懂。"), Policies: of})
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		shows := func(when string, repealed model.Day, interpreted bool) {
			t.Helper()
			rows, err := s.Policies(ctx, []string{old.ID}, false)
			if err != nil || len(rows) != 1 || rows[0].Fate.RepealedOn != repealed || rows[0].HasInterpretation != interpreted {
				t.Errorf("%s: %+v, %v", when, rows, err)
			}
		}
		shows("repealed by another", "2024-02-01", false)
		explain(model.PolicyRef{DocNumber: old.DocNumber})
		shows("and explained", "2024-02-01", true)
		explain(model.PolicyRef{DocNumber: next.DocNumber})
		shows("the explanation is of another one", "2024-02-01", false)
		version := read(t, s, old.ID).Version
		next.Body = media.Structure("新，旧办法另行处理。")
		save(t, s, next)
		shows("the repeal is taken back", "", false)
		if read(t, s, old.ID).Version <= version {
			t.Error("nobody would notice")
		}
	})
}

func TestTheIndexQueueNamesEachDocumentOnceAndForgetsOnlyWhatWasRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		wake := make(chan struct{}, 1)
		s.Watch(wake)
		p := policy("办法", "鸢政发〔2023〕1号", "2023-03-01", "一")
		save(t, s, p)
		save(t, s, policy("办法", "鸢政发〔2023〕1号", "2023-03-01", "二"))
		select {
		case <-wake:
		default:
			t.Error("the worker was not woken")
		}
		queue, err := s.QueuedForIndex(ctx, 10)
		if err != nil || len(queue) != 1 {
			t.Fatalf("%+v, %v", queue, err)
		}
		save(t, s, policy("办法", "鸢政发〔2023〕1号", "2023-03-01", "三")) // while the worker is at it
		if err := s.Indexed(ctx, queue); err != nil {
			t.Fatal(err)
		}
		if queue, _ = s.QueuedForIndex(ctx, 10); len(queue) != 1 {
			t.Fatal("the change made meanwhile was forgotten")
		}
		if err := s.IndexRefused(ctx, queue, func(string) string { return "no" }); err != nil {
			t.Fatal(err)
		}
		if now, _ := s.QueuedForIndex(ctx, 10); len(now) != 0 {
			t.Error("a refused document is asked for again at once")
		}
		clock.Move(2 * time.Second)
		if later, _ := s.QueuedForIndex(ctx, 10); len(later) != 1 || later[0].Attempts != 1 {
			t.Errorf("later: %+v", later)
		}
	})
}

func TestAFailedTransactionLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		p := policy("办法", "鸢政发〔2023〕1号", "2023-03-01", "一")
		err := s.InTx(ctx, func(tx *store.Tx) error {
			if _, err := tx.SavePolicy(ctx, "x", p); err != nil {
				t.Fatal(err)
			}
			return model.ErrPolicyMissing
		})
		if err == nil {
			t.Fatal("no error")
		}
		queue, _ := s.QueuedForIndex(ctx, 10)
		if held, _ := s.Policy(ctx, p.ID); held != nil || len(queue) != 0 {
			t.Errorf("left behind: %v, %v", held, queue)
		}
	})
}

func TestTwoProcessesThatKeepPartsToThemselvesDoNotServeTogether(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		release, ok, err := s.Serve(ctx, true)
		if err != nil || !ok {
			t.Fatalf("first: %v, %v", ok, err)
		}
		if _, ok, _ := s.Serve(ctx, true); ok {
			t.Error("a second one was let in")
		}
		release()
		release, ok, _ = s.Serve(ctx, true)
		if !ok {
			t.Error("the next one was not let in")
		}
		release()
	})
}

func TestHotWordsAreCountedByDayAndShownFromEnoughOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		for _, c := range []struct {
			day    model.Day
			counts map[string]int
		}{{"2026-11-20", map[string]int{"养老": 2, "公积金": 9}}, {"2026-11-24", map[string]int{"养老": 8, "偶尔": 2}}} {
			if err := s.CountHotWords(ctx, c.day, c.counts); err != nil {
				t.Fatal(err)
			}
		}
		words, err := s.HotWords(ctx, "2026-11-15", 3, 5)
		if err != nil || len(words) != 2 || words[0].Word != "养老" || words[1].Word != "公积金" {
			t.Errorf("%v, %v", words, err)
		}
	})
}
