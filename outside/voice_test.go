package outside

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// Keys of a stand-in, which must be seen nowhere.
const (
	voiceID     = "stand-in-id-7788"
	voiceSecret = "stand-in-secret-9911"
	voiceToken  = "stand-in-token-5566"
)

var voiceClock = time.Date(2026, 11, 28, 6, 0, 0, 0, time.UTC)

// clouds is a stand-in for the three, as their documents say they answer. What it
// is asked with a text in odd it answers oddly.
type clouds struct {
	*httptest.Server
	mu     sync.Mutex
	asked  int
	tokens int
	odd    map[string]func(w http.ResponseWriter) // by text, once for each entry in times
	times  int
}

func newClouds(t *testing.T) *clouds {
	c := &clouds{odd: map[string]func(http.ResponseWriter){}, times: 1 << 30}
	c.Server = httptest.NewTLSServer(http.HandlerFunc(c.answer))
	t.Cleanup(c.Close)
	return c
}

// pcm is the sound that the stand-in gives: ten samples a character.
func pcm(text string) []byte { return make([]byte, 2*10*utf8.RuneCountInString(text)) }

func (c *clouds) answer(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	switch {
	case r.Header.Get("X-TC-Action") == "TextToVoice":
		c.tencent(w, r, body)
	case r.URL.Path == "/stream/v1/tts":
		c.aliyun(w, r, body)
	case r.URL.Path == "/cognitiveservices/v1":
		c.azure(w, r, body)
	default:
		c.tokenOfAliyun(w, body)
	}
}

func (c *clouds) oddly(w http.ResponseWriter, text string) bool {
	f := c.odd[text]
	if f == nil || c.times == 0 {
		return false
	}
	c.times--
	f(w)
	return true
}

func (c *clouds) tencent(w http.ResponseWriter, r *http.Request, body []byte) {
	var asked struct {
		Text, SessionId, Codec string
		VoiceType, SampleRate  int
	}
	_ = json.Unmarshal(body, &asked)
	signed := tencentSignature(voiceID, voiceSecret, "tts", r.Host, body, voiceClock)
	switch {
	case r.Header.Get("Authorization") != signed:
		fmt.Fprintf(w, `{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":"%s"},"RequestId":"x"}}`, r.Header.Get("Authorization"))
	case c.oddly(w, asked.Text):
	case asked.SessionId == "" || asked.Codec != "pcm" || asked.SampleRate != 16000 || asked.VoiceType != 101001 ||
		r.Header.Get("X-TC-Version") != "2019-08-23" || r.Header.Get("X-TC-Timestamp") != fmt.Sprint(voiceClock.Unix()):
		fmt.Fprint(w, `{"Response":{"Error":{"Code":"InvalidParameterValue.Codec","Message":""},"RequestId":"x"}}`)
	default:
		fmt.Fprintf(w, `{"Response":{"Audio":"%s","SessionId":"%s","RequestId":"x"}}`, base64.StdEncoding.EncodeToString(pcm(asked.Text)), asked.SessionId)
	}
}

func (c *clouds) tokenOfAliyun(w http.ResponseWriter, body []byte) {
	form, _ := url.ParseQuery(string(body))
	given := form.Get("Signature")
	form.Del("Signature")
	if form.Get("AccessKeyId") != voiceID || given != aliyunSignature(voiceSecret, form) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"RequestId":"x","Code":"InvalidAccessKeyId.NotFound","Message":"%s is not found"}`, form.Get("AccessKeyId"))
		return
	}
	c.tokens++
	fmt.Fprintf(w, `{"NlsRequestId":"x","RequestId":"x","ErrMsg":"","Token":{"ExpireTime":%d,"Id":"%s","UserId":"1"}}`, voiceClock.Add(24*time.Hour).Unix(), voiceToken)
}

func (c *clouds) aliyun(w http.ResponseWriter, r *http.Request, body []byte) {
	var asked struct {
		App, Text, Format, Voice string
		AppKey                   string `json:"appkey"`
		Rate                     int    `json:"sample_rate"`
	}
	_ = json.Unmarshal(body, &asked)
	switch {
	case r.Header.Get("X-NLS-Token") != voiceToken || asked.AppKey != "app":
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `{"task_id":"x","result":"","status":40000001,"message":"Gateway:ACCESS_DENIED:The token is invalid!"}`)
	case c.oddly(w, asked.Text):
	default:
		w.Header().Set("Content-Type", "audio/mpeg")
		_, _ = w.Write(pcm(asked.Text))
	}
}

func (c *clouds) azure(w http.ResponseWriter, r *http.Request, body []byte) {
	text := string(body)
	text = text[strings.Index(text, `">`)+2:]
	text = text[strings.Index(text, `">`)+2 : strings.Index(text, "</voice>")]
	switch {
	case r.Header.Get("Ocp-Apim-Subscription-Key") != voiceSecret:
		http.Error(w, "Access denied due to invalid subscription key", http.StatusUnauthorized)
	case r.Header.Get("X-Microsoft-OutputFormat") != "raw-16khz-16bit-mono-pcm" || r.Header.Get("Content-Type") != "application/ssml+xml":
		w.WriteHeader(http.StatusUnsupportedMediaType)
	case c.oddly(w, text):
	default:
		_, _ = w.Write(pcm(text))
	}
}

