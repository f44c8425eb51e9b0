package outside

import (
	"fmt"
	"net/url"
	"strings"

	"yuandu/model"
)

// MorningList is what a robot tells an office in the morning: how many letters and
// whatever else wait for it, and nothing of what is in them, as whoever is in the group
// reads it.
type MorningList struct {
	Office   string
	Day      model.Day
	New      int // came since the last list
	DueToday int
	DueSoon  int // yellow, and not due today
	Overdue  int
	ToSign   int    // wait for the head's signature
	Link     string // to the console; "" for none

	Reports         int // consultations that are over without a report, when it is time to say so again
	ReportDays      int // how long the oldest of them is over
	DisclosuresLate int // meetings that should have been made public
	DisclosuresSoon int
}

// Bounds of what a list is made of, by which it is always short enough to be said.
const (
	longestOffice = 60  // characters
	longestLink   = 512 // bytes
)

// Markdown is the list as a robot says it.
func (m MorningList) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n%s 来信办理情况\n", plainName(m.Office), m.Day.Chinese())
	if m.New+m.DueToday+m.DueSoon+m.Overdue+m.ToSign == 0 {
		b.WriteString("> 没有新收和要到期的来信\n")
	}
	morningLines(&b, "件", []morningLine{{"已逾期", m.Overdue, true}, {"今天到期", m.DueToday, true}, {"即将到期", m.DueSoon, false},
		{"新收", m.New, false}, {"待签发", m.ToSign, false}})
	if m.Reports+m.DisclosuresLate+m.DisclosuresSoon > 0 {
		b.WriteString("\n意见征集和会议公开\n")
		morningLines(&b, "项", []morningLine{{fmt.Sprintf("征集已结束，采纳情况未公布（最久 %d 天）", m.ReportDays), m.Reports, true},
			{"会议逾期未公开", m.DisclosuresLate, true}, {"会议公开即将到期", m.DisclosuresSoon, false}})
	}
	if link := plainLink(m.Link); link != "" {
		fmt.Fprintf(&b, "\n[打开工作台办理](%s)", link)
	}
	return strings.TrimSpace(b.String())
}

type morningLine struct {
	name   string
	count  int
	urgent bool
}

// morningLines tells what there is any of.
func morningLines(b *strings.Builder, unit string, list []morningLine) {
	for _, l := range list {
		switch {
		case l.count > 0 && l.urgent:
			fmt.Fprintf(b, "> %s：<font color=\"warning\">%d %s</font>\n", l.name, l.count, unit)
		case l.count > 0:
			fmt.Fprintf(b, "> %s：%d %s\n", l.name, l.count, unit)
		}
	}
}

// plainName leaves out of a name what Markdown would read as its own, and cuts it.
func plainName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune("*_`#<>[]()\\~|!@", r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if r := []rune(name); len(r) > longestOffice {
		name = string(r[:longestOffice-1]) + "…"
	}
	return strings.TrimSpace(name)
}

// plainLink is an address of the web, "" for anything that is none or would end the
// link before its end.
func plainLink(link string) string {
	to, err := url.Parse(link)
	ofWeb := err == nil && (to.Scheme == "https" || to.Scheme == "http") && to.Host != "" && to.User == nil
	if !ofWeb || len(link) > longestLink || strings.ContainsAny(link, "()<>[] \"'\\") {
		return ""
	}
	return link
}
