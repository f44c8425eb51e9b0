package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"yuandu/model"
)

const publicationColumns = `b.kind, b.id, b.version, b.stage, b.public <> 0, b.title, b.doc_number, coalesce(b.department_id, ''),
	b.writers, b.submitted_by, b.submitted_at, b.excuses, b.review, b.publish_at, b.withdrawal,
	b.created_at, b.updated_at, b.updated_by, b.deleted_at,
	coalesce((SELECT m.new_id FROM moved m WHERE m.kind = b.kind AND m.old_id = b.id), '')`

func scanPublication(row scanner, p *model.Publication, more ...any) error {
	dest := []any{&p.Kind, &p.ID, &p.Version, &p.Stage, &p.Public, &p.Title, &p.DocNumber, &p.DepartmentID,
		asJSON(&p.Writers), &p.SubmittedBy, ifAny{&p.SubmittedAt}, asJSON(&p.Excuses), asJSON(&p.Review), ifAny{&p.PublishAt},
		asJSON(&p.Withdrawal), milliseconds{&p.CreatedAt}, milliseconds{&p.UpdatedAt}, &p.UpdatedBy, ifAny{&p.DeletedAt}, &p.MovedTo}
	return row.Scan(append(dest, more...)...)
}

// Publication reads where a document is on its way, its working copy included;
// nil where there is none of that ID.
func (r reads) Publication(ctx context.Context, kind model.Kind, id string) (*model.Publication, error) {
	p := &model.Publication{}
	var content string
	err := scanPublication(r.q.QueryRowContext(ctx, r.d.text(`SELECT `+publicationColumns+`, b.content
		FROM publications b WHERE b.kind = $1 AND b.id = $2`), kind, id), p, &content)
	if err == sql.ErrNoRows {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read publication: %w", err)
	}
	if content != "" {
		p.Content = []byte(content)
	}
	return p, nil
}

// PublicationFor reads a publication in order to change it: until the
// transaction ends nobody else does. It is ErrPublicationMissing where there is
// none.
func (tx *Tx) PublicationFor(ctx context.Context, kind model.Kind, id string) (*model.Publication, error) {
	if err := tx.exec(ctx, "take publication", `UPDATE publications SET version = version WHERE kind = $1 AND id = $2`, kind, id); err != nil {
		return nil, err
	}
	p, err := tx.Publication(ctx, kind, id)
	switch {
	case err != nil:
		return nil, err
	case p == nil:
		return nil, model.ErrPublicationMissing
	}
	return p, nil
}

// KeepPublication writes a publication: a new one, which gets an ID where it has
// none, or the one that PublicationFor read. files are those that the working
// copy refers to.
func (tx *Tx) KeepPublication(ctx context.Context, p *model.Publication, files []string) error {
	if p.ID == "" {
		p.ID = NewID()
	}
	p.Version++
	department := sql.NullString{String: p.DepartmentID, Valid: p.DepartmentID != ""}
	err := tx.exec(ctx, "keep publication", `
		INSERT INTO publications (kind, id, version, stage, public, title, doc_number, number_key, department_id, content, writers,
			submitted_by, submitted_at, excuses, review, publish_at, withdrawal, created_at, updated_at, updated_by, deleted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
		ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, stage = excluded.stage, public = excluded.public,
			title = excluded.title, doc_number = excluded.doc_number, number_key = excluded.number_key,
			department_id = excluded.department_id, content = excluded.content, writers = excluded.writers,
			submitted_by = excluded.submitted_by, submitted_at = excluded.submitted_at, excuses = excluded.excuses,
			review = excluded.review, publish_at = excluded.publish_at, withdrawal = excluded.withdrawal,
			updated_at = excluded.updated_at, updated_by = excluded.updated_by, deleted_at = excluded.deleted_at`,
		p.Kind, p.ID, p.Version, p.Stage, number(p.Public), p.Title, p.DocNumber, model.NumberKey(p.DocNumber), department,
		string(p.Content), toJSON(p.Writers), p.SubmittedBy, millis(p.SubmittedAt), toJSON(p.Excuses), toJSON(p.Review),
		millis(p.PublishAt), toJSON(p.Withdrawal), millis(p.CreatedAt), millis(p.UpdatedAt), p.UpdatedBy, millis(p.DeletedAt))
	if err != nil {
		return err
	}
	return tx.setPublicationFiles(ctx, p, files)
}

