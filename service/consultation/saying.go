package consultation

import (
	"context"
	"time"

	"yuandu/check"
	"yuandu/model"
	"yuandu/store"
)

// Saying is what somebody has to say to a draft, or to one clause of it.
type Saying struct {
	ConsultationID string
	ClauseID       string // "" for the whole draft
	Stance         model.Stance
	Text, Wording  string
	Signature      string
}

// Say keeps what a resident says, once for each clause however often it is sent: the last
// words count. It is taken until the end, and Grace longer from who opened the form
// before it.
func (s *Service) Say(ctx context.Context, by model.Actor, v Saying) (*model.Opinion, error) {
	o, err := v.opinion(model.OpinionByMini, s.clock.Now())
	if err != nil {
		return nil, err
	}
	o.ResidentID = by.ID
	return o, s.store.InTx(ctx, func(tx *store.Tx) error {
		c, err := s.takes(ctx, tx, by, v.ConsultationID)
		if err != nil {
			return err
		}
		return give(ctx, tx, c, o)
	})
}

// opinion is what somebody says, in order.
func (v *Saying) opinion(source model.OpinionSource, now time.Time) (*model.Opinion, error) {
	o := &model.Opinion{ConsultationID: v.ConsultationID, ClauseID: v.ClauseID, Source: source, Stance: v.Stance, Text: v.Text, Wording: v.Wording,
		Signature: v.Signature, State: model.OpinionWaiting, UpdatedAt: now}
	if err := o.Read(); err != nil {
		return nil, err
	}
	for _, span := range check.Private(o.Signature) {
		if span.Kind != check.SpanName { // that is what it is for
			return nil, model.ErrOpinionSignature
		}
	}
	if !o.SaysSomething() {
		o.State = model.OpinionShown // there is nothing to look at
	}
	return o, nil
}

// give keeps an opinion on what stands in the draft now.
func give(ctx context.Context, tx *store.Tx, c *model.Consultation, o *model.Opinion) error {
	o.Edition = c.Edition
	if o.ClauseID != "" {
		clauses, err := tx.Clauses(ctx, c.ID)
		if err != nil {
			return err
		}
		clause := model.ClauseOf(clauses, o.ClauseID)
		if clause == nil || clause.Gone {
			return model.ErrClauseGone
		}
		o.ClauseLabel = clause.Label
	}
	return tx.GiveOpinion(ctx, o)
}

// takes is the consultation, where it still takes something from a resident.
func (s *Service) takes(ctx context.Context, tx *store.Tx, by model.Actor, id string) (*model.Consultation, error) {
	c, err := tx.ConsultationTakes(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case c == nil:
		return nil, model.ErrConsultationMissing
	}
	opened, err := tx.FormOpened(ctx, id, by.ID)
	if err != nil {
		return nil, err
	}
	return c, c.Takes(s.clock.Now(), opened)
}

// TakeBack forgets what a resident said to a clause, while the consultation is open.
func (s *Service) TakeBack(ctx context.Context, by model.Actor, id, clauseID string) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if _, err := s.takes(ctx, tx, by, id); err != nil {
			return err
		}
		there, err := tx.TakeBackOpinion(ctx, id, by.ID, clauseID)
		if err == nil && !there {
			err = model.ErrOpinionMissing
		}
		return err
	})
}

// Form is what a resident finds when they begin to say something.
type Form struct {
	Opinions  []model.Opinion
	Answers   []model.SurveyAnswer
	Supported []string
	Until     time.Time // the last moment at which something is taken from them
}

// OpenForm tells what a resident said before, and notes that they began before the end.
func (s *Service) OpenForm(ctx context.Context, by model.Actor, id string) (*Form, error) {
	c, err := s.store.Consultation(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case c == nil:
		return nil, s.gone(ctx, id)
	}
	now := s.clock.Now()
	if c.Report == nil && !now.Before(c.Opens.Start()) && now.Before(c.Ends()) {
		if err := s.store.InTx(ctx, func(tx *store.Tx) error { return tx.OpenForm(ctx, id, by.ID, now) }); err != nil {
			return nil, err
		}
	}
	opened, err := s.store.FormOpened(ctx, id, by.ID)
	if err != nil {
		return nil, err
	}
	f := &Form{Until: c.Ends()}
	if !opened.IsZero() && opened.Before(c.Ends()) {
		f.Until = c.Ends().Add(model.Grace)
	}
	if f.Opinions, err = s.mine(ctx, by, id); err != nil {
		return nil, err
	}
	if f.Answers, err = s.store.SurveyAnswers(ctx, id, by.ID); err != nil {
		return nil, err
	}
	f.Supported, err = s.store.Supported(ctx, id, by.ID)
	return f, err
}

// mine is what a resident said to a consultation; the verdicts once the report is public.
func (s *Service) mine(ctx context.Context, by model.Actor, id string) ([]model.Opinion, error) {
	list, _, err := s.store.Opinions(ctx, Filter{ConsultationID: id, ResidentID: by.ID})
	if err != nil {
		return nil, err
	}
	return s.told(ctx, list)
}

