package letter

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"yuandu/model"
	"yuandu/store/cache"
)

// PresentFor is how long somebody counts as being at a letter after the last sign of
// it: two signs may be lost on the way.
const PresentFor = 40 * time.Second

// MeetBy has staff see who else is at a letter: c knows it, and may forget it.
func (s *Service) MeetBy(c cache.Cache) { s.cache = c }

// Visit is a sign that somebody is at a letter.
type Visit struct {
	Writing bool // the reply
	Leaving bool
}

// Colleague is somebody else who is at a letter.
type Colleague struct {
	ID, Name, DepartmentID string
	Writing                bool
	Since                  time.Time
}

// seat is what the cache knows of somebody at a letter.
type seat struct {
	Staff   string    `json:"staff"`
	Writing bool      `json:"writing"`
	Since   time.Time `json:"since"`
	Seen    time.Time `json:"seen"`
}

// Company notes that somebody is at a letter, and tells who else is. It says nothing of
// anybody while the cache is away: what two of them write is guarded by the version.
func (s *Service) Company(ctx context.Context, by model.Actor, id string, v Visit) ([]Colleague, error) {
	if _, err := s.Get(ctx, by, id); err != nil || s.cache == nil {
		return nil, err
	}
	var list []Colleague
	for _, other := range s.sit(ctx, by.ID, "letter.present:"+id, v) {
		found, err := s.store.Staff(ctx, other.Staff)
		if err != nil {
			return nil, err
		}
		if found != nil && !found.IsClosed() {
			list = append(list, Colleague{found.ID, found.Name, officeOf(found), other.Writing, other.Since})
		}
	}
	return list, nil
}

// officeOf is where somebody works: by the account, or else by the first role in an
// office.
func officeOf(s *model.Staff) string {
	if s.DepartmentID != "" {
		return s.DepartmentID
	}
	for _, g := range s.Grants {
		if g.DepartmentID != "" {
			return g.DepartmentID
		}
	}
	return ""
}

// sit takes a seat, or gets up, and tells of the others. Whoever finds somebody else
// taking one at this moment tries again with the next sign.
func (s *Service) sit(ctx context.Context, staffID, key string, v Visit) []seat {
	lock, free, err := s.cache.Lock(ctx, key, time.Second)
	if err != nil {
		return nil
	}
	defer lock.Unlock()
	now := s.clock.Now()
	mine, others := seat{Staff: staffID, Since: now}, []seat{}
	for _, x := range s.seats(ctx, key) {
		switch {
		case !now.Before(x.Seen.Add(PresentFor)):
		case x.Staff == staffID:
			mine = x
		default:
			others = append(others, x)
		}
	}
	if !free {
		return others
	}
	mine.Writing, mine.Seen = v.Writing, now
	all := slices.Clone(others)
	if !v.Leaving {
		all = append(all, mine)
	}
	if kept, err := json.Marshal(all); err == nil {
		_ = s.cache.Set(ctx, key, kept, PresentFor)
	}
	return others
}

func (s *Service) seats(ctx context.Context, key string) (list []seat) {
	kept, there, err := s.cache.Get(ctx, key)
	if err != nil || !there || json.Unmarshal(kept, &list) != nil {
		return nil
	}
	return list
}
