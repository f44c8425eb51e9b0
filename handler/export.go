package handler

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/account"
)

// exported is an export as its page shows it: every heading in words.
type exported struct {
	Site, MadeAt string
	Sections     []exportedSection
}

type exportedSection struct {
	Title   string
	Columns []string
	Rows    [][]string
}

// exportMe gives the resident a ZIP of everything that the house holds of the
// person (PIPL art. 45): me.json for programs, index.html for people.
func (h *handler) exportMe(c echo.Context) error {
	ctx := c.Request().Context()
	if who(ctx).Session == nil {
		return model.ErrConsentNeeded
	}
	sections, err := h.Account.Export(ctx, who(ctx))
	if err != nil {
		return err
	}
	settings, err := h.City.Settings(ctx)
	if err != nil {
		return err
	}
	page := exported{Site: settings.SiteName, MadeAt: h.Clock.Now().In(model.Shanghai).Format("2006年1月2日 15:04")}
	for _, s := range sections {
		page.Sections = append(page.Sections, inWords(s))
	}
	archive, err := zipped(h.Clock.Now(), sections, page)
	if err != nil {
		return err
	}
	head := c.Response().Header()
	head.Set(echo.HeaderContentDisposition, `attachment; filename="my-data-`+string(model.Today(h.Clock.Now()))+`.zip"`)
	head.Set(echo.HeaderCacheControl, "no-store")
	return c.Blob(http.StatusOK, "application/zip", archive)
}

func inWords(s account.Section) exportedSection {
	plain := func(code string) string { return say(code, nil) }
	section := exportedSection{Title: plain(s.Title), Columns: converted(s.Columns, plain)}
	for _, row := range s.Rows {
		section.Rows = append(section.Rows, converted(row, func(cell string) string {
			if slices.ContainsFunc([]string{"act.", "kind.", "pace."}, func(of string) bool { return strings.HasPrefix(cell, of) }) {
				return plain(cell)
			}
			return cell
		}))
	}
	return section
}

// zipped writes both forms of an export. They are made whole before the first
// byte goes out, so that a fault is answered as one.
func zipped(now time.Time, sections []account.Section, page exported) ([]byte, error) {
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for name, write := range map[string]func(io.Writer) error{
		"me.json":    func(w io.Writer) error { return writeSections(w, sections) },
		"index.html": func(w io.Writer) error { return exportPage.Execute(w, page) },
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: now})
		if err == nil {
			err = write(w)
		}
		if err != nil {
			return nil, fmt.Errorf("write export: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write export: %w", err)
	}
	return archive.Bytes(), nil
}

var exportPage = template.Must(template.ParseFS(embedded, "export/index.html"))

// writeSections writes an object of lists, whose members are named by the ends
// of the columns' codes: export.phone is phone.
func writeSections(w io.Writer, sections []account.Section) error {
	all := map[string][]map[string]string{}
	for _, s := range sections {
		all[s.Name] = []map[string]string{}
		for _, row := range s.Rows {
			member := map[string]string{}
			for i, column := range s.Columns {
				member[strings.TrimPrefix(column, "export.")] = row[i]
			}
			all[s.Name] = append(all[s.Name], member)
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(all)
}
