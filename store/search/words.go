package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words parts a folded query into the words that are looked for: at blanks
// and signs, and between Chinese and other letters where both sides carry
// something of their own (5g基站 is 5g and 基站, but 3号楼 is one word). What
// stands in quotation marks stays one word, without its blanks.
func Words(q string) []string {
	var words []string
	for q != "" {
		before, phrase, after := cutQuoted(q)
		for _, piece := range pieces(before) {
			words = append(words, partKinds(piece)...)
		}
		if phrase = strings.ReplaceAll(strings.TrimFunc(phrase, isSign), " ", ""); phrase != "" {
			words = append(words, phrase)
		}
		q = after
	}
	return once(words)
}

var closers = map[rune]string{'“': "”", '"': `"`, '「': "」", '『': "』"}

// cutQuoted finds the first text in quotation marks.
func cutQuoted(q string) (before, phrase, after string) {
	for i, r := range q {
		if closer, ok := closers[r]; ok {
			if p, a, closed := strings.Cut(q[i+utf8.RuneLen(r):], closer); closed {
				return q[:i], p, a
			}
		}
	}
	return q, "", ""
}

// pieces parts text at blanks and signs, but not at the point in 2.5.
func pieces(text string) []string {
	runes := []rune(text)
	var parted []string
	from := 0
	for i := 0; i <= len(runes); i++ {
		if i < len(runes) && (!isSign(runes[i]) || isInnerPoint(runes, i)) {
			continue
		}
		if i > from {
			parted = append(parted, string(runes[from:i]))
		}
		from = i + 1
	}
	return parted
}

func isSign(r rune) bool { return !isHan(r) && !isWordRune(r) }

func isInnerPoint(text []rune, i int) bool {
	return text[i] == '.' && i > 0 && i+1 < len(text) && unicode.IsDigit(text[i-1]) && unicode.IsDigit(text[i+1])
}

// units follow a number and belong to it.
var units = []string{"年度", "年", "月", "日", "号", "岁", "元", "级", "周岁", "万元", "平方米"}

// partKinds parts a piece between Chinese and other characters. Parts of one
// character stay with their neighbour: alone they say nothing.
func partKinds(piece string) []string {
	var parts []string
	for _, part := range kinds(piece) {
		last := len(parts) - 1
		switch {
		case last < 0:
			parts = append(parts, part)
			continue
		case endsInDigit(parts[last]):
			unit := longestPrefix(part, units)
			parts[last], part = parts[last]+unit, part[len(unit):]
		}
		if short(part) || short(parts[last]) {
			parts[last] += part
		} else {
			parts = append(parts, part)
		}
	}
	return parts
}

// kinds parts text wherever Chinese begins or ends.
func kinds(text string) []string {
	var parted []string
	from, han := 0, false
	for i, r := range text {
		if i > from && isHan(r) != han {
			parted = append(parted, text[from:i])
			from = i
		}
		han = isHan(r)
	}
	return append(parted, text[from:])
}

func short(s string) bool { return utf8.RuneCountInString(s) < 2 }

func endsInDigit(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(r)
}

func longestPrefix(s string, of []string) (longest string) {
	for _, prefix := range of {
		if len(prefix) > len(longest) && strings.HasPrefix(s, prefix) {
			longest = prefix
		}
	}
	return longest
}

// Content leaves of words, as Words gives them, those that carry a question
// asked in plain language: 退休后养老金怎么领取 is 退休, 养老金 and 领取. It is empty
// where nothing does.
func Content(words []string) []string {
	var kept []string
	for _, w := range words {
		kept = append(kept, contentOf(w)...)
	}
	return once(withoutSingles(kept))
}

func contentOf(word string) []string {
	var kept []string
	begun := 0
	end := func(at int) {
		if at > begun {
			kept = append(kept, word[begun:at])
		}
	}
	for i := 0; i < len(word); {
		known, role := questionWordAt(word[i:])
		switch role {
		case fillerWord:
			end(i)
			begun = i + len(known)
		case ownWord:
			end(i)
			kept = append(kept, known)
			begun = i + len(known)
		}
		if known == "" {
			_, n := utf8.DecodeRuneInString(word[i:])
			i += n
		}
		i += len(known)
	}
	end(len(word))
	return kept
}

// withoutSingles drops single Chinese characters where a longer word is left.
func withoutSingles(words []string) []string {
	var longer []string
	for _, w := range words {
		if r, n := utf8.DecodeRuneInString(w); n < len(w) || !isHan(r) {
			longer = append(longer, w)
		}
	}
	if len(longer) == 0 {
		return words
	}
	return longer
}

