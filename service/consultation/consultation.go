// Package consultation is what people say to a draft before it is decided, and what
// became of it (意见征集和采纳情况).
package consultation

import (
	"cmp"
	"context"
	"slices"

	"yuandu/check"
	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Service is the consultations.
type Service struct {
	store *store.Store
	ask   search.Asker
	rules func(context.Context) (check.Rules, error)
	clock model.Clock
}

// New makes the service; ask finds what is public of consultations, rules are what texts
// are checked by.
func New(s *store.Store, ask search.Asker, rules func(context.Context) (check.Rules, error), clock model.Clock) *Service {
	return &Service{s, ask, rules, clock}
}

func (s *Service) today() model.Day { return model.Today(s.clock.Now()) }

// Filter narrows what was said to a consultation.
type Filter = store.OpinionFilter

// Listing is what somebody wants to see of the consultations; what is empty does not
// narrow.
type Listing struct {
	Phase         model.ConsultationPhase
	Topic         string
	Offset, Limit int
}

// Page is a part of the list of consultations.
type Page struct {
	Items []Shown
	Total int
}

// Shown is a consultation and how far it has come today.
type Shown struct {
	model.Consultation
	Phase    model.ConsultationPhase
	DaysLeft int // that something can be said, today too; 0 where nothing can
	DaysLate int // since the end, while nothing is told of what became of it
	Said     store.OpinionCounts
}

func (s *Service) shown(ctx context.Context, list ...model.Consultation) ([]Shown, error) {
	ids := make([]string, len(list))
	for n, c := range list {
		ids[n] = c.ID
	}
	counts, err := s.store.CountOpinionsOf(ctx, ids)
	shown, today := make([]Shown, len(list)), s.today()
	for n, c := range list {
		shown[n] = standing(c, today)
		shown[n].Said = counts[c.ID]
	}
	return shown, err
}

// standing is how far a consultation has come on a day, without how much was said.
func standing(c model.Consultation, today model.Day) Shown {
	v := Shown{Consultation: c, Phase: c.PhaseOn(today)}
	switch v.Phase {
	case model.ConsultationOpen:
		v.DaysLeft = model.Period(today, c.Closes)
	case model.ConsultationClosed:
		v.DaysLate = model.DaysSince(c.Closes, today)
	}
	return v
}

// EndingFirst are the open consultations that end first, so many of them, without how much
// was said.
func (s *Service) EndingFirst(ctx context.Context, most int) ([]Shown, error) {
	list, _, err := s.store.Consultations(ctx, store.ConsultationFilter{Phase: model.ConsultationOpen, Today: s.today(), Limit: model.MaxWindow})
	var first []Shown
	for _, c := range slices.Backward(list) {
		if len(first) < most {
			first = append(first, standing(c, s.today()))
		}
	}
	return first, err
}

// Consultations lists public consultations, those first to which something can be said.
func (s *Service) Consultations(ctx context.Context, l Listing) (*Page, error) {
	if l.Offset+l.Limit > model.MaxWindow {
		return nil, model.ErrPageTooDeep
	}
	list, total, err := s.store.Consultations(ctx, store.ConsultationFilter{Phase: l.Phase, Today: s.today(), TopicID: l.Topic, Limit: l.Limit,
		Offset: l.Offset})
	if err != nil {
		return nil, err
	}
	items, err := s.shown(ctx, list...)
	return &Page{items, total}, err
}

// Consultation reads a public consultation. It is ErrWithdrawn, with the reason, where it
// was public once, else ErrConsultationMissing.
func (s *Service) Consultation(ctx context.Context, id string) (*Shown, error) {
	c, err := s.store.Consultation(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case c == nil:
		return nil, s.gone(ctx, id)
	}
	return s.one(ctx, *c)
}

func (s *Service) one(ctx context.Context, c model.Consultation) (*Shown, error) {
	list, err := s.shown(ctx, c)
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

func (s *Service) gone(ctx context.Context, id string) error {
	return s.store.Gone(ctx, model.KindConsultation, id, model.ErrConsultationMissing)
}

// Stances counts who is for and against each clause, "" for the whole draft.
func (s *Service) Stances(ctx context.Context, id string) (map[string]map[model.Stance]int, error) {
	list, err := s.store.StanceCounts(ctx, id)
	counts := map[string]map[model.Stance]int{}
	for _, c := range list {
		if counts[c.ClauseID] == nil {
			counts[c.ClauseID] = map[model.Stance]int{}
		}
		counts[c.ClauseID][c.Stance] = c.Count
	}
	return counts, err
}

// PublicOpinions lists what everybody may read of what was said, most supported first.
// Where the organiser does not show opinions there are none. What became of them is told
// once the report is public.
func (s *Service) PublicOpinions(ctx context.Context, id string, clause *string, limit, offset int) ([]model.Opinion, int, error) {
	c, err := s.store.Consultation(ctx, id)
	switch {
	case err != nil:
		return nil, 0, err
	case c == nil:
		return nil, 0, s.gone(ctx, id)
	case !c.Open:
		return nil, 0, nil
	}
	list, total, err := s.store.Opinions(ctx, Filter{ConsultationID: id, ClauseID: clause, State: model.OpinionShown, WithWords: true,
		MostSupported: true, Limit: limit, Offset: offset})
	for n := range list {
		list[n] = public(list[n], c.Report != nil)
	}
	return list, total, err
}

// public is what everybody may read of an opinion.
func public(o model.Opinion, reported bool) model.Opinion {
	o.Text, o.Wording, o.ResidentID, o.Why = o.Shown, o.ShownWording, "", ""
	if !reported {
		o.Verdict, o.Reason, o.Place, o.GroupID = "", "", "", ""
	}
	return o
}

// ChangedClause is what changed between the draft and the adopted text, and what was said
// that led to it.
type ChangedClause struct {
	media.Change
	Opinions []model.Opinion
	Groups   []model.OpinionGroup
	Unshown  int // opinions that led to it and are not public
}

// Adoption compares the draft with the adopted text, by article. It is empty where no
// adopted text is told.
func (s *Service) Adoption(ctx context.Context, id string) ([]ChangedClause, error) {
	c, err := s.store.Consultation(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case c == nil:
		return nil, s.gone(ctx, id)
	case c.Report == nil || len(c.Report.Adopted) == 0:
		return nil, nil
	}
	return s.adoption(ctx, c, c.Report.Adopted)
}

func (s *Service) adoption(ctx context.Context, c *model.Consultation, adopted model.Body) ([]ChangedClause, error) {
	list, _, err := s.store.Opinions(ctx, Filter{ConsultationID: c.ID, Answered: true, WithWords: true, MostSupported: true})
	if err != nil {
		return nil, err
	}
	groups, err := s.store.OpinionGroups(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	var changes []ChangedClause
	for _, change := range media.Compare(c.Body, adopted) {
		if change.Kind == media.ChangeSame || change.Kind == media.ChangeRenumbered {
			continue
		}
		changes = append(changes, led(c, change, list, groups))
	}
	return changes, nil
}

// led finds what was said that led to a change.
func led(c *model.Consultation, change media.Change, list []model.Opinion, groups []model.OpinionGroup) ChangedClause {
	v, place, grouped := ChangedClause{Change: change}, placeOf(c, change), map[string]bool{}
	for _, o := range list {
		switch {
		case !o.Verdict.Changes() || !place.holds(o):
		case o.GroupID != "":
			grouped[o.GroupID] = true
		case c.Open && o.State == model.OpinionShown:
			v.Opinions = append(v.Opinions, public(o, true))
		default:
			v.Unshown++
		}
	}
	for _, g := range groups {
		if grouped[g.ID] {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}

// place is where a change stands: its clauses with those that went into them, and what its
// articles are called now.
type place struct{ ids, labels map[string]bool }

func placeOf(c *model.Consultation, change media.Change) place {
	p := place{map[string]bool{}, map[string]bool{}}
	for _, u := range change.Old {
		for _, k := range c.Clauses {
			if !k.Gone && k.Anchor == u.Anchor {
				p.ids[k.ID] = true
			}
		}
	}
	for _, k := range c.Clauses {
		if k.Gone && k.Into != "" && p.ids[k.Into] {
			p.ids[k.ID] = true
		}
	}
	for _, u := range change.New {
		if u.Label != "" {
			p.labels[u.Label] = true
		}
	}
	return p
}

// holds says whether something was said to what stands here, or led to it as the office
// says.
func (p place) holds(o model.Opinion) bool {
	return o.Place == "" && p.ids[o.ClauseID] || p.labels[o.Place]
}

// unchanged are the articles of which the office says that something was adopted, and which
// the adopted text leaves as they were.
func unchanged(c *model.Consultation, adopted model.Body, list []model.Opinion) (labels []string) {
	var places []place
	for _, change := range media.Compare(c.Body, adopted) {
		if change.Kind != media.ChangeSame && change.Kind != media.ChangeRenumbered {
			places = append(places, placeOf(c, change))
		}
	}
	for _, o := range list {
		label := cmp.Or(o.Place, o.ClauseLabel)
		if !o.Verdict.Changes() || label == "" || slices.Contains(labels, label) {
			continue
		}
		if !slices.ContainsFunc(places, func(p place) bool { return p.holds(o) }) {
			labels = append(labels, label)
		}
	}
	return labels
}

// Followables let residents follow a consultation.
func (s *Service) Followables() []model.Followable {
	return []model.Followable{
		{Kind: model.KindConsultation, Name: "kind.consultation", Missing: model.ErrConsultationMissing, Names: s.store.ConsultationTitles},
	}
}

// Find finds public consultations, the best first.
func (s *Service) Find(ctx context.Context, text string, limit int) (*search.Tab, error) {
	return s.ask.Tab(ctx, search.Question{Kind: model.KindConsultation, Text: text, Today: s.today(), Limit: limit}, s.lines)
}

func (s *Service) lines(ctx context.Context, ids []string) (lines []search.Line, err error) {
	list, err := s.store.IndexedConsultations(ctx, "", ids, len(ids))
	for _, c := range list {
		lines = append(lines, search.Line{ID: c.ID, Title: c.Title, Day: c.Opens, Departments: c.Departments, Topics: c.Topics,
			Facts: []string{c.Opens.Chinese() + "至" + c.Closes.Chinese()}, Text: c.Text})
	}
	return lines, err
}
