package main

import (
	"testing"

	"yuandu/internal/housetest"
)

// The long variant of this story is make soak NAME=letters.

func TestKilledHousesKeepEveryLetterOnceWithItsPictures(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		got := h.KillWhileWriting(housetest.Dice(t), 8, 3)
		t.Log(got)
		if got.Acknowledged == 0 || got.Lost+got.Doubled+got.Renumbered+got.Nameless+got.Torn != 0 {
			t.Errorf("%v", got)
		}
	})
}
