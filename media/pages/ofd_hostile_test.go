package pages_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yuandu/media/mediatest"
	"yuandu/media/pages"
)

// kept writes an OFD to a file.
func ofdAt(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "issue.ofd")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// words are a text of an OFD at a place.
func words(said string, x, y float64) string {
	return fmt.Sprintf(`<ofd:TextObject ID="9" Boundary="%g %g 150 10" Font="1" Size="6"><ofd:TextCode X="0" Y="6" DeltaX="g %d 6">%s</ofd:TextCode></ofd:TextObject>`,
		x, y, len([]rune(said)), said)
}

// honest is a page that hostile ones stand beside.
var honest = words("诚实的一页", 20, 20)

// named is an OFD whose page lies under a name, and is called by another.
func namedOFD(entry, location string) []byte {
	const ns = ` xmlns:ofd="http://www.ofdspec.org/2016"`
	return mediatest.Zip(
		mediatest.Entry{Name: "OFD.xml", Text: `<ofd:OFD` + ns + `><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`},
		mediatest.Entry{Name: "Doc_0/Document.xml", Text: `<ofd:Document` + ns + `><ofd:Pages><ofd:Page ID="1" BaseLoc="` + location + `"/></ofd:Pages></ofd:Document>`},
		mediatest.Entry{Name: entry, Text: mediatest.OFDPage(honest)})
}

func TestThePartsOfAnOFDAreFoundHoweverTheyAreNamed(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("Doc_0/第一页/内容.xml")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"from the root":                   namedOFD("Doc_0/Pages/Page_0/Content.xml", "/Doc_0/Pages/Page_0/Content.xml"),
		"from the document":               namedOFD("Doc_0/Pages/Page_0/Content.xml", "Pages/Page_0/Content.xml"),
		"with a dot":                      namedOFD("Doc_0/Pages/Page_0/Content.xml", "./Pages/Page_0/Content.xml"),
		"up and down again":               namedOFD("Doc_0/Pages/Page_0/Content.xml", "../Doc_0/Pages/Page_0/Content.xml"),
		"with the slashes of Windows":     namedOFD(`Doc_0\Pages\Page_0\Content.xml`, `Pages\Page_0\Content.xml`),
		"with a slash at the beginning":   namedOFD("/Doc_0/Pages/Page_0/Content.xml", "Pages/Page_0/Content.xml"),
		"in other letters":                namedOFD("DOC_0/pages/page_0/CONTENT.XML", "Pages/Page_0/Content.xml"),
		"in hanzi":                        namedOFD("Doc_0/第一页/内容.xml", "第一页/内容.xml"),
		"in hanzi as old systems wrote":   namedOFD(gbk, "第一页/内容.xml"),
		"as if it lay with the whole":     namedOFD("Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
		"with a blank around it and more": namedOFD("Doc_0/Pages/公报 1.xml", " Pages/公报 1.xml "),
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, engine(), ofdAt(t, content))
			if said := text(t, d, 1); said.Body != "诚实的一页" {
				t.Errorf("says %q", said.Body)
			}
		})
	}
}

