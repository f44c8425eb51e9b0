package handler

import (
	"context"
	"time"

	"yuandu/model"
)

// TrialCode lets staff send one message to the phone on which it is read.
type TrialCode struct {
	Code  string    `json:"code" doc:"八位数字，只能用一次"`
	Until time.Time `json:"until" doc:"到什么时候有效"`
}

// TrialCodeIn asks for a code.
type TrialCodeIn struct{ Keyed }

func (h *handler) trialCode(ctx context.Context, _ *TrialCodeIn) (*Private[TrialCode], error) {
	c, err := h.Templates.Code(ctx, who(ctx).Actor.ID)
	if err != nil {
		return nil, err
	}
	return private(TrialCode(*c)), nil
}

// TryTemplateIn sends a message for trial.
type TryTemplateIn struct {
	Keyed
	PurposeIn
	Body struct {
		ExampleBody
		Code string `json:"code" maxLength:"20" doc:"手机上“关于”页面显示的八位数字"`
	}
}

// TrialResult is what WeChat said to it.
type TrialResult struct {
	Sent    bool          `json:"sent" doc:"微信收下了"`
	Says    string        `json:"says" doc:"微信的答复是什么意思，怎么办"`
	Number  int64         `json:"number" doc:"微信给的错误码，没有为 0"`
	Trimmed string        `json:"trimmed" doc:"微信第一次没有接受、改写后才收下的那一行的键"`
	Lines   []MessageLine `json:"lines" doc:"发出去的内容"`
}

func (h *handler) tryTemplate(ctx context.Context, in *TryTemplateIn) (*Private[TrialResult], error) {
	t, err := h.Templates.Try(ctx, by(ctx), in.Purpose, in.Body.Code, in.Body.example())
	if err != nil {
		return nil, err
	}
	result := TrialResult{Sent: t.Sent, Number: t.Number, Trimmed: t.Trimmed, Lines: messageLines(t.Lines)}
	switch {
	case t.Sent:
		result.Says = say("push_trial.sent", nil)
	case t.Unsure:
		result.Says = say("push_trial.unsure", nil)
	default:
		result.Says = trialSays(t.Why)
	}
	return private(result), nil
}

// trialSays tells staff what a refusal means; a message to oneself has reasons of
// its own.
func trialSays(why *model.Error) string {
	switch code := why.Code; code {
	case "wechat.no_credit":
		return say("push_trial.no_credit", nil)
	case "wechat.person_unknown":
		return say("push_trial.person_unknown", nil)
	case "wechat.field_malformed":
		return say("push_trial.field", map[string]any{"key": why.Field})
	case "wechat.page_unknown":
		return say("push_trial.page", nil)
	}
	return say(why.Code, why.Args)
}
