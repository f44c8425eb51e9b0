package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// KeepSurveyAnswers keeps what a resident answered, in the place of what they answered
// before.
func (tx *Tx) KeepSurveyAnswers(ctx context.Context, consultationID, residentID string, answers []model.SurveyAnswer) error {
	err := tx.exec(ctx, "clear answers", `DELETE FROM survey_answers WHERE consultation_id = $1 AND resident_id = $2`, consultationID, residentID)
	for _, a := range answers {
		if err != nil {
			return err
		}
		if a.Empty() {
			continue
		}
		id := NewID()
		text, failed := tx.store.sealOrNull(surveyText, id, a.Text)
		if failed != nil {
			return fmt.Errorf("seal answer: %w", failed)
		}
		err = tx.exec(ctx, "keep answer", `INSERT INTO survey_answers (id, consultation_id, question_id, resident_id, options, scale, text_sealed, updated_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, id, consultationID, a.QuestionID, residentID, toJSON(a.Options), a.Scale, text, tx.now())
	}
	return err
}

// SurveyAnswers are the answers to a consultation's questions, of one resident or, for
// "", of all.
func (s *Store) SurveyAnswers(ctx context.Context, consultationID, residentID string) ([]model.SurveyAnswer, error) {
	var w where
	w.and("consultation_id = ?", consultationID)
	if residentID != "" {
		w.and("resident_id = ?", residentID)
	}
	list, err := collect(ctx, s.reads, func(row scanner) (a model.SurveyAnswer, err error) {
		var id string
		var text []byte
		if err = row.Scan(&id, &a.QuestionID, asJSON(&a.Options), &a.Scale, &text); err != nil {
			return a, err
		}
		return a, s.openAll(id, map[string]sealedInto{surveyText: {text, &a.Text}})
	}, `SELECT id, question_id, options, scale, text_sealed FROM survey_answers WHERE `+w.String()+` ORDER BY id`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	return list, nil
}
