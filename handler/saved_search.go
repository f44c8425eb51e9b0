package handler

import (
	"context"
	"strconv"

	"yuandu/model"
	"yuandu/service/follow"
)

// SavedSearchQuery asks whether the resident follows what a list of policies shows.
type SavedSearchQuery struct {
	Q          string   `query:"q" maxLength:"10000" doc:"输入的词；超过 200 字的部分不看"`
	Department []string `query:"department,explode" maxItems:"20" doc:"部门编号，可重复；含下属部门"`
	Topic      []string `query:"topic,explode" maxItems:"20" doc:"专题编号，可重复"`
	Category   []string `query:"category,explode" maxItems:"20" doc:"文种，可重复"`
	Year       []int    `query:"year,explode" minimum:"1900" maximum:"2200" maxItems:"20" doc:"发布年份，可重复"`
	Validity   []string `query:"validity,explode" maxItems:"5" enum:"pending,in_force,amended,expired,repealed" doc:"有效性，可重复"`
}

func (q *SavedSearchQuery) filters() map[string][]string {
	years := make([]string, len(q.Year))
	for i, y := range q.Year {
		years[i] = strconv.Itoa(y)
	}
	return map[string][]string{model.ByDepartment: q.Department, model.ByTopic: q.Topic, model.ByCategory: q.Category,
		model.ByYear: years, model.ByValidity: q.Validity}
}

// SearchIn follows a search.
type SearchIn struct {
	Keyed
	Body SearchText
}

func (t *SearchText) filters() map[string][]string {
	return map[string][]string{model.ByDepartment: t.Department, model.ByTopic: t.Topic, model.ByCategory: t.Category,
		model.ByYear: t.Year, model.ByValidity: t.Validity}
}

func searchText(v *model.SavedSearch) *SearchText {
	return &SearchText{Text: v.Text, Department: v.Filters[model.ByDepartment], Topic: v.Filters[model.ByTopic],
		Category: v.Filters[model.ByCategory], Year: v.Filters[model.ByYear], Validity: v.Filters[model.ByValidity]}
}

// SavedSearch is a search as the resident follows it, or might.
type SavedSearch struct {
	Key      string     `json:"key" doc:"它的编号：在 /api/v1/me/follows/search/ 之后"`
	Name     string     `json:"name" doc:"名称，由词和筛选合成"`
	Search   SearchText `json:"search" doc:"订阅的是什么；词是按搜索所理解的"`
	Followed bool       `json:"followed" doc:"订阅了"`
}

func (h *handler) getSearch(ctx context.Context, in *SavedSearchQuery) (*Private[SavedSearch], error) {
	return savedSearch(h.Follow.Search(ctx, who(ctx).Actor.ID, in.Q, in.filters()))
}

func (h *handler) followSearch(ctx context.Context, in *SearchIn) (*Private[SavedSearch], error) {
	return savedSearch(h.Follow.FollowSearch(ctx, who(ctx).Actor.ID, in.Body.Text, in.Body.filters()))
}

func savedSearch(v follow.Saved, err error) (*Private[SavedSearch], error) {
	if err != nil {
		return nil, err
	}
	return private(SavedSearch{v.ID, v.Name, *searchText(&v.SavedSearch), v.Marks.Followed}), nil
}
