package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// CountFollows notes how many residents follow each topic and each department on a
// day. Counted again, the later count stands.
func (tx *Tx) CountFollows(ctx context.Context, day model.Day) error {
	return tx.exec(ctx, "count follows", `INSERT INTO follow_counts (kind, key, day, followers)
		SELECT kind, key, CAST($1 AS TEXT), count(*) FROM follows WHERE kind IN ('topic', 'department') GROUP BY kind, key
		UNION ALL SELECT '', '', CAST($2 AS TEXT), count(*) FROM follows WHERE kind IN ('topic', 'department')
		ON CONFLICT (kind, key, day) DO UPDATE SET followers = excluded.followers`, day, day)
}

// FollowCount is how many residents followed something on a day.
type FollowCount struct {
	Key       string
	Day       model.Day
	Followers int
}

// CountedFollows are the counts of a kind from a day on, and the days on which
// anything was counted.
func (s *Store) CountedFollows(ctx context.Context, kind model.Kind, from model.Day) (counts []FollowCount, days []model.Day, err error) {
	all, err := collect(ctx, s.reads, scanFollowCount,
		`SELECT key, day, followers FROM follow_counts WHERE kind IN ($1, '') AND day >= $2 ORDER BY day`, kind, from)
	if err != nil {
		return nil, nil, fmt.Errorf("read counts of follows: %w", err)
	}
	for _, c := range all {
		if c.Key == "" {
			days = append(days, c.Day)
		} else {
			counts = append(counts, c)
		}
	}
	return counts, days, nil
}

func scanFollowCount(row scanner) (c FollowCount, err error) {
	return c, row.Scan(&c.Key, &c.Day, &c.Followers)
}

// FollowsBegan counts for each thing of a kind that is followed today on which day
// its followers began.
func (s *Store) FollowsBegan(ctx context.Context, kind model.Kind) ([]FollowCount, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (c FollowCount, err error) {
		var day int
		err = row.Scan(&c.Key, &day, &c.Followers)
		c.Day = dayAt(day)
		return c, err
	}, `SELECT key, `+dayOf("followed_at")+`, count(*) FROM follows WHERE kind = $1 GROUP BY 1, 2`, kind)
	if err != nil {
		return nil, fmt.Errorf("read when follows began: %w", err)
	}
	return list, nil
}
