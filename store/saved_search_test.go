package store_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/store"
)

// Who follows several searches that find a document is told once, by the quickest
// of them, and a follow that rests tells nobody.
func TestWhoFollowsASearchIsFoundOnce(t *testing.T) {
	eachWithShell(t, func(t *testing.T, s *store.Store, shell *sql.DB) {
		run := func(text string) {
			t.Helper()
			if _, err := shell.Exec(text); err != nil {
				t.Fatal(err)
			}
		}
		for _, who := range []string{"ann", "bo", "cai", "dan"} {
			run(`INSERT INTO residents (id, created_at, seen_at) VALUES ('` + who + `', 0, 0)`)
		}
		change(t, s, func(tx *store.Tx) error { return tx.Announce(ctx, &model.Announcement{ID: "news"}) })
		for _, f := range []string{"'ann', 'search', 'one', 'weekly', 0", "'ann', 'search', 'two', 'daily', 0", "'ann', 'search', 'three', 'now', 1",
			"'ann', 'search', 'late', 'now', 0", "'bo', 'search', 'one', 'daily', 0", "'bo', 'search', 'two', 'daily', 0", "'cai', 'search', 'one', 'now', 1",
			"'cai', 'topic', 'two', 'now', 0", "'dan', 'search', 'none', 'now', 0"} {
			run(`INSERT INTO follows (resident_id, kind, key, pace, paused, name, followed_at) VALUES (` + f + `, '', 0)`)
		}
		found := func(ids ...string) string {
			t.Helper()
			change(t, s, func(tx *store.Tx) error { return tx.FindFollowers(ctx, "news", ids) })
			rows, err := shell.Query(`SELECT resident_id, key, pace FROM announcement_finds ORDER BY resident_id`)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			var list []string
			for rows.Next() {
				var who, key, pace string
				if err := rows.Scan(&who, &key, &pace); err != nil {
					t.Fatal(err)
				}
				list = append(list, who+" "+key+" "+pace)
			}
			return strings.Join(list, ", ")
		}
		for range 2 {
			if got := found("one", "two", "three"); got != "ann two daily, bo one daily" {
				t.Errorf("told are %s", got)
			}
		}
		if got := found("late"); got != "ann late now, bo one daily" {
			t.Errorf("with one more that is quicker: %s", got)
		}
		if got := found("one", "two"); got != "ann late now, bo one daily" {
			t.Errorf("done again: %s", got)
		}
	})
}

func change(t *testing.T, s *store.Store, do func(tx *store.Tx) error) {
	t.Helper()
	if err := s.InTx(ctx, do); err != nil {
		t.Fatal(err)
	}
}

func TestSearchesAreReadByTheirAnchors(t *testing.T) {
	eachWithShell(t, func(t *testing.T, s *store.Store, _ *sql.DB) {
		const n = 4100
		var anchors []string
		change(t, s, func(tx *store.Tx) error {
			for i := range n {
				a := &store.Anchored{SavedSearch: model.SavedSearch{ID: fmt.Sprintf("%05d", i), Text: fmt.Sprint("词", i), Filters: map[string][]string{"year": {"2026"}}},
					Anchor: fmt.Sprint("词", i%3000), Rules: "1"}
				if err := tx.KeepSearch(ctx, a); err != nil {
					return err
				}
			}
			return nil
		})
		for i := range 2999 {
			anchors = append(anchors, fmt.Sprint("词", i))
		}
		read := func(anchors []string) (ids []string) {
			t.Helper()
			err := s.SearchesAt(ctx, anchors, func(v model.SavedSearch) error {
				ids = append(ids, v.ID)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(ids)
			return ids
		}
		if all := read(anchors); len(all) != n-1 || len(slices.Compact(all)) != n-1 || slices.Contains(all, "02999") {
			t.Errorf("%d are read, of %d under those anchors", len(all), n-1)
		}
		if none := read([]string{"没有"}); len(none) != 0 {
			t.Errorf("%v", none)
		}
		if behind, err := s.SearchesBehind(ctx, "2", 10); err != nil || len(behind) != 10 || behind[0].Filters["year"][0] != "2026" {
			t.Errorf("%v, %v", behind, err)
		}
		change(t, s, func(tx *store.Tx) error {
			tx.AnchorSearch(&store.Anchored{SavedSearch: model.SavedSearch{ID: "02999"}, Anchor: "没有", Rules: "2"})
			return nil
		})
		if moved := read([]string{"没有"}); len(moved) != 1 || moved[0] != "02999" {
			t.Errorf("under its new anchor: %v", moved)
		}
	})
}
