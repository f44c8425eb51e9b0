package credit

import (
	"context"
	"strconv"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Holding is what is counted for a resident, or what they answered, as what the
// house holds about them.
type Holding struct {
	table  string
	what   string // code of what is erased
	export func(ctx context.Context, residentID string) (model.Section, error)
	erase  func(tx *store.Tx, ctx context.Context, residentID string) (int, error)
}

// Holdings are both, as the account exports and erases them.
func (s *Service) Holdings() (credits, answers *Holding) {
	return &Holding{"credits", "erased.credits", s.exportCredits, (*store.Tx).EraseCredits},
		&Holding{"credit_entries", "erased.credit_answers", s.exportAnswers, (*store.Tx).EraseCreditAnswers}
}

// Tables names the table.
func (h *Holding) Tables() []string { return []string{h.table} }

// Export gives all of it.
func (h *Holding) Export(ctx context.Context, residentID string) (model.Section, error) {
	return h.export(ctx, residentID)
}

// Erase forgets all of it: no law asks for it.
func (h *Holding) Erase(ctx context.Context, tx *store.Tx, residentID string, _ time.Time) ([]model.ErasedItem, error) {
	n, err := h.erase(tx, ctx, residentID)
	if err != nil || n == 0 {
		return nil, err
	}
	return []model.ErasedItem{{What: h.what, Count: n}}, nil
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
