package ingest

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yuandu/model"
)

// write puts content into a new file of that name.
func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read notes what a reader of the file sees: a row as line, title and whatever
// else it has, or the error.
func read(t testing.TB, path string) (seen, unknown []string) {
	t.Helper()
	r, err := Open(path)
	if err != nil {
		return []string{err.Error()}, nil
	}
	defer r.Close()
	err = r.All(func(row Row, wrong *RowError) error {
		if wrong != nil {
			seen = append(seen, wrong.Error())
			return nil
		}
		note := fmt.Sprintf("%d %s", row.Line, row.Values[Title])
		for _, c := range slices.Sorted(maps.Keys(row.Values)) {
			if c != Title && c != Text {
				note += fmt.Sprintf(" %s=%s", c, row.Values[c])
			}
		}
		seen = append(seen, note+" | "+model.Shortened(row.Values[Text], 20))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if done, total := r.Progress(); done != total && !strings.Contains(strings.Join(seen, ""), "断了") {
		t.Errorf("at the end %d of %d bytes are read", done, total)
	}
	return seen, r.Unknown()
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func zipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestJSONLines(t *testing.T) {
	for _, story := range []struct{ name, line, want string }{
		{"Chinese names", `{"标题":"甲","正文":"文","文号":"潍政发〔2021〕3号","发布日期":"2021年3月30日"}`,
			"1 甲 doc_number=潍政发〔2021〕3号 published_date=2021-03-30 | 文"},
		{"English names in any case", `{" TITLE ":"甲","Text":"文","Index_No":"X/1","Date":"2021/3/30 08:00"}`,
			"1 甲 index_number=X/1 published_date=2021-03-30 | 文"},
		{"a name with a note behind it", `{"标题（必填）":"甲","*正文":"文"}`, "1 甲 | 文"},
		{"the first value that is not empty counts", `{"title":"甲","text":"文","date":null,"published":"2020-01-02","发布日期":"2021-01-01"}`,
			"1 甲 published_date=2020-01-02 | 文"},
		{"a name that comes twice", `{"title":"","title":"甲","title":"乙","text":"文"}`, "1 甲 | 文"},
		{"numbers, booleans and lists", `{"title":2021,"text":["一","二",null,3],"sample":true,"解读文件":["《甲》","乙〔2020〕1号"]}`,
			"1 2021 interprets=《甲》;乙〔2020〕1号 sample=true | 一;二;;3"},
		{"a law that has ended", `{"title":"甲","text":"文","expired":true}`, "1 甲 validity=失效 | 文"},
		{"a law that has not", `{"title":"甲","text":"文","expired":false,"有效性":"现行有效"}`, "1 甲 validity=现行有效 | 文"},
		{"a law that ends on a day", `{"title":"甲","text":"文","expired":"2030-12-31"}`, "1 甲 expiry_date=2030-12-31 | 文"},
		{"a meta object fills what is empty", `{"title":"甲","text":"文","issuer":null,"meta":{"发布机构":"上海市科学技术委员会","原文链接":"[http://a.cn/b](http://a.cn/b)","发布日期":"2025-10-31","标题":"乙"}}`,
			"1 甲 issuer=上海市科学技术委员会 published_date=2025-10-31 url=http://a.cn/b | 文"},
		{"what is nonsense in it is left out", `{"title":"甲","text":"文","meta":{"发布机构":"分类**:","原文链接":"无","发布日期":"2021-2023年期间","文件编号":"无","生效日期":{"a":1},"meta":{"文号":"甲〔2020〕1号"}}}`,
			"1 甲 | 文"},
		{"a placeholder is no value", `{"title":"甲","text":"文","文号":"无","原文链接":"-"}`, "1 甲 | 文"},
		{"no title", `{"title":" 　","text":"文"}`, "第 1 行 标题：不能为空"},
		{"no text", `{"title":"甲"}`, "第 1 行 正文：不能为空"},
		{"a wrong day", `{"title":"甲","text":"文","成文日期":"2021-13-45"}`, "第 1 行 成文日期：“2021-13-45”不是日期，应写作 2021-03-30 或 2021年3月30日"},
		{"a wrong address", `{"title":"甲","text":"文","url":"javascript:alert(1)"}`, "第 1 行 原文链接：“javascript:alert(1)”不是网址，应以 http:// 或 https:// 开头"},
		{"an object for a value", `{"title":{"a":1},"text":"文"}`, "第 1 行 标题：应是文字，不是 JSON 对象"},
		{"a NUL, escaped", `{"title":"甲\u0000","text":"文"}`, "第 1 行 标题：有空字符（NUL），请删去"},
		{"a NUL, bare", "{\"title\":\"甲\x00\",\"text\":\"文\"}", "第 1 行：有空字符（NUL），请删去"},
		{"broken UTF-8", "{\"title\":\"甲甲甲\",\"text\":\"文\xff文\"}", "第 1 行 正文：有认不出的字（不是 UTF-8，或编码已损坏），请从原文重新导出"},
		{"a line cut short", `{"title":"甲","text":"文`, "第 1 行：不是一个完整的 JSON 对象：第 22 个字节附近写错了，或者没有写完"},
		{"something behind the object", `{"title":"甲","text":"文"} 尾`, "第 1 行：不是一个完整的 JSON 对象：第 29 个字节后还有多余的内容"},
		{"something without end", `{"title":` + strings.Repeat("[", 20_000), "第 1 行：不是一个完整的 JSON 对象：第 9 个字节附近写错了，或者没有写完"},
		{"a text that is too long", `{"title":"甲","text":"` + strings.Repeat("文", 2<<20) + `"}`, "第 1 行 正文：有 6.0 MB，最多 5 MB，请拆成几份文件"},
	} {
		t.Run(story.name, func(t *testing.T) {
			got, _ := read(t, write(t, "a.jsonl", []byte(story.line)))
			expect(t, got, story.want)
		})
	}
}

func TestABadRowDoesNotStopTheRest(t *testing.T) {
	text := "\ufeff" + `{"title":"甲","text":"文","id":1,"级别":2}` + "\n\n not json \n" + `["title"]` + "\n" +
		`{"title":"` + strings.Repeat("长", 12<<20) + `"}` + "\n" + `{"title":"乙","text":"文","ID":1,"id":2}` + "\r\n"
	want := []string{
		"1 甲 | 文", "第 3 行：不是一个完整的 JSON 对象：应以 { 开头", "第 4 行：不是一个完整的 JSON 对象：应以 { 开头",
		"第 5 行：这一行超过 32 MB", "6 乙 | 文",
	}
	for name, content := range map[string][]byte{"a.jsonl": []byte(text), "a.jsonl.gz": zipped(t, text), "named.csv": []byte(text)} {
		got, unknown := read(t, write(t, name, content))
		expect(t, got, want...)
		expect(t, unknown, "id", "级别", "ID")
	}
}

func TestAHalfWrittenGzipGivesTheRowsBeforeTheBreak(t *testing.T) {
	var text strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&text, `{"title":"文件%d","text":"第%d号正文"}`+"\n", i, i*i)
	}
	whole := zipped(t, text.String())
	got, _ := read(t, write(t, "a.jsonl.gz", whole[:len(whole)/2]))
	last := len(got) - 1
	if last < 1000 || got[0] != "1 文件0 | 第0号正文" {
		t.Fatalf("only %d rows were read, first %s", last, got[0])
	}
	want := fmt.Sprintf("第 %d 行：压缩文件在这里断了（没有下载完整，或已损坏），这一行和后面的内容读不出来", last+1)
	expect(t, got[last:], want)

	got, _ = read(t, write(t, "a.jsonl.gz", whole[:9]))
	expect(t, got, "a.jsonl.gz 不能导入：压缩文件（gz）已损坏，开头就读不出来")
}

const table = "标题,文号,发布日期,正文,备注\n" +
	"甲,潍政发〔2021〕3号,2021-03-30,\"第一段\n第二段，含“引号”和\"\"英文引号\"\"\",无\n" +
	",,,,\n" +
	"乙,,2021年4月1日,正文乙\n"

func TestCSV(t *testing.T) {
	encode := func(e interface{ String(string) (string, error) }, s string) []byte {
		out, err := e.String(s)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(out)
	}
	want := []string{
		"2 甲 doc_number=潍政发〔2021〕3号 published_date=2021-03-30 | 第一段\n第二段，含“引号”和\"英文引号\"",
		"5 乙 published_date=2021-04-01 | 正文乙",
	}
	for name, content := range map[string][]byte{
		"UTF-8":               []byte(table),
		"UTF-8 with its mark": []byte("\ufeff" + table),
		"GBK":                 encode(simplifiedchinese.GBK.NewEncoder(), table),
		"GB18030":             encode(simplifiedchinese.GB18030.NewEncoder(), table),
		"UTF-16, little":      encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), table),
		"UTF-16, big":         encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder(), table),
		"packed":              zipped(t, table),
		"Windows lines":       []byte(strings.ReplaceAll(table, "\n", "\r\n")),
		"semicolons":          []byte(strings.ReplaceAll(table, ",", ";")),
		"tabs":                []byte(strings.ReplaceAll(table, ",", "\t")),
	} {
		t.Run(name, func(t *testing.T) {
			got, unknown := read(t, write(t, "a.csv", content))
			expect(t, got, want...)
			expect(t, unknown, "备注")
		})
	}
	t.Run("a title above the names", func(t *testing.T) {
		got, _ := read(t, write(t, "a.csv", []byte("政策文件汇总表\n\ntitle,text\n甲,文\n")))
		expect(t, got, "4 甲 | 文")
	})
	t.Run("GBK whose names are English", func(t *testing.T) {
		got, _ := read(t, write(t, "a.csv", encode(simplifiedchinese.GBK.NewEncoder(), "title,text\n养老服务,条例正文\n")))
		expect(t, got, "2 养老服务 | 条例正文")
	})
}