// of is a voice of the stand-in, and the pauses that it makes, which take no time.
func (c *clouds) of(t *testing.T, form VoiceForm, secret string) (*CloudVoice, *[]time.Duration) {
	t.Helper()
	var paused []time.Duration
	v, err := cloudVoiceBy(c.Client().Transport.(*http.Transport).Clone(),
		VoiceConfig{Form: form, ID: voiceID, Secret: secret, App: "app", Address: c.URL}, func() time.Time { return voiceClock },
		func(ctx context.Context, d time.Duration) error { paused = append(paused, d); return ctx.Err() })
	if err != nil {
		t.Fatal(err)
	}
	return v, &paused
}

var voiceForms = []VoiceForm{VoiceOfTencent, VoiceOfAliyun, VoiceOfAzure}

func TestEveryCloudSpeaks(t *testing.T) {
	for _, form := range voiceForms {
		t.Run(string(form), func(t *testing.T) {
			v, _ := newClouds(t).of(t, form, voiceSecret)
			samples, err := v.Speak(t.Context(), "各县市区人民政府，")
			if err != nil || len(samples) != 90 || v.Rate() != 16000 {
				t.Errorf("%d samples, %v", len(samples), err)
			}
		})
	}
}

func TestATokenIsKeptUntilItEndsOrIsRefused(t *testing.T) {
	c := newClouds(t)
	v, _ := c.of(t, VoiceOfAliyun, voiceSecret)
	for range 3 {
		if _, err := v.Speak(t.Context(), "一句话。"); err != nil {
			t.Fatal(err)
		}
	}
	if c.tokens != 1 {
		t.Errorf("%d tokens for three sentences", c.tokens)
	}
	v.maker.(*aliyunVoice).token = "ended by Aliyun"
	if _, err := v.Speak(t.Context(), "一句话。"); !isRefused(err, VoiceKey) {
		t.Errorf("got %v", err)
	}
	if _, err := v.Speak(t.Context(), "一句话。"); err != nil || c.tokens != 2 {
		t.Errorf("%v, %d tokens", err, c.tokens)
	}
}

func isRefused(err error, reason VoiceReason) bool {
	var refused *VoiceError
	return errors.As(err, &refused) && refused.Reason == reason
}

func TestEachRefusalIsUnderstoodAndKeepsSecrets(t *testing.T) {
	tencent := func(code string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			fmt.Fprintf(w, `{"Response":{"Error":{"Code":"%s","Message":"%s %s 机密的话"},"RequestId":"x"}}`, code, voiceID, voiceSecret)
		}
	}
	aliyun := func(status int) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprintf(w, `{"task_id":"x","result":"","status":%d,"message":"%s 机密的话"}`, status, voiceToken)
		}
	}
	azure := func(status int) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) { http.Error(w, voiceSecret+" 机密的话", status) }
	}
	for _, c := range []struct {
		form   VoiceForm
		answer func(http.ResponseWriter)
		want   VoiceReason
	}{
		{VoiceOfTencent, tencent("RequestLimitExceeded"), VoiceLater},
		{VoiceOfTencent, tencent("InternalError.ExceedMaxLimit"), VoiceLater},
		{VoiceOfTencent, tencent("AuthFailure.SecretIdNotFound"), VoiceKey},
		{VoiceOfTencent, tencent("UnsupportedOperation.PkgExhausted"), VoiceMoney},
		{VoiceOfTencent, tencent("InvalidParameterValue.InvalidText"), VoiceWords},
		{VoiceOfTencent, tencent("InternalError.InternalError"), VoiceUnreachable},
		{VoiceOfTencent, tencent("InvalidParameterValue.VoiceType"), VoiceConfigured},
		{VoiceOfTencent, tencent("新的"), VoiceOdd},
		{VoiceOfTencent, func(w http.ResponseWriter) { fmt.Fprint(w, "<html>") }, VoiceOdd},
		{VoiceOfTencent, func(w http.ResponseWriter) { fmt.Fprint(w, `{"Response":{}}`) }, VoiceOdd},
		{VoiceOfAliyun, aliyun(40000001), VoiceKey},
		{VoiceOfAliyun, aliyun(40000003), VoiceWords},
		{VoiceOfAliyun, aliyun(40000005), VoiceLater},
		{VoiceOfAliyun, aliyun(40000010), VoiceMoney},
		{VoiceOfAliyun, aliyun(50000000), VoiceUnreachable},
		{VoiceOfAliyun, aliyun(0), VoiceOdd},
		{VoiceOfAzure, azure(400), VoiceWords},
		{VoiceOfAzure, azure(401), VoiceKey},
		{VoiceOfAzure, azure(415), VoiceConfigured},
		{VoiceOfAzure, azure(429), VoiceLater},
		{VoiceOfAzure, azure(502), VoiceUnreachable},
		{VoiceOfAzure, azure(302), VoiceOdd},
	} {
		cloud := newClouds(t)
		cloud.odd["机密的话"] = c.answer
		v, paused := cloud.of(t, c.form, voiceSecret)
		_, err := v.Speak(t.Context(), "机密的话")
		if !isRefused(err, c.want) {
			t.Errorf("%s: got %v, want %s", c.form, err, c.want)
			continue
		}
		for _, secret := range []string{voiceID, voiceSecret, voiceToken, "机密"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%v holds a secret", err)
			}
		}
		if again := c.want == VoiceLater || c.want == VoiceUnreachable; again != (len(*paused) == voiceTries-1) {
			t.Errorf("%s %s: paused %v", c.form, c.want, *paused)
		}
	}
}

