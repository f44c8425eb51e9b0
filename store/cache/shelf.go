package cache

import (
	"container/list"
	"time"
)

// shelf keeps things until their time, and never more than fit in its room:
// the one put there longest ago makes way.
type shelf struct {
	room, used int
	things     map[string]*thing
	order      *list.List // of *thing, the one put longest ago in front
}

type thing struct {
	key   string
	value []byte
	until time.Time
	place *list.Element
}

// housekeeping is about what a thing costs beside its key and value: itself,
// its place in the order and in the map.
const housekeeping = 200

func (t *thing) size() int { return housekeeping + len(t.key) + len(t.value) }

func newShelf(room int) *shelf {
	return &shelf{room: room, things: map[string]*thing{}, order: list.New()}
}

// find returns the thing under key unless its time is over at now.
func (s *shelf) find(key string, now time.Time) *thing {
	if t := s.things[key]; t != nil && t.until.After(now) {
		return t
	}
	return nil
}

func (s *shelf) put(t *thing) {
	if before := s.things[t.key]; before != nil {
		s.drop(before)
	}
	if t.size() > s.room {
		return
	}
	for s.used > s.room-t.size() {
		s.drop(s.order.Front().Value.(*thing))
	}
	t.place = s.order.PushBack(t)
	s.things[t.key] = t
	s.used += t.size()
}

func (s *shelf) drop(t *thing) {
	s.order.Remove(t.place)
	delete(s.things, t.key)
	s.used -= t.size()
}

// swept returns a new shelf with what still lives at now: a map gives back no
// memory when its keys are deleted.
func (s *shelf) swept(now time.Time) *shelf {
	live := newShelf(s.room)
	for e := s.order.Front(); e != nil; e = e.Next() {
		if t := e.Value.(*thing); t.until.After(now) {
			live.put(t)
		}
	}
	return live
}
