package handler

import (
	"context"
	"maps"
	"slices"
)

// ResidentCounts are how many residents there are, in what state; never who.
type ResidentCounts struct {
	Total          int            `json:"total" doc:"现有居民账号"`
	SeenThisMonth  int            `json:"seen_this_month" doc:"一个月内来过"`
	WithPhone      int            `json:"with_phone" doc:"绑定了手机号"`
	Minors         int            `json:"minors" doc:"不满十四周岁，由监护人同意"`
	Withdrawn      int            `json:"withdrawn" doc:"撤回了同意"`
	Erased         int            `json:"erased" doc:"已注销"`
	Agreed         []AgreedToText `json:"agreed" doc:"各版本隐私政策的同意人数，新的在前"`
	CurrentVersion int64          `json:"current_version" doc:"现行隐私政策的版本，还没有发布时为 0"`
}

// AgreedToText is how many agreed to a version of the privacy text.
type AgreedToText struct {
	Version int64 `json:"version" doc:"版本"`
	Count   int   `json:"count" doc:"人数"`
}

func (h *handler) countResidents(ctx context.Context, _ *struct{}) (*Private[ResidentCounts], error) {
	c, err := h.Account.Counts(ctx, by(ctx))
	if err != nil {
		return nil, err
	}
	settings, err := h.City.Settings(ctx)
	if err != nil {
		return nil, err
	}
	shown := ResidentCounts{Total: c.Total, SeenThisMonth: c.SeenThisMonth, WithPhone: c.WithPhone, Minors: c.Minors,
		Withdrawn: c.Withdrawn, Erased: c.Erased, Agreed: []AgreedToText{}, CurrentVersion: settings.PrivacyVersion}
	for _, v := range slices.Backward(slices.Sorted(maps.Keys(c.Agreed))) {
		shown.Agreed = append(shown.Agreed, AgreedToText{v, c.Agreed[v]})
	}
	return private(shown), nil
}

// ErasureListIn asks for certificates of erasure.
type ErasureListIn struct {
	Limit  int `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少份"`
	Offset int `query:"offset" minimum:"0" maximum:"100000" doc:"从第几份起"`
}

// ErasurePage lists certificates of erasure.
type ErasurePage struct {
	Items []Erasure `json:"items" doc:"新的在前"`
}

func (h *handler) listErasures(ctx context.Context, in *ErasureListIn) (*Private[ErasurePage], error) {
	list, err := h.Account.Erasures(ctx, by(ctx), in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return private(ErasurePage{converted(list, h.erasure)}), nil
}
