// Package staff is the people who work in the console: their accounts and
// roles, how they sign in, and what becomes of their work when they leave.
package staff

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store"
)

// Service is the staff.
type Service struct {
	store *store.Store
	clock model.Clock
	work  []Work
	doors passwordDoor
}

// New makes the service. work are the domains that give people something to do.
func New(s *store.Store, clock model.Clock, hashing Hashing, work ...Work) *Service {
	return &Service{store: s, clock: clock, work: work, doors: newPasswordDoor(hashing)}
}

// May says whether somebody may act at all. Beside the table of permissions
// there is one rule: while no security administrator has ever signed in, the
// system administrator gives the roles, for somebody has to give the first.
func (s *Service) May(ctx context.Context, by model.Actor, act model.Act) (bool, error) {
	if by.May(act) {
		return true, nil
	}
	if act != model.ActGrantRoles || !by.Holds(model.SystemAdministrator) {
		return false, nil
	}
	return s.Founding(ctx)
}

// Founding says whether no security administrator has signed in yet.
func (s *Service) Founding(ctx context.Context) (bool, error) {
	acted, err := s.store.HasActed(ctx, model.SecurityAdministrator)
	return !acted, err
}

func (s *Service) allow(ctx context.Context, by model.Actor, act model.Act) error {
	may, err := s.May(ctx, by, act)
	if err == nil && !may {
		err = model.ErrNotAllowed
	}
	return err
}

// Question asks for a list of staff; what is empty does not narrow it.
type Question struct {
	Text          string
	Department    string // and all below it
	Role          model.Role
	State         string // open or closed
	Limit, Offset int
}

// List lists the staff that somebody may see, and counts all that match.
func (s *Service) List(ctx context.Context, by model.Actor, q Question) ([]model.Staff, int, error) {
	if err := s.allow(ctx, by, model.ActReadStaff); err != nil {
		return nil, 0, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, 0, err
	}
	f := store.StaffFilter{Text: strings.TrimSpace(q.Text), Role: q.Role, State: q.State, Limit: q.Limit, Offset: q.Offset}
	if q.Department != "" {
		f.Departments = directory.Downward(q.Department)
	}
	f.Within, f.Limited = directory.Within(by, model.ActReadStaff)
	return s.store.StaffList(ctx, f)
}

// Get reads somebody of the staff. Whom one may not see does not exist.
func (s *Service) Get(ctx context.Context, by model.Actor, id string) (*model.Staff, error) {
	found, err := s.store.Staff(ctx, id)
	if err != nil {
		return nil, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if found == nil || !directory.May(by, model.ActReadStaff, found.DepartmentID) {
		return nil, model.ErrStaffMissing
	}
	return found, nil
}

// Draft is what an account is opened or changed with.
type Draft struct {
	Login, Name, Title, DepartmentID string
	Grants                           []model.Grant
}

var loginShape = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,31}$`)

// check puts a draft right and says what is wrong with it.
func (s *Service) check(ctx context.Context, d *Draft) error {
	d.Name, d.Title = strings.TrimSpace(d.Name), strings.TrimSpace(d.Title)
	switch n := utf8.RuneCountInString(d.Name); {
	case n < 2 || n > 30 || !plain(d.Name):
		return model.ErrNameMalformed
	case utf8.RuneCountInString(d.Title) > 40 || !plain(d.Title):
		return model.ErrTitleMalformed
	}
	if d.DepartmentID == "" {
		return nil
	}
	directory, err := s.store.Directory(ctx)
	if err == nil && directory.Department(d.DepartmentID) == nil {
		err = model.ErrDepartmentMissing.With("department_id", nil)
	}
	return err
}

func plain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == '<' || r == '>' })
}

// Open opens an account and gives its first password, which is shown once. The
// roles may come at once from those who may give them.
func (s *Service) Open(ctx context.Context, by model.Actor, d Draft) (*model.Staff, string, error) {
	if err := s.allow(ctx, by, model.ActOpenAccounts); err != nil {
		return nil, "", err
	}
	if len(d.Grants) > 0 {
		if err := s.allow(ctx, by, model.ActGrantRoles); err != nil {
			return nil, "", err
		}
	}
	return s.open(ctx, by, d)
}

func (s *Service) open(ctx context.Context, by model.Actor, d Draft) (*model.Staff, string, error) {
	d.Login = strings.ToLower(strings.TrimSpace(d.Login))
	if !loginShape.MatchString(d.Login) {
		return nil, "", model.ErrLoginMalformed
	}
	if err := s.check(ctx, &d); err != nil {
		return nil, "", err
	}
	if err := s.checkGrants(ctx, d.Grants); err != nil {
		return nil, "", err
	}
	password := temporaryPassword()
	hash, err := s.doors.hash(ctx, password)
	if err != nil {
		return nil, "", err
	}
	opened := &model.Staff{Login: d.Login, Name: d.Name, Title: d.Title, DepartmentID: d.DepartmentID, Grants: d.Grants}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.AddStaff(ctx, opened, hash); err != nil {
			return err
		}
		if err := tx.Audit(ctx, by, entry("staff.opened", opened.ID, departed{opened.DepartmentID})); err != nil || len(d.Grants) == 0 {
			return err
		}
		return s.saveGrants(ctx, tx, by, opened, nil)
	})
	return opened, password, err
}

// Found makes the first system administrator, from the command line.
func (s *Service) Found(ctx context.Context, login, name string) (*model.Staff, string, error) {
	held := 0
	err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		held, err = tx.CountHolders(ctx, model.SystemAdministrator, "")
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if held > 0 {
		return nil, "", model.ErrFounded
	}
	return s.open(ctx, model.System("staff add"), Draft{Login: login, Name: name, Title: "系统管理员",
		Grants: []model.Grant{{Role: model.SystemAdministrator}}})
}

// departed is the part of an audit line that says to which department somebody
// belongs.
type departed struct {
	DepartmentID string `json:"department_id"`
}

func entry(act, staffID string, details any) model.AuditEntry {
	return model.AuditEntry{Act: act, Object: model.Ref{Kind: "staff", ID: staffID}, Details: details}
}

// Edit changes name, title and department. version is the one that was read.
func (s *Service) Edit(ctx context.Context, by model.Actor, id string, version int64, d Draft) (*model.Staff, error) {
	if err := s.allow(ctx, by, model.ActEditStaff); err != nil {
		return nil, err
	}
	if err := s.check(ctx, &d); err != nil {
		return nil, err
	}
	edited, err := s.Get(ctx, by, id)
	if err != nil {
		return nil, err
	}
	edited.Name, edited.Title, edited.DepartmentID, edited.Version = d.Name, d.Title, d.DepartmentID, version
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SaveStaff(ctx, edited); err != nil {
			return err
		}
		return tx.Audit(ctx, by, entry("staff.edited", id, departed{d.DepartmentID}))
	})
	return edited, err
}
