package soak

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/media"
	"yuandu/model"
)

// clause is what is compared as one: an article with its paragraphs and items,
// or a heading.
type clause model.Body

func clausesOf(body model.Body) []clause {
	var list []clause
	for _, k := range body {
		last := len(list) - 1
		inArticle := last >= 0 && list[last][0].Kind == model.BlockArticle
		if inArticle && (k.Kind == model.BlockParagraph || k.Kind == model.BlockItem || k.Kind == model.BlockTable) {
			list[last] = append(list[last], k)
			continue
		}
		list = append(list, clause{k})
	}
	return list
}

func (c clause) isArticle() bool { return c[0].Kind == model.BlockArticle }

func (c clause) length() int { return utf8.RuneCountInString(model.Body(c).Plain()) }

// told is a clause of the new version and what is true of it.
type told struct {
	clause
	kind media.ChangeKind
	from []int // the clauses of the old version that it comes from
}

// amendment is a law, what was made of it, and what is true.
type amendment struct {
	law    []clause
	other  []clause // a law from which words are taken
	random *rand.Rand
	now    []told
}

// amend changes a law as an amending decision does: it rewords about one in six
// articles, moves, splits and joins a few, puts some in, takes some out, and
// numbers what is left anew.
func amend(law, other []clause, seed uint64) *amendment {
	a := &amendment{law: law, other: other, random: rand.New(rand.NewPCG(seed, 7))}
	for n, c := range law {
		a.now = append(a.now, told{c, media.ChangeSame, []int{n}})
	}
	articles := len(a.articles())
	some := func(percent int) int { return max(1, articles*percent/100) }
	a.times(some(2), a.join)
	a.times(some(2), a.split)
	a.times(some(3), a.move)
	a.times(some(4), a.remove)
	a.times(some(16), a.rewordOne)
	a.times(1, a.retitle)
	a.times(some(6), a.insert)
	a.renumber()
	return a
}

func (a *amendment) times(n int, act func()) {
	for range n {
		act()
	}
}

// articles are the places of the articles in the new version that still are
// what they were.
func (a *amendment) articles() []int {
	var list []int
	for n, c := range a.now {
		if c.isArticle() && c.kind == media.ChangeSame {
			list = append(list, n)
		}
	}
	return list
}

// pick picks an article that has had no change, and is no stub.
func (a *amendment) pick(shortest int) int {
	for {
		list := a.articles()
		if n := list[a.random.IntN(len(list))]; a.now[n].length() >= shortest {
			return n
		}
	}
}

func (a *amendment) rewordOne() {
	n := a.pick(0)
	a.now[n] = told{reword(a.random, a.now[n].clause, a.other), media.ChangeEdited, a.now[n].from}
}

func (a *amendment) remove() {
	n := a.pick(0)
	a.now = slices.Delete(a.now, n, n+1)
}

func (a *amendment) insert() {
	n := a.pick(0)
	for {
		if c := a.other[a.random.IntN(len(a.other))]; c.isArticle() && c.length() > 20 {
			a.now = slices.Insert(a.now, n+1, told{slices.Clone(c), media.ChangeAdded, nil})
			return
		}
	}
}

// move takes an article at least six clauses away; every other time its words
// change as well.
func (a *amendment) move() {
	n := a.pick(20)
	one := a.now[n]
	one.kind = media.ChangeMoved
	if a.random.IntN(2) == 0 {
		one.clause = reword(a.random, one.clause, a.other)
	}
	a.now = slices.Delete(a.now, n, n+1)
	for {
		if to := 1 + a.random.IntN(len(a.now)-1); to-n >= 6 || n-to >= 6 {
			a.now = slices.Insert(a.now, to, one)
			return
		}
	}
}

// split cuts an article between two paragraphs, or at the end of a sentence.
func (a *amendment) split() {
	for range 1000 {
		n := a.pick(50)
		first, second, ok := a.cut(a.now[n].clause)
		if !ok || first.length() < 20 || second.length() < 20 {
			continue
		}
		a.now[n] = told{first, media.ChangeSplit, a.now[n].from}
		a.now = slices.Insert(a.now, n+1, told{second, media.ChangeSplit, a.now[n].from})
		return
	}
}

func (a *amendment) cut(c clause) (first, second clause, ok bool) {
	if at := 1 + a.random.IntN(len(c)); at < len(c) && c[at].Kind == model.BlockParagraph {
		second = slices.Clone(c[at:])
		second[0].Kind, second[0].Label = model.BlockArticle, "第"
		return slices.Clone(c[:at]), second, true
	}
	sentences := strings.SplitAfter(c[0].Text, "。")
	if len(sentences) < 3 {
		return nil, nil, false
	}
	at := 1 + a.random.IntN(len(sentences)-2)
	first, second = clause{c[0]}, slices.Clone(c)
	first[0].Text, second[0].Text = strings.Join(sentences[:at], ""), strings.Join(sentences[at:], "")
	return first, second, true
}

