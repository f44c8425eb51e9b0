package handler_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"yuandu/media/mediatest"
	"yuandu/model"
)

func TestWhatMayNotBeHandedInIsRefusedWithAReason(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		for _, c := range []struct {
			name    string
			content []byte
			code    string
			says    string
		}{
			{"通知.pdf", []byte("MZ\x90\x00"), "file.program", "OFD"},
			{"网页.pdf", []byte("<html><script>alert(1)</script>"), "file.program", "OFD"},
			{"图.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "file.program", "SVG"},
			{"说明.txt", []byte("关于印发办法的通知"), "file.type", "OFD"},
			{"打包.zip", mediatest.Zip(mediatest.Entry{Name: "a.pdf", Text: "%PDF-"}), "file.archive", "解压"},
			{"有密码.docx", mediatest.Locked(mediatest.DOCX("<d/>")), "file.encrypted", "密码"},
			{"宏.docm", mediatest.Word("ms-word.document.macroEnabled"), "file.macros", "宏"},
			{"改名.pdf", mediatest.Compound("WordDocument"), "file.old_office", "后缀"},
			{"半份.pdf", mediatest.PDF(9)[:100], "file.damaged", "另存"},
			{"炸弹.ofd", mediatest.OFD(1, mediatest.Entry{Name: "x", Text: strings.Repeat("\x00", 20<<20)}), "file.bomb", "大得反常"},
			{"空.pdf", nil, "file.empty", "空"},
			{"太大.png", mediatest.Huge(40_000, 30_000), "file.pixels", "50"},
			{"坏.jpg", []byte("\xff\xd8\xff\xe0"), "file.picture", "JPEG"},
			{"轨迹.mp4", mediatest.MP4(mediatest.Track("camm")), "file.tracked", "位置"},
		} {
			a := r.editor.handBytes(c.name, c.content)
			r.editor.notHanded(a, 422, c.code)
			if !strings.Contains(a.body, c.says) {
				t.Errorf("%s: %s", c.name, a.body)
			}
		}
		r.keeps(t, 0, 0)
		r.trailed(t, "file.kept", 0)
	})
}

// endless is a file that begins in some way and does not end.
func endless(begin []byte) io.Reader { return io.MultiReader(bytes.NewReader(begin), zeros{}) }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestAFileThatIsTooLargeIsStopped(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		film := slices.Concat(mediatest.Box("ftyp", []byte("isom")), []byte("\x00\x00\x00\x00mdat"))
		for _, c := range []struct {
			name   string
			begin  []byte
			length int64
			limit  string
		}{
			{"it says that it is a large video", film, 200<<20 + 1, "200 MB"},
			{"it says that it is a large document", []byte("%PDF-1.7 "), 50<<20 + 1, "50 MB"},
			{"a document without an end", []byte("%PDF-1.7 "), -1, "50 MB"},
			{"a video without an end", film, -1, "200 MB"},
		} {
			a := r.editor.hand("附件.pdf", io.LimitReader(endless(c.begin), max(c.length, 300<<20)), c.length)
			r.editor.notHanded(a, 413, "file.too_large")
			if !strings.Contains(a.body, c.limit) || !a.Close {
				t.Errorf("%s: %s, connection closed: %v", c.name, a.body, a.Close)
			}
		}
		r.keeps(t, 0, 0)
	})
}

func TestAFileAsLargeAsMayBeIsKept(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		whole := make([]byte, model.MaxFile)
		copy(whole, "%PDF-1.7 ")
		copy(whole[len(whole)-6:], "%%EOF\n")
		if f := r.editor.handed("大.pdf", whole); f.Size != model.MaxFile || f.SM3 != sum(whole) {
			t.Errorf("%+v", f)
		}
		r.keeps(t, 1, 1)
	})
}
