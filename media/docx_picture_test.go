package media

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"yuandu/model"
)

const pixel = "\x89PNG\r\n\x1a\n…"

// picture is a drawing of the part that id refers to.
func picture(id, description string) string {
	return `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="` + description + `"/><a:graphic><a:graphicData>` +
		`<pic:pic><pic:blipFill><a:blip r:embed="` + id + `"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
}

// old is a picture as it was drawn before 2007, object what is embedded with it.
func old(id, description, object string) string {
	return `<w:r><w:object><v:shape alt="` + description + `"><v:imagedata r:id="` + id + `" o:title="x"/></v:shape>` + object + `</w:object></w:r>`
}

// pictured has two pictures of its own, and one that is elsewhere.
func pictured(body string) word {
	return word{
		"links": `<Relationship Id="r1" Type="` + relType + `image" Target="media/image1.png"/>` +
			`<Relationship Id="r2" Type="` + relType + `image" Target="media/image2.emf"/>` +
			`<Relationship Id="r3" Type="` + relType + `image" Target="https://example.cn/a.png" TargetMode="External"/>`,
		"word/media/image1.png": pixel, "word/media/image2.emf": "\x01\x00\x00\x00emf",
		"body": body,
	}
}

func TestPicturesOfWordAreKeptOnce(t *testing.T) {
	elsewhere := strings.Replace(picture("r3", ""), "embed", "link", 1)
	concealed := strings.Replace(picture("r1", ""), "<wp:docPr ", `<wp:docPr hidden="1" `, 1)
	file := pictured(`<w:p>` + run("见图") + picture("r1", "市区\n地图") + picture("r2", "") + elsewhere + concealed + `</w:p>` +
		`<w:p>` + old("r1", "老式图", "") + old("r2", "", `<o:OLEObject ProgID="Equation.3"/>`) +
		old("r1", "", `<o:OLEObject ProgID="Excel.Sheet.12"/>`) + `</w:p>` +
		tbl(tr(`<w:tc><w:p>`+picture("r1", "表中")+`</w:p></w:tc>`, tc("", "甲")))).file()
	kept := 0
	d := reading(t, file, func(name string, content []byte) (string, error) {
		kept++
		if name != "image1.png" || string(content) != pixel {
			t.Errorf("kept %s %q", name, content)
		}
		return "F1", nil
	})
	want := []string{"text 见图", "picture 市区 地图 F1", "picture 老式图 F1", "picture F1", "table [|甲]", "picture 表中 F1"}
	if got := told(d.Passages); !reflect.DeepEqual(got, want) {
		t.Errorf("read as %q", got)
	}
	if got := noted(d.Notes); got != "hidden 1, formulas 1, pictures 2, moved 1, embedded 1" {
		t.Errorf("noted %q", got)
	}
	if kept != 1 {
		t.Errorf("the picture was kept %d times", kept)
	}
}

func TestAnEmblemAboveTheTitleLeavesIt(t *testing.T) {
	d := reading(t, pictured(`<w:p>`+picture("r1", "国徽")+`</w:p>`+large("办法", "")+p("文。")).file(), keepAnything)
	if got := told(d.Passages); d.Title != "办法" || !reflect.DeepEqual(got, []string{"picture 国徽 F", "text 文。"}) {
		t.Errorf("read as %q with %q", d.Title, got)
	}
}

func TestPicturesThatNobodyKeepsAreLeftOut(t *testing.T) {
	file := pictured(`<w:p>` + picture("r1", "地图") + `</w:p>` + p("文")).file()
	refusal := &model.Error{Kind: model.Invalid, Code: "picture.too_large"}
	for name, keep := range map[string]KeepPicture{
		"nobody keeps them": nil,
		"one is refused":    func(string, []byte) (string, error) { return "", refusal },
	} {
		d := reading(t, file, keep)
		if got := noted(d.Notes); got != "pictures 1" || len(d.Passages) != 1 {
			t.Errorf("%s: noted %q, read as %q", name, got, told(d.Passages))
		}
	}
}

func TestAShelfThatIsFullEndsTheReading(t *testing.T) {
	shelf := errors.New("shelf full")
	file := pictured(`<w:p>` + picture("r1", "") + `</w:p>`).file()
	_, err := ReadDocx(bytes.NewReader(file), int64(len(file)), func(string, []byte) (string, error) { return "", shelf })
	var refusal *model.Error
	if !errors.Is(err, shelf) || errors.As(err, &refusal) {
		t.Errorf("a fault of ours was told as %v", err)
	}
}
