package media

import (
	"strings"
	"testing"
)

// tc is a cell, its properties first.
func tc(properties string, paragraphs ...string) string {
	s := `<w:tc><w:tcPr>` + properties + `</w:tcPr>`
	for _, text := range paragraphs {
		s += p(text)
	}
	return s + `</w:tc>`
}

func tr(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

// trWith is a row that says something of itself.
func trWith(properties string, cells ...string) string {
	return `<w:tr><w:trPr>` + properties + `</w:trPr>` + strings.Join(cells, "") + `</w:tr>`
}

func tbl(rows ...string) string { return `<w:tbl>` + strings.Join(rows, "") + `</w:tbl>` }

const (
	wide2, wide3 = `<w:gridSpan w:val="2"/>`, `<w:gridSpan w:val="3"/>`
	down, on     = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
)

func TestTablesOfWord(t *testing.T) {
	inner := tbl(tr(tc("", "1"), tc("", "2")), tr(tc("", "3"), tc("", "4")))
	tellDocx(t, []docxStory{
		{"merged cells keep their text in the first of them", word{"body": tbl(
			tr(tc(wide2, "收入"), tc("", "备注")),
			tr(tc(down, "税收"), tc("", "增值税"), tc(down, "含", "滞纳金")),
			tr(tc(on), tc("", "所得税"), tc(on))),
		}, "", []string{"table [收入||备注] [税收|增值税|含/滞纳金] [|所得税|] 0,0:1x2 1,0:2x1 1,2:2x1"}, ""},
		{"columns in which no cell begins are none", word{"body": tbl(
			tr(tc(wide3, "甲"), tc(wide2, "乙")), tr(tc(wide3, "丙"), tc(wide2, "丁"))),
		}, "", []string{"table [甲|乙] [丙|丁]"}, ""},
		{"a row may begin late and end early", word{"body": tbl(
			tr(tc("", "甲"), tc("", "乙"), tc("", "丙")), trWith(`<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>`, tc("", "丁"))),
		}, "", []string{"table [甲|乙|丙] [|丁|]"}, ""},
		{"deleted and hidden rows are gone, deleted cells too", word{"body": tbl(
			tr(tc("", "甲"), tc("", "乙"), tc(`<w:cellDel w:id="1"/>`, "删")),
			trWith(`<w:del w:id="1"/>`, tc("", "删")), trWith(`<w:hidden/>`, tc("", "藏"))),
		}, "", []string{"table [甲|乙]"}, "tracked 2, hidden 1"},
		{"a table in a cell becomes lines of it", word{"body": tbl(
			tr(`<w:tc>`+p("外")+inner+`<w:p/></w:tc>`, tc("", "旁"))),
		}, "", []string{"table [外/1 2/3 4|旁]"}, ""},
		{"a table of one cell is the frame of what it holds", word{
			"body": tbl(tr(tc("", "第一段。", "第二段。"))) + tbl(tr(`<w:tc>`+inner+`</w:tc>`)),
		}, "", []string{"text 第一段。", "text 第二段。", "table [1|2] [3|4]"}, ""},
		{"cells below each other lay out a page where one of them holds several paragraphs", word{
			"body": tbl(tr(tc("", "甲")), tr(tc("", "乙", "丙"))) + tbl(tr(tc("", "丁")), tr(tc("", "戊"))),
		}, "", []string{"text 甲", "text 乙", "text 丙", "table [丁] [戊]"}, ""},
		{"content controls around rows and cells do no harm", word{"body": tbl(
			`<w:sdt><w:sdtContent>` + tr(tc("", "甲"), `<w:sdt><w:sdtContent>`+tc("", "乙")+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>`),
		}, "", []string{"table [甲|乙]"}, ""},
		{"a table as Word 97 merged its cells", word{"body": tbl(
			tr(tc(`<w:hMerge w:val="restart"/>`, "甲"), tc(`<w:hMerge/>`), tc("", "乙")), tr(tc("", "1"), tc("", "2"), tc("", "3"))),
		}, "", []string{"table [甲||乙] [1|2|3] 0,0:1x2"}, ""},
		{"a merged cell that begins nowhere stands for itself, and what it hides is told of", word{"body": tbl(
			tr(tc(on, "甲"), tc(down, "乙")), tr(tc("", "丙"), tc(on, "看不见"))),
		}, "", []string{"table [甲|乙] [丙|] 0,1:2x1"}, "hidden 1"},
	})
}
