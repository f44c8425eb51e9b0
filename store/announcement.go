package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"yuandu/model"
)

const announcementColumns = `a.id, a.sort, a.kind, a.object, a.what, a.title, a.note, a.rank, a.stage, a.trimmed, a.refused, a.told,
	a.created_at, a.spread_at, a.ended_at`

func announcementInto(a *model.Announcement) []any {
	return []any{&a.ID, &a.Sort, &a.Kind, &a.Object, &a.What, &a.Title, &a.Note, &a.Rank, &a.Stage, &a.Trimmed, &a.Refused, &a.Told,
		milliseconds{&a.CreatedAt}, ifAny{&a.SpreadAt}, ifAny{&a.EndedAt}}
}

func scanAnnouncement(row scanner) (a model.Announcement, err error) {
	return a, row.Scan(announcementInto(&a)...)
}

// Announce puts a change, or a round of digests, on its way to all who follow
// what it touches. One that is on its way already stays as it is.
func (tx *Tx) Announce(ctx context.Context, a *model.Announcement, touches ...model.Touch) error {
	err := tx.exec(ctx, "announce", `INSERT INTO announcements (id, sort, kind, object, what, title, note, rank, stage, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
		a.ID, a.Sort, a.Kind, a.Object, a.What, a.Title, a.Note, a.Rank, a.Stage, tx.now())
	if err != nil {
		return err
	}
	rows := make([][]any, len(touches))
	for i, t := range touches {
		rows[i] = []any{a.ID, t.Kind, t.Key}
	}
	tx.announced = true
	return tx.insert(ctx, "say what a change touches", `INSERT INTO announcement_touches (announcement_id, kind, key) VALUES`, rows)
}

// insert inserts rows behind a head that ends with VALUES. A row that is there
// already stays as it is.
func (tx *Tx) insert(ctx context.Context, doing, head string, rows [][]any) error {
	for _, s := range inserting(head, rows) {
		if err := tx.exec(ctx, doing, s.text+` ON CONFLICT DO NOTHING`, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// WatchAnnouncements lets wake know of each transaction of this process after
// which there is something to be told or sent. The channel needs room for one.
func (s *Store) WatchAnnouncements(wake chan<- struct{}) { s.announcing.watch(wake) }

// mostUnderWay is how many announcements are looked at together.
const mostUnderWay = 500

// UnderWay lists announcements of some stages that have not ended, those first
// that overtake the others.
func (r reads) UnderWay(ctx context.Context, stages ...model.AnnouncementStage) ([]model.Announcement, error) {
	w := &where{}
	in(w, "a.stage", stages)
	list, err := collect(ctx, r, scanAnnouncement, fmt.Sprintf(`SELECT `+announcementColumns+` FROM announcements a
		WHERE a.ended_at = 0 AND %s ORDER BY a.rank, a.id LIMIT %d`, w, mostUnderWay), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read announcements: %w", err)
	}
	return list, nil
}

// Announcement reads one, nil where there is none.
func (r reads) Announcement(ctx context.Context, id string) (*model.Announcement, error) {
	a := &model.Announcement{}
	found, err := r.row(ctx, `SELECT `+announcementColumns+` FROM announcements a WHERE a.id = $1`, []any{id}, announcementInto(a)...)
	if err != nil {
		return nil, fmt.Errorf("read announcement: %w", err)
	}
	if !found {
		return nil, nil
	}
	return a, nil
}

// SetStage brings an announcement from one stage to the next, where it is still
// in that one.
func (tx *Tx) SetStage(ctx context.Context, id string, from, to model.AnnouncementStage) error {
	tx.announced = true
	return tx.exec(ctx, "bring announcement on", `UPDATE announcements SET stage = $3 WHERE id = $1 AND stage = $2`, id, from, to)
}

// StopAnnouncements stops what is being told of a document: whoever has no notice
// yet gets none, and messages that wait are not sent.
func (tx *Tx) StopAnnouncements(ctx context.Context, kind model.Kind, object string) error {
	tx.announced = true
	return tx.exec(ctx, "stop announcements", `UPDATE announcements SET stage = $3 WHERE kind = $1 AND object = $2 AND ended_at = 0`,
		kind, object, model.StageStopped)
}

// TakeAnnouncement keeps others from spreading an announcement until this
// transaction has ended, and gives the resident who was reached last. It is false
// where it is not being spread any more, or another process is at it.
func (tx *Tx) TakeAnnouncement(ctx context.Context, id string) (after string, ok bool, err error) {
	ok, err = tx.row(ctx, `SELECT a.after FROM announcements a WHERE a.id = $1 AND a.stage = $2`+tx.d.skipLocked(),
		[]any{id, model.StageSpreading}, &after)
	if err != nil {
		return "", false, fmt.Errorf("take announcement: %w", err)
	}
	return after, ok, nil
}

// Follower is who is told of a change: why, and how soon they want to know.
type Follower struct {
	ResidentID string
	Pace       model.Pace
	Why        model.Touch
}

// Followers lists, by their IDs, the next residents after one who follow what an
// announcement touches, or what was merged since; each once, with the quickest of
// their paces.
func (tx *Tx) Followers(ctx context.Context, announcementID, after string, limit int) ([]Follower, error) {
	touches, err := collect(ctx, tx.reads, func(row scanner) (t model.Touch, err error) { return t, row.Scan(&t.Kind, &t.Key) },
		`SELECT kind, key FROM announcement_touches WHERE announcement_id = $1 ORDER BY kind, key`, announcementID)
	if err != nil {
		return nil, fmt.Errorf("read what a change touches: %w", err)
	}
	all, err := collect(ctx, tx.reads, func(row scanner) (f Follower, err error) {
		f.Why.Kind = model.KindSearch
		return f, row.Scan(&f.ResidentID, &f.Why.Key, &f.Pace)
	}, `SELECT resident_id, key, pace FROM announcement_finds WHERE announcement_id = $1 AND resident_id > $2
		ORDER BY resident_id LIMIT $3`, announcementID, after, limit)
	if err != nil {
		return nil, fmt.Errorf("read who has a search for it: %w", err)
	}
	for _, t := range touches {
		query := following
		if author, of := authors[t.Kind]; of {
			query = author
		}
		why := t
		if t.Kind == model.KindMatterLink {
			why.Kind = model.KindMatter
		}
		some, err := collect(ctx, tx.reads, func(row scanner) (Follower, error) {
			f := Follower{Why: why}
			return f, row.Scan(&f.ResidentID, &f.Pace, &f.Why.Key)
		}, query, t.Kind, t.Key, after, limit)
		if err != nil {
			return nil, fmt.Errorf("read followers: %w", err)
		}
		all = append(all, some...)
	}
	return firstOf(all, limit), nil
}

const following = `SELECT resident_id, pace, key FROM follows WHERE kind = $1 AND resident_id > $3 AND paused = 0
	AND key = coalesce((SELECT m.new_id FROM moved m WHERE m.kind = $1 AND m.old_id = $2), $2)
	ORDER BY resident_id LIMIT $4`

// authors are who is told of what they wrote themselves, follow or not. A noun that
// residents write adds a line. Of what is linked to a matter its followers are told, but
// for those who follow what is linked, or the consultation of a linked event: they know it.
var authors = map[model.Kind]string{
	model.KindOwnOpinion: `SELECT DISTINCT resident_id, 'now', consultation_id FROM opinions WHERE $1 = 'own_opinion' AND consultation_id = $2
		AND resident_id > $3 ORDER BY resident_id LIMIT $4`,
	model.KindOwnLetter: `SELECT resident_id, 'now', id FROM letters WHERE $1 = 'own_letter' AND id = $2 AND resident_id > $3 LIMIT $4`,
	model.KindSignUp:    `SELECT resident_id, 'now', id FROM event_sign_ups WHERE $1 = 'sign_up' AND id = $2 AND resident_id > $3 LIMIT $4`,
	model.KindSignedUp: `SELECT resident_id, 'now', event_id FROM event_sign_ups WHERE $1 = 'signed_up' AND event_id = $2 AND resident_id > $3
		AND cancelled_at = 0 ORDER BY resident_id LIMIT $4`,
	model.KindAdmitted: `SELECT resident_id, 'now', event_id FROM event_sign_ups WHERE $1 = 'admitted' AND event_id = $2 AND resident_id > $3
		AND state = 'in' ORDER BY resident_id LIMIT $4`,
	model.KindMatterLink: `SELECT f.resident_id, f.pace, f.key FROM matter_links l JOIN follows f ON f.kind = 'matter' AND f.key = l.matter_id
		WHERE $1 = 'matter_link' AND l.id = $2 AND f.resident_id > $3 AND f.paused = 0 AND NOT EXISTS (SELECT 1 FROM follows d
			WHERE d.resident_id = f.resident_id AND d.paused = 0 AND (d.kind = l.kind AND d.key = l.document_id OR d.kind = 'agenda_item' AND d.key = l.item_id
				OR d.kind = 'consultation' AND l.kind = 'event' AND d.key = (SELECT e.consultation_id FROM events e WHERE e.id = l.document_id)))
		ORDER BY f.resident_id LIMIT $4`,
}

// firstOf gives the first residents of several lists that each are complete up to
// their end or to limit.
func firstOf(all []Follower, limit int) []Follower {
	slices.SortStableFunc(all, func(a, b Follower) int {
		return cmp.Or(cmp.Compare(a.ResidentID, b.ResidentID), number(b.Pace.Quicker(a.Pace))-number(a.Pace.Quicker(b.Pace)))
	})
	all = slices.CompactFunc(all, func(a, b Follower) bool { return a.ResidentID == b.ResidentID })
	return all[:min(limit, len(all))]
}