func TestCSVThatIsDamaged(t *testing.T) {
	for _, story := range []struct {
		name, text string
		want       []string
	}{
		{"a quote that nobody closed costs its own line", "title,text\n甲,\"文\n乙,文\n丙,文\n", []string{
			"第 2 行：有一个双引号没有配对，后面找不到与它成对的引号", "3 乙 | 文", "4 丙 | 文"}},
		{"a quote inside of a value is one", "title,text\n甲 \"乙\",5\" 屏\n", []string{`2 甲 "乙" | 5" 屏`}},
		{"after three slips a quote holds for its line", "title,text\n" + strings.Repeat("甲,\"\"文\n", 6), []string{
			"第 2 行：有一个双引号没有配对，后面找不到与它成对的引号", "第 3 行：有一个双引号没有配对，后面找不到与它成对的引号",
			"第 4 行：有一个双引号没有配对，后面找不到与它成对的引号", "5 甲 | \"文", "6 甲 | \"文", "7 甲 | \"文"}},
		{"too many columns", "title,text\n甲,前,后\n乙,文\n", []string{
			"第 2 行：有 3 列，列名只有 2 个；内容里有分隔符时，请用英文双引号括起来", "3 乙 | 文"}},
		{"too few columns", "text,title\n文\n文,乙\n", []string{"第 2 行 标题：不能为空", "3 乙 | 文"}},
		{"a few broken bytes make no GBK", "title,text\n养老服务条例,第一条\xff\n乙乙乙,文\n", []string{
			"第 2 行 正文：有认不出的字（不是 UTF-8，或编码已损坏），请从原文重新导出", "3 乙乙乙 | 文"}},
	} {
		t.Run(story.name, func(t *testing.T) {
			got, _ := read(t, write(t, "a.csv", []byte(story.text)))
			expect(t, got, story.want...)
		})
	}
}

