package credit

import (
	"context"
	"strconv"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Holdings are what is counted for residents, and what they answered, as the
// account exports and erases them.
func (s *Service) Holdings() (credits, answers *store.Holding) {
	return &store.Holding{What: "erased.credits", Holds: []string{"credits"}, Give: s.exportCredits, Clear: (*store.Tx).EraseCredits},
		&store.Holding{What: "erased.credit_answers", Holds: []string{"credit_entries"}, Give: s.exportAnswers, Clear: (*store.Tx).EraseCreditAnswers}
}

func (s *Service) exportCredits(ctx context.Context, residentID string) (model.Section, error) {
	v := model.Section{Name: "credits", Title: "export.credits", Columns: []string{"export.purpose", "export.left", "export.lasting", "export.spent"}}
	list, err := s.store.Credits(ctx, residentID)
	for _, c := range list {
		lasting := ""
		if c.Lasting {
			lasting = "kind.lasting"
		}
		v.Rows = append(v.Rows, []string{PurposeName(c.Purpose), strconv.Itoa(c.Left), lasting, strconv.Itoa(c.Spent)})
	}
	return v, err
}

// mostExported is how many answers an export holds: many more than anybody gives in
// the year for which they are kept.
const mostExported = 10_000

func (s *Service) exportAnswers(ctx context.Context, residentID string) (model.Section, error) {
	v := model.Section{Name: "credit_answers", Title: "export.credit_answers",
		Columns: []string{"export.when", "export.purpose", "export.answer", "export.told_by"}}
	list, err := s.store.CreditAnswers(ctx, residentID, mostExported)
	for _, t := range list {
		v.Rows = append(v.Rows, []string{t.At.In(model.Shanghai).Format(time.DateTime), PurposeName(t.Purpose), answerNames[t.Answer], sourceNames[t.Source]})
	}
	return v, err
}

// PurposeName is the code of what residents call the messages of a purpose.
func PurposeName(p model.Purpose) string { return purposeNames[p] }

var purposeNames = map[model.Purpose]string{model.ForChange: "kind.change", model.ForDigest: "kind.digest"}

var answerNames = map[model.CreditAnswer]string{model.CreditAccepted: "kind.accepted", model.CreditRefused: "kind.refused",
	model.CreditOff: "kind.switched_off", model.CreditBanned: "kind.banned", model.CreditFiltered: "kind.filtered"}

var sourceNames = map[model.CreditSource]string{model.CreditFromPhone: "kind.by_phone", model.CreditFromPopup: "kind.by_popup",
	model.CreditFromSettings: "kind.by_settings"}
