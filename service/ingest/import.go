package ingest

import (
	"context"
	"fmt"
	"io"

	"yuandu/model"
	"yuandu/store"
)

// Service brings documents in.
type Service struct {
	store *store.Store
	known map[string]model.Department // departments by every name they go by
}

// New makes the service.
func New(s *store.Store) *Service { return &Service{store: s} }

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
	var report Report
	var batch []*draft
	same := repeats{}
	flush := func() error {
		err := s.keep(ctx, batch, &report)
		batch = batch[:0]
		read, total := reader.Progress()
		report.Unknown = reader.Unknown()
		progress(Progress{report, read, total})
		return err
	}
	for d := range s.drafts(ctx, reader) {
		report.Rows++
		if d.wrong != nil {
			report.Rejected++
			if err := WriteError(errors, d.wrong); err != nil {
				return report, fmt.Errorf("write rejected rows: %w", err)
			}
			continue
		}
		same.tell(d)
		if batch = append(batch, d); len(batch) == batchSize {
			if err := flush(); err != nil {
				return report, err
			}
		}
	}
	if err := flush(); err != nil {
		return report, err
	}
	return report, ctx.Err()
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
	var report Report
	for from := 0; from < len(rows); from += batchSize {
		var batch []*draft
		for _, r := range rows[from:min(from+batchSize, len(rows))] {
			report.Rows++
			batch = append(batch, draftOf(r))
		}
		if err := s.keep(ctx, batch, &report); err != nil {
			return report, err
		}
	}
	return report, nil
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
func (s *Service) keep(ctx context.Context, batch []*draft, report *Report) error {
	if len(batch) == 0 {
		return ctx.Err()
	}
	done := *report
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		for _, d := range batch {
			outcome, err := s.keepOne(ctx, tx, d)
			if err != nil {
				return fmt.Errorf("line %d: %w", d.line, err)
			}
			done.count(d, outcome)
		}
		return nil
	})
	if err != nil {
		s.known = nil // departments made in it are not there
		return err
	}
	*report = done
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

func (s *Service) keepOne(ctx context.Context, tx *store.Tx, d *draft) (store.Outcome, error) {
	departments, err := s.departments(ctx, tx, d.issuers)
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

// departments finds offices by any of their names and makes those that are new.
func (s *Service) departments(ctx context.Context, tx *store.Tx, names []string) ([]model.Department, error) {
	if err := s.learn(ctx, tx); err != nil {
		return nil, err
	}
	var list []model.Department
	for _, name := range names {
		d, known := s.known[name]
		if !known {
			d = model.Department{Name: name, Position: len(s.known)}
			if err := tx.SaveDepartment(ctx, &d); err != nil {
				return nil, err
			}
			s.known[name] = d
		}
		list = append(list, d)
	}
	return list, nil
}

func (s *Service) learn(ctx context.Context, tx *store.Tx) error {
	if s.known != nil {
		return nil
	}
	all, err := tx.AllDepartments(ctx)
	if err != nil {
		return err
	}
	s.known = make(map[string]model.Department, len(all))
	for _, names := range []func(model.Department) []string{
		func(d model.Department) []string { return d.Aliases },
		func(d model.Department) []string { return []string{d.ShortName} },
		func(d model.Department) []string { return []string{d.Name} }, // full names win
	} {
		for _, d := range all {
			for _, n := range names(d) {
				if n != "" {
					s.known[n] = d
				}
			}
		}
	}
	return nil
}

// Departments keeps offices as a tree; parents come first. Those that are there
// by name stay as they are.
func (s *Service) Departments(ctx context.Context, offices []Office) error {
	defer func() { s.known = nil }() // learnt anew: short names and aliases too, or nothing of what was undone
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := s.learn(ctx, tx); err != nil {
			return err
		}
		for i, o := range offices {
			if _, there := s.known[o.Name]; there {
				continue
			}
			d := model.Department{Name: o.Name, ShortName: o.ShortName, Aliases: o.Aliases, Position: i + 1}
			d.ParentID = s.known[o.Parent].ID
			if err := tx.SaveDepartment(ctx, &d); err != nil {
				return err
			}
			s.known[o.Name] = d
		}
		return nil
	})
}

// Office is a department as a list of offices names it.
type Office struct {
	Name      string   `json:"name"`
	ShortName string   `json:"short_name"`
	Aliases   []string `json:"aliases"`
	Parent    string   `json:"parent"` // by name
}
