package speech

import (
	"regexp"
	"strings"
)

// pageNumber is a line that is a page's number and nothing else.
var pageNumber = regexp.MustCompile(`^[ 　]*(?:[-—–－·•. ]+ ?\d{1,4} ?[-—–－·•. ]+|第 ?[\d一二三四五六七八九十百]{1,5} ?页(?:[ ，,/]*共 ?[\d一二三四五六七八九十百]{1,5} ?页)?|\d{1,4}|\d{1,4} ?/ ?\d{1,4}|[Pp](?:age)? ?\d{1,4})[ 　\r]*$`)

// runningHead is what a gazette prints at the head of its pages.
var runningHead = regexp.MustCompile(`^[ 　\d·-]*[\p{Han}]{0,20}(?:公报|政报)[ 　]*(?:\d{4}|[二〇○零一二三四五六七八九]{4})[ 　]*年?[ 　·.第]*(?:\d{1,3}|[一二三四五六七八九十]{1,3})[ 　]*(?:期|号)?(?:[ 　]*[（(]?总?第? ?\d* ?期?[）)]?)?[ 　\d·-]*[\r]*$`)

// edges is how many lines at the head and foot of a page may be the same on all.
const edges = 2

// samePages is on how many pages a line at the edge stands to be no part of the text.
const samePages = 3

// bodyLines are the lines of a text; those that are no part of what it says are empty.
func bodyLines(text string) []string {
	var all [][]string
	for page := range strings.SplitSeq(text, "\f") {
		all = append(all, strings.Split(page, "\n"))
	}
	printed := repeated(all)
	var lines []string
	for _, page := range all {
		for i, l := range page {
			edge := i < edges || i >= len(page)-edges
			if strings.TrimSpace(l) == "" || pageNumber.MatchString(l) || runningHead.MatchString(l) || edge && printed[faceless(l)] {
				l = ""
			}
			lines = append(lines, l)
		}
	}
	return lines
}

// repeated are the lines that stand at the edge of many pages, their figures apart.
func repeated(pages [][]string) map[string]bool {
	counts, often := map[string]int{}, map[string]bool{}
	for _, page := range pages {
		seen := map[string]bool{}
		for i, l := range page {
			if k := faceless(l); k != "" && (i < edges || i >= len(page)-edges) && !seen[k] {
				seen[k] = true
				counts[k]++
			}
		}
	}
	for k, n := range counts {
		often[k] = n >= samePages && 2*n >= len(pages)
	}
	return often
}

func faceless(l string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, strings.TrimSpace(l))
}
