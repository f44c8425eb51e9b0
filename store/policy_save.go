package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// Outcome says what saving a document did.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "created"
	Changed   Outcome = "changed"
	Unchanged Outcome = "unchanged"
	Withheld  Outcome = "withheld" // it was withdrawn here, and stays so
)

// Edition says what makes a revision, and what its readers are told of it.
type Edition struct {
	Act  model.PublicationAct
	Note string
}

// wasPolicy is what is public of a policy before it is saved.
type wasPolicy struct {
	found         bool
	identity, sm3 string
	ref           model.PolicyRef
}

// policyBy reads what is public, and gives p its ID, version and moment.
func (tx *Tx) policyBy(ctx context.Context, column, value string, p *model.Policy) (was wasPolicy, err error) {
	was.found, err = tx.row(ctx, `SELECT id, version, identity, sm3, published_at, title, doc_number, published_date
		FROM policies WHERE `+column+` = $1`, []any{value}, &p.ID, &p.Version, &was.identity, &was.sm3,
		milliseconds{&p.PublishedAt}, &was.ref.Title, &was.ref.DocNumber, &was.ref.PublishedDate)
	if err != nil {
		return was, fmt.Errorf("look for policy: %w", err)
	}
	return was, nil
}

// SavePolicy keeps a policy that is public elsewhere under its identity: a new
// one, or a change of the one that is there, whose older revision is kept. p gets
// its ID and version. A change keeps the topics that the policy has. One that was
// withdrawn here is not brought back.
func (tx *Tx) SavePolicy(ctx context.Context, identity string, p *model.Policy) (Outcome, error) {
	f := formOf(p.Canonical(), Edition{Act: model.PubImported}, p.Attachments, p.Pictures)
	was, err := tx.policyBy(ctx, "identity", identity, p)
	switch {
	case err != nil:
		return "", err
	case was.found && was.sm3 == f.hash:
		return Unchanged, nil
	case was.found:
		return Changed, tx.putPolicy(ctx, p, was, f)
	}
	withheld, err := tx.withheld(ctx, model.KindPolicy, identity)
	if err != nil || withheld {
		return Withheld, err
	}
	was.identity, p.ID, p.PublishedAt = identity, NewID(), tx.store.clock.Now()
	if err := tx.putPolicy(ctx, p, was, f); err != nil {
		return "", err
	}
	return Created, nil
}

// PublishPolicy makes a policy public under its ID, or changes what is public of
// it. A policy that is new is known by identity from then on; where another has
// it already, that one's ID comes with ErrDouble.
func (tx *Tx) PublishPolicy(ctx context.Context, identity string, p *model.Policy, e Edition) error {
	was, err := tx.policyBy(ctx, "id", p.ID, p)
	if err != nil {
		return err
	}
	if !was.found {
		was.identity, p.PublishedAt = identity, tx.store.clock.Now()
		if err := tx.notDouble(ctx, p.ID, identity); err != nil {
			return err
		}
		if p.Version, err = tx.versionsServed(ctx, model.KindPolicy, p.ID); err != nil {
			return err
		}
	}
	if err := tx.putPolicy(ctx, p, was, formOf(p.Canonical(), e, p.Attachments, p.Pictures)); err != nil {
		return err
	}
	if err := tx.SetTopics(ctx, p); err != nil {
		return err
	}
	return tx.setFiles(ctx, model.KindPolicy, p.ID, p.Attachments, p.Pictures)
}

func (tx *Tx) notDouble(ctx context.Context, id, identity string) error {
	var other model.PolicyRef
	taken, err := tx.row(ctx, `SELECT id, title FROM policies WHERE identity = $1 AND id <> $2`, []any{identity, id}, &other.ID, &other.Title)
	if err != nil {
		return fmt.Errorf("look for double: %w", err)
	}
	if taken {
		return model.ErrDouble.With("doc_number", map[string]any{"title": other.Title, "id": other.ID})
	}
	return nil
}

// form is a document in its canonical form, with its hash and the files it has.
type form struct {
	canonical []byte
	hash      string
	edition   Edition
	files     []string
}

func formOf(canonical []byte, e Edition, files ...[]model.Attachment) form {
	f := form{canonical: canonical, hash: sm3Hex(canonical), edition: e}
	for _, list := range files {
		for _, a := range list {
			f.files = append(f.files, a.FileID)
		}
	}
	return f
}

// putPolicy writes all of a public policy but its files.
func (tx *Tx) putPolicy(ctx context.Context, p *model.Policy, was wasPolicy, f form) error {
	p.Version++
	p.UpdatedAt = tx.store.clock.Now()
	if err := tx.writePolicy(ctx, was.identity, f.hash, p); err != nil {
		return err
	}
	if !was.found {
		if err := tx.SetTopics(ctx, p); err != nil {
			return err
		}
	}
	if err := tx.setPolicyDepartments(ctx, p); err != nil {
		return err
	}
	if err := tx.keepRevision(ctx, model.KindPolicy, p.ID, p.Version, f); err != nil {
		return err
	}
	if err := tx.claimRelations(ctx, p); err != nil {
		return err
	}
	if is := (model.PolicyRef{Title: p.Title, DocNumber: p.DocNumber, PublishedDate: p.PublishedDate}); was.found && is != was.ref {
		if err := tx.touchNeighbours(ctx, p.ID); err != nil {
			return err
		}
	}
	if f.edition.Act == model.PubImported {
		if err := tx.importedPublication(ctx, model.KindPolicy, p.ID, was.identity, p.Title, p.DocNumber, p.Departments); err != nil {
			return err
		}
	}
	if err := tx.exec(ctx, "derive what lists show", `UPDATE policies SET `+derived+` WHERE id = $1`, p.ID); err != nil {
		return err
	}
	if err := tx.touchLettersOf(ctx, p.ID); err != nil {
		return err
	}
	return tx.QueueIndex(ctx, model.KindPolicy, p.ID)
}

