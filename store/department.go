package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"

	"yuandu/model"
)

// Directory is every department and topic, small enough to be kept at hand.
type Directory struct {
	Departments []model.Department // parents before children, in their order
	Topics      []model.Topic
	mark        int64
	department  map[string]*model.Department
	moved       map[string]string // departments that were merged, with where they are now
	topic       map[string]*model.Topic
}

// Department is the department with an ID, nil where there is none.
func (d *Directory) Department(id string) *model.Department { return d.department[id] }

// Topic is the topic with an ID, nil where there is none.
func (d *Directory) Topic(id string) *model.Topic { return d.topic[id] }

// Now is the ID under which a department is today: another one, where it was
// merged into that.
func (d *Directory) Now(id string) string {
	if now, moved := d.moved[id]; moved {
		return now
	}
	return id
}

// NowAll are the IDs under which departments are today, each once.
func (d *Directory) NowAll(ids []string) []string {
	list := make([]string, 0, len(ids))
	for _, id := range ids {
		if id = d.Now(id); !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

// EverAll are the IDs of departments and all under which they were known before
// they took others over.
func (d *Directory) EverAll(ids []string) []string {
	list := slices.Clone(ids)
	for old, now := range d.moved {
		if slices.Contains(ids, now) {
			list = append(list, old)
		}
	}
	return list
}

// DepartmentsOf are those of some IDs today, in their order; those that are nowhere are
// left out.
func (d *Directory) DepartmentsOf(ids []string) (list []model.Department) {
	for _, id := range d.NowAll(ids) {
		if at := d.Department(id); at != nil {
			list = append(list, *at)
		}
	}
	return list
}

// TopicsOf are those of some IDs, in their order.
func (d *Directory) TopicsOf(ids []string) (list []model.Topic) {
	for _, id := range ids {
		if t := d.Topic(id); t != nil {
			list = append(list, *t)
		}
	}
	return list
}

// Label is what people read of a filter's value.
func (d *Directory) Label(filter, value string) string {
	switch filter {
	case model.ByDepartment:
		if at := d.Department(d.Now(value)); at != nil {
			return at.Name
		}
	case model.ByTopic:
		if t := d.Topic(value); t != nil {
			return t.Name
		}
	case model.ByYear:
		if _, err := strconv.Atoi(value); err == nil {
			return value + "年"
		}
	case model.ByValidity:
		return model.Validity(value).Name()
	}
	return value
}

// TopicsVersion grows whenever a topic changes.
func (d *Directory) TopicsVersion() (version int64) {
	for _, t := range d.Topics {
		version += t.Version
	}
	return version
}

// Upward lists a department and all above it.
func (d *Directory) Upward(id string) []string {
	var list []string
	for at := d.department[id]; at != nil && len(list) < 16; at = d.department[at.ParentID] {
		list = append(list, at.ID)
	}
	return list
}

// May says whether somebody may act on what belongs to a department.
func (d *Directory) May(by model.Actor, act model.Act, departmentID string) bool {
	return by.MayAt(act, d.Upward(departmentID)...)
}

// Within are the departments on whose documents somebody may act; limited is
// false where these are all.
func (d *Directory) Within(by model.Actor, act model.Act) (within []string, limited bool) {
	own, everywhere := by.Departments(act)
	if everywhere {
		return nil, false
	}
	return d.Downward(own...), true
}

// Downward lists departments and all below them.
func (d *Directory) Downward(ids ...string) []string {
	var list []string
	for _, x := range d.Departments {
		if slices.ContainsFunc(d.Upward(x.ID), func(up string) bool { return slices.Contains(ids, up) }) {
			list = append(list, x.ID)
		}
	}
	return list
}

// Directory reads departments and topics, or gives those at hand when nothing
// changed, here or in another process.
func (s *Store) Directory(ctx context.Context) (*Directory, error) {
	mark, err := s.Mark(ctx, MarkDirectory)
	if err != nil {
		return nil, fmt.Errorf("read directory: %w", err)
	}
	s.directoryMu.Lock()
	defer s.directoryMu.Unlock()
	if s.directory != nil && s.directory.mark == mark {
		return s.directory, nil
	}
	d, err := s.reads.directory(ctx)
	if err != nil {
		return nil, fmt.Errorf("read directory: %w", err)
	}
	d.mark = mark
	s.directory = d
	return d, nil
}

func (r reads) directory(ctx context.Context) (*Directory, error) {
	departments, err := r.departments(ctx)
	if err != nil {
		return nil, err
	}
	topics, err := r.topics(ctx)
	if err != nil {
		return nil, err
	}
	moved, err := r.movedDepartments(ctx)
	if err != nil {
		return nil, err
	}
	d := &Directory{Departments: departments, Topics: topics, moved: moved,
		department: map[string]*model.Department{}, topic: map[string]*model.Topic{}}
	for i := range departments {
		d.department[departments[i].ID] = &departments[i]
	}
	for i := range topics {
		d.topic[topics[i].ID] = &topics[i]
	}
	return d, nil
}

func (r reads) departments(ctx context.Context) ([]model.Department, error) {
	return collect(ctx, r, func(row scanner) (d model.Department, err error) {
		var parent sql.NullString
		err = row.Scan(&d.ID, &parent, &d.Name, &d.ShortName, asJSON(&d.Aliases), &d.Position, &d.Version)
		d.ParentID = parent.String
		return d, err
	}, `WITH RECURSIVE tree (id, depth) AS (
			SELECT id, 0 FROM departments WHERE parent_id IS NULL
			UNION ALL
			SELECT c.id, t.depth + 1 FROM departments c JOIN tree t ON c.parent_id = t.id WHERE t.depth < 16
		)
		SELECT d.id, d.parent_id, d.name, d.short_name, d.aliases, d.position, d.version
		FROM departments d JOIN tree t ON t.id = d.id
		ORDER BY t.depth, d.position, d.name, d.id`)
}

func (r reads) topics(ctx context.Context) ([]model.Topic, error) {
	return collect(ctx, r, func(row scanner) (t model.Topic, err error) {
		err = row.Scan(&t.ID, &t.Name, &t.Icon, &t.Explanation, &t.Position, &t.Version)
		return t, err
	}, `SELECT id, name, icon, explanation, position, version FROM topics ORDER BY position, id`)
}

// SaveDepartment adds a department, or changes the one of the same ID. An ID
// is made where there is none.
func (tx *Tx) SaveDepartment(ctx context.Context, d *model.Department) error {
	if d.ID == "" {
		d.ID = NewID()
	}
	if d.Aliases == nil {
		d.Aliases = []string{}
	}
	parent := sql.NullString{String: d.ParentID, Valid: d.ParentID != ""}
	err := tx.exec(ctx, "save department", `
		INSERT INTO departments (id, parent_id, name, short_name, aliases, position) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, name = excluded.name,
			short_name = excluded.short_name, aliases = excluded.aliases, position = excluded.position, version = departments.version + 1`,
		d.ID, parent, d.Name, d.ShortName, toJSON(d.Aliases), d.Position)
	if err != nil {
		return err
	}
	tx.changed = true
	return tx.grow(ctx, MarkDirectory)
}

// KeepDepartment adds a department without an ID, or changes the one of the ID
// if its version is still the one that was read: else it is ErrStale.
func (tx *Tx) KeepDepartment(ctx context.Context, d *model.Department) error {
	if d.ID == "" {
		d.Version = 1
		return tx.SaveDepartment(ctx, d)
	}
	if err := tx.departmentIs(ctx, d.ID, d.Version); err != nil {
		return err
	}
	d.Version++
	return tx.SaveDepartment(ctx, d)
}

// departmentIs is ErrStale where a department is at another version than the
// one that was read.
func (tx *Tx) departmentIs(ctx context.Context, id string, version int64) error {
	var now int64
	found, err := tx.row(ctx, `UPDATE departments SET version = version WHERE id = $1 RETURNING version`, []any{id}, &now)
	switch {
	case err != nil:
		return fmt.Errorf("read department: %w", err)
	case !found:
		return model.ErrDepartmentMissing
	case now != version:
		return model.ErrStale
	}
	return nil
}

// RemoveDepartment takes a department away that nothing belongs to.
func (tx *Tx) RemoveDepartment(ctx context.Context, id string, version int64) error {
	if err := tx.departmentIs(ctx, id, version); err != nil {
		return err
	}
	removed, err := tx.row(ctx, `DELETE FROM departments WHERE id = $1
			AND NOT EXISTS (SELECT 1 FROM departments c WHERE c.parent_id = $1)
			AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.department_id = $1)
			AND NOT EXISTS (SELECT 1 FROM staff_grants g WHERE g.department_id = $1)
			AND NOT EXISTS (SELECT 1 FROM policy_departments p WHERE p.department_id = $1)
			AND NOT EXISTS (SELECT 1 FROM interpretation_departments i WHERE i.department_id = $1)
			AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.department_id = $1)
			AND NOT EXISTS (SELECT 1 FROM feedback_answers a WHERE a.department_id = $1)
			AND NOT EXISTS (SELECT 1 FROM feedback_events e WHERE e.department_id = $1)
			AND NOT EXISTS (SELECT 1 FROM knowledge k WHERE k.department_id = $1)
			AND NOT EXISTS (SELECT 1 FROM reply_templates t WHERE t.department_id = $1)
		RETURNING id`, []any{id}, new(string))
	switch {
	case err != nil:
		return fmt.Errorf("remove department: %w", err)
	case !removed:
		return model.ErrDepartmentInUse
	}
	tx.changed = true
	return tx.grow(ctx, MarkDirectory)
}

// StaffByDepartment counts open accounts by the department they are in.
func (r reads) StaffByDepartment(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	_, err := collect(ctx, r, func(row scanner) (any, error) {
		var id string
		var n int
		err := row.Scan(&id, &n)
		counts[id] = n
		return nil, err
	}, `SELECT department_id, count(*) FROM staff WHERE closed_at = 0 AND department_id IS NOT NULL GROUP BY department_id`)
	if err != nil {
		return nil, fmt.Errorf("count staff: %w", err)
	}
	return counts, nil
}

func (tx *Tx) seedTopics(ctx context.Context) error {
	for _, t := range model.LifeTopics() {
		err := tx.exec(ctx, "seed topics", `
			INSERT INTO topics (id, name, icon, explanation, position) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT DO NOTHING`, t.ID, t.Name, t.Icon, t.Explanation, t.Position)
		if err != nil {
			return err
		}
	}
	return nil
}

// AllDepartments reads the departments as they stand in this transaction.
func (tx *Tx) AllDepartments(ctx context.Context) ([]model.Department, error) {
	list, err := tx.departments(ctx)
	if err != nil {
		return nil, fmt.Errorf("read departments: %w", err)
	}
	return list, nil
}
