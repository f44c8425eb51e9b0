package media

import (
	"cmp"
	"slices"
)

// pair says that an old and a new one belong together.
type pair struct{ old, new int }

// edge is a pair that is possible, and what it is worth.
type edge struct {
	pair
	weight float64
}

// chain picks the most valuable of the possible pairs that keep the order: none
// is in two pairs, and no two pairs cross. width is how many new ones there are.
func chain(edges []edge, width int) []pair {
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.old, b.old), cmp.Compare(b.new, a.new), cmp.Compare(b.weight, a.weight))
	})
	c := chains{edges: edges, sum: make([]float64, len(edges)), before: make([]int, len(edges))}
	c.best = slices.Repeat([]int{-1}, width+1)
	last := -1
	for i, e := range edges {
		c.before[i] = c.bestBelow(e.new)
		c.sum[i] = e.weight + c.worth(c.before[i])
		c.offer(i)
		if c.sum[i] > c.worth(last) {
			last = i
		}
	}
	var pairs []pair
	for ; last >= 0; last = c.before[last] {
		pairs = append(pairs, edges[last].pair)
	}
	slices.Reverse(pairs)
	return pairs
}

// chains are the best chains so far that end in each edge.
type chains struct {
	edges  []edge
	sum    []float64 // of the chain that ends here
	before []int     // the edge before it, or -1
	best   []int     // a Fenwick tree over the new ones: the best chain that ends in its stretch
}

func (c *chains) worth(i int) float64 {
	if i < 0 {
		return 0
	}
	return c.sum[i]
}

func (c *chains) bestBelow(new int) int {
	best := -1
	for k := new; k > 0; k -= k & -k {
		if c.worth(c.best[k]) > c.worth(best) {
			best = c.best[k]
		}
	}
	return best
}

func (c *chains) offer(i int) {
	for k := c.edges[i].new + 1; k < len(c.best); k += k & -k {
		if c.sum[i] > c.worth(c.best[k]) {
			c.best[k] = i
		}
	}
}

// stretch are the old and the new ones between two pairs.
type stretch struct{ oldFrom, oldTo, newFrom, newTo int }

// stretches lists what lies before, between and behind the pairs.
func stretches(pairs []pair, olds, news int) []stretch {
	var list []stretch
	last := pair{-1, -1}
	for _, p := range append(slices.Clip(pairs), pair{olds, news}) {
		list = append(list, stretch{last.old + 1, p.old, last.new + 1, p.new})
		last = p
	}
	return list
}

// exactEdges pairs what is the same in both. Of what comes many times, the
// first ones belong together and the last ones.
func exactEdges(old, new []string, weight func(i, j int) float64) []edge {
	places := map[string][]int{}
	for j, key := range new {
		places[key] = append(places[key], j)
	}
	own := map[string][]int{}
	for i, key := range old {
		own[key] = append(own[key], i)
	}
	var edges []edge
	add := func(i, j int) { edges = append(edges, edge{pair{i, j}, weight(i, j)}) }
	for key, list := range own { // chain puts the edges in order
		crossPairs(list, places[key], add)
	}
	return edges
}

// maxCross is how many pairs the repetitions of one text may make.
const maxCross = 64

func crossPairs(old, new []int, add func(i, j int)) {
	if len(old)*len(new) <= maxCross {
		for _, i := range old {
			for _, j := range new {
				add(i, j)
			}
		}
		return
	}
	for k := range min(len(old), len(new)) {
		add(old[k], new[k])
		add(old[len(old)-1-k], new[len(new)-1-k])
	}
}
