package model

import (
	"fmt"
	"slices"
	"strings"
)

// Proposed is an office that may be the right one for a letter, and why.
type Proposed struct {
	Office  string
	Chance  float64
	Reasons []string // plain sentences; the words in them are the house's own or public, never those of a letter that is not
}

// Called is how offices and topics are called in reasons, and which answers may still be
// named there: a letter may have been taken from the public since it was learned from.
type Called struct {
	Office, Topic func(id string) string
	Stands        func(AnswerEntry) bool
}

// How many words a reason quotes, and from how many letters on there is one.
const (
	quotedWords  = 3
	enoughToTell = 3
)

// Reasons say why a letter may be for an office; where there is nothing to be said,
// there are none, and it should not be proposed. known are words of the letter that
// stand in the house's own lists.
func (a *Adviser) Reasons(office string, c Clues, known []string, called Called) (reasons []string) {
	name := called.Office(office)
	if c.Wanted == office {
		reasons = append(reasons, "来信人想问的就是"+name)
	}
	if slices.Contains(c.Named, office) {
		reasons = append(reasons, "来信提到了"+name)
	}
	if e := a.likest(office, c.Words); e != nil && called.Stands(*e) {
		reasons = append(reasons, e.reason(name))
	}
	if said := a.Letters.wordsReason(office, known, name); said != "" {
		reasons = append(reasons, said)
	}
	if said := a.Papers.paperReason(office, known, name); said != "" {
		reasons = append(reasons, said)
	}
	if o := a.Letters.offices[office]; o != nil && c.Topic != "" && o.topics[c.Topic] >= enoughToTell {
		reasons = append(reasons, fmt.Sprintf("专题“%s”：过去 %d 封来信，%d 封由%s办理",
			called.Topic(c.Topic), a.Letters.topics[c.Topic], o.topics[c.Topic], name))
	}
	return reasons
}

// leastLike is the part of what a letter says that an answer must say too, to be named
// as a reason.
const leastLike = 0.06

// likest is what an office has answered that says most of what a letter says, nil where
// nothing says enough.
func (a *Adviser) likest(office string, words []string) (best *AnswerEntry) {
	tells, _ := a.weights(words)
	all := 0.0
	for _, weight := range tells {
		all += weight
	}
	most := leastLike * all
	for i := range a.Entries {
		e := &a.Entries[i]
		if e.Office != office {
			continue
		}
		shared := 0.0
		for _, w := range e.Words {
			shared += tells[w]
		}
		if shared > most {
			best, most = e, shared
		}
	}
	return best
}

func (e *AnswerEntry) reason(name string) string {
	if e.Public {
		return "公开的来信" + quoted(e.Title) + "由" + name + "答复"
	}
	return "知识库" + quoted(e.Title) + "由" + name + "负责"
}

// wordsReason tells of the words that many letters of an office had.
func (p *Precedents) wordsReason(office string, known []string, name string) string {
	o := p.offices[office]
	if o == nil {
		return ""
	}
	words := slices.DeleteFunc(slices.Clone(known), func(w string) bool { return !p.knows(w) || o.words[w] < enoughToTell })
	if len(words) == 0 {
		return ""
	}
	slices.SortStableFunc(words, func(a, b string) int { return o.words[b] - o.words[a] })
	said := fmt.Sprintf("%s：过去 %d 封同类来信，%d 封由%s办理", quoted(words[0]), p.words[words[0]].letters, o.words[words[0]], name)
	if len(words) > 1 {
		said += "；也说到" + quoted(words[1:min(len(words), quotedWords)]...)
	}
	return said
}

// paperReason tells of the words that stand in what public documents say of an office.
func (p *Precedents) paperReason(office string, known []string, name string) string {
	o := p.offices[office]
	if o == nil {
		return ""
	}
	words := slices.DeleteFunc(slices.Clone(known), func(w string) bool { return o.words[w] == 0 })
	if len(words) == 0 {
		return ""
	}
	slices.SortStableFunc(words, func(a, b string) int { return o.words[b] - o.words[a] })
	return quoted(words[:min(len(words), quotedWords)]...) + "：公开文件里由" + name + "负责的事"
}

func quoted(words ...string) string { return "“" + strings.Join(words, "”“") + "”" }
