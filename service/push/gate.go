package push

import (
	"context"
	"errors"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/wechat"
)

// quotaAgain is how long after its quota was used up WeChat is asked for it again.
// At which hour a day begins there is not written anywhere.
const quotaAgain = 10 * time.Minute

// Look looks after what keeps messages back: it says so once, gives up calls that
// nobody hears, forgets how fast messages went some minutes ago, and asks WeChat
// whether a new quota has begun.
func (c *Courier) Look(ctx context.Context) error {
	if err := c.GiveUp(ctx); err != nil {
		return err
	}
	if err := c.store.ForgetWaves(ctx, c.clock.Now().Add(-2*traffickedFor)); err != nil {
		return err
	}
	gates, err := c.store.Gates(ctx)
	if err != nil {
		return err
	}
	c.sayShut(gates)
	for _, g := range gates {
		switch now := c.clock.Now(); {
		case g.StaffID != "" || g.Until.IsZero() || now.Before(g.Until):
		case g.Why == model.WhyQuota:
			err = errors.Join(err, c.askQuota(ctx, g))
		default:
			err = errors.Join(err, c.store.InTx(ctx, func(tx *store.Tx) error { return tx.OpenGate(ctx, g.Template) }))
		}
	}
	return err
}

// askQuota opens the gate where messages may be sent again.
func (c *Courier) askQuota(ctx context.Context, g model.Gate) error {
	quota, failed := c.sender.Quota(ctx, wechat.APISend)
	return c.store.InTx(ctx, func(tx *store.Tx) error {
		if failed == nil && quota.Remain > 0 {
			return tx.OpenGate(ctx, g.Template)
		}
		g.Until = c.clock.Now().Add(quotaAgain)
		return tx.ShutGate(ctx, g)
	})
}

// sayShut logs each gate that only a person can open, once.
func (c *Courier) sayShut(gates []model.Gate) {
	shut := map[model.Purpose]model.Reason{}
	for _, g := range gates {
		if !g.Until.IsZero() || g.StaffID != "" {
			continue
		}
		shut[g.Template] = g.Why
		if c.said[g.Template] != g.Why {
			c.log.Error("messages through WeChat are kept back until somebody opens them again", "template", g.Template, "why", g.Why, "code", g.Code)
		}
	}
	c.said = shut
}
