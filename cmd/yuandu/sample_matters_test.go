package main

import (
	"slices"
	"testing"

	"yuandu/internal/housetest"
)

func TestTheSampleMattersNameItemsThatMeetingsDealWith(t *testing.T) {
	text, err := sample.ReadFile("sample/matters.json")
	all := wordForWord[sampleMatter](t, text, err)
	if len(all) != 7 {
		t.Errorf("there are %d matters", len(all))
	}
	var items []string
	for _, m := range writtenMeetings(t) {
		for _, i := range m.Items {
			if !i.Withheld {
				items = append(items, i.Title)
			}
		}
	}
	for _, m := range all {
		for _, title := range m.Items {
			if !slices.Contains(items, title) {
				t.Errorf("%s: no meeting deals with %s", m.Title, title)
			}
		}
	}
}

func showsMatters(t *testing.T, h *housetest.House) {
	t.Helper()
	for what, want := range map[string]int{
		"SELECT count(*) FROM matters WHERE released_at > 0":                          7,
		"SELECT count(*) FROM matter_links WHERE released_at > 0":                     27,
		"SELECT count(*) FROM matter_links WHERE kind = 'meeting' AND item_id <> ''":  7,
		"SELECT count(*) FROM matter_links WHERE kind = 'policy' AND released_at > 0": 7,
	} {
		if n := h.Count(what); n != want {
			t.Errorf("%s: %d, want %d", what, n, want)
		}
	}
}
