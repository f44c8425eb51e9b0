package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"yuandu/model"
)

const interpretationColumns = `i.id, i.version, i.title, i.published_date, coalesce(i.picture_file_id, ''), i.picture_text,
	i.video_url, i.source_url, i.published_at, i.updated_at,
	coalesce((SELECT string_agg(x.department_id, ',' ORDER BY x.position)
		FROM interpretation_departments x WHERE x.interpretation_id = i.id), '')`

func scanInterpretation(d *Directory, row scanner, i *model.Interpretation, more ...any) error {
	var departments string
	dest := []any{&i.ID, &i.Version, &i.Title, &i.PublishedDate, &i.PictureID, &i.PictureText,
		&i.VideoURL, &i.SourceURL, milliseconds{&i.PublishedAt}, milliseconds{&i.UpdatedAt}, &departments}
	if err := row.Scan(append(dest, more...)...); err != nil {
		return err
	}
	i.Departments = d.DepartmentsOf(split(departments))
	return nil
}

// IndexedInterpretation is an interpretation with its plain text, questions
// and answers included.
type IndexedInterpretation struct {
	model.Interpretation
	Text string
}

// Interpretation reads a whole public interpretation, nil where there is none.
func (s *Store) Interpretation(ctx context.Context, id string) (*model.Interpretation, error) {
	list, err := s.wholeInterpretations(ctx, `i.id = $1`, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// InterpretationsOf reads the interpretations of a policy, the newest first.
func (s *Store) InterpretationsOf(ctx context.Context, policyID string) ([]model.Interpretation, error) {
	return s.wholeInterpretations(ctx,
		`i.id IN (SELECT x.interpretation_id FROM interpretation_policies x WHERE x.policy_id = $1)`, policyID)
}

func (s *Store) wholeInterpretations(ctx context.Context, condition string, arg any) ([]model.Interpretation, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := collect(ctx, s.reads, func(row scanner) (i model.Interpretation, err error) {
		return i, scanInterpretation(d, row, &i, asJSON(&i.Body), asJSON(&i.Questions))
	}, `SELECT `+interpretationColumns+`, i.body, i.questions FROM interpretations i
		WHERE `+condition+` ORDER BY i.published_date DESC, i.id LIMIT 50`, arg)
	if err != nil {
		return nil, fmt.Errorf("read interpretations: %w", err)
	}
	for n := range list {
		if list[n].Policies, err = s.interpretedPolicies(ctx, list[n].ID); err != nil {
			return nil, fmt.Errorf("read interpreted policies: %w", err)
		}
		if list[n].Attachments, err = s.attachments(ctx, model.KindInterpretation, list[n].ID); err != nil {
			return nil, fmt.Errorf("read attachments of interpretation: %w", err)
		}
	}
	return list, nil
}

func (r reads) interpretedPolicies(ctx context.Context, id string) ([]model.PolicyRef, error) {
	return collect(ctx, r, func(row scanner) (p model.PolicyRef, err error) {
		var key string
		err = row.Scan(&p.ID, &p.Title, &p.DocNumber, &p.PublishedDate, &key)
		if p.ID == "" {
			p.DocNumber = printedNumber(key)
		}
		return p, err
	}, `SELECT coalesce(p.id, ''), coalesce(p.title, x.target_title), coalesce(p.doc_number, ''), coalesce(p.published_date, ''), x.target_key
		FROM interpretation_policies x LEFT JOIN policies p ON p.id = x.policy_id
		WHERE x.interpretation_id = $1 ORDER BY x.position`, id)
}

// IndexedInterpretations reads interpretations as the search index wants them:
// the next limit ones after an ID, or those of some IDs.
func (s *Store) IndexedInterpretations(ctx context.Context, after string, ids []string, limit int) ([]IndexedInterpretation, error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, err
	}
	var w where
	w.and("i.id > ?", after)
	if ids != nil {
		in(&w, "i.id", ids)
	}
	w.args = append(w.args, limit)
	list, err := collect(ctx, s.reads, func(row scanner) (i IndexedInterpretation, err error) {
		return i, scanInterpretation(d, row, &i.Interpretation, &i.Text, asJSON(&i.Questions))
	}, fmt.Sprintf(`SELECT `+interpretationColumns+`, i.text, i.questions FROM interpretations i
		WHERE %s ORDER BY i.id LIMIT $%d`, &w, len(w.args)), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read interpretations for the index: %w", err)
	}
	for n := range list {
		if list[n].Policies, err = s.interpretedPolicies(ctx, list[n].ID); err != nil {
			return nil, fmt.Errorf("read interpreted policies: %w", err)
		}
	}
	return list, nil
}

// touchInterpretationsOf gives the interpretations of a policy a new version.
func (tx *Tx) touchInterpretationsOf(ctx context.Context, policyID string) error {
	ids, err := tx.ids(ctx, `UPDATE interpretations SET version = version + 1, updated_at = $2
		WHERE id IN (SELECT interpretation_id FROM interpretation_policies WHERE policy_id = $1) RETURNING id`, policyID, tx.now())
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := tx.QueueIndex(ctx, model.KindInterpretation, id); err != nil {
			return err
		}
	}
	return nil
}

