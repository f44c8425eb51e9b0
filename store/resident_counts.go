package store

import (
	"context"
	"fmt"
	"time"
)

// ResidentCounts are how many residents there are, in what state; never who.
type ResidentCounts struct {
	Total, SeenThisMonth, WithPhone, Minors, Withdrawn, Erased int
	Agreed                                                     map[int64]int // by version of the privacy text
}

// ResidentCounts counts residents. since is from when on they count as seen.
func (r reads) ResidentCounts(ctx context.Context, since time.Time) (*ResidentCounts, error) {
	c := &ResidentCounts{Agreed: map[int64]int{}}
	_, err := r.row(ctx, `SELECT
			coalesce(sum(CASE WHEN erased_at = 0 THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN erased_at = 0 AND seen_at >= $1 THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN phone_hash IS NOT NULL THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN erased_at > 0 THEN 1 ELSE 0 END), 0)
		FROM residents`, []any{since.UnixMilli()}, &c.Total, &c.SeenThisMonth, &c.WithPhone, &c.Erased)
	if err != nil {
		return nil, fmt.Errorf("count residents: %w", err)
	}
	latest := `FROM consents c JOIN residents r ON r.id = c.resident_id AND r.erased_at = 0
		WHERE NOT EXISTS (SELECT 1 FROM consents n WHERE n.resident_id = c.resident_id AND (n.given_at, n.id) > (c.given_at, c.id))`
	_, err = r.row(ctx, `SELECT coalesce(sum(CASE WHEN c.withdrawn_at > 0 THEN 1 ELSE 0 END), 0), coalesce(sum(c.minor), 0) `+latest,
		nil, &c.Withdrawn, &c.Minors)
	if err != nil {
		return nil, fmt.Errorf("count consents: %w", err)
	}
	_, err = collect(ctx, r, func(row scanner) (any, error) {
		var version int64
		var count int
		err := row.Scan(&version, &count)
		c.Agreed[version] = count
		return nil, err
	}, `SELECT c.privacy_version, count(*) `+latest+` AND c.withdrawn_at = 0 GROUP BY c.privacy_version`)
	if err != nil {
		return nil, fmt.Errorf("count consents: %w", err)
	}
	return c, nil
}
