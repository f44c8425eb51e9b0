package check

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// SpanKind is what a stretch of a letter tells of a person.
type SpanKind string

// The kinds.
const (
	SpanIdentity SpanKind = "id_number"
	SpanPhone    SpanKind = "phone"
	SpanCard     SpanKind = "bank_card"
	SpanPlate    SpanKind = "plate"
	SpanAddress  SpanKind = "address"
	SpanName     SpanKind = "name"
	SpanEmail    SpanKind = "email"
	SpanAccount  SpanKind = "account" // of WeChat or QQ
	SpanPaper    SpanKind = "paper"   // passport and the like
)

// Span is a stretch of a text that should not be public. From and Len count UTF-16
// units, as browsers do.
type Span struct {
	Kind SpanKind
	From int
	Len  int
}

var spanKinds = map[string]SpanKind{
	"personal.id_number": SpanIdentity, "personal.phone": SpanPhone, "personal.bank_card": SpanCard,
	"personal.plate": SpanPlate, "personal.email": SpanEmail, "personal.wechat": SpanAccount,
	"personal.qq": SpanAccount, "personal.passport": SpanPaper, "personal.landline": SpanPhone,
}

// Private proposes what to leave out of a letter before it is published; known are
// names that its contact gave. It is help for the person who decides, and takes
// rather too much than too little. What is an office's stays: the numbers of
// services (12345) and landlines, but for one that somebody calls their own, mail
// of offices, and their addresses. So do documents' numbers, days, sums of money,
// and the name of an estate or a village alone: it is what the letter is about.
func Private(text string, known ...string) []Span {
	s := newSheet(text, column{})
	s.links(Rules{})
	s.numbers()
	s.plates()
	s.contacts()
	var found []private
	for _, m := range s.marks {
		if kind := spanKinds[m.Code]; kind != "" && s.isOwn(m) {
			found = append(found, private{m.secret, kind})
		}
	}
	for _, n := range s.names(known) {
		found = append(found, private{n, SpanName})
	}
	for _, home := range s.dwellings() {
		found = append(found, private{home, SpanAddress})
	}
	return s.spans(found)
}

// private is a Span that is still bytes of plain text.
type private struct {
	span
	kind SpanKind
}

var ownWords = []string{"我家", "家里", "家中", "本人", "我的", "宅电", "住宅电话", "家庭电话"}

// isOwn says whether a finding is somebody's own and not an office's.
func (s *sheet) isOwn(m mark) bool {
	if m.Severity != Note {
		return true
	}
	said := s.sentence(m.secret.from)
	_, _, named := nameBefore(said)
	return m.Code == "personal.landline" && (named || containsAny(said, ownWords))
}

// spans puts what was found in order; of what overlaps, what begins first, or is
// longer, stays, and the rest begins behind it.
func (s *sheet) spans(found []private) []Span {
	slices.SortFunc(found, func(a, b private) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to), cmp.Compare(a.kind, b.kind))
	})
	var list []Span
	read, units, last := 0, 0, 0
	for _, f := range found {
		if f.from = max(f.from, last); f.from >= f.to {
			continue
		}
		last = f.to
		from, to := s.written(f.span)
		units += unitsOf(s.text[read:from])
		read = from
		list = append(list, Span{f.kind, units, unitsOf(s.text[from:to])})
	}
	return list
}

// Marked is a text, and in it what should not be public.
type Marked struct {
	Text  string
	Spans []Span
}

// MarkPrivate marks in a text what Private finds.
func MarkPrivate(text string, known ...string) Marked { return Marked{text, Private(text, known...)} }

// Redacted is the text with a readable stand-in for each span.
func (m Marked) Redacted() string { return Redacted(m.Text, m.Spans) }

// Of is the stretch itself, in the text that it was found in.
func (s Span) Of(text string) string {
	from, _ := afterUnits(text, s.From)
	size, _ := afterUnits(text[from:], s.Len)
	return text[from : from+size]
}

// Masked is the stretch with so little of it that only who wrote it knows it again.
func (s Span) Masked(text string) string {
	if s.Kind == SpanName {
		return maskName(s.Of(text))
	}
	return mask(s.Of(text))
}

// StandIn is what Redacted writes in its place.
func (s Span) StandIn(text string) string { return s.Kind.standIn(s.Of(text)) }

// Redacted is a text with a readable stand-in for each span. Spans may come from a
// browser: what lies outside of the text, or within another one, is left.
func Redacted(text string, spans []Span) string {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.Len, a.Len)) })
	var b strings.Builder
	at, units := 0, 0
	for _, s := range spans {
		if s.Len <= 0 || s.From < units {
			continue
		}
		from, ok := afterUnits(text[at:], s.From-units)
		if !ok {
			continue
		}
		size, ok := afterUnits(text[at+from:], s.From+s.Len-units-unitsOf(text[at:at+from]))
		if !ok {
			continue
		}
		b.WriteString(text[at : at+from])
		b.WriteString(s.Kind.standIn(text[at+from : at+from+size]))
		units += unitsOf(text[at : at+from+size])
		at += from + size
	}
	return b.String() + text[at:]
}

// afterUnits is how many bytes so many units take, up to the border of a sign.
func afterUnits(text string, units int) (bytes int, ok bool) {
	for bytes < len(text) && units > 0 {
		r, size := utf8.DecodeRuneInString(text[bytes:])
		units -= utf16.RuneLen(r)
		bytes += size
	}
	return bytes, units <= 0
}

// standIn says what stood there, and nothing of whose it was.
func (k SpanKind) standIn(piece string) string {
	plain := newSheet(piece, column{}).plain
	switch k {
	case SpanIdentity, SpanCard:
		return starred(digitsOf(plain))
	case SpanPhone:
		return phoneStandIn(digitsOf(plain))
	case SpanPlate:
		if r := []rune(plain); len(r) > 2 {
			return string(r[:2]) + "·*****"
		}
	case SpanAddress:
		return homeStandIn(plain)
	case SpanName:
		return nameStandIn(plain)
	case SpanEmail:
		return "某邮箱"
	case SpanAccount:
		return "某账号"
	case SpanPaper:
		return "某证件号"
	}
	return "***"
}

// nameStandIn keeps the courtesy that is part of how somebody is called: 王女士 is 某女士.
func nameStandIn(name string) string {
	for _, word := range courtesies {
		if rest := strings.TrimSuffix(name, word); rest != name && rest != "" {
			return nameStandIn(rest) + word
		}
	}
	if utf8.RuneCountInString(name) == 1 {
		return "某"
	}
	return "某某"
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == 'x' || r == 'X' {
			return r
		}
		return -1
	}, text)
}

// starred keeps the first two digits, which say what kind of number it is.
func starred(digits string) string {
	kept := min(2, len(digits)/4)
	return digits[:kept] + strings.Repeat("*", max(3, len(digits)-kept))
}

func phoneStandIn(digits string) string {
	const mobile = 11
	if from := len(digits) - mobile; from >= 0 && digits[from] == '1' {
		return starred(digits[from:])
	}
	return "某电话号码"
}
