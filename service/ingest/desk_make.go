package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

// makeRows is how many drafts are made in one transaction.
const makeRows = 20

// making is a file whose rows become drafts.
type making struct {
	*Desk
	i         *model.Import
	by        model.Actor
	writers   []string
	known     offices
	ready     map[int]*model.ImportRow // by n; those that are made already are not among them
	own       map[string]bool          // drafts of this import
	documents documents
	meetings  map[string]*gathered // by their drafts
	order     []string             // of them
	shelves   shelves
	waiting   []made
}

type made struct {
	row     *model.ImportRow
	also    []*model.ImportRow // that become the same draft
	name    name
	content []byte
}

func (d *Desk) make(ctx context.Context, i *model.Import, reader *Reader) error {
	m, err := d.making(ctx, i)
	if err != nil {
		return err
	}
	n := 0
	err = reader.All(func(row Row, _ *RowError) error {
		n++
		noted := m.ready[n]
		switch {
		case noted == nil:
			return nil
		case noted.Kind == model.KindMeeting:
			m.agendaOf(row, noted)
			return nil
		}
		content, err := m.draft(ctx, row, noted)
		if err != nil {
			return err
		}
		if m.waiting = append(m.waiting, made{row: noted, name: nameOf(row), content: content}); len(m.waiting) < makeRows {
			return nil
		}
		return m.flush(ctx, false)
	})
	if err != nil {
		return err
	}
	if err := m.convene(ctx); err != nil {
		return err
	}
	return m.flush(ctx, true)
}

func (d *Desk) making(ctx context.Context, i *model.Import) (*making, error) {
	directory, err := d.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	m := &making{Desk: d, i: i, known: officesOf(directory.Departments), ready: map[int]*model.ImportRow{},
		own: map[string]bool{}, documents: documents{}, meetings: map[string]*gathered{}}
	if m.shelves, err = shelvesOf(ctx, d.store); err != nil {
		return nil, err
	}
	if m.by, err = d.confirmer(ctx, i); err != nil {
		return nil, err
	}
	if m.writers = []string{i.StaffID}; i.Fill.By != i.StaffID {
		m.writers = append(m.writers, i.Fill.By)
	}
	rows, err := d.store.AllImportRows(ctx, i.ID, model.RowReady, model.RowMade)
	for n := range rows {
		row := &rows[n]
		m.own[row.DraftID] = true
		if row.State == model.RowReady {
			m.ready[row.N] = row
		}
		if row.Kind == model.KindPolicy {
			m.documents.add(row, false)
		}
	}
	return m, err
}

// confirmer is who confirmed an import, with the rights held now.
func (d *Desk) confirmer(ctx context.Context, i *model.Import) (model.Actor, error) {
	who, err := d.store.Staff(ctx, i.Fill.By)
	if err != nil {
		return model.Actor{}, err
	}
	if who == nil || !who.ClosedAt.IsZero() {
		return model.Actor{}, &unreadable{"确认导入的人账号已停用，请重新导入"}
	}
	by := model.Actor{Kind: model.AStaff, ID: who.ID, Grants: who.Grants}
	if err := d.May(ctx, by, model.ActWriteDocuments, i.DepartmentID); errors.Is(err, model.ErrNotAllowed) {
		return by, &unreadable{"确认导入的人已不能为这个部门起草文件，请重新导入"}
	}
	return by, err
}

// flush opens the drafts that wait. What came here meanwhile by another way is
// left out.
func (m *making) flush(ctx context.Context, last bool) error {
	err := m.hold(ctx, m.i, func(tx *store.Tx) error {
		for _, w := range m.waiting {
			if err := m.openOne(ctx, tx, w); err != nil {
				return fmt.Errorf("line %d: %w", w.row.Line, err)
			}
		}
		if !last {
			return nil
		}
		m.i.State, m.i.Work = model.ImportMade, model.NoWork
		return m.note(ctx, tx, m.by, m.i, "made", map[string]any{"drafts": m.i.Counts.Made})
	})
	m.waiting = m.waiting[:0]
	return err
}

