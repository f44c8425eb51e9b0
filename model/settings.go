package model

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Settings is what a city says of itself and of how it wants to be reached.
type Settings struct {
	CityName      string  `json:"city_name"`     // 鸢都市
	SiteName      string  `json:"site_name"`     // 鸢都政事
	Mark          string  `json:"mark"`          // one or two characters shown where the site has no picture of its own
	Phone         string  `json:"phone"`         // the hotline, shown where people are stuck
	FilingNumber  string  `json:"filing_number"` // ICP备案号, "" before there is one
	PoliceNumber  string  `json:"police_number"` // 公安备案号, "" before there is one
	NumberPrefix  string  `json:"number_prefix"` // of letters and requests, before the year: 鸢
	Boards        []Board `json:"boards"`
	MeetingYellow int     `json:"meeting_yellow"` // from how many working days before the last one on a disclosure is urgent
	Version       int64   `json:"-"`

	PrivacyVersion int64 `json:"-"` // of the present privacy text, 0 before there is one
}

// Board is one of the ways in which residents speak to the government.
type Board struct {
	Name string `json:"name"` // ask, opinion, disclosure, mayor
	Open bool   `json:"open"`
	Note string `json:"note"` // why it is closed, or from when on it opens
}

// BoardNames are the boards there are.
func BoardNames() []string { return []string{"ask", "opinion", "disclosure", "mayor"} }

// DefaultSettings is what a new house starts with. A board opens when the city
// is ready for it.
func DefaultSettings() Settings {
	s := Settings{CityName: "鸢都市", SiteName: "鸢都政事", Mark: "鸢", Phone: "12345", NumberPrefix: "鸢", MeetingYellow: 5}
	for _, name := range BoardNames() {
		s.Boards = append(s.Boards, Board{Name: name, Note: "正在筹备，开通后会在首页告知"})
	}
	return s
}

var (
	phoneShape  = regexp.MustCompile(`^[0-9()+ -]{3,20}$`)
	prefixShape = regexp.MustCompile(`^[\p{Han}A-Z]{0,4}$`)
)

// Validate says what is wrong with settings that somebody wrote: one error a
// field.
func (s *Settings) Validate() *Error {
	for _, f := range []struct {
		name, value string
		least, most int
	}{{"city_name", s.CityName, 2, 20}, {"site_name", s.SiteName, 2, 20}, {"mark", s.Mark, 1, 2},
		{"filing_number", s.FilingNumber, 0, 40}, {"police_number", s.PoliceNumber, 0, 40}} {
		if n := utf8.RuneCountInString(strings.TrimSpace(f.value)); n < f.least || n > f.most || hasControl(f.value) {
			return ErrSettingLength.With(f.name, map[string]any{"least": f.least, "most": f.most})
		}
	}
	switch {
	case !phoneShape.MatchString(s.Phone):
		return ErrSettingPhone
	case !prefixShape.MatchString(s.NumberPrefix):
		return ErrSettingPrefix
	case s.MeetingYellow < 1 || s.MeetingYellow >= DisclosureTerm.Workdays:
		return ErrSettingYellow.With("", map[string]any{"most": DisclosureTerm.Workdays - 1})
	}
	return s.validateBoards()
}

func (s *Settings) validateBoards() *Error {
	names := BoardNames()
	if len(s.Boards) != len(names) {
		return ErrSettingBoards
	}
	for i, b := range s.Boards {
		field := fmt.Sprintf("boards.%d", i)
		switch {
		case !slices.Contains(names, b.Name), slices.ContainsFunc(s.Boards[:i], func(o Board) bool { return o.Name == b.Name }):
			return ErrSettingBoards
		case utf8.RuneCountInString(b.Note) > 100 || hasControl(b.Note):
			return ErrSettingLength.With(field, map[string]any{"least": 0, "most": 100})
		case !b.Open && strings.TrimSpace(b.Note) == "":
			return ErrSettingNote.With(field, nil)
		}
	}
	return nil
}

func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x2028 || r == 0x2029 })
}

// Errors of settings.
var (
	ErrSettingLength  = &Error{Invalid, "setting.length", "", nil}
	ErrSettingPhone   = &Error{Invalid, "setting.phone", "phone", nil}
	ErrSettingPrefix  = &Error{Invalid, "setting.prefix", "number_prefix", nil}
	ErrSettingYellow  = &Error{Invalid, "setting.yellow", "meeting_yellow", nil}
	ErrSettingBoards  = &Error{Invalid, "setting.boards", "boards", nil}
	ErrSettingNote    = &Error{Invalid, "setting.note", "boards", nil}
	ErrPrivacyShort   = &Error{Invalid, "privacy.short", "text", nil}
	ErrPrivacySummary = &Error{Invalid, "privacy.summary", "summary", nil}
)
