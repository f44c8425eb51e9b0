package ingest

import (
	"context"
	"fmt"
	"io"

	"yuandu/store"
)

// Service brings documents in that are public already.
type Service struct{ store *store.Store }

// New makes the service.
func New(s *store.Store) *Service { return &Service{s} }

// bringing is one import under way, and what it has learnt so far.
type bringing struct {
	store  *store.Store
	known  offices
	report Report
}

// Report is what an import did.
type Report struct {
	Rows                        int // read, good and bad
	Created, Changed, Unchanged int
	Withheld                    int // withdrawn here, so not brought back
	Interpretations             int // of the rows taken
	Rejected                    int
	Unknown                     []string // columns that mean nothing to us
}

// Progress is how far an import has come.
type Progress struct {
	Report
	Read, Total int64 // bytes
}

// batchSize is how many rows are kept in one transaction.
const batchSize = 50

// File imports a file of documents that are public already. Rows that cannot
// be taken are written to errors, a JSON object a line, and do not stop the
// rest. Doing it twice changes nothing.
func (s *Service) File(ctx context.Context, path string, errors io.Writer, progress func(Progress)) (Report, error) {
	reader, err := Open(path)
	if err != nil {
		return Report{}, err
	}
	defer reader.Close()
	in := &bringing{store: s.store}
	var batch []*draft
	same := repeats{}
	flush := func() error {
		err := in.keep(ctx, batch)
		batch = batch[:0]
		read, total := reader.Progress()
		in.report.Unknown = reader.Unknown()
		progress(Progress{in.report, read, total})
		return err
	}
	for d := range s.drafts(ctx, reader) {
		in.report.Rows++
		if d.wrong != nil {
			in.report.Rejected++
			if err := WriteError(errors, d.wrong); err != nil {
				return in.report, fmt.Errorf("write rejected rows: %w", err)
			}
			continue
		}
		same.tell(d)
		if batch = append(batch, d); len(batch) == batchSize {
			if err := flush(); err != nil {
				return in.report, err
			}
		}
	}
	if err := flush(); err != nil {
		return in.report, err
	}
	return in.report, ctx.Err()
}

// repeats knows the documents of one file by identity. A row that has the
// identity of an earlier one but another text is another document, known by
// its text: sources give one address to several, and one file never means to
// change what it has just said.
type repeats map[string]string

func (r repeats) tell(d *draft) {
	text, seen := r[d.identity]
	switch {
	case !seen:
		r[d.identity] = d.byText
	case text != d.byText:
		d.identity = d.byText
	}
}

// Rows imports rows at hand.
func (s *Service) Rows(ctx context.Context, rows []Row) (Report, error) {
	in := &bringing{store: s.store}
	for from := 0; from < len(rows); from += batchSize {
		var batch []*draft
		for _, r := range rows[from:min(from+batchSize, len(rows))] {
			in.report.Rows++
			batch = append(batch, draftOf(r))
		}
		if err := in.keep(ctx, batch); err != nil {
			return in.report, err
		}
	}
	return in.report, nil
}

// drafts reads rows and makes drafts of them beside the keeping of earlier
// ones, in the order of the file.
func (s *Service) drafts(ctx context.Context, reader *Reader) <-chan *draft {
	out := make(chan *draft, batchSize)
	go func() {
		defer close(out)
		_ = reader.All(func(row Row, wrong *RowError) error {
			d := &draft{wrong: wrong}
			if wrong == nil {
				d = draftOf(row)
			}
			select {
			case out <- d:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	return out
}

// keep writes a batch, all of it or none.
func (in *bringing) keep(ctx context.Context, batch []*draft) error {
	if len(batch) == 0 {
		return ctx.Err()
	}
	done := in.report
	err := in.store.InTx(ctx, func(tx *store.Tx) error {
		for _, d := range batch {
			outcome, err := in.keepOne(ctx, tx, d)
			if err != nil {
				return fmt.Errorf("line %d: %w", d.line, err)
			}
			done.count(d, outcome)
		}
		return nil
	})
	if err != nil {
		in.known = nil // departments made in it are not there
		return err
	}
	in.report = done
	return nil
}

func (r *Report) count(d *draft, outcome store.Outcome) {
	if d.interpretation != nil {
		r.Interpretations++
	}
	switch outcome {
	case store.Created:
		r.Created++
	case store.Changed:
		r.Changed++
	case store.Withheld:
		r.Withheld++
	default:
		r.Unchanged++
	}
}

func (in *bringing) keepOne(ctx context.Context, tx *store.Tx, d *draft) (store.Outcome, error) {
	departments, err := in.departments(ctx, tx, d.issuers)
	if err != nil {
		return "", err
	}
	if d.interpretation != nil {
		d.interpretation.Departments = departments
		return tx.SaveInterpretation(ctx, d.identity, d.interpretation)
	}
	d.policy.Departments = departments
	outcome, err := tx.SavePolicy(ctx, d.identity, d.policy)
	if err != nil || outcome == store.Unchanged || outcome == store.Withheld {
		return outcome, err
	}
	return outcome, tx.SetRelations(ctx, d.policy, d.relations)
}
