package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

const groupColumns = `g.id, g.version, g.consultation_id, g.clause_id, g.gist, g.verdict, g.reason, g.place, g.answered_at,
	(SELECT count(*) FROM opinions o WHERE o.group_id = g.id)`

func scanGroup(row scanner) (g model.OpinionGroup, err error) {
	return g, row.Scan(&g.ID, &g.Version, &g.ConsultationID, &g.ClauseID, &g.Gist, &g.Verdict, &g.Reason, &g.Place, ifAny{&g.AnsweredAt}, &g.Count)
}

// OpinionGroups are those of a consultation, the largest first.
func (s *Store) OpinionGroups(ctx context.Context, consultationID string) ([]model.OpinionGroup, error) {
	list, err := collect(ctx, s.reads, scanGroup, `SELECT `+groupColumns+` FROM opinion_groups g WHERE g.consultation_id = $1 ORDER BY 10 DESC, g.id`,
		consultationID)
	if err != nil {
		return nil, fmt.Errorf("read groups of opinions: %w", err)
	}
	return list, nil
}

// OpinionGroupFor reads a group in order to change it. It is ErrOpinionGroupGone where
// there is none, ErrStale where it is of another version.
func (tx *Tx) OpinionGroupFor(ctx context.Context, id string, version int64) (*model.OpinionGroup, error) {
	if err := tx.exec(ctx, "take group", `UPDATE opinion_groups SET version = version WHERE id = $1`, id); err != nil {
		return nil, err
	}
	list, err := collect(ctx, tx.reads, scanGroup, `SELECT `+groupColumns+` FROM opinion_groups g WHERE g.id = $1`, id)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read group of opinions: %w", err)
	case len(list) == 0:
		return nil, model.ErrOpinionGroupGone
	case list[0].Version != version:
		return nil, model.ErrStale
	}
	return &list[0], nil
}

// KeepOpinionGroup adds or writes a group, which gets an ID.
func (tx *Tx) KeepOpinionGroup(ctx context.Context, g *model.OpinionGroup) error {
	if g.ID == "" {
		g.ID = NewID()
	}
	g.Version++
	return tx.exec(ctx, "keep group of opinions", `INSERT INTO opinion_groups (id, version, consultation_id, clause_id, gist, verdict, reason, place, answered_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, gist = excluded.gist, verdict = excluded.verdict, reason = excluded.reason,
			place = excluded.place, answered_at = excluded.answered_at`,
		g.ID, g.Version, g.ConsultationID, g.ClauseID, g.Gist, g.Verdict, g.Reason, g.Place, millis(g.AnsweredAt))
}

// DropOpinionGroup lets the opinions of a group stand for themselves again, unanswered
// where the group was answered.
func (tx *Tx) DropOpinionGroup(ctx context.Context, id string) error {
	err := tx.exec(ctx, "free opinions of a group", `UPDATE opinions SET group_id = '', verdict = '', reason = '', place = '', answered_at = 0, version = version + 1
		WHERE group_id = $1`, id)
	if err != nil {
		return err
	}
	return tx.exec(ctx, "drop group", `DELETE FROM opinion_groups WHERE id = $1`, id)
}

// DropEmptyGroups forgets groups of a consultation that hold nothing any more.
func (tx *Tx) DropEmptyGroups(ctx context.Context, consultationID string) error {
	return tx.exec(ctx, "drop empty groups", `DELETE FROM opinion_groups WHERE consultation_id = $1
		AND NOT EXISTS (SELECT 1 FROM opinions o WHERE o.group_id = opinion_groups.id)`, consultationID)
}
