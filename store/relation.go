package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"yuandu/model"
)

// SetRelations writes what a policy says of others, in order. Targets that are
// here are found by number, else by title; the others wait until they come.
// Every policy whose answer changes by it gets a new version.
func (tx *Tx) SetRelations(ctx context.Context, p *model.Policy, relations []model.Relation) error {
	targets, err := tx.ids(ctx, `SELECT target_id FROM policy_relations WHERE from_id = $1 AND target_id IS NOT NULL`, p.ID)
	if err != nil {
		return err
	}
	if err := tx.exec(ctx, "clear relations", `DELETE FROM policy_relations WHERE from_id = $1`, p.ID); err != nil {
		return err
	}
	for i, r := range relations {
		target, err := tx.relationTarget(ctx, p, r)
		if err != nil {
			return err
		}
		err = tx.exec(ctx, "save relation", `
			INSERT INTO policy_relations (from_id, position, kind, target_id, wanted_id, target_key, target_title, since)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			p.ID, i, r.Kind, target, r.TargetID, model.NumberKey(r.TargetNumber), r.TargetTitle, r.Since)
		if err != nil {
			return err
		}
		if target.Valid {
			targets = append(targets, target.String)
		}
	}
	return tx.touchEach(ctx, targets)
}

// relationTarget finds the policy that a relation means: the one that was
// chosen, that of its number, else the newest of its title that is older than the
// one that speaks.
func (r reads) relationTarget(ctx context.Context, p *model.Policy, v model.Relation) (id sql.NullString, err error) {
	if v.TargetID != "" {
		_, err = r.row(ctx, `SELECT id FROM policies WHERE id = $1`, []any{v.TargetID}, &id)
	} else if key := model.NumberKey(v.TargetNumber); key != "" {
		_, err = r.row(ctx, `SELECT id FROM policies WHERE number_key = $1 AND id <> $2
			ORDER BY published_date DESC, id DESC LIMIT 1`, []any{key, p.ID}, &id)
	} else if v.TargetTitle != "" {
		_, err = r.row(ctx, `SELECT id FROM policies WHERE title = $1 AND id <> $2 AND published_date <= $3
			ORDER BY published_date DESC, id DESC LIMIT 1`, []any{v.TargetTitle, p.ID, p.PublishedDate}, &id)
	}
	if err != nil {
		return id, fmt.Errorf("look for related policy: %w", err)
	}
	return id, nil
}

// claimRelations lets what waited for a policy find it: relations of other
// policies and interpretations, by its ID where an editor chose it, by its number
// or, where they know none, by its title. Each is a question of its own, which one index answers.
func (tx *Tx) claimRelations(ctx context.Context, p *model.Policy) error {
	if err := tx.claim(ctx, p.ID, `wanted_id = $2 AND wanted_id <> ''`, p.ID); err != nil {
		return err
	}
	if key := model.NumberKey(p.DocNumber); key != "" {
		if err := tx.claim(ctx, p.ID, `wanted_id = '' AND target_key = $2`, key); err != nil {
			return err
		}
	}
	return tx.claim(ctx, p.ID, `wanted_id = '' AND target_key = '' AND target_title = $2`, p.Title)
}

func (tx *Tx) claim(ctx context.Context, id, meant, name string) error {
	if err := tx.touchAll(ctx, `UPDATE policy_relations SET target_id = $1
		WHERE target_id IS NULL AND from_id <> $1 AND `+meant+` RETURNING from_id`, id, name); err != nil {
		return err
	}
	return tx.exec(ctx, "claim interpretations", `UPDATE interpretation_policies SET policy_id = $1
		WHERE policy_id IS NULL AND `+meant, id, name)
}

// touchNeighbours gives everything that shows a policy's name a new version: the
// policies that it is related to, its interpretations, and the other policies of
// these.
func (tx *Tx) touchNeighbours(ctx context.Context, id string) error {
	if err := tx.touchAll(ctx, `
		SELECT from_id FROM policy_relations WHERE target_id = $1
		UNION SELECT target_id FROM policy_relations WHERE from_id = $1 AND target_id IS NOT NULL
		UNION SELECT other.policy_id FROM interpretation_policies own
			JOIN interpretation_policies other ON other.interpretation_id = own.interpretation_id
			WHERE own.policy_id = $1 AND other.policy_id <> $1`, id); err != nil {
		return err
	}
	return tx.touchInterpretationsOf(ctx, id)
}

func (tx *Tx) touchAll(ctx context.Context, query string, args ...any) error {
	ids, err := tx.ids(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("look for related documents: %w", err)
	}
	return tx.touchEach(ctx, ids)
}

// touchEach touches policies, each once.
func (tx *Tx) touchEach(ctx context.Context, ids []string) error {
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if err := tx.touch(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// RelationsOf lists what a policy says of others, as it was written.
func (r reads) RelationsOf(ctx context.Context, policyID string) ([]model.Relation, error) {
	list, err := collect(ctx, r, func(row scanner) (v model.Relation, err error) {
		v.FromID = policyID
		err = row.Scan(&v.Kind, &v.TargetID, &v.TargetNumber, &v.TargetTitle, &v.Since)
		v.TargetNumber = printedNumber(v.TargetNumber)
		return v, err
	}, `SELECT r.kind, coalesce(r.target_id, r.wanted_id), coalesce(p.number_key, r.target_key), coalesce(p.title, r.target_title), r.since
		FROM policy_relations r LEFT JOIN policies p ON p.id = r.target_id WHERE r.from_id = $1 ORDER BY r.position`, policyID)
	if err != nil {
		return nil, fmt.Errorf("read relations: %w", err)
	}
	return list, nil
}

// maxLinks is how many relations of one policy an answer shows each way.
const maxLinks = 200

// Links lists what a policy does to others and what others do to it.
func (s *Store) Links(ctx context.Context, policyID string) ([]model.Link, error) {
	scan := func(incoming bool) func(scanner) (model.Link, error) {
		return func(row scanner) (l model.Link, err error) {
			l.Incoming = incoming
			return l, row.Scan(&l.Kind, &l.Since, &l.Policy.ID, &l.Policy.Title, &l.Policy.DocNumber, &l.Policy.PublishedDate)
		}
	}
	out, err := collect(ctx, s.reads, scan(false), `
		SELECT r.kind, r.since, coalesce(p.id, ''), coalesce(p.title, r.target_title), coalesce(p.doc_number, r.target_key),
			coalesce(p.published_date, '')
		FROM policy_relations r LEFT JOIN policies p ON p.id = r.target_id
		WHERE r.from_id = $1 ORDER BY r.position LIMIT $2`, policyID, maxLinks)
	if err != nil {
		return nil, fmt.Errorf("read relations: %w", err)
	}
	incoming, err := collect(ctx, s.reads, scan(true), `
		SELECT r.kind, r.since, p.id, p.title, p.doc_number, p.published_date
		FROM policy_relations r JOIN policies p ON p.id = r.from_id
		WHERE r.target_id = $1 ORDER BY p.published_date DESC, p.id, r.position LIMIT $2`, policyID, maxLinks)
	if err != nil {
		return nil, fmt.Errorf("read relations: %w", err)
	}
	for i := range out {
		if out[i].Policy.ID == "" {
			out[i].Policy.DocNumber = printedNumber(out[i].Policy.DocNumber)
		}
	}
	return append(out, incoming...), nil
}

// Citing lists the public policies that cite a policy or are based on it, the
// newest first, but for one, and counts them. Those that are repealed are left out.
func (r reads) Citing(ctx context.Context, policyID, but string, limit int) (list []model.PolicyRef, total int, err error) {
	const from = ` FROM policies p WHERE p.repealed_on = '' AND p.stated <> 'repealed' AND p.id <> $2 AND p.id IN (
		SELECT from_id FROM policy_relations WHERE target_id = $1 AND kind IN ('cites', 'based_on'))`
	if _, err = r.row(ctx, `SELECT count(*)`+from, []any{policyID, but}, &total); err != nil {
		return nil, 0, fmt.Errorf("count citing policies: %w", err)
	}
	list, err = collect(ctx, r, func(row scanner) (p model.PolicyRef, err error) {
		return p, row.Scan(&p.ID, &p.Title, &p.DocNumber, &p.PublishedDate)
	}, `SELECT p.id, p.title, p.doc_number, p.published_date`+from+` ORDER BY p.published_date DESC, p.id LIMIT $3`, policyID, but, limit)
	if err != nil {
		return nil, 0, fmt.Errorf("list citing policies: %w", err)
	}
	return list, total, nil
}
