// Package knowledge is what offices answer when they are asked something, kept current
// by them, and the texts by which they begin their replies.
package knowledge

import (
	"context"
	"strings"
	"sync"

	"yuandu/check"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Service is the knowledge base and the templates of replies.
type Service struct {
	store    *store.Store
	synonyms func(context.Context) (*search.Synonyms, error)
	clock    model.Clock

	drawerMu sync.Mutex
	drawer   *drawer // of all current entries, nil while none was asked for
}

// New makes the service; synonyms are those of the city's list.
func New(s *store.Store, synonyms func(context.Context) (*search.Synonyms, error), clock model.Clock) *Service {
	return &Service{store: s, synonyms: synonyms, clock: clock}
}

func (s *Service) today() model.Day { return model.Today(s.clock.Now()) }

// Shown is an entry as staff read it.
type Shown struct {
	model.Knowledge
	Doubts    []model.KnowledgeDoubt
	Usable    bool
	GoodUntil model.Day
	Private   []string // what in a draft may be somebody's own
	Rights    Rights
}

// Rights are what somebody may do to an entry as it stands.
type Rights struct{ Write, Use, Review, Retire, Ask, Take bool }

// Get reads an entry.
func (s *Service) Get(ctx context.Context, by model.Actor, id string) (*Shown, error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	k, err := s.store.Knowledge(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case k == nil:
		return nil, model.ErrKnowledgeMissing
	case !may(d, by, model.ActReadKnowledge, k.DepartmentID):
		return nil, model.ErrNotAllowed
	}
	return s.shown(d, by, k), nil
}

func may(d *store.Directory, by model.Actor, act model.Act, departmentID string) bool {
	return by.Kind == model.TheSystem || d.May(by, act, departmentID)
}

func (s *Service) shown(d *store.Directory, by model.Actor, k *model.Knowledge) *Shown {
	v := &Shown{Knowledge: *k, Doubts: k.Doubts(s.today()), Usable: k.IsUsable(s.today()), GoodUntil: k.GoodUntil(), Rights: rightsTo(d, by, k)}
	if k.State == model.KnowledgeDraft {
		v.Private = own(k.Question + "\n" + k.Answer)
	}
	return v
}

// own lists what in a text may be somebody's own, each once.
func own(text string) (list []string) {
	units := utf16Of(text)
	seen := map[string]bool{}
	for _, span := range check.Private(text) {
		piece := units.piece(span.From, span.Len)
		if !seen[piece] {
			seen[piece] = true
			list = append(list, piece)
		}
	}
	return list
}

// rightsTo says what somebody may do: what an office answers from is its own word, and
// the Centre writes drafts for it.
func rightsTo(d *store.Directory, by model.Actor, k *model.Knowledge) Rights {
	confirm, isDraft := may(d, by, model.ActConfirmKnowledge, k.DepartmentID), k.State == model.KnowledgeDraft
	isCurrent := k.State == model.KnowledgeCurrent
	return Rights{
		Write:  confirm || isDraft && may(d, by, model.ActWriteKnowledge, k.DepartmentID),
		Use:    confirm && !isCurrent,
		Review: confirm && isCurrent,
		Retire: k.State != model.KnowledgeRetired && (confirm || isDraft && may(d, by, model.ActWriteKnowledge, k.DepartmentID)),
		Ask:    isCurrent && may(d, by, model.ActAskKnowledge, k.DepartmentID),
		Take:   confirm && by.ID != k.StaffID && k.State != model.KnowledgeRetired,
	}
}

// Ref names an entry, and the version that was read of it.
type Ref struct {
	ID      string
	Version int64
}

// deskAct is something that staff do to an entry: what the audit trail calls it, by
// what right, and what it does.
type deskAct struct {
	name  string
	right func(Rights) bool
	do    func(ctx context.Context, tx *store.Tx, d *store.Directory, k *model.Knowledge) error
}

// act takes an entry, does something to it and keeps it, all or nothing. It is
// ErrStale where somebody was faster.
func (s *Service) act(ctx context.Context, by model.Actor, r Ref, a deskAct) (*Shown, error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		k, err := tx.KnowledgeFor(ctx, r.ID)
		switch {
		case err != nil:
			return err
		case !may(d, by, model.ActReadKnowledge, k.DepartmentID):
			return model.ErrNotAllowed
		case r.Version != k.Version:
			return model.ErrStale
		}
		rights := rightsTo(d, by, k)
		if err := a.do(ctx, tx, d, k); err != nil {
			return err
		}
		if !a.right(rights) {
			return model.ErrKnowledgeNotYours
		}
		return s.keep(ctx, tx, by, k, a.name)
	})
	if err != nil {
		return nil, err
	}
	return s.Get(ctx, by, r.ID)
}

