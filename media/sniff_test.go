package media_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"yuandu/media"
	"yuandu/media/mediatest"
	"yuandu/model"
)

// sniff is what is done with every file that is handed in.
func sniff(content []byte, ending string) (*media.Sniffed, error) {
	if _, err := media.Peek(content[:min(len(content), media.HeadSize)]); err != nil {
		return nil, err
	}
	return media.Sniff(bytes.NewReader(content), int64(len(content)), ending)
}

func TestAFileIsWhatItsContentSays(t *testing.T) {
	inside := mediatest.Entry{Name: "word/embeddings/a.xlsx", Text: "PK\x03\x04 not looked into"}
	for _, c := range []struct {
		name    string
		content []byte
		ending  string
		is      string
		pages   int
	}{
		{"a PDF", mediatest.PDF(3), "pdf", "application/pdf", 3},
		{"a PDF called a picture", mediatest.PDF(1), "png", "application/pdf", 1},
		{"a PDF behind a mark and a blank line", slices.Concat([]byte("\ufeff\r\n"), mediatest.PDF(2)), "pdf", "application/pdf", 2},
		{"a PDF whose pages lie deflated", mediatest.PDF(0, mediatest.ObjectStream("<</Type/Page/A 1>> <</Type /Page>>")), "pdf", "application/pdf", 2},
		{"a PDF that was changed later", slices.Concat(mediatest.PDF(2), mediatest.PDF(2)), "pdf", "application/pdf", 0},
		{"an OFD", mediatest.OFD(4), "ofd", "application/ofd", 4},
		{"a Word document", mediatest.DOCX("<d/>"), "doc", media.DOCX.MediaType, 0},
		{"an Excel workbook", mediatest.XLSX("<d/>"), "", media.XLSX.MediaType, 0},
		{"a presentation", mediatest.PPTX(5), "pptx", media.PPTX.MediaType, 5},
		{"a Word document with a workbook in it", mediatest.DOCX("<d/>", inside), "docx", media.DOCX.MediaType, 0},
		{"an old Word document", mediatest.Compound("WordDocument", "1Table"), "doc", "application/msword", 0},
		{"an old document of WPS", mediatest.Compound("WordDocument"), "WPS", "application/wps-office.wps", 0},
		{"an old Excel workbook", mediatest.Compound("Workbook", "a", "b", "c", "d", "e"), "xls", "application/vnd.ms-excel", 0},
		{"an older one", mediatest.Compound("Book"), "et", "application/wps-office.et", 0},
		{"an old presentation", mediatest.Compound("PowerPoint Document"), "ppt", "application/vnd.ms-powerpoint", 0},
		{"a video", mediatest.MP4(), "mp4", "video/mp4", 0},
		{"a sound", mediatest.MP3(), "mp3", "audio/mpeg", 0},
		{"a sound without a tag", mediatest.MP3()[20:], "mp3", "audio/mpeg", 0},
		{"a photograph", mediatest.JPEG(20, 10, 1), "jpg", "image/jpeg", 0},
	} {
		s, err := sniff(c.content, c.ending)
		if err != nil || s.Type.MediaType != c.is || s.Pages != c.pages || len(s.Warnings) > 0 {
			t.Errorf("%s: %+v, %v", c.name, s, err)
		}
	}
}

