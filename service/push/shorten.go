package push

import (
	"regexp"
	"strings"
	"unicode"

	"yuandu/wechat"
)

// Shorten makes a document's title fit, with what it is about kept: first goes
// who issued it, then the words of the cover (关于印发…的通知), the city's name,
// what stands in brackets, the marks around a single title and words that say
// little; only then its end.
func Shorten(title string, most int, city string) string {
	reading := tidy(title)
	for _, simpler := range []func(string) string{
		whole, withoutIssuer, withoutCover, withoutNumbers, without(city), innerCovers, withoutAsides, withoutHours, withoutMarks, withoutFiller, withoutLead, withoutOffice,
	} {
		if next := strings.TrimSpace(simpler(reading)); wechat.Length(next) >= fewestLeft {
			reading = next
		}
		if wechat.Length(reading) <= most {
			return reading
		}
	}
	return cut(reading, most)
}

// fewestLeft keeps a title from being taken apart to nothing.
const fewestLeft = 4

func whole(s string) string { return s }

var (
	angled    = regexp.MustCompile(`<([^<>]*\p{Han}[^<>]*)>`)
	docNumber = regexp.MustCompile(`(?:贯彻|落实)*\p{Han}{2,8}[〔\[【]\d{4}[〕\]】]第?\d{1,4}号(?:文件(?:精神)?[，,]?|$)|[（(]\p{Han}{2,10}[〔\[【]\d{4}[〕\]】]第?\d{1,4}号[）)]`)
	hours     = regexp.MustCompile(`(?:\d{1,2}月)?(?:\d{1,2}日)?\d{1,2}[:：]\d{2}(?:[至到~—-]+(?:次日|当日|(?:\d{1,2}月)?(?:\d{1,2}日)?)\d{1,2}[:：]\d{2})?(?:期间)?`)
	aside     = regexp.MustCompile(`[（(【][^（(【）)】]*[）)】]`)
)

// tidy puts a text on one line, without what cannot be seen, and with its title
// marks in pairs.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Cc):
			return ' '
		case unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs) && r != joiner:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = angled.ReplaceAllString(s, "《$1》")
	return paired(strings.Trim(strings.Join(strings.Fields(s), " "), string(joiner)))
}

// joiner holds the parts of one emoji together.
const joiner = '\u200d'

// paired takes away title marks whose other half is missing.
func paired(s string) string {
	var b strings.Builder
	open, left := 0, strings.Count(s, "》")
	for _, r := range s {
		switch {
		case r == '《' && left <= open:
			continue
		case r == '《':
			open++
		case r == '》':
			if left--; open == 0 {
				continue
			}
			open--
		}
		b.WriteRune(r)
	}
	return b.String()
}

// office is how the names of those who issue documents end.
const office = `(?:政府|办公室|办公厅|办|局|委员会|委|厅|院|部|中心|会|处|署|行|公司|总队|支队|领导小组|等部门|国务院|中央|省|市|县|区|州)`

var (
	issuer    = regexp.MustCompile(`^[^《]{2,60}?` + office + `((?:印发|转发|批转|发布|公布)?(?:《.*》)?关于.+|(?:印发|转发|批转|发布|公布)《?.+(?:通知|公告|通告))$`)
	lateIssue = regexp.MustCompile(`^[^《]*(?:印发|出台|发布|公布)了?(《.+》)(?:的通知)?$`)
	cover     = regexp.MustCompile(`^(?:关于)?(?:印发|转发|发布|公布|下发|批转)(.+)的(?:补充|紧急)?(?:通知|公告|通告|函)` + asideEnd)
	asked     = regexp.MustCompile(`^关于(?:公开|再次|向社会)*征求(《.+》|.+?)(?:[（(]征求意见稿[）)])?(?:公众|社会)?(?:意见|意见建议)的(?:通知|公告|通告|函)` + asideEnd)
	told      = regexp.MustCompile(`^关于(《.+》|.+?)的?(?:政策|有关政策)?(解读|说明|问答|起草说明)` + asideEnd)
	plain     = regexp.MustCompile(`^关于(.+)的(?:实施|指导|若干|补充|紧急|工作|情况)*(?:通知|公告|通告|意见|建议|决定|决议|批复|复函|函|通报|报告|请示)` + asideEnd)
	bare      = regexp.MustCompile(`^关于(.+)$`)
	marked    = regexp.MustCompile(`《([^《》]+)》`)
	alone     = regexp.MustCompile(`^《([^《》]+)》$`)
)

// asideEnd is what may follow a cover: （试行）.
const asideEnd = `(?:[（(][^）)]*[）)])?$`

// withoutIssuer begins with what a title is about: 鸢都市民政局关于… is 关于….
func withoutIssuer(s string) string {
	if m := issuer.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return s
}

// withoutCover takes what a paper only carries out of its cover, which may lie in
// another one. What changes its sense stays: 关于修改《…》的决定 is 修改《…》.
func withoutCover(s string) string {
	for range 3 {
		next := uncovered(withoutIssuer(s))
		if next == s {
			break
		}
		s = next
	}
	return s
}

func uncovered(s string) string {
	if m := lateIssue.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	if m := cover.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	if m := asked.FindStringSubmatch(s); m != nil {
		return "征求意见：" + m[1]
	}
	if m := told.FindStringSubmatch(s); m != nil {
		return m[1] + m[2]
	}
	for _, shape := range []*regexp.Regexp{plain, bare} {
		if m := shape.FindStringSubmatch(s); m != nil {
			return m[1]
		}
	}
	return s
}

// withoutNumbers takes document numbers away: a field of their own shows them.
func withoutNumbers(s string) string { return docNumber.ReplaceAllString(s, "") }

// innerCovers takes the covers off the titles within a title.
func innerCovers(s string) string {
	return marked.ReplaceAllStringFunc(s, func(title string) string {
		return "《" + withoutAsides(withoutCover(title[len("《"):len(title)-len("》")])) + "》"
	})
}

// without takes a city's name away: its residents know where they are.
func without(city string) func(string) string {
	return func(s string) string {
		for _, name := range []string{city, "我市", "全市", "中华人民共和国"} {
			if name != "" {
				s = strings.ReplaceAll(s, name, "")
			}
		}
		return s
	}
}

func withoutAsides(s string) string { return aside.ReplaceAllString(s, "") }

// withoutHours leaves that water is cut off, and where.
func withoutHours(s string) string { return hours.ReplaceAllString(s, "") }

func withoutMarks(s string) string { return alone.ReplaceAllString(s, "$1") }

var (
	fillers  = strings.NewReplacer("进一步", "", "切实", "", "扎实", "", "继续", "", "深入", "", "全面", "", "实行", "")
	emptyEnd = regexp.MustCompile(`(?:的?(?:若干|有关|相关)(?:工作|事项|事宜|问题|政策措施|政策|措施|规定|意见)|工作)$`)
	byOffice = regexp.MustCompile(`^\p{Han}{2,12}(?:局|办公室|委员会|厅)([^《关于]{8,})$`)
	lead     = regexp.MustCompile(`^(?:认真|组织)?(?:做好|抓好|开展|推进)`)
)

func withoutFiller(s string) string { return emptyEnd.ReplaceAllString(fillers.Replace(s), "") }

func withoutLead(s string) string { return lead.ReplaceAllString(s, "") }

func withoutOffice(s string) string { return byOffice.ReplaceAllString(s, "$1") }
