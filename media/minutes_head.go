package media

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

const (
	anyNumber = `[一二三四五六七八九十百零〇\d０-９]+`
	mostBegin = 8 // lines in which the title and the count of a meeting stand
)

var (
	fullDay     = regexp.MustCompile(`(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})`)
	writtenDay  = regexp.MustCompile(`([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日`)
	dayOfYear   = regexp.MustCompile(`(\d{1,2})月(\d{1,2})日`)
	yearAlone   = regexp.MustCompile(`[〔\[（(](20\d\d)[〕\]）)]|(20\d\d)年`)
	hourOfDay   = regexp.MustCompile(`(上午|下午|晚上|中午)?(\d{1,2})(?:[:：]|时|点)(\d{2}|半)?`)
	termCount   = regexp.MustCompile(`第?(` + anyNumber + `)届([^第，。；、届\d一二三四五六七八九十]{0,12})第?(` + anyNumber + `)次`)
	sessionOnly = regexp.MustCompile(`第(` + anyNumber + `)次[^，。；]{0,12}会`)
	sessionName = regexp.MustCompile(`[\p{Han}\d（）()]{0,24}第` + anyNumber + `次[\p{Han}]{0,10}会议?`)
	heldAt      = regexp.MustCompile(`在([^，,。]{2,30}?)(?:主持)?(?:召开|举行)`)
	untilDay    = regexp.MustCompile(`^.*日(?:上午|下午|晚上|晚|中午)?`)
)

// readHead reads what stands above the items and below them.
func (r *minutesReader) readHead(head, tail []minutesLine, all string) {
	d := &r.Draft
	told := spreadLabels(append(append([]minutesLine{}, head...), tail...))
	begin := head[:min(len(head), mostBegin)]
	lead := leadOf(head)
	d.Title = cutRunes(titleOfMinutes(begin, told[labelName], lead), mostTitle)
	d.Term, d.Number = sessionIn(begin)
	d.Day = meetingDay(told[labelWhen], lead, all)
	d.Begins = hourIn(told[labelWhen], lead)
	d.Place = cutRunes(firstOf(told[labelWhere], submatch(heldAt, lead)), mostPlace)
	d.Chair = cutRunes(firstOf(told[labelChair], chairIn(lead), chairIn(textOf(begin))), mostChair)
	r.readAttendance(told[labelAttends], told[labelGuests])
	for _, line := range head {
		if line.shown != nil {
			d.Body = append(d.Body, *line.shown)
		} else if line.isTold(lead) {
			d.Body = append(d.Body, model.Passage{Kind: model.PassageText, Text: line.text})
		}
	}
}

// isTold says whether a line above the items tells something of the meeting.
func (l minutesLine) isTold(lead string) bool {
	return l.label == "" && l.text != lead && strings.HasSuffix(l.text, "。") && utf8.RuneCountInString(l.text) >= 15
}

// spreadLabels gathers what stands behind each label, with the lines that go on from it.
func spreadLabels(lines []minutesLine) map[minutesLabel]string {
	told, last := map[minutesLabel]string{}, minutesLabel("")
	for _, line := range lines {
		switch {
		case line.label != "":
			last = line.label
			told[last] = joinTold(told[last], line.value)
		case strings.HasSuffix(line.text, "。") && utf8.RuneCountInString(line.text) > 40 || readCount(line.text).way != countNone || isSignature(line.text):
			last = ""
		case last == labelAttends || last == labelGuests:
			told[last] = joinTold(told[last], line.text)
		}
	}
	return told
}

func joinTold(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return strings.TrimRight(a, "、，。") + "、" + b
}

func textOf(lines []minutesLine) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.text + "\n")
	}
	return b.String()
}

// leadOf is the sentence that says that the meeting was held.
func leadOf(head []minutesLine) string {
	for _, line := range head {
		if line.label == "" && (strings.Contains(line.text, "召开") || strings.Contains(line.text, "主持")) && strings.ContainsAny(line.text, "，,。") {
			return line.text
		}
	}
	return ""
}

// titleOfMinutes is the name of the meeting: 王某主持召开市政府第63次常务会议 and
// 鸢都市人民政府第63次常务会议纪要 are no names.
func titleOfMinutes(begin []minutesLine, told, lead string) string {
	if told != "" {
		return told
	}
	title := ""
	for _, line := range begin {
		if line.label == "" && title == "" && line.text != lead && strings.Contains(line.text, "会") {
			title = line.text
		}
	}
	title = nameOfMeeting(title)
	if strings.Contains(title, "次") {
		return title
	}
	for _, line := range append([]minutesLine{{text: lead}}, begin...) {
		if found := sessionName.FindString(squeezed(line.text)); found != "" && !isOfOthers(found) {
			return nameOfMeeting(found)
		}
	}
	return cmp.Or(title, nameOfMeeting(sessionName.FindString(squeezed(lead))))
}

