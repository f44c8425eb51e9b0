package store_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // tampers as somebody with a database shell would
	_ "modernc.org/sqlite"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/storetest"
)

// eachWithShell runs a test on every engine, with a shell to the same database
// that knows nothing of the house.
func eachWithShell(t *testing.T, test func(t *testing.T, s *store.Store, shell *sql.DB)) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			o := store.Options{Clock: storetest.NewClock("2026-11-24"), Vault: storetest.Vault()}
			driver, address := "sqlite", storetest.SQLite(t)
			if engine == "postgres" {
				driver, address = "pgx", storetest.Postgres(t)
				o.URL = address
			} else {
				o.File = address
			}
			s, err := store.Open(ctx, o)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			shell, err := sql.Open(driver, address)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { shell.Close() })
			test(t, s, shell)
		})
	}
}

// act writes lines of the trail, a few to a transaction.
func act(t testing.TB, s *store.Store, lines int) {
	t.Helper()
	by := model.Actor{Kind: model.AStaff, ID: "01STAFF", Session: "01SESSION", Address: "198.51.100.7", Request: "01REQUEST"}
	for done := 0; done < lines; done += 3 {
		inTx(t, s, func(tx *store.Tx) error {
			for i := range min(3, lines-done) {
				err := tx.Audit(ctx, by, model.AuditEntry{Act: "staff.edited", Object: model.Ref{Kind: "staff", ID: fmt.Sprint("01OTHER", done+i)},
					Details: map[string]int{"line": done + i}})
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func inTx(t testing.TB, s *store.Store, do func(*store.Tx) error) {
	t.Helper()
	if err := s.InTx(ctx, do); err != nil {
		t.Fatal(err)
	}
}

// sealAll seals until nothing waits, and gives the head.
func sealAll(t testing.TB, s *store.Store) model.AuditHead {
	t.Helper()
	for {
		head, sealed, err := s.SealAudit(ctx, false)
		if err != nil {
			t.Fatal(err)
		}
		if sealed < store.SealPage {
			return head
		}
	}
}

// breaks verifies the trail and lists what does not hold, as "what seq".
func breaks(t testing.TB, s *store.Store, anchor model.AuditHead) (found []string) {
	t.Helper()
	_, err := s.VerifyAudit(ctx, storetest.Keys().Audit, anchor, func(b store.Break) { found = append(found, fmt.Sprint(b.What, " ", b.Seq)) })
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func mustExec(t testing.TB, shell *sql.DB, statement string, args ...any) {
	t.Helper()
	r, err := shell.Exec(statement, args...)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("%s changed nothing (%v)", statement, err)
	}
}

func TestATrailThatNobodyTouchedHolds(t *testing.T) {
	eachWithShell(t, func(t *testing.T, s *store.Store, _ *sql.DB) {
		act(t, s, 1201) // more than one page of sealing
		head := sealAll(t, s)
		if head.Seq != 1201 {
			t.Fatalf("%d lines are sealed", head.Seq)
		}
		act(t, s, 2) // and some that wait
		v, err := s.VerifyAudit(ctx, storetest.Keys().Audit, head, func(b store.Break) { t.Error(b) })
		if err != nil || v.Lines != 1201 || v.Waiting != 2 || v.Head != head {
			t.Errorf("%+v, %v", v, err)
		}
		if again := sealAll(t, s); again.Seq != 1203 {
			t.Errorf("the chain ends at %d", again.Seq)
		}
		if found := breaks(t, s, head); found != nil {
			t.Errorf("an older head is part of the chain, but %v", found)
		}
	})
}

func TestEveryTamperingIsFoundAndNamed(t *testing.T) {
	for _, story := range []struct {
		name, statement string
		found           []string
	}{
		{"another word in the details", `UPDATE audit SET details = '{"line":77}' WHERE n = 5`, []string{"line_changed 5"}},
		{"somebody else did it", `UPDATE audit SET actor_id = '01INNOCENT' WHERE n = 6`, []string{"line_changed 6"}},
		{"it was another day", `UPDATE audit SET at = at + 86400000 WHERE n = 7`, []string{"line_changed 7"}},
		{"it came from elsewhere", `UPDATE audit SET address = '' WHERE n = 1`, []string{"line_changed 1"}},
		{"one line is gone", `DELETE FROM audit WHERE n = 8`, []string{"lines_missing 8"}},
		{"and its place with it", `DELETE FROM audit_chain WHERE seq = 8`, []string{"lines_missing 8"}},
		{"several are gone", `DELETE FROM audit WHERE n BETWEEN 3 AND 5`, []string{"lines_missing 3", "lines_missing 4", "lines_missing 5"}},
		{"the first is gone", `DELETE FROM audit WHERE n = 1`, []string{"lines_missing 1"}},
		{"the last lines are gone", `DELETE FROM audit WHERE n > 10`, []string{"lines_missing 11", "lines_missing 12"}},
		{"the tail of the chain is gone", `DELETE FROM audit_chain WHERE seq > 9`, []string{"tail_cut 10"}},
		{"all of the chain is gone", `DELETE FROM audit_chain`, []string{"tail_cut 1"}},
		{"two lines were put behind all others", `UPDATE audit SET n = n + 1000 WHERE n IN (4, 5)`, []string{"lines_missing 4", "lines_missing 5"}},
		{"two places have changed lines", `UPDATE audit_chain SET n = -n WHERE seq IN (4, 5)`, []string{"lines_missing 4", "lines_missing 5"}},
		{"a line hides from who looks for its actor", `UPDATE audit_chain SET actor_id = '' WHERE seq = 6`, []string{"line_unlinked 6"}},
		{"a link was replaced", `UPDATE audit_chain SET link = 'c0ffee' WHERE seq = 6`, []string{"line_unlinked 6", "line_unlinked 7"}},
		{"the last link was replaced", `UPDATE audit_chain SET link = 'c0ffee' WHERE seq = 12`, []string{"line_unlinked 12", "head_differs 12", "head_row_changed 12"}},
		{"the note of the end was turned back", `UPDATE audit_head SET seq = 4`, []string{"head_row_changed 4"}},
		{"a line was made up", `INSERT INTO audit (id, at, actor_kind, actor_id, session_id, address, request, act, object_kind, object_id, details, mac)
			VALUES ('01FALSE', 1, 'staff', '01STAFF', '', '', '', 'staff.granted', 'staff', '01OTHER', '', 'c0ffee')`, []string{"line_changed 0"}},
	} {
		t.Run(story.name, func(t *testing.T) {
			eachWithShell(t, func(t *testing.T, s *store.Store, shell *sql.DB) {
				act(t, s, 12)
				head := sealAll(t, s)
				mustExec(t, shell, story.statement)
				if found := breaks(t, s, head); !slices.Equal(found, story.found) {
					t.Errorf("found %v, want %v", found, story.found)
				}
			})
		})
	}
}

func TestATailCutTogetherWithTheNoteOfTheEndIsFoundByTheHeadOutside(t *testing.T) {
	eachWithShell(t, func(t *testing.T, s *store.Store, shell *sql.DB) {
		act(t, s, 12)
		head := sealAll(t, s)
		mustExec(t, shell, `DELETE FROM audit WHERE n > 9`)
		mustExec(t, shell, `DELETE FROM audit_chain WHERE seq > 9`)
		mustExec(t, shell, `UPDATE audit_head SET seq = 9, link = (SELECT link FROM audit_chain WHERE seq = 9)`)
		if found := breaks(t, s, head); !slices.Equal(found, []string{"tail_cut 10"}) {
			t.Errorf("found %v", found)
		}
		act(t, s, 5) // the house goes on over the gap
		sealAll(t, s)
		if found := breaks(t, s, head); !slices.Equal(found, []string{"head_differs 12"}) {
			t.Errorf("after it was grown over: %v", found)
		}
	})
}

func TestAnyByteOfAnyLineIsCovered(t *testing.T) {
	columns := []string{"id", "actor_kind", "actor_id", "session_id", "address", "request", "act", "object_kind", "object_id", "details", "mac"}
	eachWithShell(t, func(t *testing.T, s *store.Store, shell *sql.DB) {
		act(t, s, 40)
		head := sealAll(t, s)
		dice := rand.New(rand.NewPCG(4, 4))
		for range 60 {
			column, n := columns[dice.IntN(len(columns))], 1+dice.IntN(40)
			var was string
			if err := shell.QueryRow(fmt.Sprintf(`SELECT %s FROM audit WHERE n = %d`, column, n)).Scan(&was); err != nil {
				t.Fatal(err)
			}
			at := dice.IntN(len(was))
			changed := was[:at] + string(rune('!'+(int(was[at])-'!'+1)%90)) + was[at+1:]
			set := fmt.Sprintf(`UPDATE audit SET %s = $1 WHERE n = %d`, column, n)
			mustExec(t, shell, set, changed)
			found := breaks(t, s, head)
			if len(found) == 0 || !strings.HasSuffix(found[0], fmt.Sprint(" ", n)) {
				t.Errorf("byte %d of %s of line %d was changed: found %v", at, column, n, found)
			}
			mustExec(t, shell, set, was)
		}
		if found := breaks(t, s, head); found != nil {
			t.Errorf("all is as it was, but %v", found)
		}
	})
}

func TestALineThatWasPassedOverIsSealedInTheNight(t *testing.T) {
	eachWithShell(t, func(t *testing.T, s *store.Store, shell *sql.DB) {
		act(t, s, 5)
		sealAll(t, s)
		mustExec(t, shell, `UPDATE audit SET n = 100000 WHERE n = 5`) // as if its number had been taken long before
		mustExec(t, shell, `DELETE FROM audit_chain WHERE seq = 5`)
		mustExec(t, shell, `UPDATE audit_head SET seq = 4, n = 200000, link = (SELECT link FROM audit_chain WHERE seq = 4)`)
		if _, sealed, err := s.SealAudit(ctx, false); err != nil || sealed != 0 {
			t.Errorf("%d, %v", sealed, err)
		}
		if head, sealed, err := s.SealAudit(ctx, true); err != nil || sealed != 1 || head.Seq != 5 {
			t.Errorf("%+v, %d, %v", head, sealed, err)
		}
	})
}

func TestARevisionThatWasChangedIsFound(t *testing.T) {
	for _, story := range []struct{ name, statement, found string }{
		{"its text", `UPDATE revisions SET canonical = canonical || ' '`, store.RevisionChanged},
		{"its text and its sum", `UPDATE revisions SET canonical = 'x', sm3 = 'c0ffee'`, store.RevisionChanged},
		{"it is gone", `DELETE FROM revisions`, store.RevisionMissing},
		{"one was slipped in", `INSERT INTO revisions (kind, id, version, sm3, canonical, act, note, saved_at) SELECT kind, id, version + 1, sm3, canonical, act, note, saved_at FROM revisions`,
			store.RevisionUnlisted},
	} {
		t.Run(story.name, func(t *testing.T) {
			eachWithShell(t, func(t *testing.T, s *store.Store, shell *sql.DB) {
				inTx(t, s, func(tx *store.Tx) error {
					_, err := tx.SavePolicy(ctx, "one", &model.Policy{Title: "鸢都市养老服务管理办法", PublishedDate: "2023-03-01"})
					return err
				})
				head := sealAll(t, s)
				if found := breaks(t, s, head); found != nil {
					t.Fatal(found)
				}
				mustExec(t, shell, story.statement)
				if found := breaks(t, s, head); !slices.Equal(found, []string{story.found + " 0"}) {
					t.Errorf("found %v", found)
				}
			})
		})
	}
}
