// Package audit is the trail of who did what: it seals the trail into a chain,
// keeps the chain's head outside of the database, shows the trail to auditors,
// and finds out whether anybody changed it.
package audit

import (
	"context"
	"encoding/csv"
	"io"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Service is the audit trail.
type Service struct {
	store *store.Store
	clock model.Clock
	log   *slog.Logger
	head  headFile

	sealing sync.Mutex
	told    time.Time // when the head was last logged
}

// New makes the service. headPath is the file that keeps the head of the chain
// outside of the database.
func New(s *store.Store, clock model.Clock, log *slog.Logger, headPath string) *Service {
	return &Service{store: s, clock: clock, log: log, head: headFile(headPath)}
}

// How often the trail is sealed, and its head told to the log.
const (
	sealEvery = 500 * time.Millisecond
	tellEvery = time.Hour
)

// Run seals until ctx ends, and once more then.
func (s *Service) Run(ctx context.Context) {
	beat := time.NewTicker(sealEvery)
	defer beat.Stop()
	for {
		select {
		case <-beat.C:
			s.sealAndTell(ctx)
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
			defer cancel()
			s.sealAndTell(last)
			return
		}
	}
}

// sealAndTell logs what Seal met: nobody is there to return it to. A database
// that is away shows in /readyz.
func (s *Service) sealAndTell(ctx context.Context) {
	if err := s.Seal(ctx); err != nil && ctx.Err() == nil {
		s.log.Error("audit trail not sealed", "error", err)
	}
}

// Seal gives every line that waits its place in the chain, and writes down
// where the chain ends.
func (s *Service) Seal(ctx context.Context) error {
	if waiting, err := s.store.AuditWaits(ctx); err != nil || !waiting {
		return err
	}
	return s.seal(ctx, false)
}

// SealWhole looks through the whole trail, each night, for a line that Seal
// passed over.
func (s *Service) SealWhole(ctx context.Context) error { return s.seal(ctx, true) }

func (s *Service) seal(ctx context.Context, whole bool) error {
	s.sealing.Lock()
	defer s.sealing.Unlock()
	for {
		head, sealed, err := s.store.SealAudit(ctx, whole)
		if err != nil {
			return err
		}
		if err := s.anchor(ctx, head); err != nil {
			return err
		}
		if sealed < store.SealPage {
			return nil
		}
	}
}

// anchor writes the head into its file, if the chain still holds what the file
// says. A file that knows better is evidence, and stays as it is.
func (s *Service) anchor(ctx context.Context, head model.AuditHead) error {
	kept, err := s.head.read()
	if err != nil {
		return err
	}
	link, err := s.store.AuditLink(ctx, kept.Seq)
	switch {
	case err != nil:
		return err
	case kept.Seq > 0 && link != kept.Link:
		return errCut
	}
	if now := s.clock.Now(); now.Sub(s.told) >= tellEvery {
		s.told = now
		s.log.Info("head of the audit trail", "seq", head.Seq, "link", head.Link)
	}
	return s.head.write(head)
}

// Filter narrows the trail.
type Filter = store.AuditFilter

// Line is a line of the trail, with the name of the staff it speaks of.
type Line struct {
	model.AuditLine
	ActorName  string
	ObjectName string
}

// List lists the trail for those who may read it, the newest first. Reading it
// leaves a line too.
func (s *Service) List(ctx context.Context, by model.Actor, f Filter) ([]Line, error) {
	if !by.May(model.ActReadAudit) {
		return nil, model.ErrNotAllowed
	}
	lines, err := s.store.AuditLines(ctx, f)
	if err != nil {
		return nil, err
	}
	if f.Before == 0 {
		if err := s.note(ctx, by, "audit.read", f); err != nil {
			return nil, err
		}
	}
	return s.named(ctx, lines)
}

// asked is how a question to the trail is kept in it.
type asked struct {
	Actor  string `json:"actor,omitempty"`
	Object string `json:"object,omitempty"`
	Act    string `json:"act,omitempty"`
}

func (s *Service) note(ctx context.Context, by model.Actor, act string, f Filter) error {
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.Audit(ctx, by, model.AuditEntry{Act: act, Object: model.Ref{Kind: "audit"}, Details: asked{f.Actor, f.Object, f.Act}})
	})
}

func (s *Service) named(ctx context.Context, lines []model.AuditLine) ([]Line, error) {
	var ids []string
	for _, l := range lines {
		ids = append(ids, l.By.ID, l.Object.ID)
	}
	names, err := s.store.StaffNames(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Line, len(lines))
	for i, l := range lines {
		list[i] = Line{l, names[l.By.ID], names[l.Object.ID]}
	}
	return list, nil
}

// exportPage is how many lines are read at a time.
const exportPage = 1000

// Export writes the trail as CSV, the newest first.
func (s *Service) Export(ctx context.Context, by model.Actor, f Filter, out io.Writer) error {
	if !by.May(model.ActExportAudit) {
		return model.ErrNotAllowed
	}
	if err := s.note(ctx, by, "audit.exported", f); err != nil {
		return err
	}
	table := csv.NewWriter(out)
	if err := table.Write([]string{"seq", "at", "actor_kind", "actor", "actor_name", "act", "object_kind", "object", "object_name",
		"details", "address", "request", "id", "mac", "link"}); err != nil {
		return err
	}
	for f.Limit = exportPage; ; {
		lines, err := s.store.AuditLines(ctx, f)
		if err != nil {
			return err
		}
		list, err := s.named(ctx, lines)
		if err != nil {
			return err
		}
		for _, l := range list {
			if err := table.Write(l.record()); err != nil {
				return err
			}
			f.Before = l.Place()
		}
		table.Flush()
		if len(lines) < exportPage {
			return table.Error()
		}
	}
}

// Place is before what the lines follow that are older than this one; one that
// waits to be sealed comes behind all that are.
func (l Line) Place() int64 {
	if l.Seq == 0 {
		return 1<<53 - 1 // the greatest number that every client reads as it is
	}
	return l.Seq
}

func (l Line) record() []string {
	record := []string{strconv.FormatInt(l.Seq, 10), l.At.In(model.Shanghai).Format(time.RFC3339), string(l.By.Kind), l.By.ID, l.ActorName, l.Act,
		l.Object.Kind, l.Object.ID, l.ObjectName, l.Details, l.By.Address, l.By.Request, l.ID, l.MAC, l.Link}
	for i, cell := range record {
		record[i] = inert(cell)
	}
	return record
}

// inert keeps a spreadsheet from taking a cell for a formula.
func inert(cell string) string {
	if cell != "" && (cell[0] == '=' || cell[0] == '+' || cell[0] == '-' || cell[0] == '@' || cell[0] == '\t') {
		return "'" + cell
	}
	return cell
}

// State is how far the trail is sealed.
type State struct {
	Head    model.AuditHead
	Waiting int
}

// State says how far the trail is sealed.
func (s *Service) State(ctx context.Context, by model.Actor) (v State, err error) {
	if !by.May(model.ActReadAudit) {
		return v, model.ErrNotAllowed
	}
	v.Head, v.Waiting, err = s.store.AuditState(ctx)
	return v, err
}
