package bench

import (
	"testing"
	"time"
)

// demo measures the second start of the demo and what it holds in memory.
func (b *bench) demo(t *testing.T) {
	h := b.emptyHouse("demo")
	first, running := startDemo(t, h)
	note("first start, with the sample content loaded: %.2f s", first.Seconds())
	running.stop()
	second, running := startDemo(t, h)
	defer running.stop()
	b.figure("demo: second start until it is ready", second.Seconds(), " s", "< 2")

	client, questions := newClient(), mix(t, running.address)
	for n := range 200 {
		must(t, get(client, running.address+questions[n%len(questions)].varied(n/len(questions)).path()))
	}
	note("demo: %d MB resident after 200 requests, %d MB of them its own (the rest are files that the system can drop)",
		memory(running.process.Process.Pid, "VmRSS")>>20, memory(running.process.Process.Pid, "RssAnon")>>20)
}

// startDemo starts the demo and waits for the first good answer of /readyz.
func startDemo(t *testing.T, h *house) (took time.Duration, running *server) {
	t.Helper()
	began := time.Now()
	running = start(t, h.command("demo"))
	t.Cleanup(running.stop)
	client := newClient()
	for get(client, running.address+"/readyz") != nil {
		if time.Since(began) > time.Minute {
			t.Fatal("the demo is not ready after a minute")
		}
		time.Sleep(5 * time.Millisecond)
	}
	return time.Since(began), running
}
