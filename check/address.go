package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// steps are the parts of an address that are counted: 3号楼, 2单元, 501室.
	steps = regexp.MustCompile(`(?:\d{1,5}[A-Za-z]?|[A-Za-z]\d{0,4}|[一二三四五六七八九十]{1,3})` +
		`(号楼|号院|幢|栋|座|#楼|#|楼|弄|排|组|层|单元|号?[室户房]|号)`)
	// dashes is a home as lists write it: 幸福小区3-2-501.
	dashes = regexp.MustCompile(`[A-Za-z]?\d{1,3}(?:号楼|#|栋|幢)?-\d{1,2}-\d{3,4}$`)
	lives  = regexp.MustCompile(`^住[^房宅院户址所地建]`)
	// inOffice is a room of a part of an office: 房产科410, 国际中心B12.
	inOffice = regexp.MustCompile(`(?:中心(?:大厦|大楼)?|[处科股厅部办站所队])[A-Z]?[0-9]`)
)

// homeNames end the names of places where people live.
var homeNames = strings.Fields(`小区 花园 家园 公寓 嘉园 佳园 雅园 馨园 苑 新村 家属院 宿舍 胡同 里 社区 新城 府 庭 名郡 名城 湾 村 庄 屯 寨 坊 墅 居 轩 园`)

// What is said before an address: that somebody lives there, or that people
// come there to have something done.
var (
	homeWords = []string{"住址", "家住", "现住", "户籍地", "户籍所在", "居住地", "家庭地址", "户口所在", "常住", "租住", "居住在", "居住于", "住在", "暂住"}
	workWords = strings.Fields(`办公地 办公场所 单位地址 受理 窗口 报名 领取地 注册地址 经营 营业 会议 培训 开标 寄送
		邮寄 送达 提交地 公司地址 通讯地址 通信地址 办理地 现场 服务网点 服务点 递交 接收`)
	officePlaces = strings.Fields(`局 委员会 办公 政府 服务中心 行政中心 市民中心 大厅 公司 医院 学校 大学 学院 法院
		派出所 居委会 村委会 支行 大厦 写字楼 商务 产业园 园区 工业 科技园 广场 会展 酒店 宾馆
		党群 图书馆 政务 省府 省委 市委 市府 区委 县委 机关 创业 软件园 中学 小学 幼儿园
		卫生室 卫生院 诊所 会议室 检测室 实验室 活动室 教室 综合楼 教学楼 实训楼 便民`)
)

// longestAddress is how many bytes an address may have.
const longestAddress = 150

// homes finds where somebody lives, down to the room or the house.
func (s *sheet) homes() {
	var last span
	for _, end := range s.doors() {
		at := span{s.addressFrom(end), end}
		if !s.isHome(at) {
			continue
		}
		if at.from < last.to {
			s.marks = s.marks[:len(s.marks)-1]
			at.from = last.from
		}
		last = at
		s.add(at, Finding{Code: "personal.address", Severity: Ask, Text: mask(s.plain[at.from:at.to])})
	}
}

// doors are where an address may end: 501室, 2单元, 12号, 3-2-501.
func (s *sheet) doors() (ends []int) {
	for at, r := range s.plain {
		switch r {
		case '室', '户', '号', '房':
			if isCounted(s.back(at, 3)) {
				ends = append(ends, at+len("室"))
			}
		case '元':
			if strings.HasSuffix(s.plain[:at], "单") {
				end := at + len("元")
				ends = append(ends, end+digitsIn(s.plain[end:]))
			}
		case '-':
			if end := at + 1 + digitsIn(s.plain[at+1:]); end-at > 3 && end-at < 6 {
				ends = append(ends, end)
			}
		}
	}
	return ends
}

// isCounted says whether a piece of text ends in the number of a door.
func isCounted(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r < 0x80 && isWordByte(byte(r)) || strings.ContainsRune("一二三四五六七八九十零〇号", r)
}

