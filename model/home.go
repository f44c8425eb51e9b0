package model

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Home is how the first page that residents see is laid out (首页内容).
type Home struct {
	Blocks  []HomeBlock  `json:"blocks"`
	Notices []HomeNotice `json:"notices"`
	Version int64        `json:"-"`
}

// HomeBlock is a part of the first page: what it shows follows from its kind.
type HomeBlock struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
	Shown bool   `json:"shown"`
}

// HomeNotice is what everybody who opens the first page should know: that the
// service will be down on Sunday.
type HomeNotice struct {
	Title string `json:"title"`
	Text  string `json:"text"`
	Until Day    `json:"until"` // the last day on which it is shown
}

// How much fits on the first page, in characters.
const (
	longestHomeTitle   = 12
	longestNoticeTitle = 30
	longestNotice      = 300
	mostNotices        = 10
)

// Complete fits what was kept to the kinds that there are: new ones come last,
// under their own title, and those that are gone are left out.
func (h *Home) Complete(known []HomeBlock) {
	h.Blocks = slices.DeleteFunc(h.Blocks, func(b HomeBlock) bool { return !hasKind(known, b.Kind) })
	for _, b := range known {
		if !hasKind(h.Blocks, b.Kind) {
			h.Blocks = append(h.Blocks, b)
		}
	}
}

func hasKind(blocks []HomeBlock, kind string) bool {
	return slices.ContainsFunc(blocks, func(b HomeBlock) bool { return b.Kind == kind })
}

// Current are the notices that are not over on a day.
func (h *Home) Current(day Day) []HomeNotice {
	return slices.DeleteFunc(slices.Clone(h.Notices), func(n HomeNotice) bool { return n.Until < day })
}

// Validate takes blanks away, and says what is wrong with a layout that somebody
// wrote. It names every kind once.
func (h *Home) Validate(known []HomeBlock) *Error {
	if len(h.Blocks) != len(known) {
		return ErrHomeBlocks
	}
	for i := range h.Blocks {
		b := &h.Blocks[i]
		b.Title = strings.TrimSpace(b.Title)
		switch {
		case !hasKind(known, b.Kind), hasKind(h.Blocks[:i], b.Kind):
			return ErrHomeBlocks
		case !fits(b.Title, longestHomeTitle):
			return ErrHomeTitle.With(fmt.Sprintf("blocks.%d.title", i), map[string]any{"most": longestHomeTitle})
		}
	}
	if !slices.ContainsFunc(h.Blocks, func(b HomeBlock) bool { return b.Shown }) {
		return ErrHomeEmpty
	}
	return h.validateNotices()
}

func (h *Home) validateNotices() *Error {
	if len(h.Notices) > mostNotices {
		return ErrHomeNotices.With("notices", map[string]any{"most": mostNotices})
	}
	for i := range h.Notices {
		n := &h.Notices[i]
		n.Title, n.Text = strings.TrimSpace(n.Title), strings.TrimSpace(n.Text)
		field := func(name string) string { return fmt.Sprintf("notices.%d.%s", i, name) }
		until, err := ParseDay(string(n.Until))
		switch {
		case !fits(n.Title, longestNoticeTitle):
			return ErrNoticeTitle.With(field("title"), map[string]any{"most": longestNoticeTitle})
		case !fits(strings.ReplaceAll(n.Text, "\n", ""), longestNotice):
			return ErrNoticeText.With(field("text"), map[string]any{"most": longestNotice})
		case err != nil || until == "":
			return ErrNoticeUntil.With(field("until"), nil)
		}
		n.Until = until
	}
	return nil
}

// fits says whether a line says something, and is no longer than it may be.
func fits(line string, most int) bool {
	n := utf8.RuneCountInString(line)
	return n > 0 && n <= most && utf8.ValidString(line) && !hasControl(line)
}

// Errors of the first page.
var (
	ErrHomeBlocks  = &Error{Invalid, "home.blocks", "blocks", nil}
	ErrHomeTitle   = &Error{Invalid, "home.title", "blocks", nil}
	ErrHomeEmpty   = &Error{Invalid, "home.empty", "blocks", nil}
	ErrHomeNotices = &Error{Invalid, "home.notices", "notices", nil}
	ErrNoticeTitle = &Error{Invalid, "notice.title", "notices", nil}
	ErrNoticeText  = &Error{Invalid, "notice.text", "notices", nil}
	ErrNoticeUntil = &Error{Invalid, "notice.until", "notices", nil}
)
