package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yuandu/check"
	"yuandu/model"
)

// writtenLetter is a letter as the sample tells it; days are working days.
type writtenLetter struct {
	Key, Channel, Source, By          string
	Contact                           *struct{ Name, Phone string }
	Topic, Office, Wants              string
	Title, Text, Place                string
	MayPublish                        bool `json:"may_publish"`
	Anonymous                         bool
	WorkdaysAgo                       int `json:"workdays_ago"`
	Steps                             []writtenStep
	ended, second                     string // told by follow
	instructed, extended, isPublished bool
}

type writtenStep struct {
	Do                      string
	After                   int
	To, Of, Why, Text, Plan string
	Assist                  []string
	Days                    int
	Outcome, Basis          string
	Response, Satisfaction  int
	Solved                  bool
	Ground, Route           string
	Cause, Result           string
	Title, Question, Answer string
	Useful                  int
}

// relatedPair is a question, and the published letter whose answer fits it.
type relatedPair struct{ Question, Answer string }

// wordForWord reads a list of the sample: a field that nobody knows is a slip.
func wordForWord[T any](t *testing.T, text []byte, err error) (all []T) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

func writtenLetters(t *testing.T) []writtenLetter {
	t.Helper()
	text, err := sample.ReadFile("sample/letters.json")
	all := wordForWord[writtenLetter](t, text, err)
	for i := range all {
		all[i].follow(t)
	}
	return all
}

// follow goes through the steps of a letter, and keeps where it ends.
func (l *writtenLetter) follow(t *testing.T) {
	l.ended = "waiting"
	for _, s := range l.Steps {
		switch s.Do {
		case "dispatch", "designate":
			l.ended = "open"
		case "return":
			l.ended = "waiting"
		case "draft":
			l.ended = "drafted"
		case "sign":
			l.ended = "answered"
		case "rate":
			l.rated(s.Solved)
		case "refuse", "end", "withdraw":
			l.ended = s.Do
		case "extend":
			l.extended = true
		case "instruct":
			l.instructed = true
		case "publish":
			l.isPublished = true
		case "note", "assist", "add", "question", "supervise", "explain", "close", "set_aside":
		default:
			t.Errorf("%s: nobody knows how to %s", l.Key, s.Do)
		}
	}
}

// rated: who is not content is answered by somebody else, and then by the
// city's own office.
func (l *writtenLetter) rated(solved bool) {
	switch {
	case solved:
		l.ended = "solved"
	case l.second == "":
		l.ended, l.second = "second handling", "second handling"
	default:
		l.ended = "supervisor"
	}
}

func TestTheSampleLettersShowEveryState(t *testing.T) {
	all, counted := writtenLetters(t), map[string]int{}
	grounds, offices, topics := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, l := range all {
		for _, is := range l.kinds() {
			counted[is]++
		}
		offices[l.Office], topics[l.Topic] = true, true
		for _, s := range l.Steps {
			counted[s.Do]++
			grounds[s.Ground] = true
		}
	}
	for is, least := range map[string]int{
		"waiting": 8, "open": 20, "due today": 4, "overdue": 6, "drafted": 5, "answered": 10, "solved": 25,
		"second handling": 5, "supervisor": 3, "refuse": 5, "end": 2, "withdraw": 2, "extended": 4,
		"one power cut": 4, "mayor": 25, "instructed": 6, "entered for someone": 12, "published": 60,
		"question": 1, "return": 1, "assist": 5, "add": 2, "note": 5,
		"supervise": 4, "explain": 2, "close": 1, "set_aside": 1,
	} {
		if counted[is] < least {
			t.Errorf("%d letters are %s, want %d", counted[is], is, least)
		}
	}
	if len(all) != 120 || len(grounds) < 6 || len(offices) < 18 || len(topics) != len(model.LifeTopics()) {
		t.Errorf("%d letters, %d grounds, %d offices, %d topics", len(all), len(grounds)-1, len(offices), len(topics))
	}
}

