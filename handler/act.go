package handler

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
)

// Private is an answer to one person: nobody keeps it on the way.
type Private[T any] struct {
	CacheControl string `header:"Cache-Control"`
	ETag         string `header:"ETag"`
	SetCookie    string `header:"Set-Cookie"`
	Body         T
}

func private[T any](body T) *Private[T] { return &Private[T]{CacheControl: "no-store", Body: body} }

// versioned is a private answer whose version an edit must name again.
func versioned[T any](body T, version int64) *Private[T] {
	p := private(body)
	p.ETag = etag(version)
	return p
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// Done is the answer where there is nothing to say.
type Done struct {
	CacheControl string `header:"Cache-Control"`
	SetCookie    string `header:"Set-Cookie"`
}

func done() *Done { return &Done{CacheControl: "no-store"} }

// Keyed is the part of every write by which it has its effect once.
type Keyed struct {
	Key string `header:"Idempotency-Key" required:"true" doc:"请求键：客户端随机生成，重试时不变；24 小时内同一个键只办一次"`
}

// Edit is the part of every edit that says which version was read.
type Edit struct {
	Keyed
	IfMatch string `header:"If-Match" doc:"读到的版本（ETag），必填；已被他人改过时答 412，并附上现在的内容"`
}

func (e Edit) version() (int64, error) {
	text := strings.Trim(strings.TrimPrefix(strings.TrimSpace(e.IfMatch), "W/"), `"`)
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil || v < 0 {
		return 0, errNoVersion
	}
	return v, nil
}

// overtaken is an edit of what somebody else has changed meanwhile, with what
// is there now.
type overtaken struct {
	error
	current any
}

func (o overtaken) Unwrap() error { return o.error }

// withCurrent adds to ErrStale what is there now.
func withCurrent[T any](err error, read func() (T, error)) error {
	if !errors.Is(err, model.ErrStale) {
		return err
	}
	current, readErr := read()
	if readErr != nil {
		return err
	}
	return overtaken{err, current}
}

// act registers a typed address of residents or staff, behind its door.
func act[In, Out any](h *handler, api huma.API, method, path string, d door, summary string,
	do func(context.Context, *In) (*Out, error)) {
	register(h, api, d, huma.Operation{Method: method, Path: path, Summary: summary, DefaultStatus: http.StatusOK}, do)
}

// create registers a typed address at which residents or staff make something
// new.
func create[In, Out any](h *handler, api huma.API, path string, d door, summary string, do func(context.Context, *In) (*Out, error)) {
	register(h, api, d, huma.Operation{Method: http.MethodPost, Path: path, Summary: summary, DefaultStatus: http.StatusCreated}, do)
}

func register[In, Out any](h *handler, api huma.API, d door, o huma.Operation, do func(context.Context, *In) (*Out, error)) {
	h.guard(o.Method, o.Path, d)
	o.OperationID, o.Tags, o.Errors = operationID(o.Method, o.Path), []string{tagOf(o.Path)}, errorsOf(o.Method, o.Path, d)
	o.BodyReadTimeout = -1 // it was read by onceOnly; a limit set now would cut the answer
	huma.Register(api, o, func(ctx context.Context, in *In) (*Out, error) {
		out, err := do(ctx, in)
		if err != nil {
			return nil, problemOf(ctx, err)
		}
		return out, nil
	})
}

func operationID(method, path string) string {
	name := strings.NewReplacer("/api/v1/", "", "/admin/v1/", "admin-", "/", "-", "{", "", "}", "").Replace(path)
	return strings.ToLower(method) + "-" + name
}

func tagOf(path string) string {
	if strings.HasPrefix(path, "/admin/") {
		return "console"
	}
	return "residents"
}

func errorsOf(method, path string, d door) []int {
	list := []int{http.StatusUnprocessableEntity}
	if d.kind != doorAnyone {
		list = append(list, http.StatusUnauthorized, http.StatusForbidden)
	}
	if method != http.MethodGet {
		list = append(list, http.StatusConflict, http.StatusTooManyRequests)
	}
	if strings.Contains(path, "{") {
		list = append(list, http.StatusNotFound)
	}
	return list
}
