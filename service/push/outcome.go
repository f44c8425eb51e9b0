package push

import (
	"errors"
	"time"

	"yuandu/model"
	"yuandu/wechat"
)

// verdict is what follows from an answer of WeChat's.
type verdict struct {
	State   model.DeliveryState
	Why     model.Reason
	Credit  creditAct
	Shut    scope         // what is kept back then
	For     time.Duration // how long at first, doubling; 0 until somebody opens it
	ForAll  bool          // the other messages of the announcement say the same, and fail the same
	Retries int           // how often one message is tried again before it fails; 0 for ever
}

// creditAct is what a call means for what the resident allowed.
type creditAct string

// What can become of a credit that was spent on a call.
const (
	creditSpent    creditAct = "spent"
	creditReturned creditAct = "returned" // nothing was sent
	creditZeroed   creditAct = "zeroed"   // WeChat says that there is none
)

// scope is what a gate keeps back.
type scope string

// The scopes.
const (
	shutNothing  scope = ""
	shutTemplate scope = "template"
	shutAll      scope = "all"
)

// byNumber holds the answers whose number says more than what they are about.
var byNumber = map[int64]verdict{
	43107: {State: model.DeliveryPending, Why: model.WhyBanned, Credit: creditReturned, Shut: shutTemplate},
	43108: {State: model.DeliveryPending, Why: model.WhyBusy, Credit: creditReturned},
}

// byMeaning says what follows from all others. docs/delivery.md is made of both.
var byMeaning = map[wechat.About]verdict{
	wechat.AboutCredit:   {State: model.DeliveryRefused, Credit: creditZeroed},
	wechat.AboutPerson:   {State: model.DeliveryFailed, Why: model.WhyPerson, Credit: creditReturned},
	wechat.AboutTemplate: {State: model.DeliveryPending, Why: model.WhyTemplate, Credit: creditReturned, Shut: shutTemplate},
	wechat.AboutPage:     {State: model.DeliveryPending, Why: model.WhyPage, Credit: creditReturned, Shut: shutTemplate},
	wechat.AboutText:     {State: model.DeliveryFailed, Why: model.WhyText, Credit: creditReturned, ForAll: true},
	wechat.AboutField:    {State: model.DeliveryFailed, Why: model.WhyField, Credit: creditReturned, ForAll: true},
	wechat.AboutPassing:  {State: model.DeliveryPending, Why: model.WhyPassing, Credit: creditReturned, Retries: 12},
	wechat.AboutQuota:    {State: model.DeliveryPending, Why: model.WhyQuota, Credit: creditReturned, Shut: shutAll, For: 10 * time.Minute},
	wechat.AboutToken:    {State: model.DeliveryPending, Why: model.WhyToken, Credit: creditReturned, Shut: shutAll, For: 30 * time.Second},
	wechat.AboutApp:      {State: model.DeliveryPending, Why: model.WhyApp, Credit: creditReturned, Shut: shutAll},
	wechat.AboutNetwork:  {State: model.DeliveryPending, Why: model.WhyAway, Credit: creditReturned, Shut: shutAll, For: 2 * time.Second},
	wechat.AboutUnknown:  {State: model.DeliveryFailed, Why: model.WhyOther, Credit: creditReturned},
}

// perhapsSent is a call without an answer that WeChat may have done: the message
// is never sent again, and the credit counts as spent.
var perhapsSent = verdict{State: model.DeliveryUnknown, Why: model.WhyCut, Credit: creditSpent}

// judge says what follows from the answer to a call.
func judge(err error) (verdict, int64) {
	if err == nil {
		return verdict{State: model.DeliverySent, Credit: creditSpent}, 0
	}
	if errors.Is(err, model.ErrTemplateUnset) {
		return byMeaning[wechat.AboutTemplate], 0
	}
	var r *wechat.Refusal
	if !errors.As(err, &r) {
		return byMeaning[wechat.AboutField], 0 // the door would not ask: a field is wrong
	}
	if r.Unsure {
		return perhapsSent, r.Number
	}
	if v, ok := byNumber[r.Number]; ok {
		return v, r.Number
	}
	return byMeaning[r.About], r.Number
}

// fieldOf names the field that a refusal is about, "" where it is about none.
func fieldOf(err error) string {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

// again is how long after its nth call a message is tried once more: 2 s at first,
// doubling up to 5 min.
func again(tries int) time.Duration {
	return min(time.Second<<min(tries, 9), 5*time.Minute)
}
