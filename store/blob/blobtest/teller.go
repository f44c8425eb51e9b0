package blobtest

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"yuandu/store/blob"
)

// teller says in a word what a story needs of its bucket.
type teller struct {
	*testing.T
	blob.Bucket
	folder string

	mu   sync.Mutex
	keys map[string]bool
}

func newTeller(t *testing.T, b blob.Bucket) *teller {
	c := &teller{T: t, Bucket: b, folder: "test/" + strings.ToLower(rand.Text()), keys: map[string]bool{}}
	t.Cleanup(func() {
		for key := range c.keys {
			c.must(b.Delete(context.Background(), key))
		}
	})
	return c
}

func (c *teller) key(name string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := c.folder + "/" + name
	c.keys[key] = true
	return key
}

func (c *teller) must(err error) {
	c.Helper()
	if err != nil {
		c.Error(err)
	}
}

func (c *teller) put(name, text string) {
	c.Helper()
	c.must(c.Put(c.Context(), c.key(name), strings.NewReader(text), int64(len(text)), "text/plain"))
}

func (c *teller) open(name string) blob.Object {
	c.Helper()
	object, err := c.Open(c.Context(), c.key(name))
	if err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() { object.Close() })
	return object
}

func (c *teller) tryRead(name string) (string, error) {
	object, err := c.Open(c.Context(), c.key(name))
	if err != nil {
		return "", err
	}
	defer object.Close()
	text, err := io.ReadAll(object)
	return string(text), err
}

func (c *teller) read(key string) []byte {
	c.Helper()
	object, err := c.Open(c.Context(), key)
	if err != nil {
		c.Fatal(err)
	}
	defer object.Close()
	text, err := io.ReadAll(object)
	c.must(err)
	if object.Size() != int64(len(text)) {
		c.Errorf("%s says it has %d bytes, and has %d", key, object.Size(), len(text))
	}
	return text
}

func (c *teller) holds(key, want string) {
	c.Helper()
	if got := string(c.read(key)); got != want {
		c.Errorf("%s holds %d bytes: %.60q; want %d: %.60q", key, len(got), got, len(want), want)
	}
}

func (c *teller) missing(key string) {
	c.Helper()
	object, err := c.Open(c.Context(), key)
	if err == nil {
		object.Close()
	}
	if !errors.Is(err, blob.ErrNotFound) {
		c.Errorf("%s should not be there: %v", key, err)
	}
}
