package event

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Holding is what the service holds about residents.
type Holding struct{ *Service }

// Holding is what the service holds about residents.
func (s *Service) Holding() Holding { return Holding{s} }

// Tables names the tables it answers for.
func (h Holding) Tables() []string { return []string{"event_sign_ups"} }

// Export gives a resident all sign-ups with what was told.
func (h Holding) Export(ctx context.Context, residentID string) (model.Section, error) {
	v := model.Section{Name: "sign_ups", Title: "export.sign_ups", Columns: []string{"export.event", "export.sign_up_number", "export.when", "export.state",
		"export.name", "export.phone", "export.words"}}
	list, err := h.store.AllSignUpsOf(ctx, residentID)
	if err != nil {
		return v, err
	}
	for _, one := range list {
		if one.Person, err = h.store.OwnPerson(ctx, one.ID); err != nil {
			return v, err
		}
		title := ""
		if b, err := h.store.Book(ctx, one.EventID); err != nil {
			return v, err
		} else if b != nil {
			title = b.Title
		}
		v.Rows = append(v.Rows, []string{title, strconv.Itoa(one.Number), one.SignedAt.In(model.Shanghai).Format(time.DateTime), one.State.Name(),
			one.Person.Name, one.Person.Phone, one.Person.Words})
	}
	return v, nil
}

// Erase takes back what is still to come, cuts the resident from all sign-ups and forgets
// what was told. Numbers stay: they are what draws are repeated from.
func (h Holding) Erase(ctx context.Context, tx *store.Tx, residentID string, now time.Time) ([]model.ErasedItem, error) {
	list, err := tx.AllSignUpsOf(ctx, residentID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	slices.SortFunc(list, func(a, b model.SignUp) int { return cmp.Compare(a.EventID, b.EventID) }) // books are taken in one order
	for _, v := range list {
		b, err := tx.BookFor(ctx, v.EventID)
		if err != nil {
			return nil, err
		}
		if v.State != model.SignUpCancelled && b != nil && now.Before(b.BeginsAt) {
			if err := h.leave(ctx, tx, b, &v); err != nil {
				return nil, err
			}
		}
		if err := tx.CutSignUp(ctx, v.ID); err != nil {
			return nil, err
		}
	}
	return []model.ErasedItem{{What: "erased.sign_ups", Count: len(list), Kept: "kept.sign_ups"}}, nil
}
