package outside

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

func TestDeadLinksAreTold(t *testing.T) {
	var asked atomic.Int64
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/here", "/login":
			if r.URL.Path == "/login" {
				w.WriteHeader(http.StatusForbidden)
			}
		case "/moved":
			http.Redirect(w, r, "/here", http.StatusFound)
		case "/moved-away":
			http.Redirect(w, r, "/nowhere", http.StatusFound)
		case "/circle":
			http.Redirect(w, r, "/circle", http.StatusFound)
		case "/only-get":
			if r.Method == http.MethodHead {
				w.WriteHeader(http.StatusNotFound)
			}
		case "/broken":
			w.WriteHeader(http.StatusInternalServerError)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer site.Close()
	closed := closedDoor(t)
	l := linksBy(nil)
	want := map[string]Reason{"/here": "", "/login": "", "/moved": "", "/moved-away": Gone, "/circle": "", "/only-get": "", "/broken": "", "/nowhere": Gone}
	var addresses []string
	for path := range want {
		addresses = append(addresses, site.URL+path)
	}
	for range 2 {
		dead := l.Dead(context.Background(), append(addresses, "http://"+closed+"/", closed, "ftp://old.example.cn/file"))
		for path, reason := range want {
			if got := dead[site.URL+path]; got != reason {
				t.Errorf("%s is %q, not %q", path, got, reason)
			}
		}
		if dead["http://"+closed+"/"] != Unreachable || dead[closed] != Unreachable || len(dead) != 4 {
			t.Errorf("dead are %v", dead)
		}
	}
	if first := asked.Swap(0); first > 40 {
		t.Errorf("the site was asked %d times", first)
	}
	l.Dead(context.Background(), addresses)
	if again := asked.Load(); again != 0 {
		t.Errorf("what was just looked at is asked %d times again", again)
	}
}

func TestNothingInsideIsCalled(t *testing.T) {
	called := false
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	defer inside.Close()
	if dead := NewLinks().Dead(context.Background(), []string{inside.URL, "http://[::1]:1/", "http://169.254.169.254/latest"}); len(dead) > 0 || called {
		t.Errorf("inside of the network was called: %v, %v", called, dead)
	}
}

// closedDoor is an address at which nobody listens.
func closedDoor(t *testing.T) string {
	t.Helper()
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer door.Close()
	return door.Addr().String()
}
