package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

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
	Items  []Follow `json:"items" doc:"这一页，新订阅的在前"`
	Total  int      `json:"total" doc:"一共多少项"`
	Paused int      `json:"paused" doc:"其中暂停了多少项"`
}

// Follow is something that the resident follows.
type Follow struct {
	Kind       string      `json:"kind" doc:"哪一类：topic 专题、department 部门、policy 政策文件、search 搜索；以后还会有别的"`
	Key        string      `json:"key" doc:"它的编号"`
	Name       string      `json:"name" doc:"名称或标题；已经没有的，是订阅时的"`
	FollowedAt time.Time   `json:"followed_at" doc:"何时订阅"`
	Pace       string      `json:"pace" enum:"now,daily,weekly" doc:"多久告知一次：即时、每日汇总、每周汇总"`
	Paused     bool        `json:"paused" doc:"暂停了：恢复之前什么也不告知"`
	Search     *SearchText `json:"search" doc:"订阅的是搜索时，搜的是什么"`
	Gone       string      `json:"gone" doc:"已经没有时，一句说明；还在为空"`
}

// SearchText is what a saved search looks for.
type SearchText struct {
	Text       string   `json:"text,omitempty" maxLength:"200" doc:"搜的词；只用筛选时为空"`
	Department []string `json:"department,omitempty" maxItems:"20" doc:"部门编号，任一；含下属部门"`
	Topic      []string `json:"topic,omitempty" maxItems:"20" doc:"专题编号，任一"`
	Category   []string `json:"category,omitempty" maxItems:"20" doc:"文种，任一"`
	Year       []string `json:"year,omitempty" maxItems:"20" doc:"发布年份，任一"`
	Validity   []string `json:"validity,omitempty" maxItems:"5" enum:"pending,in_force,amended,expired,repealed" doc:"有效性，任一"`
}

// TransformSchema says that there may be none.
func (*SearchText) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema { return nullable(s) }

// FollowIn is a change of one follow.
type FollowIn struct {
	Keyed
	Kind string `path:"kind" maxLength:"20" doc:"哪一类：topic 专题、department 部门、policy 政策文件、search 搜索"`
	Of   string `path:"key" maxLength:"40" doc:"它的编号"`
}

func (in *FollowIn) thing() follow.Thing { return follow.Thing{Kind: model.Kind(in.Kind), ID: in.Of} }

// FollowEditIn changes how the resident is told of something.
type FollowEditIn struct {
	FollowIn
	Body struct {
		Pace   *string `json:"pace,omitempty" enum:"now,daily,weekly" doc:"多久告知一次；没有则不变"`
		Paused *bool   `json:"paused,omitempty" doc:"暂停还是恢复；没有则不变"`
	}
}

// PauseIn lets everything that the resident follows rest, or go on.
type PauseIn struct {
	Keyed
	Body struct {
		Paused bool `json:"paused" doc:"全部暂停，或全部恢复"`
	}
}

func (h *handler) listFollows(ctx context.Context, in *FollowQuery) (*Private[FollowPage], error) {
	list, n, err := h.Follow.Follows(ctx, who(ctx).Actor.ID, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return private(FollowPage{converted(list, followOf), n.Total, n.Paused}), nil
}

func followOf(f model.Follow) Follow {
	v := Follow{Kind: string(f.Kind), Key: f.Key, Name: f.Name, FollowedAt: f.FollowedAt, Pace: string(f.Pace), Paused: f.Paused,
		Gone: goneOf(f.Kind, f.Loss)}
	if f.Search != nil {
		v.Search = searchText(f.Search)
	}
	return v
}

func (h *handler) follow(ctx context.Context, in *FollowIn) (*Private[Marks], error) {
	return marks(h.Follow.Follow(ctx, who(ctx).Actor.ID, in.thing()))
}

func (h *handler) unfollow(ctx context.Context, in *FollowIn) (*Private[Marks], error) {
	return marks(h.Follow.Unfollow(ctx, who(ctx).Actor.ID, in.thing()))
}

func (h *handler) editFollow(ctx context.Context, in *FollowEditIn) (*Done, error) {
	edit := model.FollowEdit{Pace: (*model.Pace)(in.Body.Pace), Paused: in.Body.Paused}
	return done(), h.Follow.Edit(ctx, who(ctx).Actor.ID, in.thing(), edit)
}

func (h *handler) pauseFollows(ctx context.Context, in *PauseIn) (*Done, error) {
	return done(), h.Follow.PauseAll(ctx, who(ctx).Actor.ID, in.Body.Paused)
}
