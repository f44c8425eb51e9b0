package media

import (
	"iter"
	"regexp"
	"slices"
	"strings"

	"yuandu/model"
)

var (
	// cited is a title with, or without, its number behind it.
	cited       = regexp.MustCompile(`《([^《》]{2,150})》(?:\s*[（(]([^（）()]{4,40})[）)])?`)
	amending    = regexp.MustCompile(`关于(?:修改|修订|修正)\s*[《〈]([^《》〈〉]{2,150})[》〉]`)
	amendedText = regexp.MustCompile(`[将对]《([^《》]{2,150})》(?:\s*[（(]([^（）()]{4,40})[）)])?(?:第[一二三四五六七八九十百零〇\d]+[条章]|作(?:出|如下)|部分)`)
	basedOn     = regexp.MustCompile(`(?:根据|依据|依照)((?:\s*《[^《》]+》(?:\s*[（(][^（）()]+[）)])?(?:、|和|及|以及|，)?)+)`)
	joining     = regexp.MustCompile(`^[、，,和及与以\s]*$`)
	onlyPart    = regexp.MustCompile(`第[一二三四五六七八九十百零〇\d]+[条款项]|不一致|有关规定`)
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
	for clause := range repealing(text) {
		f.quote = strings.Trim(clause, "。；;\n ") + "废止"
		for _, c := range wholly(clause) {
			f.add(model.Repeals, c[1], c[2], since)
		}
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

// repealing yields what stands before 废止 in every clause that repeals something
// with these lines: 同时废止, 予以废止.
func repealing(text string) iter.Seq[string] {
	const word, ends = "废止", "。；;\n"
	return func(yield func(string) bool) {
		for from := 0; ; {
			at := strings.Index(text[from:], word)
			if at < 0 {
				return
			}
			at += from
			end := at + len(word)
			if next := strings.IndexAny(text[end:], ends); next >= 0 {
				end += next
			} else {
				end = len(text)
			}
			clause := text[from : from+strings.LastIndex(text[from:end], word)]
			if before := strings.LastIndexAny(clause[:at-from], ends); before >= 0 {
				clause = clause[before:]
			}
			if (strings.Contains(clause, "同时") || strings.Contains(clause, "予以")) && !yield(clause) {
				return
			}
			from = end
		}
	}
}

// wholly lists the documents that a clause names whole: not 《甲》第三条, nor 甲 and
// 乙 in 《甲》、《乙》的有关规定.
func wholly(clause string) (documents [][]string) {
	part, end := false, len(clause)
	for _, at := range slices.Backward(cited.FindAllStringIndex(clause, -1)) {
		tail := clause[at[1]:end]
		if end == len(clause) || !joining.MatchString(tail) {
			part = onlyPart.MatchString(tail)
		}
		if !part {
			documents = append(documents, cited.FindStringSubmatch(clause[at[0]:at[1]]))
		}
		end = at[0]
	}
	slices.Reverse(documents)
	return documents
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
