package housetest

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"image"
	_ "image/jpeg" // what pictures are kept as
	"io"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yuandu/media/mediatest"
	"yuandu/model"
	"yuandu/wechat/sim"
)

// Written says what became of letters that were sent while the house was killed.
type Written struct {
	Kills        int
	Acknowledged int // letters whose author was told a number
	Again        int // of them by another try of the same key
	GivenUp      int // letters that were not answered, and not tried again
	GivenUpThere int // of them there all the same
	Lost         int // acknowledged, and not there
	Doubled      int // there more than once
	Renumbered   int // there under another number than their author was told
	Nameless     int // tried again, and told that they are there, but not under which number
	Torn         int // pictures that are not whole
	Pictures     int
}

func (v Written) String() string {
	return fmt.Sprintf("%d kills; %d letters acknowledged, %d of them by a second try; %d given up, %d of them there; %d pictures, %d torn; "+
		"%d lost, %d doubled, %d of another number, %d of none", v.Kills, v.Acknowledged, v.Again, v.GivenUp, v.GivenUpThere, v.Pictures, v.Torn,
		v.Lost, v.Doubled, v.Renumbered, v.Nameless)
}

// writers are phones from which residents write, one after another.
type writers struct {
	t       testing.TB
	wechat  *sim.Sim
	address string
	stop    atomic.Bool
	people  atomic.Int64
	mu      sync.Mutex
	all     []*sentLetter
}

// sentLetter is a letter as its author knows it.
type sentLetter struct {
	by                    *Visitor
	title, number         string
	picture               image.Point
	again, given, unnamed bool
}

// KillWhileWriting kills the house at random moments while residents send letters
// with pictures from so many phones, and looks at what is there in the end.
func (h *House) KillWhileWriting(dice *mathrand.Rand, phones, kills int) (v Written) {
	h.t.Helper()
	w, h := h.BehindProxy().With("YUANDU_ADDR", freeAddress(h.t)).WeChat()
	s := h.Serve()
	first := &Visitor{T: h.t, Address: s.Address, Now: time.Now, From: "10.4.0.1"}
	h.Found(first)
	first.Must("POST /admin/v1/privacy", map[string]string{"text": strings.Repeat("本政策说明我们怎样收集、使用和保护您的个人信息。", 10), "summary": "第一次发布"})
	all := &writers{t: h.t, wechat: w, address: s.Address}
	var still sync.WaitGroup
	for range phones {
		still.Go(all.write)
	}
	for ; v.Kills < kills; v.Kills++ {
		s.KillAfter(time.Since(s.began) + time.Duration(200+dice.Float64()*1500)*time.Millisecond)
		s = h.Serve()
	}
	all.stop.Store(true)
	still.Wait()
	all.count(&v)
	s.Stop()
	return v
}

// freeAddress is an address that a house can take again after it was killed.
func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// write has one resident after another sign in and send as many letters as a day lets
// them.
func (w *writers) write() {
	for !w.stop.Load() {
		n := int(w.people.Add(1))
		v := &Visitor{T: w.t, Address: w.address, Now: time.Now, From: fmt.Sprintf("10.3.%d.%d", n>>8&255, n&255)}
		w.signIn(v, fmt.Sprint("写信人", n))
		for i := 0; i < model.LettersPerDay && !w.stop.Load(); i++ {
			w.send(v, n, i)
		}
	}
}

// signIn signs a resident in, who agrees: until then nothing of them is kept, and what
// was begun is lost with the process.
func (w *writers) signIn(v *Visitor, name string) {
	for {
		a := w.until(v, func() *http.Request {
			return v.request("POST /api/v1/login", map[string]string{"code": w.wechat.LoginCode(name)})
		})
		v.Token = a.JSON(w.t)["token"].(string)
		a = w.until(v, func() *http.Request { return v.request("POST /api/v1/me/consent", map[string]any{"version": 1}) })
		if a.StatusCode != http.StatusUnauthorized {
			return
		}
		v.Token = ""
	}
}

