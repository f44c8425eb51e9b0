// Package event is what residents may come to: open days, meetings that they sit in on,
// hearings and sessions; who has a place, who came, and what came of it.
package event

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Service is the events.
type Service struct {
	store *store.Store
	ask   search.Asker
	clock model.Clock
}

// New makes the service; ask finds what is public of events.
func New(s *store.Store, ask search.Asker, clock model.Clock) *Service {
	return &Service{s, ask, clock}
}

func (s *Service) today() model.Day { return model.Today(s.clock.Now()) }

// Listing is what somebody wants to see of the events; what is empty does not narrow.
type Listing struct {
	Kind          model.EventKind
	Past          bool // those that are over, the last first; else those to come, the next first
	Offset, Limit int
}

// Page is a part of the list of events.
type Page struct {
	Items []Shown
	Total int
}

// Shown is an event as it stands now.
type Shown struct {
	model.Event
	Phase   model.EventPhase
	SignUp  *SignUpShown // nil where nobody signs up
	Steps   []model.EventStep
	Meeting string               // the title of the meeting that is sat in on, "" where it is not public
	Of      string               // the title of the consultation that it belongs to, "" where it is not public
	Figures *model.SignUpFigures // nil until the event is over
}

// SignUpPhase is how far a sign-up has come.
type SignUpPhase string

// The phases.
const (
	SignUpSoon   SignUpPhase = "soon"
	SignUpOpen   SignUpPhase = "open"
	SignUpClosed SignUpPhase = "closed"
	SignUpDrawn  SignUpPhase = "drawn"
	SignUpOff    SignUpPhase = "off"
)

// Name is the phase in Chinese.
func (p SignUpPhase) Name() string {
	return map[SignUpPhase]string{SignUpSoon: "报名尚未开始", SignUpOpen: "正在报名", SignUpClosed: "报名已截止", SignUpDrawn: "已抽签",
		SignUpOff: "不再报名"}[p]
}

// SignUpShown is how one signs up, and how many places there are still.
type SignUpShown struct {
	model.SignUpTerms
	Phase    SignUpPhase
	Left     int // places, none of a draw that is to come
	People   int // who signed up and did not take it back
	Waiting  int
	SeedHash string
}

// IsFull says whether who signs up now waits for a place.
func (v *SignUpShown) IsFull() bool {
	return v.How == model.FirstCome && (v.Left == 0 || v.Waiting > 0)
}

func (s *Service) signUpShown(ctx context.Context, b *model.Book) (*SignUpShown, error) {
	if b == nil || b.Terms.Places == 0 {
		return nil, nil
	}
	f, err := s.store.SignUpFigures(ctx, b.EventID)
	v := &SignUpShown{SignUpTerms: b.Terms, Phase: phaseOf(b, s.clock.Now()), People: f.Signed, Waiting: f.Waiting, Left: b.Terms.Places - b.Taken,
		SeedHash: b.SeedHash}
	return v, err
}

func phaseOf(b *model.Book, now time.Time) SignUpPhase {
	switch {
	case b.Cancelled:
		return SignUpOff
	case !b.DrawnAt.IsZero():
		return SignUpDrawn
	case !now.Before(b.Terms.ClosesAt) || !b.FixedAt.IsZero():
		return SignUpClosed
	case now.Before(b.Terms.OpensAt):
		return SignUpSoon
	}
	return SignUpOpen
}

// shown shows events as they stand now; whole adds what a list does not tell.
func (s *Service) shown(ctx context.Context, list []model.Event, whole bool) ([]Shown, error) {
	ids := make([]string, len(list))
	for n, e := range list {
		ids[n] = e.ID
	}
	books, err := s.store.Books(ctx, ids)
	if err != nil {
		return nil, err
	}
	items := make([]Shown, len(list))
	for n, e := range list {
		now := s.clock.Now()
		items[n] = Shown{Event: e, Phase: e.PhaseAt(now), Steps: e.StepsAt(now)}
		if b, there := books[e.ID]; there {
			if items[n].SignUp, err = s.signUpShown(ctx, &b); err != nil {
				return nil, err
			}
		}
		if whole {
			if err := s.complete(ctx, &items[n]); err != nil {
				return nil, err
			}
		}
	}
	return items, nil
}

