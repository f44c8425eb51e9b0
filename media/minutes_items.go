package media

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

var (
	itemByName = regexp.MustCompile(`^(?:第(` + anyNumber + `)(?:项|个)?议题|议题(` + anyNumber + `)|第(` + anyNumber + `)项)[、，,：:．.\s\x{3000}]*(.*)$`)
	itemByWord = regexp.MustCompile(`^会议(?:还|又|首先|随后|最后|集体|专题|书面)?(?:听取|审议|研究|讨论|学习|传达|通报|部署|观看|审定)`)
	section    = regexp.MustCompile(`^(?:会议)?(?:基本)?(?:情况|议定(?:的)?事项|议题|议程|内容|主要内容|要求|有关要求|研究(?:的)?事项|审议(?:的)?事项|决定事项|主要议题|参会人员|出席人员|会议情况)$`)
	ofItems    = regexp.MustCompile(`议定|议题|内容|研究|审议|决定`)
	otherItems = regexp.MustCompile(`^会议还?(?:研究|审议|讨论|听取)了?其[他它](?:有关|相关)?(?:事项|工作|议题)`)
	endLine    = regexp.MustCompile(`^[\p{Han}]{2,20}(?:办公室|政府|委员会)(?:[\s\x{3000}]*[\d〇○零一二三四五六七八九]{4}年.{2,8}日(?:印发)?)?$|^[\d〇○零一二三四五六七八九]{4}\s*年.{2,10}日(?:印发)?$`)
	opening    = regexp.MustCompile(`^(?:会议)?(?:还|又|首先|随后|最后|集体|专题|书面)?(听取并审议|听取并研究|传达学习|听取|审议|研究|讨论|学习|传达|通报|部署|审定)(?:并)?(?:原则)?(?:通过|同意)?了?(.*)$`)
	decides    = regexp.MustCompile(`通过|同意|决定|议定|要求|强调|指出|明确`)
	enclosed   = regexp.MustCompile(`[（(【](?:责任单位|牵头单位|责任部门|承办单位|落实单位)[：:]([^）)】]+)[）)】]`)
)

// itemLines are the lines of one item, the first one without its number.
type itemLines []minutesLine

// cutMinutes cuts minutes into what stands above the items, these, and what stands
// below them.
func cutMinutes(lines []minutesLine) (head []minutesLine, items []itemLines, tail []minutesLine) {
	starts, from, until := findItems(lines)
	if len(starts) == 0 {
		return lines, nil, nil
	}
	end := until
	for i := starts[0]; i < until; i++ {
		if l := lines[i].label; l != "" && !l.isOfItem() {
			end = i
			break
		}
	}
	for n, at := range starts {
		next := end
		if n+1 < len(starts) {
			next = starts[n+1]
		}
		if at < next {
			items = append(items, itemLines(lines[at:next]))
		}
	}
	head = slices.Clone(lines[:from])
	return head, items, slices.Clone(lines[end:])
}

// findItems finds the lines with which items begin: those that are counted, where the
// count is not that of sections, else those that say 会议审议….
func findItems(lines []minutesLine) (starts []int, head, end int) {
	end = len(lines)
	if starts = counted(lines, 0, end, countByName); len(starts) > 0 {
		return starts, starts[0], end
	}
	outer := counted(lines, 0, end, countOuterOf)
	for n, at := range outer {
		name := readCount(lines[at].text).rest
		if !section.MatchString(squeezed(strings.TrimRight(name, "：:"))) {
			continue
		}
		if !ofItems.MatchString(name) {
			continue
		}
		until := end
		if n+1 < len(outer) {
			until = outer[n+1]
		}
		starts = itemsWithin(lines, at+1, until)
		return starts, at, until
	}
	if len(outer) > 0 {
		return outer, outer[0], end
	}
	starts = itemsWithin(lines, 0, end)
	if len(starts) > 0 {
		head = starts[0]
	}
	return starts, head, end
}

