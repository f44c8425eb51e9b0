package model

import "fmt"

// ErrorKind says what sort of answer an error deserves; handler maps it to an
// HTTP status.
type ErrorKind string

// The eight kinds. Anything that is not an *Error is a fault of ours.
const (
	Invalid         ErrorKind = "invalid"
	Unauthenticated ErrorKind = "unauthenticated"
	Forbidden       ErrorKind = "forbidden"
	NotFound        ErrorKind = "not_found"
	Conflict        ErrorKind = "conflict"
	Stale           ErrorKind = "stale"
	TooMany         ErrorKind = "too_many"
	Unavailable     ErrorKind = "unavailable"
)

// Error is a refusal that a person should read. Its sentence stands in locale
// under Code; Field names the input it is about, Args fill the sentence.
type Error struct {
	Kind  ErrorKind
	Code  string
	Field string
	Args  map[string]any
}

func (e *Error) Error() string {
	if e.Field != "" {
		return fmt.Sprintf("%s: %s (%s)", e.Kind, e.Code, e.Field)
	}
	return fmt.Sprintf("%s: %s", e.Kind, e.Code)
}

// Is makes an error with arguments equal to the plain one it was made from.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// With returns the same error about field, its sentence filled from args.
func (e *Error) With(field string, args map[string]any) *Error {
	return &Error{Kind: e.Kind, Code: e.Code, Field: field, Args: args}
}

// Errors that more than one noun needs.
var (
	ErrPageTooDeep           = &Error{Invalid, "page.too_deep", "offset", nil}
	ErrBadDay                = &Error{Invalid, "day.malformed", "", nil}
	ErrFileNotFound          = &Error{NotFound, "file.not_found", "", nil}
	ErrFileUnavailable       = &Error{Unavailable, "file.unavailable", "", nil}
	ErrDoneBefore            = &Error{Conflict, "request.done_before", "", nil}
	ErrCacheAway             = &Error{Unavailable, "cache.away", "", nil}
	ErrTooMany               = &Error{TooMany, "rate.too_many", "", nil}
	ErrPolicyMissing         = &Error{NotFound, "policy.not_found", "", nil}
	ErrInterpretationMissing = &Error{NotFound, "interpretation.not_found", "", nil}
)
