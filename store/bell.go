package store

import "sync"

// bell wakes those who wait for work, in this process.
type bell struct {
	mu      sync.Mutex
	waiting []chan<- struct{}
}

// watch lets a channel know each time the bell rings. It needs room for one.
func (b *bell) watch(wake chan<- struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting = append(b.waiting, wake)
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.waiting {
		select {
		case w <- struct{}{}:
		default: // it is awake already
		}
	}
}
