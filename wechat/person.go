package wechat

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"

	"github.com/silenceper/wechat/v2/miniprogram/auth"
	"github.com/silenceper/wechat/v2/util"

	"yuandu/model"
)

// Person is somebody as WeChat knows them in this mini program.
type Person struct {
	OpenID  string `json:"-"`
	UnionID string `json:"-"` // "" where the app is bound to no open platform account
}

// String and LogValue keep a person out of whatever prints one.
func (Person) String() string { return "a person" }

// LogValue is String for slog.
func (p Person) LogValue() slog.Value { return slog.StringValue(p.String()) }

// codeShape holds the codes of wx.login and of the phone button; how long they
// are is not written anywhere.
var codeShape = regexp.MustCompile(`^[0-9A-Za-z_-]{1,256}$`)

// SignIn asks who holds a code of wx.login, which lives five minutes and works
// once. The session key in the answer goes no further.
func (d *Door) SignIn(ctx context.Context, code string) (Person, error) {
	if !codeShape.MatchString(code) {
		return Person{}, errCodeInvalid
	}
	var answer auth.ResCode2Session
	err := d.once(ctx, APISignIn, "", func(ctx context.Context) (err error) {
		answer, err = d.auth.Code2SessionContext(ctx, url.QueryEscape(code))
		if err == nil && answer.OpenID == "" {
			err = errIncomplete
		}
		return said(answer.CommonError, err)
	})
	if err != nil {
		return Person{}, err
	}
	return Person{answer.OpenID, answer.UnionID}, nil
}

// phoneAnswer is the part of the answer that is kept.
type phoneAnswer struct {
	util.CommonError
	Phone struct {
		Number    string `json:"purePhoneNumber"`
		Country   string `json:"countryCode"`
		Watermark struct {
			AppID string `json:"appid"`
		} `json:"watermark"`
	} `json:"phone_info"`
}

// Phone asks for the number behind a code of the phone button. openID is whose
// button it was: WeChat refuses the code of somebody else. A number outside the
// mainland begins with + and its country.
func (d *Door) Phone(ctx context.Context, code, openID string) (string, error) {
	if !codeShape.MatchString(code) {
		return "", errPhoneCode
	}
	// The library's function does not send the openid.
	body := map[string]string{"code": code}
	if openID != "" {
		body["openid"] = openID
	}
	var answer phoneAnswer
	if err := d.post(ctx, APIPhone, body, &answer); err != nil {
		return "", err
	}
	p := answer.Phone
	switch {
	case p.Number == "" || p.Watermark.AppID != d.config.AppID:
		return "", lost(APIPhone, nil, true)
	case p.Country == "86" || p.Country == "":
		return p.Number, nil
	}
	return fmt.Sprintf("+%s%s", p.Country, p.Number), nil
}

// wants is a mistake in a request of our own, found before WeChat is asked.
func wants(ok bool, e *model.Error) error {
	if ok {
		return nil
	}
	return e
}
