package model

import (
	"slices"
	"strings"
	"unicode"
)

// Gist is what a letter is about, as far as it can be counted: the pairs of characters
// of its title, of its title and text, of its place, and of all of these, without those
// that any letter has.
type Gist struct{ title, words, place, all []pair }

// pair is two characters that stand side by side.
type pair uint64

// gistOf is how much of a text is looked at, in characters: what it is about comes
// first.
const gistOf = 400

// Gist is what a letter is about.
func (l *Letter) Gist() Gist {
	text := l.Text
	if runes := []rune(text); len(runes) > gistOf {
		text = string(runes[:gistOf])
	}
	place := l.Place.Words
	return Gist{pairsOf(l.Title), pairsOf(l.Title, text), pairsOf(place), pairsOf(l.Title, text, place)}
}

// ofAnyLetter are pairs that say nothing of what a letter is about.
var ofAnyLetter = pairsIn(`什么 时候 么时 我们 没有 现在 一直 能不 不能 怎么 可以 请问 有人 没人 小区 一个 多少 你们 他们 已经 还没 到现
	还是 为什 这个 那个 不是 就是 知道 有没 人管 哪里 需要 我家 家里 今天 昨天 昨晚 今晚 晚上 上午 下午 早上 电话 打电 打了 没管 几次 多次 反映
	解决 尽快 希望 帮忙 谢谢 您好 你好 政府 部门 处理 问题 情况 住在 这里 附近 好几 几天 个月 天了 了吗 不了 来了 了没 小时 个小 孩子 老人 能办
	办理 要不 是不 不要`)

func pairsIn(list string) map[pair]bool {
	all := map[pair]bool{}
	for _, word := range strings.Fields(list) {
		r := []rune(word)
		all[pair(r[0])<<32|pair(r[1])] = true
	}
	return all
}

// pairsOf are the pairs of some texts, each once and in order.
func pairsOf(texts ...string) []pair {
	var list []pair
	for _, text := range texts {
		var before rune
		for _, r := range text {
			if !isWord(r) {
				before = 0
				continue
			}
			r = unicode.ToLower(r)
			if p := pair(before)<<32 | pair(r); before != 0 && !ofAnyLetter[p] {
				list = append(list, p)
			}
			before = r
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// How much letters have to have in common: with the first of a matter, and with another
// one about it. Of 120 letters about different things no two reach 0.4.
const (
	alike     = 0.4
	muchAlike = 0.5
	samePlace = 0.6 // of the pairs of a place
	forPlace  = 0.15
)

// Likeness is how much two letters have in common, from 0 to a little over 1: how much
// of each title the other one's words hold, how much of the shorter one's words the
// other's, and whether they speak of the same place.
func (g Gist) Likeness(o Gist) float64 {
	titles := (held(g.title, o.words) + held(o.title, g.words)) / 2
	words := held(g.words, o.words)
	if len(o.words) < len(g.words) {
		words = held(o.words, g.words)
	}
	likeness := 0.6*titles + 0.4*words
	if max(held(g.place, o.all), held(o.place, g.all)) >= samePlace {
		likeness += forPlace
	}
	return likeness
}

// held is which part of some pairs is among others.
func held(some, others []pair) float64 {
	if len(some) == 0 {
		return 0
	}
	n, at := 0, 0
	for _, p := range some {
		for at < len(others) && others[at] < p {
			at++
		}
		if at < len(others) && others[at] == p {
			n++
		}
	}
	return float64(n) / float64(len(some))
}

// wordsOfMatter is by how many letters of a matter, taken from all over it, others are
// found that name it in other words than the first.
const wordsOfMatter = 40

// AlikeTo are the places in a list of those that are about the same matter as one.
func (g Gist) AlikeTo(list []Gist) []int {
	var found, rest []int
	for i, o := range list {
		if g.Likeness(o) >= alike {
			found = append(found, i)
		} else {
			rest = append(rest, i)
		}
	}
	for _, first := range spread(found, wordsOfMatter) {
		var further []int
		for _, i := range rest {
			if list[first].Likeness(list[i]) >= muchAlike {
				found = append(found, i)
			} else {
				further = append(further, i)
			}
		}
		rest = further
	}
	slices.Sort(found)
	return found
}

// spread takes so many of a list, evenly.
func spread(list []int, most int) []int {
	if len(list) <= most {
		return slices.Clone(list)
	}
	some := make([]int, most)
	for i := range some {
		some[i] = list[i*len(list)/most]
	}
	return some
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
