package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// PolicyTouches is what the followers of a policy's change follow: the policy,
// its topics and departments, and the policies that it changes.
func (tx *Tx) PolicyTouches(ctx context.Context, id string) ([]model.Touch, error) {
	return tx.touches(ctx, `SELECT 'policy', CAST($1 AS TEXT)
		UNION SELECT 'topic', topic_id FROM policy_topics WHERE policy_id = $2
		UNION SELECT 'department', department_id FROM policy_departments WHERE policy_id = $3
		UNION SELECT 'policy', target_id FROM policy_relations WHERE from_id = $4 AND target_id IS NOT NULL AND kind IN ('amends', 'repeals', 'replaces')`,
		id, id, id, id)
}

// InterpretationTouches is what the followers of an interpretation's change
// follow: what it explains, with its topics, and the departments that explain.
func (tx *Tx) InterpretationTouches(ctx context.Context, id string) ([]model.Touch, error) {
	return tx.touches(ctx, `SELECT 'policy', policy_id FROM interpretation_policies WHERE interpretation_id = $1 AND policy_id IS NOT NULL
		UNION SELECT 'topic', t.topic_id FROM interpretation_policies p JOIN policy_topics t ON t.policy_id = p.policy_id WHERE p.interpretation_id = $2
		UNION SELECT 'department', department_id FROM interpretation_departments WHERE interpretation_id = $3`, id, id, id)
}

func (tx *Tx) touches(ctx context.Context, query string, args ...any) ([]model.Touch, error) {
	list, err := collect(ctx, tx.reads, func(row scanner) (t model.Touch, err error) { return t, row.Scan(&t.Kind, &t.Key) }, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read what a change touches: %w", err)
	}
	return list, nil
}
