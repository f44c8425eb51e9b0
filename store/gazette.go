package store

import (
	"context"
	"errors"
	"fmt"

	"yuandu/model"
)

const gazetteColumns = `g.id, g.version, g.year, g.number, g.day, g.title, g.cover, g.page_count, g.missing, g.published_at, g.updated_at, g.file_sm3`

func scanGazette(row scanner, more ...any) (g model.GazetteIssue, err error) {
	dest := []any{&g.ID, &g.Version, &g.Year, &g.Number, &g.Day, &g.Title, &g.Cover, &g.PageCount, &g.Missing, milliseconds{&g.PublishedAt},
		milliseconds{&g.UpdatedAt}, &g.File.SM3}
	return g, row.Scan(append(dest, more...)...)
}

// Gazette reads a public issue with all that it contains, nil where there is none.
func (s *Store) Gazette(ctx context.Context, id string) (*model.GazetteIssue, error) {
	g, err := s.GazetteFront(ctx, id)
	if err != nil || g == nil {
		return nil, err
	}
	g.Pieces, err = s.gazettePieces(ctx, true, `p.issue_id = $1 ORDER BY p.position`, id)
	return g, err
}

// GazetteFront reads a public issue without its pieces, nil where there is none.
func (s *Store) GazetteFront(ctx context.Context, id string) (*model.GazetteIssue, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (model.GazetteIssue, error) {
		var contents []model.GazetteEntry
		var texts []model.GazetteText
		g, err := scanGazette(row, asJSON(&contents), asJSON(&texts))
		g.Contents, g.Texts = contents, texts
		return g, err
	}, `SELECT `+gazetteColumns+`, g.contents, g.texts FROM gazette_issues g WHERE g.id = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("read issue of the gazette: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	g := &list[0]
	files, err := s.attachments(ctx, model.KindGazette, id)
	if err != nil {
		return nil, fmt.Errorf("read file of issue: %w", err)
	}
	if len(files) > 0 {
		g.File = files[0]
	}
	return g, nil
}

// Gazettes lists all public issues without what they contain, the newest first: there are some
// dozen a year at most.
func (s *Store) Gazettes(ctx context.Context) ([]model.GazetteIssue, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (model.GazetteIssue, error) { return scanGazette(row) },
		`SELECT `+gazetteColumns+` FROM gazette_issues g ORDER BY g.year DESC, g.number DESC`)
	if err != nil {
		return nil, fmt.Errorf("list issues of the gazette: %w", err)
	}
	return list, nil
}

// GazetteOf is the ID of the public issue of a place, "" where there is none.
func (r reads) GazetteOf(ctx context.Context, p model.GazettePlace) (id string, err error) {
	if _, err = r.row(ctx, `SELECT id FROM gazette_issues WHERE year = $1 AND number = $2`, []any{p.Year, p.Number}, &id); err != nil {
		return "", fmt.Errorf("look for the issue of a place: %w", err)
	}
	return id, nil
}

const pieceColumns = `p.id, p.issue_id, p.position, p.title, p.doc_number, p.issuer, p.category, p.first_page, p.top, p.last_page, p.bottom, p.policy_id`

func scanPiece(row scanner, more ...any) (p model.GazettePiece, err error) {
	dest := []any{&p.ID, &p.IssueID, &p.Position, &p.Title, &p.DocNumber, &p.Issuer, &p.Category, &p.First, &p.Top, &p.Last, &p.Bottom, &p.PolicyID}
	return p, row.Scan(append(dest, more...)...)
}

func (s *Store) gazettePieces(ctx context.Context, whole bool, condition string, args ...any) ([]model.GazettePiece, error) {
	columns := pieceColumns
	if whole {
		columns += `, p.flow`
	}
	list, err := collect(ctx, s.reads, func(row scanner) (p model.GazettePiece, err error) {
		if !whole {
			return scanPiece(row)
		}
		var flow []model.GazetteParagraph
		p, err = scanPiece(row, asJSON(&flow))
		p.Flow = flow
		return p, err
	}, `SELECT `+columns+` FROM gazette_pieces p WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read pieces of the gazette: %w", err)
	}
	return list, nil
}

