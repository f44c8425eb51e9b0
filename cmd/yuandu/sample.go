package main

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"yuandu/model"
	"yuandu/service/ingest"
	"yuandu/store"
)

// sample is the content of the demo, written for it: a city that does not
// exist, its offices, what they issued and how they explain it.
//
//go:embed sample
var sample embed.FS

// searched is what the sample's residents are said to have searched lately.
var searched = map[string]int{"养老金": 96, "公积金提取": 81, "医保报销": 74, "高龄津贴": 60, "入学报名": 52, "居住证": 41, "老旧小区": 33, "电动车": 25}

// sampleInto imports the sample content by the same way as any other.
func sampleInto(ctx context.Context, h *house) error {
	text, err := sample.ReadFile("sample/departments.json")
	if err != nil {
		return err
	}
	var offices []ingest.Office
	if err := json.Unmarshal(text, &offices); err != nil {
		return fmt.Errorf("departments.json: %w", err)
	}
	if err := h.ingest.Departments(ctx, offices); err != nil {
		return err
	}
	if err := h.store.CountHotWords(ctx, model.Today(systemClock{}.Now()), searched); err != nil {
		return err
	}
	for _, folder := range []string{"sample/policies", "sample/interpretations"} {
		rows, err := ingest.ReadMarkdown(sample, folder)
		if err != nil {
			return err
		}
		if _, err := h.ingest.Rows(ctx, rows); err != nil {
			return err
		}
	}
	if err := attachTables(ctx, h); err != nil {
		return err
	}
	if err := feedbackInto(ctx, h); err != nil {
		return err
	}
	if err := lettersInto(ctx, h); err != nil {
		return err
	}
	if err := knowledgeInto(ctx, h); err != nil {
		return err
	}
	if err := meetingsInto(ctx, h); err != nil {
		return err
	}
	if err := consultationsInto(ctx, h); err != nil {
		return err
	}
	if err := eventsInto(ctx, h); err != nil {
		return err
	}
	if err := mattersInto(ctx, h); err != nil {
		return err
	}
	if err := gazettesInto(ctx, h); err != nil {
		return err
	}
	return tellPrivacy(ctx, h)
}

// tellPrivacy publishes the sample's privacy text, if there is none yet.
func tellPrivacy(ctx context.Context, h *house) error {
	if there, err := h.store.PrivacyText(ctx, 0); err != nil || there != nil {
		return err
	}
	text, err := sample.ReadFile("sample/privacy.md")
	if err != nil {
		return err
	}
	_, err = h.city.PublishPrivacy(ctx, model.System("demo"), string(text), "第一次发布")
	return err
}

// attachTables gives every sample policy with a table that table as a
// spreadsheet to take home.
func attachTables(ctx context.Context, h *house) error {
	listed, err := h.store.Listed(ctx, model.KindPolicy, "", 1000)
	if err != nil {
		return err
	}
	for _, l := range listed {
		p, err := h.store.Policy(ctx, l.ID)
		if err != nil {
			return err
		}
		for _, b := range p.Body {
			if b.Kind != model.BlockTable || len(p.Attachments) > 0 {
				continue
			}
			if err := attachTable(ctx, h, p, b.Rows); err != nil {
				return err
			}
			break
		}
	}
	return nil
}

func attachTable(ctx context.Context, h *house, p *model.Policy, rows [][]string) error {
	content, err := spreadsheet(rows)
	if err != nil {
		return err
	}
	name := "附件：" + strings.TrimSuffix(p.Title, "的通知") + "（表格）.xlsx"
	return h.store.InTx(ctx, func(tx *store.Tx) error {
		f, err := h.file.Keep(ctx, tx, name, spreadsheetType, content)
		if err != nil {
			return err
		}
		return tx.Attach(ctx, p.ID, f.FileID)
	})
}

const spreadsheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// spreadsheet is a table as a file.
func spreadsheet(rows [][]string) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return nil, err
		}
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			return nil, err
		}
	}
	content, err := book.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return content.Bytes(), nil
}
