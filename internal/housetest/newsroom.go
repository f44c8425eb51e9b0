package housetest

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Newsroom is an office of a house that runs, with those who publish for it.
type Newsroom struct {
	t      testing.TB
	h      *House
	server *Server
	office string

	readers int

	First                    *Visitor // the administrator
	Editor, Second, Reviewer *Visitor // two editors, who are patient as the reviewer is
}

// Newsroom gives a house that runs an office, two editors and a reviewer. Requests
// come from addresses of their own: the house must believe a proxy on this machine.
func (h *House) Newsroom(s *Server) *Newsroom {
	h.t.Helper()
	n := &Newsroom{t: h.t, h: h, server: s}
	first := n.visitor(1)
	n.First = first
	h.Found(first)
	n.office = first.Must("POST /admin/v1/departments", map[string]string{"name": "市住房和城乡建设局"})["id"].(string)
	n.Editor, n.Second = n.hire(first, 2, "bianji", "editor"), n.hire(first, 3, "lingyiwei", "editor")
	n.Reviewer = n.hire(first, 4, "shenhe", "reviewer")
	return n
}

func (n *Newsroom) visitor(number int) *Visitor {
	return &Visitor{T: n.t, Address: n.server.Address, Now: time.Now, From: fmt.Sprintf("10.7.0.%d", number)}
}

func (n *Newsroom) hire(by *Visitor, number int, login, role string) *Visitor {
	opened := by.Must("POST /admin/v1/staff", map[string]any{"login": login, "name": "同事", "department_id": n.office,
		"grants": []map[string]string{{"role": role, "department_id": n.office}}})
	v := n.visitor(number)
	v.Begin(login, opened["password"].(string))
	v.Patient = true
	return v
}

// draft is a working copy that nothing is wrong with, about a word of its own.
func (n *Newsroom) draft(word string, number int) map[string]any {
	return map[string]any{"title": "鸢都市" + word + "管理办法", "doc_number": fmt.Sprintf("鸢建发〔2026〕%d号", number), "written_date": "2026-11-20",
		"department_ids": []string{n.office}, "topic_ids": []string{"housing"}, "no_interpretation": "事务性通知，内容简明",
		"body": []map[string]any{{"kind": "text", "text": "第一条　为了规范" + word + "，制定本办法。"},
			{"kind": "text", "text": "第二条　本办法由市住房和城乡建设局负责解释。"}}}
}

func match(record map[string]any) string { return fmt.Sprintf(`If-Match: "%.0f"`, record["version"]) }

// inReview brings a draft to where the reviewer has the word.
func (n *Newsroom) inReview(content map[string]any) map[string]any {
	n.t.Helper()
	r := n.Editor.Must("POST /admin/v1/policies", map[string]any{"department_id": n.office, "content": content})
	return n.Editor.Must("POST "+desk(r)+"/submit", map[string]any{}, match(r))
}

func desk(record map[string]any) string { return "/admin/v1/policies/" + record["id"].(string) }

func (n *Newsroom) sign(r map[string]any) map[string]any {
	n.t.Helper()
	return n.Reviewer.Must("POST "+desk(r)+"/sign", map[string]any{"no_secret": true, "attribute": "open", "why": "新政策"}, match(r))
}

// word is one that no other document has: characters that stand together nowhere.
func word(i int) string {
	const rare = "鸢鹞鹭鸥鹊鹂鹮鸾鹇鹕鹳鹱鹗鹈鹉鹄"
	runes := []rune(rare)
	return string([]rune{runes[i%16], runes[i/16%16], runes[i/256%16], '园'})
}

// Searched says how long publications took until they were found, while clients
// searched, and how often something was seen of what was withdrawn.
type Searched struct {
	Found      []time.Duration // in their order of length
	SeenAfter  int             // answers after a withdrawal that still had it
	Questions  int64           // that the clients asked meanwhile
	Withdrawal int             // how many were withdrawn
}

// PublishAndWithdraw publishes documents one after another while clients search,
// waits until each is found, withdraws it, and looks whether anything still shows it.
func (n *Newsroom) PublishAndWithdraw(documents, clients int) Searched {
	n.t.Helper()
	var s Searched
	var asked atomic.Int64
	stop := make(chan struct{})
	var all sync.WaitGroup
	for c := range clients {
		all.Go(func() { n.keepAsking(c, stop, &asked) })
	}
	for i := range documents {
		r := n.inReview(n.draft(word(i), i+1))
		r = n.sign(r)
		began := time.Now()
		for !n.finds(i, r) {
			if time.Since(began) > time.Minute {
				n.t.Fatalf("document %d is not found a minute after it was published", i)
			}
		}
		s.Found = append(s.Found, time.Since(began))
		n.Reviewer.Must("POST "+desk(r)+"/withdraw", map[string]string{"reason": "内容有误"}, match(r))
		s.Withdrawal++
		if n.reads("/api/v1/policies/"+r["id"].(string)).StatusCode != http.StatusNotFound || n.finds(i, r) {
			s.SeenAfter++
		}
	}
	close(stop)
	all.Wait()
	s.Questions = asked.Load()
	slices.Sort(s.Found)
	return s
}

