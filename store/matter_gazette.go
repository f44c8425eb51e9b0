package store

import (
	"context"

	"yuandu/model"
)

// JoinPieces lets the printed pieces of an issue, or of the policies of a matter, stand in the
// matters of their policies: what was printed is the same document, so that nobody has to say it.
// One of the two is empty.
func (tx *Tx) JoinPieces(ctx context.Context, issueID, matterID string) error {
	links, err := collect(ctx, tx.reads, func(r scanner) (l model.MatterLink, err error) {
		l = model.MatterLink{Kind: model.KindGazette, Step: model.StepGazette}
		return l, r.Scan(&l.MatterID, &l.SubjectID, &l.ItemID, &l.LinkedBy)
	}, `SELECT DISTINCT l.matter_id, p.issue_id, p.id, l.linked_by FROM matter_links l JOIN gazette_pieces p ON p.policy_id = l.document_id
		WHERE l.kind = 'policy' AND l.released_at > 0 AND (p.issue_id = $1 OR l.matter_id = $2)
		AND NOT EXISTS (SELECT 1 FROM matter_links k WHERE k.matter_id = l.matter_id AND k.kind = 'gazette' AND k.item_id = p.id)`, issueID, matterID)
	for n := range links {
		l := &links[n]
		l.LinkedAt = tx.store.clock.Now()
		l.ReleasedAt = l.LinkedAt
		if err == nil {
			err = tx.AddMatterLink(ctx, l)
		}
		tx.changed = true
	}
	return err
}
