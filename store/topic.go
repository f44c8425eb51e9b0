package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// KeepTopics keeps the order and the explanations of all topics, if nobody has
// changed any since their version together was the given one: else it is ErrStale.
func (tx *Tx) KeepTopics(ctx context.Context, topics []model.Topic, version int64) error {
	if err := tx.exec(ctx, "take topics", `UPDATE topics SET version = version`); err != nil {
		return err
	}
	held, err := tx.topics(ctx)
	if err != nil {
		return fmt.Errorf("read topics: %w", err)
	}
	before, now := map[string]model.Topic{}, int64(0)
	for _, t := range held {
		before[t.ID] = t
		now += t.Version
	}
	if now != version {
		return model.ErrStale
	}
	for i, t := range topics {
		was := before[t.ID]
		if was.Position == i+1 && was.Explanation == t.Explanation {
			continue
		}
		err := tx.exec(ctx, "save topic", `UPDATE topics SET explanation = $2, position = $3, version = version + 1 WHERE id = $1`,
			t.ID, t.Explanation, i+1)
		if err != nil {
			return err
		}
	}
	tx.changed = true
	return tx.grow(ctx, MarkDirectory)
}

// TopicsOf reads the topics of a policy, in their order.
func (tx *Tx) TopicsOf(ctx context.Context, policyID string) ([]model.Topic, error) {
	list, err := collect(ctx, tx.reads, func(row scanner) (t model.Topic, err error) {
		return t, row.Scan(&t.ID, &t.Name)
	}, `SELECT t.id, t.name FROM policy_topics p JOIN topics t ON t.id = p.topic_id WHERE p.policy_id = $1 ORDER BY p.position`, policyID)
	if err != nil {
		return nil, fmt.Errorf("read topics of policy: %w", err)
	}
	return list, nil
}
