package letter

import (
	"context"
	"reflect"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// Get reads a letter for staff.
func (s *Service) Get(ctx context.Context, by model.Actor, id string) (*Shown, error) {
	l, err := s.store.Letter(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case l == nil:
		return nil, model.ErrLetterMissing
	}
	rights, err := s.RightsTo(ctx, by, l)
	if err != nil {
		return nil, err
	}
	if !rights.Read {
		return nil, model.ErrNotAllowed
	}
	return s.showOne(ctx, l)
}

// Rights are what somebody may do to a letter as it stands.
type Rights struct {
	Read, Contact, Note, Call, Publish          bool
	Dispatch, Refuse, Review, Merge             bool // the Centre's
	Return, Take, Draft, Sign, Extend, AskToEnd bool // the lead's
	Help, Report, Explain                       bool // of offices that somebody asked
	Instruct, Supervise, Raise, Settle          bool // above the offices
}

// allRights are those of the house itself.
func allRights() (r Rights) {
	all := reflect.ValueOf(&r).Elem()
	for i := range all.NumField() {
		all.Field(i).SetBool(true)
	}
	return r
}

// RightsTo says what somebody may do to a letter as it stands.
func (s *Service) RightsTo(ctx context.Context, by model.Actor, l *model.Letter) (r Rights, err error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return r, err
	}
	if by.Kind == model.TheSystem {
		return allRights(), nil
	}
	may := func(act model.Act, departments ...string) bool {
		return d.May(by, act, "") || slices.ContainsFunc(departments, func(id string) bool { return id != "" && d.May(by, act, id) })
	}
	handled := l.State == model.LetterAssigned || l.State == model.LetterSigning
	answer := may(model.ActAnswerLetters, l.LeadID)
	if l.IsSupervised() {
		answer = may(model.ActSuperviseLetters)
	}
	centre := may(model.ActDispatchLetters)
	r.Read = may(model.ActReadLetters, l.Departments()...) || l.Channel == model.LetterMayor && may(model.ActInstructLetters)
	r.Contact = r.Read && (answer || centre || may(model.ActSuperviseLetters))
	r.Dispatch = centre && !l.IsSupervised() && (l.State == model.LetterReceived || l.State == model.LetterAssigned)
	r.Refuse = centre && l.State == model.LetterReceived
	r.Merge = centre && r.Dispatch
	r.Review = centre && l.State == model.LetterEnding
	r.Return = answer && l.State == model.LetterAssigned && !l.Designated && !l.IsSupervised()
	r.Take, r.Draft = answer && handled, answer && handled
	r.Extend = r.Draft && l.Extension == nil && !l.IsOverdue(s.today())
	r.AskToEnd = answer && l.State == model.LetterAssigned && !l.IsSupervised()
	r.Sign = l.State == model.LetterSigning && (answer && may(model.ActSignLetters, l.LeadID))
	r.Help = l.State.IsOpen() && slices.ContainsFunc(l.Assists, func(a model.LetterAssist) bool { return d.May(by, model.ActAnswerLetters, a.DepartmentID) })
	r.Note = r.Read
	r.Instruct = l.Channel == model.LetterMayor && l.State.IsOpen() && may(model.ActInstructLetters)
	r.Report = slices.ContainsFunc(l.Instructions, func(i model.LetterInstruction) bool {
		return i.ReportedAt.IsZero() && d.May(by, model.ActAnswerLetters, i.DepartmentID)
	})
	r.Publish = may(model.ActPublishLetters, l.LeadID) && l.MayGoPublic() == nil
	r.Call = may(model.ActCallAuthors) && !l.State.IsOpen()
	r.watch(d, by, l)
	return r, nil
}

// Ref names a letter, and the version that was read of it.
type Ref struct {
	ID      string
	Version int64
}

// deskAct is something that staff do to a letter: by what right, what the audit trail
// calls it, and what it does.
type deskAct struct {
	name  string
	right func(Rights) bool
	do    func(l *model.Letter) ([]model.LetterEvent, error)
	also  func(tx *store.Tx, l *model.Letter) error // nil for nothing more
}

// act takes a letter, does something to it and keeps it, all or nothing. It is
// ErrStale where somebody, its author too, was faster.
func (s *Service) act(ctx context.Context, by model.Actor, r Ref, a deskAct) (*Shown, error) {
	var l *model.Letter
	err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if l, err = tx.LetterFor(ctx, r.ID); err != nil {
			return err
		}
		rights, err := s.RightsTo(ctx, by, l)
		switch {
		case err != nil:
			return err
		case !rights.Read:
			return model.ErrNotAllowed
		case r.Version != l.Version:
			return model.ErrStale
		}
		err = s.keep(ctx, tx, by, l, a.name, func() ([]model.LetterEvent, error) {
			steps, err := a.do(l) // what its state forbids is said first
			if err == nil && !a.right(rights) {
				err = model.ErrLetterNotYours
			}
			return steps, err
		})
		if err != nil || a.also == nil {
			return err
		}
		return a.also(tx, l)
	})
	if err != nil {
		return nil, err
	}
	return s.showOne(ctx, l)
}

func (s *Service) event(by model.Actor, department, text string) model.LetterEvent {
	return model.LetterEvent{At: s.clock.Now(), StaffID: staffOf(by), DepartmentID: department, Text: text}
}

func staffOf(by model.Actor) string {
	if by.Kind == model.AStaff {
		return by.ID
	}
	return ""
}

// tell has the author know of a step, in the inbox and through WeChat.
func (s *Service) tell(ctx context.Context, tx *store.Tx, l *model.Letter, step model.LetterStep) error {
	if l.ResidentID == "" {
		return nil // whoever wrote on paper is answered on paper
	}
	return tx.Announce(ctx, &model.Announcement{ID: store.NewID(), Sort: model.AnnounceChange, Kind: model.KindOwnLetter, Object: l.ID,
		What: model.PublicationAct(step), Title: "您的来信 " + l.Number, Rank: model.RankUsual, Stage: model.StageSpreading},
		model.Touch{Kind: model.KindOwnLetter, Key: l.ID})
}

// Answers says whether somebody answers for a department.
func (s *Service) Answers(ctx context.Context, by model.Actor, departmentID string) bool {
	d, err := s.store.Directory(ctx)
	return err == nil && d.May(by, model.ActAnswerLetters, departmentID)
}
