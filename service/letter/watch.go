package letter

import (
	"context"
	"slices"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// WatchPhase is a part of what the Supervisor works through.
type WatchPhase = store.WatchPhase

// WatchQuestion asks for a part of what the Supervisor works through; what is empty does
// not narrow it.
type WatchQuestion struct {
	Phase         WatchPhase
	Cause         model.SupervisionCause
	Department    string // and all below it
	Offset, Limit int
}

// WatchItem is a letter with a cause, and what was done about it.
type WatchItem struct {
	Shown
	Cause       model.SupervisionCause
	Since       time.Time
	Supervision *model.Supervision // nil where nobody has looked at it
}

// WatchPage is a part of the list, with how much is in each phase, up to
// store.MostCounted.
type WatchPage struct {
	Items  []WatchItem
	Total  int
	Phases []PhaseCount
}

// PhaseCount is a phase with how much is in it.
type PhaseCount struct {
	Phase WatchPhase
	Count int
}

// Watch lists what the Supervisor works through.
func (s *Service) Watch(ctx context.Context, q WatchQuestion) (*WatchPage, error) {
	f := store.WatchFilter{Phase: q.Phase, Cause: q.Cause, Now: s.clock.Now(), Offset: q.Offset, Limit: q.Limit}
	if f.Phase == "" {
		f.Phase = store.WatchFound
	}
	if q.Department != "" {
		directory, err := s.store.Directory(ctx)
		if err != nil {
			return nil, err
		}
		if f.Departments = directory.Downward(directory.Now(q.Department)); f.Departments == nil {
			f.Departments = []string{q.Department}
		}
	}
	page := &WatchPage{}
	for _, phase := range store.WatchPhases() {
		counted := f
		counted.Phase = phase
		n, err := s.store.CountWatched(ctx, counted)
		if err != nil {
			return nil, err
		}
		page.Phases = append(page.Phases, PhaseCount{phase, n})
	}
	watched, total, err := s.store.Watched(ctx, f)
	if err != nil {
		return nil, err
	}
	page.Total = total
	page.Items, err = s.watchItems(ctx, watched)
	return page, err
}

func (s *Service) watchItems(ctx context.Context, watched []store.Watched) ([]WatchItem, error) {
	ids := make([]string, len(watched))
	for i, w := range watched {
		ids[i] = w.LetterID
	}
	letters, err := s.lettersOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	items := make([]WatchItem, len(watched))
	for i, w := range watched {
		items[i] = WatchItem{letters[i], w.Cause, w.Since, w.Supervision}
		if w.Since.IsZero() {
			items[i].Since = letters[i].DueDay.Add(1).Start()
		}
	}
	return items, nil
}

// lettersOf shows the letters of some IDs, in their order.
func (s *Service) lettersOf(ctx context.Context, ids []string) ([]Shown, error) {
	of, err := s.store.LettersOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]model.Letter, len(ids))
	for i, id := range ids {
		list[i] = of[id]
	}
	return s.shown(ctx, list...)
}

// Supervising is a supervision as somebody opens it.
type Supervising struct {
	Cause model.SupervisionCause
	Why   string // where it is somebody's judgement
	Text  string
	Day   model.Day // until when the office answers
}

// Supervise has the Supervisor look after a letter: its office is asked, its author reads
// that there is a supervision and nothing more.
func (s *Service) Supervise(ctx context.Context, by model.Actor, r Ref, v Supervising) (*Shown, error) {
	why, err := orWords(v.Why, model.LetterRemark, model.ErrSupervisionWhy)
	if err != nil {
		return nil, err
	}
	text, err := words(v.Text, model.LetterRemark, model.ErrLetterWords)
	if err != nil {
		return nil, err
	}
	opened := model.Supervision{Cause: v.Cause, Why: why, Text: text, DueDay: v.Day, StaffID: staffOf(by), OpenedAt: s.clock.Now()}
	return s.act(ctx, by, r, deskAct{"supervised", func(r Rights) bool { return r.Supervise },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Supervise(opened) }, nil})
}

// SetAside notes that a cause was looked at and nothing is asked of the office.
func (s *Service) SetAside(ctx context.Context, by model.Actor, r Ref, cause model.SupervisionCause, why string) (*Shown, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"set_aside", func(r Rights) bool { return r.Supervise },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.SetAside(cause, s.event(by, "", why)) }, nil})
}

