package model

import (
	"bytes"
	"encoding/json"
)

// CanonicalForm is a public document as it is hashed for proof. The order of the
// fields is part of the form (docs/canonical-form.md): it is never changed, a
// new field goes to the end with a new form number.
type CanonicalForm struct {
	Form        int              `json:"form"`
	Kind        Kind             `json:"kind"`
	Title       string           `json:"title"`
	DocNumber   string           `json:"doc_number"`
	IndexNumber string           `json:"index_number"`
	Departments []string         `json:"departments"`
	Theme       string           `json:"theme"`
	Category    string           `json:"category"`
	Written     Day              `json:"written_date"`
	Published   Day              `json:"published_date"`
	Effective   Day              `json:"effective_date"`
	Expiry      Day              `json:"expiry_date"`
	Stated      Validity         `json:"stated_validity"`
	SourceURL   string           `json:"source_url"`
	Picture     string           `json:"picture"` // SM3 of an interpretation's picture
	PictureText string           `json:"picture_text"`
	VideoURL    string           `json:"video_url"`
	Body        []CanonicalBlock `json:"body"`
	Questions   []Question       `json:"questions"`
	Interprets  []string         `json:"interprets"`
	Attachments []FileProof      `json:"attachments"`
}

// CanonicalBlock is a piece of a document in its canonical form.
type CanonicalBlock struct {
	Kind  BlockKind  `json:"kind"`
	Label string     `json:"label,omitempty"`
	Text  string     `json:"text,omitempty"`
	Level int        `json:"level,omitempty"`
	Rows  [][]string `json:"rows,omitempty"`
	Spans []Span     `json:"spans,omitempty"`
	SM3   string     `json:"sm3,omitempty"` // of a picture's bytes
}

// FileProof is a file that belongs to a document.
type FileProof struct {
	Name string `json:"name"`
	SM3  string `json:"sm3"`
}

// ReadCanonical reads a canonical form again.
func ReadCanonical(form []byte) (c CanonicalForm, err error) { return c, json.Unmarshal(form, &c) }

func canonicalBody(body Body, pictures []Attachment) []CanonicalBlock {
	list := make([]CanonicalBlock, len(body))
	for i, b := range body {
		list[i] = CanonicalBlock{Kind: b.Kind, Label: b.Label, Text: b.Text, Level: b.Level, Rows: b.Rows, Spans: b.Spans}
		for _, p := range pictures {
			if p.FileID == b.FileID {
				list[i].SM3 = p.SM3
			}
		}
	}
	return list
}

// Canonical is the policy in the form that is hashed: one line of JSON, UTF-8,
// no blanks between tokens, fields in a fixed order.
func (p *Policy) Canonical() []byte {
	return CanonicalForm{
		Form: 1, Kind: KindPolicy, Title: p.Title, DocNumber: p.DocNumber, IndexNumber: p.IndexNumber,
		Departments: names(p.Departments), Theme: p.Theme, Category: p.Category,
		Written: p.WrittenDate, Published: p.PublishedDate, Effective: p.EffectiveDate, Expiry: p.ExpiryDate,
		Stated: p.Stated, SourceURL: p.SourceURL, Body: canonicalBody(p.Body, p.Pictures),
		Questions: []Question{}, Interprets: []string{}, Attachments: proofs(p.Attachments),
	}.bytes()
}

// Canonical is the interpretation in the form that is hashed.
func (i *Interpretation) Canonical() []byte {
	interprets := []string{}
	for _, p := range i.Policies {
		interprets = append(interprets, p.Title+p.DocNumber)
	}
	return CanonicalForm{
		Form: 1, Kind: KindInterpretation, Title: i.Title, Departments: names(i.Departments),
		Published: i.PublishedDate, SourceURL: i.SourceURL, Picture: i.PictureSM3(), PictureText: i.PictureText,
		VideoURL: i.VideoURL, Body: canonicalBody(i.Body, i.Pictures),
		Questions: append([]Question{}, i.Questions...), Interprets: interprets, Attachments: proofs(i.Attachments),
	}.bytes()
}

// PictureSM3 is the hash of the interpretation's picture, "" where there is none.
func (i *Interpretation) PictureSM3() string {
	for _, p := range i.Pictures {
		if p.FileID == i.PictureID {
			return p.SM3
		}
	}
	return ""
}

func (c CanonicalForm) bytes() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(c) // strings and numbers: it cannot fail
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func names(departments []Department) []string {
	list := []string{}
	for _, d := range departments {
		list = append(list, d.Name)
	}
	return list
}

func proofs(attachments []Attachment) []FileProof {
	list := []FileProof{}
	for _, a := range attachments {
		list = append(list, FileProof{a.Name, a.SM3})
	}
	return list
}
