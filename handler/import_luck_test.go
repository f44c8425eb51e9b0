package handler_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/ingest"
	"yuandu/store"
)

// manyRows is a table of policies without slips.
func manyRows(n int) []byte {
	var rows strings.Builder
	rows.WriteString("标题,文号,发文机关,成文日期,正文,不解读的理由\n")
	for k := range n {
		fmt.Fprintf(&rows, "鸢都市第%d号办法,鸢建发〔2025〕%d号,市住房和城乡建设局,2025-01-05,第一条　内容。,以前的文件\n", k+1, k+1)
	}
	return []byte(rows.String())
}

func TestAnImportThatIsKilledGoesOnAndMakesNothingTwice(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		i := n.brought("政策.csv", manyRows(45))
		n.editor.must("POST /admin/v1/imports/"+i["id"].(string)+"/confirm", map[string]any{})
		opened, killed := 0, errors.New("killed")
		dying := ingest.NewDesk(h.store, h.parts.bucket, h.clock, slog.New(slog.DiscardHandler),
			func(ctx context.Context, tx *store.Tx, by model.Actor, p *model.Publication, note string) error {
				if opened++; opened > 30 {
					return killed
				}
				return h.handler.Publication.Open(ctx, tx, by, p, note)
			})
		if err := dying.Work(ctx); !errors.Is(err, killed) {
			t.Fatal(err)
		}
		n.work()
		i = n.counted(t, i["id"], "making: 45 rows, ready 25, warned 0, here 0, wrong 0, made 20")
		if i["done"] != 20.0 || i["total"] != 45.0 || i["working"] != true {
			t.Errorf("%v of %v, working %v", i["done"], i["total"], i["working"])
		}
		h.clock.Move(61 * time.Second) // whoever held it has been silent
		n.work()
		n.counted(t, i["id"], "made: 45 rows, ready 0, warned 0, here 0, wrong 0, made 45")
		if got := n.editor.must("GET /admin/v1/policies", nil)["total"]; got != 45.0 {
			t.Errorf("%v drafts", got)
		}
	})
}

func TestAnImportThatBreaksOffAgainAndAgainIsGivenUp(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		i := n.brought("政策.csv", manyRows(3))
		n.editor.must("POST /admin/v1/imports/"+i["id"].(string)+"/confirm", map[string]any{})
		dying := ingest.NewDesk(h.store, h.parts.bucket, h.clock, slog.New(slog.DiscardHandler),
			func(context.Context, *store.Tx, model.Actor, *model.Publication, string) error {
				panic("a fault of ours")
			})
		for range 5 {
			if err := dying.Work(ctx); err == nil {
				t.Fatal("a panic is no error")
			}
			h.clock.Move(61 * time.Second)
		}
		n.work()
		i = n.counted(t, i["id"], "failed: 3 rows, ready 3, warned 0, here 0, wrong 0, made 0")
		if !strings.Contains(i["problem"].(string), "联系管理员") {
			t.Errorf("it says %s", i["problem"])
		}
	})
}

func TestWhatIsGivenUpWhileItIsReadStaysSo(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		a := n.bring(n.editor, "政策.csv", manyRows(3))
		at := "/admin/v1/imports/" + a.json(t)["id"].(string)
		i, _, err := h.store.TakeImport(ctx, "somebody", model.WorkRead)
		if err != nil || i == nil {
			t.Fatal(err)
		}
		n.editor.must("POST "+at+"/discard", nil)
		err = h.store.InTx(ctx, func(tx *store.Tx) error {
			_, err := tx.HeldImport(ctx, i.ID, "somebody")
			return err
		})
		if !errors.Is(err, store.ErrNotHeld) {
			t.Errorf("whoever reads it is told %v", err)
		}
		n.editor.refused(409, "import.over", "POST "+at+"/discard", nil)
	})
}

