package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// KnowledgeFilter narrows a list of entries; what is empty does not.
type KnowledgeFilter struct {
	State       model.KnowledgeState
	Staff       string    // who looks after them
	DueOn       model.Day // those with doubts on that day
	Nobody      bool      // looks after them
	Departments []string
	Topic       string
	Text        string // part of the question, or of another way to ask
	Limited     bool   // to Within, even where that is empty
	Within      []string
	Offset      int
	Limit       int
}

// lapsed says of a basis b of an entry k, and its policy p, what Knowledge.Doubts does:
// that it no longer holds on the day ?, and that the office has not spoken since.
const lapsed = `(p.id IS NULL OR CASE
	WHEN p.repealed_on <> '' AND (p.expiry_date = '' OR p.repealed_on <= p.expiry_date)
		THEN p.repealed_on <= ? AND p.repealed_on > k.reviewed_day
	WHEN p.expiry_date <> '' THEN p.expiry_date < ? AND p.expiry_date >= k.reviewed_day
	ELSE p.stated IN ('repealed', 'expired') END)`

// hasDoubts is Knowledge.Doubts for a day that stands three times.
const hasDoubts = `k.state = 'current' AND (k.review_day <= ? OR k.requested_at > 0 OR EXISTS (
	SELECT 1 FROM knowledge_policies b LEFT JOIN policies p ON p.id = b.policy_id WHERE b.knowledge_id = k.id AND ` + lapsed + `))`

const nobodyLooks = `k.state <> 'retired' AND NOT ` + stillHolds

func (f *KnowledgeFilter) conditions() *where {
	w := &where{}
	w.and("k.version > 0")
	if f.State != "" {
		w.and("k.state = ?", f.State)
	}
	if f.Staff != "" {
		w.and("k.state <> 'retired' AND k.staff_id = ?", f.Staff)
	}
	if f.DueOn != "" {
		w.and(hasDoubts, f.DueOn, f.DueOn, f.DueOn)
	}
	if f.Nobody {
		w.and(nobodyLooks)
	}
	if len(f.Departments) > 0 {
		in(w, "k.department_id", f.Departments)
	}
	if f.Topic != "" {
		w.and(`k.topic_ids LIKE ? ESCAPE '\'`, containing(`"`+f.Topic+`"`))
	}
	if f.Text != "" {
		w.and(`(lower(k.question) LIKE ? ESCAPE '\' OR lower(k.other_ways) LIKE ? ESCAPE '\')`, containing(f.Text), containing(f.Text))
	}
	if f.Limited {
		in(w, "k.department_id", append([]string{""}, f.Within...))
	}
	return w
}

// KnowledgeList lists entries, those first whose review is due first, and counts all
// that match.
func (s *Store) KnowledgeList(ctx context.Context, f KnowledgeFilter) (list []model.Knowledge, total int, err error) {
	if total, err = s.CountKnowledge(ctx, f); err != nil {
		return nil, 0, err
	}
	w := f.conditions()
	list, err = collect(ctx, s.reads, scanKnowledge, `SELECT `+knowledgeColumns+` FROM knowledge k WHERE `+w.String()+
		fmt.Sprintf(` ORDER BY CASE k.state WHEN 'draft' THEN 0 WHEN 'current' THEN 1 ELSE 2 END, k.review_day, k.id LIMIT %d OFFSET %d`,
			f.Limit, f.Offset), w.args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list knowledge: %w", err)
	}
	return list, total, s.addBases(ctx, list)
}

// CountKnowledge counts entries.
func (s *Store) CountKnowledge(ctx context.Context, f KnowledgeFilter) (n int, err error) {
	w := f.conditions()
	if _, err = s.row(ctx, `SELECT count(*) FROM knowledge k WHERE `+w.String(), w.args, &n); err != nil {
		return 0, fmt.Errorf("count knowledge: %w", err)
	}
	return n, nil
}

// CurrentKnowledge reads what there is to search in every current entry, and the mark
// for which that holds.
func (s *Store) CurrentKnowledge(ctx context.Context) ([]model.Knowledge, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (k model.Knowledge, err error) {
		return k, row.Scan(&k.ID, &k.DepartmentID, &k.Question, asJSON(&k.OtherWays), asJSON(&k.TopicIDs), &k.Answer)
	}, `SELECT k.id, k.department_id, k.question, k.other_ways, k.topic_ids, k.answer FROM knowledge k WHERE k.state = 'current' ORDER BY k.id`)
	if err != nil {
		return nil, fmt.Errorf("read current knowledge: %w", err)
	}
	return list, nil
}

// KnowledgePeople are the staff who may look after entries of an office: those of it,
// and of all above it.
func (s *Store) KnowledgePeople(ctx context.Context, upward []string) ([]model.Staff, error) {
	w := &where{}
	w.and("s.closed_at = 0")
	w.and(`EXISTS (SELECT 1 FROM staff_grants g WHERE g.staff_id = s.id AND g.role IN ('case_handler', 'office_head') AND g.department_id IN (`+
		marks(append([]string{""}, upward...))+`))`, anys(append([]string{""}, upward...))...)
	list, err := collect(ctx, s.reads, func(row scanner) (p model.Staff, err error) {
		return p, row.Scan(&p.ID, &p.Name)
	}, `SELECT s.id, s.name FROM staff s WHERE `+w.String()+` ORDER BY s.name, s.id LIMIT 200`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("list people for knowledge: %w", err)
	}
	return list, nil
}
