package model

import "slices"

// opinionsAlike is which part of the words of the shorter of two opinions the longer one
// holds, where they say the same.
const opinionsAlike = 0.6

// AlikeOpinions proposes which opinions say the same about the same clause with the same
// stance, as places in the list: two at least together, the largest first. A person
// decides.
func AlikeOpinions(list []Opinion) [][]int {
	same := map[string][]int{} // the very same words, once for all
	var order []string
	for n := range list {
		o := &list[n]
		if !o.SaysSomething() {
			continue
		}
		key := o.ClauseID + "\n" + string(o.Stance) + "\n" + squeezed(o.Text+o.Wording)
		if same[key] == nil {
			order = append(order, key)
		}
		same[key] = append(same[key], n)
	}
	groups := likeness{list: list}
	for _, key := range order {
		groups.add(same[key])
	}
	var found [][]int
	for _, g := range groups.members {
		if len(g) > 1 {
			slices.Sort(g)
			found = append(found, g)
		}
	}
	slices.SortStableFunc(found, func(a, b []int) int { return len(b) - len(a) })
	return found
}

func squeezed(text string) string {
	var list []rune
	for _, r := range text {
		if isWord(r) {
			list = append(list, r)
		}
	}
	return string(list)
}

// likeness gathers opinions around the first of each kind. Which kinds come into
// question is asked of the pairs that they hold, not of each one.
type likeness struct {
	list    []Opinion
	first   [][]pair
	members [][]int
	holding map[pair][]int // kinds by pair
}

func (l *likeness) add(places []int) {
	o := &l.list[places[0]]
	words := pairsOf(o.Text, o.Wording)
	shared := map[int]int{}
	for _, p := range words {
		for _, kind := range l.holding[p] {
			shared[kind]++
		}
	}
	best, most := -1, 0.0
	for kind, n := range shared {
		head := &l.list[l.members[kind][0]]
		shorter := min(len(words), len(l.first[kind]))
		if head.ClauseID != o.ClauseID || head.Stance != o.Stance || shorter == 0 {
			continue
		}
		held := float64(n) / float64(shorter)
		// A short one is not the same as a long one that says more besides.
		if 3*shorter < max(len(words), len(l.first[kind])) || held < opinionsAlike {
			continue
		}
		if held > most || held == most && kind < best {
			best, most = kind, held
		}
	}
	if best >= 0 {
		l.members[best] = append(l.members[best], places...)
		return
	}
	kind := len(l.members)
	l.first, l.members = append(l.first, words), append(l.members, slices.Clone(places))
	if l.holding == nil {
		l.holding = map[pair][]int{}
	}
	for _, p := range words {
		l.holding[p] = append(l.holding[p], kind)
	}
}
