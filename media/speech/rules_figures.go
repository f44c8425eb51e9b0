package speech

import (
	"regexp"
	"strconv"
	"strings"
)

const (
	anyNumber = `\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`
	dash      = `[-–—－~～〜−]{1,2}`
)

// figureRules read what begins with a digit. The first that fits is taken.
var figureRules []rule

func init() {
	figureRules = []rule{
		r(mail, sayMail),
		r(`(\d{1,2}(?:\.\d{1,2}){2,3}) ?`, sayNumbering),
		r(`(\d{1,2}(?:\.\d{1,2})?) `, sayNumbering),
		r(`(\d{1,3}) ?(?:[.、]|[)）]) ?`, sayNumbering),
		r(`(\d{4}) ?年? ?(`+dash+`|至|到) ?(\d{4}) ?(学?年|年度)`, sayYears),
		r(`(\d{4}) ?年 ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?`, sayDate),
		r(`(\d{4})([-./])(\d{1,2})([-./])(\d{1,2})`, sayWrittenDate),
		r(`(\d{2,4}) ?年`, sayYear),
		r(`(\d{4})(?:届|级)`, sayClassOf),
		r(`(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?`, sayTime),
		r(`(\d+(?:\.\d+)?) ?[:：] ?(\d+(?:\.\d+)?)`, sayRatio),
		r(`(\d{2,4}[- ])(\d{3,4})[- ](\d{3,4})`, sayGroupedPhone),
		r(`(010|02\d|0[3-9]\d{2})(?: ?`+dash+` ?| )?(\d{7,8})(?:`+dash+`(\d{1,6}))?`, sayLandline),
		r(`\d{3,12}`, sayPhone),
		r(`(`+anyNumber+`) ?([%‰])? ?(?:`+dash+`|至|到) ?(`+anyNumber+`) ?([%‰])`, sayPercents),
		r(`(`+anyNumber+`) ?([%‰])`, sayPercent),
		r(`(\d{1,3})/(\d{1,4})`, sayFraction),
		r(`[0-9A-Za-z]+(?:[-—][0-9A-Za-z]+)*`, sayCode),
		r(`(\d{1,3})(?:\.\d{1,3}){2,3}`, sayDotted),
		r(`(`+anyNumber+`)( ?(?:`+unitForm+`))? ?`+dash+` ?(`+anyNumber+`) ?(`+unitForm+`)`, sayMeasuredRange),
		r(`(`+anyNumber+`) ?`+dash+` ?(`+anyNumber+`)`, sayRange),
		r(`(`+anyNumber+`) ?(`+unitForm+`)`, sayQuantity),
		r(anyNumber, sayNumber),
	}
}

func sayNumbering(m []string, at place) (string, bool) {
	spaced := m[0] == m[1]+" "
	if !at.begins || isFigure(at.next()) || spaced && (!isHan(at.next()) || isCounted(at.after) || at.leads("月", "日", "时", "号")) {
		return "", false
	}
	parts := strings.Split(m[1], ".")
	for i := range parts {
		parts[i] = cardinal(parts[i])
	}
	return strings.Join(parts, "点") + "，", true
}

func isYear(s string) bool { return len(s) == 4 && s >= "1000" && s < "2200" }

func sayYears(m []string, _ place) (string, bool) {
	return digits(m[1]) + "至" + digits(m[3]) + m[4], isYear(m[1]) && isYear(m[3])
}

func sayDate(m []string, _ place) (string, bool) {
	said := digits(m[1]) + "年" + cardinal(trimZero(m[2])) + "月"
	if m[3] != "" {
		said += cardinal(trimZero(m[3])) + "日"
	}
	return said, true
}

func sayWrittenDate(m []string, at place) (string, bool) {
	month, _ := strconv.Atoi(m[3])
	day, _ := strconv.Atoi(m[5])
	ok := isYear(m[1]) && m[2] == m[4] && month >= 1 && month <= 12 && day >= 1 && day <= 31 && !isFigure(at.next())
	return digits(m[1]) + "年" + cardinal(trimZero(m[3])) + "月" + cardinal(trimZero(m[5])) + "日", ok
}

func isFigure(r rune) bool { return r >= '0' && r <= '9' }

// sayYear tells a year from a number of years: 2019年, 08年, but 10年 and 近1500年.
func sayYear(m []string, at place) (string, bool) {
	short := len(m[1]) == 2 && m[1][0] == '0'
	ok := short || isYear(m[1]) && !at.follows("近", "约", "超过", "长达", "共", "逾")
	return digits(m[1]) + "年", ok
}

func sayClassOf(m []string, at place) (string, bool) {
	return digits(m[1]) + strings.TrimLeft(m[0], "0123456789"), isYear(m[1]) && !at.follows("第")
}

