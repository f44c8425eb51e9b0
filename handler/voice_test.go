package handler_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"yuandu/media/speech"
	"yuandu/model"
	"yuandu/store"
)

// needVoice skips where nothing can be read aloud.
func needVoice(t testing.TB) {
	t.Helper()
	_, err := speech.FindEspeak()
	if err = errors.Join(err, speech.Ready()); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	t.Skip("SKIPPED: ", err)
}

// spoken makes the voices that wait.
func (h *house) spoken(t testing.TB) {
	t.Helper()
	if err := h.voices.Work(ctx); err != nil {
		t.Fatal(err)
	}
}

// heard is a voice as it is answered.
type heard struct {
	Title   string            `json:"title"`
	Seconds int               `json:"seconds"`
	Size    int               `json:"size"`
	URL     string            `json:"url"`
	Engine  string            `json:"engine"`
	Marks   []model.VoiceMark `json:"marks"`
}

func (h *house) hears(t testing.TB, of string) heard {
	t.Helper()
	a := h.ask(t, "GET /api/v1/voices?of="+of)
	if a.StatusCode != 200 {
		t.Fatalf("%s: %d %s", of, a.StatusCode, a.body)
	}
	var v heard
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAPolicyIsHeardFromItsReleaseToItsWithdrawal(t *testing.T) {
	needVoice(t)
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.begin(n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		id := r["id"].(string)
		public, of, desk := "GET /api/v1/policies/"+id, "policy:"+id, "/admin/v1/policies/"+id
		h.spoken(t)
		h.tells(t, "a draft is not heard", "GET /api/v1/voices?of="+of, 404, `"policy.not_found"`)
		r = n.publish(r)
		if body := h.ask(t, public).body; strings.Contains(body, `"voice"`) {
			t.Errorf("it has a voice before anybody spoke: %s", body)
		}
		h.tells(t, "nobody spoke yet", "GET /api/v1/voices?of="+of, 404, `"voice.not_found"`)

		h.spoken(t)
		h.tells(t, "the policy tells that it can be heard", public, 200, `"voice":{"of":"`+of+`"`)
		v := h.hears(t, of)
		if v.Title != "鸢都市老旧小区加装电梯管理办法" || v.Engine != "espeak-ng" || v.Seconds < 5 {
			t.Errorf("heard is %+v", v)
		}
		h.tells(t, "so does its page", "GET /policies/"+id, 200, `src="`+v.URL+`"`, "机器合成")
		v.saysIt(t, h, id)
		inParts(t, h, v)

		other := n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号")
		other["body"].([]map[string]any)[1]["text"] = "第二条　加装电梯的费用由业主共同分担，财政给予每台十五万元补助。"
		n.rewords(r, other)
		h.tells(t, "the old words are not heard any more", "GET /api/v1/voices?of="+of, 404, `"voice.not_found"`)
		h.tells(t, "nor their sound", "GET "+v.URL, 404, `"voice.not_found"`)
		h.spoken(t)
		if now := h.hears(t, of); now.URL == v.URL {
			t.Error("a corrected text sounds as it did")
		}

		v = h.hears(t, of)
		r = n.reviewer.must("GET "+desk, nil)
		n.reviewer.must("POST "+desk+"/withdraw", map[string]string{"reason": "文件内容有误，重新研究后发布。"}, ifMatch(r))
		h.tells(t, "what is withdrawn is gone at once", "GET "+v.URL, 404, `"voice.not_found"`)
		h.tells(t, "with its marks", "GET /api/v1/voices?of="+of, 404, `"policy.not_found"`)
		h.spoken(t)
		h.clock.Move(2 * time.Hour)
		if err := h.voices.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if left, err := h.store.UnusedVoiceParts(ctx, 0, 10); err != nil || len(left) > 0 {
			t.Errorf("its bytes are left: %v %v", left, err)
		}
	})
}

