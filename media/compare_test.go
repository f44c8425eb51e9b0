package media

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"yuandu/model"
)

// table writes a comparison as a person would note it: a line for each change,
// what is gone as [-…-], what has come as {+…+}.
func table(changes []Change) []string {
	var list []string
	for _, c := range changes {
		s := string(c.Kind)
		if c.Edited && c.Kind != ChangeEdited {
			s += ", edited"
		}
		s += " " + labels(c.Old) + "→" + labels(c.New)
		if c.Edited || c.Kind == ChangeAdded || c.Kind == ChangeRemoved {
			s += sideOf(" < ", c.Old) + sideOf(" > ", c.New)
		}
		list = append(list, s)
	}
	return list
}

func labels(units []Unit) string {
	var list []string
	for _, u := range units {
		list = append(list, u.Label)
	}
	return strings.Join(list, "+")
}

func sideOf(sign string, units []Unit) string {
	var list []string
	for _, u := range units {
		for _, line := range u.Lines {
			s := marked([]Piece{{line.Label, line.Mark}}) + marked(line.Pieces)
			for _, row := range line.Rows {
				s += rowOf(row)
			}
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return sign + strings.Join(list, "/")
}

func rowOf(row UnitRow) string {
	var cells []string
	for _, c := range row.Cells {
		cells = append(cells, marked(c))
	}
	return "|" + strings.Join(cells, "|") + "|"
}

func marked(pieces []Piece) string {
	var s strings.Builder
	for _, p := range pieces {
		switch {
		case p.Text == "":
		case p.Mark == MarkGone:
			s.WriteString("[-" + p.Text + "-]")
		case p.Mark == MarkCome:
			s.WriteString("{+" + p.Text + "+}")
		default:
			s.WriteString(p.Text)
		}
	}
	return s.String()
}

const (
	purpose = "第一条 为了加强电动自行车管理，保障道路交通安全，制定本办法。\n"
	scope   = "第二条 本市行政区域内电动自行车的登记、通行和停放，适用本办法。\n"
	police  = "第三条 公安机关负责电动自行车的登记和通行管理，市场监督管理部门负责销售环节的监督检查。\n"
	streets = "第四条 街道办事处应当在居民区设置集中充电设施，引导居民有序停放。\n"
)

var comparisons = []struct {
	name     string
	old, new string
	want     []string
}{
	{"a law that stayed as it was", purpose + scope, purpose + scope, []string{"same 第一条→第一条", "same 第二条→第二条"}},
	{"an article is put in, and the others only have other numbers", purpose + scope + police,
		purpose + "第二条 电动自行车的管理坚持便民原则。\n" + strings.Replace(scope, "二", "三", 1) + strings.Replace(police, "三", "四", 1),
		[]string{
			"same 第一条→第一条", "added →第二条 > {+第二条+}{+电动自行车的管理坚持便民原则。+}",
			"renumbered 第二条→第三条", "renumbered 第三条→第四条",
		}},
	{"what is removed stands where it stood", purpose + scope + police + streets,
		purpose + strings.Replace(police, "三", "二", 1) + strings.Replace(streets, "四", "三", 1),
		[]string{
			"same 第一条→第一条",
			"removed 第二条→ < [-第二条-][-本市行政区域内电动自行车的登记、通行和停放，适用本办法。-]",
			"renumbered 第三条→第二条", "renumbered 第四条→第三条",
		}},
	{"numbers and dates change as a whole",
		"第五条 逾期未登记的，处二百元以上五百元以下罚款。\n第六条 本办法自2021年3月1日起施行。",
		"第五条 逾期未登记的，处三百元以上一千元以下罚款。\n第六条 本办法自2024年5月1日起施行。",
		[]string{
			"changed 第五条→第五条 < 第五条逾期未登记的，处[-二百-]元以上[-五百-]元以下罚款。 > 第五条逾期未登记的，处{+三百+}元以上{+一千+}元以下罚款。",
			"changed 第六条→第六条 < 第六条本办法自[-2021年3月1日-]起施行。 > 第六条本办法自{+2024年5月1日+}起施行。",
		}},
	{"an article moves to another place", police + purpose + scope + streets, purpose + scope + streets + strings.Replace(police, "三", "五", 1),
		[]string{"same 第一条→第一条", "same 第二条→第二条", "same 第四条→第四条", "moved 第三条→第五条"}},
	{"an article moves and its words change", police + purpose + scope + streets,
		purpose + scope + streets + "第五条 公安机关负责电动自行车的登记和通行管理，市场监督管理部门负责生产和销售环节的监督检查。",
		[]string{
			"same 第一条→第一条", "same 第二条→第二条", "same 第四条→第四条",
			"moved, edited 第三条→第五条" +
				" < [-第三条-]公安机关负责电动自行车的登记和通行管理，市场监督管理部门负责销售环节的监督检查。" +
				" > {+第五条+}公安机关负责电动自行车的登记和通行管理，市场监督管理部门负责{+生产和+}销售环节的监督检查。",
		}},
	{"an article is split in two", purpose + police + streets,
		purpose + "第三条 公安机关负责电动自行车的登记和通行管理。\n" +
			"第四条 市场监督管理部门负责电动自行车销售环节的监督检查。\n" + strings.Replace(streets, "四", "五", 1),
		[]string{
			"same 第一条→第一条",
			"split, edited 第三条→第三条+第四条" +
				" < 第三条公安机关负责电动自行车的登记和通行管理[-，-]市场监督管理部门负责销售环节的监督检查。" +
				" > 第三条公安机关负责电动自行车的登记和通行管理{+。+}/{+第四条+}市场监督管理部门负责{+电动自行车+}销售环节的监督检查。",
			"renumbered 第四条→第五条",
		}},
	{"two articles are joined, word for word", purpose + scope + police,
		purpose + scope + "公安机关负责电动自行车的登记和通行管理，市场监督管理部门负责销售环节的监督检查。",
		[]string{"same 第一条→第一条", "joined 第二条+第三条→第二条"}},
	{"an item is put in, and those behind it have other numbers",
		"第七条 电动自行车不得停放在下列地点：\n（一）疏散通道；\n（二）安全出口。",
		"第七条 电动自行车不得停放在下列地点：\n（一）疏散通道；\n（二）楼梯间；\n（三）安全出口。",
		[]string{"changed 第七条→第七条" +
			" < 第七条电动自行车不得停放在下列地点：/（一）疏散通道；/[-（二）-]安全出口。" +
			" > 第七条电动自行车不得停放在下列地点：/（一）疏散通道；/{+（二）+}{+楼梯间；+}/{+（三）+}安全出口。"}},
	{"two paragraphs of an article become one", "第八条 充电设施由产权人维护。\n产权人可以委托他人维护。", "第八条 充电设施由产权人维护。产权人可以委托他人维护。",
		[]string{"changed 第八条→第八条 < 第八条充电设施由产权人维护。/产权人可以委托他人维护。 > 第八条充电设施由产权人维护。产权人可以委托他人维护。"}},
	{"a chapter has another title, and the next one another number",
		"第一章 总则\n" + purpose + "第二章 通行\n" + scope + "第三章 法律责任\n" + police,
		"第一章 总则\n" + purpose + "第二章 通行和停放\n" + scope + "第三章 充电\n" + streets + "第四章 法律责任\n" + strings.Replace(police, "三", "五", 1),
		[]string{
			"same 第一章→第一章", "same 第一条→第一条", "changed 第二章→第二章 < 第二章通行 > 第二章通行{+和停放+}", "same 第二条→第二条",
			"added →第三章 > {+第三章+}{+充电+}", "added →第四条 > {+第四条+}{+街道办事处应当在居民区设置集中充电设施，引导居民有序停放。+}",
			"renumbered 第三章→第四章", "renumbered 第三条→第五条",
		}},
	{"a circular is compared by headings and paragraphs",
		"一、总体要求\n各部门要按照统一部署，落实责任。\n二、工作任务\n1.全面摸清底数，建立台账；\n2.集中整治隐患，限期改正。",
		"一、总体要求\n各部门要按照统一部署，压实责任。\n二、工作任务\n1.广泛宣传发动，营造氛围；\n2.全面摸清底数，建立台账；\n3.集中整治隐患，限期改正。",
		[]string{
			"same 一、→一、",
			"changed → < 各部门要按照统一部署，[-落-]实责任。 > 各部门要按照统一部署，{+压+}实责任。",
			"same 二、→二、",
			"added →1. > {+1.+}{+广泛宣传发动，营造氛围；+}", "renumbered 1.→2.", "renumbered 2.→3.",
		}},
	{"the annex stands behind the articles, by paragraphs", scope + "附件：收费标准\n1.号牌每副十五元。\n2.行驶证免费。",
		scope + "附件：收费标准\n1.号牌每副十元。\n2.行驶证免费。",
		[]string{
			"same 第二条→第二条", "same →", "changed 1.→1. < 1.号牌每副[-十五-]元。 > 1.号牌每副{+十+}元。", "same 2.→2.",
		}},
	{"what is said twice stays in its places", "一、甲\n另行通知。\n二、乙\n另行通知。", "一、甲\n二、乙\n另行通知。",
		[]string{"same 一、→一、", "removed → < [-另行通知。-]", "same 二、→二、", "same →"}},
	{"an article that was written anew stands beside the old one", purpose + "第二条 车辆实行登记制度。\n" + police,
		purpose + "第二条 车辆经登记并领取号牌后，方可上道路行驶。\n" + police,
		[]string{
			"same 第一条→第一条",
			"changed 第二条→第二条" +
				" < 第二条车辆[-实行登记制度-]。" +
				" > 第二条车辆{+经登记并领取号牌后，方可上道路行驶+}。",
			"same 第三条→第三条",
		}},
	{"an article about something else is another one", purpose + "第二条 车辆实行登记制度。\n" + police,
		purpose + "第二条 消防通道禁止停放。\n" + police,
		[]string{
			"same 第一条→第一条", "removed 第二条→ < [-第二条-][-车辆实行登记制度。-]",
			"added →第二条 > {+第二条+}{+消防通道禁止停放。+}", "same 第三条→第三条",
		}},
	{"a document that did not exist", "", purpose, []string{"added →第一条 > {+第一条+}{+为了加强电动自行车管理，保障道路交通安全，制定本办法。+}"}},
	{"a document that is gone", scope, "", []string{"removed 第二条→ < [-第二条-][-本市行政区域内电动自行车的登记、通行和停放，适用本办法。-]"}},
	{"a table has a new row, a new amount and a row less",
		"| 项目 | 金额 |\n|---|---|\n| 登记费 | 20元 |\n| 号牌费 | 15元 |\n| 停放费 | 1元 |",
		"| 项目 | 金额 |\n|---|---|\n| 号牌费 | 10元 |\n| 停放费 | 1元 |\n| 充电费 | 2元 |",
		[]string{"changed →" +
			" < |项目|金额||[-登记费-]|[-20元-]||号牌费|[-15-]元||停放费|1元|" +
			" > |项目|金额||号牌费|{+10+}元||停放费|1元||{+充电费+}|{+2元+}|"}},
	{"a table has a new column",
		"| 项目 | 金额 |\n|---|---|\n| 登记费 | 20元 |",
		"| 项目 | 单位 | 金额 |\n|---|---|---|\n| 登记费 | 辆 | 20元 |",
		[]string{"changed → < |项目|金额||登记费|20元| > |项目|{+单位+}|金额||登记费|{+辆+}|20元|"}},
}

func TestCompare(t *testing.T) {
	for _, story := range comparisons {
		t.Run(story.name, func(t *testing.T) {
			got := table(mustCompare(t, Structure(story.old), Structure(story.new)))
			if !reflect.DeepEqual(got, story.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(story.want, "\n"))
			}
		})
	}
}

func TestAnotherPictureIsAChange(t *testing.T) {
	picture := func(file string) model.Body {
		return model.Body{
			{Kind: model.BlockArticle, Label: "第九条", Text: "标志的样式如下："},
			{Kind: model.BlockPicture, FileID: file, Text: "停放区标志"},
		}
	}
	got := table(mustCompare(t, picture("1"), picture("2")))
	want := []string{"changed 第九条→第九条 < 第九条标志的样式如下：/[-停放区标志-] > 第九条标志的样式如下：/{+停放区标志+}"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %s", got)
	}
}

func TestAMergedCellIsAChange(t *testing.T) {
	merged := func(rows int) model.Body {
		return model.Body{{
			Kind: model.BlockTable, Rows: [][]string{{"登记", "免费"}, {"", "十元"}},
			Spans: []model.Span{{Row: 0, Column: 0, Rows: rows, Columns: 1}, {Row: 9, Column: 9}},
		}}
	}
	got := table(mustCompare(t, merged(1), merged(2)))
	want := []string{"changed → < |[-登记-]|免费|||十元| > |{+登记+}|免费|||十元|"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %s", got)
	}
}

func TestCompareText(t *testing.T) {
	for _, story := range []struct{ name, old, new, want string }{
		{"a title that stayed", "管理办法", "管理办法", "管理办法"},
		{"nothing and nothing", "", "", ""},
		{"a title where none was", "", "管理办法", "{+管理办法+}"},
		{"a word put in", "潍坊市养犬管理条例", "潍坊市城市养犬管理条例", "潍坊市{+城市+}养犬管理条例"},
		{"a year", "潍坊市2023年重点工作", "潍坊市2024年重点工作", "潍坊市[-2023年-]{+2024年+}重点工作"},
		{"an article that is cited", "依照第十二条的规定", "依照第十三条的规定", "依照[-第十二条-]{+第十三条+}的规定"},
		{"a share", "不低于百分之五", "不低于百分之十五", "不低于[-百分之五-]{+百分之十五+}"},
		{"a decimal", "按3.5%计算", "按13.5%计算", "按[-3.5%-]{+13.5%+}计算"},
		{"one entry of a list more", "市人民政府、街道办事处", "市人民政府、县人民政府、街道办事处", "市人民政府、{+县人民政府、+}街道办事处"},
		{"crumbs are no text that was kept", "由城市管理部门负责", "由交通管养单位负责", "由[-城市管理部门-]{+交通管养单位+}负责"},
	} {
		t.Run(story.name, func(t *testing.T) {
			if got := marked(mustCompareText(t, story.old, story.new)); got != story.want {
				t.Errorf("got %s, want %s", got, story.want)
			}
		})
	}
}

func TestHugeDocumentsAreComparedAtOnce(t *testing.T) {
	many := func(text func(int) string) model.Body {
		body := make(model.Body, 5000)
		for i := range body {
			body[i] = model.Block{Kind: model.BlockParagraph, Text: text(i)}
		}
		return body
	}
	same := many(func(int) string { return "略" })
	numbered := many(func(i int) string { return fmt.Sprintf("编号为%d的建筑物已经拆除。", i) })
	turned := slices.Clone(numbered)
	slices.Reverse(turned)
	other := many(func(i int) string { return fmt.Sprintf("编号为%d的道路已经修好。", i*7) })
	long := model.Body{{Kind: model.BlockParagraph, Text: numbered.Plain()}}
	for name, pair := range map[string][2]model.Body{
		"nothing but repetition":   {same, same[:4000]},
		"the last comes first":     {numbered, turned},
		"every paragraph is new":   {numbered, other},
		"one paragraph of it all":  {long, {{Kind: model.BlockParagraph, Text: other.Plain()}}},
		"a paragraph became many":  {long, numbered},
		"one article around it":    {append(Structure(scope), numbered...), append(Structure(scope), turned...)},
		"a document that was none": {nil, numbered},
	} {
		t.Run(name, func(t *testing.T) { mustCompare(t, pair[0], pair[1]) })
	}
}
