package outside

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// Bounds of a robot's message: WeCom takes no more than so many bytes, and 20
// messages a minute from each robot.
const (
	RobotText     = 4096
	robotPatience = 5 * time.Second
	robotAnswer   = 64 << 10
)

// robotHost and robotPath are where WeCom listens for its robots.
const (
	robotHost = "qyapi.weixin.qq.com"
	robotPath = "/cgi-bin/webhook/send"
)

// RobotReason is why a robot did not speak.
type RobotReason string

// The reasons.
const (
	RobotAddress     RobotReason = "address"     // it is no address of a robot
	RobotKey         RobotReason = "key"         // its key is not good, or not any more: the robot left its group
	RobotWords       RobotReason = "words"       // the text is empty, too long or broken
	RobotLater       RobotReason = "later"       // it spoke too often, or WeCom is busy
	RobotUnreachable RobotReason = "unreachable" // nobody answers in time, or the server is broken
	RobotOdd         RobotReason = "odd"         // what is answered is not understood
)

// RobotError says why a robot did not speak. It never holds the address, whose key
// lets anybody speak for the robot, nor words of the answer, which may repeat it.
type RobotError struct {
	Reason RobotReason
	Code   int  // of WeCom, or the status of HTTP; 0 where there is none
	Unsure bool // it was asked to speak, and nobody says whether it did
}

func (e *RobotError) Error() string {
	if e.Code == 0 {
		return "group robot: " + string(e.Reason)
	}
	return fmt.Sprintf("group robot: %s (%d)", e.Reason, e.Code)
}

// CanRetry says whether the same may go well in some minutes. Where it is Unsure it may
// then be said twice.
func (e *RobotError) CanRetry() bool {
	return e.Reason == RobotLater || e.Reason == RobotUnreachable
}

// Robot speaks in the groups of offices, through the robots that they put there
// (企业微信群机器人). It calls the hosts of WeCom alone.
type Robot struct {
	client *http.Client
	hosts  []string
}

// NewRobot makes a Robot. Hosts are those of a WeCom that the city runs itself; none
// stands for the one of everybody.
func NewRobot(hosts ...string) *Robot { return robotBy(&http.Transport{}, robotPatience, hosts...) }

// NewRobotBy is NewRobot over a connection of one's own, as tests have.
func NewRobotBy(transport *http.Transport, hosts ...string) *Robot {
	return robotBy(transport, robotPatience, hosts...)
}

func robotBy(transport *http.Transport, patience time.Duration, hosts ...string) *Robot {
	if len(hosts) == 0 {
		hosts = []string{robotHost}
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	transport.MaxIdleConnsPerHost = 1
	return &Robot{&http.Client{Transport: transport, CheckRedirect: stay, Timeout: patience}, hosts}
}

// CheckAddress says whether an address may be one of a robot: a *RobotError where
// it may not.
func (r *Robot) CheckAddress(address string) error {
	to, err := url.Parse(address)
	if err != nil || to.Scheme != "https" || !slices.Contains(r.hosts, to.Host) || to.User != nil ||
		to.Path != robotPath || to.Query().Get("key") == "" {
		return &RobotError{Reason: RobotAddress}
	}
	return nil
}

// Say has the robot at an address say a text in Markdown. It gives a *RobotError, or
// the context's error where that ended first.
func (r *Robot) Say(ctx context.Context, address, markdown string) error {
	if err := r.CheckAddress(address); err != nil {
		return err
	}
	if markdown == "" || len(markdown) > RobotText || !utf8.ValidString(markdown) {
		return &RobotError{Reason: RobotWords}
	}
	code, err := r.send(ctx, address, markdown)
	switch {
	case ctx.Err() != nil && err != nil:
		return ctx.Err()
	case err != nil:
		return err
	case code == 0:
		return nil
	}
	return &RobotError{Reason: robotMeaning(code), Code: code}
}

// robotMeaning is what a code of WeCom asks for.
func robotMeaning(code int) RobotReason {
	switch code {
	case 93000, 93004, 93008, 40001, 40014: // no such robot; it is switched off; not in the group; keys that are none
		return RobotKey
	case 45009, 45033, -1: // too often; too many at once; busy
		return RobotLater
	case 40058, 45002, 44004: // longer than allowed; empty
		return RobotWords
	}
	return RobotOdd
}

// send gives WeCom's code. The client's own errors hold the address, so none of them
// leaves.
func (r *Robot) send(ctx context.Context, address, markdown string) (code int, err error) {
	type words struct {
		Content string `json:"content"`
	}
	body, err := json.Marshal(struct {
		Type     string `json:"msgtype"`
		Markdown words  `json:"markdown"`
	}{"markdown", words{markdown}})
	if err != nil {
		return 0, err
	}
	var asked atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(i httptrace.WroteRequestInfo) { asked.Store(i.Err == nil) }})
	ask, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, &RobotError{Reason: RobotAddress}
	}
	ask.Header.Set("Content-Type", "application/json")
	response, err := r.client.Do(ask)
	if err != nil {
		return 0, &RobotError{Reason: RobotUnreachable, Unsure: asked.Load()}
	}
	defer response.Body.Close()
	return robotCode(response)
}

// robotCode reads WeCom's code out of its answer.
func robotCode(response *http.Response) (int, error) {
	switch status := response.StatusCode; {
	case status == http.StatusTooManyRequests:
		return 0, &RobotError{Reason: RobotLater, Code: status}
	case status >= http.StatusInternalServerError:
		return 0, &RobotError{Reason: RobotUnreachable, Code: status}
	case status != http.StatusOK:
		return 0, &RobotError{Reason: RobotOdd, Code: status}
	}
	said, err := io.ReadAll(io.LimitReader(response.Body, robotAnswer))
	if err != nil {
		return 0, &RobotError{Reason: RobotUnreachable, Unsure: true}
	}
	var answer struct {
		Code *int `json:"errcode"`
	}
	if err := json.Unmarshal(said, &answer); err != nil || answer.Code == nil {
		return 0, &RobotError{Reason: RobotOdd}
	}
	return *answer.Code, nil
}
