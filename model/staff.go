package model

import "time"

// Staff is somebody who works in the console.
type Staff struct {
	ID           string
	Login        string // 登录名
	Name         string
	Title        string // 职务
	DepartmentID string // "" for none
	Grants       []Grant
	MustChange   bool // the password is one that somebody else chose
	FactorSet    bool // a second factor is enrolled
	CreatedAt    time.Time
	SeenAt       time.Time // zero before the first sign-in
	ClosedAt     time.Time // zero while the account is open
	Version      int64
}

// IsClosed says whether the account was closed.
func (s *Staff) IsClosed() bool { return !s.ClosedAt.IsZero() }

// SignInStage is how far a staff session has come. Only a full one may act.
type SignInStage string

// The stages, in their order.
const (
	StageFactor   SignInStage = "factor"   // the password was right, the code is due
	StagePassword SignInStage = "password" // signed in, but the password must be changed
	StageEnrol    SignInStage = "enrol"    // a second factor must be enrolled
	StageFull     SignInStage = "full"
)

// StaffSession is one sign-in of staff.
type StaffSession struct {
	ID        string
	StaffID   string
	Stage     SignInStage
	Address   string
	Agent     string // what the browser says of itself
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	EndedAt   time.Time
	EndedWhy  string
}

// Lives says whether a session still opens doors at a moment.
func (s *StaffSession) Lives(now time.Time) bool {
	return s.EndedAt.IsZero() && now.Before(s.ExpiresAt) && now.Before(s.SeenAt.Add(StaffIdle))
}

// How long staff stay signed in (GB/T 22239-2019 8.1.4.1: time-outs).
const (
	StaffIdle     = 30 * time.Minute // without a request
	StaffAbsolute = 12 * time.Hour
	StaffStage    = 10 * time.Minute // between password and code
)

// Errors of staff.
var (
	ErrStaffSignInNeeded = &Error{Unauthenticated, "staff.signin_needed", "", nil}
	ErrStageNeeded       = &Error{Unauthenticated, "staff.stage_needed", "", nil}
	ErrWrongPassword     = &Error{Unauthenticated, "staff.wrong_password", "password", nil}
	ErrWrongCode         = &Error{Unauthenticated, "staff.wrong_code", "code", nil}
	ErrCodeUsed          = &Error{Unauthenticated, "staff.code_used", "code", nil}
	ErrClockSlow         = &Error{Unauthenticated, "staff.clock_slow", "code", nil} // minutes: by how many
	ErrClockFast         = &Error{Unauthenticated, "staff.clock_fast", "code", nil}
	ErrLockedOut         = &Error{TooMany, "staff.locked_out", "", nil}
	ErrSignInBusy        = &Error{Unavailable, "staff.signin_busy", "", nil}
	ErrNotAllowed        = &Error{Forbidden, "staff.not_allowed", "", nil}
	ErrStaffMissing      = &Error{NotFound, "staff.not_found", "", nil}
	ErrFounded           = &Error{Conflict, "staff.founded", "", nil}
	ErrTitleMalformed    = &Error{Invalid, "staff.title_malformed", "title", nil}
	ErrLoginTaken        = &Error{Conflict, "staff.login_taken", "login", nil}
	ErrLoginMalformed    = &Error{Invalid, "staff.login_malformed", "login", nil}
	ErrPasswordShort     = &Error{Invalid, "password.short", "password", nil}
	ErrPasswordLong      = &Error{Invalid, "password.long", "password", nil}
	ErrPasswordCommon    = &Error{Invalid, "password.common", "password", nil}
	ErrPasswordSame      = &Error{Invalid, "password.same", "password", nil}
	ErrPasswordOld       = &Error{Invalid, "password.old_wrong", "old_password", nil}
	ErrRoleUnknown       = &Error{Invalid, "role.unknown", "grants", nil}
	ErrRoleDepartment    = &Error{Invalid, "role.department", "grants", nil}
	ErrRolePowers        = &Error{Conflict, "role.powers", "grants", nil}
	ErrRoleOneself       = &Error{Forbidden, "role.oneself", "grants", nil}
	ErrLastPower         = &Error{Conflict, "role.last", "", nil}
	ErrAccountClosed     = &Error{Conflict, "staff.closed", "", nil}
	ErrCloseOneself      = &Error{Forbidden, "staff.close_oneself", "", nil}
	ErrHandOverTo        = &Error{Invalid, "staff.hand_over", "to", nil}
	ErrFactorSet         = &Error{Conflict, "staff.factor_set", "", nil}
	ErrEnrolExpired      = &Error{Conflict, "staff.enrol_expired", "", nil}
	ErrDepartmentMissing = &Error{NotFound, "department.not_found", "", nil}
	ErrDepartmentName    = &Error{Invalid, "department.name", "name", nil}
	ErrDepartmentInUse   = &Error{Conflict, "department.in_use", "", nil}
	ErrDepartmentTaken   = &Error{Conflict, "department.taken", "name", nil}
	ErrDepartmentLoop    = &Error{Invalid, "department.loop", "parent_id", nil}
)
