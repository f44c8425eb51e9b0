package letter

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// Return gives a letter back to the Centre.
func (s *Service) Return(ctx context.Context, by model.Actor, r Ref, why string) (*Shown, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"returned", func(r Rights) bool { return r.Return },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Return(s.event(by, "", why)) }, nil})
}

// Take has the asker handle a letter.
func (s *Service) Take(ctx context.Context, by model.Actor, r Ref) (*Shown, error) {
	return s.act(ctx, by, r, deskAct{"taken", func(r Rights) bool { return r.Take },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Take(s.event(by, l.LeadID, "")) }, nil})
}

// Help keeps what a helping office says: a department, "" for the asker's own.
func (s *Service) Help(ctx context.Context, by model.Actor, r Ref, department, text string) (*Shown, error) {
	text, err := words(text, model.LetterReplyText, model.ErrLetterWords)
	if err != nil {
		return nil, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"assisted", func(r Rights) bool { return r.Help }, func(l *model.Letter) ([]model.LetterEvent, error) {
		for _, a := range l.Assists {
			asked := department == "" || a.DepartmentID == department
			if asked && (by.Kind == model.TheSystem || directory.May(by, model.ActAnswerLetters, a.DepartmentID)) {
				return l.Help(s.event(by, a.DepartmentID, text))
			}
		}
		return nil, model.ErrLetterNotWith
	}, nil})
}

// Note adds an internal note.
func (s *Service) Note(ctx context.Context, by model.Actor, r Ref, text string) (*Shown, error) {
	text, err := words(text, model.LetterRemark, model.ErrLetterWords)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"noted", func(r Rights) bool { return r.Note },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Note(s.event(by, "", text)) }, nil})
}

// Reply is an answer as somebody writes it.
type Reply struct {
	Text    string
	Basis   string
	Outcome model.LetterOutcome
}

// Draft writes a reply and has it wait for its signature.
func (s *Service) Draft(ctx context.Context, by model.Actor, r Ref, v Reply) (*Shown, error) {
	text, err := words(v.Text, model.LetterReplyText, model.ErrLetterWords)
	if err != nil {
		return nil, err
	}
	if err := unfilled(text); err != nil {
		return nil, err
	}
	basis, err := orWords(v.Basis, model.LetterRemark, model.ErrLetterBasis)
	if err != nil {
		return nil, err
	}
	reply := model.LetterReply{Text: text, Basis: basis, Outcome: v.Outcome, DraftedBy: staffOf(by), DraftedAt: s.clock.Now()}
	return s.act(ctx, by, r, deskAct{"drafted", func(r Rights) bool { return r.Draft },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Propose(reply) }, nil})
}

// Sign sends the reply that waits, to the author of each letter that goes with this
// one too.
func (s *Service) Sign(ctx context.Context, by model.Actor, r Ref) (*Shown, error) {
	return s.act(ctx, by, r, deskAct{"signed", func(r Rights) bool { return r.Sign }, func(l *model.Letter) ([]model.LetterEvent, error) {
		return l.Sign(staffOf(by), l.DueDay, s.clock.Now())
	}, func(tx *store.Tx, l *model.Letter) error { return s.answerMerged(ctx, tx, by, l) }})
}

func (s *Service) answerMerged(ctx context.Context, tx *store.Tx, by model.Actor, l *model.Letter) error {
	if err := s.tell(ctx, tx, l, model.LetterStepAnswered); err != nil {
		return err
	}
	ids, err := tx.MergedInto(ctx, l.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		with, err := tx.LetterFor(ctx, id)
		if err != nil {
			return err
		}
		if with.State != model.LetterMerged {
			continue // has an answer of an earlier round
		}
		err = s.keep(ctx, tx, by, with, "answered", func() ([]model.LetterEvent, error) { return with.Follow(*l.Answer()) })
		if err != nil {
			return err
		}
		if err := s.tell(ctx, tx, with, model.LetterStepAnswered); err != nil {
			return err
		}
	}
	return nil
}

// SendBack has the reply written anew.
func (s *Service) SendBack(ctx context.Context, by model.Actor, r Ref, why string) (*Shown, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"sent_back", func(r Rights) bool { return r.Sign },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.SendBack(s.event(by, l.LeadID, why)) }, nil})
}

// Extend takes a longer time, with an explanation and a plan.
func (s *Service) Extend(ctx context.Context, by model.Actor, r Ref, day model.Day, why, plan string) (*Shown, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	if plan, err = words(plan, model.LetterRemark, model.ErrLetterPlan); err != nil {
		return nil, err
	}
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	x := model.LetterExtension{Why: why, Plan: plan, StaffID: staffOf(by), At: s.clock.Now()}
	return s.act(ctx, by, r, deskAct{"extended", func(r Rights) bool { return r.Draft },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Extend(calendar, day, x) },
		func(tx *store.Tx, l *model.Letter) error { return s.tell(ctx, tx, l, model.LetterStepExtended) }})
}

// AskToEnd asks the Centre to end a letter that can't be solved.
func (s *Service) AskToEnd(ctx context.Context, by model.Actor, r Ref, why string) (*Shown, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"ending", func(r Rights) bool { return r.AskToEnd },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.AskToEnd(s.event(by, "", why)) }, nil})
}

// Contact reads how the author of a letter can be reached, and writes down who read
// it and why (个人信息保护法第五十一条).
func (s *Service) Contact(ctx context.Context, by model.Actor, id, why string) (c model.LetterContact, err error) {
	if why, err = words(why, model.LetterRemark, model.ErrLetterWhy); err != nil {
		return c, err
	}
	return c, s.store.InTx(ctx, func(tx *store.Tx) error {
		l, err := tx.LetterFor(ctx, id)
		if err != nil {
			return err
		}
		rights, err := s.RightsTo(ctx, by, l)
		switch {
		case err != nil:
			return err
		case !rights.Read:
			return model.ErrNotAllowed
		case !rights.Contact:
			return model.ErrLetterNotYours
		}
		if c, err = tx.LetterContact(ctx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "letter.contact", Object: model.Ref{Kind: "letter", ID: id},
			Details: map[string]any{"why": why}})
	})
}
