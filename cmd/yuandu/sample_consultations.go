package main

import (
	"context"
	"fmt"
	"strings"

	"yuandu/model"
	"yuandu/service/consultation"
	"yuandu/store"
)

// sampleConsultation is a draft that the demo's government puts out. Days count from
// today.
type sampleConsultation struct {
	Key         string                 `json:"key"`
	Title       string                 `json:"title"`
	Sort        string                 `json:"sort"`
	Office      string                 `json:"office"`
	Topics      []string               `json:"topics"`
	Opens       int                    `json:"opens"`
	Closes      int                    `json:"closes"`
	ShortReason string                 `json:"short_reason"`
	Note        string                 `json:"note"`
	Text        string                 `json:"text"`
	Contact     model.Contact          `json:"contact"`
	Usage       string                 `json:"usage"`
	Open        bool                   `json:"open"`
	Questions   []model.SurveyQuestion `json:"questions"`
	Revised     *sampleRevision        `json:"revised"`
	Voices      []sampleVoice          `json:"voices"`
	Reported    int                    `json:"reported"` // 0 for not yet
	Adopted     []sampleChange         `json:"adopted"`
}

// sampleRevision is a later text of a draft.
type sampleRevision struct {
	Day     int            `json:"day"`
	Note    string         `json:"note"`
	Changes []sampleChange `json:"changes"`
}

// sampleChange puts some words in the place of others.
type sampleChange struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// sampleVoice is what several people say, each in their own words, and what became of it.
type sampleVoice struct {
	Clause   string        `json:"clause"` // 第十二条, "" for the whole
	Stance   model.Stance  `json:"stance"`
	People   int           `json:"people"`
	Says     []string      `json:"says"`
	Wording  string        `json:"wording"`
	Signs    string        `json:"signs"`
	Supports int           `json:"supports"` // of the first
	Group    string        `json:"group"`
	Verdict  model.Verdict `json:"verdict"`
	Reason   string        `json:"reason"`
	Place    string        `json:"place"`
	Hidden   string        `json:"hidden"` // why it is not shown
}

// sampleOpeners are how people begin, so that those who say the same do not say it in the
// same words.
var sampleOpeners = []string{"", "我住在幸福里小区，", "作为老小区的业主，", "我们楼里都这么想：", "家里有老人，", "刚买房不久，", "住了十几年，", "当过楼长，",
	"租房的人也想说一句，", "从业主群里看到的，"}

// consultationsInto has the sample's drafts put out, spoken to and answered by the same
// way as any others. Those that are told to their end are not told again.
func consultationsInto(ctx context.Context, h *house) error {
	var all []sampleConsultation
	if err := readSample("consultations.json", &all); err != nil {
		return err
	}
	c, err := newClerk(ctx, h)
	if err != nil {
		return err
	}
	listed, _, err := h.store.Consultations(ctx, store.ConsultationFilter{Limit: 1000})
	if err != nil {
		return err
	}
	there := map[string]*model.Consultation{}
	for i := range listed {
		there[listed[i].Title] = &listed[i]
	}
	for _, v := range all {
		if err := c.consult(ctx, v, there[v.Title]); err != nil {
			return fmt.Errorf("consultation %s: %w", v.Key, err)
		}
	}
	return nil
}

// day is a day that counts from today.
func (c *clerk) day(n int) model.Day { return model.Today(c.now).Add(n) }

// consult tells one consultation, or goes on with what was told of it before.
func (c *clerk) consult(ctx context.Context, v sampleConsultation, before *model.Consultation) error {
	id := ""
	if before == nil {
		c.stand(c.day(min(v.Opens, 0)), 1)
		p, err := c.press.Begin(ctx, c.by, model.KindConsultation, c.offices[v.Office], model.WriteDraft(c.consultation(v)))
		if err != nil {
			return err
		}
		if err := c.appears(ctx, p, ""); err != nil {
			return err
		}
		id = p.ID
	} else {
		if id = before.ID; before.Report != nil || v.told(ctx, c, id) {
			return nil
		}
	}
	if v.Revised != nil && (before == nil || before.Edition == 1) {
		if err := c.revise(ctx, v, id); err != nil {
			return err
		}
	}
	if err := c.hear(ctx, v, id); err != nil {
		return err
	}
	if v.Reported != 0 {
		return c.report(ctx, v, id)
	}
	return nil
}

// told says whether everybody has spoken who speaks, where nothing is to be reported.
func (v *sampleConsultation) told(ctx context.Context, c *clerk, id string) bool {
	counts, err := c.store.CountOpinions(ctx, id)
	return err == nil && v.Reported == 0 && counts.Opinions >= v.people()
}

func (v *sampleConsultation) people() (n int) {
	for _, s := range v.Voices {
		n += s.People
	}
	return n
}

func (c *clerk) consultation(v sampleConsultation) *model.ConsultationDraft {
	return &model.ConsultationDraft{Title: v.Title, Sort: v.Sort, DepartmentIDs: c.officesOf([]string{v.Office}), TopicIDs: v.Topics, Opens: c.day(v.Opens),
		Closes: c.day(v.Closes), ShortReason: v.ShortReason, Note: passagesOf(v.Note), Body: passagesOf(v.Text), Contact: v.Contact, Usage: v.Usage,
		Open: v.Open, Questions: v.Questions}
}

// appears brings a working copy to the public.
func (c *clerk) appears(ctx context.Context, p *model.Publication, note string) error {
	p, err := c.submitted(ctx, p)
	if err != nil {
		return err
	}
	return c.signed(ctx, p, note)
}

