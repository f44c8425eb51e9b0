package housetest

import (
	"bytes"
	"errors"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Process is a yuandu that runs.
type Process struct {
	t     testing.TB
	cmd   *exec.Cmd
	said  transcript
	ended chan struct{}
	began time.Time
}

// Start starts a command. It is killed at the end of the test if need be.
func (h *House) Start(args ...string) *Process {
	h.t.Helper()
	return start(h.t, h.command(args...))
}

// StartAs starts a command as another person; root alone can.
func (h *House) StartAs(uid uint32, args ...string) *Process {
	h.t.Helper()
	cmd := h.command(args...)
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uid, Gid: uid}
	return start(h.t, cmd)
}

func (h *House) command(args ...string) *exec.Cmd {
	cmd := exec.Command(binary, args...)
	for name, value := range h.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	// A test that is cut off takes its processes with it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd
}

func start(t testing.TB, cmd *exec.Cmd) *Process {
	t.Helper()
	p := &Process{t: t, cmd: cmd, ended: make(chan struct{}), began: time.Now()}
	cmd.Stdout, cmd.Stderr = &p.said, &p.said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		cmd.Wait() // how it ended is asked of cmd.ProcessState
	}()
	t.Cleanup(func() {
		p.Kill()
		if t.Failed() {
			t.Logf("%s said:\n%s", strings.Join(cmd.Args, " "), p.Said())
		}
	})
	return p
}

// Pid is the number that the system knows it by.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Said is all that it has said so far.
func (p *Process) Said() string { return p.said.String() }

// Wait waits for the end and tells the exit status: -1 where a signal ended it.
func (p *Process) Wait() int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.Signal(syscall.SIGQUIT) // shows where it hangs
		<-p.ended
		p.t.Fatalf("%s did not end:\n%s", p.cmd.Args, p.Said())
	}
	return p.cmd.ProcessState.ExitCode()
}

// Ended says whether it has ended.
func (p *Process) Ended() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// Signal sends a signal.
func (p *Process) Signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil && !p.Ended() && !errors.Is(err, syscall.ESRCH) {
		p.t.Log(err) // it may have ended this moment
	}
}

// Kill ends it as a power cut would.
func (p *Process) Kill() {
	if p.Ended() {
		return
	}
	p.cmd.Process.Kill()
	<-p.ended
}

// KillAfter kills it when it has run for a while, and says whether it still ran.
func (p *Process) KillAfter(running time.Duration) bool {
	select {
	case <-p.ended:
		return false
	case <-time.After(time.Until(p.began.Add(running))):
		p.Kill()
		return true
	}
}

// Await waits until it has said something and returns what the parentheses of
// the pattern hold.
func (p *Process) Await(pattern string) []string {
	p.t.Helper()
	shape := regexp.MustCompile(pattern)
	var found []string
	Eventually(p.t, "“"+pattern+"” is said", func() bool {
		ended := p.Ended() // before looking: what it said last counts
		if found = shape.FindStringSubmatch(p.Said()); found == nil && ended {
			p.t.Fatalf("%s ended with %d and never said “%s”:\n%s", p.cmd.Args, p.cmd.ProcessState.ExitCode(), pattern, p.Said())
		}
		return found != nil
	})
	return found
}

// transcript keeps what a process says.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *transcript) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(b)
}

func (w *transcript) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}
