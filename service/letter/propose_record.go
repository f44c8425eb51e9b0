package letter

import (
	"context"
	"strings"

	"yuandu/model"
)

// suggestion is what the house would have done with a letter.
type suggestion struct {
	offices []model.Proposed
	called  func(string) string
}

// proposedFor is what is proposed for a letter that staff are about to dispatch, so that
// it stands beside what they did.
func (s *Service) proposedFor(ctx context.Context, by model.Actor, r Ref) (v suggestion, err error) {
	if by.Kind != model.AStaff {
		return v, nil
	}
	l, err := s.store.Letter(ctx, r.ID)
	if err != nil || l == nil || l.State != model.LetterReceived {
		return v, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return v, err
	}
	v.called = shortNames(directory)
	offices, sure, err := s.proposed(ctx, l)
	if sure { // a possibility is no proposal
		v.offices = offices
	}
	return v, err
}

// step is how what was proposed and what was done are written down, nothing where
// nothing was proposed.
func (v suggestion) step(d model.Dispatching) []model.LetterEvent {
	if len(v.offices) == 0 {
		return nil
	}
	names := make([]string, len(v.offices))
	for i, o := range v.offices {
		names[i] = v.called(o.Office)
	}
	done := "没有采用"
	if v.offices[0].Office == d.Lead {
		done = "采用了"
	}
	return []model.LetterEvent{{At: d.At, What: model.LetterStepProposed, DepartmentID: v.offices[0].Office,
		Text: strings.Join(names, "、") + "；" + done}}
}
