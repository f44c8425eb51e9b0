package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

// PublicationFilter narrows a list of documents on their way; what is empty does
// not.
type PublicationFilter struct {
	Kind        model.Kind
	Stages      []model.Stage
	Deleted     bool   // those that were thrown away, and no others
	Text        string // in the title, or a 文号
	Departments []string
	Limited     bool // to Within, even where that is empty
	Within      []string
	Writer      string // staff who writes in it
	NotWriter   string // staff who does not: whom it may wait for
	ExpiresFrom model.Day
	ExpiresTo   model.Day
	Import      string // whose drafts they were
	Unexplained bool   // policies without an interpretation
	Owing       bool   // public policies without one, and without a reason why
	Public      bool
	LastAct     model.PublicationAct // what was done last on the way
	Published   DaySpan              // of what is public
	Timed       DaySpan              // set to appear
	Sort        PublicationSort
	Offset      int
	Limit       int
}

// DaySpan is a span of days, both ends in it; without an Until it is none.
type DaySpan struct{ From, Until model.Day }

// PublicationSort is the order of such a list.
type PublicationSort string

// The orders.
const (
	ByUpdate    PublicationSort = "updated"
	ByPublished PublicationSort = "published"
	ByTitle     PublicationSort = "title"
	ByExpiry    PublicationSort = "expiry"
	ByTime      PublicationSort = "publish_at"
)

var publicationOrders = map[PublicationSort]string{
	"":          "b.updated_at DESC, b.id",
	ByUpdate:    "b.updated_at DESC, b.id",
	ByPublished: "coalesce(p.published_date, '') DESC, b.id",
	ByTitle:     "b.title, b.id",
	ByExpiry:    "coalesce(p.expiry_date, ''), b.id",
	ByTime:      "b.publish_at, b.id",
}

// PublicationRow is a document in such a list, with what is public of it.
type PublicationRow struct {
	model.Publication
	PublishedDate model.Day
	Days          model.Days
	Explained     bool // it has an interpretation
}

// PublicationList lists documents on their way, and counts all that match.
func (s *Store) PublicationList(ctx context.Context, f PublicationFilter) (list []PublicationRow, total int, err error) {
	w := f.conditions()
	const from = ` FROM publications b LEFT JOIN policies p ON b.kind = 'policy' AND p.id = b.id WHERE `
	if _, err := s.row(ctx, `SELECT count(*)`+from+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count publications: %w", err)
	}
	list, err = collect(ctx, s.reads, func(row scanner) (r PublicationRow, err error) {
		return r, scanPublication(row, &r.Publication, &r.PublishedDate, &r.Days.Effective, &r.Days.Expiry, &r.Days.Amended,
			&r.Days.Repealed, &r.Days.Stated, &r.Explained)
	}, `SELECT `+publicationColumns+`, coalesce(p.published_date, ''), coalesce(p.effective_date, ''), coalesce(p.expiry_date, ''),
			coalesce(p.amended_on, ''), coalesce(p.repealed_on, ''), coalesce(p.stated, ''), coalesce(p.interpreted, 0) <> 0`+
		from+w.String()+fmt.Sprintf(` ORDER BY %s LIMIT %d OFFSET %d`, publicationOrders[f.Sort], f.Limit, f.Offset), w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list publications: %w", err)
	}
	return list, total, nil
}

