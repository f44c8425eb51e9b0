package wechat

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/silenceper/wechat/v2/util"
)

// host is where the library means to go.
const host = "api.weixin.qq.com"

// largestAnswer is what is read of an answer: a code image has 1280 pixels a
// side at most.
const largestAnswer = 4 << 20

// visit is one request on its way: the door it leaves by, the token it carries
// and whether WeChat can have got it.
type visit struct {
	door  *Door
	token string
	left  atomic.Bool
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

// The functions of the library take no client, only its package has one. This
// one sends each request through the door that the context carries, so several
// doors can stand in one process.
func init() {
	util.DefaultHTTPClient = &http.Client{
		Transport: pathways{},
		// A redirect would carry the secret in the address to somebody else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

type pathways struct{}

var errNoDoor = errors.New("a request to wechat that left by no door")

// RoundTrip sends a request to the place that the door was opened for.
func (pathways) RoundTrip(r *http.Request) (*http.Response, error) {
	v := visitOf(r.Context())
	if v == nil || r.URL.Host != host {
		return nil, errNoDoor
	}
	trace := &httptrace.ClientTrace{WroteHeaders: func() { v.left.Store(true) }}
	r = r.Clone(httptrace.WithClientTrace(r.Context(), trace))
	r.URL.Scheme, r.URL.Host, r.Host = v.door.base.Scheme, v.door.base.Host, v.door.base.Host
	r.URL.Path = v.door.base.Path + r.URL.Path
	answer, err := v.door.pathways.RoundTrip(r)
	if err == nil {
		answer.Body = http.MaxBytesReader(nil, answer.Body, largestAnswer)
	}
	return answer, err
}

// newPathways are the connections of a door: many calls to one host.
func newPathways() http.RoundTripper {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 3 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          128,
		MaxIdleConnsPerHost:   128,
		IdleConnTimeout:       60 * time.Second,
		TLSHandshakeTimeout:   3 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}

// carried answers the library's question for a token with the one that the
// visit carries.
type carried struct{}

func (carried) GetAccessToken() (string, error) { return "", errNoDoor }

func (carried) GetAccessTokenContext(ctx context.Context) (string, error) {
	if v := visitOf(ctx); v != nil {
		return v.token, nil
	}
	return "", errNoDoor
}
