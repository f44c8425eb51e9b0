package speech

import (
	"regexp"
	"strings"
)

// signs are said wherever they stand; what is not here is not said.
var signs = map[rune]string{
	',': "，", ';': "；", ':': "：", '?': "？", '!': "！", '(': "，", ')': "，", '（': "，", '）': "，", '[': "，", ']': "，",
	'〔': "，", '〕': "，", '［': "，", '］': "，", '【': "，", '】': "，", '…': "，", '—': "，", '–': "，", '｜': "，", '|': "，", '━': "，",
	'≥': "大于等于", '≧': "大于等于", '≤': "小于等于", '≦': "小于等于", '>': "大于", '<': "小于", '=': "等于", '≠': "不等于", '≈': "约等于",
	'±': "正负", '÷': "除以", '+': "加", '&': "和", '@': "艾特", '№': "编号", '℃': "摄氏度", '㎡': "平方米", '㎥': "立方米", '°': "度",
	'→': "到", '½': "二分之一", '⅓': "三分之一", '⅔': "三分之二", '¼': "四分之一", '¾': "四分之三", '²': "平方", '³': "立方", '/': "，",
	'α': "阿尔法", 'β': "贝塔", 'γ': "伽马", 'μ': "微", 'Ω': "欧姆", '′': "分", '″': "秒", '%': "百分号", '‰': "千分号",
}

// signRules read what begins with a sign.
var signRules []rule

func init() {
	numeral := `[一二三四五六七八九十]{1,3}`
	signRules = []rule{
		r(`[（(] ?(`+numeral+`|\d{1,3}) ?[)）] ?(?:[、.．])?`, sayBracketed),
		r(`[〔\[［【（(] ?(\d{4}) ?[〕\]］】）)] ?(第?) ?(\d{1,5}) ?号`, sayFileNumber),
		r(`[（(](0\d{2,3})[)）][ -]?(\d{7,8})(?:`+dash+`(\d{1,6}))?`, sayLandline),
		r(`[（(](\d{4})[)）]`, func(m []string, _ place) (string, bool) { return "，" + digits(m[1]) + "，", isYear(m[1]) }),
		r(dash+` ?(\d{1,2})[:：](\d{2})`, sayUntil),
		r(`\+?86[- ]?(1[3-9]\d{9})`, sayAbroad),
		r(`[¥￥] ?(`+anyNumber+`)((?:千|百)?[万亿]?)(元?)`, currency("元")),
		r(`(?:US)?\$ ?(`+anyNumber+`)((?:千|百)?[万亿]?)(美?元?)`, currency("美元")),
		r(`€ ?(`+anyNumber+`)((?:千|百)?[万亿]?)(欧?元?)`, currency("欧元")),
		r(`£ ?(`+anyNumber+`)((?:千|百)?[万亿]?)()`, currency("英镑")),
		r(`[-−－–](`+anyNumber+`) ?(?:℃|°C|摄氏度|度)? ?(?:`+dash+`|至|到) ?([-−－–]?)(`+anyNumber+`) ?(℃|°C|摄氏度|度)`, sayColdRange),
		r(`[-−－–](`+anyNumber+`) ?(℃|°C|摄氏度|度)`, sayCold),
		r(`[-−－–](`+anyNumber+`)(%?)`, sayNegative),
		r(`[①-⑳]`, sayCircled('①', 1)),
		r(`[⑴-⒇]`, sayCircled('⑴', 1)),
		r(`[⒈-⒛]`, sayCircled('⒈', 1)),
		r(`[㈠-㈩]`, sayCircled('㈠', 1)),
		r(`[Ⅰ-Ⅻ]`, sayRoman),
		r(`○|〇`, sayZero),
		r(`[-－](\d+)`, sayJoined),
		r(`[~～〜]|`+dash, sayTo),
		r(`[×xX＊*]{1,8}`, sayTimes),
		r(`/ ?(`+unitForm+`|`+perForm+`)`, sayPer),
		r(`#`, func(_ []string, at place) (string, bool) { return "号", isFigure(at.last()) }),
		r(`[“”‘’「」『』]+`, func([]string, place) (string, bool) { return silence, true }),
		r(`》(?:[^《]{0,0})《`, func([]string, place) (string, bool) { return "、", true }),
		r(`·`, func([]string, place) (string, bool) { return silence, true }),
		r(`\.`, func(_ []string, at place) (string, bool) {
			return "点", isFigure(at.last()) && isFigure(at.next())
		}),
		r(` +`, sayBlank),
	}
}

// sayBracketed reads （一） and (3): by itself at the head of a line and in it, and as
// an ordinal after 第 or what has parts.
func sayBracketed(m []string, at place) (string, bool) {
	n := m[1]
	if isFigure(rune(n[0])) {
		n = cardinal(n)
	}
	if at.leads("项", "款", "目") && !at.begins {
		return "第" + n, true
	}
	if at.leads("至", "到", "—", "－", "-", "、", "和", "或") && parts.MatchString(at.after) {
		return "第" + n, true
	}
	return "，" + n + "，", true
}

