package handler_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// items are the items of a list, each as an object.
func items(page map[string]any) (list []map[string]any) {
	for _, item := range page["items"].([]any) {
		list = append(list, item.(map[string]any))
	}
	return list
}

// marks are what the visitor has made of things.
func (v *visitor) marks(of ...string) []map[string]any {
	return items(v.must("GET /api/v1/me/marks?of="+strings.Join(of, "&of="), nil))
}

func TestAResidentKeepsDocumentsAndFindsThemAgain(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		h.visit(t).refused(401, "signin.needed", "GET /api/v1/me/favourites", nil)
		h.arrive(t, "李建国").refused(403, "consent.needed", "GET /api/v1/me/favourites", nil)
		v := h.settle(t, "王芳")
		const mark, keep = "policy:«鸢政发〔2023〕1号»", "/api/v1/me/favourites/policy/«鸢政发〔2023〕1号»"
		if m := v.marks(mark)[0]; m["favourite"] != false || m["followed"] != false {
			t.Errorf("at first %v", m)
		}
		v.refused(422, "favourite.kind", "GET /api/v1/me/marks?of=policy", nil)
		if m := v.must("PUT "+keep, nil); m["favourite"] != true || m["followed"] != false {
			t.Errorf("when kept %v", m)
		}
		h.clock.Move(time.Minute)
		v.must("PUT /api/v1/me/favourites/interpretation/«城乡居民养老保险问答»", nil)
		h.clock.Move(time.Minute)
		v.must("PUT /api/v1/me/favourites/policy/«鸢政办发〔2019〕12号»", nil)
		v.must("PUT "+keep, nil) // again: it stays where it is
		page := v.must("GET /api/v1/me/favourites", nil)
		list := items(page)
		if page["total"] != 3.0 || len(list) != 3 || list[0]["validity_name"] != "废止" || list[1]["kind"] != "interpretation" || list[1]["validity"] != "" {
			t.Fatalf("%v", page)
		}
		first := list[2]
		if first["title"] != "鸢都市养老服务管理办法" || first["doc_number"] != "鸢政发〔2023〕1号" || first["published_date"] != "2023-03-01" ||
			first["validity"] != "amended" || first["validity_name"] != "已被修改" || first["gone"] != "" ||
			first["departments"].([]any)[0].(map[string]any)["name"] != "鸢都市人民政府" || !strings.HasPrefix(first["kept_at"].(string), "2026-11-2") {
			t.Errorf("%v", first)
		}
		for q, want := range map[string]float64{"养老": 3, "养老+补贴": 1, "鸢政发[2023]1号": 1, "政发": 1, "问答": 1, "%25": 0, "_": 0, "公积金": 0, "+": 3} {
			if got := v.must("GET /api/v1/me/favourites?q="+q, nil)["total"]; got != want {
				t.Errorf("%q finds %v, want %v", q, got, want)
			}
		}
		if beyond := v.must("GET /api/v1/me/favourites?offset=20&limit=1", nil); beyond["total"] != 3.0 || len(items(beyond)) != 0 {
			t.Errorf("past the end: %v", beyond)
		}
		if theirs := h.settle(t, "赵小满").must("GET /api/v1/me/favourites", nil); theirs["total"] != 0.0 {
			t.Errorf("somebody else has %v", theirs)
		}
		v.must("DELETE "+keep, nil)
		if m := v.must("DELETE "+keep, nil); m["favourite"] != false {
			t.Errorf("when let go %v", m)
		}
		v.refused(404, "policy.not_found", "PUT /api/v1/me/favourites/policy/01NOTHERE", nil)
		v.refused(404, "interpretation.not_found", "PUT /api/v1/me/favourites/interpretation/«鸢政发〔2023〕1号»", nil)
		v.refused(422, "input.invalid", "PUT /api/v1/me/favourites/topic/elderly", nil)
	})
}

func TestTwoTapsAtOnceKeepOnce(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				for _, ask := range []string{"PUT /api/v1/me/favourites/policy/«鸢政发〔2023〕1号»", "PUT /api/v1/me/follows/topic/elderly"} {
					if a := v.send(ask, nil); a.StatusCode != http.StatusOK {
						t.Errorf("%s: %d %s", ask, a.StatusCode, a.body)
					}
				}
			})
		}
		all.Wait()
		for _, list := range []string{"favourites", "follows"} {
			if page := v.must("GET /api/v1/me/"+list, nil); page["total"] != 1.0 {
				t.Errorf("%s: %v", list, page)
			}
		}
	})
}

