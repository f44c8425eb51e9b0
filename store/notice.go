package store

import (
	"context"
	"fmt"
	"time"

	"yuandu/model"
)

// Told is what one resident gets of an announcement: a notice, unless it is a
// digest of notices, and a message where the plan has one.
type Told struct {
	Follower
	Template model.Purpose
	Plan     model.Plan
}

// Tell gives a page of residents their notices and messages, and notes how far the
// announcement has come: to the resident last.
func (tx *Tx) Tell(ctx context.Context, a model.Announcement, page []Told, last string) error {
	now := tx.now()
	var notices, deliveries [][]any
	for _, t := range page {
		if a.Sort == model.AnnounceChange {
			notices = append(notices, []any{t.ResidentID, a.ID, t.Why.Kind, t.Why.Key, t.Plan.Pace, now})
		}
		deliveries = appendDelivery(deliveries, a.ID, t, now)
	}
	if err := tx.insert(ctx, "give notice", `INSERT INTO notices (resident_id, announcement_id, why_kind, why_key, pace, told_at) VALUES`, notices); err != nil {
		return err
	}
	if err := tx.addDeliveries(ctx, deliveries); err != nil {
		return err
	}
	return tx.reached(ctx, a.ID, last, len(page))
}

func (tx *Tx) reached(ctx context.Context, announcementID, residentID string, told int) error {
	tx.announced = true
	return tx.exec(ctx, "note who was reached", `UPDATE announcements SET after = $2, told = told + $3 WHERE id = $1`, announcementID, residentID, told)
}

// Spread notes that all followers have their notices.
func (tx *Tx) Spread(ctx context.Context, announcementID string) error {
	tx.announced = true
	return tx.exec(ctx, "end spreading", `UPDATE announcements SET stage = $2, spread_at = $3 WHERE id = $1 AND stage = $4`,
		announcementID, model.StageSending, tx.now(), model.StageSpreading)
}

const shownNotice = ` FROM notices n JOIN announcements a ON a.id = n.announcement_id
	LEFT JOIN publications p ON p.kind = a.kind AND p.id = a.object AND p.public = 0
	LEFT JOIN follows f ON f.resident_id = n.resident_id AND f.kind = n.why_kind AND f.key = n.why_key
	WHERE n.resident_id = $1 AND n.deleted_at = 0`

// NoticeFilter narrows an inbox.
type NoticeFilter struct {
	Unread        bool
	Digest        string // those of one round of digests
	Limit, Offset int
}

// Notices lists a resident's inbox, the newest first, and counts all that match.
func (s *Store) Notices(ctx context.Context, residentID string, f NoticeFilter) (list []model.Notice, total int, err error) {
	d, err := s.Directory(ctx)
	if err != nil {
		return nil, 0, err
	}
	condition := shownNotice
	args := []any{residentID, f.Limit, f.Offset}
	if f.Unread {
		condition += ` AND n.read_at = 0`
	}
	if f.Digest != "" {
		condition += ` AND n.digest = $4`
		args = append(args, f.Digest)
	}
	list, err = collect(ctx, s.reads, func(row scanner) (model.Notice, error) { return scanNotice(d, row, &total) },
		`SELECT `+announcementColumns+`, n.why_kind, n.why_key, coalesce(f.name, ''), n.pace, n.told_at, n.read_at,
		p.id IS NOT NULL, coalesce(p.withdrawal, 'null'), count(*) OVER ()`+condition+`
		ORDER BY n.told_at DESC, n.announcement_id DESC LIMIT $2 OFFSET $3`, args...)
	if err != nil {
		return nil, 0, fmt.Errorf("list notices: %w", err)
	}
	return list, total, nil
}

func scanNotice(d *Directory, row scanner, total *int) (n model.Notice, err error) {
	var gone bool
	var withdrawal *model.Withdrawal
	err = row.Scan(append(announcementInto(&n.Announcement), &n.Why.Kind, &n.Why.Key, &n.WhyName, &n.Pace,
		milliseconds{&n.ToldAt}, ifAny{&n.ReadAt}, &gone, asJSON(&withdrawal), total)...)
	switch n.Why.Kind {
	case model.KindTopic:
		if t := d.Topic(n.Why.Key); t != nil {
			n.WhyName = t.Name
		}
	case model.KindDepartment:
		if at := d.Department(n.Why.Key); at != nil {
			n.WhyName = at.Name
		}
	}
	if gone {
		n.Loss = &model.Loss{Withdrawal: withdrawal}
	}
	return n, err
}