func TestFilesThatAreNone(t *testing.T) {
	for _, story := range []struct{ name, content, want string }{
		{"a.jsonl", "", "a.jsonl 不能导入：是空文件"},
		{"a.csv", " \n\t\n", "a.csv 不能导入：里面没有内容"},
		{"a.json", "[{\"title\":\"甲\"}]", "a.json 不能导入：是一个 JSON 数组，请改成每行一个 JSON 对象（JSONL）"},
		{"a.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls 不能导入：是旧版 Excel（.xls）或加了密码的文件，请另存为不加密的 .xlsx"},
		{"a.pdf", "%PDF-1.7", "a.pdf 不能导入：是 PDF 文件，请用 JSONL、CSV 或 XLSX"},
		{"a.xlsx", "PK\x03\x04 half of it", "a.xlsx 不能导入：不是完整的 XLSX 文件，请用 Excel 或 WPS 重新另存"},
		{"a.csv", "标题,内容摘要\n甲,文\n", "a.csv 不能导入：缺少“正文”这一列"},
		{"a.csv", "甲,乙\n", "a.csv 不能导入：没有找到列名：前几行里应有一行写着“标题”“正文”等列名，可用的有 标题、副标题、文号、发文机关、成文日期、" +
			"发布日期、生效日期、失效日期、索引号、主题分类、专题、有效性、类别、效力级别、种类、正文、原文链接、解读文件、示例、不解读的理由、会议名称、会议日期、会议栏目、主持人、议题、议定事项、汇报单位、责任单位"},
		{"a.jsonl", "not json\n", "第 1 行：不是一个完整的 JSON 对象：应以 { 开头"},
	} {
		t.Run(story.want, func(t *testing.T) {
			got, _ := read(t, write(t, story.name, []byte(story.content)))
			expect(t, got, story.want)
		})
	}
	got, _ := read(t, t.TempDir())
	if len(got) != 1 || !strings.HasSuffix(got[0], "是一个文件夹，请给出文件") {
		t.Errorf("a folder is %v", got)
	}
}

