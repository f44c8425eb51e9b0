package media

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"yuandu/model"
)

func TestWhatIsNoWordDocumentIsRefused(t *testing.T) {
	good := word{"body": p("文")}.file()
	with := func(name, content string) []byte {
		return zipped(map[string]string{"[Content_Types].xml": "<Types/>", name: content}, zip.Deflate)
	}
	for _, story := range []struct {
		name  string
		file  []byte
		want  *model.Error
		found string
	}{
		{"a program with another name", []byte("MZ\x90\x00" + strings.Repeat("x", 4000)), ErrOtherDocument, "EXE"},
		{"a PDF", []byte("%PDF-1.7\n…"), ErrOtherDocument, "PDF"},
		{"a picture", []byte(pixel), ErrOtherDocument, "PNG"},
		{"rich text", []byte(`{\rtf1\ansi`), ErrOtherDocument, "RTF"},
		{"a web page", []byte("\ufeff\r\n<html><body>"), ErrOtherDocument, "HTML"},
		{"nothing", nil, ErrNotDocx, ""},
		{"a text", []byte("各县市区人民政府："), ErrNotDocx, ""},
		{"a workbook", with("xl/workbook.xml", "<workbook/>"), ErrOtherDocument, "XLSX"},
		{"slides", with("ppt/presentation.xml", "<p/>"), ErrOtherDocument, "PPTX"},
		{"an OFD document", zipped(map[string]string{"OFD.xml": "<OFD/>"}, zip.Deflate), ErrOtherDocument, "OFD"},
		{"an archive of anything", zipped(map[string]string{"a.txt": "甲"}, zip.Deflate), ErrOtherDocument, "ZIP"},
		{"a package without a document", with("word/styles.xml", "<styles/>"), ErrNotDocx, ""},
		{"Word 97", compound("WordDocument", "1Table"), ErrOldWord, ""},
		{"Excel 97", compound("Workbook"), ErrOtherDocument, "XLS"},
		{"PowerPoint 97", compound("PowerPoint Document"), ErrOtherDocument, "PPT"},
		{"something else of that time", compound("Contents"), ErrNotDocx, ""},
		{"a file of that time that is cut", compound("WordDocument")[:700], ErrDocxDamaged, ""},
		{"a document under a password", compound("EncryptionInfo", "EncryptedPackage"), ErrDocxEncrypted, ""},
		{"an archive under a password", locked(good), ErrDocxEncrypted, ""},
		{"a document that is cut", good[:len(good)-40], ErrDocxDamaged, ""},
		{"a document whose bytes have changed", spoilt(good), ErrDocxDamaged, ""},
		{"a main part that is none", with("word/document.xml", "<workbook/>"), ErrDocxDamaged, ""},
		{"a main part that ends early", with("word/document.xml", "<document><body><p>"), ErrDocxDamaged, ""},
		{"a main part that is empty", with("word/document.xml", ""), ErrDocxDamaged, ""},
		{"elements that cross", with("word/document.xml", "<document><body><p></body></p></document>"), ErrDocxDamaged, ""},
		{"an entity from outside", with("word/document.xml", `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>`+
			`<document><body><p><r><t>&x;</t></r></p></body></document>`), ErrDocxDamaged, ""},
		{"a document that is one table of contents", word{"body": `<w:p>` + fieldBegin + instruction("TOC") + fieldShown + `</w:p>` +
			p("甲")}.file(), ErrDocxDamaged, ""},
		{"an archive that leads outside itself", []byte(leadsOutside), ErrDocxDamaged, ""},
	} {
		t.Run(story.name, func(t *testing.T) {
			d, err := ReadDocx(bytes.NewReader(story.file), int64(len(story.file)), nil)
			var refusal *model.Error
			if !errors.Is(err, story.want) || !errors.As(err, &refusal) || refusal.Kind != model.Invalid {
				t.Fatalf("got %v and %+v, wanted %s", err, d, story.want.Code)
			}
			if found, _ := refusal.Args["found"].(string); found != story.found {
				t.Errorf("said to be %q, wanted %q", found, story.found)
			}
		})
	}
}

// leadsOutside is an archive whose entries begin before the file does. A fuzz
// test found it.
const leadsOutside = "PK\x01\x02000000000000000000000000\x0f\x00\x00\x00\x00\x00000000000000000000000000000" +
	"PK\x01\x02000000000000000000000000\x12\x00\x00\x00\x00\x00000000000000000000000000000000" +
	"PK\x01\x02000000000000000000000000\x11\x00\x00\x00\x00\x0000000000000000000000000000000" +
	"PK\x01\x02000000000000000000000000\x13\x00\x00\x00\x00\x000000000000000000000000000000000" +
	"PK\x01\x02000000000000000000000000\v\x00\x00\x00\x00\x00000000000\x05\x00\x00_rels/.rels" +
	"PK\x05\x06000000\x05\x006\x01\x00\x000000\x00\x00"

