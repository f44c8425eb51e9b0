package media

import (
	"cmp"
	"math"
	"slices"
	"unicode"
)

// likeness weighs how alike two texts of two versions are, by the pairs of
// neighbouring characters that they share. What stands everywhere in the
// document (县级以上人民政府应当) weighs little.
type likeness struct {
	old, new []signature
	weight   []float64        // of each pair of characters
	holders  [][]int32        // the new texts with each pair
	ids      map[uint64]int32 // of two characters, one in each half
	scores   []float64        // of the new texts, while one old text is looked up
}

// signature is the set of pairs of characters of a text, in order of their
// numbers, and what they weigh together.
type signature struct {
	pairs  []int32
	weight float64
}

// The look-up of texts that are alike: a pair of characters in more texts than
// maxHolders says nothing, and maxRivals texts are looked at closely.
const (
	maxHolders = 32
	maxRivals  = 6
)

func newLikeness(old, new []matchable) *likeness {
	l := &likeness{ids: make(map[uint64]int32, (size(old)+size(new))/16), scores: make([]float64, len(new))}
	l.old, l.new = l.sign(old), l.sign(new)
	counts := [2][]int{make([]int, len(l.ids)), make([]int, len(l.ids))}
	for side, signatures := range [2][]signature{l.old, l.new} {
		for _, s := range signatures {
			for _, id := range s.pairs {
				counts[side][id]++
			}
		}
	}
	l.weight = make([]float64, len(l.ids))
	for id := range l.weight {
		l.weight[id] = math.Log1p(float64(max(len(old), len(new))) / float64(max(counts[0][id], counts[1][id])))
	}
	l.weigh(l.old)
	l.weigh(l.new)
	l.index(counts[1])
	return l
}

func size(all []matchable) int {
	n := 0
	for i := range all {
		n += len(all[i].text)
	}
	return n
}

func (l *likeness) sign(all []matchable) []signature {
	list := make([]signature, len(all))
	for i := range all {
		list[i].pairs = l.pairsOf(all[i].text)
	}
	return list
}

// pairsOf numbers the pairs of neighbouring characters of a text. Blanks and
// punctuation count as the edge of a word.
func (l *likeness) pairsOf(text string) []int32 {
	list := make([]int32, 0, len(text)/3+1)
	last := ' '
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			r = ' '
		}
		if r != ' ' || last != ' ' {
			both := uint64(last)<<32 | uint64(r)
			id, known := l.ids[both]
			if !known {
				id = int32(len(l.ids))
				l.ids[both] = id
			}
			list = append(list, id)
		}
		last = r
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (l *likeness) weigh(all []signature) {
	for i := range all {
		for _, id := range all[i].pairs {
			all[i].weight += l.weight[id]
		}
	}
}

func (l *likeness) index(counts []int) {
	l.holders = make([][]int32, len(l.ids))
	for j, s := range l.new {
		for _, id := range s.pairs {
			if counts[id] <= maxHolders {
				l.holders[id] = append(l.holders[id], int32(j))
			}
		}
	}
}

// of says how alike an old and a new text are, from 0 to 1.
func (l *likeness) of(i, j int) float64 { return l.alike(l.old[i], l.new[j]) }

func (l *likeness) alike(a, b signature) float64 {
	if a.weight+b.weight == 0 {
		return 0
	}
	return 2 * l.shared(a, b) / (a.weight + b.weight)
}

// within says how much of a part's text stands in a whole, from 0 to 1.
func (l *likeness) within(part, whole signature) float64 {
	if part.weight == 0 {
		return 0
	}
	return l.shared(part, whole) / part.weight
}

func (l *likeness) shared(a, b signature) float64 {
	sum, i, j := 0.0, 0, 0
	for i < len(a.pairs) && j < len(b.pairs) {
		switch x, y := a.pairs[i], b.pairs[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			sum += l.weight[x]
			i, j = i+1, j+1
		}
	}
	return sum
}

// joined is the signature of two texts behind each other.
func (l *likeness) joined(a, b signature) signature {
	s := signature{weight: a.weight + b.weight - l.shared(a, b)}
	s.pairs = append(append(s.pairs, a.pairs...), b.pairs...)
	slices.Sort(s.pairs)
	s.pairs = slices.Compact(s.pairs)
	return s
}

// rivals are the new texts that share the most with an old one, the first of
// those that share as much.
func (l *likeness) rivals(i int) []int {
	var found []int
	for _, id := range l.old[i].pairs {
		for _, j := range l.holders[id] {
			if l.scores[j] == 0 {
				found = append(found, int(j))
			}
			l.scores[j] += l.weight[id]
		}
	}
	best := make([]int, 0, maxRivals+1)
	for _, j := range found {
		at, _ := slices.BinarySearchFunc(best, j, func(a, b int) int {
			return cmp.Or(cmp.Compare(l.scores[b], l.scores[a]), cmp.Compare(a, b))
		})
		if at < maxRivals {
			best = slices.Insert(best, at, j)[:min(len(best)+1, maxRivals)]
		}
	}
	for _, j := range found {
		l.scores[j] = 0
	}
	return best
}
