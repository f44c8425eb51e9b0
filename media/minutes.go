package media

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

// Minutes are what the minutes of a meeting (会议纪要) say, as a working copy of that
// meeting. All of it is a proposal: a person looks at it before it is kept.
type Minutes struct {
	Draft model.MeetingDraft
	Notes []MinutesNote
}

// MinutesNote is something that was not recognised, or was left out.
type MinutesNote struct {
	Code  string
	Count int
	Names []string
}

// What a note can be about.
const (
	MinutesNoDay         = "minutes.no_day"
	MinutesNoItems       = "minutes.no_items"
	MinutesNoDecision    = "minutes.no_decision"    // Count items without one
	MinutesUnknownOffice = "minutes.unknown_office" // Names that are in no list of offices
	MinutesOtherItems    = "minutes.other_items"    // 会议还研究了其他事项
	MinutesLongDecision  = "minutes.long_decision"  // Count decisions went into the text of their items
	MinutesManyItems     = "minutes.many_items"     // those behind Count were left out
)

// ReadMinutes recognises a meeting in its minutes: when and where it was, who was there,
// and its items by their numbers, or by 会议听取…, 会议审议… where they have none.
// Offices are found by every name that they go by.
func ReadMinutes(title string, passages []model.Passage, departments []model.Department) Minutes {
	r := &minutesReader{offices: namedOffices(departments)}
	lines := minutesLines(title, passages)
	head, items, tail := cutMinutes(lines)
	r.readHead(head, tail, textOf(lines))
	if len(items) > mostItems {
		r.note(MinutesManyItems, mostItems)
		items = items[:mostItems]
	}
	for _, i := range items {
		r.readItem(i)
	}
	r.finish()
	return r.Minutes
}

// What a working copy of a meeting has room for.
const (
	mostItems       = 60
	mostReporters   = 10
	mostResponsible = 30
	mostPlace       = 100 // runes
	mostChair       = 60  // runes
	mostGuests      = 500 // runes
	mostTitle       = 300 // runes
	mostDecision    = 5000
)

type minutesReader struct {
	Minutes
	offices officeNames
	unknown []string
}

func (r *minutesReader) note(code string, count int, names ...string) {
	if count > 0 {
		r.Notes = append(r.Notes, MinutesNote{code, count, names})
	}
}

func (r *minutesReader) finish() {
	silent := 0
	for _, i := range r.Draft.Items {
		if i.Open() {
			silent++
		}
	}
	missing := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	r.note(MinutesNoDay, missing(r.Draft.Day == ""))
	r.note(MinutesNoItems, missing(len(r.Draft.Items) == 0))
	r.note(MinutesNoDecision, silent)
	r.note(MinutesUnknownOffice, len(r.unknown), r.unknown...)
}

// minutesLine is a line of minutes; a table or a picture is one as well.
type minutesLine struct {
	text  string
	shown *model.Passage // a table or a picture
	label minutesLabel   // "" for none
	value string         // behind the label
}

// minutesLines are the lines of minutes, each with its label. A title that Word set apart
// is the first one.
func minutesLines(title string, passages []model.Passage) (list []minutesLine) {
	add := func(text string) {
		for line := range strings.Lines(text) {
			if line = trim(line); line != "" {
				list = append(list, readLabel(line))
			}
		}
	}
	add(title)
	for _, p := range passages {
		switch p.Kind {
		case model.PassageTable:
			if rows, isForm := formRows(p.Rows); isForm {
				add(rows)
				continue
			}
			list = append(list, minutesLine{shown: &p})
		case model.PassagePicture:
			list = append(list, minutesLine{shown: &p})
		default:
			add(p.Text)
		}
	}
	return list
}

// formRows reads a table of labels and values, as some minutes begin with, as lines.
func formRows(rows [][]string) (text string, isForm bool) {
	var lines []string
	for _, row := range rows {
		cells := slices.DeleteFunc(slices.Clone(row), func(s string) bool { return trim(s) == "" })
		for i := 0; i+1 < len(cells); i += 2 {
			key := strings.TrimRight(squeezed(cells[i]), "：:")
			if minutesLabels[key] == "" {
				return "", false
			}
			lines = append(lines, key+"："+strings.Join(strings.Fields(cells[i+1]), "、"))
		}
	}
	return strings.Join(lines, "\n"), len(lines) > 1
}

