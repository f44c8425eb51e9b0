package wechat

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"strconv"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"yuandu/model"
)

const (
	// largestPush is what is read of a push; WeChat's own have a few thousand
	// bytes.
	largestPush = 1 << 20

	// pushesLast is how far the time of a push may be from ours, either way.
	// WeChat repeats a push within seconds: an older one is a copy.
	pushesLast = 10 * time.Minute

	// heardLasts covers the whole time in which a copy would be let in.
	heardLasts = 3 * pushesLast
)

// Why a push is not heard.
var (
	ErrPushOff        = &model.Error{Kind: model.NotFound, Code: "wechat.push_off"}
	ErrPushUnsigned   = &model.Error{Kind: model.Forbidden, Code: "wechat.push_unsigned"}
	ErrPushStale      = &model.Error{Kind: model.Forbidden, Code: "wechat.push_stale"}
	ErrPushMode       = &model.Error{Kind: model.Invalid, Code: "wechat.push_mode"}
	ErrPushUnreadable = &model.Error{Kind: model.Invalid, Code: "wechat.push_unreadable"}
	ErrPushLarge      = &model.Error{Kind: model.Invalid, Code: "wechat.push_large"}
)

// Echo answers WeChat's question whether an address is ours: what is to be
// written back.
func (d *Door) Echo(query url.Values) (string, error) {
	if err := d.checkPush(query, "signature"); err != nil {
		return "", err
	}
	return query.Get("echostr"), nil
}

// Hear reads a push: the query and the body of the POST. It leaves out what was
// Heard before. Where it answers without an error, answer WeChat "success"
// within five seconds, or it pushes again, three times at most.
func (d *Door) Hear(ctx context.Context, query url.Values, body []byte) ([]Event, error) {
	if len(body) > largestPush {
		return nil, ErrPushLarge
	}
	message, err := d.unwrap(query, body)
	if err != nil {
		return nil, err
	}
	events, err := readEvents(message)
	if err != nil {
		return nil, err
	}
	fresh := make([]Event, 0, len(events))
	for _, e := range events {
		if _, found, err := d.shared.Get(ctx, d.heardKey(e)); !found || err != nil {
			fresh = append(fresh, e)
		}
	}
	return fresh, nil
}

// Heard says that events were kept: pushed again, they are left out. An event
// that could not be kept is not Heard, so WeChat's next try brings it. Two
// tries at the same moment bring it twice: keeping it must not count it twice.
func (d *Door) Heard(ctx context.Context, events ...Event) {
	for _, e := range events {
		_ = d.shared.Set(ctx, d.heardKey(e), []byte("1"), heardLasts)
	}
}

// heardKey holds nobody's openid.
func (d *Door) heardKey(e Event) string {
	sum := sha256.Sum256([]byte(e.identity()))
	return d.key("heard", hex.EncodeToString(sum[:16]))
}

// envelope is a push as it arrives: WeChat's safe mode, or plain.
type envelope struct {
	Encrypt string `json:"Encrypt" xml:"Encrypt"`
}

// unwrap checks where a push comes from and answers with its message.
func (d *Door) unwrap(query url.Values, body []byte) ([]byte, error) {
	var e envelope
	if decode(body, &e) != nil {
		return nil, ErrPushUnreadable
	}
	if (e.Encrypt != "") != (d.config.PushKey != "") {
		return nil, ErrPushMode
	}
	if e.Encrypt == "" {
		return body, d.checkPush(query, "signature")
	}
	if err := d.checkPush(query, "msg_signature", e.Encrypt); err != nil {
		return nil, err
	}
	_, message, err := util.DecryptMsg(d.config.AppID, e.Encrypt, d.config.PushKey)
	if err != nil {
		return nil, ErrPushUnsigned // another key or another app: not ours
	}
	return message, nil
}

// checkPush checks the signature called name over the token, the time, the
// nonce and the rest, and then the time.
func (d *Door) checkPush(query url.Values, name string, rest ...string) error {
	if d.config.PushToken == "" {
		return ErrPushOff
	}
	at := query.Get("timestamp")
	want := util.Signature(append([]string{d.config.PushToken, at, query.Get("nonce")}, rest...)...)
	if subtle.ConstantTimeCompare([]byte(want), []byte(query.Get(name))) != 1 {
		return ErrPushUnsigned
	}
	seconds, err := strconv.ParseInt(at, 10, 64)
	if err != nil || d.clock.Now().Sub(time.Unix(seconds, 0)).Abs() > pushesLast {
		return ErrPushStale
	}
	return nil
}

// decode reads either of the formats that the console offers.
func decode(body []byte, into any) error {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
		return xml.Unmarshal(body, into)
	}
	return json.Unmarshal(body, into)
}
