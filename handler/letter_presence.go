package handler

import (
	"context"
	"time"

	"yuandu/service/letter"
)

// CompanyIn asks who else is at a letter. That it also shows the asker there is kept
// nowhere, and gone within a minute: so it is no write.
type CompanyIn struct {
	LetterID
	Writing bool `query:"writing" doc:"您正在写答复"`
	Leaving bool `query:"leaving" doc:"您离开了这封信"`
}

// LetterCompany is who else is at a letter.
type LetterCompany struct {
	Items []LetterColleague `json:"items" doc:"现在也打开着这封信的同事，没有为空"`
}

// LetterColleague is somebody else who is at a letter.
type LetterColleague struct {
	ID         string    `json:"id" doc:"工作人员的编号"`
	Name       string    `json:"name" doc:"同事的姓名"`
	Department string    `json:"department" doc:"所在部门，没有为空"`
	Writing    bool      `json:"writing" doc:"正在写答复"`
	Since      time.Time `json:"since" doc:"何时打开的"`
}

func (h *handler) letterCompany(ctx context.Context, in *CompanyIn) (*Private[LetterCompany], error) {
	list, err := h.Letters.Company(ctx, by(ctx), in.ID, letter.Visit{Writing: in.Writing, Leaving: in.Leaving})
	if err != nil {
		return nil, err
	}
	names, err := h.Directory.Names(ctx)
	return private(LetterCompany{converted(list, func(c letter.Colleague) LetterColleague {
		return LetterColleague{c.ID, c.Name, names[c.DepartmentID], c.Writing, c.Since}
	})}), err
}
