package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// PolicySides reads all policies that are public, or drafts, without their text,
// in the order of their IDs.
func (s *Store) PolicySides(ctx context.Context) ([]model.PolicySide, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (p model.PolicySide, err error) {
		return p, row.Scan(&p.ID, &p.Version, &p.Public, &p.Stage, &p.Title, &p.DocNumber, &p.DepartmentID, milliseconds{&p.UpdatedAt},
			&p.WrittenDate, &p.PublishedDate)
	}, `SELECT b.id, b.version, b.public <> 0, b.stage, b.title, b.doc_number, coalesce(b.department_id, ''), b.updated_at,
		coalesce(p.written_date, ''), coalesce(p.published_date, '')
		FROM publications b LEFT JOIN policies p ON p.id = b.id
		WHERE b.kind = 'policy' AND b.deleted_at = 0 AND (b.public = 1 OR b.stage = 'draft') ORDER BY b.id`)
	if err != nil {
		return nil, fmt.Errorf("read policies to compare: %w", err)
	}
	return list, nil
}

// DistinctPolicies are the pairs of which somebody said that they are not the
// same, the smaller ID first.
func (r reads) DistinctPolicies(ctx context.Context) (map[[2]string]bool, error) {
	pairs := map[[2]string]bool{}
	_, err := collect(ctx, r, func(row scanner) (any, error) {
		var pair [2]string
		err := row.Scan(&pair[0], &pair[1])
		pairs[pair] = true
		return nil, err
	}, `SELECT a, b FROM distinct_policies`)
	if err != nil {
		return nil, fmt.Errorf("read distinct policies: %w", err)
	}
	return pairs, nil
}

// SayDistinct keeps that two policies are not the same, or takes it back.
func (tx *Tx) SayDistinct(ctx context.Context, a, b, by string, distinct bool) error {
	a, b = min(a, b), max(a, b)
	if !distinct {
		return tx.exec(ctx, "take distinct back", `DELETE FROM distinct_policies WHERE a = $1 AND b = $2`, a, b)
	}
	return tx.exec(ctx, "say distinct", `INSERT INTO distinct_policies (a, b, said_at, said_by) VALUES ($1, $2, $3, $4)
		ON CONFLICT DO NOTHING`, a, b, tx.now(), by)
}
