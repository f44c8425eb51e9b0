package store_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/storetest"
)

// columns lists "table.column" of every column whose name matches a pattern of
// LIKE, on either engine.
func columns(t testing.TB, shell *sql.DB, pattern string) []string {
	t.Helper()
	query := `SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE $1`
	if _, err := shell.Query(query, pattern); err != nil {
		query = `SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name LIKE $1`
	}
	rows, err := shell.Query(query, pattern)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

func TestEverySealedColumnIsSealedAnewWithANewKey(t *testing.T) {
	eachWithShell(t, func(t *testing.T, _ *store.Store, shell *sql.DB) {
		listed := store.SealedColumns()
		slices.Sort(listed)
		if there := columns(t, shell, `%_sealed`); !slices.Equal(there, listed) {
			t.Errorf("the tables have %v, Reseal knows %v", there, listed)
		}
	})
}

func TestANewKeyOpensWhatTheOldOneSealedAndTakesItOver(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			keys := storetest.Keys()
			o := store.Options{Clock: storetest.NewClock("2026-11-24"), Vault: store.NewVault(func() (*store.Keys, error) { return keys, nil })}
			if engine == "postgres" {
				o.URL = storetest.Postgres(t)
			} else {
				o.File = storetest.SQLite(t)
			}
			s, err := store.Open(ctx, o)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			fillSealed(t, s)
			rotated := storetest.Keys()
			rotated.Seals = [][]byte{bytes.Repeat([]byte{'n'}, 16), keys.Seals[0]}
			keys = rotated
			if left, err := s.SealedWithOthers(ctx); err != nil || left < 400 {
				t.Fatalf("%d values are sealed with the old key, %v", left, err)
			}
			done, err := s.Reseal(ctx, func(int) {})
			if left, _ := s.SealedWithOthers(ctx); err != nil || done < 400 || left != 0 {
				t.Errorf("%d were sealed anew, %d are left, %v", done, left, err)
			}
			only := storetest.Keys()
			only.Seals = rotated.Seals[:1]
			keys = only
			checkSealed(t, s)
		})
	}
}

