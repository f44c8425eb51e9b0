package ingest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func TestEverythingThatIsWrongWithARowIsSaidAtOnce(t *testing.T) {
	r, err := Open(write(t, "a.csv", []byte("标题（必填）,发文日,施行日期,发布机构,正文\n,x,明年,甲局,\n乙,,#REF!,甲局,正文\n")))
	must(t, err)
	defer r.Close()
	var got []string
	must(t, r.All(func(_ Row, wrong *RowError) error {
		for _, e := range append([]*RowError{wrong}, wrong.Also...) {
			got = append(got, fmt.Sprintf("%d %s=%q: %s", e.Line, e.Header, e.Value, e.Reason))
		}
		return nil
	}))
	expect(t, got,
		`2 施行日期="明年": “明年”不是日期，应写作 2021-03-30 或 2021年3月30日`,
		`2 标题（必填）="": 不能为空`,
		`2 正文="": 不能为空`,
		`3 施行日期="#REF!": 是公式没有算出来的结果，请改成文字`)
	var headers []string
	for _, h := range r.Headers() {
		headers = append(headers, h.Name+"→"+h.Column.Name())
	}
	expect(t, headers, "标题（必填）→标题", "发文日→", "施行日期→生效日期", "发布机构→发文机关", "正文→正文")
}

func TestALongTextGoesOnInTheNextColumn(t *testing.T) {
	got, unknown := read(t, write(t, "a.csv", []byte("问题,标题,正文,正文（续）,正文(续2)\n上次的,甲,第一条,第二条,第三条\n,乙,一,,\n")))
	expect(t, got, "2 甲 | 第一条第二条第三条", "3 乙 | 一")
	expect(t, unknown)
}

func TestOfAWorkbookTheSheetWithTheColumnsIsRead(t *testing.T) {
	r, err := Open(workbook(t))
	must(t, err)
	defer r.Close()
	if read, others := r.Sheet(); read != "政策 2021" || strings.Join(others, "") != "Sheet1" {
		t.Errorf("read is %q, not %q", read, others)
	}
}

// byHand makes a workbook of one sheet as its parts stand in the file.
func byHand(t testing.TB, rows string) string {
	t.Helper()
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	const packaged = "http://schemas.openxmlformats.org/package/2006/"
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + packaged + `content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packaged + `relationships"><Relationship Id="r" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + office + `"><sheets><sheet name="甲" sheetId="1" r:id="s"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packaged + `relationships"><Relationship Id="s" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet xmlns="` + main + `"><sheetData>` + rows + `</sheetData></worksheet>`},
	} {
		out, err := w.Create(part[0])
		must(t, err)
		_, err = out.Write([]byte(part[1]))
		must(t, err)
	}
	must(t, w.Close())
	return write(t, "a.xlsx", file.Bytes())
}

func TestOfAFormulaItsResultIsTaken(t *testing.T) {
	text := func(cell, text string) string {
		return `<c r="` + cell + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	got, _ := read(t, byHand(t,
		`<row r="1">`+text("A1", "标题")+text("B1", "正文")+text("C1", "发布日期")+`</row>`+
			`<row r="2"><c r="A2" t="str"><f>D2&amp;"办法"</f><v>甲办法</v></c>`+text("B2", "正文")+`<c r="C2"><f>TODAY()</f><v>45000</v></c></row>`+
			`<row r="3"><c r="A3"><f>D3</f></c>`+text("B3", "没有算过")+`</row>`+
			`<row r="4"><c r="A4" t="e"><f>D4</f><v>#REF!</v></c>`+text("B4", "正文")+`</row>`))
	expect(t, got, "2 甲办法 published_date=2023-03-15 | 正文", "第 3 行 标题：不能为空", "第 4 行 标题：是公式没有算出来的结果，请改成文字")
}

func TestAWorkbookThatUnpacksToTooMuchIsRefused(t *testing.T) {
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	part, err := w.Create("xl/worksheets/sheet1.xml")
	must(t, err)
	for block, n := make([]byte, 1<<20), 0; n <= maxUnpacked>>20; n++ {
		_, err := part.Write(block)
		must(t, err)
	}
	must(t, w.Close())
	got, _ := read(t, write(t, "a.xlsx", file.Bytes()))
	expect(t, got, "a.xlsx 不能导入：解开以后超过 512 MB，请拆成几个文件")
}
