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
func (tx *Tx) keepRevision(ctx context.Context, kind model.Kind, id string, version int64, hash string, canonical []byte) error {
	tx.kept = append(tx.kept, auditRevision{kind, id, version, hash})
	return tx.exec(ctx, "keep revision", `
		INSERT INTO revisions (kind, id, version, sm3, canonical, saved_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		kind, id, version, hash, string(canonical), tx.now())
}

// auditRevision is a revision as the audit trail names it.
type auditRevision struct {
	Kind    model.Kind `json:"kind"`
	ID      string     `json:"id"`
	Version int64      `json:"version"`
	SM3     string     `json:"sm3"`
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
	SavedAt   time.Time
}

// Revisions lists the revisions of a document, the newest first.
func (r reads) Revisions(ctx context.Context, kind model.Kind, id string) ([]Revision, error) {
	list, err := collect(ctx, r, func(row scanner) (v Revision, err error) {
		return v, row.Scan(&v.Version, &v.SM3, &v.Canonical, milliseconds{&v.SavedAt})
	}, `SELECT version, sm3, canonical, saved_at FROM revisions WHERE kind = $1 AND id = $2 ORDER BY version DESC`, kind, id)
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
