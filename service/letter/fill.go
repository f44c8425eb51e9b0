package letter

import (
	"context"
	"strings"

	"yuandu/model"
)

// Filled is the text of a template, filled from a letter.
type Filled struct {
	Text   string
	Left   []model.Blank // that the letter has nothing for
	Shared bool          // the reply goes to the authors of other letters too
}

// Fill fills a template from a letter. The author's name is read for it only where the
// template asks for it, which is written down; where a reply goes to several authors,
// nothing of one of them stands in it.
func (s *Service) Fill(ctx context.Context, by model.Actor, id, template string) (*Filled, error) {
	l, err := s.Get(ctx, by, id)
	if err != nil {
		return nil, err
	}
	rights, err := s.RightsTo(ctx, by, &l.Letter)
	if err != nil {
		return nil, err
	}
	if !rights.Draft {
		return nil, model.ErrLetterNotYours
	}
	values, shared, err := s.blanksOf(ctx, l)
	if err != nil {
		return nil, err
	}
	if !shared && rights.Contact && strings.Contains(template, string(model.BlankName)) {
		c, err := s.Contact(ctx, by, id, "用答复模板填写称呼")
		if err != nil {
			return nil, err
		}
		values[model.BlankName] = c.Name
	}
	text, left := model.Fill(template, values)
	return &Filled{text, left, shared}, nil
}

// blanksOf are what a letter has for the blanks of a template, but for its author's name.
func (s *Service) blanksOf(ctx context.Context, l *Shown) (values map[model.Blank]string, shared bool, err error) {
	names, err := s.NamesFor(ctx, nil)
	if err != nil {
		return nil, false, err
	}
	others, err := s.store.MergedInto(ctx, l.ID)
	if err != nil {
		return nil, false, err
	}
	var assists []string
	for _, a := range l.Assists {
		assists = append(assists, names.Departments[a.DepartmentID])
	}
	values = map[model.Blank]string{model.BlankOffice: names.Departments[l.LeadID], model.BlankAssists: strings.Join(assists, "、"),
		model.BlankToday: s.today().Chinese()}
	if len(others) > 0 {
		return values, true, nil
	}
	values[model.BlankNumber], values[model.BlankTitle] = l.Number, l.Title
	values[model.BlankReceived] = model.Today(l.ReceivedAt).Chinese()
	if l.State.IsOpen() {
		values[model.BlankDue] = l.Due.Day.Chinese()
	}
	return values, false, nil
}

// unfilled is ErrLetterUnfilled where a reply still has blanks of its template.
func unfilled(text string) error {
	if left := model.Unfilled(text); len(left) > 0 {
		return model.ErrLetterUnfilled.With("text", map[string]any{"blanks": strings.Join(left, "、")})
	}
	return nil
}
