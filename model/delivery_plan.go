package model

import "time"

// Plan is how somebody is told of something: how soon, and by which message.
type Plan struct {
	Pace  Pace          // of the notice: what is too much for a day goes into the next digest
	State DeliveryState // of the message, "" where there is none
	Why   Reason
	DueAt time.Time
}

// PlanDelivery says how somebody is told who follows at a pace: sent is how many
// messages of the day went to them already, credit whether they allowed one more.
func PlanDelivery(pace Pace, wishes PushSettings, credit bool, sent int, now time.Time) Plan {
	p := Plan{Pace: pace, DueAt: now}
	switch {
	case pace != AtOnce || !wishes.MutedAt.IsZero():
		return p
	case !credit:
		p.State = DeliveryNoCredit
		return p
	case sent >= wishes.Most:
		p.Pace = Daily
		return p
	}
	p.State, p.DueAt = DeliveryPending, wishes.Quiet.Next(now)
	if p.DueAt.After(now) {
		p.Why = WhyQuiet
	}
	return p
}

// DigestAt is the minute of the day, Shanghai time, at which digests go out, the
// weekly one on Mondays.
const DigestAt = 8*60 + 30

// DigestRound names the round of digests of a pace whose time came last, and when
// that was.
func DigestRound(pace Pace, now time.Time) (name string, at time.Time) {
	local := now.In(Shanghai)
	at = time.Date(local.Year(), local.Month(), local.Day(), 0, DigestAt, 0, 0, Shanghai)
	for at.After(now) || pace == Weekly && at.Weekday() != time.Monday {
		at = at.AddDate(0, 0, -1)
	}
	return string(pace) + "-" + at.Format(time.DateOnly), at
}
