package handler

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/account"
	"yuandu/service/staff"
)

// door says who may come in by an address.
type door struct {
	kind doorKind
	act  model.Act           // for staff, "" for all of them
	at   []model.SignInStage // for staff, instead of a full sign-in
}

type doorKind string

// The doors.
const (
	doorAnyone   doorKind = "anyone"
	doorArrived  doorKind = "arrived"  // a resident who may not have agreed yet
	doorResident doorKind = "resident" // one who has
	doorStaff    doorKind = "staff"
)

var (
	anyone   = door{kind: doorAnyone}
	arrived  = door{kind: doorArrived}
	resident = door{kind: doorResident}
	anyStaff = door{kind: doorStaff}
)

func staffAt(stages ...model.SignInStage) door { return door{kind: doorStaff, at: stages} }
func may(act model.Act) door                   { return door{kind: doorStaff, act: act} }

func (d door) String() string {
	switch {
	case d.act != "":
		return "may " + string(d.act)
	case d.at != nil:
		return fmt.Sprintf("staff at %v", d.at)
	}
	return string(d.kind)
}

// doorOf is an address and who may come in by it.
type doorOf struct {
	method, path string
	door         door
}

// guard puts a door before an address: METHOD and /path/{id}.
func (h *handler) guard(method, path string, d door) {
	h.doors = append(h.doors, doorOf{method, path, d})
}

// Doors tells who may come in by every address of residents and staff, in the
// order of the routes: "GET /admin/v1/staff may staff.read".
func Doors() []string {
	_, _, h := build(House{})
	list := make([]string, len(h.doors))
	for i, d := range h.doors {
		list[i] = fmt.Sprintf("%s %s %s", d.method, d.path, d.door)
	}
	return list
}

// guarded opens the doors to those who may come, before anything that they
// sent is looked at. An address of staff without a door stays shut.
func (h *handler) guarded() echo.MiddlewareFunc {
	doors := sync.OnceValue(func() map[string]door {
		m := map[string]door{}
		for _, d := range h.doors {
			m[d.method+" "+strings.NewReplacer("{", ":", "}", "").Replace(d.path)] = d.door
		}
		return m
	})
	return func(next echo.HandlerFunc) echo.HandlerFunc { // once for each request
		return func(c echo.Context) error {
			d, found := doors()[c.Request().Method+" "+c.Path()]
			if !found && strings.HasPrefix(c.Path(), "/admin/v1/") {
				return model.ErrNotAllowed
			}
			if found {
				if err := h.enter(c.Request().Context(), d); err != nil {
					return err
				}
			}
			return next(c)
		}
	}
}

// enter lets in who may come, and says to others why not.
func (h *handler) enter(ctx context.Context, d door) error {
	p := presenceOf(ctx)
	switch d.kind {
	case doorAnyone:
		return nil
	case doorArrived, doorResident:
		return enterResident(p.resident, d)
	}
	return h.enterStaff(ctx, p.staff, d)
}

func enterResident(p *account.Presence, d door) error {
	switch {
	case p == nil:
		return model.ErrSignInNeeded
	case d.kind == doorResident && !p.Agreed:
		return model.ErrConsentNeeded
	}
	return nil
}

func (h *handler) enterStaff(ctx context.Context, p *staff.Presence, d door) error {
	if p == nil {
		return model.ErrStaffSignInNeeded
	}
	stages := d.at
	if stages == nil {
		stages = []model.SignInStage{model.StageFull}
	}
	for _, stage := range stages {
		if p.Session.Stage == stage {
			return h.enterByRight(ctx, p, d.act)
		}
	}
	return model.ErrStageNeeded
}

func (h *handler) enterByRight(ctx context.Context, p *staff.Presence, act model.Act) error {
	if act == "" {
		return nil
	}
	ok, err := h.Staff.May(ctx, p.Actor, act)
	if err == nil && !ok {
		err = model.ErrNotAllowed
	}
	return err
}

// by is the staff who acts.
func by(ctx context.Context) model.Actor { return presenceOf(ctx).staff.Actor }

// who is the resident who acts.
func who(ctx context.Context) *account.Presence { return presenceOf(ctx).resident }
