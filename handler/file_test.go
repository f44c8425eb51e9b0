package handler_test

import (
	"mime"
	"strings"
	"testing"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

const form = "GET /api/v1/files/«附件1：申请表（2023版）.pdf»"

func TestAFileIsGivenOutWholeAndInParts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		whole := h.ask(t, form)
		tag := whole.Header.Get("ETag")
		if whole.StatusCode != 200 || whole.body != "%PDF-1.7 申请表的内容，一共有很多字节。" ||
			whole.Header.Get("Content-Type") != "application/pdf" ||
			whole.ContentLength != 54 || tag == "" || whole.Header.Get("Accept-Ranges") != "bytes" {
			t.Errorf("whole: %d %q %v", whole.StatusCode, whole.body, whole.Header)
		}
		for _, c := range []struct {
			name, ask string
			with      []string
			status    int
			body      string
		}{
			{"the beginning", form, []string{"Range: bytes=0-7"}, 206, "%PDF-1.7"},
			{"the middle", form, []string{"Range: bytes=9-17"}, 206, "申请表"},
			{"the end", form, []string{"Range: bytes=-3"}, 206, "。"},
			{"what changed is whole", form, []string{"Range: bytes=0-7", `If-Range: "other"`}, 200, whole.body},
			{"what did not is in parts", form, []string{"Range: bytes=0-7", "If-Range: " + tag}, 206, "%PDF-1.7"},
			{"the same again", form, []string{"If-None-Match: " + tag}, 304, ""},
			{"one of several known ones", form, []string{`If-None-Match: "x", W/` + tag}, 304, ""},
			{"another one", form, []string{`If-None-Match: "x"`}, 200, whole.body},
			{"its head alone", "HEAD" + form[3:], nil, 200, ""},
			{"nonsense for a range", form, []string{"Range: pages=1-2"}, 416, ""},
			{"a range behind the end", form, []string{"Range: bytes=100-"}, 416, ""},
			{"the end of nothing", form, []string{"Range: bytes=9-3"}, 416, ""},
			{"only if it is another", form, []string{`If-Match: "x"`}, 412, ""},
		} {
			a := h.ask(t, c.ask, c.with...)
			if a.StatusCode != c.status || c.status < 400 && a.body != c.body {
				t.Errorf("%s: %d %q", c.name, a.StatusCode, a.body)
			}
			if a.StatusCode < 400 && a.Header.Get("ETag") != tag {
				t.Errorf("%s: ETag %s", c.name, a.Header.Get("ETag"))
			}
			if a.StatusCode >= 400 && a.Header.Get("Content-Disposition") != "" {
				t.Errorf("%s: a refusal to be saved as %s", c.name, a.Header.Get("Content-Disposition"))
			}
		}
		if a := h.ask(t, form, "Range: bytes=100-"); a.Header.Get("Content-Range") != "bytes */54" {
			t.Errorf("how long it is: %q", a.Header.Get("Content-Range"))
		}
		if a := h.ask(t, "HEAD"+form[3:]); a.ContentLength != 54 {
			t.Errorf("by its head it has %d bytes", a.ContentLength)
		}
		if a := h.ask(t, form, "Range: bytes=0-3,9-11"); a.StatusCode != 206 ||
			!strings.HasPrefix(a.Header.Get("Content-Type"), "multipart/byteranges") {
			t.Errorf("two parts: %d %s", a.StatusCode, a.Header.Get("Content-Type"))
		}
	})
}

func TestAFileIsSavedUnderItsNameAndNeverRunsHere(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct{ file, disposition, name string }{
			{"附件1：申请表（2023版）.pdf", "inline", "附件1：申请表（2023版）.pdf"},
			{`../a<b>:"网页".html`, "attachment", `_a_b___网页_.html`},
			{"picture.png", "inline", "picture.png"},
		} {
			a := h.ask(t, "GET /api/v1/files/«"+c.file+"»")
			disposition, parameters, err := mime.ParseMediaType(a.Header.Get("Content-Disposition"))
			if err != nil || disposition != c.disposition || parameters["filename"] != c.name {
				t.Errorf("%s: %s (%v)", c.file, a.Header.Get("Content-Disposition"), err)
			}
		}
		if raw := h.ask(t, form).Header.Get("Content-Disposition"); !strings.Contains(raw,
			"filename*=utf-8''%E9%99%84%E4%BB%B61") {
			t.Errorf("a name in Chinese is written %q", raw)
		}
	})
}

func TestOnlyFilesOfPublicDocumentsAreThere(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tell(t, []story{
			{name: "a file that nothing public refers to is not there", ask: "GET /api/v1/files/«private.pdf»",
				status: 404, says: []string{"没有这个文件"}},
			{name: "a picture is, by its interpretation", ask: "GET /api/v1/files/«picture.png»",
				status: 200, says: []string{"PNG"}},
		})
		h.change(t, func(tx *store.Tx) error {
			return tx.Attach(ctx, h.ids["鸢教发〔2026〕10号"], h.ids["private.pdf"])
		})
		h.tell(t, []story{{name: "it is from the moment on in which one does", ask: "GET /api/v1/files/«private.pdf»",
			status: 200, says: []string{"草稿"}}})
		h.change(t, func(tx *store.Tx) error {
			_, err := tx.SaveInterpretation(ctx, "picture", &model.Interpretation{Title: "一张图看懂公积金提取",
				Body: media.Structure("看。")})
			if err == nil {
				_, err = tx.SaveInterpretation(ctx, "hostile", &model.Interpretation{Title: "无图",
					Body: media.Structure("看。")})
			}
			return err
		})
		h.tell(t, []story{{name: "and no more when none does", ask: "GET /api/v1/files/«picture.png»", status: 404}})
	})
}