// role is what a known word does in a question.
type role int

const (
	unknownWord role = iota
	fillerWord       // carries nothing
	ownWord          // carries something, but is not part of the name beside it
	wholeWord        // holds a character that would be a filler alone
)

const (
	fillers = `怎么 怎样 怎么样 怎么办 怎么办理 怎 咋 咋办 咋样 咋办理 如何 如何办 如何办理 请问 可以 可不可以 能不能 能否 是不是 是否
		有没有 有无 多少 多少钱 多久 多长时间 多大 什么 什么时候 什么样 为什么 为何 哪里 哪些 哪个 哪儿 哪种 哪天 在哪 在哪里 在哪儿
		去哪 去哪里 去哪儿 到哪里 何时 何处 几个 几年 几天 谁 需要 需不需要 要不要 我们 我想 我想办 我要 我要办 想要 想办 要办
		想问 想问一下 想知道 想了解 了解 了解一下 知道 告诉 咨询 咨询一下 问一下 问下 请教 麻烦 你好 您好 谢谢 应该 一下 一个 一些
		这个 那个 这些 那些 关于 因为 所以 如果 但是 现在 目前 之后 以后 之前 以前 的话 以及 还是 或者 并且 而且 其他 为了
		的 了 吗 呢 吧 啊 呀 么 嘛 我 你 您 他 她 后 想 要 能 在 是 有 和 与 到 去 跟`
	ownWords = `办理 申请 申报 申领 领取 缴纳 补缴 缴费 查询 补办 报销 转移 变更 注销 举报 投诉 条件 流程 材料 手续 标准 时间 政策
		规定 办法 期限 范围 比例`
	wholeWords = `项目 题目 节目 科目 栏目 条目 数目 名目 账目 目的 目标 指标 商标 投标 招标 中标 评标 标的 的士 了结 明了 自我 我国 我省
		有限 有效 有关 有害 有偿 有机 有毒 有线 有色 有序 有期 有权 国有 所有 持有 私有 公有 自有 共有 享有 占有 具有 特有 拥有 保有 没有
		和解 和谐 共和 饱和 和平 调和 和睦 总和 人和 参与 与会 给与 到期 到账 达到 签到 报到 到位 到岗 到场 迟到 去世 去年 失去 过去 除去
		去向 在职 在校 在建 在编 在线 在册 在籍 在岗 在读 在外 在家 在学 内在 存在 所在 潜在 外在 于是 凡是 是非
		能力 能源 功能 节能 智能 性能 技能 职能 能效 能耗 效能 储能 热能 电能 动能 核能 可能 能够 产能 失能 能量 太阳能 体能 能手
		思想 理想 设想 要求 重要 主要 必要 纪要 要件 要素 要点 紧要 要闻 摘要 概要 提要 要约 要案 要害 机要
		售后 后备 后勤 后续 后期 产后 后代 落后 前后 灾后 事后 今后 最后 善后 后果 后台 术后 背后 课后 病后 后人 先后 后补 后置`
)

var questionWords = func() map[string]role {
	known := map[string]role{}
	for r, list := range map[role]string{fillerWord: fillers, ownWord: ownWords, wholeWord: wholeWords} {
		for _, w := range strings.Fields(list) {
			known[w] = r
		}
	}
	return known
}()

const longestQuestionWord = 5 // characters

// questionWordAt is the longest known word that text begins with.
func questionWordAt(text string) (word string, what role) {
	end := 0
	for n := 0; n < longestQuestionWord && end < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
		if is, ok := questionWords[text[:end]]; ok {
			word, what = text[:end], is
		}
	}
	return word, what
}

// Bigrams cuts s into every two neighbouring Chinese characters and every
// other word whole; a Chinese character without neighbours stands alone.
func Bigrams(s string) []string {
	var cut []string
	for _, piece := range pieces(s) {
		for _, part := range kinds(piece) {
			cut = append(cut, bigramsOf([]rune(part))...)
		}
	}
	return once(cut)
}

func bigramsOf(part []rune) []string {
	if len(part) < 2 || !isHan(part[0]) {
		return []string{string(part)}
	}
	var cut []string
	for i := range part[1:] {
		cut = append(cut, string(part[i:i+2]))
	}
	return cut
}

// once drops what was there before.
func once(words []string) []string {
	seen := make(map[string]bool, len(words))
	kept := words[:0]
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			kept = append(kept, w)
		}
	}
	return kept
}