func TestWhatNobodyShouldOpenIsRefused(t *testing.T) {
	docx, altered := mediatest.DOCX("<d/>"), mediatest.OFD(1)
	headless := mediatest.Zip(mediatest.Entry{Name: "OFD.xml", Text: "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"})
	tableless := slices.Concat(mediatest.Box("ftyp", []byte("isom")), mediatest.Box("mdat", []byte("x")))
	heic := slices.Concat(mediatest.Box("ftyp", []byte("heic")), mediatest.Box("meta"))
	altered[bytes.Index(altered, []byte("Document.xml"))+20] ^= 1
	for _, c := range []struct {
		name    string
		content []byte
		ending  string
		refusal *model.Error
	}{
		{"a program called a PDF", []byte("MZ\x90\x00\x03"), "pdf", model.ErrFileProgram},
		{"a program of Linux", []byte("\x7fELF\x02\x01"), "doc", model.ErrFileProgram},
		{"a script", []byte("#!/bin/sh\nrm -rf /"), "pdf", model.ErrFileProgram},
		{"a page", []byte("<!DOCTYPE html><script>alert(1)</script>"), "pdf", model.ErrFileProgram},
		{"a page behind blanks", []byte("\ufeff \r\n\t<html>"), "docx", model.ErrFileProgram},
		{"a drawing with scripts", []byte(`<?xml version="1.0"?><svg onload="alert(1)"/>`), "png", model.ErrFileProgram},
		{"a text", []byte("关于印发办法的通知"), "txt", model.ErrFileType},
		{"a text in the order of Windows", []byte("\xff\xfe\x0a\x4e"), "mp3", model.ErrFileType},
		{"one letter", []byte("a"), "pdf", model.ErrFileType},
		{"an archive", mediatest.Zip(mediatest.Entry{Name: "附件.pdf", Text: "%PDF-"}), "docx", model.ErrFileArchive},
		{"an empty archive", mediatest.Zip(), "docx", model.ErrFileArchive},
		{"another archive", []byte("Rar!\x1a\x07\x01"), "rar", model.ErrFileArchive},
		{"an archive that calls itself an office file", mediatest.Zip(mediatest.Entry{Name: "[Content_Types].xml", Text: "<Types/>"}), "docx", model.ErrFileType},
		{"a template", mediatest.Word("openxmlformats-officedocument.wordprocessingml.template"), "docx", model.ErrFileType},
		{"a Word document with macros", mediatest.DOCX("<d/>", mediatest.Entry{Name: `Word\vbaProject.bin`, Text: "x"}), "docx", model.ErrFileMacros},
		{"one that says so", mediatest.Word("ms-word.document.macroEnabled"), "docx", model.ErrFileMacros},
		{"an old one", mediatest.Compound("WordDocument", "Macros"), "doc", model.ErrFileMacros},
		{"an old one called a new one", mediatest.Compound("WordDocument"), "docx", model.ErrFileOldOffice},
		{"a workbook called a document", mediatest.Compound("Workbook"), "doc", model.ErrFileOldOffice},
		{"an installer called a document", mediatest.Compound("!_StringPool"), "doc", model.ErrFileOldOffice},
		{"a Word document under a password", mediatest.Compound("EncryptionInfo", "EncryptedPackage"), "docx", model.ErrFileEncrypted},
		{"an archive under a password", mediatest.Locked(docx), "docx", model.ErrFileEncrypted},
		{"half a Word document", docx[:len(docx)/2], "docx", model.ErrFileDamaged},
		{"an OFD that was altered", altered, "ofd", model.ErrFileDamaged},
		{"an OFD without its document", headless, "ofd", model.ErrFileDamaged},
		{"something with an entry of that name", mediatest.Zip(mediatest.Entry{Name: "OFD.xml", Text: "<html/>"}), "ofd", model.ErrFileDamaged},
		{"half a PDF", mediatest.PDF(9)[:200], "pdf", model.ErrFileDamaged},
		{"a broken compound file", mediatest.Compound("WordDocument")[:600], "doc", model.ErrFileDamaged},
		{"a video without a table of itself", tableless, "mp4", model.ErrFileDamaged},
		{"half a video", mediatest.MP4()[:100], "mp4", model.ErrFileDamaged},
		{"a picture of a telephone", heic, "mp4", model.ErrFileType},
		{"a video that followed its camera", mediatest.MP4(mediatest.Track("gpmd")), "mp4", model.ErrFileTracked},
		{"a tag without a sound", mediatest.MP3()[:20], "mp3", model.ErrFileType},
		{"a sound of one frame", mediatest.MP3()[:20+417], "mp3", model.ErrFileDamaged},
	} {
		if s, err := sniff(c.content, c.ending); !errors.Is(err, c.refusal) {
			t.Errorf("%s: %+v, %v, want %v", c.name, s, err, c.refusal)
		}
	}
}

