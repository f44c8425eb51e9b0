package wechat

import (
	"context"
	"log/slog"
	"net/url"
	"unicode/utf8"

	"github.com/silenceper/wechat/v2/miniprogram/security"

	"yuandu/model"
)

// Scene is where a text or a picture is to appear.
type Scene uint8

// The scenes.
const (
	SceneProfile Scene = 1 + iota // 资料
	SceneComment                  // 评论
	SceneForum                    // 论坛
	SceneLog                      // 社交日志
)

// longestText is how much of a text WeChat reads in one call.
const longestText = 2500

// Text is something that a resident wrote.
type Text struct {
	OpenID   string `json:"-"` // who wrote it; must have been here in the last two hours
	Content  string `json:"-"` // 2500 characters at most
	Title    string `json:"-"`
	Nickname string `json:"-"`
	Scene    Scene
}

// LogValue keeps person and words out of a log.
func (t Text) LogValue() slog.Value { return slog.StringValue("a text") }

// Suggest is what WeChat would do.
type Suggest string

// The suggestions.
const (
	Pass   Suggest = "pass"
	Review Suggest = "review"
	Risky  Suggest = "risky"
)

// Label is what WeChat sees in a text or a picture.
type Label int

// The labels. A letter to a mayor is often LabelPolitics: that is a reason to
// have a person look, never to refuse it. Pictures and sound know only Normal,
// Politics, Porn, Crime and Other.
const (
	LabelNormal    Label = 100
	LabelAdvert    Label = 10001
	LabelPolitics  Label = 20001
	LabelPorn      Label = 20002
	LabelAbuse     Label = 20003
	LabelCrime     Label = 20006
	LabelFraud     Label = 20008
	LabelVulgar    Label = 20012
	LabelCopyright Label = 20013
	LabelOther     Label = 21000
)

// String is the label's Chinese name.
func (l Label) String() string { return security.CheckLabel(l).String() }

// Verdict is what WeChat says of a text or a picture.
type Verdict struct {
	Suggest Suggest
	Label   Label
	Details []Detail // may name other labels than the whole
	TraceID string
}

// Detail is what one of WeChat's ways of looking says.
type Detail struct {
	Strategy string // content_model, keyword
	Suggest  Suggest
	Label    Label
	Prob     int    // how sure, of 100
	Keyword  string `json:"-"` // the word of our own list that was hit
}

var (
	errTextEmpty = &model.Error{Kind: model.Invalid, Code: "wechat.text_empty", Field: "content"}
	errTextLong  = &model.Error{Kind: model.Invalid, Code: "wechat.text_long", Field: "content",
		Args: map[string]any{"most": longestText}}
	errMediaURL = &model.Error{Kind: model.Invalid, Code: "wechat.media_address", Field: "media"}
)

// CheckText asks what WeChat thinks of a text.
func (d *Door) CheckText(ctx context.Context, t Text) (Verdict, error) {
	if err := t.check(); err != nil {
		return Verdict{}, err
	}
	var answer security.MsgCheckResponse
	err := d.authorized(ctx, APICheckText, func(ctx context.Context) (err error) {
		answer, err = d.security.MsgCheckContext(ctx, &security.MsgCheckRequest{
			OpenID: t.OpenID, Scene: security.MsgScene(t.Scene),
			Content: t.Content, Title: t.Title, Nickname: t.Nickname,
		})
		if err == nil && answer.Result.Suggest == "" {
			err = errIncomplete
		}
		return err
	})
	if err != nil {
		return Verdict{}, err
	}
	return verdictOf(&answer), nil
}

func (t Text) check() error {
	switch n := utf8.RuneCountInString(t.Content); {
	case t.OpenID == "":
		return errPersonUnknown
	case n == 0:
		return errTextEmpty
	case n > longestText:
		return errTextLong
	}
	return t.Scene.check()
}

func (s Scene) check() error { return wants(s >= SceneProfile && s <= SceneLog, errSceneUnusable) }

// verdictOf leaves out the details that WeChat itself calls void.
func verdictOf(a *security.MsgCheckResponse) Verdict {
	v := Verdict{Suggest: Suggest(a.Result.Suggest), Label: Label(a.Result.Label), TraceID: a.TraceID}
	for _, one := range a.Detail {
		if one.ErrCode == 0 {
			v.Details = append(v.Details,
				Detail{one.Strategy, Suggest(one.Suggest), Label(one.Label), int(one.Prob), one.Keyword})
		}
	}
	return v
}

// MediaKind is sound or picture.
type MediaKind uint8

// The kinds of media.
const (
	Audio MediaKind = 1 + iota
	Image
)

// Media is a file that a resident sent, 10 MB at most.
type Media struct {
	URL    string `json:"-"` // where WeChat can fetch it
	Kind   MediaKind
	OpenID string `json:"-"`
	Scene  Scene
}

// LogValue keeps person and address out of a log.
func (m Media) LogValue() slog.Value { return slog.StringValue("a picture or sound") }

// CheckMedia hands a file to WeChat. The event MediaChecked with the same trace
// id answers within half an hour.
func (d *Door) CheckMedia(ctx context.Context, m Media) (traceID string, err error) {
	if err := m.check(); err != nil {
		return "", err
	}
	err = d.authorized(ctx, APICheckMedia, func(ctx context.Context) (err error) {
		traceID, err = d.security.MediaCheckAsyncContext(ctx, &security.MediaCheckAsyncRequest{
			MediaURL: m.URL, MediaType: uint8(m.Kind), OpenID: m.OpenID, Scene: uint8(m.Scene),
		})
		if err == nil && traceID == "" {
			err = errIncomplete
		}
		return err
	})
	return traceID, err
}

func (m Media) check() error {
	u, err := url.Parse(m.URL)
	switch {
	case m.OpenID == "":
		return errPersonUnknown
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return errMediaURL
	case m.Kind != Audio && m.Kind != Image:
		return errField.With("media", nil)
	}
	return m.Scene.check()
}
