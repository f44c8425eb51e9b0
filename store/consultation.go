package store

import (
	"context"
	"errors"
	"fmt"

	"yuandu/model"
)

const consultationColumns = `c.id, c.version, c.title, c.sort, c.opens, c.closes, c.short_reason, c.edition, c.editions, c.contact, c.use_of, c.open,
	c.questions, c.report_day, c.counts, c.source_url, c.published_at, c.updated_at,
	coalesce((SELECT string_agg(x.department_id, ',' ORDER BY x.position) FROM consultation_departments x WHERE x.consultation_id = c.id), ''),
	coalesce((SELECT string_agg(x.topic_id, ',' ORDER BY x.position) FROM consultation_topics x WHERE x.consultation_id = c.id), '')`

func scanConsultation(d *Directory, row scanner, more ...any) (c model.Consultation, err error) {
	var departments, topics string
	var report model.AdoptionReport
	dest := []any{&c.ID, &c.Version, &c.Title, &c.Sort, &c.Opens, &c.Closes, &c.ShortReason, &c.Edition, asJSON(&c.Editions), asJSON(&c.Contact),
		&c.Usage, &c.Open, asJSON(&c.Questions), &report.Day, asJSON(&report.Counts), &c.SourceURL, milliseconds{&c.PublishedAt},
		milliseconds{&c.UpdatedAt}, &departments, &topics}
	err = row.Scan(append(dest, more...)...)
	c.Departments, c.Topics = d.DepartmentsOf(split(departments)), d.TopicsOf(split(topics))
	if report.Day != "" {
		c.Report = &report
	}
	return c, err
}

// Consultation reads a public consultation with its texts and clauses, nil where there
// is none.
func (s *Store) Consultation(ctx context.Context, id string) (*model.Consultation, error) {
	return s.consultation(ctx, s.reads, id)
}

// Consultation reads a public consultation within the transaction.
func (tx *Tx) Consultation(ctx context.Context, id string) (*model.Consultation, error) {
	return tx.store.consultation(ctx, tx.reads, id)
}

func (s *Store) consultation(ctx context.Context, from reads, id string) (*model.Consultation, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := collect(ctx, from, func(row scanner) (model.Consultation, error) {
		var note, body, report, adopted model.Body
		c, err := scanConsultation(d, row, asJSON(&note), asJSON(&body), asJSON(&report), asJSON(&adopted))
		c.Note, c.Body = note, body
		if c.Report != nil {
			c.Report.Body, c.Report.Adopted = report, adopted
		}
		return c, err
	}, `SELECT `+consultationColumns+`, c.note, c.body, c.report, c.adopted FROM consultations c WHERE c.id = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("read consultation: %w", err)
	}
	if len(list) == 0 {
		return nil, nil
	}
	c := &list[0]
	if c.Clauses, err = from.Clauses(ctx, id); err != nil {
		return nil, err
	}
	if c.Attachments, err = s.attachments(ctx, model.KindConsultation, id); err != nil {
		return nil, fmt.Errorf("read attachments of consultation: %w", err)
	}
	return c, nil
}

// Clauses are what one can or could speak to in a draft, those that do not stand any more
// last.
func (r reads) Clauses(ctx context.Context, consultationID string) ([]model.Clause, error) {
	list, err := collect(ctx, r, func(row scanner) (c model.Clause, err error) {
		return c, row.Scan(&c.ID, &c.Anchor, &c.Label, &c.Text, &c.Gone, &c.Into, &c.Position)
	}, `SELECT id, anchor, label, text, gone <> 0, into_id, position FROM clauses WHERE consultation_id = $1 ORDER BY position`, consultationID)
	if err != nil {
		return nil, fmt.Errorf("read clauses: %w", err)
	}
	return list, nil
}

// ConsultationFilter narrows public consultations; what is empty does not.
type ConsultationFilter struct {
	Phase         model.ConsultationPhase
	Today         model.Day
	TopicID       string
	Limit, Offset int
}

func (f *ConsultationFilter) where() *where {
	w := &where{}
	w.and("1 = 1")
	if f.TopicID != "" {
		w.and("EXISTS (SELECT 1 FROM consultation_topics t WHERE t.consultation_id = c.id AND t.topic_id = ?)", f.TopicID)
	}
	switch f.Phase {
	case model.ConsultationComing:
		w.and("c.report_day = '' AND c.opens > ?", f.Today)
	case model.ConsultationOpen:
		w.and("c.report_day = '' AND c.opens <= ? AND c.closes >= ?", f.Today, f.Today)
	case model.ConsultationClosed:
		w.and("c.report_day = '' AND c.closes < ?", f.Today)
	case model.ConsultationAdopted:
		w.and("c.report_day <> ''")
	}
	return w
}

// Consultations lists public consultations without their texts: those that are open,
// those to come, those that wait for their report, then the rest, the last to end first.
// It counts all that match.
func (s *Store) Consultations(ctx context.Context, f ConsultationFilter) (list []model.Consultation, total int, err error) {
	w := f.where()
	if _, err := s.row(ctx, `SELECT count(*) FROM consultations c WHERE `+w.String(), w.args, &total); err != nil {
		return nil, 0, fmt.Errorf("count consultations: %w", err)
	}
	args := append(w.args, f.Today, f.Today, f.Limit, f.Offset)
	n := len(w.args)
	list, err = s.consultations(ctx, fmt.Sprintf(`%s ORDER BY CASE WHEN c.report_day <> '' THEN 3 WHEN c.opens > $%d THEN 1 WHEN c.closes >= $%d THEN 0
		ELSE 2 END, c.closes DESC, c.id DESC LIMIT $%d OFFSET $%d`, w, n+1, n+2, n+3, n+4), args...)
	return list, total, err
}

// ConsultationsOf reads public consultations of some IDs, in the order of the IDs; those
// that are gone are left out.
func (s *Store) ConsultationsOf(ctx context.Context, ids []string) ([]model.Consultation, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var w where
	in(&w, "c.id", ids)
	list, err := s.consultations(ctx, w.String(), w.args...)
	return inOrder(ids, list, func(c *model.Consultation) string { return c.ID }), err
}

func (s *Store) consultations(ctx context.Context, condition string, args ...any) ([]model.Consultation, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := collect(ctx, s.reads, func(row scanner) (model.Consultation, error) { return scanConsultation(d, row) },
		`SELECT `+consultationColumns+` FROM consultations c WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read consultations: %w", err)
	}
	return list, nil
}

