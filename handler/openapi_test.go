package handler_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"yuandu/handler"
)

func TestTheCommittedDescriptionIsCurrent(t *testing.T) {
	text, err := handler.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile("../api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(committed) != string(text) {
		t.Error("api/openapi.json is behind the handlers: run `make generate`")
	}
}

// description is as much of OpenAPI as the tests look at.
type description struct {
	OpenAPI    string
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]schema }
}

type operation struct {
	OperationID string
	Summary     string
	Parameters  []struct{ Name, In, Description string }
	Responses   map[string]struct {
		Content map[string]struct{ Schema schema }
	}
}

type schema struct {
	Ref         string `json:"$ref"`
	Description string
	Type        any
	Properties  map[string]schema
}

func describe(t testing.TB) description {
	t.Helper()
	text, err := handler.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var d description
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// unDescribed streams bytes, not JSON; what is not asked for by clients is none
// of the API.
var unDescribed = map[string]bool{"/api/v1/files/{id}": true, "GET /api/v1/me/letter-files/{id}": true, "GET /admin/v1/letter-files/{id}": true,
	"/api/v1/me/letter-files/{id}/small": true, "/admin/v1/letter-files/{id}/small": true, "/admin/v1/files/{id}": true, "/api/v1/me/export": true, "/admin/v1/audit/export": true, "/admin/v1/words/{list}/export": true,
	"/admin/v1/imports/template.xlsx": true, "/admin/v1/imports/{id}/rows.xlsx": true,
	"/admin/v1/policies/{id}/wxacode.png": true,
	"/admin/v1/policies/{id}/preview":     true, "/admin/v1/interpretations/{id}/preview": true, "/admin/v1/public-letters/{id}/preview": true,
	"/api/v1/gazettes/{id}/canonical": true, "/api/v1/gazettes/{id}/pages/{page}/picture": true, "/admin/v1/gazettes/{id}/pages/{page}/picture": true,
	"/admin/v1/events/{id}/preview": true, "/api/v1/events/{id}/canonical": true,
	"/admin/v1/meetings/{id}/preview": true, "/api/v1/meetings/{id}/canonical": true,
	"/admin/v1/consultations/{id}/preview": true, "/api/v1/consultations/{id}/canonical": true,
	"/api/v1/policies/{id}/canonical": true, "/api/v1/interpretations/{id}/canonical": true,
	"/api/v1/voices/{kind}/{id}/{file}": true}

func TestEveryAddressOfTheAPIIsDescribed(t *testing.T) {
	d := describe(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1") {
		t.Errorf("OpenAPI %s", d.OpenAPI)
	}
	parameter := regexp.MustCompile(`:([a-z0-9]+)`)
	registered, described := 0, 0
	for _, item := range d.Paths {
		described += len(item)
	}
	for _, route := range handler.New(handler.House{}).(*echo.Echo).Routes() {
		path := parameter.ReplaceAllString(route.Path, "{$1}")
		ours := strings.HasPrefix(path, "/api/v1/") || strings.HasPrefix(path, "/admin/v1/")
		if route.Method == "HEAD" || !ours || unDescribed[path] || unDescribed[route.Method+" "+path] {
			continue
		}
		registered++
		o, ok := d.Paths[path][strings.ToLower(route.Method)]
		if !ok {
			t.Errorf("%s %s is not described", route.Method, path)
			continue
		}
		o.isDescribed(t, route.Method+" "+path)
	}
	if registered != described {
		t.Errorf("%d addresses, %d described", registered, described)
	}
}

// isDescribed looks whether an operation says what clients have to know.
func (o operation) isDescribed(t *testing.T, ask string) {
	t.Helper()
	if !isChinese(o.Summary) || o.OperationID == "" {
		t.Errorf("%s is summed up as %q", ask, o.Summary)
	}
	for _, p := range o.Parameters {
		if !isChinese(p.Description) && p.Description != "编号" {
			t.Errorf("%s: %s is described as %q", ask, p.Name, p.Description)
		}
	}
	for status, kind := range map[string]string{"200": "application/json", "422": "application/problem+json", "500": "application/problem+json"} {
		if r := o.Responses[status]; status == "200" && len(r.Content) == 0 && !strings.HasPrefix(ask, "GET ") {
			continue // done, and nothing to say
		}
		if o.Responses[status].Content[kind].Schema.Ref == "" {
			t.Errorf("%s: what comes with %s is not said", ask, status)
		}
	}
	if _, ok := o.Responses["404"]; ok != strings.Contains(ask, "{") {
		t.Errorf("%s: 404 is described: %v", ask, ok)
	}
}

func TestEveryPartOfAnAnswerIsDescribed(t *testing.T) {
	for name, s := range describe(t).Components.Schemas {
		for field, p := range s.Properties {
			if p.Ref == "" && p.Description == "" {
				t.Errorf("nothing is said of %s.%s", name, field)
			}
		}
	}
}

func TestOnlyWhatCanBeNullIsDescribedSo(t *testing.T) {
	null := map[string]bool{}
	for name, s := range describe(t).Components.Schemas {
		if _, several := s.Type.([]any); several {
			null[name] = true
		}
		for field, p := range s.Properties {
			if _, several := p.Type.([]any); several && field != "at" && !strings.HasSuffix(field, "_at") && !strings.HasSuffix(field, "_until") {
				t.Errorf("%s.%s may be null", name, field)
			}
		}
	}
	if len(null) != 4 || !null["Hint"] || !null["Picture"] || !null["SearchText"] || !null["RelatedSource"] {
		t.Errorf("may be null: %v", null)
	}
}

func TestTheAPIPageDescribesWhatAnswersAreMadeOf(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.tell(t, []story{{name: "types within types too", ask: "GET /api", status: 200, says: []string{
			`<a href="#PolicyItem">PolicyItem[]</a>`, `<h3 id="Highlights">`, `<a href="#Facet">{Facet[]}</a>`,
			`<td><code>integer[][]</code></td>`, "找到的词在标题中的位置",
		}}})
	})
}