func TestWhoIsAskedTooOftenIsAskedAgainAfterAPause(t *testing.T) {
	c := newClouds(t)
	c.times = 2
	c.odd["一句话。"] = func(w http.ResponseWriter) {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	v, paused := c.of(t, VoiceOfAzure, voiceSecret)
	if _, err := v.Speak(t.Context(), "一句话。"); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(*paused) != "[7s 7s]" {
		t.Errorf("paused %v", *paused)
	}
}

func TestWrongKeysAreToldApart(t *testing.T) {
	for _, form := range voiceForms {
		v, _ := newClouds(t).of(t, form, "another secret")
		if _, err := v.Speak(t.Context(), "一句话。"); !isRefused(err, VoiceKey) {
			t.Errorf("%s: %v", form, err)
		}
	}
}

func TestWhatIsTooLongIsNotSent(t *testing.T) {
	c := newClouds(t)
	v, _ := c.of(t, VoiceOfTencent, voiceSecret)
	for _, text := range []string{"", strings.Repeat("长", 151), "\xff"} {
		if _, err := v.Speak(t.Context(), text); !isRefused(err, VoiceWords) {
			t.Errorf("%.10q: %v", text, err)
		}
	}
	if c.asked != 0 {
		t.Errorf("it was asked %d times", c.asked)
	}
}

func TestAVoiceNobodyAnswersForIsUnreachable(t *testing.T) {
	c := newClouds(t)
	v, _ := c.of(t, VoiceOfTencent, voiceSecret)
	c.Close()
	if _, err := v.Speak(t.Context(), "一句话。"); !isRefused(err, VoiceUnreachable) || strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("got %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.Speak(ended, "一句话。"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAConfigurationThatIsNotWholeIsRefused(t *testing.T) {
	for name, c := range map[string]VoiceConfig{
		"no form":          {ID: "i", Secret: "s"},
		"no secret":        {Form: VoiceOfAzure},
		"no id":            {Form: VoiceOfTencent, Secret: "s"},
		"no app":           {Form: VoiceOfAliyun, ID: "i", Secret: "s"},
		"voice no number":  {Form: VoiceOfTencent, ID: "i", Secret: "s", Voice: "晓晓"},
		"address in clear": {Form: VoiceOfAzure, Secret: "s", Address: "http://speech.example"},
	} {
		if _, err := NewCloudVoice(c); !isRefused(err, VoiceConfigured) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewCloudVoice(VoiceConfig{Form: VoiceOfAzure, Secret: "s"}); err != nil {
		t.Error(err)
	}
}

// The values are those of the example in Aliyun's documents.
func TestAliyunSignsAsItsExampleDoes(t *testing.T) {
	form := url.Values{"AccessKeyId": {"testid"}, "Action": {"DescribeRegions"}, "Format": {"XML"}, "SignatureMethod": {"HMAC-SHA1"},
		"SignatureNonce": {"3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"}, "SignatureVersion": {"1.0"}, "Timestamp": {"2016-02-23T12:46:24Z"}, "Version": {"2014-05-26"}}
	signed := signedForm(http.MethodGet, "testsecret", form)
	if signed != "OLeaidS1JvxuMvnyHOwuJ+uX5qY=" {
		t.Errorf("got %s", signed)
	}
}

// The values are those of the example in Tencent's documents.
func TestTencentSignsAsItsExampleDoes(t *testing.T) {
	body := []byte(`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`)
	signed := tencentSignature("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "cvm", "cvm.tencentcloudapi.com", body, time.Unix(1551113065, 0))
	if !strings.HasSuffix(signed, "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168") {
		t.Error(signed)
	}
}
