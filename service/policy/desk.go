package policy

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"yuandu/check"
	"yuandu/media"
	"yuandu/model"
	"yuandu/outside"
	"yuandu/store"
)

// Desk is policies on their way to the public.
type Desk struct {
	*Service
	rules func(context.Context) (check.Rules, error)
	links Prober
}

// Desk gives the way of publications what it must know of policies. rules are
// what texts are checked by; links looks which addresses lead nowhere, nil where
// nobody looks.
func (s *Service) Desk(rules func(context.Context) (check.Rules, error), links Prober) *Desk {
	return &Desk{s, rules, links}
}

// Prober lists those of some addresses that lead nowhere.
type Prober = func(ctx context.Context, addresses []string) map[string]outside.Reason

// rulesFor are what a text is checked by, with what is known of its links.
func (d *Desk) rulesFor(ctx context.Context, body []model.Passage) (check.Rules, error) {
	rules, err := d.rules(ctx)
	if err != nil || d.links == nil {
		return rules, err
	}
	rules.Gone, rules.Unreachable = map[string]bool{}, map[string]bool{}
	for address, reason := range d.links(ctx, check.Links(body)) {
		rules.Gone[address] = reason == outside.Gone
		rules.Unreachable[address] = reason == outside.Unreachable
	}
	return rules, nil
}

// Kind of the documents.
func (d *Desk) Kind() model.Kind { return model.KindPolicy }

// Read understands a working copy.
func (d *Desk) Read(content []byte) (model.WorkingCopy, error) {
	p, err := model.ReadDraft[model.PolicyDraft](content)
	if err != nil {
		return model.WorkingCopy{}, err
	}
	if err := model.ReadDays(p.Days()); err != nil {
		return model.WorkingCopy{}, err
	}
	return model.WorkingCopy{Content: model.WriteDraft(p), Title: p.Title, DocNumber: p.DocNumber, Files: p.Files()}, nil
}

// Public is what is public of a policy, as a working copy; nil where nothing is.
func (d *Desk) Public(ctx context.Context, id string) ([]byte, error) { return d.publicDraft(ctx, id) }

func (s *Service) publicDraft(ctx context.Context, id string) ([]byte, error) {
	p, err := s.store.Policy(ctx, id)
	if err != nil || p == nil {
		return nil, err
	}
	relations, err := s.store.RelationsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	return model.WriteDraft(draftOf(p, relations)), nil
}

func draftOf(p *model.Policy, relations []model.Relation) *model.PolicyDraft {
	d := &model.PolicyDraft{Title: p.Title, DocNumber: p.DocNumber, IndexNumber: p.IndexNumber, Theme: p.Theme, Category: p.Category,
		WrittenDate: p.WrittenDate, PublishedDate: p.PublishedDate, EffectiveDate: p.EffectiveDate, ExpiryDate: p.ExpiryDate,
		DepartmentIDs: model.DepartmentIDs(p.Departments), TopicIDs: model.TopicIDs(p.Topics), Stated: p.Stated, SourceURL: p.SourceURL,
		NoInterpretation: p.Unexplained, Body: media.Passages(p.Body), Attachments: model.DraftFiles(p.Attachments)}
	for _, r := range relations {
		d.Relations = append(d.Relations, model.DraftRelation{Kind: r.Kind, TargetID: r.TargetID, TargetNumber: r.TargetNumber,
			TargetTitle: r.TargetTitle, Since: r.Since})
	}
	return d
}

// Form is the canonical form that a working copy would have if it were public.
func (d *Desk) Form(ctx context.Context, id string, content []byte) (f model.CanonicalForm, files []model.Attachment, err error) {
	_, p, err := d.drafted(ctx, id, content)
	if err != nil {
		return f, nil, err
	}
	f, err = model.ReadCanonical(p.Canonical())
	return f, slices.Concat(p.Attachments, p.Pictures), err
}

// Publish makes a working copy what is public.
func (d *Desk) Publish(ctx context.Context, tx *store.Tx, p *model.Publication, e store.Edition) (int64, error) {
	draft, err := model.ReadDraft[model.PolicyDraft](p.Content)
	if err != nil {
		return 0, err
	}
	policy, err := d.policyOf(ctx, tx, p.ID, draft)
	if err != nil {
		return 0, err
	}
	identity := identityOf(policy)
	if err := tx.PublishPolicy(ctx, identity, policy, e); err != nil {
		return 0, err
	}
	if err := tx.SetIdentity(ctx, model.KindPolicy, p.ID, identity); err != nil {
		return 0, err
	}
	return policy.Version, tx.SetRelations(ctx, policy, relationsOf(policy, draft))
}

