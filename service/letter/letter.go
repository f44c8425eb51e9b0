// Package letter is what residents write to the government: who answers, until when,
// and what they say of the answers.
package letter

import (
	"context"
	"slices"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/cache"
	"yuandu/store/search"
)

// City is what the service asks of the city: its calendar and its settings.
type City interface {
	Calendar(ctx context.Context) (*model.Calendar, error)
	Settings(ctx context.Context) (*model.Settings, error)
}

// Service is the letters.
type Service struct {
	store *store.Store
	city  City
	ask   search.Asker
	clock model.Clock

	unpublish  Unpublisher
	thresholds model.Thresholds
	callShare  int // percent

	cache      cache.Cache // nil where nobody sees who else is at a letter
	checker    Checker     // nil where there is no WeChat
	checkAgain time.Time
	adviser    adviser
}

// New makes the service; ask finds public letters.
func New(s *store.Store, city City, ask search.Asker, clock model.Clock) *Service {
	return &Service{store: s, city: city, ask: ask, clock: clock, thresholds: model.UsualThresholds, callShare: UsualCallShare}
}

// Colours sets from when on letters are yellow and red.
func (s *Service) Colours(t model.Thresholds) { s.thresholds = t }

func (s *Service) today() model.Day { return model.Today(s.clock.Now()) }

// Sending is a letter as it is written.
type Sending struct {
	Channel    model.LetterChannel
	Source     model.LetterSource // "" for the mini program
	Topic      string
	Wanted     string // the department that it is meant for, "" for 不知道找谁
	Title      string
	Text       string
	Place      model.LetterPlace
	Contact    model.LetterContact
	MayPublish bool
	Anonymous  bool
	Files      []string
}

// Send takes in a resident's letter. It is there once, with its number, when Send
// has answered.
func (s *Service) Send(ctx context.Context, by model.Actor, v Sending) (*Shown, error) {
	l, err := s.read(ctx, v)
	if err != nil {
		return nil, err
	}
	l.ResidentID, l.Source = by.ID, model.LetterByMini
	return s.receive(ctx, by, l, func(tx *store.Tx) error {
		if err := s.maySend(ctx, tx, l); err != nil {
			return err
		}
		return tx.KeepLetterDraft(ctx, by.ID, l.Channel, "")
	})
}

// Enter takes in a letter that came to staff: by telephone, over the counter or on
// paper.
func (s *Service) Enter(ctx context.Context, by model.Actor, v Sending) (*Shown, error) {
	if v.Source.Name() == "" || v.Source == model.LetterByMini {
		return nil, model.ErrLetterSource
	}
	l, err := s.read(ctx, v)
	if err != nil {
		return nil, err
	}
	l.EnteredBy, l.Source, l.Check = by.ID, v.Source, model.CheckCleared
	return s.receive(ctx, by, l, func(*store.Tx) error { return nil })
}

// receive numbers a letter and keeps it, with what else belongs to that.
func (s *Service) receive(ctx context.Context, by model.Actor, l *model.Letter, also func(*store.Tx) error) (*Shown, error) {
	settings, err := s.city.Settings(ctx)
	if err != nil {
		return nil, err
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := also(tx); err != nil {
			return err
		}
		year := model.Today(l.ReceivedAt).Year()
		n, err := tx.NextNumber(ctx, model.LetterSeries, year)
		if err != nil {
			return err
		}
		l.Number = model.LetterSeries.Number(settings.NumberPrefix, year, n)
		if err := tx.AddLetter(ctx, l, model.LetterEvent{At: l.ReceivedAt, What: model.LetterStepReceived, StaffID: l.EnteredBy}); err != nil {
			return err
		}
		return note(ctx, tx, by, l, "received")
	})
	if err != nil {
		return nil, err
	}
	return s.showOne(ctx, l)
}

