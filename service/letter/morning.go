package letter

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"yuandu/model"
	"yuandu/outside"
	"yuandu/store"
)

// Robot speaks in the groups of offices.
type Robot interface {
	CheckAddress(address string) error
	Say(ctx context.Context, address, markdown string) error
}

// Reminder adds to an office's list what else waits for it: for some departments, and
// where something is said only now and then, what came due since the day of the last list.
type Reminder func(ctx context.Context, since model.Day, within map[string]bool, list *outside.MorningList) error

// Mornings tell each office, in the group of its robot, how many letters wait for it, and
// what else does: once each working day.
type Mornings struct {
	store   *store.Store
	letters *Service
	robot   Robot
	at      time.Duration // of the day
	link    string
	clock   model.Clock
	log     *slog.Logger
	remind  []Reminder

	mu     sync.Mutex
	ended  model.Day // of which all is ended
	looked time.Time
}

// How mornings are told: tried again for a while where WeCom is away, in some seconds
// each.
const (
	UsualMorning  = 8*time.Hour + 30*time.Minute
	morningTrying = 2 * time.Hour
	morningLease  = time.Minute
	morningPause  = time.Minute // after the first try, twice as long after each other one
	morningBreath = 15 * time.Minute
	morningLooks  = 10 * time.Second
)

// NewMornings makes the mornings of a city; link leads to the console.
func NewMornings(letters *Service, robot Robot, at time.Duration, link string, log *slog.Logger, remind ...Reminder) *Mornings {
	return &Mornings{store: letters.store, letters: letters, robot: robot, at: at, link: link, clock: letters.clock, log: log, remind: remind}
}

// At is at what time of the day lists are told.
func (m *Mornings) At() time.Duration { return m.at }

// Work tells what is due to be told, one office after the other. Any number of processes
// may do so.
func (m *Mornings) Work(ctx context.Context) error {
	now := m.clock.Now()
	today := model.Today(now)
	if begins := today.Start().Add(m.at); now.Before(begins) || now.After(begins.Add(morningTrying)) {
		return m.endOnce(ctx, today, now.After(begins))
	}
	if !m.looksAt(now) {
		return nil
	}
	calendar, err := m.letters.city.Calendar(ctx)
	if err != nil || !calendar.Workday(today) {
		return err
	}
	if err := m.plan(ctx, today); err != nil {
		return err
	}
	for {
		told, err := m.tellOne(ctx, calendar, today)
		if err != nil || !told {
			return err
		}
	}
}

// looksAt says whether it is time to look again for whom to tell.
func (m *Mornings) looksAt(now time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now.Sub(m.looked) < morningLooks {
		return false
	}
	m.looked = now
	return true
}

// plan notes whom to tell today; what nobody came back from is ended.
func (m *Mornings) plan(ctx context.Context, today model.Day) error {
	return m.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.EndMornings(ctx, today); err != nil {
			return err
		}
		return tx.PlanMornings(ctx, today)
	})
}

// endOnce ends, when the morning is over, what was not heard.
func (m *Mornings) endOnce(ctx context.Context, today model.Day, over bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !over || m.ended == today {
		return nil
	}
	err := m.store.InTx(ctx, func(tx *store.Tx) error { return tx.EndMornings(ctx, today.Add(1)) })
	if err == nil {
		m.ended = today
	}
	return err
}

// tellOne tells one office, and says whether there was one to tell.
func (m *Mornings) tellOne(ctx context.Context, calendar *model.Calendar, today model.Day) (bool, error) {
	var one *store.Morning
	err := m.store.InTx(ctx, func(tx *store.Tx) (err error) {
		one, err = tx.TakeMorning(ctx, today, morningLease)
		return err
	})
	if err != nil || one == nil {
		return false, err
	}
	robot, err := m.store.OfficeRobot(ctx, one.DepartmentID)
	if err != nil {
		return false, err
	}
	said := error(&outside.RobotError{Reason: outside.RobotAddress}) // taken away meanwhile
	if robot != nil {
		text, err := m.List(ctx, calendar, one.DepartmentID)
		if err != nil {
			return false, err
		}
		said = m.robot.Say(ctx, robot.Address, text)
	}
	m.became(one, said)
	return true, m.store.InTx(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.KeepMorning(ctx, one) })
}

