package handler_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"yuandu/handler"
	"yuandu/model"
	"yuandu/service/knowledge"
	"yuandu/store"
)

const matrixFile = "../docs/permissions.md"

// marks are how the matrix shows how far a right goes.
var marks = map[model.Reach]string{model.Nowhere: "", model.Own: "◐", model.Everywhere: "●"}

var roleNames = map[model.Role]string{model.SystemAdministrator: "系统管理员", model.SecurityAdministrator: "安全管理员", model.Auditor: "审计员",
	model.Editor: "编辑", model.Reviewer: "审核", model.CaseHandler: "承办人", model.OfficeHead: "部门负责人", model.Dispatcher: "受理中心",
	model.MayorsOffice: "市长办公室", model.Supervisor: "市政府办"}

// addresses are those of the console that name an act, "METHOD path act".
func addresses() [][3]string {
	var list [][3]string
	for _, d := range handler.Doors() {
		if f := strings.Fields(d); len(f) == 4 && f[2] == "may" {
			list = append(list, [3]string{f[0], f[1], f[3]})
		}
	}
	return list
}

func matrix() string {
	var b strings.Builder
	b.WriteString("# Who may do what\n\nWritten from `model/permission.go` and `handler/routes.go` by `go test ./handler -run Matrix -update`; a test asks every\n" +
		"address as every role and compares. ● everywhere, ◐ within the department of the role and all below it.\n\n" +
		"Beside the table: nobody holds two of the first three roles, nobody changes their own roles or factor, the last holder of\n" +
		"one of the three keeps it, and until a security administrator has signed in for the first time the system administrator\n" +
		"gives the roles. A person one may not see is answered as one who does not exist (404).\n\n## Acts\n\n")
	head := "| act | |"
	line := "|---|---|"
	for _, r := range model.Roles() {
		head += " " + roleNames[r] + " |"
		line += ":-:|"
	}
	b.WriteString(head + "\n" + line + "\n")
	for _, p := range model.Permissions() {
		fmt.Fprintf(&b, "| `%s` | %s |", p.Act, p.About)
		for _, r := range model.Roles() {
			fmt.Fprintf(&b, " %s |", marks[p.Reach[r]])
		}
		b.WriteString("\n")
	}
	b.WriteString("\n## Addresses\n\n" + strings.Replace(head, "| act | |", "| address | act |", 1) + "\n" + line + "\n")
	for _, a := range addresses() {
		fmt.Fprintf(&b, "| %s `%s` | `%s` |", a[0], a[1], a[2])
		for _, r := range model.Roles() {
			fmt.Fprintf(&b, " %s |", marks[model.ReachOf(r, model.Act(a[2]))])
		}
		b.WriteString("\n")
	}
	b.WriteString("\nOpen to everybody who is signed in: one's own session, password, second factor and sessions (`/admin/v1/session`,\n`/admin/v1/sign-out`, `/admin/v1/me/…`).\n")
	return b.String()
}

