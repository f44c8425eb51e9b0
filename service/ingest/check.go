package ingest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yuandu/model"
)

// maxText is the longest body a document may have: the longest law has 0.3 MB.
const maxText = 5 << 20

// check says why a row is no document, beyond what is known to be wrong with it.
func check(row Row, wrong []*RowError) (more []*RowError) {
	for _, c := range row.required() {
		known := slices.ContainsFunc(wrong, func(e *RowError) bool { return e.Column == c.Name() })
		if row.Values[c] == "" && !known {
			more = append(more, row.Reject(c, "不能为空"))
		}
	}
	if n := len(row.Values[Text]); n > maxText {
		more = append(more, row.Reject(Text, fmt.Sprintf("有 %.1f MB，最多 5 MB，请拆成几份文件", float64(n)/(1<<20))))
	}
	return more
}

// tidy is a value as its column wants it, or the reason why it cannot be.
func tidy(c Column, f field) (value, reason string) {
	value = trim(f.value)
	switch {
	case strings.ContainsRune(value, 0):
		return "", "有空字符（NUL），请删去"
	case strings.ContainsRune(value, utf8.RuneError): // finds broken bytes too
		return "", "有认不出的字（不是 UTF-8，或编码已损坏），请从原文重新导出"
	case formulaErrors[strings.ToUpper(value)]:
		return "", "是公式没有算出来的结果，请改成文字"
	case c != Title && c != Text && c != AgendaTitle && placeholders[value]:
		return "", ""
	case c.isDay():
		return tidyDay(c, value)
	case c == URL:
		return tidyURL(value)
	case f.meta && c == Issuer && !isOffice(value),
		f.meta && c == DocNumber && model.NumberKey(value) == "":
		return "", ""
	}
	return value, ""
}

// formulaErrors stand where a formula has no result.
var formulaErrors = map[string]bool{"#N/A": true, "#REF!": true, "#VALUE!": true, "#NAME?": true, "#DIV/0!": true,
	"#NUM!": true, "#NULL!": true}

// placeholders stand where a value is not known.
var placeholders = map[string]bool{"无": true, "暂无": true, "-": true, "—": true, "/": true, "null": true, "N/A": true}

// isOffice says whether a value could be the name of an office, which an issuer
// has to in a carelessly filled meta object: 加快布局 is none.
func isOffice(value string) bool {
	return officeName.MatchString(value) && !strings.HasSuffix(value, "布局")
}

var officeName = regexp.MustCompile(`^\p{Han}{2,}(委|会|局|厅|部|院|府|办|办公室|中央|中心|署|行)$`)

func tidyDay(c Column, value string) (day, reason string) {
	if _, said := saysEnded(c, value); said {
		return value, ""
	}
	d, err := model.ParseDay(value)
	if err != nil {
		return "", fmt.Sprintf("“%s”不是日期，应写作 2021-03-30 或 2021年3月30日", model.Shortened(value, 40))
	}
	return string(d), ""
}

// saysEnded reads an 失效日期 that says only whether the document has ended.
func saysEnded(c Column, value string) (validity string, said bool) {
	if c != ExpiryDate {
		return "", false
	}
	switch strings.ToLower(value) {
	case "true", "1", "是", "失效", "已失效":
		return "失效", true
	case "false", "0", "否", "有效":
		return "", true
	}
	return "", false
}

var markdownLink = regexp.MustCompile(`^\[[^\]]*\]\(([^()\s]+)\)$`)

func tidyURL(value string) (address, reason string) {
	if m := markdownLink.FindStringSubmatch(value); m != nil {
		value = m[1]
	}
	lower := strings.ToLower(value)
	if value != "" && !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") ||
		strings.ContainsFunc(value, unicode.IsSpace) {
		return "", fmt.Sprintf("“%s”不是网址，应以 http:// 或 https:// 开头", model.Shortened(value, 40))
	}
	return value, ""
}

func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' })
}
