package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// PoliciesByNumber lists the documents of a number, public or on their way, but
// for one.
func (r reads) PoliciesByNumber(ctx context.Context, key, but string) ([]model.PolicyRef, error) {
	if key == "" {
		return nil, nil
	}
	list, err := collect(ctx, r, func(row scanner) (p model.PolicyRef, err error) {
		return p, row.Scan(&p.ID, &p.Title, &p.DocNumber)
	}, `SELECT id, title, doc_number FROM publications
		WHERE number_key = $1 AND kind = 'policy' AND id <> $2 AND deleted_at = 0 ORDER BY id LIMIT 10`, key, but)
	if err != nil {
		return nil, fmt.Errorf("look for number: %w", err)
	}
	return list, nil
}

// PublicByNumber lists the public policies of a number.
func (r reads) PublicByNumber(ctx context.Context, key string) ([]model.PolicyRef, error) {
	if key == "" {
		return nil, nil
	}
	list, err := collect(ctx, r, func(row scanner) (p model.PolicyRef, err error) {
		return p, row.Scan(&p.ID, &p.Title, &p.DocNumber, &p.PublishedDate)
	}, `SELECT id, title, doc_number, published_date FROM policies WHERE number_key = $1 ORDER BY published_date DESC, id LIMIT 20`, key)
	if err != nil {
		return nil, fmt.Errorf("look for number: %w", err)
	}
	return list, nil
}

// Explained says whether a policy has an interpretation that is public or on its
// way.
func (r reads) Explained(ctx context.Context, policyID string) (bool, error) {
	there, err := r.row(ctx, `
		SELECT 1 FROM interpretation_policies WHERE policy_id = $1 OR wanted_id = $1
		UNION ALL
		SELECT 1 FROM publications WHERE kind = 'interpretation' AND deleted_at = 0 AND content LIKE $2 ESCAPE '\'
		LIMIT 1`, []any{policyID, "%" + policyID + "%"}, new(int64))
	if err != nil {
		return false, fmt.Errorf("look for interpretations: %w", err)
	}
	return there, nil
}

// PolicyRefs names policies of some IDs, public or on their way, in the order of
// the IDs; those that are not there are left out.
func (r reads) PolicyRefs(ctx context.Context, ids []string) ([]model.PolicyRef, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	w := &where{}
	w.and("b.kind = 'policy'")
	in(w, "b.id", ids)
	rows, err := collect(ctx, r, func(row scanner) (p model.PolicyRef, err error) {
		return p, row.Scan(&p.ID, &p.Title, &p.DocNumber, &p.PublishedDate)
	}, `SELECT b.id, coalesce(p.title, b.title), coalesce(p.doc_number, b.doc_number), coalesce(p.published_date, '')
		FROM publications b LEFT JOIN policies p ON p.id = b.id WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read names of policies: %w", err)
	}
	return inOrder(ids, rows, func(p *model.PolicyRef) string { return p.ID }), nil
}

// RelationTarget is the public policy that a relation of p means; where it is not
// here, what the relation says of it.
func (r reads) RelationTarget(ctx context.Context, p *model.Policy, v model.Relation) (model.PolicyRef, error) {
	ref := model.PolicyRef{Title: v.TargetTitle, DocNumber: v.TargetNumber}
	id, err := r.relationTarget(ctx, p, v)
	if err != nil || !id.Valid {
		return ref, err
	}
	_, err = r.row(ctx, `SELECT id, title, doc_number, published_date FROM policies WHERE id = $1`, []any{id.String},
		&ref.ID, &ref.Title, &ref.DocNumber, &ref.PublishedDate)
	if err != nil {
		return ref, fmt.Errorf("read related policy: %w", err)
	}
	return ref, nil
}
