package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

// Audience is some residents who would be told of a change in the same way.
type Audience struct {
	Pace   model.Pace
	Wishes model.PushSettings
	Credit bool
	Sent   int // messages of the day to each of them
	People int
}

// Audiences counts who follows one of some things, or one of some saved searches:
// and who said something to a consultation: each once, with the quickest of their paces,
// as Followers lists them.
func (s *Store) Audiences(ctx context.Context, touches []model.Touch, searches []string, purpose model.Purpose, since time.Time) ([]Audience, error) {
	usual := model.UsualPush
	args := []any{purpose, since.UnixMilli(), asList(searches), usual.Quiet.From, usual.Quiet.Until, usual.Most}
	quick := quickness("f.pace")
	follows := []string{`SELECT f.resident_id, ` + quick + ` AS pace FROM follows f WHERE f.kind = 'search' AND f.paused = 0
		AND ` + s.d.among("f.key", "$3")}
	for _, t := range touches {
		if t.Kind == model.KindOwnOpinion {
			args = append(args, t.Key)
			follows = append(follows, fmt.Sprintf(`SELECT o.resident_id, 0 FROM opinions o WHERE o.consultation_id = $%d AND o.resident_id IS NOT NULL`, len(args)))
			continue
		}
		args = append(args, t.Kind, t.Key)
		follows = append(follows, fmt.Sprintf(`SELECT f.resident_id, %s FROM follows f WHERE f.kind = $%d AND f.key = $%d AND f.paused = 0`,
			quick, len(args)-1, len(args)))
	}
	list, err := collect(ctx, s.reads, scanAudience, `SELECT w.pace, w.quiet_from, w.quiet_until, w.most, w.muted_at, w.credit, w.sent, count(*) FROM (
			SELECT f.pace, coalesce(p.quiet_from, CAST($4 AS BIGINT)) AS quiet_from, coalesce(p.quiet_until, CAST($5 AS BIGINT)) AS quiet_until,
				coalesce(p.most, CAST($6 AS BIGINT)) AS most, CASE WHEN coalesce(p.muted_at, 0) = 0 THEN 0 ELSE 1 END AS muted_at,
				CASE WHEN EXISTS (SELECT 1 FROM credits WHERE resident_id = f.resident_id AND template = $1 AND `+creditHeld+`) THEN 1 ELSE 0 END AS credit,
				(SELECT count(*) FROM deliveries d WHERE d.resident_id = f.resident_id AND d.created_at >= $2 AND `+deliveryCounts+`) AS sent
			FROM (SELECT f.resident_id, min(f.pace) AS pace FROM (`+strings.Join(follows, ` UNION ALL `)+`) f GROUP BY f.resident_id) f
			LEFT JOIN push_settings p ON p.resident_id = f.resident_id) w
		GROUP BY w.pace, w.quiet_from, w.quiet_until, w.most, w.muted_at, w.credit, w.sent`, args...)
	if err != nil {
		return nil, fmt.Errorf("count who would be told: %w", err)
	}
	return list, nil
}

func scanAudience(row scanner) (a Audience, err error) {
	var pace int
	err = row.Scan(&pace, &a.Wishes.Quiet.From, &a.Wishes.Quiet.Until, &a.Wishes.Most, ifAny{&a.Wishes.MutedAt}, &a.Credit, &a.Sent, &a.People)
	a.Pace = model.Paces()[pace]
	return a, err
}
