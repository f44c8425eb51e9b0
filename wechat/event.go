package wechat

import (
	"encoding/json"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

// Event is something that WeChat tells: Popup, Change, Sent, MediaChecked, or
// Other.
type Event interface {
	// identity is equal for the same event pushed again.
	identity() string
}

// Origin is whom an event is about, and when it happened.
type Origin struct {
	OpenID string `json:"-"`
	At     time.Time
}

// String and LogValue keep a person out of whatever prints an event.
func (Origin) String() string { return "a push of wechat" }

// LogValue is String for slog.
func (o Origin) LogValue() slog.Value { return slog.StringValue(o.String()) }

func (o Origin) id(parts ...string) string {
	return strings.Join(append(parts, o.OpenID, strconv.FormatInt(o.At.Unix(), 10)), "\n")
}

// Popup is somebody's answer to the question whether they want a message.
type Popup struct {
	Origin
	Template string
	Accepted bool
	Scene    string // where they were asked; "0" is in the mini program
}

// Change is somebody's change of mind in the settings. WeChat tells refusals
// only.
type Change struct {
	Origin
	Template string
	Accepted bool
}

// Sent is what became of a message. Its failures are WeChat's own: that
// somebody does not want the message is the answer of Send.
type Sent struct {
	Origin
	Template string
	MsgID    string
	Number   int // 0 is delivered
	Status   string
}

// MediaChecked is the verdict of CheckMedia.
type MediaChecked struct {
	Origin
	Verdict Verdict
	Number  int // 0, else there is no verdict: -1008 could not fetch the file
}

// Other is an event that nobody here waits for.
type Other struct {
	Origin
	Kind string // event, text, image …
	Name string // of an event
}

func (e Popup) identity() string {
	return e.id("popup", e.Template, strconv.FormatBool(e.Accepted), e.Scene)
}
func (e Change) identity() string       { return e.id("change", e.Template, strconv.FormatBool(e.Accepted)) }
func (e Sent) identity() string         { return e.id("sent", e.Template, e.MsgID) }
func (e MediaChecked) identity() string { return e.id("media", e.Verdict.TraceID) }
func (e Other) identity() string        { return e.id("other", e.Kind, e.Name) }

// several is one item or a list of them: JSON pushes write a single one
// without brackets.
type several[T any] []T

// UnmarshalJSON takes both.
func (s *several[T]) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '[' {
		return json.Unmarshal(raw, (*[]T)(s))
	}
	var one *T
	if err := json.Unmarshal(raw, &one); err != nil || one == nil {
		return err
	}
	*s = several[T]{*one}
	return nil
}

// pushedHead is what every message has.
type pushedHead struct {
	From text `json:"FromUserName" xml:"FromUserName"`
	At   text `json:"CreateTime" xml:"CreateTime"`
	Kind text `json:"MsgType" xml:"MsgType"`
	Name text `json:"Event" xml:"Event"`
}

// pushed is the rest of those that are waited for. XML names the list after the
// event.
type pushed struct {
	List   several[pushedItem] `json:"List" xml:"-"`
	Popup  []pushedItem        `json:"-" xml:"SubscribeMsgPopupEvent>List"`
	Change []pushedItem        `json:"-" xml:"SubscribeMsgChangeEvent>List"`
	Sent   []pushedItem        `json:"-" xml:"SubscribeMsgSentEvent>List"`

	TraceID text                  `json:"trace_id" xml:"trace_id"`
	Number  text                  `json:"errcode" xml:"errcode"`
	Result  pushedDetail          `json:"result" xml:"result"`
	Detail  several[pushedDetail] `json:"detail" xml:"detail"`
}

type pushedItem struct {
	Template text `json:"TemplateId" xml:"TemplateId"`
	Choice   text `json:"SubscribeStatusString" xml:"SubscribeStatusString"`
	Scene    text `json:"PopupScene" xml:"PopupScene"`
	MsgID    text `json:"MsgID" xml:"MsgID"`
	Number   text `json:"ErrorCode" xml:"ErrorCode"`
	Status   text `json:"ErrorStatus" xml:"ErrorStatus"`
}

type pushedDetail struct {
	Strategy text `json:"strategy" xml:"strategy"`
	Number   text `json:"errcode" xml:"errcode"`
	Suggest  text `json:"suggest" xml:"suggest"`
	Label    text `json:"label" xml:"label"`
	Prob     text `json:"prob" xml:"prob"`
	Keyword  text `json:"keyword" xml:"keyword"`
}

// readEvents reads a message that is known to be WeChat's. What nobody waits
// for may look like anything.
func readEvents(message []byte) ([]Event, error) {
	var h pushedHead
	if decode(message, &h) != nil || h.Kind == "" {
		return nil, ErrPushUnreadable
	}
	o := Origin{OpenID: string(h.From), At: time.Unix(int64(h.At.number()), 0)}
	read, known := readers[h.Name]
	if !known || h.Kind != "event" {
		return []Event{Other{o, string(h.Kind), string(h.Name)}}, nil
	}
	var p pushed
	if decode(message, &p) != nil {
		return nil, ErrPushUnreadable
	}
	return read(o, &p), nil
}

var readers = map[text]func(Origin, *pushed) []Event{
	"subscribe_msg_popup_event": func(o Origin, p *pushed) []Event {
		return each(append(p.Popup, p.List...), func(i pushedItem) Event {
			return Popup{o, string(i.Template), i.accepted(), string(i.Scene)}
		})
	},
	"subscribe_msg_change_event": func(o Origin, p *pushed) []Event {
		return each(append(p.Change, p.List...), func(i pushedItem) Event {
			return Change{o, string(i.Template), i.accepted()}
		})
	},
	"subscribe_msg_sent_event": func(o Origin, p *pushed) []Event {
		return each(append(p.Sent, p.List...), func(i pushedItem) Event {
			return Sent{o, string(i.Template), string(i.MsgID), i.Number.number(), string(i.Status)}
		})
	},
	"wxa_media_check": func(o Origin, p *pushed) []Event {
		return []Event{MediaChecked{o, p.verdict(), p.Number.number()}}
	},
}

func each(items []pushedItem, read func(pushedItem) Event) []Event {
	var events []Event
	for _, i := range items {
		events = append(events, read(i))
	}
	return events
}

func (i pushedItem) accepted() bool { return strings.HasPrefix(string(i.Choice), "accept") }

func (p *pushed) verdict() Verdict {
	v := Verdict{Suggest: Suggest(p.Result.Suggest), Label: Label(p.Result.Label.number()), TraceID: string(p.TraceID)}
	for _, d := range p.Detail {
		if d.Number.number() == 0 {
			v.Details = append(v.Details, Detail{
				string(d.Strategy), Suggest(d.Suggest), Label(d.Label.number()), d.Prob.number(), string(d.Keyword)})
		}
	}
	return v
}

// number is 0 where there is none, and -1 where it cannot be read: what is not
// understood is not a success.
func (t text) number() int {
	if t == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(t)))
	if err != nil {
		return -1
	}
	return n
}
