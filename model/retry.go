package model

import "time"

// RetryNeed is what must have happened before messages that were not sent may be
// tried once more.
type RetryNeed string

// The needs. Whatever else, the resident must allow a message when it is tried.
const (
	RetryNever        RetryNeed = "never"    // it was sent, perhaps was, or will be; or nothing would change
	RetryWithCredit   RetryNeed = "credit"   // the resident allowed one more since
	RetryWithTemplate RetryNeed = "template" // the template was changed since WeChat refused what it says
	RetryFreely       RetryNeed = "freely"
)

// RetryOf says what messages need that ended in a state. Only what surely was not
// sent may be tried again: two messages about one thing cost more trust than none.
func RetryOf(state DeliveryState, why Reason) RetryNeed {
	switch {
	case state == DeliveryNoCredit, state == DeliveryRefused:
		return RetryWithCredit
	case state != DeliveryFailed || why == WhyPerson:
		return RetryNever
	case why == WhyText || why == WhyField:
		return RetryWithTemplate
	}
	return RetryFreely
}

// RetriedWithin is how long after an announcement its messages are tried again:
// later they would tell of something old.
const RetriedWithin = 7 * 24 * time.Hour

// CheckRetry is an *Error where messages of an announcement may not be tried once
// more now. mended says that the template was changed since WeChat refused it.
func (a *Announcement) CheckRetry(state DeliveryState, why Reason, mended bool, now time.Time) error {
	need := RetryOf(state, why)
	switch {
	case need == RetryNever:
		return ErrRetryNever
	case a.Stage == StageStopped:
		return ErrRetryStopped
	case now.Sub(a.CreatedAt) > RetriedWithin:
		return ErrRetryOld.With("", map[string]any{"days": int(RetriedWithin.Hours()) / 24})
	case (need == RetryWithTemplate || a.Refused != "") && !mended:
		return ErrRetryUnmended
	}
	return nil
}

// RetryNeed says what must happen before messages of an announcement that ended in a
// state may be tried once more; never also where it is too late for all of them.
func (a *Announcement) RetryNeed(state DeliveryState, why Reason, mended bool, now time.Time) RetryNeed {
	switch a.CheckRetry(state, why, mended, now) {
	case nil:
		if need := RetryOf(state, why); need != RetryWithTemplate {
			return need
		}
		return RetryFreely
	case ErrRetryUnmended:
		return RetryWithTemplate
	}
	return RetryNever
}

// Errors of looking after messages.
var (
	ErrAnnouncementMissing = &Error{NotFound, "announcement.not_found", "", nil}
	ErrRetryNever          = &Error{Conflict, "delivery.retry_never", "", nil}
	ErrRetryStopped        = &Error{Conflict, "delivery.retry_stopped", "", nil}
	ErrRetryOld            = &Error{Conflict, "delivery.retry_old", "", nil}
	ErrRetryUnmended       = &Error{Conflict, "delivery.retry_unmended", "", nil}
	ErrPauseReason         = &Error{Invalid, "push.pause_reason", "reason", nil}
	ErrNotShut             = &Error{Conflict, "push.not_shut", "", nil}
)
