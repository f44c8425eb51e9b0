package ingest

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// WorkbookType is the media type of a workbook.
const WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Template writes an empty workbook for others to fill in: the columns, and what
// each is for.
func Template(w io.Writer) error { return writeTemplate(w, "政策文件", templateColumns) }

func writeTemplate(w io.Writer, sheet string, columns []templateColumn) error {
	book := excelize.NewFile()
	defer book.Close()
	t := &template{book: book, columns: columns}
	t.documents(sheet)
	t.help("填写说明")
	if t.err == nil {
		t.err = book.Write(w)
	}
	if t.err != nil {
		return fmt.Errorf("write template: %w", t.err)
	}
	return nil
}

// MeetingTemplate writes an empty workbook for past meetings, an item a row.
func MeetingTemplate(w io.Writer) error { return writeTemplate(w, "会议", meetingColumns) }

// template keeps the first thing that goes wrong.
type template struct {
	book    *excelize.File
	columns []templateColumn
	err     error
}

func (t *template) do(err error) {
	if t.err == nil {
		t.err = err
	}
}

func (t *template) style(s *excelize.Style) int {
	id, err := t.book.NewStyle(s)
	t.do(err)
	return id
}

// heading is how the names of columns look.
var heading = &excelize.Style{Font: &excelize.Font{Bold: true, Color: "1257A6"}, Alignment: &excelize.Alignment{Vertical: "center"},
	Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EAF1FA"}}}

// documents is the sheet to fill in.
func (t *template) documents(sheet string) {
	t.do(t.book.SetSheetName("Sheet1", sheet))
	day := "yyyy-mm-dd"
	days, texts := t.style(&excelize.Style{CustomNumFmt: &day}), t.style(&excelize.Style{NumFmt: 49})
	for n, c := range t.columns {
		name, err := excelize.ColumnNumberToName(n + 1)
		t.do(err)
		style := texts
		if c.column.isDay() {
			style = days
		}
		t.do(t.book.SetColStyle(sheet, name, style))
		t.do(t.book.SetColWidth(sheet, name, name, c.wide))
		t.do(t.book.SetCellValue(sheet, name+"1", c.column.Name()+c.needed))
		t.do(t.book.SetCellStyle(sheet, name+"1", name+"1", t.style(heading)))
	}
	t.do(t.book.SetRowHeight(sheet, 1, 24))
	t.do(t.book.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
}

// help is the sheet that says what each column is for.
func (t *template) help(sheet string) {
	_, err := t.book.NewSheet(sheet)
	t.do(err)
	row := func(n int, cells ...string) {
		for i, text := range cells {
			name, err := excelize.CoordinatesToCellName(i+1, n)
			t.do(err)
			t.do(t.book.SetCellValue(sheet, name, text))
		}
	}
	row(1, "列", "要不要填", "怎样填")
	t.do(t.book.SetCellStyle(sheet, "A1", "C1", t.style(heading)))
	for n, c := range t.columns {
		needed := "可以空着"
		if c.needed != "" {
			needed = "必填"
		}
		row(n+2, c.column.Name(), needed, c.what)
	}
	t.do(t.book.SetColWidth(sheet, "A", "B", 16))
	t.do(t.book.SetColWidth(sheet, "C", "C", 80))
}

// templateColumn is a column that is offered, with how wide it is and what it is for.
type templateColumn struct {
	column Column
	wide   float64
	needed string
	what   string
}

var meetingColumns = []templateColumn{
	{MeetingName, 40, "（必填）", "会议的名称，带上届次，例如 鸢都市第十八届人民政府第63次常务会议；同一次会议的议题，名称和日期写得一样"},
	{MeetingDay, 14, "（必填）", "哪天开会，写作 2026-03-30 或 2026年3月30日，也可以用 Excel 的日期"},
	{MeetingChair, 16, "", "主持人的职务和姓名"},
	{MeetingShelf, 18, "", "会议栏目的名称；常务会议可以空着"},
	{AgendaTitle, 44, "（必填）", "一行一项议题；不公开的议题请不要写在这里，导入后在草稿里写依据"},
	{Decision, 60, "", "议定事项，最多 5000 字"},
	{Reporters, 22, "", "全称或简称；几个单位用顿号隔开"},
	{Responsible, 22, "", "同上"},
	{Topic, 18, "", "民生专题的名称，几个用顿号隔开；空着时按议题和议定事项推荐"},
}

var templateColumns = []templateColumn{
	{Title, 44, "（必填）", "文件的完整标题，最多 300 字"},
	{DocNumber, 22, "", "例如 鸢政发〔2026〕3号；没有文号的空着"},
	{Issuer, 26, "", "发文机关的全称或简称；几个机关联合发文时用顿号隔开"},
	{WrittenDate, 14, "", "写作 2026-03-30 或 2026年3月30日，也可以用 Excel 的日期"},
	{PublishedDate, 14, "", "同上；空着时为公开当天"},
	{EffectiveDate, 14, "", "施行日期，同上"},
	{ExpiryDate, 14, "", "有效期的最后一天，同上"},
	{IndexNumber, 20, "", "索引号"},
	{Theme, 20, "", "主题分类"},
	{Topic, 18, "", "民生专题的名称，几个用顿号隔开；空着时按标题推荐"},
	{Category, 12, "", "文种，例如 通知、办法；空着时按标题判断"},
	{Validity, 12, "", "有效、失效、废止或已修改"},
	{URL, 30, "", "原文的网址，以 http:// 或 https:// 开头"},
	{Kind, 10, "", "解读填“解读”，政策文件空着"},
	{Interprets, 30, "", "解读的是哪些文件：文号或标题，几个用分号隔开"},
	{Unexplained, 26, "", "这份文件为什么不需要解读"},
	{Text, 60, "（必填）", "正文，一段一行；一格最多 32,767 个字，更长的接着写在下一列，列名写“正文（续）”"},
}
