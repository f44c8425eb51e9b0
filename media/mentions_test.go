package media

import (
	"fmt"
	"strings"
	"testing"

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
		{"a repeal from a day on", "新办法", "《鸢都市旧办法》（鸢政发〔2019〕3号）自2024年3月1日起废止。", "repeals 鸢都市旧办法 鸢政发〔2019〕3号 since 2024-03-01"},
		{"a repeal from the day of a beginning on", "新办法", "原《甲办法》（鸢政发〔2019〕3号）和《乙办法》自本办法施行之日起废止。", "repeals 甲办法 鸢政发〔2019〕3号; repeals 乙办法"},
		{"a bare repeal", "通知", "原《甲办法》（鸢政发〔2019〕3号）废止。", "repeals 甲办法 鸢政发〔2019〕3号"},
		{"a repeal by name", "关于废止甲通知的通知", "经市政府同意，废止《甲通知》（鸢政发〔2019〕3号）。", "repeals 甲通知 鸢政发〔2019〕3号"},
		{"a repeal of several by name", "通知", "决定废止《甲办法》（鸢政发〔2019〕3号）、《乙办法》（鸢政发〔2019〕4号）等2件文件。",
			"repeals 甲办法 鸢政发〔2019〕3号; repeals 乙办法 鸢政发〔2019〕4号"},
		{"what is carried out no more", "通知", "自本通知印发之日起，《甲通知》（鸢政发〔2019〕3号）停止执行。", "repeals 甲通知 鸢政发〔2019〕3号"},
		{"an article that is carried out no more", "通知", "《甲通知》（鸢政发〔2019〕3号）附件第五条相应停止执行。", "cites 甲通知 鸢政发〔2019〕3号"},
		{"a rule of a document that is carried out no more",
			"通知", "停止执行《甲意见》（鸢政发〔2019〕3号）中对购房的限制。", "cites 甲意见 鸢政发〔2019〕3号"},
		{"what was repealed long ago", "通知", "《甲办法》（鸢政发〔2019〕3号）已废止，不再作为依据。", "cites 甲办法 鸢政发〔2019〕3号"},
		{"what may be repealed one day", "通知", "抓紧修改或者废止《甲办法》（鸢政发〔2019〕3号）。", "cites 甲办法 鸢政发〔2019〕3号"},
		{"an article that is struck out by name", "通知", "废止《甲办法》（鸢政发〔2019〕3号）第三条。", "cites 甲办法 鸢政发〔2019〕3号"},
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
			Body: Structure(c.text)}
		var got []string
		for _, r := range Mentions(p) {
			if r.Quote == "" {
				t.Errorf("%s: nobody knows where it says so", c.says)
			}
			one := strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Kind, r.TargetTitle, numberOf(r.TargetNumber)))
			if r.Since != "" && r.Since != "2024-01-01" { // the day of its own beginning
				one += " since " + string(r.Since)
			}
			if binds := r.Kind == model.Repeals || r.Kind == model.Amends; binds && r.Since == "" {
				t.Errorf("%s: nobody knows from when on", c.says)
			}
			got = append(got, one)
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
