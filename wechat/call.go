package wechat

import (
	"context"
	"errors"

	"github.com/silenceper/wechat/v2/util"
)

// asking makes one request. Its error is the library's own and goes no further
// than to judge.
type asking func(ctx context.Context) error

// once makes a request that carries token, under a deadline.
func (d *Door) once(ctx context.Context, at API, token string, ask asking) error {
	limited, cancel := context.WithTimeout(ctx, d.config.Timeout)
	defer cancel()
	v := &visit{door: d, token: token}
	err := ask(context.WithValue(limited, visitKey{}, v))
	if err == nil {
		return nil
	}
	var said *util.CommonError
	if errors.As(err, &said) && said.ErrCode != 0 {
		return refused(at, said.ErrCode, said.ErrMsg)
	}
	return lost(at, ctx.Err(), v.left.Load())
}

// authorized makes a request with the token. Where WeChat calls the token dead
// it did nothing: the request is made again, once, with a new one.
func (d *Door) authorized(ctx context.Context, at API, ask asking) error {
	token, err := d.token(ctx)
	if err != nil {
		return err
	}
	err = d.once(ctx, at, token, ask)
	if !isDeadToken(err) {
		return err
	}
	fresh, failed := d.renew(ctx, token)
	switch {
	case isDeadToken(failed): // no other is to be had: what WeChat said stands
		return err
	case failed != nil:
		return failed
	}
	return d.once(ctx, at, fresh, ask)
}

// post is a request that the library has no function for that keeps the number
// of the error and the context. answer is a pointer to a struct that embeds
// util.CommonError.
func (d *Door) post(ctx context.Context, at API, body, answer any) error {
	return d.authorized(ctx, at, func(ctx context.Context) error {
		raw, err := util.PostJSONContext(ctx, addressOf(ctx, at), body)
		if err != nil {
			return err
		}
		return util.DecodeWithError(raw, answer, string(at))
	})
}

func addressOf(ctx context.Context, at API) string {
	return "https://" + host + string(at) + "?access_token=" + visitOf(ctx).token
}

// said makes an error of the number in an answer whose error the library turned
// into a text.
func said(answer util.CommonError, err error) error {
	if answer.ErrCode != 0 {
		return &answer
	}
	return err
}

var errIncomplete = errors.New("an answer without what was asked for")
