package main

import (
	"strings"
	"testing"

	"yuandu/internal/housetest"
	"yuandu/media"
	"yuandu/model"
)

func TestTheSampleConsultationsSpeakOfWhatTheyAreAbout(t *testing.T) {
	text, err := sample.ReadFile("sample/consultations.json")
	all := wordForWord[sampleConsultation](t, text, err)
	if len(all) != 6 {
		t.Errorf("there are %d consultations", len(all))
	}
	for _, c := range all {
		labels := map[string]bool{"": true}
		for _, k := range model.ClausesOf(media.Structure(c.Text)) {
			labels[k.Label] = true
		}
		for _, v := range c.Voices {
			if !labels[v.Clause] {
				t.Errorf("%s: somebody speaks to %s, which is not in the draft", c.Title, v.Clause)
			}
			if len(v.Says) > 0 && c.Reported != 0 && (v.Verdict.Name() == "" || v.Reason == "") {
				t.Errorf("%s, %s: an opinion is not answered", c.Title, v.Clause)
			}
		}
		for _, change := range c.Adopted {
			if strings.Count(c.Text, change.From) != 1 {
				t.Errorf("%s: %q stands %d times in the draft", c.Title, change.From, strings.Count(c.Text, change.From))
			}
		}
		if c.Closes-c.Opens+1 < model.ShortestPeriod && c.ShortReason == "" {
			t.Errorf("%s: a short period without its reason", c.Title)
		}
	}
}

func showsConsultations(t *testing.T, h *housetest.House) {
	t.Helper()
	for what, want := range map[string]int{
		"SELECT count(*) FROM consultations":                        6,
		"SELECT count(*) FROM consultations WHERE report_day <> ''": 2,
		"SELECT count(*) FROM opinions":                             230,
		"SELECT count(*) FROM opinions o JOIN consultations c ON c.id = o.consultation_id WHERE c.report_day <> ''":                    200,
		"SELECT count(*) FROM opinions o JOIN consultations c ON c.id = o.consultation_id WHERE c.report_day <> '' AND o.verdict = ''": 0,
		"SELECT count(*) FROM opinion_groups": 7,
	} {
		if n := h.Count(what); n != want {
			t.Errorf("%s: %d, want %d", what, n, want)
		}
	}
}
