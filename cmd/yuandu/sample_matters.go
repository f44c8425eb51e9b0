package main

import (
	"context"
	"errors"
	"fmt"

	"yuandu/model"
	"yuandu/service/matter"
)

// sampleMatter is what the demo's government was about: policies by their numbers,
// interpretations, items of meetings, consultations and events by their titles.
type sampleMatter struct {
	Title           string   `json:"title"`
	Summary         string   `json:"summary"`
	Office          string   `json:"office"`
	Topics          []string `json:"topics"`
	Policies        []string `json:"policies"`
	Interpretations []string `json:"interpretations"`
	Items           []string `json:"items"`
	Consultations   []string `json:"consultations"`
	Events          []string `json:"events"`
}

// mattersInto joins what the sample holds. Cut off before, it goes on.
func mattersInto(ctx context.Context, h *house) error {
	var all []sampleMatter
	if err := readSample("matters.json", &all); err != nil {
		return err
	}
	d, err := h.store.Directory(ctx)
	if err != nil {
		return err
	}
	offices := map[string]string{}
	for _, at := range d.Departments {
		offices[at.ShortName] = at.ID
	}
	for _, m := range all {
		if err := joined(ctx, h, m, offices[m.Office]); err != nil {
			return fmt.Errorf("matter %s: %w", m.Title, err)
		}
	}
	return nil
}

var sampleWriter = model.System("demo")

// joined is one matter, begun where there is none of its name.
func joined(ctx context.Context, h *house, m sampleMatter, office string) error {
	r, err := matterNamed(ctx, h, m.Title)
	if err == nil && r == nil {
		r, err = h.matters.Begin(ctx, sampleWriter, office, model.MatterFace{Title: m.Title, Summary: m.Summary, TopicIDs: m.Topics})
	}
	if err != nil {
		return err
	}
	for _, kind := range []struct {
		kind  model.Kind
		texts []string
	}{{model.KindPolicy, m.Policies}, {model.KindInterpretation, m.Interpretations}, {model.KindMeeting, m.Items},
		{model.KindConsultation, m.Consultations}, {model.KindEvent, m.Events}} {
		for _, text := range kind.texts {
			if r, err = linked(ctx, h, r, kind.kind, text); err != nil {
				return fmt.Errorf("%s: %w", text, err)
			}
		}
	}
	if !r.Waits {
		return nil
	}
	_, err = h.matters.Release(ctx, sampleSigner, matter.Ref{ID: r.ID, Version: r.Version})
	return err
}

func matterNamed(ctx context.Context, h *house, title string) (*matter.Record, error) {
	list, _, err := h.matters.List(ctx, sampleWriter, matter.Question{Text: title, Limit: 10})
	for _, r := range list {
		if r.Title == title {
			return &r, nil
		}
	}
	return nil, err
}

// linked links what has a number, or a title, unless it is linked already.
func linked(ctx context.Context, h *house, r *matter.Record, kind model.Kind, text string) (*matter.Record, error) {
	found, err := h.matters.Linkable(ctx, sampleWriter, text)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		if f.Kind != kind || f.Title != text && f.Within != text {
			continue
		}
		now, err := h.matters.Link(ctx, sampleWriter, matter.Ref{ID: r.ID, Version: r.Version}, matter.Subject{Kind: kind, ID: f.ID, ItemID: f.ItemID})
		if errors.Is(err, model.ErrMatterLinkTwice) {
			return r, nil
		}
		return now, err
	}
	return nil, model.ErrMatterSubject
}
