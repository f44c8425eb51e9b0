package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

// AnnouncementFilter narrows a list of announcements; what is empty does not.
type AnnouncementFilter struct {
	Running bool
	Ended   bool
	Sort    model.AnnouncementSort
	Kind    model.Kind
	Object  string
	Text    string // in the title
	Limited bool   // to documents of Within, even where that is empty
	Within  []string
	ID      string
	Offset  int
	Limit   int
}

// AnnouncementRow is an announcement with the department of its document.
type AnnouncementRow struct {
	model.Announcement
	DepartmentID string
}

const ofDocuments = ` FROM announcements a LEFT JOIN publications p ON p.kind = a.kind AND p.id = a.object WHERE `

// AnnouncementList lists announcements, the newest first, and counts all that
// match. Rounds of digests that reached nobody are left out.
func (s *Store) AnnouncementList(ctx context.Context, f AnnouncementFilter) (list []AnnouncementRow, total int, err error) {
	w := f.conditions()
	if _, err := s.row(ctx, `SELECT count(*)`+ofDocuments+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count announcements: %w", err)
	}
	list, err = collect(ctx, s.reads, func(row scanner) (a AnnouncementRow, err error) {
		return a, row.Scan(append(announcementInto(&a.Announcement), &a.DepartmentID)...)
	}, `SELECT `+announcementColumns+`, coalesce(p.department_id, '')`+ofDocuments+w.String()+
		fmt.Sprintf(` ORDER BY a.created_at DESC, a.id DESC LIMIT %d OFFSET %d`, f.Limit, f.Offset), w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list announcements: %w", err)
	}
	return list, total, nil
}

func (f *AnnouncementFilter) conditions() *where {
	w := &where{}
	if f.ID != "" {
		w.and("a.id = ?", f.ID)
	} else {
		w.and("(a.sort <> 'digest' OR a.told > 0)")
	}
	switch {
	case f.Running:
		w.and("a.ended_at = 0")
	case f.Ended:
		w.and("a.ended_at > 0")
	}
	if f.Sort != "" {
		w.and("a.sort = ?", f.Sort)
	}
	if f.Kind != "" {
		w.and("a.kind = ?", f.Kind)
	}
	if f.Object != "" {
		w.and("a.object = ?", f.Object)
	}
	for _, word := range strings.Fields(f.Text) {
		w.and(`lower(a.title) LIKE ? ESCAPE '\'`, containing(word))
	}
	if f.Limited {
		in(w, "p.department_id", append([]string{""}, f.Within...))
	}
	return w
}

// DeliveryOutcome counts the messages of an announcement that ended, or wait, in one way.
type DeliveryOutcome struct {
	State model.DeliveryState
	Why   model.Reason
	Count int
}

// DeliveryOutcomes counts the messages of an announcement by what became of them.
func (r reads) DeliveryOutcomes(ctx context.Context, announcementID string) ([]DeliveryOutcome, error) {
	list, err := collect(ctx, r, func(row scanner) (o DeliveryOutcome, err error) { return o, row.Scan(&o.State, &o.Why, &o.Count) },
		`SELECT state, why, count(*) FROM deliveries WHERE announcement_id = $1 GROUP BY state, why ORDER BY state, why`, announcementID)
	if err != nil {
		return nil, fmt.Errorf("count messages by outcome: %w", err)
	}
	return list, nil
}

// DeliveryFilter narrows the messages of an announcement to those that ended in
// one way.
type DeliveryFilter struct {
	AnnouncementID string
	State          model.DeliveryState
	Why            model.Reason
	After          string // the ID of the last one of the page before
	Limit          int
}

const deliveryColumns = `d.id, d.announcement_id, d.resident_id, d.template, d.state, d.why, d.code, d.field, d.tries, d.due_at, d.created_at, d.called_at, d.settled_at`

func scanDelivery(row scanner) (d model.Delivery, err error) {
	return d, row.Scan(&d.ID, &d.AnnouncementID, &d.ResidentID, &d.Template, &d.State, &d.Why, &d.Code, &d.Field, &d.Tries,
		milliseconds{&d.DueAt}, milliseconds{&d.CreatedAt}, ifAny{&d.CalledAt}, ifAny{&d.SettledAt})
}

