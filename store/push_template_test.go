package store_test

import (
	"errors"
	"testing"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/storetest"
)

func TestAPurposeHasOneTemplateAndTheSlowerOfTwoIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store, _ *storetest.Clock) {
		keep := func(p *model.PushTemplate) error {
			return s.InTx(ctx, func(tx *store.Tx) error { return tx.KeepPushTemplate(ctx, p) })
		}
		if none, err := s.PushTemplate(ctx, model.ForChange); none != nil || err != nil {
			t.Fatalf("%v, %v", none, err)
		}
		first := model.PushTemplate{Purpose: model.ForChange, WeChatID: "zwFirst0", Title: "政策更新提醒", Long: true, UpdatedBy: "01STAFF",
			Fields: []model.PushField{{Key: "thing1", Label: "名称", Source: model.SourceTitle}, {Key: "thing2", Label: "提示", Source: model.SourceFixed, Text: "点开"}}}
		second := first
		if err := keep(&first); err != nil || first.Version != 1 {
			t.Fatalf("%v, %v", first, err)
		}
		if err := keep(&second); !errors.Is(err, model.ErrStale) {
			t.Errorf("two set it up at once: %v", err)
		}
		first.Long, first.Title = false, "通知"
		if err := keep(&first); err != nil || first.Version != 2 {
			t.Errorf("%v, %v", first, err)
		}
		kept, err := s.PushTemplate(ctx, model.ForChange)
		if err != nil || kept.Title != "通知" || kept.Long || kept.Version != 2 || kept.UpdatedBy != "01STAFF" || kept.Fields[1] != first.Fields[1] || kept.UpdatedAt.IsZero() {
			t.Errorf("%+v, %v", kept, err)
		}
		if list, err := s.PushTemplates(ctx); err != nil || len(list) != 1 {
			t.Errorf("%v, %v", list, err)
		}
	})
}
