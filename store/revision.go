package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/model"
)

// keepRevision keeps what is public from now on, in its canonical form.
func (tx *Tx) keepRevision(ctx context.Context, kind model.Kind, id string, version int64, f form) error {
	r := revisionRow{kind, id, version, f.hash, f.edition.Act, f.edition.Note, tx.now()}
	tx.kept = append(tx.kept, auditRevision{kind, id, version, f.hash, r.sum()})
	err := tx.exec(ctx, "keep revision", `
		INSERT INTO revisions (kind, id, version, sm3, canonical, act, note, saved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		kind, id, version, f.hash, string(f.canonical), r.act, r.note, r.savedAt)
	for _, file := range f.files {
		err = errors.Join(err, tx.exec(ctx, "keep file of revision", `
			INSERT INTO revision_files (kind, id, version, file_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, kind, id, version, file))
	}
	return err
}

// revisionRow is a revision without its text.
type revisionRow struct {
	kind    model.Kind
	id      string
	version int64
	sm3     string
	act     model.PublicationAct
	note    string
	savedAt int64
}

// sum is the SM3 over the whole row, so that no part of it can be changed.
func (r revisionRow) sum() string {
	parts := []string{string(r.kind), r.id, strconv.FormatInt(r.version, 10), r.sm3, string(r.act), r.note, strconv.FormatInt(r.savedAt, 10)}
	return sm3Hex([]byte(strings.Join(parts, "\x1f")))
}

// auditRevision is a revision as the audit trail names it.
type auditRevision struct {
	Kind    model.Kind `json:"kind"`
	ID      string     `json:"id"`
	Version int64      `json:"version"`
	SM3     string     `json:"sm3"`
	Row     string     `json:"row"` // of the whole row
}

// actRevisions is the act of audit lines that name revisions.
const actRevisions = "revisions.kept"

type auditedRevisions struct {
	Revisions []auditRevision `json:"revisions"`
}

// auditRevisions puts the revisions of a transaction into the audit trail: one
// that is changed later is found by it.
func (tx *Tx) auditRevisions(ctx context.Context) error {
	if len(tx.kept) == 0 {
		return nil
	}
	if tx.by.Kind == model.Anybody {
		tx.by = model.System("yuandu")
	}
	return tx.Audit(ctx, tx.by, model.AuditEntry{Act: actRevisions, Details: auditedRevisions{tx.kept}})
}

// Revision is what was public of a document, from a moment on.
type Revision struct {
	Version   int64
	SM3       string // of Canonical, in hex
	Canonical string // docs/canonical-form.md
	Act       model.PublicationAct
	Note      string
	SavedAt   time.Time
	Closed    string // why nobody of the public may read it any more, "" where everybody may
}

// Revisions lists the revisions of a document, the newest first.
func (r reads) Revisions(ctx context.Context, kind model.Kind, id string) ([]Revision, error) {
	return r.revisions(ctx, "canonical", kind, id, maxRevisions)
}

// RevisionLog lists the revisions of a document without their forms, the newest
// first.
func (r reads) RevisionLog(ctx context.Context, kind model.Kind, id string) ([]Revision, error) {
	return r.revisions(ctx, "''", kind, id, maxRevisions)
}

