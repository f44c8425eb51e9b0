package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/staff"
)

// StaffItem is somebody of the staff as lists show it.
type StaffItem struct {
	ID             string      `json:"id" doc:"编号"`
	Login          string      `json:"login" doc:"登录名"`
	Name           string      `json:"name" doc:"姓名"`
	Title          string      `json:"title" doc:"职务，没有时为空"`
	DepartmentID   string      `json:"department_id" doc:"所在部门，没有时为空"`
	DepartmentName string      `json:"department_name" doc:"所在部门的名称"`
	Grants         []GrantItem `json:"grants" doc:"角色"`
	FactorSet      bool        `json:"factor_set" doc:"是否绑定了动态验证码"`
	MustChange     bool        `json:"must_change" doc:"密码是别人设的，下次登录要改"`
	CreatedAt      time.Time   `json:"created_at" doc:"何时开设账号"`
	SeenAt         *time.Time  `json:"seen_at" doc:"最近何时登录，没有登录过为 null"`
	ClosedAt       *time.Time  `json:"closed_at" doc:"何时停用，没有停用为 null"`
	Version        int64       `json:"version" doc:"版本，修改时放在 If-Match 里"`
}

// GrantItem is a role that somebody holds.
type GrantItem struct {
	Role           model.Role `json:"role" doc:"角色"`
	DepartmentID   string     `json:"department_id" doc:"在哪个部门，含下属；全市的角色为空"`
	DepartmentName string     `json:"department_name" doc:"部门的名称"`
}

func (h *handler) staffItem(ctx context.Context, s *model.Staff) (StaffItem, error) {
	names, err := h.Directory.Names(ctx)
	if err != nil {
		return StaffItem{}, err
	}
	return staffItemOf(s, names), nil
}

func staffItemOf(s *model.Staff, names map[string]string) StaffItem {
	item := StaffItem{ID: s.ID, Login: s.Login, Name: s.Name, Title: s.Title, DepartmentID: s.DepartmentID, DepartmentName: names[s.DepartmentID],
		FactorSet: s.FactorSet, MustChange: s.MustChange, CreatedAt: s.CreatedAt, SeenAt: unlessZero(s.SeenAt), ClosedAt: unlessZero(s.ClosedAt), Version: s.Version}
	item.Grants = converted(s.Grants, func(g model.Grant) GrantItem { return GrantItem{g.Role, g.DepartmentID, names[g.DepartmentID]} })
	return item
}

