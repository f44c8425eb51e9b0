package event

import (
	"context"
	"strings"

	"yuandu/model"
	"yuandu/store"
)

// Attendance is who signed up to an event, without names.
type Attendance struct {
	Event   model.Book
	Phase   SignUpPhase
	Figures model.SignUpFigures
	SignUps []model.SignUp
	Draw    *Draw // nil where nothing is drawn
}

// Attendance reads the book of an event for its office. It is ErrEventMissing where the
// event never was public.
func (s *Service) Attendance(ctx context.Context, by model.Actor, id string) (*Attendance, error) {
	if err := s.mayAttend(ctx, by, id); err != nil {
		return nil, err
	}
	b, err := s.store.Book(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case b == nil:
		return nil, model.ErrEventMissing
	}
	a := &Attendance{Event: *b, Phase: phaseOf(b, s.clock.Now())}
	if a.Figures, err = s.store.SignUpFigures(ctx, id); err != nil {
		return nil, err
	}
	if b.SeedHash != "" {
		if a.Draw, err = drawOf(b); err != nil {
			return nil, err
		}
	}
	a.SignUps, err = s.store.SignUpsTo(ctx, id)
	return a, err
}

// mayAttend is ErrNotAllowed where somebody has not to do with the visitors of an event.
func (s *Service) mayAttend(ctx context.Context, by model.Actor, id string) error {
	p, err := s.store.Publication(ctx, model.KindEvent, id)
	if err != nil {
		return err
	}
	d, err := s.store.Directory(ctx)
	switch {
	case err != nil:
		return err
	case p == nil:
		return model.ErrEventMissing
	case by.Kind != model.TheSystem && !d.May(by, model.ActAttendEvents, p.DepartmentID):
		return model.ErrNotAllowed
	}
	return nil
}

// Names reads who signed up, with names and telephones, for a reason that the audit trail
// keeps (个人信息保护法第五十一条).
func (s *Service) Names(ctx context.Context, by model.Actor, id, why string) (list []model.SignUp, err error) {
	if err := s.mayAttend(ctx, by, id); err != nil {
		return nil, err
	}
	if strings.TrimSpace(why) == "" {
		return nil, model.ErrReasonNeeded
	}
	return list, s.store.InTx(ctx, func(tx *store.Tx) error {
		if list, err = tx.PersonsTo(ctx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "event.names_read", Object: model.Ref{Kind: string(model.KindEvent), ID: id},
			Details: map[string]any{"why": strings.TrimSpace(why), "count": len(list)}})
	})
}

// CheckIn lets in who shows a code, once.
func (s *Service) CheckIn(ctx context.Context, by model.Actor, id, code string) (v *model.SignUp, err error) {
	if err := s.mayAttend(ctx, by, id); err != nil {
		return nil, err
	}
	code = strings.NewReplacer(" ", "", "-", "", "0", "O", "1", "I", "8", "B").Replace(strings.ToUpper(code)) // codes have no 0, 1 and 8
	return v, s.store.InTx(ctx, func(tx *store.Tx) error {
		b, err := tx.BookFor(ctx, id)
		switch {
		case err != nil:
			return err
		case b == nil:
			return model.ErrEventMissing
		}
		if v, err = tx.SignUpByCode(ctx, id, code); err != nil {
			return err
		}
		if v == nil {
			return model.ErrSignUpCode
		}
		if err := b.CheckIn(v, by.ID, s.clock.Now()); err != nil {
			return err
		}
		if err := tx.KeepSignUp(ctx, v); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "event.checked_in", Object: model.Ref{Kind: string(model.KindEvent), ID: id},
			Details: map[string]any{"number": v.Number}})
	})
}
