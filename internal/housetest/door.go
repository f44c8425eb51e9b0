package housetest

import (
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// Door stands before a server that others use too, and can be shut: then the
// server is away for those who come through it.
type Door struct {
	t        testing.TB
	address  string // of the door
	server   string
	mu       sync.Mutex
	listener net.Listener
	open     []net.Conn
}

// Before puts a door before the server at an address and returns the address
// through it.
func Before(t testing.TB, address string) (*Door, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	d := &Door{t: t, server: u.Host, address: "127.0.0.1:0"}
	d.Open()
	t.Cleanup(d.Shut)
	u.Host = d.address
	return d, u.String()
}

// Open lets everybody in.
func (d *Door) Open() {
	d.t.Helper()
	listener, err := net.Listen("tcp", d.address)
	if err != nil {
		d.t.Fatal(err)
	}
	d.mu.Lock()
	d.listener, d.address = listener, listener.Addr().String()
	d.mu.Unlock()
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go d.lead(c)
		}
	}()
}

func (d *Door) lead(c net.Conn) {
	defer c.Close()
	s, err := net.Dial("tcp", d.server)
	if err != nil {
		return
	}
	defer s.Close()
	d.mu.Lock()
	d.open = append(d.open, c, s)
	d.mu.Unlock()
	go func() {
		io.Copy(s, c)
		s.(*net.TCPConn).CloseWrite()
	}()
	io.Copy(c, s)
}

// Shut turns everybody out and lets nobody in.
func (d *Door) Shut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.listener.Close()
	for _, c := range d.open {
		c.Close()
	}
	d.open = nil
}

// Meilisearch is a search server of one test, which can be killed.
type Meilisearch struct {
	t       testing.TB
	URL     string
	Key     string
	folder  string
	process *Process
}

// StartMeilisearch starts a server of its own, or skips the test where it is
// not installed.
func StartMeilisearch(t testing.TB) *Meilisearch {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0") // finds a free port
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	m := &Meilisearch{t: t, URL: "http://" + address, Key: "yuandu-test-key-0002", folder: t.TempDir()}
	m.Start()
	return m
}

// Start starts it on what it held before.
func (m *Meilisearch) Start() {
	m.t.Helper()
	program := filepath.Join(Root(), ".cache", "tools", "meilisearch")
	if _, err := os.Stat(program); err != nil {
		if os.Getenv("CI") == "true" {
			m.t.Fatal("no Meilisearch: scripts/servers.sh install")
		}
		m.t.Skip("SKIPPED: no Meilisearch of its own (scripts/servers.sh install)")
	}
	cmd := exec.Command(program, "--http-addr", strings.TrimPrefix(m.URL, "http://"), "--master-key", m.Key,
		"--no-analytics", "--log-level", "WARN", "--max-indexing-memory", "1GiB", "--db-path", filepath.Join(m.folder, "data"),
		"--dump-dir", filepath.Join(m.folder, "dumps"), "--snapshot-dir", filepath.Join(m.folder, "snapshots"))
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	m.process = start(m.t, cmd)
	Eventually(m.t, "Meilisearch answers", func() bool {
		status, _ := get(m.URL + "/health")
		return status == 200
	})
}

// Kill ends it as a power cut would.
func (m *Meilisearch) Kill() { m.process.Kill() }
