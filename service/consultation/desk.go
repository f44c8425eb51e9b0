package consultation

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yuandu/check"
	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

// Desk is consultations on their way to the public: first the draft and until when
// something can be said, then, as a correction, what became of it.
type Desk struct{ *Service }

// Desk gives the way of publications what it must know of consultations.
func (s *Service) Desk() *Desk { return &Desk{s} }

// Kind of the documents.
func (d *Desk) Kind() model.Kind { return model.KindConsultation }

// Read understands a working copy, and gives every question that has none its ID.
func (d *Desk) Read(content []byte) (model.WorkingCopy, error) {
	c, err := model.ReadDraft[model.ConsultationDraft](content)
	if err != nil {
		return model.WorkingCopy{}, err
	}
	if err := model.ReadDays(c.Days()); err != nil {
		return model.WorkingCopy{}, err
	}
	seen := map[string]bool{}
	for n := range c.Questions {
		q := &c.Questions[n]
		if q.ID == "" {
			q.ID = store.NewID()
		}
		if seen[q.ID] {
			return model.WorkingCopy{}, model.ErrSurveyQuestionTwice
		}
		seen[q.ID] = true
	}
	return model.WorkingCopy{Content: model.WriteDraft(c), Title: c.Title, Files: c.Files()}, nil
}

// Public is what is public of a consultation, as a working copy; nil where nothing is.
func (d *Desk) Public(ctx context.Context, id string) ([]byte, error) {
	c, err := d.store.Consultation(ctx, id)
	if err != nil || c == nil {
		return nil, err
	}
	draft := &model.ConsultationDraft{Title: c.Title, Sort: c.Sort, Opens: c.Opens, Closes: c.Closes, ShortReason: c.ShortReason,
		Note: media.Passages(c.Note), Body: media.Passages(c.Body), Contact: c.Contact, Usage: c.Usage, Open: c.Open, Questions: c.Questions,
		DepartmentIDs: model.DepartmentIDs(c.Departments), TopicIDs: model.TopicIDs(c.Topics),
		Attachments: model.DraftFiles(c.Attachments), SourceURL: c.SourceURL}
	if c.Report != nil {
		draft.Report, draft.Adopted = media.Passages(c.Report.Body), media.Passages(c.Report.Adopted)
	}
	return model.WriteDraft(draft), nil
}

// Form is the canonical form that a working copy would have if it were public.
func (d *Desk) Form(ctx context.Context, id string, content []byte) (f model.CanonicalForm, files []model.Attachment, err error) {
	c, err := d.written(ctx, id, content)
	if err != nil {
		return f, nil, err
	}
	f, err = model.ReadCanonical(c.Canonical())
	return f, slices.Concat(c.Attachments, c.Pictures), err
}

// Preview is the consultation that a working copy would be.
func (d *Desk) Preview(ctx context.Context, id string, content []byte) (*Shown, error) {
	c, err := d.written(ctx, id, content)
	if err != nil {
		return nil, err
	}
	c.Clauses = model.ClausesOf(c.Body)
	return d.one(ctx, *c)
}

// written is the consultation that a working copy would be, and its report as of now.
func (d *Desk) written(ctx context.Context, id string, content []byte) (*model.Consultation, error) {
	c, _, err := d.consultationOf(ctx, d.store, id, content)
	if err != nil || c.Report == nil {
		return c, err
	}
	before, err := d.store.Consultation(ctx, id)
	if err != nil {
		return nil, err
	}
	if before != nil && before.Report != nil {
		c.Report.Day = before.Report.Day
	}
	counts, err := d.store.CountOpinions(ctx, id)
	c.Report.Counts = counts.Counts
	return c, err
}

type reader interface {
	Files(ctx context.Context, ids []string) ([]model.Attachment, error)
	Attached(ctx context.Context, files []model.DraftFile) ([]model.Attachment, error)
}

// consultationOf is the public consultation that a working copy would be.
func (d *Desk) consultationOf(ctx context.Context, r reader, id string, content []byte) (*model.Consultation, *model.ConsultationDraft, error) {
	v, err := model.ReadDraft[model.ConsultationDraft](content)
	if err != nil {
		return nil, nil, err
	}
	directory, err := d.store.Directory(ctx)
	if err != nil {
		return nil, nil, err
	}
	c := &model.Consultation{ID: id, Title: strings.TrimSpace(v.Title), Sort: strings.TrimSpace(v.Sort), Opens: v.Opens, Closes: v.Closes,
		ShortReason: strings.TrimSpace(v.ShortReason), Departments: directory.DepartmentsOf(v.DepartmentIDs), Topics: directory.TopicsOf(v.TopicIDs),
		Note: media.Build(v.Note), Body: media.Build(v.Body), Contact: v.Contact, Usage: strings.TrimSpace(v.Usage), Open: v.Open,
		Questions: v.Questions, SourceURL: v.SourceURL}
	if !v.IsShort() {
		c.ShortReason = ""
	}
	if len(v.Report) > 0 {
		c.Report = &model.AdoptionReport{Day: d.today(), Body: media.Build(v.Report), Adopted: media.Build(v.Adopted)}
	}
	if c.Attachments, err = r.Attached(ctx, v.Attachments); err != nil {
		return nil, nil, err
	}
	pictures := slices.Concat(v.Note, v.Body, v.Report, v.Adopted)
	c.Pictures, err = r.Files(ctx, model.FilesOf(pictures))
	return c, v, err
}

