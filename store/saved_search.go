package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

// hashSearch is what the IDs of saved searches are hashed for: they stand in
// addresses, and what somebody looks for can be guessed from a hash without a key.
const hashSearch = "search"

// Anchored is a saved search with what candidates are found by.
type Anchored struct {
	model.SavedSearch
	Anchor string // something that every document holds which it finds
	Rules  string // by which that was chosen
}

// SearchID is the ID of a condition: of what its text asks for, and its filters.
func (s *Store) SearchID(canonical string, filters map[string][]string) (string, error) {
	chosen, err := json.Marshal(filters) // names in their order
	if err != nil {
		return "", fmt.Errorf("name a search: %w", err)
	}
	hash, err := s.vault.Hash(hashSearch, canonical+"\n"+string(chosen))
	if err != nil {
		return "", fmt.Errorf("name a search: %w", err)
	}
	return hash[:32], nil
}

// KeepSearch keeps a saved search for whoever follows it in this transaction, and
// keeps ForgetSearches from it until then.
func (tx *Tx) KeepSearch(ctx context.Context, a *Anchored) error {
	return tx.exec(ctx, "keep search", `INSERT INTO saved_searches (id, text, filters, anchor, rules, saved_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at`, a.ID, a.Text, toJSON(a.Filters), a.Anchor, a.Rules, tx.now())
}

const searchColumns = `s.id, s.text, s.filters FROM saved_searches s`

func scanSearch(row scanner) (v model.SavedSearch, err error) {
	return v, row.Scan(&v.ID, &v.Text, asJSON(&v.Filters))
}

// SavedSearches reads saved searches by their IDs; what is not there is left out.
func (s *Store) SavedSearches(ctx context.Context, ids []string) ([]model.SavedSearch, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var w where
	in(&w, "s.id", ids)
	list, err := collect(ctx, s.reads, scanSearch, `SELECT `+searchColumns+` WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read saved searches: %w", err)
	}
	return list, nil
}

// SearchesAt hands on the saved searches that stand under some anchors. Its cost grows
// with the anchors, each of which is looked up in the index, and with the searches
// that it gives; hardly with the searches there are.
func (s *Store) SearchesAt(ctx context.Context, anchors []string, hand func(model.SavedSearch) error) error {
	err := stream(ctx, s.reads, scanSearch, hand, `SELECT `+searchColumns+` WHERE `+s.d.among("s.anchor", "$1"), asList(anchors))
	if err != nil {
		return fmt.Errorf("read saved searches: %w", err)
	}
	return nil
}

// SearchesBehind reads saved searches whose anchor was chosen by other rules.
func (s *Store) SearchesBehind(ctx context.Context, rules string, limit int) ([]model.SavedSearch, error) {
	list, err := collect(ctx, s.reads, scanSearch,
		`SELECT `+searchColumns+` WHERE s.rules < $1 OR s.rules > $1 ORDER BY s.id LIMIT $2`, rules, limit)
	if err != nil {
		return nil, fmt.Errorf("read saved searches: %w", err)
	}
	return list, nil
}

// AnchorSearch keeps another anchor of a saved search, when the transaction commits.
func (tx *Tx) AnchorSearch(a *Anchored) {
	tx.later(`UPDATE saved_searches SET anchor = $2, rules = $3 WHERE id = $1`, a.ID, a.Anchor, a.Rules)
}

// ForgetSearches forgets saved searches that were last saved before a moment and
// that nobody follows: what somebody typed is theirs.
func (tx *Tx) ForgetSearches(ctx context.Context, before time.Time) error {
	return tx.exec(ctx, "forget searches", `DELETE FROM saved_searches WHERE saved_at < $1
		AND NOT EXISTS (SELECT 1 FROM follows f WHERE f.kind = 'search' AND f.key = saved_searches.id)`, before.UnixMilli())
}

// FindFollowers notes for an announcement who follows one of some saved searches
// and wants to be told of it now: each resident once, by the quickest of them.
// Done again, nothing changes.
func (tx *Tx) FindFollowers(ctx context.Context, announcementID string, searchIDs []string) error {
	if len(searchIDs) == 0 {
		return nil
	}
	w := where{args: []any{announcementID}}
	in(&w, "f.key", searchIDs)
	return tx.exec(ctx, "find followers", `INSERT INTO announcement_finds (announcement_id, resident_id, key, pace)
		SELECT $1, r.resident_id, r.key, r.pace FROM (SELECT f.resident_id, f.key, f.pace, row_number() OVER (
				PARTITION BY f.resident_id ORDER BY `+quickness("f.pace")+`, f.key) AS place
			FROM follows f WHERE f.kind = 'search' AND f.paused = 0 AND `+w.String()+`) r WHERE r.place = 1
		ON CONFLICT (announcement_id, resident_id) DO UPDATE SET key = excluded.key, pace = excluded.pace
			WHERE `+quickness("excluded.pace")+` < `+quickness("announcement_finds.pace"), w.args...)
}

// quickness orders the paces in a column.
func quickness(column string) string {
	var text strings.Builder
	text.WriteString("CASE " + column)
	for i, pace := range model.Paces() {
		fmt.Fprintf(&text, " WHEN '%s' THEN %d", pace, i)
	}
	return text.String() + " ELSE 9 END"
}
