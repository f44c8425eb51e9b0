package letter

import (
	"context"

	"yuandu/model"
)

// Instruct writes what the mayor's office wants done.
func (s *Service) Instruct(ctx context.Context, by model.Actor, r Ref, department, text string) (*Shown, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if department = directory.Now(department); directory.Department(department) == nil {
		return nil, model.ErrDepartmentMissing.With("department", nil)
	}
	if text, err = words(text, model.LetterRemark, model.ErrLetterWords); err != nil {
		return nil, err
	}
	i := model.LetterInstruction{Text: text, DepartmentID: department, StaffID: staffOf(by), At: s.clock.Now()}
	return s.act(ctx, by, r, deskAct{"instructed", func(r Rights) bool { return r.Instruct },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Instruct(i) }, nil})
}

// Report keeps what a department did about an instruction.
func (s *Service) Report(ctx context.Context, by model.Actor, r Ref, instruction, text string) (*Shown, error) {
	text, err := words(text, model.LetterReplyText, model.ErrLetterWords)
	if err != nil {
		return nil, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"reported", func(r Rights) bool { return r.Report }, func(l *model.Letter) ([]model.LetterEvent, error) {
		for _, i := range l.Instructions {
			if i.ID == instruction && directory.May(by, model.ActAnswerLetters, i.DepartmentID) {
				return l.Report(i.ID, s.event(by, i.DepartmentID, text))
			}
		}
		return nil, model.ErrLetterNotWith
	}, nil})
}
