package wechat

import (
	"context"
	"strconv"
	"time"

	"github.com/silenceper/wechat/v2/credential"
	"github.com/silenceper/wechat/v2/util"

	"yuandu/model"
)

// WeChat's limits of a forced renewal.
const (
	forceEvery = 30 * time.Second
	forcesADay = 20
)

// earlier is how long before its end a token is asked for again: from then on
// WeChat answers with the next one while both are good.
const earlier = 5 * time.Minute

// askAgain is how often a process looks whether another has the token.
const askAgain = 50 * time.Millisecond

// granted is a token and how long it is good for from now, which needs no
// agreement about what time it is.
type granted struct {
	token string
	lasts time.Duration
}

// ownToken is what a process remembers by itself.
type ownToken struct {
	token string
	until time.Time
}

// recent is for how long a process believes what it read of Shared: a message takes
// a question less. A token that is dead by then is renewed as any other.
const recent = time.Second

// token is the one that all processes share.
func (d *Door) token(ctx context.Context) (string, error) {
	d.mu.Lock()
	t, read := d.read.token, d.read.until
	d.mu.Unlock()
	if d.clock.Now().Before(read) {
		return t, nil
	}
	if t, ok := d.kept(ctx); ok {
		return t, nil
	}
	return d.renew(ctx, "")
}

// renew answers with a token other than dead. Everybody who waits for one in
// this process gets the same answer.
func (d *Door) renew(ctx context.Context, dead string) (string, error) {
	if t, ok := d.kept(ctx); ok && t != dead {
		return t, nil
	}
	answer := d.renewing.DoChan(dead, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*d.config.Timeout)
		defer cancel()
		return d.renewAlone(ctx, dead)
	})
	select {
	case a := <-answer:
		t, _ := a.Val.(string)
		return t, a.Err
	case <-ctx.Done():
		return "", lost(APIToken, ctx.Err(), false)
	}
}

// renewAlone is in one process at a time; the others wait for what it finds.
func (d *Door) renewAlone(ctx context.Context, dead string) (string, error) {
	for {
		unlock, ok, err := d.shared.Lock(ctx, d.key("token"), 3*d.config.Timeout)
		if err != nil { // nobody to share with
			return d.replace(ctx, dead)
		}
		if ok {
			defer unlock()
			return d.replace(ctx, dead)
		}
		if t, ok := d.kept(ctx); ok && t != dead {
			return t, nil
		}
		select {
		case <-time.After(askAgain):
		case <-ctx.Done():
			return "", lost(APIToken, nil, false)
		}
	}
}

func (d *Door) replace(ctx context.Context, dead string) (string, error) {
	if t, ok := d.kept(ctx); ok && t != dead {
		return t, nil
	}
	g, err := d.fetch(ctx, false)
	if err == nil && g.token == dead {
		g, err = d.force(ctx)
	}
	if err != nil {
		d.forget(ctx)
		return "", err
	}
	d.keep(ctx, g)
	return g.token, nil
}

// force has WeChat make a new token although the old one is not over. It keeps
// to WeChat's limits by a book that all share; without the book it does not.
func (d *Door) force(ctx context.Context) (granted, error) {
	refusal := &Refusal{API: APIToken, About: AboutToken, Reason: errToken}
	lately, today := d.key("forced"), d.key("forced", string(model.Today(d.clock.Now())))
	_, found, err := d.shared.Get(ctx, lately)
	if found || err != nil {
		return granted{}, refusal
	}
	value, _, err := d.shared.Get(ctx, today)
	times, _ := strconv.Atoi(string(value))
	if times >= forcesADay || err != nil {
		return granted{}, refusal
	}
	if d.shared.Set(ctx, lately, []byte("1"), forceEvery) != nil ||
		d.shared.Set(ctx, today, []byte(strconv.Itoa(times+1)), 24*time.Hour) != nil {
		return granted{}, refusal
	}
	return d.fetch(ctx, true)
}

func (d *Door) fetch(ctx context.Context, force bool) (granted, error) {
	var answer credential.ResAccessToken
	err := d.once(ctx, APIToken, "", func(ctx context.Context) error {
		raw, err := util.PostJSONContext(ctx, "https://"+host+string(APIToken), map[string]any{
			"appid": d.config.AppID, "secret": d.config.Secret,
			"grant_type": "client_credential", "force_refresh": force,
		})
		if err == nil {
			err = util.DecodeWithError(raw, &answer, string(APIToken))
		}
		if err == nil && (answer.AccessToken == "" || answer.ExpiresIn <= 0) {
			err = errIncomplete
		}
		return err
	})
	return granted{answer.AccessToken, time.Duration(answer.ExpiresIn) * time.Second}, err
}

// kept is the token that was found before. A Shared that is away has none, and
// this process remembers its own.
func (d *Door) kept(ctx context.Context) (string, bool) {
	value, found, err := d.shared.Get(ctx, d.key("token"))
	d.mu.Lock()
	defer d.mu.Unlock()
	d.read = ownToken{}
	if err == nil && found && len(value) > 0 {
		d.read = ownToken{string(value), d.clock.Now().Add(recent)}
	}
	if err == nil {
		return d.read.token, d.read.token != ""
	}
	return d.own.token, d.own.token != "" && d.clock.Now().Before(d.own.until)
}

func (d *Door) keep(ctx context.Context, g granted) {
	ttl := max(g.lasts-earlier, g.lasts/2, time.Second)
	_ = d.shared.Set(ctx, d.key("token"), []byte(g.token), ttl)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.own, d.read = ownToken{g.token, d.clock.Now().Add(ttl)}, ownToken{}
}

func (d *Door) forget(ctx context.Context) {
	_ = d.shared.Delete(ctx, d.key("token"))
	d.mu.Lock()
	defer d.mu.Unlock()
	d.own, d.read = ownToken{}, ownToken{}
}