// fillSealed keeps something in every sealed column.
func fillSealed(t testing.TB, s *store.Store) {
	t.Helper()
	for i := range 120 { // more than one page
		inTx(t, s, func(tx *store.Tx) error {
			r := &model.Resident{OpenID: fmt.Sprint("openid-", i), UnionID: "union", Phone: "13800001111", Name: "王芳"}
			if err := tx.SaveResident(ctx, r); err != nil {
				return err
			}
			if err := tx.KeepLetterDraft(ctx, r.ID, model.LetterAsk, "没有写完的信"); err != nil { // its key is of two columns
				return err
			}
			return tx.AddConsent(ctx, &model.Consent{ResidentID: r.ID, PrivacyVersion: 1, Minor: true, Guardian: model.Guardian{Name: "赵明", Phone: "13900001111", Relation: "father"}})
		})
	}
	inTx(t, s, func(tx *store.Tx) error {
		a := &model.Staff{Login: "wangmin", Name: "王敏"}
		if err := tx.AddStaff(ctx, a, "hash"); err != nil {
			return err
		}
		v := &model.StaffSession{StaffID: a.ID, Stage: model.StageEnrol}
		if err := tx.AddStaffSession(ctx, v, "token"); err != nil {
			return err
		}
		if err := tx.OfferFactor(ctx, v.ID, "OFFERED"); err != nil {
			return err
		}
		return tx.SetFactor(ctx, a.ID, "FACTOR")
	})
	complain(t, s)
	o := &model.Once{Scope: "staff:1", Key: "key-00000", Route: "POST /x", BodySum: "00"}
	if err := s.InTx(model.WithOnce(ctx, o), func(*store.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepAnswer(ctx, o, "answered"); err != nil {
		t.Fatal(err)
	}
}

// complain keeps what somebody wrote, and what was answered.
func complain(t testing.TB, s *store.Store) {
	t.Helper()
	now := time.UnixMilli(1_790_000_000_000)
	f := &model.Feedback{Number: "鸢馈2026-000001", Kind: model.FeedbackMistake, Text: "WORDS", State: model.FeedbackReceived,
		About: &model.FeedbackAbout{Kind: model.KindPolicy, ID: "p", Quote: "QUOTE"}, AskedAt: now, CreatedAt: now, UpdatedAt: now}
	inTx(t, s, func(tx *store.Tx) error {
		if err := tx.AddFeedback(ctx, f, model.FeedbackEvent{At: now, What: model.StepNoted, Text: "NOTE"}); err != nil {
			return err
		}
		f.Answers = []model.FeedbackAnswer{{Text: "ANSWER", Reason: "REASON", Outcome: model.OutcomeNotAccepted, AskedAt: now, At: now,
			Rating: &model.FeedbackRating{Satisfaction: 1, Text: "RATING", At: now}}}
		return tx.KeepFeedback(ctx, f)
	})
}

func checkSealed(t testing.TB, s *store.Store) {
	t.Helper()
	r, err := s.ResidentByOpenID(ctx, "openid-119")
	if err != nil || r == nil || r.OpenID != "openid-119" || r.UnionID != "union" || r.Phone != "13800001111" || r.Name != "王芳" {
		t.Fatalf("%+v, %v", r, err)
	}
	if c, err := s.Consent(ctx, r.ID); err != nil || c.Guardian.Name != "赵明" || c.Guardian.Phone != "13900001111" {
		t.Errorf("%+v, %v", c, err)
	}
	a, err := s.StaffByLogin(ctx, "wangmin")
	if err != nil {
		t.Fatal(err)
	}
	if c, err := s.Credentials(ctx, a.ID); err != nil || c.Factor != "FACTOR" {
		t.Errorf("%+v, %v", c, err)
	}
	list, _, err := s.FeedbackList(ctx, store.FeedbackFilter{Limit: 1})
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	f, err := s.Feedback(ctx, list[0].ID)
	if err != nil || f.Text != "WORDS" || f.About.Quote != "QUOTE" || f.Events[0].Text != "NOTE" || f.Latest().Text != "ANSWER" ||
		f.Latest().Reason != "REASON" || f.Latest().Rating.Text != "RATING" {
		t.Errorf("%+v, %v", f, err)
	}
	if d, err := s.Done(ctx, "staff:1", "key-00000"); err != nil || d.Answer != "answered" {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestNothingThatNamesAPersonCanBeReadInTheDatabase(t *testing.T) {
	o := store.Options{File: storetest.SQLite(t), Clock: storetest.NewClock("2026-11-24"), Vault: storetest.Vault()}
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	fillSealed(t, s)
	s.Close()
	shell, err := sql.Open("sqlite", o.File)
	if err != nil {
		t.Fatal(err)
	}
	defer shell.Close()
	for _, table := range columns(t, shell, "%") {
		name, column, _ := strings.Cut(table, ".")
		if name == "staff" { // who works here is no secret
			continue
		}
		for _, secret := range []string{"openid-1", "13800001111", "13900001111", "王芳", "赵明", "FACTOR", "answered", "WORDS", "QUOTE", "NOTE", "ANSWER", "REASON", "RATING"} {
			var hits int
			if err := shell.QueryRow(`SELECT count(*) FROM "`+name+`" WHERE instr(CAST("`+column+`" AS BLOB), CAST($1 AS BLOB)) > 0`, secret).Scan(&hits); err != nil {
				t.Fatal(err)
			}
			if hits > 0 {
				t.Errorf("%s holds %q", table, secret)
			}
		}
	}
}

func TestOneOpenIDIsOneResidentHoweverManyComeAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, _ *storetest.Clock) {
		ids := make(chan string, 8)
		for range 8 {
			go func() {
				r := &model.Resident{OpenID: "the-same"}
				if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.SaveResident(ctx, r) }); err != nil {
					t.Error(err)
				}
				ids <- r.ID
			}()
		}
		first := <-ids
		for range 7 {
			if id := <-ids; id != first {
				t.Errorf("%s and %s are the same person", id, first)
			}
		}
	})
}
