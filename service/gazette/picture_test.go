package gazette

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/media/mediatest"
	"yuandu/store"
	"yuandu/store/blob"
	"yuandu/store/cache"
	"yuandu/store/storetest"
)

func TestMain(m *testing.M) {
	mediatest.PagesWorker()
	os.Exit(m.Run())
}

// Two processes share what they keep; readers of both turn to the same page at once.
func TestAPictureThatManyAskForIsDrawnOnce(t *testing.T) {
	issue := mediatest.OFDPages("", []string{`<ofd:PathObject Boundary="20 20 100 100"><ofd:AbbreviatedData>M 0 0 L 100 100</ofd:AbbreviatedData></ofd:PathObject>`})
	storetest.Each(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		bucket, err := blob.OpenDir(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		sum := sm3.Sum(issue)
		f := &store.File{BlobKey: "files/issue"}
		f.Name, f.MediaType, f.Size, f.SM3 = "公报.ofd", "application/ofd", int64(len(issue)), hex.EncodeToString(sum[:])
		if err := bucket.Put(t.Context(), f.BlobKey, bytes.NewReader(issue), f.Size, f.MediaType); err != nil {
			t.Fatal(err)
		}
		err = s.InTx(t.Context(), func(tx *store.Tx) error {
			if err := tx.SaveFile(t.Context(), f); err != nil {
				return err
			}
			if err := tx.AddPrinted(t.Context(), f.SM3, f.Size); err != nil {
				return err
			}
			return tx.KeepPage(t.Context(), f.SM3, &store.PrintedPage{Page: 1, Width: 595, Height: 842, Packed: []byte{}}, nil)
		})
		if err != nil {
			t.Fatal(err)
		}
		started := filepath.Join(t.TempDir(), "started")
		locks := cache.NewMemory(clock, 100)
		processes := make([]*Service, 2)
		for i := range processes {
			processes[i] = New(s, bucket, locks, Engines{Draw: mediatest.CountedPages(started)}, nil, clock)
		}
		tags := make([]string, 20)
		var readers sync.WaitGroup
		for i := range tags {
			readers.Go(func() {
				p, err := processes[i%2].pictureOf(t.Context(), f.SM3, 1, 1500, 1)
				if err != nil {
					t.Errorf("reader %d is told %v", i, err)
					return
				}
				defer p.Bytes.Close()
				tags[i] = p.Tag
			})
		}
		readers.Wait()
		for i, tag := range tags {
			if tag == "" || tag != tags[0] {
				t.Errorf("reader %d got %q, the first %q", i, tag, tags[0])
			}
		}
		drawn, err := os.ReadFile(started)
		if err != nil || strings.Count(string(drawn), "started") != 1 {
			t.Errorf("it was drawn %d times (%v)", strings.Count(string(drawn), "started"), err)
		}
	})
}
