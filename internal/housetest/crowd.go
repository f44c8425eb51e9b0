package housetest

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/wechat/sim"
)

// messageTemplate is WeChat's own ID of the template by which changes are told.
const messageTemplate = "zwPolicyChanged0000000000000000000000000001"

// WeChat starts a simulated WeChat that has the template for messages about changes,
// and gives the same house with its door open to it.
func (h *House) WeChat() (*sim.Sim, *House) {
	h.t.Helper()
	s := sim.New(sim.Options{Clock: realClock{}, Templates: []sim.Template{{ID: messageTemplate, Title: "政策更新提醒", Keys: []sim.Key{
		{Name: "thing1", Label: "政策名称"}, {Name: "thing2", Label: "更新内容"}, {Name: "date3", Label: "更新日期"}}}}})
	server := httptest.NewServer(s)
	h.t.Cleanup(server.Close)
	return s, h.With("YUANDU_WECHAT_APPID", s.AppID(), "YUANDU_WECHAT_SECRET", s.Secret(), "YUANDU_WECHAT_URL", server.URL)
}

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

// Crowd is residents who follow the topic of which a newsroom publishes, each with
// a phone. Of a hundred, eight have refused what they once allowed, and three have
// allowed nothing. Every tenth follows the newsroom's office as well, and a search
// that finds each of its documents.
type Crowd struct {
	t      testing.TB
	h      *House
	WeChat *sim.Sim
	IDs    []string
	db     *sql.DB
}

// What a resident of a crowd lets us send, by their number.
const (
	crowdRefused  = 8  // below it
	crowdNoCredit = 11 // below it
)

// Crowd brings n residents into a house that serves, whose newsroom there is.
func (n *Newsroom) Crowd(w *sim.Sim, size int) *Crowd {
	n.t.Helper()
	n.First.Must("PUT /admin/v1/push/templates/change", map[string]any{"wechat_id": messageTemplate, "title": "政策更新提醒", "long": false,
		"fields": []map[string]string{{"key": "thing1", "label": "政策名称", "source": "title"}, {"key": "thing2", "label": "更新内容", "source": "note"},
			{"key": "date3", "label": "更新日期", "source": "date"}}}, `If-Match: "0"`)
	c := &Crowd{t: n.t, h: n.h, WeChat: w, IDs: make([]string, size), db: n.h.open()}
	n.t.Cleanup(func() { c.db.Close() })
	c.settle()
	now := time.Now().UnixMilli()
	c.insert(`follows (resident_id, kind, key, name, followed_at)`, func(i int) []any { return []any{c.IDs[i], "topic", "housing", "住房", now} })
	c.insert(`follows (resident_id, kind, key, name, followed_at)`, func(i int) []any {
		if i%10 != 0 {
			return nil
		}
		return []any{c.IDs[i], "department", n.office, "市住房和城乡建设局", now}
	})
	c.insert(`push_settings (resident_id, quiet_from, quiet_until, most)`, func(i int) []any { return []any{c.IDs[i], 0, 0, 20} }) // at any hour
	search := n.savedSearch(w)
	c.insert(`follows (resident_id, kind, key, name, followed_at)`, func(i int) []any {
		if i%10 != 0 {
			return nil
		}
		return []any{c.IDs[i], "search", search, "管理办法", now}
	})
	c.insert(`credits (resident_id, template, count, answer, answered_at)`, func(i int) []any {
		if i%100 >= crowdRefused && i%100 < crowdNoCredit {
			return nil
		}
		return []any{c.IDs[i], "change", 1, "accepted", now}
	})
	if _, err := c.db.Exec(`ANALYZE`); err != nil { // as a house has been that was there for a day
		n.t.Fatal(err)
	}
	return c
}

// number is what a query answers with.
func (c *Crowd) number(query string) (n int) {
	c.t.Helper()
	if err := c.db.QueryRow(query).Scan(&n); err != nil {
		c.t.Fatal(err)
	}
	return n
}

func phone(i int) string { return fmt.Sprint("居民", i) }

