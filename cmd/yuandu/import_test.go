package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"yuandu/internal/housetest"
)

// count is a number that an import's report gives, over all its files.
func count(said, what string) (n int) {
	for _, m := range regexp.MustCompile(what+` (\d+)`).FindAllStringSubmatch(said, -1) {
		one, _ := strconv.Atoi(m[1])
		n += one
	}
	return n
}

func TestTheRealDocumentsComeIn(t *testing.T) {
	t.Parallel()
	data := housetest.SharedData(t)
	h := housetest.Embedded(t)
	var files []string
	for _, pattern := range []string{"policies/*.jsonl", "laws/*"} {
		found, err := filepath.Glob(filepath.Join(data, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	arguments := append([]string{"import", "policies"}, files...)
	first := h.Must(arguments...).Said
	rows, created, rejected := count(first, "读到"), count(first, "新增"), count(first, "有误")
	documents := len(h.Records())
	if rows != 4661 || rejected != 0 || created != documents || documents < 4320 || documents > 4340 {
		t.Errorf("%d rows, %d created, %d rejected, %d documents:\n%s", rows, created, rejected, documents, first)
	}
	if count(first, "其中解读") != 6 || h.Count(`SELECT count(*) FROM interpretations`) != 6 {
		t.Error("six of the rows are interpretations")
	}
	state := func() string {
		return fmt.Sprint(h.Count(`SELECT count(*) FROM revisions`), h.Count(`SELECT sum(version) FROM policies`),
			h.Count(`SELECT sum(version) FROM interpretations`), h.Count(`SELECT count(*) FROM departments`))
	}
	before := state()
	second := h.Must(arguments...).Said
	if count(second, "未变") != 4661 || state() != before {
		t.Errorf("the second time is not the same: %s, then %s\n%s", before, state(), second)
	}
	s := h.Serve()
	if policies, interpretations, degraded := s.Public(); policies+interpretations != documents || degraded {
		t.Errorf("%d policies and %d interpretations are found of %d documents, degraded %v", policies, interpretations, documents, degraded)
	}
	for _, number := range []string{"国办发〔2018〕123号", "国办发[2018]123号", "国办发(2018)123号", "国办发２０１８ 123", "国办发2018第123号"} {
		if found := s.Find(number); len(found.Items) == 0 || found.Items[0].DocNumber != "国办发〔2018〕123号" {
			t.Errorf("%s does not find its document first", number)
		}
	}
}

// row is an import row as JSON.
func row(pairs ...string) []byte {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	b, _ := json.Marshal(m) // strings can always be written
	return b
}

// good are rows without fault.
func good(prefix string, n int) (rows [][]byte) {
	for i := range n {
		rows = append(rows, row("标题", fmt.Sprintf("%s第%d号通知", prefix, i+1), "正文", "第一条　为了试验，制定本办法。",
			"发文机关", "鸢都市试验局", "发布日期", fmt.Sprintf("2024-03-%02d", i%28+1)))
	}
	return rows
}

func TestBadRowsAreReportedAndTheRestComesIn(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		rows := good("好坏相间", 6)
		rows[1] = row("标题", "日子不对的通知", "正文", "正文", "发布日期", "2024年2月30日")
		rows[3] = []byte(`{"标题":"有空字符的通知","正文":"正` + "\x00" + `文"}`)
		rows[4] = row("正文", "没有标题", "发布日期", "2024-03-05")
		rows = append(rows, []byte(`{"标题":"没有写完`), row("标题", "没有正文的通知", "发布日期", "2024-03-06"))
		file := housetest.File(t, "mixed.jsonl", rows)
		for range 2 {
			r := h.Run("import", "policies", file)
			if r.Status != 3 || count(r.Said, "读到") != 8 || count(r.Said, "有误") != 5 || h.Count(`SELECT count(*) FROM policies`) != 3 {
				t.Fatalf("ended with %d and said:\n%s", r.Status, r.Said)
			}
		}
		want := []string{
			`2 发布日期 “2024年2月30日”不是日期`, `4  有空字符（NUL）`, `5 标题 不能为空`, `7  不是一个完整的 JSON 对象`, `8 正文 不能为空`,
		}
		reported(t, file, want)
		s := h.Serve()
		if found, _, _ := s.Public(); found != 3 {
			t.Errorf("%d of the 3 good rows are found", found)
		}
		// Mended, they come in, and the report is gone.
		if err := os.WriteFile(file, append(bytes.Join(good("好坏相间", 6), []byte("\n")), '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		if r := h.Must("import", "policies", file); count(r.Said, "新增") != 3 || count(r.Said, "未变") != 3 {
			t.Error(r.Said)
		}
		if _, err := os.Stat(file + errorsSuffix); err == nil {
			t.Error("the report of rows that are mended still lies there")
		}
		housetest.Eventually(t, "the running server finds what was imported beside it", func() bool {
			found, _, _ := s.Public()
			return found == 6
		})
		if page := s.Find("好坏相间第2号通知"); len(page.Items) == 0 || page.Items[0].Departments[0].Name != "鸢都市试验局" {
			t.Error("it does not know the office of a document that was imported beside it")
		}
	})
}

// reported holds the file of rejected rows to what it has to say of each: line,
// column and the beginning of the reason.
func reported(t *testing.T, file string, want []string) {
	t.Helper()
	text, err := os.ReadFile(file + errorsSuffix)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for i, w := range want {
		var e struct {
			Line           int
			Column, Reason string
		}
		if i >= len(lines) || json.Unmarshal([]byte(lines[i]), &e) != nil ||
			!strings.HasPrefix(fmt.Sprintf("%d %s %s", e.Line, e.Column, e.Reason), w) {
			t.Errorf("the report says\n%s\nwant %q", text, want)
			return
		}
	}
	if len(lines) != len(want) {
		t.Errorf("the report has %d lines, want %d:\n%s", len(lines), len(want), text)
	}
}

func TestFilesOfEveryKindComeIn(t *testing.T) {
	t.Parallel()
	h := housetest.Embedded(t)
	folder := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	table := "标题,文号,发文机关,发布日期,正文\n国标码的通知,鸢政发〔2024〕8号,鸢都市人民政府,2024/4/8,第一条　内容。\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(append(bytes.Join(good("半截压缩", 200), []byte("\n")), '\n'))
	w.Close()

	for _, story := range []struct {
		name, path      string
		status, created int
		wrong           []string // where it is a beginning of what is reported, of one row
	}{
		{"a table in GBK", write("gbk.csv", []byte(gbk)), 0, 1, nil},
		{"a workbook with joined cells", workbook(t, filepath.Join(folder, "joined.xlsx")), 0, 2, nil},
		{"a packed file that is half there", write("half.jsonl.gz", packed.Bytes()[:packed.Len()/2]), 3, -1, []string{"压缩文件在这里断了"}},
	} {
		r := h.Run("import", "policies", story.path)
		created := count(r.Said, "新增")
		if r.Status != story.status || story.created >= 0 && created != story.created || created == 0 {
			t.Errorf("%s: ended with %d and said:\n%s", story.name, r.Status, r.Said)
		}
		if story.wrong != nil {
			reported(t, story.path, []string{fmt.Sprintf("%d  %s", created+1, story.wrong[0])})
		}
	}
	s := h.Serve()
	for text, number := range map[string]string{"国标码的通知": "鸢政发〔2024〕8号", "合并单元格甲": "鸢政办发〔2024〕9号", "合并单元格乙": "鸢政办发〔2024〕10号"} {
		page := s.Find(text)
		if len(page.Items) == 0 || page.Items[0].DocNumber != number || page.Items[0].Departments[0].Name == "" {
			t.Errorf("%s: %+v", text, page.Items)
		}
	}
}

// workbook has a headline over all columns, and an office that stands for two
// rows.
func workbook(t *testing.T, path string) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, cells := range [][]any{
		{"鸢都市公开文件目录"},
		{"标题", "文号", "发文机关", "发布日期", "正文"},
		{"合并单元格甲", "鸢政办发〔2024〕9号", "鸢都市人民政府办公室", "2024-05-09", "第一条　甲。"},
		{"合并单元格乙", "鸢政办发〔2024〕10号", nil, "2024-05-10", "第一条　乙。"},
	} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	for _, joined := range [][2]string{{"A1", "E1"}, {"C3", "C4"}} {
		if err := book.MergeCell("Sheet1", joined[0], joined[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFileThatCannotBeReadStopsEverythingBefore(t *testing.T) {
	t.Parallel()
	h := housetest.Embedded(t)
	fine := housetest.File(t, "fine.jsonl", good("完好", 3))
	folder := t.TempDir()
	empty := filepath.Join(folder, "empty.csv")
	missing := filepath.Join(folder, "missing.jsonl")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	r := h.Run("import", "policies", fine, missing, folder, empty)
	for _, says := range []string{"什么都没有导入", missing + "：没有这个文件", "是一个文件夹，请给出文件", "是空文件"} {
		if r.Status != 1 || !strings.Contains(r.Said, says) {
			t.Errorf("ended with %d and did not say “%s”:\n%s", r.Status, says, r.Said)
		}
	}
	if strings.Contains(r.Said, fine) {
		t.Errorf("a slip in the second name came to light after the first file:\n%s", r.Said)
	}
	report := housetest.File(t, "x.jsonl"+errorsSuffix, good("上次有误", 1))
	if r := h.Must("import", "policies", fine, report); count(r.Said, "新增") != 3 || !strings.Contains(r.Said, "跳过") {
		t.Errorf("the report of an earlier import is not left aside:\n%s", r.Said)
	}
}

// nobody is a person who may write nothing.
const nobody = 65534

// rootAlone skips what only root can set up.
func rootAlone(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("SKIPPED: only root can try this")
	}
}

func TestMissingRightsAreSaid(t *testing.T) {
	rootAlone(t)
	t.Parallel()
	folder, err := os.MkdirTemp("", "yuandu-rights-") // t.TempDir lets nobody in
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name string, mode os.FileMode, rows [][]byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, bytes.Join(rows, []byte("\n")), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	fine, locked := write("fine.jsonl", 0o644, good("完好", 2)), write("locked.jsonl", 0o600, good("锁住", 2))
	mixed := write("mixed.jsonl", 0o644, append(good("混合", 2), row("标题", "没有正文")))
	readOnly, own := filepath.Join(folder, "data"), filepath.Join(folder, "own")
	for path, mode := range map[string]os.FileMode{readOnly: 0o755, own: 0o777} {
		if err := os.Mkdir(path, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	shut := housetest.Embedded(t).With("YUANDU_DATA", readOnly, "TMPDIR", "/tmp")
	open := shut.With("YUANDU_DATA", own)
	for _, story := range []struct {
		name   string
		house  *housetest.House
		args   []string
		status int
		says   []string
	}{
		{"a data folder that is read-only", shut, []string{"import", "policies", fine}, 1, []string{"没有写入权限，或文件夹是只读的", readOnly}},
		{"serving in one", shut, []string{"serve"}, 1, []string{"没有写入权限，或文件夹是只读的", "YUANDU_KEY_FILE"}},
		{"a file that may not be read", open, []string{"import", "policies", locked}, 1, []string{locked + "：没有读这个文件的权限"}},
		{"a report that may not be written", open, []string{"import", "policies", mixed}, 3, []string{mixed + errorsSuffix + " 写不了", `"reason":"不能为空"`, "新增 2"}},
	} {
		p := story.house.StartAs(nobody, story.args...)
		status := p.Wait()
		for _, says := range story.says {
			if status != story.status || !strings.Contains(p.Said(), says) {
				t.Errorf("%s: ended with %d and did not say “%s”:\n%s", story.name, status, says, p.Said())
			}
		}
	}
	if left, err := os.ReadDir(readOnly); err != nil || len(left) > 0 {
		t.Errorf("left in the read-only folder: %v (%v)", left, err)
	}
}

func TestAFullDiskIsSaid(t *testing.T) {
	t.Parallel()
	small := smallDisk(t, "6m")
	h := housetest.Embedded(t).With("YUANDU_DATA", filepath.Join(small, "data"))
	var large [][]byte
	for i := range 400 {
		large = append(large, row("标题", fmt.Sprintf("很占地方的第%d号通知", i+1), "发布日期", "2024-05-01",
			"正文", strings.Repeat(fmt.Sprintf("第%d段写得很长。", i), 2500)))
	}
	file := housetest.File(t, "large.jsonl", large)
	r := h.Run("import", "policies", file)
	if r.Status != 1 || !strings.Contains(r.Said, "磁盘已满") {
		t.Fatalf("ended with %d and said:\n%s", r.Status, r.Said)
	}
	nothingHalfWritten(t, h)
	kept := h.Count(`SELECT count(*) FROM policies`)
	if kept != count(r.Said, "新增") {
		t.Errorf("%d documents are kept, it said:\n%s", kept, r.Said)
	}
	grow(t, small, "200m")
	if again := h.Must("import", "policies", file); count(again.Said, "新增")+kept != 400 || count(again.Said, "未变") != kept {
		t.Errorf("%d were kept on the full disk, then it said:\n%s", kept, again.Said)
	}
	nothingHalfWritten(t, h)
	if found, _, degraded := h.Serve().Public(); found != 400 || degraded {
		t.Errorf("%d of 400 are found, degraded %v", found, degraded)
	}
}

// nothingHalfWritten says whether every document has its revision and is queued
// or indexed as a whole.
func nothingHalfWritten(t *testing.T, h *housetest.House) {
	t.Helper()
	if intact := h.Strings(`PRAGMA integrity_check`); fmt.Sprint(intact) != "[ok]" {
		t.Error(intact)
	}
	if h.Count(`SELECT count(*) FROM policies`) != h.Count(`SELECT count(*) FROM revisions`) {
		t.Error("documents without a revision, or the other way round")
	}
}

func TestAChangedRowKeepsTheOlderRevision(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *housetest.House) {
		version := func(title, text string) [][]byte {
			return append(good("不变的", 1), row("标题", title, "文号", "鸢政发〔2024〕30号", "发文机关", "鸢都市人民政府",
				"发布日期", "2024-06-01", "正文", text))
		}
		file := housetest.File(t, "changing.jsonl", version("会变的办法", "第一条　补贴五百元。"))
		h.Must("import", "policies", file)
		s := h.Serve()
		if err := os.WriteFile(file, bytes.Join(version("会变的规定", "第一条　补贴八百元。"), []byte("\n")), 0o644); err != nil {
			t.Fatal(err)
		}
		if r := h.Must("import", "policies", file); count(r.Said, "更新") != 1 || count(r.Said, "未变") != 1 {
			t.Errorf("said:\n%s", r.Said)
		}
		of := func(category string) int { return s.Policies(url.Values{"category": {category}}).Total }
		housetest.Eventually(t, "the index has the new one and not the old", func() bool { return of("规定") == 1 && of("办法") == 0 })
		kept := h.Strings(`SELECT r.canonical FROM revisions r JOIN policies p ON p.id = r.id AND r.kind = 'policy'
			WHERE p.title = '会变的规定' ORDER BY r.version`)
		if len(kept) != 2 || !strings.Contains(kept[0], "五百元") || !strings.Contains(kept[1], "八百元") {
			t.Errorf("the revisions are %q", kept)
		}
	})
}
