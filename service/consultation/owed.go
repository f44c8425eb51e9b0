package consultation

import (
	"context"
	"slices"

	"yuandu/model"
	"yuandu/outside"
	"yuandu/store"
)

// Owed is a consultation that is over, and of which it is not told what became of what
// was said.
type Owed struct {
	Shown
	At  model.Department // whose it is
	Nag int              // which of Nags has passed, 0 for none
}

// mostOwed is how many consultations are listed at most.
const mostOwed = 500

// Owed lists them, as far as somebody may see to them, the one that waits longest first.
func (s *Service) Owed(ctx context.Context, by model.Actor) ([]Owed, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.owed(ctx, directory)
	return slices.DeleteFunc(list, func(c Owed) bool { return !directory.May(by, model.ActReadOpinions, c.At.ID) }), err
}

func (s *Service) owed(ctx context.Context, directory *store.Directory) ([]Owed, error) {
	list, _, err := s.store.Consultations(ctx, store.ConsultationFilter{Phase: model.ConsultationClosed, Today: s.today(), Limit: mostOwed})
	if err != nil {
		return nil, err
	}
	shown, err := s.shown(ctx, list...)
	if err != nil {
		return nil, err
	}
	var owed []Owed
	for _, c := range slices.Backward(shown) {
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
