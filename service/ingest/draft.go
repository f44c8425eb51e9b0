package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"unicode/utf8"

	"yuandu/media"
	"yuandu/model"
)

// draft is a row on its way into the database: a policy or an interpretation.
type draft struct {
	line           int
	wrong          *RowError
	identity       string // under which the document is known again
	byText         string // the weakest identity: title, day and text
	issuers        []string
	policy         *model.Policy
	relations      []model.Relation
	interpretation *model.Interpretation
}

func draftOf(r Row) *draft {
	if r.isAgenda() {
		return &draft{line: r.Line, wrong: r.Reject(AgendaTitle, "会议请在控制台的“批量导入”里导入")}
	}
	d := &draft{line: r.Line, issuers: issuersOf(r.Values[Issuer])}
	d.identity, d.byText = identities(r, d.issuers)
	if r.isInterpretation() {
		d.interpretation = interpretationOf(r)
		return d
	}
	d.policy = policyOf(r)
	for _, m := range media.Mentions(d.policy) {
		d.relations = append(d.relations, m.Relation)
	}
	return d
}

func (r Row) isInterpretation() bool {
	return strings.Contains(r.Values[Kind], "解读") || strings.Contains(r.Values[Kind], "问答")
}

// identities of a row. A document is known again by its own number, issuer and
// day; else by its source address with its title; else by title, day and text.
func identities(r Row, issuers []string) (identity, byText string) {
	day := r.Values[PublishedDate]
	if day == "" {
		day = r.Values[WrittenDate]
	}
	sum := sha256.Sum256([]byte(r.Values[Text]))
	byText = strings.Join([]string{"text", titleOf(r.Values), day, hex.EncodeToString(sum[:])}, "\x1f")
	if key := model.NumberKey(r.Values[DocNumber]); key != "" {
		return model.NumberIdentity(key, issuers, model.Day(day)), byText
	}
	if url := r.Values[URL]; url != "" {
		return strings.Join([]string{"source", url, titleOf(r.Values)}, "\x1f"), byText
	}
	return byText, byText
}

func policyOf(r Row) *model.Policy {
	v := r.Values
	p := &model.Policy{
		Title: titleOf(v), DocNumber: v[DocNumber], IndexNumber: v[IndexNumber], Theme: v[Theme],
		Category:    CategoryOf(v[Category], v[Level], v[Title]),
		WrittenDate: model.Day(v[WrittenDate]), PublishedDate: model.Day(v[PublishedDate]),
		EffectiveDate: model.Day(v[EffectiveDate]), ExpiryDate: model.Day(v[ExpiryDate]),
		Stated: statedValidity(v[Validity]), SourceURL: v[URL], Body: media.Structure(v[Text]),
		Unexplained: v[Unexplained],
	}
	p.Topics = topicsOf(r, p.Title, p.Theme, v[Text])
	return p
}

// titleOf tells the parts of one law apart: 中华人民共和国民法典（物权）.
func titleOf(v map[Column]string) string {
	if v[Subtitle] == "" {
		return v[Title]
	}
	return v[Title] + "（" + v[Subtitle] + "）"
}

// statedValidity reads the source's own word; what holds needs none.
func statedValidity(word string) model.Validity {
	switch {
	case strings.Contains(word, "废止"):
		return model.Repealed
	case strings.Contains(word, "失效") || word == "无效":
		return model.Expired
	case strings.Contains(word, "修改") || strings.Contains(word, "修订"):
		return model.Amended
	}
	return ""
}

// topicsOf takes the topics that the source names among ours, else proposes.
func topicsOf(r Row, title, theme, text string) []model.Topic {
	var topics []model.Topic
	named := map[string]bool{}
	for _, list := range r.List(Topic) {
		for _, n := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、,， ", r) }) {
			named[n] = true
		}
	}
	if len(named) == 0 || !names(named) {
		named = map[string]bool{}
		for _, id := range media.ProposeTopics(title, theme, text) {
			named[id] = true
		}
	}
	for _, t := range model.LifeTopics() {
		if named[t.ID] || named[t.Name] {
			topics = append(topics, t)
		}
	}
	return topics
}

func names(named map[string]bool) bool {
	for _, t := range model.LifeTopics() {
		if named[t.ID] || named[t.Name] {
			return true
		}
	}
	return false
}

var betweenIssuers = regexp.MustCompile(`[、;；,，\s]+`)

// beyondName is what a page shows behind an office's name: counts, buttons.
var beyondName = regexp.MustCompile(`[:：【\[<|\d].*$`)

// issuersOf parts the offices of a letterhead. Nobody is guessed.
func issuersOf(text string) []string {
	var list []string
	seen := map[string]bool{}
	for _, name := range betweenIssuers.Split(text, -1) {
		name = strings.TrimSuffix(beyondName.ReplaceAllString(name, ""), "浏览量")
		if n := utf8.RuneCountInString(name); n >= 2 && n <= 60 && !seen[name] {
			seen[name] = true
			list = append(list, name)
		}
	}
	return list
}

func interpretationOf(r Row) *model.Interpretation {
	v := r.Values
	text, questions := questionsOf(v[Text])
	i := &model.Interpretation{Title: v[Title], PublishedDate: model.Day(v[PublishedDate]), SourceURL: v[URL],
		Body: media.Structure(text), Questions: questions}
	for _, target := range r.List(Interprets) {
		if model.NumberKey(target) != "" {
			i.Policies = append(i.Policies, model.PolicyRef{DocNumber: target})
		} else {
			i.Policies = append(i.Policies, model.PolicyRef{Title: strings.Trim(target, "《》")})
		}
	}
	if i.Policies == nil {
		i.Policies = interpretedIn(v[Title])
	}
	return i
}

var titleInBrackets = regexp.MustCompile(`《([^《》]{4,120})》`)

// interpretedIn finds the policy that the title of an interpretation names.
func interpretedIn(title string) []model.PolicyRef {
	if m := titleInBrackets.FindStringSubmatch(title); m != nil {
		return []model.PolicyRef{{Title: m[1]}}
	}
	return nil
}

var (
	questionsHead = regexp.MustCompile(`(?m)^#{1,6}\s*(?:问答|政策问答|常见问题)\s*$`)
	questionLine  = regexp.MustCompile(`^(?:问|Q)\s*[:：]\s*(.+)$`)
	answerLine    = regexp.MustCompile(`^(?:答|A)\s*[:：]\s*(.+)$`)
)

// questionsOf parts the questions and answers at the end of an interpretation
// from its text. Without the heading before them they stay text.
func questionsOf(text string) (string, []model.Question) {
	at := questionsHead.FindStringIndex(text)
	if at == nil {
		return text, nil
	}
	var list []model.Question
	for _, line := range strings.Split(text[at[1]:], "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case questionLine.MatchString(line):
			list = append(list, model.Question{Ask: questionLine.FindStringSubmatch(line)[1]})
		case len(list) > 0:
			q := &list[len(list)-1]
			if m := answerLine.FindStringSubmatch(line); m != nil {
				line = m[1]
			}
			q.Answer = strings.TrimPrefix(q.Answer+"\n"+line, "\n")
		}
	}
	if len(list) == 0 {
		return text, nil
	}
	return text[:at[0]], list
}
