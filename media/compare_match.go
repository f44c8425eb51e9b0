package media

// matchable is what finds its partner in the other version: a unit of a
// document, or a row of a table.
type matchable struct {
	key   string // equal for what is the same but for its number
	label string // its number
	text  string
	class class
}

// class parts what cannot take each other's place.
type class int

const (
	classText class = iota
	classHeading
	classTable
	classPicture
)

// The likeness from which an old and a new one may belong together: in order,
// and with the same number; where nothing else is left between two pairs, and
// with the same number; and so that nobody need look further.
const (
	minAlike         = 0.40
	minNumbered      = 0.30
	minAlone         = 0.20
	minAloneNumbered = 0.12
	clearlyAlike     = 0.70
)

// maxStretch is how many pairs of a stretch without anchors are tried; in a
// longer one, only those near each other and the rivals.
const maxStretch = 400

// matcher pairs two lists.
type matcher struct {
	old, new []matchable
	like     *likeness
	found    []edge // the pairs that are possible, in order or not
}

func newMatcher(old, new []matchable) *matcher {
	return &matcher{old: old, new: new, like: newLikeness(old, new)}
}

// inOrder pairs what is the same and what is alike, as much as keeps the order.
func (m *matcher) inOrder() []pair {
	m.found = exactEdges(keys(m.old), keys(m.new), m.exactWeight)
	anchors := chain(m.found, len(m.new))
	if len(anchors) == len(m.old) || len(anchors) == len(m.new) {
		return anchors
	}
	for _, s := range stretches(anchors, len(m.old), len(m.new)) {
		for i := s.oldFrom; i < s.oldTo; i++ {
			m.found = append(m.found, m.edgesOf(s, i)...)
		}
	}
	return chain(m.found, len(m.new))
}

// edgesOf pairs an old one with those near it, and with its rivals anywhere
// where none of them is clearly its partner.
func (m *matcher) edgesOf(s stretch, i int) []edge {
	var edges []edge
	most := 0.0
	try := func(j int) {
		if weight := m.weight(i, j); weight > 0 {
			edges = append(edges, edge{pair{i, j}, weight})
			most = max(most, weight)
		}
	}
	from, to := m.near(s, i)
	for j := from; j < to; j++ {
		try(j)
	}
	if most < clearlyAlike {
		for _, j := range m.like.rivals(i) {
			try(j)
		}
	}
	return edges
}

func (m *matcher) near(s stretch, i int) (from, to int) {
	olds, news := s.oldTo-s.oldFrom, s.newTo-s.newFrom
	if olds*news <= maxStretch {
		return s.newFrom, s.newTo
	}
	at := s.newFrom + (i-s.oldFrom)*news/olds
	return max(s.newFrom, at-2), min(s.newTo, at+3)
}

func keys(all []matchable) []string {
	list := make([]string, len(all))
	for i := range all {
		list[i] = all[i].key
	}
	return list
}

// exactWeight lets the headings stay: an article comes into another chapter
// rather than the chapter before another article.
func (m *matcher) exactWeight(i, j int) float64 {
	weight := 1.0
	if m.old[i].class == classHeading {
		weight = 1.1
	}
	if m.old[i].label == m.new[j].label {
		weight += 0.05
	}
	return weight
}

// weight is what a pair that is not the same is worth, 0 where it is none.
func (m *matcher) weight(i, j int) float64 {
	a, b := &m.old[i], &m.new[j]
	if !a.comparable(b) {
		return 0
	}
	weight := m.like.of(i, j)
	switch {
	case a.label != "" && a.label == b.label && weight >= minNumbered:
		return weight + 0.05
	case weight >= minAlike:
		return weight
	}
	return 0
}

func (a *matchable) comparable(b *matchable) bool {
	return a.class == b.class || a.class <= classHeading && b.class <= classHeading
}

// alone says whether two that are left alone between two pairs belong together
// though they are hardly alike.
func (m *matcher) alone(i, j int) bool {
	a, b := &m.old[i], &m.new[j]
	least := minAlone
	if a.label == b.label {
		least = minAloneNumbered
	}
	return a.class == b.class && a.label != "" && m.like.of(i, j) >= least
}
