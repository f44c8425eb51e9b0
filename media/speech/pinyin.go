package speech

import (
	_ "embed"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

//go:embed words.txt
var wordList string

// readings are the words whose hanzi have a reading that is not their usual one, and
// the usual ones where the general list has another first.
var readings, longestWord = readWords(wordList)

// readWords reads lines as 银行 yin2 hang2; a line that begins with # is a remark.
func readWords(list string) (words map[string][]string, longest int) {
	words = map[string][]string{}
	for l := range strings.Lines(list) {
		fields := strings.Fields(l)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		words[fields[0]] = fields[1:]
		longest = max(longest, len([]rune(fields[0])))
	}
	return words, longest
}

// syllable is one hanzi with its reading in numbered pinyin; of a letter it may be
// several, of a pause it is the pause.
type syllable struct {
	rune   rune
	said   string
	inWord bool // and has the tone that it has there
}

// pinyinOf reads a sentence: the longest words of the list first, then what follows of
// the neighbours' tones.
func pinyinOf(sentence string) []syllable {
	runes := []rune(sentence)
	var all []syllable
	for i := 0; i < len(runes); {
		n := wordAt(runes[i:])
		if n == 0 {
			all = append(all, syllable{rune: runes[i], said: usual(runes[i])})
			i++
			continue
		}
		for j, said := range readings[string(runes[i:i+n])] {
			all = append(all, syllable{runes[i+j], said, n > 1})
		}
		i += n
	}
	return changeTones(all)
}

// wordAt is how many runes the longest word has that stands here; 0 for none.
func wordAt(runes []rune) int {
	for n := min(longestWord, len(runes)); n > 0; n-- {
		if _, ok := readings[string(runes[:n])]; ok {
			return n
		}
	}
	return 0
}

var usualTone = func() pinyin.Args {
	a := pinyin.NewArgs()
	a.Style = pinyin.Tone3
	return a
}()

// usual is the reading of what stands in no word.
func usual(r rune) string {
	if isPause(r) {
		return marks[r]
	}
	if r >= 'A' && r <= 'Z' {
		return letters[r-'A']
	}
	of := pinyin.SinglePinyin(r, usualTone)
	if len(of) == 0 {
		return ""
	}
	return numbered(of[0])
}

// numbered writes a reading as the engine takes it: a neutral tone has a number too,
// ü is v.
func numbered(s string) string {
	s = strings.ReplaceAll(s, "ü", "v")
	if last := s[len(s)-1]; last < '1' || last > '5' {
		s += "5"
	}
	return s
}

// Pinyin is how a sentence is read, in numbered pinyin; 5 is the neutral tone.
func Pinyin(sentence string) string { return spelled(pinyinOf(sentence)) }

// spelled is what was read as the engine takes it.
func spelled(all []syllable) string {
	var said []string
	for _, s := range all {
		if s.said != "" {
			said = append(said, s.said)
		}
	}
	return strings.Join(said, " ")
}

// marks are the pauses as the engine knows them.
var marks = map[rune]string{'、': ",", '，': ",", '：': ",", '；': ".", '。': ".", '？': "?", '！': "!"}

// letters are the names of A to Z as Mandarin speakers say them.
var letters = strings.Split("ei1|bi4|xi1|di4|yi4|ai2 fu5|ji4|ei1 chi5|ai4|zhei4|kei4|ai2 lou5|ai2 mu5|en1|ou1|pi4|kiu1|a4 er5|"+
	"ai2 si5|ti4|you1|wei1|da2 bu5 liu5|ai2 ke5 si5|wai4|zei4", "|")

// changeTones changes 一 and 不 before what follows them. The engine changes a third tone
// before a third one by itself.
func changeTones(all []syllable) []syllable {
	for i := range all {
		if i+1 == len(all) || all[i].inWord || !isHan(all[i+1].rune) {
			continue
		}
		next := tone(all[i+1].said)
		switch all[i].rune {
		case '为':
			if isForWhom(all, i) {
				all[i].said = "wei4"
			}
		case '不':
			if next == 4 {
				all[i].said = "bu2"
			}
		case '一':
			if !counts(all, i) {
				all[i].said = oneBefore(next)
			}
		}
	}
	return all
}

// farthestGift is how many hanzi behind 为 it may be told what is done for somebody.
const farthestGift = 20

// isForWhom tells 为企业提供服务 from 期限为三年: something is given or done in the same
// clause, and no word before it asks for what something is.
func isForWhom(all []syllable, i int) bool {
	if i > 0 && strings.ContainsRune("作成认分行视称列定设变改转确限例额率期准较最更", all[i-1].rune) {
		return false
	}
	var clause strings.Builder
	for _, s := range all[i+1 : min(len(all), i+1+farthestGift)] {
		if isPause(s.rune) {
			break
		}
		clause.WriteRune(s.rune)
	}
	for _, gift := range []string{"提供", "办理", "创造", "出具", "缴纳", "配备", "投保", "奠定", "垫付", "服务的"} {
		if strings.Contains(clause.String(), gift) {
			return !asWhat(all[:i])
		}
	}
	return false
}

// asWhat says whether an 以 stands in the clause: 以服务为宗旨.
func asWhat(before []syllable) bool {
	for i := len(before) - 1; i >= 0 && !isPause(before[i].rune); i-- {
		if before[i].rune == '以' {
			return true
		}
	}
	return false
}

func oneBefore(next int) string {
	if next == 4 || next == 5 {
		return "yi2"
	}
	return "yi4"
}

// tone is that of a syllable, 0 of a hanzi whose reading nobody knows.
func tone(said string) int {
	if said == "" {
		return 0
	}
	return int(said[len(said)-1] - '0')
}

// counts says whether a 一 is a digit or an ordinal, which keep their tone.
func counts(all []syllable, i int) bool {
	if i > 0 && strings.ContainsRune("第零二三四五六七八九十点年月幺初", all[i-1].rune) {
		return true
	}
	return strings.ContainsRune("零一二三四五六七八九十月号日至是等级类期的", all[i+1].rune)
}
