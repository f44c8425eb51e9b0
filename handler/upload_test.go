package handler_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"image"
	_ "image/jpeg"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/handler"
	"yuandu/internal/housetest"
	"yuandu/media/mediatest"
	"yuandu/model"
)

// fileroom is a newsroom in which files are handed in.
type fileroom struct {
	*newsroom
	temp string // where files wait to be kept
}

// eachFileroom runs a test on every set, in a house of its own without documents;
// one after the other, as where files wait is told to the whole process.
func eachFileroom(t *testing.T, test func(t *testing.T, r *fileroom)) {
	t.Helper()
	for _, set := range sets {
		t.Run(set.name, func(t *testing.T) { test(t, openFileroom(t, set.open)) })
	}
}

func openFileroom(t *testing.T, open func(testing.TB, model.Clock) parts) *fileroom {
	t.Helper()
	temp := t.TempDir()
	h := raise(t, open)
	t.Setenv("TMPDIR", temp)
	h.server = newServer(t, h, nil)
	return &fileroom{h.newsroom(t), temp}
}

// newServer opens the doors of a house whose staff see files.
func newServer(t *testing.T, h *house, watch *watchedDoor) *httptest.Server {
	server := httptest.NewUnstartedServer(nil)
	server.Config = handler.Server("", handler.New(h.handler))
	if watch != nil {
		watch.Listener, server.Listener = server.Listener, watch
	}
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// hand hands in a file. length is what is said of it beforehand, -1 for nothing.
func (v *visitor) hand(name string, content io.Reader, length int64, with ...string) *answer {
	v.t.Helper()
	return v.handAt("/admin/v1/files?name="+url.QueryEscape(name), content, length, with...)
}

// handAt hands in a file at an address.
func (v *visitor) handAt(at string, content io.Reader, length int64, with ...string) *answer {
	v.t.Helper()
	told := v.Visitor.Hand(at, content, length, with...)
	a := &answer{told.Response, "POST a file", told.Text}
	if a.StatusCode >= 400 && a.StatusCode < 500 {
		a.isDecent(v.t)
	}
	return a
}

func (v *visitor) handBytes(name string, content []byte, with ...string) *answer {
	v.t.Helper()
	return v.hand(name, bytes.NewReader(content), int64(len(content)), with...)
}

// handed is a file that has to be kept.
func (v *visitor) handed(name string, content []byte, with ...string) handler.HandedIn {
	v.t.Helper()
	a := v.handBytes(name, content, with...)
	var f handler.HandedIn
	if err := json.Unmarshal([]byte(a.body), &f); err != nil || a.StatusCode != http.StatusCreated {
		v.t.Fatalf("%s: %d %s (%v)", name, a.StatusCode, a.body, err)
	}
	return f
}

func (v *visitor) notHanded(a *answer, status int, code string) {
	v.t.Helper()
	if told := (&housetest.Answer{Text: a.body}); a.StatusCode != status || !told.Says(code) {
		v.t.Errorf("%d %.300s, want %d %s", a.StatusCode, a.body, status, code)
	}
}

// keeps looks how many files have a row, and that nothing waits; where the bytes
// lie in a folder, that there are no others.
func (r *fileroom) keeps(t testing.TB, rows, blobs int) {
	t.Helper()
	ids, err := r.store.UnheldFiles(ctx, -time.Hour, 1000)
	if err != nil || len(ids) != rows {
		t.Errorf("%d files are kept, not %d (%v)", len(ids), rows, err)
	}
	if left, err := os.ReadDir(r.temp); err != nil || len(left) > 0 {
		t.Errorf("%d files still wait (%v)", len(left), err)
	}
	if r.parts.file == "" {
		return
	}
	found := 0
	err = filepath.WalkDir(filepath.Join(filepath.Dir(r.parts.file), "files"), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			found++
		}
		return err
	})
	if err != nil || found != blobs {
		t.Errorf("the bucket holds %d files, not %d (%v)", found, blobs, err)
	}
}

func sum(content []byte) string {
	s := sm3.Sum(content)
	return hex.EncodeToString(s[:])
}

