package handler

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"net/url"

	"github.com/labstack/echo/v4"
)

// opening is how a page of the web build begins: on a slow phone its script
// takes a second or two, and somebody waits for words.
type opening struct {
	asks  string // the address that its script asks first; a browser fetches it beside the script
	Title string
	Parts []openingPart
}

// openingPart is a part of a page: lines, some of which lead somewhere.
type openingPart struct {
	Title string
	Lines []openingLine
}

type openingLine struct{ Text, Way string }

var openingPage = template.Must(template.New("opening").Parse(
	`{{with .Title}}<h1>{{.}}</h1>{{end}}{{range .Parts}}{{with .Title}}<h2>{{.}}</h2>{{end}}` +
		`{{range .Lines}}{{if .Way}}<a href="{{.Way}}">{{.Text}}</a>{{else}}<p>{{.Text}}</p>{{end}}{{end}}{{end}}`))

// openMini writes the first words of a page of the web build. Where they can't be
// had its script says what is wrong.
func (h *handler) openMini(c echo.Context) template.HTML {
	o, err := h.openingOf(c.Request().Context(), c.Param("*"), c.QueryParam("id"))
	if err != nil || o == nil {
		return ""
	}
	c.Response().Header().Set("Link", fmt.Sprintf("<%s>; rel=preload; as=fetch; crossorigin", o.asks))
	var page bytes.Buffer
	if err := openingPage.Execute(&page, o); err != nil {
		return ""
	}
	return template.HTML(page.String())
}

func (h *handler) openingOf(ctx context.Context, page, id string) (*opening, error) {
	switch page {
	case "", "pages/home/home":
		return h.openHome(ctx)
	case "packages/policy/policy":
		return h.openPolicy(ctx, id)
	}
	return nil, nil
}

// documentsAtHome are the blocks of the first page whose lines lead to documents.
var documentsAtHome = map[string]string{"policies": "/m/packages/policy/policy?id=", "interpretations": "/m/packages/policy/interpretation?id=",
	"meetings": "/m/packages/meeting/meeting?id=", "consultations": "/m/packages/consultation/consultation?id=", "events": "/m/packages/event/event?id="}

func (h *handler) openHome(ctx context.Context) (*opening, error) {
	var home struct {
		Blocks []struct {
			Kind, Title string
			Items       []struct{ ID, Title string }
		}
	}
	answer, err := h.getHome(ctx, &Conditional{})
	if err := readAnswer(answer, err, &home); err != nil {
		return nil, err
	}
	o := &opening{asks: "/api/v1/home"}
	for _, b := range home.Blocks {
		way, ok := documentsAtHome[b.Kind]
		if !ok {
			continue
		}
		part := openingPart{Title: b.Title}
		for _, i := range b.Items {
			part.Lines = append(part.Lines, openingLine{i.Title, way + url.QueryEscape(i.ID)})
		}
		o.Parts = append(o.Parts, part)
	}
	return o, nil
}

// blocksAtOpening is how much of a document is seen at once, about a screen.
const blocksAtOpening = 8

func (h *handler) openPolicy(ctx context.Context, id string) (*opening, error) {
	var d PolicyDetail
	answer, err := h.getPolicy(ctx, &PolicyIn{ID: id})
	if err := readAnswer(answer, err, &d); err != nil {
		return nil, err
	}
	part := openingPart{Lines: []openingLine{{Text: d.DocNumber}}}
	for _, b := range d.Body[:min(len(d.Body), blocksAtOpening)] {
		if b.Rows == nil && b.URL == "" {
			part.Lines = append(part.Lines, openingLine{Text: b.Label + "　" + b.Text})
		}
	}
	return &opening{asks: "/api/v1/policies/" + url.PathEscape(d.ID), Title: d.Title, Parts: []openingPart{part}}, nil
}

// readAnswer reads an answer of the API, which is kept for the script that asks
// for it next.
func readAnswer(answer *Rendered, err error, into any) error {
	if err != nil {
		return err
	}
	if err := json.Unmarshal(answer.Body, into); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	return nil
}