// rewords publishes a policy anew with other words.
func (n *newsroom) rewords(r, content map[string]any) {
	at := "/admin/v1/policies/" + r["id"].(string)
	r = n.editor.must("POST "+at+"/reopen", nil, ifMatch(r))
	r = n.editor.must("PUT "+at, map[string]any{"content": content}, ifMatch(r))
	r = n.editor.must("POST "+at+"/submit", map[string]any{}, ifMatch(r))
	n.reviewer.must("POST "+at+"/sign", map[string]any{"no_secret": true, "attribute": "open", "tell": false, "why": "笔误", "note": "金额有误。"}, ifMatch(r))
}

// saysIt looks whether marks name, in their order, the words that the document shows.
func (v heard) saysIt(t *testing.T, h *house, id string) {
	t.Helper()
	d, err := h.store.Policy(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	said, last := "", 0
	for _, m := range v.Marks {
		text := d.Title
		if nth, ok := strings.CutPrefix(m.Place, "b"); ok {
			i, err := strconv.Atoi(nth)
			if err != nil {
				t.Fatal(err)
			}
			text = d.Body[i].Label + d.Body[i].Text
		}
		said += string([]rune(text)[m.From:m.To]) + "|"
		if m.Start < last || m.End <= m.Start || m.End > v.Seconds*1000+1000 {
			t.Errorf("a sentence from %d to %d behind one to %d", m.Start, m.End, last)
		}
		last = m.End
	}
	want := "鸢都市老旧小区加装电梯管理办法|第一条为了规范老旧小区加装电梯，制定本办法。|第二条加装电梯的费用由业主共同分担，财政给予每台二十万元补助。|"
	if said != want {
		t.Errorf("it reads %s", said)
	}
}

// inParts asks for the sound in pieces, as players do.
func inParts(t *testing.T, h *house, v heard) {
	t.Helper()
	whole := h.ask(t, "GET "+v.URL, "Accept-Encoding: gzip")
	tag := whole.Header.Get("ETag")
	if whole.StatusCode != 200 || len(whole.body) != v.Size || whole.Header.Get("Content-Type") != "audio/mpeg" || tag == "" ||
		whole.Header.Get("Cache-Control") != "no-cache" || whole.Header.Get("Content-Encoding") != "" {
		t.Errorf("whole: %d, %d of %d bytes, %v", whole.StatusCode, len(whole.body), v.Size, whole.Header)
	}
	for from := 0; from < v.Size; from += 7001 {
		to := min(from+7001, v.Size)
		a := h.ask(t, "GET "+v.URL, fmt.Sprintf("Range: bytes=%d-%d", from, to-1), "If-Range: "+tag)
		if a.StatusCode != 206 || a.body != whole.body[from:to] {
			t.Fatalf("from %d: %d with %d bytes", from, a.StatusCode, len(a.body))
		}
	}
	if a := h.ask(t, "GET "+v.URL, "If-None-Match: "+tag); a.StatusCode != 304 {
		t.Errorf("the same again: %d", a.StatusCode)
	}
	if a := h.ask(t, "HEAD "+v.URL); a.StatusCode != 200 || a.ContentLength != int64(v.Size) {
		t.Errorf("its head: %d, %d", a.StatusCode, a.ContentLength)
	}
	h.tells(t, "another sound", "GET "+strings.Replace(v.URL, ".mp3", "0.mp3", 1), 404, `"voice.not_found"`)
	h.tells(t, "another kind", "GET /api/v1/voices?of=letter:x", 422, `"voice.unspoken"`)
}

func TestAnInterpretationIsHeardWithItsQuestions(t *testing.T) {
	needVoice(t)
	eachBare(t, func(t *testing.T, h *house) {
		i := model.Interpretation{Title: "养老服务办法解读", Body: model.Body{{Kind: model.BlockParagraph, Text: "为了让老年人安心养老🎉。"}, {Kind: model.BlockParagraph, Text: "🎉共三条。"}},
			Questions: []model.Question{{Ask: "补贴怎么领？", Answer: "到社区申请，带身份证。\n三个工作日办结。"}}}
		err := h.store.InTx(ctx, func(tx *store.Tx) error {
			_, err := tx.SaveInterpretation(ctx, "解读", &i)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		h.spoken(t)
		places := ""
		for _, m := range h.hears(t, "interpretation:"+i.ID).Marks {
			places += fmt.Sprintf("%s %d-%d ", m.Place, m.From, m.To)
		}
		if want := "title 0-8 q1 0-6 a1 0-12 a1 12-20 b0 0-13 b1 2-6 "; places != want {
			t.Errorf("it is heard at %s", places)
		}
		h.tells(t, "its page tells so", "GET /api/v1/interpretations/"+i.ID, 200, `"voice":{"of":"interpretation:`+i.ID+`"`)
	})
}

func TestEveryPieceOfTheGazetteIsHeard(t *testing.T) {
	needVoice(t)
	content := sampleIssue(t, "2026-1.pdf")
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.issue(t, h, content, "公报2026年第1期.pdf", "")
		h.spoken(t)
		issue := h.ask(t, "GET /api/v1/gazettes/"+id).json(t)
		for _, of := range issue["pieces"].([]any) {
			piece := of.(map[string]any)["id"].(string)
			d := h.ask(t, "GET /api/v1/gazettes/"+id+"/pieces/"+piece).json(t)
			if d["voice"].(map[string]any)["of"] != "gazette_piece:"+piece {
				t.Fatalf("the piece does not say that it is heard: %v", d["voice"])
			}
			v := h.hears(t, "gazette_piece:"+piece)
			said := ""
			for _, m := range v.Marks {
				text := d["title"].(string)
				if nth, ok := strings.CutPrefix(m.Place, "b"); ok {
					at, _ := strconv.Atoi(nth)
					text = d["paragraphs"].([]any)[at].(map[string]any)["text"].(string)
				}
				said += string([]rune(text)[m.From:m.To])
			}
			if strings.Count(said, d["title"].(string)) != 1 || strings.Contains(said, "示例）") || strings.Contains(said, "2026年第1期") {
				t.Errorf("heard is %s", said)
			}
		}
		r := n.reviewer.must("GET "+gazettes+"/"+id, nil)
		n.reviewer.must("POST "+gazettes+"/"+id+"/withdraw", map[string]any{"reason": "印错了"}, ifMatch(r))
		piece := issue["pieces"].([]any)[0].(map[string]any)["id"].(string)
		h.tells(t, "what is withdrawn is not heard", "GET /api/v1/voices?of=gazette_piece:"+piece, 404, `"gazette_piece.not_found"`)
	})
}

func TestAnAdministratorHasAVoiceMadeAnew(t *testing.T) {
	needVoice(t)
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		r := n.published(t, n.policy("鸢都市老旧小区加装电梯管理办法", "鸢建发〔2026〕12号"))
		of := "policy:" + r["id"].(string)
		h.spoken(t)
		first := h.hears(t, of)
		page := n.admin.must("GET /admin/v1/voices", nil)
		line := items(page)[0]
		if page["engine"] == "" || page["why"] != "" || page["may_make"] != true || line["state"] != "made" || line["title"] != first.Title {
			t.Errorf("made is %v", page)
		}
		n.editor.refused(403, "staff.not_allowed", "POST /admin/v1/voices/policy/"+r["id"].(string)+"/anew", map[string]any{})
		h.clock.Move(time.Minute)
		n.admin.must("POST /admin/v1/voices/policy/"+r["id"].(string)+"/anew", map[string]any{})
		if counts := n.admin.must("GET /admin/v1/voices?state=waiting", nil)["counts"].(map[string]any); counts["waiting"] != 1.0 {
			t.Errorf("asked for anew: %v", counts)
		}
		if now := h.hears(t, of); now.URL != first.URL {
			t.Error("the old voice is gone before there is a new one")
		}
		h.spoken(t)
		if now := h.hears(t, of); now.URL == first.URL || now.Size != first.Size {
			t.Errorf("made anew: %+v, %+v", first, now)
		}
	})
}
