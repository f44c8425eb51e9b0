package soak

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"yuandu/internal/housetest"
	"yuandu/model"
)

// realDrafts puts the real drafts out, and has the stories told that hold what a report
// has to say.
func realDrafts(t *testing.T) {
	said := goTest(t, "./media", "TestTheArticlesOfRealDrafts")
	for _, m := range regexp.MustCompile(`articles: (\d+) recognised of (\d+) in (\d+) documents`).FindAllStringSubmatch(said, -1) {
		reckon(t, figureOf{"% of articles recognised in " + m[3] + " real drafts and laws", 100 * number(t, m[1]) / number(t, m[2]), 98, atLeast})
	}
	said = goTest(t, "./handler", "TestRealDraftsAreConsultedOn|TestARealReportIsReproduced|TestEachChangeShowsWhatLedToIt|TestNoReportIsPublicWhileAnybodyIsUnanswered|TestIfNobodySpoke")
	for _, m := range regexp.MustCompile(`drafts: (\d+) of (\d+) put out on (\w+)`).FindAllStringSubmatch(said, -1) {
		reckon(t, figureOf{"real drafts put out, " + m[3], number(t, m[1]), number(t, m[2]), exactly})
	}
	for _, m := range regexp.MustCompile(`pairs: (\d+) changes, (\d+) with a wrong opinion, (\d+) without theirs, on (\w+)`).FindAllStringSubmatch(said, -1) {
		reckon(t, figureOf{"changes of 5 pairs that show a wrong opinion or lack theirs, of " + m[1] + ", " + m[4], number(t, m[2]) + number(t, m[3]), 0, exactly})
	}
	for _, m := range regexp.MustCompile(`reports: (\d+) tried, (\d+) public with somebody unanswered, on (\w+)`).FindAllStringSubmatch(said, -1) {
		reckon(t, figureOf{"reports public with somebody unanswered, of " + m[1] + ", " + m[3], number(t, m[2]), 0, exactly})
	}
}

const speakingPeople, speakingKills = 5000, 10

// speakers has five thousand people speak to one draft within a minute, through kills.
func speakers(t *testing.T) {
	eachSet(t, func(t *testing.T, h *housetest.House, set string) {
		got := h.KillWhileSpeaking(housetest.Dice(t), size(t, speakingPeople), speakingKills, func(h *housetest.House, address string) string {
			return hosting(t, h, address).puts(model.Today(time.Now()), 30)
		})
		fmt.Printf("note: %s, %v\n", set, got)
		reckon(t, figureOf{"acknowledged opinions that are not there, of " + fmt.Sprint(got.Acknowledged) + ", " + set, float64(got.Lost), 0, exactly},
			figureOf{"opinions that are there twice or with other words, " + set, float64(got.Other), 0, exactly},
			figureOf{"people who were not answered in the end, " + set, float64(got.People - got.Acknowledged), 0, exactly},
			figureOf{"seconds until all were answered, through 10 kills, " + set, got.Took.Seconds(), 60, atMost})
	})
}

// puts makes a draft public, for so many days.
func (o *host) puts(opens model.Day, days int) string {
	line := func(text string) []map[string]any { return []map[string]any{{"kind": "text", "text": text}} }
	return o.publishes("consultations", map[string]any{"title": "物业管理办法（征求意见稿）", "department_ids": []string{o.office}, "opens": opens,
		"closes": opens.Add(days - 1), "note": line("为了规范物业管理。"), "body": line("第一条 为了规范物业管理，制定本办法。"), "usage": "逐条研究。",
		"contact": map[string]any{"phone": "0536-8000000"}, "open": true})
}
