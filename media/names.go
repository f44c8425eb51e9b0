package media

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	inBrackets = regexp.MustCompile(`《([^《》]{2,150})》`)
	ofDraft    = regexp.MustCompile(`[（(](?:[^（）()]*(?:草案|试行|暂行|稿))[）)]`)
	around     = regexp.MustCompile(`^(?:传达学习|听取|审议|研究|讨论|部署|[\p{Han}]{0,20}?关于(?:印发|公布|修改|修订|废止|发布)?)|(?:的(?:制定|修订|修改|实施|通知|决定|公告|意见|解读|汇报|情况)|政策解读|解读|情况汇报)$`)
	ofCity     = regexp.MustCompile(`^[\p{Han}]{2,3}市(?:人民政府)?`)
)

// shortestName is how long a name is at least by which documents are found to belong
// together, in characters.
const shortestName = 5

// Names are what a title is about, as other titles may name it too: what stands in 《》
// without （草案）, else the title without the words around it; each without the city
// before it.
func Names(title string) (names []string) {
	title = ofDraft.ReplaceAllString(title, "")
	for _, m := range inBrackets.FindAllStringSubmatch(title, -1) {
		names = addName(names, m[1])
	}
	if len(names) == 0 {
		names = addName(names, around.ReplaceAllString(around.ReplaceAllString(strings.TrimSpace(title), ""), ""))
	}
	return names
}

func addName(names []string, name string) []string {
	name = ofCity.ReplaceAllString(strings.TrimSpace(name), "")
	if utf8.RuneCountInString(name) < shortestName {
		return names
	}
	return append(names, name)
}
