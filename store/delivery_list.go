package store

import (
	"context"
	"fmt"
	"slices"
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
	switch {
	case f.Kind != "":
		w.and("a.kind = ?", f.Kind)
	case f.ID == "" && f.Object == "": // what one person is told of an own letter is no news of the city
		w.and("a.kind <> ? AND a.kind <> ?", model.KindOwnLetter, model.KindSignUp)
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

// deliveryEnded is true of messages that neither wait nor are under way. A query has
// to say it to be answered by their index (deliveries_by_outcome).
const deliveryEnded = `state <> 'pending'`

// DeliveryOutcomes counts the messages of an announcement by what became of them.
// Those under way are written as waiting, and told apart by their waves.
func (r reads) DeliveryOutcomes(ctx context.Context, announcementID string) ([]DeliveryOutcome, error) {
	scan := func(row scanner) (o DeliveryOutcome, err error) { return o, row.Scan(&o.State, &o.Why, &o.Count) }
	const of = ` FROM deliveries WHERE announcement_id = $1 AND `
	list, err := collect(ctx, r, scan, `SELECT state, why, count(*)`+of+deliveryEnded+` GROUP BY state, why
		UNION ALL SELECT 'pending', why, count(*)`+of+`state = 'pending' GROUP BY why ORDER BY 1, 2`, announcementID)
	if err != nil {
		return nil, fmt.Errorf("count messages by outcome: %w", err)
	}
	calling, err := collect(ctx, r, scan, `SELECT 'calling', why, count(*)`+of+`state = 'pending'
		AND id IN (`+r.underWay("deliveries", " AND w.announcement_id = $1")+`) GROUP BY why`, announcementID)
	if err != nil {
		return nil, fmt.Errorf("count messages under way: %w", err)
	}
	for _, c := range calling {
		for i := range list {
			if list[i].State == model.DeliveryPending && list[i].Why == c.Why {
				list[i].Count = max(0, list[i].Count-c.Count)
			}
		}
	}
	list = slices.DeleteFunc(list, func(o DeliveryOutcome) bool { return o.Count == 0 })
	return append(calling, list...), nil
}

// DeliveryCounts counts the messages of an announcement by state.
func (r reads) DeliveryCounts(ctx context.Context, announcementID string) (map[model.DeliveryState]int, error) {
	outcomes, err := r.DeliveryOutcomes(ctx, announcementID)
	counts := map[model.DeliveryState]int{}
	for _, o := range outcomes {
		counts[o.State] += o.Count
	}
	return counts, err
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
	state := deliveryEnded
	switch f.State {
	case model.DeliveryPending:
		state = `state = 'pending' AND d.id NOT IN (` + r.underWay("deliveries", "") + `)`
	case model.DeliveryCalling:
		state = `state = 'pending' AND d.id IN (` + r.underWay("deliveries", "") + `)`
	}
	list, err := collect(ctx, r, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries d
		WHERE d.announcement_id = $1 AND d.state = $2 AND d.why = $3 AND d.id > $4 AND d.`+state+more+` ORDER BY d.id LIMIT $5`,
		f.AnnouncementID, written(f.State), f.Why, f.After, f.Limit)
	for i := range list {
		list[i].State = f.State
	}
	if err != nil {
		return nil, fmt.Errorf("list messages: %w", err)
	}
	return list, nil
}

// written is the state that a message in a state has in its row.
func written(s model.DeliveryState) model.DeliveryState {
	if s == model.DeliveryCalling {
		return model.DeliveryPending
	}
	return s
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
			SELECT announcement_id, state, why, count(*) AS n FROM deliveries WHERE state IN ('failed', 'unknown') AND `+deliveryEnded+` AND announcement_id IN
				(SELECT id FROM announcements WHERE created_at >= $1)
			GROUP BY announcement_id, state, why) d ON d.announcement_id = a.id
		ORDER BY a.created_at DESC, a.id DESC, d.n DESC, d.state, d.why LIMIT %d`, mostFailing), since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("list failing messages: %w", err)
	}
	return list, nil
}
