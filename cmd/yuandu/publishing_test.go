package main

import (
	"testing"

	"yuandu/internal/housetest"
)

// The long variant of these stories is make soak NAME=publishing.

func TestWhatIsPublishedIsFoundAndWhatIsWithdrawnIsGone(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h = h.BehindProxy()
		s := h.Serve()
		got := h.Newsroom(s).PublishAndWithdraw(6, 2)
		if got.SeenAfter > 0 || got.Withdrawal != 6 || got.Questions == 0 {
			t.Errorf("%+v", got)
		}
		t.Logf("found within %v", got.Found)
		s.Stop()
	})
}

func TestTwoWhoSaveOneDraftInTurnLoseNoWord(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h = h.BehindProxy()
		s := h.Serve()
		lost, overtaken := h.Newsroom(s).WriteTogether(60)
		if lost > 0 || overtaken == 0 {
			t.Errorf("%d words are lost, %d saves were overtaken", lost, overtaken)
		}
		s.Stop()
	})
}

func TestAByteThatSomebodyChangesIsFound(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		h = h.BehindProxy().With("YUANDU_VOICE", "off")
		h.Archive(12)
		if found := h.Tamper(housetest.Dice(t), 25); found != 25 {
			t.Errorf("%d of 25 changes were found", found)
		}
	})
}
