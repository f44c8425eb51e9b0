package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"yuandu/model"
)

// ImportRowFilter narrows a list of rows; what is empty does not.
type ImportRowFilter struct {
	State         model.ImportRowState
	Warned        bool
	Left          bool // left behind by what was done last with all drafts
	Offset, Limit int
}

const importRowColumns = `r.n, r.line, r.state, r.kind, r.draft_id, r.title, r.doc_number, r.told, r.left_why,
	coalesce(b.stage, ''), coalesce(b.deleted_at, 0) > 0`

const fromImportRows = ` FROM import_rows r LEFT JOIN publications b ON b.kind = r.kind AND b.id = r.draft_id AND r.state = 'made' WHERE `

// firstOfDraft picks one of the rows that became one draft: a meeting has a row for each
// of its items.
const firstOfDraft = `(r.kind <> 'meeting' OR r.n = (SELECT min(f.n) FROM import_rows f WHERE f.import_id = r.import_id AND f.draft_id = r.draft_id AND f.state = 'made'))`

func scanImportRow(row scanner) (r model.ImportRow, err error) {
	return r, row.Scan(&r.N, &r.Line, &r.State, &r.Kind, &r.DraftID, &r.Title, &r.DocNumber, asJSON(&r.Told), asJSON(&r.Left),
		&r.Stage, &r.Deleted)
}

