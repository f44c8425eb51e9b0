package main

import (
	"context"
	"fmt"

	"yuandu/model"
	"yuandu/service/letter"
)

// watch does what the Supervisor, and who is asked by it, did about a letter.
func (t *postman) watch(ctx context.Context, l *model.Letter, s sampleLetterStep) (err error) {
	r := letter.Ref{ID: l.ID, Version: l.Version}
	switch s.Do {
	case "supervise":
		day := model.Today(t.clock.Now()).Add(s.Days)
		_, err = t.letters.Supervise(ctx, t.by, r, letter.Supervising{Cause: s.Cause, Why: s.Why, Text: s.Text, Day: day})
	case "set_aside":
		_, err = t.letters.SetAside(ctx, t.by, r, s.Cause, s.Text)
	default:
		var open string
		for _, v := range l.Supervisions {
			if v.IsOpen() {
				open = v.ID
			}
		}
		if s.Do == "explain" {
			_, err = t.letters.AnswerSupervision(ctx, t.by, r, open, s.Text)
		} else {
			_, err = t.letters.CloseSupervision(ctx, t.by, r, open, s.Result, s.Text)
		}
	}
	return err
}

// sampleCalls is a lot that the Centre of the demo once drew among answered letters, and
// what came of its calls; days are working days ago. Calls beyond those told wait.
type sampleCalls struct {
	From   int          `json:"from"`
	Until  int          `json:"until"`
	Drawn  int          `json:"drawn"`
	Seed   int64        `json:"seed"`
	Called []sampleCall `json:"called"`
}

type sampleCall struct {
	State        model.CallState `json:"state"`
	ByAuthor     bool            `json:"by_author"`
	Response     int             `json:"response"`
	Solved       bool            `json:"solved"`
	Satisfaction int             `json:"satisfaction"`
	Text         string          `json:"text"`
}

// call has authors of the sample called. Drawn before, the lot is not drawn again, and
// the calls that were made are not made again.
func (t *postman) call(ctx context.Context) error {
	var lot sampleCalls
	if err := readSample("calls.json", &lot); err != nil {
		return err
	}
	page, err := t.drawn(ctx, lot)
	if err != nil {
		return fmt.Errorf("lot of calls: %w", err)
	}
	made := 0
	for state, n := range page.Counts {
		if state != model.CallWaiting {
			made += n
		}
	}
	for i := made; i < len(lot.Called) && i-made < len(page.Items); i++ {
		c := lot.Called[i]
		t.stand(t.workday(model.Today(t.now), -lot.Drawn), i+1)
		rating := model.LetterRating{Response: c.Response, Solved: c.Solved, Satisfaction: c.Satisfaction, Text: c.Text}
		_, err := t.letters.Call(ctx, t.by, page.Items[i-made].Call.ID, letter.Called{State: c.State, ByAuthor: c.ByAuthor, Rating: rating})
		if err != nil {
			return fmt.Errorf("call %d: %w", i+1, err)
		}
	}
	return nil
}

// drawn is what waits of the lot, which is drawn where it was not.
func (t *postman) drawn(ctx context.Context, lot sampleCalls) (*letter.CallPage, error) {
	waiting := letter.CallQuestion{State: model.CallWaiting, Limit: len(lot.Called)}
	page, err := t.letters.Calls(ctx, waiting)
	if err != nil || len(page.Samples) > 0 {
		return page, err
	}
	today := model.Today(t.now)
	t.stand(t.workday(today, -lot.Drawn), 0)
	d := letter.Drawing{From: t.workday(today, -lot.From), Until: t.workday(today, -lot.Until), Seed: lot.Seed}
	if _, err := t.letters.Draw(ctx, t.by, d); err != nil {
		return nil, err
	}
	return t.letters.Calls(ctx, waiting)
}