func itemsWithin(lines []minutesLine, from, until int) []int {
	for _, numberOf := range []func(string) int{countBracketOf, countInnerOf} {
		if starts := counted(lines, from, until, numberOf); len(starts) > 0 {
			return starts
		}
	}
	var starts []int
	for i := from; i < until; i++ {
		if lines[i].label == "" && itemByWord.MatchString(lines[i].text) && !strings.Contains(lines[i].text, "召开") {
			starts = append(starts, i)
		}
	}
	return starts
}

// counted are the lines that are counted from one, without a gap.
func counted(lines []minutesLine, from, until int, numberOf func(string) int) (starts []int) {
	for i := from; i < until; i++ {
		if lines[i].label == "" && lines[i].shown == nil && numberOf(lines[i].text) == len(starts)+1 {
			starts = append(starts, i)
		}
	}
	return starts
}

func countByName(s string) int {
	m := itemByName.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	n, _ := ChineseNumber(m[1] + m[2] + m[3])
	return n
}

func countOf(s string, way countWay) int {
	if c := readCount(s); c.way == way {
		return c.number
	}
	return 0
}

func countOuterOf(s string) int   { return countOf(s, countOuter) }
func countBracketOf(s string) int { return countOf(s, countBracket) }
func countInnerOf(s string) int   { return countOf(s, countInner) }

// readItem reads one item: its title, what was decided, and who sees to it.
func (r *minutesReader) readItem(lines itemLines) {
	first := lines[0].text
	if otherItems.MatchString(withoutCount(first)) {
		r.note(MinutesOtherItems, 1)
		return
	}
	i := model.AgendaItemDraft{}
	first = r.takeEnclosed(&i, withoutCount(first))
	title, rest := titleOfItem(first)
	i.Title, i.ReporterIDs = r.reporters(title)
	i.Title = cutRunes(i.Title, mostTitle)
	said := &itemSaid{}
	if rest != "" {
		said.add(rest)
	}
	for _, line := range lines[1:] {
		r.readItemLine(&i, said, line)
	}
	i.TopicIDs = ProposeTopics(i.Title, "", strings.Join(slices.Concat(said.before, said.decided), "\n"))
	r.settle(&i, said)
	i.ReporterIDs = i.ReporterIDs[:min(len(i.ReporterIDs), mostReporters)]
	i.ResponsibleIDs = i.ResponsibleIDs[:min(len(i.ResponsibleIDs), mostResponsible)]
	r.Draft.Items = append(r.Draft.Items, i)
}

// longTitle is from how many runes a sentence is cut for a title.
const longTitle = 60

// itemSaid gathers what is said of an item: before the words 议定事项 its text, behind
// them what was decided.
type itemSaid struct {
	before, decided []string
	isDecision      bool
}

func (s *itemSaid) add(text string) {
	if text != "" {
		s.decided = append(s.decided, text)
	}
}

func (r *minutesReader) readItemLine(i *model.AgendaItemDraft, said *itemSaid, line minutesLine) {
	switch {
	case line.shown != nil:
		i.Body = append(i.Body, *line.shown)
	case line.label == labelReporter:
		i.ReporterIDs = joinIDs(i.ReporterIDs, r.offices.known(line.value, &r.unknown))
	case line.label == labelResponsible:
		before := len(r.unknown)
		i.ResponsibleIDs = joinIDs(i.ResponsibleIDs, r.offices.known(line.value, &r.unknown))
		if len(r.unknown) > before {
			said.add(line.text)
		}
	case line.label == labelDecision:
		if !said.isDecision {
			said.before, said.decided, said.isDecision = said.decided, nil, true
		}
		said.add(line.value)
	case otherItems.MatchString(line.text):
		r.note(MinutesOtherItems, 1)
	case isSignature(line.text):
	default:
		said.add(line.text)
	}
}

// known are the offices of a list; those that are nowhere are noted.
func (all officeNames) known(s string, unknown *[]string) []string {
	ids, others := all.list(s)
	for _, name := range others {
		if !slices.Contains(*unknown, name) {
			*unknown = append(*unknown, name)
		}
	}
	return ids
}

func joinIDs(a, b []string) []string {
	for _, id := range b {
		a = with(a, id)
	}
	return a
}