// keep writes an entry and its audit line.
func (s *Service) keep(ctx context.Context, tx *store.Tx, by model.Actor, k *model.Knowledge, act string) error {
	k.UpdatedAt, k.UpdatedBy = s.clock.Now(), staffOf(by)
	write := tx.KeepKnowledge
	if k.ID == "" {
		write = tx.AddKnowledge
	}
	if err := write(ctx, k); err != nil {
		return err
	}
	return tx.Audit(ctx, by, model.AuditEntry{Act: "knowledge." + act, Object: model.Ref{Kind: "knowledge", ID: k.ID},
		Details: noted{k.State, k.DepartmentID, k.StaffID, k.Version}})
}

// noted is what the audit trail says of an act: never a text.
type noted struct {
	State       model.KnowledgeState `json:"state"`
	Department  string               `json:"department"`
	Responsible string               `json:"responsible,omitempty"`
	Version     int64                `json:"version"`
}

func staffOf(by model.Actor) string {
	if by.Kind == model.AStaff {
		return by.ID
	}
	return ""
}

// Use has an office answer from an entry from now on.
func (s *Service) Use(ctx context.Context, by model.Actor, r Ref) (*Shown, error) {
	return s.act(ctx, by, r, deskAct{"used", func(r Rights) bool { return r.Use }, plain(func(k *model.Knowledge) error { return k.Use(s.today()) })})
}

// Review keeps the office's word that an entry is right.
func (s *Service) Review(ctx context.Context, by model.Actor, r Ref) (*Shown, error) {
	return s.act(ctx, by, r, deskAct{"reviewed", func(r Rights) bool { return r.Review },
		plain(func(k *model.Knowledge) error { return k.Review(s.today()) })})
}

// Retire has an entry offered no longer.
func (s *Service) Retire(ctx context.Context, by model.Actor, r Ref) (*Shown, error) {
	return s.act(ctx, by, r, deskAct{"retired", func(r Rights) bool { return r.Retire }, plain((*model.Knowledge).Retire)})
}

// Take has the asker look after an entry.
func (s *Service) Take(ctx context.Context, by model.Actor, r Ref) (*Shown, error) {
	return s.act(ctx, by, r, deskAct{"taken", func(r Rights) bool { return r.Take }, plain(func(k *model.Knowledge) error {
		k.StaffID = staffOf(by)
		return nil
	})})
}

// Ask asks the office to review an entry, and says why.
func (s *Service) Ask(ctx context.Context, by model.Actor, r Ref, note string) (*Shown, error) {
	note, err := written(note, model.KnowledgeNote, model.ErrKnowledgeNote)
	if err != nil {
		return nil, err
	}
	asked := model.KnowledgeRequest{Note: note, StaffID: staffOf(by), At: s.clock.Now()}
	return s.act(ctx, by, r, deskAct{"asked", func(r Rights) bool { return r.Ask }, plain(func(k *model.Knowledge) error { return k.Ask(asked) })})
}

func plain(do func(*model.Knowledge) error) func(context.Context, *store.Tx, *store.Directory, *model.Knowledge) error {
	return func(_ context.Context, _ *store.Tx, _ *store.Directory, k *model.Knowledge) error { return do(k) }
}

// written is a text as it is kept, of 1 to most characters.
func written(text string, most int, refusal *model.Error) (string, error) {
	text, err := model.Written(text, most)
	if err != nil {
		return "", refusal
	}
	return text, nil
}

// line is a text of one line.
func line(text string, most int, refusal *model.Error) (string, error) {
	return written(strings.Join(strings.Fields(text), " "), most, refusal)
}