// squeezed is s without the blanks that print puts between characters.
func squeezed(s string) string { return strings.Join(strings.FieldsFunc(s, isBlank), "") }

// minutesLabel is what a line tells that begins with a word like 时间 or 责任单位.
type minutesLabel string

// The labels: of the meeting, and of an item.
const (
	labelName        minutesLabel = "name"
	labelWhen        minutesLabel = "when"
	labelWhere       minutesLabel = "where"
	labelChair       minutesLabel = "chair"
	labelAttends     minutesLabel = "attends"
	labelGuests      minutesLabel = "guests"
	labelAside       minutesLabel = "aside" // of no use here: who wrote it down, whom it is sent to
	labelReporter    minutesLabel = "reporter"
	labelResponsible minutesLabel = "responsible"
	labelDecision    minutesLabel = "decision"
)

var minutesLabels = func() map[string]minutesLabel {
	all := map[string]minutesLabel{}
	for label, words := range map[minutesLabel]string{
		labelName:        "会议名称 名称",
		labelWhen:        "时间 会议时间 开会时间 日期 会议日期 召开时间",
		labelWhere:       "地点 会议地点 召开地点",
		labelChair:       "主持 主持人 会议主持 会议主持人 主持人员",
		labelAttends:     "出席 出席人员 出席单位 参加 参加人员 参加单位 参会人员 参会单位 与会人员 与会单位 参加会议 出席人 参加人",
		labelGuests:      "列席 列席人员 列席单位 列席人",
		labelAside:       "缺席 请假 缺席人员 请假人员 记录 记录人 会议记录 整理 审核 审签 签发 分送 抄送 主送 抄报 印发 主题词 发 报 送 公开方式 公开属性",
		labelReporter:    "汇报单位 汇报人 汇报 提请单位 提报单位 汇报部门",
		labelResponsible: "责任单位 责任部门 牵头单位 牵头部门 承办单位 落实单位 主办单位 配合单位 配合部门 协办单位 责任主体",
		labelDecision:    "议定事项 会议议定 会议决定 议定意见 决定事项 议定 会议议定事项 会议议定如下 议定结果",
	} {
		for _, word := range strings.Fields(words) {
			all[word] = label
		}
	}
	return all
}()

// spaced are the labels behind which blanks may stand for the colon.
var spaced = []string{"时间", "地点", "主持", "出席", "参加", "列席", "记录", "缺席", "请假"}

const mostOfLabel = 12 // runes, the blanks among them

// readLabel reads the label of a line: 时　间：…, 一、会议时间：…, 出席　　….
func readLabel(text string) minutesLine {
	line := minutesLine{text: text}
	bare := text
	if c := readCount(text); c.way != countNone {
		bare = c.rest
	}
	bare = strings.TrimLeft(bare, "【[（(")
	key, value, found := cutAny(bare, "：:】]")
	if found && utf8.RuneCountInString(key) <= mostOfLabel {
		if label := minutesLabels[squeezed(key)]; label != "" {
			line.label, line.value = label, trim(strings.TrimLeft(value, "：:"))
			return line
		}
	}
	for _, word := range spaced {
		if rest, is := strings.CutPrefix(bare, word); is && strings.TrimLeftFunc(rest, isBlank) != rest {
			line.label, line.value = minutesLabels[word], trim(rest)
		}
	}
	return line
}

// cutAny cuts at the first of some characters.
func cutAny(s, chars string) (before, after string, found bool) {
	i := strings.IndexAny(s, chars)
	if i < 0 {
		return s, "", false
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[:i], s[i+size:], true
}

// isOfItem says whether a label stands in an item, not above or below all of them.
func (l minutesLabel) isOfItem() bool {
	return l == labelReporter || l == labelResponsible || l == labelDecision
}