// addressFrom is where the unbroken text that ends at end begins.
func (s *sheet) addressFrom(end int) int {
	piece := s.back(end, longestAddress)
	from := strings.LastIndexFunc(piece, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("#-()·", r)
	})
	if from >= 0 {
		_, size := utf8.DecodeRuneInString(piece[from:])
		piece = piece[from+size:]
	}
	for _, word := range homeWords {
		if at := strings.LastIndex(piece, word); at >= 0 {
			piece = piece[at+len(word):]
		}
	}
	if lives.MatchString(piece) {
		piece = piece[len("住"):]
	}
	return end - len(piece)
}

// isHome says whether a stretch is the address of a home and not of an office.
func (s *sheet) isHome(at span) bool {
	text := s.plain[at.from:at.to]
	if !leadsHome(text) && !isNumbered(text) {
		return false
	}
	near, _ := tail(s.sentence(at.from), labelReach/4)
	said := near + " " + s.col.head
	home, work := lastOf(said, homeWords), lastOf(said, workWords)
	if home > work || endsNear(said, []string{"住"}) {
		return true
	}
	return work < 0 && leadsHome(text) && !s.isOffice(at) && !inOffice.MatchString(text)
}

// isOffice says whether an address names an office, or is followed by one:
// 101室党群服务站.
func (s *sheet) isOffice(at span) bool {
	after := s.ahead(at.to, 15)
	return containsAny(s.plain[at.from:at.to], officePlaces) ||
		hanBegins(after) && !startsWithAny(after, []string{"到", "去", "向", "由"}) && containsAny(after, officePlaces)
}

// leadsHome says whether an address is one of a home by how it is built: only
// houses that people live in have 单元 and 弄, or the name of an estate.
func leadsHome(text string) bool {
	if at := dashes.FindStringIndex(text); at != nil && endsInHome(text[:at[0]]) {
		return true
	}
	parts, begin := stepsOf(text)
	if len(parts) < 2 {
		return false
	}
	last := parts[len(parts)-1]
	return slices.Contains(parts[1:], "单元") ||
		slices.Contains(parts[:len(parts)-1], "弄") && (last == "号" || isRoom(last)) ||
		isRoom(last) && !isRoom(parts[0]) && parts[0] != "层" && endsInHome(text[:begin])
}

// isNumbered says whether an address has a house of a street or a village.
func isNumbered(text string) bool {
	parts, begin := stepsOf(text)
	return len(parts) > 0 && (endsInHome(text[:begin]) || endsWithAny(text[:begin], "路", "街", "道", "巷", "院"))
}

// stepsOf are the counted parts at the end of an address, and where the first
// of them begins. The last may be a number alone, after 单元.
func stepsOf(text string) (parts []string, begin int) {
	found := steps.FindAllStringSubmatchIndex(text, -1)
	for _, m := range found {
		parts = append(parts, text[m[2]:m[3]])
	}
	if len(found) == 0 {
		return nil, len(text)
	}
	end := found[len(found)-1][1]
	if end != len(text) && (parts[len(parts)-1] != "单元" || end+digitsIn(text[end:]) != len(text)) {
		return nil, len(text)
	}
	return parts, found[0][0]
}

func isRoom(part string) bool { return endsWithAny(part, "室", "户", "房") }

// endsInHome says whether text ends in the name of a place where people live,
// and a few characters perhaps: 幸福小区北区.
func endsInHome(text string) bool {
	near, _ := tail(text, 27)
	at := lastOf(near, homeNames)
	return at >= 0 && strings.IndexFunc(near[at:], func(r rune) bool { return !isHan(r) }) < 0
}

// lastOf is where the last of some words begins, -1 where there is none.
func lastOf(text string, words []string) int {
	last := -1
	for _, w := range words {
		last = max(last, strings.LastIndex(text, w))
	}
	return last
}

var ends = regexp.MustCompile(`(?:[\s:(,第为是在于号码]|地址)$`)

// trimEnd takes one sign off that may stand between a word and what it names.
func trimEnd(text string) string { return ends.ReplaceAllString(text, "") }