func TestAFileThatSwellsUpIsStoppedWhileItDoes(t *testing.T) {
	zeros := strings.Repeat("\x00", 32<<20)
	many := make([]mediatest.Entry, 12_000)
	for i := range many {
		many[i] = mediatest.Entry{Name: strings.Repeat("a", i%200) + "/" + strings.Repeat("b", i/200)}
	}
	small := mediatest.DOCX(zeros)
	lying := slices.Clone(small)
	at := bytes.LastIndex(lying, []byte("word/document.xml")) - 22 // the size that the list of entries tells
	copy(lying[at:], "\x10\x00\x00\x00")
	if _, err := sniff(lying, "docx"); !errors.Is(err, model.ErrFileDamaged) {
		t.Errorf("one that lies about it: %v", err)
	}
	for name, content := range map[string][]byte{
		"thirty megabytes in thirty kilobytes": small,
		"as an OFD":                            mediatest.OFD(1, mediatest.Entry{Name: "Content.xml", Text: zeros}),
		"too many entries":                     mediatest.DOCX("<d/>", many...),
	} {
		if _, err := sniff(content, "docx"); !errors.Is(err, model.ErrFileBomb) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatAPDFDoesIsTold(t *testing.T) {
	for _, c := range []struct {
		name, object string
		warning      model.FileWarning
	}{
		{"a script", "5 0 obj <</S /JavaScript /JS (app.alert(1))>> endobj", model.WarnScript},
		{"a script in disguise", "5 0 obj <</S /J#61v#61Sc#72ipt>> endobj", model.WarnScript},
		{"a script where only readers look", mediatest.ObjectStream("<</S/JavaScript/JS 3 0 R>>"), model.WarnScript},
		{"a program to start", "5 0 obj <</S/Launch/F(cmd.exe)>> endobj", model.WarnLaunch},
		{"a file inside", "5 0 obj <</Type /EmbeddedFile>> endobj", model.WarnEmbedded},
		{"a password", "trailer <</Encrypt 7 0 R>>", model.WarnEncrypted},
		{"far behind the beginning", strings.Repeat("% 填充\n", 150_000) + "<</S /Launch>>", model.WarnLaunch},
	} {
		s, err := sniff(mediatest.PDF(1, c.object), "pdf")
		if err != nil || !slices.Equal(s.Warnings, []model.FileWarning{c.warning}) {
			t.Errorf("%s: %+v, %v", c.name, s, err)
		}
	}
}

// film is a video that can be written to.
type film []byte

func (f film) ReadAt(p []byte, at int64) (int, error) { return bytes.NewReader(f).ReadAt(p, at) }
func (f film) WriteAt(p []byte, at int64) (int, error) {
	return copy(f[at:], p), nil
}

func TestAVideoForgetsWhereItWasTaken(t *testing.T) {
	apple := mediatest.Box("meta", mediatest.Box("keys", []byte("com.apple.quicktime.location.ISO6709")),
		mediatest.Box("ilst", []byte("+36.7069+119.1619/")))
	xmp := mediatest.Box("uuid", []byte("\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8 exif:GPSLatitude 36.7069"))
	for name, told := range map[string][]byte{"in the way of old": mediatest.Place(), "of Apple": apple, "of Adobe": xmp,
		"of a track": mediatest.Track("mp4a", mediatest.Place())} {
		f := film(mediatest.MP4(told))
		size := int64(len(f))
		placed, err := media.Forget(f, size)
		if err != nil || !placed || bytes.Contains(f, []byte("36.7069")) {
			t.Errorf("%s: %v %v, still there: %q", name, placed, err, f)
		}
		if s, err := media.Sniff(f, size, "mp4"); err != nil || s.Type != media.MP4 || !bytes.Contains(f, []byte("moving pictures")) {
			t.Errorf("%s: no video any more: %v", name, err)
		}
	}
	plain := film(mediatest.MP4())
	placed, err := media.Forget(plain, int64(len(plain)))
	if err != nil || placed || !bytes.Equal(plain, mediatest.MP4()) {
		t.Errorf("a video that tells nothing was changed: %v %v", placed, err)
	}
}

// A disk that fails is no fault of the file.
func TestAFaultOfTheDiskIsNotBlamedOnTheFile(t *testing.T) {
	broken := errors.New("disk")
	for name, content := range map[string][]byte{
		"pdf": mediatest.PDF(1), "docx": mediatest.DOCX("x"), "mp4": mediatest.MP4(), "mp3": mediatest.MP3(),
	} {
		failing := &failingAt{bytes.NewReader(content), 1, broken}
		if _, err := media.Sniff(failing, int64(len(content)), name); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// failingAt reads some times and then no more.
type failingAt struct {
	io.ReaderAt
	times int
	err   error
}

func (f *failingAt) ReadAt(p []byte, at int64) (int, error) {
	if f.times--; f.times < 0 {
		return 0, f.err
	}
	return f.ReaderAt.ReadAt(p, at)
}

func FuzzSniff(f *testing.F) {
	for _, content := range [][]byte{
		mediatest.PDF(2, mediatest.ObjectStream("<</S/JavaScript>>")), mediatest.DOCX("<d/>"), mediatest.OFD(1), mediatest.PPTX(1),
		mediatest.Compound("WordDocument", "Macros"), mediatest.MP4(mediatest.Place()), mediatest.MP3(), mediatest.JPEG(4, 4, 6),
	} {
		f.Add(content, "doc")
	}
	f.Fuzz(func(t *testing.T, content []byte, ending string) {
		s, err := sniff(content, ending)
		var refusal *model.Error
		switch {
		case err == nil && s.Type == nil, err != nil && !errors.As(err, &refusal):
			t.Errorf("%+v, %v", s, err)
		case err == nil && s.Type == media.MP4:
			video := film(slices.Clone(content))
			if _, err := media.Forget(video, int64(len(video))); err != nil && !errors.As(err, &refusal) {
				t.Error(err)
			}
		}
	})
}
