package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

const robotAddress = "office_robots.address_sealed"

// OfficeRobot is the group robot of an office.
type OfficeRobot struct {
	DepartmentID string
	Address      string `json:"-"`
	SetBy        string
	SetAt        time.Time
}

func (r reads) robots(ctx context.Context, s *Store, condition string, args ...any) ([]OfficeRobot, error) {
	return collect(ctx, r, func(row scanner) (o OfficeRobot, err error) {
		var id string
		var sealed []byte
		if err := row.Scan(&id, &o.DepartmentID, &sealed, &o.SetBy, milliseconds{&o.SetAt}); err != nil {
			return o, err
		}
		return o, s.openAll(id, map[string]sealedInto{robotAddress: {sealed, &o.Address}})
	}, `SELECT id, department_id, address_sealed, set_by, set_at FROM office_robots `+condition+` ORDER BY department_id`, args...)
}

// OfficeRobots lists the robots of all offices that have one.
func (s *Store) OfficeRobots(ctx context.Context) ([]OfficeRobot, error) {
	list, err := s.reads.robots(ctx, s, "")
	if err != nil {
		return nil, fmt.Errorf("list robots: %w", err)
	}
	return list, nil
}

// OfficeRobot is the robot of a department, nil for none.
func (s *Store) OfficeRobot(ctx context.Context, departmentID string) (*OfficeRobot, error) {
	list, err := s.reads.robots(ctx, s, "WHERE department_id = $1", departmentID)
	if err != nil {
		return nil, fmt.Errorf("read robot: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], nil
}

// KeepOfficeRobot keeps the address of a department's robot in place of the one before.
func (tx *Tx) KeepOfficeRobot(ctx context.Context, o OfficeRobot) error {
	if err := tx.DropOfficeRobot(ctx, o.DepartmentID); err != nil {
		return err
	}
	v := &sealing{tx.store, NewID(), nil}
	sealed := v.seal(robotAddress, o.Address)
	if v.err != nil {
		return v.err
	}
	return tx.exec(ctx, "keep robot", `INSERT INTO office_robots (id, department_id, address_sealed, set_by, set_at) VALUES ($1, $2, $3, $4, $5)`,
		v.id, o.DepartmentID, sealed, o.SetBy, o.SetAt.UnixMilli())
}

// DropOfficeRobot forgets the robot of a department.
func (tx *Tx) DropOfficeRobot(ctx context.Context, departmentID string) error {
	return tx.exec(ctx, "forget robot", `DELETE FROM office_robots WHERE department_id = $1`, departmentID)
}

// moveRobot has the robot of a department speak for another, unless that has its own.
func (tx *Tx) moveRobot(ctx context.Context, from, into string) error {
	for _, table := range []struct{ name, same string }{
		{"office_robots", "b.department_id = $2"},
		{"morning_lists", "b.department_id = $2 AND b.day = morning_lists.day"},
	} {
		err := tx.exec(ctx, "move "+table.name, `UPDATE `+table.name+` SET department_id = $2
			WHERE department_id = $1 AND NOT EXISTS (SELECT 1 FROM `+table.name+` b WHERE `+table.same+`)`, from, into)
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, "forget "+table.name, `DELETE FROM `+table.name+` WHERE department_id = $1`, from); err != nil {
			return err
		}
	}
	return nil
}

// MorningState is what became of a morning's list.
type MorningState string

// The states.
const (
	MorningWaiting MorningState = "waiting" // to be said, perhaps once more
	MorningSending MorningState = "sending" // somebody is at it
	MorningSent    MorningState = "sent"
	MorningUnsure  MorningState = "unsure" // perhaps it was heard: it is not said again
	MorningFailed  MorningState = "failed"
)

// Morning is the list of an office on a morning.
type Morning struct {
	DepartmentID string
	Day          model.Day
	State        MorningState
	Tries        int
	NextAt       time.Time
	Reason       string // why it was not heard at the last try
	Code         int
	At           time.Time // of the last try
}

const morningColumns = `department_id, day, state, tries, next_at, reason, code, at`

func scanMorning(row scanner) (m Morning, err error) {
	return m, row.Scan(&m.DepartmentID, &m.Day, &m.State, &m.Tries, ifAny{&m.NextAt}, &m.Reason, &m.Code, ifAny{&m.At})
}

// PlanMornings has all offices that have a robot told of a day, each once.
func (tx *Tx) PlanMornings(ctx context.Context, day model.Day) error {
	return tx.exec(ctx, "plan mornings", `INSERT INTO morning_lists (department_id, day, state, tries, next_at, reason, code, at)
		SELECT r.department_id, $1, 'waiting', 0, CAST($2 AS BIGINT), '', 0, 0 FROM office_robots r WHERE true ON CONFLICT (department_id, day) DO NOTHING`,
		day, tx.now())
}

// TakeMorning takes a list of a day that is due to be said, nil for none; nobody else
// gets it until the lease is over.
func (tx *Tx) TakeMorning(ctx context.Context, day model.Day, lease time.Duration) (*Morning, error) {
	now := tx.now()
	list, err := collect(ctx, tx.reads, scanMorning, `UPDATE morning_lists SET state = 'sending', tries = tries + 1, next_at = $2, at = $3
		WHERE (department_id, day) IN (SELECT department_id, day FROM morning_lists WHERE day = $1 AND state = 'waiting' AND next_at <= $3
			ORDER BY next_at, department_id LIMIT 1) AND state = 'waiting' RETURNING `+morningColumns,
		day, now+lease.Milliseconds(), now)
	if err != nil {
		return nil, fmt.Errorf("take a morning's list: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], nil
}

// KeepMorning notes what became of a list that was taken.
func (tx *Tx) KeepMorning(ctx context.Context, m *Morning) error {
	return tx.exec(ctx, "note morning", `UPDATE morning_lists SET state = $3, next_at = $4, reason = $5, code = $6, at = $7
		WHERE department_id = $1 AND day = $2`, m.DepartmentID, m.Day, m.State, millis(m.NextAt), m.Reason, m.Code, millis(m.At))
}

// EndMornings ends what nobody came back from, which may have been heard, and what was
// not heard on a day before.
func (tx *Tx) EndMornings(ctx context.Context, today model.Day) error {
	err := tx.exec(ctx, "end mornings", `UPDATE morning_lists SET state = 'unsure', reason = 'unsure' WHERE state = 'sending' AND next_at < $1`, tx.now())
	if err != nil {
		return err
	}
	return tx.exec(ctx, "end mornings", `UPDATE morning_lists SET state = 'failed' WHERE state = 'waiting' AND day < $1`, today)
}

// LastMornings are the latest lists of all offices.
func (s *Store) LastMornings(ctx context.Context) ([]Morning, error) {
	list, err := collect(ctx, s.reads, scanMorning, `SELECT `+morningColumns+` FROM morning_lists m
		WHERE NOT EXISTS (SELECT 1 FROM morning_lists b WHERE b.department_id = m.department_id AND b.day > m.day) ORDER BY department_id`)
	if err != nil {
		return nil, fmt.Errorf("list mornings: %w", err)
	}
	return list, nil
}

// OpenLoad is how many open letters an office has with one day due and one term.
type OpenLoad struct {
	DepartmentID string
	DueDay       model.Day
	Workdays     int
	Letters      int
	Signing      int // of them wait for a signature
}

// OpenLoads counts the open letters that offices have, by when they are due.
func (s *Store) OpenLoads(ctx context.Context) ([]OpenLoad, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (o OpenLoad, err error) {
		return o, row.Scan(&o.DepartmentID, &o.DueDay, &o.Workdays, &o.Letters, &o.Signing)
	}, `SELECT l.lead_department_id, l.due_day, l.term_workdays + l.extended_workdays, count(*), count(CASE WHEN l.state = 'signing' THEN 1 END)
		FROM letters l WHERE `+isWaiting+` AND l.lead_department_id IS NOT NULL AND l.round < 3 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`)
	if err != nil {
		return nil, fmt.Errorf("count open letters: %w", err)
	}
	return list, nil
}

// NewSince counts the open letters that came to offices since a moment.
func (s *Store) NewSince(ctx context.Context, since time.Time) (map[string]int, error) {
	rows, err := collect(ctx, s.reads, scanCount, `SELECT l.lead_department_id, count(*) FROM letters l WHERE `+isWaiting+` AND l.round < 3
		AND l.lead_department_id IS NOT NULL AND EXISTS (SELECT 1 FROM letter_events e WHERE e.letter_id = l.id AND e.at > $1
			AND e.department_id = l.lead_department_id AND e.what IN ('dispatched', 'reopened')) GROUP BY 1`, since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("count new letters: %w", err)
	}
	of := map[string]int{}
	for _, r := range rows {
		of[r.id] = r.n
	}
	return of, nil
}