// identityOf is by what an import knows a policy again that was written here.
func identityOf(p *model.Policy) string {
	key := model.NumberKey(p.DocNumber)
	if key == "" {
		return "id\x1f" + p.ID
	}
	var issuers []string
	for _, at := range p.Departments {
		issuers = append(issuers, at.Name)
	}
	return model.NumberIdentity(key, issuers, p.PublishedDate)
}

// drafted is a working copy, and the policy that it would be if it were public.
func (s *Service) drafted(ctx context.Context, id string, content []byte) (*model.PolicyDraft, *model.Policy, error) {
	draft, err := model.ReadDraft[model.PolicyDraft](content)
	if err != nil {
		return nil, nil, err
	}
	p, err := s.policyOf(ctx, s.store, id, draft)
	return draft, p, err
}

// reader reads what drafts refer to: in a transaction, or apart from any.
type reader interface {
	Files(ctx context.Context, ids []string) ([]model.Attachment, error)
	Attached(ctx context.Context, files []model.DraftFile) ([]model.Attachment, error)
	PolicyRefs(ctx context.Context, ids []string) ([]model.PolicyRef, error)
}

// policyOf is the policy that a draft would be if it were public.
func (s *Service) policyOf(ctx context.Context, r reader, id string, draft *model.PolicyDraft) (*model.Policy, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	p := &model.Policy{ID: id, Title: strings.TrimSpace(draft.Title), DocNumber: draft.DocNumber, IndexNumber: draft.IndexNumber,
		Theme: draft.Theme, Category: draft.Category, WrittenDate: draft.WrittenDate, PublishedDate: draft.PublishedDate,
		EffectiveDate: draft.EffectiveDate, ExpiryDate: draft.ExpiryDate, Stated: draft.Stated, SourceURL: draft.SourceURL,
		Unexplained: strings.TrimSpace(draft.NoInterpretation),
		Body:        media.Build(draft.Body), Departments: directory.DepartmentsOf(draft.DepartmentIDs)}
	if p.PublishedDate == "" {
		if p.PublishedDate, err = s.firstDay(ctx, model.KindPolicy, id); err != nil {
			return nil, err
		}
	}
	p.Topics = directory.TopicsOf(draft.TopicIDs)
	if p.Attachments, err = r.Attached(ctx, draft.Attachments); err != nil {
		return nil, err
	}
	p.Pictures, err = r.Files(ctx, model.FilesOf(draft.Body))
	return p, err
}

// firstDay is when a document was published: what is public of it says so, else
// it is today.
func (s *Service) firstDay(ctx context.Context, kind model.Kind, id string) (model.Day, error) {
	latest, err := s.store.LatestRevision(ctx, kind, id)
	if err != nil || latest == nil {
		return s.today(), err
	}
	form, err := model.ReadCanonical([]byte(latest.Canonical))
	return cmp.Or(form.Published, s.today()), err
}

func relationsOf(p *model.Policy, draft *model.PolicyDraft) []model.Relation {
	list := make([]model.Relation, len(draft.Relations))
	for i, r := range draft.Relations {
		list[i] = relationOf(p, r)
	}
	return list
}

// relationOf is what a draft says of another document; what changes that one does
// so from the day on which the draft's own rules hold, where no other is said.
func relationOf(p *model.Policy, r model.DraftRelation) model.Relation {
	v := model.Relation{Kind: r.Kind, TargetID: r.TargetID, TargetNumber: r.TargetNumber, TargetTitle: r.TargetTitle, Since: r.Since}
	if v.Since == "" && (r.Kind == model.Amends || r.Kind == model.Repeals || r.Kind == model.Replaces) {
		v.Since = cmp.Or(p.EffectiveDate, p.PublishedDate)
	}
	return v
}

// Touches is what those follow who are told of a change.
func (d *Desk) Touches(ctx context.Context, tx *store.Tx, id string) ([]model.Touch, error) {
	return tx.PolicyTouches(ctx, id)
}

// Withdraw takes the policy from the public.
func (d *Desk) Withdraw(ctx context.Context, tx *store.Tx, id string) error {
	return tx.WithdrawPolicy(ctx, id)
}
