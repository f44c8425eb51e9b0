package letter

import (
	"context"
	"slices"
	"strings"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Box is a list that staff work through.
type Box string

// The boxes.
const (
	BoxTodo       Box = "todo"       // open, an office of one's own leads and answers
	BoxTaken      Box = "taken"      // one took it oneself
	BoxSigning    Box = "signing"    // a reply waits for one's own signature
	BoxHelping    Box = "helping"    // an office of one's own is asked to help
	BoxInstructed Box = "instructed" // an office of one's own has an instruction to report on
	BoxCentre     Box = "centre"     // waits for dispatching
	BoxDoubted    Box = "doubted"    // the text check wants a person to look
	BoxEnding     Box = "ending"     // an office asks to end it
	BoxSupervised Box = "supervised" // with the Supervisor
	BoxMayor      Box = "mayor"      // open letters to the mayor
	BoxAsked      Box = "asked"      // the Supervisor asks an office of one's own to explain itself
	BoxDisputed   Box = "disputed"   // the Supervisor says whose they are
	BoxDue        Box = "due"        // open, due today
	BoxOverdue    Box = "overdue"
	BoxReopened   Box = "reopened" // open, and not for the first time
	BoxAnswered   Box = "answered" // answered, refused or ended
	BoxAll        Box = "all"
)

// Boxes lists the boxes in the order in which staff see them.
func Boxes() []Box {
	return []Box{BoxCentre, BoxDoubted, BoxEnding, BoxMayor, BoxSupervised, BoxDisputed, BoxAsked, BoxTaken, BoxTodo, BoxSigning, BoxHelping, BoxInstructed, BoxDue,
		BoxOverdue, BoxReopened, BoxAnswered, BoxAll}
}

// ended are the states after which nobody has to act.
var ended = []model.LetterState{model.LetterAnswered, model.LetterClosed, model.LetterRefused, model.LetterEnded, model.LetterWithdrawn}

// Question asks for a list of letters; what is empty does not narrow it.
type Question struct {
	Box           Box
	Channel       model.LetterChannel
	Source        model.LetterSource
	Topic         string
	State         model.LetterState
	Department    string // that leads, and all below it; with Figure it alone, NoOffice for none
	Figure        store.LetterFigure
	Number        string
	Since, Until  model.Day
	Offset, Limit int
}

// Page is a part of a list.
type Page struct {
	Items []Shown
	Total int // up to store.MostCounted
	Boxes []Counted
}

// Counted is a box with how many letters are in it, up to store.MostCounted.
type Counted struct {
	Box   Box
	Count int
}

// NoOffice asks for letters that no office has.
const NoOffice = "none"

// desk is what somebody works with.
type desk struct {
	by         model.Actor
	seen       store.LetterFilter // all that they may read
	directory  *store.Directory
	everywhere bool     // not within departments
	own        []string // the departments for which they may answer
	today      model.Day
}

func (s *Service) deskOf(ctx context.Context, by model.Actor) (d desk, err error) {
	if d.directory, err = s.store.Directory(ctx); err != nil {
		return d, err
	}
	d.by, d.today = by, s.today()
	d.seen.Within, d.seen.Limited = d.directory.Within(by, model.ActReadLetters)
	d.seen.OrMayor = d.directory.May(by, model.ActInstructLetters, "")
	d.everywhere = !d.seen.Limited
	d.own, _ = d.directory.Within(by, model.ActAnswerLetters)
	return d, nil
}

// has says whether a box is for somebody.
func (d *desk) has(b Box) bool {
	may := func(a model.Act) bool { return d.directory.May(d.by, a, "") }
	switch b {
	case BoxCentre, BoxDoubted, BoxEnding:
		return may(model.ActDispatchLetters)
	case BoxMayor:
		return may(model.ActInstructLetters)
	case BoxSupervised, BoxDisputed:
		return may(model.ActSuperviseLetters)
	case BoxTaken, BoxTodo, BoxHelping, BoxInstructed, BoxAsked:
		return len(d.own) > 0
	case BoxSigning:
		return len(d.signing()) > 0 || may(model.ActSuperviseLetters)
	}
	return true
}

// signing are the departments whose replies somebody signs: who may sign for all of
// the city answers only for their own, and for the Supervisor.
func (d *desk) signing() []string {
	within, limited := d.directory.Within(d.by, model.ActSignLetters)
	if !limited {
		return d.own
	}
	return slices.DeleteFunc(within, func(id string) bool { return !slices.Contains(d.own, id) })
}

// filter narrows what somebody may read to a box.
func (d *desk) filter(b Box) store.LetterFilter {
	f := d.seen
	switch b {
	case BoxTodo:
		f.ByHand, f.Offices, f.States = true, d.own, []model.LetterState{model.LetterAssigned}
	case BoxTaken:
		f.Handler = d.by.ID
	case BoxSigning:
		f.ByHand, f.Offices, f.States = true, d.signing(), []model.LetterState{model.LetterSigning}
		f.OrSupervised = d.directory.May(d.by, model.ActSuperviseLetters, "")
	case BoxHelping:
		f.Helping = d.own
	case BoxInstructed:
		f.Instructed = d.own
	case BoxAsked:
		f.Newest, f.Asked = true, d.own
	case BoxDisputed:
		f.Disputed = true
	case BoxCentre:
		f.Undisputed = true
		f.States = []model.LetterState{model.LetterReceived}
	case BoxEnding:
		f.States = []model.LetterState{model.LetterEnding}
	case BoxDoubted:
		f.Doubted = true
	case BoxSupervised:
		f.Supervised = true
	case BoxMayor:
		f.Channel = model.LetterMayor
	case BoxDue:
		f.DueOn = d.today
	case BoxOverdue:
		f.DueBy = d.today.Add(-1)
	case BoxReopened:
		f.Reopened = true
	case BoxAnswered:
		f.Newest, f.States = true, ended
	case BoxAll:
		f.Newest = true
	}
	return f
}

// List lists the letters of a box that somebody may see: what is due first comes
// first.
func (s *Service) List(ctx context.Context, by model.Actor, q Question) (*Page, error) {
	d, err := s.deskOf(ctx, by)
	if err != nil {
		return nil, err
	}
	page := &Page{}
	if page.Boxes, err = s.boxes(ctx, d); err != nil {
		return nil, err
	}
	if q.Box == "" {
		q.Box = page.Boxes[0].Box
	}
	f := d.filter(q.Box)
	f.Source, f.Topic, f.Number, f.Since, f.Until = q.Source, q.Topic, strings.TrimSpace(q.Number), q.Since, q.Until
	f.Offset, f.Limit = q.Offset, q.Limit
	if q.Channel != "" {
		f.Channel = q.Channel
	}
	if q.State != "" {
		f.States = []model.LetterState{q.State}
	}
	f.Figure, f.Today = q.Figure, d.today
	switch {
	case q.Department == "":
	case q.Department == NoOffice:
		f.NoLead = true
	case q.Figure != "":
		f.Lead = []string{q.Department}
	default:
		f.Lead = d.directory.Downward(d.directory.Now(q.Department))
		if f.Lead == nil {
			f.Lead = []string{q.Department}
		}
	}
	list, total, err := s.store.Letters(ctx, f)
	if err != nil {
		return nil, err
	}
	page.Total = total
	page.Items, err = s.shown(ctx, list...)
	return page, err
}

// boxes are those of somebody, counted; what is done is not.
func (s *Service) boxes(ctx context.Context, d desk) (list []Counted, err error) {
	var filters []store.LetterFilter
	for _, b := range Boxes() {
		if !d.has(b) {
			continue
		}
		list = append(list, Counted{Box: b})
		if f := d.filter(b); !f.Newest {
			filters = append(filters, f)
		}
	}
	counts, err := s.store.CountEach(ctx, filters)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if f := d.filter(list[i].Box); !f.Newest {
			list[i].Count, counts = counts[0], counts[1:]
		} else if f.Asked != nil { // also of what is closed
			if list[i].Count, err = s.store.CountLetters(ctx, f); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// Boxes counts what is in somebody's boxes.
func (s *Service) Boxes(ctx context.Context, by model.Actor) ([]Counted, error) {
	d, err := s.deskOf(ctx, by)
	if err != nil {
		return nil, err
	}
	return s.boxes(ctx, d)
}

// DueFromNow is until when a letter is answered that is sent now, and how many
// working days that are.
func (s *Service) DueFromNow(ctx context.Context) (model.Deadline, int, error) {
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return model.Deadline{}, 0, err
	}
	l := model.Letter{State: model.LetterReceived, AskedAt: s.clock.Now(), Term: model.UsualTerm}
	due, err := l.Deadline(calendar)
	return due, calendar.WorkdaysLeft(due.Day, s.today()), err
}

// looseFor is how long a file waits for its letter.
const looseFor = 7 * 24 * time.Hour

// Sweep forgets what was handed in and never sent.
func (s *Service) Sweep(ctx context.Context) error {
	return s.store.ForgetLooseLetterFiles(ctx, s.clock.Now().Add(-looseFor))
}