// WithdrawPolicy takes a policy from the public. What others say of it waits
// for it to come back.
func (tx *Tx) WithdrawPolicy(ctx context.Context, id string) error {
	if err := tx.touchNeighbours(ctx, id); err != nil {
		return err
	}
	near, err := tx.ids(ctx, `SELECT target_id FROM policy_relations WHERE from_id = $1 AND target_id IS NOT NULL`, id)
	if err != nil {
		return err
	}
	for _, doing := range []struct{ what, text string }{
		{"keep relations waiting", `UPDATE policy_relations SET wanted_id = target_id WHERE target_id = $1`},
		{"keep interpretations waiting", `UPDATE interpretation_policies SET wanted_id = policy_id WHERE policy_id = $1`},
		{"take files away", `DELETE FROM attachments WHERE owner_kind = 'policy' AND owner_id = $1`},
		{"note version", `UPDATE publications SET served = (SELECT version FROM policies WHERE id = $1) WHERE kind = 'policy' AND id = $1`},
		{"withdraw policy", `DELETE FROM policies WHERE id = $1`},
	} {
		if err := tx.exec(ctx, doing.what, doing.text, id); err != nil {
			return err
		}
	}
	if err := tx.touchEach(ctx, near); err != nil { // what it repealed holds again
		return err
	}
	if err := tx.touchLettersOf(ctx, id); err != nil { // their answers rest on nothing
		return err
	}
	return tx.QueueIndex(ctx, model.KindPolicy, id)
}

func (tx *Tx) writePolicy(ctx context.Context, identity, hash string, p *model.Policy) error {
	return tx.exec(ctx, "save policy", `
		INSERT INTO policies (id, version, identity, title, doc_number, number_key, index_number, theme, category,
			written_date, published_date, effective_date, expiry_date, stated, source_url, sm3,
			published_at, updated_at, text, body, unexplained)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title,
			doc_number = excluded.doc_number, number_key = excluded.number_key, index_number = excluded.index_number,
			theme = excluded.theme, category = excluded.category, written_date = excluded.written_date,
			published_date = excluded.published_date, effective_date = excluded.effective_date,
			expiry_date = excluded.expiry_date, stated = excluded.stated, source_url = excluded.source_url,
			sm3 = excluded.sm3, updated_at = excluded.updated_at, text = excluded.text, body = excluded.body, unexplained = excluded.unexplained`,
		p.ID, p.Version, identity, p.Title, p.DocNumber, model.NumberKey(p.DocNumber), p.IndexNumber, p.Theme, p.Category,
		p.WrittenDate, p.PublishedDate, p.EffectiveDate, p.ExpiryDate, p.Stated, p.SourceURL, hash,
		p.PublishedAt.UnixMilli(), p.UpdatedAt.UnixMilli(), p.Body.Plain(), toJSON(p.Body), p.Unexplained)
}

// SetTopics puts a policy under its topics and no others.
func (tx *Tx) SetTopics(ctx context.Context, p *model.Policy) error {
	ids := make([]string, len(p.Topics))
	for i, t := range p.Topics {
		ids[i] = t.ID
	}
	return tx.setList(ctx, "policy_topics", "policy_id", "topic_id", p.ID, ids)
}

func (tx *Tx) setPolicyDepartments(ctx context.Context, p *model.Policy) error {
	return tx.setList(ctx, "policy_departments", "policy_id", "department_id", p.ID, departmentIDs(p.Departments))
}

func departmentIDs(departments []model.Department) []string {
	ids := make([]string, len(departments))
	for i, d := range departments {
		ids[i] = d.ID
	}
	return ids
}

// setList writes an ordered list of IDs that belong to an owner.
func (tx *Tx) setList(ctx context.Context, table, owner, member, id string, members []string) error {
	if err := tx.exec(ctx, "clear "+table, `DELETE FROM `+table+` WHERE `+owner+` = $1`, id); err != nil {
		return err
	}
	for i, m := range members {
		err := tx.exec(ctx, "save "+table, `INSERT INTO `+table+` (`+owner+`, position, `+member+`) VALUES ($1, $2, $3)`, id, i, m)
		if err != nil {
			return err
		}
	}
	return nil
}

// touch gives a policy a new version because an answer about it shows
// something that changed elsewhere, and queues it for the index.
func (tx *Tx) touch(ctx context.Context, policyID string) error {
	err := tx.exec(ctx, "touch policy", `UPDATE policies SET version = version + 1, updated_at = $2, `+derived+` WHERE id = $1`,
		policyID, tx.now())
	if err != nil {
		return err
	}
	if err := tx.touchLettersOf(ctx, policyID); err != nil {
		return err
	}
	return tx.QueueIndex(ctx, model.KindPolicy, policyID)
}