// parts is how a row of brackets ends that names parts of a law: 至（三）项.
var parts = regexp.MustCompile(`^[至到—－、和或-][（(][一二三四五六七八九十\d]{1,3}[)）](?:[至到—－、和或-][（(][一二三四五六七八九十\d]{1,3}[)）])*[项款目]`)

// sayFileNumber reads the year and the number of 国发〔2019〕5号.
func sayFileNumber(m []string, _ place) (string, bool) {
	return "，" + digits(m[1]) + "，" + m[2] + cardinal(m[3]) + "号", true
}

func sayAbroad(m []string, _ place) (string, bool) { return dialled(m[1]), true }

// currency reads an amount behind its sign.
func currency(name string) func([]string, place) (string, bool) {
	return func(m []string, _ place) (string, bool) {
		return counting(m[1], "元") + m[2] + name, true
	}
}

// sayUntil reads the end of 8:30—11:30.
func sayUntil(m []string, at place) (string, bool) {
	said, ok := sayTime([]string{m[0], m[1], m[2], ""}, place{after: at.after})
	return "至" + said, ok && isFigure(at.last())
}

func sayCold(m []string, at place) (string, bool) {
	return "零下" + number(m[1]) + unitName(m[2]), !joined(at)
}

func sayColdRange(m []string, at place) (string, bool) {
	last := number(m[3])
	if m[2] != "" {
		last = "零下" + last
	}
	return "零下" + number(m[1]) + "至" + last + unitName(m[4]), !joined(at)
}

func unitName(s string) string {
	if name, ok := units[s]; ok {
		return name
	}
	return s
}

func sayNegative(m []string, at place) (string, bool) {
	if m[2] != "" {
		return "负" + share(m[1], m[2]), !joined(at)
	}
	return "负" + number(m[1]), !joined(at)
}

// joined says whether a stroke ties what is before it to what is behind it.
func joined(at place) bool {
	if at.follows("同比", "环比", "指数", "气温", "温度", "增长", "增速", "为", "是", "至", "到", "达", "低于", "零下") {
		return false
	}
	r := at.last()
	return isFigure(r) || isLetter(r) || isHan(r) || r == ')' || r == '）' || r == '%'
}

func sayJoined(m []string, at place) (string, bool) {
	return "杠" + digits(m[1]), isFigure(at.last()) || isLetter(at.last())
}

func sayCircled(first rune, n int) func([]string, place) (string, bool) {
	return func(m []string, _ place) (string, bool) {
		i := int([]rune(m[0])[0]-first) + n
		return "，" + small(i) + "，", true
	}
}

func small(i int) string {
	tens := [...]string{"", "十", "二十"}[i/10]
	if i%10 == 0 {
		return tens
	}
	return tens + hanDigit(byte('0'+i%10))
}

func sayRoman(m []string, at place) (string, bool) {
	n := small(int([]rune(m[0])[0]-'Ⅰ') + 1)
	if at.begins && at.leads(".", "、", "．") {
		n += "，"
	}
	return n, true
}

// sayZero reads the ○ that stands for 〇 in years: 二○二一年; ○ elsewhere is no word.
func sayZero(_ []string, at place) (string, bool) {
	near := strings.ContainsRune("一二三四五六七八九〇○零", at.last()) || strings.ContainsRune("一二三四五六七八九〇○", at.next())
	if !near {
		return silence, true
	}
	return "零", true
}

// sayTo reads a stroke: 至 behind a unit and before a number, 至 between two places of a
// line, else a pause.
func sayTo(m []string, at place) (string, bool) {
	if isFigure(at.next()) && (isHan(at.last()) || at.last() == '%' || at.last() == '℃') && len([]rune(m[0])) <= 2 {
		return "至", true
	}
	if strings.ContainsAny(m[0], "~～〜") && isHan(at.last()) && isHan(at.next()) {
		return "至", true
	}
	if m[0] == "-" && isLetter(at.last()) {
		return silence, true
	}
	return "，", true
}

// sayTimes reads a × between numbers, and that which hides a name: 李××, ×市.
func sayTimes(m []string, at place) (string, bool) {
	n := len([]rune(m[0]))
	figures := isFigure(at.last()) || isLetter(at.last()) || at.last() == ')' || at.last() == '）'
	switch {
	case strings.ContainsAny(m[0], "*＊") && !figures && (n == 1 || at.begins || strings.Contains(at.before, "**")):
		return silence, true // of a remark, or around bold words
	case n == 1 && (isFigure(at.next()) || strings.ContainsAny(at.before, "=/÷")):
		return "乘", true
	case n == 1 && figures && (isFigure(at.next()) || at.next() == ' ' || at.next() == '（' || at.next() == '('):
		return "乘", true
	}
	return strings.Repeat("某", min(n, 3)), true
}

// sayPer reads the stroke of 元/吨.
func sayPer(m []string, at place) (string, bool) {
	ok := perBefore.MatchString(at.before) && (at.ends() || isHan(at.last()))
	return "每" + unit(m[1]), ok
}

