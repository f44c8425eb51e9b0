package speech

import (
	_ "embed"
	"strings"
	"testing"
)

//go:embed testdata/heteronyms.tsv
var heteronymTable string

func TestHeteronymsAreReadAsTheirSentenceWants(t *testing.T) {
	all := cases(t, heteronymTable)
	for _, c := range all {
		before, rest, _ := strings.Cut(c[0], "【")
		word, after, _ := strings.Cut(rest, "】")
		said := pinyinOf(before + word + after)
		from := len([]rune(before))
		if got := spelled(said[from : from+len([]rune(word))]); got != c[1] {
			t.Errorf("%s is read %s, not %s", c[0], got, c[1])
		}
	}
	if len(all) < 200 {
		t.Errorf("%d words, want 200", len(all))
	}
}

func TestOneAndNotChangeTheirToneBeforeOthers(t *testing.T) {
	for text, want := range map[string]string{
		"不是":    "bu2 shi4",
		"不能":    "bu4 neng2",
		"一个":    "yi2 ge4",
		"一年":    "yi4 nian2",
		"一起":    "yi4 qi3",
		"第一个":   "di4 yi1 ge4",
		"十一个":   "shi2 yi1 ge4",
		"二零二一年": "er4 ling2 er4 yi1 nian2",
		"一月":    "yi1 yue4",
		"统一管理":  "tong3 yi1 guan3 li3",
		"唯一":    "wei2 yi1",
	} {
		if got := spelled(pinyinOf(text)); got != want {
			t.Errorf("%s is read %s, not %s", text, got, want)
		}
	}
}

func TestLettersAndPausesReachTheEngine(t *testing.T) {
	if got := spelled(pinyinOf("PM二点五，每立方米。")); got != "pi4 ai2 mu5 er4 dian3 wu3 , mei3 li4 fang1 mi3 ." {
		t.Error(got)
	}
}

func TestAHanziThatNobodyCanReadIsLeftOut(t *testing.T) {
	if got := spelled(pinyinOf("一𠮷版不𠮷")); got != "yi4 ban3 bu4" {
		t.Error(got)
	}
}

func TestForWhomSomethingIsDoneIsReadApartFromWhatItIs(t *testing.T) {
	for text, want := range map[string]string{
		"应当为申请企业提供服务": "wei4",
		"期限为三十日":      "wei2",
		"以服务为宗旨":      "wei2",
		"或者为露天烧烤提供场地": "wei4",
	} {
		for _, s := range pinyinOf(text) {
			if s.rune == '为' && s.said != want {
				t.Errorf("%s is read %s, not %s", text, s.said, want)
			}
		}
	}
}

func TestEveryWordOfTheListHasAReadingForEachHanzi(t *testing.T) {
	for word, said := range readings {
		if len([]rune(word)) != len(said) {
			t.Errorf("%s has %d readings", word, len(said))
		}
		for _, s := range said {
			if last := s[len(s)-1]; last < '1' || last > '5' {
				t.Errorf("%s: %s has no tone", word, s)
			}
		}
	}
}
