package handler_test

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
)

// sampleIssue is an issue of the demo.
func sampleIssue(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile("../cmd/yuandu/sample/gazettes/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestTheGazetteHasPagesOfItsOwn(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.issue(t, h, sampleIssue(t, "2026-1.pdf"), "公报2026年第1期.pdf", "")
		n.admin.must("PUT /admin/v1/gazette-years/2026", map[string]any{"issues": 4, "gaps": []map[string]any{{"number": 2, "why": "与第3期合并出版"}}}, `If-Match: "0"`)
		h.catchUp(t)
		at := "/gazettes/2026/1"
		page := h.page(t, at)
		piece := page.link("鸢都市市场监督管理局关于修改《鸢都市小餐饮登记管理办法》的决定")
		if !strings.HasPrefix(piece, at+"/pieces/") || page.meta()["ColumnName"] != "政府公报" || page.meta()["ArticleTitle"] != "鸢都市人民政府公报 2026年第1期" {
			t.Errorf("a piece is at %q, its tags are %v", piece, page.meta())
		}
		h.tell(t, []story{
			{name: "the shelf", ask: "GET /gazettes", status: 200, says: []string{`href="` + at + `"`, "应出 4 期", "与第3期合并出版", "未收，有说明", "/pages/1/picture?width=360"}},
			{name: "an address of its ID", ask: "GET /gazettes/" + id, status: 302},
			{name: "an issue", ask: "GET " + at, status: 200, says: []string{"6 页", "鸢市监发〔2026〕62号", `id="item-`, "下载原件", at + "?page=1", "/gazettes/" + id + "/proof"}},
			{name: "a page", ask: "GET " + at + "?page=3", status: 200, says: []string{"第 3 页，共 6 页", "/pages/3/picture?width=1500", at + "?page=2", at + "?page=4", "鸢都市小餐饮登记管理办法"}, hides: []string{"<rect"}},
			{name: "a page with what is sought", ask: "GET " + at + "?page=3&q=小餐饮", status: 200, says: []string{"<rect", "已框出", "后一处在第"}},
			{name: "the first page", ask: "GET " + at + "?page=1", status: 200, hides: []string{"上一页"}},
			{name: "the last page", ask: "GET " + at + "?page=6", status: 200, hides: []string{"下一页"}},
			{name: "a page that it has not", ask: "GET " + at + "?page=7", status: 404, says: []string{"6"}},
			{name: "found in an issue", ask: "GET " + at + "?q=登记", status: 200, says: []string{"在这一期里有", "<mark>登记</mark>", "page=3&amp;q="}},
			{name: "not found in an issue", ask: "GET " + at + "?q=木星", status: 200, says: []string{"这一期里没有“木星”"}},
			{name: "a piece", ask: "GET " + piece, status: 200, says: []string{"看原版", `id="page-3"`, `href="` + at + `?page=4"`, "后一篇"}, hides: []string{"前一篇"}},
			{name: "a piece of nothing", ask: "GET " + at + "/pieces/01JZZZZZZZZZZZZZZZZZZZZZZZ", status: 404},
			{name: "found among all", ask: "GET /gazettes?q=小餐饮", status: 200, says: []string{"公报2026年第1期", "<mark>"}},
			{name: "a place that somebody types", ask: "GET /gazettes?q=公报2026年第1期第3页", status: 303},
			{name: "a place without an issue", ask: "GET /gazettes?q=2026年第9期", status: 200, says: []string{"2026年第9期"}},
			{name: "no such issue", ask: "GET /gazettes/2026/2", status: 404, says: []string{"2026年第2期"}},
			{name: "no such year", ask: "GET /gazettes/x/y?page=z", status: 404},
			{name: "a search of policies leads here", ask: "GET /policies?q=餐饮", status: 200, says: []string{`href="/gazettes?q=`}},
			{name: "the sitemap lists it", ask: "GET /sitemap.xml", status: 200, says: []string{"/gazettes</loc>", at + "</loc>"}},
			{name: "its proof leads back", ask: "GET /gazettes/" + id + "/proof", status: 200, says: []string{`href="/gazettes/` + id + `"`}},
		})
		r := n.reviewer.must("GET "+gazettes+"/"+id, nil)
		n.reviewer.must("POST "+gazettes+"/"+id+"/withdraw", map[string]any{"reason": "印错了一页"}, ifMatch(r))
		h.tells(t, "what is withdrawn is gone", "GET "+at, 404, "印错了一页")
		h.tells(t, "and says why", "GET /gazettes/"+id, 404, "印错了一页")
		h.tells(t, "with its pages", "GET "+at+"?page=3", 404)
	})
}