// corrected changes what is public of a consultation.
func (c *clerk) corrected(ctx context.Context, id, note string, change func(*model.ConsultationDraft)) error {
	p, err := c.press.Get(ctx, c.by, model.KindConsultation, id)
	if err == nil && p.Stage == model.StagePublished {
		p, err = c.press.Reopen(ctx, c.by, refOf(p))
	}
	if err != nil {
		return err
	}
	draft, err := model.ReadDraft[model.ConsultationDraft](p.Content)
	if err != nil {
		return err
	}
	change(draft)
	if p, err = c.press.Write(ctx, c.by, refOf(p), model.WriteDraft(draft)); err != nil {
		return err
	}
	return c.appears(ctx, p, note)
}

// changed is a text with other words in some places.
func changed(text string, changes []sampleChange) string {
	for _, change := range changes {
		text = strings.Replace(text, change.From, change.To, 1)
	}
	return text
}

func (c *clerk) revise(ctx context.Context, v sampleConsultation, id string) error {
	c.stand(c.day(v.Revised.Day), 2)
	return c.corrected(ctx, id, v.Revised.Note, func(d *model.ConsultationDraft) {
		d.Body, d.ChangeNote = passagesOf(changed(v.Text, v.Revised.Changes)), v.Revised.Note
	})
}

// hear lets everybody say what they have to say, and somebody look at it.
func (c *clerk) hear(ctx context.Context, v sampleConsultation, id string) error {
	if len(v.Voices) == 0 {
		return nil
	}
	clauses, err := c.store.Clauses(ctx, id)
	if err != nil {
		return err
	}
	labels := map[string]string{}
	for _, k := range model.StandingClauses(clauses) {
		labels[k.Label] = k.ID
	}
	people, err := c.crowd(ctx, v.Key, v.people())
	if err != nil {
		return err
	}
	n, last := 0, min(v.Closes, 0)
	for _, s := range v.Voices {
		var ids []string
		for i := range s.People {
			c.stand(c.day(v.Opens+(last-v.Opens)*n/max(v.people(), 1)), n%8)
			o, err := c.hearing.Say(ctx, people[n], s.said(id, labels[s.Clause], i, n))
			if err != nil {
				return fmt.Errorf("%s %d: %w", s.Clause, i, err)
			}
			ids = append(ids, o.ID)
			n++
		}
		if err := c.answered(ctx, v, s, id, ids); err != nil {
			return err
		}
		for _, who := range people[n:min(n+s.Supports, len(people))] {
			if _, err := c.hearing.Support(ctx, who, ids[0], true); err != nil {
				return err
			}
		}
	}
	return nil
}

// said is what one of several people says.
func (s *sampleVoice) said(id, clause string, i, n int) consultation.Saying {
	text := ""
	if len(s.Says) > 0 {
		text = s.Says[i%len(s.Says)]
		if i >= len(s.Says) {
			text = sampleOpeners[(n+i)%len(sampleOpeners)] + text
		}
	}
	v := consultation.Saying{ConsultationID: id, ClauseID: clause, Stance: s.Stance, Text: text}
	if i == 0 {
		v.Wording, v.Signature = s.Wording, s.Signs
	}
	return v
}

// answered has an office look at what some people said, put it together where they say
// the same, and answer it where a report is due.
func (c *clerk) answered(ctx context.Context, v sampleConsultation, s sampleVoice, id string, ids []string) error {
	if len(s.Says) == 0 {
		return nil
	}
	if s.Hidden != "" {
		for _, one := range ids {
			if _, err := c.hearing.LookAt(ctx, c.by, consultation.Ref{ID: one, Version: 1}, consultation.Look{Why: s.Hidden}); err != nil {
				return err
			}
		}
	} else if _, _, err := c.hearing.ShowAll(ctx, c.by, id, ids); err != nil {
		return err
	}
	if v.Reported == 0 {
		return nil
	}
	a := model.Answer{Verdict: s.Verdict, Reason: s.Reason, Place: s.Place}
	if s.Group != "" && len(ids) > 1 {
		g, err := c.hearing.Group(ctx, c.by, id, s.Group, ids)
		if err != nil {
			return err
		}
		_, err = c.hearing.AnswerGroup(ctx, c.by, id, consultation.Ref{ID: g.ID, Version: g.Version}, a)
		return err
	}
	for _, one := range ids {
		if _, err := c.hearing.Answer(ctx, c.by, consultation.Ref{ID: one, Version: 2}, a); err != nil {
			return err
		}
	}
	return nil
}

// crowd is so many residents, who speak to one draft.
func (c *clerk) crowd(ctx context.Context, key string, n int) ([]model.Actor, error) {
	people := make([]model.Actor, n)
	return people, c.store.InTx(ctx, func(tx *store.Tx) error {
		for i := range people {
			r := c.played(fmt.Sprintf("%s-%d", key, i+1))
			if err := tx.SaveResident(ctx, &r); err != nil {
				return err
			}
			people[i] = model.Actor{Kind: model.AResident, ID: r.ID}
		}
		return nil
	})
}

// report publishes what became of what was said, as it writes itself.
func (c *clerk) report(ctx context.Context, v sampleConsultation, id string) error {
	c.stand(c.day(v.Reported), 3)
	written, _, err := c.hearing.WriteReport(ctx, c.by, id)
	if err != nil {
		return err
	}
	text := v.Text
	if v.Revised != nil {
		text = changed(text, v.Revised.Changes)
	}
	return c.corrected(ctx, id, "公布采纳情况", func(d *model.ConsultationDraft) {
		d.Report = written
		if len(v.Adopted) > 0 {
			d.Adopted = passagesOf(changed(text, v.Adopted))
		}
	})
}
