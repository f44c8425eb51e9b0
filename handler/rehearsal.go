package handler

import (
	"context"

	"yuandu/model"
	"yuandu/service/publication"
	"yuandu/service/push"
)

// Reach is how many people a change would reach, and how.
type Reach struct {
	People   int `json:"people" doc:"会告诉多少人，每人只算一次；“消息”里都有"`
	Now      int `json:"now" doc:"其中马上收到微信提醒的"`
	Quiet    int `json:"quiet" doc:"此刻免打扰、过后再收到微信提醒的"`
	NoCredit int `json:"no_credit" doc:"没有提醒次数、只在“消息”里看到的"`
	Muted    int `json:"muted" doc:"关掉了微信提醒、只在“消息”里看到的"`
	Full     int `json:"full" doc:"今天的提醒已经够多、并入下一次汇总的"`
	Daily    int `json:"daily" doc:"并入每日汇总的"`
	Weekly   int `json:"weekly" doc:"并入每周汇总的"`
	Seconds  int `json:"seconds" doc:"没有别的消息在排队时，马上发的多少秒能发完"`
}

func showReach(r push.Reach) Reach { return Reach(r) }

func (d *desk[C]) rehearse(ctx context.Context, in *DeskID) (*Private[Reach], error) {
	r, err := d.h.Publication.Rehearse(ctx, by(ctx), d.kind, in.ID)
	if err != nil {
		return nil, err
	}
	return d.h.reach(ctx, r)
}

func (h *handler) reach(ctx context.Context, r *publication.Rehearsed) (*Private[Reach], error) {
	reach, err := h.Rehearsal.Of(ctx, r.Touches, r.Policy)
	return private(showReach(reach)), err
}

// DryRunIn names a public policy, and what would be told of it.
type DryRunIn struct {
	Document string               `query:"document" required:"true" maxLength:"40" doc:"哪份公开的政策文件"`
	What     model.PublicationAct `query:"what" enum:"published,corrected" default:"published" doc:"当作发生了什么：published 新发布，corrected 有更正"`
}

func (h *handler) dryRun(ctx context.Context, in *DryRunIn) (*Private[Reach], error) {
	r, err := h.Publication.RehearseAgain(ctx, in.Document, in.What)
	if err != nil {
		return nil, err
	}
	return h.reach(ctx, r)
}