// send hands in a picture and sends a letter with it. Every fifth is not tried again.
func (w *writers) send(v *Visitor, n, i int) {
	l := &sentLetter{by: v, title: fmt.Sprintf("第%d位居民的第%d封信", n, i+1), picture: image.Pt(320+n%64, 240+i)}
	content := mediatest.JPEG(l.picture.X, l.picture.Y, 1)
	picture := w.until(v, func() *http.Request {
		r := v.request("POST /api/v1/me/letter-files?name="+url.QueryEscape("现场.jpg"), nil)
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(content)), int64(len(content))
		r.Header.Del("Content-Type")
		return r
	})
	letter := map[string]any{"channel": "ask", "title": l.title, "text": "楼下的路灯坏了两个月，晚上看不见路。", "may_publish": false, "anonymous": true,
		"files": []any{picture.JSON(w.t)["id"]}}
	w.mu.Lock()
	w.all = append(w.all, l)
	w.mu.Unlock()
	key := "Idempotency-Key: " + rand.Text()
	for tries := 0; ; tries++ {
		a, err := v.try(v.request("POST /api/v1/letters", letter), key)
		switch {
		case err == nil && a.StatusCode/100 == 2:
			l.number, l.again = a.JSON(w.t)["number"].(string), tries > 0
			return
		case err == nil && a.Says("request.done_before"):
			l.unnamed = true
			return
		case err == nil && !passes(a):
			w.t.Errorf("%s: %d %s", l.title, a.StatusCode, a.Text)
			return
		case err != nil && i%5 == 4:
			l.given = true
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// passes says whether an answer is one that the mini program waits after.
func passes(a *Answer) bool {
	return a.StatusCode == http.StatusTooManyRequests || a.StatusCode >= 500 || a.Says("request.running")
}

// until sends a request until it is answered by more than that one has to wait.
func (w *writers) until(v *Visitor, request func() *http.Request) *Answer {
	for {
		a, err := v.try(request())
		switch {
		case err == nil && !passes(a):
			if a.StatusCode/100 != 2 && a.StatusCode != http.StatusUnauthorized && !a.Says("request.done_before") {
				w.t.Errorf("%s: %d %s", a.Ask, a.StatusCode, a.Text)
			}
			return a
		default:
			time.Sleep(100 * time.Millisecond)
		}
	}
}

// count compares what everybody was told with what each reads of their own.
func (w *writers) count(v *Written) {
	w.t.Helper()
	read := map[*Visitor][]any{}
	for _, l := range w.all {
		if read[l.by] == nil {
			read[l.by] = l.by.Must("GET /api/v1/me/letters?limit=50", nil)["items"].([]any)
		}
		var numbers []string
		for _, item := range read[l.by] {
			if item := item.(map[string]any); item["title"] == l.title {
				numbers = append(numbers, item["number"].(string))
				v.Pictures++
				if !l.pictureIsWhole(item["id"].(string)) {
					v.Torn++
				}
			}
		}
		l.tally(v, numbers)
	}
}

// tally counts a letter that is there under some numbers.
func (l *sentLetter) tally(v *Written, numbers []string) {
	add := func(to *int, yes bool) {
		if yes {
			*to++
		}
	}
	add(&v.Doubled, len(numbers) > 1)
	add(&v.GivenUp, l.given)
	add(&v.GivenUpThere, l.given && len(numbers) > 0)
	add(&v.Nameless, l.unnamed)
	add(&v.Acknowledged, l.number != "")
	add(&v.Again, l.number != "" && l.again)
	add(&v.Lost, (l.number != "" || l.unnamed) && len(numbers) == 0)
	add(&v.Renumbered, l.number != "" && len(numbers) > 0 && numbers[0] != l.number)
}

// pictureIsWhole says whether the one picture of a letter is there as it was made anew:
// all its bytes, and the picture that was handed in.
func (l *sentLetter) pictureIsWhole(id string) bool {
	files := l.by.Must("GET /api/v1/me/letters/"+id, nil)["files"].([]any)
	if len(files) != 1 {
		return false
	}
	file := files[0].(map[string]any)
	a := l.by.Send("GET /api/v1/me/letter-files/"+file["id"].(string), nil)
	if a.StatusCode != http.StatusOK || float64(len(a.Text)) != file["size"] {
		return false
	}
	p, _, err := image.Decode(strings.NewReader(a.Text))
	return err == nil && p.Bounds().Size() == l.picture
}
