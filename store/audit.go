package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"yuandu/model"
)

// Audit adds a line to the audit trail, in the transaction of what it tells.
// The line is written with the commit.
func (tx *Tx) Audit(_ context.Context, by model.Actor, e model.AuditEntry) error {
	line := model.AuditLine{By: by, Act: e.Act, Object: e.Object}
	if e.Details != nil {
		details, err := json.Marshal(e.Details)
		if err != nil {
			return fmt.Errorf("write audit line: %w", err)
		}
		line.Details = string(details)
	}
	tx.by, tx.lines = by, append(tx.lines, line)
	return nil
}

// auditLines are the statements that write the lines of a transaction.
func (tx *Tx) auditLines() (last []statement, err error) {
	if len(tx.lines) == 0 {
		return nil, nil
	}
	keys, err := tx.store.vault.current(false)
	if err != nil {
		return nil, fmt.Errorf("write audit line: %w", err)
	}
	rows := make([][]any, len(tx.lines))
	for i := range tx.lines {
		l := &tx.lines[i]
		l.At = time.UnixMilli(tx.now())
		l.ID = ulid.MustNew(uint64(l.At.UnixMilli()), rand.Reader).String()
		l.MAC = lineMAC(keys.Audit, l)
		rows[i] = []any{l.ID, l.At.UnixMilli(), string(l.By.Kind), l.By.ID, l.By.Session, l.By.Address, l.By.Request,
			l.Act, l.Object.Kind, l.Object.ID, l.Details, l.MAC}
	}
	return inserting(`INSERT INTO audit
		(id, at, actor_kind, actor_id, session_id, address, request, act, object_kind, object_id, details, mac) VALUES`, rows), nil
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

// SealPage is how many lines SealAudit seals at most.
const SealPage = 512

// lookBack is how far behind the last sealed line one may still be found that
// was not there yet when that one was sealed: its transaction took its number
// earlier and ended later. Numbers are taken with the commit, by no more at once
// than there are connections.
const lookBack = 200

// unsealed are the lines behind a number that have no place in the chain yet.
// The number bounds both sides: PostgreSQL would read the whole chain otherwise.
const unsealed = `FROM audit a WHERE a.n > $1 AND NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.n > $1 AND c.n = a.n)`

// chainHead is where the chain ends, and the greatest number of a line in it.
type chainHead struct {
	model.AuditHead
	n int64
}

// SealAudit gives the lines that wait their places in the chain, in one
// transaction, and says where the chain ends now and how many were sealed:
// fewer than SealPage when nothing waits any more. Sealers take turns. whole
// looks at every line there is, not at the latest alone.
func (s *Store) SealAudit(ctx context.Context, whole bool) (head model.AuditHead, sealed int, err error) {
	keys, err := s.vault.current(false)
	if err != nil {
		return head, 0, fmt.Errorf("seal audit trail: %w", err)
	}
	err = s.InTx(ctx, func(tx *Tx) error {
		var h chainHead
		_, err := tx.row(ctx, `UPDATE audit_head SET seq = seq WHERE one = 1 RETURNING seq, n, link`, nil, &h.Seq, &h.n, &h.Link)
		if err != nil {
			return err
		}
		waiting, err := tx.waitingLines(ctx, h.n, whole)
		if err == nil && len(waiting) > 0 {
			err = tx.seal(ctx, keys.Audit, &h, waiting)
		}
		head, sealed = h.AuditHead, len(waiting)
		return err
	})
	if err != nil {
		return head, 0, fmt.Errorf("seal audit trail: %w", err)
	}
	return head, sealed, nil
}

type waitingLine struct {
	n, at              int64
	actor, object, mac string
}

func (r reads) waitingLines(ctx context.Context, n int64, whole bool) ([]waitingLine, error) {
	from := max(n-lookBack, 0)
	if whole {
		from = 0
	}
	return collect(ctx, r, func(row scanner) (l waitingLine, err error) {
		return l, row.Scan(&l.n, &l.at, &l.actor, &l.object, &l.mac)
	}, `SELECT a.n, a.at, a.actor_id, a.object_id, a.mac `+unsealed+` ORDER BY a.n LIMIT $2`, from, SealPage)
}

func (tx *Tx) seal(ctx context.Context, key []byte, head *chainHead, lines []waitingLine) error {
	rows := make([][]any, len(lines))
	for i, l := range lines {
		head.Seq++
		head.Link, head.n = linkTo(key, head.Link, head.Seq, l.mac), max(head.n, l.n)
		rows[i] = []any{head.Seq, l.n, l.at, l.actor, l.object, head.Link}
	}
	for _, s := range inserting(`INSERT INTO audit_chain (seq, n, at, actor_id, object_id, link) VALUES`, rows) {
		if err := tx.exec(ctx, "seal", s.text, s.args...); err != nil {
			return err
		}
	}
	return tx.exec(ctx, "move head", `UPDATE audit_head SET seq = $1, n = $2, link = $3 WHERE one = 1`, head.Seq, head.n, head.Link)
}

// AuditFilter narrows the trail; what is empty does not.
type AuditFilter struct {
	Actor  string // ID
	Object string // ID
	Act    string // or the start of it, up to a dot: "staff."
	From   time.Time
	Until  time.Time // not included
	Before int64     // place in the chain: older lines only
	Limit  int
}

// conditions are the filter's, over audit a and, where chained, audit_chain c.
func (f *AuditFilter) conditions(w *where, chained bool) {
	t := "a."
	if chained {
		t = "c."
	}
	if f.Actor != "" {
		w.and(t+"actor_id = ?", f.Actor)
	}
	if f.Object != "" {
		w.and(t+"object_id = ?", f.Object)
	}
	switch {
	case strings.HasSuffix(f.Act, "."):
		w.and("substr(a.act, 1, ?) = ?", len(f.Act), f.Act)
	case f.Act != "":
		w.and("a.act = ?", f.Act)
	}
	if !f.From.IsZero() {
		w.and(t+"at >= ?", f.From.UnixMilli())
	}
	if !f.Until.IsZero() {
		w.and(t+"at < ?", f.Until.UnixMilli())
	}
}

// AuditLines lists lines of the trail, the newest first; those that wait to be
// sealed come before all others, on the first page.
func (r reads) AuditLines(ctx context.Context, f AuditFilter) ([]model.AuditLine, error) {
	list := []model.AuditLine{}
	if f.Before == 0 {
		waiting, err := r.newestLines(ctx, f)
		if err != nil {
			return nil, fmt.Errorf("read audit trail: %w", err)
		}
		list = waiting
	}
	if len(list) >= f.Limit {
		return list, nil
	}
	w := &where{}
	w.and("true")
	f.conditions(w, true)
	if f.Before > 0 {
		w.and("c.seq < ?", f.Before)
	}
	sealed, err := collect(ctx, r, scanAuditLine, `SELECT `+auditColumns+`, c.seq, c.link FROM audit_chain c JOIN audit a ON a.n = c.n
		WHERE `+w.String()+fmt.Sprintf(` ORDER BY c.seq DESC LIMIT %d`, f.Limit-len(list)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read audit trail: %w", err)
	}
	return append(list, sealed...), nil
}

// newestLines are the lines that wait to be sealed.
func (r reads) newestLines(ctx context.Context, f AuditFilter) ([]model.AuditLine, error) {
	head, err := r.chainHead(ctx)
	if err != nil {
		return nil, err
	}
	w := &where{args: []any{max(head.n-lookBack, 0)}}
	f.conditions(w, false)
	condition := unsealed
	if w.String() != "" {
		condition += " AND " + w.String()
	}
	return collect(ctx, r, scanAuditLine, `SELECT `+auditColumns+`, 0, '' `+condition+fmt.Sprintf(` ORDER BY a.n DESC LIMIT %d`, f.Limit), w.args...)
}

func (r reads) chainHead(ctx context.Context) (h chainHead, err error) {
	_, err = r.row(ctx, `SELECT seq, n, link FROM audit_head WHERE one = 1`, nil, &h.Seq, &h.n, &h.Link)
	return h, err
}

const auditColumns = `a.id, a.at, a.actor_kind, a.actor_id, a.session_id, a.address, a.request, a.act, a.object_kind, a.object_id, a.details, a.mac`

func scanAuditLine(row scanner) (l model.AuditLine, err error) {
	return l, row.Scan(&l.ID, milliseconds{&l.At}, &l.By.Kind, &l.By.ID, &l.By.Session, &l.By.Address, &l.By.Request,
		&l.Act, &l.Object.Kind, &l.Object.ID, &l.Details, &l.MAC, &l.Seq, &l.Link)
}

// CountAuditOf counts the lines about a record.
func (tx *Tx) CountAuditOf(ctx context.Context, objectID string) (n int, err error) {
	if _, err = tx.row(ctx, `SELECT count(*) FROM audit_chain WHERE object_id = $1`, []any{objectID}, &n); err != nil {
		return 0, fmt.Errorf("count audit lines: %w", err)
	}
	waiting, err := tx.newestLines(ctx, AuditFilter{Object: objectID, Limit: SealPage})
	if err != nil {
		return 0, fmt.Errorf("count audit lines: %w", err)
	}
	return n + len(waiting), nil
}

// AuditWaits says whether a line waits to be sealed.
func (r reads) AuditWaits(ctx context.Context) (bool, error) {
	head, err := r.chainHead(ctx)
	if err == nil {
		var waits bool
		waits, err = r.row(ctx, `SELECT a.n `+unsealed+` LIMIT 1`, []any{max(head.n-lookBack, 0)}, new(int64))
		if err == nil {
			return waits, nil
		}
	}
	return false, fmt.Errorf("look for audit lines: %w", err)
}

// AuditLink is the link of the line at a place in the chain, "" for none.
func (r reads) AuditLink(ctx context.Context, seq int64) (link string, err error) {
	if _, err = r.row(ctx, `SELECT link FROM audit_chain WHERE seq = $1`, []any{seq}, &link); err != nil {
		return "", fmt.Errorf("read audit link: %w", err)
	}
	return link, nil
}

// AuditState is where the chain ends and how many lines wait.
func (r reads) AuditState(ctx context.Context) (model.AuditHead, int, error) {
	head, err := r.chainHead(ctx)
	waiting := 0
	if err == nil {
		_, err = r.row(ctx, `SELECT count(*) `+unsealed, []any{max(head.n-lookBack, 0)}, &waiting)
	}
	if err != nil {
		return head.AuditHead, 0, fmt.Errorf("read state of the audit trail: %w", err)
	}
	return head.AuditHead, waiting, nil
}