// AnswerSupervision keeps what the office says that was asked.
func (s *Service) AnswerSupervision(ctx context.Context, by model.Actor, r Ref, id, text string) (*Shown, error) {
	text, err := words(text, model.LetterReplyText, model.ErrLetterWords)
	if err != nil {
		return nil, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"explained", func(r Rights) bool { return r.Explain }, func(l *model.Letter) ([]model.LetterEvent, error) {
		if v := l.Supervision(id); v != nil && !mayExplain(directory, by, v) {
			return nil, model.ErrLetterNotYours
		}
		return l.AnswerSupervision(id, s.event(by, "", text))
	}, nil})
}

// mayExplain says whether somebody answers for who was asked: an office, or the Centre.
func mayExplain(d *store.Directory, by model.Actor, v *model.Supervision) bool {
	switch {
	case by.Kind == model.TheSystem:
		return true
	case v.DepartmentID == "":
		return d.May(by, model.ActDispatchLetters, "")
	}
	return d.May(by, model.ActAnswerLetters, v.DepartmentID)
}

// MayExplain says whether somebody may answer a supervision as it stands.
func (s *Service) MayExplain(ctx context.Context, by model.Actor, v *model.Supervision) bool {
	d, err := s.store.Directory(ctx)
	return err == nil && v.IsOpen() && mayExplain(d, by, v)
}

// TakeSupervision has the asker see to a supervision.
func (s *Service) TakeSupervision(ctx context.Context, by model.Actor, r Ref, id string) (*Shown, error) {
	return s.act(ctx, by, r, deskAct{"took_over", func(r Rights) bool { return r.Supervise },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.TakeSupervision(id, s.event(by, "", "")) }, nil})
}

// CloseSupervision ends a supervision with a result.
func (s *Service) CloseSupervision(ctx context.Context, by model.Actor, r Ref, id string, result model.SupervisionResult, text string) (*Shown, error) {
	text, err := words(text, model.LetterRemark, model.ErrLetterWords)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"watched", func(r Rights) bool { return r.Supervise },
		func(l *model.Letter) ([]model.LetterEvent, error) {
			return l.CloseSupervision(id, result, s.event(by, "", text))
		}, nil})
}

// Raise gives a letter that no office takes for its own to the Supervisor.
func (s *Service) Raise(ctx context.Context, by model.Actor, r Ref, why string) (*Shown, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"disputed", func(r Rights) bool { return r.Raise },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Raise(s.event(by, "", why)) }, nil})
}

// TakeToMeeting takes a dispute to the meeting of the government.
func (s *Service) TakeToMeeting(ctx context.Context, by model.Actor, r Ref, day model.Day, text string) (*Shown, error) {
	text, err := words(text, model.LetterRemark, model.ErrLetterWords)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, by, r, deskAct{"to_meeting", func(r Rights) bool { return r.Settle },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.TakeToMeeting(day, s.event(by, "", text)) }, nil})
}

// Settle designates the office whose letter it is.
func (s *Service) Settle(ctx context.Context, by model.Actor, r Ref, lead, why string) (*Shown, error) {
	why, err := words(why, model.LetterRemark, model.ErrLetterWhy)
	if err != nil {
		return nil, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if lead = directory.Now(lead); directory.Department(lead) == nil {
		return nil, model.ErrDepartmentMissing.With("department", nil)
	}
	d := model.Dispatching{Lead: lead, Term: model.UsualTerm, Why: why, StaffID: staffOf(by), At: s.clock.Now()}
	return s.act(ctx, by, r, deskAct{"settled", func(r Rights) bool { return r.Settle },
		func(l *model.Letter) ([]model.LetterEvent, error) { return l.Settle(d) }, nil})
}

// watchRights adds what may be done about supervisions and disputes.
func (r *Rights) watch(d *store.Directory, by model.Actor, l *model.Letter) {
	watches := d.May(by, model.ActSuperviseLetters, "")
	r.Supervise = watches && l.State != model.LetterWithdrawn
	r.Explain = slices.ContainsFunc(l.Supervisions, func(v model.Supervision) bool { return v.IsOpen() && mayExplain(d, by, &v) })
	disputed := l.Dispute() != nil
	r.Settle = watches && disputed
	if disputed { // the Supervisor decides
		r.Dispatch, r.Refuse, r.Merge = false, false, false
	}
	r.Raise = !disputed && l.State == model.LetterReceived && d.May(by, model.ActDispatchLetters, "") && l.WasReturned()
}
