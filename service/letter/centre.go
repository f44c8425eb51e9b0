package letter

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// Dispatching is to whom a letter goes, as the Centre says it.
type Dispatching struct {
	Lead    string
	Assists []string
	Term    model.Term // none for the usual one
	Final   bool
	Why     string
}

// Dispatch gives a letter to an office that leads, and others that help.
func (s *Service) Dispatch(ctx context.Context, by model.Actor, r Ref, v Dispatching) (*Shown, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	known := func(id string) (string, error) {
		if id = directory.Now(id); directory.Department(id) == nil {
			return "", model.ErrDepartmentMissing.With("department", nil)
		}
		return id, nil
	}
	d := model.Dispatching{Term: v.Term, Final: v.Final, StaffID: staffOf(by), At: s.clock.Now()}
	if d.Lead, err = known(v.Lead); err != nil {
		return nil, err
	}
	for _, id := range v.Assists {
		if id, err = known(id); err != nil {
			return nil, err
		}
		d.Assists = append(d.Assists, id)
	}
	if d.Term, err = termOf(v.Term); err != nil {
		return nil, err
	}
	if d.Why, err = orWords(v.Why, model.LetterRemark, model.ErrLetterWhy); err != nil {
		return nil, err
	}
	proposed, err := s.proposedFor(ctx, by, r)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"dispatched", func(r Rights) bool { return r.Dispatch },
		func(l *model.Letter) ([]model.LetterEvent, error) {
			was := l.State
			steps, err := l.Dispatch(d)
			if err == nil && was == model.LetterReceived {
				steps = append(steps, proposed.step(d)...)
			}
			return steps, err
		}, nil})
}

// termOf is the usual term, or a longer one with its law.
func termOf(t model.Term) (model.Term, error) {
	if t.Workdays <= model.UsualTerm.Workdays {
		return model.UsualTerm, nil
	}
	return t, t.Validate()
}

// Refuse does not accept a letter, with the reason and the way out.
func (s *Service) Refuse(ctx context.Context, by model.Actor, r Ref, g model.LetterGround, why string) (*Shown, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"refused", func(r Rights) bool { return r.Refuse },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Refuse(g, s.event(by, "", why)) },
		func(tx *store.Tx, l *model.Letter) error { return s.tell(ctx, tx, l, model.LetterStepRefused) }})
}

// End ends a letter without solution, or has it handled on.
func (s *Service) End(ctx context.Context, by model.Actor, r Ref, agreed bool, why string) (*Shown, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"ended", func(r Rights) bool { return r.Review },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.End(agreed, s.event(by, l.LeadID, why)) },
		func(tx *store.Tx, l *model.Letter) error {
			if !agreed {
				return nil
			}
			return s.tell(ctx, tx, l, model.LetterStepEnded)
		}})
}

// Merge has a letter go with another about the same matter.
func (s *Service) Merge(ctx context.Context, by model.Actor, r Ref, into string) (*Shown, error) {
	id, err := s.store.LetterByNumber(ctx, into)
	if err != nil {
		return nil, err
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		main, err := tx.LetterFor(ctx, id)
		if err == nil {
			_, err = s.mergeOne(ctx, tx, by, main, r)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.Get(ctx, by, r.ID)
}

// Clear notes that a person looked at what the text check doubted.
func (s *Service) Clear(ctx context.Context, by model.Actor, r Ref) (*Shown, error) {
	return s.act(ctx, by, r, deskAct{"cleared", func(r Rights) bool { return r.Dispatch },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Clear(s.event(by, "", "")) }, nil})
}
