package handler

import (
	"context"
	"errors"
	"time"

	"yuandu/model"
	"yuandu/service/policy"
)

// MergeSideItem is one of two policies that may be the same.
type MergeSideItem struct {
	ID             string      `json:"id" doc:"编号"`
	Version        int64       `json:"version" doc:"版本，合并掉它时放在 If-Match 里"`
	Public         bool        `json:"public" doc:"是否公开"`
	Stage          model.Stage `json:"stage" doc:"走到哪一步"`
	Title          string      `json:"title" doc:"标题"`
	DocNumber      string      `json:"doc_number" doc:"文号，没有时为空"`
	DepartmentID   string      `json:"department_id" doc:"归哪个部门管理，没有时为空"`
	DepartmentName string      `json:"department_name" doc:"部门的名称"`
	WrittenDate    model.Day   `json:"written_date" doc:"成文日期"`
	PublishedDate  model.Day   `json:"published_date" doc:"发布日期"`
	Start          string      `json:"start" doc:"正文的开头"`
	UpdatedAt      time.Time   `json:"updated_at" doc:"最近何时改动"`
}

func mergeSide(p model.PolicySide, departments map[string]string) MergeSideItem {
	return MergeSideItem{p.ID, p.Version, p.Public, p.Stage, p.Title, p.DocNumber, p.DepartmentID, departments[p.DepartmentID],
		p.WrittenDate, p.PublishedDate, p.Start, p.UpdatedAt}
}

// MergePreviewIn asks what a merge would do.
type MergePreviewIn struct {
	ID   string `path:"id" maxLength:"26" doc:"要并掉的一个"`
	Into string `query:"into" required:"true" minLength:"1" maxLength:"26" doc:"要保留的一个"`
}

// PolicyMerging is what merging two policies would do.
type PolicyMerging struct {
	From        MergeSideItem `json:"from" doc:"要并掉的一份"`
	Into        MergeSideItem `json:"into" doc:"要保留的一份"`
	Moving      PolicyMoving  `json:"moving" doc:"会转过去什么"`
	Attachments []Attachment  `json:"attachments" doc:"保留的一份没有的附件，可以选着带过去"`
	Refused     string        `json:"refused" doc:"现在为什么不能合并、怎样办；能合并时为空"`
}

// PolicyMoving is what goes along.
type PolicyMoving struct {
	Interpretations int `json:"interpretations" doc:"解读"`
	Relations       int `json:"relations" doc:"它说到的、保留的一份没有说到的文件"`
	CitedBy         int `json:"cited_by" doc:"说到它的文件"`
	Topics          int `json:"topics" doc:"保留的一份没有的专题"`
	Attachments     int `json:"attachments" doc:"带过去的附件"`
}

func (h *handler) previewPolicyMerge(ctx context.Context, in *MergePreviewIn) (*Private[PolicyMerging], error) {
	m, err := h.Policy.MergePreview(ctx, by(ctx), in.ID, in.Into)
	if err != nil {
		return nil, err
	}
	departments, err := h.Directory.Names(ctx)
	if err != nil {
		return nil, err
	}
	answer := PolicyMerging{From: mergeSide(m.From, departments), Into: mergeSide(m.Into, departments),
		Moving: PolicyMoving(m.Moving), Attachments: converted(m.Attachments, keptAttachment)}
	var refused *model.Error
	if errors.As(m.Refused, &refused) {
		answer.Refused = say(refused.Code, refused.Args)
	}
	return private(answer), nil
}

// keptAttachment is a file as staff may open it, whether it is public or not.
func keptAttachment(a model.Attachment) Attachment {
	return Attachment{a.FileID, a.Name, a.MediaType, a.Size, pathFiles + "/" + a.FileID}
}

// MergePolicyIn merges a policy into another.
type MergePolicyIn struct {
	EditID
	Body struct {
		Into        string   `json:"into" minLength:"1" maxLength:"26" doc:"要保留的一份"`
		Reason      string   `json:"reason" maxLength:"200" doc:"为什么合并"`
		Attachments []string `json:"attachments,omitempty" maxItems:"100" doc:"把哪些附件带过去"`
	}
}

// MergedPolicy says where a policy is now.
type MergedPolicy struct {
	MovedTo string `json:"moved_to" doc:"保留的一份"`
}

func (h *handler) mergePolicy(ctx context.Context, in *MergePolicyIn) (*Private[MergedPolicy], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	kept, err := h.Policy.Merge(ctx, by(ctx), policy.Merge{From: in.ID, Version: version, Into: in.Body.Into,
		Reason: in.Body.Reason, Attachments: in.Body.Attachments})
	if err != nil {
		return nil, withCurrent(err, func() (DeskRecord[model.PolicyDraft], error) {
			p, err := h.Publication.Get(ctx, by(ctx), model.KindPolicy, in.ID)
			if err != nil {
				return DeskRecord[model.PolicyDraft]{}, err
			}
			return deskRecord[model.PolicyDraft](ctx, h, p)
		})
	}
	return private(MergedPolicy{kept.ID}), nil
}

// DoublesIn asks for policies that may be the same.
type DoublesIn struct {
	Offset int `query:"offset" minimum:"0" maximum:"100000" doc:"从第几对起"`
	Limit  int `query:"limit" default:"20" minimum:"1" maximum:"50" doc:"一页多少对"`
}

// DoublePage is a page of pairs.
type DoublePage struct {
	Total int          `json:"total" doc:"共多少对"`
	Items []DoubleItem `json:"items" doc:"这一页"`
}

// DoubleItem is a pair of policies that may be the same.
type DoubleItem struct {
	Why model.DoubleWhy `json:"why" enum:"number,title" doc:"number 文号相同，title 标题几乎相同，且同一天、同一部门"`
	A   MergeSideItem   `json:"a" doc:"先录入的一份"`
	B   MergeSideItem   `json:"b" doc:"后录入的一份"`
}

func (h *handler) listDoubles(ctx context.Context, in *DoublesIn) (*Private[DoublePage], error) {
	page, err := h.Policy.Doubles(ctx, by(ctx), in.Offset, in.Limit)
	if err != nil {
		return nil, err
	}
	departments, err := h.Directory.Names(ctx)
	return private(DoublePage{page.Total, converted(page.Items, func(d model.Double) DoubleItem {
		return DoubleItem{d.Why, mergeSide(d.A, departments), mergeSide(d.B, departments)}
	})}), err
}

// DistinctIn says whether two policies are the same.
type DistinctIn struct {
	Keyed
	Body struct {
		A        string `json:"a" maxLength:"26" doc:"一份"`
		B        string `json:"b" maxLength:"26" doc:"另一份"`
		Distinct bool   `json:"distinct" doc:"true 不是重复，以后不再列出；false 收回这个判断"`
	}
}

func (h *handler) sayDistinct(ctx context.Context, in *DistinctIn) (*Done, error) {
	return done(), h.Policy.SayDistinct(ctx, by(ctx), in.Body.A, in.Body.B, in.Body.Distinct)
}
