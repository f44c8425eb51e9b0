package pages_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"yuandu/media/mediatest"
	"yuandu/media/pages"
)

// codesOf are what the notes are about.
func codesOf(notes []pages.Note) (codes []string) {
	for _, n := range notes {
		codes = append(codes, strings.TrimPrefix(n.Code, "pages."))
	}
	return slices.Compact(codes)
}

func TestAnOFDIsReadAsItIsPrinted(t *testing.T) {
	for _, story := range []struct {
		name, file string
		pages      int
		says       []string // in the words of each page
		layer      pages.Layer
		notes      []string // about the file and its pages
	}{
		{"with a file beside it", "AddAttachment", 1, []string{"这是一个带有附件的OFD文件"}, "text", []string{"attached", "font_replaced"}},
		{"with a seal", "SESV4SignDoc", 1, []string{"你好呀，OFD Reader&Writer！"}, "text", []string{"signed", "font_replaced"}},
		{"whose words stand for nothing", "ano", 3, []string{"可信安全浏览器Web应用开发指南（常用手册）", "", ""}, "",
			[]string{"font_replaced", "text_garbage", "font_replaced", "text_garbage"}},
		{"with a font of its own", "doc1File", 11, []string{"一日不见兮，思之如狂。――《凤求凰·琴歌》", "少壮不努力，老大徒伤悲。"}, "text", nil},
		{"whose font is not in it", "hello", 2, []string{"中国一向是所谓“闭关主义”，自己不去，别人也不许来。自从给枪炮打破了大门之后，又碰了一串钉子", "总之，我们要拿来。"}, "text",
			[]string{"font_replaced"}},
		{"of one line", "helloworld", 1, []string{"你好呀，OFD Reader&Writer！"}, "text", []string{"font_replaced"}},
		{"of a table that was signed by hand", "signout", 1, []string{"市委主要领导同志调研后续落实事项的通知"}, "text", []string{"font_replaced"}},
		{"with drawings for several characters", "z", 4, []string{"11.4字型变换", "Heaffixedhisfinesign.", "一个字符对应两个字型", "多个字符对应多个字型"}, "text",
			[]string{"font_replaced", "glyphs_unknown", "font_replaced", "glyphs_unknown"}},
		{"with words turned every way", "文字横向-数科", 1, []string{"121212一二三四一二三四一二三四"}, "text", nil},
	} {
		t.Run(story.name, func(t *testing.T) {
			d := open(t, engine(), data(t, "ofd/ofdrw_"+story.file+".ofd"))
			about := d.Info()
			if len(about.Pages) != story.pages || about.Pages[0].Width < 594 || about.Pages[0].Width > 596 {
				t.Fatalf("has pages of %v", about.Pages)
			}
			notes := codesOf(about.Notes)
			for page := range about.Pages {
				said := text(t, d, page+1)
				notes = append(notes, codesOf(said.Notes)...)
				if page < len(story.says) && !strings.Contains(mediatest.Tight(said.Body), mediatest.Tight(story.says[page])) {
					t.Errorf("page %d says %q", page+1, said.Body)
				}
				if story.layer != "" && said.Layer != story.layer {
					t.Errorf("page %d has a layer of %s", page+1, said.Layer)
				}
			}
			if got := slices.Compact(notes); !slices.Equal(got, story.notes) {
				t.Errorf("it says of itself %v, not %v", got, story.notes)
			}
		})
	}
}

func TestTheWordsOfAnOFDStandWhereTheyAreDrawn(t *testing.T) {
	for name, pages := range map[string]int{"AddAttachment": 1, "SESV4SignDoc": 1, "doc1File": 11, "hello": 2, "helloworld": 1} {
		t.Run(name, func(t *testing.T) {
			d := open(t, engine(), data(t, "ofd/ofdrw_"+name+".ofd"))
			dice, well, all := rand.New(rand.NewPCG(1, 2)), 0, 0
			for page := range pages {
				said := text(t, d, page+1)
				_, seen := picture(t, d, page+1, 1500)
				for range 40 {
					all++
					if mediatest.CoversWell(seen, said, dice) {
						well++
					}
				}
			}
			t.Logf("%d of %d", well, all)
			if float64(well) < .97*float64(all) {
				t.Errorf("boxes cover %d of %d phrases", well, all)
			}
		})
	}
}

func TestASealIsSeenAndIsNotVerified(t *testing.T) {
	d := open(t, engine(), data(t, "ofd/ofdrw_SESV4SignDoc.ofd"))
	if about := d.Info(); about.Signed != 1 || len(about.Notes) != 1 || about.Notes[0].Code != pages.NoteSigned {
		t.Errorf("says %+v", about)
	}
	p, seen := picture(t, d, 1, 1080)
	red, all := 0, 0
	for y := 50 * p.Height / 297; y < 90*p.Height/297; y++ {
		for x := 50 * p.Width / 210; x < 90*p.Width/210; x++ {
			r, g, b, _ := seen.At(x, y).RGBA()
			if all++; r > 0xC000 && g < 0x6000 && b < 0x6000 {
				red++
			}
		}
	}
	if p.Look != pages.LookColour || red < all/20 || red > all/2 {
		t.Errorf("a page of %s, and %d of %d are red where the seal is", p.Look, red, all)
	}
}

func TestTheOutlineOfAnOFDLeadsToItsPages(t *testing.T) {
	d := open(t, engine(), data(t, "ofd/ofdrw_z.ofd"))
	about := d.Info()
	if about.Title != "11.4 字型变换" || len(about.Outline) != 5 {
		t.Fatalf("has %q, %+v", about.Title, about.Outline)
	}
	last := about.Outline[4]
	if last.Title != "4、多对多" || last.Page != 4 || last.Level != 1 || last.Top < .05 || last.Top > .2 {
		t.Errorf("the last leads to %+v", last)
	}
	var texts []*pages.Text
	for page := range about.Pages {
		texts = append(texts, text(t, d, page+1))
	}
	if c := pages.ReadContents(about, texts); c.Source != pages.SourceBookmarks || len(c.Entries) != 5 {
		t.Errorf("contents are %+v", c)
	}
}

func TestTurnedWordsStandWhereTheyAreDrawn(t *testing.T) {
	d := open(t, engine(), data(t, "ofd/ofdrw_文字横向-数科.ofd"))
	said := text(t, d, 1)
	_, seen := picture(t, d, 1, 1500)
	lines := 0
	for _, found := range said.Find("一二三四") {
		lines++
		for i := found.From; i < found.To; i++ {
			if mediatest.Ink(seen, said.Boxes[i]) < .02 {
				t.Errorf("no ink in the box of a %c: %v", []rune(said.Body)[i], said.Boxes[i])
			}
		}
	}
	if lines != 3 || len(said.Lines) != 4 {
		t.Errorf("reads %q", said.Body)
	}
}
