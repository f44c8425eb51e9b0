package wechat

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"yuandu/model"
)

var (
	errFieldEmpty = &model.Error{Kind: model.Invalid, Code: "wechat.field_empty"}
	errFieldLong  = &model.Error{Kind: model.Invalid, Code: "wechat.field_long"}
)

// rule is what a type of field may hold, from the page of the send API. most
// counts characters; shape nil allows any.
type rule struct {
	most  int
	shape *regexp.Regexp
}

const (
	clock = `\d{1,2}:\d{2}(?::\d{2})?`
	day   = `(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?)`
)

var (
	plate = `^[\p{Han}0-9A-Za-z][0-9A-Za-z]*[\p{Han}0-9A-Za-z]$`
	rules = map[string]rule{
		"thing":            {20, nil},
		"character_string": {32, regexp.MustCompile(`^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$`)},
		"number":           {32, regexp.MustCompile(`^-?\d+(?:\.\d+)?$`)},
		"letter":           {32, regexp.MustCompile(`^[A-Za-z]+$`)},
		"symbol":           {5, regexp.MustCompile(`^[\p{P}\p{S}]+$`)},
		"time":             {0, ranged(`(?:` + day + ` ?)?` + clock)},
		"date":             {0, ranged(day + `(?: ?` + clock + `)?`)},
		"amount":           {0, regexp.MustCompile(`^\p{Sc}?\d{1,10}(?:\.\d+)?元?$`)},
		"phone_number":     {17, regexp.MustCompile(`^[0-9+\-() ]+$`)},
		"car_number":       {8, regexp.MustCompile(plate)},
		"name":             {20, regexp.MustCompile(`^[\p{Han}A-Za-z\p{P}\p{S} ]+$`)},
		"phrase":           {5, regexp.MustCompile(`^\p{Han}+$`)},
		"enum":             {0, nil}, // the template's list says what
	}
	keyShape = regexp.MustCompile(`^([a-z]+(?:_[a-z]+)?)\d{1,4}$`)
)

// mostHan is how long a name with 汉字 in it is.
const mostHan = 10

func ranged(one string) *regexp.Regexp {
	return regexp.MustCompile(`^` + one + `(?: ?~ ?` + one + `)?$`)
}

// CheckField says whether a template's field may hold value. Its key begins
// with its type: thing7, date2. A type that no page explains (short_thing) is
// held to what goes for all. Errors name the key as their field.
func CheckField(key, value string) error {
	kind := typeOf(key)
	if kind == "" {
		return errField.With(key, nil)
	}
	if strings.TrimSpace(value) == "" {
		return errFieldEmpty.With(key, nil)
	}
	r := rules[kind]
	if kind == "name" && strings.ContainsFunc(value, isHan) {
		r.most = mostHan
	}
	switch {
	case r.most > 0 && Length(value) > r.most:
		return errFieldLong.With(key, map[string]any{"most": r.most})
	case !utf8.ValidString(value), strings.ContainsFunc(value, unicode.IsControl),
		r.shape != nil && !r.shape.MatchString(value):
		return errField.With(key, nil)
	}
	return nil
}

// Fit makes a text fit a field of type thing or name: on one line, the end cut
// away and marked with … where it is too long. Other types it leaves alone:
// half a date is no date.
func Fit(key, value string) string {
	most := map[string]int{"thing": 20, "name": mostHan}[typeOf(key)]
	if most == 0 {
		return value
	}
	value = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(value, ""), isBreak), " ")
	if Length(value) <= most {
		return value
	}
	for Length(value) > most-1 {
		_, last := utf8.DecodeLastRuneInString(value)
		value = value[:len(value)-last]
	}
	return strings.TrimRight(value, " ，、。；：（《“") + "…"
}

// FieldTypes lists the types of fields that WeChat explains.
func FieldTypes() []string { return slices.Sorted(maps.Keys(rules)) }

// FieldType is the type of a key, "" for one that is malformed or of a type that
// WeChat does not explain.
func FieldType(key string) string {
	if _, known := rules[typeOf(key)]; known {
		return typeOf(key)
	}
	return ""
}

// Most is how many characters a value of a type may have, 0 where its form alone
// says; a name in Latin letters may be twice as long.
func Most(kind string) int {
	if kind == "name" {
		return mostHan
	}
	return rules[kind].most
}

func typeOf(key string) string {
	if m := keyShape.FindStringSubmatch(key); m != nil {
		return m[1]
	}
	return ""
}

// Length is how long a value is to WeChat: it counts as UTF-16 does. How WeChat
// counts an emoji is not written anywhere; this is the longer way.
func Length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func isBreak(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
