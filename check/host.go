package check

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// linkRules say what may be wrong with a link, the worst first.
var linkRules = []struct {
	code     string
	severity Severity
	holds    func(link, Rules) bool
}{
	{"link.password", Stop, func(l link, _ Rules) bool { return strings.Contains(l.login, ":") }},
	{"link.inside", Stop, func(l link, _ Rules) bool { return l.scheme == "file" || isInside(l.host) }},
	{"link.lookalike", Stop, isLookalike},
	{"link.gone", Ask, func(l link, r Rules) bool { return r.Gone[l.address] }},
	{"link.numeric", Ask, func(l link, _ Rules) bool { return isNumeric(l.host) }},
	{"link.short", Ask, func(l link, r Rules) bool { return containsHost(shorteners, l.host) && !r.knows(l.host) }},
	{"link.foreign", Ask, func(l link, r Rules) bool { return !r.knows(l.host) }},
	{"link.unreachable", Note, func(l link, r Rules) bool { return r.Unreachable[l.address] }},
	{"link.unencrypted", Note, func(l link, _ Rules) bool { return l.scheme == "http" }},
}

// knows says whether a host is one of the city or one that it trusts.
func (r Rules) knows(host string) bool {
	return containsHost(r.OwnHosts, host) || containsHost(r.TrustedHosts, host)
}

// shorteners hide where a link leads.
var shorteners = strings.Fields(`t.cn url.cn dwz.cn suo.im suo.nz bit.ly tinyurl.com t.co goo.gl is.gd 985.so mrw.so
		sourl.cn rrd.me urlc.cn c7.gg 0x3.me ow.ly dwz.win dwz.date tb.cn u.jd.com m.tb.cn
		b23.tv v.douyin.com reurl.cc cutt.ly rebrand.ly s.id surl.li kurl.cn qr71.cn qr61.cn
		r6e.cn w3t.cn a5.cn 6du.in`)

// isNumeric says whether a host is a number instead of a name.
func isNumeric(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil || onlyDigits.MatchString(host)
}

// onlyDigits is an address in one number, in octal or in hexadecimal.
var onlyDigits = regexp.MustCompile(`^(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*$`)

var carrierGrade = netip.MustParsePrefix("100.64.0.0/10")

func isPrivate(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && (a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() ||
		a.IsUnspecified() || carrierGrade.Contains(a.Unmap()))
}

// insideNames are the top domains that no public server answers for.
var insideNames = []string{"localhost", "local", "lan", "internal", "intra", "corp", "home"}

// isInside says whether a host answers only within an office.
func isInside(host string) bool {
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	if len(labels) == 1 {
		return !isNumeric(host)
	}
	return isPrivate(host) || slices.Contains(insideNames, last) || slices.Contains(labels, "intranet")
}

// ofGovernment finds what makes a host look like one of a government.
var ofGovernment = regexp.MustCompile(`(?:^|[.-])g[o0]v[.-]?cn(?:[.-]|$)`)

// isLookalike says whether a host pretends to be another: by letters of another
// script, or by gov.cn in its middle.
func isLookalike(l link, r Rules) bool {
	if r.knows(l.host) {
		return false
	}
	name, err := idna.ToUnicode(l.host)
	if err != nil && strings.Contains(l.host, "xn--") {
		return true
	}
	return isMixed(name) || ofGovernment.MatchString(l.host) && !isUnder(l.host, "gov.cn")
}

// isMixed says whether letters stand in a name that are neither plain Latin nor
// Chinese.
func isMixed(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool {
		return r >= 0x80 && unicode.IsLetter(r) && !isHan(r)
	})
}