// InterpretationVersions lists IDs and versions, ordered by ID, after an ID.
func (s *Store) InterpretationVersions(ctx context.Context, after string, limit int) ([]Version, error) {
	return s.versions(ctx, "interpretations", after, limit)
}

// SaveInterpretation keeps an interpretation that is public elsewhere under its
// identity, as SavePolicy does. The policies it is of are found by number, else
// by title; those that are not here yet are waited for.
func (tx *Tx) SaveInterpretation(ctx context.Context, identity string, i *model.Interpretation) (Outcome, error) {
	f := formOf(i.Canonical(), Edition{Act: model.PubImported}, i.Attachments, i.Pictures)
	known, _, err := tx.interpretationBy(ctx, "identity", identity, i)
	if err != nil {
		return "", err
	}
	if known == f.hash {
		return Unchanged, nil
	}
	outcome := Changed
	if known == "" {
		withheld, err := tx.withheld(ctx, model.KindInterpretation, identity)
		if err != nil || withheld {
			return Withheld, err
		}
		outcome = Created
		i.ID, i.PublishedAt = NewID(), tx.store.clock.Now()
	}
	if err := tx.putInterpretation(ctx, identity, i, f); err != nil {
		return "", err
	}
	return outcome, tx.importedPublication(ctx, model.KindInterpretation, i.ID, identity, i.Title, "", i.Departments)
}

// interpretationBy reads the hash of what is public, "" where nothing is, and
// gives i its ID, version and moment.
func (tx *Tx) interpretationBy(ctx context.Context, column, value string, i *model.Interpretation) (hash, identity string, err error) {
	_, err = tx.row(ctx, `SELECT id, version, sm3, identity, published_at FROM interpretations WHERE `+column+` = $1`,
		[]any{value}, &i.ID, &i.Version, &hash, &identity, milliseconds{&i.PublishedAt})
	if err != nil {
		return "", "", fmt.Errorf("look for interpretation: %w", err)
	}
	return hash, identity, nil
}

// PublishInterpretation makes an interpretation public under its ID, or changes
// what is public of it.
func (tx *Tx) PublishInterpretation(ctx context.Context, i *model.Interpretation, e Edition) error {
	known, identity, err := tx.interpretationBy(ctx, "id", i.ID, i)
	if err != nil {
		return err
	}
	if known == "" {
		identity, i.PublishedAt = "id\x1f"+i.ID, tx.store.clock.Now()
		if i.Version, err = tx.versionsServed(ctx, model.KindInterpretation, i.ID); err != nil {
			return err
		}
	}
	if err := tx.putInterpretation(ctx, identity, i, formOf(i.Canonical(), e, i.Attachments, i.Pictures)); err != nil {
		return err
	}
	return tx.setFiles(ctx, model.KindInterpretation, i.ID, i.Attachments, i.Pictures)
}

func (tx *Tx) putInterpretation(ctx context.Context, identity string, i *model.Interpretation, f form) error {
	i.Version++
	i.UpdatedAt = tx.store.clock.Now()
	err := errors.Join(
		tx.writeInterpretation(ctx, identity, f.hash, i),
		tx.setList(ctx, "interpretation_departments", "interpretation_id", "department_id", i.ID, departmentIDs(i.Departments)),
		tx.setInterpreted(ctx, i),
		tx.keepRevision(ctx, model.KindInterpretation, i.ID, i.Version, f))
	if err != nil {
		return err
	}
	return tx.QueueIndex(ctx, model.KindInterpretation, i.ID)
}

