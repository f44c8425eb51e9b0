package soak

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the bare insert

	"yuandu/internal/housetest"
)

const (
	signInsASecond = 50
	signInFor      = time.Minute
)

// residentsByTheSecond lets fifty residents sign in each second, beside a bare
// insert into a database of the same kind at the same pace.
func residentsByTheSecond(t *testing.T) {
	wechat, h := housetest.Embedded(t).BehindProxy().WeChat()
	s := h.Serve()
	tellPrivacy(t, found(t, h, s.Address))
	for i := range 20 {
		settle(t, wechat, s.Address, fmt.Sprint("居民", i))
	}
	bare := bareInsert(t)
	var mu sync.Mutex
	var took, plain []time.Duration
	var refused atomic.Int64
	var all sync.WaitGroup
	beat := time.NewTicker(time.Second / signInsASecond)
	defer beat.Stop()
	for i := 0; i < signInsASecond*int(signInFor.Seconds()); i++ {
		<-beat.C
		all.Go(func() {
			code := wechat.LoginCode(fmt.Sprint("居民", i%20))
			v := visit(t, s.Address)
			began := time.Now()
			if a := v.Send("POST /api/v1/login", map[string]string{"code": code}); a.StatusCode != 200 {
				refused.Add(1)
			}
			mine := time.Since(began)
			began = time.Now()
			bare(i)
			mu.Lock()
			took, plain = append(took, mine), append(plain, time.Since(began))
			mu.Unlock()
		})
	}
	all.Wait()
	fmt.Printf("note: sign-in p50 %v, p99 %v; a bare insert p50 %v, p99 %v\n", quantile(took, .5), quantile(took, .99), quantile(plain, .5), quantile(plain, .99))
	reckon(t, figureOf{"sign-ins refused, of 3,000 in a minute", float64(refused.Load()), 0, atMost},
		figureOf{"p99 of a sign-in in milliseconds, beside a bare insert of " + quantile(plain, .99).String(), float64(quantile(took, .99).Milliseconds()), 250, atMost})
}

// bareInsert inserts a row into a table, as durably as the house does.
func bareInsert(t *testing.T) func(i int) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "bare.db")+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE sessions (id TEXT PRIMARY KEY, token TEXT, at INTEGER)`); err != nil {
		t.Fatal(err)
	}
	return func(i int) {
		if _, err := db.Exec(`INSERT INTO sessions VALUES ($1, $2, $3)`, fmt.Sprint(i), fmt.Sprint("token", i), i); err != nil {
			t.Error(err)
		}
	}
}

func quantile(list []time.Duration, q float64) time.Duration {
	list = slices.Clone(list)
	slices.Sort(list)
	return list[int(q*float64(len(list)-1))].Round(10 * time.Microsecond)
}

const guesses = 200

// wrongPasswordsAtOnce sends two hundred wrong passwords at once and looks how
// much memory that took.
func wrongPasswordsAtOnce(t *testing.T) {
	h := housetest.Embedded(t).BehindProxy()
	s := h.Serve()
	visit(t, s.Address).Send("POST /admin/v1/sign-in", map[string]string{"login": "nobody", "password": "guess"})
	before := peak(t, s.Pid())
	var all sync.WaitGroup
	counts := map[int]int{}
	var mu sync.Mutex
	for i := range guesses {
		all.Go(func() {
			a := visit(t, s.Address).Send("POST /admin/v1/sign-in", map[string]string{"login": fmt.Sprint("nobody", i), "password": "guess"})
			mu.Lock()
			counts[a.StatusCode]++
			mu.Unlock()
		})
	}
	all.Wait()
	fmt.Printf("note: 200 wrong sign-ins at once were answered %v\n", counts)
	reckon(t, figureOf{"megabytes that 200 wrong sign-ins at once took, garbage and all", float64(peak(t, s.Pid())-before) / 1024, 256, atMost},
		figureOf{"of them answered by a fault", float64(counts[500]), 0, atMost})
}

var peakShape = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peak is the most memory that a process ever held, in KiB.
func peak(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	kb, err := strconv.Atoi(peakShape.FindStringSubmatch(string(text))[1])
	if err != nil {
		t.Fatal(err)
	}
	return kb
}
