package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// MarkWords grows when a list of words changes.
const MarkWords = "words"

// Words reads what the city wrote into a list, in the order of names.
func (r reads) Words(ctx context.Context, list model.WordList) ([]model.WordEntry, error) {
	entries, err := collect(ctx, r, func(row scanner) (e model.WordEntry, err error) {
		return e, row.Scan(&e.ID, &e.List, &e.Name, asJSON(&e.WordContent), &e.Version, milliseconds{&e.UpdatedAt}, &e.UpdatedBy)
	}, `SELECT id, list, name, content, version, updated_at, updated_by FROM words WHERE list = $1 ORDER BY name, id`, list)
	if err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	return entries, nil
}

// WordsOff are the names of the product's own entries that the city has
// switched off.
func (r reads) WordsOff(ctx context.Context, list model.WordList) (map[string]bool, error) {
	off := map[string]bool{}
	_, err := collect(ctx, r, func(row scanner) (any, error) {
		var name string
		err := row.Scan(&name)
		off[name] = true
		return nil, err
	}, `SELECT name FROM words_off WHERE list = $1`, list)
	if err != nil {
		return nil, fmt.Errorf("read words that are off: %w", err)
	}
	return off, nil
}

// TakeWords reads the lists in order to change them: until the transaction ends
// nobody else does, so that what was compared still holds.
func (tx *Tx) TakeWords(ctx context.Context) error {
	tx.changed = true
	return tx.grow(ctx, MarkWords)
}

// KeepWord adds an entry without an ID, or changes the one of the ID if its
// version is still the one that was read: else it is ErrStale.
func (tx *Tx) KeepWord(ctx context.Context, e *model.WordEntry) error {
	e.UpdatedAt = tx.store.clock.Now()
	if e.ID == "" {
		e.ID, e.Version = NewID(), 1
		return tx.exec(ctx, "add word", `INSERT INTO words (id, list, name, content, version, updated_at, updated_by)
			VALUES ($1, $2, $3, $4, 1, $5, $6)`, e.ID, e.List, e.Name, toJSON(e.WordContent), tx.now(), e.UpdatedBy)
	}
	if err := tx.wordIs(ctx, e); err != nil {
		return err
	}
	e.Version++
	return tx.exec(ctx, "change word", `UPDATE words SET name = $2, content = $3, version = $4, updated_at = $5, updated_by = $6 WHERE id = $1`,
		e.ID, e.Name, toJSON(e.WordContent), e.Version, tx.now(), e.UpdatedBy)
}

// wordIs is ErrStale where an entry is at another version than the one that was
// read.
func (tx *Tx) wordIs(ctx context.Context, e *model.WordEntry) error {
	var now int64
	found, err := tx.row(ctx, `SELECT version FROM words WHERE id = $1 AND list = $2`, []any{e.ID, e.List}, &now)
	switch {
	case err != nil:
		return fmt.Errorf("read word: %w", err)
	case !found:
		return model.ErrWordMissing
	case now != e.Version:
		return model.ErrStale
	}
	return nil
}

// RemoveWord takes an entry out of its list.
func (tx *Tx) RemoveWord(ctx context.Context, e *model.WordEntry) error {
	if err := tx.wordIs(ctx, e); err != nil {
		return err
	}
	return tx.exec(ctx, "remove word", `DELETE FROM words WHERE id = $1`, e.ID)
}

// SwitchWord switches one of the product's own entries off, or on again.
func (tx *Tx) SwitchWord(ctx context.Context, list model.WordList, name string, off bool) error {
	if off {
		return tx.exec(ctx, "switch word off", `INSERT INTO words_off (list, name) VALUES ($1, $2) ON CONFLICT DO NOTHING`, list, name)
	}
	return tx.exec(ctx, "switch word on", `DELETE FROM words_off WHERE list = $1 AND name = $2`, list, name)
}