// AddImportRows keeps rows of an import.
func (tx *Tx) AddImportRows(ctx context.Context, importID string, rows []model.ImportRow) error {
	values := make([][]any, len(rows))
	for i, r := range rows {
		values[i] = []any{importID, r.N, r.Line, r.State, number(len(r.Told.Warnings) > 0), r.Kind, r.DraftID, r.Title, r.DocNumber,
			toJSON(r.Told), toJSON(r.Left)}
	}
	for _, s := range inserting(`INSERT INTO import_rows
		(import_id, n, line, state, warned, kind, draft_id, title, doc_number, told, left_why) VALUES`, values) {
		if err := tx.exec(ctx, "add import rows", s.text, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// ClearImportRows forgets the rows of an import that is read anew.
func (tx *Tx) ClearImportRows(ctx context.Context, importID string) error {
	return tx.exec(ctx, "clear import rows", `DELETE FROM import_rows WHERE import_id = $1`, importID)
}

// SetImportRow writes what became of a row.
func (tx *Tx) SetImportRow(ctx context.Context, importID string, r *model.ImportRow) error {
	return tx.exec(ctx, "keep import row", `UPDATE import_rows SET state = $3, told = $4, left_why = $5, warned = $6
		WHERE import_id = $1 AND n = $2`, importID, r.N, r.State, toJSON(r.Told), toJSON(r.Left), number(len(r.Told.Warnings) > 0))
}

// ClearLeft forgets what was left behind by what was done with all drafts before.
func (tx *Tx) ClearLeft(ctx context.Context, importID string) error {
	return tx.exec(ctx, "clear what was left behind", `UPDATE import_rows SET left_why = 'null'
		WHERE import_id = $1 AND left_why <> 'null'`, importID)
}

// ImportRows lists rows of an import in the order of the file, and counts all
// that match.
func (s *Store) ImportRows(ctx context.Context, importID string, f ImportRowFilter) (list []model.ImportRow, total int, err error) {
	w := &where{}
	w.and("r.import_id = ?", importID)
	if f.State != "" {
		w.and("r.state = ?", f.State)
	}
	if f.Warned {
		w.and("r.warned = 1")
	}
	if f.Left {
		w.and("r.left_why <> 'null'")
	}
	if _, err := s.row(ctx, `SELECT count(*) FROM import_rows r WHERE `+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count import rows: %w", err)
	}
	list, err = collect(ctx, s.reads, scanImportRow, `SELECT `+importRowColumns+fromImportRows+w.String()+
		fmt.Sprintf(` ORDER BY r.n LIMIT %d OFFSET %d`, f.Limit, f.Offset), w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list import rows: %w", err)
	}
	return list, total, nil
}

// AllImportRows lists all rows of an import in some states.
func (r reads) AllImportRows(ctx context.Context, importID string, states ...model.ImportRowState) ([]model.ImportRow, error) {
	w := &where{}
	w.and("r.import_id = ?", importID)
	in(w, "r.state", states)
	list, err := collect(ctx, r, scanImportRow, `SELECT `+importRowColumns+fromImportRows+w.String()+` ORDER BY r.n`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("read import rows: %w", err)
	}
	return list, nil
}

// ImportDrafts lists the drafts of an import in a stage, in the order of the file,
// behind a row.
func (r reads) ImportDrafts(ctx context.Context, importID string, stage model.Stage, after, limit int) ([]model.ImportRow, error) {
	list, err := collect(ctx, r, scanImportRow, `SELECT `+importRowColumns+fromImportRows+`
		r.import_id = $1 AND r.state = 'made' AND `+firstOfDraft+` AND r.n > $2 AND b.stage = $3 AND b.deleted_at = 0
		ORDER BY r.n LIMIT $4`, importID, after, stage, limit)
	if err != nil {
		return nil, fmt.Errorf("read drafts of import: %w", err)
	}
	return list, nil
}

// ImportStages counts the drafts of an import by their stage, those that were
// thrown away under "".
func (r reads) ImportStages(ctx context.Context, importID string) (map[model.Stage]int, error) {
	counts := map[model.Stage]int{}
	_, err := collect(ctx, r, func(row scanner) (any, error) {
		var stage model.Stage
		var n int
		err := row.Scan(&stage, &n)
		counts[stage] += n
		return nil, err
	}, `SELECT CASE WHEN b.deleted_at > 0 THEN '' ELSE coalesce(b.stage, '') END, count(*)`+fromImportRows+`
		r.import_id = $1 AND r.state = 'made' AND `+firstOfDraft+` GROUP BY 1`, importID)
	if err != nil {
		return nil, fmt.Errorf("count drafts of import: %w", err)
	}
	return counts, nil
}

// Namesake is a document that has the number or the title of another.
type Namesake struct {
	Kind      model.Kind
	ID        string
	Stage     model.Stage
	Title     string
	DocNumber string
	Day       model.Day // on which it was published, else written; "" where that is not known
}

// Namesakes lists documents of a kind, public or on their way, that have a number
// or a title.
func (r reads) Namesakes(ctx context.Context, kind model.Kind, docNumber, title string) ([]Namesake, error) {
	key := model.NumberKey(docNumber)
	list, err := collect(ctx, r, scanNamesake, `
		SELECT b.kind, b.id, b.stage, b.title, b.doc_number, coalesce(p.published_date, i.published_date, m.day, ''),
			CASE b.public WHEN 1 THEN '' ELSE b.content END
		FROM (SELECT kind, id FROM publications WHERE title = $1 AND deleted_at = 0
			UNION SELECT kind, id FROM publications WHERE number_key = $2 AND number_key <> '' AND deleted_at = 0) n
		JOIN publications b ON b.kind = n.kind AND b.id = n.id
		LEFT JOIN policies p ON b.kind = 'policy' AND p.id = b.id
		LEFT JOIN interpretations i ON b.kind = 'interpretation' AND i.id = b.id
		LEFT JOIN meetings m ON b.kind = 'meeting' AND m.id = b.id
		WHERE b.kind = $3 ORDER BY b.id LIMIT 50`, title, key, kind)
	if err != nil {
		return nil, fmt.Errorf("look for number and title: %w", err)
	}
	return list, nil
}

func scanNamesake(row scanner) (n Namesake, err error) {
	var content string
	if err := row.Scan(&n.Kind, &n.ID, &n.Stage, &n.Title, &n.DocNumber, &n.Day, &content); err != nil || content == "" {
		return n, err
	}
	var days struct {
		Published model.Day `json:"published_date"`
		Written   model.Day `json:"written_date"`
		Held      model.Day `json:"day"`
	}
	err = json.Unmarshal([]byte(content), &days)
	n.Day = cmp.Or(days.Published, days.Written, days.Held)
	return n, err
}