// GazettePiecesOf are the pieces of a public issue in their order, without texts.
func (s *Store) GazettePiecesOf(ctx context.Context, issueID string) ([]model.GazettePiece, error) {
	return s.gazettePieces(ctx, false, `p.issue_id = $1 ORDER BY p.position`, issueID)
}

// GazettePiece reads a public piece with its text, nil where there is none.
func (s *Store) GazettePiece(ctx context.Context, id string) (*model.GazettePiece, error) {
	list, err := s.gazettePieces(ctx, true, `p.id = $1`, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Printing is where in the gazette a policy was printed.
type Printing struct {
	IssueID, PieceID string
	model.GazettePlace
}

// PrintingsOf are where a policy was printed, the first at first.
func (r reads) PrintingsOf(ctx context.Context, policyID string) ([]Printing, error) {
	list, err := collect(ctx, r, func(row scanner) (p Printing, err error) {
		return p, row.Scan(&p.IssueID, &p.PieceID, &p.Year, &p.Number, &p.Page)
	}, `SELECT g.id, p.id, g.year, g.number, p.first_page FROM gazette_pieces p JOIN gazette_issues g ON g.id = p.issue_id
		WHERE p.policy_id = $1 ORDER BY g.year, g.number, p.position LIMIT 20`, policyID)
	if err != nil {
		return nil, fmt.Errorf("read where a policy was printed: %w", err)
	}
	return list, nil
}

// PolicyNames are the titles of public policies by their IDs.
func (r reads) PolicyNames(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	if len(ids) == 0 {
		return names, nil
	}
	var w where
	w.and(r.d.among("id", "?"), asList(ids))
	_, err := collect(ctx, r, func(row scanner) (id string, err error) {
		var title string
		err = row.Scan(&id, &title)
		names[id] = title
		return id, err
	}, `SELECT id, title FROM policies WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read titles of policies: %w", err)
	}
	return names, nil
}

// PolicyPrinted is the public policy that has a number, or else the only one of that title, ""
// where there is none.
func (r reads) PolicyPrinted(ctx context.Context, numberKey, title string) (id string, err error) {
	if numberKey != "" {
		if _, err = r.row(ctx, `SELECT id FROM policies WHERE number_key = $1 ORDER BY id LIMIT 1`, []any{numberKey}, &id); err != nil || id != "" {
			return id, err
		}
	}
	ids, err := collect(ctx, r, func(row scanner) (id string, err error) { return id, row.Scan(&id) },
		`SELECT id FROM policies WHERE title = $1 AND (doc_number = '' OR $2 = '') ORDER BY id LIMIT 2`, title, numberKey)
	if err != nil {
		return "", fmt.Errorf("look for the policy that was printed: %w", err)
	}
	if len(ids) == 1 {
		return ids[0], nil
	}
	return "", nil
}

// IndexedPiece is a piece with its text and what it needs of its issue.
type IndexedPiece struct {
	model.GazettePiece
	Version int64
	Place   model.GazettePlace
	Day     model.Day
	Issue   string // its title
}

// IndexedPieces reads pieces as the search index wants them: the next limit ones after an ID,
// or those of some IDs.
func (s *Store) IndexedPieces(ctx context.Context, after string, ids []string, limit int) ([]IndexedPiece, error) {
	w := afterOrOf("p.id", after, ids)
	w.args = append(w.args, limit)
	list, err := collect(ctx, s.reads, func(row scanner) (i IndexedPiece, err error) {
		var flow []model.GazetteParagraph
		i.GazettePiece, err = scanPiece(row, asJSON(&flow), &i.Version, &i.Place.Year, &i.Place.Number, &i.Day, &i.Issue)
		i.Flow = flow
		return i, err
	}, fmt.Sprintf(`SELECT `+pieceColumns+`, p.flow, p.version, g.year, g.number, g.day, g.title
		FROM gazette_pieces p JOIN gazette_issues g ON g.id = p.issue_id WHERE %s ORDER BY p.id LIMIT $%d`, w, len(w.args)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read pieces for the index: %w", err)
	}
	return list, nil
}

// PieceVersions lists IDs and versions, ordered by ID, after an ID.
func (s *Store) PieceVersions(ctx context.Context, after string, limit int) ([]Version, error) {
	return s.versions(ctx, "gazette_pieces", after, limit)
}

// PublishGazette makes an issue with its pieces public, or changes what is public of it. It is
// ErrGazetteTaken where another issue has its place. gone says whether a piece stood in it that
// does not any more.
func (tx *Tx) PublishGazette(ctx context.Context, g *model.GazetteIssue, e Edition) (gone bool, err error) {
	if err := tx.holdGazette(ctx); err != nil {
		return false, err
	}
	there, err := tx.row(ctx, `SELECT version, published_at FROM gazette_issues WHERE id = $1`, []any{g.ID}, &g.Version, milliseconds{&g.PublishedAt})
	if err != nil {
		return false, fmt.Errorf("look for issue of the gazette: %w", err)
	}
	if !there {
		g.PublishedAt = tx.store.clock.Now()
		if g.Version, err = tx.versionsServed(ctx, model.KindGazette, g.ID); err != nil {
			return false, err
		}
	}
	g.Version++
	g.UpdatedAt = tx.store.clock.Now()
	f := formOf(g.Canonical(), e, []model.Attachment{g.File})
	if err := tx.writeGazette(ctx, g, f.hash); err != nil {
		return false, err
	}
	if gone, err = tx.setPieces(ctx, g); err != nil {
		return false, err
	}
	return gone, tx.keepRevision(ctx, model.KindGazette, g.ID, g.Version, f)
}

func (tx *Tx) writeGazette(ctx context.Context, g *model.GazetteIssue, hash string) error {
	taken, err := tx.row(ctx, `SELECT id FROM gazette_issues WHERE year = $1 AND number = $2 AND id <> $3`, []any{g.Year, g.Number, g.ID}, new(string))
	switch {
	case err != nil:
		return fmt.Errorf("look for issue of the gazette: %w", err)
	case taken:
		return model.ErrGazetteTaken.With("", map[string]any{"place": g.Place().String(), "title": g.Title})
	}
	err = tx.exec(ctx, "save issue of the gazette", `
		INSERT INTO gazette_issues (id, version, year, number, day, title, cover, file_sm3, page_count, missing, contents, texts, sm3, published_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, year = excluded.year, number = excluded.number, day = excluded.day,
			title = excluded.title, cover = excluded.cover, file_sm3 = excluded.file_sm3, page_count = excluded.page_count, missing = excluded.missing,
			contents = excluded.contents, texts = excluded.texts, sm3 = excluded.sm3, updated_at = excluded.updated_at`,
		g.ID, g.Version, g.Year, g.Number, g.Day, g.Title, g.Cover, g.File.SM3, g.PageCount, g.Missing, toJSON(g.Contents), toJSON(g.Texts), hash,
		g.PublishedAt.UnixMilli(), g.UpdatedAt.UnixMilli())
	tx.changed = true
	return errors.Join(err, tx.setFiles(ctx, model.KindGazette, g.ID, []model.Attachment{g.File}, nil))
}

// setPieces makes the pieces of an issue those that it has now.
func (tx *Tx) setPieces(ctx context.Context, g *model.GazetteIssue) (gone bool, err error) {
	before, err := tx.ids(ctx, `SELECT id FROM gazette_pieces WHERE issue_id = $1`, g.ID)
	if err == nil {
		err = tx.touchPrinted(ctx, g.ID) // those that it does not name any more
	}
	if err != nil {
		return false, err
	}
	stay := map[string]bool{}
	for n := range g.Pieces {
		p := &g.Pieces[n]
		p.IssueID, p.Position, stay[p.ID] = g.ID, n, true
		if err := tx.writePiece(ctx, g, p); err != nil {
			return false, err
		}
	}
	for _, id := range before {
		if stay[id] {
			continue
		}
		gone = true
		if err := tx.dropPiece(ctx, id); err != nil {
			return false, err
		}
	}
	return gone, tx.touchPrinted(ctx, g.ID)
}

// touchPrinted gives the policies that an issue printed a new version: they say where they were
// printed.
func (tx *Tx) touchPrinted(ctx context.Context, issueID string) error {
	policies, err := tx.ids(ctx, `SELECT DISTINCT p.id FROM policies p JOIN gazette_pieces g ON g.policy_id = p.id WHERE g.issue_id = $1`, issueID)
	for _, id := range policies {
		if err == nil {
			err = tx.touch(ctx, id)
		}
	}
	return err
}

// writePiece is ErrGazettePieceTwice where another issue has the piece.
func (tx *Tx) writePiece(ctx context.Context, g *model.GazetteIssue, p *model.GazettePiece) error {
	kept, err := tx.row(ctx, `
		INSERT INTO gazette_pieces (id, issue_id, position, version, updated_at, title, doc_number, number_key, issuer, category, first_page, top,
			last_page, bottom, policy_id, flow)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE SET position = excluded.position, version = excluded.version, updated_at = excluded.updated_at,
			title = excluded.title, doc_number = excluded.doc_number, number_key = excluded.number_key, issuer = excluded.issuer,
			category = excluded.category, first_page = excluded.first_page, top = excluded.top, last_page = excluded.last_page,
			bottom = excluded.bottom, policy_id = excluded.policy_id, flow = excluded.flow
			WHERE gazette_pieces.issue_id = excluded.issue_id
		RETURNING id`,
		[]any{p.ID, p.IssueID, p.Position, g.Version, g.UpdatedAt.UnixMilli(), p.Title, p.DocNumber, model.NumberKey(p.DocNumber), p.Issuer, p.Category,
			p.First, p.Top, p.Last, p.Bottom, p.PolicyID, toJSON(p.Flow)}, new(string))
	switch {
	case err != nil:
		return fmt.Errorf("save piece of the gazette: %w", err)
	case !kept:
		return model.ErrGazettePieceTwice
	}
	return tx.QueueIndex(ctx, model.KindGazettePiece, p.ID)
}

func (tx *Tx) dropPiece(ctx context.Context, id string) error {
	return errors.Join(tx.exec(ctx, "drop piece of the gazette", `DELETE FROM gazette_pieces WHERE id = $1`, id),
		tx.QueueIndex(ctx, model.KindGazettePiece, id))
}

// WithdrawGazette takes an issue with its pieces from the public.
func (tx *Tx) WithdrawGazette(ctx context.Context, id string) error {
	pieces, err := tx.ids(ctx, `SELECT id FROM gazette_pieces WHERE issue_id = $1`, id)
	if err != nil {
		return err
	}
	if err := tx.touchPrinted(ctx, id); err != nil {
		return err
	}
	for _, piece := range pieces {
		if err := tx.dropPiece(ctx, piece); err != nil {
			return err
		}
	}
	tx.changed = true
	return errors.Join(
		tx.exec(ctx, "take files away", `DELETE FROM attachments WHERE owner_kind = 'gazette' AND owner_id = $1`, id),
		tx.exec(ctx, "note version", `UPDATE publications SET served = (SELECT version FROM gazette_issues WHERE id = $1) WHERE kind = 'gazette' AND id = $1`, id),
		tx.exec(ctx, "withdraw issue of the gazette", `DELETE FROM gazette_issues WHERE id = $1`, id))
}
