package bench

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
)

var facetFields = []string{"department", "topic", "category", "year", "validity"}

// plainBleve is an index as one of bleve's users would make it who looks for
// speed.
func (b *bench) plainBleve(t *testing.T, documents []document) bleve.Index {
	t.Helper()
	index := newBleve(t, filepath.Join(b.folder, "bleve"), facetedMapping())
	b.whole.Cleanup(func() { index.Close() })
	fillBleve(t, index, documents, func(d *document) any {
		return map[string]any{"title": d.Title, "body": d.Body, "number": d.Number, "department": d.Department, "topic": d.Topic,
			"category": d.Category, "year": d.Year, "validity": d.Validity, "published": d.Published}
	})
	return index
}

// bleveSide asks bleve in this process.
func bleveSide(name string, index bleve.Index, questions []question) *side {
	return &side{name: name, do: func(n int) error {
		_, err := index.Search(bleveRequest(questions[n%len(questions)]))
		return err
	}}
}

// foundByBleve are the questions for which bleve finds something: it knows no
// pinyin, no single characters and no questions in plain language.
func foundByBleve(t *testing.T, index bleve.Index, questions []question) (known []question) {
	t.Helper()
	for _, q := range questions {
		answer, err := index.Search(bleveRequest(q))
		must(t, err)
		if answer.Total > 0 {
			known = append(known, q)
		}
	}
	note("plain bleve: %d of %d questions find something", len(known), len(questions))
	return known
}

func newBleve(t *testing.T, folder string, m mapping.IndexMapping) bleve.Index {
	t.Helper()
	index, err := bleve.New(folder, m)
	must(t, err)
	return index
}

// fillBleve indexes in batches of 500.
func fillBleve(t *testing.T, index bleve.Index, documents []document, as func(*document) any) time.Duration {
	t.Helper()
	began := time.Now()
	batch := index.NewBatch()
	for i := range documents {
		must(t, batch.Index(documents[i].ID, as(&documents[i])))
		if batch.Size() == 500 || i == len(documents)-1 {
			must(t, index.Batch(batch))
			batch = index.NewBatch()
		}
	}
	return time.Since(began)
}

// leanText is a text field that is searched and nothing else: bodies that are
// stored and keep their words' places make bleve twice as slow.
func leanText() *mapping.FieldMapping {
	f := bleve.NewTextFieldMapping()
	f.Analyzer = "cjk"
	f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = false, false, false, false
	return f
}

func keyword() *mapping.FieldMapping {
	f := bleve.NewKeywordFieldMapping()
	f.IncludeInAll = false
	return f
}

// leanMapping has title and body alone.
func leanMapping() *mapping.IndexMappingImpl {
	d := bleve.NewDocumentStaticMapping()
	d.AddFieldMappingsAt("title", leanText())
	d.AddFieldMappingsAt("body", leanText())
	m := bleve.NewIndexMapping()
	m.DefaultMapping = d
	return m
}

// stockMapping has title and body as bleve makes fields where nobody chooses.
func stockMapping() *mapping.IndexMappingImpl {
	m := leanMapping()
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	for _, name := range []string{"title", "body"} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer = "cjk"
		m.DefaultMapping.AddFieldMappingsAt(name, f)
	}
	return m
}

// facetedMapping adds what answers show, count and order by.
func facetedMapping() *mapping.IndexMappingImpl {
	m := leanMapping()
	title := leanText()
	title.Store = true
	m.DefaultMapping.Properties["title"].Fields = []*mapping.FieldMapping{title}
	for _, name := range append([]string{"number", "published"}, facetFields...) {
		m.DefaultMapping.AddFieldMappingsAt(name, keyword())
	}
	return m
}

// bleveRequest is a question in bleve's terms.
func bleveRequest(q question) *bleve.SearchRequest {
	r := bleve.NewSearchRequestOptions(bleveQuery(q), pageLimit, q.offset, false)
	r.Fields = []string{"*"}
	for _, name := range facetFields {
		r.AddFacet(name, bleve.NewFacetRequest(name, 200))
	}
	if by := map[string]string{"newest": "-published", "oldest": "published"}[q.sort]; by != "" {
		r.SortBy([]string{by, "_id"})
	}
	return r
}

func bleveQuery(q question) query.Query {
	var parts []query.Query
	if q.text != "" {
		parts = append(parts, bleve.NewDisjunctionQuery(allWords("title", q.text, 8), allWords("body", q.text, 1)))
	}
	for name, values := range q.filters {
		var any []query.Query
		for _, v := range values {
			is := bleve.NewTermQuery(v)
			is.SetField(name)
			any = append(any, is)
		}
		parts = append(parts, bleve.NewDisjunctionQuery(any...))
	}
	if len(parts) == 0 {
		return bleve.NewMatchAllQuery()
	}
	return bleve.NewConjunctionQuery(parts...)
}

func allWords(field, text string, boost float64) query.Query {
	m := bleve.NewMatchQuery(text)
	m.SetField(field)
	m.SetBoost(boost)
	m.SetOperator(query.MatchQueryOperatorAnd)
	return m
}
