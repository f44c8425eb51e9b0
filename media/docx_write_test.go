package media

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"yuandu/model"
)

// painted is a real picture.
func painted(t *testing.T, width, height int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, width, height))
	m.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// showing has one picture for everything.
func showing(content []byte) func(string) ([]byte, string, error) {
	return func(string) ([]byte, string, error) { return content, "image/png", nil }
}

func writing(t *testing.T, s Sheet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteDocx(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// everyBlock has a block of every kind.
func everyBlock() model.Body {
	return model.Body{
		{Kind: model.BlockPart, Label: "第一编", Text: "总则", Level: 1},
		{Kind: model.BlockChapter, Label: "第一章", Text: "一般规定", Level: 2},
		{Kind: model.BlockSection, Label: "第一节", Text: "目的", Level: 3},
		{Kind: model.BlockHeading, Label: "一、", Text: "总体要求", Level: 1},
		{Kind: model.BlockHeading, Text: "附件", Level: 6},
		{Kind: model.BlockArticle, Label: "第一条", Text: "为了 “保障” <住房> & 其他，制定本条例。"},
		{Kind: model.BlockArticle, Label: "第二条"},
		{Kind: model.BlockParagraph, Text: "前款所称面积，指100m²以上的部分。"},
		{Kind: model.BlockItem, Label: "（一）", Text: "无房；"},
		{Kind: model.BlockItem, Text: "没有号的一项"},
		{Kind: model.BlockTable, Rows: [][]string{{"项目", "", "备注"}, {"税收", "增值税", "含\n滞纳金"}, {"", "所得税", ""}},
			Spans: []model.Span{{Row: 0, Column: 0, Rows: 1, Columns: 2}, {Row: 1, Column: 0, Rows: 2, Columns: 1}, {Row: 1, Column: 2, Rows: 2, Columns: 1}}},
		{Kind: model.BlockTable, Rows: [][]string{{"甲", "乙"}, {"1", "2"}}},
		{Kind: model.BlockPicture, Text: "市区 \"地图\"", FileID: "F1"},
		{Kind: model.BlockPicture, Text: "同一张图", FileID: "F1"},
		{Kind: model.BlockParagraph, Text: "特此通知。"},
	}
}

func TestAWrittenDocumentReadsAsItWas(t *testing.T) {
	body := everyBlock()
	content := painted(t, 3000, 1000)
	asked := 0
	file := writing(t, Sheet{Title: "关于印发《办法》的通知", Body: body, Picture: func(id string) ([]byte, string, error) {
		asked++
		return content, "image/png", nil
	}})
	d := reading(t, file, func(_ string, got []byte) (string, error) {
		if !bytes.Equal(got, content) {
			t.Error("the picture has changed")
		}
		return "F1", nil
	})
	if d.Title != "关于印发《办法》的通知" || len(d.Notes) > 0 {
		t.Errorf("read as %q with %v", d.Title, d.Notes)
	}
	if got, want := told(d.Passages), told(Passages(body)); !reflect.DeepEqual(got, want) {
		t.Errorf("read as\n%s\nwanted\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if asked != 1 {
		t.Errorf("the picture was fetched %d times", asked)
	}
}

func TestHeadAndTailStandAroundTheText(t *testing.T) {
	s := Sheet{Title: "办法", Head: [][2]string{{"文号", "潍政发〔2024〕3号"}, {"发文机关", "潍坊市人民政府"}},
		Body: model.Body{{Kind: model.BlockParagraph, Text: "文。"}}, Tail: []string{"更正：无", "SM3：ab12"}}
	d := reading(t, writing(t, s), nil)
	want := []string{"text 文号：潍政发〔2024〕3号", "text 发文机关：潍坊市人民政府", "text 文。", "text 更正：无", "text SM3：ab12"}
	if got := told(d.Passages); !reflect.DeepEqual(got, want) {
		t.Errorf("read as %q", got)
	}
}

// bitmap is a picture of one point that other packages can decode.
const bitmap = "BM\x3a\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x00\x18\x00" +
	"\x00\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\x00"

func TestWhatCannotBeDrawnIsWritten(t *testing.T) {
	body := model.Body{{Kind: model.BlockPicture, Text: "地图", FileID: "F"}, {Kind: model.BlockPicture},
		{Kind: model.BlockTable, Rows: [][]string{make([]string, 64)}}}
	body[2].Rows[0][0], body[2].Rows[0][63] = "左", "右"
	for name, fetch := range map[string]func(string) ([]byte, string, error){
		"nobody has it":      nil,
		"it is none":         showing([]byte("RIFF…WEBP")),
		"it is another kind": showing([]byte(bitmap)),
	} {
		d := reading(t, writing(t, Sheet{Body: body, Picture: fetch}), nil)
		if got := told(d.Passages); len(got) != 3 || got[0] != "text 〔图片：地图〕" || got[1] != "text 〔图片〕" || !strings.HasPrefix(got[2], "text 左") {
			t.Errorf("%s: read as %q", name, got)
		}
	}
}

func TestSpansThatCannotBeAreLeftOut(t *testing.T) {
	body := model.Body{{Kind: model.BlockTable, Rows: [][]string{{"甲", "乙"}, {"丙"}}, Spans: []model.Span{
		{Row: 0, Column: 0, Rows: 1, Columns: 9}, {Row: 0, Column: 1, Rows: 2, Columns: 1},
		{Row: -1, Column: 0, Rows: 1, Columns: 2}, {Row: 5, Column: 0, Rows: 1, Columns: 2},
	}}}
	d := reading(t, writing(t, Sheet{Body: body}), nil)
	if got := told(d.Passages); !reflect.DeepEqual(got, []string{"table [甲|] [丙|] 0,0:1x2"}) {
		t.Errorf("read as %q", got)
	}
}

func TestAPictureThatCannotBeFetchedEndsTheWriting(t *testing.T) {
	away := errors.New("away")
	err := WriteDocx(io.Discard, Sheet{Body: everyBlock(), Picture: func(string) ([]byte, string, error) { return nil, "", away }})
	if !errors.Is(err, away) {
		t.Errorf("got %v", err)
	}
}

// full is a disk with little room.
type full int

func (f *full) Write(p []byte) (int, error) {
	if *f -= full(len(p)); *f < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestAFullDiskIsTold(t *testing.T) {
	for _, room := range []full{0, 500, 5000} {
		if err := WriteDocx(&room, Sheet{Body: everyBlock()}); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("with little room the answer was %v", err)
		}
	}
}

func TestTheSameSheetGivesTheSameBytes(t *testing.T) {
	s := Sheet{Title: "题", Body: everyBlock()}
	if !bytes.Equal(writing(t, s), writing(t, s)) {
		t.Error("two writings differ")
	}
}

var (
	attributeWithID = regexp.MustCompile(`r:(?:embed|id)="([^"]+)"`)
	targetOfLink    = regexp.MustCompile(`Target="([^"]+)"`)
	styleInUse      = regexp.MustCompile(`<w:(?:pStyle|rStyle|tblStyle|basedOn) w:val="([^"]+)"`)
)

// partsOf are the parts of a document, each of which must be XML or a picture.
func partsOf(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the first part is %s", z.File[0].Name)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name] = string(content); path.Ext(f.Name) != ".png" {
			mustBeXML(t, f.Name, string(content))
		}
	}
	return parts
}

// Word opens nothing in which a part is not what it says it is, or refers to
// what is not there.
func TestAWrittenDocumentIsWhole(t *testing.T) {
	parts := partsOf(t, writing(t, Sheet{Title: "甲\x01<乙>", Body: everyBlock(), Tail: []string{"]]>"}, Picture: showing(painted(t, 100, 5000))}))
	links, styles, document := parts["word/_rels/document.xml.rels"], parts["word/styles.xml"], parts["word/document.xml"]
	mustHold := func(whole, piece string) {
		if !strings.Contains(whole, piece) {
			t.Errorf("%s is missing", piece)
		}
	}
	for name := range parts {
		if name != "[Content_Types].xml" && path.Ext(name) == ".xml" {
			mustHold(parts["[Content_Types].xml"], `PartName="/`+name+`"`)
		}
	}
	for _, m := range attributeWithID.FindAllStringSubmatch(document, -1) {
		mustHold(links, `Id="`+m[1]+`"`)
	}
	for _, m := range targetOfLink.FindAllStringSubmatch(links, -1) {
		if _, found := parts["word/"+m[1]]; !found {
			t.Errorf("%s is missing", m[1])
		}
	}
	for _, m := range styleInUse.FindAllStringSubmatch(document+styles, -1) {
		mustHold(styles, `w:styleId="`+m[1]+`"`)
	}
}

func TestAWrittenDocumentNamesNoAuthor(t *testing.T) {
	for name, content := range partsOf(t, writing(t, Sheet{Title: "题", Body: everyBlock()})) {
		if strings.Contains(content, "creator") || strings.Contains(content, "lastModifiedBy") || strings.Contains(content, "w:author") {
			t.Errorf("%s has a place for an author", name)
		}
	}
}

func mustBeXML(t *testing.T, name, content string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		_, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

// What the reader tidies: tabs, and more than six levels.
func tidied(list []model.Passage) []model.Passage {
	for i := range list {
		list[i].Text = docxSpaces.Replace(list[i].Text)
		list[i].Level = min(list[i].Level, 6)
		for _, row := range list[i].Rows {
			for j := range row {
				row[j] = strings.Join(strings.FieldsFunc(docxSpaces.Replace(row[j]), func(r rune) bool { return r == '\n' }), "\n")
			}
		}
	}
	return list
}

func TestRealLawsSurviveTheJourneyThroughWord(t *testing.T) {
	const wanted = 200
	row, checked := 0, 0
	papers(t, "laws/laws.jsonl.gz", func(law paper) {
		if row++; row%12 != 0 || checked == wanted {
			return
		}
		checked++
		body := Structure(law.Text)
		d := reading(t, writing(t, Sheet{Title: law.Title, Body: body}), nil)
		got, want := told(d.Passages), told(tidied(Passages(body)))
		for i := range want {
			if i >= len(got) || got[i] != want[i] {
				t.Fatalf("%s: passage %d became\n%q\nfrom\n%q", law.Title, i, got[min(i, len(got)-1)], want[i])
			}
		}
		if len(got) != len(want) || d.Title != law.Title {
			t.Errorf("%s: %d passages became %d, the title %q", law.Title, len(want), len(got), d.Title)
		}
	})
	if checked < wanted {
		t.Errorf("only %d laws were there", checked)
	}
}

func TestLibreOfficeOpensWhatWasWritten(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("SKIPPED: LibreOffice is not installed")
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "a.docx")
	content := writing(t, Sheet{Title: "办法", Body: everyBlock(), Picture: showing(painted(t, 300, 100))})
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(office, "-env:UserInstallation=file://"+folder+"/home", "--headless",
		"--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(folder, "a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range everyBlock() {
		if !strings.Contains(string(text), k.Text) && k.Kind != model.BlockPicture {
			t.Errorf("LibreOffice lost %s", fmt.Sprint(k.Label, k.Text))
		}
	}
}
