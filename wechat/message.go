package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"github.com/silenceper/wechat/v2/miniprogram/subscribe"
	"github.com/silenceper/wechat/v2/util"
)

// Version is which mini program something opens.
type Version string

// The versions. Residents have the released one only.
const (
	Released   Version = ""
	Trial      Version = "trial"
	Developing Version = "develop"
)

// Message is a message that somebody accepted beforehand, once or for long.
type Message struct {
	To       string            `json:"-"` // openid
	Template string            // the id of the mini program's own template
	Data     map[string]string `json:"-"` // by key: thing1, date2
	Page     string            // opened by a tap, may carry a query; "" opens nothing
	Version  Version
}

// LogValue keeps person and words out of a log.
func (m Message) LogValue() slog.Value {
	return slog.StringValue("a message by template " + m.Template)
}

// sentAnswer has the id as text: it is larger than a float holds, and it may
// be missing.
type sentAnswer struct {
	util.CommonError
	MsgID text `json:"msgid"`
}

// Send sends a message and spends one credit. The id is "" where WeChat gave
// none; else the event Sent bears it, and may come before Send returns. A
// message to somebody who is being sent another is refused (AboutPassing): send
// one at a time to each person.
func (d *Door) Send(ctx context.Context, m Message) (id string, err error) {
	if err := m.check(); err != nil {
		return "", err
	}
	var answer sentAnswer
	if err := d.post(ctx, APISend, m.request(), &answer); err != nil {
		return "", err
	}
	return string(answer.MsgID), nil
}

func (m Message) request() *subscribe.Message {
	data := make(map[string]*subscribe.DataItem, len(m.Data))
	for key, value := range m.Data {
		data[key] = &subscribe.DataItem{Value: value}
	}
	state := map[Version]string{Trial: "trial", Developing: "developer"}[m.Version]
	if state == "" {
		state = "formal"
	}
	return &subscribe.Message{
		ToUser: m.To, TemplateID: m.Template, Page: m.Page, Data: data, MiniprogramState: state, Lang: "zh_CN",
	}
}

func (m Message) check() error {
	if err := errors.Join(wants(m.To != "", errPersonUnknown), wants(m.Template != "", errTemplate)); err != nil {
		return err
	}
	if len(m.Data) == 0 {
		return errFieldEmpty.With("data", nil)
	}
	for _, key := range slices.Sorted(maps.Keys(m.Data)) {
		if err := CheckField(key, m.Data[key]); err != nil {
			return err
		}
	}
	return nil
}

// text is a value that WeChat writes as a text or as a number.
type text string

// UnmarshalJSON takes both.
func (t *text) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, (*string)(t))
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return fmt.Errorf("read a number: %w", err)
	}
	*t = text(n)
	return nil
}
