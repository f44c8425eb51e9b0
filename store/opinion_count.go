package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// StanceCount is how many people take a stance to a clause.
type StanceCount struct {
	ClauseID string
	Stance   model.Stance
	Count    int
}

// StanceCounts counts stances by clause.
func (s *Store) StanceCounts(ctx context.Context, consultationID string) ([]StanceCount, error) {
	list, err := collect(ctx, s.reads, func(row scanner) (c StanceCount, err error) { return c, row.Scan(&c.ClauseID, &c.Stance, &c.Count) },
		`SELECT clause_id, stance, count(*) FROM opinions WHERE consultation_id = $1 GROUP BY clause_id, stance ORDER BY clause_id, stance`,
		consultationID)
	if err != nil {
		return nil, fmt.Errorf("count stances: %w", err)
	}
	return list, nil
}

// OpinionCounts is how much was said to a consultation, what became of it, and what still
// has to be done.
type OpinionCounts struct {
	model.Counts
	Waiting    int // to be looked at
	Unanswered int // that say something
}

// CountOpinions counts what was said to a consultation.
func (r reads) CountOpinions(ctx context.Context, consultationID string) (OpinionCounts, error) {
	counts, err := r.CountOpinionsOf(ctx, []string{consultationID})
	return counts[consultationID], err
}

// CountOpinionsOf counts what was said to each of some consultations.
func (r reads) CountOpinionsOf(ctx context.Context, ids []string) (map[string]OpinionCounts, error) {
	counts := map[string]OpinionCounts{}
	for _, id := range ids {
		counts[id] = OpinionCounts{Counts: model.Counts{Verdicts: map[model.Verdict]int{}}}
	}
	if len(ids) == 0 {
		return counts, nil
	}
	var w where
	in(&w, "consultation_id", ids)
	_, err := collect(ctx, r, func(row scanner) (id string, err error) {
		c := OpinionCounts{Counts: model.Counts{Verdicts: map[model.Verdict]int{}}}
		err = row.Scan(&id, &c.Opinions, &c.Waiting, &c.Unanswered, &c.People)
		counts[id] = c
		return id, err
	}, `SELECT consultation_id, count(*), coalesce(sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0),
			coalesce(sum(CASE WHEN verdict = '' AND words = 1 THEN 1 ELSE 0 END), 0), count(DISTINCT coalesce(resident_id, id))
		FROM opinions WHERE `+w.String()+` GROUP BY consultation_id`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("count opinions: %w", err)
	}
	_, err = collect(ctx, r, func(row scanner) (id string, err error) {
		var verdict model.Verdict
		var count int
		err = row.Scan(&id, &verdict, &count)
		counts[id].Verdicts[verdict] = count
		return id, err
	}, `SELECT consultation_id, verdict, count(*) FROM opinions WHERE verdict <> '' AND words = 1 AND `+w.String()+` GROUP BY consultation_id, verdict`,
		w.args...)
	if err != nil {
		return nil, fmt.Errorf("count verdicts: %w", err)
	}
	return counts, nil
}

// OwnVerdicts counts what became of what a resident said, for each of some consultations
// whose report is public.
func (s *Store) OwnVerdicts(ctx context.Context, residentID string, consultationIDs []string) (map[string]map[model.Verdict]int, error) {
	counts := map[string]map[model.Verdict]int{}
	if len(consultationIDs) == 0 {
		return counts, nil
	}
	var w where
	w.and("o.resident_id = ?", residentID)
	in(&w, "o.consultation_id", consultationIDs)
	_, err := collect(ctx, s.reads, func(row scanner) (id string, err error) {
		var verdict model.Verdict
		var count int
		err = row.Scan(&id, &verdict, &count)
		if counts[id] == nil {
			counts[id] = map[model.Verdict]int{}
		}
		counts[id][verdict] = count
		return id, err
	}, `SELECT o.consultation_id, o.verdict, count(*) FROM opinions o JOIN consultations c ON c.id = o.consultation_id AND c.report_day <> ''
		WHERE o.verdict <> '' AND `+w.String()+` GROUP BY o.consultation_id, o.verdict`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("count own verdicts: %w", err)
	}
	return counts, nil
}
