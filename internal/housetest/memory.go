package housetest

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Memory is the most that a process had resident, and the most of one that it started, in MB.
type Memory struct{ Own, Workers float64 }

// MostMemory watches a process until it ends.
func (p *Process) MostMemory() (most Memory) {
	for !p.Ended() {
		most.Own = max(most.Own, resident(p.Pid()))
		for _, pid := range children(p.Pid()) {
			most.Workers = max(most.Workers, resident(pid))
		}
		select {
		case <-p.ended:
		case <-time.After(20 * time.Millisecond):
		}
	}
	return most
}

// children are the processes that a process has started.
func children(of int) (pids []int) {
	lists, _ := filepath.Glob("/proc/" + strconv.Itoa(of) + "/task/*/children")
	for _, list := range lists {
		text, _ := os.ReadFile(list) // it may have ended
		for _, field := range strings.Fields(string(text)) {
			if pid, err := strconv.Atoi(field); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}
