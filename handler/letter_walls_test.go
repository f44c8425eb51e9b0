package handler_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"yuandu/handler"
	"yuandu/model"
	"yuandu/service/knowledge"
	"yuandu/store"
)

// wall is one who asks, and by what right.
type wall struct {
	*visitor
	name, office string
	role         model.Role // "" for residents, and for nobody
	author       bool
}

// walled is a letter with everything that may hang on one, and the words that only
// some may read.
type walled struct {
	id, file, instruction, supervision, entry, template string
	channel                                             model.LetterChannel
	state                                               model.LetterState
	words, inside, contact                              []string
}

// walls are those who ask, and what they ask for.
type walls struct {
	*hall
	people []wall
	author string
	made   int
}

func (h *house) walls(t testing.TB) *walls {
	t.Helper()
	h.unhurried(t)
	w := &walls{hall: h.hall(t)}
	water := h.office(t, w.admin, "鸢都市水利局", "")
	at := func(login, office string, role model.Role) *visitor {
		return h.hire(t, w.admin, login, office, model.Grant{Role: role, DepartmentID: office})
	}
	w.people = []wall{{w.hall.author, "the author", "", "", true}, {w.other, "another resident", "", "", false}, {h.visit(t), "nobody", "", "", false},
		{w.clerk, "a clerk of the lead office", w.heating, model.CaseHandler, false}, {w.head, "the head of the lead office", w.heating, model.OfficeHead, false},
		{w.helper, "a clerk of the helping office", w.police, model.CaseHandler, false},
		{at("gongan2", w.police, model.OfficeHead), "the head of the helping office", w.police, model.OfficeHead, false},
		{at("shuili", water, model.CaseHandler), "a clerk of another office", water, model.CaseHandler, false},
		{at("shuili2", water, model.OfficeHead), "the head of another office", water, model.OfficeHead, false},
		{at("bianji9", w.heating, model.Editor), "an editor of the lead office", w.heating, model.Editor, false},
		{at("shenhe9", w.heating, model.Reviewer), "a reviewer of the lead office", w.heating, model.Reviewer, false},
		{w.centre, "the Centre", "", model.Dispatcher, false}, {w.supervisor, "the Supervisor", "", model.Supervisor, false},
		{w.mayor, "the mayor's office", "", model.MayorsOffice, false}, {w.admin, "an administrator", "", model.SystemAdministrator, false}}
	w.author = w.hall.author.must("GET /api/v1/me", nil)["id"].(string)
	return w
}

// stateFor is how far a letter has to have come for an address to do something.
func stateFor(path string) model.LetterState {
	switch last := path[strings.LastIndex(path, "/")+1:]; last {
	case "sign", "send-back":
		return model.LetterSigning
	case "knowledge", "publication":
		return model.LetterAnswered
	case "end":
		return model.LetterEnding
	}
	return model.LetterAssigned
}

