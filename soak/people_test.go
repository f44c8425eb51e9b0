package soak

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yuandu/handler"
	"yuandu/internal/housetest"
	"yuandu/model"
	"yuandu/wechat/sim"
)

// people tries the walls between people: what each role may do, WeChat's token
// in a storm, the audit trail under load and under tampering, sign-ins by the
// thousand, and whether a person leaks anywhere.
func people(t *testing.T) {
	t.Run("roles", everyRoleEverywhere)
	t.Run("token", tokenStorm)
	t.Run("audit", auditBesideNone)
	t.Run("tampering", tampering)
	t.Run("sign-in", residentsByTheSecond)
	t.Run("guessing", wrongPasswordsAtOnce)
	t.Run("canary", canary)
}

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

var addresses atomic.Int64

// visit is somebody from an address where nobody has come from before.
func visit(t testing.TB, address string) *housetest.Visitor {
	n := addresses.Add(1)
	return &housetest.Visitor{T: t, Address: address, Now: time.Now, From: fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255)}
}

// found makes the first administrator of a house that runs.
func found(t testing.TB, h *housetest.House, address string) *housetest.Visitor {
	t.Helper()
	v := visit(t, address)
	h.For(t).Found(v)
	return v
}

const roleRequests = 10_000

// everyRoleEverywhere asks every address of the console as every role, with
// bodies that are right, wrong and none, and compares with the table.
func everyRoleEverywhere(t *testing.T) {
	h := housetest.Embedded(t).BehindProxy()
	s := h.Serve()
	first := found(t, h, s.Address)
	office := first.Must("POST /admin/v1/departments", map[string]string{"name": "鸢都市民政局"})["id"].(string)
	target := first.Must("POST /admin/v1/staff", map[string]any{"login": "target", "name": "某人", "department_id": office})["staff"].(map[string]any)["id"].(string)
	by := map[model.Role]*housetest.Visitor{model.SystemAdministrator: first, "": visit(t, s.Address)}
	hire := func(i int, r model.Role) {
		g := model.Grant{Role: r}
		if r.InDepartment() {
			g.DepartmentID = office
		}
		login := fmt.Sprint("role", i)
		opened := first.Must("POST /admin/v1/staff", map[string]any{"login": login, "name": "同事", "department_id": office, "grants": []model.Grant{g}})
		by[r] = visit(t, s.Address)
		by[r].Begin(login, opened["password"].(string))
	}
	for i, r := range model.Roles() {
		if r != model.SystemAdministrator && r != model.SecurityAdministrator {
			hire(i, r)
		}
	}
	hire(1, model.SecurityAdministrator) // the last: from then on only that one gives roles
	asked, differ := askEverywhere(t, by, target)
	reckon(t, figureOf{"answers that differ from the matrix, of " + fmt.Sprint(asked) + " requests", float64(differ), 0, atMost})
}

func askEverywhere(t *testing.T, by map[model.Role]*housetest.Visitor, target string) (asked, differ int) {
	bodies := []any{nil, map[string]any{}, map[string]any{"name": strings.Repeat("长", 300)}, []int{1}, "文字"}
	for round := 0; asked < roleRequests; round++ {
		for role, v := range by {
			v.From = visit(t, "").From
			for _, d := range handler.Doors() {
				f := strings.Fields(d)
				if len(f) != 4 || f[2] != "may" {
					continue
				}
				path := strings.NewReplacer("{id}", target, "{session}", "01NONE", "{year}", "2027").Replace(f[1])
				if strings.HasSuffix(path, "/deadline") {
					path += "?from=2026-11-24&days=20"
				}
				body := bodies[round%len(bodies)]
				if f[0] == "GET" {
					body = nil
				}
				a := v.Send(f[0]+" "+path, body, `If-Match: "999"`)
				for a.StatusCode == 429 {
					time.Sleep(time.Second) // a soak has the time
					a = v.Send(f[0]+" "+path, body, `If-Match: "999"`)
				}
				asked++
				let := !a.Says("staff.not_allowed") && !a.Says("staff.signin_needed")
				if want := model.ReachOf(role, model.Act(f[3])) != model.Nowhere; let != want || a.StatusCode >= 500 {
					differ++
					t.Logf("%s as %q: %d %.200s", d, role, a.StatusCode, a.Text)
				}
			}
		}
	}
	return asked, differ
}

const privacyText = "本政策说明我们怎样收集、使用和保护您的个人信息。微信标识用来认出是您，手机号只在您自己提供时收集，称呼由您自己填写。您可以随时查看、更正、导出和注销。撤回同意不影响此前已经办理的事项。有疑问请拨打 12345，我们在十五个工作日内答复您。"

func tellPrivacy(t *testing.T, by *housetest.Visitor) {
	t.Helper()
	by.Must("POST /admin/v1/privacy", map[string]string{"text": privacyText, "summary": "第一次发布"})
}