// WithdrawInterpretation takes an interpretation from the public.
func (tx *Tx) WithdrawInterpretation(ctx context.Context, id string) error {
	policies, err := tx.ids(ctx, `SELECT policy_id FROM interpretation_policies
		WHERE interpretation_id = $1 AND policy_id IS NOT NULL`, id)
	if err != nil {
		return err
	}
	for _, doing := range []struct{ what, text string }{
		{"take files away", `DELETE FROM attachments WHERE owner_kind = 'interpretation' AND owner_id = $1`},
		{"note version", `UPDATE publications SET served = (SELECT version FROM interpretations WHERE id = $1)
			WHERE kind = 'interpretation' AND id = $1`},
		{"withdraw interpretation", `DELETE FROM interpretations WHERE id = $1`},
	} {
		if err := tx.exec(ctx, doing.what, doing.text, id); err != nil {
			return err
		}
	}
	if err := tx.touchEach(ctx, policies); err != nil {
		return err
	}
	return tx.QueueIndex(ctx, model.KindInterpretation, id)
}

func (tx *Tx) writeInterpretation(ctx context.Context, identity, hash string, i *model.Interpretation) error {
	picture := sql.NullString{String: i.PictureID, Valid: i.PictureID != ""}
	text := i.Body.Plain()
	for _, q := range i.Questions {
		text += "\n" + q.Ask + "\n" + q.Answer
	}
	if i.Questions == nil {
		i.Questions = []model.Question{}
	}
	return tx.exec(ctx, "save interpretation", `
		INSERT INTO interpretations (id, version, identity, title, published_date, picture_file_id, picture_text,
			video_url, source_url, sm3, published_at, updated_at, text, body, questions)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title,
			published_date = excluded.published_date, picture_file_id = excluded.picture_file_id,
			picture_text = excluded.picture_text, video_url = excluded.video_url, source_url = excluded.source_url,
			sm3 = excluded.sm3, updated_at = excluded.updated_at, text = excluded.text, body = excluded.body,
			questions = excluded.questions`,
		i.ID, i.Version, identity, i.Title, i.PublishedDate, picture, i.PictureText,
		i.VideoURL, i.SourceURL, hash, i.PublishedAt.UnixMilli(), i.UpdatedAt.UnixMilli(), text, toJSON(i.Body), toJSON(i.Questions))
}

func (tx *Tx) setInterpreted(ctx context.Context, i *model.Interpretation) error {
	policies, err := tx.ids(ctx, `SELECT policy_id FROM interpretation_policies
		WHERE interpretation_id = $1 AND policy_id IS NOT NULL`, i.ID)
	if err != nil {
		return err
	}
	if err := tx.exec(ctx, "clear interpreted policies", `DELETE FROM interpretation_policies WHERE interpretation_id = $1`, i.ID); err != nil {
		return err
	}
	for n, ref := range i.Policies {
		id, err := tx.interpretedPolicy(ctx, ref)
		if err != nil {
			return err
		}
		err = tx.exec(ctx, "save interpreted policy", `
			INSERT INTO interpretation_policies (interpretation_id, position, policy_id, wanted_id, target_key, target_title)
			VALUES ($1, $2, $3, $4, $5, $6)`, i.ID, n, id, ref.ID, model.NumberKey(ref.DocNumber), ref.Title)
		if err != nil {
			return err
		}
		if id.Valid {
			policies = append(policies, id.String)
		}
	}
	return tx.touchEach(ctx, policies)
}

// interpretedPolicy finds the policy that is meant: the one that was chosen,
// else the newest of the number, or of the title.
func (tx *Tx) interpretedPolicy(ctx context.Context, ref model.PolicyRef) (id sql.NullString, err error) {
	if ref.ID != "" {
		_, err = tx.row(ctx, `SELECT id FROM policies WHERE id = $1`, []any{ref.ID}, &id)
	} else {
		_, err = tx.row(ctx, `SELECT id FROM policies
			WHERE $1 <> '' AND number_key = $1 OR $1 = '' AND title = $2
			ORDER BY published_date DESC, id DESC LIMIT 1`, []any{model.NumberKey(ref.DocNumber), ref.Title}, &id)
	}
	if err != nil {
		return id, fmt.Errorf("look for interpreted policy: %w", err)
	}
	return id, nil
}
