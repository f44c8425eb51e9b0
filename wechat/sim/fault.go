package sim

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"
)

// Fault is something that goes wrong in calls to come.
type Fault struct {
	ID        int           `json:"id"`
	Path      string        `json:"path"`       // "" is every call
	Code      int           `json:"code"`       // answered instead
	Status    int           `json:"status"`     // of HTTP; 0 is 200
	Body      string        `json:"body"`       // answered instead: nonsense
	Delay     time.Duration `json:"delay"`      // before the work, in nanoseconds
	Cut       bool          `json:"cut"`        // the connection ends without an answer
	AfterWork bool          `json:"after_work"` // what was asked is done all the same
	Times     int           `json:"times"`      // 0 is until it is mended
	Share     float64       `json:"share"`      // of the calls, by chance; 0 is all of them

	// Reached is told of each call that comes, and Gate holds it until it is
	// closed.
	Reached chan<- struct{} `json:"-"`
	Gate    <-chan struct{} `json:"-"`
}

// Break makes calls fail, each Times times, in the order in which the faults
// were made.
func (s *Sim) Break(f Fault) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faultID++
	f.ID = s.faultID
	s.faults = append(s.faults, &f)
	return f.ID
}

// Mend takes faults away: the one with the id, or all for 0.
func (s *Sim) Mend(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = slices.DeleteFunc(s.faults, func(f *Fault) bool { return id == 0 || f.ID == id })
}

// Faults lists what will go wrong.
func (s *Sim) Faults() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Fault, 0, len(s.faults))
	for _, f := range s.faults {
		list = append(list, *f)
	}
	return list
}

// takeFault is the first one for a path, used once. Without one it is a fault
// that does nothing.
func (s *Sim) takeFault(path string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if f.Path != "" && f.Path != path || f.Share > 0 && rand.Float64() >= f.Share {
			continue
		}
		taken := *f
		if f.Times == 1 {
			s.faults = slices.Delete(s.faults, i, i+1)
		} else if f.Times > 1 {
			f.Times--
		}
		return &taken
	}
	return &Fault{}
}

func (f *Fault) wait(ctx context.Context) {
	if f.Reached != nil {
		f.Reached <- struct{}{}
	}
	if f.Gate != nil {
		select {
		case <-f.Gate:
		case <-ctx.Done():
		}
	}
	if f.Delay > 0 {
		select {
		case <-time.After(f.Delay):
		case <-ctx.Done():
		}
	}
}

// change answers what the fault says, and works or not before.
func (f *Fault) change(work func(*call) answer, c *call) answer {
	instead := f.Code != 0 || f.Body != "" || f.Status != 0
	var a answer
	if !instead || f.AfterWork {
		a = work(c)
	}
	switch {
	case f.Code != 0:
		return answer{code: f.Code, detail: f.Body}
	case instead:
		return answer{raw: []byte(f.Body), mime: "text/html"}
	}
	return a
}
