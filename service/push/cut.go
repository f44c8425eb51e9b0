package push

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"yuandu/wechat"
)

// cut takes the end of a text away and marks where with …: between words, never
// within a number or an emoji, and with what was opened closed.
func cut(s string, most int) string {
	pieces := pieces(s)
	at := lastFitting(pieces, most)
	for _, end := range []struct{ at, least int }{{listEnd(pieces, at), most * 3 / 4}, {wordEnd(pieces, at), most * 3 / 5}} {
		if text := closed(trimmed(pieces[:end.at])); wechat.Length(text) >= end.least {
			return text
		}
	}
	return closed(trimmed(pieces[:at]))
}

// lastFitting is how many pieces fit when they are closed.
func lastFitting(pieces []string, most int) int {
	for at := min(len(pieces), most); at > 0; at-- {
		if wechat.Length(closed(trimmed(pieces[:at]))) <= most {
			return at
		}
	}
	return 0
}

// listEnd is where the last whole member of a list ends, if the one after it is cut.
func listEnd(pieces []string, at int) int {
	if at == 0 || at == len(pieces) || isWeak(pieces[at]) || isWeak(pieces[at-1]) {
		return at
	}
	list := slices.Contains(pieces[:at], "、")
	for ; at > 0; at-- {
		if strings.Contains("、，；。：,;", pieces[at]) || list && strings.Contains("和与及以及", pieces[at]) {
			return at
		}
	}
	return 0
}

// wordEnd is the last end of a word that is known: between two characters that
// are in none it may be the middle of one.
func wordEnd(pieces []string, at int) int {
	for ; at > 0 && at < len(pieces); at-- {
		if !isLoose(pieces[at-1]) || !isLoose(pieces[at]) {
			return at
		}
	}
	return at
}

func isLoose(piece string) bool {
	return utf8.RuneCountInString(piece) == 1 && unicode.Is(unicode.Han, []rune(piece)[0]) && !isWeak(piece)
}

// isWeak says whether nothing may end with a piece: it wants more to follow.
func isWeak(piece string) bool {
	return strings.Contains(" 、 ， ； ： 。 , ; : · — - / ~ ～ 《 〈 “ ‘ （ ( 〔 [ 【 「 < 和 与 及 以及 的 或 或者 暨 并 对 对于 在 为 将 把 由 从 向 等 至 到 每 每立方米 每平方米 ",
		" "+piece+" ") || strings.TrimSpace(piece) == ""
}

// trimmed ends where something may end: a title of which hardly a word is left is
// not begun.
func trimmed(pieces []string) []string {
	if at := lastIndex(pieces, "《"); at > 0 && at > lastIndex(pieces, "》") && len(strings.Join(pieces[at+1:], "")) < 4*len("字") {
		pieces = pieces[:at]
	}
	for len(pieces) > 0 && isWeak(pieces[len(pieces)-1]) {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

func lastIndex(pieces []string, piece string) int {
	for i := len(pieces) - 1; i >= 0; i-- {
		if pieces[i] == piece {
			return i
		}
	}
	return -1
}

// pairs are what is opened, and what closes it.
var pairs = map[rune]rune{'《': '》', '〈': '〉', '“': '”', '‘': '’', '（': '）', '(': ')', '〔': '〕', '[': ']', '【': '】', '「': '」'}

// closed joins pieces, writes … and closes what they left open.
func closed(pieces []string) string {
	text := strings.Join(pieces, "")
	var open []rune
	for _, r := range text {
		if closing, opens := pairs[r]; opens {
			open = append(open, closing)
		} else if n := len(open); n > 0 && open[n-1] == r {
			open = open[:n-1]
		}
	}
	slices.Reverse(open)
	return text + "…" + string(open)
}

var (
	figure = regexp.MustCompile(`^第?(?:(?:[0-9０-９]+(?:[.,:：/~～—–-][0-9０-９]+)*[%‰％]?|[〇零一二三四五六七八九十百千万亿两]{2,})(?:个百分点|平方米|周岁|万元|亿元|个月|年度|季度|[年月日号条章项届次期批岁元个倍度级天户人万亿楼期区])?)+`)
	latin  = regexp.MustCompile(`^[\p{Latin}0-9]+(?:[.&'+-][\p{Latin}0-9]+)*`)
)

// pieces parts a text into what must not be parted further: words that are known,
// numbers with what they count, words in Latin letters, signs as they are seen.
func pieces(s string) (list []string) {
	for s != "" {
		n := pieceLen(s)
		list, s = append(list, s[:n]), s[n:]
	}
	return list
}

func pieceLen(s string) int {
	if n := wordLen(s); n > 0 {
		return n
	}
	for _, shape := range []*regexp.Regexp{figure, latin} {
		if m := shape.FindString(s); m != "" && wechat.Length(m) <= longestPiece {
			return len(m)
		}
	}
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	if wechat.Length(cluster) > longestPiece {
		_, n := utf8.DecodeRuneInString(s)
		return n
	}
	return len(cluster)
}

// longestPiece is the longest that is kept in one: more would leave nothing.
const longestPiece = 12

func wordLen(s string) int {
	for n := longestWord; n > 1; n-- {
		if end := runesLen(s, n); end > 0 && words[s[:end]] {
			return end
		}
	}
	return 0
}

// runesLen is where the first n characters end, 0 where there are fewer.
func runesLen(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	if n == 0 {
		return len(s)
	}
	return 0
}
