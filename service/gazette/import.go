package gazette

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Brought is a file that is kept, and what whoever brings it in says of it.
type Brought struct {
	File         *store.File
	DepartmentID string // whose the draft will be
	Year, Number int    // 0 for what the file says
	Into         string // the issue whose file it takes the place of, "" for an issue of its own
}

// May is ErrNotAllowed where somebody may not bring in issues for a department.
func (m *Importer) May(ctx context.Context, by model.Actor, act model.Act, departmentID string) error {
	directory, err := m.store.Directory(ctx)
	switch {
	case err != nil:
		return err
	case directory.Department(departmentID) == nil:
		return model.ErrDepartmentMissing.With("department_id", nil)
	case by.Kind != model.TheSystem && !directory.May(by, act, departmentID):
		return model.ErrNotAllowed
	}
	return nil
}

// Begin notes that somebody brings a file in, which Work reads. Where the place is known
// already to have an issue, it is ErrGazetteTaken at once.
func (m *Importer) Begin(ctx context.Context, by model.Actor, b Brought) (*model.GazetteImport, error) {
	if err := m.May(ctx, by, model.ActWriteDocuments, b.DepartmentID); err != nil {
		return nil, err
	}
	if (b.Year == 0) != (b.Number == 0) {
		return nil, model.ErrGazetteNumber
	}
	i := &model.GazetteImport{Name: b.File.Name, FileID: b.File.FileID, DepartmentID: b.DepartmentID, Year: b.Year, Number: b.Number, Into: b.Into}
	if by.Kind == model.AStaff {
		i.StaffID = by.ID
	}
	i.File.SM3, i.File.Size = b.File.SM3, b.File.Size
	return i, m.store.InTx(ctx, func(tx *store.Tx) error {
		if b.Into != "" {
			p, err := tx.PublicationFor(ctx, model.KindGazette, b.Into)
			if err != nil {
				return err
			}
			if _, err := m.rewritable(ctx, by, p); err != nil {
				return err
			}
		} else if err := m.isFree(ctx, tx, i); err != nil {
			return err
		}
		if err := tx.AddPrinted(ctx, i.File.SM3, i.File.Size); err != nil {
			return err
		}
		if err := tx.RetryPrinted(ctx, i.File.SM3); err != nil {
			return err
		}
		if err := tx.AddGazetteImport(ctx, i); err != nil {
			return err
		}
		return m.note(ctx, tx, by, i, "begun")
	})
}

// isFree is ErrGazetteTaken where the place that somebody names has an issue of another file.
func (m *Importer) isFree(ctx context.Context, tx *store.Tx, i *model.GazetteImport) error {
	place := model.GazettePlace{Year: i.Year, Number: i.Number}
	if place.String() == "" {
		return nil
	}
	if same, err := tx.GazetteOfFile(ctx, i.File.SM3); err != nil || same != "" {
		return err
	}
	return m.taken(ctx, tx, place, "")
}

// taken is ErrGazetteTaken, with the name of it, where a place has an issue but for one.
func (m *Importer) taken(ctx context.Context, tx *store.Tx, place model.GazettePlace, but string) error {
	there, err := tx.GazettesAt(ctx, place, but)
	if err == nil && len(there) > 0 {
		err = model.ErrGazetteTaken.With("", map[string]any{"place": place.String(), "title": there[0].Title})
	}
	return err
}

// rewritable reads a working copy that somebody wants to get another file.
func (m *Importer) rewritable(ctx context.Context, by model.Actor, p *model.Publication) (*model.GazetteDraft, error) {
	switch {
	case p == nil:
		return nil, model.ErrGazetteMissing.With("into", nil)
	case p.Stage != model.StageDraft || !p.DeletedAt.IsZero():
		return nil, model.ErrGazetteDraftOnly
	}
	if err := m.May(ctx, by, model.ActWriteDocuments, p.DepartmentID); err != nil {
		return nil, err
	}
	return model.ReadDraft[model.GazetteDraft](p.Content)
}

func (m *Importer) note(ctx context.Context, tx *store.Tx, by model.Actor, i *model.GazetteImport, act string) error {
	return tx.Audit(ctx, by, model.AuditEntry{Act: "gazette_import." + act, Object: model.Ref{Kind: "gazette_import", ID: i.ID},
		Details: map[string]any{"sm3": i.File.SM3, "size": i.File.Size}})
}

// Get reads an import.
func (m *Importer) Get(ctx context.Context, by model.Actor, id string) (*model.GazetteImport, error) {
	i, err := m.store.GazetteImport(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case i == nil:
		return nil, model.ErrGazetteImportMissing
	}
	return i, m.May(ctx, by, model.ActReadDocuments, i.DepartmentID)
}

// List lists the imports that somebody may see, the newest first, and counts them.
func (m *Importer) List(ctx context.Context, by model.Actor, offset, limit int) ([]model.GazetteImport, int, error) {
	directory, err := m.store.Directory(ctx)
	if err != nil {
		return nil, 0, err
	}
	f := store.ImportFilter{Offset: offset, Limit: limit}
	f.Within, f.Limited = directory.Within(by, model.ActReadDocuments)
	return m.store.GazetteImports(ctx, f)
}

// importsFor is how long it is kept who brought a file in.
const importsFor = 90 * 24 * time.Hour

// Sweep forgets imports of long ago, each night, with files of which nothing became.
func (m *Importer) Sweep(ctx context.Context) error {
	var forgotten []store.PrintedPicture
	err := m.store.InTx(ctx, func(tx *store.Tx) (err error) {
		forgotten, err = tx.ForgetGazetteImports(ctx, importsFor)
		return err
	})
	for n := range forgotten {
		if err == nil {
			err = m.bucket.Delete(ctx, forgotten[n].Key())
		}
	}
	return err
}
