package publication

import (
	"cmp"
	"context"
	"slices"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// DueWhat is what is due.
type DueWhat string

// What is due on a day.
const (
	DuePublish        DueWhat = "publish"        // appears at its time
	DueExpiry         DueWhat = "expiry"         // the last day in force
	DueInterpretation DueWhat = "interpretation" // the last day on which it should be explained
)

// Due is something that is due on a day.
type Due struct {
	Day  model.Day
	At   time.Time // of what appears; else zero
	What DueWhat
	model.Publication
}

// Span is a span of days, both ends in it; AgendaQuestion asks what is due in it.
type (
	Span           = store.DaySpan
	AgendaQuestion struct {
		Span
		Calendar *model.Calendar
		// ExplainDays is how many working days after a policy its interpretation has
		// to be public (三同步). The national papers are read differently, so each city
		// sets its own.
		ExplainDays int
	}
)

// mostDue is how much of each kind an agenda tells.
const mostDue = 1000

// Agenda lists what is due in a span of days among the documents that somebody
// may see, the earliest first.
func (s *Service) Agenda(ctx context.Context, by model.Actor, q AgendaQuestion) ([]Due, error) {
	if q.Until < q.From || q.Until > q.From.Add(model.AgendaDays) {
		return nil, model.ErrAgendaSpan
	}
	var list []Due
	for _, kind := range s.kinds() {
		seen, err := s.seen(ctx, by, kind)
		if err != nil {
			return nil, err
		}
		seen.Limit = mostDue
		found, err := s.due(ctx, q, seen)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	slices.SortStableFunc(list, func(a, b Due) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

func (s *Service) due(ctx context.Context, q AgendaQuestion, seen store.PublicationFilter) ([]Due, error) {
	parts := []func(context.Context, AgendaQuestion, store.PublicationFilter) ([]Due, error){s.dueToAppear}
	if seen.Kind == model.KindPolicy {
		parts = append(parts, s.dueToExpire, s.dueToBeExplained)
	}
	var list []Due
	for _, part := range parts {
		found, err := part(ctx, q, seen)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

func (s *Service) dueToAppear(ctx context.Context, q AgendaQuestion, f store.PublicationFilter) ([]Due, error) {
	f.Stages, f.Timed, f.Sort = []model.Stage{model.StageScheduled}, q.Span, store.ByTime
	return s.dues(ctx, f, func(r *Row) Due {
		return Due{model.Today(r.PublishAt), r.PublishAt, DuePublish, r.Publication}
	})
}

// dueToExpire leaves out what was repealed before its last day.
func (s *Service) dueToExpire(ctx context.Context, q AgendaQuestion, f store.PublicationFilter) ([]Due, error) {
	f.Public, f.ExpiresFrom, f.ExpiresTo, f.Sort = true, q.From, q.Until, store.ByExpiry
	return s.dues(ctx, f, func(r *Row) Due {
		if r.Days.Repealed != "" && r.Days.Repealed <= r.Days.Expiry {
			return Due{}
		}
		return Due{r.Days.Expiry, time.Time{}, DueExpiry, r.Publication}
	})
}

// longestOff is more days than have ever been off at a stretch, with weekends
// that are worked around them.
const longestOff = 15

func (s *Service) dueToBeExplained(ctx context.Context, q AgendaQuestion, f store.PublicationFilter) ([]Due, error) {
	f.Owing, f.Sort = true, store.ByPublished
	f.Published = Span{From: q.From.Add(-2*q.ExplainDays - longestOff), Until: q.Until}
	return s.dues(ctx, f, func(r *Row) Due {
		end, err := q.Calendar.AddWorkdays(r.PublishedDate, q.ExplainDays)
		if err != nil || end.Day < q.From || end.Day > q.Until {
			return Due{}
		}
		return Due{end.Day, time.Time{}, DueInterpretation, r.Publication}
	})
}

// dues reads documents of a filter as what is due of them; what has no day is
// left out.
func (s *Service) dues(ctx context.Context, f store.PublicationFilter, due func(*Row) Due) ([]Due, error) {
	rows, _, err := s.store.PublicationList(ctx, f)
	if err != nil {
		return nil, err
	}
	var list []Due
	for i := range rows {
		if d := due(&rows[i]); d.Day != "" {
			list = append(list, d)
		}
	}
	return list, nil
}
