package letter_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/service/letter"
	"yuandu/store/search"
)

type told struct {
	Key, Office, Wants, Topic, Title, Text, Place, By string
	Contact                                           struct{ Name string }
}

func TestTheProposalIsBetterThanTheOfficeThatHasMost(t *testing.T) {
	text, err := os.ReadFile("../../cmd/yuandu/sample/letters.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []told
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	synonyms := search.NewSynonyms(search.DefaultSynonyms())
	adviser := model.NewAdviser()
	departments := samplePapers(t, adviser.Papers, synonyms)
	sampleAnswers(t, &adviser, synonyms)
	for name, wanted := range map[string]bool{"by words, topic and the office its author wants": true, "by words and topic": false} {
		var list []letter.Example
		for _, l := range all {
			c := letter.CluesOf(l.Title+"\n"+l.Text, synonyms)
			c.Named = letter.NamedIn(l.Title+"\n"+l.Text, departments)
			c.Topic, c.Author = l.Topic, l.By+l.Contact.Name
			if wanted {
				c.Wanted = l.Wants
			}
			list = append(list, letter.Example{Office: l.Office, Clues: c})
		}
		m := letter.Measure(list, adviser, len(list))
		t.Logf("%s: %v", name, m)
		if m.First < 2*m.Majority {
			t.Errorf("%s it is hardly better than the office that has most", name)
		}
	}
}

// samplePapers are the sample's offices, by their names, and what its policies tell.
func samplePapers(t *testing.T, papers *model.Precedents, synonyms *search.Synonyms) (departments []model.Department) {
	t.Helper()
	text, err := os.ReadFile("../../cmd/yuandu/sample/departments.json")
	if err != nil {
		t.Fatal(err)
	}
	var offices []struct {
		Name      string
		ShortName string `json:"short_name"`
		Aliases   []string
		Parent    string
	}
	if err := json.Unmarshal(text, &offices); err != nil {
		t.Fatal(err)
	}
	for _, o := range offices {
		departments = append(departments, model.Department{ID: o.Name, Name: o.Name, ShortName: o.ShortName, Aliases: o.Aliases, ParentID: o.Parent})
	}
	letter.LearnNames(papers, departments, synonyms)
	files, err := filepath.Glob("../../cmd/yuandu/sample/policies/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no policies", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(strings.TrimPrefix(string(text), "---\n"), "\n---\n")
		var makers []string
		for line := range strings.Lines(head) {
			if by, found := strings.CutPrefix(line, "发文机关: "); found {
				makers = strings.Split(strings.TrimSpace(by), "、")
			}
		}
		for _, article := range strings.Split(body, "\n\n") {
			letter.LearnPaper(papers, article, departments, makers, synonyms)
		}
	}
	return departments
}

// sampleAnswers is what the sample's knowledge entries tell of who answers what. Its
// public letters are left out: they are the letters that are tried.
func sampleAnswers(t *testing.T, adviser *model.Adviser, synonyms *search.Synonyms) {
	t.Helper()
	text, err := os.ReadFile("../../cmd/yuandu/sample/knowledge.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Office, Question, Answer string
		OtherWays                []string `json:"other_ways"`
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	for _, k := range all {
		adviser.LearnAnswer(letter.AnswerOf(model.Knowledge{DepartmentID: k.Office, Question: k.Question, Answer: k.Answer, OtherWays: k.OtherWays}, synonyms))
	}
}

const items = "../../../shared/data/venues/service_items_guangdong.jsonl"

func TestTheProposalIsRightAboutRealMatters(t *testing.T) {
	if testing.Short() {
		t.Skip("2,261 matters take a while")
	}
	file, err := os.Open(items)
	if err != nil {
		t.Skipf("no real matters: %v", err)
	}
	defer file.Close()
	synonyms := search.NewSynonyms(search.DefaultSynonyms())
	var list []letter.Example
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var item struct{ Code, Name, Dept string }
		if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
			t.Fatal(err)
		}
		c := letter.CluesOf(item.Name, synonyms)
		c.Author = item.Code
		list = append(list, letter.Example{Office: strings.TrimSpace(item.Dept), Clues: c})
	}
	m := letter.Measure(list, model.NewAdviser(), 20)
	t.Logf("names of matters of a province: %v", m)
	if m.First < 2*m.Majority {
		t.Error("it is hardly better than the office that has most")
	}
}
