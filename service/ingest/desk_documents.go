package ingest

import (
	"context"

	"yuandu/model"
	"yuandu/store"
)

// documents are the policies that one import makes, by their numbers and titles:
// what its rows say of each other is resolved before any of them is public.
type documents map[string][]*document

type document struct {
	row         *model.ImportRow
	unexplained bool // no reason is given why nothing interprets it
}

func (d documents) add(row *model.ImportRow, unexplained bool) {
	one := &document{row, unexplained}
	d["title\x1f"+row.Title] = append(d["title\x1f"+row.Title], one)
	if key := model.NumberKey(row.DocNumber); key != "" {
		d["number\x1f"+key] = append(d["number\x1f"+key], one)
	}
}

// of is the one document of a number, else of a title; nil where there is none,
// or more than one.
func (d documents) of(number, title string) *document {
	list := d["title\x1f"+title]
	if key := model.NumberKey(number); key != "" {
		list = d["number\x1f"+key]
	}
	if len(list) != 1 {
		return nil
	}
	return list[0]
}

// namesakes is whatever reads the database, within a transaction or not.
type namesakes interface {
	Namesakes(ctx context.Context, kind model.Kind, docNumber, title string) ([]store.Namesake, error)
}

// policyHere is the ID of the policy here that a name means, public or on its way;
// "" where there is none, or more than one.
func policyHere(ctx context.Context, in namesakes, ref model.PolicyRef) (id string, err error) {
	list, err := in.Namesakes(ctx, model.KindPolicy, ref.DocNumber, ref.Title)
	if err != nil {
		return "", err
	}
	key := model.NumberKey(ref.DocNumber)
	for _, n := range list {
		if key != "" && model.NumberKey(n.DocNumber) != key {
			continue
		}
		if id != "" {
			return "", nil
		}
		id = n.ID
	}
	return id, nil
}

func kindOf(r Row) model.Kind {
	if r.isInterpretation() {
		return model.KindInterpretation
	}
	return model.KindPolicy
}
