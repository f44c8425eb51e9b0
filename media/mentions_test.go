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
