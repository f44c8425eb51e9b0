package letter

import (
	"context"
	"errors"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// Left is a letter of several to which nothing was done, and why.
type Left struct {
	ID, Number string
	Why        *model.Error
}

// Handed is what became of several letters that were to change hands.
type Handed struct {
	Moved []string
	Left  []Left
}

// HandOver gives letters of one's own office to a colleague, each for itself: those
// that the colleague may not handle stay where they are.
func (s *Service) HandOver(ctx context.Context, by model.Actor, ids []string, to, why string) (*Handed, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	heir, err := s.heir(ctx, to)
	if err != nil {
		return nil, err
	}
	handed := &Handed{}
	for _, id := range ids {
		number, err := s.handOne(ctx, by, id, heir, why)
		var refused *model.Error
		switch {
		case err == nil:
			handed.Moved = append(handed.Moved, id)
		case errors.As(err, &refused):
			handed.Left = append(handed.Left, Left{id, number, refused})
		default:
			return nil, err
		}
	}
	return handed, nil
}

// heir is somebody with an open account.
func (s *Service) heir(ctx context.Context, id string) (*model.Staff, error) {
	found, err := s.store.Staff(ctx, id)
	if err == nil && (found == nil || found.IsClosed()) {
		err = model.ErrHandOverTo
	}
	return found, err
}

func (s *Service) handOne(ctx context.Context, by model.Actor, id string, heir *model.Staff, why string) (number string, err error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return "", err
	}
	return number, s.store.InTx(ctx, func(tx *store.Tx) error {
		l, err := tx.LetterFor(ctx, id)
		if err != nil {
			return err
		}
		number = l.Number
		switch {
		case l.IsSupervised() || l.LeadID == "" || !directory.May(by, model.ActHandOverLetters, l.LeadID):
			return model.ErrLetterNotYours
		case !answersFor(directory, heir.ID, heir.Grants, l):
			return model.ErrLetterHeir
		}
		return s.handTo(ctx, tx, by, l, heir, why)
	})
}

// answersFor says whether somebody with some roles may handle a letter.
func answersFor(d *store.Directory, staffID string, grants []model.Grant, l *model.Letter) bool {
	who := model.Actor{Kind: model.AStaff, ID: staffID, Grants: grants}
	if l.IsSupervised() {
		return d.May(who, model.ActSuperviseLetters, "")
	}
	return l.LeadID != "" && d.May(who, model.ActAnswerLetters, l.LeadID)
}

// handTo gives a letter that was taken to somebody, nil for whoever takes it.
func (s *Service) handTo(ctx context.Context, tx *store.Tx, by model.Actor, l *model.Letter, heir *model.Staff, why string) error {
	to, text := "", why
	if heir != nil {
		to, text = heir.ID, heir.Name+"："+why
	}
	return s.keep(ctx, tx, by, l, "handed_over", func() ([]model.LetterEvent, error) { return l.HandOver(to, s.event(by, "", text)) })
}

// Work is the letters that somebody has in hand.
type Work struct{ letters *Service }

// Work tells the staff what of letters waits for somebody.
func (s *Service) Work() *Work { return &Work{s} }

// Open counts the letters in somebody's hands that cannot stay there.
func (w *Work) Open(ctx context.Context, h model.Handover) ([]model.OpenWork, error) {
	s := w.letters
	ids, err := s.store.LettersInHand(ctx, h.From)
	if err != nil {
		return nil, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	open := model.OpenWork{Kind: "letter"}
	for _, id := range ids {
		l, err := s.store.Letter(ctx, id)
		if err != nil {
			return nil, err
		}
		if l != nil && !answersFor(directory, h.From, h.Keeps, l) {
			open.Count++
		}
	}
	return []model.OpenWork{open}, nil
}

// HandOver gives what cannot stay in somebody's hands to the heir; what the heir may not
// handle goes back to its office, where somebody takes it.
func (w *Work) HandOver(ctx context.Context, tx *store.Tx, h model.Handover) error {
	s := w.letters
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	var heir *model.Staff
	if h.To != "" {
		if heir, err = tx.Staff(ctx, h.To); err != nil {
			return err
		}
	}
	ids, err := tx.LettersInHand(ctx, h.From)
	if err != nil {
		return err
	}
	for _, id := range ids {
		l, err := tx.LetterFor(ctx, id)
		if err != nil {
			return err
		}
		if answersFor(directory, h.From, h.Keeps, l) {
			continue
		}
		if err := s.handOn(ctx, tx, directory, h, l, heir); err != nil {
			return err
		}
	}
	return nil
}

// handOn gives a letter to the heir, or to nobody where the heir may not handle it, or
// did so in an earlier round.
func (s *Service) handOn(ctx context.Context, tx *store.Tx, d *store.Directory, h model.Handover, l *model.Letter, heir *model.Staff) error {
	if heir != nil && answersFor(d, heir.ID, heir.Grants, l) {
		err := s.handTo(ctx, tx, h.By, l, heir, h.Why)
		if !errors.Is(err, model.ErrLetterSameHandler) {
			return err
		}
	}
	return s.handTo(ctx, tx, h.By, l, nil, h.Why)
}

// Colleagues are those to whom somebody may give letters of the own office.
func (s *Service) Colleagues(ctx context.Context, by model.Actor) ([]model.Staff, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	offices, _ := directory.Within(by, model.ActHandOverLetters)
	var list []model.Staff
	for _, role := range []model.Role{model.CaseHandler, model.OfficeHead} {
		some, _, err := s.store.StaffList(ctx, store.StaffFilter{Role: role, State: "open", Limit: mostColleagues})
		if err != nil {
			return nil, err
		}
		for _, x := range some {
			if answersOne(directory, x, offices) && !containsStaff(list, x.ID) {
				list = append(list, x)
			}
		}
	}
	return list, nil
}

// mostColleagues is how many of a city's staff are looked through.
const mostColleagues = 5000

func answersOne(d *store.Directory, x model.Staff, offices []string) bool {
	who := model.Actor{Kind: model.AStaff, ID: x.ID, Grants: x.Grants}
	return slices.ContainsFunc(offices, func(id string) bool { return d.May(who, model.ActAnswerLetters, id) })
}

func containsStaff(list []model.Staff, id string) bool {
	return slices.ContainsFunc(list, func(s model.Staff) bool { return s.ID == id })
}