// nested is a text of XML that names itself ever more often.
func entities() string {
	s := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "公报公报公报公报">`
	for c := 'b'; c < 'k'; c++ {
		s += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	return s + `]><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>&j;</ofd:Layer></ofd:Content></ofd:Page>`
}

func TestHostileOFDsAreRefusedInAWordAndHarmNobody(t *testing.T) {
	entry := func(name, text string) mediatest.Entry { return mediatest.Entry{Name: name, Text: text} }
	whole := mediatest.OFDPages("", []string{honest})
	many := make([]string, 3001)
	tall := strings.Replace(honest, "<ofd:TextObject", `<ofd:Area><ofd:PhysicalBox>0 0 210 5000</ofd:PhysicalBox></ofd:Area><ofd:Layer ID="1"><ofd:TextObject`, 1)
	for _, story := range []struct {
		name    string
		content []byte
		want    error
	}{
		{"an empty file", nil, pages.ErrEmpty},
		{"the half of one", whole[:len(whole)/2], pages.ErrDamaged},
		{"one without its end", whole[:len(whole)-30], pages.ErrDamaged},
		{"an archive of something else", mediatest.DOCX("<d/>"), pages.ErrNamedOnly},
		{"one under a password", mediatest.Locked(whole), pages.ErrEncrypted},
		{"a name that climbs out", mediatest.OFDPages("", []string{honest}, entry("../../etc/passwd", "x")), pages.ErrLeadsOut},
		{"one that climbs out backwards", mediatest.OFDPages("", []string{honest}, entry(`..\..\windows\x`, "x")), pages.ErrLeadsOut},
		{"a page that lies outside", namedOFD("Doc_0/a.xml", "../../../etc/passwd"), pages.ErrLeadsOut},
		{"no document", mediatest.Zip(entry("OFD.xml", `<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>`)), pages.ErrDamaged},
		{"no pages", mediatest.OFDPages("", nil), pages.ErrDamaged},
		{"its only page is missing", namedOFD("Doc_0/a.xml", "b.xml"), pages.ErrDamaged},
		{"3,001 pages", mediatest.OFDPages("", many), pages.ErrTooManyPages},
		{"a page of 5 m", mediatest.OFDPages("", []string{tall + "</ofd:Layer>"}), pages.ErrPageSize},
		{"a page that is no XML", mediatest.OFDPages("", []string{"<ofd:TextObject"}), pages.ErrPageDamaged},
		{"entities in entities", namedOFDText(entities()), pages.ErrPageDamaged},
		{"elements in elements", mediatest.OFDPages("", []string{strings.Repeat("<ofd:PageBlock>", 5000) + strings.Repeat("</ofd:PageBlock>", 5000)}), pages.ErrTooMuchMemory},
		{"a page that swells up", mediatest.OFDPages("", []string{strings.Repeat(" ", 60<<20)}), pages.ErrTooMuchMemory},
		{"a million and more things", mediatest.OFDPages("", []string{strings.Repeat("<x/>", 1_000_001)}), pages.ErrTooMuchMemory},
	} {
		t.Run(story.name, func(t *testing.T) {
			if err := try(engine(), ofdAt(t, story.content)); !errors.Is(err, story.want) {
				t.Errorf("said %v, not %v", err, story.want)
			}
		})
	}
	if err := try(engine(), ofdAt(t, whole)); err != nil {
		t.Errorf("after them an honest file is refused: %v", err)
	}
}

func namedOFDText(page string) []byte {
	return mediatest.Zip(
		mediatest.Entry{Name: "OFD.xml", Text: `<OFD><DocBody><DocRoot>d.xml</DocRoot></DocBody></OFD>`},
		mediatest.Entry{Name: "d.xml", Text: `<Document><Pages><Page ID="1" BaseLoc="p.xml"/></Pages></Document>`},
		mediatest.Entry{Name: "p.xml", Text: page})
}

func TestWhatIsHostileInAnOFDIsLeftOutAndSaid(t *testing.T) {
	res := func(content string) mediatest.Entry {
		return mediatest.Entry{Name: "Doc_0/PublicRes.xml", Text: mediatest.OFDRes(content)}
	}
	loop := mediatest.Entry{Name: "Doc_0/T.xml", Text: mediatest.OFDPage(`<ofd:Template TemplateID="7"/><ofd:Layer ID="1">` + words("底图", 20, 200) + `</ofd:Layer>`)}
	composite := `<ofd:CompositeObject ID="3" Boundary="0 0 210 297" ResourceID="5"/>`
	bomb := ""
	for i := range 10 {
		inner := strings.Repeat(fmt.Sprintf(`<ofd:CompositeObject ID="3" Boundary="0 0 9 9" ResourceID="%d"/>`, 6+i), 10)
		bomb += fmt.Sprintf(`<ofd:CompositeGraphicUnit ID="%d" Width="9" Height="9"><ofd:Content>%s</ofd:Content></ofd:CompositeGraphicUnit>`, 5+i, inner)
	}
	image := `<ofd:ImageObject ID="3" Boundary="20 50 50 50" CTM="50 0 0 50 0 0" ResourceID="4"/>`
	media := `<ofd:MultiMedias><ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>x.jb2</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>`
	for _, story := range []struct {
		name    string
		content []byte
		code    string
		about   string
	}{
		{"a template that is laid under itself", mediatest.OFDPages(`<ofd:TemplatePage ID="7" BaseLoc="T.xml"/>`,
			[]string{`<ofd:Template TemplateID="7"/><ofd:Layer ID="1">` + honest + `</ofd:Layer>`}, loop), pages.NoteTemplateLoop, ""},
		{"a template that is not there", mediatest.OFDPages("", []string{`<ofd:Template TemplateID="7"/><ofd:Layer ID="1">` + honest + `</ofd:Layer>`}),
			pages.NotePartMissing, "Template"},
		{"drawings that call each other ten times", mediatest.OFDPages("", []string{composite + honest}, res(`<ofd:CompositeGraphicUnits>`+bomb+`</ofd:CompositeGraphicUnits>`)),
			pages.NoteTooManyObjects, ""},
		{"a picture that is not there", mediatest.OFDPages("", []string{image + honest}, res(media)), pages.NotePartMissing, "x.jb2"},
		{"a picture of another kind", mediatest.OFDPages("", []string{image + honest}, res(media), mediatest.Entry{Name: "Doc_0/Res/x.jb2", Text: "\x97JB2\r\n\x1a\n"}),
			pages.NotePictureUndrawn, "JBIG2"},
		{"a picture that claims to be endless", mediatest.OFDPages("", []string{image + honest}, res(media),
			mediatest.Entry{Name: "Doc_0/Res/x.jb2", Text: string(mediatest.Huge(60_000, 60_000))}), pages.NotePictureUndrawn, "PNG"},
		{"a font of noise", mediatest.OFDPages("", []string{honest}, res(`<ofd:Fonts><ofd:Font ID="1" FontName="楷体"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>`),
			mediatest.Entry{Name: "Doc_0/Res/f.ttf", Text: strings.Repeat("\x00\x01\x00\x00\x00\x09noise", 99)}), pages.NoteFontUnusable, "楷体"},
		{"something new", mediatest.OFDPages("", []string{`<ofd:HologramObject/>` + honest}), pages.NoteUndrawn, "HologramObject"},
	} {
		t.Run(story.name, func(t *testing.T) {
			d := open(t, engine(), ofdAt(t, story.content))
			said := text(t, d, 1)
			if !strings.Contains(said.Body, "诚实的一页") && story.code != pages.NoteTooManyObjects {
				t.Errorf("says %q", said.Body)
			}
			found := false
			for _, n := range said.Notes {
				found = found || n.Code == story.code && n.Name == story.about && n.Count > 0 && n.Page == 1
			}
			if !found {
				t.Errorf("tells of %v", said.Notes)
			}
			picture(t, d, 1, 360)
		})
	}
}

func TestOneBrokenPageOfAnOFDLeavesTheOthers(t *testing.T) {
	d := open(t, engine(), ofdAt(t, mediatest.OFDPages("", []string{honest, "<broken", honest})))
	for range 2 {
		var why error
		if _, why = d.Text(t.Context(), 2); !errors.Is(why, pages.ErrPageDamaged) {
			t.Fatalf("the broken one says %v", why)
		}
		for _, page := range []int{1, 3} {
			if said := text(t, d, page); said.Body != "诚实的一页" {
				t.Errorf("page %d says %q", page, said.Body)
			}
		}
	}
}

func TestAnOFDOfSeveralDocumentsSaysSo(t *testing.T) {
	content := mediatest.Zip(
		mediatest.Entry{Name: "OFD.xml", Text: `<OFD><DocBody><DocRoot>d.xml</DocRoot></DocBody><DocBody><DocRoot>e.xml</DocRoot></DocBody></OFD>`},
		mediatest.Entry{Name: "d.xml", Text: `<Document><Pages><Page ID="1" BaseLoc="p.xml"/></Pages></Document>`},
		mediatest.Entry{Name: "p.xml", Text: mediatest.OFDPage(honest)})
	about := open(t, engine(), ofdAt(t, content)).Info()
	if len(about.Notes) != 1 || about.Notes[0].Code != pages.NoteOthers || about.Notes[0].Count != 1 {
		t.Errorf("tells of %v", about.Notes)
	}
}