// locked marks the first entry as encrypted, in the list at the end.
func locked(file []byte) []byte {
	file = bytes.Clone(file)
	file[bytes.Index(file, []byte("PK\x01\x02"))+8] |= 1
	return file
}

// spoilt changes a byte of the document's text, which is kept as it is.
func spoilt(file []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "word/document.xml", Method: zip.Store})
	if err != nil {
		panic(err)
	}
	io.WriteString(w, "<document><body><p><r><t>100</t></r></p></body></document>")
	z.Close()
	return bytes.Replace(b.Bytes(), []byte("100"), []byte("900"), 1)
}

func TestTheFaultOfADiskIsNotTheDocuments(t *testing.T) {
	file := word{"body": p("文")}.file()
	broken := errors.New("disk gone")
	_, err := ReadDocx(failing{bytes.NewReader(file), broken}, int64(len(file)), nil)
	var refusal *model.Error
	if !errors.Is(err, broken) || errors.As(err, &refusal) {
		t.Errorf("told as %v", err)
	}
}

// failing reads the end of a file, where the list of an archive is, and no more.
type failing struct {
	r   *bytes.Reader
	err error
}

func (f failing) ReadAt(p []byte, at int64) (int, error) {
	if at == 0 || at < f.r.Size()/4 {
		return 0, f.err
	}
	return f.r.ReadAt(p, at)
}

func manyAttributes(n int) string {
	var s strings.Builder
	for i := range n {
		s.WriteString("a" + strconv.Itoa(i) + `="" `)
	}
	return s.String()
}

func TestBombsAreDefused(t *testing.T) {
	blanks := strings.Repeat(" ", 8<<20)
	for _, story := range []struct {
		name string
		file func() []byte
	}{
		{"eight megabytes of blanks in eight thousand bytes", word{"body": blanks}.file},
		{"a part of more than 64 MiB", word{"body": strings.Repeat("<!--"+blanks[:1<<20]+"-->", 65)}.stored},
		{"elements two hundred deep", word{
			"body": strings.Repeat("<w:sdt>", docxMaxDepth) + strings.Repeat("</w:sdt>", docxMaxDepth),
		}.file},
		{"more paragraphs than a book has", word{"body": strings.Repeat("<w:p/>", docxMaxParagraphs+1)}.stored},
		{"more elements in a paragraph than we hold", word{"body": "<w:p>" + strings.Repeat("<w:r/>", docxMaxHeld) + "</w:p>"}.stored},
		{"a tag without an end", word{"body": "<w:p " + manyAttributes(1<<20) + "/>"}.stored},
		{"a wide table of a great many rows", word{
			"body": tbl(tr(strings.Repeat(tc(""), 100)), strings.Repeat(tr(tc("")), 70_000)),
		}.stored},
		{"an address that is repeated until it fills a disk", word{
			"body": strings.Repeat(`<w:p>`+strings.Repeat(`<w:hyperlink r:id="r1">`+run("甲")+`</w:hyperlink>`, 100)+`</w:p>`, 1400),
			"links": `<Relationship Id="r1" Type="` + relType + `hyperlink" TargetMode="External" Target="http://a.cn/` +
				strings.Repeat("b", 480) + `"/>`,
		}.stored},
		{"an archive of a hundred thousand entries", func() []byte { return crowded(100_000) }},
		{"an archive of ten thousand and one", func() []byte { return crowded(docxMaxEntries) }},
	} {
		t.Run(story.name, func(t *testing.T) {
			file := story.file()
			if _, err := ReadDocx(bytes.NewReader(file), int64(len(file)), nil); !errors.Is(err, ErrDocxTooLarge) {
				t.Errorf("%d bytes gave %v", len(file), err)
			}
		})
	}
}

// lying says of every entry that it inflates to a hundred bytes.
func lying(file []byte) []byte {
	file = bytes.Clone(file)
	for at := 0; ; {
		i := bytes.Index(file[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return file
		}
		at += i
		copy(file[at+24:], []byte{100, 0, 0, 0})
		at += 46
	}
}

// crowded is a document with n entries more than its own two.
func crowded(n int) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range n {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("word/media/%d", i)}); err != nil {
			panic(err)
		}
	}
	w, err := z.Create("word/document.xml")
	if err != nil {
		panic(err)
	}
	io.WriteString(w, "<document><body/></document>")
	z.Close()
	return b.Bytes()
}

func TestAPartThatSaysItIsSmallIsRefused(t *testing.T) {
	file := lying(word{"body": strings.Repeat(" ", 8<<20)}.file())
	if _, err := ReadDocx(bytes.NewReader(file), int64(len(file)), nil); !errors.Is(err, ErrDocxDamaged) {
		t.Errorf("got %v", err)
	}
}

