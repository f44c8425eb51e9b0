package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"yuandu/model"
)

// Audit adds a line to the audit trail, in the transaction of what it tells.
func (tx *Tx) Audit(ctx context.Context, by model.Actor, e model.AuditEntry) error {
	keys, err := tx.store.vault.current(false)
	if err != nil {
		return fmt.Errorf("write audit line: %w", err)
	}
	line := model.AuditLine{At: time.UnixMilli(tx.now()), By: by, Act: e.Act, Object: e.Object}
	if e.Details != nil {
		details, err := json.Marshal(e.Details)
		if err != nil {
			return fmt.Errorf("write audit line: %w", err)
		}
		line.Details = string(details)
	}
	// The ID begins with the moment, so that lines are in order by it.
	line.ID = ulid.MustNew(uint64(line.At.UnixMilli()), rand.Reader).String()
	line.MAC = lineMAC(keys.Audit, &line)
	tx.by = by
	return tx.exec(ctx, "write audit line", `
		INSERT INTO audit (id, at, actor_kind, actor_id, session_id, address, request, act, object_kind, object_id, details, mac)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		line.ID, line.At.UnixMilli(), by.Kind, by.ID, by.Session, by.Address, by.Request,
		line.Act, line.Object.Kind, line.Object.ID, line.Details, line.MAC)
}

// lineMAC covers all of a line but its place in the chain (docs/audit.md).
func lineMAC(key []byte, l *model.AuditLine) string {
	return keyedHash(key, "line", l.ID, strconv.FormatInt(l.At.UnixMilli(), 10), string(l.By.Kind), l.By.ID, l.By.Session,
		l.By.Address, l.By.Request, l.Act, l.Object.Kind, l.Object.ID, l.Details)
}

// linkTo chains a line behind the one whose link is given.
func linkTo(key []byte, before string, seq int64, mac string) string {
	return keyedHash(key, "link", before, strconv.FormatInt(seq, 10), mac)
}

// sealAtOnce is how many lines one transaction seals: as many as fit into the
// statement that does it.
const sealAtOnce = 500

// SealAudit gives the lines that wait their places in the chain, in one
// transaction, and says where the chain ends now and how many were sealed:
// fewer than SealPage when nothing waits any more. Sealers take turns.
func (s *Store) SealAudit(ctx context.Context) (head model.AuditHead, sealed int, err error) {
	keys, err := s.vault.current(false)
	if err != nil {
		return head, 0, fmt.Errorf("seal audit trail: %w", err)
	}
	err = s.InTx(ctx, func(tx *Tx) error {
		if _, err := tx.row(ctx, `UPDATE audit_head SET seq = seq WHERE one = 1 RETURNING seq, link`, nil, &head.Seq, &head.Link); err != nil {
			return err
		}
		waiting, err := tx.waitingLines(ctx)
		if err != nil || len(waiting) == 0 {
			return err
		}
		sealed = len(waiting)
		return tx.seal(ctx, keys.Audit, &head, waiting)
	})
	if err != nil {
		return head, 0, fmt.Errorf("seal audit trail: %w", err)
	}
	return head, sealed, nil
}

// SealPage is how many lines SealAudit seals at most.
const SealPage = sealAtOnce

type waitingLine struct{ id, mac string }

func (tx *Tx) waitingLines(ctx context.Context) ([]waitingLine, error) {
	return collect(ctx, tx.reads, func(row scanner) (l waitingLine, err error) {
		return l, row.Scan(&l.id, &l.mac)
	}, `SELECT id, mac FROM audit WHERE seq IS NULL ORDER BY id LIMIT $1`, sealAtOnce)
}

func (tx *Tx) seal(ctx context.Context, key []byte, head *model.AuditHead, lines []waitingLine) error {
	places := strings.Builder{}
	args := make([]any, 0, 3*len(lines))
	for i, l := range lines {
		head.Seq++
		head.Link = linkTo(key, head.Link, head.Seq, l.mac)
		if i > 0 {
			places.WriteString(", ")
		}
		fmt.Fprintf(&places, "(CAST($%d AS TEXT), CAST($%d AS BIGINT), CAST($%d AS TEXT))", 3*i+1, 3*i+2, 3*i+3)
		args = append(args, l.id, head.Seq, head.Link)
	}
	err := tx.exec(ctx, "seal", `UPDATE audit SET seq = places.column2, link = places.column3
		FROM (VALUES `+places.String()+`) AS places WHERE audit.id = places.column1`, args...)
	if err != nil {
		return err
	}
	return tx.exec(ctx, "move head", `UPDATE audit_head SET seq = $1, link = $2 WHERE one = 1`, head.Seq, head.Link)
}

// AuditFilter narrows the trail; what is empty does not.
type AuditFilter struct {
	Actor  string // ID
	Object string // ID
	Act    string // or the start of it, up to a dot: "staff."
	From   time.Time
	Until  time.Time // not included
	Before string    // ID of a line: older ones only
	Limit  int
}

// AuditLines lists lines of the trail, the newest first.
func (r reads) AuditLines(ctx context.Context, f AuditFilter) ([]model.AuditLine, error) {
	w := &where{}
	w.and("true")
	if f.Actor != "" {
		w.and("actor_id = ?", f.Actor)
	}
	if f.Object != "" {
		w.and("object_id = ?", f.Object)
	}
	switch {
	case strings.HasSuffix(f.Act, "."):
		w.and("substr(act, 1, ?) = ?", len(f.Act), f.Act)
	case f.Act != "":
		w.and("act = ?", f.Act)
	}
	if !f.From.IsZero() {
		w.and("id >= ?", firstIDOf(f.From))
	}
	if !f.Until.IsZero() {
		w.and("id < ?", firstIDOf(f.Until))
	}
	if f.Before != "" {
		w.and("id < ?", f.Before)
	}
	list, err := collect(ctx, r, scanAuditLine,
		`SELECT `+auditColumns+` FROM audit WHERE `+w.String()+fmt.Sprintf(` ORDER BY id DESC LIMIT %d`, f.Limit), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read audit trail: %w", err)
	}
	return list, nil
}

// firstIDOf is the smallest ID that a line of a moment can have.
func firstIDOf(at time.Time) string {
	var id ulid.ULID
	id.SetTime(uint64(max(at.UnixMilli(), 0)))
	return id.String()
}

const auditColumns = `id, at, actor_kind, actor_id, session_id, address, request, act, object_kind, object_id, details, mac, seq, link`

func scanAuditLine(row scanner) (l model.AuditLine, err error) {
	var seq sql.NullInt64
	var link sql.NullString
	err = row.Scan(&l.ID, milliseconds{&l.At}, &l.By.Kind, &l.By.ID, &l.By.Session, &l.By.Address, &l.By.Request,
		&l.Act, &l.Object.Kind, &l.Object.ID, &l.Details, &l.MAC, &seq, &link)
	l.Seq, l.Link = seq.Int64, link.String
	return l, err
}

// CountAuditOf counts the lines about a record.
func (tx *Tx) CountAuditOf(ctx context.Context, objectID string) (n int, err error) {
	if _, err = tx.row(ctx, `SELECT count(*) FROM audit WHERE object_id = $1`, []any{objectID}, &n); err != nil {
		return 0, fmt.Errorf("count audit lines: %w", err)
	}
	return n, nil
}

// AuditWaits says whether a line waits to be sealed.
func (r reads) AuditWaits(ctx context.Context) (bool, error) {
	waits, err := r.row(ctx, `SELECT id FROM audit WHERE seq IS NULL LIMIT 1`, nil, new(string))
	if err != nil {
		return false, fmt.Errorf("look for audit lines: %w", err)
	}
	return waits, nil
}

// AuditLink is the link of the line at a place in the chain, "" for none.
func (r reads) AuditLink(ctx context.Context, seq int64) (link string, err error) {
	if _, err = r.row(ctx, `SELECT link FROM audit WHERE seq = $1`, []any{seq}, &link); err != nil {
		return "", fmt.Errorf("read audit link: %w", err)
	}
	return link, nil
}

// AuditState is where the chain ends and how many lines wait.
func (r reads) AuditState(ctx context.Context) (head model.AuditHead, waiting int, err error) {
	if _, err = r.row(ctx, `SELECT seq, link FROM audit_head WHERE one = 1`, nil, &head.Seq, &head.Link); err == nil {
		_, err = r.row(ctx, `SELECT count(*) FROM audit WHERE seq IS NULL`, nil, &waiting)
	}
	if err != nil {
		return head, 0, fmt.Errorf("read state of the audit trail: %w", err)
	}
	return head, waiting, nil
}
