package soak

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/internal/housetest"
	"yuandu/model"
	"yuandu/service/audit"
	"yuandu/store"
	"yuandu/store/storetest"
)

// trail is a database of its own, and a shell to it that knows nothing of the
// house.
type trail struct {
	store *store.Store
	shell *sql.DB
}

func openTrail(t *testing.T, engine string) trail {
	t.Helper()
	o := store.Options{Clock: realClock{}, Vault: storetest.Vault()}
	driver, address := "sqlite", storetest.SQLite(t)
	if engine == "postgres" {
		driver, address = "pgx", storetest.Postgres(t)
		o.URL = address
	} else {
		o.File = address
		address = "file:" + address + "?_pragma=busy_timeout(20000)"
	}
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	shell, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shell.Close(); s.Close() })
	return trail{s, shell}
}

var engines = []string{"sqlite", "postgres"}

// auditBesideNone writes with a line of the trail and without, in turn, and
// compares the rates. What the trail takes to be sealed is part of it.
func auditBesideNone(t *testing.T) {
	for _, engine := range engines {
		for _, writers := range []int{1, 8} {
			d := openTrail(t, engine)
			resident := model.Resident{OpenID: "somebody"}
			if err := d.store.InTx(ctx, func(tx *store.Tx) error { return tx.SaveResident(ctx, &resident) }); err != nil {
				t.Fatal(err)
			}
			var with, without []float64
			for range rounds { // in turn, so that whatever else the machine does meets both
				without = append(without, d.writes(t, writers, resident.ID, false))
				with = append(with, d.writes(t, writers, resident.ID, true))
			}
			fmt.Printf("note: %s, %d writers: %.0f writes/s with the chain, %.0f without\n", engine, writers, median(with), median(without))
			reckon(t, figureOf{fmt.Sprintf("writes with the chain ÷ without, %s, %d writers", engine, writers), median(with) / median(without), 0.8, atLeast})
		}
	}
}

// How often and how long it is written each way.
const (
	rounds = 20
	round  = time.Second
)

// writes is how many transactions a second some writers get done: a session of
// a resident each, with or without its line of the trail. The sealer works
// beside them, as it does in a house, and what it leaves is waited for.
func (d trail) writes(t *testing.T, writers int, resident string, audited bool) float64 {
	var all, sealer sync.WaitGroup
	counts := make([]int, writers)
	house, close := context.WithCancel(ctx)
	defer close()
	began := time.Now()
	if audited {
		sealer.Go(func() {
			audit.New(d.store, realClock{}, slog.New(slog.DiscardHandler), filepath.Join(t.TempDir(), "head")).Run(house)
		})
	}
	for w := range writers {
		all.Go(func() {
			for time.Since(began) < round && d.write(t, resident, audited) {
				counts[w]++
			}
		})
	}
	all.Wait()
	close()
	sealer.Wait()
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return float64(sum) / time.Since(began).Seconds()
}

// write is the least that a resident's request writes, its key and one row;
// false where it could not be.
func (d trail) write(t *testing.T, resident string, audited bool) bool {
	once := &model.Once{Scope: resident, Key: store.NewID(), Route: "POST /api/v1/session", BodySum: strings.Repeat("0", 64)}
	ctx := model.WithOnce(ctx, once)
	err := d.store.InTx(ctx, func(tx *store.Tx) error {
		now := time.Now()
		v := &model.ResidentSession{ResidentID: resident, Device: "手机", CreatedAt: now, SeenAt: now, ExpiresAt: now}
		if err := tx.AddResidentSession(ctx, v, store.NewID()); err != nil || !audited {
			return err
		}
		return tx.Audit(ctx, model.Actor{Kind: model.AResident, ID: resident, Session: v.ID},
			model.AuditEntry{Act: "resident.signed_in", Object: model.Ref{Kind: "resident", ID: resident}})
	})
	if err != nil {
		t.Error(err)
	}
	return err == nil
}

func median(list []float64) float64 {
	list = slices.Clone(list)
	slices.Sort(list)
	return list[len(list)/2]
}

const (
	trailLines  = 40_000
	byteChanges = 1000
	linesGone   = 100
	tailsCut    = 10
)