func TestAKeptDocumentThatIsWithdrawnStaysWithASentence(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		office := h.hire(t, h.found(t), "shifuban", "", model.Grant{Role: model.Supervisor})
		v := h.settle(t, "王芳")
		id := h.ids["鸢民发〔2026〕6号"]
		for _, list := range []string{"favourites", "follows"} {
			v.must("PUT /api/v1/me/"+list+"/policy/"+id, nil)
		}
		office.must("POST /admin/v1/policies/"+id+"/withdraw", map[string]any{"reason": "数字有误"}, ifMatch(onDesk(office, id)))
		kept := items(v.must("GET /api/v1/me/favourites?q=低保", nil))[0]
		if kept["title"] != "关于提高城乡低保标准的通知" || kept["gone"] != "这份文件已于2026年11月24日撤回。原因：数字有误" || kept["validity"] != "" {
			t.Errorf("%v", kept)
		}
		if found := v.must("GET /api/v1/me/favourites?q=鸢民发[2026]6号", nil); found["total"] != 1.0 {
			t.Errorf("by its number: %v", found)
		}
		followed := items(v.must("GET /api/v1/me/follows", nil))[0]
		if followed["name"] != "关于提高城乡低保标准的通知" || followed["gone"] != kept["gone"] {
			t.Errorf("%v", followed)
		}
		h.settle(t, "李建国").refused(404, "policy.not_found", "PUT /api/v1/me/favourites/policy/"+id, nil)
		if m := v.must("PUT /api/v1/me/favourites/policy/"+id, nil); m["favourite"] != true {
			t.Errorf("who has it may tap again: %v", m)
		}
		v.must("DELETE /api/v1/me/favourites/policy/"+id, nil)
	})
}

func TestWhatIsKeptGoesAlongWhereDocumentsAndDepartmentsMerge(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		admin := h.found(t)
		office := h.hire(t, admin, "shifuban", "", model.Grant{Role: model.Supervisor})
		into, double := h.twins(t)
		old, stays := h.ids["鸢都市商务局"], h.ids["鸢都市民政局"]
		one, both := h.settle(t, "王芳"), h.settle(t, "李建国")
		for _, things := range []struct {
			v    *visitor
			list []string
		}{{one, []string{"favourites/policy/" + double, "follows/policy/" + double, "follows/department/" + old}},
			{both, []string{"favourites/policy/" + double, "favourites/policy/" + into, "follows/policy/" + double, "follows/policy/" + into,
				"follows/department/" + old, "follows/department/" + stays}}} {
			for _, thing := range things.list {
				things.v.must("PUT /api/v1/me/"+thing, nil)
			}
		}
		office.must("POST /admin/v1/policies/"+double+"/merge", map[string]any{"into": into, "reason": "导入了两次"}, ifMatch(onDesk(office, double)))
		for _, item := range items(admin.must("GET /admin/v1/departments", nil)) {
			if item["id"] == old {
				admin.must("POST /admin/v1/departments/"+old+"/merge", map[string]any{"into": stays}, ifMatch(item))
			}
		}
		for name, v := range map[string]*visitor{"who had one": one, "who had both": both} {
			kept, follows := items(v.must("GET /api/v1/me/favourites", nil)), items(v.must("GET /api/v1/me/follows", nil))
			if len(kept) != 1 || kept[0]["id"] != into || kept[0]["title"] != "鸢都市临时救助办法" || kept[0]["gone"] != "" {
				t.Errorf("%s keeps %v", name, kept)
			}
			said := ""
			for _, f := range follows {
				said += fmt.Sprint(f["key"], f["name"], f["gone"], ";")
			}
			if len(follows) != 2 || !strings.Contains(said, into+"鸢都市临时救助办法;") || !strings.Contains(said, stays+"鸢都市民政局;") {
				t.Errorf("%s follows %s", name, said)
			}
			for n, m := range v.marks("policy:"+double, "policy:"+into, "department:"+old) { // an old link, or the new one
				if m["followed"] != true {
					t.Errorf("%s, the %dth: %v", name, n, m)
				}
			}
			v.must("DELETE /api/v1/me/favourites/policy/"+double, nil)
			if left := v.must("GET /api/v1/me/favourites", nil); left["total"] != 0.0 {
				t.Errorf("%s let go by the old ID and has %v", name, left)
			}
		}
	})
}