func TestAFileThatIsHandedInIsKeptUnderItsTrueName(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		pdf := mediatest.PDF(3)
		for i, c := range []struct {
			name, kept, mediaType string
			content               []byte
			pages                 int
		}{
			{"附件1：申请表（2023版）.pdf", "附件1：申请表（2023版）.pdf", "application/pdf", pdf, 3},
			{"扫描件.PNG", "扫描件.pdf", "application/pdf", mediatest.PDF(1), 1},
			{`C:\桌面\..\通知.ofd`, "通知.ofd", "application/ofd", mediatest.OFD(2), 2},
			{"../../etc/表\u202efdp.xlsx", "表fdp.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", mediatest.XLSX("<w/>"), 0},
			{"", "未命名.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", mediatest.DOCX("<w/>"), 0},
			{"老通知.wps", "老通知.wps", "application/wps-office.wps", mediatest.Compound("WordDocument"), 0},
			{"动图.gif", "动图.png", "image/png", mediatest.GIF(2), 0},
			{"录音.mp3", "录音.mp3", "audio/mpeg", mediatest.MP3(), 0},
		} {
			f := r.editor.handed(c.name, c.content)
			if f.Name != c.kept || f.MediaType != c.mediaType || f.Pages != c.pages {
				t.Errorf("%s: %+v", c.name, f)
			}
			r.keeps(t, i+1, i+1)
		}
		f := r.editor.handed("附件.pdf", pdf)
		if f.Size != int64(len(pdf)) || f.SM3 != sum(pdf) {
			t.Errorf("%+v", f)
		}
		r.keeps(t, 9, 8) // the same bytes lie there once
	})
}

func TestAFileIsSeenByItsOfficeUntilItsDocumentIsPublic(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		pdf := mediatest.PDF(1)
		f := r.editor.handed("附件.pdf", pdf)
		kept, public := "GET /admin/v1/files/"+f.ID, "GET /api/v1/files/"+f.ID
		elsewhere := r.house.office(t, r.admin, "市水利局", "")
		stranger := r.hire(t, r.admin, "waidanwei", elsewhere, model.Grant{Role: model.Editor, DepartmentID: elsewhere})
		if a := r.editor.send(kept, nil); a.body != string(pdf) {
			t.Errorf("who handed it in: %d", a.StatusCode)
		}
		r.reviewer.refused(404, "file.not_found", kept, nil)

		content := r.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号")
		content["attachments"] = []map[string]any{{"file_id": f.ID, "name": "申请表.pdf"}}
		draft := r.begin(content)
		a := r.reviewer.send(kept, nil)
		if a.body != string(pdf) || a.Header.Get("Content-Type") != "application/pdf" || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%d %v", a.StatusCode, a.Header)
		}
		if a := r.reviewer.send(kept, nil, "Range: bytes=0-4"); a.StatusCode != 206 || a.body != "%PDF-" {
			t.Errorf("in parts: %d %q", a.StatusCode, a.body)
		}
		r.tells(t, "the public does not see it", public, 404, `"file.not_found"`)
		stranger.refused(404, "file.not_found", kept, nil)
		stranger.refused(404, "file.not_found", "POST /admin/v1/word", map[string]any{"file_id": f.ID})
		r.visit(t).refused(401, "staff.signin_needed", kept, nil)
		r.reviewer.refused(404, "file.not_found", "GET /admin/v1/files/01NONE", nil)

		r.publish(draft)
		r.tells(t, "with its document it is public", public, 200, "%PDF-")
		if a := stranger.send(kept, nil); a.body != string(pdf) {
			t.Errorf("and another office sees it: %d", a.StatusCode)
		}
	})
}

func TestOnlyWhoWritesDocumentsHandsInFiles(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		pdf := mediatest.PDF(1)
		r.reviewer.notHanded(r.reviewer.handBytes("a.pdf", pdf), 403, "staff.not_allowed")
		stranger := r.visit(t)
		stranger.notHanded(stranger.handBytes("a.pdf", pdf), 401, "staff.signin_needed")
		r.editor.notHanded(r.editor.handBytes("a.pdf", pdf, "Sec-Fetch-Site: cross-site"), 403, "request.cross_origin")
		r.editor.notHanded(r.editor.handBytes("a.pdf", pdf, "Idempotency-Key: "), 422, "request.key_missing")
		r.editor.notHanded(r.editor.handBytes("a.pdf", pdf, "Idempotency-Key: 短"), 422, "request.key_malformed")
		r.keeps(t, 0, 0)
	})
}

