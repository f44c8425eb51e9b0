// Package blobtest holds every maker of a bucket to the same promises.
package blobtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"yuandu/store/blob"
)

// Run tells the stories that hold for every bucket. open may give each one the
// same bucket: every story has a folder of its own in it, and clears it up.
func Run(t *testing.T, open func(t *testing.T) blob.Bucket) {
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) { s.tell(newTeller(t, open(t))) })
	}
}

var stories = []struct {
	name string
	tell func(*teller)
}{
	{"a file comes back as it was put", keepsFiles},
	{"a file may be empty", keepsEmptyFiles},
	{"ten megabytes come back, whether their size was said or not", keepsLargeFiles},
	{"a file knows its size and when it was put", knowsSizeAndTime},
	{"a new file replaces the old one", replaces},
	{"reading can begin anywhere, and again after the end", seeks},
	{"a browser gets the range that it asks for", servesRanges},
	{"a file that is not there is not found", missing},
	{"a folder is not a file", foldersAreNoFiles},
	{"a deleted file is gone, and one that is not there may be deleted", deletes},
	{"an upload that is cut off leaves nothing", cutOff},
	{"an upload that is cut off leaves the old file", cutOffKeepsTheOld},
	{"a file of another size than was said is refused", wrongSizes},
	{"an upload stops when the caller's time is over", cancelledHalfway},
	{"an ended context does nothing", contextIsOver},
	{"keys are of our own making", badKeys},
	{"of many writers at once one wins, whole", manyWriters},
	{"a file that is replaced while it is read never goes over into the new one", replacedWhileRead},
	{"put does not close what it reads", readerStaysOpen},
	{"a bucket that works is healthy", healthy},
}

func keepsFiles(c *teller) {
	for i, text := range []string{"潍坊市人民政府公报", "\x00\xff\r\n", strings.Repeat("鸢都", 100_000)} {
		for _, size := range []int{len(text), -1} {
			key := c.key(fmt.Sprintf("%d/a_b-c.d%d", i, size+1))
			c.must(c.Put(c.Context(), key, iotest.HalfReader(strings.NewReader(text)), int64(size), "application/pdf"))
			c.holds(key, text)
		}
	}
}

func keepsEmptyFiles(c *teller) {
	for _, size := range []int64{0, -1} {
		c.must(c.Put(c.Context(), c.key("empty"), strings.NewReader(""), size, "text/plain"))
		c.holds(c.key("empty"), "")
	}
}

func keepsLargeFiles(c *teller) {
	large := bytes.Repeat([]byte("0123456789"), 1<<20)
	for _, size := range []int{len(large), -1} {
		c.must(c.Put(c.Context(), c.key("large"), bytes.NewReader(large), int64(size), "audio/mpeg"))
		if got := c.read(c.key("large")); !bytes.Equal(got, large) {
			c.Errorf("%d bytes came back of %d, size said: %d", len(got), len(large), size)
		}
	}
}

func knowsSizeAndTime(c *teller) {
	c.put("a", "0123456789")
	object := c.open("a")
	_, err := io.CopyN(io.Discard, object, 4)
	c.must(err)
	if age := time.Since(object.ModTime()); object.Size() != 10 || age < -time.Hour || age > time.Hour {
		c.Errorf("size %d, put at %v", object.Size(), object.ModTime())
	}
}

func replaces(c *teller) {
	for _, text := range []string{"first", "the second is longer", "3"} {
		c.put("a", text)
		c.holds(c.key("a"), text)
	}
}

func seeks(c *teller) {
	c.put("a", "0123456789")
	object := c.open("a")
	for _, step := range []struct {
		offset int64
		whence int
		want   string
	}{
		{0, io.SeekEnd, ""},
		{0, io.SeekStart, "0123456789"},
		{7, io.SeekStart, "789"},
		{-4, io.SeekEnd, "6789"},
		{-2, io.SeekCurrent, "89"},
		{0, io.SeekStart, "0123456789"},
	} {
		_, err := object.Seek(step.offset, step.whence)
		c.must(err)
		if got, err := io.ReadAll(object); string(got) != step.want || err != nil {
			c.Errorf("from %d (%d): %q, %v", step.offset, step.whence, got, err)
		}
	}
	if _, err := object.Seek(-1, io.SeekStart); err == nil {
		c.Error("there is something before the start")
	}
}

func servesRanges(c *teller) {
	c.put("a", "0123456789")
	for _, ask := range []struct {
		bytes  string
		status int
		want   string
	}{
		{"", 200, "0123456789"},
		{"bytes=2-4", 206, "234"},
		{"bytes=8-", 206, "89"},
		{"bytes=-3", 206, "789"},
		{"bytes=0-99", 206, "0123456789"},
		{"bytes=10-", 416, "invalid range: failed to overlap\n"},
	} {
		object, answer := c.open("a"), httptest.NewRecorder()
		question := httptest.NewRequest("GET", "/", nil)
		question.Header.Set("Range", ask.bytes)
		http.ServeContent(answer, question, "a.txt", object.ModTime(), object)
		if answer.Code != ask.status || answer.Body.String() != ask.want {
			c.Errorf("%q: %d %q", ask.bytes, answer.Code, answer.Body)
		}
	}
}

func missing(c *teller) {
	c.missing(c.key("nothing"))
	c.missing(c.key("no/such/folder/either"))
	c.put("a", "text")
	c.missing(c.key("a/under-a-file"))
	c.must(c.Delete(c.Context(), c.key("a/under-a-file")))
	c.holds(c.key("a"), "text")
}

func foldersAreNoFiles(c *teller) {
	c.put("folder/a", "text")
	c.missing(c.key("folder"))
	c.must(c.Delete(c.Context(), c.key("folder")))
	c.holds(c.key("folder/a"), "text")
}

