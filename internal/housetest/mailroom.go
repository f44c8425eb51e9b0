package housetest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"
)

// Mailroom is a house to which letters were written for years: forty offices, the
// first of which have others below them, and those who work with the letters.
type Mailroom struct {
	t       testing.TB
	h       *House
	server  *Server
	offices []string // the one with most letters first
	topics  []string
	staff   map[string]string // IDs by login
	By      map[string]*Visitor
}

const (
	mailOffices = 40
	mailBelow   = 8 // of them below the first two
	smallOffice = 30
)

// The people of a mailroom, by what they are.
const (
	ClerkOfMany = "clerk of the largest office"
	ClerkOfFew  = "clerk of a small office"
	HeadOfMany  = "head of the largest office"
	TheCentre   = "the Centre"
	TheMayors   = "the mayor's office"
	TheWatch    = "the Supervisor"
)

// MailPeople lists the people of a mailroom.
func MailPeople() []string {
	return []string{ClerkOfMany, ClerkOfFew, HeadOfMany, TheCentre, TheMayors, TheWatch}
}

// Mailroom gives a house that runs, and believes a proxy on this machine, its offices
// and their people.
func (h *House) Mailroom(s *Server) *Mailroom {
	h.t.Helper()
	m := &Mailroom{t: h.t, h: h, server: s, staff: map[string]string{}, By: map[string]*Visitor{}}
	first := m.visitor(1)
	h.Found(first)
	for i := range mailOffices {
		office := map[string]any{"name": fmt.Sprintf("鸢都市第%d局", i+1)}
		if below := mailOffices - i; below <= mailBelow {
			office["parent_id"] = m.offices[below%2]
		}
		m.offices = append(m.offices, first.Must("POST /admin/v1/departments", office)["id"].(string))
	}
	m.topics = h.Strings(`SELECT id FROM topics ORDER BY id`)
	for i, who := range []struct{ name, role, office string }{{ClerkOfMany, "case_handler", m.offices[0]},
		{ClerkOfFew, "case_handler", m.offices[smallOffice]}, {HeadOfMany, "office_head", m.offices[0]}, {TheCentre, "dispatcher", ""},
		{TheMayors, "mayors_office", ""}, {TheWatch, "supervisor", ""}} {
		m.hire(first, i+2, who.name, map[string]string{"role": who.role, "department_id": who.office})
	}
	return m
}

func (m *Mailroom) visitor(number int) *Visitor {
	return &Visitor{T: m.t, Address: m.server.Address, Now: time.Now, From: fmt.Sprintf("10.5.0.%d", number), Patient: true}
}

func (m *Mailroom) hire(by *Visitor, number int, name string, grant map[string]string) {
	m.t.Helper()
	login := fmt.Sprint("tongshi", number)
	opened := by.Must("POST /admin/v1/staff", map[string]any{"login": login, "name": "同事", "department_id": m.offices[0],
		"grants": []map[string]string{grant}})
	v := m.visitor(number)
	v.Begin(login, opened["password"].(string))
	m.By[name], m.staff[name] = v, opened["staff"].(map[string]any)["id"].(string)
}

// Asked is how long the pages of a list took that somebody looked at.
type Asked struct {
	Took    []time.Duration // in their order of length
	Slowest string          // the page that took longest, at its best
	Worst   time.Duration   // what it took then
}

// P99 is what ninety-nine pages of a hundred took at most.
func (a Asked) P99() time.Duration { return a.Took[len(a.Took)*99/100] }

// Leaf turns over the lists as the console does it: each box of somebody, and each way
// to narrow it, the first page and the tenth; rounds times, the first one besides.
func (m *Mailroom) Leaf(who string, rounds int) (a Asked) {
	m.t.Helper()
	v := m.By[who]
	var pages []string
	for _, box := range m.boxes(v) {
		for _, narrowed := range m.narrowings(who) {
			for _, offset := range []int{0, 180} {
				pages = append(pages, fmt.Sprintf("/admin/v1/letters?box=%s&limit=20&offset=%d%s", box, offset, narrowed))
			}
		}
	}
	for _, page := range pages {
		m.look(v, page) // whoever looks first waits for what slept
		best := time.Hour
		for range rounds {
			took := m.look(v, page)
			a.Took, best = append(a.Took, took), min(best, took)
		}
		if best > a.Worst {
			a.Worst, a.Slowest = best, page
		}
	}
	slices.Sort(a.Took)
	return a
}

func (m *Mailroom) boxes(v *Visitor) (names []string) {
	m.t.Helper()
	for _, b := range v.Must("GET /admin/v1/letters?limit=1", nil)["boxes"].([]any) {
		names = append(names, b.(map[string]any)["box"].(string))
	}
	return names
}

// narrowings are the filters of the console, one at a time and some together.
func (m *Mailroom) narrowings(who string) []string {
	day := func(ago int) string { return time.Now().AddDate(0, 0, -ago).Format(time.DateOnly) }
	office := m.offices[2]
	if who == HeadOfMany || who == ClerkOfMany {
		office = m.offices[mailOffices-2]
	}
	seldom := "&source=paper&topic=" + m.topics[len(m.topics)-1]
	return []string{"", "&channel=mayor", "&channel=ask", "&source=mini", "&source=paper", "&topic=" + m.topics[0], "&topic=" + m.topics[len(m.topics)-1],
		"&department=" + office, "&number=2026-0003", "&number=" + url.QueryEscape("鸢都2025-000318"), "&number=4711",
		"&since=" + day(30), "&until=" + day(700), "&since=" + day(800) + "&until=" + day(770), seldom, seldom + "&channel=mayor&since=" + day(900),
		"&department=" + m.offices[smallOffice] + "&channel=mayor&source=phone"}
}

func (m *Mailroom) look(v *Visitor, page string) time.Duration {
	m.t.Helper()
	began := time.Now()
	a := v.Send("GET "+page, nil)
	took := time.Since(began)
	if a.StatusCode != http.StatusOK {
		m.t.Fatalf("%s: %d %.300s", page, a.StatusCode, a.Text)
	}
	return took
}
