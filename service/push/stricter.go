package push

import (
	"regexp"
	"strings"

	"yuandu/wechat"
)

var (
	odd       = regexp.MustCompile(`[^\p{Han}A-Za-z0-9，、；：。]+`)
	oddSign   = regexp.MustCompile(`[^A-Za-z0-9-]+`)
	han       = regexp.MustCompile(`\p{Han}+`)
	digits    = regexp.MustCompile(`[0-9]{1,10}`)
	dayOnly   = regexp.MustCompile(`[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日`)
	clockOnly = regexp.MustCompile(`[0-9]{1,2}:[0-9]{2}`)
)

// strictest is how many characters a field of type thing has at its second try.
const strictest = 15

// stricter says by type what a refused value becomes.
var stricter = map[string]func(refused string) string{
	"thing": func(refused string) string {
		plain := odd.ReplaceAllString(refused, "")
		if wechat.Length(plain) > strictest {
			plain = cut(plain, strictest)
		}
		return strings.Trim(strings.TrimSuffix(plain, "…"), "，、；：。")
	},
	"name": func(refused string) string {
		return first(strings.Join(han.FindAllString(refused, -1), ""), wechat.Most("name"))
	},
	"phrase":           func(string) string { return stands["phrase"] },
	"character_string": func(refused string) string { return strings.Trim(oddSign.ReplaceAllString(refused, ""), "-") },
	"number":           digits.FindString,
	"amount":           digits.FindString,
	"date":             dayOnly.FindString,
	"time":             clockOnly.FindString,
}

// Stricter is what a field says when it is tried once more after WeChat refused
// it (47003): plainer and shorter, by its type's rule. ok is false where there is
// nothing else to try.
func Stricter(key, refused string) (value string, ok bool) {
	make, known := stricter[wechat.FieldType(key)]
	if !known {
		return "", false
	}
	value = make(refused)
	return value, value != refused && wechat.CheckField(key, value) == nil
}

func first(s string, n int) string {
	if end := runesLen(s, n); end > 0 {
		return s[:end]
	}
	return s
}
