package push

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// beginDigests begins the rounds of digests whose time has come. Whoever comes
// second finds them begun.
func (t *Teller) beginDigests(ctx context.Context) error {
	for _, pace := range []model.Pace{model.Daily, model.Weekly} {
		name, _ := model.DigestRound(pace, t.clock.Now())
		begun, err := t.store.Announcement(ctx, name)
		if err != nil {
			return err
		}
		if begun != nil {
			continue
		}
		a := &model.Announcement{ID: name, Sort: model.AnnounceDigest, What: model.PublicationAct(pace), Rank: model.RankDigest, Stage: model.StageSpreading}
		if err := t.store.InTx(ctx, func(tx *store.Tx) error { return tx.Announce(ctx, a) }); err != nil {
			return err
		}
	}
	return nil
}

// digestPage gathers what waits for the next readers. Who has read it all by now
// gets no message.
func (t *Teller) digestPage(ctx context.Context, tx *store.Tx, a model.Announcement, after string, most int) (page []store.Told, last string, err error) {
	pace := model.Pace(a.What)
	ids, err := tx.DigestReaders(ctx, pace, after, most)
	if err != nil || len(ids) == 0 {
		return nil, "", err
	}
	counts, err := tx.Gather(ctx, a.ID, pace, a.CreatedAt, ids)
	if err != nil {
		return nil, "", err
	}
	wishes, err := t.wishesOf(ctx, tx, model.ForDigest, ids)
	if err != nil {
		return nil, "", err
	}
	for _, id := range ids {
		w := wishes[id]
		if counts[id] == 0 || !w.settings.MutedAt.IsZero() {
			continue
		}
		plan := model.PlanDelivery(model.AtOnce, w.settings, w.credit, 0, t.clock.Now())
		page = append(page, store.Told{Follower: store.Follower{ResidentID: id, Pace: pace}, Template: model.ForDigest, Plan: plan})
	}
	return page, ids[len(ids)-1], nil
}
