package store_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/store"
)

// What a list calls due is what the page of an entry says of it, for every way in which
// a policy ends and before and behind every day.
func TestWhatIsDueForReviewIsTheSameInListsAndOnPages(t *testing.T) {
	eachWithShell(t, func(t *testing.T, s *store.Store, shell *sql.DB) {
		office := &model.Department{Name: "鸢都市城管局"}
		inTx(t, s, func(tx *store.Tx) error { return tx.SaveDepartment(ctx, office) })
		days := []model.Day{"", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"}
		asked := 0
		for _, expiry := range days {
			for _, repealed := range days {
				for _, stated := range []model.Validity{"", model.Repealed} {
					p := &model.Policy{Title: fmt.Sprint("办法", asked), PublishedDate: "2020-01-01", ExpiryDate: expiry, Stated: stated}
					inTx(t, s, func(tx *store.Tx) error {
						_, err := tx.SavePolicy(ctx, "", p)
						return err
					})
					if _, err := shell.Exec(`UPDATE policies SET repealed_on = '` + string(repealed) + `' WHERE id = '` + p.ID + `'`); err != nil {
						t.Fatal(err)
					}
					asked++
					rests(t, s, office.ID, p, "2026-11-23")
				}
			}
		}
		rests(t, s, office.ID, &model.Policy{ID: "01GONE", Title: "撤回了的办法"}, "2026-11-23")
		for _, today := range []model.Day{"2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2027-05-23"} {
			all := knowledgeIDs(t, s, store.KnowledgeFilter{Limit: 1000}, func(k *model.Knowledge) bool { return len(k.Doubts(today)) > 0 })
			due := knowledgeIDs(t, s, store.KnowledgeFilter{DueOn: today, Limit: 1000}, func(*model.Knowledge) bool { return true })
			if all != due || due == "" {
				t.Errorf("on %s the list has %s, the pages %s", today, due, all)
			}
		}
	})
}

// rests keeps a current entry that rests on a policy.
func rests(t *testing.T, s *store.Store, office string, p *model.Policy, reviewed model.Day) {
	t.Helper()
	k := &model.Knowledge{DepartmentID: office, State: model.KnowledgeCurrent, Question: p.Title, Answer: "按办法办。", Months: 6, ReviewedDay: reviewed,
		Basis: []model.KnowledgeBasis{{PolicyID: p.ID, Title: p.Title}}}
	k.Plan()
	inTx(t, s, func(tx *store.Tx) error { return tx.AddKnowledge(ctx, k) })
}

func knowledgeIDs(t *testing.T, s *store.Store, f store.KnowledgeFilter, keep func(*model.Knowledge) bool) string {
	t.Helper()
	list, _, err := s.KnowledgeList(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i := range list {
		if keep(&list[i]) {
			names = append(names, list[i].Question)
		}
	}
	return strings.Join(names, " ")
}
