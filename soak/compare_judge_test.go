package soak

import (
	"fmt"
	"slices"
	"strings"

	"yuandu/media"
)

// tally counts the units that were told right, by what became of them.
type tally struct{ right, all map[media.ChangeKind]int }

func (t *tally) count(kind media.ChangeKind, right bool) {
	if t.all == nil {
		t.right, t.all = map[media.ChangeKind]int{}, map[media.ChangeKind]int{}
	}
	t.all[kind]++
	if right {
		t.right[kind]++
	}
}

func (t *tally) add(other *tally) {
	for kind, n := range other.all {
		for k := range n {
			t.count(kind, k < other.right[kind])
		}
	}
}

func (t *tally) share() float64 {
	right, all := 0, 0
	for kind := range t.all {
		right, all = right+t.right[kind], all+t.all[kind]
	}
	return float64(right) / float64(all)
}

func (t *tally) String() string {
	var s []string
	for kind, n := range t.all {
		s = append(s, fmt.Sprintf("%s %d/%d", kind, t.right[kind], n))
	}
	slices.Sort(s)
	return strings.Join(s, ", ")
}

// fate is what became of a unit: the kind of change, and the units on both
// sides, by the first of their blocks.
func fate(kind media.ChangeKind, old, new []int) string { return fmt.Sprint(kind, old, new) }

// judge compares both versions and counts the units of either that were told
// right: the kind of change and all of the partners.
func (a *amendment) judge() *tally {
	said := [2]map[int]string{{}, {}}
	for _, c := range media.Compare(a.old(), a.new()) {
		olds, news := starts(c.Old), starts(c.New)
		for side, units := range [2][]int{olds, news} {
			for _, at := range units {
				said[side][at] = fate(c.Kind, olds, news)
			}
		}
	}
	t := &tally{}
	for _, truth := range a.truth() {
		for side, units := range [2][]int{truth.old, truth.new} {
			for _, at := range units {
				t.count(truth.kind, said[side][at] == fate(truth.kind, truth.old, truth.new))
			}
		}
	}
	return t
}

func starts(units []media.Unit) []int {
	list := []int{}
	for _, u := range units {
		list = append(list, u.From)
	}
	return list
}

type truth struct {
	kind     media.ChangeKind
	old, new []int
}

// truth lists what is true, in blocks of both versions.
func (a *amendment) truth() []truth {
	places := make([]int, len(a.law))
	for n := range len(a.law) - 1 {
		places[n+1] = places[n] + len(a.law[n])
	}
	var list []truth
	kept := map[int]bool{}
	at := 0
	for n, c := range a.now {
		one := truth{c.kind, []int{}, []int{at}}
		for _, from := range c.from {
			one.old = append(one.old, places[from])
			kept[from] = true
		}
		if c.kind == media.ChangeSplit && n > 0 && slices.Equal(a.now[n-1].from, c.from) {
			list[len(list)-1].new = append(list[len(list)-1].new, at)
		} else {
			list = append(list, one)
		}
		at += len(c.clause)
	}
	for n := range a.law {
		if !kept[n] {
			list = append(list, truth{media.ChangeRemoved, []int{places[n]}, []int{}})
		}
	}
	return list
}
