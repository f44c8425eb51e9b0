package ingest

import (
	"strings"
	"unicode"
)

// Column is what a value of a row says about its document, under our own name.
type Column string

// The columns that an import file may have.
const (
	Title         Column = "title"
	Subtitle      Column = "subtitle" // tells the parts of one law apart
	DocNumber     Column = "doc_number"
	Issuer        Column = "issuer"
	WrittenDate   Column = "written_date"
	PublishedDate Column = "published_date"
	EffectiveDate Column = "effective_date"
	ExpiryDate    Column = "expiry_date"
	IndexNumber   Column = "index_number"
	Theme         Column = "theme"
	Topic         Column = "topic"
	Validity      Column = "validity"
	Category      Column = "category"
	Level         Column = "level" // the rank of a law: 法律, 地方性法规
	Kind          Column = "kind"
	Text          Column = "text"
	URL           Column = "url"
	Interprets    Column = "interprets"
	Sample        Column = "sample"
	Unexplained   Column = "no_interpretation" // why the document needs none

	MeetingName  Column = "meeting" // a row of a meeting is one item of it
	MeetingDay   Column = "meeting_day"
	MeetingShelf Column = "meeting_column"
	MeetingChair Column = "chair"
	AgendaTitle  Column = "agenda_item"
	Decision     Column = "decision"
	Reporters    Column = "reporters"
	Responsible  Column = "responsible"
)

// columns lists every column with its Chinese name and the other headers under
// which it is found, in the order in which people are told of them.
var columns = []struct {
	column Column
	name   string
	others string
}{
	{Title, "标题", ""},
	{Subtitle, "副标题", ""},
	{DocNumber, "文号", "发文字号 文件编号"},
	{Issuer, "发文机关", "发布机构 发布机关 发文单位"},
	{WrittenDate, "成文日期", ""},
	{PublishedDate, "发布日期", "published date"},
	{EffectiveDate, "生效日期", "施行日期 effective"},
	{ExpiryDate, "失效日期", "expired expiry"},
	{IndexNumber, "索引号", "index_no"},
	{Theme, "主题分类", ""},
	{Topic, "专题", ""},
	{Validity, "有效性", ""},
	{Category, "类别", ""},
	{Level, "效力级别", ""},
	{Kind, "种类", ""},
	{Text, "正文", ""},
	{URL, "原文链接", ""},
	{Interprets, "解读文件", ""},
	{Sample, "示例", ""},
	{Unexplained, "不解读的理由", "不配解读的理由"},
	{MeetingName, "会议名称", "会议名称/届次 会议名称、届次"},
	{MeetingDay, "会议日期", "日期 开会日期"},
	{MeetingShelf, "会议栏目", "栏目"},
	{MeetingChair, "主持人", ""},
	{AgendaTitle, "议题", "议题名称"},
	{Decision, "议定事项", "决定 决定事项"},
	{Reporters, "汇报单位", ""},
	{Responsible, "责任单位", "责任部门"},
}

var byHeader, chineseNames = readColumns()

func readColumns() (map[string]Column, map[Column]string) {
	headers, names := map[string]Column{}, map[Column]string{}
	for _, c := range columns {
		names[c.column] = c.name
		for _, header := range append(strings.Fields(c.others), c.name, string(c.column)) {
			headers[header] = c.column
		}
	}
	return headers, names
}

// Name is the column's Chinese name.
func (c Column) Name() string { return chineseNames[c] }

func (c Column) isDay() bool {
	return c == WrittenDate || c == PublishedDate || c == EffectiveDate || c == ExpiryDate || c == MeetingDay
}

// columnOf finds the column that a header means: 标题, Title, " DOC_NUMBER ",
// 正文（必填）.
func columnOf(header string) (Column, bool) {
	header = plainHeader(header)
	if i := strings.IndexAny(header, "（("); i > 0 {
		header = header[:i]
	}
	c, ok := byHeader[strings.ToLower(header)]
	return c, ok
}

// goesOn says whether a column goes on with the one before, since one cell was
// too small: 正文（续）, 正文（续2）.
func goesOn(header string) bool {
	_, behind, _ := strings.Cut(strings.ReplaceAll(plainHeader(header), "(", "（"), "（")
	return strings.HasPrefix(behind, "续")
}

func plainHeader(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("*\ufeff\u200b", r) {
			return -1
		}
		return r
	}, header)
}
