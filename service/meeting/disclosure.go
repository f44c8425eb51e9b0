package meeting

import (
	"context"
	"maps"
	"slices"

	"yuandu/model"
	"yuandu/outside"
	"yuandu/store"
)

// Waiting are the meetings that were held and of which something is not public yet.
type Waiting struct {
	Items      []model.Disclosure
	Late       int
	Yellow     int
	YellowDays int // from how many working days before the last one on one is urgent
}

// Disclosures lists what has to be disclosed of meetings that somebody may see to, what
// is due first at first: of each item what was decided, or the legal ground on which it
// is not public (政府信息公开条例第二十六条).
func (s *Service) Disclosures(ctx context.Context, by model.Actor) (*Waiting, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	within, limited := directory.Within(by, model.ActReadDocuments)
	return s.waiting(ctx, directory, within, limited)
}

// Remind tells offices, in the list of a morning, what has to be disclosed soon, or should
// have been.
func (s *Service) Remind(ctx context.Context, _ model.Day, within map[string]bool, list *outside.MorningList) error {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	w, err := s.waiting(ctx, directory, slices.Collect(maps.Keys(within)), true)
	if err == nil {
		list.DisclosuresLate, list.DisclosuresSoon = w.Late, w.Yellow
	}
	return err
}

// waiting is what waits of the meetings of some departments, or of all.
func (s *Service) waiting(ctx context.Context, directory *store.Directory, within []string, limited bool) (*Waiting, error) {
	copies, err := s.store.MeetingCopies(ctx, within, !limited)
	if err != nil {
		return nil, err
	}
	calendar, err := s.city.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	settings, err := s.city.Settings(ctx)
	if err != nil {
		return nil, err
	}
	w := &Waiting{YellowDays: settings.MeetingYellow}
	for _, c := range copies {
		d, err := s.disclosure(ctx, calendar, c)
		if err != nil {
			return nil, err
		}
		if d == nil {
			continue
		}
		if at := directory.Department(c.DepartmentID); at != nil {
			d.At = *at
		}
		w.Items = append(w.Items, *d)
		switch d.ColourOf(w.YellowDays) {
		case "red":
			w.Late++
		case "yellow":
			w.Yellow++
		}
	}
	model.SortDisclosures(w.Items)
	return w, nil
}

// disclosure is what waits of one meeting, nil where nothing does.
func (s *Service) disclosure(ctx context.Context, calendar *model.Calendar, c store.MeetingCopy) (*model.Disclosure, error) {
	public, err := s.store.Meeting(ctx, c.ID)
	if err != nil || public == nil && c.Stage == model.StageWithdrawn {
		return nil, err
	}
	held, err := s.store.WithheldItems(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	draft, err := copyOf(c, public, held)
	if err != nil || draft.Day == "" || draft.Day > s.today() {
		return nil, err
	}
	d := &model.Disclosure{MeetingID: c.ID, Title: draft.Title, Day: draft.Day, Stage: c.Stage, Public: c.Public, Items: len(draft.Items)}
	for _, i := range draft.Items {
		if !isDisclosed(i, public, held) {
			d.Waiting++
		}
	}
	if d.Waiting == 0 && (public != nil || len(draft.Items) > 0) {
		return nil, nil
	}
	if d.Due, err = model.DisclosureTerm.Due(calendar, d.Day); err != nil {
		return nil, err
	}
	d.Left = calendar.WorkdaysBetween(s.today(), d.Due.Day)
	if draft.ColumnID != "" {
		d.Column, err = columnOf(ctx, s.store, draft.ColumnID)
	}
	return d, err
}

// copyOf is the meeting as it is being written, or else as it is public.
func copyOf(c store.MeetingCopy, public *model.Meeting, held []store.WithheldItem) (*model.MeetingDraft, error) {
	if len(c.Content) > 0 && string(c.Content) != "null" {
		return model.ReadDraft[model.MeetingDraft](c.Content)
	}
	draft := &model.MeetingDraft{}
	if public != nil {
		draft.ColumnID, draft.Title, draft.Day = public.Column.ID, public.Title, public.Day
		for _, i := range public.Items {
			draft.Items = append(draft.Items, model.AgendaItemDraft{ID: i.ID, Title: i.Title, Decision: i.Decision})
		}
		for _, h := range held {
			draft.Items = append(draft.Items, h.Draft)
		}
	}
	return draft, nil
}

// isDisclosed says whether everybody can read what was decided of an item, or why not.
func isDisclosed(i model.AgendaItemDraft, public *model.Meeting, held []store.WithheldItem) bool {
	if public == nil {
		return false
	}
	if slices.ContainsFunc(held, func(h store.WithheldItem) bool { return h.Draft.ID == i.ID }) {
		return true
	}
	return slices.ContainsFunc(public.Items, func(p model.AgendaItem) bool { return p.ID == i.ID && p.IsDecided() })
}