func TestABombInAPictureIsDefused(t *testing.T) {
	doc := pictured(`<w:p>` + picture("r1", "") + `</w:p>`)
	doc["word/media/image1.png"] = pixel + strings.Repeat("\x00", 8<<20)
	file := doc.file()
	_, err := ReadDocx(bytes.NewReader(file), int64(len(file)), func(string, []byte) (string, error) { return "F", nil })
	if !errors.Is(err, ErrDocxTooLarge) {
		t.Errorf("got %v", err)
	}
}

// madeFiles are documents to begin with for a fuzz test.
func madeFiles() []word {
	return []word{
		{"styles": headingStyles, "numbering": listOf(level("chineseCounting", "第%1条"), level("decimal", "%1.%2")),
			"body": p("题", "T") + listed(1, 0, "甲") + listed(1, 1, "乙")},
		{"styles": numberedStyle("L", "", `<w:numId w:val="1"/>`), "numbering": abstract(0, `<w:numStyleLink w:val="L"/>`) + num(1, 0, fromFive),
			"body": listed(1, 0, "甲")},
		{"body": tbl(tr(tc(wide2+down, "甲"), tc("", "乙")), tr(tc(wide2+on), `<w:tc>`+tbl(tr(tc("", "丙"), tc("", "丁")))+`</w:tc>`))},
		{"body": `<w:p>` + field(`EQ \o\ac(○,印)`, "") + field("FORMDROPDOWN", `<w:ddList><w:listEntry w:val="甲"/></w:ddList>`) +
			deleted("x") + `<m:oMath><m:f><m:num/><m:den/></m:f></m:oMath></w:p>` + markGone(run("尾"))},
		{"footnotes": `<w:footnote w:id="1">` + p("注") + `</w:footnote>`,
			"body": `<w:p><w:r><w:footnoteReference w:id="1"/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>`},
		pictured(`<w:p>` + picture("r1", "图") + old("r2", "", "") + `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>` + p("框") +
			`</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`),
	}
}

func keepAnything(string, []byte) (string, error) { return "F", nil }

func FuzzReadDocx(f *testing.F) {
	for _, d := range madeFiles() {
		f.Add(d.file())
	}
	f.Add(compound("EncryptedPackage"))
	f.Fuzz(func(t *testing.T, file []byte) {
		d, err := ReadDocx(bytes.NewReader(file), int64(len(file)), keepAnything)
		mustBePlain(t, d, err, 100_000*(len(file)+1))
	})
}

// FuzzDocxParts fuzzes what is in the parts: few changes of bytes leave an
// archive whole.
func FuzzDocxParts(f *testing.F) {
	for _, d := range madeFiles() {
		f.Add(d["body"], d["styles"], d["numbering"], d["links"])
	}
	f.Fuzz(func(t *testing.T, body, styles, numbering, links string) {
		doc := word{"body": body, "styles": styles, "numbering": numbering, "links": links, "word/media/image1.png": pixel}
		file := doc.file()
		d, err := ReadDocx(bytes.NewReader(file), int64(len(file)), keepAnything)
		mustBePlain(t, d, err, 64*(len(body)+len(styles)+len(numbering)+len(links)+100))
	})
}

// mustBePlain checks that a document is one that passages can hold, and no
// larger than most bytes.
func mustBePlain(t *testing.T, d *Docx, err error, most int) {
	t.Helper()
	var refusal *model.Error
	if err != nil && !errors.As(err, &refusal) {
		t.Fatalf("refused by a fault: %v", err)
	}
	if d == nil {
		return
	}
	size := len(d.Title)
	for _, p := range d.Passages {
		size += len(p.Text)
		heading, text := p.Kind == model.PassageHeading, p.Kind != model.PassagePicture && p.Kind != model.PassageTable
		if strings.Contains(p.Text, "\n") || heading && (p.Level < 1 || p.Level > 6) || text && p.Text == "" {
			t.Fatalf("a passage that cannot be: %+v", p)
		}
		size += mustBeTable(t, p)
	}
	if size > most {
		t.Fatalf("%d bytes of text came of an input that allows %d", size, most)
	}
}

// mustBeTable checks rows and spans, and says how much text they hold.
func mustBeTable(t *testing.T, p model.Passage) (size int) {
	t.Helper()
	for _, row := range p.Rows {
		if len(row) != len(p.Rows[0]) {
			t.Fatalf("rows of different lengths: %q", p.Rows)
		}
		size += len(strings.Join(row, ""))
	}
	for _, s := range p.Spans {
		if s.Rows < 1 || s.Columns < 1 || s.Row+s.Rows > len(p.Rows) || s.Column+s.Columns > len(p.Rows[0]) {
			t.Fatalf("a span outside its table: %+v", s)
		}
	}
	return size
}
