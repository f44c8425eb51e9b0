package housetest

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

// Visitor is somebody with a browser or a phone, and what it keeps between
// requests.
type Visitor struct {
	T       testing.TB
	Address string           // of the house, http://…
	Now     func() time.Time // what their own clock says
	From    string           // IP address that a proxy tells of, "" for none
	Patient bool             // who does too much in a minute waits as they are told to

	Cookie string // of staff
	Token  string // of a resident
	Secret string // of the authenticator
}

// Answer is an answer, read to its end.
type Answer struct {
	*http.Response
	Ask, Text string
}

// JSON is an answer as an object, nil where there is nothing.
func (a *Answer) JSON(t testing.TB) map[string]any {
	t.Helper()
	if a.Text == "" {
		return nil
	}
	var m map[string]any
	if err := json.Unmarshal([]byte(a.Text), &m); err != nil {
		t.Fatalf("%s: %v: %.300s", a.Ask, err, a.Text)
	}
	return m
}

// Says says whether an answer is a problem of a code.
func (a *Answer) Says(code string) bool { return strings.Contains(a.Text, `"code":"`+code+`"`) }

// Send sends a request, "METHOD /path", with a body where there is one, under a
// key of its own. with are headers.
func (v *Visitor) Send(ask string, body any, with ...string) *Answer {
	v.T.Helper()
	for {
		a := v.do(v.request(ask, body), with...)
		seconds, err := strconv.Atoi(a.Header.Get("Retry-After"))
		if !v.Patient || a.StatusCode != http.StatusTooManyRequests || err != nil {
			return a
		}
		time.Sleep(time.Duration(seconds) * time.Second)
	}
}

// do sends a request, with more headers, which has to be answered.
func (v *Visitor) do(r *http.Request, with ...string) *Answer {
	v.T.Helper()
	a, err := v.try(r, with...)
	if err != nil {
		v.T.Fatalf("%s %s: %v", r.Method, r.URL.RequestURI(), err)
	}
	return a
}

// try sends a request, with more headers, to a house that may be gone.
func (v *Visitor) try(r *http.Request, with ...string) (*Answer, error) {
	ask := r.Method + " " + r.URL.RequestURI()
	for _, line := range with {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	response, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	for _, c := range response.Cookies() {
		if v.Cookie = c.Name + "=" + c.Value; c.MaxAge < 0 {
			v.Cookie = ""
		}
	}
	return &Answer{response, ask, string(text)}, nil
}

// Hand hands in a file at an address: the body is its bytes. length is what is
// said of it beforehand, -1 for nothing.
func (v *Visitor) Hand(path string, content io.Reader, length int64, with ...string) *Answer {
	v.T.Helper()
	r := v.request("POST "+path, nil)
	r.Body, r.ContentLength = io.NopCloser(content), length
	r.Header.Del("Content-Type")
	return v.do(r, with...)
}

func (v *Visitor) request(ask string, body any) *http.Request {
	v.T.Helper()
	method, path, _ := strings.Cut(ask, " ")
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			v.T.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	r, err := http.NewRequest(method, v.Address+path, content)
	if err != nil {
		v.T.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", rand.Text())
	for name, value := range map[string]string{"Cookie": v.Cookie, "X-Forwarded-For": v.From} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	if v.Token != "" {
		r.Header.Set("Authorization", "Bearer "+v.Token)
	}
	return r
}

// Must sends a request that has to go well.
func (v *Visitor) Must(ask string, body any, with ...string) map[string]any {
	v.T.Helper()
	a := v.Send(ask, body, with...)
	if a.StatusCode/100 != 2 {
		v.T.Fatalf("%s: %d %s", ask, a.StatusCode, a.Text)
	}
	return a.JSON(v.T)
}

// Password is what somebody of a login name chooses; a name in it would be
// refused.
func Password(login string) string {
	return fmt.Sprintf("清晨七点 去浮烟山放风筝 %x", crc32.ChecksumIEEE([]byte(login)))
}

// Begin signs in for the first time: a new password, an authenticator.
func (v *Visitor) Begin(login, password string) {
	v.T.Helper()
	v.Must("POST /admin/v1/sign-in", map[string]string{"login": login, "password": password})
	v.Must("POST /admin/v1/me/password", map[string]string{"old_password": password, "password": Password(login)})
	v.Secret = v.Must("POST /admin/v1/me/factor", nil)["secret"].(string)
	v.Must("POST /admin/v1/me/factor/confirm", map[string]string{"code": v.Code()})
}

// SignIn signs in with an authenticator that was enrolled before.
func (v *Visitor) SignIn(login string) {
	v.T.Helper()
	v.Must("POST /admin/v1/sign-in", map[string]string{"login": login, "password": Password(login)})
	v.Must("POST /admin/v1/sign-in/code", map[string]string{"code": v.Code()})
}

// Code is what the authenticator shows.
func (v *Visitor) Code() string {
	v.T.Helper()
	code, err := totp.GenerateCode(v.Secret, v.Now())
	if err != nil {
		v.T.Fatal(err)
	}
	return code
}
