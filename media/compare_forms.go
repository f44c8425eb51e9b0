package media

import (
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

// CompareForms finds what changed between two versions of a document in their
// canonical form. file gives the ID of a picture by its SM3, "" where it is not
// kept.
func CompareForms(old, new model.CanonicalForm, file func(sm3 string) string) Differences {
	d := Differences{Changes: Compare(asked(BodyOf(old.Body, file), old), asked(BodyOf(new.Body, file), new))}
	before, after := fieldsOf(old, new), fieldsOf(new, old)
	for i, f := range before {
		if f.text != after[i].text {
			d.Fields = append(d.Fields, FieldChange{f.name, CompareText(f.text, after[i].text)})
		}
	}
	return d
}

// BodyOf is the text of a canonical form as a document has it, with its anchors.
// file gives the ID of a picture by its SM3.
func BodyOf(blocks []model.CanonicalBlock, file func(sm3 string) string) model.Body {
	body := make(model.Body, len(blocks))
	for i, b := range blocks {
		body[i] = model.Block{Kind: b.Kind, Label: b.Label, Text: b.Text, Level: b.Level, Rows: b.Rows, Spans: b.Spans}
		if b.SM3 != "" {
			body[i].FileID = file(b.SM3)
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

// FileBySM3 gives the ID of one of some files by its SM3, "" where it is none of
// them.
func FileBySM3(files []model.Attachment) func(sm3 string) string {
	return func(sm3 string) string {
		for _, f := range files {
			if f.SM3 == sm3 {
				return f.FileID
			}
		}
		return ""
	}
}
