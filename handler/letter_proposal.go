package handler

import (
	"context"

	"yuandu/model"
)

// LetterProposal is which office a letter may be for.
type LetterProposal struct {
	Offices  []ProposedOffice `json:"offices" doc:"建议的主办部门，最可能的在前，最多 3 个；说不出理由的不列"`
	Sure     bool             `json:"sure" doc:"第一个有把握；没有把握时只是可能"`
	Proposed int              `json:"proposed" doc:"最近 90 天建议过多少封"`
	Taken    int              `json:"taken" doc:"其中有多少封交给了建议的第一个部门"`
}

// ProposedOffice is an office that may be the right one, and why.
type ProposedOffice struct {
	Department Ref      `json:"department" doc:"建议的主办部门"`
	Reasons    []string `json:"reasons" doc:"为什么，每条一句话"`
}

func (h *handler) proposeOffice(ctx context.Context, in *LetterID) (*Private[LetterProposal], error) {
	p, err := h.Letters.Propose(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	names, err := h.Letters.NamesFor(ctx, nil)
	if err != nil {
		return nil, err
	}
	offices := converted(p.Offices, func(o model.Proposed) ProposedOffice {
		return ProposedOffice{Ref{o.Office, names.Departments[o.Office]}, o.Reasons}
	})
	return private(LetterProposal{offices, p.Sure, p.Proposed, p.Taken}), nil
}