// settle makes the decision of what was said.
func (r *minutesReader) settle(i *model.AgendaItemDraft, said *itemSaid) {
	for _, text := range said.before {
		i.Body = append(i.Body, model.Passage{Kind: model.PassageText, Text: text})
	}
	var kept []string
	for _, text := range said.decided {
		text = r.takeEnclosed(i, text)
		if ids, isReport := r.report(text); isReport {
			i.ReporterIDs = joinIDs(i.ReporterIDs, ids)
			continue
		}
		if text != "" {
			kept = append(kept, text)
		}
	}
	text := strings.Join(kept, "\n")
	i.ResponsibleIDs = joinIDs(i.ResponsibleIDs, r.offices.responsible(text))
	if utf8.RuneCountInString(text) > mostDecision {
		r.note(MinutesLongDecision, 1)
		for _, t := range kept {
			i.Body = append(i.Body, model.Passage{Kind: model.PassageText, Text: t})
		}
		text = cutRunes(text, mostDecision)
	}
	i.Decision = text
}

// takeEnclosed takes （责任单位：…） out of a text.
func (r *minutesReader) takeEnclosed(i *model.AgendaItemDraft, text string) string {
	for _, m := range enclosed.FindAllStringSubmatch(text, -1) {
		unknown := len(r.unknown)
		i.ResponsibleIDs = joinIDs(i.ResponsibleIDs, r.offices.known(m[1], &r.unknown))
		if len(r.unknown) == unknown {
			text = strings.Replace(text, m[0], "", 1)
		}
	}
	return trim(text)
}

// report says whether a line says only who told the meeting of something.
func (r *minutesReader) report(text string) (ids []string, is bool) {
	if decides.MatchString(text) || utf8.RuneCountInString(text) > 80 {
		return nil, false
	}
	if after, heard := strings.CutPrefix(text, "会议听取了"); heard {
		ids, _ = r.offices.take(after)
		return ids, true
	}
	if strings.Contains(text, "汇报") {
		ids, _ = r.offices.take(text)
		return ids, len(ids) > 0
	}
	return nil, false
}

func withoutCount(s string) string {
	if m := itemByName.FindStringSubmatch(s); m != nil {
		return m[4]
	}
	if c := readCount(s); c.way != countNone {
		return c.rest
	}
	return s
}

// titleOfItem takes the title off the first line of an item. What else the line says
// is of the decision, the first sentence too where it says what became of it.
func titleOfItem(first string) (title, rest string) {
	sentence, after, isText := strings.Cut(first, "。")
	if !isText && utf8.RuneCountInString(first) <= longTitle {
		return plainTitle(first), ""
	}
	after = trim(after)
	short, _, isLong := strings.Cut(sentence, "，")
	isLong = isLong && (utf8.RuneCountInString(sentence) > longTitle || decides.MatchString(sentence[len(short):]))
	switch {
	case isLong:
		return plainTitle(short), first
	case decides.MatchString(sentence) && !isRequest(sentence):
		return plainTitle(sentence), first
	}
	return plainTitle(sentence), after
}

// isRequest: what is asked for in a title is not what was decided: 关于要求….
func isRequest(s string) bool { return strings.HasPrefix(s, "关于") }

// plainTitle is a title without what a report puts around it: 会议审议通过了《…》.
func plainTitle(s string) string {
	s = trim(strings.Trim(s, "。；：:，"))
	if m := opening.FindStringSubmatch(s); m != nil && m[2] != "" {
		return m[1] + trim(m[2])
	}
	return s
}

// reporters takes the offices out of a title that say who reported: 听取市住建局关于….
func (r *minutesReader) reporters(title string) (plain string, ids []string) {
	for _, verb := range []string{"听取并审议", "听取并研究", "听取"} {
		rest, is := strings.CutPrefix(title, verb)
		if !is {
			continue
		}
		if ids, rest = r.offices.take(rest); len(ids) > 0 {
			return verb + strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(rest, "负责同志"), "所作"), "的"), ids
		}
	}
	return title, nil
}

func isSignature(s string) bool { return endLine.MatchString(squeezed(s)) }