// IndexedConsultation is a consultation with its plain text.
type IndexedConsultation struct {
	model.Consultation
	Text string
}

// IndexedConsultations reads consultations as the search index wants them: the next limit
// ones after an ID, or those of some IDs.
func (s *Store) IndexedConsultations(ctx context.Context, after string, ids []string, limit int) ([]IndexedConsultation, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	w := afterOrOf("c.id", after, ids)
	w.args = append(w.args, limit)
	list, err := collect(ctx, s.reads, func(row scanner) (c IndexedConsultation, err error) {
		c.Consultation, err = scanConsultation(d, row, &c.Text)
		return c, err
	}, fmt.Sprintf(`SELECT `+consultationColumns+`, c.text FROM consultations c WHERE %s ORDER BY c.id LIMIT $%d`, w, len(w.args)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read consultations for the index: %w", err)
	}
	return list, nil
}

// ConsultationVersions lists IDs and versions, ordered by ID, after an ID.
func (s *Store) ConsultationVersions(ctx context.Context, after string, limit int) ([]Version, error) {
	return s.versions(ctx, "consultations", after, limit)
}

// TakeConsultation keeps others from saying, answering or reporting anything until this
// transaction has ended.
func (tx *Tx) TakeConsultation(ctx context.Context, id string) error {
	return tx.exec(ctx, "take consultation", `UPDATE consultations SET version = version WHERE id = $1`, id)
}

// PublishConsultation makes a consultation public, or changes what is public of it. Its
// version and the edition of what is new are set before, by NextConsultation.
func (tx *Tx) PublishConsultation(ctx context.Context, c *model.Consultation, e Edition) error {
	f := formOf(c.Canonical(), e, c.Attachments, c.Pictures)
	report, adopted, counts, day := model.Body{}, model.Body{}, model.Counts{}, model.Day("")
	if c.Report != nil {
		report, adopted, counts, day = c.Report.Body, c.Report.Adopted, c.Report.Counts, c.Report.Day
	}
	text := c.Note.Plain() + "\n" + report.Plain() + "\n" + c.Body.Plain()
	err := tx.exec(ctx, "save consultation", `
		INSERT INTO consultations (id, version, title, sort, opens, closes, short_reason, edition, editions, contact, use_of, open, questions, report_day,
			report, adopted, counts, source_url, sm3, published_at, updated_at, text, note, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title, sort = excluded.sort, opens = excluded.opens,
			closes = excluded.closes, short_reason = excluded.short_reason, edition = excluded.edition, editions = excluded.editions,
			contact = excluded.contact, use_of = excluded.use_of, open = excluded.open, questions = excluded.questions,
			report_day = excluded.report_day, report = excluded.report, adopted = excluded.adopted, counts = excluded.counts,
			source_url = excluded.source_url, sm3 = excluded.sm3, updated_at = excluded.updated_at, text = excluded.text, note = excluded.note,
			body = excluded.body`,
		c.ID, c.Version, c.Title, c.Sort, c.Opens, c.Closes, c.ShortReason, c.Edition, toJSON(c.Editions), toJSON(c.Contact), c.Usage, number(c.Open),
		toJSON(c.Questions), day, toJSON(report), toJSON(adopted), toJSON(counts), c.SourceURL, f.hash, c.PublishedAt.UnixMilli(),
		c.UpdatedAt.UnixMilli(), text, toJSON(c.Note), toJSON(c.Body))
	topics := make([]string, len(c.Topics))
	for n, t := range c.Topics {
		topics[n] = t.ID
	}
	return errors.Join(err,
		tx.setList(ctx, "consultation_departments", "consultation_id", "department_id", c.ID, departmentIDs(c.Departments)),
		tx.setList(ctx, "consultation_topics", "consultation_id", "topic_id", c.ID, topics),
		tx.setFiles(ctx, model.KindConsultation, c.ID, c.Attachments, c.Pictures),
		tx.setClauses(ctx, c),
		tx.keepRevision(ctx, model.KindConsultation, c.ID, c.Version, f),
		tx.QueueIndex(ctx, model.KindConsultation, c.ID))
}

// NextConsultation gives a consultation the version that it will have, and since when it
// is public.
func (tx *Tx) NextConsultation(ctx context.Context, c *model.Consultation) error {
	there, err := tx.row(ctx, `SELECT version, published_at FROM consultations WHERE id = $1`, []any{c.ID}, &c.Version, milliseconds{&c.PublishedAt})
	if err != nil {
		return fmt.Errorf("look for consultation: %w", err)
	}
	c.UpdatedAt = tx.store.clock.Now()
	if !there {
		c.PublishedAt = c.UpdatedAt
		if c.Version, err = tx.versionsServed(ctx, model.KindConsultation, c.ID); err != nil {
			return err
		}
	}
	c.Version++
	return nil
}

func (tx *Tx) setClauses(ctx context.Context, c *model.Consultation) error {
	for _, k := range c.Clauses {
		err := tx.exec(ctx, "save clause", `
			INSERT INTO clauses (id, consultation_id, position, anchor, label, text, gone, into_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (id) DO UPDATE SET position = excluded.position, anchor = excluded.anchor, label = excluded.label, text = excluded.text,
				gone = excluded.gone, into_id = excluded.into_id`,
			k.ID, c.ID, k.Position, k.Anchor, k.Label, k.Text, number(k.Gone), k.Into)
		if err != nil {
			return err
		}
	}
	return nil
}

// WithdrawnDraft is what was public last of a consultation that is withdrawn: its period,
// text, editions and clauses. It is nil where there is none.
func (r reads) WithdrawnDraft(ctx context.Context, id string) (*model.Consultation, error) {
	c := &model.Consultation{ID: id}
	there, err := r.row(ctx, `SELECT opens, closes, edition, editions, body FROM withdrawn_drafts WHERE consultation_id = $1`, []any{id},
		&c.Opens, &c.Closes, &c.Edition, asJSON(&c.Editions), asJSON(&c.Body))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read withdrawn draft: %w", err)
	case !there:
		return nil, nil
	}
	c.Clauses, err = r.Clauses(ctx, id)
	return c, err
}