func TestADraftThatIsRefusedKeepsNoOtherBack(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		table := string(manyRows(4)) + "同号的办法,鸢建发〔2025〕2号,市住房和城乡建设局,2025-01-05,第一条　内容。,以前的文件\n"
		i := n.brought("政策.csv", []byte(table))
		at := "/admin/v1/imports/" + i["id"].(string)
		says(t, "a number that comes twice", n.rows(i["id"], "warned"), "6 同号的办法 | 第 3 行也用文号“鸢建发〔2025〕2号”，标题却不同，请核对。")
		n.editor.must("POST "+at+"/confirm", map[string]any{})
		n.work()
		taken := []any{map[string]any{"code": "policy.number_taken", "reason": "核对过，是两份"}}
		n.editor.must("POST "+at+"/submit", map[string]any{"excuses": taken})
		n.work()
		first := n.editor.must("GET /admin/v1/policies?q=第1号", nil)["items"].([]any)[0].(map[string]any)
		desk := "/admin/v1/policies/" + first["id"].(string)
		n.reviewer.must("POST "+at+"/sign", signedNow)
		h.clock.Move(time.Second)
		r := n.editor.must("POST "+desk+"/recall", nil, ifMatch(first)) // between the word and the deed
		n.editor.must("POST "+desk+"/submit", map[string]any{}, ifMatch(r))
		n.work()
		says(t, "what is left behind", n.rows(i["id"], "left"),
			"2 鸢都市第1号办法 | 您点签发以后它又重新送审了，请看过再签。",
			"6 同号的办法 | 第 3 行也用文号“鸢建发〔2025〕2号”，标题却不同，请核对。 | 同文号、同机关、同日期的文件已经公开：《鸢都市第2号办法》。请打开它更正，或与它合并。")
		if task := n.task(at); task["done"] != 3.0 || task["left_rows"] != 2.0 {
			t.Errorf("signed: %v", task)
		}
		h.tells(t, "the others are public", "GET /api/v1/policies", 200, `"total":3`)
	})
}

func TestABatchAppearsAtItsTime(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		i := n.brought("政策.csv", manyRows(25))
		at := "/admin/v1/imports/" + i["id"].(string)
		n.editor.must("POST "+at+"/confirm", map[string]any{})
		n.work()
		n.editor.must("POST "+at+"/submit", map[string]any{})
		n.work()
		n.reviewer.refused(422, "publication.time_past", "POST "+at+"/sign",
			map[string]any{"no_secret": true, "attribute": "open", "why": "旧文件", "at": h.clock.Now().Add(-time.Minute)})
		n.reviewer.must("POST "+at+"/sign", map[string]any{"no_secret": true, "attribute": "open", "why": "旧文件", "at": h.clock.Now().Add(time.Hour)})
		n.work()
		h.tells(t, "before its time nothing is public", "GET /api/v1/policies", 200, `"total":0`)
		h.clock.Move(time.Hour)
		if err := h.handler.Publication.PublishDue(ctx); err != nil {
			t.Fatal(err)
		}
		h.tells(t, "at its time all are", "GET /api/v1/policies", 200, `"total":25`)
	})
}

func TestABatchWhoseTimeComesWhileItIsSignedAppearsWhole(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		at := "/admin/v1/imports/" + n.brought("政策.csv", manyRows(25))["id"].(string)
		n.editor.must("POST "+at+"/confirm", map[string]any{})
		n.work()
		n.editor.must("POST "+at+"/submit", map[string]any{})
		n.work()
		n.reviewer.must("POST "+at+"/sign", map[string]any{"no_secret": true, "attribute": "open", "why": "旧文件", "at": h.clock.Now().Add(time.Minute)})
		h.clock.Move(2 * time.Minute) // the worker was down
		n.work()
		h.tells(t, "it does not wait for a time that is over", "GET /api/v1/policies", 200, `"total":25`)
	})
}

func TestARightThatWasTakenAwayIsNotUsed(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		i := n.brought("政策.csv", manyRows(3))
		n.editor.must("POST /admin/v1/imports/"+i["id"].(string)+"/confirm", map[string]any{})
		who := n.admin.must("GET /admin/v1/staff/"+n.editor.staff, nil)
		n.admin.must("POST /admin/v1/staff/"+n.editor.staff+"/close", map[string]any{"to": n.reviewer.staff}, ifMatch(who))
		n.work()
		if i := n.reviewer.must("GET /admin/v1/imports/"+i["id"].(string), nil); i["state"] != "failed" || i["counts"].(map[string]any)["made"] != 0.0 {
			t.Errorf("confirmed by somebody who has left: %v %v", i["state"], i["counts"])
		}
	})
}
