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
	lru "github.com/hashicorp/golang-lru/v2"
)

// Rendered is an answer as it goes out. Public answers are always asked for
// again (no-cache) but cost nothing while they are the same (ETag).
type Rendered struct {
	Status       int
	ContentType  string `header:"Content-Type"`
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

// render writes a value as an answer with its own ETag.
func render(v any) (*Rendered, error) {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("render answer: %w", err)
	}
	return rendered(http.StatusOK, "application/json; charset=utf-8", body.Bytes()), nil
}

func rendered(status int, contentType string, body []byte) *Rendered {
	sum := sha256.Sum256(body)
	return &Rendered{Status: status, ContentType: contentType, CacheControl: "no-cache", Body: body,
		ETag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`}
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

// Conditional is the part of every read by which an answer that is known
// already is not sent again.
type Conditional struct {
	IfNoneMatch string `header:"If-None-Match" doc:"上次答复的 ETag；没有变化时答 304"`
}

// get registers a read that answers with a T, rendered.
func get[T any, I any](api huma.API, path, tag, summary string, do func(context.Context, *I) (*Rendered, error)) {
	name := strings.NewReplacer("/api/v1/", "get-", "/", "-", "{", "", "}", "").Replace(path)
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
	huma.Register(api, huma.Operation{
		OperationID: name, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{tag},
		Errors: []int{http.StatusUnprocessableEntity},
		Responses: map[string]*huma.Response{"200": {
			Description: summary,
			Content:     map[string]*huma.MediaType{"application/json": {Schema: schema}},
		}, "304": {Description: "没有变化"}},
	}, func(ctx context.Context, in *I) (*Rendered, error) {
		r, err := do(ctx, in)
		if err != nil {
			return nil, problemOf(ctx, err)
		}
		return r, nil
	})
}

// keptAnswers are rendered answers at hand. Each is given out only while the
// state it was made in is asked for and found the same: a change by another
// process is seen at once.
type keptAnswers struct {
	answers *lru.Cache[string, keptAnswer]
}

type keptAnswer struct {
	state  any
	answer *Rendered
}

const meanAnswer = 16 << 10 // bytes, by which a budget becomes a number of answers

func keepAnswers(budget int) *keptAnswers {
	if budget < meanAnswer {
		return &keptAnswers{}
	}
	answers, err := lru.New[string, keptAnswer](budget / meanAnswer)
	if err != nil {
		panic(err) // the size is positive
	}
	return &keptAnswers{answers}
}

// largestKept keeps one law from driving out a hundred lists.
const largestKept = 1 << 20

func (k *keptAnswers) get(key string, state any, make func() (any, error)) (*Rendered, error) {
	if k.answers != nil {
		if held, ok := k.answers.Get(key); ok && held.state == state {
			return held.answer, nil
		}
	}
	v, err := make()
	if err != nil {
		return nil, err
	}
	r, err := render(v)
	if err == nil && k.answers != nil && len(r.Body) <= largestKept {
		k.answers.Add(key, keptAnswer{state, r})
	}
	return r, err
}