// Publish makes a working copy what is public. The draft does not change without saying
// how, what is open is not shortened, and no report is public while anybody is unanswered.
func (d *Desk) Publish(ctx context.Context, tx *store.Tx, p *model.Publication, e store.Edition) (int64, error) {
	c, draft, err := d.consultationOf(ctx, tx, p.ID, p.Content)
	if err != nil {
		return 0, err
	}
	if err := tx.TakeConsultation(ctx, p.ID); err != nil {
		return 0, err
	}
	before, err := tx.Consultation(ctx, p.ID)
	if err != nil {
		return 0, err
	}
	if err := tx.NextConsultation(ctx, c); err != nil {
		return 0, err
	}
	if err := d.follow(ctx, tx, c, before, strings.TrimSpace(draft.ChangeNote)); err != nil {
		return 0, err
	}
	if err := d.report(ctx, tx, c, before); err != nil {
		return 0, err
	}
	return c.Version, tx.PublishConsultation(ctx, c, e)
}

// drafts is where drafts that were withdrawn are read.
type drafts interface {
	WithdrawnDraft(ctx context.Context, id string) (*model.Consultation, error)
}

// follow says what may become of what is public of a consultation, or was last, and gives
// the new text its edition and its clauses.
func (d *Desk) follow(ctx context.Context, from drafts, c, before *model.Consultation, note string) error {
	if before != nil {
		return d.next(c, before, note)
	}
	was, err := from.WithdrawnDraft(ctx, c.ID)
	switch today := d.today(); {
	case err != nil:
		return err
	case was == nil:
		c.Edition, c.Editions = 1, []model.Edition{{Number: 1, Version: c.Version, Day: today}}
		c.Clauses = media.Inherit(nil, c.Body, nil, store.NewID)
		return nil
	case today >= was.Opens && today <= was.Closes && c.Closes < was.Closes:
		return model.ErrConsultationShortened.With("closes", map[string]any{"day": was.Closes.Chinese()})
	}
	return d.edit(c, was, note)
}

// next is what may become of a public consultation.
func (d *Desk) next(c, before *model.Consultation, note string) error {
	today := d.today()
	if today >= before.Opens && (c.Opens != before.Opens || c.Closes < before.Closes) {
		return model.ErrConsultationShortened.With("closes", map[string]any{"day": before.Closes.Chinese()})
	}
	if today > before.Closes && !sameText(c, before) {
		return model.ErrConsultationFixed
	}
	return d.edit(c, before, note)
}

func sameText(a, b *model.Consultation) bool {
	return bytes.Equal(model.WriteDraft(a.Body), model.WriteDraft(b.Body))
}

// edit makes of a text that changed a new edition, which says what was changed.
func (d *Desk) edit(c, before *model.Consultation, note string) error {
	c.Edition, c.Editions, c.Clauses = before.Edition, before.Editions, before.Clauses
	switch {
	case sameText(c, before):
		return nil
	case note == "":
		return model.ErrConsultationUnexplained
	}
	c.Edition++
	c.Editions = append(slices.Clone(before.Editions), model.Edition{Number: c.Edition, Version: c.Version, Day: d.today(), Note: note})
	c.Clauses = media.Inherit(before.Body, c.Body, before.Clauses, store.NewID)
	return nil
}

// wordless is what those are told who took a stance and said nothing else.
var wordless = model.Answer{Verdict: model.VerdictNoted, Reason: "表明了态度，没有提出具体意见。"}

// report looks whether a report may be public, and counts what it is about.
func (d *Desk) report(ctx context.Context, tx *store.Tx, c, before *model.Consultation) error {
	if c.Report == nil {
		if before != nil && before.Report != nil {
			return model.ErrConsultationReported
		}
		return nil
	}
	if now := d.clock.Now(); c.Closes == "" || now.Before(c.Ends().Add(model.Grace)) {
		return model.ErrConsultationRunning
	}
	if err := tx.AnswerWordless(ctx, c.ID, wordless, d.clock.Now()); err != nil {
		return err
	}
	counts, err := tx.CountOpinions(ctx, c.ID)
	if err != nil {
		return err
	}
	if counts.Unanswered > 0 {
		return model.ErrOpinionsUnanswered.With("report", map[string]any{"count": counts.Unanswered})
	}
	c.Report.Counts = counts.Counts
	if before != nil && before.Report != nil {
		c.Report.Day = before.Report.Day
	}
	return nil
}

// Touches is what those follow who are told of a change.
func (d *Desk) Touches(ctx context.Context, tx *store.Tx, id string) ([]model.Touch, error) {
	return tx.ConsultationTouches(ctx, id)
}