func (n *Newsroom) finds(i int, r map[string]any) bool {
	a := n.reads("/api/v1/policies?q=" + url.QueryEscape(word(i)+"管理办法"))
	if a.StatusCode != http.StatusOK {
		n.t.Fatalf("a search: %d %.300s", a.StatusCode, a.Text)
	}
	return strings.Contains(a.Text, r["id"].(string))
}

// reads asks as somebody of the public who has not asked before.
func (n *Newsroom) reads(path string) *Answer {
	n.readers++
	v := &Visitor{T: n.t, Address: n.server.Address, Now: time.Now, From: fmt.Sprintf("10.9.%d.%d", n.readers>>8&255, n.readers&255)}
	return v.Send("GET "+path, nil)
}

// question is one of those that residents ask.
func question(i int) string {
	questions := []string{"公积金", "加装电梯", "老旧小区改造", "住房补贴", "物业", "租赁补贴怎么申请", "鸢建发〔2026〕3号", "gongjijin"}
	return "GET /api/v1/policies?q=" + url.QueryEscape(questions[i%len(questions)])
}

// keepAsking asks as residents do until it is stopped.
func (n *Newsroom) keepAsking(client int, stop <-chan struct{}, asked *atomic.Int64) {
	for i := client; ; i++ {
		select {
		case <-stop:
			return
		default:
		}
		v := &Visitor{T: n.t, Address: n.server.Address, Now: time.Now, From: fmt.Sprintf("10.8.%d.%d", client, i%250)}
		v.Send(question(i), nil)
		asked.Add(1)
	}
}

// WriteTogether lets two people save one draft in turn, each adding words of their
// own to what they read last, and counts the words that are lost in the end. A save
// that was overtaken is made again on top of what is there.
func (n *Newsroom) WriteTogether(saves int) (lost, overtaken int) {
	n.t.Helper()
	content := n.draft("共同起草", 1)
	r := n.Editor.Must("POST /admin/v1/policies", map[string]any{"department_id": n.office, "content": content})
	at := desk(r)
	var counted atomic.Int64
	var all sync.WaitGroup
	for w, v := range []*Visitor{n.Editor, n.Second} {
		all.Go(func() {
			read := v.Must("GET "+at, nil)
			for i := 0; i < saves/2; {
				a := v.Send("PUT "+at, map[string]any{"content": with(read, sentence(w, i))}, match(read))
				switch read = a.JSON(n.t); a.StatusCode {
				case http.StatusOK:
					i++
				case http.StatusPreconditionFailed:
					counted.Add(1)
					read = read["current"].(map[string]any)
				default:
					n.t.Errorf("save %d: %d %.300s", i, a.StatusCode, a.Text)
					return
				}
			}
		})
	}
	all.Wait()
	text := fmt.Sprint(n.Editor.Must("GET "+at, nil)["content"])
	for w := range 2 {
		for i := range saves / 2 {
			if !strings.Contains(text, sentence(w, i)) {
				lost++
			}
		}
	}
	return lost, int(counted.Load())
}

func sentence(writer, i int) string { return fmt.Sprintf("〔%c%d〕", 'A'+rune(writer), i) }

// with is the content of a record with a sentence behind its last paragraph.
func with(record map[string]any, sentence string) map[string]any {
	content := record["content"].(map[string]any)
	body := content["body"].([]any)
	last := body[len(body)-1].(map[string]any)
	last["text"] = last["text"].(string) + sentence
	return content
}

// Hand hands in a file and gives its ID.
func (n *Newsroom) Hand(name string, content []byte) string {
	n.t.Helper()
	a := n.Editor.Hand("/admin/v1/files?name="+url.QueryEscape(name), bytes.NewReader(content), int64(len(content)))
	if a.StatusCode != http.StatusCreated {
		n.t.Fatalf("hand in %s: %d %.300s", name, a.StatusCode, a.Text)
	}
	return a.JSON(n.t)["id"].(string)
}

// PublishWithFile publishes a document that has a file.
func (n *Newsroom) PublishWithFile(i int, fileID string) {
	n.t.Helper()
	content := n.draft(word(i), i+1)
	content["attachments"] = []map[string]string{{"file_id": fileID, "name": "附件.pdf"}}
	n.sign(n.inReview(content))
}
