package sim

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	pushPatience = 5 * time.Second
	pushAgain    = 3 // times after the first
	mostPushes   = 200
)

// message is something to be pushed.
type message struct {
	event string
	from  string
	items []map[string]string
	media *mediaVerdict
}

// The events of subscription messages, and the elements that hold their items
// in XML.
var lists = map[string]string{
	popupEvent:  "SubscribeMsgPopupEvent",
	changeEvent: "SubscribeMsgChangeEvent",
	sentEvent:   "SubscribeMsgSentEvent",
}

const (
	popupEvent  = "subscribe_msg_popup_event"
	changeEvent = "subscribe_msg_change_event"
	sentEvent   = "subscribe_msg_sent_event"
)

type mediaVerdict struct {
	AppID   string    `json:"appid" xml:"appid"`
	TraceID string    `json:"trace_id" xml:"trace_id"`
	Version int       `json:"version" xml:"version"`
	Number  int       `json:"errcode" xml:"errcode"`
	Text    string    `json:"errmsg" xml:"errmsg"`
	Result  verdict   `json:"result" xml:"result"`
	Detail  []verdict `json:"detail" xml:"detail"`
}

type verdict struct {
	Strategy string `json:"strategy,omitempty" xml:"strategy,omitempty"`
	Number   int    `json:"errcode" xml:"errcode"`
	Suggest  string `json:"suggest" xml:"suggest"`
	Label    int    `json:"label" xml:"label"`
	Prob     int    `json:"prob,omitempty" xml:"prob,omitempty"`
}

// Push is a push that was made.
type Push struct {
	At    time.Time `json:"at"`
	Event string    `json:"event"`
	Tries int       `json:"tries"`
	Heard bool      `json:"heard"`
}

// Pushes lists the pushes, the last first.
func (s *Sim) Pushes() []Push {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.Clone(s.pushes)
	slices.Reverse(list)
	return list
}

func (s *Sim) push(messages ...message) { s.queue(messages)() }

// queue promises pushes, so that Wait waits for them, and answers with what
// starts them. They go one after the other, also those of different calls.
func (s *Sim) queue(messages []message) (start func() (done <-chan struct{})) {
	s.mu.Lock()
	defer s.mu.Unlock()
	mine := make(chan struct{})
	if s.options.PushURL == "" || s.switches.PushNever || len(messages) == 0 {
		close(mine)
		return func() <-chan struct{} { return mine }
	}
	if s.switches.PushTwice {
		messages = append(messages, messages...)
	}
	before, at := s.lastPush, s.clock.Now()
	s.lastPush = mine
	s.pushing.Add(1)
	return func() <-chan struct{} {
		go func() {
			defer s.pushing.Done()
			defer close(mine)
			if before != nil {
				<-before
			}
			for _, m := range messages {
				s.deliver(m, at)
			}
		}()
		return mine
	}
}

func (s *Sim) deliver(m message, at time.Time) {
	p := Push{At: at, Event: m.event}
	for p.Tries = 1; ; p.Tries++ {
		if p.Heard = s.post(m, at); p.Heard || p.Tries > pushAgain {
			break
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pushes = append(s.pushes, p)
	s.pushes = s.pushes[max(0, len(s.pushes)-mostPushes):]
}

// post pushes once. A try carries a time and a signature of its own.
func (s *Sim) post(m message, at time.Time) bool {
	s.mu.Lock()
	o := s.options
	s.mu.Unlock()
	body := m.write(o, at)
	nonce := strconv.Itoa(int(binary.BigEndian.Uint32(randomBytes(4))))
	now := strconv.FormatInt(s.clock.Now().Unix(), 10)
	query := url.Values{"timestamp": {now}, "nonce": {nonce}, "openid": {m.from}}
	query.Set("signature", sign(o.PushToken, now, nonce))
	if o.PushKey != "" {
		sealed := seal(o, body)
		query.Set("encrypt_type", "aes")
		query.Set("msg_signature", sign(o.PushToken, now, nonce, sealed))
		body = sealedBody(o, sealed)
	}
	return s.heard(o.PushURL+"?"+query.Encode(), body, o.PushXML)
}

func (s *Sim) heard(address string, body []byte, isXML bool) bool {
	ctx, cancel := context.WithTimeout(context.Background(), pushPatience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return false
	}
	r.Header.Set("Content-Type", map[bool]string{true: "text/xml", false: "application/json"}[isXML])
	answer, err := s.client.Do(r)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 1024))
	said := strings.Trim(string(text), "\" \n")
	return err == nil && answer.StatusCode < 300 && (said == "" || said == "success")
}

