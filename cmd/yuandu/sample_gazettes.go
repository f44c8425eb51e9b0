package main

import (
	"bytes"
	"context"
	"fmt"

	"yuandu/model"
	"yuandu/service/gazette"
)

// sampleGazettes are the issues of the demo's gazette, which scripts/gazette prints.
type sampleGazettes struct {
	Years []struct {
		Year   int `json:"year"`
		Issues int `json:"issues"`
		Gaps   []struct {
			Number int    `json:"number"`
			Why    string `json:"why"`
		} `json:"gaps"`
	} `json:"years"`
	Issues []struct {
		Year   int `json:"year"`
		Number int `json:"number"`
	} `json:"issues"`
}

// gazettesInto brings in the sample's issues by the same way as any others. Cut off before,
// it goes on.
func gazettesInto(ctx context.Context, h *house) error {
	var all sampleGazettes
	if err := readSample("gazettes.json", &all); err != nil {
		return err
	}
	office, err := h.gazetteOffice(ctx, "")
	if err != nil {
		return err
	}
	for _, i := range all.Issues {
		name := fmt.Sprintf("%d-%d.pdf", i.Year, i.Number)
		if err := gazetteInto(ctx, h, name, office); err != nil {
			return fmt.Errorf("gazette %s: %w", name, err)
		}
	}
	for _, y := range all.Years {
		year := &model.GazetteYear{Year: y.Year, Issues: y.Issues, Gaps: map[int]string{}}
		for _, g := range y.Gaps {
			year.Gaps[g.Number] = g.Why
		}
		if err := h.yearInto(ctx, year); err != nil {
			return fmt.Errorf("gazette of %d: %w", y.Year, err)
		}
	}
	return nil
}

// yearInto says how many issues a year has, where nobody has yet. The sample ends somewhere:
// what should have come out since is explained.
func (h *house) yearInto(ctx context.Context, y *model.GazetteYear) error {
	shelf, err := h.gazettes.Shelf(ctx)
	if err != nil {
		return err
	}
	for _, at := range shelf {
		if at.Year != y.Year || at.Version > 0 {
			continue
		}
		for _, n := range model.Missing(y.Grid(at.Items, model.Today(systemClock{}.Now()))) {
			y.Gaps[n] = "示例公报没有编到这一期。"
		}
		return h.gazettes.SetYear(ctx, sampleWriter, y)
	}
	return nil
}

// gazetteInto brings in one issue, and has somebody else sign what became of it.
func gazetteInto(ctx context.Context, h *house, name, office string) error {
	content, err := sample.ReadFile("sample/gazettes/" + name)
	if err != nil {
		return err
	}
	arrived, err := h.file.ReceiveIssue(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return err
	}
	defer arrived.Close()
	f, err := h.file.AddIssue(ctx, sampleWriter, "鸢都市人民政府公报"+name, arrived)
	if err != nil {
		return err
	}
	i, err := h.gazetteImport.Begin(ctx, sampleWriter, gazette.Brought{File: f, DepartmentID: office})
	if err == nil {
		i, err = h.watchGazette(ctx, i.ID)
	}
	if err != nil {
		return err
	}
	if i.DocumentID == "" {
		return fmt.Errorf("no draft: %s", i.Problem.Code)
	}
	c := &clerk{storyteller: storyteller{house: h, by: sampleWriter}, press: h.publication}
	return c.release(ctx, i.DocumentID)
}

// release has a working copy of an issue say that its links are right, and be signed.
func (c *clerk) release(ctx context.Context, id string) error {
	p, err := c.press.Get(ctx, c.by, model.KindGazette, id)
	if err != nil || p.Stage == model.StagePublished {
		return err
	}
	if p.Stage == model.StageDraft {
		d, err := model.ReadDraft[model.GazetteDraft](p.Content)
		if err != nil {
			return err
		}
		for n := range d.Pieces {
			if d.Pieces[n].Link == model.LinkProposed {
				d.Pieces[n].Link = model.LinkConfirmed
			}
		}
		if p, err = c.press.Write(ctx, c.by, refOf(p), model.WriteDraft(d)); err != nil {
			return err
		}
		if p, err = c.submitted(ctx, p); err != nil {
			return err
		}
	}
	return c.signed(ctx, p, "")
}
