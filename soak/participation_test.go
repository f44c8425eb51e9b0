package soak

import (
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/internal/housetest"
	"yuandu/model"
)

// participation tries what residents are promised who take part: that the last place goes
// to one of those who want it, and to the first; that a draw can be repeated by anybody;
// that drafts are cut into their articles, and what is said to them is there once and
// leads to what it led to.
func participation(t *testing.T) {
	t.Run("last place", lastPlace)
	t.Run("lottery", lotteries)
	t.Run("drafts", realDrafts)
	t.Run("speakers", speakers)
}

// host is an office that holds events, and people who want to come.
type host struct {
	t                *testing.T
	office           string
	editor, reviewer *housetest.Visitor
	people           []*housetest.Visitor
}

func opened(t *testing.T, h *housetest.House, people int) *host {
	t.Helper()
	wechat, h := h.WeChat()
	s := h.Serve()
	o := hosting(t, h, s.Address)
	for i := range people {
		o.people = append(o.people, settle(t, wechat, s.Address, fmt.Sprint("居民", i)))
	}
	return o
}

// hosting is an office in a house that runs.
func hosting(t *testing.T, h *housetest.House, address string) *host {
	t.Helper()
	first := found(t, h, address)
	tellPrivacy(t, first)
	o := &host{t: t, office: first.Must("POST /admin/v1/departments", map[string]string{"name": "鸢都市水利局"})["id"].(string)}
	hire := func(login string, r model.Role) *housetest.Visitor {
		body := map[string]any{"login": login, "name": "同事", "department_id": o.office, "grants": []model.Grant{{Role: r, DepartmentID: o.office}}}
		v := visit(t, address)
		v.Begin(login, first.Must("POST /admin/v1/staff", body)["password"].(string))
		return v
	}
	o.editor, o.reviewer = hire("bianji", model.Editor), hire("shenhe", model.Reviewer)
	return o
}

// announces makes an event public that one signs up for.
func (o *host) announces(signUp map[string]any, begins time.Time) string {
	content := map[string]any{"kind": "open_day", "title": "水厂开放日", "department_ids": []string{o.office}, "place": "第一水厂", "audience": "市民", "contacts": "电话",
		"begins": model.WriteMoment(begins), "ends": model.WriteMoment(begins.Add(2 * time.Hour)), "sign_up": signUp}
	return o.publishes("events", content)
}

// publishes makes a document public; what the checks ask is excused.
func (o *host) publishes(kind string, content map[string]any) string {
	match := func(r map[string]any) string { return fmt.Sprintf(`If-Match: "%.0f"`, r["version"]) }
	r := o.editor.Must("POST /admin/v1/"+kind, map[string]any{"department_id": o.office, "content": content})
	at := "/admin/v1/" + kind + "/" + r["id"].(string)
	excuses := []any{}
	for _, f := range o.editor.Must("GET "+at+"/checks", nil)["items"].([]any) {
		if f := f.(map[string]any); f["severity"] == "ask" {
			excuses = append(excuses, map[string]any{"finding": f["number"], "reason": "试一试"})
		}
	}
	r = o.editor.Must("POST "+at+"/submit", map[string]any{"excuses": excuses}, match(r))
	o.reviewer.Must("POST "+at+"/sign", map[string]any{"no_secret": true, "attribute": "open", "tell": false, "why": "试一试"}, match(r))
	return r["id"].(string)
}

// allSignUp has everybody sign up at once, each with two taps.
func (o *host) allSignUp(id string) (refused int) {
	var all sync.WaitGroup
	var mu sync.Mutex
	for i, v := range o.people {
		for range 2 {
			all.Go(func() {
				a := v.Send("POST /api/v1/events/"+id+"/sign-ups", map[string]any{"name": fmt.Sprint("居民", i)})
				mu.Lock()
				defer mu.Unlock()
				if a.StatusCode != 201 {
					refused++
				}
			})
		}
	}
	all.Wait()
	return refused
}

const wantingPlaces, places, placeRounds = 200, 50, 5

