package handler_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/media/mediatest"
	"yuandu/model"
	"yuandu/store/blob"
)

// watchedDoor is a door at which somebody writes down until when the house is
// ready to wait, and can let that time come.
type watchedDoor struct {
	net.Listener
	waits chan time.Time // until when, zero for as long as it takes
	reads chan int       // bytes of one read
	over  func()         // lets the time of the connection come
}

func (d *watchedDoor) Accept() (net.Conn, error) {
	c, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	w := &watchedConn{Conn: c, door: d}
	d.over = w.end
	return w, nil
}

type watchedConn struct {
	net.Conn
	door  *watchedDoor
	mu    sync.Mutex
	ended bool
}

func (c *watchedConn) SetReadDeadline(until time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		until = time.Now()
	}
	err := c.Conn.SetReadDeadline(until)
	c.door.waits <- until
	return err
}

func (c *watchedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.door.reads <- n
	return n, err
}

func (c *watchedConn) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	c.Conn.SetReadDeadline(time.Now())
}

// waitsUntil waits for the house to be ready to wait as a story wants.
func (d *watchedDoor) waitsUntil(t *testing.T, is func(time.Time) bool) {
	t.Helper()
	for {
		select {
		case until := <-d.waits:
			if is(until) {
				return
			}
		case <-time.After(20 * time.Second):
			t.Fatal("the house does not wait as it should")
		}
	}
}

// hasRead waits for the house to have read as many bytes as were sent. A
// connection that is closed before that is reset: its answer may be lost.
func (d *watchedDoor) hasRead(t *testing.T, sent int) {
	t.Helper()
	for read := 0; read < sent; {
		select {
		case n := <-d.reads:
			read += n
		case <-time.After(20 * time.Second):
			t.Fatalf("the house has read %d bytes of %d", read, sent)
		}
	}
}

// slowUpload is an upload of which the test sends every piece itself.
type slowUpload struct {
	net.Conn
	t       *testing.T
	answers *bufio.Reader
	sent    int // bytes
}

// beginSlowly sends the head of an upload of 10 MB, and returns when the house is
// reading.
func (r *fileroom) beginSlowly(t *testing.T) *slowUpload {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(r.server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	u := &slowUpload{Conn: c, t: t, answers: bufio.NewReader(c)}
	u.send(fmt.Sprintf("POST /admin/v1/files?name=a.pdf HTTP/1.1\r\nHost: x\r\nCookie: %s\r\nIdempotency-Key: slow-upload-0001\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", r.editor.Cookie, 10<<20))
	if line, err := u.answers.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q, %v", line, err)
	}
	u.answers.ReadString('\n')
	return u
}

func (u *slowUpload) send(piece string) {
	u.t.Helper()
	n, err := io.WriteString(u, piece)
	if u.sent += n; err != nil {
		u.t.Fatal(err)
	}
}

// answer is the answer, read until the house hangs up.
func (u *slowUpload) answer() *answer {
	u.t.Helper()
	response, err := http.ReadResponse(u.answers, nil)
	if err != nil {
		u.t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		u.t.Fatal(err)
	}
	if _, err := u.answers.ReadByte(); err != io.EOF {
		u.t.Errorf("the house does not hang up: %v", err)
	}
	return &answer{response, "POST a slow file", string(text)}
}

func openWatched(t *testing.T, open func(testing.TB, model.Clock) parts) (*fileroom, *watchedDoor) {
	t.Helper()
	r := openFileroom(t, open)
	door := &watchedDoor{waits: make(chan time.Time, 10_000), reads: make(chan int, 10_000)}
	r.server = newServer(t, r.house, door)
	return r, door
}

func TestAnUploadMayGoOnForAsLongAsSomethingComes(t *testing.T) {
	for _, set := range sets {
		t.Run(set.name, func(t *testing.T) {
			r, door := openWatched(t, set.open)
			u := r.beginSlowly(t)
			u.send("%PDF-1.7 ")
			for range 3 {
				sent := time.Now()
				u.send(strings.Repeat("0123456789abcdef", 1000))
				door.waitsUntil(t, func(until time.Time) bool { return !until.Before(sent.Add(30 * time.Second)) })
			}
			door.hasRead(t, u.sent)
			door.over()
			a := u.answer()
			r.editor.notHanded(a, 408, "file.stalled")
			if !strings.Contains(a.body, "重新上传") {
				t.Error(a.body)
			}
			r.keeps(t, 0, 0)
		})
	}
}

func TestAnUploadThatIsCutLeavesNothing(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		for _, piece := range []string{"", "%PD", "%PDF-1.7 " + strings.Repeat("0123456789abcdef", 100_000)} {
			u := r.beginSlowly(t)
			u.send(piece)
			if err := u.Conn.(*net.TCPConn).CloseWrite(); err != nil {
				t.Fatal(err)
			}
			r.editor.notHanded(u.answer(), 422, "file.cut")
		}
		r.keeps(t, 0, 0)
	})
}

// slowBucket is a storage that takes its time.
type slowBucket struct {
	blob.Bucket
	reached, goOn chan bool
}

func (b *slowBucket) Put(ctx context.Context, key string, r io.Reader, size int64, mediaType string) error {
	b.reached <- true
	<-b.goOn
	if err := ctx.Err(); err != nil {
		return err
	}
	return b.Bucket.Put(ctx, key, r, size, mediaType)
}

func TestTheStorageMayTakeItsTime(t *testing.T) {
	for _, set := range sets {
		t.Run(set.name, func(t *testing.T) {
			slow := &slowBucket{reached: make(chan bool), goOn: make(chan bool)}
			r, door := openWatched(t, func(t testing.TB, clock model.Clock) parts {
				p := set.open(t, clock)
				slow.Bucket, p.bucket = p.bucket, slow
				return p
			})
			// The editor comes in by the watched door.
			r.editor.Address = r.server.URL
			var all sync.WaitGroup
			var a *answer
			never := mediatest.PDF(1, "% "+rand.Text()) // seen before: the storage of the set is shared
			all.Go(func() { a = r.editor.handBytes("附件.pdf", never) })
			<-slow.reached
			door.waitsUntil(t, time.Time.IsZero)
			close(slow.goOn)
			all.Wait()
			if a.StatusCode != http.StatusCreated {
				t.Errorf("%d %s", a.StatusCode, a.body)
			}
		})
	}
}

// What is left of a limit on reading when a request is read would cut the answer.
func TestAnAnswerMayTakeItsTime(t *testing.T) {
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		door := &watchedDoor{waits: make(chan time.Time, 10_000), reads: make(chan int, 10_000)}
		r.server = newServer(t, r.house, door)
		r.editor.Address = r.server.URL
		for _, ask := range []string{"GET /admin/v1/me", "GET /", "POST /admin/v1/policies"} {
			var body any
			if strings.HasPrefix(ask, "POST") {
				body = map[string]any{"title": "市人民政府关于加快发展的意见"}
			}
			r.editor.send(ask, body)
			var last time.Time
			// When it has answered, the house stops listening by a limit long past.
			door.waitsUntil(t, func(until time.Time) bool {
				done := !until.IsZero() && until.Year() < 2000
				if !done {
					last = until
				}
				return done
			})
			if !last.IsZero() {
				t.Errorf("%s: the visitor counts as gone at %v", ask, last)
			}
		}
	})
}
