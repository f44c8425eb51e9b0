package bench

import (
	"context"
	"strconv"
	"testing"
	"time"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store"
)

// document is a policy as other engines are given it: what our own index holds.
type document struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Number     string   `json:"number"`
	Body       string   `json:"body"`
	Department []string `json:"department"` // with all above it
	Topic      []string `json:"topic"`
	Category   string   `json:"category"`
	Year       string   `json:"year"`
	Validity   string   `json:"validity"`
	Published  string   `json:"published"`
}

func (d *document) characters() int {
	return utf8.RuneCountInString(d.Title) + utf8.RuneCountInString(d.Body)
}

// corpus reads the documents of the embedded house.
func (b *bench) corpus(t *testing.T) []document {
	t.Helper()
	if b.documents != nil {
		return b.documents
	}
	s := b.embeddedHouse(t).openStore(t)
	defer s.Close()
	directory, err := s.Directory(context.Background())
	must(t, err)
	for after := ""; ; {
		rows, err := s.IndexedPolicies(context.Background(), after, nil, 500)
		must(t, err)
		if len(rows) == 0 {
			return b.documents
		}
		for i := range rows {
			b.documents = append(b.documents, documentOf(directory, &rows[i]))
		}
		after = rows[len(rows)-1].ID
	}
}

func documentOf(directory *store.Directory, p *store.IndexedPolicy) document {
	d := document{ID: p.ID, Title: p.Title, Number: p.DocNumber, Body: p.Text, Category: p.Category,
		Validity: string(p.ValidityOn(model.Today(time.Now()))), Published: string(p.PublishedDate)}
	if year := p.PublishedDate.Year(); year > 0 {
		d.Year = strconv.Itoa(year)
	}
	for _, at := range p.Departments {
		d.Department = append(d.Department, directory.Upward(at.ID)...)
	}
	for _, topic := range p.Topics {
		d.Topic = append(d.Topic, topic.ID)
	}
	return d
}

func totalCharacters(documents []document) (n int) {
	for i := range documents {
		n += documents[i].characters()
	}
	return n
}
