package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
)

// derived are the columns of a policy that follow from other tables, and how:
// its offices and topics in their order, what the relations of other documents
// make of it, and whether it is explained. Lists show them for every row, so they
// are kept, and touch derives them anew whenever one of these tables changes.
const derived = `
	department_ids = coalesce((SELECT string_agg(x.department_id, ',' ORDER BY x.position)
		FROM policy_departments x WHERE x.policy_id = policies.id), ''),
	topic_ids = coalesce((SELECT string_agg(x.topic_id, ',' ORDER BY x.position)
		FROM policy_topics x WHERE x.policy_id = policies.id), ''),
	amended_on = coalesce((SELECT min(r.since) FROM policy_relations r
		WHERE r.target_id = policies.id AND r.kind = 'amends' AND r.since <> ''), ''),
	repealed_on = coalesce((SELECT min(r.since) FROM policy_relations r
		WHERE r.target_id = policies.id AND r.kind IN ('repeals', 'replaces') AND r.since <> ''), ''),
	interpreted = CASE WHEN EXISTS (SELECT 1 FROM interpretation_policies i WHERE i.policy_id = policies.id) THEN 1 ELSE 0 END`

const policyColumns = `p.id, p.version, p.title, p.doc_number, p.index_number, p.theme, p.category,
	p.written_date, p.published_date, p.effective_date, p.expiry_date, p.stated, p.source_url,
	p.published_at, p.updated_at, p.amended_on, p.repealed_on, p.department_ids, p.topic_ids`

// scanPolicy reads policyColumns and what follows them.
func scanPolicy(d *Directory, row scanner, p *model.Policy, more ...any) error {
	var departments, topics string
	dest := []any{&p.ID, &p.Version, &p.Title, &p.DocNumber, &p.IndexNumber, &p.Theme, &p.Category,
		&p.WrittenDate, &p.PublishedDate, &p.EffectiveDate, &p.ExpiryDate, &p.Stated, &p.SourceURL,
		milliseconds{&p.PublishedAt}, milliseconds{&p.UpdatedAt},
		&p.Fate.AmendedOn, &p.Fate.RepealedOn, &departments, &topics}
	if err := row.Scan(append(dest, more...)...); err != nil {
		return err
	}
	p.Departments, p.Topics = d.DepartmentsOf(split(departments)), d.TopicsOf(split(topics))
	return nil
}

func split(ids string) []string {
	if ids == "" {
		return nil
	}
	return strings.Split(ids, ",")
}

// PolicyRow is a policy in a list: without its body, with its plain text where
// that was asked for.
type PolicyRow struct {
	model.Policy
	HasInterpretation bool
	Text              string
}

// PolicyTitles are the titles of public policies by their IDs.
func (s *Store) PolicyTitles(ctx context.Context, ids []string) (map[string]string, error) {
	titles := map[string]string{}
	if len(ids) == 0 {
		return titles, nil
	}
	var w where
	in(&w, "p.id", ids)
	_, err := collect(ctx, s.reads, func(row scanner) (any, error) {
		var id, title string
		err := row.Scan(&id, &title)
		titles[id] = title
		return nil, err
	}, `SELECT p.id, p.title FROM policies p WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read titles: %w", err)
	}
	return titles, nil
}

// Policies reads the public policies of some IDs, in the order of the IDs;
// those that are gone are left out. With text, each comes with its plain text.
func (s *Store) Policies(ctx context.Context, ids []string, text bool) ([]PolicyRow, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	column := `''`
	if text {
		column = `p.text`
	}
	var w where
	in(&w, "p.id", ids)
	rows, err := collect(ctx, s.reads, func(row scanner) (p PolicyRow, err error) {
		return p, scanPolicy(d, row, &p.Policy, &p.HasInterpretation, &p.Text)
	}, `SELECT `+policyColumns+`, p.interpreted <> 0, `+column+` FROM policies p WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read policies: %w", err)
	}
	return inOrder(ids, rows, func(p *PolicyRow) string { return p.ID }), nil
}

