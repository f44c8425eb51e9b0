package media

import (
	"cmp"
	"regexp"
	"strings"

	"yuandu/model"
)

// citations are titles one after the other, some with their numbers.
const citations = `((?:\s*《[^《》]+》(?:\s*[（(][^（）()]+[）)])?(?:、|和|及|以及|，)?)+)`

var (
	// cited is a title with, or without, its number behind it.
	cited       = regexp.MustCompile(`《([^《》]{2,150})》(?:\s*[（(]([^（）()]{4,40})[）)])?`)
	amending    = regexp.MustCompile(`关于(?:修改|修订|修正)\s*[《〈]([^《》〈〉]{2,150})[》〉]`)
	amendedText = regexp.MustCompile(`[将对]《([^《》]{2,150})》(?:\s*[（(]([^（）()]{4,40})[）)])?(?:第[一二三四五六七八九十百零〇\d]+[条章]|作(?:出|如下)|部分)`)
	basedOn     = regexp.MustCompile(`(?:根据|依据|依照)` + citations)
)

// maxCites is how many citations of one document are kept.
const maxCites = 60

// Mention is what a document says of another one, and the words in which it does.
type Mention struct {
	model.Relation
	Quote string
}

// Mentions finds what a document says of others in the standard wordings: the
// whole repeal of a named document, amendments, the basis, citations. A doubtful
// wording is a citation at most.
func Mentions(p *model.Policy) []Mention {
	text := p.Body.Plain()
	f := &found{own: model.NumberKey(p.DocNumber), title: p.Title, seen: map[string]bool{}}
	since := p.EffectiveDate
	if since == "" {
		since = p.PublishedDate
	}
	if m := amending.FindStringSubmatch(p.Title); m != nil {
		number := ""
		if a := amendedText.FindStringSubmatch(text); a != nil && a[1] == m[1] {
			number = a[2]
		}
		f.quote = p.Title
		f.add(model.Amends, m[1], number, since)
	}
	for _, r := range repeals(p.Title, text) {
		f.quote = r.quote
		f.add(model.Repeals, r.title, r.number, cmp.Or(r.since, since))
	}
	opening := []rune(text)
	opening = opening[:min(len(opening), 600)]
	for _, m := range basedOn.FindAllStringSubmatch(string(opening), 3) {
		f.quote = m[0]
		for _, c := range cited.FindAllStringSubmatch(m[1], -1) {
			f.add(model.BasedOn, c[1], c[2], "")
		}
	}
	for _, c := range cited.FindAllStringSubmatch(text, maxCites) {
		if model.NumberKey(c[2]) != "" {
			f.quote = c[0]
			f.add(model.Cites, c[1], c[2], "")
		}
	}
	for _, n := range model.FindDocNumbers(text) {
		f.quote = n.String()
		f.add(model.Cites, "", n.String(), "")
	}
	return f.list
}

// found gathers relations, each target once: the first reading is the
// strongest.
type found struct {
	own, title string
	quote      string // where it is now
	seen       map[string]bool
	list       []Mention
}

func (f *found) add(kind model.RelationKind, title, number string, since model.Day) {
	title = strings.TrimSpace(title)
	key := model.NumberKey(number)
	if key == "" {
		number = ""
	}
	if key != "" && key == f.own || key == "" && title == f.title || key == "" && title == "" {
		return
	}
	if f.seen[key] && key != "" || key == "" && f.seen[title] || len(f.list) >= maxCites {
		return
	}
	f.seen[key], f.seen[title] = true, true
	f.list = append(f.list, Mention{model.Relation{Kind: kind, TargetTitle: title, TargetNumber: number, Since: since}, f.quote})
}