// Unread counts what a resident has not read yet.
func (s *Store) Unread(ctx context.Context, residentID string) (n int, err error) {
	_, err = s.row(ctx, `SELECT count(*) FROM notices WHERE resident_id = $1 AND deleted_at = 0 AND read_at = 0`, []any{residentID}, &n)
	if err != nil {
		return 0, fmt.Errorf("count unread notices: %w", err)
	}
	return n, nil
}

// ReadNotice notes that a resident has read a notice; found is false where there
// is none.
func (tx *Tx) ReadNotice(ctx context.Context, residentID, announcementID string) (found bool, err error) {
	return tx.noticed(ctx, "read notice", `UPDATE notices SET read_at = CASE WHEN read_at = 0 THEN $3 ELSE read_at END`, residentID, announcementID)
}

// DeleteNotice takes a notice out of an inbox.
func (tx *Tx) DeleteNotice(ctx context.Context, residentID, announcementID string) (found bool, err error) {
	return tx.noticed(ctx, "delete notice", `UPDATE notices SET deleted_at = $3`, residentID, announcementID)
}

func (tx *Tx) noticed(ctx context.Context, doing, update, residentID, announcementID string) (found bool, err error) {
	found, err = tx.row(ctx, update+` WHERE resident_id = $1 AND announcement_id = $2 AND deleted_at = 0 RETURNING announcement_id`,
		[]any{residentID, announcementID, tx.now()}, new(string))
	if err != nil {
		return false, fmt.Errorf("%s: %w", doing, err)
	}
	return found, nil
}

// ReadAllNotices notes that a resident has read all that was told up to a moment:
// what comes while they look is not passed over.
func (tx *Tx) ReadAllNotices(ctx context.Context, residentID string, upTo time.Time) error {
	return tx.exec(ctx, "read all notices", `UPDATE notices SET read_at = $2 WHERE resident_id = $1 AND read_at = 0 AND told_at <= $3`,
		residentID, tx.now(), upTo.UnixMilli())
}

// ForgetNotices forgets what was told before a moment; at most limit of it, and
// says how much it was.
func (tx *Tx) ForgetNotices(ctx context.Context, before time.Time, limit int) (int, error) {
	list, err := tx.ids(ctx, `DELETE FROM notices WHERE (resident_id, announcement_id) IN
		(SELECT n.resident_id, n.announcement_id FROM notices n WHERE n.told_at < $1 LIMIT $2) RETURNING announcement_id`, before.UnixMilli(), limit)
	if err != nil {
		return 0, fmt.Errorf("forget notices: %w", err)
	}
	return len(list), nil
}

// ForgetDeliveries forgets messages about what was announced before a moment, and who
// was found for what has been told; at most limit of each. It says how many messages
// it were. What was announced stays.
func (tx *Tx) ForgetDeliveries(ctx context.Context, before time.Time, limit int) (int, error) {
	err := tx.exec(ctx, "forget who was found", `DELETE FROM announcement_finds WHERE (announcement_id, resident_id) IN
		(SELECT f.announcement_id, f.resident_id FROM announcement_finds f JOIN announcements a ON a.id = f.announcement_id
		WHERE a.spread_at > 0 OR a.stage = 'stopped' LIMIT $1)`, limit)
	if err != nil {
		return 0, err
	}
	list, err := tx.ids(ctx, `DELETE FROM deliveries WHERE id IN (SELECT d.id FROM announcements a JOIN deliveries d ON d.announcement_id = a.id AND `+deliveryEnded+`
		WHERE a.created_at < $1 LIMIT $2) RETURNING id`, before.UnixMilli(), limit)
	if err != nil {
		return 0, fmt.Errorf("forget messages: %w", err)
	}
	return len(list), nil
}

// EraseNotices forgets what a resident was told, the messages about it and their
// wishes, and says how many notices it were. What is being spread, or is about to be,
// waits for it, and then finds no follower any more: the follows are erased before.
func (tx *Tx) EraseNotices(ctx context.Context, residentID string) (int, error) {
	if err := tx.exec(ctx, "hold announcements", `UPDATE announcements SET told = told WHERE stage IN ($1, $2)`, model.StageMatching, model.StageSpreading); err != nil {
		return 0, err
	}
	for _, table := range []string{"deliveries", "push_settings", "announcement_finds"} {
		if _, err := tx.eraseList(ctx, table, residentID); err != nil {
			return 0, err
		}
	}
	return tx.eraseList(ctx, "notices", residentID)
}
