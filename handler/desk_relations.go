package handler

import (
	"context"

	"yuandu/model"
	"yuandu/service/policy"
)

// ProposalPage lists what a draft says of other documents.
type ProposalPage struct {
	Items []ProposalItem `json:"items" doc:"从正文读出的，按确定的程度"`
}

// ProposalItem is a relation that the text of a draft speaks of.
type ProposalItem struct {
	Kind         model.RelationKind `json:"kind" enum:"amends,repeals,replaces,based_on,cites" doc:"修改、废止、代替、依据或引用"`
	TargetID     string             `json:"target_id" doc:"对方的编号，库里没有时为空"`
	TargetNumber string             `json:"target_number" doc:"对方的文号"`
	TargetTitle  string             `json:"target_title" doc:"对方的标题"`
	Since        model.Day          `json:"since" doc:"从哪天起，引用和依据没有"`
	Quote        string             `json:"quote" doc:"正文里是怎样说的"`
	Known        bool               `json:"known" doc:"对方在库里"`
	Taken        bool               `json:"taken" doc:"草稿里已经写了"`
}

func proposalItem(p policy.Proposal) ProposalItem {
	return ProposalItem{p.Kind, p.Target.ID, p.Target.DocNumber, p.Target.Title, p.Since, p.Quote, p.Target.ID != "", p.Taken}
}

func (h *handler) listProposals(ctx context.Context, in *DeskID) (*Private[ProposalPage], error) {
	p, err := h.Publication.Get(ctx, by(ctx), model.KindPolicy, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := h.Policy.Proposals(ctx, p.ID, p.Content)
	if err != nil {
		return nil, err
	}
	return private(ProposalPage{converted(list, proposalItem)}), nil
}

// EffectPage lists what publishing a draft does to other documents.
type EffectPage struct {
	Items []EffectItem `json:"items" doc:"每份被修改、废止或代替的文件"`
}

// EffectItem is what publishing a draft does to one document.
type EffectItem struct {
	Kind   model.RelationKind `json:"kind" enum:"amends,repeals,replaces" doc:"修改、废止或代替"`
	Since  model.Day          `json:"since" doc:"从哪天起"`
	Target EffectTarget       `json:"target" doc:"哪份文件"`
	Citing CitingList         `json:"citing" doc:"仍然引用或依据它、没有废止的文件"`
}

// EffectTarget is a document that another one changes.
type EffectTarget struct {
	ID        string         `json:"id" doc:"编号，库里没有时为空"`
	Title     string         `json:"title" doc:"标题"`
	DocNumber string         `json:"doc_number" doc:"文号"`
	Validity  model.Validity `json:"validity" doc:"今天的有效性，库里没有时为空"`
	Becomes   model.Validity `json:"becomes" doc:"到那天变成什么，库里没有时为空"`
}

// CitingList are documents that cite another one.
type CitingList struct {
	Total int         `json:"total" doc:"共多少份"`
	Items []CitingRef `json:"items" doc:"新的在前，最多 50 份"`
}

// CitingRef is a document that cites another one.
type CitingRef struct {
	ID        string `json:"id" doc:"编号"`
	Title     string `json:"title" doc:"标题"`
	DocNumber string `json:"doc_number" doc:"文号"`
}

func effectItem(e policy.Effect) EffectItem {
	return EffectItem{e.Kind, e.Since, EffectTarget{e.Target.ID, e.Target.Title, e.Target.DocNumber, e.Is, e.Becomes},
		CitingList{e.Total, converted(e.Citing, func(p model.PolicyRef) CitingRef { return CitingRef{p.ID, p.Title, p.DocNumber} })}}
}

func (h *handler) listEffects(ctx context.Context, in *DeskID) (*Private[EffectPage], error) {
	p, err := h.Publication.Get(ctx, by(ctx), model.KindPolicy, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := h.Policy.Effects(ctx, p.ID, p.Content)
	if err != nil {
		return nil, err
	}
	return private(EffectPage{converted(list, effectItem)}), nil
}
