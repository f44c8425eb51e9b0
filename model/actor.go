package model

import "slices"

// ActorKind says what sort of somebody acts.
type ActorKind string

// Those who act. The system is the house itself: a command on the server, or
// a job.
const (
	Anybody   ActorKind = ""
	AResident ActorKind = "resident"
	AStaff    ActorKind = "staff"
	TheSystem ActorKind = "system"
)

// Actor is who acts, as the audit trail names them: by ID, never by name.
type Actor struct {
	Kind    ActorKind
	ID      string // of the resident or the staff; of the command where the system acts
	Session string // ID of the session through which they came
	Address string // IP address, of staff alone
	Request string // number of the request
	Grants  []Grant
}

// System is the house acting by itself, in a command or a job of that name.
func System(name string) Actor { return Actor{Kind: TheSystem, ID: name} }

// Grant is a role that somebody of the staff holds within a department and all
// below it; "" where the role covers the whole house.
type Grant struct {
	Role         Role   `json:"role"`
	DepartmentID string `json:"department_id"`
}

// Holds says whether the actor has a role, anywhere.
func (a Actor) Holds(r Role) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == r })
}

// May says whether the actor may act anywhere at all.
func (a Actor) May(act Act) bool {
	return a.Reach(act) != Nowhere
}

// Reach is how far the actor's right to an act goes, at most.
func (a Actor) Reach(act Act) Reach {
	most := Nowhere
	for _, g := range a.Grants {
		most = max(most, ReachOf(g.Role, act))
	}
	return most
}

// MayAt says whether the actor may act on what belongs to a department, given
// as the department and all above it. With none, it belongs to the whole house.
func (a Actor) MayAt(act Act, upward ...string) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		switch ReachOf(g.Role, act) {
		case Everywhere:
			return true
		case Own:
			return g.DepartmentID != "" && slices.Contains(upward, g.DepartmentID)
		}
		return false
	})
}

// Departments are those within which the actor may act; everywhere is true
// where there is no limit.
func (a Actor) Departments(act Act) (ids []string, everywhere bool) {
	for _, g := range a.Grants {
		switch ReachOf(g.Role, act) {
		case Everywhere:
			return nil, true
		case Own:
			ids = append(ids, g.DepartmentID)
		}
	}
	return ids, false
}