// lastPlace has two hundred want fifty places at once, again and again.
func lastPlace(t *testing.T) {
	eachSet(t, func(t *testing.T, h *housetest.House, set string) {
		o, now := opened(t, h, wantingPlaces), time.Now()
		rounds := size(t, placeRounds)
		refused, wrong, unfair, stayed := 0, 0, 0, 0
		began := time.Now()
		for range rounds {
			id := o.announces(map[string]any{"opens": model.WriteMoment(now.Add(-time.Hour)), "closes": model.WriteMoment(now.Add(24 * time.Hour)),
				"places": places, "how": "first_come", "most_persons": 1}, now.Add(48*time.Hour))
			refused += o.allSignUp(id)
			in, waiting, lastIn := o.stand(id)
			wrong += abs(in-places) + abs(waiting-(wantingPlaces-places))
			unfair += lastIn - places
			o.leave(id, 20)
			in, waiting, lastIn = o.stand(id)
			stayed += abs(in-places) + abs(waiting-(wantingPlaces-places-20)) + abs(lastIn-places-20)
		}
		fmt.Printf("note: %s, %d rounds of %d people with two taps each in %v\n", set, rounds, wantingPlaces, time.Since(began).Round(time.Second))
		reckon(t, figureOf{"sign-ups refused, " + set, float64(refused), 0, exactly},
			figureOf{"places and waiting people too many or too few, " + set, float64(wrong), 0, exactly},
			figureOf{"people who overtook, " + set, float64(unfair), 0, exactly},
			figureOf{"places not given on when 20 were given back at once, " + set, float64(stayed), 0, exactly})
	})
}

// stand counts who has a place and who waits, and gives the last number that has one.
func (o *host) stand(id string) (in, waiting, lastIn int) {
	page := o.editor.Must("GET /admin/v1/events/"+id+"/sign-ups", nil)
	for _, item := range page["items"].([]any) {
		v := item.(map[string]any)
		switch v["state"] {
		case "in":
			in++
			lastIn = max(lastIn, int(v["number"].(float64)))
		case "waiting":
			waiting++
		}
	}
	return in, waiting, lastIn
}

// leave has the first of those who have a place give it back, all at once.
func (o *host) leave(id string, n int) {
	var leaving []*housetest.Visitor
	for _, v := range o.people {
		if len(leaving) < n && v.Must("GET /api/v1/me/sign-ups/"+id, nil)["state"] == "in" {
			leaving = append(leaving, v)
		}
	}
	var all sync.WaitGroup
	for _, v := range leaving {
		all.Go(func() {
			if a := v.Send("DELETE /api/v1/me/sign-ups/"+id, nil); a.StatusCode != 200 {
				o.t.Errorf("giving a place back: %d %s", a.StatusCode, a.Text)
			}
		})
	}
	all.Wait()
}

func abs(n int) int { return max(n, -n) }

// lotteries holds a draw with more people than places and one with fewer, by the clock,
// and has the script of the docs repeat them.
func lotteries(t *testing.T) {
	eachSet(t, func(t *testing.T, h *housetest.House, set string) {
		o := opened(t, h, 40)
		opens := time.Now().Add(2 * time.Minute).Truncate(time.Minute)
		terms := func(n int) map[string]any {
			return map[string]any{"opens": model.WriteMoment(opens), "closes": model.WriteMoment(opens.Add(time.Minute)),
				"draws": model.WriteMoment(opens.Add(2 * time.Minute)), "places": n, "how": "lottery"}
		}
		ids := []string{o.announces(terms(7), opens.Add(48*time.Hour)), o.announces(terms(100), opens.Add(48*time.Hour))}
		told, refused, repeated, won := 0, 0, 0, 0
		for _, id := range ids {
			if a := o.editor.Send("GET /admin/v1/events/"+id+"/sign-ups", nil); !strings.Contains(a.Text, `"seed":""`) {
				told++
			}
		}
		time.Sleep(time.Until(opens.Add(time.Second)))
		for _, id := range ids {
			refused += o.allSignUp(id)
		}
		housetest.Eventually(t, "sign-up is closed", func() bool { return time.Now().After(opens.Add(time.Minute + 2*time.Second)) })
		for _, id := range ids {
			if d := o.people[0].Must("GET /api/v1/events/"+id+"/draw", nil); d["seed"] != "" {
				told++
			}
		}
		time.Sleep(time.Until(opens.Add(2*time.Minute + 5*time.Second)))
		for _, id := range ids {
			said, err := exec.Command("node", "../docs/draw.mjs", o.people[0].Address+"/api/v1/events/"+id+"/draw").CombinedOutput()
			if err == nil {
				repeated++
			} else {
				t.Errorf("the script does not repeat it: %v\n%s", err, said)
			}
			in, _, _ := o.stand(id)
			won += in
		}
		reckon(t, figureOf{"seeds told before their time, " + set, float64(told), 0, exactly},
			figureOf{"sign-ups refused, " + set, float64(refused), 0, exactly},
			figureOf{"draws repeated by the script, of 2, " + set, float64(repeated), 2, exactly},
			figureOf{"winners of 7 places for 40 people, and of 100, " + set, float64(won), 47, exactly})
	})
}
