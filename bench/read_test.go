package bench

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

const readDocuments = 500

// read measures whole policies against an echo handler that has the very same
// bytes in memory.
func (b *bench) read(t *testing.T) {
	documents := b.corpus(t)
	ours := b.embedded.serve(t, b).address
	var ids []string
	for _, i := range rand.New(rand.NewPCG(5, 5)).Perm(len(documents))[:readDocuments] {
		ids = append(ids, documents[i].ID)
	}
	bare, size := b.bareEcho(t, ours, ids)
	note("%d documents of %d KB in the mean", readDocuments, size/readDocuments>>10)
	house, echo := readSide("yuandu, embedded", ours, ids), readSide("bare echo", bare, ids)
	sides := []*side{house, echo}
	if p := b.productionHouse(t); p != nil {
		address := p.serve(t, b).address
		sides = append(sides, readSide("yuandu, PostgreSQL+Meilisearch+Redis", address, publicIDs(t, address)))
	}
	compare(t, readDocuments, sides...)
	b.figure("GET /api/v1/policies/{id} ÷ bare echo", house.over(echo), "", "≥ 0.6")
}

// readSide reads policies in an order that is new in every pass.
func readSide(name, address string, ids []string) *side {
	client := newClient()
	return &side{name: name, do: func(n int) error {
		pass := n / len(ids)
		i := (n%len(ids)*(7+pass*2) + pass) % len(ids)
		return get(client, address+"/api/v1/policies/"+ids[i])
	}}
}

// bareEcho starts an echo of its own with our answers, and holds that they are
// the same.
func (b *bench) bareEcho(t *testing.T, ours string, ids []string) (address string, size int) {
	t.Helper()
	client, folder := newClient(), filepath.Join(b.folder, "answers")
	must(t, os.Mkdir(folder, 0o755))
	for _, id := range ids {
		body, _ := fetch(t, client, ours+"/api/v1/policies/"+id)
		must(t, os.WriteFile(filepath.Join(folder, id), body, 0o644))
		size += len(body)
	}
	echo := start(t, exec.Command(b.build(t, "bareecho", "bareecho/main.go"), folder))
	t.Cleanup(echo.stop)
	for _, id := range ids {
		path := "/api/v1/policies/" + id
		want, ourHeader := fetch(t, client, ours+path)
		got, header := fetch(t, client, echo.address+path)
		if !bytes.Equal(want, got) || header.Get("Content-Type") != ourHeader.Get("Content-Type") {
			t.Fatalf("%s: the bare echo answers otherwise", path)
		}
	}
	return echo.address, size
}

// publicIDs are documents of the production set, whose IDs are its own.
func publicIDs(t *testing.T, address string) []string {
	t.Helper()
	var ids []string
	for offset := 0; len(ids) < readDocuments; offset += 100 {
		q := question{sort: []string{"newest", "oldest"}[offset/100%2], offset: offset / 100 * 20}
		for _, item := range ask(t, newClient(), address+q.path()).Items {
			ids = append(ids, item.ID)
		}
	}
	return ids[:readDocuments]
}
