package words

import (
	"context"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// changed is what the audit trail says of a change: which entry, never its
// words, which may be somebody's name.
type changed struct {
	List  model.WordList `json:"list"`
	ID    string         `json:"id,omitempty"`
	Count int            `json:"count,omitempty"`
	Name  string         `json:"name,omitempty"` // of one of the product's own
}

// change changes a list, seen by nobody else meanwhile.
func (s *Service) change(ctx context.Context, by model.Actor, list model.WordList, act string, do func(*store.Tx, *held) (changed, error)) error {
	if !by.May(model.ActEditWords) {
		return model.ErrNotAllowed
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.TakeWords(ctx); err != nil {
			return err
		}
		h, err := s.held(ctx, tx, list)
		if err != nil {
			return err
		}
		what, err := do(tx, h)
		if err != nil {
			return err
		}
		what.List = list
		return tx.Audit(ctx, by, model.AuditEntry{Act: "words." + act, Object: model.Ref{Kind: "words", ID: what.ID}, Details: what})
	})
}

// words is where a list is read: the store, or a transaction.
type words interface {
	Words(ctx context.Context, list model.WordList) ([]model.WordEntry, error)
	WordsOff(ctx context.Context, list model.WordList) (map[string]bool, error)
}

func (s *Service) held(ctx context.Context, from words, list model.WordList) (*held, error) {
	own, err := from.Words(ctx, list)
	if err != nil {
		return nil, err
	}
	off, err := from.WordsOff(ctx, list)
	return &held{list, own, off, shipped(list), model.Today(s.clock.Now())}, err
}

// Save adds an entry without an ID, or changes the one of its ID if its version
// is still the one that was read.
func (s *Service) Save(ctx context.Context, by model.Actor, e *model.WordEntry) error {
	act := "edited"
	if e.ID == "" {
		act = "added"
	}
	e.UpdatedBy = by.ID
	return s.change(ctx, by, e.List, act, func(tx *store.Tx, h *held) (changed, error) {
		if wrong := h.accept(e); wrong != nil {
			return changed{}, wrong
		}
		err := tx.KeepWord(ctx, e)
		return changed{ID: e.ID}, err
	})
}

// Check says what is wrong with an entry, as Save would, and keeps nothing.
func (s *Service) Check(ctx context.Context, e *model.WordEntry) error {
	h, err := s.held(ctx, s.store, e.List)
	if err != nil {
		return err
	}
	if wrong := h.accept(e); wrong != nil {
		return wrong
	}
	return nil
}

// Remove takes an entry out of its list.
func (s *Service) Remove(ctx context.Context, by model.Actor, e *model.WordEntry) error {
	return s.change(ctx, by, e.List, "removed", func(tx *store.Tx, _ *held) (changed, error) {
		return changed{ID: e.ID}, tx.RemoveWord(ctx, e)
	})
}

// Switch switches one of the product's own entries off, or on again.
func (s *Service) Switch(ctx context.Context, by model.Actor, list model.WordList, name string, off bool) error {
	act := "switched_on"
	if off {
		act = "switched_off"
	}
	return s.change(ctx, by, list, act, func(tx *store.Tx, h *held) (changed, error) {
		there := func(e model.WordEntry) bool { return e.Name == name }
		switch {
		case !slices.ContainsFunc(h.shipped, there):
			return changed{}, model.ErrWordMissing
		case !off && slices.ContainsFunc(h.own, there):
			return changed{}, model.ErrWordTaken.With("name", map[string]any{"word": name})
		}
		return changed{Name: name}, tx.SwitchWord(ctx, list, name, off)
	})
}

// Order puts the words that are shown as searched much into an order. IDs that
// are not exactly those are ErrStale: somebody added or removed one meanwhile.
func (s *Service) Order(ctx context.Context, by model.Actor, ids []string) error {
	return s.change(ctx, by, model.HotWords, "ordered", func(tx *store.Tx, h *held) (changed, error) {
		shown := slices.DeleteFunc(h.own, func(e model.WordEntry) bool { return e.Hidden })
		if len(ids) != len(shown) {
			return changed{}, model.ErrStale
		}
		for i := range shown {
			at := slices.Index(ids, shown[i].ID)
			if at < 0 {
				return changed{}, model.ErrStale
			}
			if shown[i].Position == at+1 {
				continue
			}
			shown[i].Position = at + 1
			if err := tx.KeepWord(ctx, &shown[i]); err != nil {
				return changed{}, err
			}
		}
		return changed{Count: len(ids)}, nil
	})
}