// workbook makes an XLSX file as an office would: a notes sheet first, a title
// above the names, merged cells, days as days and as text.
func workbook(t testing.TB) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	day, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	must(t, err)
	_, err = book.NewSheet("政策 2021")
	must(t, err)
	must(t, book.SetCellValue("Sheet1", "A1", "说明：请看第二张表"))
	for cell, value := range map[string]any{
		"A1": "政策文件汇总表",
		"A3": "标题", "B3": "发文机关", "C3": "发布日期", "D3": "正文", "E3": "附注",
		"A4": "甲", "B4": "潍坊市人民政府", "C4": time.Date(2021, 3, 30, 0, 0, 0, 0, time.UTC), "D4": "正文甲",
		"A5": "乙", "C5": "2021年4月1日", "D5": "正文乙",
		"A8": "丙", "C8": 20210501, "D8": "正文丙",
		"A9": "丁", "C9": 2021, "D9": "正文丁",
		"A10": "戊己", "D10": "正文戊",
	} {
		must(t, book.SetCellValue("政策 2021", cell, value))
	}
	must(t, book.SetCellStyle("政策 2021", "C4", "C4", day))
	must(t, book.MergeCell("政策 2021", "A1", "G1"))
	must(t, book.MergeCell("政策 2021", "B4", "B8"))
	must(t, book.MergeCell("政策 2021", "A10", "B10"))
	must(t, book.MergeCell("政策 2021", "D10", "H10"))
	path := filepath.Join(t.TempDir(), "a.xlsx")
	must(t, book.SaveAs(path))
	return path
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestXLSX(t *testing.T) {
	got, unknown := read(t, workbook(t))
	expect(t, got,
		"4 甲 issuer=潍坊市人民政府 published_date=2021-03-30 | 正文甲",
		"5 乙 issuer=潍坊市人民政府 published_date=2021-04-01 | 正文乙",
		"8 丙 issuer=潍坊市人民政府 published_date=2021-05-01 | 正文丙",
		"第 9 行 发布日期：“2021”不是日期，应写作 2021-03-30 或 2021年3月30日",
		"10 戊己 issuer=戊己 | 正文戊",
	)
	expect(t, unknown, "附注")
}

func TestXLSXThatIsDamagedIsRefused(t *testing.T) {
	whole, err := os.ReadFile(workbook(t))
	must(t, err)
	for at := 4; at < len(whole); at += 97 {
		read(t, write(t, "a.xlsx", whole[:at])) // comes to its end
		damaged := slices.Clone(whole)
		damaged[at] ^= 0xff
		read(t, write(t, "a.xlsx", damaged))
	}
	got, _ := read(t, write(t, "a.xlsx", whole[:len(whole)/2]))
	expect(t, got, "a.xlsx 不能导入：不是完整的 XLSX 文件，请用 Excel 或 WPS 重新另存")
}

