package pages

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

// Piece is a document as it was printed in an issue.
type Piece struct {
	Title  string  `json:"title"`
	Number string  `json:"number,omitempty"` // 文号
	Issuer string  `json:"issuer,omitempty"` // as printed
	Kind   string  `json:"kind,omitempty"`   // 文种
	First  int     `json:"first"`            // page, from 1
	Top    float64 `json:"top"`              // where on that page it begins
	Last   int     `json:"last"`             // page
	Bottom float64 `json:"bottom"`           // where on that page it ends
}

// ReadPieces divides an issue into its documents: by the entries of its contents
// that are titles of documents, or else by what is set like one. Whoever mends
// the result is right.
func ReadPieces(contents Contents, texts []*Text) []Piece {
	i := lookThrough(texts)
	starts, stops := titledEntries(contents)
	if len(starts) == 0 {
		starts = i.titles()
		stops = starts
	}
	pieces := make([]Piece, len(starts))
	for k, s := range starts {
		p := Piece{Title: s.Title, First: s.Page, Top: s.Top, Last: len(texts), Bottom: 1}
		if next := slices.IndexFunc(stops, func(e Entry) bool { return e.Page > s.Page || e.Page == s.Page && e.Top > s.Top }); next >= 0 {
			p.Last, p.Bottom = i.before(stops[next], s)
		}
		p.Number = i.numberOf(s)
		p.Kind = kindOf(p.Title)
		p.Issuer = i.issuerOf(p)
		pieces[k] = p
	}
	return pieces
}

// before is where the piece ends behind which another begins: on the page
// before, when that one begins its page.
func (i *issue) before(next, this Entry) (page int, bottom float64) {
	if next.Page > this.Page && i.beginsPage(next) {
		return next.Page - 1, 1
	}
	return next.Page, next.Top
}

// beginsPage says whether nothing but a head stands above an entry.
func (i *issue) beginsPage(e Entry) bool {
	t := i.texts[e.Page-1]
	if t == nil {
		return e.Top < edge
	}
	body := []rune(t.Body)
	for _, l := range t.Lines {
		if l.Box.Bottom < e.Top+.005 && !i.isRunning(strings.TrimSpace(string(body[l.From:l.To])), l.Box) {
			return false
		}
	}
	return true
}

// kinds are how official documents end, the longer words first.
var kinds = []string{
	"实施细则", "实施办法", "实施意见", "实施方案", "指导意见", "管理办法", "行动计划", "工作方案", "若干措施",
	"命令", "决定", "决议", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "复函", "答复", "函", "纪要", "公报",
	"条例", "规定", "办法", "细则", "方案", "规划", "计划", "措施", "规则", "准则", "标准", "名单", "令",
}

var bracketed = regexp.MustCompile(`[（(][^（()）]*[)）]\s*$`)

// kindOf is the 文种 that a title ends with, a note in brackets behind it aside.
func kindOf(title string) string {
	title = strings.TrimSpace(bracketed.ReplaceAllString(strings.TrimSpace(title), ""))
	for _, k := range kinds {
		if strings.HasSuffix(title, k) {
			return k
		}
	}
	return ""
}

// isDocument says whether a line of the contents is the title of a document, and
// not of a part of one.
func isDocument(title string) bool {
	return utf8.RuneCountInString(title) >= 6 && !startsCounted(title) && (kindOf(title) != "" || strings.Contains(title, "关于"))
}

// titledEntries are the entries of the level on which most are documents; among documents
// may be what has another sort of title, but not parts of documents. Stops are these and the
// parts of the issue in which they stand.
func titledEntries(c Contents) (titles, stops []Entry) {
	if c.Source == SourceHeadings {
		return nil, nil
	}
	parts, documents := map[int]int{}, map[int]int{}
	for _, e := range c.Entries {
		switch {
		case isDocument(e.Title):
			documents[e.Level]++
		case startsCounted(e.Title):
			parts[e.Level]++
		}
	}
	best := 0
	for level, n := range documents {
		if n >= parts[level] && (best == 0 || n > documents[best] || n == documents[best] && level < best) {
			best = level
		}
	}
	for _, e := range c.Entries {
		if e.Level <= best && !startsCounted(e.Title) {
			stops = append(stops, e)
			if e.Level == best {
				titles = append(titles, e)
			}
		}
	}
	return titles, stops
}

// cover is what the front of an issue says of itself.
var cover = regexp.MustCompile(`公报.{0,12}第?\s*\d+\s*[期号]|^\s*(?:本期)?目\s*[录次]\s*$|公报$`)

// Of titles: how much larger than the text they are set, and how many lines the
// number may be away.
const (
	titleSize   = 1.2
	numberLines = 4
)

// titles are the headings that are set like the title of a document. Where most
// have a number, what has none and is about nothing is an annex.
func (i *issue) titles() []Entry {
	var found []Entry
	numbered := 0
	for _, h := range i.headings {
		if h.size < titleSize*i.size || startsCounted(h.title) || cover.MatchString(h.title) {
			continue
		}
		e := Entry{h.title, 1, h.page, h.top}
		number := i.numberOf(e) != ""
		if !number && !isDocument(h.title) {
			continue
		}
		if number {
			numbered++
		}
		found = append(found, e)
	}
	if 2*numbered < len(found) {
		return found
	}
	return slices.DeleteFunc(found, func(e Entry) bool {
		return i.numberOf(e) == "" && !strings.Contains(e.Title, "关于") && !strings.HasSuffix(e.Title, "令")
	})
}