// kinds are what a letter is an example of.
func (l *writtenLetter) kinds() []string {
	const answerWithin = 5
	kinds := []string{l.ended, l.Channel}
	for is, so := range map[string]bool{
		"due today":           l.ended == "open" && !l.extended && l.WorkdaysAgo == answerWithin,
		"overdue":             l.ended == "open" && !l.extended && l.WorkdaysAgo > answerWithin,
		"extended":            l.extended,
		"instructed":          l.instructed && l.Channel == "mayor",
		"entered for someone": l.Source != "mini",
		"published":           l.isPublished,
		"one power cut":       strings.HasPrefix(l.Key, "power-cut-"),
	} {
		if so {
			kinds = append(kinds, is)
		}
	}
	return kinds
}

func TestTheSampleLettersNameOnlyWhatThereIs(t *testing.T) {
	text, err := sample.ReadFile("sample/departments.json")
	offices := map[string]bool{"": true}
	for _, d := range wordForWord[map[string]any](t, text, err) {
		offices[d["name"].(string)] = true
	}
	topics, keys := map[string]bool{}, map[string]bool{}
	for _, topic := range model.LifeTopics() {
		topics[topic.ID] = true
	}
	policies := policyTexts(t)
	for _, l := range writtenLetters(t) {
		if keys[l.Key] || !topics[l.Topic] || !offices[l.Office] || l.Office == "" || !offices[l.Wants] {
			t.Errorf("%s is there already, or asks %q, %q, on %q", l.Key, l.Office, l.Wants, l.Topic)
		}
		keys[l.Key] = true
		for _, s := range l.Steps {
			for _, name := range append(s.Assist, s.To, s.Of) {
				if !offices[name] {
					t.Errorf("%s: nobody is called %s", l.Key, name)
				}
			}
			standsInSample(t, policies, l.Key, s.Basis)
		}
		l.isHelpedByTheAsked(t)
	}
}

// isHelpedByTheAsked: nobody helps who was not asked to, and what the mayor's
// office has to say goes to the office that has the letter.
func (l *writtenLetter) isHelpedByTheAsked(t *testing.T) {
	t.Helper()
	lead, asked := "", []string{}
	for _, s := range l.Steps {
		switch s.Do {
		case "dispatch", "designate":
			lead, asked = s.To, append(asked, s.Assist...)
		case "assist":
			if !slices.Contains(asked, s.Of) {
				t.Errorf("%s: %s helps without being asked", l.Key, s.Of)
			}
		case "instruct":
			if s.To != lead || l.Channel != "mayor" {
				t.Errorf("%s: the mayor's office writes to %s, %s has the letter", l.Key, s.To, lead)
			}
		}
	}
}

// policyTexts are the sample's policies by their numbers.
func policyTexts(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(sample, "sample/policies/*.md")
	if err != nil {
		t.Fatal(err)
	}
	number, texts := regexp.MustCompile(`(?m)^文号: (.+)$`), map[string]string{}
	for _, name := range names {
		text, err := sample.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if m := number.FindSubmatch(text); m != nil {
			texts[string(m[1])] = string(text)
		}
	}
	return texts
}

// standsInSample says whether the article that an answer goes by is in the sample.
func standsInSample(t *testing.T, policies map[string]string, key, basis string) {
	t.Helper()
	if basis == "" {
		return
	}
	number, place, _ := strings.Cut(basis, " ")
	text := policies[number]
	if part, isPart := strings.CutSuffix(strings.TrimPrefix(place, "第"), "部分"); isPart {
		place = "\n" + part + "、"
		text = strings.ReplaceAll(text, "\n## ", "\n")
	} else if place != "" {
		place = "\n" + place + " "
	}
	if text == "" || !strings.Contains(text, place) {
		t.Errorf("%s goes by %s, which is not there", key, basis)
	}
}

