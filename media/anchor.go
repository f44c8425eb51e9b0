package media

import (
	"fmt"
	"slices"
	"strconv"

	"yuandu/model"
)

// ranks orders the divisions of a law from the outermost.
var ranks = map[string]int{"编": 1, "分编": 2, "章": 3, "节": 4}

// setLevels numbers the depths that a document really has from 1: of the
// divisions of a law, and of the headings apart from them.
func setLevels(body model.Body) {
	deepen(body, func(k *model.Block) int { o, _ := readOrdinal(k.Label); return ranks[o.unit] })
	deepen(body, func(k *model.Block) int {
		if k.Kind == model.BlockHeading {
			return k.Level
		}
		return 0
	})
}

func deepen(body model.Body, depth func(*model.Block) int) {
	var depths []int
	for i := range body {
		if d := depth(&body[i]); d > 0 && !slices.Contains(depths, d) {
			depths = append(depths, d)
		}
	}
	slices.Sort(depths)
	for i := range body {
		if d := depth(&body[i]); d > 0 {
			body[i].Level = slices.Index(depths, d) + 1
		}
	}
}

// setAnchors gives every division, article and heading its anchor: a12, a12-1
// for 第十二条之一, c1, c1-s1, p1-c1, h1. A part of a part is p1-d1. What is
// counted twice has -2 behind it, unless that is another one's own.
func setAnchors(body model.Body) {
	var n namer
	for i := range body {
		body[i].Anchor = n.own(&body[i])
	}
	taken := map[string]bool{}
	for i := range body {
		taken[body[i].Anchor] = true
	}
	seen := map[string]int{"": 0}
	for i := range body {
		own := body[i].Anchor
		if own == "" {
			continue
		}
		if seen[own]++; seen[own] == 1 {
			continue
		}
		for taken[body[i].Anchor] {
			body[i].Anchor = own + "-" + strconv.Itoa(seen[own])
			seen[own]++
		}
		seen[own]--
		taken[body[i].Anchor] = true
	}
}

// namer knows the part and the chapter it is in.
type namer struct {
	part, chapter string
	headings      int
}

func (n *namer) own(k *model.Block) string {
	o, _ := readOrdinal(k.Label)
	switch {
	case k.Kind == model.BlockHeading:
		n.headings++
		return fmt.Sprintf("h%d", n.headings)
	case o.unit == "条" && o.sub > 0:
		return fmt.Sprintf("a%d-%d", o.number, o.sub)
	case o.unit == "条":
		return fmt.Sprintf("a%d", o.number)
	case o.unit == "编":
		n.part, n.chapter = fmt.Sprintf("p%d-", o.number), ""
		return n.part[:len(n.part)-1]
	case o.unit == "分编":
		n.chapter = ""
		return fmt.Sprintf("%sd%d", n.part, o.number)
	case o.unit == "章":
		n.chapter = fmt.Sprintf("%sc%d", n.part, o.number)
		return n.chapter
	case o.unit == "节" && n.chapter != "":
		return fmt.Sprintf("%s-s%d", n.chapter, o.number)
	case o.unit == "节":
		return fmt.Sprintf("%ss%d", n.part, o.number)
	}
	return ""
}
