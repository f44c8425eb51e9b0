package store

import (
	"context"
	"fmt"
	"strings"

	"yuandu/model"
)

// FavouriteFilter narrows a resident's favourites.
type FavouriteFilter struct {
	Words         []string // all of them in the title or the document number
	Number        string   // key of a document number, instead of the words
	Limit, Offset int
}

// Favourites lists what a resident keeps, the newest first, and counts all that
// match.
func (s *Store) Favourites(ctx context.Context, residentID string, f FavouriteFilter) (list []model.Favourite, total int, err error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, 0, err
	}
	w := f.conditions(s.d, residentID)
	list, err = collect(ctx, s.reads, func(row scanner) (model.Favourite, error) { return scanFavourite(d, row, &total) },
		`SELECT `+favouriteColumns(s.d)+favouritesOf(s.d)+w.String()+
			fmt.Sprintf(` ORDER BY f.kept_at DESC, f.key DESC, f.kind LIMIT %d OFFSET %d`, f.Limit, f.Offset), w.args...)
	if err == nil && len(list) == 0 && f.Offset > 0 {
		_, err = s.row(ctx, `SELECT count(*)`+favouritesOf(s.d)+w.String(), w.args, &total)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("list favourites: %w", err)
	}
	return list, total, nil
}

func (f FavouriteFilter) conditions(d dialect, residentID string) *where {
	w := &where{}
	w.and("f.resident_id = ?", residentID)
	if f.Number != "" {
		w.and("(f.number_key = ? OR p.number_key = ?)", f.Number, f.Number)
		return w
	}
	for _, word := range f.Words {
		w.and(`(lower(`+titleKept(d)+`) LIKE ? ESCAPE '\' OR lower(coalesce(p.doc_number, f.doc_number)) LIKE ? ESCAPE '\')`,
			containing(word), containing(word))
	}
	return w
}

func scanFavourite(d *Directory, row scanner, total *int) (f model.Favourite, err error) {
	var departments string
	var gone bool
	var withdrawal *model.Withdrawal
	err = row.Scan(&f.Kind, &f.ID, milliseconds{&f.KeptAt}, &f.Title, &f.DocNumber, &f.PublishedDate, &f.Days.Effective, &f.Days.Expiry,
		&f.Days.Amended, &f.Days.Repealed, &f.Days.Stated, &departments, &gone, asJSON(&withdrawal), total)
	f.Departments = d.DepartmentsOf(split(departments))
	if gone {
		f.Loss = &model.Loss{Withdrawal: withdrawal}
	}
	return f, err
}

// AddFavourite keeps a public document for a resident who was taken by
// TakeResident; found is false where the document is not public. Kept again,
// nothing changes.
func (tx *Tx) AddFavourite(ctx context.Context, residentID string, kind model.Kind, id string) (found bool, err error) {
	held, err := tx.room(ctx, "favourites", residentID, kind, id)
	switch {
	case err != nil || held.there:
		return held.there, err
	case held.count >= model.MostFavourites:
		return true, model.ErrFavouritesFull.With("", map[string]any{"most": model.MostFavourites})
	}
	found, err = tx.row(ctx, `INSERT INTO favourites (resident_id, kind, key, title, doc_number, number_key, kept_at)
		`+keeping(tx.d, kind)+` RETURNING key`, []any{residentID, kind, id, tx.now()}, new(string))
	if err != nil {
		return false, fmt.Errorf("add favourite: %w", err)
	}
	return found, nil
}

// held is how much is on a resident's list, and whether one thing is.
type held struct {
	count int
	there bool
}

// room looks at a list of a resident's, favourites or follows.
func (tx *Tx) room(ctx context.Context, table, residentID string, kind model.Kind, key string) (h held, err error) {
	_, err = tx.row(ctx, `SELECT count(*), coalesce(sum(CASE WHEN kind = $2 AND key = $3 THEN 1 ELSE 0 END), 0) > 0
		FROM `+table+` WHERE resident_id = $1`, []any{residentID, kind, key}, &h.count, &h.there)
	if err != nil {
		return h, fmt.Errorf("look at %s: %w", table, err)
	}
	return h, nil
}

// RemoveFavourite lets go of what a resident keeps.
func (tx *Tx) RemoveFavourite(ctx context.Context, residentID string, kind model.Kind, id string) error {
	return tx.unlist(ctx, "favourites", residentID, kind, id)
}

// unlist takes something off a list of a resident's, also under the ID of what was
// merged into it: it may have been put there while that was done.
func (tx *Tx) unlist(ctx context.Context, table, residentID string, kind model.Kind, id string) error {
	return tx.exec(ctx, "remove from "+table, `DELETE FROM `+table+` WHERE resident_id = $1 AND kind = $2
		AND (key = $3 OR key IN (SELECT m.old_id FROM moved m WHERE m.kind = $2 AND m.new_id = $3))`, residentID, kind, id)
}

// EraseFavourites forgets what a resident kept, and says how much it was.
func (tx *Tx) EraseFavourites(ctx context.Context, residentID string) (int, error) {
	return tx.eraseList(ctx, "favourites", residentID)
}

func (tx *Tx) eraseList(ctx context.Context, table, residentID string) (n int, err error) {
	if _, err := tx.row(ctx, `SELECT count(*) FROM `+table+` WHERE resident_id = $1`, []any{residentID}, &n); err != nil {
		return 0, fmt.Errorf("count %s: %w", table, err)
	}
	return n, tx.exec(ctx, "erase "+table, `DELETE FROM `+table+` WHERE resident_id = $1`, residentID)
}

// Marks says what a resident has made of one thing.
func (r reads) Marks(ctx context.Context, residentID string, kind model.Kind, id string) (m model.Marks, err error) {
	const on = ` x WHERE x.resident_id = $1 AND x.kind = $2 AND x.key = $3)`
	_, err = r.row(ctx, `SELECT EXISTS (SELECT 1 FROM favourites`+on+`, EXISTS (SELECT 1 FROM follows`+on, []any{residentID, kind, id},
		&m.Favourite, &m.Followed)
	if err != nil {
		return m, fmt.Errorf("read marks: %w", err)
	}
	return m, nil
}

// moveKept lets residents keep, and follow, what something was merged into. Who had
// both has it once.
func (tx *Tx) moveKept(ctx context.Context, kind model.Kind, from, into string) error {
	for _, table := range []string{"favourites", "follows"} {
		err := tx.exec(ctx, "have "+table+" once", strings.ReplaceAll(`DELETE FROM list WHERE kind = $1 AND key = $2
			AND resident_id IN (SELECT k.resident_id FROM list k WHERE k.kind = $1 AND k.key = $3)`, "list", table), kind, from, into)
		if err != nil {
			return err
		}
		err = tx.exec(ctx, "move "+table, `UPDATE `+table+` SET key = $3 WHERE kind = $1 AND key = $2`, kind, from, into)
		if err != nil {
			return err
		}
	}
	return nil
}
