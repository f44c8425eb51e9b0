package check

import (
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	// courtesies follow the name of somebody.
	courtesies = strings.Fields("先生 女士 小姐 同志 师傅 老师 阿姨 大爷 大妈 大姐 大哥 大娘 大叔 大夫 医生 经理 主任 书记 队长 老板 您好 你好")
	// leads come before the name of somebody, with a sign between them or not.
	leads = strings.Fields(`我叫 我是 本人 姓名 联系人 业主 户主 房主 房东 申请人 当事人 投诉人 反映人 来信人 署名 父亲 母亲
		丈夫 妻子 爱人 老公 老婆 儿子 女儿 孩子 爷爷 奶奶 名叫 名字叫 学生 患者 死者 邻居 租户 此致 经理 主任 书记 队长 老板 包工头 店主
		司机 网格员 楼长`)
	// follows begin what may stand right behind such a name.
	follows = strings.Fields(`住 在 是 因 的 家住 反映 电话 手机 身份 男 女 今年 和我 与我 同我 向 想 要 说 系 现 已 于 来自
		从 先生 女士 同志 , 。 联系 户籍 出生 患 被 把 给 到 去 每 多次 经常 称`)
	// touches may stand on the left of a name that a courtesy follows.
	touches = lead + "找叫请跟被让了系问业区村司位居站局会员东介商上在到说谢经见因叫称有"
	// noSurname are surnames that oftener are other words there: 向老师反映.
	noSurname = "和向从由应连同令经全为班"
	// noSurnames end in a surname and are other words.
	noSurnames = strings.Fields("对于 由于 关于 至于 对方 双方 各方 有时 到时 经常 有关 有关负责")
)

// names finds the names of people: those known, those before a number, before a
// courtesy, and behind a word for somebody.
func (s *sheet) names(known []string) (list []span) {
	for _, name := range known {
		if name = newSheet(strings.TrimSpace(name), column{}).plain; utf8.RuneCountInString(name) > 1 {
			s.each(name, func(at int) { list = append(list, span{at, at + len(name)}) })
		}
	}
	for _, m := range s.marks {
		said := s.sentence(m.secret.from)
		if name, at, ok := nameBefore(strings.TrimSuffix(said, "+")); ok && strings.HasPrefix(m.Code, "personal.") {
			from := m.secret.from - len(said) + at
			list = append(list, span{from, from + len(name)})
		}
	}
	for _, word := range courtesies {
		s.each(word, func(at int) {
			if from, ok := s.nameUpTo(at); ok {
				list = append(list, span{from, at})
			}
		})
	}
	for _, word := range leads {
		s.each(word, func(at int) {
			if name, ok := s.nameFrom(at + len(word)); ok {
				list = append(list, name)
			}
		})
	}
	return list
}

// nameUpTo is where a name or a surname alone begins that ends at a courtesy.
func (s *sheet) nameUpTo(at int) (from int, ok bool) {
	run := hanTail(s.back(at, 30))
	for _, word := range courtesies { // 班主任王老师
		if _, behind, ok := strings.Cut(run, word); ok {
			run = behind
		}
	}
	if endsWithAny(run, noSurnames...) {
		return 0, false
	}
	if name, ok := nameAtEnd(run, touches); ok {
		first, size := utf8.DecodeRuneInString(name)
		switch given := name[size:]; {
		case !strings.ContainsRune(noSurname, first):
			return at - len(name), true
		case slices.Contains(notNames, given): // 和全体
			return 0, false
		case isSurname(given): // 和方
			return at - len(given), true
		}
		return at - len(name), true
	}
	runes := []rune(run)
	for _, size := range []int{2, 1} {
		if len(runes) < size {
			continue
		}
		surname, rest := string(runes[len(runes)-size:]), runes[:len(runes)-size]
		if isSurname(surname) && (len(rest) == 0 || strings.ContainsRune(touches, rest[len(rest)-1])) {
			return at - len(surname), true
		}
	}
	return 0, false
}

func isSurname(word string) bool {
	if utf8.RuneCountInString(word) == 2 {
		return slices.Contains(strings.Fields(compounds), word)
	}
	return strings.Contains(surnames, word) && !strings.Contains(noSurname, word)
}

// hanTail is the unbroken run of Chinese characters at the end of text.
func hanTail(text string) string {
	if at := strings.LastIndexFunc(text, func(r rune) bool { return !isHan(r) }); at >= 0 {
		_, size := utf8.DecodeRuneInString(text[at:])
		return text[at+size:]
	}
	return text
}

// nameFrom is a name that begins at a place, a few signs aside.
func (s *sheet) nameFrom(at int) (span, bool) {
	ahead := s.ahead(at, 48)
	rest := strings.TrimLeft(ahead, " :,(-\t\n")
	for _, word := range []string{"是", "叫", "为", "名叫"} {
		rest = strings.TrimPrefix(rest, word)
	}
	rest = strings.TrimLeft(rest, " :")
	at += len(ahead) - len(rest)
	runes := []rune(rest)
	if len(runes) > 0 && strings.ContainsRune(noSurname, runes[0]) { // 申请人应提供
		return span{}, false
	}
	for size := 2; size <= min(4, len(runes)); size++ {
		name, behind := string(runes[:size]), runes[size:]
		if isName(name) && (len(behind) == 0 || !isHan(behind[0]) || startsWithAny(string(behind), follows)) {
			return span{at, at + len(name)}, true
		}
	}
	return span{}, false
}