func (tx *Tx) setPublicationFiles(ctx context.Context, p *model.Publication, files []string) error {
	err := tx.exec(ctx, "clear files of working copy", `DELETE FROM publication_files WHERE kind = $1 AND id = $2`, p.Kind, p.ID)
	if err != nil {
		return err
	}
	for _, f := range files { // one that is not there is what a check finds, and no fault
		err := tx.exec(ctx, "keep files of working copy", `INSERT INTO publication_files (kind, id, file_id)
			SELECT $1, $2, id FROM files WHERE id = $3 ON CONFLICT DO NOTHING`, p.Kind, p.ID, f)
		if err != nil {
			return err
		}
	}
	return nil
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// importedPublication notes that a document came in as public. One that is being
// corrected here keeps its working copy.
func (tx *Tx) importedPublication(ctx context.Context, kind model.Kind, id, identity, title, number string, of []model.Department) error {
	var department sql.NullString
	if len(of) > 0 {
		department = sql.NullString{String: of[0].ID, Valid: true}
	}
	now := tx.now()
	return tx.exec(ctx, "note import", `
		INSERT INTO publications (kind, id, version, stage, public, identity, title, doc_number, number_key, department_id, content, writers,
			submitted_by, submitted_at, excuses, review, publish_at, withdrawal, created_at, updated_at, updated_by, deleted_at)
		VALUES ($1, $2, 1, 'published', 1, $3, $4, $5, $6, $7, '', 'null', '', 0, 'null', 'null', 0, 'null', $8, $9, '', 0)
		ON CONFLICT (kind, id) DO UPDATE SET version = publications.version + 1, updated_at = excluded.updated_at,
			title = CASE publications.stage WHEN 'published' THEN excluded.title ELSE publications.title END,
			doc_number = CASE publications.stage WHEN 'published' THEN excluded.doc_number ELSE publications.doc_number END,
			number_key = CASE publications.stage WHEN 'published' THEN excluded.number_key ELSE publications.number_key END`,
		kind, id, identity, title, number, model.NumberKey(number), department, now, now)
}

// withheld says whether a document of an identity was public and is not any more.
func (tx *Tx) withheld(ctx context.Context, kind model.Kind, identity string) (bool, error) {
	there, err := tx.row(ctx, `SELECT id FROM publications WHERE kind = $1 AND identity = $2 AND public = 0`,
		[]any{kind, identity}, new(string))
	if err != nil {
		return false, fmt.Errorf("look for withdrawn document: %w", err)
	}
	return there, nil
}

// SetIdentity keeps by what a document that goes public is known again.
func (tx *Tx) SetIdentity(ctx context.Context, kind model.Kind, id, identity string) error {
	return tx.exec(ctx, "keep identity", `UPDATE publications SET identity = $3 WHERE kind = $1 AND id = $2 AND identity = ''`, kind, id, identity)
}

// versionsServed is the greatest version under which a document that is not
// public now was ever answered, 0 where it never was.
func (tx *Tx) versionsServed(ctx context.Context, kind model.Kind, id string) (version int64, err error) {
	_, err = tx.row(ctx, `SELECT coalesce(max(v.version), 0) FROM (
		SELECT max(version) AS version FROM revisions WHERE kind = $1 AND id = $2
		UNION ALL SELECT served FROM publications WHERE kind = $1 AND id = $2) v`, []any{kind, id}, &version)
	if err != nil {
		return 0, fmt.Errorf("read versions served: %w", err)
	}
	return version, nil
}

// AddPublicationEvent adds to what was done on the way of a document.
func (tx *Tx) AddPublicationEvent(ctx context.Context, kind model.Kind, id string, e model.PublicationEvent) error {
	return tx.exec(ctx, "add publication event", `
		INSERT INTO publication_events (kind, id, n, at, staff_id, act, note, revision)
		SELECT $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6, $7 FROM publication_events WHERE kind = $8 AND id = $9`,
		kind, id, e.At.UnixMilli(), e.StaffID, e.Act, e.Note, e.Version, kind, id)
}

// PublicationEvents lists what was done on the way of a document, the newest
// first.
func (r reads) PublicationEvents(ctx context.Context, kind model.Kind, id string) ([]model.PublicationEvent, error) {
	list, err := collect(ctx, r, func(row scanner) (e model.PublicationEvent, err error) {
		return e, row.Scan(milliseconds{&e.At}, &e.StaffID, &e.Act, &e.Note, &e.Version)
	}, `SELECT at, staff_id, act, note, revision FROM publication_events WHERE kind = $1 AND id = $2 ORDER BY n DESC LIMIT 500`, kind, id)
	if err != nil {
		return nil, fmt.Errorf("read publication events: %w", err)
	}
	return list, nil
}

// AddChange keeps that what is public changed, for those who follow it.
func (tx *Tx) AddChange(ctx context.Context, c *model.Change) error {
	c.ID = NewID()
	return tx.exec(ctx, "add change", `INSERT INTO changes (id, kind, object, version, what, tell, why, urgent, staff_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		c.ID, c.Kind, c.Object, c.Version, c.What, number(c.Tell), c.Why, c.Urgent, c.StaffID, c.At.UnixMilli())
}

// Changes lists the changes of a document, the newest first.
func (r reads) Changes(ctx context.Context, kind model.Kind, object string) ([]model.Change, error) {
	return r.changes(ctx, `kind = $1 AND object = $2 ORDER BY id DESC LIMIT 200`, kind, object)
}

// Change is the one of an ID, nil where there is none.
func (r reads) Change(ctx context.Context, id string) (*model.Change, error) {
	list, err := r.changes(ctx, `id = $1`, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (r reads) changes(ctx context.Context, condition string, args ...any) ([]model.Change, error) {
	list, err := collect(ctx, r, func(row scanner) (c model.Change, err error) {
		return c, row.Scan(&c.ID, &c.Kind, &c.Object, &c.Version, &c.What, &c.Tell, &c.Why, &c.Urgent, &c.StaffID, milliseconds{&c.At})
	}, `SELECT id, kind, object, version, what, tell <> 0, why, urgent, staff_id, at FROM changes WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", err)
	}
	return list, nil
}

// Due lists the documents whose time has come, the earliest first.
func (r reads) Due(ctx context.Context, now time.Time, limit int) ([]model.Publication, error) {
	return r.publications(ctx, `b.stage = 'scheduled' AND b.publish_at <= $1 ORDER BY b.publish_at, b.id LIMIT $2`, now.UnixMilli(), limit)
}

func (r reads) publications(ctx context.Context, condition string, args ...any) ([]model.Publication, error) {
	list, err := collect(ctx, r, func(row scanner) (p model.Publication, err error) {
		return p, scanPublication(row, &p)
	}, `SELECT `+publicationColumns+` FROM publications b WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read publications: %w", err)
	}
	return list, nil
}

// Withdrawal reads why a document is not public any more, nil where it is, or
// never was.
func (r reads) Withdrawal(ctx context.Context, kind model.Kind, id string) (*model.Withdrawal, error) {
	var text string
	found, err := r.row(ctx, `SELECT withdrawal FROM publications WHERE kind = $1 AND id = $2 AND public = 0`, []any{kind, id}, &text)
	if err != nil || !found {
		return nil, err
	}
	var w *model.Withdrawal
	if err := json.Unmarshal([]byte(text), &w); err != nil {
		return nil, fmt.Errorf("read withdrawal: %w", err)
	}
	return w, nil
}

// Gone is why somebody cannot read a document: ErrWithdrawn, with the reason and the day,
// where it was public once, else missing.
func (r reads) Gone(ctx context.Context, kind model.Kind, id string, missing error) error {
	w, err := r.Withdrawal(ctx, kind, id)
	switch {
	case err != nil:
		return err
	case w == nil:
		return missing
	}
	return model.ErrWithdrawn.With("", map[string]any{"reason": w.Reason, "day": model.Today(w.At).Chinese()})
}

// IsPublic says whether a document is public now.
func (r reads) IsPublic(ctx context.Context, kind model.Kind, id string) (bool, error) {
	public, err := r.row(ctx, `SELECT id FROM publications WHERE kind = $1 AND id = $2 AND public = 1`, []any{kind, id}, new(string))
	if err != nil {
		return false, fmt.Errorf("look whether document is public: %w", err)
	}
	return public, nil
}

// Withdrawals are the moments at which a document was withdrawn, or merged into
// another, in their order.
func (r reads) Withdrawals(ctx context.Context, kind model.Kind, id string) ([]time.Time, error) {
	list, err := collect(ctx, r, func(row scanner) (at time.Time, err error) { return at, row.Scan(milliseconds{&at}) },
		`SELECT at FROM publication_events WHERE kind = $1 AND id = $2 AND act IN ('withdrawn', 'merged') ORDER BY n`, kind, id)
	if err != nil {
		return nil, fmt.Errorf("read withdrawals: %w", err)
	}
	return list, nil
}

// Be notes that somebody is in a working copy just now, and lists who else is.
func (tx *Tx) Be(ctx context.Context, kind model.Kind, id, staffID string, since time.Time) ([]string, error) {
	err := tx.exec(ctx, "note presence", `INSERT INTO presences (kind, id, staff_id, seen_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (kind, id, staff_id) DO UPDATE SET seen_at = excluded.seen_at`, kind, id, staffID, tx.now())
	if err != nil {
		return nil, err
	}
	return tx.ids(ctx, `SELECT staff_id FROM presences WHERE kind = $1 AND id = $2 AND staff_id <> $3 AND seen_at > $4
		ORDER BY seen_at DESC LIMIT 10`, kind, id, staffID, since.UnixMilli())
}

// Leave notes that somebody has left a working copy, and forgets those who went
// without a word.
func (tx *Tx) Leave(ctx context.Context, kind model.Kind, id, staffID string, before time.Time) error {
	return tx.exec(ctx, "forget presence", `DELETE FROM presences
		WHERE kind = $1 AND id = $2 AND staff_id = $3 OR seen_at < $4`, kind, id, staffID, before.UnixMilli())
}

// ForgetDeleted forgets drafts that were thrown away before a moment.
func (tx *Tx) ForgetDeleted(ctx context.Context, before time.Time) error {
	return tx.exec(ctx, "forget deleted drafts", `DELETE FROM publications WHERE deleted_at > 0 AND deleted_at < $1 AND public = 0`,
		before.UnixMilli())
}
