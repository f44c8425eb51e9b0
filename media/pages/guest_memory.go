package pages

import "github.com/tetratelabs/wazero/experimental"

// guestMemory gives PDFium memory up to a limit, and never moves it: without
// one, every growth copies all there is, and a limit of 256 MB costs four times
// as much.
type guestMemory struct {
	limit   uint64
	space   []byte // reserved, written to as far as used
	used    uint64
	peak    uint64
	refused bool
}

// Allocate reserves the address space that the limit allows.
func (g *guestMemory) Allocate(_, most uint64) experimental.LinearMemory {
	g.limit = min(g.limit, most)
	g.space = reserve(g.limit)
	return g
}

// Reallocate opens more of what is reserved.
func (g *guestMemory) Reallocate(size uint64) []byte {
	if size > g.limit || size > uint64(len(g.space)) || !unlock(g.space[:size], g.used) {
		g.refused = true
		return nil
	}
	g.used, g.peak = size, max(g.peak, size)
	return g.space[:size]
}

// Free gives everything back.
func (g *guestMemory) Free() { release(g.space) }
