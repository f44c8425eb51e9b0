// Package wechat is the only door to WeChat: it signs residents in, sends them
// the messages they asked for, has texts and pictures checked, makes codes and
// links that lead into the mini program, and hears what WeChat has to tell.
package wechat

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/silenceper/wechat/v2/miniprogram/auth"
	"github.com/silenceper/wechat/v2/miniprogram/config"
	mini "github.com/silenceper/wechat/v2/miniprogram/context"
	"github.com/silenceper/wechat/v2/miniprogram/security"
	"golang.org/x/sync/singleflight"

	"yuandu/model"
)

// Config is what WeChat's console (公众平台) knows of the mini program.
type Config struct {
	AppID     string
	Secret    string
	PushToken string        // of the push address; "" hears nothing
	PushKey   string        // EncodingAESKey, 43 characters; "" is the plain mode
	Base      string        // "" is https://api.weixin.qq.com; a path in it is kept
	Timeout   time.Duration // of one request; 0 is six seconds
}

// String names the mini program and nothing that is secret.
func (c Config) String() string { return "wechat " + c.AppID }

// Shared is what the processes of the house share: the access token and what
// was heard already. One that is away costs requests, never an answer.
type Shared interface {
	Get(ctx context.Context, key string) (value []byte, found bool, err error)
	Set(ctx context.Context, key string, value []byte, ttl time.Duration) error
	Delete(ctx context.Context, key string) error
	// Lock takes key unless somebody holds it, and does not wait. unlock is
	// never nil where ok is true.
	Lock(ctx context.Context, key string, ttl time.Duration) (unlock func(), ok bool, err error)
}

// Door leads to one mini program. It may be used by many at once.
type Door struct {
	config   Config
	base     *url.URL
	pathways http.RoundTripper
	shared   Shared
	clock    model.Clock

	auth     *auth.Auth
	security *security.Security

	renewing singleflight.Group
	mu       sync.Mutex
	own      ownToken // where Shared is away
	read     ownToken // of Shared, a moment ago
}

// String keeps the secrets out of whatever prints a door.
func (d *Door) String() string { return d.config.String() }

// Mistakes of the configuration. None quotes what it is about.
var (
	errAppMissing = errors.New("open wechat: the AppID and its secret are needed")
	errPushKey    = errors.New("open wechat: the push key (EncodingAESKey) has 43 letters and digits")
	errBase       = errors.New("open wechat: the address must look like https://api.weixin.qq.com")
)

// Open makes a door. It asks WeChat nothing yet: a house without WeChat stands.
func Open(c Config, shared Shared, clock model.Clock) (*Door, error) {
	c.Base = cmp.Or(c.Base, "https://"+host)
	c.Timeout = cmp.Or(c.Timeout, 6*time.Second)
	base, err := url.Parse(strings.TrimSuffix(c.Base, "/"))
	switch {
	case c.AppID == "" || c.Secret == "":
		return nil, errAppMissing
	case c.PushKey != "" && !isPushKey(c.PushKey):
		return nil, errPushKey
	case err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "",
		base.User != nil || base.RawQuery+base.Fragment != "":
		return nil, errBase
	}
	kit := &mini.Context{
		Config:                   &config.Config{AppID: c.AppID, AppSecret: c.Secret},
		AccessTokenContextHandle: carried{},
	}
	return &Door{
		config: c, base: base, pathways: newPathways(), shared: shared, clock: clock,
		auth: auth.NewAuth(kit), security: security.NewSecurity(kit),
	}, nil
}

func isPushKey(key string) bool {
	raw, err := base64.StdEncoding.DecodeString(key + "=")
	return err == nil && len(key) == 43 && len(raw) == 32
}

// key names what the processes share about this mini program.
func (d *Door) key(parts ...string) string {
	return "wechat:" + d.config.AppID + ":" + strings.Join(parts, ":")
}