// settle lets a resident sign in and agree.
func settle(t *testing.T, s *sim.Sim, address, name string) *housetest.Visitor {
	t.Helper()
	v := visit(t, address)
	v.Token = v.Must("POST /api/v1/login", map[string]string{"code": s.LoginCode(name)})["token"].(string)
	v.Must("POST /api/v1/me/consent", map[string]any{"version": 1})
	return v
}

const stormCalls = 1000

// tokenStorm lets two processes make a thousand calls at once with a token that
// WeChat has just let expire.
func tokenStorm(t *testing.T) {
	wechat, h := housetest.Production(t).BehindProxy().WeChat()
	servers := []*housetest.Server{h.Serve(), h.Elsewhere().With("YUANDU_KEY_FILE", filepath.Join(h.Data, "keys.json")).Serve()}
	tellPrivacy(t, found(t, h, servers[0].Address))
	var residents []*housetest.Visitor
	for i := range 50 {
		residents = append(residents, settle(t, wechat, servers[i%2].Address, fmt.Sprint("居民", i)))
	}
	residents[0].Must("POST /api/v1/me/phone", map[string]string{"code": wechat.PhoneCode("居民0")}) // fetches the first token
	before := wechat.Total("/cgi-bin/stable_token")
	wechat.ExpireTokens()
	var all sync.WaitGroup
	var refused atomic.Int64
	for i := range stormCalls {
		all.Go(func() {
			v := *residents[i%len(residents)]
			if a := v.Send("POST /api/v1/me/phone", map[string]string{"code": wechat.PhoneCode(fmt.Sprint("居民", i%len(residents)))}); a.StatusCode != 200 {
				refused.Add(1)
				t.Logf("%d %.200s", a.StatusCode, a.Text)
			}
		})
	}
	all.Wait()
	reckon(t, figureOf{"refreshes of an expired WeChat token under 1,000 calls from two processes", float64(wechat.Total("/cgi-bin/stable_token") - before), 1, exactly},
		figureOf{"of these calls refused", float64(refused.Load()), 0, atMost})
}

// canary lets one made-up person do everything there is to do, right and
// wrong, and then looks for that person where nobody may be found.
func canary(t *testing.T) {
	const name, phone, card, word = "卡那利雀", "13912345670", "370702199003071234", "Kanarienvogel"
	wechat, h := housetest.Embedded(t).BehindProxy().With("YUANDU_LOG_LEVEL", "debug", "YUANDU_METRICS_ADDR", "127.0.0.1:0").WeChat()
	s := h.Serve()
	first := found(t, h, s.Address)
	tellPrivacy(t, first)
	v := settle(t, wechat, s.Address, name)
	person := wechat.Person(name)
	said := []string{}
	wrong := func(ask string, body any, with ...string) {
		a := v.Send(ask, body, with...)
		if a.StatusCode < 400 {
			t.Errorf("%s went well: %s", ask, a.Text)
		}
		said = append(said, a.Text)
	}
	v.Must("POST /api/v1/me/phone", map[string]string{"code": wechat.PhoneCode(name)})
	v.Must("PATCH /api/v1/me", map[string]string{"name": name}, `If-Match: "2"`)
	wrong("PATCH /api/v1/me", map[string]string{"name": name + card}, `If-Match: "1"`)
	wrong("PATCH /api/v1/me", map[string]string{"name": name + "<" + card}, `If-Match: "3"`)
	wrong("POST /api/v1/me/consent", map[string]any{"version": 9, "minor": true, "guardian": map[string]string{"name": name, "phone": phone, "relation": card}})
	wrong("POST /api/v1/login", map[string]string{"code": phone, "device": word})
	wrong("POST /admin/v1/sign-in", map[string]string{"login": name, "password": card})
	for _, f := range []sim.Fault{{Code: -1}, {Cut: true}, {Body: word}, {Code: 45009}} {
		f.Path, f.Times = "/wxa/business/getuserphonenumber", 9
		id := wechat.Break(f)
		wrong("POST /api/v1/me/phone", map[string]string{"code": wechat.PhoneCode(name)})
		wechat.Mend(id)
	}
	other := settle(t, wechat, s.Address, "别人")
	said = append(said, other.Send("GET /api/v1/me/export", nil).Text, first.Send("GET /admin/v1/residents/counts", nil).Text, first.Send("GET /admin/v1/erasures", nil).Text)
	v.Must("DELETE /api/v1/me", nil)
	said = append(said, s.Measured(), first.Send("GET /api/v1/search?q=", nil).Text)
	s.Stop()
	places := map[string]string{"answers, exports of others and metrics": strings.Join(said, "\n"), "log": s.Said(), "database and index": folder(t, h.Data)}
	for place, text := range places {
		hits := 0
		for _, secret := range []string{name, phone, card, person.OpenID, person.Phone, v.Token} {
			hits += strings.Count(text, secret)
		}
		reckon(t, figureOf{"hits of the canary person in " + place, float64(hits), 0, atMost})
	}
}

// folder is the bytes of every file below a folder.
func folder(t *testing.T, path string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(path, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(file)
		all.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

var ctx = context.Background()
