package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/follow"
)

// FollowQuery asks for what the resident follows.
type FollowQuery struct {
	Limit  int `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset int `query:"offset" minimum:"0" maximum:"2000" default:"0" doc:"跳过条数"`
}

// FollowPage is a part of what the resident follows.
type FollowPage struct {
	Items []Follow `json:"items" doc:"这一页，新订阅的在前"`
	Total int      `json:"total" doc:"一共多少项"`
}

// Follow is something that the resident follows.
type Follow struct {
	Kind       string    `json:"kind" enum:"topic,department,policy" doc:"专题、部门或政策文件"`
	Key        string    `json:"key" doc:"它的编号"`
	Name       string    `json:"name" doc:"名称或标题；已经没有的，是订阅时的"`
	FollowedAt time.Time `json:"followed_at" doc:"何时订阅"`
	Gone       string    `json:"gone" doc:"已经没有时，一句说明；还在为空"`
}

// FollowIn is a change of one follow.
type FollowIn struct {
	Keyed
	Kind string `path:"kind" enum:"topic,department,policy" doc:"专题、部门或政策文件"`
	Of   string `path:"key" maxLength:"40" doc:"它的编号"`
}

func (in *FollowIn) thing() follow.Thing { return follow.Thing{Kind: model.Kind(in.Kind), ID: in.Of} }

func (h *handler) listFollows(ctx context.Context, in *FollowQuery) (*Private[FollowPage], error) {
	list, total, err := h.Follow.Follows(ctx, who(ctx).Actor.ID, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return private(FollowPage{converted(list, func(f model.Follow) Follow {
		return Follow{string(f.Kind), f.Key, f.Name, f.FollowedAt, goneOf(f.Kind, f.Loss)}
	}), total}), nil
}

func (h *handler) follow(ctx context.Context, in *FollowIn) (*Private[Marks], error) {
	return marks(h.Follow.Follow(ctx, who(ctx).Actor.ID, in.thing()))
}

func (h *handler) unfollow(ctx context.Context, in *FollowIn) (*Private[Marks], error) {
	return marks(h.Follow.Unfollow(ctx, who(ctx).Actor.ID, in.thing()))
}
