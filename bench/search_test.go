package bench

import (
	"fmt"
	"net/http"
	"os"
	"reflect"
	"testing"
)

// search measures the list of policies against plain bleve and Meilisearch
// asked for the same.
func (b *bench) search(t *testing.T) {
	documents := b.corpus(t)
	address := b.embedded.serve(t, b).address
	questions := mix(t, address)
	checkVariedIsTheSame(t, address, questions)

	index := b.plainBleve(t, documents)
	ours := overHTTP("yuandu, embedded", address, questions, question.varied)
	kept := overHTTP("yuandu, embedded, answers kept", address, questions, unvaried)
	plain := bleveSide("plain bleve, in process", index, questions)
	known := foundByBleve(t, index, questions)
	oursKnown := overHTTP(fmt.Sprintf("yuandu, the %d that bleve finds too", len(known)), address, known, question.varied)
	oursKnown.next = 1 << 14 * len(known) // other spellings than those above
	plainKnown := bleveSide("plain bleve, the same", index, known)
	sides := []*side{ours, plain, kept, oursKnown, plainKnown}
	direct, bare := b.plainMeili(t, documents, questions)
	if direct != nil {
		sides = append(sides, direct, bare)
	}
	if p := b.productionHouse(t); p != nil {
		sides = append(sides, overHTTP("yuandu, PostgreSQL+Meilisearch+Redis", p.serve(t, b).address, questions, question.varied))
	}
	note("%d questions on %d documents; every answer with its page of %d, highlights and all facets",
		len(questions), len(documents), pageLimit)
	compare(t, len(questions), sides...)
	if kept.over(ours) < 1.5 {
		t.Errorf("answers that must be made cost no more than kept ones: something keeps them, and the figures below mean nothing")
	}
	b.figure("search over HTTP ÷ plain bleve in process", ours.over(plain), "", "≥ 0.6")
	note("the same among the questions that bleve finds something for: %.2f", oursKnown.over(plainKnown))
	if direct != nil {
		b.figure("search over HTTP ÷ Meilisearch asked directly", ours.over(direct), "", "≥ 3")
		note("against Meilisearch without highlights and passages: %.2f", ours.over(bare))
	}
}

func unvaried(q question, _ int) question { return q }

// overHTTP asks our API, each question in a spelling that vary gives it.
func overHTTP(name, address string, questions []question, vary func(question, int) question) *side {
	client := newClient()
	return &side{name: name, do: func(n int) error {
		q := questions[n%len(questions)]
		return get(client, address+vary(q, n/len(questions)).path())
	}}
}

// checkVariedIsTheSame holds that another spelling finds the same and that
// every answer has all its parts, so that nothing is measured that does less.
func checkVariedIsTheSame(t *testing.T, address string, questions []question) {
	t.Helper()
	client, found := newClient(), 0
	for i, q := range questions {
		plain := ask(t, client, address+q.path())
		varied := ask(t, client, address+q.varied(4321+i).path())
		if !reflect.DeepEqual(plain, varied) {
			t.Fatalf("%q: another spelling is answered otherwise", q.text)
		}
		if plain.Degraded || len(plain.Facets) != 5 || len(plain.Items) != min(pageLimit, max(0, plain.Total-q.offset)) {
			t.Fatalf("%q: an answer without all its parts: %d items of %d, %d facets", q.text, len(plain.Items), plain.Total, len(plain.Facets))
		}
		if plain.Total > 0 {
			found++
		}
	}
	note("%d of %d questions find something", found, len(questions))
}

// plainMeili is Meilisearch asked for the same without us, and for the same
// without marking words in long texts, which takes most of its time; nil where
// there is no server.
func (b *bench) plainMeili(t *testing.T, documents []document, questions []question) (direct, bare *side) {
	t.Helper()
	if os.Getenv("YUANDU_TEST_MEILI_URL") == "" {
		fmt.Println("SKIPPED: no YUANDU_TEST_MEILI_URL: nothing is measured against Meilisearch")
		return nil, nil
	}
	m := newMeili(b.whole)
	m.fill(t, documents)
	found := 0
	for _, q := range questions {
		if m.total(t, m.body(t, q, true)) > 0 {
			found++
		}
	}
	note("Meilisearch: %d of %d questions find something", found, len(questions))
	return m.side(t, "Meilisearch, asked directly", questions, true), m.side(t, "Meilisearch, no highlights", questions, false)
}

// side asks Meilisearch over HTTP.
func (m *meili) side(t *testing.T, name string, questions []question, marked bool) *side {
	t.Helper()
	bodies := make([][]byte, len(questions))
	for i, q := range questions {
		bodies[i] = m.body(t, q, marked)
	}
	return &side{name: name, do: func(n int) error {
		_, err := m.send(http.MethodPost, "/indexes/"+m.index+"/search", bodies[n%len(bodies)])
		return err
	}}
}
