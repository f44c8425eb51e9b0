package pages

import (
	"cmp"
	"slices"
)

// inReadingOrder divides the lines of a page into columns, one read after the
// other. What was set in a sensible order keeps it.
func inReadingOrder(rows []*row) [][]*row {
	if !inOrder(rows) {
		rows = sorted(rows)
	}
	var regions [][]*row
	for i, r := range rows {
		if i == 0 || r.box.Top < rows[i-1].box.Top-r.size/2 {
			regions = append(regions, nil)
		}
		regions[len(regions)-1] = append(regions[len(regions)-1], r)
	}
	return regions
}

// inOrder says whether lines only go up where a column to the right of the last
// one begins. A page number that was set first is no disorder.
func inOrder(rows []*row) bool {
	for i := 1; i < len(rows); i++ {
		a, b := rows[i-1], rows[i]
		beside := b.box.Left > a.box.Right-a.em || a.vertical || b.vertical
		if b.box.Top < a.box.Top-b.size/2 && !beside && i > 2 && i < len(rows)-1 {
			return false
		}
	}
	return true
}

// sorted reads from above, and where a gutter runs down the page, first what is
// to its left.
func sorted(rows []*row) []*row {
	if x, ok := gutter(rows); ok {
		var left, right []*row
		for _, r := range rows {
			if r.box.Right <= x {
				left = append(left, r)
			} else {
				right = append(right, r)
			}
		}
		return append(sorted(left), sorted(right)...)
	}
	list := slices.Clone(rows)
	slices.SortStableFunc(list, func(a, b *row) int {
		if d := a.box.Top - b.box.Top; max(d, -d) > min(a.size, b.size)/2 {
			return cmp.Compare(a.box.Top, b.box.Top)
		}
		return cmp.Compare(a.box.Left, b.box.Left)
	})
	return list
}

// gutter finds an upright blank that no line crosses and that has three lines or
// more on each side.
func gutter(rows []*row) (float64, bool) {
	const fewest = 3
	byLeft := slices.SortedFunc(slices.Values(rows), func(a, b *row) int { return cmp.Compare(a.box.Left, b.box.Left) })
	reach := 0.
	for i, r := range byLeft {
		if i >= fewest && len(byLeft)-i >= fewest && r.box.Left-reach > r.em {
			return r.box.Left - r.em/2, true
		}
		reach = max(reach, r.box.Right)
	}
	return 0, false
}

func median(list []float64) float64 { return quantile(list, .5) }

// quantile is the value below which a share of the list is.
func quantile(list []float64, share float64) float64 {
	if len(list) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(list))
	return s[min(int(share*float64(len(s))), len(s)-1)]
}