func unlessZero(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// StaffIn asks for a list of staff.
type StaffIn struct {
	Text       string `query:"q" maxLength:"40" doc:"姓名或登录名里的字"`
	Department string `query:"department" maxLength:"26" doc:"部门编号，含下属"`
	Role       string `query:"role" maxLength:"40" doc:"有哪个角色"`
	State      string `query:"state" enum:"open,closed" doc:"open 在用，closed 已停用"`
	Limit      int    `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少人"`
	Offset     int    `query:"offset" minimum:"0" maximum:"100000" doc:"从第几个起"`
}

// StaffPage is a page of staff.
type StaffPage struct {
	Total int         `json:"total" doc:"共多少人"`
	Items []StaffItem `json:"items" doc:"按姓名排列，停用的在后"`
}

func (h *handler) listStaff(ctx context.Context, in *StaffIn) (*Private[StaffPage], error) {
	list, total, err := h.Staff.List(ctx, by(ctx), staff.Question{Text: in.Text, Department: in.Department, Role: model.Role(in.Role),
		State: in.State, Limit: in.Limit, Offset: in.Offset})
	if err != nil {
		return nil, err
	}
	names, err := h.Directory.Names(ctx)
	return private(StaffPage{total, converted(list, func(s model.Staff) StaffItem { return staffItemOf(&s, names) })}), err
}

// StaffDetail is somebody of the staff.
type StaffDetail struct {
	StaffItem
	LockedUntil *time.Time     `json:"locked_until" doc:"因多次输错被锁到何时，没有锁为 null"`
	OpenWork    []OpenWorkItem `json:"open_work" doc:"还没办完的事项，停用时要移交"`
}

// OpenWorkItem is how many things of a kind wait for somebody.
type OpenWorkItem struct {
	Kind  string `json:"kind" doc:"哪一类"`
	Count int    `json:"count" doc:"多少件"`
}

// ReadID reads one record.
type ReadID struct {
	ID string `path:"id" maxLength:"40" doc:"编号"`
}

func (h *handler) getStaff(ctx context.Context, in *ReadID) (*Private[StaffDetail], error) {
	s, err := h.Staff.Get(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return h.staffDetail(ctx, s)
}

func (h *handler) staffDetail(ctx context.Context, s *model.Staff) (*Private[StaffDetail], error) {
	item, err := h.staffItem(ctx, s)
	if err != nil {
		return nil, err
	}
	until, err := h.Staff.LockedUntil(ctx, s.Login)
	if err != nil {
		return nil, err
	}
	open, err := h.Staff.OpenWork(ctx, s.ID)
	detail := StaffDetail{item, unlessZero(until), converted(open, func(w staff.OpenWork) OpenWorkItem { return OpenWorkItem(w) })}
	return versioned(detail, s.Version), err
}

// GrantIn is a role that is given.
type GrantIn struct {
	Role         model.Role `json:"role" maxLength:"40" doc:"角色"`
	DepartmentID string     `json:"department_id,omitempty" maxLength:"26" doc:"在哪个部门；全市的角色不填"`
}

func grantsOf(list []GrantIn) []model.Grant {
	return converted(list, func(g GrantIn) model.Grant { return model.Grant(g) })
}

// StaffFields are what an account is opened or changed with.
type StaffFields struct {
	Name         string `json:"name" maxLength:"30" doc:"姓名"`
	Title        string `json:"title,omitempty" maxLength:"40" doc:"职务"`
	DepartmentID string `json:"department_id,omitempty" maxLength:"26" doc:"所在部门"`
}

// OpenStaffIn opens an account.
type OpenStaffIn struct {
	Keyed
	Body struct {
		StaffFields
		Login  string    `json:"login" maxLength:"32" doc:"登录名：小写字母开头，2 到 32 个小写字母、数字或 . _ -"`
		Grants []GrantIn `json:"grants,omitempty" maxItems:"20" doc:"角色；只有可以授予角色的人能填"`
	}
}

// OpenedStaff is an account that was opened, with its first password.
type OpenedStaff struct {
	Staff    StaffItem `json:"staff" doc:"账号"`
	Password string    `json:"password" doc:"临时密码，只显示这一次；第一次登录要改"`
}

func (h *handler) openStaff(ctx context.Context, in *OpenStaffIn) (*Private[OpenedStaff], error) {
	b := in.Body
	s, password, err := h.Staff.Open(ctx, by(ctx), staff.Draft{Login: b.Login, Name: b.Name, Title: b.Title, DepartmentID: b.DepartmentID, Grants: grantsOf(b.Grants)})
	if err != nil {
		return nil, err
	}
	item, err := h.staffItem(ctx, s)
	return private(OpenedStaff{item, password}), err
}

// EditID is an edit of one record.
type EditID struct {
	Edit
	ID string `path:"id" maxLength:"40" doc:"编号"`
}

// EditStaffIn changes name, title and department.
type EditStaffIn struct {
	EditID
	Body StaffFields
}

func (h *handler) editStaff(ctx context.Context, in *EditStaffIn) (*Private[StaffDetail], error) {
	return h.changeStaff(ctx, in.EditID, func(version int64) (*model.Staff, error) {
		b := in.Body
		return h.Staff.Edit(ctx, by(ctx), in.ID, version, staff.Draft{Name: b.Name, Title: b.Title, DepartmentID: b.DepartmentID})
	})
}

// changeStaff does an edit, and shows to whoever was overtaken what is there.
func (h *handler) changeStaff(ctx context.Context, in EditID, do func(version int64) (*model.Staff, error)) (*Private[StaffDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	s, err := do(version)
	if err != nil {
		return nil, withCurrent(err, func() (StaffItem, error) {
			now, err := h.Staff.Get(ctx, by(ctx), in.ID)
			if err != nil {
				return StaffItem{}, err
			}
			return h.staffItem(ctx, now)
		})
	}
	return h.staffDetail(ctx, s)
}

// HeirIn is who takes over what somebody can't do any more.
type HeirIn struct {
	To  string `json:"to,omitempty" maxLength:"26" doc:"没办完、以后不能再办的事项移交给谁；有这样的事项时必填"`
	Why string `json:"why,omitempty" maxLength:"500" doc:"为什么移交，记在每件事项上"`
}

// GrantsIn replaces the roles of somebody.
type GrantsIn struct {
	EditID
	Body struct {
		Grants []GrantIn `json:"grants" maxItems:"20" doc:"全部角色"`
		HeirIn
	}
}

func (h *handler) grantStaff(ctx context.Context, in *GrantsIn) (*Private[StaffDetail], error) {
	return h.changeStaff(ctx, in.EditID, func(version int64) (*model.Staff, error) {
		return h.Staff.Grant(ctx, by(ctx), in.ID, version, grantsOf(in.Body.Grants), staff.Heir(in.Body.HeirIn))
	})
}

// CloseIn closes an account.
type CloseIn struct {
	EditID
	Body HeirIn
}

func (h *handler) closeStaff(ctx context.Context, in *CloseIn) (*Private[StaffDetail], error) {
	return h.changeStaff(ctx, in.EditID, func(version int64) (*model.Staff, error) {
		return h.Staff.Close(ctx, by(ctx), in.ID, version, staff.Heir(in.Body))
	})
}

func (h *handler) reopenStaff(ctx context.Context, in *EditID) (*Private[StaffDetail], error) {
	return h.changeStaff(ctx, *in, func(version int64) (*model.Staff, error) {
		return h.Staff.Reopen(ctx, by(ctx), in.ID, version)
	})
}

// NewPassword is a password that its owner must change.
type NewPassword struct {
	Password string `json:"password" doc:"临时密码，只显示这一次；下次登录要改"`
}

func (h *handler) resetPassword(ctx context.Context, in *OfID) (*Private[NewPassword], error) {
	password, err := h.Staff.ResetPassword(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return private(NewPassword{password}), nil
}

func (h *handler) resetFactor(ctx context.Context, in *OfID) (*Done, error) {
	return done(), h.Staff.ResetFactor(ctx, by(ctx), in.ID)
}

func (h *handler) unlockStaff(ctx context.Context, in *OfID) (*Done, error) {
	return done(), h.Staff.Unlock(ctx, by(ctx), in.ID)
}

func (h *handler) staffSessions(ctx context.Context, in *ReadID) (*Private[StaffSessionPage], error) {
	return h.sessionsOf(ctx, in.ID)
}

// SessionID names a session of somebody.
type SessionID struct {
	OfID
	Session string `path:"session" maxLength:"26" doc:"登录的编号"`
}

func (h *handler) endStaffSession(ctx context.Context, in *SessionID) (*Done, error) {
	return done(), h.Staff.EndSession(ctx, by(ctx), in.ID, in.Session)
}
