package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSyllablesKnowTheWord(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"养老保险", "yang lao bao xian"},
		{"養老保險", "yang lao bao xian"},
		{"重庆银行长期调整", "chong qing yin hang chang qi tiao zheng"},
		{"行政校长调查参加处理", "xing zheng xiao zhang diao cha can jia chu li"},
		{"人参和人参加", "ren shen he ren can jia"},
		{"会计与社会", "kuai ji yu she hui"},
		{"委员会计划", "wei yuan hui ji hua"},
		{"单位干部利率", "dan wei gan bu li lv"},
		{"降雨投降还款供给种植", "jiang yu tou xiang huan kuan gong ji zhong zhi"},
		{"便民便宜西藏大厦厦门", "bian min pian yi xi zang da sha xia men"},
		{"鸢都首都都可以", "yuan du shou du dou ke yi"},
		{"执行情况银行行情", "zhi xing qing kuang yin hang hang qing"},
		{"网上调查下调税率", "wang shang diao cha xia tiao shui lv"},
		{"项目的目的", "xiang mu de mu di"},
		{"妇女绿化", "fu nv lv hua"},
		{"昌乐临朐", "chang le lin qu"},
		{"2021年A股😀〇", "    nian  gu  ling"},
		{"", ""},
	} {
		if got := strings.Join(Syllables(c.text), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestPinyinTermsBeginAtEveryCharacter(t *testing.T) {
	got := PinyinTerms("养老2条")
	if want := []string{"yanglao", "yl", "lao", "tiao"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	got = PinyinTerms("旅游")
	if want := []string{"lvyou", "luyou", "ly", "you"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	terms := PinyinTerms("鸢都市城乡居民基本养老保险实施办法")
	for _, typed := range []string{"yuandushi", "chengxiangjumin", "cxjmjbyl", "baoxian", "jibenyanglaobaox", "shishiba"} {
		if !slices.ContainsFunc(terms, func(term string) bool { return strings.HasPrefix(term, typed) }) {
			t.Errorf("%s is no beginning of %v", typed, terms)
		}
	}
	if n := len(PinyinTerms(strings.Repeat("养老", 5_000))); n > 40 {
		t.Errorf("%d terms of a repeated title", n)
	}
}

func TestWhatLooksLikePinyin(t *testing.T) {
	for q, want := range map[string]bool{
		"gongjijin": true, "gong ji jin": true, "xi'an": true, "gongjij": true, "gjj": true, "ylbxtl": true, "lvyou": true, "luyou": true,
		"shehuibaoxianjiaofeibiaozhun": true, "an": true, "guojiafagaiwei": true,
		"a": false, "养老": false, "gjj养老": false, "5g": false, "": false, "windows": false, "covid-19": false,
		"gjjgjjgjjgjj": false, "http": true, "vpn": false, "' or 1=1": false,
	} {
		if LooksLikePinyin(Fold(q)) != want {
			t.Errorf("%q: %v", q, !want)
		}
	}
	if !LooksLikePinyin(Fold("Yǎnglǎo")) || !LooksLikePinyin(Fold("lǚyóu")) {
		t.Error("tones are no hindrance")
	}
	LooksLikePinyin(strings.Repeat("a", 10_000))
}

func TestPinyinRangeFindsTheCharacters(t *testing.T) {
	const title = "鸢都市城乡居民基本养老保险实施办法"
	for _, c := range []struct{ title, typed, want string }{
		{title, "yanglao", "养老"},
		{title, "yang lao bao xian", "养老保险"},
		{title, "yanglaob", "养老保"},
		{title, "ylbx", "养老保险"},
		{title, "YLBX", "养老保险"},
		{title, "sh", "市"},
		{title, "jumin", "居民"},
		{title, "chengxiangjuminjibenyanglaobaoxian", "城乡居民基本养老保险"},
		{"妇女旅游", "nvlv", "女旅"},
		{"妇女旅游", "nulu", "女旅"},
		{"西安市先进", "xian", "西安"},
		{"在建工程建设，公积金", "gongjijin", "公积金"},
		{"社会保险，社保", "sb", "社保"},
		{"养、老", "yanglao", ""},
		{title, "gjj", ""},
		{title, "y", ""},
		{"", "yanglao", ""},
	} {
		start, length, ok := PinyinRange(c.title, c.typed)
		if got := string([]rune(c.title)[start : start+length]); got != c.want || ok != (c.want != "") {
			t.Errorf("%s in %s: %q %v, want %q", c.typed, c.title, got, ok, c.want)
		}
	}
}

func TestWhatIsLookedUpIsNeverLongerThanATerm(t *testing.T) {
	title := "鸢都市城乡居民基本养老保险实施办法"
	for _, typed := range []string{"gongjijin", "chengxiangjuminjibenyanglaobaoxianshishibanfa", "cxjmjbylbx", "xi'an"} {
		lookup := PinyinLookup(typed)
		if len(lookup) > termSyllables*longestSyllable || !strings.HasPrefix(strings.ReplaceAll(typed, "'", ""), lookup) {
			t.Errorf("%s for %s", lookup, typed)
		}
	}
	lookup := PinyinLookup("chengxiangjuminjibenyanglaobaoxian")
	if !slices.ContainsFunc(PinyinTerms(title), func(term string) bool { return strings.HasPrefix(term, lookup) }) {
		t.Errorf("%s is no beginning of a term", lookup)
	}
}

func TestSameSound(t *testing.T) {
	for _, c := range []struct{ title, word, want string }{
		{"山东省职工养老保险条例", "养劳保险", "养老保险"},
		{"關於養老保險的通知", "养劳保险", "養老保險"},
		{"失业保险条例", "养劳保险", ""},
		{"养老保险条例", "养老保险", ""},
		{"住房公积金管理条例", "公基金", "公积金"},
		{"重庆市城市管理条例", "虫庆", "重庆"},
		{"长治市", "厂", ""},
		{"A股市场", "a骨", ""},
		{"", "养老", ""},
	} {
		if got, ok := SameSound(c.title, c.word); got != c.want || ok != (c.want != "") {
			t.Errorf("%s in %s: %q, want %q", c.word, c.title, got, c.want)
		}
	}
}

func FuzzPinyin(f *testing.F) {
	f.Add("鸢都市養老保险😀\x00", "yanglao")
	f.Fuzz(func(t *testing.T, title, typed string) {
		if n := len(Syllables(title)); n != utf8.RuneCountInString(title) {
			t.Fatalf("%d syllables of %q", n, title)
		}
		start, length, ok := PinyinRange(title, typed)
		if start < 0 || length < 0 || start+length > utf8.RuneCountInString(title) || ok != (length > 0) {
			t.Fatalf("%d %d %v in %q for %q", start, length, ok, title, typed)
		}
		LooksLikePinyin(typed)
		lookup := PinyinLookup(typed)
		if ok && !slices.ContainsFunc(PinyinTerms(title), func(term string) bool { return beginsWith(term, lookup) }) {
			t.Fatalf("%q is found in %q, but %q is no term", typed, title, lookup)
		}
		SameSound(title, typed)
	})
}

func BenchmarkPinyinTerms(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		PinyinTerms("鸢都市城乡居民基本养老保险实施办法和职工住房公积金管理规定")
	}
}

func BenchmarkPinyinRange(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		PinyinRange("鸢都市城乡居民基本养老保险实施办法和职工住房公积金管理规定", "gongjijin")
	}
}

func BenchmarkLearnSounds(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		learnSounds()
	}
}
