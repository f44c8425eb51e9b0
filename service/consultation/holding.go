package consultation

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Holding is what the service holds about residents.
type Holding struct{ *Service }

// Holding is what the service holds about residents.
func (s *Service) Holding() Holding { return Holding{s} }

// Tables names the tables it answers for.
func (h Holding) Tables() []string {
	return []string{"opinions", "opinion_supports", "opinion_forms", "survey_answers"}
}

// Export gives a resident what they said to drafts, what became of it, and what they
// answered.
func (h Holding) Export(ctx context.Context, residentID string) (model.Section, error) {
	v := model.Section{Name: "opinions", Title: "export.opinions", Columns: []string{"export.about", "export.clause", "export.when", "export.stance",
		"export.words", "export.wording", "export.signature", "export.verdict"}}
	by := model.Actor{Kind: model.AResident, ID: residentID}
	ids, err := h.store.ConsultationsSpokenTo(ctx, residentID)
	if err != nil {
		return v, err
	}
	titles, err := h.store.ConsultationTitles(ctx, ids)
	if err != nil {
		return v, err
	}
	for _, id := range ids {
		title := cmp.Or(titles[id], id)
		list, err := h.mine(ctx, by, id)
		if err != nil {
			return v, err
		}
		for _, o := range list {
			v.Rows = append(v.Rows, []string{title, o.ClauseLabel, when(o.UpdatedAt), o.Stance.Name(), o.Text, o.Wording, o.Signature,
				o.Verdict.Name() + reasoned(o.Reason)})
		}
		answers, err := h.store.SurveyAnswers(ctx, id, residentID)
		if err != nil {
			return v, err
		}
		for _, a := range answers {
			v.Rows = append(v.Rows, []string{title, "", "", "", answered(a), "", "", ""})
		}
	}
	return v, nil
}

// Erase cuts the resident from what they said and forgets their signature and whom they
// supported. What was said is kept, sealed: it belongs to the files of the decision
// (重大行政决策程序暂行条例第三十三条).
func (h Holding) Erase(ctx context.Context, tx *store.Tx, residentID string, _ time.Time) ([]model.ErasedItem, error) {
	n, err := tx.CutOpinions(ctx, residentID)
	if err != nil || n == 0 {
		return nil, err
	}
	return []model.ErasedItem{{What: "erased.opinions", Count: n, Kept: "kept.opinions"}}, nil
}

func when(t time.Time) string { return t.In(model.Shanghai).Format(time.DateTime) }

func reasoned(reason string) string {
	if reason == "" {
		return ""
	}
	return "：" + reason
}

// answered is an answer to a question in words.
func answered(a model.SurveyAnswer) string {
	switch {
	case a.Text != "":
		return a.Text
	case a.Scale > 0:
		return fmt.Sprintf("%d 分", a.Scale)
	}
	var chosen []string
	for _, o := range a.Options {
		chosen = append(chosen, fmt.Sprintf("第 %d 项", o+1))
	}
	return strings.Join(chosen, "、")
}
