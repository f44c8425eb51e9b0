package speech

import "strings"

const hanDigits = "零一二三四五六七八九"

func hanDigit(b byte) string { return string([]rune(hanDigits)[b-'0']) }

// digits says every digit by itself, as years and codes are said.
func digits(s string) string {
	var out strings.Builder
	for _, r := range s {
		if r >= '0' && r <= '9' {
			out.WriteString(hanDigit(byte(r)))
		} else if isLetter(r) {
			out.WriteString(strings.ToUpper(string(r)))
		}
	}
	return out.String()
}

// dialled says digits as telephone numbers are said.
func dialled(s string) string { return strings.ReplaceAll(digits(s), "一", "幺") }

// longestCardinal is how many digits can be said as one number: 千兆 and beyond
// nobody follows.
const longestCardinal = 12

// number says a number that may have a decimal point and separators of thousands.
func number(s string) string {
	whole, part, decimal := strings.Cut(strings.ReplaceAll(s, ",", ""), ".")
	said := cardinal(whole)
	if decimal {
		said += "点" + digits(part)
	}
	return said
}

func cardinal(s string) string {
	if len(s) > longestCardinal || len(s) > 1 && s[0] == '0' {
		return digits(s)
	}
	if strings.Trim(s, "0") == "" {
		return "零"
	}
	var out strings.Builder
	gap := false
	for rest := s; rest != ""; {
		size := (len(rest)-1)%4 + 1
		group, unit := rest[:size], [...]string{"", "万", "亿"}[(len(rest)-1)/4]
		rest = rest[size:]
		if strings.Trim(group, "0") == "" {
			gap = gap || out.Len() > 0
			continue
		}
		if out.Len() > 0 && (gap || group[0] == '0') {
			out.WriteString("零")
		}
		out.WriteString(pair(fourDigits(group), unit))
		out.WriteString(unit)
		gap = false
	}
	if said := out.String(); strings.HasPrefix(said, "一十") {
		return strings.TrimPrefix(said, "一")
	}
	return out.String()
}

// pair is 两 for a group that is 2 alone before 万 or 亿.
func pair(group, unit string) string {
	if group == "二" && unit != "" {
		return "两"
	}
	return group
}

// fourDigits says a group of at most four digits, without zeros before or behind it.
func fourDigits(s string) string {
	var out strings.Builder
	gap := false
	for i := range len(s) {
		d, power := s[i], len(s)-1-i
		if d == '0' {
			gap = gap || out.Len() > 0
			continue
		}
		if gap {
			out.WriteString("零")
			gap = false
		}
		if d == '2' && power == 3 {
			out.WriteString("两")
		} else {
			out.WriteString(hanDigit(d))
		}
		out.WriteString([...]string{"", "十", "百", "千"}[power])
	}
	return out.String()
}

// counted begins what is counted with 两 and not with 二.
var counted = []string{"个", "小时", "年", "天", "次", "名", "人", "倍", "周", "分钟", "秒", "米", "公里", "千米", "厘米", "毫米", "吨",
	"公斤", "千克", "克", "升", "毫升", "平方", "立方", "亩", "公顷", "元", "角", "万", "亿", "千", "份", "套", "家", "所", "座", "项", "件",
	"批", "户", "种", "部", "篇", "处", "支", "台", "辆", "间", "层", "成", "国", "省", "市", "县", "区", "镇", "村", "地", "条", "张", "块",
	"本", "场", "轮", "笔", "段", "面", "句", "节", "组", "队", "位", "只", "头", "棵", "株", "枚", "艘", "架", "扇", "把", "根", "颗", "辈", "方",
	"类", "幅", "季", "盏", "桶", "瓶", "箱", "包", "袋", "顿", "遍", "趟", "门", "栋", "幢", "口", "片", "行", "列", "对", "双", "副", "期", "例", "宗", "起",
	"大", "名", "者", "岸", "端", "侧", "边", "站", "点", "步", "公分", "海里", "刻钟", "个", "学期", "学年", "代人", "码头", "机构"}

// notCounted looks like it and is said with 二: 2级, 2号, 2时, 2月, 2日, 2楼, 2期 (of a building).
var notCounted = []string{"年级", "项式", "次函数", "次元", "次供水", "手", "类区", "名路"}

// counting says a number before what is counted.
func counting(s, following string) string {
	if s != "2" || !isCounted(following) {
		return number(s)
	}
	return "两"
}

func isCounted(following string) bool {
	for _, w := range notCounted {
		if strings.HasPrefix(following, w) {
			return false
		}
	}
	for _, w := range counted {
		if strings.HasPrefix(following, w) {
			return true
		}
	}
	return false
}