// write writes a message in the format that the console was set to.
func (m message) write(o Options, at time.Time) []byte {
	if o.PushXML {
		return m.writeXML(o, at)
	}
	body := map[string]any{}
	if m.media != nil {
		raw, _ := json.Marshal(m.media) // numbers and texts
		_ = json.Unmarshal(raw, &body)
	}
	body["ToUserName"], body["FromUserName"], body["CreateTime"] = o.Original, m.from, at.Unix()
	body["MsgType"], body["Event"] = "event", m.event
	if len(m.items) == 1 {
		body["List"] = m.items[0] // without brackets, as was seen
	} else if len(m.items) > 1 {
		body["List"] = m.items
	}
	raw, _ := json.Marshal(body)
	return raw
}

func (m message) writeXML(o Options, at time.Time) []byte {
	b := &bytes.Buffer{}
	b.WriteString("<xml>")
	element(b, "ToUserName", o.Original)
	element(b, "FromUserName", m.from)
	element(b, "CreateTime", strconv.FormatInt(at.Unix(), 10))
	element(b, "MsgType", "event")
	element(b, "Event", m.event)
	if m.media != nil {
		raw, _ := xml.Marshal(m.media)
		b.Write(bytes.TrimSuffix(bytes.TrimPrefix(raw, []byte("<mediaVerdict>")), []byte("</mediaVerdict>")))
	}
	if len(m.items) > 0 {
		b.WriteString("<" + lists[m.event] + ">")
		for _, item := range m.items {
			b.WriteString("<List>")
			for name, value := range item {
				element(b, name, value)
			}
			b.WriteString("</List>")
		}
		b.WriteString("</" + lists[m.event] + ">")
	}
	b.WriteString("</xml>")
	return b.Bytes()
}

func element(b *bytes.Buffer, name, value string) {
	b.WriteString("<" + name + "><![CDATA[" + value + "]]></" + name + ">")
}

func sign(parts ...string) string {
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

// seal is the safe mode: 16 random bytes, the length, the message and the
// AppID, padded to blocks of 32 bytes.
func seal(o Options, body []byte) string {
	key, err := base64.StdEncoding.DecodeString(o.PushKey + "=")
	if err != nil {
		return ""
	}
	plain := binary.BigEndian.AppendUint32(randomBytes(16), uint32(len(body)))
	plain = append(append(plain, body...), o.AppID...)
	pad := 32 - len(plain)%32
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	block, err := aes.NewCipher(key)
	if err != nil {
		return ""
	}
	cipher.NewCBCEncrypter(block, key[:16]).CryptBlocks(plain, plain)
	return base64.StdEncoding.EncodeToString(plain)
}

func sealedBody(o Options, sealed string) []byte {
	if o.PushXML {
		b := &bytes.Buffer{}
		b.WriteString("<xml>")
		element(b, "ToUserName", o.Original)
		element(b, "Encrypt", sealed)
		b.WriteString("</xml>")
		return b.Bytes()
	}
	raw, _ := json.Marshal(map[string]string{"ToUserName": o.Original, "Encrypt": sealed})
	return raw
}

func randomBytes(n int) []byte {
	raw, _ := hex.DecodeString(random(n))
	return raw
}
