package housetest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// meter looks at what serving processes take.
type meter struct {
	servers    []*Server
	idle, most []float64 // MB
	began      map[string]float64
}

func newMeter(servers []*Server) *meter {
	m := &meter{servers: servers, began: cpu(servers)}
	for _, s := range servers {
		m.idle = append(m.idle, resident(s.Pid()))
	}
	m.most = slices.Clone(m.idle)
	return m
}

func (m *meter) look() {
	for i, s := range m.servers {
		m.most[i] = max(m.most[i], resident(s.Pid()))
	}
}

func (m *meter) memory() (most float64) {
	for i := range m.servers {
		most = max(most, m.most[i]-m.idle[i])
	}
	return most
}

// shares says whose CPU time it was.
func (m *meter) shares() string {
	now, all := cpu(m.servers), 0.0
	for who := range now {
		now[who] -= m.began[who]
		all += now[who]
	}
	said := "CPU:"
	for _, who := range []string{"house", "postgres", "redis", "simulator and test"} {
		said += fmt.Sprintf(" %s %.0f %% (%.1f s)", who, 100*now[who]/all, now[who]/100)
	}
	return said
}

// resident is the memory of a process, in MB.
func resident(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	fields := strings.Fields(string(text))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseFloat(fields[1], 64)
	return pages * float64(os.Getpagesize()) / (1 << 20)
}

// cpu is the time that the processors gave to each, in ticks. Servers of other tests
// count as those of this one.
func cpu(servers []*Server) map[string]float64 {
	used := map[string]float64{"simulator and test": ticks(strconv.Itoa(os.Getpid()), "")}
	for _, s := range servers {
		used["house"] += ticks(strconv.Itoa(s.Pid()), "")
	}
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, process := range all {
		used["postgres"] += ticks(filepath.Base(process), "(postgres")
		used["redis"] += ticks(filepath.Base(process), "(redis")
	}
	return used
}

// ticks are those of a process whose name begins in a way, with its children that
// have ended.
func ticks(pid, name string) (n float64) {
	text, err := os.ReadFile("/proc/" + pid + "/stat")
	_, called, _ := strings.Cut(string(text), " ")
	at := strings.LastIndexByte(called, ')')
	if err != nil || at < 0 || !strings.HasPrefix(called, name) {
		return 0
	}
	fields := strings.Fields(called[at+1:])
	for _, field := range fields[11:13] {
		spent, _ := strconv.ParseFloat(field, 64)
		n += spent
	}
	return n
}