// WithdrawConsultation takes a consultation from the public. What was said stays with
// those who said it and with the office.
func (tx *Tx) WithdrawConsultation(ctx context.Context, id string) error {
	return errors.Join(
		tx.exec(ctx, "keep withdrawn draft", `INSERT INTO withdrawn_drafts (consultation_id, opens, closes, edition, editions, body)
			SELECT id, opens, closes, edition, editions, body FROM consultations WHERE id = $1
			ON CONFLICT (consultation_id) DO UPDATE SET opens = excluded.opens, closes = excluded.closes, edition = excluded.edition,
				editions = excluded.editions, body = excluded.body`, id),
		tx.exec(ctx, "take files away", `DELETE FROM attachments WHERE owner_kind = $1 AND owner_id = $2`, model.KindConsultation, id),
		tx.exec(ctx, "withdraw consultation", `DELETE FROM consultations WHERE id = $1`, id),
		tx.QueueIndex(ctx, model.KindConsultation, id))
}

// ConsultationTouches is what those follow who are told of a change: the consultation,
// its topics and departments. Whoever said something is told too.
func (tx *Tx) ConsultationTouches(ctx context.Context, id string) ([]model.Touch, error) {
	return tx.touches(ctx, `SELECT 'consultation', CAST($1 AS TEXT)
		UNION SELECT 'own_opinion', CAST($2 AS TEXT)
		UNION SELECT 'topic', topic_id FROM consultation_topics WHERE consultation_id = $3
		UNION SELECT 'department', department_id FROM consultation_departments WHERE consultation_id = $4`, id, id, id, id)
}

// ConsultationTitles are the titles of public consultations by ID.
func (s *Store) ConsultationTitles(ctx context.Context, ids []string) (map[string]string, error) {
	list, err := s.ConsultationsOf(ctx, ids)
	titles := map[string]string{}
	for _, c := range list {
		titles[c.ID] = c.Title
	}
	return titles, err
}
