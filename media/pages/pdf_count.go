package pages

import (
	"bytes"
	"regexp"
	"strconv"
)

// Of a list of pages, this much at most is looked at before what counts it.
const longestKids = 64 << 10

var (
	pagesObject = regexp.MustCompile(`(\d+)\s+\d+\s+obj\b`)
	pagesKind   = regexp.MustCompile(`/Type\s*/Pages\b`)
	pagesCount  = regexp.MustCompile(`^\s+(\d{1,10})\b`)
)

// saidPages is how many pages a file says it has, as far as that stands in it plainly: the
// largest count of its lists of pages, each as it was written last. PDFium goes by what it
// finds, and that is right, but somebody has to hear that the two differ.
func saidPages(content []byte) (most int) {
	lists := map[string]int{}
	for at := 0; ; {
		next := bytes.Index(content[at:], []byte("/Count"))
		if next < 0 {
			break
		}
		at += next + len("/Count")
		if m := pagesCount.FindSubmatch(content[at:min(len(content), at+24)]); m != nil {
			if object := listAround(content, at); object != "" {
				lists[object], _ = strconv.Atoi(string(m[1]))
			}
		}
	}
	for _, n := range lists {
		most = max(most, n)
	}
	return most
}

// listAround is the number of the list of pages in whose middle a place is, "" for anything
// else that is counted.
func listAround(content []byte, at int) string {
	before := content[max(0, at-longestKids):at]
	heads := pagesObject.FindAllSubmatchIndex(before, -1)
	if len(heads) == 0 {
		return ""
	}
	head := heads[len(heads)-1]
	after := content[at:min(len(content), at+longestKids)]
	if end := bytes.Index(after, []byte("endobj")); end >= 0 {
		after = after[:end]
	}
	if !pagesKind.Match(before[head[1]:]) && !pagesKind.Match(after) {
		return ""
	}
	return string(before[head[2]:head[3]])
}
