package handler

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
	"github.com/labstack/echo/v4"

	"yuandu/locale"
	"yuandu/model"
)

// statuses is the one map from kinds of error to HTTP.
var statuses = map[model.ErrorKind]int{
	model.Invalid:         http.StatusUnprocessableEntity,
	model.Unauthenticated: http.StatusUnauthorized,
	model.Forbidden:       http.StatusForbidden,
	model.NotFound:        http.StatusNotFound,
	model.Conflict:        http.StatusConflict,
	model.Stale:           http.StatusPreconditionFailed,
	model.TooMany:         http.StatusTooManyRequests,
	model.Unavailable:     http.StatusServiceUnavailable,
}

// closer are the statuses of refusals for which HTTP has a closer word than
// their kind has.
var closer = map[string]int{
	errNoVersion.Code:          http.StatusPreconditionRequired, // RFC 6585
	model.ErrFileTooLarge.Code: http.StatusRequestEntityTooLarge,
	model.ErrFileStalled.Code:  http.StatusRequestTimeout,
	model.ErrMoved.Code:        http.StatusPermanentRedirect,
}

// What the house refuses before anybody is asked.
var (
	errUnreadable  = &model.Error{Kind: model.Invalid, Code: "request.unreadable"}
	errNoPath      = &model.Error{Kind: model.NotFound, Code: "path.not_found"}
	errNoMethod    = &model.Error{Kind: model.Invalid, Code: "path.method"}
	errFileRange   = &model.Error{Kind: model.Invalid, Code: "file.range"}
	errFileStale   = &model.Error{Kind: model.Stale, Code: "file.stale"}
	errTooLarge    = &model.Error{Kind: model.Invalid, Code: "request.too_large"}
	errCrossOrigin = &model.Error{Kind: model.Forbidden, Code: "request.cross_origin"}
	errNoVersion   = &model.Error{Kind: model.Invalid, Code: "request.version_missing", Field: "If-Match"}
)

// statusClosed is what a request counts as that nobody waits for any more.
const statusClosed = 499

// Problem is how every error is answered (RFC 9457).
type Problem struct {
	Status    int            `json:"status" doc:"HTTP 状态码"`
	Title     string         `json:"title" doc:"出了什么事"`
	Detail    string         `json:"detail" doc:"怎么办"`
	Code      string         `json:"code" doc:"供程序判断的代码，不随措辞变化"`
	Errors    []FieldProblem `json:"errors,omitempty" doc:"哪些项有误"`
	Current   any            `json:"current,omitempty" doc:"被他人改过时，现在的内容"`
	MovedTo   string         `json:"moved_to,omitempty" doc:"文件已并入另一份时，那一份的编号"`
	RequestID string         `json:"request_id,omitempty" doc:"请求编号，反映问题时请告知"`

	movedFrom string
}

// FieldProblem names one input and what is wrong with it. The value is never
// repeated.
type FieldProblem struct {
	Field   string `json:"field" doc:"哪一项"`
	Message string `json:"message" doc:"哪里不对"`
}

func (p *Problem) Error() string             { return p.Code }
func (p *Problem) GetStatus() int            { return p.Status }
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders tells clients where a policy is that they asked for under its old ID.
func (p *Problem) GetHeaders() http.Header {
	if p.MovedTo == "" {
		return nil
	}
	return http.Header{"Location": {"/api/v1/policies/" + p.MovedTo}}
}

// problemOf turns an error into its answer. What is not ours to tell is a
// fault: logged here, once, and nowhere else.
func problemOf(ctx context.Context, err error) *Problem {
	var ours *model.Error
	if errors.As(err, &ours) {
		p := refusal(ctx, ours)
		var behind overtaken
		if errors.As(err, &behind) {
			p.Current = behind.current
		}
		return p
	}
	id := requestID(ctx)
	if errors.Is(ctx.Err(), context.Canceled) {
		return &Problem{Status: statusClosed, Title: say("problem.closed", nil), Code: "request.closed",
			Detail: say("problem.closed.detail", nil), RequestID: id}
	}
	slog.ErrorContext(ctx, "fault", "request", id, "error", err)
	return &Problem{Status: http.StatusInternalServerError, Title: say("problem.fault", nil), Code: "fault",
		Detail: say("problem.fault.detail", map[string]any{"request": id}), RequestID: id}
}

