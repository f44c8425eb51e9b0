package store

import (
	"context"
	"encoding/json"
	"fmt"

	"yuandu/model"
)

// policyMoving counts what MergePolicy moves.
const policyMoving = `SELECT
	(SELECT count(*) FROM interpretation_policies WHERE policy_id = $1),
	(SELECT count(*) FROM policy_relations r WHERE r.from_id = $1 AND ` + newRelation + `),
	(SELECT count(*) FROM policy_relations WHERE target_id = $1 AND from_id <> $2),
	(SELECT count(*) FROM policy_topics t WHERE t.policy_id = $1
		AND NOT EXISTS (SELECT 1 FROM policy_topics k WHERE k.policy_id = $2 AND k.topic_id = t.topic_id))`

// newRelation says that a relation r of one policy is not said by the other, $2,
// nor about it.
const newRelation = `coalesce(r.target_id, '') <> $2 AND NOT EXISTS (SELECT 1 FROM policy_relations k WHERE k.from_id = $2 AND k.kind = r.kind
	AND coalesce(k.target_id, '') = coalesce(r.target_id, '') AND (k.target_id IS NOT NULL OR k.target_key = r.target_key AND k.target_title = r.target_title))`

// PolicyMoving counts what would go along if one public policy were merged into
// another.
func (r reads) PolicyMoving(ctx context.Context, from, into string) (m model.PolicyMoving, err error) {
	if _, err = r.row(ctx, policyMoving, []any{from, into}, &m.Interpretations, &m.Relations, &m.CitedBy, &m.Topics); err != nil {
		return m, fmt.Errorf("count what a policy has: %w", err)
	}
	return m, nil
}

// MergePolicy lets one public policy take the place of another: interpretations
// explain it, what others say is said of it, and it says what the other said. The
// other is no longer public; its revisions stay.
func (tx *Tx) MergePolicy(ctx context.Context, from, into string) (m model.PolicyMoving, err error) {
	if m, err = tx.PolicyMoving(ctx, from, into); err != nil {
		return m, err
	}
	if err := tx.touchNeighbours(ctx, from); err != nil {
		return m, err
	}
	for _, doing := range []struct{ what, text string }{
		{"name interpreted policies once", `DELETE FROM interpretation_policies WHERE policy_id = $1 AND interpretation_id IN
			(SELECT k.interpretation_id FROM interpretation_policies k WHERE k.policy_id = $2)`},
		{"move interpretations", `UPDATE interpretation_policies SET policy_id = $2 WHERE policy_id = $1`},
		{"move wishes of interpretations", `UPDATE interpretation_policies SET wanted_id = $2 WHERE wanted_id = $1`},
		{"drop relations to itself", `DELETE FROM policy_relations WHERE from_id = $2 AND (target_id = $1 OR wanted_id = $1)`},
		{"say relations once", `DELETE FROM policy_relations WHERE target_id = $1 AND EXISTS (SELECT 1 FROM policy_relations k
			WHERE k.from_id = policy_relations.from_id AND k.kind = policy_relations.kind AND k.target_id = $2)`},
		{"move relations", `UPDATE policy_relations SET target_id = $2 WHERE target_id = $1`},
		{"move wishes of relations", `UPDATE policy_relations SET wanted_id = $2 WHERE wanted_id = $1`},
		{"take relations over", `INSERT INTO policy_relations (from_id, position, kind, target_id, wanted_id, target_key, target_title, since)
			SELECT $2, (SELECT coalesce(max(position), -1) + 1 FROM policy_relations WHERE from_id = $2) + r.position,
				r.kind, r.target_id, r.wanted_id, r.target_key, r.target_title, r.since
			FROM policy_relations r WHERE r.from_id = $1 AND ` + newRelation},
		{"move basis of letters", `UPDATE public_letter_basis SET policy_id = $2 WHERE policy_id = $1`},
		{"move feedback", `UPDATE feedback SET about_id = $2, about_title = (SELECT title FROM policies WHERE id = $2), version = version + 1
			WHERE about_kind = 'policy' AND about_id = $1`},
		{"move pieces of the gazette", `UPDATE gazette_pieces SET policy_id = $2, version = version + 1 WHERE policy_id = $1`},
		{"move what knowledge rests on", `UPDATE knowledge_policies SET policy_id = $2 WHERE policy_id = $1`},
		{"take topics over", `INSERT INTO policy_topics (policy_id, position, topic_id)
			SELECT $2, (SELECT coalesce(max(position), -1) + 1 FROM policy_topics WHERE policy_id = $2) + t.position, t.topic_id
			FROM policy_topics t WHERE t.policy_id = $1
			AND NOT EXISTS (SELECT 1 FROM policy_topics k WHERE k.policy_id = $2 AND k.topic_id = t.topic_id)`},
	} {
		if err := tx.exec(ctx, doing.what, doing.text, from, into); err != nil {
			return m, err
		}
	}
	if err := tx.WithdrawPolicy(ctx, from); err != nil {
		return m, err
	}
	if err := tx.touchNeighbours(ctx, into); err != nil {
		return m, err
	}
	return m, tx.touch(ctx, into)
}

// PolicyMoved keeps that a policy, public or not, is another one from now on, also
// for what is being written of it.
func (tx *Tx) PolicyMoved(ctx context.Context, from, into, why, by string) error {
	err := tx.rewriteCopies(ctx, from, func(content map[string]json.RawMessage) error {
		if err := renamed(content, "policy_ids", from, into); err != nil {
			return err
		}
		return retargeted(content, from, into)
	})
	if err != nil {
		return err
	}
	if err := tx.moveMatterLinks(ctx, model.KindPolicy, from, into); err != nil {
		return err
	}
	if err := tx.moveKept(ctx, model.KindPolicy, from, into); err != nil {
		return err
	}
	return tx.move(ctx, moved{model.KindPolicy, from, into, why, by})
}

// retargeted lets the relations of a working copy mean another policy.
func retargeted(content map[string]json.RawMessage, from, into string) error {
	if content["relations"] == nil {
		return nil
	}
	var relations []model.DraftRelation
	if err := json.Unmarshal(content["relations"], &relations); err != nil {
		return err
	}
	for i := range relations {
		if relations[i].TargetID == from {
			relations[i].TargetID = into
		}
	}
	content["relations"] = json.RawMessage(toJSON(relations))
	return nil
}
