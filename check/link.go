package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yuandu/model"
)

// Links lists the addresses that stand in a body, each once, as they are
// written: for whoever looks whether they still lead somewhere.
func Links(passages []model.Passage) []string {
	var list []string
	gather := func(text string) {
		s := newSheet(text, column{})
		for _, l := range findLinks(s.plain) {
			if address := s.plain[l.from:l.to]; !slices.Contains(list, address) {
				list = append(list, address)
			}
		}
	}
	for _, p := range passages {
		gather(p.Text)
		for _, row := range p.Rows {
			for _, cell := range row {
				gather(cell)
			}
		}
	}
	return list
}

// link is an address in a text.
type link struct {
	span
	address string // as it is written
	scheme  string // "" where none is written
	login   string // name:password before the host
	host    string // in small letters, without its port
	rest    string // port, path and query
	named   bool   // words before it call it an address
}

// links says what is wrong with the addresses of a text, each once.
func (s *sheet) links(rules Rules) {
	for _, l := range findLinks(s.plain) {
		s.linked = append(s.linked, l.span)
		l.address = s.plain[l.from:l.to]
		for _, rule := range linkRules {
			if rule.holds(l, rules) {
				s.add(l.span, Finding{Code: rule.code, Severity: rule.severity, Text: l.shown(),
					Hint: map[string]any{"host": maskDigits(l.host)}})
				break
			}
		}
	}
}

// shown is a link without its path, which may hold anything.
func (l link) shown() string {
	text := maskDigits(l.host)
	if l.scheme != "" {
		text = l.scheme + "://" + text
	}
	if len(l.rest) > 1 {
		text += "/…"
	}
	return text
}

var manyDigits = regexp.MustCompile(`\d{5,}`)

func maskDigits(s string) string {
	return manyDigits.ReplaceAllStringFunc(s, func(string) string { return "…" })
}

// findLinks lists the addresses in plain text.
func findLinks(plain string) (list []link) {
	for at := 0; at < len(plain); {
		r, size := utf8.DecodeRuneInString(plain[at:])
		if !isLinkSign(r) {
			at += size
			continue
		}
		end := at + endOfRun(plain[at:])
		if l, ok := linkIn(plain, span{at, end}); ok {
			list = append(list, l)
			end = max(end, l.to)
		}
		at = end
	}
	return list
}

// isLinkSign is true of what an address is made of. Letters that are neither
// Latin nor Chinese are: they are what false addresses are made of.
func isLinkSign(r rune) bool {
	if r > 0x20 && r < 0x7f {
		return !strings.ContainsRune(`,;()<>"'{}|\^*!`+"`", r)
	}
	return r >= 0x80 && r < 0x2e80 && unicode.IsLetter(r)
}

func endOfRun(s string) int {
	if end := strings.IndexFunc(s, func(r rune) bool { return !isLinkSign(r) }); end >= 0 {
		return end
	}
	return len(s)
}

// bare is an address without a scheme, which ends in one of the usual domains
// or begins with www.
var bare = regexp.MustCompile(`^(?i)(?:` +
	`(?:[\pL\d-]+\.)+(?:com|cn|net|org|gov|edu|info|top|xyz|vip|cc|io|me|cyou|club|site|shop|link|ltd|pro` +
	`|local|lan|internal|intra|corp)` +
	`|www\.[\pL\d.-]+|localhost|\d{1,3}(?:\.\d{1,3}){3}` +
	`)(?::\d{2,5})?(?:[/?#]|$)`)

// linkIn reads a run of signs as an address.
func linkIn(plain string, at span) (link, bool) {
	at.to = at.from + len(strings.TrimRight(plain[at.from:at.to], ".:?#[]-=&@"))
	if scheme, ok := schemeIn(plain[at.from:at.to]); ok {
		return schemedLink(plain, span{at.from + scheme.from, at.to}, scheme.to-scheme.from)
	}
	return bareLink(plain, at)
}

// schemedLink reads an address that begins with a scheme of so many bytes.
func schemedLink(plain string, at span, scheme int) (link, bool) {
	rest := plain[at.from+scheme : at.to]
	if rest == "" {
		rest = hanHost(plain[at.to:])
		at.to += len(rest)
	}
	l := readLink(strings.ToLower(plain[at.from:at.from+scheme-len("://")]), rest)
	l.span = at
	return l, l.host != ""
}

// bareLink reads an address without a scheme; what stands before it in the run
// ends with a colon or the like: 网址:www.weifang.gov.cn:8080.
func bareLink(plain string, at span) (link, bool) {
	at.from = at.to - len(strings.TrimLeft(plain[at.from:at.to], ":.-=[]&?#/@"))
	run := plain[at.from:at.to]
	if cut := strings.LastIndexAny(run, "[]=:"); cut >= 0 && cut+1 < len(run) && !isDigit(run[cut+1]) {
		run, at.from = run[cut+1:], at.from+cut+1
	}
	if !bare.MatchString(run) {
		return link{}, false
	}
	l := readLink("", run)
	l.span = at
	l.named = strings.HasSuffix(trimEnd(plain[:at.from]), "址")
	return l, l.isAddress()
}

var schemes = []string{"https://", "http://", "ftp://", "file://", "ws://", "wss://", "hxxp://"}

// schemeIn is where the scheme of an address stands in a run of signs.
func schemeIn(run string) (span, bool) {
	end := strings.Index(run, "://")
	if end < 0 {
		return span{}, false
	}
	head := strings.ToLower(run[:end+3])
	for _, s := range schemes {
		if strings.HasSuffix(head, s) {
			return span{end + 3 - len(s), end + 3}, true
		}
	}
	return span{}, false
}

// hanHost is a host in Chinese characters: http://鸢都.政务
func hanHost(plain string) string {
	end := strings.IndexFunc(plain, func(r rune) bool { return !isHan(r) && !isLinkSign(r) })
	if end < 0 {
		end = len(plain)
	}
	if host := strings.TrimRight(plain[:end], "."); strings.Contains(host, ".") && len(host) < 80 {
		return host
	}
	return ""
}

func readLink(scheme, text string) link {
	l := link{scheme: scheme}
	end := strings.IndexAny(text, "/?#")
	if end < 0 {
		end = len(text)
	}
	l.host, l.rest = text[:end], text[end:]
	if at := strings.LastIndex(l.host, "@"); at >= 0 {
		l.login, l.host = l.host[:at], l.host[at+1:]
	}
	if colon := strings.LastIndex(l.host, ":"); colon >= 0 && !strings.HasSuffix(l.host, "]") {
		l.host, l.rest = l.host[:colon], l.host[colon:]+l.rest
	}
	l.host = strings.ToLower(strings.Trim(l.host, ".[]"))
	return l
}

// isAddress tells a bare address from a mail address, a version and a section
// of a document: 10.1.2.3 alone is none.
func (l link) isAddress() bool {
	switch {
	case l.login != "" || l.host == "":
		return false
	case l.host == "localhost" || isPrivate(l.host):
		return l.rest != "" || l.named || strings.HasPrefix(l.host, "192.168.")
	}
	return !isNumeric(l.host) || l.rest != "" || l.named
}
