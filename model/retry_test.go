package model_test

import (
	"errors"
	"testing"
	"time"

	"yuandu/model"
)

func TestOnlyWhatSurelyWasNotSentIsTriedAgain(t *testing.T) {
	needs := map[model.DeliveryState]model.RetryNeed{model.DeliveryNoCredit: model.RetryWithCredit, model.DeliveryRefused: model.RetryWithCredit,
		model.DeliveryFailed: model.RetryFreely}
	for _, state := range model.DeliveryStates() {
		want := model.RetryNever
		if need, ok := needs[state]; ok {
			want = need
		}
		if got := model.RetryOf(state, model.WhyOther); got != want {
			t.Errorf("%s: %s, want %s", state, got, want)
		}
	}
	for why, want := range map[model.Reason]model.RetryNeed{model.WhyText: model.RetryWithTemplate, model.WhyField: model.RetryWithTemplate,
		model.WhyPerson: model.RetryNever, model.WhyPassing: model.RetryFreely} {
		if got := model.RetryOf(model.DeliveryFailed, why); got != want {
			t.Errorf("failed (%s): %s, want %s", why, got, want)
		}
	}
}

func TestWhatWasWithdrawnIsOldOrStillRefusedIsNotTriedAgain(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, model.Shanghai)
	for _, c := range []struct {
		name   string
		of     model.Announcement
		why    model.Reason
		mended bool
		want   error
		needs  model.RetryNeed // as the console is told
	}{
		{"a passing failure of today", model.Announcement{Stage: model.StageTold, CreatedAt: now}, model.WhyPassing, false, nil, model.RetryFreely},
		{"of a document that was withdrawn", model.Announcement{Stage: model.StageStopped, CreatedAt: now}, model.WhyPassing, false, model.ErrRetryStopped, model.RetryNever},
		{"of last week", model.Announcement{Stage: model.StageTold, CreatedAt: now.Add(-8 * 24 * time.Hour)}, model.WhyPassing, false, model.ErrRetryOld, model.RetryNever},
		{"a text with the same template", model.Announcement{Stage: model.StageTold, CreatedAt: now}, model.WhyText, false, model.ErrRetryUnmended, model.RetryWithTemplate},
		{"a text with another template", model.Announcement{Stage: model.StageTold, CreatedAt: now}, model.WhyText, true, nil, model.RetryFreely},
		{"another failure beside a text that is refused", model.Announcement{Stage: model.StageTold, CreatedAt: now, Refused: model.WhyText}, model.WhyPassing, false, model.ErrRetryUnmended, model.RetryWithTemplate},
	} {
		if got := c.of.CheckRetry(model.DeliveryFailed, c.why, c.mended, now); !errors.Is(got, c.want) && got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if got := c.of.RetryNeed(model.DeliveryFailed, c.why, c.mended, now); got != c.needs {
			t.Errorf("%s needs %s, want %s", c.name, got, c.needs)
		}
	}
	if err := (&model.Announcement{CreatedAt: now}).CheckRetry(model.DeliverySent, "", true, now); !errors.Is(err, model.ErrRetryNever) {
		t.Errorf("one that was sent: %v", err)
	}
}
