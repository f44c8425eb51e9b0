package ingest

import (
	"fmt"
	"strings"
	"testing"

	"yuandu/media"
	"yuandu/model"
)

func TestWhatADocumentSaysOfOthersIsReadFromTheStandardWordings(t *testing.T) {
	for _, c := range []struct{ says, title, text, want string }{
		{"a repeal names its document, by title and number",
			"新办法", "本办法自2024年1月1日起施行。《鸢都市旧办法》（鸢政发〔2019〕3号）同时废止。", "repeals 鸢都市旧办法 鸢政发〔2019〕3号"},
		{"two at once", "新办法", "《甲办法》（鸢政发〔2019〕3号）、《乙办法》同时废止。", "repeals 甲办法 鸢政发〔2019〕3号; repeals 乙办法"},
		{"the repeal of an article is no repeal of the document",
			"新办法", "《鸢都市旧办法》（鸢政发〔2019〕3号）第十条同时废止。", "cites 鸢都市旧办法 鸢政发〔2019〕3号"},
		{"an article that ends with a repeal",
			"新办法", "第三十条 本办法自2024年1月1日起施行，《鸢都市旧办法》（鸢政发〔2019〕3号）同时废止。", "repeals 鸢都市旧办法 鸢政发〔2019〕3号"},
		{"one of two is repealed in part", "新办法", "《甲办法》（鸢政发〔2019〕3号）第三条、《乙办法》同时废止。",
			"repeals 乙办法; cites 甲办法 鸢政发〔2019〕3号"},
		{"two of which parts are repealed", "新办法", "《甲办法》、《乙办法》的有关规定同时废止。", ""},
		{"what is not in line with it is nobody in particular", "新办法", "与本办法不一致的有关规定同时废止。", ""},
		{"an amending decision amends the one it names",
			"关于修改《鸢都市养犬办法》的决定", "将《鸢都市养犬办法》（鸢政办发〔2021〕8号）第十条修改为：……", "amends 鸢都市养犬办法 鸢政办发〔2021〕8号"},
		{"the basis stands in the opening",
			"实施细则", "根据《中华人民共和国民法典》和《物业管理条例》（国务院令第504号），制定本细则。",
			"based_on 中华人民共和国民法典; based_on 物业管理条例 国务院令第504号"},
		{"a bare number is a citation", "通知", "按照国办发〔2018〕123号文件要求办理。", "cites  国办发〔2018〕123号"},
		{"its own number is none", "通知", "鸢政发〔2024〕1号 请遵照执行。", ""},
	} {
		p := &model.Policy{Title: c.title, DocNumber: "鸢政发〔2024〕1号", PublishedDate: "2023-12-01", EffectiveDate: "2024-01-01",
			Body: media.Structure(c.text)}
		var got []string
		for _, r := range relationsOf(p) {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Kind, r.TargetTitle, numberOf(r.TargetNumber))))
			if binds := r.Kind == model.Repeals || r.Kind == model.Amends; binds && r.Since != "2024-01-01" {
				t.Errorf("%s: counts from %q on", c.says, r.Since)
			}
		}
		if joined := strings.Join(got, "; "); joined != c.want {
			t.Errorf("%s: read as [%s], not [%s]", c.says, joined, c.want)
		}
	}
}

func numberOf(printed string) string {
	if n, ok := model.ParseDocNumber(printed); ok {
		return n.String()
	}
	return ""
}

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
