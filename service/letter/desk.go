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

// AskToEnd asks the Centre to end a letter that can't be solved.
func (s *Service) AskToEnd(ctx context.Context, by model.Actor, r Ref, why string) (*Shown, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"ending", func(r Rights) bool { return r.AskToEnd },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.AskToEnd(s.event(by, "", why)) }, nil})
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

// Clear notes that a person looked at what the text check doubted.
func (s *Service) Clear(ctx context.Context, by model.Actor, r Ref) (*Shown, error) {
	return s.act(ctx, by, r, deskAct{"cleared", func(r Rights) bool { return r.Dispatch },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Clear(s.event(by, "", "")) }, nil})
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