var perBefore = regexp.MustCompile(`(?:元|角|吨|公斤|千克|克|米|公里|人次|人|次|户|辆|升|千瓦时|度|分|件|个|套|美元|平方米|立方米|亩|课时|小时|天|标准煤|当量|标准)$`)

// sayBlank makes a pause of a blank behind 第一条 and the like and between two words
// in a title, and nothing of those that print puts around figures.
func sayBlank(_ []string, at place) (string, bool) {
	switch {
	case label.MatchString(at.before):
		return "，", true
	case isHan(at.last()) && isHan(at.next()) && !at.begins:
		return "，", true
	}
	return silence, true
}

var label = regexp.MustCompile(`^ ?第[一二三四五六七八九十百零〇\d]+[条章节编款]$`)

// letterRules read what begins with a letter.
var letterRules []rule

const (
	mail = `[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`
	link = `(?:https?://|www\.)[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9./?=&%_#:+~-]*)?`
)

func init() {
	letterRules = []rule{
		r(link, sayLink),
		r(mail, sayMail),
		r(`(?i:pm) ?(2\.5|10|1)`, func(m []string, _ place) (string, bool) { return "PM" + number(m[1]), true }),
		r(`[Vv](\d+)\.(\d+)`, func(m []string, _ place) (string, bool) { return "V" + cardinal(m[1]) + "点" + digits(m[2]), true }),
		r(`([A-Z]{2,5}(?:\d{0,4}/[A-Z]{1,2})?) ?(\d[\d.]*)(?: ?[-—–] ?(\d{2,4}))?`, sayStandard),
		r(`([A-Za-z]+)-?(\d+)([A-Za-z]+\d*)?(?:-(\d+))?`, sayLettered),
		r(`US\$ ?(`+anyNumber+`)((?:千|百)?[万亿]?)(美?元?)`, currency("美元")),
		r(`(?:http|ftp)\S*`, func([]string, place) (string, bool) { return silence, false }),
		r(`[Xx×]{2,8}`, sayTimes),
		r(`x`, func(m []string, at place) (string, bool) {
			return "乘", isFigure(at.last()) && isFigure(at.next())
		}),
		r(`[A-Za-z]+(?:[ '-][A-Za-z]+)*`, func(m []string, _ place) (string, bool) {
			return strings.ToUpper(strings.NewReplacer(" ", "", "'", "", "-", "").Replace(m[0])), true
		}),
	}
}

// sayLink says whose address it is; nobody listens to the rest of it.
func sayLink(m []string, _ place) (string, bool) {
	address := strings.TrimPrefix(strings.TrimPrefix(m[0], "https://"), "http://")
	host, _, _ := strings.Cut(address, "/")
	host, _, _ = strings.Cut(host, ":")
	return dotted(strings.TrimRight(host, ".")), true
}

func sayMail(m []string, _ place) (string, bool) {
	name, host, _ := strings.Cut(m[0], "@")
	return dotted(name) + "艾特" + dotted(host), true
}

var spelledSigns = strings.NewReplacer(".", "点", "_", "下划线", "-", "杠", "+", "加")

func dotted(s string) string {
	var out strings.Builder
	for _, r := range spelledSigns.Replace(s) {
		if isFigure(r) {
			out.WriteString(hanDigit(byte(r)))
		} else {
			out.WriteRune(r)
		}
	}
	return strings.ToUpper(out.String())
}

// sayStandard reads the number of a standard: GB/T 19001—2016.
func sayStandard(m []string, _ place) (string, bool) {
	said := digits(m[1]) + digitsAndPoints(m[2])
	if m[3] != "" {
		said += "，" + digits(m[3])
	}
	return said, true
}

func digitsAndPoints(s string) string {
	parts := strings.Split(strings.TrimRight(s, "."), ".")
	for i := range parts {
		parts[i] = digits(parts[i])
	}
	return strings.Join(parts, "点")
}

func sayLettered(m []string, _ place) (string, bool) {
	said := strings.ToUpper(m[1]) + digits(m[2]) + digits(m[3])
	if m[4] != "" {
		said += "杠" + digits(m[4])
	}
	return said, true
}

// hanRules read what begins with a hanzi and is not said as it is written.
var hanRules []rule

func init() {
	hanRules = []rule{
		r(`第 ?(\d{1,6}) ?(?:(`+dash+`|至|到) ?第? ?(\d{1,6}))?`, sayOrdinal),
		r(`第 ?[（(] ?([一二三四五六七八九十]{1,3}|\d{1,3}) ?[)）]`, sayOrdinalBracket),
		r(`〇`, func([]string, place) (string, bool) { return "零", true }),
	}
}

func sayOrdinal(m []string, _ place) (string, bool) {
	said := "第" + cardinal(m[1])
	if m[3] != "" {
		said += "至第" + cardinal(m[3])
	}
	return said, true
}

func sayOrdinalBracket(m []string, _ place) (string, bool) {
	n := m[1]
	if isFigure(rune(n[0])) {
		n = cardinal(n)
	}
	return "第" + n, true
}
