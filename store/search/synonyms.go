package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Synonyms knows groups of words that mean the same.
type Synonyms struct {
	others map[string][]string // what else can be said for a word
	begun  map[rune][]string   // the words by their first character, long ones first
	turned map[string][]turnedWord
	rules  string
}

// NewSynonyms takes groups of words that mean the same, all others of a group
// for each. A word may be in several groups. Words of one character say too
// little and are left out.
func NewSynonyms(groups [][]string) *Synonyms {
	s := &Synonyms{others: map[string][]string{}, begun: map[rune][]string{}}
	for _, group := range groups {
		s.add(group)
	}
	s.sort()
	return s
}

// sort makes the words ready to be found in a text.
func (s *Synonyms) sort() {
	s.turn()
	for word := range s.others {
		first, _ := utf8.DecodeRuneInString(word)
		s.begun[first] = append(s.begun[first], word)
	}
	for _, words := range s.begun {
		slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	}
}

func (s *Synonyms) add(group []string) {
	var words []string
	for _, word := range group {
		if word = Fold(word); !short(word) && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	for _, word := range words {
		for _, other := range words {
			if other != word && !slices.Contains(s.others[word], other) {
				s.others[word] = append(s.others[word], other)
			}
		}
	}
}

// maxVariants is how many rewritings of a query are worth asking for.
const maxVariants = 6

// Variants rewrites a folded query with words that mean the same, up to six
// times. The longest words are replaced, and nothing that stands there already
// is said twice: 住房公积金 never becomes 住房住房公积金.
func (s *Synonyms) Variants(q string) []string {
	if s == nil {
		return nil
	}
	begun := []string{""} // the query so far, as typed and rewritten
	for i := 0; i < len(q); {
		word, others := s.at(q, i)
		longer := make([]string, 0, maxVariants+1)
		for _, saying := range append([]string{word}, others...) {
			for _, b := range begun {
				if len(longer) <= maxVariants {
					longer = append(longer, b+saying)
				}
			}
		}
		begun = longer
		i += len(word)
	}
	return once(slices.DeleteFunc(begun[1:], func(v string) bool { return v == q }))
}

// Part parts folded words where a word of a group begins or ends, unless a single
// character would be left: 医保断缴 is 医保 and 断缴.
func (s *Synonyms) Part(words []string) []string {
	if s == nil {
		return words
	}
	var parted []string
	for _, w := range words {
		if parts := s.parts(w); slices.ContainsFunc(parts, short) {
			parted = append(parted, w)
		} else {
			parted = append(parted, parts...)
		}
	}
	return once(parted)
}

func (s *Synonyms) parts(word string) (parts []string) {
	begun := 0
	for i := 0; i < len(word); {
		known, others := s.at(word, i)
		if others != nil {
			if i > begun {
				parts = append(parts, word[begun:i])
			}
			parts, begun = append(parts, known), i+len(known)
		}
		i += len(known)
	}
	if begun < len(word) {
		parts = append(parts, word[begun:])
	}
	return parts
}

// at is the word of a group at a place of q with what can be said instead, or
// else the character there.
func (s *Synonyms) at(q string, i int) (word string, others []string) {
	first, size := utf8.DecodeRuneInString(q[i:])
	for _, word := range s.begun[first] {
		if !strings.HasPrefix(q[i:], word) || isAccident(q, i, word) {
			continue
		}
		for _, other := range s.others[word] {
			if !standsAround(q, i, word, other) {
				others = append(others, other)
			}
		}
		return word, others
	}
	return q[i : i+size], nil
}

// standsAround tells whether the word at i is there as a part of other.
func standsAround(q string, i int, word, other string) bool {
	within := strings.Index(other, word)
	return within >= 0 && within <= i && strings.HasPrefix(q[i-within:], other)
}

// accidents are texts in which the characters of a word stand without the
// word: 降低保险费率 does not speak of 低保.
var accidents = map[string][]string{
	"低保": {"降低保", "最低保", "较低保"},
	"社保": {"行社保"},
	"医保": {"中医保健", "医保健", "中医保护"},
	"城管": {"城管理", "城管委"},
	"中考": {"集中考", "其中考", "中考核", "中考察", "中考虑", "中考古", "中考勤"},
	"高考": {"提高考", "高考核"},
	"自考": {"自考核"},
	"中职": {"中职工", "中职业", "中职务", "中职责", "中职权", "中职称"},
	"高企": {"提高企", "高企业"},
	"个税": {"个税收", "个税种", "个税务"},
	"环保": {"循环保"},
	"公交": {"办公交", "公交易", "公交通", "公交付", "公交流"},
	"计生": {"设计生", "会计生", "统计生", "累计生", "计生产"},
	"房贷": {"房贷款"},
	"法援": {"法援助"},
	"地铁": {"地铁路"},
	"禁放": {"禁放养"},
	"外卖": {"境外卖", "对外卖"},
}

func isAccident(q string, i int, word string) bool {
	for _, text := range accidents[word] {
		within := strings.Index(text, word)
		if within <= i && strings.HasPrefix(q[i-within:], text) {
			return true
		}
	}
	return false
}
