package publication

import (
	"context"
	"slices"
	"strings"

	"yuandu/model"
	"yuandu/store"
)

// Question asks for a list of documents on their way; what is empty does not
// narrow it.
type Question struct {
	Kind          model.Kind
	Stages        []model.Stage
	Text          string
	Department    string // and all below it
	Mine          bool   // in which the asker writes
	Waiting       bool   // for the asker's review
	Returned      bool   // drafts of the asker's that were given back
	Failed        bool   // could not be published at their time
	Deleted       bool
	Expiring      bool // within six months
	Unexplained   bool
	Import        string // whose drafts they were
	Sort          Sort
	Offset, Limit int
}

// Row is a document in a list, and Sort the order of one.
type (
	Row  = store.PublicationRow
	Sort = store.PublicationSort
)

// Page is a part of a list.
type Page struct {
	Items  []Row
	Total  int
	Counts map[model.Stage]int // of all that the asker sees, whatever the question
}

// expiringWithin is how long ahead the end of a document's validity is shown.
const expiringWithin = 6 // months

// List lists the documents that somebody may see.
func (s *Service) List(ctx context.Context, by model.Actor, q Question) (*Page, error) {
	all, err := s.seen(ctx, by, q.Kind)
	if err != nil {
		return nil, err
	}
	f, err := s.filter(ctx, by, q, all)
	if err != nil {
		return nil, err
	}
	page := &Page{}
	if page.Items, page.Total, err = s.store.PublicationList(ctx, f); err != nil {
		return nil, err
	}
	page.Counts, err = s.store.CountPublications(ctx, all)
	return page, err
}

// seen are all documents of a kind that somebody may see.
func (s *Service) seen(ctx context.Context, by model.Actor, kind model.Kind) (f store.PublicationFilter, err error) {
	f.Kind = kind
	return f, s.limit(ctx, by, model.ActReadDocuments, &f)
}

func (s *Service) limit(ctx context.Context, by model.Actor, act model.Act, f *store.PublicationFilter) error {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	if within, limited := directory.Within(by, act.On(f.Kind)); limited {
		f.Limited, f.Within = true, within
	}
	return nil
}

func (s *Service) filter(ctx context.Context, by model.Actor, q Question, f store.PublicationFilter) (store.PublicationFilter, error) {
	f.Stages, f.Text, f.Deleted = q.Stages, strings.TrimSpace(q.Text), q.Deleted
	f.Sort, f.Offset, f.Limit, f.Unexplained = q.Sort, q.Offset, q.Limit, q.Unexplained
	f.Import = q.Import
	if q.Mine {
		f.Writer = by.ID
	}
	if q.Waiting {
		f.Stages, f.NotWriter = []model.Stage{model.StageReview}, by.ID
		if err := s.limit(ctx, by, model.ActReviewDocuments, &f); err != nil {
			return f, err
		}
	}
	if q.Returned {
		f.Stages, f.Writer, f.LastAct = []model.Stage{model.StageDraft}, by.ID, model.PubReturned
	}
	if q.Failed {
		f.Stages, f.LastAct = []model.Stage{model.StageReview}, model.PubFailed
	}
	if q.Expiring {
		now := s.clock.Now()
		f.ExpiresFrom, f.ExpiresTo = model.Today(now), model.Today(now.AddDate(0, expiringWithin, 0))
	}
	if q.Department != "" {
		directory, err := s.store.Directory(ctx)
		if err != nil {
			return f, err
		}
		if f.Departments = directory.Downward(directory.Now(q.Department)); f.Departments == nil {
			f.Departments = []string{q.Department}
		}
	}
	return f, nil
}

// People are the names of those who had a hand in some documents, by ID.
func (s *Service) People(ctx context.Context, list ...*model.Publication) (map[string]string, error) {
	var ids []string
	for _, p := range list {
		ids = append(ids, p.UpdatedBy, p.SubmittedBy)
		ids = append(ids, p.Writers...)
		if p.Review != nil {
			ids = append(ids, p.Review.By)
		}
		if p.Withdrawal != nil {
			ids = append(ids, p.Withdrawal.By)
		}
	}
	return s.Names(ctx, ids)
}

// Names are the names of staff by ID.
func (s *Service) Names(ctx context.Context, ids []string) (map[string]string, error) {
	slices.Sort(ids)
	return s.store.StaffNames(ctx, slices.Compact(ids))
}

// Rights are what somebody may do to a document as it stands.
type Rights struct{ Write, Review, Withdraw, Assign bool }

// RightsTo says what somebody may do to a document as it stands.
func (s *Service) RightsTo(ctx context.Context, by model.Actor, p *model.Publication) (r Rights, err error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return r, err
	}
	at := directory.Upward(p.DepartmentID)
	r.Write = by.MayAt(model.ActWriteDocuments.On(p.Kind), at...)
	r.Review = by.MayAt(model.ActReviewDocuments.On(p.Kind), at...) && !slices.Contains(p.Writers, by.ID) && p.SubmittedBy != by.ID
	r.Withdraw = by.MayAt(model.ActWithdraw.On(p.Kind), at...) && p.Public
	r.Assign = by.MayAt(model.ActAssignDocuments, at...)
	return r, nil
}
