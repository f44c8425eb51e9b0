// Package outside calls what lies outside of the house and is not WeChat.
package outside

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/hashicorp/golang-lru/v2/expirable"
)

// Reason is why an address leads nowhere.
type Reason string

// The reasons.
const (
	Gone        Reason = "gone"        // its site answers that there is no such page
	Unreachable Reason = "unreachable" // nobody answers
)

// Bounds of looking: a check must not keep an editor waiting, nor be a way to
// knock at many doors.
const (
	linksAtOnce   = 8
	mostLinks     = 100
	linkPatience  = 4 * time.Second
	mostRedirects = 5
	linksKept     = 10_000
	keptFor       = 30 * time.Minute
)

// Links looks whether addresses of the web lead anywhere. It never calls what is
// not on the public internet.
type Links struct {
	client *http.Client
	known  *expirable.LRU[string, Reason]
}

// NewLinks makes a Links.
func NewLinks() *Links { return linksBy(publicOnly) }

func linksBy(control func(network, address string, c syscall.RawConn) error) *Links {
	transport := &http.Transport{DialContext: (&net.Dialer{Timeout: linkPatience, Control: control}).DialContext,
		TLSHandshakeTimeout: linkPatience, ResponseHeaderTimeout: linkPatience, MaxIdleConnsPerHost: 1}
	follow := func(_ *http.Request, via []*http.Request) error {
		if len(via) >= mostRedirects {
			return http.ErrUseLastResponse
		}
		return nil
	}
	return &Links{&http.Client{Transport: transport, CheckRedirect: follow, Timeout: linkPatience},
		expirable.NewLRU[string, Reason](linksKept, nil, keptFor)}
}

var errNotPublic = errors.New("not an address of the public internet")

// publicOnly refuses to call what is inside of a network.
func publicOnly(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if ip := at.Addr().Unmap(); !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return errNotPublic
	}
	return nil
}

// Dead lists those of some addresses that lead nowhere, with the reason. What was
// looked at half an hour ago is not looked at again; what could not be looked at in
// time is not among them.
func (l *Links) Dead(ctx context.Context, addresses []string) map[string]Reason {
	ctx, cancel := context.WithTimeout(ctx, linkPatience)
	defer cancel()
	dead := map[string]Reason{}
	var mu sync.Mutex
	var all sync.WaitGroup
	turn := make(chan struct{}, linksAtOnce)
	for _, address := range addresses[:min(len(addresses), mostLinks)] {
		all.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			if reason := l.look(ctx, address); reason != "" {
				mu.Lock()
				defer mu.Unlock()
				dead[address] = reason
			}
		})
	}
	all.Wait()
	return dead
}

func (l *Links) look(ctx context.Context, address string) Reason {
	if reason, ok := l.known.Get(address); ok {
		return reason
	}
	reason := l.call(ctx, http.MethodHead, address)
	if reason == Gone { // some sites answer HEAD wrongly
		reason = l.call(ctx, http.MethodGet, address)
	}
	if ctx.Err() != nil {
		return ""
	}
	l.known.Add(address, reason)
	return reason
}

// call asks once. Whatever a site answers but that there is no such page is
// somebody who is there.
func (l *Links) call(ctx context.Context, method, address string) Reason {
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	r, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil || r.URL.Scheme != "http" && r.URL.Scheme != "https" {
		return ""
	}
	r.Header.Set("User-Agent", "yuandu-link-check")
	response, err := l.client.Do(r)
	switch {
	case errors.Is(err, errNotPublic):
		return "" // what stands only inside is found by its name
	case err != nil:
		return Unreachable
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotFound || response.StatusCode == http.StatusGone {
		return Gone
	}
	return ""
}