func nameOfMeeting(s string) string {
	s = squeezed(s)
	for _, verb := range []string{"主持召开", "召开", "举行", "主持", "印发"} {
		if _, after, found := strings.Cut(s, verb); found && strings.Contains(after, "会") {
			s = after
		}
	}
	for _, end := range []string{"议定事项", "会议纪要", "纪要", "情况", "记录"} {
		if rest, is := strings.CutSuffix(s, end); is {
			s = rest
			if end == "会议纪要" {
				s += "会议"
			}
		}
	}
	return strings.Trim(s, "《》，。 ")
}

// isOfOthers: 市十八届人大第三次会议 is no meeting of the government.
func isOfOthers(s string) bool {
	return strings.Contains(s, "人大") || strings.Contains(s, "人民代表大会") || strings.Contains(s, "政协") || strings.Contains(s, "全会")
}

// sessionIn is the count of the meeting: 市十八届人民政府第63次, （18届63次）, 第63次.
func sessionIn(begin []minutesLine) (term string, number int) {
	for _, line := range begin {
		for _, m := range termCount.FindAllStringSubmatch(squeezed(line.text), -1) {
			if n, ok := ChineseNumber(m[3]); ok && !isOfOthers(m[2]) {
				return "第" + m[1] + "届", n
			}
		}
	}
	for _, line := range begin {
		if m := sessionOnly.FindStringSubmatch(squeezed(line.text)); m != nil && !isOfOthers(line.text) {
			n, _ := ChineseNumber(m[1])
			return "", n
		}
	}
	return "", 0
}

// meetingDay is the first day in some texts; the year of one without it stands somewhere
// else in them.
func meetingDay(texts ...string) model.Day {
	year := yearAlone.FindStringSubmatch(squeezed(strings.Join(texts, "")))
	for _, text := range texts {
		text = squeezed(text)
		for _, whole := range []*regexp.Regexp{fullDay, writtenDay} {
			if m := whole.FindStringSubmatch(text); m != nil {
				return dayOfParts(m[1], m[2], m[3])
			}
		}
		if m := dayOfYear.FindStringSubmatch(text); m != nil && year != nil {
			return dayOfParts(year[1]+year[2], m[1], m[2])
		}
	}
	return ""
}

func dayOfParts(year, month, day string) model.Day {
	y, _ := strconv.Atoi(digitsOf(year))
	m, _ := ChineseNumber(month)
	d, _ := ChineseNumber(day)
	found, err := model.ParseDay(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
	if err != nil {
		return ""
	}
	return found
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if d, ok := digitOf(r); ok {
			return rune('0' + d)
		}
		return r
	}, s)
}

// hourIn is when a meeting began: 上午9:00, 下午3时30分.
func hourIn(texts ...string) string {
	for _, text := range texts {
		m := hourOfDay.FindStringSubmatch(squeezed(text))
		if m == nil {
			continue
		}
		hour, _ := strconv.Atoi(m[2])
		minute, _ := strconv.Atoi(strings.Replace(m[3], "半", "30", 1))
		if hour < 12 && (m[1] == "下午" || m[1] == "晚上") {
			hour += 12
		}
		if hour < 24 && minute < 60 {
			return fmt.Sprintf("%02d:%02d", hour, minute)
		}
	}
	return ""
}

// chairIn is who was in the chair: 11月5日，市委副书记、市长王某在市政府主持召开….
func chairIn(lead string) string {
	before, _, found := strings.Cut(lead, "主持")
	if !found {
		return ""
	}
	if i := strings.LastIndexAny(before, "，,。：\n"); i >= 0 {
		_, size := utf8.DecodeRuneInString(before[i:])
		before = before[i+size:]
	}
	before = untilDay.ReplaceAllString(before, "")
	if i := strings.Index(before, "在"); i > 0 {
		before = before[:i]
	}
	before = trim(strings.TrimSuffix(before, "会议由"))
	if strings.Contains(before, "会议") {
		return ""
	}
	return before
}

func submatch(re *regexp.Regexp, s string) string {
	if m := re.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v = trim(strings.TrimRight(v, "。；")); v != "" {
			return v
		}
	}
	return ""
}

// readAttendance reads who was there. Where only persons attended, the offices are those
// that sat in.
func (r *minutesReader) readAttendance(attends, guests string) {
	ids, unknown := r.offices.list(attends)
	if len(ids) == 0 {
		ids, unknown = r.offices.list(guests)
	}
	r.Draft.DepartmentIDs = ids
	r.unknown = append(r.unknown, unknown...)
	r.Draft.Guests = cutRunes(firstOf(guests), mostGuests)
}

func cutRunes(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// SessionOf is the count of a meeting in its name: 第十八届 and 63 of 鸢都市第十八届人民政府第63次常务会议;
// "" and 0 where it has none.
func SessionOf(name string) (term string, number int) {
	return sessionIn([]minutesLine{{text: name}})
}