// letter makes a letter of the author that the heating office leads and the police
// help with.
func (w *walls) letter(t testing.TB, channel model.LetterChannel, state model.LetterState) *walled {
	t.Helper()
	w.made++
	now, h := w.h.clock.Now(), w.h
	say := func(what string) string { return fmt.Sprintf("%s之秘%d号", what, w.made) }
	p := &walled{channel: channel, state: state, words: []string{say("题目"), say("正文"), say("地点"), say("附件")},
		inside:  []string{say("草稿"), say("备注"), say("批示"), say("督办"), say("公开稿")},
		contact: []string{say("姓名"), fmt.Sprintf("1390000%04d", w.made)}}
	l := &model.Letter{Number: fmt.Sprintf("鸢都2026-%06d", 500000+w.made), ResidentID: w.author, Channel: channel, Source: model.LetterByMini, TopicID: "housing",
		Title: p.words[0], Text: p.words[1], Place: model.LetterPlace{Words: p.words[2]}, Contact: model.LetterContact{Name: p.contact[0], Phone: p.contact[1]},
		MayPublish: true, Check: model.CheckDoubted, State: state, LeadID: w.heating, Round: 1, Term: model.UsualTerm, ReceivedAt: now, AskedAt: now, UpdatedAt: now,
		DueDay: model.Today(now).Add(7), Assists: []model.LetterAssist{{DepartmentID: w.police, AskedAt: now}},
		Replies:      []model.LetterReply{{Round: 1, Text: p.inside[0], Outcome: model.LetterExplained, DepartmentID: w.heating, DraftedAt: now, AskedAt: now}},
		Instructions: []model.LetterInstruction{{DepartmentID: w.heating, At: now, Text: p.inside[2]}},
		Supervisions: []model.Supervision{{DepartmentID: w.heating, Cause: model.CauseOther, Text: p.inside[3], OpenedAt: now, DueDay: model.Today(now).Add(3)}}}
	if state == model.LetterAnswered {
		l.DueDay, l.Replies[0].SentAt = "", now
	}
	h.change(t, func(tx *store.Tx) error {
		f, err := h.file.Keep(ctx, tx, p.words[3]+".txt", "text/plain", []byte(p.words[3]))
		if err != nil {
			return err
		}
		l.Files = []model.LetterFile{{FileID: f.FileID, Name: p.words[3] + ".txt"}}
		if err := tx.AddLetterFile(ctx, w.author, l.Files[0]); err != nil {
			return err
		}
		return tx.AddLetter(ctx, l, model.LetterEvent{At: now, What: model.LetterStepNoted, DepartmentID: w.heating, Text: p.inside[1]})
	})
	p.id, p.file, p.instruction, p.supervision = l.ID, l.Files[0].FileID, l.Instructions[0].ID, l.Supervisions[0].ID
	_, err := h.handler.Publication.BeginUnder(ctx, model.System("test"), model.KindLetter, l.ID, w.heating, []byte(`{"title":"`+p.inside[4]+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	entry, err := h.handler.Knowledge.Add(ctx, model.System("test"), knowledge.Writing{Department: w.heating, Question: "暖气不热找谁", Answer: "打热线。"})
	if err != nil {
		t.Fatal(err)
	}
	template, err := h.handler.Knowledge.SaveTemplate(ctx, model.System("test"),
		model.ReplyTemplate{DepartmentID: w.heating, Name: fmt.Sprint("开头", w.made), Text: "您好！"})
	if err != nil {
		t.Fatal(err)
	}
	p.entry, p.template = entry.ID, template.ID
	return p
}

// namesALetter says whether a path leads to one letter, or to what belongs to one.
func namesALetter(path string) bool {
	return slices.ContainsFunc([]string{"/letters/{", "/letters/calls/{", "/public-letters/{", "/letter-files/{", "/knowledge/{", "/reply-templates/{", "/api/v1/files/{"},
		func(part string) bool { return strings.Contains(path, part) })
}

// doorsOfLetters are the addresses that the router knows, with their doors: "anyone"
// where there is none.
func doorsOfLetters() (list [][3]string) {
	doors := map[string]string{}
	for _, d := range handler.Doors() {
		f := strings.Fields(d)
		doors[f[0]+" "+f[1]] = f[len(f)-1]
	}
	for _, r := range handler.New(handler.House{}).(*echo.Echo).Routes() {
		path := r.Path
		for _, part := range strings.Split(path, "/") {
			if name, is := strings.CutPrefix(part, ":"); is {
				path = strings.Replace(path, part, "{"+name+"}", 1)
			}
		}
		if namesALetter(path) && (r.Method != "HEAD") {
			door := doors[r.Method+" "+path]
			if door == "" {
				door = "anyone"
			}
			list = append(list, [3]string{r.Method, path, door})
		}
	}
	slices.SortFunc(list, func(a, b [3]string) int { return strings.Compare(a[1]+a[0], b[1]+b[0]) })
	return list
}

// Whose it is to do something to a letter, beyond reading it.
var (
	ofTheLead   = []string{"return", "take", "reply", "sign", "send-back", "extension", "ending", "filled", "{instruction}", "answer"}
	ofTheHelper = []string{"help"}
)

// mayRead is the rule of who reads letters: the Centre, the Supervisor, the offices that
// have a hand in one, and the mayor's office those to the mayor.
func (w *walls) mayRead(p wall, l *walled) bool {
	handed := p.office == w.heating || p.office == w.police
	return p.role == model.Dispatcher || p.role == model.Supervisor || (p.role == model.CaseHandler || p.role == model.OfficeHead) && handed ||
		p.role == model.MayorsOffice && l.channel == model.LetterMayor
}

// mayCome says who is let in by an address: yes, no, or "" where that is the business of
// other tests.
func (w *walls) mayCome(p wall, l *walled, method, path, door string) string {
	answer := func(yes bool) string { return map[bool]string{true: "yes", false: "no"}[yes] }
	none := func(yes bool) string { return map[bool]string{true: "", false: "no"}[yes] } // there is nothing, for those neither who may come
	last := path[strings.LastIndex(path, "/")+1:]
	switch {
	case method == "DELETE" && strings.HasPrefix(path, "/api/v1/me/letter-files/") && p.role == "" && p.name != "nobody":
		return "" // what is sent already stays, whoever takes it away: that is looked at below
	case strings.HasPrefix(path, "/api/v1/me/") && last == "small": // a text has no small picture
		return none(p.author)
	case strings.HasPrefix(path, "/api/v1/me/"):
		return answer(p.author)
	case !strings.HasPrefix(path, "/admin/"): // nothing of it is public
		return "no"
	}
	reach := model.ReachOf(p.role, model.Act(door))
	if p.role == "" || reach == model.Nowhere {
		return "no"
	}
	ours := p.office == w.heating
	switch {
	case strings.Contains(path, "/reply-templates/") && p.role == model.Dispatcher: // the city's own only
		return ""
	case last == "confirmation", last == "{call}": // nothing was published, nobody was called
		return none(reach == model.Everywhere || ours)
	case last == "original":
		return answer(w.mayRead(p, l))
	case !strings.Contains(path, "/letters/") && !strings.Contains(path, "/letter-files/"):
		return answer(reach == model.Everywhere || ours)
	case !w.mayRead(p, l):
		return "no"
	case last == "small", method == "DELETE":
		return ""
	case slices.Contains(ofTheLead, last) && (door != string(model.ActSuperviseLetters)):
		return answer(ours)
	case slices.Contains(ofTheHelper, last):
		return answer(p.office == w.police)
	case last == "contact":
		return answer(ours || reach == model.Everywhere && p.role != model.MayorsOffice)
	case last == "publication", method == "POST" && last == "knowledge":
		return answer(ours || reach == model.Everywhere)
	}
	return "yes"
}

// sending is what an address wants to be sent.
func (w *walls) sending(method, path string, l *walled) any {
	if method == "GET" || method == "DELETE" {
		return nil
	}
	last := path[strings.LastIndex(path, "/")+1:]
	why := map[string]any{"why": "试一试"}
	switch {
	case method == "PUT" && last == "{id}" && strings.Contains(path, "/knowledge/"):
		return map[string]any{"department": w.heating, "question": "暖气不热找谁", "answer": "打热线。"}
	case method == "PUT" && last == "{id}" && strings.Contains(path, "/reply-templates/"):
		return map[string]any{"name": "开头", "text": "您好！"}
	case method == "PUT" && last == "{id}":
		return map[string]any{"content": map[string]any{"title": "还在写的", "exchanges": []any{}}}
	case strings.Contains(path, "/public-letters/"):
		return map[string]any{"sign": map[string]any{"no_secret": true, "attribute": "open", "why": "试一试"}, "confirmation": why, "submit": map[string]any{},
			"assign": map[string]any{"department_id": w.police}, "return": map[string]any{"reason": "试一试"}, "withdraw": map[string]any{"reason": "试一试"},
			"close": map[string]any{"reason": "试一试"}}[last]
	case strings.HasSuffix(path, "/supervisions"):
		return map[string]any{"cause": "other", "why": "试一试", "text": "请说明", "day": "2026-12-31"}
	}
	return map[string]any{"contact": why, "return": why, "dispatch": map[string]any{"lead": w.heating, "why": "试一试"}, "refusal": map[string]any{"ground": "foi", "text": "试一试"},
		"merge": map[string]any{"into": l.id}, "merges": map[string]any{"ids": []string{l.id}}, "end": map[string]any{"agreed": true, "why": "试一试"},
		"help": map[string]any{"text": "试一试"}, "reply": map[string]any{"text": "试一试", "outcome": "explained"}, "send-back": why,
		"extension": map[string]any{"day": "2027-01-31", "why": "试一试", "plan": "试一试"}, "knowledge": map[string]any{"answer": 1},
		"filled": map[string]any{"template": l.template}, "ending": why, "notes": map[string]any{"text": "试一试"}, "answer": map[string]any{"text": "试一试"},
		"instructions": map[string]any{"department": w.heating, "text": "试一试"}, "{instruction}": map[string]any{"text": "试一试"},
		"aside": map[string]any{"cause": "other", "why": "试一试"}, "close": map[string]any{"result": "mended", "text": "试一试"}, "dispute": why,
		"meeting": map[string]any{"day": "2026-12-01", "text": "试一试"}, "decision": map[string]any{"lead": w.heating, "why": "试一试"},
		"request": map[string]any{"note": "试一试"}, "additions": map[string]any{"text": "试一试"}, "question": map[string]any{"text": "试一试"},
		"rating": map[string]any{"response": 5, "solved": true, "satisfaction": 5}, "consent": map[string]any{"may_publish": true}, "withdrawal": map[string]any{}, "{call}": map[string]any{"outcome": "unreached"}}[last]
}

// where is the address of a letter, or of what belongs to it.
func (l *walled) where(path string) string {
	id := l.id
	switch {
	case strings.Contains(path, "/letter-files/"), strings.Contains(path, "/files/"):
		id = l.file
	case strings.Contains(path, "/knowledge/{"):
		id = l.entry
	case strings.Contains(path, "/reply-templates/"):
		id = l.template
	}
	return strings.NewReplacer("{id}", id, "{instruction}", l.instruction, "{supervision}", l.supervision, "{version}", "1", "{call}", "01NONE").Replace(path)
}

// leaks are the secret words that an answer tells to who may not know them.
func (w *walls) leaks(p wall, l *walled, asked string, a *answer) (said []string) {
	secret := slices.Clone(l.contact)
	switch {
	case p.author:
		secret = l.inside
	case !w.mayRead(p, l):
		secret = slices.Concat(l.words, l.inside, l.contact)
	case strings.HasSuffix(asked, "/contact"):
		secret = nil
	}
	for _, word := range secret {
		if strings.Contains(a.body, word) {
			said = append(said, word)
		}
	}
	return said
}

// wholeWalls says that letters of both channels are tried, as the soak does.
func wholeWalls() bool { return os.Getenv("YUANDU_WALLS") == "whole" }

func TestNobodyReadsALetterThatIsNotTheirs(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		w := h.walls(t)
		channels := []model.LetterChannel{model.LetterAsk}
		if wholeWalls() {
			channels = append(channels, model.LetterMayor)
		}
		cases, wrong := 0, 0
		miss := func(format string, args ...any) { wrong++; t.Errorf(format, args...) }
		for _, channel := range channels {
			l := w.letter(t, channel, model.LetterAssigned)
			for _, d := range doorsOfLetters() {
				if state := stateFor(d[1]); state != l.state {
					l = w.letter(t, channel, state)
				}
				for _, p := range w.people {
					cases++
					want := w.mayCome(p, l, d[0], d[1], d[2])
					a := p.send(d[0]+" "+l.where(d[1]), w.sending(d[0], d[1], l), `If-Match: "1"`)
					isOut := strings.Contains(a.body, "letter.not_with") || a.StatusCode == 401 || a.StatusCode == 403 || a.StatusCode == 404 && (want == "no" || strings.Contains(a.body, "not_found"))
					switch said := w.leaks(p, l, d[1], a); {
					case a.StatusCode >= 500 || strings.Contains(a.body, "input.invalid") || strings.Contains(a.body, "request.unreadable"):
						miss("%s %s (%s) as %s, %s: %d %.300s", d[0], d[1], d[2], p.name, channel, a.StatusCode, a.body)
					case want != "" && isOut != (want == "no"):
						miss("%s %s (%s) as %s, %s letter: let in %s, but %d %.200s", d[0], d[1], d[2], p.name, channel, want, a.StatusCode, a.body)
					case len(said) > 0:
						miss("%s %s as %s, %s letter: tells %v", d[0], d[1], p.name, channel, said)
					}
					if d[0] != "GET" && a.StatusCode/100 == 2 {
						if d[0] == "DELETE" {
							if kept := w.hall.author.send("GET /api/v1/me/letter-files/"+l.file, nil); strings.Contains(d[1], "letter-files") && kept.StatusCode != 200 {
								miss("%s as %s took a file away", d[1], p.name)
							}
						}
						l = w.letter(t, channel, l.state)
					}
				}
			}
			for _, p := range w.people {
				for _, list := range listsOfAll(l) {
					cases++
					a := p.send("GET "+list, nil)
					if said := w.leaks(p, l, list, a); len(said) > 0 || a.StatusCode >= 500 {
						miss("GET %s as %s: tells %v (%d)", list, p.name, said, a.StatusCode)
					}
				}
			}
		}
		t.Logf("walls: %d cases, %d of them wrong", cases, wrong)
		if cases < 1000 {
			t.Errorf("only %d cases", cases)
		}
	})
}

// listsOfAll are the addresses that name no one, also by the number of a letter.
func listsOfAll(l *walled) []string {
	lists := []string{"/letters", "/letters/" + l.id, "/admin/v1/letters?box=all&limit=100", "/admin/v1/letters?box=todo&limit=100",
		"/admin/v1/letters?box=all&number=" + fmt.Sprint(500000), "/api/v1/letters?q=" + "%E4%B9%8B%E7%A7%98", "/api/v1/search?q=" + "%E4%B9%8B%E7%A7%98"}
	for _, d := range handler.Doors() {
		if f := strings.Fields(d); f[0] == "GET" && !strings.Contains(f[1], "{") {
			lists = append(lists, f[1])
		}
	}
	return lists
}