// became notes on a list how it went.
func (m *Mornings) became(one *store.Morning, said error) {
	one.At, one.NextAt, one.Reason, one.Code = m.clock.Now(), time.Time{}, "", 0
	var refusal *outside.RobotError
	switch {
	case said == nil:
		one.State = store.MorningSent
		return
	case !errors.As(said, &refusal) || refusal.Unsure:
		one.State, one.Reason = store.MorningUnsure, ReasonUnsure
		return
	}
	one.Reason, one.Code, one.State = string(refusal.Reason), refusal.Code, store.MorningFailed
	if refusal.CanRetry() {
		one.State, one.NextAt = store.MorningWaiting, one.At.Add(min(morningPause<<min(one.Tries-1, 8), morningBreath))
	}
	m.log.Warn("an office was not told of its letters", "department", one.DepartmentID, "try", one.Tries, "why", refusal.Error())
}

// Why a list was not heard; ReasonUnsure is why it is not said again, as perhaps it was.
const (
	ReasonUnsure      = "unsure"
	ReasonAddress     = string(outside.RobotAddress)
	ReasonKey         = string(outside.RobotKey)
	ReasonLater       = string(outside.RobotLater)
	ReasonUnreachable = string(outside.RobotUnreachable)
)

// List is what is told of a department and all below it.
func (m *Mornings) List(ctx context.Context, calendar *model.Calendar, departmentID string) (string, error) {
	directory, err := m.store.Directory(ctx)
	if err != nil {
		return "", err
	}
	loads, err := m.store.OpenLoads(ctx)
	if err != nil {
		return "", err
	}
	today := m.letters.today()
	since := before(calendar, today)
	fresh, err := m.store.NewSince(ctx, since.Start().Add(m.at))
	if err != nil {
		return "", err
	}
	list := outside.MorningList{Day: today, Link: m.address()}
	if d := directory.Department(departmentID); d != nil {
		list.Office = d.Name
	}
	within := map[string]bool{departmentID: true}
	for _, id := range directory.Downward(departmentID) {
		within[id] = true
	}
	for id, n := range fresh {
		if within[id] {
			list.New += n
		}
	}
	for _, o := range loads {
		if within[o.DepartmentID] {
			m.letters.count(&list, calendar, o)
		}
	}
	for _, remind := range m.remind {
		if err := remind(ctx, since, within, &list); err != nil {
			return "", err
		}
	}
	return list.Markdown(), nil
}

// before is the working day before a day.
func before(c *model.Calendar, day model.Day) model.Day {
	for range 30 { // no holiday is longer
		if day = day.Add(-1); c.Workday(day) {
			break
		}
	}
	return day
}

func (s *Service) count(list *outside.MorningList, c *model.Calendar, o store.OpenLoad) {
	list.ToSign += o.Signing
	due := model.Deadline{Day: o.DueDay, Workdays: o.Workdays}
	switch today := s.today(); {
	case due.IsOverdue(today):
		list.Overdue += o.Letters
	case o.DueDay == today:
		list.DueToday += o.Letters
	case due.Colour(c, today, s.thresholds) != model.NoColour:
		list.DueSoon += o.Letters
	}
}

// address is where the console's letters are.
func (m *Mornings) address() string {
	to, err := url.JoinPath(m.link, "console", "letters")
	if err != nil {
		return ""
	}
	return to
}

// RobotSetting is how an office is told of its letters.
type RobotSetting struct {
	Department model.Department
	Robot      *store.OfficeRobot // nil where it has none
	Last       *store.Morning     // nil where it was never told
}