func deletes(c *teller) {
	c.put("a", "text")
	for range 2 {
		c.must(c.Delete(c.Context(), c.key("a")))
		c.missing(c.key("a"))
	}
	c.put("a", "again")
	c.holds(c.key("a"), "again")
}

func cutOff(c *teller) {
	for _, cut := range cuts {
		for _, size := range []int64{1000, -1} {
			err := c.Put(c.Context(), c.key("a"), cutReader(cut), size, "text/plain")
			if !errors.Is(err, cut) {
				c.Errorf("size %d, cut off by %q: %v", size, cut, err)
			}
			c.missing(c.key("a"))
		}
	}
}

func cutOffKeepsTheOld(c *teller) {
	c.put("a", "old")
	for _, cut := range cuts {
		if c.Put(c.Context(), c.key("a"), cutReader(cut), -1, "text/plain") == nil {
			c.Errorf("cut off by %q, and kept", cut)
		}
	}
	c.holds(c.key("a"), "old")
}

// cuts are what a broken connection looks like; net/http says the first.
var cuts = []error{io.ErrUnexpectedEOF, errors.New("the line went dead")}

func cutReader(cut error) io.Reader {
	return io.MultiReader(strings.NewReader("half a file"), iotest.ErrReader(cut))
}

func wrongSizes(c *teller) {
	for text, size := range map[string]int64{"short": 6, "longer": 5, "not empty": 0, "": 1} {
		for name, r := range map[string]io.Reader{
			"at once":        strings.NewReader(text),
			"byte by byte":   iotest.OneByteReader(strings.NewReader(text)),
			"with early EOF": iotest.DataErrReader(strings.NewReader(text)),
		} {
			err := c.Put(c.Context(), c.key("a"), r, size, "text/plain")
			if !errors.Is(err, blob.ErrWrongSize) {
				c.Errorf("%q, %s, said to be %d: %v", text, name, size, err)
			}
			c.missing(c.key("a"))
		}
	}
}

func cancelledHalfway(c *teller) {
	ctx, cancel := context.WithCancel(c.Context())
	last := strings.NewReader("the other half")
	hangUp := readFunc(func(p []byte) (int, error) {
		cancel()
		return last.Read(p)
	})
	err := c.Put(ctx, c.key("a"), io.MultiReader(strings.NewReader("one half, "), hangUp), -1, "text/plain")
	if !errors.Is(err, context.Canceled) {
		c.Error(err)
	}
	c.missing(c.key("a"))
}

func contextIsOver(c *teller) {
	c.put("a", "text")
	ctx, cancel := context.WithCancel(c.Context())
	cancel()
	_, open := c.Open(ctx, c.key("a"))
	put := c.Put(ctx, c.key("a"), strings.NewReader("new"), 3, "text/plain")
	for _, err := range []error{open, put, c.Delete(ctx, c.key("a")), c.Health(ctx)} {
		if !errors.Is(err, context.Canceled) {
			c.Errorf("with an ended context: %v", err)
		}
	}
	c.holds(c.key("a"), "text")
}

func badKeys(c *teller) {
	for _, key := range []string{
		"", ".", "..", "/", "/etc/passwd", "../secret", "files/../../secret", "files/..", "a..b", ".partial/a", "-a", "_a",
		"files//a", "files/./a", "files/", "files/.", "files/公报.pdf", "公报", "Files/A", "files/a b", "files/a\x00",
		"files/a\n", `files\a`, "files/a?b", "files/a%2f", "c:/a", strings.Repeat("a", 202),
	} {
		_, open := c.Open(c.Context(), key)
		put := c.Put(c.Context(), key, strings.NewReader("a"), 1, "text/plain")
		for _, err := range []error{open, put, c.Delete(c.Context(), key)} {
			if !errors.Is(err, blob.ErrBadKey) {
				c.Errorf("%q: %v", key, err)
			}
		}
	}
}

func manyWriters(c *teller) {
	text := func(i int) string { return strings.Repeat(string(rune('a'+i)), 50_000) }
	c.put("a", text(0))
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			c.must(c.Put(c.Context(), c.key("a"), strings.NewReader(text(i)), 50_000, "text/plain"))
		})
		all.Go(func() {
			if got, err := c.tryRead("a"); err == nil && strings.Count(got, got[:1]) != 50_000 {
				c.Errorf("a reader saw a mixture of %d bytes", len(got))
			}
		})
	}
	all.Wait()
	winner := string(c.read(c.key("a")))
	c.holds(c.key("a"), text(int(winner[0]-'a')))
}

func replacedWhileRead(c *teller) {
	old, text := strings.Repeat("o", 1<<20), strings.Repeat("n", 1<<20)
	c.put("a", old)
	object := c.open("a")
	begin := make([]byte, 10)
	_, err := io.ReadFull(object, begin)
	c.must(err)
	c.put("a", text)
	rest, err := io.ReadAll(object)
	if err == nil && string(begin)+string(rest) != old {
		c.Errorf("read %d old bytes and then %d others", len(begin), len(rest))
	}
	if _, err = object.Seek(100, io.SeekStart); err == nil {
		rest, err = io.ReadAll(object)
	}
	if err == nil && strings.Contains(string(rest), "n") {
		c.Error("looked back into the new file")
	}
}

func readerStaysOpen(c *teller) {
	r := &closable{Reader: strings.NewReader("text")}
	c.must(c.Put(c.Context(), c.key("a"), r, 4, "text/plain"))
	if r.closed {
		c.Error("the caller's reader was closed")
	}
}

func healthy(c *teller) { c.must(c.Health(c.Context())) }

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

type closable struct {
	io.Reader
	closed bool
}

func (r *closable) Close() error {
	r.closed = true
	return nil
}
