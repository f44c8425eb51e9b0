package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// QueueIndex says, in the transaction that changed a document, that its index
// entry is behind, and that its voice may be.
func (tx *Tx) QueueIndex(ctx context.Context, kind model.Kind, id string) error {
	tx.indexed, tx.changed = true, true
	tx.wantVoice(kind, id)
	return tx.exec(ctx, "queue for the index", `
		INSERT INTO search_outbox (kind, doc_id, queued_at) VALUES ($1, $2, $3)
		ON CONFLICT (kind, doc_id) DO UPDATE SET stamp = search_outbox.stamp + 1, attempts = 0, next_at = 0`,
		kind, id, tx.now())
}

// Queued is a document that waits for the index.
type Queued struct {
	Kind     model.Kind
	ID       string
	Stamp    int64
	Attempts int
	QueuedAt time.Time
}

// MaxIndexAttempts is how often the index may refuse a document before it is
// set aside for a person to look at.
const MaxIndexAttempts = 10

// QueuedForIndex lists what is due, the oldest first.
func (s *Store) QueuedForIndex(ctx context.Context, limit int) ([]Queued, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (q Queued, err error) {
		return q, row.Scan(&q.Kind, &q.ID, &q.Stamp, &q.Attempts, milliseconds{&q.QueuedAt})
	}, `SELECT kind, doc_id, stamp, attempts, queued_at FROM search_outbox
		WHERE next_at <= $1 AND attempts < $2 ORDER BY queued_at, kind, doc_id LIMIT $3`,
		s.clock.Now().UnixMilli(), MaxIndexAttempts, limit)
	if err != nil {
		return nil, fmt.Errorf("read index queue: %w", err)
	}
	return list, nil
}

// Indexed forgets what the index now holds. What was queued again meanwhile
// stays.
func (s *Store) Indexed(ctx context.Context, done []Queued) error {
	if len(done) == 0 {
		return nil
	}
	return s.InTx(ctx, func(tx *Tx) error {
		for _, q := range done {
			err := tx.exec(ctx, "clear index queue", `DELETE FROM search_outbox
				WHERE kind = $1 AND doc_id = $2 AND stamp = $3`, q.Kind, q.ID, q.Stamp)
			if err != nil {
				return err
			}
		}
		tx.changed = true
		return nil
	})
}

