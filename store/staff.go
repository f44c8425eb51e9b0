package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"yuandu/model"
)

const staffColumns = `s.id, s.login, s.name, s.title, s.department_id, s.must_change, s.factor_at, s.created_at, s.seen_at, s.closed_at, s.version`

func scanStaff(row scanner) (s model.Staff, err error) {
	var department sql.NullString
	var mustChange, factorAt int64
	err = row.Scan(&s.ID, &s.Login, &s.Name, &s.Title, &department, &mustChange, &factorAt, milliseconds{&s.CreatedAt},
		ifAny{&s.SeenAt}, ifAny{&s.ClosedAt}, &s.Version)
	s.DepartmentID, s.MustChange, s.FactorSet = department.String, mustChange == 1, factorAt > 0
	return s, err
}

// Staff reads somebody of the staff with the roles held, nil where there is
// nobody.
func (r reads) Staff(ctx context.Context, id string) (*model.Staff, error) {
	return r.oneStaff(ctx, `s.id = $1`, id)
}

// StaffByLogin finds somebody by the name for signing in.
func (r reads) StaffByLogin(ctx context.Context, login string) (*model.Staff, error) {
	return r.oneStaff(ctx, `s.login = $1`, login)
}

func (r reads) oneStaff(ctx context.Context, condition string, arg any) (*model.Staff, error) {
	list, err := collect(ctx, r, scanStaff, `SELECT `+staffColumns+` FROM staff s WHERE `+condition, arg)
	if err == nil && len(list) == 1 {
		err = r.withGrants(ctx, list)
	}
	if err != nil {
		return nil, fmt.Errorf("read staff: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], nil
}

// StaffFilter narrows a list of staff; what is empty does not.
type StaffFilter struct {
	Text        string   // in the name or the login
	Departments []string // one of them
	Within      []string // and one of these, where Limited
	Limited     bool
	Role        model.Role
	State       string // open, closed or "" for both
	Limit       int
	Offset      int
}

// StaffList lists staff with their roles and counts all that match, by name.
func (r reads) StaffList(ctx context.Context, f StaffFilter) (list []model.Staff, total int, err error) {
	w := &where{}
	w.and("true")
	if f.Text != "" {
		pattern := containing(f.Text)
		w.and(`(lower(s.name) LIKE ? ESCAPE '\' OR s.login LIKE ? ESCAPE '\')`, pattern, pattern)
	}
	if len(f.Departments) > 0 {
		in(w, "s.department_id", f.Departments)
	}
	if f.Limited {
		in(w, "s.department_id", append(f.Within, ""))
	}
	if f.Role != "" {
		w.and("EXISTS (SELECT 1 FROM staff_grants g WHERE g.staff_id = s.id AND g.role = ?)", f.Role)
	}
	switch f.State {
	case "open":
		w.and("s.closed_at = 0")
	case "closed":
		w.and("s.closed_at > 0")
	}
	list, err = collect(ctx, r, scanStaff, `SELECT `+staffColumns+` FROM staff s WHERE `+w.String()+
		fmt.Sprintf(` ORDER BY s.closed_at > 0, s.name, s.id LIMIT %d OFFSET %d`, f.Limit, f.Offset), w.args...)
	if err == nil {
		_, err = r.row(ctx, `SELECT count(*) FROM staff s WHERE `+w.String(), w.args, &total)
	}
	if err == nil {
		err = r.withGrants(ctx, list)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("list staff: %w", err)
	}
	return list, total, nil
}

// withGrants reads the roles of a list of staff.
func (r reads) withGrants(ctx context.Context, list []model.Staff) error {
	if len(list) == 0 {
		return nil
	}
	w := &where{}
	of := map[string]*model.Staff{}
	ids := make([]string, len(list))
	for i := range list {
		list[i].Grants = []model.Grant{}
		ids[i], of[list[i].ID] = list[i].ID, &list[i]
	}
	in(w, "staff_id", ids)
	_, err := collect(ctx, r, func(row scanner) (any, error) {
		var id string
		var g model.Grant
		err := row.Scan(&id, &g.Role, &g.DepartmentID)
		if s := of[id]; s != nil {
			s.Grants = append(s.Grants, g)
		}
		return nil, err
	}, `SELECT staff_id, role, department_id FROM staff_grants WHERE `+w.String()+` ORDER BY staff_id, role, department_id`, w.args...)
	return err
}

// CountHolders counts those with open accounts who hold a role, but one.
func (tx *Tx) CountHolders(ctx context.Context, role model.Role, but string) (n int, err error) {
	_, err = tx.row(ctx, `SELECT count(*) FROM staff_grants g JOIN staff s ON s.id = g.staff_id
		WHERE g.role = $1 AND s.closed_at = 0 AND s.id <> $2`, []any{role, but}, &n)
	if err != nil {
		return 0, fmt.Errorf("count holders of a role: %w", err)
	}
	return n, nil
}

// HasActed says whether anybody who holds a role, or held it, ever signed in
// with a second factor.
func (r reads) HasActed(ctx context.Context, role model.Role) (bool, error) {
	found, err := r.row(ctx, `SELECT s.id FROM staff_grants g JOIN staff s ON s.id = g.staff_id
		WHERE g.role = $1 AND s.factor_at > 0 LIMIT 1`, []any{role}, new(string))
	if err != nil {
		return false, fmt.Errorf("look for holders of a role: %w", err)
	}
	return found, nil
}

// AddStaff opens an account with the hash of its first password.
func (tx *Tx) AddStaff(ctx context.Context, s *model.Staff, passwordHash string) error {
	s.ID, s.CreatedAt, s.MustChange, s.Version = NewID(), time.UnixMilli(tx.now()), true, 1
	added, err := tx.row(ctx, `
		INSERT INTO staff (id, login, name, title, department_id, password_hash, password_set_at, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (login) DO NOTHING RETURNING id`,
		[]any{s.ID, s.Login, s.Name, s.Title, orNull(s.DepartmentID), passwordHash, tx.now()}, new(string))
	if err != nil {
		return fmt.Errorf("add staff: %w", err)
	}
	if !added {
		return model.ErrLoginTaken
	}
	return nil
}

// SaveStaff changes name, title and department if the version is still the one
// that was read: else it is ErrStale.
func (tx *Tx) SaveStaff(ctx context.Context, s *model.Staff) error {
	return tx.changeStaff(ctx, s, `name = $3, title = $4, department_id = $5`, s.Name, s.Title, orNull(s.DepartmentID))
}

// CloseStaff closes an account, or opens it again where s.ClosedAt is zero.
func (tx *Tx) CloseStaff(ctx context.Context, s *model.Staff) error {
	return tx.changeStaff(ctx, s, `closed_at = $3`, millis(s.ClosedAt))
}

func (tx *Tx) changeStaff(ctx context.Context, s *model.Staff, set string, args ...any) error {
	changed, err := tx.row(ctx, `UPDATE staff SET `+set+`, version = version + 1 WHERE id = $1 AND version = $2 RETURNING version`,
		append([]any{s.ID, s.Version}, args...), &s.Version)
	if err != nil {
		return fmt.Errorf("save staff: %w", err)
	}
	if !changed {
		return model.ErrStale
	}
	return nil
}

// SaveGrants replaces the roles of somebody if the version is still the one
// that was read: else it is ErrStale.
func (tx *Tx) SaveGrants(ctx context.Context, s *model.Staff, by string) error {
	if err := tx.changeStaff(ctx, s, `closed_at = closed_at`); err != nil {
		return err
	}
	if err := tx.exec(ctx, "take roles", `DELETE FROM staff_grants WHERE staff_id = $1`, s.ID); err != nil {
		return err
	}
	for _, g := range s.Grants {
		err := tx.exec(ctx, "give role", `INSERT INTO staff_grants (staff_id, role, department_id, given_at, given_by)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, s.ID, g.Role, g.DepartmentID, tx.now(), by)
		if err != nil {
			return err
		}
	}
	return nil
}

// StaffNames are the names of those of some IDs who are staff.
func (r reads) StaffNames(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	if len(ids) == 0 {
		return names, nil
	}
	slices.Sort(ids)
	w := &where{}
	in(w, "id", slices.Compact(ids))
	_, err := collect(ctx, r, func(row scanner) (any, error) {
		var id, name string
		err := row.Scan(&id, &name)
		names[id] = name
		return nil, err
	}, `SELECT id, name FROM staff WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read names of staff: %w", err)
	}
	return names, nil
}