// LatestRevision is the newest revision of a document, nil where it never was
// public.
func (r reads) LatestRevision(ctx context.Context, kind model.Kind, id string) (*Revision, error) {
	list, err := r.revisions(ctx, "canonical", kind, id, 1)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Revision is one revision of a document, nil where there is none of that version.
func (r reads) Revision(ctx context.Context, kind model.Kind, id string, version int64) (*Revision, error) {
	v := &Revision{Version: version}
	found, err := r.row(ctx, `SELECT sm3, canonical, act, note, saved_at, coalesce(c.reason, '')
		FROM revisions r LEFT JOIN revision_closures c ON c.kind = r.kind AND c.id = r.id AND c.version = r.version
		WHERE r.kind = $1 AND r.id = $2 AND r.version = $3`, []any{kind, id, version},
		&v.SM3, &v.Canonical, &v.Act, &v.Note, milliseconds{&v.SavedAt}, &v.Closed)
	if err != nil {
		return nil, fmt.Errorf("read revision: %w", err)
	}
	if !found {
		return nil, nil
	}
	return v, nil
}

// CloseRevision keeps a revision from the public, as proof alone.
func (tx *Tx) CloseRevision(ctx context.Context, kind model.Kind, id string, version int64, c Closure) error {
	return tx.exec(ctx, "close revision", `
		INSERT INTO revision_closures (kind, id, version, reason, closed_by, closed_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (kind, id, version) DO UPDATE SET reason = excluded.reason`, kind, id, version, c.Reason, c.By, tx.now())
}

// CloseOlderRevisions keeps all revisions before a version from the public; those that
// are closed already stay so for their own reason.
func (tx *Tx) CloseOlderRevisions(ctx context.Context, kind model.Kind, id string, before int64, c Closure) error {
	return tx.exec(ctx, "close older revisions", `
		INSERT INTO revision_closures (kind, id, version, reason, closed_by, closed_at)
		SELECT kind, id, version, $4, $5, $6 FROM revisions WHERE kind = $1 AND id = $2 AND version < $3
		ON CONFLICT (kind, id, version) DO NOTHING`, kind, id, before, c.Reason, c.By, tx.now())
}

// Closure is why nobody of the public may read a revision any more, and whose
// word that is.
type Closure struct{ By, Reason string }

// RevisionFiles are the files that a revision had.
func (r reads) RevisionFiles(ctx context.Context, kind model.Kind, id string, version int64) ([]model.Attachment, error) {
	list, err := collect(ctx, r, func(row scanner) (a model.Attachment, err error) {
		return a, row.Scan(&a.FileID, &a.Name, &a.MediaType, &a.Size, &a.SM3)
	}, `SELECT f.id, f.name, f.media_type, f.size, f.sm3 FROM revision_files r JOIN files f ON f.id = r.file_id
		WHERE r.kind = $1 AND r.id = $2 AND r.version = $3`, kind, id, version)
	if err != nil {
		return nil, fmt.Errorf("read files of revision: %w", err)
	}
	return list, nil
}

// HashedRevision is a revision that has a hash, or a file of it that has.
type HashedRevision struct {
	Kind    model.Kind
	ID      string
	Version int64
	File    string // its name, "" where the text has the hash
}

// RevisionsByHash lists the revisions of a hash that everybody may read, the
// newest first.
func (r reads) RevisionsByHash(ctx context.Context, sum string, limit int) ([]HashedRevision, error) {
	list, err := collect(ctx, r, func(row scanner) (v HashedRevision, err error) {
		return v, row.Scan(&v.Kind, &v.ID, &v.Version, &v.File)
	}, `SELECT x.kind, x.id, x.version, x.name FROM (
			SELECT kind, id, version, '' AS name FROM revisions WHERE sm3 = $1
			UNION ALL
			SELECT f.kind, f.id, f.version, k.name FROM files k JOIN revision_files f ON f.file_id = k.id WHERE k.sm3 = $1) x
		LEFT JOIN revision_closures c ON c.kind = x.kind AND c.id = x.id AND c.version = x.version
		WHERE c.version IS NULL OR x.name = '' ORDER BY x.version DESC, x.id LIMIT $2`, sum, limit)
	if err != nil {
		return nil, fmt.Errorf("look for hash: %w", err)
	}
	return list, nil
}

// maxRevisions is how many revisions of one document are listed at most.
const maxRevisions = 1000

func (r reads) revisions(ctx context.Context, form string, kind model.Kind, id string, limit int) ([]Revision, error) {
	list, err := collect(ctx, r, func(row scanner) (v Revision, err error) {
		return v, row.Scan(&v.Version, &v.SM3, &v.Canonical, &v.Act, &v.Note, milliseconds{&v.SavedAt}, &v.Closed)
	}, `SELECT r.version, sm3, `+form+`, act, note, saved_at, coalesce(c.reason, '')
		FROM revisions r LEFT JOIN revision_closures c ON c.kind = r.kind AND c.id = r.id AND c.version = r.version
		WHERE r.kind = $1 AND r.id = $2 ORDER BY r.version DESC LIMIT $3`, kind, id, limit)
	if err != nil {
		return nil, fmt.Errorf("read revisions: %w", err)
	}
	return list, nil
}

func sm3Hex(b []byte) string {
	sum := sm3.Sum(b)
	return hex.EncodeToString(sum[:])
}

// printedNumber writes a number key as documents print it.
func printedNumber(key string) string {
	parts := strings.Split(key, "|")
	if len(parts) != 3 {
		return ""
	}
	year, _ := strconv.Atoi(parts[1])
	sequence, _ := strconv.Atoi(parts[2])
	return model.DocNumber{Issuer: parts[0], Year: year, Sequence: sequence}.String()
}