// settle signs everybody in, as the house itself keeps them.
func (c *Crowd) settle() {
	c.t.Helper()
	s := c.h.records()
	defer s.Close()
	const together = 2000
	writers := 4
	if s.Private() {
		writers = 1
	}
	from := make(chan int)
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for at := range from {
				err := s.InTx(context.Background(), func(tx *store.Tx) error {
					for i := at; i < min(at+together, len(c.IDs)); i++ {
						if err := c.arrive(tx, i); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					c.t.Error(err)
				}
			}
		})
	}
	for at := 0; at < len(c.IDs); at += together {
		from <- at
	}
	close(from)
	all.Wait()
}

func (c *Crowd) arrive(tx *store.Tx, i int) error {
	r := &model.Resident{OpenID: c.WeChat.Person(phone(i)).OpenID}
	if err := tx.SaveResident(context.Background(), r); err != nil {
		return err
	}
	c.IDs[i] = r.ID
	if i%100 >= crowdRefused && i%100 < crowdNoCredit {
		return nil
	}
	c.WeChat.Ask(phone(i), sim.Choice{Template: messageTemplate, Accept: true})
	if i%100 < crowdRefused {
		c.WeChat.Setting(phone(i), messageTemplate, "reject")
	}
	return nil
}

// savedSearch lets somebody who is not of the crowd follow a search that finds all
// documents of the newsroom, and gives its key.
func (n *Newsroom) savedSearch(w *sim.Sim) string {
	n.t.Helper()
	v := n.visitor(250)
	n.First.Must("POST /admin/v1/privacy", map[string]string{"text": strings.Repeat("本政策说明我们怎样收集、使用和保护您的个人信息。", 10), "summary": "第一次发布"})
	v.Token = v.Must("POST /api/v1/login", map[string]string{"code": w.LoginCode("不在其中")})["token"].(string)
	v.Must("POST /api/v1/me/consent", map[string]any{"version": 1})
	v.Must("POST /api/v1/me/searches", map[string]any{"text": "管理办法"})
	return n.h.Strings(`SELECT id FROM saved_searches`)[0]
}

// insert adds a row for each resident for whom there is one, many at once.
func (c *Crowd) insert(into string, row func(i int) []any) {
	c.t.Helper()
	const most = 200 // SQLite looks through the names of all arguments before it for each one
	var rows [][]any
	flush := func() {
		if len(rows) == 0 {
			return
		}
		if err := insertRows(c.db, into, rows); err != nil {
			c.t.Fatal(err)
		}
		rows = rows[:0]
	}
	for i := range c.IDs {
		if r := row(i); r != nil {
			rows = append(rows, r)
		}
		if len(rows) == most {
			flush()
		}
	}
	flush()
}

func insertRows(db *sql.DB, into string, rows [][]any) error {
	var text strings.Builder
	text.WriteString("INSERT INTO " + into + " VALUES ")
	var args []any
	for i, row := range rows {
		if i > 0 {
			text.WriteByte(',')
		}
		for j := range row {
			text.WriteString(map[bool]string{true: "(", false: ","}[j == 0])
			fmt.Fprintf(&text, "$%d", len(args)+j+1)
		}
		text.WriteByte(')')
		args = append(args, row...)
	}
	_, err := db.Exec(text.String(), args...)
	return err
}

// records opens what the house remembers, with its own keys.
func (h *House) records() *store.Store {
	h.t.Helper()
	s, err := store.OpenAsIs(context.Background(), store.Options{URL: h.env["YUANDU_DATABASE_URL"], File: filepath.Join(h.Data, "yuandu.db"),
		Clock: realClock{}, Vault: store.NewVault(h.keys)})
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func (h *House) keys() (*store.Keys, error) {
	text, err := os.ReadFile(h.keyFile())
	if err != nil {
		return nil, err
	}
	var kept struct{ Seal, Audit, Hash string }
	if err := json.Unmarshal(text, &kept); err != nil {
		return nil, err
	}
	plain := func(key string) []byte { b, _ := hex.DecodeString(key); return b }
	return &store.Keys{Seals: [][]byte{plain(kept.Seal)}, Audit: plain(kept.Audit), Hash: plain(kept.Hash)}, nil
}

func (h *House) keyFile() string {
	if file := h.env["YUANDU_KEY_FILE"]; file != "" {
		return file
	}
	return filepath.Join(h.Data, "keys.json")
}
