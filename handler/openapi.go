package handler

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
)

// describe writes the API's description, indented, as it is committed in api/.
func describe(api huma.API) ([]byte, error) {
	plain, err := json.Marshal(api.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("describe API: %w", err)
	}
	var text bytes.Buffer
	if err := json.Indent(&text, plain, "", "  "); err != nil {
		return nil, fmt.Errorf("describe API: %w", err)
	}
	text.WriteByte('\n')
	return text.Bytes(), nil
}

func (h *handler) openAPI(api huma.API) echo.HandlerFunc {
	description := sync.OnceValues(func() ([]byte, error) { return describe(api) })
	return func(c echo.Context) error {
		text, err := description()
		if err != nil {
			return err
		}
		return reply(c, rendered("application/vnd.oai.openapi+json;version=3.1", text))
	}
}

// apiOperation is one operation as the API's page for people shows it.
type apiOperation struct {
	Method, Path, Summary, Anchor string
	Parameters, Body, Answer      []apiField
}

// apiField is a parameter or a part of an answer. Of is the type that has a
// table of its own, "" for others.
type apiField struct{ Name, In, Type, Of, Says string }

// apiType is a type that answers are made of.
type apiType struct {
	Name   string
	Fields []apiField
}

// apiPage shows the API to people, from our own host alone.
func (h *handler) apiPage(api huma.API) echo.HandlerFunc {
	describe := sync.OnceValues(func() ([]apiOperation, []apiType) {
		reader := &apiReader{spec: api.OpenAPI(), used: map[string]bool{}}
		return reader.operations(), reader.types()
	})
	return func(c echo.Context) error {
		p := &page{Title: "开放接口", Canonical: h.PublicURL + "/api"}
		p.Operations, p.Types = describe()
		return h.show(c, "api", p)
	}
}

// apiReader reads the API's description and remembers the types it has met.
type apiReader struct {
	spec *huma.OpenAPI
	used map[string]bool
}

func (r *apiReader) operations() (list []apiOperation) {
	for path, item := range r.spec.Paths {
		for method, described := range map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post,
			http.MethodPut: item.Put, http.MethodPatch: item.Patch, http.MethodDelete: item.Delete} {
			if described != nil && strings.HasPrefix(path, "/api/") {
				list = append(list, r.operation(method, path, described))
			}
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Path+list[i].Method < list[j].Path+list[j].Method })
	return list
}

func (r *apiReader) operation(method, path string, described *huma.Operation) apiOperation {
	o := apiOperation{Method: method, Path: path, Summary: described.Summary, Anchor: described.OperationID}
	for _, p := range described.Parameters {
		o.Parameters = append(o.Parameters, apiField{Name: p.Name, In: p.In, Type: typeName(p.Schema), Says: p.Description})
	}
	if b := described.RequestBody; b != nil && b.Content["application/json"] != nil { // else it is the bytes of a file
		o.Body = r.fields(typeOf(b.Content["application/json"].Schema))
	}
	if answer := described.Responses["200"]; answer != nil && answer.Content["application/json"] != nil {
		o.Answer = r.fields(typeOf(answer.Content["application/json"].Schema))
	}
	return o
}

// types describes every type met so far, and those met by that.
func (r *apiReader) types() (list []apiType) {
	done := map[string]bool{}
	for len(done) < len(r.used) {
		for _, name := range slices.Collect(maps.Keys(r.used)) {
			if !done[name] {
				done[name] = true
				list = append(list, apiType{name, r.fields(name)})
			}
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

func (r *apiReader) fields(name string) (fields []apiField) {
	schema := r.spec.Components.Schemas.Map()[name]
	for _, one := range schema.OneOf {
		of := typeOf(one)
		r.used[of] = true
		fields = append(fields, apiField{Name: "或", Type: of, Of: of, Says: schema.Description})
	}
	for name, property := range schema.Properties {
		of := typeOf(property)
		if of != "" {
			r.used[of] = true
		}
		fields = append(fields, apiField{Name: name, Type: typeName(property), Of: of, Says: property.Description})
	}
	sort.Slice(fields, func(i, j int) bool { return fields[i].Name < fields[j].Name })
	return fields
}

// typeOf is the name of the type that a schema refers to, itself, in a list or
// by name.
func typeOf(s *huma.Schema) string {
	switch by, _ := s.AdditionalProperties.(*huma.Schema); {
	case s.Ref != "":
		return s.Ref[len("#/components/schemas/"):]
	case s.Items != nil:
		return typeOf(s.Items)
	case by != nil:
		return typeOf(by)
	}
	return ""
}

// typeName is how a type is written: Ref[] is a list of Ref, {Facet[]} has one
// by name.
func typeName(s *huma.Schema) string {
	switch by, _ := s.AdditionalProperties.(*huma.Schema); {
	case s.Ref != "":
		return typeOf(s)
	case s.Items != nil:
		return typeName(s.Items) + "[]"
	case by != nil:
		return "{" + typeName(by) + "}"
	}
	return s.Type
}