// PolicyBodies reads public policies of some IDs with their bodies, in the order
// of the IDs; those that are gone are left out.
func (s *Store) PolicyBodies(ctx context.Context, ids []string) ([]model.Policy, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	var w where
	in(&w, "p.id", ids)
	rows, err := collect(ctx, s.reads, func(row scanner) (p model.Policy, err error) {
		return p, scanPolicy(d, row, &p, asJSON(&p.Body))
	}, `SELECT `+policyColumns+`, p.body FROM policies p WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read bodies of policies: %w", err)
	}
	return inOrder(ids, rows, func(p *model.Policy) string { return p.ID }), nil
}

// Policy reads a whole public policy, nil where there is none.
func (s *Store) Policy(ctx context.Context, id string) (*model.Policy, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	p := &model.Policy{}
	err = scanPolicy(d, s.q.QueryRowContext(ctx, s.d.text(`SELECT `+policyColumns+`, p.body, p.unexplained FROM policies p WHERE p.id = $1`), id),
		p, asJSON(&p.Body), &p.Unexplained)
	if err == sql.ErrNoRows {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	if p.Attachments, err = s.attachments(ctx, model.KindPolicy, id); err != nil {
		return nil, fmt.Errorf("read attachments of policy: %w", err)
	}
	return p, nil
}

// IndexedPolicies reads policies as the search index wants them: the next
// limit ones after an ID, or those of some IDs.
func (s *Store) IndexedPolicies(ctx context.Context, after string, ids []string, limit int) ([]IndexedPolicy, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	return s.indexedPolicies(ctx, d, after, ids, limit)
}

// IndexedPolicy reads a policy as the search index would have it when this
// transaction ends.
func (tx *Tx) IndexedPolicy(ctx context.Context, id string) (*IndexedPolicy, error) {
	d, err := tx.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := tx.indexedPolicies(ctx, d, "", []string{id}, 1)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (r reads) indexedPolicies(ctx context.Context, d *Directory, after string, ids []string, limit int) ([]IndexedPolicy, error) {
	var w where
	w.and("p.id > ?", after)
	if ids != nil {
		in(&w, "p.id", ids)
	}
	w.args = append(w.args, limit)
	list, err := collect(ctx, r, func(row scanner) (p IndexedPolicy, err error) {
		return p, scanPolicy(d, row, &p.Policy, &p.Text)
	}, fmt.Sprintf(`SELECT `+policyColumns+`, p.text FROM policies p WHERE %s ORDER BY p.id LIMIT $%d`, &w, len(w.args)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read policies for the index: %w", err)
	}
	return list, nil
}

// IndexedPolicy is a policy with its plain text.
type IndexedPolicy struct {
	model.Policy
	Text string
}

// PolicyVersions lists IDs and versions, ordered by ID, after an ID.
func (s *Store) PolicyVersions(ctx context.Context, after string, limit int) ([]Version, error) {
	return s.versions(ctx, "policies", after, limit)
}

// Version is a document's ID and the version that is public.
type Version struct {
	ID      string
	Version int64
}

func (r reads) versions(ctx context.Context, table, after string, limit int) ([]Version, error) {
	list, err := collect(ctx, r, func(row scanner) (v Version, err error) {
		return v, row.Scan(&v.ID, &v.Version)
	}, `SELECT id, version FROM `+table+` WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
	if err != nil {
		return nil, fmt.Errorf("read versions of %s: %w", table, err)
	}
	return list, nil
}

// PolicyState is the version of a public policy, 0 where there is none, beside
// the directory's and that of voices.
func (s *Store) PolicyState(ctx context.Context, id string) (version, directory, voices int64, err error) {
	_, err = s.row(ctx, `SELECT coalesce((SELECT version FROM policies WHERE id = $1), 0),
		coalesce((SELECT value FROM marks WHERE name = 'directory'), 0),
		coalesce((SELECT value FROM marks WHERE name = 'voices'), 0)`, []any{id}, &version, &directory, &voices)
	if err != nil {
		return 0, 0, 0, fmt.Errorf("read state of policy: %w", err)
	}
	return version, directory, voices, nil
}

// PublicState grows with everything that a list of public documents shows.
func (s *Store) PublicState(ctx context.Context) (state int64, err error) {
	_, err = s.row(ctx, `SELECT coalesce(sum(value), 0) FROM marks WHERE name IN ('public', 'directory')`, nil, &state)
	if err != nil {
		return 0, fmt.Errorf("read state of lists: %w", err)
	}
	return state, nil
}

// Listed lists the public documents of a kind after an ID, ordered by ID; letters
// whose answers stand no more are none.
func (s *Store) Listed(ctx context.Context, kind model.Kind, after string, limit int) ([]model.Listed, error) {
	table := map[model.Kind]string{model.KindPolicy: "policies", model.KindInterpretation: "interpretations", model.KindLetter: "public_letters",
		model.KindMeeting: "meetings", model.KindAgendaItem: "agenda_items", model.KindConsultation: "consultations", model.KindEvent: "events",
		model.KindGazette: "gazette_issues"}[kind]
	var w where
	w.and("id > ?", after)
	if kind == model.KindLetter {
		w.and("(lapses_on = '' OR lapses_on > ?)", model.Today(s.clock.Now()))
	}
	w.args = append(w.args, limit)
	list, err := collect(ctx, s.reads, func(row scanner) (l model.Listed, err error) {
		var updated time.Time
		err = row.Scan(&l.ID, milliseconds{&updated})
		l.Updated = model.Today(updated)
		return l, err
	}, fmt.Sprintf(`SELECT id, updated_at FROM %s WHERE %s ORDER BY id LIMIT $%d`, table, &w, len(w.args)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", table, err)
	}
	return list, nil
}