func TestAPieceIsFoundWithoutItsIssue(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		id := h.newsroom(t).issue(t, h, sampleIssue(t, "2026-1.pdf"), "公报2026年第1期.pdf", "")
		piece := h.ask(t, "GET /api/v1/gazettes/"+id).json(t)["pieces"].([]any)[0].(map[string]any)["id"].(string)
		h.tells(t, "who kept it knows no more", "GET /api/v1/gazette-pieces/"+piece, 200, `"issue":{"id":"`+id+`"`, `"place":"2026年第1期第3页"`)
		h.tells(t, "what never was", "GET /api/v1/gazette-pieces/01JZZZZZZZZZZZZZZZZZZZZZZZ", 404, `"gazette_piece.not_found"`)
		h.tells(t, "what stands in another", "GET /api/v1/gazettes/01JZZZZZZZZZZZZZZZZZZZZZZZ/pieces/"+piece, 404, `"gazette.not_found"`)
	})
}

// spoils replaces the bytes of something that is kept, or takes them away.
func (h *house) spoils(t *testing.T, key, content string) {
	t.Helper()
	err := h.parts.bucket.Delete(ctx, key)
	if content != "" {
		err = errors.Join(err, h.parts.bucket.Put(ctx, key, strings.NewReader(content), int64(len(content)), "image/png"))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) breaks(t *testing.T) (found []string) {
	t.Helper()
	_, err := h.store.VerifyFiles(ctx, func(ctx context.Context, key string) (io.ReadCloser, error) {
		object, err := h.parts.bucket.Open(ctx, key)
		if errors.Is(err, blob.ErrNotFound) {
			return nil, store.ErrNoBytes
		}
		return object, err
	}, func(b store.Break) { found = append(found, b.What) })
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestChangedPagesAndVoicesAreFound(t *testing.T) {
	needVoice(t)
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.issue(t, h, sampleIssue(t, "2026-1.pdf"), "公报2026年第1期.pdf", "")
		h.spoken(t)
		if found := h.breaks(t); len(found) > 0 {
			t.Fatalf("before anything is changed there is %v", found)
		}
		g, err := h.store.Gazette(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		page := func(page int) string { return (&store.PrintedPicture{SM3: g.File.SM3, Page: page, Width: 1080}).Key() }
		parts, err := h.store.PartsOfVoice(ctx, &model.Voice{Kind: model.KindGazettePiece, ID: g.Pieces[0].ID})
		if err != nil || len(parts) == 0 {
			t.Fatal(err)
		}
		h.spoils(t, page(2), "another page")
		h.spoils(t, page(3), "")
		h.spoils(t, parts[0].BlobKey, "another voice")
		if found := h.breaks(t); !slices.Equal(found, []string{store.PictureChanged, store.PictureMissing, store.VoiceChanged}) {
			t.Errorf("found is %v", found)
		}
		if a := h.ask(t, "GET /api/v1/gazettes/"+id+"/pages/3/picture?width=1080"); a.StatusCode != 200 || len(a.body) < 1000 {
			t.Errorf("a page that is gone is not drawn anew: %d", a.StatusCode)
		}
		if found := h.breaks(t); slices.Contains(found, store.PictureMissing) {
			t.Errorf("then there is %v", found)
		}
	})
}
