package pages

import "regexp"

// edge is how much of a page's height its head and its foot are.
const edge = .09

var digits = regexp.MustCompile(`[\d０-９]+`)

// pageNumber is a line that is nothing else: 12, — 12 —, · 12 ·, 第12页.
var pageNumber = regexp.MustCompile(`^[-—–·.\s]*(?:第\s*)?[\d０-９]{1,4}(?:\s*页)?[-—–·.\s]*$`)

func atEdge(b Box) bool { return b.Top < edge || b.Bottom > 1-edge }

// runningLines finds heads and feet: lines at the edge that, but for figures,
// are the same on three pages and on an eighth of all.
func runningLines(texts []*Text) map[string]bool {
	counts, all := map[string]int{}, 0
	for _, t := range texts {
		if t == nil {
			continue
		}
		all++
		body := []rune(t.Body)
		for _, l := range t.Lines {
			if atEdge(l.Box) {
				counts[runningKey(string(body[l.From:l.To]))]++
			}
		}
	}
	running := map[string]bool{}
	for key, n := range counts {
		if n >= 3 && n*8 >= all && key != "" {
			running[key] = true
		}
	}
	return running
}

func runningKey(s string) string { return digits.ReplaceAllString(tightened(s), "#") }

// isRunning says whether a line is a head, a foot or a page number.
func (i *issue) isRunning(text string, b Box) bool {
	return atEdge(b) && (pageNumber.MatchString(text) || i.running[runningKey(text)])
}
