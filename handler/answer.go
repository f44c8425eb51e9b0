package handler

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
)

// Rendered is an answer as it goes out. Public answers are always asked for
// again (no-cache) but cost nothing while they are the same (ETag).
type Rendered struct {
	Status       int
	ContentType  string `header:"Content-Type"`
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte

	found int // documents, where it answers a search
}

// render writes a value as an answer with its own ETag.
func render(v any) (*Rendered, error) {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("render answer: %w", err)
	}
	return rendered("application/json; charset=utf-8", body.Bytes()), nil
}

func rendered(contentType string, body []byte) *Rendered {
	sum := sha256.Sum256(body)
	return &Rendered{Status: http.StatusOK, ContentType: contentType, CacheControl: noCache, Body: body,
		ETag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`}
}

// converted is a list in another shape; an empty one is [], never null.
func converted[A, B any](list []A, as func(A) B) []B {
	other := make([]B, len(list))
	for i, a := range list {
		other[i] = as(a)
	}
	return other
}

// unless answers 304 where the asker has the same already.
func (r *Rendered) unless(known string) *Rendered {
	for _, tag := range strings.Split(known, ",") {
		tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
		if tag != "" && (tag == r.ETag || tag == "*") {
			return &Rendered{Status: http.StatusNotModified, ETag: r.ETag, CacheControl: r.CacheControl}
		}
	}
	return r
}

// reply sends an answer for which echo, not huma, was asked.
func reply(c echo.Context, r *Rendered) error {
	r = r.unless(c.Request().Header.Get("If-None-Match"))
	head := c.Response().Header()
	head.Set("ETag", r.ETag)
	head.Set(echo.HeaderCacheControl, r.CacheControl)
	if r.Status == http.StatusNotModified {
		return c.NoContent(r.Status)
	}
	return c.Blob(r.Status, r.ContentType, r.Body)
}

// Conditional is the part of every read by which an answer that is known
// already is not sent again.
type Conditional struct {
	IfNoneMatch string `header:"If-None-Match" doc:"上次答复的 ETag；没有变化时答 304"`
}

func (c Conditional) known() string { return c.IfNoneMatch }

// asked is the input of a read: every one has Conditional in it.
type asked interface{ known() string }

// get registers a read that answers with a T, rendered; HEAD asks for its head
// alone.
func get[T any, I asked](api huma.API, path, tag, summary string, do func(context.Context, *I) (*Rendered, error)) {
	read := func(ctx context.Context, in *I) (*Rendered, error) {
		r, err := do(ctx, in)
		if err != nil {
			return nil, problemOf(ctx, err)
		}
		return r.unless((*in).known()), nil
	}
	name := strings.NewReplacer("/api/v1/", "get-", "/", "-", "{", "", "}", "").Replace(path)
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
	operation := huma.Operation{
		OperationID: name, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{tag},
		Errors: []int{http.StatusUnprocessableEntity},
		Responses: map[string]*huma.Response{"200": {
			Description: summary,
			Content:     map[string]*huma.MediaType{"application/json": {Schema: schema}},
		}, "304": {Description: "没有变化"}},
	}
	if strings.Contains(path, "{") {
		operation.Errors = append(operation.Errors, http.StatusNotFound)
	}
	head := huma.Operation{OperationID: name + "-head", Method: http.MethodHead, Path: path, Hidden: true}
	huma.Register(api, operation, read)
	huma.Register(api, head, read)
}
