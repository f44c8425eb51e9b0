package policy

import (
	"context"
	"slices"
	"strings"

	"yuandu/check"
	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

// InterpretationDesk is interpretations on their way to the public.
type InterpretationDesk struct{ *Desk }

// Interpretations is the desk of what explains policies.
func (d *Desk) Interpretations() *InterpretationDesk { return &InterpretationDesk{d} }

// Kind of the documents.
func (d *InterpretationDesk) Kind() model.Kind { return model.KindInterpretation }

// Read understands a working copy.
func (d *InterpretationDesk) Read(content []byte) (model.WorkingCopy, error) {
	i, err := model.ReadDraft[model.InterpretationDraft](content)
	if err != nil {
		return model.WorkingCopy{}, err
	}
	if err := model.ReadDays(i.Days()); err != nil {
		return model.WorkingCopy{}, err
	}
	return model.WorkingCopy{Content: model.WriteDraft(i), Title: i.Title, Files: i.Files()}, nil
}

// Public is what is public of an interpretation, as a working copy; nil where
// nothing is.
func (d *InterpretationDesk) Public(ctx context.Context, id string) ([]byte, error) {
	i, err := d.store.Interpretation(ctx, id)
	if err != nil || i == nil {
		return nil, err
	}
	draft := &model.InterpretationDraft{Title: i.Title, PublishedDate: i.PublishedDate, DepartmentIDs: model.DepartmentIDs(i.Departments),
		Body: media.Passages(i.Body), Questions: i.Questions,
		PictureID: i.PictureID, PictureText: i.PictureText, VideoURL: i.VideoURL, SourceURL: i.SourceURL,
		Attachments: model.DraftFiles(i.Attachments)}
	for _, p := range i.Policies {
		if p.ID != "" {
			draft.PolicyIDs = append(draft.PolicyIDs, p.ID)
		}
	}
	return model.WriteDraft(draft), nil
}

// Form is the canonical form that a working copy would have if it were public.
func (d *InterpretationDesk) Form(ctx context.Context, id string, content []byte) (f model.CanonicalForm, files []model.Attachment, err error) {
	draft, err := model.ReadDraft[model.InterpretationDraft](content)
	if err != nil {
		return f, nil, err
	}
	i, err := d.interpretationOf(ctx, d.store, id, draft)
	if err != nil {
		return f, nil, err
	}
	f, err = model.ReadCanonical(i.Canonical())
	return f, slices.Concat(i.Attachments, i.Pictures), err
}

// Publish makes a working copy what is public.
func (d *InterpretationDesk) Publish(ctx context.Context, tx *store.Tx, p *model.Publication, e store.Edition) (int64, error) {
	draft, err := model.ReadDraft[model.InterpretationDraft](p.Content)
	if err != nil {
		return 0, err
	}
	i, err := d.interpretationOf(ctx, tx, p.ID, draft)
	if err != nil {
		return 0, err
	}
	err = tx.PublishInterpretation(ctx, i, e)
	return i.Version, err
}

// interpretationOf is the interpretation that a draft would be if it were public.
func (s *Service) interpretationOf(ctx context.Context, r reader, id string, draft *model.InterpretationDraft) (*model.Interpretation, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	i := &model.Interpretation{ID: id, Title: strings.TrimSpace(draft.Title), PublishedDate: draft.PublishedDate, Body: media.Build(draft.Body),
		Questions: draft.Questions, PictureID: draft.PictureID, PictureText: draft.PictureText, VideoURL: draft.VideoURL,
		SourceURL: draft.SourceURL, Departments: directory.DepartmentsOf(draft.DepartmentIDs)}
	if i.PublishedDate == "" {
		if i.PublishedDate, err = s.firstDay(ctx, model.KindInterpretation, id); err != nil {
			return nil, err
		}
	}
	if i.Policies, err = r.PolicyRefs(ctx, draft.PolicyIDs); err != nil {
		return nil, err
	}
	if i.Attachments, err = r.Attached(ctx, draft.Attachments); err != nil {
		return nil, err
	}
	shown := model.FilesOf(draft.Body)
	if draft.PictureID != "" {
		shown = append(shown, draft.PictureID)
	}
	i.Pictures, err = r.Files(ctx, shown)
	return i, err
}

// Touches is what those follow who are told of a change.
func (d *InterpretationDesk) Touches(ctx context.Context, tx *store.Tx, id string) ([]model.Touch, error) {
	return tx.InterpretationTouches(ctx, id)
}

// Withdraw takes the interpretation from the public.
func (d *InterpretationDesk) Withdraw(ctx context.Context, tx *store.Tx, id string) error {
	return tx.WithdrawInterpretation(ctx, id)
}

// Check finds in a working copy what must not go public, and what is missing.
func (d *InterpretationDesk) Check(ctx context.Context, p *model.Publication) ([]check.Finding, error) {
	draft, err := model.ReadDraft[model.InterpretationDraft](p.Content)
	if err != nil {
		return nil, err
	}
	rules, err := d.rulesFor(ctx, draft.Body)
	if err != nil {
		return nil, err
	}
	m := check.Missing{}
	m.When(strings.TrimSpace(draft.Title) == "", check.Stop, "draft.no_title", "title")
	m.When(len(draft.DepartmentIDs) == 0, check.Stop, "draft.no_department", "department_ids")
	m.When(len(draft.PolicyIDs) == 0, check.Stop, "interpretation.unlinked", "policy_ids")
	m.When(len(draft.Body) == 0 && len(draft.Questions) == 0 && draft.PictureID == "" && draft.VideoURL == "", check.Stop, "draft.no_body", "body")
	m.When(draft.PictureID != "" && strings.TrimSpace(draft.PictureText) == "", check.Stop, "draft.picture_without_text", "picture_text")
	list := append(m.List, check.Line("title", draft.Title, rules)...)
	list = append(list, check.Text("body", draft.Body, rules)...)
	list = append(list, check.Line("picture_text", draft.PictureText, rules)...)
	for n, q := range draft.Questions {
		list = append(list, check.LineOf("questions", n, q.Ask, rules)...)
		list = append(list, check.LineOf("answers", n, q.Answer, rules)...)
	}
	return list, nil
}
