package media

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"yuandu/model"
)

// group are units of both versions that belong together: one of each, several
// of one side, or one without a partner.
type group struct {
	old, new []int
	moved    bool // it left the order of the others
}

func (g *group) inOrder() bool { return g != nil && len(g.old) > 0 && len(g.new) > 0 && !g.moved }

// pairing brings the units of two versions into groups.
type pairing struct {
	old, new     []unit
	ofOld, ofNew []*group // of each unit
	matcher      *matcher
}

// The likeness of what moved, and the length from which a text is its own: two
// short ones are alike by chance.
const (
	minMoved       = 0.50
	minMovedLength = 8
)

func (p *pairing) match() {
	p.ofOld, p.ofNew = make([]*group, len(p.old)), make([]*group, len(p.new))
	p.matcher = newMatcher(matchables(p.old), matchables(p.new))
	for _, m := range p.matcher.inOrder() {
		p.bring(m, false)
	}
	p.moves(1)
	p.splits()
	p.joins()
	p.moves(minMoved)
	p.leftAlone()
	p.single()
}

func matchables(units []unit) []matchable {
	list := make([]matchable, len(units))
	for i := range units {
		list[i] = units[i].matchable
	}
	return list
}

func (p *pairing) bring(m pair, moved bool) {
	g := &group{old: []int{m.old}, new: []int{m.new}, moved: moved}
	p.ofOld[m.old], p.ofNew[m.new] = g, g
}

// moves pairs what stands at another place, the most alike first.
func (p *pairing) moves(least float64) {
	var edges []edge
	for _, e := range p.possible() {
		if p.ofOld[e.old] != nil || p.ofNew[e.new] != nil || !p.mayMove(e.old, e.new) {
			continue
		}
		if e.weight = p.sameness(e.old, e.new); e.weight >= least {
			edges = append(edges, e)
		}
	}
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.old, b.old), cmp.Compare(a.new, b.new))
	})
	for _, e := range edges {
		if p.ofOld[e.old] == nil && p.ofNew[e.new] == nil {
			p.bring(e.pair, true)
		}
	}
}

// possible are the pairs that were looked at, or all of those that are left
// where these are few.
func (p *pairing) possible() []edge {
	olds, news := free(p.ofOld), free(p.ofNew)
	if len(olds)*len(news) > maxStretch {
		return p.matcher.found
	}
	var edges []edge
	for _, i := range olds {
		for _, j := range news {
			edges = append(edges, edge{pair: pair{i, j}})
		}
	}
	return edges
}

// sameness is 1 for what is the same, and less for what is alike.
func (p *pairing) sameness(i, j int) float64 {
	if p.old[i].key == p.new[j].key {
		return 1
	}
	return 0.999 * p.matcher.like.of(i, j)
}

func (p *pairing) mayMove(i, j int) bool {
	a, b := &p.old[i], &p.new[j]
	long := min(utf8.RuneCountInString(a.text), utf8.RuneCountInString(b.text)) > minMovedLength
	return a.class == b.class && (long || a.class == classHeading)
}

func free(of []*group) []int {
	var list []int
	for i, g := range of {
		if g == nil {
			list = append(list, i)
		}
	}
	return list
}

// leftAlone pairs the one that is left with the one that is left between two
// pairs, where it has the same number.
func (p *pairing) leftAlone() {
	var pairs []pair
	for i, g := range p.ofOld {
		if g.inOrder() {
			pairs = append(pairs, pair{i, g.new[0]})
		}
	}
	for _, s := range stretches(pairs, len(p.old), len(p.new)) {
		olds, news := free(p.ofOld[s.oldFrom:s.oldTo]), free(p.ofNew[min(s.newFrom, s.newTo):s.newTo])
		if len(olds) != 1 || len(news) != 1 {
			continue
		}
		if m := (pair{s.oldFrom + olds[0], s.newFrom + news[0]}); p.matcher.alone(m.old, m.new) {
			p.bring(m, false)
		}
	}
}

// single leaves those without a partner each in a group of its own.
func (p *pairing) single() {
	for _, i := range free(p.ofOld) {
		p.ofOld[i] = &group{old: []int{i}}
	}
	for _, j := range free(p.ofNew) {
		p.ofNew[j] = &group{new: []int{j}}
	}
}

// divided is one side of the search for units that were split: whole ones of
// one version against their parts in the other. Joining is the same backwards.
type divided struct {
	wholes, parts         []signature
	ofWholes, ofParts     []*group
	wholeUnits, partUnits []unit
	partsOf               func(*group) *[]int
}

func (p *pairing) splits() {
	like := p.matcher.like
	p.divide(divided{like.old, like.new, p.ofOld, p.ofNew, p.old, p.new, func(g *group) *[]int { return &g.new }})
}

func (p *pairing) joins() {
	like := p.matcher.like
	p.divide(divided{like.new, like.old, p.ofNew, p.ofOld, p.new, p.old, func(g *group) *[]int { return &g.old }})
}

// The least that a part owes to the whole, and by how much it must make the
// parts more like the whole.
const (
	minPart = 0.60
	minGain = 0.01
)

func (p *pairing) divide(d divided) {
	for i, g := range d.ofWholes {
		if !g.inOrder() || len(g.old) > 1 || len(g.new) > 1 {
			continue
		}
		first := (*d.partsOf(g))[0]
		if !canDivide(d.wholeUnits[i].Kind) || d.wholeUnits[i].key == d.partUnits[first].key {
			continue
		}
		p.grow(&d, i, g)
	}
}

func canDivide(kind model.BlockKind) bool {
	return kind == model.BlockArticle || kind == model.BlockParagraph || kind == model.BlockItem
}

// grow adds the neighbours of the found part that are parts as well.
func (p *pairing) grow(d *divided, i int, g *group) {
	parts, like, whole := d.partsOf(g), p.matcher.like, d.wholes[i]
	at := (*parts)[0]
	covered := d.parts[at]
	take := func(k int) bool {
		if k < 0 || k >= len(d.parts) || d.ofParts[k] != nil || d.partUnits[k].Kind != d.partUnits[at].Kind {
			return false
		}
		more := like.joined(covered, d.parts[k])
		if like.within(d.parts[k], whole) < minPart || like.alike(more, whole) < like.alike(covered, whole)+minGain {
			return false
		}
		covered, d.ofParts[k] = more, g
		*parts = append(*parts, k)
		return true
	}
	for k := at + 1; take(k); k++ {
	}
	for k := at - 1; take(k); k-- {
	}
	slices.Sort(*parts)
}
