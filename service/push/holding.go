package push

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Holding is what residents were told, and their wishes about it, as the house
// holds it about them.
type Holding struct{ store *store.Store }

// Holding is the inbox as what the house holds.
func (b *Inbox) Holding() *Holding { return &Holding{b.store} }

// Tables names the tables of it.
func (h *Holding) Tables() []string {
	return []string{"notices", "deliveries", "push_settings", "announcement_finds"}
}

// mostExported is how many notices an export holds: a year has fewer.
const mostExported = 10_000

// Export gives the inbox.
func (h *Holding) Export(ctx context.Context, residentID string) (model.Section, error) {
	v := model.Section{Name: "notices", Title: "export.notices", Columns: []string{"export.told", "export.kind", "export.title", "export.read"}}
	list, _, err := h.store.Notices(ctx, residentID, store.NoticeFilter{Limit: mostExported})
	for _, n := range list {
		read := ""
		if !n.ReadAt.IsZero() {
			read = written(n.ReadAt)
		}
		v.Rows = append(v.Rows, []string{written(n.ToldAt), "kind." + string(n.Announcement.Kind), n.Announcement.Title, read})
	}
	return v, err
}

// Erase forgets the inbox: no law asks for it.
func (h *Holding) Erase(ctx context.Context, tx *store.Tx, residentID string, _ time.Time) ([]model.ErasedItem, error) {
	n, err := tx.EraseNotices(ctx, residentID)
	if err != nil || n == 0 {
		return nil, err
	}
	return []model.ErasedItem{{What: "erased.notices", Count: n}}, nil
}

func written(t time.Time) string { return t.In(model.Shanghai).Format(time.DateTime) }
