package ingest

import (
	"strings"
	"testing"
)

func TestTheSameDocumentIsKnownAgain(t *testing.T) {
	row := func(values map[Column]string) Row { return Row{Values: values} }
	same := func(says string, want bool, a, b map[Column]string) {
		t.Helper()
		one, _ := identities(row(a), issuersOf(a[Issuer]))
		two, _ := identities(row(b), issuersOf(b[Issuer]))
		if (one == two) != want {
			t.Errorf("%s: the same is %v", says, one == two)
		}
	}
	same("a number is the same however it is written", true,
		map[Column]string{Title: "甲", DocNumber: "鸢政发〔2024〕1号", Issuer: "市政府", PublishedDate: "2024-01-02", Text: "一"},
		map[Column]string{Title: "甲", DocNumber: "鸢政发[2024]1号", Issuer: "市政府", PublishedDate: "2024-01-02", Text: "二"})
	same("two issuers may give the same number", false,
		map[Column]string{Title: "甲", DocNumber: "政发〔2024〕1号", Issuer: "甲市", PublishedDate: "2024-01-02", Text: "一"},
		map[Column]string{Title: "甲", DocNumber: "政发〔2024〕1号", Issuer: "乙市", PublishedDate: "2024-01-02", Text: "一"})
	same("without a number the address and the title tell", true,
		map[Column]string{Title: "甲", URL: "https://a.gov.cn/1", Text: "一"}, map[Column]string{Title: "甲", URL: "https://a.gov.cn/1", Text: "二"})
	same("one page may hold two documents", false,
		map[Column]string{Title: "甲", URL: "https://a.gov.cn/1", Text: "一"}, map[Column]string{Title: "乙", URL: "https://a.gov.cn/1", Text: "一"})
	same("without both, another text is another document", false,
		map[Column]string{Title: "民法典", PublishedDate: "2020-05-28", Text: "物权"}, map[Column]string{Title: "民法典", PublishedDate: "2020-05-28", Text: "合同"})
}

func TestNobodyIsGuessedAsIssuer(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "财政部、税务总局": "财政部 税务总局", "国务院 中央军委": "国务院 中央军委", "省住房公积金管理局;省财政厅": "省住房公积金管理局 省财政厅",
		"南昌住房公积金管理中心浏览量:661【字体:大中小】": "南昌住房公积金管理中心", "—": "",
	} {
		if got := strings.Join(issuersOf(text), " "); got != want {
			t.Errorf("%q names [%s]", text, got)
		}
	}
}

func TestQuestionsAndAnswersArePartedFromTheText(t *testing.T) {
	text, questions := questionsOf("这项政策很好懂。\n\n## 问答\n\n问：谁可以领？\n答：六十岁以上的老人。\n也可以由子女代领。\n\n问：到哪里领？\n答：社区。")
	if text != "这项政策很好懂。\n\n" || len(questions) != 2 || questions[0].Answer != "六十岁以上的老人。\n也可以由子女代领。" || questions[1].Ask != "到哪里领？" {
		t.Errorf("%q, %+v", text, questions)
	}
	if text, questions := questionsOf("问：这算问答吗？"); questions != nil || text == "" {
		t.Error("without a heading it is text")
	}
}
