package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"yuandu/model"
	"yuandu/service/knowledge"
	"yuandu/store"
)

// sampleKnowledge is what an office of the demo answers.
type sampleKnowledge struct {
	Office    string   `json:"office"`
	Question  string   `json:"question"`
	Answer    string   `json:"answer"`
	OtherWays []string `json:"other_ways"`
	Topics    []string `json:"topics"`
	Basis     []struct {
		Number  string `json:"number"`
		Article string `json:"article"`
	} `json:"basis"`
	DaysAgo  int                  `json:"days_ago"` // it was last reviewed
	Reviewed model.Day            `json:"reviewed"` // or on that day
	Months   int                  `json:"months"`
	State    model.KnowledgeState `json:"state"`
}

type sampleReplyTemplate struct {
	Office string `json:"office"`
	Name   string `json:"name"`
	Text   string `json:"text"`
}

// knowledgeInto has the sample's offices write down what they answer. Written down
// before, it is not again.
func knowledgeInto(ctx context.Context, h *house) error {
	l := &librarian{house: h, clock: &pastClock{}, now: time.Now(), by: model.System("demo"), offices: map[string]string{}}
	l.knowledge = knowledge.New(h.store, h.search.Synonyms, l.clock)
	names, err := l.knowledge.NamesFor(ctx)
	if err != nil {
		return err
	}
	for id, name := range names.Departments {
		l.offices[name] = id
	}
	if err := l.entries(ctx); err != nil {
		return err
	}
	return l.templates(ctx)
}

// librarian writes the sample's knowledge down.
type librarian struct {
	*house
	knowledge *knowledge.Service
	clock     *pastClock
	now       time.Time
	by        model.Actor
	offices   map[string]string // IDs by name
}

func (l *librarian) entries(ctx context.Context) error {
	var all []sampleKnowledge
	if err := readSample("knowledge.json", &all); err != nil {
		return err
	}
	_, told, err := l.store.KnowledgeList(ctx, store.KnowledgeFilter{Limit: 1})
	if err != nil {
		return err
	}
	for _, e := range all[min(told, len(all)):] {
		if err := l.enter(ctx, e); err != nil {
			return fmt.Errorf("knowledge %q: %w", e.Question, err)
		}
	}
	return nil
}

func readSample(name string, into any) error {
	text, err := sample.ReadFile("sample/" + name)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// enter writes an entry down as of the day on which it was last reviewed.
func (l *librarian) enter(ctx context.Context, e sampleKnowledge) error {
	l.clock.at = l.now.AddDate(0, 0, -e.DaysAgo)
	if e.Reviewed != "" {
		l.clock.at = e.Reviewed.Start().Add(10 * time.Hour)
	}
	v := knowledge.Writing{Department: l.offices[e.Office], Question: e.Question, Answer: e.Answer, OtherWays: e.OtherWays, Topics: e.Topics,
		Months: e.Months, Sample: true}
	for _, b := range e.Basis {
		found, err := l.store.PublicByNumber(ctx, model.NumberKey(b.Number))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("%s is not in the sample", b.Number)
		}
		v.Basis = append(v.Basis, model.KnowledgeBasis{PolicyID: found[0].ID, Article: b.Article})
	}
	added, err := l.knowledge.Add(ctx, l.by, v)
	if err == nil && e.State == model.KnowledgeCurrent {
		_, err = l.knowledge.Use(ctx, l.by, knowledge.Ref{ID: added.ID, Version: added.Version})
	}
	return err
}

func (l *librarian) templates(ctx context.Context) error {
	var all []sampleReplyTemplate
	if err := readSample("reply_templates.json", &all); err != nil {
		return err
	}
	there, err := l.store.ReplyTemplates(ctx, nil, false)
	if err != nil {
		return err
	}
	l.clock.at = l.now
	for _, t := range all[min(len(there), len(all)):] {
		_, err := l.knowledge.SaveTemplate(ctx, l.by, model.ReplyTemplate{DepartmentID: l.offices[t.Office], Name: t.Name, Text: t.Text, Sample: true})
		if err != nil {
			return fmt.Errorf("template %q: %w", t.Name, err)
		}
	}
	return nil
}
