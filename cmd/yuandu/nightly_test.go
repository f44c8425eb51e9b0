package main

import (
	"context"
	"path/filepath"
	"testing"

	"yuandu/internal/housetest"
	"yuandu/store"
)

func TestALineThatTheSealerPassedOverIsSealedInTheNight(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h.Must("staff", "add", "wangmin", "王敏")
		h.Exec(`DELETE FROM audit_chain WHERE seq = 2`) // as if its number had been taken long before those that were sealed
		h.Exec(`UPDATE audit_head SET seq = 1, n = 100000, link = (SELECT link FROM audit_chain WHERE seq = 1)`)
		h.Serve("serve")
		s, err := store.Open(t.Context(), store.Options{URL: h.Env("YUANDU_DATABASE_URL"), File: filepath.Join(h.Data, "yuandu.db"), Clock: systemClock{}})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.Enqueue(context.Background(), store.SweepJob{}) }); err != nil {
			t.Fatal(err)
		}
		housetest.Eventually(t, "the line has its place again", func() bool { return h.Count(`SELECT count(*) FROM audit_chain`) == 2 })
	})
}
