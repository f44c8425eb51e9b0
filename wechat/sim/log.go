package sim

import (
	"slices"
	"time"
)

// Call is a call that was made: no more of it is kept.
type Call struct {
	At   time.Time `json:"at"`
	Path string    `json:"path"`
	Code int       `json:"code"`
}

// cutCall stands for the number of a call whose connection was cut.
const cutCall = -9999

const mostCalls = 500

// note writes down that a call was answered with code.
func (s *Sim) note(c *call, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := c.path
	if s.routes[path] == nil {
		path = "（没有这个接口）" // it may hold anything
	}
	s.calls = append(s.calls, Call{s.clock.Now(), path, code})
	s.calls = s.calls[max(0, len(s.calls)-mostCalls):]
	if s.tally[path] == nil {
		s.tally[path] = map[int]int{}
	}
	s.tally[path][code]++
}

// Calls lists the last calls, the last first.
func (s *Sim) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.Clone(s.calls)
	slices.Reverse(list)
	return list
}

// Count is how often a path was called and answered with code.
func (s *Sim) Count(path string, code int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tally[path][code]
}

// Cuts is how often the connection of a call was cut.
func (s *Sim) Cuts(path string) int { return s.Count(path, cutCall) }

// Total is how often a path was called.
func (s *Sim) Total(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, times := range s.tally[path] {
		n += times
	}
	return n
}