// RobotSettings are those of all offices for which somebody may set it, with the names of
// who did.
func (m *Mornings) RobotSettings(ctx context.Context, by model.Actor) (list []RobotSetting, names map[string]string, err error) {
	directory, err := m.store.Directory(ctx)
	if err != nil {
		return nil, nil, err
	}
	robots, err := m.store.OfficeRobots(ctx)
	if err != nil {
		return nil, nil, err
	}
	last, err := m.store.LastMornings(ctx)
	if err != nil {
		return nil, nil, err
	}
	var staff []string
	for _, d := range directory.Departments {
		if !directory.May(by, model.ActSetRobots, d.ID) {
			continue
		}
		v := RobotSetting{Department: d}
		for i := range robots {
			if robots[i].DepartmentID == d.ID {
				v.Robot = &robots[i]
				staff = append(staff, robots[i].SetBy)
			}
		}
		for i := range last {
			if last[i].DepartmentID == d.ID {
				v.Last = &last[i]
			}
		}
		list = append(list, v)
	}
	names, err = m.store.StaffNames(ctx, distinct(staff))
	return list, names, err
}

// settable says whether somebody may set the robot of a department, and which one that is
// today.
func (m *Mornings) settable(ctx context.Context, by model.Actor, departmentID string) (string, error) {
	directory, err := m.store.Directory(ctx)
	if err != nil {
		return "", err
	}
	id := directory.Now(departmentID)
	switch {
	case directory.Department(id) == nil:
		return "", model.ErrDepartmentMissing
	case !directory.May(by, model.ActSetRobots, id):
		return "", model.ErrNotAllowed
	}
	return id, nil
}

// SetRobot keeps the address of a department's robot.
func (m *Mornings) SetRobot(ctx context.Context, by model.Actor, departmentID, address string) error {
	id, err := m.settable(ctx, by, departmentID)
	if err != nil {
		return err
	}
	if m.robot.CheckAddress(address) != nil {
		return model.ErrRobotAddress
	}
	return m.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.KeepOfficeRobot(ctx, store.OfficeRobot{DepartmentID: id, Address: address, SetBy: staffOf(by), SetAt: m.clock.Now()}); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "letter.robot_set", Object: model.Ref{Kind: "department", ID: id}})
	})
}

// DropRobot forgets the address of a department's robot.
func (m *Mornings) DropRobot(ctx context.Context, by model.Actor, departmentID string) error {
	id, err := m.settable(ctx, by, departmentID)
	if err != nil {
		return err
	}
	return m.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.DropOfficeRobot(ctx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "letter.robot_dropped", Object: model.Ref{Kind: "department", ID: id}})
	})
}

// Try has the robot of a department say the present list at once, and tells how that
// went: "" where it was heard, else an outside.RobotReason or ReasonUnsure, and WeCom's
// code.
func (m *Mornings) Try(ctx context.Context, by model.Actor, departmentID string) (reason string, code int, err error) {
	id, err := m.settable(ctx, by, departmentID)
	if err != nil {
		return "", 0, err
	}
	robot, err := m.store.OfficeRobot(ctx, id)
	switch {
	case err != nil:
		return "", 0, err
	case robot == nil:
		return "", 0, model.ErrRobotNone
	}
	calendar, err := m.letters.city.Calendar(ctx)
	if err != nil {
		return "", 0, err
	}
	text, err := m.List(ctx, calendar, id)
	if err != nil {
		return "", 0, err
	}
	var refusal *outside.RobotError
	switch said := m.robot.Say(ctx, robot.Address, text); {
	case errors.As(said, &refusal) && !refusal.Unsure:
		reason, code = string(refusal.Reason), refusal.Code
	case said != nil:
		reason = ReasonUnsure
	}
	return reason, code, m.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.Audit(ctx, by, model.AuditEntry{Act: "letter.robot_tried", Object: model.Ref{Kind: "department", ID: id},
			Details: map[string]any{"reason": reason}})
	})
}

// NextYearKnown says whether the days off of next year are known, for who looks at it
// late in the year.
func (m *Mornings) NextYearKnown(ctx context.Context) (year int, known bool, err error) {
	calendar, err := m.letters.city.Calendar(ctx)
	if err != nil {
		return 0, false, err
	}
	year = m.letters.today().Add(60).Year()
	return year, calendar.Known(year), nil
}
