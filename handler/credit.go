package handler

import (
	"context"
	"time"

	"yuandu/service/credit"
)

// CreditPage is what the resident allows us to send through WeChat.
type CreditPage struct {
	Items []Credit   `json:"items" doc:"各类提醒；还没有设置微信模板的不在里面"`
	Muted bool       `json:"muted" doc:"居民关掉了全部微信提醒：这时不要请他同意"`
	Calls [][]string `json:"calls" doc:"现在适合请居民同意的微信模板编号，一组用一次 wx.requestSubscribeMessage；空则先不要打扰"`
}

// Credit is how the resident stands with one sort of message.
type Credit struct {
	Purpose  string `json:"purpose" enum:"change,digest" doc:"哪一类：有变动就提醒，或定期汇总"`
	Name     string `json:"name" doc:"这类提醒的名称"`
	Template string `json:"template" doc:"微信模板编号，交给 wx.requestSubscribeMessage"`
	Long     bool   `json:"long" doc:"是不是长期订阅的模板；长期的和一次性的不能同时请求"`
	Left     int    `json:"left" doc:"还能提醒几次；长期的为 0"`
	Lasting  bool   `json:"lasting" doc:"已经长期同意，不用再点"`
	Refused  bool   `json:"refused" doc:"上次没有同意，或在微信的设置里关掉了"`
	Banned   bool   `json:"banned" doc:"微信停用了这个模板"`
	Says     string `json:"says" doc:"给居民看的一句话"`
	Ask      bool   `json:"ask" doc:"现在适合主动请居民同意；居民自己来点，随时可以"`
}

// CreditReportIn is what wx.requestSubscribeMessage said.
type CreditReportIn struct {
	Keyed
	Body struct {
		Results []CreditResult `json:"results" minItems:"1" maxItems:"5" doc:"一次 wx.requestSubscribeMessage 的结果，每个模板一项"`
		Ago     int            `json:"ago,omitempty" minimum:"0" maximum:"86400" doc:"点的时候到现在多少秒；当时没有网、过后才报的要写"`
	}
}

// CreditResult is what it said of one template.
type CreditResult struct {
	Template string `json:"template" minLength:"1" maxLength:"100" doc:"微信模板编号"`
	Says     string `json:"says" minLength:"1" maxLength:"40" doc:"微信给的结果：accept、acceptWithAudio、reject、ban、filter 等"`
}

func (h *handler) listCredits(ctx context.Context, _ *struct{}) (*Private[CreditPage], error) {
	standings, err := h.Credit.Standings(ctx, who(ctx).Actor.ID)
	if err != nil {
		return nil, err
	}
	muted, err := h.Credit.IsMuted(ctx, who(ctx).Actor.ID)
	return private(CreditPage{converted(standings, showCredit), muted, credit.Calls(standings)}), err
}

func (h *handler) reportCredits(ctx context.Context, in *CreditReportIn) (*Private[CreditPage], error) {
	results := converted(in.Body.Results, func(r CreditResult) credit.Result { return credit.Result(r) })
	if err := h.Credit.Report(ctx, who(ctx).Actor.ID, results, time.Duration(in.Body.Ago)*time.Second); err != nil {
		return nil, err
	}
	return h.listCredits(ctx, nil)
}

func showCredit(s credit.Standing) Credit {
	shown := Credit{Purpose: string(s.Template.Purpose), Name: say(credit.PurposeName(s.Template.Purpose), nil), Template: s.WeChatID, Long: s.Long,
		Refused: s.IsRefused(), Banned: s.IsBanned(), Says: creditSays(s), Ask: s.MayAsk}
	if s.IsHeld() {
		shown.Left, shown.Lasting = s.Left, s.Lasting
	}
	return shown
}

// creditSays says in one sentence what will come, and what a tap does.
func creditSays(s credit.Standing) string {
	left := map[string]any{"left": s.Left}
	switch {
	case s.IsOff():
		return say("credit.off", nil)
	case s.IsBanned():
		return say("credit.banned", nil)
	case s.IsHeld() && s.Lasting:
		return say("credit.lasting", nil)
	case s.IsHeld() && s.IsRefused():
		return say("credit.refused_left", left)
	case s.IsHeld():
		return say("credit.left", left)
	case s.IsRefused():
		return say("credit.refused", nil)
	case s.Long:
		return say("credit.long", nil)
	}
	return say("credit.none", nil)
}
