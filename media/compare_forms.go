package media

import (
	"slices"
	"strings"

	"yuandu/model"
)

// Differences are what changed between two versions of a public document.
type Differences struct {
	Fields  []FieldChange // those that differ
	Changes []Change      // of the text, and behind it of questions and answers
}

// FieldChange is a field beside the text that differs, by the name that it has
// in the canonical form.
type FieldChange struct {
	Field  string
	Pieces []Piece
}

// Edition is a version of a document in its canonical form, with those of its
// files that are kept.
type Edition struct {
	Form  model.CanonicalForm
	Files []model.Attachment
}

// Body is the text of an edition as a document has it, with its anchors.
func (e Edition) Body() model.Body { return bodyOf(e.Form.Body, e.Files) }

// CompareEditions finds what changed between two versions of a document.
func CompareEditions(old, new Edition) Differences {
	files := slices.Concat(new.Files, old.Files)
	d := Differences{Changes: Compare(asked(bodyOf(old.Form.Body, files), old.Form), asked(bodyOf(new.Form.Body, files), new.Form))}
	before, after := fieldsOf(old.Form, new.Form), fieldsOf(new.Form, old.Form)
	for i, f := range before {
		if f.text != after[i].text {
			d.Fields = append(d.Fields, FieldChange{f.name, CompareText(f.text, after[i].text)})
		}
	}
	return d
}

func bodyOf(blocks []model.CanonicalBlock, files []model.Attachment) model.Body {
	body := make(model.Body, len(blocks))
	for i, b := range blocks {
		body[i] = model.Block{Kind: b.Kind, Label: b.Label, Text: b.Text, Level: b.Level, Rows: b.Rows, Spans: b.Spans}
		if b.SM3 != "" {
			body[i].FileID = fileOf(b.SM3, files)
		}
	}
	setAnchors(body)
	return body
}

// asked puts questions and answers behind a text.
func asked(body model.Body, f model.CanonicalForm) model.Body {
	for _, q := range f.Questions {
		body = append(body, model.Block{Kind: model.BlockHeading, Level: 1, Text: q.Ask}, model.Block{Kind: model.BlockParagraph, Text: q.Answer})
	}
	return body
}

type formField struct{ name, text string }

// fieldsOf are the fields of a form beside its text, always in the same order.
func fieldsOf(f, other model.CanonicalForm) []formField {
	return []formField{
		{"title", f.Title}, {"doc_number", f.DocNumber}, {"index_number", f.IndexNumber},
		{"departments", strings.Join(f.Departments, "、")}, {"theme", f.Theme}, {"category", f.Category},
		{"written_date", f.Written.Chinese()}, {"published_date", f.Published.Chinese()},
		{"effective_date", f.Effective.Chinese()}, {"expiry_date", f.Expiry.Chinese()},
		{"stated_validity", f.Stated.Name()}, {"source_url", f.SourceURL},
		{"picture", f.Picture}, {"picture_text", f.PictureText}, {"video_url", f.VideoURL},
		{"interprets", strings.Join(f.Interprets, "\n")}, {"attachments", attachmentLines(f.Attachments, other.Attachments)},
	}
}

// attachmentLines name files, a line each; one whose content differs from the
// file of that name on the other side has its hash behind it.
func attachmentLines(files, others []model.FileProof) string {
	lines := make([]string, len(files))
	for i, f := range files {
		lines[i] = f.Name
		for _, o := range others {
			if o.Name == f.Name && o.SM3 != f.SM3 {
				lines[i] += "（SM3 " + f.SM3[:min(8, len(f.SM3))] + "…）"
			}
		}
	}
	return strings.Join(lines, "\n")
}

// fileOf is the ID of the file of an SM3, "" where it is not kept.
func fileOf(sum string, files []model.Attachment) string {
	for _, f := range files {
		if f.SM3 == sum {
			return f.FileID
		}
	}
	return ""
}