// join makes one article of two neighbours: the second becomes paragraphs of
// the first.
func (a *amendment) join() {
	for range 1000 {
		n := a.pick(20)
		if n+1 >= len(a.now) {
			continue
		}
		next := a.now[n+1]
		if !next.isArticle() || next.kind != media.ChangeSame || next.length() < 20 {
			continue
		}
		second := slices.Clone(next.clause)
		second[0].Kind, second[0].Label = model.BlockParagraph, ""
		joined := append(slices.Clone(a.now[n].clause), second...)
		a.now[n] = told{joined, media.ChangeJoined, append(slices.Clone(a.now[n].from), next.from...)}
		a.now = slices.Delete(a.now, n+1, n+2)
		return
	}
}

// retitle adds a word to the title of a chapter.
func (a *amendment) retitle() {
	for _, n := range a.random.Perm(len(a.now)) {
		if c := a.now[n]; c.clause[0].Kind == model.BlockChapter && c.kind == media.ChangeSame {
			c.clause = slices.Clone(c.clause)
			c.clause[0].Text += "与" + []string{"保障", "服务", "监督", "促进"}[a.random.IntN(4)]
			c.kind = media.ChangeEdited
			a.now[n] = c
			return
		}
	}
}

// renumber counts the articles anew.
func (a *amendment) renumber() {
	number := 0
	for n := range a.now {
		c := &a.now[n]
		if !c.isArticle() {
			continue
		}
		number++
		label := "第" + chinese(number) + "条"
		if c.kind == media.ChangeSame && label != c.clause[0].Label {
			c.kind = media.ChangeRenumbered
		}
		c.clause = slices.Clone(c.clause)
		c.clause[0].Label = label
	}
}

func chinese(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	case n < 100:
		return digits[n/10] + "十" + digits[n%10]
	case n%100 == 0:
		return digits[n/100] + "百"
	case n%100 < 10:
		return digits[n/100] + "百零" + digits[n%100]
	case n%100 < 20:
		return digits[n/100] + "百一" + chinese(n%100)
	}
	return digits[n/100] + "百" + chinese(n%100)
}

func (a *amendment) old() model.Body {
	var body model.Body
	for _, c := range a.law {
		body = append(body, c...)
	}
	return body
}

func (a *amendment) new() model.Body {
	var body model.Body
	for _, c := range a.now {
		body = append(body, c.clause...)
	}
	return body
}

// reword changes up to half of the sentences' parts of a clause: takes one out,
// puts one of another law in or in its place, or changes a word.
func reword(random *rand.Rand, c clause, other []clause) clause {
	was := model.Body(c).Plain()
	for {
		c = slices.Clone(c)
		for range []int{1, 1, 1, 2, 2, 3, 4}[random.IntN(7)] {
			k := &c[random.IntN(len(c))]
			k.Text = rewordText(random, k.Text, other)
		}
		if model.Body(c).Plain() != was {
			return c
		}
	}
}

func rewordText(random *rand.Rand, text string, other []clause) string {
	parts := strings.SplitAfter(text, "，")
	at := random.IntN(len(parts))
	strange := strings.SplitAfter(other[random.IntN(len(other))][0].Text, "，")
	foreign := strange[random.IntN(len(strange))]
	switch act := random.IntN(4); {
	case act == 0 && len(parts) > 3:
		parts = slices.Delete(parts, at, at+1)
	case act == 1 && len(parts) > 1:
		parts = slices.Insert(parts, at, foreign)
	case act == 2 && len(parts) > 3:
		parts[at] = foreign
	default:
		parts[at] = rewordWord(random, parts[at], foreign)
	}
	return strings.Join(parts, "")
}

// rewordWord puts two to five characters of another law in the place of some.
func rewordWord(random *rand.Rand, part, foreign string) string {
	runes, strange := []rune(part), []rune(foreign)
	n := min(2+random.IntN(4), max(1, len(runes)/3))
	if len(runes) < 4 || len(strange) < n {
		return part + fmt.Sprint(random.IntN(100))
	}
	at, from := random.IntN(len(runes)-n), random.IntN(len(strange)-n+1)
	return string(runes[:at]) + string(strange[from:from+n]) + string(runes[at+n:])
}
