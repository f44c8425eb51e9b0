package handler

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"sort"
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
	Parameters                    []apiParameter
	Answer                        []apiField
}

type apiParameter struct{ Name, In, Type, Says string }

type apiField struct{ Name, Type, Says string }

// apiPage shows the API to people, from our own host alone.
func (h *handler) apiPage(api huma.API) echo.HandlerFunc {
	operations := sync.OnceValue(func() []apiOperation { return apiOperations(api) })
	return func(c echo.Context) error {
		return h.show(c, "api", &page{Title: "开放接口", Operations: operations(), Canonical: h.PublicURL + "/api"})
	}
}

func apiOperations(api huma.API) []apiOperation {
	var list []apiOperation
	spec := api.OpenAPI()
	for path, item := range spec.Paths {
		if item.Get == nil {
			continue
		}
		o := apiOperation{Method: http.MethodGet, Path: path, Summary: item.Get.Summary, Anchor: item.Get.OperationID}
		for _, p := range item.Get.Parameters {
			o.Parameters = append(o.Parameters, apiParameter{p.Name, p.In, typeName(spec, p.Schema), p.Description})
		}
		o.Answer = apiFields(spec, item.Get.Responses["200"])
		list = append(list, o)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Path < list[j].Path })
	return list
}

func apiFields(spec *huma.OpenAPI, r *huma.Response) []apiField {
	if r == nil || r.Content["application/json"] == nil {
		return nil
	}
	schema := resolve(spec, r.Content["application/json"].Schema)
	var fields []apiField
	for name, property := range schema.Properties {
		fields = append(fields, apiField{name, typeName(spec, property), property.Description})
	}
	sort.Slice(fields, func(i, j int) bool { return fields[i].Name < fields[j].Name })
	return fields
}

func resolve(spec *huma.OpenAPI, s *huma.Schema) *huma.Schema {
	if s.Ref != "" {
		return spec.Components.Schemas.SchemaFromRef(s.Ref)
	}
	return s
}

func typeName(spec *huma.OpenAPI, s *huma.Schema) string {
	switch {
	case s.Ref != "":
		return s.Ref[len("#/components/schemas/"):]
	case s.Items != nil:
		return typeName(spec, s.Items) + "[]"
	case s.Type == "" && s.AdditionalProperties != nil:
		return "object"
	}
	return s.Type
}