func (m *making) openOne(ctx context.Context, tx *store.Tx, w made) error {
	namesakes, err := tx.Namesakes(ctx, w.name.kind, w.name.number, w.name.title)
	if err != nil {
		return err
	}
	namesakes = slices.DeleteFunc(namesakes, func(n store.Namesake) bool { return m.own[n.ID] })
	rows := append([]*model.ImportRow{w.row}, w.also...)
	m.i.Done += int64(len(rows))
	m.i.Counts.Ready -= len(rows)
	if here := w.name.among(namesakes); here != nil {
		m.i.Counts.Here += len(rows)
		for _, row := range rows {
			row.State, row.Told = model.RowHere, model.ImportTold{Here: here}
		}
		return m.keep(ctx, tx, rows)
	}
	m.i.Counts.Made += len(rows)
	p := &model.Publication{Kind: w.row.Kind, ID: w.row.DraftID, DepartmentID: m.i.DepartmentID, Writers: m.writers, Content: w.content}
	if err := m.open(ctx, tx, m.by, p, m.i.Name); err != nil {
		return err
	}
	for _, row := range rows {
		row.State = model.RowMade
	}
	return m.keep(ctx, tx, rows)
}

func (m *making) keep(ctx context.Context, tx *store.Tx, rows []*model.ImportRow) error {
	for _, row := range rows {
		if err := tx.SetImportRow(ctx, m.i.ID, row); err != nil {
			return err
		}
	}
	return nil
}

// draft writes the working copy that a row becomes.
func (m *making) draft(ctx context.Context, row Row, noted *model.ImportRow) ([]byte, error) {
	d := draftOf(row)
	if d.interpretation != nil {
		draft, err := m.interpretation(ctx, d)
		if err != nil {
			return nil, err
		}
		return json.Marshal(draft)
	}
	return json.Marshal(m.policy(d, noted))
}

func (m *making) policy(d *draft, noted *model.ImportRow) *model.PolicyDraft {
	p := d.policy
	draft := &model.PolicyDraft{Title: p.Title, DocNumber: p.DocNumber, IndexNumber: p.IndexNumber, Theme: p.Theme, Category: p.Category,
		WrittenDate: p.WrittenDate, PublishedDate: p.PublishedDate, EffectiveDate: p.EffectiveDate, ExpiryDate: p.ExpiryDate,
		DepartmentIDs: m.departments(d.issuers), Body: media.Passages(p.Body), SourceURL: p.SourceURL, Stated: p.Stated,
		NoInterpretation: p.Unexplained, TopicIDs: model.TopicIDs(p.Topics)}
	if draft.WrittenDate == "" && m.i.Fill.Written {
		draft.WrittenDate = p.PublishedDate
	}
	if draft.NoInterpretation == "" && !noted.Told.Explained {
		draft.NoInterpretation = m.i.Fill.Unexplained
	}
	for _, r := range d.relations {
		relation := model.DraftRelation{Kind: r.Kind, TargetNumber: r.TargetNumber, TargetTitle: r.TargetTitle, Since: r.Since}
		if target := m.documents.of(r.TargetNumber, r.TargetTitle); target != nil && target.row.N != noted.N {
			relation.TargetID = target.row.DraftID
		}
		draft.Relations = append(draft.Relations, relation)
	}
	return draft
}

func (m *making) interpretation(ctx context.Context, d *draft) (*model.InterpretationDraft, error) {
	i := d.interpretation
	draft := &model.InterpretationDraft{Title: i.Title, PublishedDate: i.PublishedDate, DepartmentIDs: m.departments(d.issuers),
		Body: media.Passages(i.Body), Questions: i.Questions, SourceURL: i.SourceURL}
	for _, ref := range i.Policies {
		id, err := m.target(ctx, ref)
		if err != nil {
			return nil, err
		}
		if id != "" && !slices.Contains(draft.PolicyIDs, id) {
			draft.PolicyIDs = append(draft.PolicyIDs, id)
		}
	}
	return draft, nil
}

// target is the policy that a row means, of this import or here already.
func (m *making) target(ctx context.Context, ref model.PolicyRef) (string, error) {
	if d := m.documents.of(ref.DocNumber, ref.Title); d != nil {
		return d.row.DraftID, nil
	}
	return policyHere(ctx, m.store, ref)
}

// named are the departments that a row names, by our names or as whoever confirmed the
// import says.
func (m *making) named(names []string) (ids []string) {
	for _, name := range names {
		id := m.i.Fill.Issuers[name]
		if d, known := m.known[name]; known {
			id = d.ID
		}
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// departments are those that a row names; where there are none, the one that stands for
// them.
func (m *making) departments(names []string) []string {
	ids := m.named(names)
	if len(ids) == 0 && m.i.Fill.Issuer != "" {
		ids = append(ids, m.i.Fill.Issuer)
	}
	return ids
}
