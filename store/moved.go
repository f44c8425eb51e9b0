package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// kindDepartment is how departments are named among what moved.
const kindDepartment = model.KindDepartment

// moved is a merge of one thing into another.
type moved struct {
	kind                model.Kind
	from, into, why, by string
}

// move keeps where something went that was merged into something else. What was
// merged into it before follows, so that one look always finds the end.
func (tx *Tx) move(ctx context.Context, m moved) error {
	err := tx.exec(ctx, "follow merge", `UPDATE moved SET new_id = $3 WHERE kind = $1 AND new_id = $2`, m.kind, m.from, m.into)
	if err != nil {
		return err
	}
	return tx.exec(ctx, "keep merge", `INSERT INTO moved (kind, old_id, new_id, why, moved_at, moved_by) VALUES ($1, $2, $3, $4, $5, $6)`,
		m.kind, m.from, m.into, m.why, tx.now(), m.by)
}

// MovedTo is where a document is now that was merged into another, "" where it
// was not.
func (r reads) MovedTo(ctx context.Context, kind model.Kind, id string) (now string, err error) {
	if _, err = r.row(ctx, `SELECT new_id FROM moved WHERE kind = $1 AND old_id = $2`, []any{kind, id}, &now); err != nil {
		return "", fmt.Errorf("look where it moved: %w", err)
	}
	return now, nil
}

// movedDepartments are the departments that were merged, with where they are now.
func (r reads) movedDepartments(ctx context.Context) (map[string]string, error) {
	moved := map[string]string{}
	_, err := collect(ctx, r, func(row scanner) (any, error) {
		var from, into string
		err := row.Scan(&from, &into)
		moved[from] = into
		return nil, err
	}, `SELECT old_id, new_id FROM moved WHERE kind = $1`, kindDepartment)
	return moved, err
}
