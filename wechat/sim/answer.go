package sim

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
)

// answer is what a call gets. A code of 0 answers body, or raw.
type answer struct {
	code   int
	detail string // said after WeChat's words
	body   map[string]any
	raw    []byte
	mime   string
}

// fail answers an error in WeChat's words.
func fail(code int) answer { return answer{code: code} }

// words are how WeChat puts it. Where they were never seen they are made up,
// and nobody should read them.
var words = map[int]string{
	-1:      "system error",
	40001:   "invalid credential, access_token is invalid or not latest",
	40002:   "invalid grant_type",
	40003:   "invalid openid",
	40004:   "invalid media type",
	40013:   "invalid appid",
	40014:   "invalid access_token",
	40029:   "invalid code",
	40037:   "invalid template_id",
	40066:   "invalid url",
	40097:   "invalid args",
	40125:   "invalid appsecret",
	40129:   "invalid scene",
	40163:   "code been used",
	40164:   "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist",
	40165:   "invalid weapp pagepath",
	40169:   "invalid length for scene, or the data is not json string",
	40212:   "invalid query",
	40226:   "code blocked",
	40243:   "appsecret is frozen",
	41001:   "access_token missing",
	41002:   "appid missing",
	41004:   "appsecret missing",
	41008:   "missing code",
	41030:   "invalid page",
	42001:   "access_token expired",
	43001:   "require GET method",
	43002:   "require POST method",
	43101:   "user refuse to accept the msg",
	43104:   "appid does not match the openid",
	43107:   "subscribe message capability is banned",
	43108:   "Cannot make concurrent calls to the same OpenID, please try again",
	44002:   "empty post data",
	44990:   "reach max api second frequence limit",
	44991:   "reach max api minute frequence limit",
	44993:   "reach max api day frequence limit",
	45002:   "content size out of limit",
	45009:   "reach max api daily quota limit",
	45011:   "api minute-quota reach limit, must slower, retry next minute",
	45168:   "the content hits sensitive words",
	47001:   "data format error",
	47003:   "argument invalid!",
	48001:   "api unauthorized",
	48006:   "forbid to clear quota because of reaching the limit",
	50004:   "banned function",
	50007:   "account is frozen",
	61010:   "the user has not visited in the last 2 hours",
	76021:   "cgi_path not found, please check",
	76022:   "could not use this cgi_path, no permission",
	85079:   "miniprogram has no online release",
	85096:   "not allow to set reserved scene",
	85401:   "time limit between 1min and 30days",
	85402:   "invalid env_version",
	87020:   "request repeated",
	89503:   "this ip must be confirmed by the administrator",
	1400001: "no quota of this function",
}

// withComma are the words that were seen with a comma before the rid.
var withComma = []int{40029, 40163, 45011}

// errmsg is WeChat's text: words, what they are about, and under which number
// it keeps the request.
func (s *Sim) errmsg(a answer) string {
	text := words[a.code]
	if text == "" {
		text = "error"
	}
	if a.detail != "" {
		text += " " + a.detail
	}
	if slices.Contains(withComma, a.code) {
		text += ","
	}
	return fmt.Sprintf("%s rid: %08x-%s-%s", text, s.clock.Now().Unix(), random(4), random(4))
}

func random(bytes int) string {
	raw := make([]byte, bytes)
	_, _ = rand.Read(raw) // never fails
	return hex.EncodeToString(raw)
}

func (s *Sim) write(w http.ResponseWriter, a answer) {
	raw, mime := a.raw, a.mime
	if a.code != 0 {
		raw = nil
		a.body = map[string]any{"errcode": a.code, "errmsg": s.errmsg(a)}
	}
	if raw == nil {
		raw, _ = json.Marshal(a.body) // texts and numbers
		mime = "application/json; charset=UTF-8"
	}
	w.Header().Set("Content-Type", mime)
	_, _ = w.Write(raw) // the caller has gone
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
}

// good is an answer that carries errcode 0, as most do.
func good(body map[string]any) answer {
	if body == nil {
		body = map[string]any{}
	}
	body["errcode"], body["errmsg"] = 0, "ok"
	return answer{body: body}
}
