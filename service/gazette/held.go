package gazette

import (
	"bytes"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"yuandu/store"
	"yuandu/store/blob"
)

// Bounds of the pictures that are held at hand, in bytes: those of some hundred pages, which
// everybody turns in these days. A larger one must not drive out many.
const (
	mostHeld    = 32 << 20
	largestHeld = 512 << 10
)

// heldPictures are the bytes of pictures that were asked for last. They are held under what they
// are, so that none is ever another; whether somebody may see one is asked elsewhere.
type heldPictures struct {
	mu       sync.Mutex
	pictures *simplelru.LRU[string, heldPicture]
	used     int
}

type heldPicture struct {
	content []byte
	at      time.Time
}

func holdPictures() *heldPictures {
	h := &heldPictures{}
	pictures, err := simplelru.NewLRU(mostHeld>>10, func(_ string, p heldPicture) { h.used -= len(p.content) })
	if err != nil {
		panic(err) // the size is positive
	}
	h.pictures = pictures
	return h
}

func heldName(p *store.PrintedPicture) string { return p.Key() + " " + p.Tag }

// get is a picture at hand, nil where it is not.
func (h *heldPictures) get(p *store.PrintedPicture) blob.Object {
	h.mu.Lock()
	defer h.mu.Unlock()
	held, ok := h.pictures.Get(heldName(p))
	if !ok {
		return nil
	}
	return heldObject{bytes.NewReader(held.content), held.at}
}

// take holds what is read of a picture, if that is not too much, and gives it back to be read.
func (h *heldPictures) take(p *store.PrintedPicture, object blob.Object) (blob.Object, error) {
	if object.Size() != p.Size || p.Size > largestHeld {
		return object, nil
	}
	defer object.Close()
	content, err := io.ReadAll(object)
	if err != nil {
		return nil, fmt.Errorf("read picture of a page: %w", err)
	}
	held := heldPicture{content, object.ModTime()}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pictures.Remove(heldName(p))
	h.pictures.Add(heldName(p), held)
	for h.used += len(content); h.used > mostHeld; {
		h.pictures.RemoveOldest()
	}
	return heldObject{bytes.NewReader(content), held.at}, nil
}

type heldObject struct {
	*bytes.Reader
	at time.Time
}

func (o heldObject) ModTime() time.Time { return o.at }
func (heldObject) Close() error         { return nil }