func sayTime(m []string, at place) (string, bool) {
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	if hour > 24 || minute > 59 || isFigure(at.next()) || at.follows(ratioBefore...) || at.follows(titles...) {
		return "", false
	}
	said := hourSaid(m[1])
	if m[3] == "00" {
		m[3] = ""
	}
	if minute > 0 || m[3] != "" {
		said += minuteSaid(m[2]) + "分"
	}
	if m[3] != "" {
		said += minuteSaid(m[3]) + "秒"
	}
	return said, true
}

// ratioBefore are words before a ratio, titles before a number that a title follows.
var (
	ratioBefore = words("比例 比例为 按 按照 比 比为 比例尺 比例是 配比 配比为 达到")
	titles      = words("附件 表 图 注 例 附 附表 附图 专栏")
)

func hourSaid(s string) string {
	if s = trimZero(s); s == "2" {
		return "两点"
	}
	return cardinal(s) + "点"
}

func minuteSaid(s string) string {
	if s[0] == '0' {
		return digits(s)
	}
	return cardinal(s)
}

func trimZero(s string) string {
	if s = strings.TrimLeft(s, "0"); s == "" {
		return "0"
	}
	return s
}

// sayRatio reads 1:500. A wide colon is more often that of 附件1：2021年….
func sayRatio(m []string, at place) (string, bool) {
	ok := at.follows(ratioBefore...) || !strings.Contains(m[0], "：") && !at.follows(titles...)
	return number(m[1]) + "比" + number(m[2]), ok
}

// Telephone numbers.

// sayGroupedPhone reads 400-123-4567, 138 0013 8000 and 010-8888-8888.
func sayGroupedPhone(m []string, at place) (string, bool) {
	area := m[1][:len(m[1])-1]
	mobile := area[0] == '1' && len(area) == 3 && area[1] >= '3' && len(m[2]) == 4 && len(m[3]) == 4
	ok := mobile || area == "400" || area == "800" || area[0] == '0' && len(area) >= 3
	return dialled(area) + "，" + dialled(m[2]) + "，" + dialled(m[3]), ok && !isFigure(at.next())
}

func sayLandline(m []string, at place) (string, bool) {
	said := dialled(m[1]) + "，" + dialled(m[2])
	if m[3] != "" {
		said += "转" + dialled(m[3])
	}
	return said, !isFigure(at.next())
}

var mobile = regexp.MustCompile(`^(?:1[3-9]\d{9}|[48]00\d{7})$`)

// hotlines are those whose numbers are known wherever they stand; the emergency
// numbers, and 12345 before something that can be counted, need a word beside them.
var hotlines = words(`12345 12315 12333 12366 12328 12329 12309 12337 12355 12319 12320 12338 12348 12349 12350 12351 12356 12363
	12369 12371 12377 12380 12385 12388 12389 12393 12395 12305 12306 12301 12318 12331 12343 12370 12378 12381 12386 12123 96119 95598`)

// calling are words that stand before and behind a number that one dials.
var (
	callingBefore = words(`电话 热线 传真 手机 拨打 致电 号码 拨 电话： 热线： 传真： 手机： 电话: 热线: 传真: 手机: 电话为 电话是 号码为 号码是
		热线电话为 座机 座机： 微信号 短信 短信至 分机 分机号 报警 急救 转 服务热线 热线为 平台`)
	callingBehind = words(`热线 报警 急救 电话 指挥 平台 联动 便民 政务服务 消防救援 接警 短信`)
)

func words(s string) []string { return strings.Fields(s) }

func sayPhone(m []string, at place) (string, bool) {
	s := m[0]
	if at.next() == '.' && len(at.after) > 1 && isFigure(rune(at.after[1])) {
		return "", false
	}
	near := at.follows(callingBefore...) || at.leads(callingBehind...)
	switch {
	case mobile.MatchString(s):
	case isHotline(s) && (near || !isCounted(at.after)):
	case isEmergency(s) && (emergencyBefore.MatchString(at.before) || emergencyBehind.MatchString(at.after)):
	case len(s) <= 8 && near && !isCounted(at.after):
	case len(s) >= 7 && len(s) <= 8 && listsPhones(at.before):
	default:
		return "", false
	}
	return dialled(s), true
}

func isEmergency(s string) bool { return s == "110" || s == "119" || s == "120" || s == "122" }

// A number of an emergency stands beside another one.
var (
	emergencyBefore = regexp.MustCompile(`1(?:10|19|20|22)[、和或]$`)
	emergencyBehind = regexp.MustCompile(`^[、和或]1(?:10|19|20|22)(?:[^0-9]|$)`)
)

func isHotline(s string) bool {
	for _, h := range hotlines {
		if h == s {
			return true
		}
	}
	return false
}