// Deliveries lists the next messages of an announcement in the order of their IDs.
func (r reads) Deliveries(ctx context.Context, f DeliveryFilter) ([]model.Delivery, error) {
	return r.deliveries(ctx, f, "")
}

func (r reads) deliveries(ctx context.Context, f DeliveryFilter, more string) ([]model.Delivery, error) {
	list, err := collect(ctx, r, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries d
		WHERE d.announcement_id = $1 AND d.state = $2 AND d.why = $3 AND d.id > $4`+more+` ORDER BY d.id LIMIT $5`,
		f.AnnouncementID, f.State, f.Why, f.After, f.Limit)
	if err != nil {
		return nil, fmt.Errorf("list messages: %w", err)
	}
	return list, nil
}

// Failing is messages of one announcement that did not reach people, or nobody
// knows.
type Failing struct {
	Of AnnouncementRow
	DeliveryOutcome
}

// mostFailing is how many kinds of failures are listed together.
const mostFailing = 200

// Failing counts messages that failed or whose outcome is unknown, of
// announcements since a moment, the newest first.
func (r reads) Failing(ctx context.Context, since time.Time) ([]Failing, error) {
	list, err := collect(ctx, r, func(row scanner) (f Failing, err error) {
		return f, row.Scan(append(announcementInto(&f.Of.Announcement), &f.State, &f.Why, &f.Count)...)
	}, fmt.Sprintf(`SELECT `+announcementColumns+`, d.state, d.why, d.n FROM announcements a JOIN (
			SELECT announcement_id, state, why, count(*) AS n FROM deliveries WHERE state IN ('failed', 'unknown') AND announcement_id IN
				(SELECT id FROM announcements WHERE created_at >= $1)
			GROUP BY announcement_id, state, why) d ON d.announcement_id = a.id
		ORDER BY a.created_at DESC, a.id DESC, d.n DESC, d.state, d.why LIMIT %d`, mostFailing), since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("list failing messages: %w", err)
	}
	return list, nil
}

// Pace is how fast messages of one purpose go, and how many wait.
type Pace struct {
	Asked, Sent int // WeChat was asked since a moment; it took so many of them
	Due, Later  int // messages that wait: their time has come, or not yet
}

// Paces tells how fast messages went since a moment, by purpose.
func (r reads) Paces(ctx context.Context, since, now time.Time) (map[model.Purpose]Pace, error) {
	paces := map[model.Purpose]Pace{}
	read := func(into func(*Pace) []any) func(scanner) (any, error) {
		return func(row scanner) (any, error) {
			var of model.Purpose
			var p Pace
			err := row.Scan(append([]any{&of}, into(&p)...)...)
			old := paces[of]
			paces[of] = Pace{old.Asked + p.Asked, old.Sent + p.Sent, old.Due + p.Due, old.Later + p.Later}
			return nil, err
		}
	}
	_, err := collect(ctx, r, read(func(p *Pace) []any { return []any{&p.Asked, &p.Sent} }),
		`SELECT template, count(*), coalesce(sum(CASE WHEN state IN ('sent', 'confirmed') THEN 1 ELSE 0 END), 0)
		FROM deliveries WHERE called_at > 0 AND called_at >= $1 GROUP BY template`, since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("count messages of the last minute: %w", err)
	}
	_, err = collect(ctx, r, read(func(p *Pace) []any { return []any{&p.Due, &p.Later} }), // an announcement's sort is what its messages are for
		`SELECT a.sort, coalesce(sum(CASE WHEN d.due_at <= $1 THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN d.due_at > $1 THEN 1 ELSE 0 END), 0)
		FROM announcements a JOIN deliveries d ON d.announcement_id = a.id AND d.state = 'pending' WHERE a.ended_at = 0 GROUP BY a.sort`, now.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("count messages that wait: %w", err)
	}
	return paces, nil
}
