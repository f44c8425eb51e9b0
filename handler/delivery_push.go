package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/push"
)

// FailingPage lists what failed of late.
type FailingPage struct {
	Items    []FailingItem `json:"items" doc:"近 30 天各次推送里失败的、不知道结果的，最新的在前"`
	MaySteer bool          `json:"may_steer" doc:"您能不能重发"`
}

// FailingItem is messages of one announcement that ended badly in one way.
type FailingItem struct {
	Of AnnouncementItem `json:"of" doc:"哪次推送"`
	OutcomeItem
}

func (h *handler) listFailing(ctx context.Context, _ *struct{}) (*Private[FailingPage], error) {
	list, err := h.Delivery.Failing(ctx, by(ctx))
	return private(FailingPage{converted(list, func(f push.Failing) FailingItem {
		return FailingItem{announcementItem(f.Of, nil), h.outcomeItem(f.DeliveryOutcome, &f.Of.Announcement, false)}
	}), by(ctx).May(model.ActSteerPush)}), err
}

// GateItem is what keeps messages back.
type GateItem struct {
	Purpose model.Purpose `json:"purpose" doc:"哪种用处的消息：change 变动，digest 汇总；空着是全部"`
	Why     model.Reason  `json:"why" doc:"为什么：paused 有人暂停，template、page、banned、app 要人处理，quota、token、away、passing 自己会好"`
	Number  int64         `json:"number" doc:"微信给的错误码，没有为 0"`
	Says    string        `json:"says" doc:"错误码是什么意思，没有为空"`
	Since   time.Time     `json:"since" doc:"从何时起"`
	Until   *time.Time    `json:"shut_until" doc:"何时自己恢复；要人恢复的为空"`
	By      *DeskPerson   `json:"by" doc:"谁暂停的；系统停的为空"`
	Reason  string        `json:"reason" doc:"暂停的人写的原因"`
}

func gateItem(g model.Gate, names map[string]string) GateItem {
	item := GateItem{Purpose: g.Template, Why: g.Why, Number: g.Code, Since: g.Since, Until: unlessZero(g.Until), By: personOf(g.StaffID, names), Reason: g.Reason}
	if meant := push.Meant(g.Code); meant != nil {
		item.Says = say(meant.Code, meant.Args)
	}
	return item
}

// Traffic is what keeps messages back, and how fast they go.
type Traffic struct {
	Gates    []GateItem    `json:"gates" doc:"现在是什么拦着消息"`
	Most     int           `json:"most" doc:"一秒最多发多少条，0 是不限"`
	OfOne    int           `json:"of_one" doc:"一种用处一秒最多多少条，0 是不限"`
	Of       []TrafficItem `json:"of" doc:"各种用处"`
	MaySteer bool          `json:"may_steer" doc:"您能不能暂停、恢复"`
}

// TrafficItem is the traffic of one purpose.
type TrafficItem struct {
	Purpose model.Purpose `json:"purpose" doc:"哪种用处的消息：change 变动，digest 汇总"`
	Name    string        `json:"name" doc:"用处的名称"`
	Asked   int           `json:"asked" doc:"最近一分钟请微信发了多少条"`
	Sent    int           `json:"sent" doc:"其中微信收下的"`
	Due     int           `json:"due" doc:"到了时间、等着发的"`
	Later   int           `json:"later" doc:"还没有到时间的"`
	Takes   int           `json:"takes_seconds" doc:"到了时间的按最快速度还要几秒，0 是说不准或没有"`
}

func (h *handler) getTraffic(ctx context.Context, _ *struct{}) (*Private[Traffic], error) {
	t, err := h.Delivery.Traffic(ctx, by(ctx))
	if err != nil {
		return nil, err
	}
	names, err := h.Publication.Names(ctx, converted(t.Gates, func(g model.Gate) string { return g.StaffID }))
	return private(Traffic{Most: t.Most, OfOne: t.OfOne, MaySteer: by(ctx).May(model.ActSteerPush),
		Gates: converted(t.Gates, func(g model.Gate) GateItem { return gateItem(g, names) }),
		Of: converted(t.Of, func(p push.TrafficOf) TrafficItem {
			return TrafficItem{p.Purpose, say("push.purpose."+string(p.Purpose), nil), p.Asked, p.Sent, p.Due, p.Later, int(p.Takes.Seconds())}
		})}), err
}

// PausePushIn keeps messages back.
type PausePushIn struct {
	Keyed
	Body struct {
		Purpose model.Purpose `json:"purpose,omitempty" enum:"change,digest" doc:"哪种用处的消息；不填是全部"`
		Reason  string        `json:"reason" maxLength:"400" doc:"为什么暂停，2 到 200 个字"`
	}
}

func (h *handler) pausePush(ctx context.Context, in *PausePushIn) (*Private[Traffic], error) {
	if err := h.Delivery.Pause(ctx, by(ctx), in.Body.Purpose, in.Body.Reason); err != nil {
		return nil, err
	}
	return h.getTraffic(ctx, nil)
}

// OpenPushIn lets messages go again.
type OpenPushIn struct {
	Keyed
	Body struct {
		Purpose model.Purpose `json:"purpose,omitempty" enum:"change,digest" doc:"哪种用处的消息；不填是拦着全部的那一道"`
	}
}

func (h *handler) openPush(ctx context.Context, in *OpenPushIn) (*Private[Traffic], error) {
	if err := h.Delivery.Open(ctx, by(ctx), in.Body.Purpose); err != nil {
		return nil, err
	}
	return h.getTraffic(ctx, nil)
}

// CreditHealthPage is how far residents let messages reach them.
type CreditHealthPage struct {
	Items []CreditHealth `json:"items" doc:"各种用处；只有数，没有人"`
}

// CreditHealth is that of one purpose.
type CreditHealth struct {
	Purpose model.Purpose `json:"purpose" doc:"哪种用处的消息：change 变动，digest 汇总"`
	Name    string        `json:"name" doc:"用处的名称"`
	Holders int           `json:"holders" doc:"多少居民至少还能提醒一次"`
	Wanting int           `json:"wanting" doc:"多少居民订阅了要这样提醒的内容，却一次也没有"`
	Held    []int         `json:"held" doc:"还有 0 次、1 次、2 次、3 次和更多的各有多少居民"`
	Lasting int           `json:"lasting" doc:"同意了长期提醒的居民"`
	Days    []CreditDay   `json:"days" doc:"近 30 天，早的在前"`
}

// CreditDay is what residents answered, and what became of messages, on one day.
type CreditDay struct {
	Day      model.Day `json:"day" doc:"哪一天"`
	Granted  int       `json:"granted" doc:"居民点了多少次同意"`
	Declined int       `json:"declined" doc:"居民拒绝了多少次"`
	Sent     int       `json:"sent" doc:"用掉的次数：这天开始的推送发出的消息"`
	Refused  int       `json:"refused" doc:"微信说没有同意的，次数清零"`
	None     int       `json:"none" doc:"没有次数、没有发的"`
}

func (h *handler) pushCredits(ctx context.Context, _ *struct{}) (*Private[CreditHealthPage], error) {
	list, err := h.Delivery.Credits(ctx, by(ctx))
	return private(CreditHealthPage{converted(list, func(c push.CreditHealth) CreditHealth {
		return CreditHealth{c.Purpose, say("push.purpose."+string(c.Purpose), nil), c.Holders(), c.Wanting, c.Held[:], c.Lasting,
			converted(c.Days, func(d push.CreditDay) CreditDay {
				return CreditDay{d.Day, d.Granted, d.Declined, d.Sent, d.Refused, d.NoneOfThem}
			})}
	})}), err
}