var phones = regexp.MustCompile(`(?:电话|传真|热线|手机)[^。；！？]{0,12}\d{7,8}[、，,/ 转或]+$`)

// listsPhones says whether a number stands in a row of telephone numbers.
func listsPhones(before string) bool { return phones.MatchString(before) }

// Shares.

func share(n, sign string) string {
	whole := map[string]string{"%": "百分之", "‰": "千分之"}[sign]
	if n == "100" && sign == "%" {
		return "百分之百"
	}
	return whole + number(n)
}

func sayPercents(m []string, _ place) (string, bool) {
	if m[2] == "" {
		m[2] = m[4]
	}
	return share(m[1], m[2]) + "至" + share(m[3], m[4]), true
}

func sayPercent(m []string, _ place) (string, bool) { return share(m[1], m[2]), true }

func sayFraction(m []string, at place) (string, bool) {
	above, _ := strconv.Atoi(m[1])
	below, _ := strconv.Atoi(m[2])
	ok := above > 0 && above < below && m[1][0] != '0' && !strings.HasPrefix(at.after, "/") && at.last() != '/'
	return cardinal(m[2]) + "分之" + cardinal(m[1]), ok
}

// Codes.

var codeBefore = regexp.MustCompile(`(?:代码|编号|索引号|账号|帐号|卡号|证号|编码|邮编|号码|备案号|案号|批号|序列号|验证码|身份证号?)(?:为|是|[：:])?[ “]*$`)

// sayCode reads what is said digit by digit: after a word like 代码, with a zero in
// front, or longer than any amount is written without separators.
func sayCode(m []string, at place) (string, bool) {
	s := m[0]
	if strings.HasPrefix(at.after, ".") && len(at.after) > 1 && isFigure(rune(at.after[1])) {
		return "", false
	}
	bare := strings.Trim(s, "0123456789") == ""
	switch {
	case codeBefore.MatchString(at.before):
		return dialled(s), true
	case bare && (len(s) > 1 && s[0] == '0' || len(s) > longestCardinal):
		return digits(s), true
	case bare && (len(s) == 3 || len(s) == 4) && at.leads("室", "房间", "国道", "省道", "高速", "路公交", "次列车"):
		return dialled(s), true
	case !bare && mixed.MatchString(s) && !measured.MatchString(s):
		return dialled(s), true
	}
	return "", false
}

// mixed is a code of both letters and digits, as of a credit code or a plot: its
// letters stand between digits.
var mixed = regexp.MustCompile(`^(?:\d+[A-Za-z]+\d[0-9A-Za-z-]*|0\d*[A-Za-z-].*)$`)

// measured is a quantity, whose unit may end in a digit: 5m2.
var measured = regexp.MustCompile(`^\d+(?:` + unitForm + `)$`)

func sayDotted(m []string, _ place) (string, bool) {
	parts := strings.Split(m[0], ".")
	for i := range parts {
		parts[i] = cardinal(parts[i])
	}
	return strings.Join(parts, "点"), true
}

// Quantities.

func sayMeasuredRange(m []string, at place) (string, bool) {
	first, name := quantity(m[1], strings.TrimSpace(m[2]))
	last, lastName := quantity(m[3], m[4])
	return first + name + "至" + last + lastName, at.ends()
}

// sayRange reads 3—5. What stands between two strokes is a part of an address or a
// code: 3-1-501.
func sayRange(m []string, at place) (string, bool) {
	if at.last() == '-' || at.last() == '/' || strings.HasPrefix(at.after, "-") || isPart(m[1]) || isPart(m[2]) {
		return digits(m[1]) + "杠" + digits(m[2]), true
	}
	if isYear(m[1]) && isYear(m[2]) {
		return digits(m[1]) + "至" + digits(m[2]), true
	}
	return counting(m[1], counter(at.after)) + "至" + counting(m[2], at.after), true
}

// isPart says whether a number is more likely a part of a code: it is long, or begins
// with a zero.
func isPart(n string) bool {
	const long = 7
	return len(n) >= long && !strings.ContainsAny(n, ".,") || len(n) > 1 && n[0] == '0' && n[1] != '.'
}

// counter is what the first number of a range is counted in: that of the last, but
// for 万 and 亿, which go with the last alone.
func counter(after string) string {
	if strings.HasPrefix(after, "万") || strings.HasPrefix(after, "亿") {
		return ""
	}
	return after
}

func sayQuantity(m []string, at place) (string, bool) {
	n, unit := quantity(m[1], m[2])
	return n + unit, at.ends()
}

func sayNumber(m []string, at place) (string, bool) {
	return counting(m[0], strings.TrimLeft(at.after, " ")), true
}
