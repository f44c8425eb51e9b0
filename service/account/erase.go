package account

import (
	"context"
	"crypto/rand"
	"strconv"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Erase erases the account of whoever asks: everything but what the law makes
// us keep, in one transaction, and gives the certificate.
func (s *Service) Erase(ctx context.Context, p *Presence) (*model.Erasure, error) {
	e := &model.Erasure{Number: erasureNumber()}
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		for _, h := range s.holdings {
			items, err := h.Erase(ctx, tx, p.Actor.ID, s.clock.Now())
			if err != nil {
				return err
			}
			e.Items = append(e.Items, items...)
		}
		if err := tx.AddErasure(ctx, p.Actor.ID, e); err != nil {
			return err
		}
		return tx.Audit(ctx, p.Actor, entry("resident.erased", p.Actor.ID, nil))
	})
	if err != nil {
		return nil, err
	}
	return e, nil
}

// erasureNumber cannot be guessed: whoever has it was given it.
func erasureNumber() string {
	text := rand.Text()
	return strings.Join([]string{text[:5], text[5:10], text[10:15], text[15:20]}, "-")
}

// Erasure reads a certificate.
func (s *Service) Erasure(ctx context.Context, number string) (*model.Erasure, error) {
	e, err := s.store.Erasure(ctx, strings.ToUpper(strings.TrimSpace(number)))
	if err == nil && e == nil {
		err = model.ErrErasureNotFound
	}
	return e, err
}

// Erasures lists certificates for those who watch over them.
func (s *Service) Erasures(ctx context.Context, by model.Actor, limit, offset int) ([]model.Erasure, error) {
	if !by.May(model.ActReadErasures) {
		return nil, model.ErrNotAllowed
	}
	return s.store.Erasures(ctx, limit, offset)
}

// Counts counts residents for those who may know how many there are.
func (s *Service) Counts(ctx context.Context, by model.Actor) (*store.ResidentCounts, error) {
	if !by.May(model.ActCountResidents) {
		return nil, model.ErrNotAllowed
	}
	return s.store.ResidentCounts(ctx, s.clock.Now().AddDate(0, -1, 0))
}

// Export gathers everything about whoever asks.
func (s *Service) Export(ctx context.Context, p *Presence) ([]Section, error) {
	var sections []Section
	for _, h := range s.holdings {
		v, err := h.Export(ctx, p.Actor.ID)
		if err != nil {
			return nil, err
		}
		if v.Name != "" {
			sections = append(sections, v)
		}
	}
	return sections, s.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.Audit(ctx, p.Actor, entry("resident.exported", p.Actor.ID, nil))
	})
}

// Tables names every table that the holdings answer for.
func (s *Service) Tables() []string {
	var names []string
	for _, h := range s.holdings {
		names = append(names, h.Tables()...)
	}
	return names
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(model.Shanghai).Format("2006-01-02 15:04:05")
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
