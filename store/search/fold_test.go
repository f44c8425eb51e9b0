package search

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFoldMakesWritingsOfOneTextEqual(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"traditional characters", "養老保險條例", "养老保险条例"},
		{"Taiwan's and Hong Kong's", "臺灣戶籍裡裏為爲啟綫線羣峯衞", "台湾户籍里里为为启线线群峰卫"},
		{"full width", "國辦發〔２０１８〕１２３號，ＡＢＣ", "国办发〔2018〕123号,abc"},
		{"compatibility forms", "⼀㈱①㎡Ⅳ", "一㈱1㎡ⅳ"},
		{"compatibility ideographs", "\uF900\U0002F800", "岂丽"},
		{"the two round zeros", "二○二一〇◯", "二〇二一〇〇"},
		{"pinyin with tones", "Yǎnglǎo lǜyóu Nǚ", "yanglao lvyou nv"},
		{"blanks, NUL and line breaks", "\x00 养老\u3000\t\r\n保险\u00a0\u200b\ufeff", "养老 保险"},
		{"emoji stay", "😀养老", "😀养老"},
		{"broken bytes become one character each", "养\xff\xfe老", "养\ufffd\ufffd老"},
		{"nothing", " \x00 ", ""},
	} {
		if got := Fold(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestEveryCharacterFoldsOnce(t *testing.T) {
	for r := rune(-1); r <= unicode.MaxRune+1; r++ {
		if once, twice := FoldRune(r), FoldRune(FoldRune(r)); once != twice {
			t.Errorf("%U folds to %U, that to %U", r, once, twice)
		}
	}
}

func TestSimplifiedTextIsNotChanged(t *testing.T) {
	for _, text := range []string{
		"为了规范社会保险关系，维护公民参加社会保险和享受社会保险待遇的合法权益",
		"著作权瞭望覆盖藉此沈阳余额",
	} {
		if got := strings.ReplaceAll(Fold(text), ",", "，"); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}

func TestALongTextFolds(t *testing.T) {
	if got := Fold(strings.Repeat("養老　", 5_000)); utf8.RuneCountInString(got) != 3*5_000-1 {
		t.Error(utf8.RuneCountInString(got))
	}
}

func FuzzFold(f *testing.F) {
	f.Add("養老 ＡＢ\x00\xff😀")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if utf8.RuneCountInString(once) > utf8.RuneCountInString(s) || Fold(once) != once {
			t.Fatalf("%q folds to %q, that to %q", s, once, Fold(once))
		}
		if strings.Contains(once, "  ") || strings.TrimSpace(once) != once {
			t.Fatalf("blanks in %q", once)
		}
		for _, r := range s {
			if FoldRune(FoldRune(r)) != FoldRune(r) {
				t.Fatalf("%U", r)
			}
		}
	})
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("为了规范社会保险关系，维护公民合法权益，根据宪法，制定本法。", 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Fold(text)
	}
}

func BenchmarkMakeFolded(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		makeFolded()
	}
}
