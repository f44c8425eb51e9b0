package follow

import (
	"context"
	"slices"
	"strings"

	"yuandu/model"
	"yuandu/store"
)

// Trend is how many residents followed what over some days: in the small hours of
// each, and of the last one now.
type Trend struct {
	Days    []model.Day
	Counted model.Day // the first day that was counted; those before are made out of today's follows
	Of      []TrendOf // the most followed first
}

// TrendOf is that of one topic or department.
type TrendOf struct {
	Key, Name string
	Followers []int // on each day
}

// Count notes how many follow what today, each night.
func (s *Service) Count(ctx context.Context) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error { return tx.CountFollows(ctx, model.Today(s.clock.Now())) })
}

// Trend tells how many followed topics, or departments, in the last days. Of a day
// that was not counted it knows only those who follow it still.
func (s *Service) Trend(ctx context.Context, kind model.Kind, days int) (*Trend, error) {
	today := model.Today(s.clock.Now())
	t := &Trend{Counted: today}
	for i := range days {
		t.Days = append(t.Days, today.Add(i+1-days))
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	began, err := s.store.FollowsBegan(ctx, kind)
	if err != nil {
		return nil, err
	}
	counts, counted, err := s.store.CountedFollows(ctx, kind, t.Days[0])
	if err != nil {
		return nil, err
	}
	if len(counted) > 0 {
		t.Counted = counted[0]
	}
	for i := range counts {
		counts[i].Key = directory.Now(counts[i].Key)
	}
	of := t.madeOut(began)
	t.correct(of, counts, counted)
	for key, followers := range of {
		t.Of = append(t.Of, TrendOf{key, nameIn(directory, kind, key), followers})
	}
	slices.SortFunc(t.Of, func(a, b TrendOf) int {
		if by := b.Followers[days-1] - a.Followers[days-1]; by != 0 {
			return by
		}
		return strings.Compare(a.Key, b.Key)
	})
	return t, nil
}

// madeOut are the followers on each day of those who follow today.
func (t *Trend) madeOut(began []store.FollowCount) map[string][]int {
	of := map[string][]int{}
	last := len(t.Days) - 1
	for _, c := range began {
		if of[c.Key] == nil {
			of[c.Key] = make([]int, len(t.Days))
		}
		for i, day := range t.Days {
			if c.Day < day || i == last {
				of[c.Key][i] += c.Followers
			}
		}
	}
	return of
}

// correct puts what was counted in the place of what was made out, but for today,
// which is now.
func (t *Trend) correct(of map[string][]int, counts []store.FollowCount, counted []model.Day) {
	for i, day := range t.Days[:len(t.Days)-1] {
		if !slices.Contains(counted, day) {
			continue
		}
		for key := range of {
			of[key][i] = 0
		}
	}
	for _, c := range counts {
		if of[c.Key] == nil {
			of[c.Key] = make([]int, len(t.Days))
		}
		if i := slices.Index(t.Days, c.Day); i >= 0 && i < len(t.Days)-1 {
			of[c.Key][i] += c.Followers // of two departments, where they were merged
		}
	}
}

func nameIn(d *store.Directory, kind model.Kind, key string) string {
	switch at, topic := d.Department(key), d.Topic(key); {
	case kind == model.KindTopic && topic != nil:
		return topic.Name
	case kind == model.KindDepartment && at != nil:
		return at.Name
	}
	return key
}
