package push

import (
	"context"
	"slices"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/cache"
	"yuandu/wechat"
)

// Desk is where staff see what becomes of messages, and let them go or not.
type Desk struct {
	store *store.Store
	cache cache.Cache
	clock model.Clock
	speed Speed
}

// NewDesk makes one. speed is how fast the couriers may be.
func NewDesk(s *store.Store, c cache.Cache, speed Speed, clock model.Clock) *Desk {
	return &Desk{s, c, clock, speed}
}

// Question asks for announcements; what is empty does not narrow it.
type Question struct {
	Running, Ended bool
	Sort           model.AnnouncementSort
	Kind           model.Kind
	Object         string // of one document
	Text           string
	Offset, Limit  int
}

// Row is an announcement in a list, Outcome messages that ended in one way.
type (
	Row     = store.AnnouncementRow
	Outcome = store.DeliveryOutcome
	Failing = store.Failing
)

// List lists the announcements that somebody may see: those of their departments'
// documents, or all.
func (d *Desk) List(ctx context.Context, by model.Actor, q Question) ([]Row, int, error) {
	f := store.AnnouncementFilter{Running: q.Running, Ended: q.Ended, Sort: q.Sort, Kind: q.Kind, Object: q.Object, Text: q.Text,
		Offset: q.Offset, Limit: q.Limit}
	if err := d.limit(ctx, by, &f); err != nil {
		return nil, 0, err
	}
	return d.store.AnnouncementList(ctx, f)
}

func (d *Desk) limit(ctx context.Context, by model.Actor, f *store.AnnouncementFilter) error {
	directory, err := d.store.Directory(ctx)
	if err != nil {
		return err
	}
	f.Within, f.Limited = directory.Within(by, model.ActReadDeliveries)
	return nil
}

// Progress is how far an announcement has come.
type Progress struct {
	Row
	Why      string // that it is told, as the reviewer wrote
	Urgent   string // why before all others
	StaffID  string // the reviewer
	Outcomes []Outcome
	Gates    []model.Gate // that keep its messages back
	Mended   bool         // the template was changed since WeChat refused what its messages say
}

// Get tells how far an announcement has come.
func (d *Desk) Get(ctx context.Context, by model.Actor, id string) (*Progress, error) {
	row, err := d.see(ctx, by, id)
	if err != nil {
		return nil, err
	}
	p := &Progress{Row: *row}
	if p.Outcomes, err = d.store.DeliveryOutcomes(ctx, id); err != nil {
		return nil, err
	}
	change, err := d.store.Change(ctx, id)
	if err != nil {
		return nil, err
	}
	if change != nil {
		p.Why, p.Urgent, p.StaffID = change.Why, change.Urgent, change.StaffID
	}
	gates, err := d.store.Gates(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range gates {
		if row.EndedAt.IsZero() && (g.Template == "" || g.Template == purposeOf(&row.Announcement)) {
			p.Gates = append(p.Gates, g)
		}
	}
	p.Mended, err = d.mended(ctx, &row.Announcement)
	return p, err
}

// see reads an announcement that somebody may see.
func (d *Desk) see(ctx context.Context, by model.Actor, id string) (*Row, error) {
	list, _, err := d.store.AnnouncementList(ctx, store.AnnouncementFilter{ID: id, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, model.ErrAnnouncementMissing
	}
	var seen store.AnnouncementFilter
	if err := d.limit(ctx, by, &seen); err != nil {
		return nil, err
	}
	if seen.Limited && !slices.Contains(seen.Within, list[0].DepartmentID) {
		return nil, model.ErrNotAllowed
	}
	return &list[0], nil
}

// mended says whether the template of an announcement was changed since WeChat was
// asked last and refused what its messages say.
func (d *Desk) mended(ctx context.Context, a *model.Announcement) (bool, error) {
	if a.Refused == "" {
		return false, nil
	}
	refused, err := d.store.LastRefused(ctx, a.ID)
	if err != nil {
		return false, err
	}
	t, err := d.store.PushTemplate(ctx, purposeOf(a))
	return t != nil && t.UpdatedAt.After(refused), err
}

// Ended names messages of an announcement that ended, or wait, in one way.
type Ended struct {
	Announcement string
	State        model.DeliveryState
	Why          model.Reason
	After        string // the last one of the page before, "" for the first
}

// Messages lists messages of an announcement; next is "" where there are no more.
func (d *Desk) Messages(ctx context.Context, by model.Actor, e Ended, limit int) (list []model.Delivery, next string, err error) {
	if _, err := d.see(ctx, by, e.Announcement); err != nil {
		return nil, "", err
	}
	list, err = d.store.Deliveries(ctx, store.DeliveryFilter{AnnouncementID: e.Announcement, State: e.State, Why: e.Why, After: e.After, Limit: limit + 1})
	if len(list) > limit {
		list = list[:limit]
		next = list[limit-1].ID
	}
	return list, next, err
}

// failingFor is how far back failures are looked for.
const failingFor = 30 * 24 * time.Hour

// Failing lists what failed of all announcements of late.
func (d *Desk) Failing(ctx context.Context, by model.Actor) ([]Failing, error) {
	if !by.May(model.ActReadPush) {
		return nil, model.ErrNotAllowed
	}
	return d.store.Failing(ctx, d.clock.Now().Add(-failingFor))
}

// Meant is what a number of WeChat's says of a message, nil where it gave none.
func Meant(code int64) *model.Error {
	if code == 0 {
		return nil
	}
	return wechat.Meant(wechat.APISend, code)
}
