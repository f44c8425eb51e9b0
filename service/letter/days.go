package letter

import (
	"context"
	"log/slog"

	"yuandu/model"
	"yuandu/store"
)

// countedAnew is how many letters are counted anew at a time.
const countedAnew = 1000

// Reschedule has the deadlines of open letters counted anew: after the notice of a
// year came (the calendar of next year is not known until autumn), each night. What is
// overdue stays so: nobody becomes punctual afterwards.
func (s *Service) Reschedule(ctx context.Context) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.Enqueue(ctx, store.LetterDaysJob{Due: s.today()})
	})
}

// RescheduleSome counts some letters anew, and has those behind them counted in a step
// of its own: whatever ends one step in the middle, it is done again and no other.
func (s *Service) RescheduleSome(ctx context.Context, behind store.LetterDaysJob) error {
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return err
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		list, err := tx.LettersDue(ctx, behind, countedAnew)
		if err != nil || len(list) == 0 {
			return err
		}
		last := list[len(list)-1]
		for day, ids := range moved(calendar, list) {
			if err := tx.MoveDue(ctx, ids, day); err != nil {
				return err
			}
		}
		return tx.Enqueue(ctx, store.LetterDaysJob{Due: last.DueDay, ID: last.ID})
	})
}

// moved are the letters that are due on another day than they say, by that day. One
// whose day cannot be counted keeps the one it has, and no other waits for it.
func moved(calendar *model.Calendar, list []model.Letter) map[model.Day][]string {
	days := map[model.Day][]string{}
	for _, l := range list {
		due, err := l.Deadline(calendar)
		switch {
		case err != nil:
			slog.Error("until when a letter is answered was not counted anew", "letter", l.ID, "error", err)
		case due.Day != l.DueDay:
			days[due.Day] = append(days[due.Day], l.ID)
		}
	}
	return days
}
