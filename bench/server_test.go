package bench

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"yuandu/store"
	"yuandu/store/storetest"
)

// house is the real documents imported into one set.
type house struct {
	binary      string
	environment map[string]string
	server      *server
}

// build compiles a program into the folder of the run.
func (b *bench) build(t *testing.T, name, source string) string {
	t.Helper()
	binary := filepath.Join(b.folder, name)
	out, err := exec.Command("go", "build", "-trimpath", "-o", binary, source).CombinedOutput()
	if err != nil {
		t.Fatalf("go build %s: %v\n%s", source, err, out)
	}
	return binary
}

func everything(t *testing.T) []string { return files(t, "policies/*.jsonl", "laws/*.jsonl*") }

// embeddedHouse is the embedded set with all documents.
func (b *bench) embeddedHouse(t *testing.T) *house {
	t.Helper()
	if b.embedded == nil {
		h := b.emptyHouse("embedded")
		h.imports(t, everything(t))
		b.embedded = h
	}
	return b.embedded
}

// emptyHouse is the embedded set in a new data folder.
func (b *bench) emptyHouse(name string) *house {
	return &house{binary: b.binary, environment: map[string]string{"YUANDU_DATA": filepath.Join(b.folder, name)}}
}

// productionHouse is PostgreSQL, Meilisearch and Redis with all documents, nil
// where a server is missing.
func (b *bench) productionHouse(t *testing.T) *house {
	t.Helper()
	for _, server := range []string{"POSTGRES_URL", "MEILI_URL", "REDIS_URL"} {
		if os.Getenv("YUANDU_TEST_"+server) == "" {
			fmt.Printf("SKIPPED: no YUANDU_TEST_%s: the production set is not measured\n", server)
			return nil
		}
	}
	if b.production == nil {
		h, name := b.emptyHouse("production"), "bench"+strings.ToLower(rand.Text()) // nobody else's on these servers
		maps.Copy(h.environment, map[string]string{
			"YUANDU_DATABASE_URL": storetest.EmptyPostgres(b.whole),
			"YUANDU_REDIS_URL":    os.Getenv("YUANDU_TEST_REDIS_URL"), "YUANDU_REDIS_PREFIX": name,
			"YUANDU_MEILI_URL": os.Getenv("YUANDU_TEST_MEILI_URL"), "YUANDU_MEILI_KEY": os.Getenv("YUANDU_TEST_MEILI_KEY"),
			"YUANDU_MEILI_PREFIX": name,
		})
		run := h.imports(t, everything(t))
		note("production set: imported and indexed in %.1f s", run.took.Seconds())
		b.production = h
	}
	return b.production
}

// importRun is what one import took.
type importRun struct {
	rows int
	took time.Duration
	peak int64 // resident memory, bytes
}

var rowsRead = regexp.MustCompile(`读到 (\d+) 行`)

// imports runs yuandu import to its end, its indexing included.
func (h *house) imports(t *testing.T, paths []string) importRun {
	t.Helper()
	var said bytes.Buffer
	command := h.command(append([]string{"import", "policies"}, paths...)...)
	command.Stdout, command.Stderr = &said, &said
	began := time.Now()
	must(t, command.Start())
	peak := watchPeak(command.Process.Pid)
	if err := command.Wait(); err != nil {
		t.Fatalf("yuandu import: %v\n%s", err, said.String())
	}
	run := importRun{took: time.Since(began), peak: peak()}
	for _, m := range rowsRead.FindAllStringSubmatch(said.String(), -1) {
		n, _ := strconv.Atoi(m[1])
		run.rows += n
	}
	return run
}

// watchPeak looks at the peak of a process's memory until it has ended. The
// rusage of a child would not do: Linux counts what its parent held at the fork.
func watchPeak(pid int) (peak func() int64) {
	var most int64
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			now := memory(pid, "VmHWM")
			if now == 0 {
				return
			}
			most = max(most, now)
			time.Sleep(20 * time.Millisecond)
		}
	}()
	return func() int64 { <-done; return most }
}

// memory reads a size from /proc/<pid>/status, 0 where the process is gone.
func memory(pid int, name string) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			kilobytes, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}

// command is yuandu with the house's settings and no others.
func (h *house) command(args ...string) *exec.Cmd {
	command := exec.Command(h.binary, args...)
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "YUANDU_") {
			command.Env = append(command.Env, entry)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(h.environment)) {
		command.Env = append(command.Env, name+"="+h.environment[name])
	}
	command.Env = append(command.Env, "YUANDU_ADDR=127.0.0.1:0", "YUANDU_LOG_LEVEL=info")
	return command
}

// serve starts the house, or gives the server that runs already.
func (h *house) serve(t *testing.T, b *bench) *server {
	t.Helper()
	if h.server == nil {
		h.server = start(t, h.command("serve"))
		b.whole.Cleanup(h.server.stop)
	}
	return h.server
}

// server is a running program that logs the address at which it serves.
type server struct {
	address string
	process *exec.Cmd
	once    sync.Once
}

var servingAt = regexp.MustCompile(`msg=serving address=(\S+)`)

// start starts a server and waits for its address.
func start(t *testing.T, command *exec.Cmd) *server {
	t.Helper()
	log, err := command.StderrPipe()
	must(t, err)
	must(t, command.Start())
	var said strings.Builder
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		if m := servingAt.FindStringSubmatch(lines.Text()); m != nil {
			go io.Copy(io.Discard, log)
			return &server{address: "http://" + m[1], process: command}
		}
	}
	t.Fatalf("%s did not start: %v\n%s", filepath.Base(command.Path), command.Wait(), said.String())
	return nil
}

// stop asks the server to end, as Ctrl-C does.
func (s *server) stop() {
	s.once.Do(func() {
		s.process.Process.Signal(syscall.SIGTERM)
		patience := time.AfterFunc(20*time.Second, func() { s.process.Process.Kill() })
		defer patience.Stop()
		s.process.Wait()
	})
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

// openStore opens the database of the embedded house.
func (h *house) openStore(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{File: filepath.Join(h.environment["YUANDU_DATA"], "yuandu.db"), Clock: systemClock{}})
	must(t, err)
	return s
}
