package push

import (
	"context"

	"yuandu/model"
	"yuandu/store"
	"yuandu/wechat"
)

// PurposeOf says what one of WeChat's templates is for, "" where it is none of
// ours.
type PurposeOf func(ctx context.Context, wechatID string) (model.Purpose, error)

// Confirmer hears from WeChat what became of messages that it took.
type Confirmer struct {
	store   *store.Store
	purpose PurposeOf
}

// NewConfirmer makes one.
func NewConfirmer(s *store.Store, purpose PurposeOf) *Confirmer { return &Confirmer{s, purpose} }

// Hear is a Listener. What it hears may come before the answer to the call, twice,
// and without the message's id.
func (c *Confirmer) Hear(ctx context.Context, e wechat.Event) error {
	sent, ok := e.(wechat.Sent)
	if !ok {
		return nil
	}
	purpose, err := c.purpose(ctx, sent.Template)
	if err != nil || purpose == "" {
		return err
	}
	resident, err := c.store.ResidentByOpenID(ctx, sent.OpenID)
	if err != nil || resident == nil {
		return err
	}
	return c.store.InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.Confirm(ctx, store.Confirmed{ResidentID: resident.ID, Template: purpose, MsgID: sent.MsgID, At: sent.At, Failed: int64(sent.Number)})
		return err
	})
}
