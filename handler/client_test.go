package handler

import (
	"net"
	"net/http"
	"testing"
)

func TestAForwardedAddressIsBelievedOnlyFromATrustedProxy(t *testing.T) {
	_, proxies, err := net.ParseCIDR("10.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	trusted := []*net.IPNet{proxies}
	for _, c := range []struct {
		name      string
		trusted   []*net.IPNet
		from      string
		forwarded string
		is        string
	}{
		{"nobody is trusted", nil, "198.51.100.1:5000", "203.0.113.9", "198.51.100.1"},
		{"not even on this machine", nil, "127.0.0.1:5000", "203.0.113.9", "127.0.0.1"},
		{"somebody from outside says who he is", trusted, "198.51.100.1:5000", "203.0.113.9", "198.51.100.1"},
		{"a private network that was not named", trusted, "192.168.1.1:5000", "203.0.113.9", "192.168.1.1"},
		{"a trusted proxy says who asks", trusted, "10.0.0.1:5000", "203.0.113.9", "203.0.113.9"},
		{"the asker's own words before it don't count", trusted, "10.0.0.1:5000", "1.2.3.4, 203.0.113.9",
			"203.0.113.9"},
		{"two proxies behind each other", trusted, "10.0.0.1:5000", "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"},
		{"a proxy that says nothing", trusted, "10.0.0.1:5000", "", "10.0.0.1"},
		{"over IPv6", nil, "[2001:db8::1]:5000", "203.0.113.9", "2001:db8::1"},
	} {
		r, err := http.NewRequest(http.MethodGet, "/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.RemoteAddr = c.from
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := clientAddress(c.trusted)(r); got != c.is {
			t.Errorf("%s: taken for %s", c.name, got)
		}
	}
}

func TestGoingBackNeverLeavesTheSite(t *testing.T) {
	for address, ours := range map[string]string{
		"/": "/", "/policies?q=%E5%85%BB&page=2": "/policies?q=%E5%85%BB&page=2", "/policies/01M85": "/policies/01M85",
		"/a b": "/a%20b", "/policies#c2": "/policies",
		"/%2f%2fexample.com": "/", "/policies?back=https://example.com": "/policies?back=https://example.com",
		"": "/", "policies": "/", "//example.com": "/", "///example.com": "/", "////example.com": "/",
		"/////example.com": "/",
		`/\example.com`:    "/%5Cexample.com", `\\example.com`: "/", `/\/example.com`: "/%5C/example.com",
		"/\t/example.com": "/", "/\n/example.com": "/", "\t//example.com": "/",
		"https://example.com": "/", "HTTPS:example.com": "/", "javascript:alert(1)": "/", "data:text/html,x": "/",
		"//user@example.com/x": "/", "?q=1": "/", "%": "/",
	} {
		if got := ourAddress(address); got != ours {
			t.Errorf("%q goes to %q, not %q", address, got, ours)
		}
	}
}
