package model

import (
	"bytes"
	"encoding/json"
)

// canonical is a public document as it is hashed for proof. The order of the
// fields is part of the form (docs/canonical-form.md): it is never changed, a
// new field goes to the end with a new form number.
type canonical struct {
	Form        int         `json:"form"`
	Kind        Kind        `json:"kind"`
	Title       string      `json:"title"`
	DocNumber   string      `json:"doc_number"`
	IndexNumber string      `json:"index_number"`
	Departments []string    `json:"departments"`
	Theme       string      `json:"theme"`
	Category    string      `json:"category"`
	Written     Day         `json:"written_date"`
	Published   Day         `json:"published_date"`
	Effective   Day         `json:"effective_date"`
	Expiry      Day         `json:"expiry_date"`
	Stated      Validity    `json:"stated_validity"`
	SourceURL   string      `json:"source_url"`
	Text        string      `json:"text"`
	Questions   []Question  `json:"questions"`
	Interprets  []string    `json:"interprets"`
	Attachments []fileProof `json:"attachments"`
}

type fileProof struct {
	Name string `json:"name"`
	SM3  string `json:"sm3"`
}

// Canonical is the policy in the form that is hashed: one line of JSON, UTF-8,
// no blanks between tokens, fields in a fixed order.
func (p *Policy) Canonical() []byte {
	return canonical{
		Form: 1, Kind: KindPolicy, Title: p.Title, DocNumber: p.DocNumber, IndexNumber: p.IndexNumber,
		Departments: names(p.Departments), Theme: p.Theme, Category: p.Category,
		Written: p.WrittenDate, Published: p.PublishedDate, Effective: p.EffectiveDate, Expiry: p.ExpiryDate,
		Stated: p.Stated, SourceURL: p.SourceURL, Text: p.Body.Plain(),
		Questions: []Question{}, Interprets: []string{}, Attachments: proofs(p.Attachments),
	}.bytes()
}

// Canonical is the interpretation in the form that is hashed.
func (i *Interpretation) Canonical() []byte {
	interprets := []string{}
	for _, p := range i.Policies {
		interprets = append(interprets, p.Title+p.DocNumber)
	}
	return canonical{
		Form: 1, Kind: KindInterpretation, Title: i.Title, Departments: names(i.Departments),
		Published: i.PublishedDate, SourceURL: i.SourceURL, Text: i.Body.Plain(),
		Questions: append([]Question{}, i.Questions...), Interprets: interprets, Attachments: []fileProof{},
	}.bytes()
}

func (c canonical) bytes() []byte {
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

func proofs(attachments []Attachment) []fileProof {
	list := []fileProof{}
	for _, a := range attachments {
		list = append(list, fileProof{a.Name, a.SM3})
	}
	return list
}
