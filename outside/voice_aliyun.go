package outside

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// aliyunVoice asks 智能语音交互 with a token, which CreateToken gives for a day or so.
type aliyunVoice struct {
	VoiceConfig
	client *http.Client
	now    func() time.Time

	mu     sync.Mutex
	token  string
	expiry time.Time
}

// early is how long before its end a token is not used any more.
const early = 10 * time.Minute

func (v *aliyunVoice) ask(ctx context.Context, text string) (*http.Request, error) {
	token, err := v.freshToken(ctx)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(struct {
		App    string `json:"appkey"`
		Text   string `json:"text"`
		Format string `json:"format"`
		Rate   int    `json:"sample_rate"`
		Voice  string `json:"voice"`
	}{v.App, text, "pcm", voiceRate, v.Voice})
	if err != nil {
		return nil, &VoiceError{Reason: VoiceWords}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, v.Address+"/stream/v1/tts", bytes.NewReader(body))
	if err != nil {
		return nil, &VoiceError{Reason: VoiceConfigured}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-NLS-Token", token)
	return r, nil
}

// sound reads samples where the answer is of sound, and else the reason.
func (v *aliyunVoice) sound(answer *http.Response, body []byte) ([]byte, error) {
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "audio/") {
		return body, nil
	}
	var refused struct{ Status int }
	if err := json.Unmarshal(body, &refused); err != nil || refused.Status == 0 {
		return nil, &VoiceError{Reason: VoiceOdd, Code: strconv.Itoa(answer.StatusCode)}
	}
	reason := aliyunMeaning(refused.Status)
	if reason == VoiceKey {
		v.forget()
	}
	return nil, &VoiceError{Reason: reason, Code: strconv.Itoa(refused.Status)}
}

// aliyunMeaning is what a status of 智能语音交互 asks for.
func aliyunMeaning(status int) VoiceReason {
	switch {
	case status == 40000001, status == 40020105, status == 40020106: // the token, the appkey
		return VoiceKey
	case status == 40000005: // too many at once
		return VoiceLater
	case status == 40000010: // the free trial is over
		return VoiceMoney
	case status == 40000003, status >= 41020000 && status < 41030000: // parameters, of the text
		return VoiceWords
	case status/10000000 == 5:
		return VoiceUnreachable
	}
	return VoiceOdd
}

func (v *aliyunVoice) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.token = ""
}

func (v *aliyunVoice) freshToken(ctx context.Context) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.token != "" && v.now().Before(v.expiry.Add(-early)) {
		return v.token, nil
	}
	token, expiry, err := v.createToken(ctx)
	if err == nil {
		v.token, v.expiry = token, expiry
	}
	return token, err
}

// tokenAddress is where tokens are given: beside the city's own gateway, else by Aliyun.
func (v *aliyunVoice) tokenAddress() string {
	if strings.HasSuffix(v.Address, ".aliyuncs.com") {
		return "https://nls-meta." + v.Region + ".aliyuncs.com/"
	}
	return v.Address + "/"
}

func (v *aliyunVoice) createToken(ctx context.Context) (token string, expiry time.Time, err error) {
	form := url.Values{"AccessKeyId": {v.ID}, "Action": {"CreateToken"}, "Format": {"JSON"}, "RegionId": {v.Region},
		"SignatureMethod": {"HMAC-SHA1"}, "SignatureNonce": {rand.Text()}, "SignatureVersion": {"1.0"},
		"Timestamp": {v.now().UTC().Format(time.RFC3339)}, "Version": {"2019-02-28"}}
	form.Set("Signature", aliyunSignature(v.Secret, form))
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, v.tokenAddress(), strings.NewReader(form.Encode()))
	if err != nil {
		return "", expiry, &VoiceError{Reason: VoiceConfigured}
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, body, err := voiceAnswer(v.client, r)
	if err != nil {
		return "", expiry, err
	}
	if err := voiceStatus(answer); err != nil {
		return "", expiry, err
	}
	var given struct {
		Code  string
		Token struct {
			ID         string `json:"Id"`
			ExpireTime int64
		}
	}
	if err := json.Unmarshal(body, &given); err != nil {
		return "", expiry, &VoiceError{Reason: VoiceOdd, Code: strconv.Itoa(answer.StatusCode)}
	}
	if given.Token.ID == "" {
		return "", expiry, &VoiceError{Reason: tokenMeaning(given.Code), Code: plainCode(given.Code)}
	}
	return given.Token.ID, time.Unix(given.Token.ExpireTime, 0), nil
}

func tokenMeaning(code string) VoiceReason {
	if strings.HasPrefix(code, "Throttling") {
		return VoiceLater
	}
	return VoiceKey
}

// aliyunSignature signs a form as Aliyun documents it for RPC (签名机制).
func aliyunSignature(secret string, form url.Values) string {
	return signedForm(http.MethodPost, secret, form)
}

func signedForm(method, secret string, form url.Values) string {
	escaped := strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~")
	signed := method + "&%2F&" + escaped.Replace(url.QueryEscape(escaped.Replace(form.Encode())))
	h := hmac.New(sha1.New, []byte(secret+"&"))
	h.Write([]byte(signed))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}
