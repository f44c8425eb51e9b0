package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// HandledLetter is of a letter what is learned from.
type HandledLetter struct {
	ID, Office, Topic, Wanted string
	Author                    string // the resident, "" where staff entered it or the account is erased
	Title, Text               string `json:"-"`
}

// HandledLetters reads letters that an office has taken for its own, the newest before
// an ID first.
func (s *Store) HandledLetters(ctx context.Context, before string, limit int) ([]HandledLetter, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (l HandledLetter, err error) {
		var title, text []byte
		if err := row.Scan(&l.ID, &l.Office, &l.Topic, &l.Wanted, &l.Author, &title, &text); err != nil {
			return l, err
		}
		return l, s.openAll(l.ID, map[string]sealedInto{letterTitle: {title, &l.Title}, letterText: {text, &l.Text}})
	}, `SELECT l.id, l.lead_department_id, l.topic_id, coalesce(l.wanted_department_id, ''), coalesce(l.resident_id, ''), l.title_sealed, l.text_sealed
		FROM letters l
		WHERE l.id < $1 AND l.lead_department_id IS NOT NULL
			AND (l.state IN ('signing', 'answered', 'closed', 'ended') OR l.state = 'assigned' AND l.handler_id <> '')
		ORDER BY l.id DESC LIMIT $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("read handled letters: %w", err)
	}
	return list, nil
}

// CountProposals counts the offices that were proposed since a moment, and those to
// which the letters then went.
func (s *Store) CountProposals(ctx context.Context, since time.Time) (proposed, taken int, err error) {
	_, err = s.row(ctx, `SELECT count(*), coalesce(sum(CASE WHEN d.department_id = p.department_id THEN 1 ELSE 0 END), 0)
		FROM letter_events p JOIN letter_events d ON d.letter_id = p.letter_id AND d.at = p.at AND d.what = $1
		WHERE p.what = $2 AND p.at >= $3`,
		[]any{model.LetterStepDispatched, model.LetterStepProposed, since.UnixMilli()}, &proposed, &taken)
	if err != nil {
		return 0, 0, fmt.Errorf("count proposals: %w", err)
	}
	return proposed, taken, nil
}
