package letter

import (
	"context"
	"math/rand/v2"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// UsualCallShare is the share of answered letters, in percent, whose authors are called
// in a city that sets none.
const UsualCallShare = 10

// CallShare sets the share of letters whose authors are called where nobody says another.
func (s *Service) CallShare(percent int) { s.callShare = percent }

// Drawing is a lot as somebody draws it.
type Drawing struct {
	From, Until model.Day
	Percent     int // 0 for the city's
	Unsolved    bool
	Seed        int64 // 0 for any
}

// Draw picks by lot the letters whose authors are called. It is ErrCallNone where there
// is none that was not picked before.
func (s *Service) Draw(ctx context.Context, by model.Actor, d Drawing) (*model.LetterSample, error) {
	if _, err := model.ParseDay(string(d.From)); err != nil || d.From > d.Until || d.Until > s.today() || d.From < d.Until.Add(-366) {
		return nil, model.ErrCallPeriod
	}
	if _, err := model.ParseDay(string(d.Until)); err != nil {
		return nil, model.ErrCallPeriod
	}
	v := &model.LetterSample{From: d.From, Until: d.Until, Percent: d.Percent, Unsolved: d.Unsolved, Seed: d.Seed, DrawnBy: staffOf(by), DrawnAt: s.clock.Now()}
	if v.Percent == 0 {
		v.Percent = s.callShare
	}
	if v.Seed == 0 {
		v.Seed = 1 + rand.Int64N(999_999) // short enough to be said at a telephone
	}
	return v, s.store.InTx(ctx, func(tx *store.Tx) error {
		all, err := tx.Drawable(ctx, v.From, v.Until)
		if err != nil {
			return err
		}
		calls := v.Draw(all)
		if len(calls) == 0 {
			return model.ErrCallNone
		}
		if err := tx.AddSample(ctx, v, calls); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "letter.drawn", Object: model.Ref{Kind: "letter_sample", ID: v.ID},
			Details: map[string]any{"from": v.From, "until": v.Until, "percent": v.Percent, "seed": v.Seed, "letters": v.Letters}})
	})
}

// CallQuestion asks for calls; what is empty does not narrow it.
type CallQuestion struct {
	State         model.CallState
	Sample        string
	Offset, Limit int
}

// CallItem is a call with its letter.
type CallItem struct {
	Shown
	Call       model.LetterCall
	AnsweredAt time.Time
}

// CallPage is a part of the calls.
type CallPage struct {
	Items   []CallItem
	Total   int
	Counts  map[model.CallState]int
	Samples []model.LetterSample
	Percent int // the city's share
	Staff   map[string]string
}

// samplesShown is how many lots there are to choose from.
const samplesShown = 24

// Calls lists calls.
func (s *Service) Calls(ctx context.Context, q CallQuestion) (*CallPage, error) {
	page := &CallPage{Percent: s.callShare}
	list, total, err := s.store.LetterCalls(ctx, store.CallFilter{State: q.State, SampleID: q.Sample, Offset: q.Offset, Limit: q.Limit})
	if err != nil {
		return nil, err
	}
	page.Total = total
	if page.Counts, err = s.store.CallCounts(ctx, q.Sample); err != nil {
		return nil, err
	}
	if page.Samples, err = s.store.LetterSamples(ctx, samplesShown); err != nil {
		return nil, err
	}
	if page.Items, err = s.callItems(ctx, list); err != nil {
		return nil, err
	}
	page.Staff, err = s.store.StaffNames(ctx, callers(page))
	return page, err
}

func callers(page *CallPage) (ids []string) {
	for _, i := range page.Items {
		ids = append(ids, i.Call.StaffID)
	}
	for _, v := range page.Samples {
		ids = append(ids, v.DrawnBy)
	}
	return distinct(ids)
}

func (s *Service) callItems(ctx context.Context, list []model.LetterCall) ([]CallItem, error) {
	ids := make([]string, len(list))
	for i, c := range list {
		ids[i] = c.LetterID
	}
	letters, err := s.lettersOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	answered, err := s.store.AnsweredAt(ctx, ids)
	if err != nil {
		return nil, err
	}
	items := make([]CallItem, len(list))
	for i, c := range list {
		items[i] = CallItem{letters[i], c, answered[c.LetterID]}
	}
	return items, nil
}

// Called is what came of a call.
type Called struct {
	State    model.CallState // reached, unreached for nobody this time, declined, no_number
	ByAuthor bool            // the author spoke, not somebody else
	Rating   model.LetterRating
}

// Call keeps what came of a call. What its author says is the author's own word on the
// answer, where there is none yet; what somebody else says is kept and counts nowhere.
func (s *Service) Call(ctx context.Context, by model.Actor, id string, v Called) (*CallItem, error) {
	var err error
	if v.Rating.Text, err = orWords(v.Rating.Text, model.LetterRemark, model.ErrLetterWords); err != nil {
		return nil, err
	}
	v.Rating.At = s.clock.Now()
	var c model.LetterCall
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		var replyID string
		if c, replyID, err = tx.CallFor(ctx, id); err != nil {
			return err
		}
		l, err := tx.LetterFor(ctx, c.LetterID)
		if err != nil {
			return err
		}
		if err := hear(&c, v, staffOf(by)); err != nil {
			return err
		}
		a := l.Answer()
		c.Counted = c.State == model.CallReached && v.ByAuthor && a != nil && a.ID == replyID && l.CanRateByCall()
		if err := tx.KeepCall(ctx, &c); err != nil {
			return err
		}
		return s.keep(ctx, tx, by, l, "called", func() ([]model.LetterEvent, error) { return s.called(by, l, &c) })
	})
	if err != nil {
		return nil, err
	}
	items, err := s.callItems(ctx, []model.LetterCall{c})
	if err != nil {
		return nil, err
	}
	return &items[0], nil
}

// hear notes what came of a call.
func hear(c *model.LetterCall, v Called, staffID string) error {
	switch v.State {
	case model.CallReached:
		return c.Hear(v.Rating, v.ByAuthor, staffID)
	case model.CallUnreached:
		return c.Try(staffID, v.Rating.At)
	}
	return c.End(v.State, staffID, v.Rating.At)
}

// called are the steps of a letter whose author was called.
func (s *Service) called(by model.Actor, l *model.Letter, c *model.LetterCall) ([]model.LetterEvent, error) {
	e := s.event(by, "", c.Told())
	e.What = model.LetterStepCalled
	if !c.Counted {
		return []model.LetterEvent{e}, nil
	}
	rated, err := l.RateByCall(c.Rating, staffOf(by))
	return append([]model.LetterEvent{e}, rated...), err
}

// CallsOf are the calls about a letter, the latest first.
func (s *Service) CallsOf(ctx context.Context, letterID string) ([]model.LetterCall, error) {
	list, _, err := s.store.LetterCalls(ctx, store.CallFilter{LetterID: letterID, Limit: samplesShown})
	return list, err
}
