package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

const replyTemplateColumns = `t.id, coalesce(t.department_id, ''), t.name, t.text, t.sample <> 0, t.updated_at, t.updated_by, t.version`

func scanReplyTemplate(row scanner) (t model.ReplyTemplate, err error) {
	return t, row.Scan(&t.ID, &t.DepartmentID, &t.Name, &t.Text, &t.Sample, milliseconds{&t.UpdatedAt}, &t.UpdatedBy, &t.Version)
}

// ReplyTemplate reads a template, nil where there is none.
func (r reads) ReplyTemplate(ctx context.Context, id string) (*model.ReplyTemplate, error) {
	list, err := collect(ctx, r, scanReplyTemplate, `SELECT `+replyTemplateColumns+` FROM reply_templates t WHERE t.id = $1`, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// ReplyTemplates lists the templates of the whole city and of some offices, of all
// where limited is false; those of offices come first.
func (s *Store) ReplyTemplates(ctx context.Context, within []string, limited bool) ([]model.ReplyTemplate, error) {
	w := &where{}
	w.and("t.version > 0")
	if limited {
		within = append([]string{""}, within...)
		w.and("(t.department_id IS NULL OR t.department_id IN ("+marks(within)+"))", anys(within)...)
	}
	list, err := collect(ctx, s.reads, scanReplyTemplate, `SELECT `+replyTemplateColumns+` FROM reply_templates t
		WHERE `+w.String()+` ORDER BY CASE WHEN t.department_id IS NULL THEN 1 ELSE 0 END, t.department_id, t.name, t.id LIMIT 500`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("list reply templates: %w", err)
	}
	return list, nil
}

// ReplyTemplateFor reads a template in order to change it. It is
// ErrReplyTemplateMissing where there is none.
func (tx *Tx) ReplyTemplateFor(ctx context.Context, id string) (*model.ReplyTemplate, error) {
	if err := tx.exec(ctx, "take reply template", `UPDATE reply_templates SET version = version WHERE id = $1`, id); err != nil {
		return nil, err
	}
	t, err := tx.ReplyTemplate(ctx, id)
	if err == nil && t == nil {
		err = model.ErrReplyTemplateMissing
	}
	return t, err
}

// KeepReplyTemplate writes a template; a new one gets an ID.
func (tx *Tx) KeepReplyTemplate(ctx context.Context, t *model.ReplyTemplate) error {
	if t.ID == "" {
		t.ID = NewID()
	}
	t.Version++
	return tx.exec(ctx, "keep reply template", `
		INSERT INTO reply_templates (id, department_id, name, text, sample, updated_at, updated_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET department_id = excluded.department_id, name = excluded.name, text = excluded.text,
			updated_at = excluded.updated_at, updated_by = excluded.updated_by, version = excluded.version`,
		t.ID, orNull(t.DepartmentID), t.Name, t.Text, number(t.Sample), t.UpdatedAt.UnixMilli(), t.UpdatedBy, t.Version)
}

// RemoveReplyTemplate takes a template away.
func (tx *Tx) RemoveReplyTemplate(ctx context.Context, id string) error {
	return tx.exec(ctx, "remove reply template", `DELETE FROM reply_templates WHERE id = $1`, id)
}