func TestAnAccountTakesAlongAndErasesWhatItKept(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		v.must("PUT /api/v1/me/favourites/policy/«鸢政发〔2023〕1号»", nil)
		v.must("PUT /api/v1/me/follows/department/«鸢都市民政局»", nil)
		files := unzip(t, v.send("GET /api/v1/me/export", nil).body)
		var all map[string][]map[string]string
		if err := json.Unmarshal([]byte(files["me.json"]), &all); err != nil {
			t.Fatal(err)
		}
		if len(all["favourites"]) != 1 || all["favourites"][0]["number"] != "鸢政发〔2023〕1号" || all["favourites"][0]["kept"] != "2026-11-24 12:00:00" ||
			len(all["follows"]) != 1 || all["follows"][0]["title"] != "鸢都市民政局" {
			t.Errorf("%v", all)
		}
		for _, want := range []string{"您的收藏", "政策文件", "鸢都市养老服务管理办法", "您的订阅", "<td>政府部门</td>"} {
			if !strings.Contains(files["index.html"], want) {
				t.Errorf("the page for people says nothing of %q", want)
			}
		}
		certificate := v.must("DELETE /api/v1/me", nil)
		if said := fmt.Sprint(certificate["items"]); !strings.Contains(said, "收藏的文件") || !strings.Contains(said, "订阅的专题、部门、文件和搜索") {
			t.Errorf("the certificate says %s", said)
		}
		again := h.settle(t, "王芳")
		for _, list := range []string{"favourites", "follows"} {
			if page := again.must("GET /api/v1/me/"+list, nil); page["total"] != 0.0 {
				t.Errorf("who comes back has %v", page)
			}
		}
	})
}

func TestAListThatIsFullSaysSo(t *testing.T) {
	eachAnew(t, func(t *testing.T, h *house) {
		h.tellPrivacy(t, "第一次发布")
		v := h.settle(t, "王芳")
		id := v.must("GET /api/v1/me", nil)["id"].(string)
		const n = model.MostFavourites - 1
		h.change(t, func(tx *store.Tx) error {
			for i := range n {
				p := &model.Policy{Title: fmt.Sprintf("第%d号通告", i), PublishedDate: "2026-01-01"}
				if _, err := tx.SavePolicy(ctx, fmt.Sprint("notice", i), p); err != nil {
					return err
				}
				if _, err := tx.AddFavourite(ctx, id, model.KindPolicy, p.ID); err != nil {
					return err
				}
				if i >= model.MostFollows {
					continue
				}
				if err := tx.AddFollow(ctx, id, model.Touch{Kind: model.KindPolicy, Key: p.ID}, "一份"); err != nil {
					return err
				}
			}
			return nil
		})
		v.must("PUT /api/v1/me/favourites/policy/«鸢政发〔2023〕1号»", nil)
		for ask, code := range map[string]string{"favourites/policy/«鸢民发〔2026〕6号»": "favourite.full", "follows/topic/elderly": "follow.full"} {
			full := v.refused(409, code, "PUT /api/v1/me/"+ask, nil)
			if most := map[string]string{"favourite.full": "2000", "follow.full": "500"}[code]; !strings.Contains(full.body, most) {
				t.Errorf("it does not say how many: %s", full.body)
			}
		}
		v.must("PUT /api/v1/me/favourites/policy/«鸢政发〔2023〕1号»", nil) // which is there
		for ask, total := range map[string]float64{"": 2000, "&q=通告": 1999, "&q=第77号": 1, "&q=养老": 1} {
			began := time.Now()
			page := v.must("GET /api/v1/me/favourites?limit=100"+ask, nil)
			t.Logf("2,000 kept, %q: %v", ask, time.Since(began).Round(time.Millisecond))
			if page["total"] != total {
				t.Errorf("%q finds %v, want %v", ask, page["total"], total)
			}
		}
		v.must("DELETE /api/v1/me/favourites/policy/«鸢政发〔2023〕1号»", nil)
		v.must("PUT /api/v1/me/favourites/policy/«鸢民发〔2026〕6号»", nil)
	})
}
