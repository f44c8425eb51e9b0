package store

import (
	"context"
	"encoding/hex"
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
	return tx.exec(ctx, "keep revision", `
		INSERT INTO revisions (kind, id, version, sm3, canonical, act, note, saved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		kind, id, version, f.hash, string(f.canonical), r.act, r.note, r.savedAt)
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

// maxRevisions is how many revisions of one document are listed at most.
const maxRevisions = 1000

func (r reads) revisions(ctx context.Context, form string, kind model.Kind, id string, limit int) ([]Revision, error) {
	list, err := collect(ctx, r, func(row scanner) (v Revision, err error) {
		return v, row.Scan(&v.Version, &v.SM3, &v.Canonical, &v.Act, &v.Note, milliseconds{&v.SavedAt})
	}, `SELECT version, sm3, `+form+`, act, note, saved_at FROM revisions
		WHERE kind = $1 AND id = $2 ORDER BY version DESC LIMIT $3`, kind, id, limit)
	if err != nil {
		return nil, fmt.Errorf("read revisions: %w", err)
	}
	return list, nil
}

func sm3Hex(b []byte) string {
	sum := sm3.Sum(b)
	return hex.EncodeToString(sum[:])
}

// milliseconds reads a moment kept as unix milliseconds.
type milliseconds struct{ t *time.Time }

func (m milliseconds) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("moment is kept as %T", src)
	}
	*m.t = time.UnixMilli(n).In(model.Shanghai)
	return nil
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