func refusal(ctx context.Context, e *model.Error) *Problem {
	sentence := say(e.Code, e.Args)
	p := &Problem{Status: statuses[e.Kind], Title: say("problem."+string(e.Kind), nil), Detail: sentence,
		Code: e.Code, RequestID: requestID(ctx)}
	if status, ok := closer[e.Code]; ok {
		p.Status = status
	}
	if e.Code == model.ErrMoved.Code {
		p.movedFrom, _ = e.Args["from"].(string)
		p.MovedTo, _ = e.Args["to"].(string)
	}
	if e.Field != "" {
		p.Errors = []FieldProblem{{e.Field, sentence}}
	}
	return p
}

// problemFor is the answer to what no handler answered: most of it is echo's
// own errors.
func problemFor(err error, c echo.Context) *Problem {
	he, ok := err.(*echo.HTTPError)
	if !ok || he.Code >= http.StatusInternalServerError {
		return problemOf(c.Request().Context(), err)
	}
	plain, ok := map[int]*model.Error{
		http.StatusNotFound:                     errNoPath,
		http.StatusMethodNotAllowed:             errNoMethod,
		http.StatusPreconditionFailed:           errFileStale,
		http.StatusRequestedRangeNotSatisfiable: errFileRange,
	}[he.Code]
	if !ok {
		plain = errUnreadable
	}
	p := refusal(c.Request().Context(), plain)
	p.Status = he.Code
	return p
}

func say(code string, args map[string]any) string { return locale.Say(locale.Chinese, code, args) }

// speakPlainly makes huma's own errors speak as ours do: in Chinese, naming
// the field, never repeating the value. Huma keeps its words for the whole
// process.
var speakPlainly = sync.OnceFunc(func() {
	for message, code := range map[*string]string{
		&validation.MsgExpectedRequiredProperty: "input.required %[1]s",
		&validation.MsgExpectedMinimumNumber:    "input.minimum %v",
		&validation.MsgExpectedMaximumNumber:    "input.maximum %v",
		&validation.MsgExpectedMinLength:        "input.min_length %d",
		&validation.MsgExpectedMaxLength:        "input.max_length %d",
		&validation.MsgExpectedMaxItems:         "input.max_items %d",
		&validation.MsgExpectedOneOf:            "input.one_of %s",
		&validation.MsgExpectedInteger:          "input.integer",
		&validation.MsgExpectedNumber:           "input.number",
		&validation.MsgExpectedBoolean:          "input.boolean",
		&validation.MsgExpectedBePattern:        "input.pattern %s",
		&validation.MsgExpectedMatchPattern:     "input.pattern %s",
		&validation.MsgUnexpectedProperty:       "input.unexpected",
	} {
		*message = code
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		return humaProblem(ctx.Context(), status, message, errs)
	}
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return humaProblem(context.Background(), status, message, errs)
	}
	huma.DefaultArrayNullable = false // an empty list is [], never null
})

func humaProblem(ctx context.Context, status int, message string, errs []error) huma.StatusError {
	if status >= http.StatusInternalServerError {
		return problemOf(ctx, errors.Join(append(errs, errors.New(message))...))
	}
	if len(errs) == 0 {
		p := refusal(ctx, errUnreadable)
		p.Status = status
		return p
	}
	p := &Problem{Status: http.StatusUnprocessableEntity, Title: say("problem.invalid", nil),
		Detail: say("problem.invalid.detail", nil), Code: "input.invalid", RequestID: requestID(ctx)}
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			p.Errors = append(p.Errors, fieldProblem(d.ErrorDetail()))
		}
	}
	return p
}

// spoken is one of the messages that speakPlainly gave huma: a code, and what
// its sentence is filled with.
var spoken = regexp.MustCompile(`^(input\.[a-z_]+)(?: (.*))?$`)

func fieldProblem(d *huma.ErrorDetail) FieldProblem {
	_, field, found := strings.Cut(d.Location, ".")
	if !found {
		field = d.Location
	}
	field, _, _ = strings.Cut(field, "[")
	m := spoken.FindStringSubmatch(d.Message)
	switch {
	case m == nil && strings.Contains(d.Message, "integer"):
		return FieldProblem{field, say("input.integer", nil)}
	case m == nil:
		return FieldProblem{field, say("input.other", nil)}
	case m[1] == "input.one_of":
		return FieldProblem{field, say(m[1], map[string]any{"values": strings.ReplaceAll(m[2], ", ", "、")})}
	}
	return FieldProblem{field, say(m[1], map[string]any{"limit": m[2]})}
}