// told leaves out verdicts of consultations whose report is not public yet.
func (s *Service) told(ctx context.Context, list []model.Opinion) ([]model.Opinion, error) {
	reported := map[string]bool{}
	var ids []string
	for _, o := range list {
		ids = append(ids, o.ConsultationID)
	}
	consultations, err := s.store.ConsultationsOf(ctx, ids)
	for _, c := range consultations {
		reported[c.ID] = c.Report != nil
	}
	for n := range list {
		if !reported[list[n].ConsultationID] {
			list[n].Verdict, list[n].Reason, list[n].Place = "", "", ""
		}
	}
	return list, err
}

// Mine is an opinion of a resident with what it is about.
type Mine struct {
	model.Opinion
	Title string // of the consultation, "" where it is not public any more
	Phase model.ConsultationPhase
}

// Mine lists what a resident said, the newest first, and counts it.
func (s *Service) Mine(ctx context.Context, by model.Actor, limit, offset int) ([]Mine, int, error) {
	list, total, err := s.store.Opinions(ctx, Filter{ResidentID: by.ID, Newest: true, Limit: limit, Offset: offset})
	if err != nil {
		return nil, 0, err
	}
	if list, err = s.told(ctx, list); err != nil {
		return nil, 0, err
	}
	ids := make([]string, len(list))
	for n, o := range list {
		ids[n] = o.ConsultationID
	}
	consultations, err := s.store.ConsultationsOf(ctx, ids)
	shown := map[string]model.Consultation{}
	for _, c := range consultations {
		shown[c.ID] = c
	}
	mine := make([]Mine, len(list))
	for n, o := range list {
		mine[n] = Mine{Opinion: o}
		if c, there := shown[o.ConsultationID]; there {
			mine[n].Title, mine[n].Phase = c.Title, c.PhaseOn(s.today())
		}
	}
	return mine, total, err
}

// Support keeps whether a resident supports what somebody else said, once, and gives the
// count.
func (s *Service) Support(ctx context.Context, by model.Actor, id string, support bool) (count int, err error) {
	return count, s.store.InTx(ctx, func(tx *store.Tx) error {
		o, err := tx.OpinionFor(ctx, id, 0)
		if err != nil {
			return err
		}
		c, err := s.takes(ctx, tx, by, o.ConsultationID)
		switch {
		case err != nil:
			return err
		case !c.Open || o.State != model.OpinionShown:
			return model.ErrOpinionMissing
		case o.ResidentID == by.ID:
			return model.ErrOpinionOwn
		}
		count, err = tx.SupportOpinion(ctx, id, by.ID, support)
		return err
	})
}

// AnswerSurvey keeps what a resident answers to the questions, in the place of what they
// answered before.
func (s *Service) AnswerSurvey(ctx context.Context, by model.Actor, id string, answers []model.SurveyAnswer) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		c, err := s.takes(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := model.CheckSurvey(c.Questions, answers); err != nil {
			return err
		}
		return tx.KeepSurveyAnswers(ctx, id, by.ID, answers)
	})
}

// SurveyResult is how a question was answered.
type SurveyResult struct {
	model.SurveyQuestion
	Answered int
	Options  []int   // how many chose each
	Average  float64 // of a scale
	Texts    []check.Marked
}

// surveyResults counts answers. Written ones are for staff alone.
func (s *Service) surveyResults(ctx context.Context, c *model.Consultation, texts bool) ([]SurveyResult, error) {
	list, err := s.store.SurveyAnswers(ctx, c.ID, "")
	if err != nil {
		return nil, err
	}
	results, at := make([]SurveyResult, len(c.Questions)), map[string]*SurveyResult{}
	for n, q := range c.Questions {
		results[n] = SurveyResult{SurveyQuestion: q, Options: make([]int, len(q.Options))}
		at[q.ID] = &results[n]
	}
	for _, a := range list {
		r := at[a.QuestionID]
		if r == nil {
			continue
		}
		r.Answered++
		r.Average += float64(a.Scale)
		for _, o := range a.Options {
			if o < len(r.Options) {
				r.Options[o]++
			}
		}
		if texts && a.Text != "" {
			r.Texts = append(r.Texts, check.MarkPrivate(a.Text))
		}
	}
	for n := range results {
		if r := &results[n]; r.Answered > 0 {
			r.Average /= float64(r.Answered)
		}
	}
	return results, nil
}

// SurveyResults are the counts that everybody may read: once the consultation is over, so
// that nobody is led by them.
func (s *Service) SurveyResults(ctx context.Context, c *Shown) ([]SurveyResult, error) {
	if c.Phase != model.ConsultationClosed && c.Phase != model.ConsultationAdopted {
		return nil, nil
	}
	return s.surveyResults(ctx, &c.Consultation, false)
}
