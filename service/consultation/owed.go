package consultation

import (
	"context"
	"slices"

	"yuandu/model"
	"yuandu/outside"
	"yuandu/store"
)

// Owed is a consultation of which something is to be done: somebody has to look at what was
// said, or it is over and not told what became of that.
type Owed struct {
	Shown
	At  model.Department // whose it is
	Nag int              // which of Nags has passed, 0 for none
}

// mostOwed is how many consultations are listed at most.
const mostOwed = 500

// Owed lists them, as far as somebody may see to them: what is over first, that which waits
// longest before the others.
func (s *Service) Owed(ctx context.Context, by model.Actor) ([]Owed, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.owed(ctx, directory)
	return slices.DeleteFunc(list, func(c Owed) bool { return !directory.May(by, model.ActReadOpinions, c.At.ID) }), err
}

func (s *Service) owed(ctx context.Context, directory *store.Directory) ([]Owed, error) {
	var owed []Owed
	for _, phase := range []model.ConsultationPhase{model.ConsultationClosed, model.ConsultationOpen} {
		list, err := s.owedIn(ctx, directory, phase)
		if err != nil {
			return nil, err
		}
		owed = append(owed, list...)
	}
	return owed, nil
}

func (s *Service) owedIn(ctx context.Context, directory *store.Directory, phase model.ConsultationPhase) ([]Owed, error) {
	list, _, err := s.store.Consultations(ctx, store.ConsultationFilter{Phase: phase, Today: s.today(), Limit: mostOwed})
	if err != nil {
		return nil, err
	}
	shown, err := s.shown(ctx, list...)
	if err != nil {
		return nil, err
	}
	var owed []Owed
	for _, c := range slices.Backward(shown) {
		if phase == model.ConsultationOpen && c.Said.Waiting == 0 {
			continue
		}
		p, err := s.store.Publication(ctx, model.KindConsultation, c.ID)
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		v := Owed{Shown: c, Nag: model.NagOf(c.DaysLate)}
		if at := directory.Department(p.DepartmentID); at != nil {
			v.At = *at
		}
		owed = append(owed, v)
	}
	return owed, nil
}

// Remind tells offices, in the list of a morning, of what is owed: when the last list was
// told, it was not yet time to ask for one of them anew.
func (s *Service) Remind(ctx context.Context, since model.Day, within map[string]bool, list *outside.MorningList) error {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	owed, err := s.owed(ctx, directory)
	due := false
	for _, c := range owed {
		if !within[c.At.ID] || c.Nag == 0 {
			continue
		}
		list.Reports++
		list.ReportDays = max(list.ReportDays, c.DaysLate)
		due = due || model.Nagging(c.DaysLate) > model.Nagging(model.DaysSince(c.Closes, since))
	}
	if !due {
		list.Reports, list.ReportDays = 0, 0
	}
	return err
}