func TestXLSXWithMoreMergedCellsThanAPersonMakes(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	stream, err := book.NewStreamWriter("Sheet1")
	must(t, err)
	must(t, stream.SetRow("A1", []any{"标题", "正文", "发文机关"}))
	for line := 2; line <= 20_001; line++ {
		must(t, stream.SetRow(fmt.Sprintf("A%d", line), []any{fmt.Sprint("文件", line), "文", "市政府"}))
		must(t, stream.MergeCell(fmt.Sprintf("C%d", line), fmt.Sprintf("XFD%d", line)))
	}
	must(t, stream.Flush())
	path := filepath.Join(t.TempDir(), "a.xlsx")
	must(t, book.SaveAs(path))
	if got, _ := read(t, path); len(got) != 20_000 || got[19_999] != "20001 文件20001 issuer=市政府 | 文" {
		t.Errorf("%d rows, last %s", len(got), got[len(got)-1])
	}
}

func TestRejectedRowsAreWrittenForPeople(t *testing.T) {
	long := strings.Repeat("文", 30_000)
	for _, story := range []struct{ name, file, content, want string }{
		{"a JSON row as it stood", "a.jsonl", `{"id": 7, "title":"", "text":"<b>"}`,
			`{"line":1,"column":"标题","reason":"不能为空","row":{"id":7,"title":"","text":"<b>"}}`},
		{"a row of a table under its names", "a.csv", "标题,正文\n甲,\n",
			`{"line":2,"column":"正文","reason":"不能为空","row":{"标题":"甲","正文":""}}`},
		{"no row where none can be read", "a.jsonl", `{"title"`,
			`{"line":1,"reason":"不是一个完整的 JSON 对象：第 8 个字节附近写错了，或者没有写完"}`},
		{"a long row by its beginning", "a.jsonl", `{"title":"","text":"` + long + `"}`,
			`{"line":1,"column":"标题","reason":"不能为空","row":{"title":"","text":"` + long[:3*maxShownValue] + `…"}}`},
	} {
		t.Run(story.name, func(t *testing.T) {
			r, err := Open(write(t, story.file, []byte(story.content)))
			must(t, err)
			defer r.Close()
			var out bytes.Buffer
			must(t, r.All(func(_ Row, wrong *RowError) error { return WriteError(&out, wrong) }))
			if got := strings.TrimSpace(out.String()); got != story.want {
				t.Errorf("got\n%s\nwant\n%s", got, story.want)
			}
		})
	}
}

func TestAListIsParted(t *testing.T) {
	row := Row{Values: map[Column]string{Interprets: "《甲、乙》; 丙〔2020〕1号；\n\n丁"}}
	expect(t, row.List(Interprets), "《甲、乙》", "丙〔2020〕1号", "丁")
	expect(t, row.List(Topic))
}

// FuzzCSVRow holds our reading of a table to what encoding/csv wrote.
func FuzzCSVRow(f *testing.F) {
	f.Add("甲", "有\"引号\"", "两\n行,逗号")
	f.Add("", "\"", "a\"b")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if strings.ContainsRune(a+b+c, '\r') || !json.Valid(quote(a+b+c)) {
			t.Skip()
		}
		cells := []string{a, b, c}
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		if err := w.Write(cells); err != nil {
			t.Skip()
		}
		w.Flush()
		row := csvRow{comma: ','}
		for line := range strings.Lines(text.String()) {
			if row.feed(line) {
				break
			}
		}
		if !slices.Equal(row.cells, cells) {
			t.Errorf("%q was read as %q", text.String(), row.cells)
		}
	})
}

// FuzzOpen reads whatever comes to its end.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"title":"甲","text":"文"}`), "a.jsonl")
	f.Add([]byte(table), "a.csv")
	f.Add(zipped(f, table)[:40], "a.gz")
	f.Add([]byte("\xff\xfe{\x00"), "a.csv")
	book, err := os.ReadFile(workbook(f))
	must(f, err)
	f.Add(book, "a.xlsx")
	f.Fuzz(func(t *testing.T, content []byte, name string) {
		if seen, _ := read(t, write(t, "file"+filepath.Ext(filepath.Base(name)), content)); len(seen) > len(content)+1 {
			t.Errorf("%d rows in %d bytes", len(seen), len(content))
		}
	})
}
