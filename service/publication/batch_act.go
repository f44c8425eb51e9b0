package publication

import (
	"context"
	"maps"
	"time"

	"yuandu/check"
	"yuandu/model"
	"yuandu/store"
)

// acted is a document to act on; version is the one that was looked at.
type acted struct {
	row     model.ImportRow
	version int64
	excuses []model.Excuse
}

// prepare reads the documents before the transaction, and runs the checks of
// those that are to be submitted: that takes longer than others should wait.
func (b *batch) prepare(ctx context.Context, rows []model.ImportRow) ([]acted, error) {
	list := make([]acted, len(rows))
	for n, row := range rows {
		p, err := b.store.Publication(ctx, row.Kind, row.DraftID)
		if err != nil {
			return nil, err
		}
		if p == nil {
			row.Left = []model.ImportLeft{{Code: model.ErrPublicationMissing.Code}}
			list[n] = acted{row: row}
			continue
		}
		list[n] = acted{row: row, version: p.Version}
		list[n].row.Left = nil
		if b.task.Act == model.ImportSubmit {
			err = b.excuse(ctx, p, &list[n])
		}
		if b.task.Act == model.ImportSign && p.SubmittedAt.After(b.task.At) {
			list[n].row.Left = []model.ImportLeft{{Code: model.ErrImportLater.Code}}
		}
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// excuse runs the checks and excuses what may be; the rest is left open.
func (b *batch) excuse(ctx context.Context, p *model.Publication, a *acted) error {
	found, err := b.findings(ctx, p)
	if err != nil {
		return err
	}
	a.excuses = p.Excuses
	open := &model.ImportTask{}
	for _, f := range found {
		reason := b.task.Excuses[f.Code]
		switch {
		case f.Severity == check.Ask && f.Excused == "" && reason != "":
			a.excuses = append(a.excuses, model.Excuse{Finding: f.Number, Reason: reason})
		case f.Severity == check.Stop, f.Severity == check.Ask && f.Excused == "":
			open.LeaveBehind([]model.ImportLeft{{Code: "check." + f.Code, Args: f.args(), Excusable: f.Severity == check.Ask}})
		}
	}
	a.row.Left = open.Left
	return nil
}

// args are what fills the sentence of a finding.
func (f *Finding) args() map[string]any {
	args := map[string]any{"text": f.Text}
	maps.Copy(args, f.Hint)
	return args
}

// one acts on a document.
func (b *batch) one(ctx context.Context, tx *store.Tx, a acted) error {
	p, err := tx.PublicationFor(ctx, a.row.Kind, a.row.DraftID)
	if err != nil {
		return err
	}
	if err := b.may(ctx, b.by, rightTo(b.task.Act), a.row.Kind, p.DepartmentID); err != nil {
		return err
	}
	if p.Version != a.version {
		return model.ErrStale
	}
	e, err := b.do(ctx, tx, p, a.excuses)
	if err != nil {
		return err
	}
	if err := b.keep(ctx, tx, p); err != nil {
		return err
	}
	return b.note(ctx, tx, b.by, p, e)
}

func (b *batch) do(ctx context.Context, tx *store.Tx, p *model.Publication, excuses []model.Excuse) (model.PublicationEvent, error) {
	now, t := b.clock.Now(), b.task
	switch t.Act {
	case model.ImportSubmit:
		return model.PublicationEvent{Act: model.PubSubmitted, Note: t.Note}, p.Submit(b.by.ID, excuses, now)
	case model.ImportRecall:
		return model.PublicationEvent{Act: model.PubRecalled}, p.BackToDraft(b.by.ID, now)
	case model.ImportReturn:
		return model.PublicationEvent{Act: model.PubReturned, Note: t.Note}, p.BackToDraft(b.by.ID, now)
	case model.ImportDiscard:
		return model.PublicationEvent{Act: model.PubDiscarded}, p.Discard(b.by.ID, now)
	}
	review, at := *t.Review, t.PublishAt
	review.By, review.At = b.by.ID, now
	if !at.After(now) { // it came while the others were signed
		at = time.Time{}
	}
	return b.signed(ctx, tx, b.by, p, review, at)
}
