package follow_test

import (
	"fmt"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// followsTopic lets somebody, who is new, follow a topic.
func (v *town) followsTopic(who, topic string) {
	v.Helper()
	v.run(`INSERT INTO residents (id, created_at, seen_at) VALUES ('` + who + `', 0, 0)`)
	v.must(v.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.AddFollow(ctx, who, model.Touch{Kind: model.KindTopic, Key: topic}, topic)
	}))
}

func (v *town) unfollows(who, topic string) {
	v.Helper()
	v.must(v.store.InTx(ctx, func(tx *store.Tx) error { return tx.RemoveFollow(ctx, who, model.KindTopic, topic) }))
}

// trend are the followers of each topic in the last days.
func (v *town) trend(days int) string {
	v.Helper()
	t, err := v.Trend(ctx, model.KindTopic, days)
	v.must(err)
	said := "from " + string(t.Counted)
	for _, of := range t.Of {
		said += fmt.Sprint(" ", of.Name, of.Followers)
	}
	return said
}

func TestHowManyFollowATopicIsCountedEachNight(t *testing.T) {
	each(t, func(v *town) {
		is := func(got, want string) {
			v.Helper()
			if got != want {
				v.Errorf("%s, want %s", got, want)
			}
		}
		night := func() {
			v.clock.Move(24 * time.Hour)
			v.must(v.Count(ctx))
		}
		v.followsTopic("ann", "elderly")
		v.followsTopic("bob", "elderly")
		v.followsTopic("cid", "tax")
		is(v.trend(3), "from 2026-11-24 养老[0 0 2] 税费[0 0 1]")
		v.clock.Move(24 * time.Hour)
		v.followsTopic("dan", "elderly")
		v.unfollows("bob", "elderly")
		is(v.trend(3), "from 2026-11-25 养老[0 0 2] 税费[0 0 1]") // of who follows it still
		night()
		v.unfollows("ann", "elderly")
		v.unfollows("cid", "tax")
		night()
		v.must(v.Count(ctx)) // a second time
		is(v.trend(4), "from 2026-11-26 养老[0 0 2 1] 税费[0 0 1 0]")
		v.followsTopic("eve", "elderly")
		night()
		is(v.trend(4), "from 2026-11-26 养老[0 2 1 2] 税费[0 1 0 0]")
	})
}
