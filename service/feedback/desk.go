package feedback

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// may is ErrNotAllowed where somebody may not act on what a department answers.
func (s *Service) may(ctx context.Context, by model.Actor, act model.Act, departmentID string) error {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	if by.Kind != model.TheSystem && !directory.May(by, act, departmentID) {
		return model.ErrNotAllowed
	}
	return nil
}

// Get reads a feedback for staff.
func (s *Service) Get(ctx context.Context, by model.Actor, id string) (*Shown, error) {
	f, err := s.store.Feedback(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case f == nil:
		return nil, model.ErrFeedbackMissing
	}
	if err := s.may(ctx, by, model.ActReadFeedback, f.DepartmentID); err != nil {
		return nil, err
	}
	return s.showOne(ctx, f)
}

// Rights are what somebody may do to a feedback as it stands.
type Rights struct{ Answer, Assign, Note bool }

// RightsTo says what somebody may do to a feedback as it stands.
func (s *Service) RightsTo(ctx context.Context, by model.Actor, f *model.Feedback) (Rights, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return Rights{}, err
	}
	answer := directory.May(by, model.ActAnswerFeedback, f.DepartmentID)
	return Rights{Answer: f.IsOpen() && answer, Note: answer,
		Assign: f.IsOpen() && directory.May(by, model.ActAssignFeedback, f.DepartmentID)}, nil
}

// Ref names a feedback, and the version that was read of it.
type Ref struct {
	ID      string
	Version int64
}

// Reply is an answer as somebody writes it.
type Reply struct {
	Text    string
	Outcome model.FeedbackOutcome
	Reason  string
}

// Answer answers a feedback.
func (s *Service) Answer(ctx context.Context, by model.Actor, r Ref, reply Reply) (*Shown, error) {
	text, err := model.Written(reply.Text, model.FeedbackText)
	if err != nil {
		return nil, err
	}
	a := model.FeedbackAnswer{Text: text, Outcome: reply.Outcome, StaffID: staffOf(by), At: s.clock.Now()}
	if reply.Outcome == model.OutcomeNotAccepted {
		if a.Reason, err = model.Written(reply.Reason, model.FeedbackRemark); err != nil {
			return nil, model.ErrFeedbackReason
		}
	}
	return s.act(ctx, by, r, deskAct{model.ActAnswerFeedback, "answered", func(f *model.Feedback) ([]model.FeedbackEvent, error) { return f.Answer(a) }})
}

// Assign gives a feedback to a department.
func (s *Service) Assign(ctx context.Context, by model.Actor, r Ref, departmentID, why string) (*Shown, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if departmentID = directory.Now(departmentID); directory.Department(departmentID) == nil {
		return nil, model.ErrDepartmentMissing.With("department", nil)
	}
	if why, err = model.Written(why, model.FeedbackRemark); err != nil {
		return nil, model.ErrFeedbackWhy
	}
	e := model.FeedbackEvent{At: s.clock.Now(), StaffID: staffOf(by), DepartmentID: departmentID, Text: why}
	return s.act(ctx, by, r, deskAct{model.ActAssignFeedback, "assigned", func(f *model.Feedback) ([]model.FeedbackEvent, error) { return f.Assign(e) }})
}

// Note adds an internal note.
func (s *Service) Note(ctx context.Context, by model.Actor, r Ref, text string) (*Shown, error) {
	text, err := model.Written(text, model.FeedbackRemark)
	if err != nil {
		return nil, err
	}
	e := model.FeedbackEvent{At: s.clock.Now(), StaffID: staffOf(by), Text: text}
	return s.act(ctx, by, r, deskAct{model.ActAnswerFeedback, "noted", func(f *model.Feedback) ([]model.FeedbackEvent, error) { return f.Note(e) }})
}

func staffOf(by model.Actor) string {
	if by.Kind == model.AStaff {
		return by.ID
	}
	return ""
}

// deskAct is something that staff do to a feedback: by what right, what the audit
// trail calls it, and what it does.
type deskAct struct {
	right model.Act
	name  string
	do    func(*model.Feedback) ([]model.FeedbackEvent, error)
}

// act takes a feedback, does something to it and keeps it, all or nothing. It is
// ErrStale where somebody, the resident too, was faster.
func (s *Service) act(ctx context.Context, by model.Actor, r Ref, a deskAct) (*Shown, error) {
	var f *model.Feedback
	err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if f, err = tx.FeedbackFor(ctx, r.ID); err != nil {
			return err
		}
		if err := s.may(ctx, by, a.right, f.DepartmentID); err != nil {
			return err
		}
		if r.Version != f.Version {
			return model.ErrStale
		}
		return keep(ctx, tx, by, f, a.name, a.do)
	})
	if err != nil {
		return nil, err
	}
	return s.showOne(ctx, f)
}

// Names are the names of staff who had a hand in a feedback, by ID.
func (s *Service) Names(ctx context.Context, f *model.Feedback) (map[string]string, error) {
	seen := map[string]bool{}
	var ids []string
	for _, e := range f.Events {
		if e.StaffID != "" && !seen[e.StaffID] {
			seen[e.StaffID] = true
			ids = append(ids, e.StaffID)
		}
	}
	return s.store.StaffNames(ctx, ids)
}
