package file

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yuandu/media"
)

// longestName is the most that a name may have, in characters.
const longestName = 200

// unnamedStem is what a file is called that came without a name.
const unnamedStem = "未命名"

// ending is what stands behind the last dot of a name, in lower case, where that
// looks like the ending of a file: 2023年 or 0 is none.
func ending(name string) string {
	_, after, _ := strings.Cut(path.Ext(name), ".")
	if after == "" || len(after) > 4 || strings.Trim(after, "0123456789") == "" {
		return ""
	}
	for _, r := range after {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return ""
		}
	}
	return strings.ToLower(after)
}

// cleaned is a name as it is kept: without folders, without what can't be seen or
// turns what is seen around, and with the ending of what the file is.
func cleaned(name string, t *media.FileType) string {
	stem := visible(name[strings.LastIndexAny(name, `/\`)+1:])
	given := ending(stem)
	stem = stem[:len(stem)-len(given)]
	if given != "" {
		stem = strings.TrimSuffix(stem, ".")
	}
	if !slices.Contains(t.Endings, given) {
		given = t.Endings[0]
	}
	stem = shortened(strings.Trim(stem, " ."), longestName-1-len(given))
	if stem == "" {
		stem = unnamedStem
	}
	return stem + "." + given
}

// visible leaves out control characters and those that only steer how a text is
// shown, puts _ for what names of files may not hold, and one blank for many.
func visible(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError || unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || r == '\u115f' || r == '\u3164': // the last two are blanks that count as letters
			return -1
		case strings.ContainsRune(`:*?"<>|`, r):
			return '_'
		}
		return r
	}, name)
	return strings.Join(strings.Fields(name), " ")
}

func shortened(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return strings.TrimRight(string(runes[:most]), " .")
	}
	return s
}
