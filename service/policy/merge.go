package policy

import (
	"context"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// Merge is what somebody wants done with two policies that are the same.
type Merge struct {
	From        string
	Version     int64 // of From, as it was read
	Into        string
	Reason      string
	Attachments []string // of From, that Into gets
}

// Merging is what a merge would do.
type Merging struct {
	From, Into  model.PolicySide
	Moving      model.PolicyMoving
	Attachments []model.Attachment // that From has and Into lacks
	Refused     error              // why it can't be done as it stands, nil where it can
}

// MergePreview tells what merging would do, and does nothing.
func (s *Service) MergePreview(ctx context.Context, by model.Actor, from, into string) (*Merging, error) {
	ended, kept, err := s.pair(ctx, from, into)
	if err != nil {
		return nil, err
	}
	if err := s.mayMerge(ctx, by, ended, kept); err != nil {
		return nil, err
	}
	m := &Merging{From: sideOf(ended), Into: sideOf(kept)}
	trial := *ended
	m.Refused = trial.MergeInto(kept, model.Withdrawal{By: by.ID, At: s.clock.Now(), Reason: "trial"})
	was, is, err := s.contents(ctx, ended, kept)
	if err != nil {
		return nil, err
	}
	if m.Attachments, err = s.lacking(ctx, was, is); err != nil {
		return nil, err
	}
	if ended.Public {
		m.Moving, err = s.store.PolicyMoving(ctx, from, into)
	} else {
		m.Moving = take(is, was, from, into)
	}
	return m, err
}

func (s *Service) pair(ctx context.Context, a, b string) (ended, kept *model.Publication, err error) {
	if ended, err = s.store.Publication(ctx, model.KindPolicy, a); err != nil {
		return nil, nil, err
	}
	if kept, err = s.store.Publication(ctx, model.KindPolicy, b); err != nil {
		return nil, nil, err
	}
	switch {
	case ended == nil:
		return nil, nil, model.ErrPublicationMissing
	case kept == nil:
		return nil, nil, model.ErrMergeMissing
	}
	return ended, kept, nil
}

func (s *Service) mayMerge(ctx context.Context, by model.Actor, list ...*model.Publication) error {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	for _, p := range list {
		if !directory.May(by, model.ActMergeDocuments, p.DepartmentID) {
			return model.ErrNotAllowed
		}
	}
	return nil
}

// contents are the working copies of two documents, or what is public of them.
func (s *Service) contents(ctx context.Context, ended, kept *model.Publication) (was, is *model.PolicyDraft, err error) {
	if was, err = s.content(ctx, ended); err != nil {
		return nil, nil, err
	}
	is, err = s.content(ctx, kept)
	return was, is, err
}

func (s *Service) content(ctx context.Context, p *model.Publication) (*model.PolicyDraft, error) {
	content := p.Content
	if content == nil && p.Public {
		var err error
		if content, err = s.publicDraft(ctx, p.ID); err != nil {
			return nil, err
		}
	}
	if content == nil {
		return &model.PolicyDraft{}, nil
	}
	return model.ReadDraft[model.PolicyDraft](content)
}

// lacking are the files of one draft that another has not, by what is in them.
func (s *Service) lacking(ctx context.Context, was, is *model.PolicyDraft) ([]model.Attachment, error) {
	offered, err := s.store.Files(ctx, model.FileIDs(was.Attachments))
	if err != nil {
		return nil, err
	}
	held, err := s.store.Files(ctx, model.FileIDs(is.Attachments))
	if err != nil {
		return nil, err
	}
	list := []model.Attachment{}
	for _, f := range offered {
		if !slices.ContainsFunc(held, func(h model.Attachment) bool { return h.SM3 == f.SM3 }) {
			f.Name = named(was.Attachments, f)
			list = append(list, f)
		}
	}
	return list, nil
}

func named(files []model.DraftFile, f model.Attachment) string {
	for _, d := range files {
		if d.FileID == f.FileID && d.Name != "" {
			return d.Name
		}
	}
	return f.Name
}

// take adds to a draft the topics and relations of another that it lacks.
func take(is, was *model.PolicyDraft, from, into string) (m model.PolicyMoving) {
	for _, t := range was.TopicIDs {
		if !slices.Contains(is.TopicIDs, t) {
			is.TopicIDs = append(is.TopicIDs, t)
			m.Topics++
		}
	}
	is.Relations = slices.DeleteFunc(is.Relations, func(r model.DraftRelation) bool { return r.TargetID == from })
	for _, r := range was.Relations {
		if r.TargetID != into && !slices.Contains(is.Relations, r) {
			is.Relations = append(is.Relations, r)
			m.Relations++
		}
	}
	return m
}

// Merge ends a policy that is another one twice: its address leads to the other,
// its revisions stay as evidence, and what belonged to it belongs to the other.
func (s *Service) Merge(ctx context.Context, by model.Actor, m Merge) (*model.Publication, error) {
	work := &merging{Service: s, by: by, asked: m}
	if err := work.prepare(ctx); err != nil {
		return nil, err
	}
	return work.kept, s.store.InTx(ctx, func(tx *store.Tx) error { return work.do(ctx, tx) })
}
