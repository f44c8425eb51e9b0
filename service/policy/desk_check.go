package policy

import (
	"context"
	"fmt"
	"strings"

	"yuandu/check"
	"yuandu/model"
)

// Check finds in a working copy what must not go public, and what is missing.
func (d *Desk) Check(ctx context.Context, p *model.Publication) ([]check.Finding, error) {
	draft, err := model.ReadDraft[model.PolicyDraft](p.Content)
	if err != nil {
		return nil, err
	}
	rules, err := d.rulesFor(ctx, draft.Body)
	if err != nil {
		return nil, err
	}
	list := append(lacks(draft), strange(draft)...)
	more, err := d.against(ctx, p.ID, draft)
	if err != nil {
		return nil, err
	}
	list = append(list, more...)
	list = append(list, check.Line("title", draft.Title, rules)...)
	list = append(list, check.Text("body", draft.Body, rules)...)
	for n, f := range draft.Attachments {
		list = append(list, check.LineOf("attachments", n, f.Name, rules)...)
	}
	return list, nil
}

// lacks is what a policy has to have (政府信息公开条例 art. 24: a catalogue names
// index number, title, issuer and day).
func lacks(d *model.PolicyDraft) []check.Finding {
	m := check.Missing{}
	m.When(strings.TrimSpace(d.Title) == "", check.Stop, "draft.no_title", "title")
	m.When(len(d.DepartmentIDs) == 0, check.Stop, "draft.no_department", "department_ids")
	m.When(len(d.Body) == 0, check.Stop, "draft.no_body", "body")
	m.When(d.DocNumber == "", check.Ask, "policy.no_number", "doc_number")
	m.When(d.WrittenDate == "", check.Stop, "policy.no_date", "written_date")
	m.When(len(d.TopicIDs) == 0, check.Note, "policy.no_topic", "topic_ids")
	for n, b := range d.Body {
		if b.Kind == model.PassagePicture && strings.TrimSpace(b.Text) == "" {
			m.List = append(m.List, check.Finding{Code: "draft.picture_without_text", Severity: check.Stop,
				Place: check.Place{Field: "body", Passage: n, Row: -1, Cell: -1}})
		}
	}
	return m.List
}

// strange is what cannot be so, or hardly.
func strange(d *model.PolicyDraft) []check.Finding {
	m := check.Missing{}
	m.When(d.DocNumber != "" && model.NumberKey(d.DocNumber) == "", check.Ask, "policy.strange_number", "doc_number")
	m.When(d.ExpiryDate != "" && d.EffectiveDate != "" && d.ExpiryDate < d.EffectiveDate, check.Stop, "policy.expires_before", "expiry_date")
	m.When(d.PublishedDate != "" && d.WrittenDate > d.PublishedDate, check.Ask, "policy.written_after", "written_date")
	for n, r := range d.Relations {
		m.When(r.TargetID == "" && r.TargetNumber == "" && strings.TrimSpace(r.TargetTitle) == "", check.Stop, "policy.relation_empty", fmt.Sprintf("relations:%d", n))
	}
	return m.List
}

// against compares a draft with what else is here: another document of its
// number, and whether it is explained (三同步).
func (d *Desk) against(ctx context.Context, id string, draft *model.PolicyDraft) ([]check.Finding, error) {
	m := check.Missing{}
	if draft.DocNumber != "" {
		others, err := d.store.PoliciesByNumber(ctx, model.NumberKey(draft.DocNumber), id)
		if err != nil {
			return nil, err
		}
		for _, o := range others {
			f := check.Finding{Code: "policy.number_taken", Severity: check.Ask, Place: check.PlaceOf("doc_number"), Text: o.DocNumber,
				Hint: map[string]any{"title": o.Title, "id": o.ID}}
			m.List = append(m.List, f)
		}
	}
	explained, err := d.store.Explained(ctx, id)
	if err != nil {
		return nil, err
	}
	m.When(!explained && strings.TrimSpace(draft.NoInterpretation) == "", check.Stop, "policy.unexplained", "no_interpretation")
	return m.List, nil
}
