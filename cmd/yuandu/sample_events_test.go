package main

import (
	"testing"

	"yuandu/internal/housetest"
	"yuandu/model"
)

func TestTheSampleEventsAreWhatEventsAre(t *testing.T) {
	text, err := sample.ReadFile("sample/events.json")
	kinds := map[model.EventKind]int{}
	for _, e := range wordForWord[sampleEvent](t, text, err) {
		kinds[e.Kind]++
		if e.Kind.Name() == "" || e.Title == "" || e.Place == "" || e.Audience == "" || e.SignUp.Places == 0 {
			t.Errorf("%s lacks something", e.Key)
		}
		if e.Announced >= e.Begins.days || e.SignUp.Closes >= e.Begins.days || e.SignUp.Opens <= e.Announced {
			t.Errorf("%s is out of order", e.Key)
		}
	}
	for _, k := range model.EventKinds() {
		if kinds[k] == 0 {
			t.Errorf("there is no %s", k.Name())
		}
	}
}

// showsEventsInEveryState looks for events that are to be signed up for, full, drawn,
// reported and cancelled.
func showsEventsInEveryState(t *testing.T, h *housetest.House) {
	t.Helper()
	for what, want := range map[string]int{
		"SELECT count(*) FROM events": 9,
		"SELECT count(*) FROM events e JOIN consultations c ON c.id = e.consultation_id":    1,
		"SELECT count(*) FROM events WHERE cancelled <> ''":                                 1,
		"SELECT count(*) FROM events WHERE result <> ''":                                    2,
		"SELECT count(*) FROM event_books WHERE how = 'lottery'":                            2,
		"SELECT count(*) FROM event_books WHERE drawn_at > 0":                               1,
		"SELECT count(*) FROM event_sign_ups WHERE state = 'entered'":                       9,
		"SELECT count(*) FROM event_sign_ups WHERE came_at > 0":                             11,
		"SELECT count(*) FROM event_sign_ups WHERE state = 'waiting'":                       10,
		"SELECT count(*) FROM event_books WHERE seed <> '' AND drawn_at = 0":                0,
		"SELECT count(*) FROM event_sign_ups WHERE person_sealed IS NULL AND came_at = 0":   0,
		"SELECT count(DISTINCT resident_id) FROM event_sign_ups":                            11,
		"SELECT count(*) FROM publications WHERE kind = 'event' AND stage <> 'published'":   0,
		"SELECT count(*) FROM event_departments WHERE department_id IS NOT NULL":            14,
		"SELECT count(*) FROM announcements WHERE kind = 'event'":                           0,
		"SELECT count(*) FROM announcements WHERE kind = 'sign_up' AND what = 'drawn'":      1,
		"SELECT count(*) FROM event_sign_ups WHERE event_id = '01EVENT0000000000000000001'": 5,
	} {
		if n := h.Count(what); n != want {
			t.Errorf("%s: %d, want %d", what, n, want)
		}
	}
}