// numberOf is the number that stands right below a title, or right above.
func (i *issue) numberOf(e Entry) string {
	below, above := i.around(e)
	for _, line := range slices.Concat(below, above) {
		if n, ok := model.ParseDocNumber(line); ok && n.Sequence > 0 {
			return n.String()
		}
	}
	return ""
}

// around are the lines behind and before a title, the nearest first.
func (i *issue) around(e Entry) (below, above []string) {
	t := i.texts[e.Page-1]
	if t == nil {
		return nil, nil
	}
	body := []rune(t.Body)
	rest := tightened(e.Title)
	for _, l := range t.Lines {
		text := strings.TrimSpace(string(body[l.From:l.To]))
		switch {
		case l.Box.Bottom < e.Top+.005:
			above = append(above, text)
		case strings.HasPrefix(rest, tightened(text)) && rest != "":
			rest = strings.TrimPrefix(rest, tightened(text))
		case len(below) < numberLines:
			below = append(below, strings.Trim(text, "（）()"))
		}
	}
	slices.Reverse(above)
	return below, above[:min(len(above), 2)]
}

// issuer begins a title: 国务院办公厅关于….
var issuer = regexp.MustCompile(`^(\p{Han}[\p{Han}、 　]{1,60}?(?:院|厅|部|委|局|府|会|署|办|行|室|处|中心|公司|大学|法院|检察院))\s*(?:关于|转发|批转|印发|对)`)

// issuerOf is who speaks in the title, or who signs at the end above the day.
func (i *issue) issuerOf(p Piece) string {
	if m := issuer.FindStringSubmatch(p.Title); m != nil {
		return strings.Join(strings.Fields(m[1]), " ")
	}
	return i.signer(p)
}

var (
	signedDay = regexp.MustCompile(`^(?:19|20|二[〇○零])\S{2,3}\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日$`)
	office    = regexp.MustCompile(`^\p{Han}{2,30}(?:院|厅|部|委|局|府|会|署|办公室|中心)$`)
)

// signer is the line above the first day that stands alone.
func (i *issue) signer(p Piece) string {
	last := ""
	for page := p.First; page <= p.Last; page++ {
		t := i.texts[page-1]
		if t == nil {
			continue
		}
		body := []rune(t.Body)
		for _, l := range t.Lines {
			inside := (page > p.First || l.Box.Top >= p.Top-.005) && (page < p.Last || l.Box.Top < p.Bottom)
			text := tightened(string(body[l.From:l.To]))
			if !inside || i.isRunning(text, l.Box) {
				continue
			}
			if signedDay.MatchString(text) && office.MatchString(last) {
				return last
			}
			last = text
		}
	}
	return ""
}

// Paragraph is one of a piece as it is read without its pages.
type Paragraph struct {
	Text string `json:"text"`
	Page int    `json:"page"` // on which it begins
}

// sentenceEnds end a paragraph also at the foot of a page.
const sentenceEnds = "。！？：；”）"

// Flow is the text of a piece below its title, without heads, feet and page numbers. A paragraph
// goes on over the page where its last line is full and ends in no full stop.
func Flow(p Piece, texts []*Text) []Paragraph {
	i := &issue{texts: texts, running: runningLines(texts)}
	var flow []Paragraph
	for page := p.First; page <= min(p.Last, len(texts)); page++ {
		if texts[page-1] == nil {
			continue
		}
		paragraphs := i.paragraphsOf(p, page)
		if page == p.First {
			paragraphs = withoutTitle(paragraphs, p.Title)
		}
		for k, text := range paragraphs {
			last, _ := utf8.DecodeLastRuneInString(tailOf(flow))
			if k == 0 && len(flow) > 0 && !strings.ContainsRune(sentenceEnds, last) && !startsCounted(text) && utf8.RuneCountInString(tailOf(flow)) > 25 {
				flow[len(flow)-1].Text = joined(flow[len(flow)-1].Text, text)
				continue
			}
			flow = append(flow, Paragraph{text, page})
		}
	}
	return flow
}

// withoutTitle leaves out the paragraphs at the beginning that are the title, on however many
// lines it is printed.
func withoutTitle(paragraphs []string, title string) []string {
	rest, below := tightened(title), paragraphs
	for rest != "" && len(below) > 0 {
		var said bool
		if rest, said = strings.CutPrefix(rest, tightened(below[0])); !said {
			return paragraphs
		}
		below = below[1:]
	}
	return below
}

func tailOf(flow []Paragraph) string {
	if len(flow) == 0 {
		return ""
	}
	return flow[len(flow)-1].Text
}

// paragraphsOf are those of a page that belong to a piece.
func (i *issue) paragraphsOf(p Piece, page int) []string {
	t := i.texts[page-1]
	body := []rune(t.Body)
	var list []string
	for _, span := range t.Paragraphs {
		text := ""
		for _, l := range t.Lines {
			if l.From < span.From || l.To > span.To {
				continue
			}
			said := strings.TrimSpace(string(body[l.From:l.To]))
			inside := (page > p.First || l.Box.Top >= p.Top-.005) && (page < p.Last || l.Box.Top < p.Bottom-.001)
			if inside && !i.isRunning(said, l.Box) {
				text = joined(text, said)
			}
		}
		if text != "" {
			list = append(list, text)
		}
	}
	return list
}
