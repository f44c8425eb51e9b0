package push

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Holding is what residents were told, and their wishes about it, as the account
// exports and erases it. push_waves forgets within minutes whom it names (Courier.Look).
func (b *Inbox) Holding() *store.Holding {
	return &store.Holding{What: "erased.notices", Holds: []string{"notices", "deliveries", "push_settings", "announcement_finds", "push_waves"},
		Give: b.export, Clear: (*store.Tx).EraseNotices}
}

// mostExported is how many notices an export holds: a year has fewer.
const mostExported = 10_000

func (b *Inbox) export(ctx context.Context, residentID string) (model.Section, error) {
	v := model.Section{Name: "notices", Title: "export.notices", Columns: []string{"export.told", "export.kind", "export.title", "export.read"}}
	list, _, err := b.store.Notices(ctx, residentID, store.NoticeFilter{Limit: mostExported})
	for _, n := range list {
		read := ""
		if !n.ReadAt.IsZero() {
			read = written(n.ReadAt)
		}
		v.Rows = append(v.Rows, []string{written(n.ToldAt), "kind." + string(n.Announcement.Kind), n.Announcement.Title, read})
	}
	return v, err
}

func written(t time.Time) string { return t.In(model.Shanghai).Format(time.DateTime) }
