package gazette

import (
	"context"
	"errors"

	"yuandu/model"
	"yuandu/store"
)

// settleAtOnce is how many imports are settled before others are looked for.
const settleAtOnce = 20

// settle makes drafts of the imports whose files were read.
func (m *Importer) settle(ctx context.Context) error {
	list, err := m.store.GazetteImportsRead(ctx, settleAtOnce)
	for n := range list {
		if err != nil {
			return err
		}
		err = m.settleOne(ctx, &list[n])
		var why *model.Error
		if errors.As(err, &why) {
			err = m.refuse(ctx, &list[n], why)
		}
		if errors.Is(err, store.ErrNotHeld) {
			err = nil // another process has
		}
	}
	return err
}

func (m *Importer) settleOne(ctx context.Context, i *model.GazetteImport) error {
	by, err := m.bringer(ctx, i)
	if err != nil {
		return err
	}
	return m.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SettleGazetteImport(ctx, i.ID); err != nil {
			return err
		}
		if i.File.Step == model.PrintedFailed {
			i.State, i.Problem = model.GazetteFailed, i.File.Problem
		} else if err := m.draft(ctx, tx, by, i); err != nil {
			return err
		}
		i.FileID = "" // the draft has it
		if err := tx.KeepGazetteImport(ctx, i); err != nil {
			return err
		}
		return m.note(ctx, tx, by, i, string(i.State))
	})
}

// refuse ends an import with a sentence that a person can read.
func (m *Importer) refuse(ctx context.Context, i *model.GazetteImport, why *model.Error) error {
	return m.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SettleGazetteImport(ctx, i.ID); err != nil {
			return err
		}
		i.State, i.FileID, i.DocumentID = model.GazetteFailed, "", ""
		i.Problem = model.Problem{Code: why.Code, Args: why.Args}
		if err := tx.KeepGazetteImport(ctx, i); err != nil {
			return err
		}
		return m.note(ctx, tx, model.System("import"), i, string(i.State))
	})
}

// bringer is who brought a file in, with the rights held now.
func (m *Importer) bringer(ctx context.Context, i *model.GazetteImport) (model.Actor, error) {
	if i.StaffID == "" {
		return model.System("import"), nil
	}
	who, err := m.store.Staff(ctx, i.StaffID)
	if err != nil {
		return model.Actor{}, err
	}
	if who == nil || !who.ClosedAt.IsZero() {
		return model.Actor{}, model.ErrNotAllowed
	}
	by := model.Actor{Kind: model.AStaff, ID: who.ID, Grants: who.Grants}
	return by, m.May(ctx, by, model.ActWriteDocuments, i.DepartmentID)
}

// draft makes the draft of an import, or gives its issue the new file. The same file twice is
// one issue.
func (m *Importer) draft(ctx context.Context, tx *store.Tx, by model.Actor, i *model.GazetteImport) error {
	d, err := m.proposal(ctx, tx, i)
	if err != nil {
		return err
	}
	if i.Into != "" {
		return m.remake(ctx, tx, by, i, d)
	}
	same, err := tx.GazetteOfFile(ctx, i.File.SM3)
	if err != nil {
		return err
	}
	if same != "" {
		i.State, i.DocumentID = model.GazetteSame, same
		return nil
	}
	if place := d.Place(); place.String() != "" {
		if err := m.taken(ctx, tx, place, ""); err != nil {
			return err
		}
	}
	p := &model.Publication{Kind: model.KindGazette, DepartmentID: i.DepartmentID, Writers: []string{by.ID}, Content: model.WriteDraft(d)}
	if err := m.drafts.Open(ctx, tx, by, p, i.Name); err != nil {
		return err
	}
	i.State, i.DocumentID = model.GazetteMade, p.ID
	return nil
}

// remake gives a working copy another file. What a person had mended stays.
func (m *Importer) remake(ctx context.Context, tx *store.Tx, by model.Actor, i *model.GazetteImport, now *model.GazetteDraft) error {
	p, err := tx.PublicationFor(ctx, model.KindGazette, i.Into)
	if err != nil {
		return err
	}
	mine, err := m.rewritable(ctx, by, p)
	if err != nil {
		return err
	}
	before := &model.GazetteDraft{}
	if files, err := tx.Files(ctx, mine.Files()); err != nil {
		return err
	} else if len(files) == 1 {
		if files[0].SM3 == i.File.SM3 {
			i.State, i.DocumentID = model.GazetteSame, p.ID
			return nil
		}
		old := &model.GazetteImport{Name: mine.FileName, FileID: mine.FileID, File: model.PrintedFile{SM3: files[0].SM3}}
		if before, err = m.proposal(ctx, tx, old); err != nil {
			return err
		}
	}
	made := model.RemakeGazette(mine, before, now)
	if place := made.Place(); place.String() != "" {
		if err := m.taken(ctx, tx, place, p.ID); err != nil {
			return err
		}
	}
	i.State, i.DocumentID = model.GazetteMade, p.ID
	return m.drafts.Rewrite(ctx, tx, by, p, model.WriteDraft(made), i.Name)
}

// proposal is the working copy that a file alone would make.
func (m *Importer) proposal(ctx context.Context, tx *store.Tx, i *model.GazetteImport) (*model.GazetteDraft, error) {
	r := &reading{}
	if _, err := tx.Printed(ctx, i.File.SM3, r); err != nil {
		return nil, err
	}
	face := model.ReadGazetteFace(r.Front, i.Name)
	d := &model.GazetteDraft{Year: face.Year, Number: face.Number, Day: face.Day, Title: face.Name, Cover: 1, FileID: i.FileID, FileName: i.Name,
		Contents: r.Contents, Pieces: r.Pieces}
	if i.Year > 0 {
		d.Year, d.Number = i.Year, i.Number
	}
	if d.Title == "" {
		settings, err := tx.Settings(ctx)
		if err != nil {
			return nil, err
		}
		d.Title = settings.CityName + "人民政府公报"
	}
	if place := d.Place().String(); place != "" {
		d.Title += " " + place
	}
	for n := range d.Pieces {
		p := &d.Pieces[n]
		id, err := policyOf(ctx, tx, p)
		if err != nil {
			return nil, err
		}
		if id != "" {
			p.PolicyID, p.Link = id, model.LinkProposed
		}
	}
	return d, nil
}

type policies interface {
	PolicyPrinted(ctx context.Context, numberKey, title string) (string, error)
}

// policyOf is the policy that a piece is, "" where none is here.
func policyOf(ctx context.Context, r policies, p *model.GazettePieceDraft) (string, error) {
	return r.PolicyPrinted(ctx, model.NumberKey(p.DocNumber), p.Title)
}
