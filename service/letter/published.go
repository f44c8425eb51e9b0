package letter

import (
	"context"
	"maps"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Listing is what somebody wants to see of the public letters.
type Listing struct {
	Text          string
	Filters       map[string][]string
	Sort          model.Sort
	Offset, Limit int
}

// PublicPage is a part of the list of public letters.
type PublicPage struct {
	Items    []PublicItem
	Total    int
	Hint     model.Hint
	Degraded bool
}

// PublicItem is a public letter in a list.
type PublicItem struct {
	model.PublicLetter
	search.Shown
}

// Published finds public letters whose answers stand today.
func (s *Service) Published(ctx context.Context, l Listing) (*PublicPage, error) {
	if l.Offset+l.Limit > model.MaxWindow {
		return nil, model.ErrPageTooDeep
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	filters := maps.Clone(l.Filters)
	if filters == nil {
		filters = map[string][]string{}
	}
	if asked := filters[model.ByDepartment]; len(asked) > 0 {
		filters[model.ByDepartment] = directory.NowAll(asked)
	}
	filters[model.ByValidity] = model.Shown()
	answer, degraded, err := s.ask(ctx, search.Question{Kind: model.KindLetter, Text: l.Text, Filters: filters, Sort: l.Sort,
		Today: s.today(), Offset: l.Offset, Limit: l.Limit})
	if err != nil {
		return nil, err
	}
	rows, err := s.store.PublicLetters(ctx, answer.IDs())
	page := &PublicPage{Total: answer.Total, Hint: answer.Hint, Degraded: degraded}
	for _, row := range rows {
		if row.StandsOn(s.today()) {
			page.Items = append(page.Items, PublicItem{row, answer.Show(row.Title, row.Question()+"\n"+row.Answer())})
		}
	}
	return page, err
}

// Useful lists the public letters that were useful to most people, of a topic or, for
// "", of all.
func (s *Service) Useful(ctx context.Context, topic string, limit int) ([]model.PublicLetter, error) {
	return s.store.UsefulLetters(ctx, topic, s.today(), limit)
}

// ReadPublic reads a public letter. One whose answer stands no more is ErrLetterRetired.
func (s *Service) ReadPublic(ctx context.Context, id string) (*model.PublicLetter, error) {
	l, err := s.store.PublicLetter(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case l == nil:
		return nil, s.gone(ctx, id)
	case !l.StandsOn(s.today()):
		return nil, model.ErrLetterRetired.With("", map[string]any{"title": l.Title, "day": l.LapsesOn.Chinese()})
	}
	return l, nil
}

// IsPublic says whether everybody may read a letter today.
func (s *Service) IsPublic(ctx context.Context, id string) (bool, error) {
	l, err := s.store.PublicLetter(ctx, id)
	return l != nil && l.StandsOn(s.today()), err
}

// gone says why a letter is not public: it was withdrawn, or never was.
func (s *Service) gone(ctx context.Context, id string) error {
	w, err := s.store.Withdrawal(ctx, model.KindLetter, id)
	switch {
	case err != nil:
		return err
	case w == nil:
		return model.ErrLetterMissing
	}
	return model.ErrLetterTakenBack.With("", map[string]any{"reason": w.Reason, "day": model.Today(w.At).Chinese()})
}

// Thank keeps whether a public letter was useful to a resident, and gives the count.
func (s *Service) Thank(ctx context.Context, by model.Actor, id string, useful bool) (count int, err error) {
	if _, err := s.ReadPublic(ctx, id); err != nil {
		return 0, err
	}
	return count, s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		count, err = tx.Thank(ctx, id, by.ID, useful)
		return err
	})
}

// Thanked says whether a public letter was useful to a resident, and to how many it was.
func (s *Service) Thanked(ctx context.Context, by model.Actor, id string) (mine bool, count int, err error) {
	l, err := s.ReadPublic(ctx, id)
	if err != nil {
		return false, 0, err
	}
	mine, err = s.store.Thanked(ctx, id, by.ID)
	return mine, l.Useful, err
}

// Lapsed lists the public letters whose answers stand no more, of the departments that
// somebody publishes for: an office confirms them, or writes them anew.
func (s *Service) Lapsed(ctx context.Context, by model.Actor, limit, offset int) ([]model.PublicLetter, int, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, 0, err
	}
	within, limited := directory.Within(by, model.ActPublishLetters)
	return s.store.LapsedLetters(ctx, within, !limited, s.today(), limit, offset)
}

// Confirm keeps that an answer still stands although what it rests on has lapsed.
func (s *Service) Confirm(ctx context.Context, by model.Actor, id, why string) (*model.PublicLetter, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	if err := s.mayConfirm(ctx, by, id); err != nil {
		return nil, err
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.ConfirmLetter(ctx, id, s.today()); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "letter.confirmed", Object: model.Ref{Kind: string(model.KindLetter), ID: id},
			Details: map[string]any{"why": why}})
	})
	if err != nil {
		return nil, err
	}
	return s.store.PublicLetter(ctx, id)
}

func (s *Service) mayConfirm(ctx context.Context, by model.Actor, id string) error {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	p, err := s.store.Publication(ctx, model.KindLetter, id)
	if err != nil || p == nil {
		return orMissing(err)
	}
	if !directory.May(by, model.ActPublishLetters, p.DepartmentID) {
		return model.ErrNotAllowed
	}
	l, err := s.store.PublicLetter(ctx, id)
	switch {
	case err != nil || l == nil:
		return orMissing(err)
	case l.StandsOn(s.today()):
		return model.ErrLetterStands
	}
	return nil
}

func orMissing(err error) error {
	if err != nil {
		return err
	}
	return model.ErrLetterMissing
}