// tampering changes a byte, takes a line away and cuts a tail, each many times,
// and looks whether verify names the place.
func tampering(t *testing.T) {
	for _, engine := range engines {
		big := openTrail(t, engine)
		big.fill(t, trailLines)
		began := time.Now()
		if found := big.verify(t, model.AuditHead{}); found != nil {
			t.Fatal(found)
		}
		reckon(t, figureOf{"lines verified a second, " + engine, trailLines / time.Since(began).Seconds(), 20_000, atLeast})

		d := openTrail(t, engine)
		growth := d.sealingBehind(t, 500)
		growth = big.sealingBehind(t, 500) / growth
		reckon(t, figureOf{fmt.Sprintf("sealing behind %d lines ÷ behind 500, %s", trailLines, engine), growth, 1.5, atMost})

		d = openTrail(t, engine)
		head := d.fill(t, 500)
		dice := housetest.Dice(t)
		changed, gone, cut := 0, 0, 0
		for range byteChanges {
			changed += d.changeAByte(t, dice, head)
		}
		for range linesGone {
			seq := 1 + dice.IntN(500)
			gone += d.without(t, head, "audit", fmt.Sprintf("n = %d", seq), fmt.Sprint("lines_missing ", seq))
		}
		for range tailsCut {
			seq := 1 + dice.IntN(500)
			cut += d.without(t, head, "audit_chain", fmt.Sprintf("seq >= %d", seq), fmt.Sprint("tail_cut ", seq))
		}
		reckon(t, figureOf{"changes of one byte found, " + engine, float64(changed), byteChanges, atLeast},
			figureOf{"lines removed found, " + engine, float64(gone), linesGone, atLeast},
			figureOf{"tails cut found, " + engine, float64(cut), tailsCut, atLeast})
	}
}

// sealingBehind is how long it takes to seal 500 lines, the median of ten times,
// behind as many lines more as are given.
func (d trail) sealingBehind(t *testing.T, lines int) float64 {
	t.Helper()
	var took []float64
	d.fill(t, lines)
	for range 10 {
		d.write500(t)
		began := time.Now()
		d.seal(t)
		took = append(took, time.Since(began).Seconds())
	}
	return median(took)
}

// fill writes lines and seals them all.
func (d trail) fill(t *testing.T, lines int) (head model.AuditHead) {
	t.Helper()
	for done := 0; done < lines; done += 500 {
		d.write500(t)
		head = d.seal(t)
	}
	return head
}

func (d trail) write500(t *testing.T) {
	t.Helper()
	err := d.store.InTx(ctx, func(tx *store.Tx) error {
		for i := range 500 {
			err := tx.Audit(ctx, model.Actor{Kind: model.AStaff, ID: store.NewID(), Session: store.NewID(), Address: "198.51.100.7", Request: store.NewID()},
				model.AuditEntry{Act: "staff.edited", Object: model.Ref{Kind: "staff", ID: store.NewID()}, Details: map[string]int{"line": i}})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (d trail) seal(t *testing.T) model.AuditHead {
	t.Helper()
	head, _, err := d.store.SealAudit(ctx, false)
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func (d trail) verify(t *testing.T, anchor model.AuditHead) (found []string) {
	t.Helper()
	_, err := d.store.VerifyAudit(ctx, storetest.Keys().Audit, anchor, func(b store.Break) { found = append(found, fmt.Sprint(b.What, " ", b.Seq)) })
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var auditColumns = []string{"id", "actor_kind", "actor_id", "session_id", "address", "request", "act", "object_kind", "object_id", "details", "mac"}

// changeAByte changes a byte of a line, looks whether that line is named, and
// puts it back: 1 where it was.
func (d trail) changeAByte(t *testing.T, dice *rand.Rand, head model.AuditHead) int {
	t.Helper()
	column, seq := auditColumns[dice.IntN(len(auditColumns))], 1+dice.IntN(500)
	var was string
	if err := d.shell.QueryRow(fmt.Sprintf(`SELECT %s FROM audit WHERE n = %d`, column, seq)).Scan(&was); err != nil {
		t.Fatal(err)
	}
	at := dice.IntN(len(was))
	other := was[:at] + string(rune('!'+(int(was[at])-'!'+1+dice.IntN(80))%90)) + was[at+1:]
	set := fmt.Sprintf(`UPDATE audit SET %s = $1 WHERE n = %d`, column, seq)
	d.exec(t, set, other)
	defer d.exec(t, set, was)
	if found := d.verify(t, head); len(found) > 0 && strings.HasSuffix(found[0], fmt.Sprint(" ", seq)) || other == was {
		return 1
	}
	t.Logf("byte %d of %s of line %d was not found", at, column, seq)
	return 0
}

// without takes lines away, looks whether the place is named, and puts them
// back: 1 where it was.
func (d trail) without(t *testing.T, head model.AuditHead, table, which, want string) int {
	t.Helper()
	d.exec(t, `CREATE TABLE aside AS SELECT * FROM `+table+` WHERE `+which)
	d.exec(t, `DELETE FROM `+table+` WHERE `+which)
	found := d.verify(t, head)
	d.exec(t, `INSERT INTO `+table+` SELECT * FROM aside`)
	d.exec(t, `DROP TABLE aside`)
	if slices.Contains(found, want) {
		return 1
	}
	t.Logf("without %s: found %v, not %s", which, found, want)
	return 0
}

func (d trail) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	if _, err := d.shell.Exec(statement, args...); err != nil {
		t.Fatal(err)
	}
}
