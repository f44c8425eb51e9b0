package publication

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// Open opens a draft of an import in a transaction; note says where it came from.
func (s *Service) Open(ctx context.Context, tx *store.Tx, by model.Actor, p *model.Publication, note string) error {
	now := s.clock.Now()
	p.Stage, p.CreatedAt, p.UpdatedAt, p.UpdatedBy = model.StageDraft, now, now, by.ID
	if err := s.keep(ctx, tx, p); err != nil {
		return err
	}
	return s.note(ctx, tx, by, p, model.PublicationEvent{Act: model.PubImported, Note: note})
}

// Rewrite puts what an import made in the place of a working copy that PublicationFor read, in
// its transaction; note says where it came from.
func (s *Service) Rewrite(ctx context.Context, tx *store.Tx, by model.Actor, p *model.Publication, content []byte, note string) error {
	if err := p.Write(by.ID, content, s.clock.Now()); err != nil {
		return err
	}
	if err := s.keep(ctx, tx, p); err != nil {
		return err
	}
	return s.note(ctx, tx, by, p, model.PublicationEvent{Act: model.PubImported, Note: note})
}

// rightTo is the right that something done with all drafts needs.
func rightTo(act model.ImportAct) model.Act {
	if act == model.ImportSign || act == model.ImportReturn {
		return model.ActReviewDocuments
	}
	return model.ActWriteDocuments
}

// DoAll begins something that is done with all drafts of an import that have come
// to its stage.
func (s *Service) DoAll(ctx context.Context, by model.Actor, importID string, task model.ImportTask) (*model.Import, error) {
	var i *model.Import
	task.By, task.At = by, s.clock.Now()
	task.By.Grants = nil // those that are held when it is done count
	return i, s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		if i, err = tx.ImportFor(ctx, importID); err != nil {
			return err
		}
		if err := s.may(ctx, by, rightTo(task.Act), model.KindPolicy, i.DepartmentID); err != nil {
			return err
		}
		if err := s.allowed(i, &task); err != nil {
			return err
		}
		stages, err := tx.ImportStages(ctx, i.ID)
		if err != nil {
			return err
		}
		task.Total = stages[task.Act.Stage()]
		if err := i.Begin(task); err != nil {
			return err
		}
		if err := tx.ClearLeft(ctx, i.ID); err != nil {
			return err
		}
		if err := tx.KeepImport(ctx, i); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "import." + string(task.Act), Object: model.Ref{Kind: "import", ID: i.ID},
			Details: map[string]any{"drafts": task.Total}})
	})
}

// allowed refuses at once what would be refused with every draft.
func (s *Service) allowed(i *model.Import, task *model.ImportTask) error {
	switch task.Act {
	case model.ImportReturn:
		if task.Note == "" {
			return model.ErrReasonNeeded
		}
	case model.ImportSign:
		task.Review.By, task.Review.At = task.By.ID, task.At
		trial := model.Publication{Stage: model.StageReview, Writers: []string{i.StaffID, i.Fill.By}}
		return trial.Sign(*task.Review, task.PublishAt)
	}
	return nil
}

// mostTries is how often a task is taken up again after it broke off.
const mostTries = 5

// WorkAll does what waits to be done with all drafts of imports. Any number of
// processes may do it.
func (s *Service) WorkAll(ctx context.Context) error {
	for {
		holder := rand.Text()
		i, tries, err := s.store.TakeImport(ctx, holder, model.WorkBatch)
		if err != nil || i == nil {
			return err
		}
		b := &batch{Service: s, holder: holder, i: i, task: i.Task, hopeless: tries > mostTries}
		if err := b.run(ctx); err != nil && !errors.Is(err, store.ErrNotHeld) {
			return fmt.Errorf("import %s: %w", i.ID, err)
		}
	}
}

// batch is something that is done with all drafts of an import: a task that goes
// on while nobody looks. A draft with which it can't be done is left behind, with
// the reason.
type batch struct {
	*Service
	holder   string
	i        *model.Import
	task     *model.ImportTask
	by       model.Actor
	hopeless bool
}

// batchSize is how many documents are acted on in one transaction.
const batchSize = 20

func (b *batch) run(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if b.by, err = b.actor(ctx); err != nil {
		return err
	}
	for {
		rows, err := b.store.ImportDrafts(ctx, b.i.ID, b.task.Act.Stage(), b.task.After, batchSize)
		if err != nil {
			return err
		}
		if len(rows) == 0 || b.hopeless {
			return b.end(ctx)
		}
		if err := b.step(ctx, rows); err != nil {
			return err
		}
	}
}

// actor is who began the task, with the rights held now: none where the account
// was closed.
func (b *batch) actor(ctx context.Context) (model.Actor, error) {
	by := b.task.By
	who, err := b.store.Staff(ctx, by.ID)
	if err == nil && who != nil && who.ClosedAt.IsZero() {
		by.Grants = who.Grants
	}
	return by, err
}

func (b *batch) end(ctx context.Context) error {
	return b.store.InTx(ctx, func(tx *store.Tx) error {
		if _, err := tx.HeldImport(ctx, b.i.ID, b.holder); err != nil {
			return err
		}
		if b.hopeless {
			b.task.LeaveBehind([]model.ImportLeft{{Code: model.ErrImportBroke.Code}})
		}
		b.task.EndedAt, b.i.Work = b.clock.Now(), model.NoWork
		if b.task.Act == model.ImportDiscard {
			stages, err := tx.ImportStages(ctx, b.i.ID)
			if err != nil {
				return err
			}
			if stages[""] == b.i.Counts.Made {
				b.i.State = model.ImportUndone
			}
		}
		return tx.KeepImport(ctx, b.i)
	})
}

// step acts on some documents in one transaction. Where one of them is refused,
// which may have spoiled it, each gets a transaction of its own.
func (b *batch) step(ctx context.Context, rows []model.ImportRow) error {
	before := *b.task
	before.Left = slices.Clone(b.task.Left)
	prepared, err := b.prepare(ctx, rows)
	if err != nil {
		return err
	}
	err = b.together(ctx, prepared)
	var refused *model.Error
	if !errors.As(err, &refused) {
		return err
	}
	for i := range prepared {
		*b.task = before
		err := b.together(ctx, prepared[i:i+1])
		if errors.As(err, &refused) {
			*b.task = before
			prepared[i].row.Left = []model.ImportLeft{{Code: refused.Code, Args: refused.Args}}
			err = b.together(ctx, prepared[i:i+1])
		}
		if err != nil {
			return err
		}
		before = *b.task
		before.Left = slices.Clone(b.task.Left)
	}
	return nil
}

// together acts on documents in one transaction, but for those that are left
// behind, and notes how far the task has come.
func (b *batch) together(ctx context.Context, list []acted) error {
	return b.store.InTx(ctx, func(tx *store.Tx) error {
		if _, err := tx.HeldImport(ctx, b.i.ID, b.holder); err != nil {
			return err
		}
		for _, a := range list {
			b.task.After = a.row.N
			if len(a.row.Left) > 0 {
				b.task.LeaveBehind(a.row.Left)
				if err := tx.SetImportRow(ctx, b.i.ID, &a.row); err != nil {
					return err
				}
				continue
			}
			b.task.Done++
			if err := b.one(ctx, tx, a); err != nil {
				return err
			}
		}
		b.i.Task = b.task
		return tx.KeepImport(ctx, b.i)
	})
}