func TestTheCommittedMatrixIsCurrent(t *testing.T) {
	want := matrix()
	if *update {
		if err := os.WriteFile(matrixFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if committed, err := os.ReadFile(matrixFile); err != nil || string(committed) != want {
		t.Errorf("docs/permissions.md is behind (%v): go test ./handler -run Matrix -update", err)
	}
}

func TestEveryActIsKnownAndStandsBeforeAnAddress(t *testing.T) {
	for _, a := range addresses() {
		if !slices.ContainsFunc(model.Permissions(), func(p model.Permission) bool { return string(p.Act) == a[2] }) {
			t.Errorf("%s %s asks for %s, which is not in the table", a[0], a[1], a[2])
		}
	}
	for _, d := range handler.Doors() {
		if f := strings.Fields(d); strings.HasPrefix(f[1], "/admin/v1/") && f[2] == "anyone" && f[1] != "/admin/v1/sign-in" {
			t.Errorf("%s stands open to everybody", d)
		}
	}
}

// The phone says who asks nowhere but below /me: what is read elsewhere is the same for everybody, and kept by caches.
func TestWhatAResidentReadsOfTheirOwnLiesBelowMe(t *testing.T) {
	for _, d := range handler.Doors() {
		f := strings.Fields(d)
		if (f[2] == "resident" || f[2] == "arrived") && f[0] == "GET" && !strings.HasPrefix(f[1]+"/", "/api/v1/me/") {
			t.Errorf("%s is asked for without a name", d)
		}
	}
}

// crew is a house with somebody in every role, in one department, and somebody
// to act on in that department and in another.
type crew struct {
	by       map[model.Role]*visitor
	target   map[string]*visitor // own, other
	office   map[string]string
	document map[string]string // of own and other, by kind
}

func (h *house) crew(t testing.TB) *crew {
	t.Helper()
	c := &crew{by: map[model.Role]*visitor{}, target: map[string]*visitor{}, office: map[string]string{}, document: map[string]string{}}
	first := h.found(t)
	c.by[model.SystemAdministrator] = first
	c.office["own"] = h.office(t, first, "鸢都市民政局", "")
	c.office["below"] = h.office(t, first, "鸢都市养老服务中心", c.office["own"])
	c.office["other"] = h.office(t, first, "鸢都市教育局", "")
	for i, r := range model.Roles()[1:] {
		g := model.Grant{Role: r}
		if r.InDepartment() {
			g.DepartmentID = c.office["own"]
		}
		if r == model.SecurityAdministrator {
			defer func() { c.by[r] = h.hire(t, first, "security", c.office["own"], g) }() // after it, only that one gives roles
			continue
		}
		c.by[r] = h.hire(t, first, fmt.Sprint("role", i), c.office["own"], g)
	}
	for where, office := range map[string]string{"own": c.office["below"], "other": c.office["other"]} {
		c.target[where] = h.hire(t, first, "target-"+where, office)
		for kind, path := range map[model.Kind]string{model.KindPolicy: "policies", model.KindInterpretation: "interpretations", model.KindMeeting: "meetings", model.KindConsultation: "consultations", model.KindEvent: "events", model.KindGazette: "gazettes"} {
			p, err := h.handler.Publication.Begin(ctx, model.System("test"), kind, office, []byte(`{"title":"还在写的"}`))
			if err != nil {
				t.Fatal(err)
			}
			c.document[where+path] = p.ID
		}
		m, err := h.handler.Matters.Begin(ctx, model.System("test"), office, model.MatterFace{Title: "还在写的"})
		if err != nil {
			t.Fatal(err)
		}
		c.document[where+"matters"] = m.ID
		c.document[where+"imports"] = h.importOf(t, office)
		c.document[where+"gazette-imports"] = h.issueOf(t, office)
		c.document[where+"feedback"] = h.feedbackOf(t, office)
		c.document[where+"knowledge"], c.document[where+"reply-templates"] = h.knowledgeOf(t, office)
		c.document[where+"letters"], c.document[where+"letter-files"] = h.letterOf(t, office)
		c.document[where+"opinions"] = h.opinionOf(t, c.document[where+"consultations"])
		c.document[where+"public-letters"] = c.document[where+"letters"]
		if _, err := h.handler.Publication.BeginUnder(ctx, model.System("test"), model.KindLetter, c.document[where+"letters"], office,
			[]byte(`{"title":"还在写的"}`)); err != nil {
			t.Fatal(err)
		}
		c.document[where+"announcements"] = h.announcementOf(t, c.document[where+"policies"])
	}
	_, c.document["city-template"] = h.knowledgeOf(t, "")
	return c
}

// knowledgeOf is what an office answers from, and how it begins; without one, how the
// city does.
func (h *house) knowledgeOf(t testing.TB, office string) (entry, template string) {
	t.Helper()
	m, err := h.handler.Knowledge.SaveTemplate(ctx, model.System("test"), model.ReplyTemplate{DepartmentID: office, Name: "开头", Text: "您好！"})
	if err != nil {
		t.Fatal(err)
	}
	if office == "" {
		return "", m.ID
	}
	k, err := h.handler.Knowledge.Add(ctx, model.System("test"), knowledge.Writing{Department: office, Question: "路灯不亮找谁", Answer: "打热线。"})
	if err != nil {
		t.Fatal(err)
	}
	return k.ID, m.ID
}

// importOf is an import of a department that nobody here has begun.
func (h *house) importOf(t testing.TB, office string) string {
	t.Helper()
	i := &model.Import{Name: "汇总.csv", DepartmentID: office, State: model.ImportChecked, CreatedAt: h.clock.Now(), UpdatedAt: h.clock.Now()}
	h.change(t, func(tx *store.Tx) error {
		f, err := h.file.Keep(ctx, tx, i.Name, "text/plain", []byte("标题,正文\n甲,乙\n"))
		if err != nil {
			return err
		}
		i.FileID = f.FileID
		return tx.AddImport(ctx, i)
	})
	return i.ID
}

// issueOf is a file of the gazette that a department brings in, and that nobody reads.
func (h *house) issueOf(t testing.TB, office string) string {
	t.Helper()
	i := &model.GazetteImport{Name: "公报.pdf", DepartmentID: office}
	h.change(t, func(tx *store.Tx) error {
		f, err := h.file.Keep(ctx, tx, i.Name, "application/pdf", []byte(office))
		if err != nil {
			return err
		}
		i.FileID, i.File.SM3 = f.FileID, f.SM3
		return errors.Join(tx.AddPrinted(ctx, f.SM3, f.Size), tx.AddGazetteImport(ctx, i))
	})
	return i.ID
}

// announcementOf is that followers are told of a policy.
func (h *house) announcementOf(t testing.TB, policy string) string {
	t.Helper()
	a := &model.Announcement{ID: "told-" + policy, Sort: model.AnnounceChange, Kind: model.KindPolicy, Object: policy, What: model.PubPublished,
		Title: "还在写的", Rank: model.RankUsual, Stage: model.StageSpreading}
	h.change(t, func(tx *store.Tx) error { return tx.Announce(ctx, a) })
	return a.ID
}

// letterOf is a letter to the mayor that a department handles, and a file of it.
func (h *house) letterOf(t testing.TB, office string) (id, fileID string) {
	t.Helper()
	now := h.clock.Now()
	l := &model.Letter{Number: office, Channel: model.LetterMayor, Source: model.LetterByPhone, Title: "路灯不亮", Text: "村口的路灯不亮了",
		State: model.LetterAssigned, LeadID: office, Designated: true, Round: 1, Term: model.UsualTerm, ReceivedAt: now, AskedAt: now, UpdatedAt: now, DueDay: "2026-12-31"}
	h.change(t, func(tx *store.Tx) error {
		f, err := h.file.Keep(ctx, tx, "路灯.txt", "text/plain", []byte("路灯"))
		if err != nil {
			return err
		}
		l.Files = []model.LetterFile{{FileID: f.FileID, Name: "路灯.txt"}}
		if err := tx.AddLetterFile(ctx, "", l.Files[0]); err != nil {
			return err
		}
		return tx.AddLetter(ctx, l)
	})
	return l.ID, l.Files[0].FileID
}

// opinionOf is what somebody said to a draft.
func (h *house) opinionOf(t testing.TB, consultation string) string {
	t.Helper()
	o := &model.Opinion{ConsultationID: consultation, Source: model.OpinionByMini, Stance: model.StanceChange, Text: "期限太短", State: model.OpinionWaiting, UpdatedAt: h.clock.Now()}
	h.change(t, func(tx *store.Tx) error { return tx.GiveOpinion(ctx, o) })
	return o.ID
}

// feedbackOf is something that a department has to answer.
func (h *house) feedbackOf(t testing.TB, office string) string {
	t.Helper()
	now := h.clock.Now()
	f := &model.Feedback{Number: office, Kind: model.FeedbackComplaint, Text: "字太小", State: model.FeedbackReceived, DepartmentID: office,
		AskedAt: now, CreatedAt: now, UpdatedAt: now}
	h.change(t, func(tx *store.Tx) error { return tx.AddFeedback(ctx, f) })
	return f.ID
}

// address is an address with everything in it that belongs to a department.
func (c *crew) address(path, where string) string {
	id := c.target[where].staff
	switch {
	case strings.Contains(path, "/departments/"):
		id = c.office[where]
	case strings.Contains(path, "/policies/"), strings.Contains(path, "/interpretations/"), strings.Contains(path, "/meetings/"), strings.Contains(path, "/consultations/"), strings.Contains(path, "/opinions/"), strings.Contains(path, "/events/"), strings.Contains(path, "/gazettes/"), strings.Contains(path, "/gazette-imports/"), strings.Contains(path, "/matters/"), strings.Contains(path, "/imports/"), strings.Contains(path, "/feedback/"), strings.Contains(path, "/announcements/"),
		strings.Contains(path, "/letters/"), strings.Contains(path, "/letter-files/"), strings.Contains(path, "/public-letters/"), strings.Contains(path, "/knowledge/"), strings.Contains(path, "/reply-templates/"):
		id = c.document[where+strings.Split(path, "/")[3]]
	}
	if strings.Contains(path, "/matters/of/") {
		id = c.document[where+"policies"]
	}
	if strings.HasSuffix(path, "/linkable") {
		path += "?q=还在"
	}
	if strings.HasSuffix(path, "/merge") {
		path += "?into=" + id // into itself: whoever is let in is told that this can't be
	}
	if strings.HasSuffix(path, "/deliveries") {
		path += "?state=failed"
	}
	return strings.NewReplacer("{id}", id, "{session}", "01NONE", "{year}", "2027", "{list}", "hot", "{group}", "01NONE", "{version}", "1",
		"{link}", "01NONE", "{kind}", "policy", "{page}", "1").Replace(path)
}

// body is what an address of documents wants to be sent; the others are asked
// with nothing, and whoever is let in is told so.
func (c *crew) body(method, path, where string) any {
	content := map[string]any{"title": "还在写的"}
	if strings.Contains(path, "/public-letters/") {
		content["exchanges"] = []any{}
	}
	if method == "POST" && strings.Contains(path, "/feedback/") {
		return map[string]any{"answer": map[string]any{"text": "试一试", "outcome": "explained"}, "notes": map[string]any{"text": "试一试"},
			"assign": map[string]any{"department": c.office["own"], "why": "试一试"}}[path[strings.LastIndex(path, "/")+1:]]
	}
	if strings.HasSuffix(path, "/knowledge/{id}/request") {
		return map[string]any{"note": "试一试"}
	}
	if method == "PUT" && strings.HasSuffix(path, "/knowledge/{id}") {
		return map[string]any{"department": map[string]string{"own": c.office["below"], "other": c.office["other"]}[where],
			"question": "路灯不亮找谁", "answer": "打热线。"}
	}
	if method == "PUT" && strings.HasSuffix(path, "/reply-templates/{id}") {
		return map[string]any{"name": "开头", "text": "您好！"}
	}
	if strings.HasPrefix(path, "/admin/v1/matters") {
		return c.onMatter(method, path, where)
	}
	if strings.HasPrefix(path, "/admin/v1/letters/{id}") {
		return c.onLetter(path[strings.LastIndex(path, "/")+1:])
	}
	if answered := map[string]any{"verdict": "noted", "reason": "试一试"}; strings.HasSuffix(path, "/opinions/{id}/answer") || strings.HasSuffix(path, "/groups/{group}/answer") {
		return answered
	}
	if strings.HasPrefix(path, "/admin/v1/gazette-years/") {
		return map[string]any{"issues": 12, "gaps": []any{}}
	}
	switch last := path[strings.LastIndex(path, "/")+1:]; {
	case last == "look":
		return map[string]any{"show": false, "why": "试一试"}
	case method == "POST" && strings.HasSuffix(path, "/consultations/{id}/opinions"):
		return map[string]any{"source": "phone", "stance": "change", "text": "试一试"}
	case last == "shown":
		return map[string]any{"ids": []string{c.document[where+"opinions"]}}
	case last == "groups" && method == "POST":
		return map[string]any{"ids": []string{c.document[where+"opinions"]}, "gist": "试一试"}
	case last == "confirmation":
		return map[string]any{"why": "试一试"}
	case method == "GET" || !strings.Contains(path, "/public-letters") && !strings.Contains(path, "/policies") && !strings.Contains(path, "/interpretations") && !strings.Contains(path, "/meetings") && !strings.Contains(path, "/consultations") && !strings.Contains(path, "/events") && !strings.Contains(path, "/gazettes") && !strings.Contains(path, "/imports"):
		return nil
	case last == "return" || last == "withdraw" || last == "close":
		return map[string]any{"reason": "试一试"}
	case last == "sign":
		return map[string]any{"no_secret": true, "attribute": "open", "why": "试一试"}
	case last == "assign":
		return map[string]any{"department_id": map[string]string{"own": c.office["below"], "other": c.office["other"]}[where]}
	case last == "names":
		return map[string]any{"why": "试一试"}
	case last == "check-ins":
		return map[string]any{"code": "NONE"}
	case last == "submit" || last == "confirm":
		return map[string]any{}
	case last == "merge":
		return map[string]any{"into": c.document[where+"policies"], "reason": "试一试"}
	case last == "distinct":
		return map[string]any{"a": c.document["ownpolicies"], "b": c.document["ownpolicies"], "distinct": true}
	case method == "POST" && (last == "policies" || last == "interpretations" || last == "meetings" || last == "consultations" || last == "events" || last == "gazettes"):
		return map[string]any{"department_id": c.office["own"], "content": content}
	case method == "PUT" && last == "{id}":
		return map[string]any{"content": content}
	}
	return nil
}

// onLetter is what is said with an act on a letter.
func (c *crew) onLetter(act string) any {
	return map[string]any{"contact": map[string]any{"why": "试一试"}, "return": map[string]any{"why": "试一试"},
		"dispatch": map[string]any{"lead": "nowhere"}, "refusal": map[string]any{"ground": "foi", "text": "试一试"},
		"merge": map[string]any{"into": c.document["ownletters"]}, "end": map[string]any{"agreed": true, "why": "试一试"},
		"help": map[string]any{"text": "试一试"}, "reply": map[string]any{"text": "试一试", "outcome": "explained"},
		"send-back": map[string]any{"why": "试一试"}, "extension": map[string]any{"day": "2027-01-31", "why": "试一试", "plan": "试一试"},
		"knowledge": map[string]any{"answer": 1}, "filled": map[string]any{"template": c.document["city-template"]},
		"ending": map[string]any{"why": "试一试"}, "notes": map[string]any{"text": "试一试"}, "answer": map[string]any{"text": "试一试"},
		"instructions": map[string]any{"department": "nowhere", "text": "试一试"}, "{instruction}": map[string]any{"text": "试一试"}}[act]
}

// onMatter is what is said with an act on a matter.
func (c *crew) onMatter(method, path, where string) any {
	face := map[string]any{"title": "还在写的", "summary": "", "topics": []string{}}
	switch last := path[strings.LastIndex(path, "/")+1:]; {
	case method == "POST" && last == "matters":
		face["department"] = c.office["own"]
		return face
	case method == "PUT":
		return face
	case last == "links" && method == "POST":
		return map[string]any{"kind": "policy", "id": c.document[where+"policies"]}
	case last == "merge":
		return map[string]any{"into": c.document[where+"matters"]}
	}
	return nil
}

// letsIn says whether an answer is that of somebody who was let in.
func letsIn(a *answer) bool {
	for _, code := range []string{"staff.not_allowed", "staff.signin_needed", "staff.stage_needed", "staff.not_found"} {
		if strings.Contains(a.body, `"code":"`+code+`"`) {
			return false
		}
	}
	return true
}

func TestEveryAddressAsEveryRoleIsAsTheMatrixSays(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.unhurried(t)
		c := h.crew(t)
		c.by[""] = h.visit(t) // who is not signed in
		asked := 0
		for role, v := range c.by {
			for _, colleague := range c.by {
				colleague.send("GET /admin/v1/session", nil) // who waits for long is signed out
			}
			for _, a := range addresses() {
				for _, where := range []string{"own", "other"} {
					asked++
					reach := model.ReachOf(role, model.Act(a[2]))
					want := reach == model.Everywhere || reach == model.Own && (where == "own" || !strings.Contains(a[1], "{id}"))
					query := ""
					if strings.HasSuffix(a[1], "/deadline") {
						query = "?from=2026-11-24&days=20"
					}
					got := v.send(a[0]+" "+c.address(a[1], where)+query, c.body(a[0], a[1], where), `If-Match: "1"`)
					if letsIn(got) != want || got.StatusCode >= 500 {
						t.Errorf("%s %s as %q, %s department: %d %.200s", a[0], a[1], role, where, got.StatusCode, got.body)
					}
				}
			}
		}
		if asked < 500 {
			t.Errorf("only %d requests were made", asked)
		}
	})
}