func (s *Service) complete(ctx context.Context, v *Shown) error {
	if v.MeetingID != "" {
		m, err := s.store.MeetingsOf(ctx, []string{v.MeetingID})
		if err != nil {
			return err
		}
		if len(m) > 0 {
			v.Meeting = m[0].Title
		}
	}
	if v.ConsultationID != "" {
		titles, err := s.store.ConsultationTitles(ctx, []string{v.ConsultationID})
		if err != nil {
			return err
		}
		v.Of = titles[v.ConsultationID]
	}
	if v.SignUp == nil || v.Phase != model.EventOver && v.Phase != model.EventReported {
		return nil
	}
	f, err := s.store.SignUpFigures(ctx, v.ID)
	v.Figures = &f
	return err
}

// Events lists public events.
func (s *Service) Events(ctx context.Context, l Listing) (*Page, error) {
	if l.Offset+l.Limit > model.MaxWindow {
		return nil, model.ErrPageTooDeep
	}
	f := store.EventFilter{Kind: l.Kind, After: s.clock.Now(), Limit: l.Limit, Offset: l.Offset}
	if l.Past {
		f.After, f.Before = time.Time{}, f.After
	}
	list, total, err := s.store.Events(ctx, f)
	if err != nil {
		return nil, err
	}
	items, err := s.shown(ctx, list, false)
	return &Page{items, total}, err
}

// OfConsultation are the public events that belong to a consultation, the first one at first.
func (s *Service) OfConsultation(ctx context.Context, id string) ([]Shown, error) {
	list, err := s.store.EventsOfConsultation(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.shown(ctx, list, false)
}

// OfMeeting are the public events at which one can sit in on a meeting.
func (s *Service) OfMeeting(ctx context.Context, id string) ([]Shown, error) {
	list, err := s.store.EventsOfMeeting(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.shown(ctx, list, false)
}

// Next are the next events that take place, at most so many.
func (s *Service) Next(ctx context.Context, limit int) ([]Shown, error) {
	list, _, err := s.store.Events(ctx, store.EventFilter{After: s.clock.Now(), Held: true, Limit: limit})
	if err != nil {
		return nil, err
	}
	return s.shown(ctx, list, false)
}

// Event reads a public event. It is ErrWithdrawn, with the reason, where it was public
// once, else ErrEventMissing.
func (s *Service) Event(ctx context.Context, id string) (*Shown, error) {
	e, err := s.store.Event(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case e == nil:
		return nil, s.gone(ctx, id)
	}
	return s.one(ctx, *e)
}

func (s *Service) one(ctx context.Context, e model.Event) (*Shown, error) {
	list, err := s.shown(ctx, []model.Event{e}, true)
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

func (s *Service) gone(ctx context.Context, id string) error {
	return s.store.Gone(ctx, model.KindEvent, id, model.ErrEventMissing)
}

// Draw is what everybody needs who repeats a draw.
type Draw struct {
	model.Book
	Order []int // numbers in the order of the draw; the first ones win. nil until it is done
}

// DrawOf is the draw of a public event, as far as it has come; it is ErrEventMissing
// where nothing is drawn.
func (s *Service) DrawOf(ctx context.Context, id string) (*Draw, error) {
	if _, err := s.Event(ctx, id); err != nil {
		return nil, err
	}
	b, err := s.store.Book(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case b == nil || b.SeedHash == "":
		return nil, model.ErrEventMissing
	}
	return drawOf(b)
}

// Find finds public events, the best first.
func (s *Service) Find(ctx context.Context, text string, limit int) (*search.Tab, error) {
	return s.ask.Tab(ctx, search.Question{Kind: model.KindEvent, Text: text, Today: s.today(), Limit: limit}, s.lines)
}

func (s *Service) lines(ctx context.Context, ids []string) (lines []search.Line, err error) {
	list, err := s.store.IndexedEvents(ctx, "", ids, len(ids))
	for _, e := range list {
		lines = append(lines, search.Line{ID: e.ID, Title: e.Title, Day: e.Day(), Departments: e.Departments, Topics: e.Topics,
			Facts: []string{e.Kind.Name(), e.When(), e.Place}, Text: e.Text})
	}
	return lines, err
}

// PhaseName is how far it has come, in Chinese.
func (v *Shown) PhaseName() string { return v.Phase.Name() }