// IndexRefused puts documents off that the index would not take: 1 s at first,
// doubling up to 5 min.
func (s *Store) IndexRefused(ctx context.Context, refused []Queued, reason func(id string) string) error {
	return s.InTx(ctx, func(tx *Tx) error {
		for _, q := range refused {
			wait := min(time.Second<<min(q.Attempts, 9), 5*time.Minute)
			err := tx.exec(ctx, "put off in index queue", `UPDATE search_outbox
				SET attempts = attempts + 1, next_at = $4, last_error = $5
				WHERE kind = $1 AND doc_id = $2 AND stamp = $3`,
				q.Kind, q.ID, q.Stamp, tx.now()+wait.Milliseconds(), reason(q.ID))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// IndexQueue says how much waits for the index, how long the oldest has
// waited, and how many documents were set aside.
func (s *Store) IndexQueue(ctx context.Context) (depth, dead int, oldest time.Duration, err error) {
	var first int64
	_, err = s.row(ctx, `SELECT count(*), coalesce(sum(CASE WHEN attempts >= $1 THEN 1 ELSE 0 END), 0),
		coalesce(min(queued_at), 0) FROM search_outbox`, []any{MaxIndexAttempts}, &depth, &dead, &first)
	if err != nil {
		return 0, 0, 0, fmt.Errorf("read index queue: %w", err)
	}
	if first > 0 {
		oldest = s.clock.Now().Sub(time.UnixMilli(first))
	}
	return depth, dead, oldest, nil
}

// Watch lets wake know of each transaction of this process that queued
// something for the index. The channel needs room for one.
func (s *Store) Watch(wake chan<- struct{}) { s.indexing.watch(wake) }

// IndexRebuild is a wish to build the index anew, and how far that has come.
type IndexRebuild struct {
	ID                    string
	StartedAt, FinishedAt int64 // unix milliseconds, 0 for not yet
	Done, Total           int
	Error                 string
}

// AskRebuild leaves the wish for whoever holds the index.
func (s *Store) AskRebuild(ctx context.Context) (id string, err error) {
	id = NewID()
	err = s.InTx(ctx, func(tx *Tx) error {
		if err := tx.exec(ctx, "ask for a rebuild", `INSERT INTO search_rebuilds (id, asked_at) VALUES ($1, $2)`, id, tx.now()); err != nil {
			return err
		}
		return tx.Enqueue(ctx, IndexJob{})
	})
	return id, err
}

// WantedRebuild is the oldest wish that is not fulfilled, "" where there is none.
func (s *Store) WantedRebuild(ctx context.Context) (id string, err error) {
	_, err = s.row(ctx, `SELECT id FROM search_rebuilds WHERE finished_at = 0 ORDER BY id LIMIT 1`, nil, &id)
	if err != nil {
		return "", fmt.Errorf("look for wanted rebuilds: %w", err)
	}
	return id, nil
}

// RebuildProgress notes how far a rebuild has come; it ends every wish that
// was there when it began (those up to its ID) with finished.
func (s *Store) RebuildProgress(ctx context.Context, id string, done, total int, finished bool, problem string) error {
	return s.InTx(ctx, func(tx *Tx) error {
		end := int64(0)
		if finished {
			end = tx.now()
		}
		return tx.exec(ctx, "note rebuild", `UPDATE search_rebuilds SET done = $2, total = $3, finished_at = $4, error = $5,
			started_at = CASE WHEN started_at = 0 THEN $6 ELSE started_at END WHERE id <= $1 AND finished_at = 0`,
			id, done, total, end, problem, tx.now())
	})
}

// Rebuild reads how far a rebuild has come.
func (s *Store) Rebuild(ctx context.Context, id string) (r IndexRebuild, err error) {
	r.ID = id
	_, err = s.row(ctx, `SELECT started_at, finished_at, done, total, error FROM search_rebuilds WHERE id = $1`, []any{id},
		&r.StartedAt, &r.FinishedAt, &r.Done, &r.Total, &r.Error)
	if err != nil {
		return r, fmt.Errorf("read rebuild: %w", err)
	}
	return r, nil
}

// CountHotWords adds how often words were searched on a day.
func (s *Store) CountHotWords(ctx context.Context, day model.Day, counts map[string]int) error {
	return s.InTx(ctx, func(tx *Tx) error {
		for word, n := range counts {
			err := tx.exec(ctx, "count searched words", `
				INSERT INTO hot_words (day, word, count) VALUES ($1, $2, $3)
				ON CONFLICT (day, word) DO UPDATE SET count = hot_words.count + excluded.count`, day, word, n)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// CountedWord is how often a word was searched.
type CountedWord struct {
	Word  string
	Count int
}

// HotWords lists what was searched most since a day; words searched fewer than
// least times are nobody else's business.
func (s *Store) HotWords(ctx context.Context, since model.Day, least, limit int) ([]CountedWord, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (w CountedWord, err error) {
		return w, row.Scan(&w.Word, &w.Count)
	}, `SELECT word, sum(count) AS n FROM hot_words WHERE day >= $1
		GROUP BY word HAVING sum(count) >= $2 ORDER BY n DESC, word LIMIT $3`, since, least, limit)
	if err != nil {
		return nil, fmt.Errorf("read searched words: %w", err)
	}
	return list, nil
}

// Sweep forgets searched words from before a day, and finished rebuilds.
func (s *Store) Sweep(ctx context.Context, before model.Day) error {
	return s.InTx(ctx, func(tx *Tx) error {
		if err := tx.exec(ctx, "sweep searched words", `DELETE FROM hot_words WHERE day < $1`, before); err != nil {
			return err
		}
		return tx.exec(ctx, "sweep rebuilds", `DELETE FROM search_rebuilds WHERE finished_at > 0 AND finished_at < $1`,
			tx.now()-(7*24*time.Hour).Milliseconds())
	})
}
