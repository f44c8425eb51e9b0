package policy

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Correction is what readers are told of a change of a public document.
type Correction struct {
	Day  model.Day
	Note string
}

// Proof is what was public of a document, and when.
type Proof struct {
	Kind      model.Kind
	ID        string
	Title     string // of the latest revision
	Public    bool
	MovedTo   string           // the policy it was merged into, "" where it was not
	Revisions []ProvenRevision // the newest first
}

// ProvenRevision is one form of a document that was public.
type ProvenRevision struct {
	Version int64
	SM3     string // of its canonical form, in hex
	Act     model.PublicationAct
	Note    string
	From    time.Time
	Until   time.Time // zero where it is public
	Closed  string    // why it may not be read any more, "" where it may
}

// Proof tells what was public of a document, and when; that it was stays proven
// when it is withdrawn.
func (s *Service) Proof(ctx context.Context, kind model.Kind, id string) (*Proof, error) {
	latest, err := s.store.LatestRevision(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	if latest == nil {
		return nil, missingOf(kind)
	}
	form, err := model.ReadCanonical([]byte(latest.Canonical))
	if err != nil {
		return nil, err
	}
	revisions, err := s.store.RevisionLog(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	withdrawals, err := s.store.Withdrawals(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	moved, err := s.store.MovedTo(ctx, kind, id)
	list := proven(revisions, withdrawals)
	return &Proof{Kind: kind, ID: id, Title: form.Title, Public: list[0].Until.IsZero() && moved == "", MovedTo: moved, Revisions: list}, err
}

func missingOf(kind model.Kind) error {
	switch kind {
	case model.KindInterpretation:
		return model.ErrInterpretationMissing
	case model.KindMeeting:
		return model.ErrMeetingMissing
	case model.KindConsultation:
		return model.ErrConsultationMissing
	case model.KindEvent:
		return model.ErrEventMissing
	case model.KindGazette:
		return model.ErrGazetteMissing
	}
	return model.ErrPolicyMissing
}

// proven says until when each revision was public: until the next one, or until
// the document was withdrawn.
func proven(revisions []store.Revision, withdrawals []time.Time) []ProvenRevision {
	list := make([]ProvenRevision, len(revisions))
	next := time.Time{}
	for i, r := range revisions {
		list[i] = ProvenRevision{r.Version, r.SM3, r.Act, r.Note, r.SavedAt, next, r.Closed}
		for _, w := range withdrawals {
			if w.After(r.SavedAt) && (list[i].Until.IsZero() || w.Before(list[i].Until)) {
				list[i].Until = w
			}
		}
		next = r.SavedAt
	}
	return list
}

// Canonical is the form of what is public now, over which its SM3 is made.
func (s *Service) Canonical(ctx context.Context, kind model.Kind, id string) ([]byte, error) {
	latest, err := s.store.LatestRevision(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	if latest == nil {
		return nil, missingOf(kind)
	}
	if err := s.gone(ctx, kind, id, nil); err != nil {
		return nil, err
	}
	return []byte(latest.Canonical), nil
}

// corrections are the revisions that tell their readers of a correction.
func corrections(revisions []store.Revision) (list []Correction) {
	for _, r := range revisions {
		if r.Act == model.PubCorrected {
			list = append(list, Correction{model.Today(r.SavedAt), r.Note})
		}
	}
	return list
}