func TestTheSampleLettersAreToldInOrder(t *testing.T) {
	busy := map[string]int{}
	type day struct {
		by  string
		ago int
	}
	wrote := map[day]int{}
	for _, l := range writtenLetters(t) {
		if n := utf8.RuneCountInString(l.Text); n < 20 || n > 600 || utf8.RuneCountInString(l.Title) > 50 || l.Title == "" {
			t.Errorf("%s: %d characters under %q", l.Key, n, l.Title)
		}
		if (l.Source == "mini") != (l.By != "") || (l.Source == "mini") == (l.Contact != nil) {
			t.Errorf("%s comes by %s from %q, %+v", l.Key, l.Source, l.By, l.Contact)
		}
		if l.By != "" {
			busy[l.By]++
			if wrote[day{l.By, l.WorkdaysAgo}]++; wrote[day{l.By, l.WorkdaysAgo}] > 2 {
				t.Errorf("%s writes too much %d working days ago", l.By, l.WorkdaysAgo)
			}
		}
		if l.WorkdaysAgo < 0 || l.WorkdaysAgo > 90 || l.isPublished && !l.MayPublish {
			t.Errorf("%s came %d working days ago, published: %v", l.Key, l.WorkdaysAgo, l.isPublished)
		}
		before := 0
		for _, s := range l.Steps {
			if s.After < before || s.After > l.WorkdaysAgo {
				t.Errorf("%s: %s after %d days, the one before it after %d", l.Key, s.Do, s.After, before)
			}
			before = s.After
		}
	}
	for _, name := range []string{"李建国", "王芳", "赵小满"} {
		if busy[name] == 0 {
			t.Errorf("%s has written nothing", name)
		}
	}
}

func TestNobodyIsGivenAwayByAPublishedSampleLetter(t *testing.T) {
	numbers := 0
	for _, l := range writtenLetters(t) {
		name := l.By
		if l.Contact != nil {
			name = l.Contact.Name
		}
		for _, f := range givesAway(l.Text) {
			if f.Code == "personal.id_number" {
				numbers++
			}
		}
		for _, s := range l.Steps {
			public := s.Title + "\n" + s.Question + "\n" + s.Answer
			if s.Do != "publish" {
				continue
			}
			if s.Title == "" || s.Question == "" || s.Answer == "" || strings.Contains(public, name) {
				t.Errorf("%s is published empty, or with a name: %q", l.Key, public)
			}
			for _, f := range givesAway(public) {
				t.Errorf("%s is published with %s %s", l.Key, f.Code, f.Text)
			}
		}
	}
	if numbers != 1 {
		t.Errorf("%d letters hold somebody's identity number, want one to be tried by", numbers)
	}
}

// givesAway is what a text tells of a person; the telephone of an office's
// window is none of it.
func givesAway(text string) (found []check.Finding) {
	for _, f := range check.Line("text", text, check.Rules{}) {
		if strings.HasPrefix(f.Code, "personal.") && f.Severity != check.Note {
			found = append(found, f)
		}
	}
	return found
}

func TestEveryRelatedPairHasItsPublishedAnswer(t *testing.T) {
	titles := map[string][]string{}
	for _, l := range writtenLetters(t) {
		for _, s := range l.Steps {
			if s.Do == "publish" {
				titles[l.Key] = []string{l.Title, s.Title}
			}
		}
	}
	text, err := os.ReadFile("../../store/search/testdata/related_pairs.json")
	pairs := wordForWord[relatedPair](t, text, err)
	asked, of := map[string]bool{}, map[string]int{}
	for _, p := range pairs {
		of[p.Answer]++
		switch {
		case titles[p.Answer] == nil:
			t.Errorf("%q: no published letter is called %s", p.Question, p.Answer)
		case asked[p.Question] || of[p.Answer] > 4:
			t.Errorf("%q is asked twice, or is one too many for %s", p.Question, p.Answer)
		case slices.ContainsFunc(titles[p.Answer], func(title string) bool { return copiesFrom(p.Question, title) }):
			t.Errorf("%q copies from %q", p.Question, titles[p.Answer])
		}
		asked[p.Question] = true
	}
	if len(pairs) != 200 {
		t.Errorf("%d pairs, want 200", len(pairs))
	}
}

// copiesFrom says whether six characters of a question stand in a title as well.
func copiesFrom(question, title string) bool {
	const run = 6
	q := []rune(question)
	for i := 0; i+run <= len(q); i++ {
		if strings.Contains(title, string(q[i:i+run])) {
			return true
		}
	}
	return false
}