func TestTheTrailTellsOfAFileButNotItsName(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		f := r.editor.handed("王女士的病历.pdf", mediatest.PDF(1))
		lines, err := r.store.AuditLines(ctx, auditOf("file.kept"))
		if err != nil || len(lines) != 1 || lines[0].By.ID != r.editor.staff || lines[0].Object != (model.Ref{Kind: "file", ID: f.ID}) {
			t.Fatalf("%+v, %v", lines, err)
		}
		var details map[string]any
		if err := json.Unmarshal([]byte(lines[0].Details), &details); err != nil {
			t.Fatal(err)
		}
		if len(details) != 3 || details["sm3"] != f.SM3 || details["size"] != float64(f.Size) || details["media_type"] != "application/pdf" {
			t.Errorf("%v", details)
		}
	})
}

func TestAFileSentTwiceUnderOneKeyIsOne(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		const key = "Idempotency-Key: lost-network-0001"
		pdf := mediatest.PDF(1)
		first := r.editor.handBytes("附件.pdf", pdf, key)
		again := r.editor.handBytes("附件.pdf", pdf, key)
		if first.StatusCode != 201 || again.StatusCode != 201 || again.body != first.body || again.Header.Get("Idempotent-Replayed") == "" {
			t.Errorf("%d %s\n%d %s", first.StatusCode, first.body, again.StatusCode, again.body)
		}
		r.editor.notHanded(r.editor.handBytes("附件.pdf", mediatest.PDF(2), key), 422, "request.key_reused")
		r.editor.notHanded(r.editor.handBytes("附件2.pdf", pdf, key), 422, "request.key_reused")
		r.editor.notHanded(r.editor.handBytes("x.pdf", []byte("MZ"), "Idempotency-Key: mistake-mended-1"), 422, "file.program")
		r.editor.handed("x.pdf", pdf, "Idempotency-Key: mistake-mended-1")
		r.keeps(t, 2, 1)
		r.trailed(t, "file.kept", 2)
	})
}

func TestTenTapsOnAFileAtOnceAreOne(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		pdf, answers := mediatest.PDF(1), make([]*answer, 10)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { answers[i] = r.editor.handBytes("附件.pdf", pdf, "Idempotency-Key: impatient-finger") })
		}
		all.Wait()
		for _, a := range answers {
			if a.StatusCode != 201 && (a.StatusCode != 409 || !strings.Contains(a.body, "request.running")) {
				t.Errorf("%d %s", a.StatusCode, a.body)
			}
		}
		r.keeps(t, 1, 1)
	})
}

func TestAPhotographIsKeptWithoutWhereItWasTaken(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		photo := mediatest.JPEG(5000, 40, 6)
		f := r.editor.handed("现场.jpeg", photo)
		kept := r.editor.send("GET /admin/v1/files/"+f.ID, nil).body
		if f.Name != "现场.jpeg" || f.SM3 != sum([]byte(kept)) || f.Size != int64(len(kept)) || strings.Contains(kept, "GPS") {
			t.Errorf("%+v", f)
		}
		if len(f.Warnings) != 1 || f.Warnings[0].Code != model.WarnReduced || !isChinese(f.Warnings[0].Message) {
			t.Errorf("%+v", f.Warnings)
		}
		p, _, err := image.DecodeConfig(strings.NewReader(kept))
		if err != nil || p.Width != 32 || p.Height != 4096 {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestAVideoIsKeptWithoutWhereItWasTaken(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		f := r.editor.handed("现场.mp4", mediatest.MP4(mediatest.Place()), "Idempotency-Key: a-video-of-a-place")
		kept := r.editor.send("GET /admin/v1/files/"+f.ID, nil).body
		if strings.Contains(kept, "36.7069") || f.SM3 != sum([]byte(kept)) || len(f.Warnings) != 1 || f.Warnings[0].Code != model.WarnPlaceGone {
			t.Errorf("%+v: %q", f, kept)
		}
		again := r.editor.handed("现场.mp4", mediatest.MP4(mediatest.Place()), "Idempotency-Key: a-video-of-a-place")
		if again.ID != f.ID {
			t.Error("the same video under the same key is another one")
		}
	})
}

func TestWhatAPDFDoesIsToldToItsEditor(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		f := r.editor.handed("表单.pdf", mediatest.PDF(1, "<</S /JavaScript>> <</S /Launch>> <</Type /EmbeddedFile>>", "<</Encrypt 1 0 R>>"))
		if len(f.Warnings) != 4 {
			t.Errorf("%+v", f.Warnings)
		}
		for _, w := range f.Warnings {
			if !isChinese(w.Message) {
				t.Errorf("%+v", w)
			}
		}
	})
}
