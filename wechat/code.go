package wechat

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/silenceper/wechat/v2/miniprogram/qrcode"
	"github.com/silenceper/wechat/v2/miniprogram/urllink"
	"github.com/silenceper/wechat/v2/util"

	"yuandu/model"
)

// Code is a mini program code (小程序码) to be printed: a scan opens Page, which
// finds Scene in its query.
type Code struct {
	Scene     string // 1 to 32 letters, digits and !#$&'()*+,/:;=?@-._~
	Page      string // without / in front and without a query; "" is the first page
	Width     int    // pixels, 280 to 1280; 0 is 430
	Version   Version
	Clear     bool // on a transparent ground
	Unchecked bool // the page may not be released yet
}

// Link is an address that opens the mini program from a message, a mail or a
// page outside WeChat.
type Link struct {
	Page    string // as of a Code
	Query   string // k1=v1&k2=v2, encoded
	Days    int    // how long it works, 1 to 30
	Version Version
}

// longestQuery is how long a link's query may be.
const longestQuery = 1024

var (
	errSceneLong = &model.Error{Kind: model.Invalid, Code: "wechat.field_long", Field: "scene",
		Args: map[string]any{"most": 32}}
	errWidth = &model.Error{Kind: model.Invalid, Code: "wechat.code_width", Field: "width"}
	errDays  = &model.Error{Kind: model.Invalid, Code: "wechat.link_days", Field: "days"}

	sceneShape = regexp.MustCompile(`^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]+$`)
	pageShape  = regexp.MustCompile(`^(?:[0-9A-Za-z_\-]+(?:/[0-9A-Za-z_\-]+)*)?$`)
	queryShape = regexp.MustCompile(`^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~%]*$`)
)

// CodeImage draws a code, as JPEG, or PNG where the ground is clear.
func (d *Door) CodeImage(ctx context.Context, c Code) ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	checked := !c.Unchecked
	body := qrcode.QRCoder{
		Scene: c.Scene, Page: c.Page, Width: c.Width, IsHyaline: c.Clear,
		CheckPath: &checked, EnvVersion: string(c.Version),
	}
	// The library's own function takes no context and turns numbers into text.
	var image []byte
	err := d.authorized(ctx, APICodeImage, func(ctx context.Context) error {
		raw, err := util.PostJSONContext(ctx, addressOf(ctx, APICodeImage), body)
		if err == nil {
			image, err = util.HandleFileResponse(raw, string(APICodeImage))
		}
		if err == nil && !strings.HasPrefix(http.DetectContentType(image), "image/") {
			err = errIncomplete
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return image, nil
}

func (c Code) check() error {
	switch {
	case len(c.Scene) > 32:
		return errSceneLong
	case !sceneShape.MatchString(c.Scene):
		return errSceneUnusable
	case !pageShape.MatchString(c.Page):
		return errPage
	case c.Width != 0 && (c.Width < 280 || c.Width > 1280):
		return errWidth
	}
	return nil
}

// Link makes an address. It can be opened by many.
func (d *Door) Link(ctx context.Context, l Link) (string, error) {
	if err := l.check(); err != nil {
		return "", err
	}
	var answer urllink.ULResult
	err := d.post(ctx, APILink, &urllink.ULParams{
		Path: l.Page, Query: l.Query, EnvVersion: string(l.Version),
		IsExpire: true, ExpireType: urllink.ExpireTypeInterval, ExpireInterval: l.Days,
	}, &answer)
	if err == nil && answer.URLLink == "" {
		err = lost(APILink, nil, true)
	}
	return answer.URLLink, err
}

func (l Link) check() error {
	switch {
	case !pageShape.MatchString(l.Page):
		return errPage
	case !queryShape.MatchString(l.Query) || len(l.Query) > longestQuery:
		return errField.With("query", nil)
	case l.Days < 1 || l.Days > 30:
		return errDays
	}
	return nil
}