// Withdraw takes the consultation from the public.
func (d *Desk) Withdraw(ctx context.Context, tx *store.Tx, id string) error {
	return tx.WithdrawConsultation(ctx, id)
}

// Check finds in a working copy what must not go public, and what is missing.
func (d *Desk) Check(ctx context.Context, p *model.Publication) ([]check.Finding, error) {
	c, draft, err := d.consultationOf(ctx, d.store, p.ID, p.Content)
	if err != nil {
		return nil, err
	}
	rules, err := d.rules(ctx)
	if err != nil {
		return nil, err
	}
	list := lacks(draft)
	changed, err := d.unfit(ctx, c, strings.TrimSpace(draft.ChangeNote))
	if err != nil {
		return nil, err
	}
	list = append(list, changed...)
	if c.Report != nil {
		found, err := d.checkReport(ctx, c)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	for field, text := range map[string]string{"title": draft.Title, "short_reason": draft.ShortReason, "usage": draft.Usage, "change_note": draft.ChangeNote} {
		list = append(list, check.Line(field, text, rules)...)
	}
	for field, body := range map[string][]model.Passage{"note": draft.Note, "body": draft.Body, "report": draft.Report, "adopted": draft.Adopted} {
		list = append(list, check.Text(field, body, rules)...)
	}
	for n, q := range draft.Questions {
		list = append(list, check.LineOf("questions", n, q.Text, rules)...)
	}
	return list, nil
}

// checkReport finds whom a report leaves without an answer, and what it says was changed
// and was not.
func (d *Desk) checkReport(ctx context.Context, c *model.Consultation) ([]check.Finding, error) {
	counts, err := d.store.CountOpinions(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	m := check.Missing{}
	m.When(counts.Unanswered > 0, check.Stop, "consultation.unanswered", "report")
	m.When(len(c.Report.Adopted) == 0, check.Note, "consultation.no_adopted", "adopted")
	public, err := d.store.Consultation(ctx, c.ID)
	if err != nil || public == nil || len(c.Report.Adopted) == 0 {
		return m.List, err
	}
	list, _, err := d.store.Opinions(ctx, Filter{ConsultationID: c.ID, Answered: true, WithWords: true})
	if labels := unchanged(public, c.Report.Adopted, list); len(labels) > 0 {
		m.List = append(m.List, check.Finding{Code: "consultation.unchanged", Severity: check.Ask, Place: check.PlaceOf("adopted"),
			Hint: map[string]any{"articles": strings.Join(labels, "、")}})
	}
	return m.List, err
}

// unfit is what a working copy changes of what is public and may not change.
func (d *Desk) unfit(ctx context.Context, c *model.Consultation, note string) ([]check.Finding, error) {
	before, err := d.store.Consultation(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	err = d.follow(ctx, d.store, c, before, note)
	var refused *model.Error
	if !errors.As(err, &refused) {
		return nil, err
	}
	m := check.Missing{}
	m.When(refused.Code == model.ErrConsultationShortened.Code, check.Stop, "consultation.shortened", "closes")
	m.When(refused.Code == model.ErrConsultationFixed.Code, check.Stop, "consultation.fixed", "body")
	m.When(refused.Code == model.ErrConsultationUnexplained.Code, check.Stop, "consultation.unexplained", "change_note")
	return m.List, nil
}

// lacks is what a consultation has to have before it is public
// (重大行政决策程序暂行条例第十五条).
func lacks(d *model.ConsultationDraft) []check.Finding {
	m := check.Missing{}
	period := model.Period(d.Opens, d.Closes)
	m.When(strings.TrimSpace(d.Title) == "", check.Stop, "draft.no_title", "title")
	m.When(len(d.DepartmentIDs) == 0, check.Stop, "consultation.no_office", "department_ids")
	m.When(d.Opens == "" || d.Closes == "", check.Stop, "consultation.no_period", "closes")
	m.When(d.Opens != "" && d.Closes != "" && period == 0, check.Stop, "consultation.ends_before", "closes")
	m.When(period > 0 && d.IsShort() && strings.TrimSpace(d.ShortReason) == "", check.Stop, "consultation.short", "short_reason")
	m.When(len(d.Body) == 0, check.Stop, "consultation.no_body", "body")
	m.When(len(d.Note) == 0, check.Stop, "consultation.no_note", "note")
	m.When(d.Contact == model.Contact{}, check.Stop, "consultation.no_contact", "contact")
	m.When(strings.TrimSpace(d.Usage) == "", check.Stop, "consultation.no_usage", "usage")
	for n, q := range d.Questions {
		at := fmt.Sprintf("questions:%d", n)
		m.When(strings.TrimSpace(q.Text) == "", check.Stop, "survey.no_question", at)
		m.When((q.Kind == model.SurveyOne || q.Kind == model.SurveySome) && len(q.Options) < 2, check.Stop, "survey.no_options", at)
	}
	return m.List
}