// read makes a letter of what was written.
func (s *Service) read(ctx context.Context, v Sending) (*model.Letter, error) {
	now := s.clock.Now()
	l := &model.Letter{Channel: v.Channel, MayPublish: v.MayPublish, Anonymous: v.Anonymous, State: model.LetterReceived, Round: 1,
		Term: model.UsualTerm, ReceivedAt: now, AskedAt: now, UpdatedAt: now}
	if err := l.Write(v.Title, v.Text, v.Place, v.Contact); err != nil {
		return nil, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if v.Topic != "" && !slices.ContainsFunc(directory.Topics, func(t model.Topic) bool { return t.ID == v.Topic }) {
		return nil, model.ErrLetterTopic
	}
	if v.Wanted != "" {
		if l.WantedID = directory.Now(v.Wanted); directory.Department(l.WantedID) == nil {
			return nil, model.ErrDepartmentMissing.With("department", nil)
		}
	}
	if len(v.Files) > model.LetterFiles {
		return nil, model.ErrLetterFile
	}
	for _, id := range v.Files {
		if !slices.ContainsFunc(l.Files, func(f model.LetterFile) bool { return f.FileID == id }) {
			l.Files = append(l.Files, model.LetterFile{FileID: id})
		}
	}
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	l.TopicID = v.Topic
	return l, l.Schedule(calendar)
}

// maySend lets a resident send so and so many a day. The resident's row is taken, so
// that nobody gets by who asks twice at once; for what can't wait there is the phone.
func (s *Service) maySend(ctx context.Context, tx *store.Tx, l *model.Letter) error {
	r, err := tx.Resident(ctx, l.ResidentID)
	switch {
	case err != nil:
		return err
	case r == nil:
		return model.ErrSignInNeeded
	}
	today := model.Today(l.ReceivedAt)
	n, err := tx.CountLettersOf(ctx, r.ID, today.Start())
	if err != nil || n < model.LettersPerDay {
		return err
	}
	settings, err := s.city.Settings(ctx)
	if err != nil {
		return err
	}
	return model.ErrLetterLimit.With("", map[string]any{"most": model.LettersPerDay, "day": today.Add(1).Chinese(), "phone": settings.Phone})
}

// note writes the audit line of an act: never a text.
func note(ctx context.Context, tx *store.Tx, by model.Actor, l *model.Letter, act string) error {
	return tx.Audit(ctx, by, model.AuditEntry{Act: "letter." + act, Object: model.Ref{Kind: "letter", ID: l.ID},
		Details: noted{l.State, l.LeadID, l.Round, l.Version}})
}

type noted struct {
	State   model.LetterState `json:"state"`
	Lead    string            `json:"lead,omitempty"`
	Round   int               `json:"round"`
	Version int64             `json:"version"`
}

// Shown is a letter with what follows from the calendar.
type Shown struct {
	model.Letter
	Due      model.Deadline // no day where nothing is waited for
	Overdue  bool
	Colour   model.Colour
	Rateable bool // by its author, now
	Left     int  // working days until it is due, negative where it is overdue
}

// shown tells of some letters what follows from the calendar today.
func (s *Service) shown(ctx context.Context, list ...model.Letter) ([]Shown, error) {
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Shown, len(list))
	for i := range list {
		v := Shown{Letter: list[i]}
		v.Rateable = v.CanRate(s.clock.Now()) == nil
		if v.Due, err = v.Deadline(calendar); err != nil {
			return nil, err
		}
		if v.State.IsOpen() {
			v.Overdue, v.Left = v.Due.Day < s.today(), calendar.WorkdaysLeft(v.Due.Day, s.today())
			v.Colour = v.Due.Colour(calendar, s.today(), s.thresholds)
		}
		all[i] = v
	}
	return all, nil
}

func (s *Service) showOne(ctx context.Context, l *model.Letter) (*Shown, error) {
	all, err := s.shown(ctx, *l)
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// Names are what a page about letters calls things by their IDs.
type Names struct {
	Departments map[string]string
	Topics      map[string]string
	Staff       map[string]string
}

// NamesFor are the names of all departments and topics, and of the staff who had a
// hand in a letter; nil for none.
func (s *Service) NamesFor(ctx context.Context, l *model.Letter) (n Names, err error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return n, err
	}
	n.Departments, n.Topics = map[string]string{}, map[string]string{}
	for _, d := range directory.Departments {
		n.Departments[d.ID] = d.Name
	}
	for _, t := range directory.Topics {
		n.Topics[t.ID] = t.Name
	}
	if l != nil {
		n.Staff, err = s.store.StaffNames(ctx, staffIn(l))
	}
	return n, err
}

// staffIn are the staff who had a hand in a letter, each once.
func staffIn(l *model.Letter) []string {
	ids := []string{l.HandlerID, l.EnteredBy}
	for _, e := range l.Events {
		ids = append(ids, e.StaffID)
	}
	for _, r := range l.Replies {
		ids = append(ids, r.DraftedBy, r.SignedBy)
	}
	for _, v := range l.Supervisions {
		ids = append(ids, v.StaffID, v.AnsweredBy, v.ClosedBy)
	}
	for _, d := range l.Disputes {
		ids = append(ids, d.RaisedBy, d.DecidedBy)
	}
	return distinct(ids)
}

// distinct are some IDs, each once.
func distinct(ids []string) []string {
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == "" })
	slices.Sort(ids)
	return slices.Compact(ids)
}

// words is a text as it is kept, of 1 to most characters.
func words(text string, most int, refusal *model.Error) (string, error) {
	text, err := model.Written(text, most)
	if err != nil {
		return "", refusal.With(refusal.Field, map[string]any{"most": most})
	}
	return text, nil
}

// orWords is words that may be missing.
func orWords(text string, most int, refusal *model.Error) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	return words(text, most, refusal)
}

// NamesIn are the names of all departments and topics, and of the staff who took one
// of some letters.
func (s *Service) NamesIn(ctx context.Context, list []Shown) (Names, error) {
	var takers model.Letter
	for _, v := range list {
		takers.Events = append(takers.Events, model.LetterEvent{StaffID: v.HandlerID})
	}
	return s.NamesFor(ctx, &takers)
}