func (f *PublicationFilter) conditions() *where {
	w := &where{}
	w.and("b.kind = ?", f.Kind)
	if f.Deleted {
		w.and("b.deleted_at > 0")
	} else {
		w.and("b.deleted_at = 0")
	}
	if len(f.Stages) > 0 {
		in(w, "b.stage", f.Stages)
	}
	if f.Text != "" {
		f.text(w)
	}
	if len(f.Departments) > 0 {
		in(w, "b.department_id", f.Departments)
	}
	if f.Limited {
		in(w, "b.department_id", append([]string{""}, f.Within...))
	}
	if f.Writer != "" {
		w.and(`lower(b.writers) LIKE ? ESCAPE '\'`, containing(f.Writer))
	}
	if f.NotWriter != "" {
		w.and(`lower(b.writers) NOT LIKE ? ESCAPE '\'`, containing(f.NotWriter))
		w.and("b.submitted_by <> ?", f.NotWriter)
	}
	if f.ExpiresTo != "" {
		w.and("p.expiry_date <> ''")
		w.and("p.expiry_date >= ?", f.ExpiresFrom)
		w.and("p.expiry_date <= ?", f.ExpiresTo)
	}
	if f.Unexplained {
		w.and("p.interpreted = 0")
	}
	if f.Import != "" {
		w.and("EXISTS (SELECT 1 FROM import_rows r WHERE r.draft_id = b.id AND r.kind = b.kind AND r.import_id = ? AND r.state = 'made')", f.Import)
	}
	f.state(w)
	return w
}

// lastAct is what was done last with a document itself.
const lastAct = `FROM publication_events e WHERE e.kind = b.kind AND e.id = b.id AND e.act NOT IN ('assigned', 'closed')
	ORDER BY e.n DESC LIMIT 1`

func (f *PublicationFilter) state(w *where) {
	if f.Owing {
		w.and("p.interpreted = 0 AND p.unexplained = ''")
	}
	if f.Public || f.Owing {
		w.and("b.public = 1")
	}
	if f.LastAct != "" {
		w.and("(SELECT e.act "+lastAct+") = ?", f.LastAct)
	}
	if f.Published.Until != "" {
		w.and("p.published_date >= ? AND p.published_date <= ?", f.Published.From, f.Published.Until)
	}
	if f.Timed.Until != "" {
		w.and("b.publish_at >= ? AND b.publish_at < ?", f.Timed.From.Start().UnixMilli(), f.Timed.Until.Add(1).Start().UnixMilli())
	}
}

func (f *PublicationFilter) text(w *where) {
	if key := model.NumberKey(f.Text); key != "" {
		w.and("b.number_key = ?", key)
		return
	}
	for _, word := range strings.Fields(f.Text) {
		w.and(`(lower(b.title) LIKE ? ESCAPE '\' OR lower(b.doc_number) LIKE ? ESCAPE '\')`, containing(word), containing(word))
	}
}

// CountPublications counts documents by stage, those that were thrown away not
// among them.
func (s *Store) CountPublications(ctx context.Context, f PublicationFilter) (map[model.Stage]int, error) {
	w := f.conditions()
	counts := map[model.Stage]int{}
	_, err := collect(ctx, s.reads, func(row scanner) (any, error) {
		var stage model.Stage
		var n int
		err := row.Scan(&stage, &n)
		counts[stage] = n
		return nil, err
	}, `SELECT b.stage, count(*) FROM publications b LEFT JOIN policies p ON b.kind = 'policy' AND p.id = b.id
		WHERE `+w.String()+` GROUP BY b.stage`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("count publications: %w", err)
	}
	return counts, nil
}

// PublicationMoment is a moment on the way of a document.
type PublicationMoment string

// The moments.
const (
	MomentSubmitted PublicationMoment = "b.submitted_at"
	MomentUpdated   PublicationMoment = "b.updated_at"
	MomentTime      PublicationMoment = "b.publish_at"
	MomentLastAct   PublicationMoment = "(SELECT e.at " + lastAct + ")"
)

// CountWaiting counts documents, and tells the earliest of a moment that each of
// them has; zero where there are none.
func (s *Store) CountWaiting(ctx context.Context, f PublicationFilter, of PublicationMoment) (n int, earliest time.Time, err error) {
	w := f.conditions()
	_, err = s.row(ctx, `SELECT count(*), coalesce(min(`+string(of)+`), 0)
		FROM publications b LEFT JOIN policies p ON b.kind = 'policy' AND p.id = b.id WHERE `+w.String(), w.args, &n, ifAny{&earliest})
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("count what waits: %w", err)
	}
	return n, earliest, nil
}
