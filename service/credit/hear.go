package credit

import (
	"context"

	"yuandu/model"
	"yuandu/store"
	"yuandu/wechat"
)

// Hear takes what WeChat tells of residents' answers: at the pop-up, and in the
// settings of the mini program. It is a push.Listener.
func (s *Service) Hear(ctx context.Context, e wechat.Event) error {
	switch e := e.(type) {
	case wechat.Popup:
		telling := model.CreditTelling{Answer: model.CreditRefused, Source: model.CreditFromPopup, Mark: e.Scene}
		if e.Accepted {
			telling.Answer = model.CreditAccepted
		}
		return s.tell(ctx, e.Origin, e.Template, telling)
	case wechat.Change:
		if e.Accepted { // WeChat tells refusals only; a setting allows no message, the next tap does
			return nil
		}
		telling := model.CreditTelling{Answer: model.CreditOff, Source: model.CreditFromSettings}
		return s.tell(ctx, e.Origin, e.Template, telling)
	}
	return nil
}

// tell keeps what WeChat tells of somebody. Who has no account here, and templates
// that are not ours, are passed over.
func (s *Service) tell(ctx context.Context, of wechat.Origin, template string, telling model.CreditTelling) error {
	templates, err := s.asked(ctx)
	if err != nil {
		return err
	}
	for _, t := range templates {
		if t.WeChatID != template {
			continue
		}
		resident, err := s.store.ResidentByOpenID(ctx, of.OpenID)
		if err != nil || resident == nil {
			return err
		}
		telling.Purpose, telling.Long, telling.At = t.Purpose, t.Long, of.At
		return s.store.InTx(ctx, func(tx *store.Tx) error {
			there, err := tx.TakeResident(ctx, resident.ID)
			if err != nil || !there {
				return err
			}
			return tx.TellCredit(ctx, resident.ID, telling)
		})
	}
	return nil
}
