package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

const matterColumns = `t.id, t.version, coalesce(t.department_id, ''), t.title, t.summary, t.topics, t.released, t.released_at, t.released_by, t.writers,
	t.created_at, t.updated_at, t.updated_by`

func scanMatter(row scanner, more ...any) (m model.Matter, err error) {
	dest := []any{&m.ID, &m.Version, &m.DepartmentID, &m.Title, &m.Summary, asJSON(&m.TopicIDs), asJSON(&m.Released), ifAny{&m.ReleasedAt}, &m.ReleasedBy,
		asJSON(&m.Writers), milliseconds{&m.CreatedAt}, milliseconds{&m.UpdatedAt}, &m.UpdatedBy}
	return m, row.Scan(append(dest, more...)...)
}

// Matter reads a matter with all its links, nil where there is none.
func (r reads) Matter(ctx context.Context, id string) (*model.Matter, error) {
	list, err := r.matters(ctx, `t.id = $1`, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (r reads) matters(ctx context.Context, condition string, args ...any) ([]model.Matter, error) {
	list, err := collect(ctx, r, func(row scanner) (model.Matter, error) { return scanMatter(row) },
		`SELECT `+matterColumns+` FROM matters t WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read matters: %w", err)
	}
	return list, r.withLinks(ctx, list)
}

func matterLinkColumns(d dialect) string {
	return `l.id, l.matter_id, l.kind, coalesce(l.document_id, l.letter_id), l.item_id, l.step, l.linked_by, l.linked_at, l.released_at,
		` + subjectColumns(d) + `, coalesce(b.title, x.number, ''), coalesce(b.department_id, x.lead_department_id, '')`
}

func scanMatterLink(row scanner) (l model.MatterLink, err error) {
	var known string
	err = row.Scan(&l.ID, &l.MatterID, &l.Kind, &l.SubjectID, &l.ItemID, &l.Step, &l.LinkedBy, milliseconds{&l.LinkedAt}, ifAny{&l.ReleasedAt},
		&l.Subject.Title, &l.Subject.Within, &l.Subject.Day, &l.Subject.Reported, &l.Subject.EventKind, &l.Subject.Cancelled, &l.Subject.Public, &known, &l.Subject.DepartmentID)
	if !l.Subject.Public { // as it is on its way; of an item, only its meeting is said
		l.Subject.Title = known
	}
	return l, err
}

// withLinks gives matters what is linked to them.
func (r reads) withLinks(ctx context.Context, list []model.Matter) error {
	if len(list) == 0 {
		return nil
	}
	ids, at := make([]string, len(list)), map[string]*model.Matter{}
	for n := range list {
		ids[n], at[list[n].ID] = list[n].ID, &list[n]
	}
	links, err := collect(ctx, r, scanMatterLink, `SELECT `+matterLinkColumns(r.d)+` FROM matter_links l `+joinedSubjects(r.d)+`
		LEFT JOIN publications b ON b.kind = l.kind AND b.id = l.document_id LEFT JOIN letters x ON x.id = l.letter_id
		WHERE `+r.d.among("l.matter_id", "$1")+` ORDER BY l.linked_at, l.id`, asList(ids))
	if err != nil {
		return fmt.Errorf("read what is linked to matters: %w", err)
	}
	for _, l := range links {
		at[l.MatterID].Links = append(at[l.MatterID].Links, l)
	}
	return nil
}

// MattersOf lists the matters that something is linked to, released or not: a document,
// or an agenda item by itself.
func (r reads) MattersOf(ctx context.Context, kind model.Kind, id string) ([]model.Matter, error) {
	condition, args := `l.kind = $1 AND (l.document_id = $2 OR l.letter_id = $2)`, []any{kind, id}
	if kind == model.KindAgendaItem {
		condition, args = `l.item_id = $1 AND l.item_id <> ''`, []any{id}
	}
	return r.matters(ctx, `t.id IN (SELECT l.matter_id FROM matter_links l WHERE `+condition+`) ORDER BY t.id LIMIT 20`, args...)
}

// MattersLinked lists the matters that one of some documents is linked to.
func (r reads) MattersLinked(ctx context.Context, documents []string) ([]model.Matter, error) {
	return r.matters(ctx, `t.id IN (SELECT l.matter_id FROM matter_links l WHERE `+r.d.among("l.document_id", "$1")+`) ORDER BY t.id LIMIT 20`, asList(documents))
}

// MatterFilter narrows the list of matters; what is empty does not.
type MatterFilter struct {
	Text          string
	Within        []string // departments whose matters are listed before they were released, too
	Limited       bool     // false: those of all departments
	Waiting       bool     // for a second person
	Limit, Offset int
}

// matterWaits is, in SQL, what Matter.Waits says.
const matterWaits = `(t.released_at = 0 OR t.writers NOT IN ('null', '[]'))`

// Matters lists matters, those changed last at first, and counts all that match.
func (r reads) Matters(ctx context.Context, f MatterFilter) (list []model.Matter, total int, err error) {
	w := &where{}
	w.and("t.version > 0")
	if f.Text != "" {
		w.and(`(lower(t.title) LIKE ? ESCAPE '\' OR t.id IN (SELECT l.matter_id FROM matter_links l JOIN publications b ON b.kind = l.kind AND b.id = l.document_id
			WHERE lower(b.title) LIKE ? ESCAPE '\'))`, containing(f.Text), containing(f.Text))
	}
	if f.Limited {
		w.and("(t.released_at > 0 OR "+r.d.among("t.department_id", "?")+")", asList(f.Within))
	}
	if f.Waiting {
		w.and(matterWaits)
	}
	if _, err := r.row(ctx, `SELECT count(*) FROM matters t WHERE `+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count matters: %w", err)
	}
	args := append(w.args, f.Limit, f.Offset)
	list, err = r.matters(ctx, fmt.Sprintf(`%s ORDER BY t.updated_at DESC, t.id DESC LIMIT $%d OFFSET $%d`, w, len(args)-1, len(args)), args...)
	return list, total, err
}

// ReleasedMatters lists those that a second person let out, for who lists all pages.
func (r reads) ReleasedMatters(ctx context.Context, limit int) ([]model.Matter, error) {
	return r.matters(ctx, `t.released_at > 0 ORDER BY t.id LIMIT $1`, limit)
}

// MatterFor reads a matter in order to change it. It is ErrMatterMissing where there is
// none.
func (tx *Tx) MatterFor(ctx context.Context, id string) (*model.Matter, error) {
	if err := tx.exec(ctx, "take matter", `UPDATE matters SET version = version WHERE id = $1`, id); err != nil {
		return nil, err
	}
	m, err := tx.Matter(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case m == nil:
		return nil, model.ErrMatterMissing
	}
	return m, nil
}

// KeepMatter writes a matter, without its links; a new one gets an ID.
func (tx *Tx) KeepMatter(ctx context.Context, m *model.Matter) error {
	if m.ID == "" {
		m.ID = NewID()
	}
	m.Version++
	tx.changed = tx.changed || m.Released != nil
	return tx.exec(ctx, "keep matter", `
		INSERT INTO matters (id, version, department_id, title, summary, topics, released, released_at, released_by, writers, created_at, updated_at, updated_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, department_id = excluded.department_id, title = excluded.title, summary = excluded.summary,
			topics = excluded.topics, released = excluded.released, released_at = excluded.released_at, released_by = excluded.released_by,
			writers = excluded.writers, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
		m.ID, m.Version, orNull(m.DepartmentID), m.Title, m.Summary, toJSON(m.TopicIDs), toJSON(m.Released), millis(m.ReleasedAt), m.ReleasedBy,
		toJSON(m.Writers), m.CreatedAt.UnixMilli(), m.UpdatedAt.UnixMilli(), m.UpdatedBy)
}

// RemoveMatter takes a matter with its links away.
func (tx *Tx) RemoveMatter(ctx context.Context, id string) error {
	tx.changed = true
	return tx.exec(ctx, "remove matter", `DELETE FROM matters WHERE id = $1`, id)
}

// AddMatterLink links something to a matter. It is ErrMatterSubject where that is not
// there, and ErrMatterLinkTwice where it is linked already.
func (tx *Tx) AddMatterLink(ctx context.Context, l *model.MatterLink) error {
	there, err := tx.linkable(ctx, l)
	switch {
	case err != nil:
		return fmt.Errorf("look for what is linked: %w", err)
	case !there:
		return model.ErrMatterSubject
	}
	document, letter := l.SubjectID, ""
	if l.Kind == model.KindOwnLetter {
		document, letter = "", l.SubjectID
	}
	l.ID = NewID()
	added, err := tx.row(ctx, `INSERT INTO matter_links (id, matter_id, kind, document_id, item_id, letter_id, step, linked_by, linked_at, released_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id`,
		[]any{l.ID, l.MatterID, l.Kind, orNull(document), l.ItemID, orNull(letter), l.Step, l.LinkedBy, l.LinkedAt.UnixMilli(), millis(l.ReleasedAt)}, new(string))
	switch {
	case err != nil:
		return fmt.Errorf("link to matter: %w", err)
	case !added:
		return model.ErrMatterLinkTwice
	}
	return nil
}

// linkable says whether what is to be linked is there, on its way or public.
func (tx *Tx) linkable(ctx context.Context, l *model.MatterLink) (bool, error) {
	if l.Kind == model.KindOwnLetter {
		return tx.row(ctx, `SELECT id FROM letters WHERE id = $1`, []any{l.SubjectID}, new(string))
	}
	if l.ItemID == "" {
		return tx.row(ctx, `SELECT id FROM publications WHERE kind = $1 AND id = $2 AND deleted_at = 0`, []any{l.Kind, l.SubjectID}, new(string))
	}
	if l.Kind == model.KindGazette {
		return tx.row(ctx, `SELECT b.id FROM publications b WHERE b.kind = 'gazette' AND b.id = $1 AND b.deleted_at = 0 AND (b.content LIKE $3
			OR EXISTS (SELECT 1 FROM gazette_pieces i WHERE i.id = $2 AND i.issue_id = b.id))`, []any{l.SubjectID, l.ItemID, `%"` + l.ItemID + `"%`}, new(string))
	}
	return tx.row(ctx, `SELECT b.id FROM publications b WHERE b.kind = 'meeting' AND b.id = $1 AND b.deleted_at = 0 AND (
		EXISTS (SELECT 1 FROM agenda_items i WHERE i.id = $2 AND i.meeting_id = b.id)
		OR EXISTS (SELECT 1 FROM withheld_items h WHERE h.meeting_id = b.id AND h.content LIKE $3)
		OR b.content LIKE $3)`, []any{l.SubjectID, l.ItemID, `%"` + l.ItemID + `"%`}, new(string))
}

// ReleaseMatterLinks lets out what was linked to a matter until now.
func (tx *Tx) ReleaseMatterLinks(ctx context.Context, m *model.Matter) error {
	tx.changed = true
	return tx.exec(ctx, "release links of matter", `UPDATE matter_links SET released_at = $2 WHERE matter_id = $1 AND released_at = 0 AND letter_id IS NULL`,
		m.ID, m.ReleasedAt.UnixMilli())
}

// RemoveMatterLink takes a link away; found is false where there is none.
func (tx *Tx) RemoveMatterLink(ctx context.Context, matterID, id string) (found bool, err error) {
	tx.changed = true
	found, err = tx.row(ctx, `DELETE FROM matter_links WHERE matter_id = $1 AND id = $2 RETURNING id`, []any{matterID, id}, new(string))
	if err != nil {
		return false, fmt.Errorf("remove link of matter: %w", err)
	}
	return found, nil
}

// DropLostItems takes away the links of items that stand in their meeting no more, neither
// public nor withheld, now that it is public as it is.
func (tx *Tx) DropLostItems(ctx context.Context, meetingID string) error {
	return tx.exec(ctx, "drop links of lost items", `DELETE FROM matter_links WHERE kind = 'meeting' AND document_id = $1 AND item_id <> ''
		AND NOT EXISTS (SELECT 1 FROM agenda_items i WHERE i.id = matter_links.item_id AND i.meeting_id = $1)
		AND NOT EXISTS (SELECT 1 FROM withheld_items h WHERE h.meeting_id = $1 AND h.content LIKE '%"' || matter_links.item_id || '"%')`, meetingID)
}

// DropLostPieces takes away the links of pieces that stand in their issue no more, now that it
// is public as it is.
func (tx *Tx) DropLostPieces(ctx context.Context, issueID string) error {
	return tx.exec(ctx, "drop links of lost pieces", `DELETE FROM matter_links WHERE kind = 'gazette' AND document_id = $1 AND item_id <> ''
		AND NOT EXISTS (SELECT 1 FROM gazette_pieces i WHERE i.id = matter_links.item_id AND i.issue_id = $1)`, issueID)
}

// MatterTouches are the public matters that a document belongs to, by what of it is
// public now.
func (tx *Tx) MatterTouches(ctx context.Context, kind model.Kind, id string) ([]model.Touch, error) {
	return tx.touches(ctx, `SELECT DISTINCT 'matter', l.matter_id FROM matter_links l JOIN matters t ON t.id = l.matter_id
		WHERE l.kind = $1 AND l.document_id = $2 AND l.released_at > 0 AND t.released_at > 0
		AND (l.item_id = '' OR EXISTS (SELECT 1 FROM agenda_items i WHERE i.id = l.item_id AND i.meeting_id = l.document_id)
			OR EXISTS (SELECT 1 FROM gazette_pieces p WHERE p.id = l.item_id AND p.issue_id = l.document_id))`, kind, id)
}

// MergeMatter lets one matter take the place of another: what is linked to that, who
// follows it, and its old address go along.
func (tx *Tx) MergeMatter(ctx context.Context, from, into, by string) error {
	for _, doing := range []struct{ what, text string }{
		{"link documents once", `DELETE FROM matter_links WHERE matter_id = $1 AND document_id IS NOT NULL AND EXISTS (SELECT 1 FROM matter_links k
			WHERE k.matter_id = $2 AND k.kind = matter_links.kind AND k.document_id = matter_links.document_id AND k.item_id = matter_links.item_id)`},
		{"link letters once", `DELETE FROM matter_links WHERE matter_id = $1 AND letter_id IN (SELECT k.letter_id FROM matter_links k WHERE k.matter_id = $2)`},
		{"move links", `UPDATE matter_links SET matter_id = $2 WHERE matter_id = $1`},
	} {
		if err := tx.exec(ctx, doing.what, doing.text, from, into); err != nil {
			return err
		}
	}
	if err := tx.moveKept(ctx, model.KindMatter, from, into); err != nil {
		return err
	}
	if err := tx.move(ctx, moved{model.KindMatter, from, into, "", by}); err != nil {
		return err
	}
	return tx.RemoveMatter(ctx, from)
}

// moveMatterLinks lets the links of a document mean another one, that takes its place.
func (tx *Tx) moveMatterLinks(ctx context.Context, kind model.Kind, from, into string) error {
	err := tx.exec(ctx, "link once", `DELETE FROM matter_links WHERE kind = $1 AND document_id = $2 AND EXISTS (SELECT 1 FROM matter_links k
		WHERE k.matter_id = matter_links.matter_id AND k.kind = $1 AND k.document_id = $3)`, kind, from, into)
	if err != nil {
		return err
	}
	return tx.exec(ctx, "move links of matters", `UPDATE matter_links SET document_id = $3 WHERE kind = $1 AND document_id = $2`, kind, from, into)
}
