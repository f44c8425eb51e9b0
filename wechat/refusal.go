package wechat

import (
	"fmt"
	"regexp"

	"yuandu/model"
)

// API is the path of one of WeChat's calls.
type API string

// The calls that the door makes.
const (
	APISignIn     API = "/sns/jscode2session"
	APIToken      API = "/cgi-bin/stable_token"
	APISend       API = "/cgi-bin/message/subscribe/send"
	APIPhone      API = "/wxa/business/getuserphonenumber"
	APICheckText  API = "/wxa/msg_sec_check"
	APICheckMedia API = "/wxa/media_check_async"
	APICodeImage  API = "/wxa/getwxacodeunlimit"
	APILink       API = "/wxa/generate_urllink"
	APIQuota      API = "/cgi-bin/openapi/quota/get"
)

// About says what a refusal is about, and so what to do: it is what a state
// machine switches on.
type About string

// What a refusal can be about.
const (
	AboutToken    About = "token"    // ours; a second try has been made already
	AboutCode     About = "code"     // of wx.login or of the phone button: ask for another
	AboutPerson   About = "person"   // unknown, blocked or not here lately
	AboutCredit   About = "credit"   // never asked, refused, switched off and used up look the same
	AboutTemplate About = "template" // for everybody
	AboutApp      About = "app"      // the mini program or its settings: an administrator must act
	AboutText     About = "text"     // the words of this one request
	AboutField    About = "field"    // one field of this request; Reason.Field names it
	AboutPage     About = "page"     // not in the released mini program
	AboutPassing  About = "passing"  // try again soon
	AboutQuota    About = "quota"    // of the day or the month
	AboutNetwork  About = "network"  // no answer, or none that can be read
	AboutUnknown  About = "unknown"  // a number that no page explains
)

// Refusal is an error of WeChat's in our words. It never holds WeChat's text or
// an address: both hold secrets and people.
type Refusal struct {
	API    API
	Number int64 // errcode; 0 where there was no answer
	About  About
	Reason *model.Error // what a person may read; errors.As finds it
	RID    string       // under which WeChat keeps the request for 7 days
	Unsure bool         // no answer came, and WeChat may have done what was asked

	ended error // of the caller's context
}

// Error prints our code and WeChat's number.
func (r *Refusal) Error() string {
	if r.Number == 0 {
		return r.Reason.Code
	}
	return fmt.Sprintf("%s (%d)", r.Reason.Code, r.Number)
}

// Unwrap leads to the sentence, and to the end of the caller's context where
// that is why there is no answer.
func (r *Refusal) Unwrap() []error {
	if r.ended != nil {
		return []error{r.Reason, r.ended}
	}
	return []error{r.Reason}
}

// Passing says that the same request may be granted later.
func (r *Refusal) Passing() bool {
	switch r.About {
	case AboutPassing, AboutQuota, AboutNetwork, AboutToken:
		return true
	}
	return false
}

// refused reads WeChat's answer.
func refused(at API, number int64, text string) *Refusal {
	m := meant(at, number)
	if m.about == AboutField && number == 47003 {
		m.reason = m.reason.With(fieldIn(text), nil)
	}
	return &Refusal{API: at, Number: number, About: m.about, Reason: m.reason, RID: ridIn(text)}
}

// lost is a request without an answer.
func lost(at API, ended error, unsure bool) *Refusal {
	return &Refusal{API: at, About: AboutNetwork, Reason: errAway, Unsure: unsure, ended: ended}
}

var (
	fieldShape = regexp.MustCompile(`data\.([a-z_]{1,32}\d{1,4})\b`)
	ridShape   = regexp.MustCompile(`rid: ([0-9a-f]{4,16}(?:-[0-9a-f]{4,16}){2})`)
)

// fieldIn finds the key in "argument invalid! data.thing3.value invalid".
func fieldIn(text string) string {
	if m := fieldShape.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return "data"
}

func ridIn(text string) string {
	if m := ridShape.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}
