package knowledge

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// Template is a template as staff read it.
type Template struct {
	model.ReplyTemplate
	MayEdit bool
}

// Templates lists those that somebody may begin a reply with: of their own offices
// first, then the city's.
func (s *Service) Templates(ctx context.Context, by model.Actor) ([]Template, error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	within, limited := d.Within(by, model.ActReadKnowledge)
	rows, err := s.store.ReplyTemplates(ctx, within, limited)
	list := make([]Template, len(rows))
	for i, t := range rows {
		list[i] = Template{t, mayWrite(d, by, t.DepartmentID)}
	}
	return list, err
}

// mayWrite says whether somebody may change the templates of an office, "" for the
// city's. The Centre keeps the city's, and leaves those of offices to them.
func mayWrite(d *store.Directory, by model.Actor, departmentID string) bool {
	if departmentID == "" || by.Kind == model.TheSystem {
		return may(d, by, model.ActWriteReplyTemplates, "")
	}
	return d.May(by, model.ActConfirmKnowledge, departmentID)
}

// mustWrite says why somebody may not, nil where they may.
func mustWrite(d *store.Directory, by model.Actor, departmentID string) error {
	switch {
	case mayWrite(d, by, departmentID):
		return nil
	case d.May(by, model.ActWriteReplyTemplates, departmentID):
		return model.ErrReplyTemplateNotYours
	}
	return model.ErrNotAllowed
}

// Template reads one.
func (s *Service) Template(ctx context.Context, by model.Actor, id string) (*Template, error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	t, err := s.store.ReplyTemplate(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case t == nil:
		return nil, model.ErrReplyTemplateMissing
	case t.DepartmentID != "" && !may(d, by, model.ActReadKnowledge, t.DepartmentID):
		return nil, model.ErrNotAllowed
	}
	return &Template{*t, mayWrite(d, by, t.DepartmentID)}, nil
}

// SaveTemplate writes a template; without an ID it is a new one. One of an office stays
// with it.
func (s *Service) SaveTemplate(ctx context.Context, by model.Actor, t model.ReplyTemplate) (*Template, error) {
	if err := readTemplate(&t); err != nil {
		return nil, err
	}
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	act := "added"
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if t.ID != "" {
			now, err := tx.ReplyTemplateFor(ctx, t.ID)
			if err != nil {
				return err
			}
			if err := mustWrite(d, by, now.DepartmentID); err != nil {
				return err
			}
			if now.Version != t.Version {
				return model.ErrStale
			}
			act, t.DepartmentID, t.Sample = "edited", now.DepartmentID, now.Sample
		} else if t.DepartmentID = d.Now(t.DepartmentID); t.DepartmentID != "" && d.Department(t.DepartmentID) == nil {
			return model.ErrDepartmentMissing.With("department", nil)
		}
		if err := mustWrite(d, by, t.DepartmentID); err != nil {
			return err
		}
		t.UpdatedAt, t.UpdatedBy = s.clock.Now(), staffOf(by)
		if err := tx.KeepReplyTemplate(ctx, &t); err != nil {
			return err
		}
		return noteTemplate(ctx, tx, by, &t, act)
	})
	return &Template{t, true}, err
}

// readTemplate looks whether a template can be kept.
func readTemplate(t *model.ReplyTemplate) (err error) {
	if t.Name, err = line(t.Name, model.ReplyTemplateName, model.ErrReplyTemplateName); err != nil {
		return err
	}
	if t.Text, err = written(t.Text, model.ReplyTemplateText, model.ErrReplyTemplateText); err != nil {
		return err
	}
	return model.CheckBlanks(t.Text)
}

// RemoveTemplate takes a template away.
func (s *Service) RemoveTemplate(ctx context.Context, by model.Actor, r Ref) error {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		t, err := tx.ReplyTemplateFor(ctx, r.ID)
		if err != nil {
			return err
		}
		if err := mustWrite(d, by, t.DepartmentID); err != nil {
			return err
		}
		if t.Version != r.Version {
			return model.ErrStale
		}
		if err := tx.RemoveReplyTemplate(ctx, t.ID); err != nil {
			return err
		}
		return noteTemplate(ctx, tx, by, t, "removed")
	})
}

func noteTemplate(ctx context.Context, tx *store.Tx, by model.Actor, t *model.ReplyTemplate, act string) error {
	return tx.Audit(ctx, by, model.AuditEntry{Act: "reply_template." + act, Object: model.Ref{Kind: "reply_template", ID: t.ID},
		Details: map[string]any{"department": t.DepartmentID, "version": t.Version}})
}
