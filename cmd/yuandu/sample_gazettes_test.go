package main

import (
	"strings"
	"testing"

	"yuandu/internal/housetest"
)

// showsTheGazette looks whether the sample's issues stand there, each piece that is a policy of
// the sample with its link, and whether each absence is explained.
func showsTheGazette(t *testing.T, h *housetest.House, demo *housetest.Server) {
	t.Helper()
	for what, want := range map[string]int{
		"SELECT count(*) FROM gazette_issues":                                               6,
		"SELECT count(*) FROM gazette_pieces":                                               31,
		"SELECT count(*) FROM gazette_pieces WHERE policy_id <> ''":                         14,
		"SELECT count(*) FROM gazette_pieces WHERE doc_number <> ''":                        13,
		"SELECT count(*) FROM printed_pages WHERE layer = 'text'":                           74,
		"SELECT count(DISTINCT page) FROM printed_pictures WHERE media_type = 'image/jpeg'": 1,
		"SELECT count(*) FROM matter_links WHERE kind = 'gazette'":                          4,
	} {
		if n := h.Count(what); n != want {
			t.Errorf("%s: %d, want %d", what, n, want)
		}
	}
	_, shelf := demo.Get("/api/v1/gazettes")
	if strings.Contains(shelf, `"state":"missing"`) || !strings.Contains(shelf, `"state":"explained"`) {
		t.Errorf("on the shelf there stand %s", shelf)
	}
}
