package push_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"yuandu/internal/testenv"
	"yuandu/model"
	"yuandu/service/push"
	"yuandu/store"
	"yuandu/store/cache"
	"yuandu/store/storetest"
)

// BenchmarkProgress asks how far an announcement has come that 300,000 residents
// were told, as a page does that is looked at meanwhile, and for the other tables.
func BenchmarkProgress(b *testing.B) {
	ctx := context.Background()
	clock := storetest.NewClock("2026-11-24")
	open := map[string]func() store.Options{
		"sqlite": func() store.Options { return store.Options{File: storetest.SQLite(b)} },
		"postgres": func() store.Options {
			testenv.Need(b, "YUANDU_TEST_POSTGRES_URL", "PostgreSQL")
			return store.Options{URL: storetest.Postgres(b)}
		},
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			o := open[engine]()
			o.Clock, o.Vault = clock, storetest.Vault()
			s, err := store.Open(ctx, o)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			if err := crowd(ctx, s, 300_000, clock.Now()); err != nil {
				b.Fatal(err)
			}
			desk := push.NewDesk(s, cache.NewMemory(clock, 1<<20), push.Speed{ASecond: 480}, clock)
			asks := map[string]func() error{
				"progress": func() error { _, err := desk.Get(ctx, administrator, "c1"); return err },
				"rows": func() error {
					_, _, err := desk.Messages(ctx, administrator, push.Ended{Announcement: "c1", State: model.DeliverySent}, 50)
					return err
				},
				"failing": func() error { _, err := desk.Failing(ctx, administrator); return err },
				"traffic": func() error { _, err := desk.Traffic(ctx, administrator); return err },
				"credits": func() error {
					_, err := push.NewDesk(s, cache.NewMemory(clock, 1<<20), push.Speed{}, clock).Credits(ctx, administrator)
					return err
				},
			}
			for _, name := range []string{"progress", "rows", "failing", "traffic", "credits"} {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						if err := asks[name](); err != nil {
							b.Fatal(err)
						}
					}
					if each := b.Elapsed() / time.Duration(b.N); name == "progress" && each > 200*time.Millisecond {
						b.Errorf("it took %s", each)
					}
				})
			}
		})
	}
}

// crowd are residents who were told: a third waits, the others had an answer of
// every sort.
func crowd(ctx context.Context, s *store.Store, n int, now time.Time) error {
	a := model.Announcement{ID: "c1", Sort: model.AnnounceChange, Kind: model.KindPolicy, Object: "p1", What: model.PubPublished, Title: "养老服务办法", Rank: model.RankUsual, Stage: model.StageSpreading}
	if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.Announce(ctx, &a) }); err != nil {
		return err
	}
	states := []model.Plan{{Pace: model.AtOnce, State: model.DeliveryPending, DueAt: now}, {Pace: model.AtOnce, State: model.DeliveryPending, DueAt: now},
		{Pace: model.AtOnce, State: model.DeliveryNoCredit, DueAt: now}, {Pace: model.AtOnce, State: model.DeliverySent, DueAt: now},
		{Pace: model.AtOnce, State: model.DeliveryFailed, Why: model.WhyPerson, DueAt: now}, {Pace: model.AtOnce, State: model.DeliverySent, DueAt: now}}
	for from := 0; from < n; from += 5000 {
		err := s.InTx(ctx, func(tx *store.Tx) error {
			var page []store.Told
			for i := from; i < min(from+5000, n); i++ {
				r := &model.Resident{OpenID: fmt.Sprintf("openid-%d", i)}
				if err := tx.SaveResident(ctx, r); err != nil {
					return err
				}
				if err := tx.TellCredit(ctx, r.ID, model.CreditTelling{Purpose: model.ForChange, Answer: model.CreditAccepted, Source: model.CreditFromPhone, At: now}); err != nil {
					return err
				}
				page = append(page, store.Told{Follower: store.Follower{ResidentID: r.ID, Pace: model.AtOnce, Why: elderly}, Template: model.ForChange, Plan: states[i%len(states)]})
			}
			return tx.Tell(ctx, a, page, page[len(page)-1].ResidentID)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
