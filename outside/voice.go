package outside

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
	"unicode/utf8"
)

// Bounds of one sentence that is spoken in a cloud.
const (
	mostVoiceText   = 150 // characters, of Tencent; the others take more
	voiceRate       = 16000
	voicePatience   = 20 * time.Second
	mostVoiceAnswer = 8 << 20 // bytes
	voiceTries      = 4
	longestPause    = 30 * time.Second
)

// VoiceForm is whose way of asking a cloud speaks.
type VoiceForm string

// The forms.
const (
	VoiceOfTencent VoiceForm = "tencent" // TextToVoice, version 2019-08-23
	VoiceOfAliyun  VoiceForm = "aliyun"  // stream/v1/tts of 智能语音交互, with tokens by CreateToken
	VoiceOfAzure   VoiceForm = "azure"   // cognitiveservices/v1
)

// VoiceConfig is how a cloud is asked to speak.
type VoiceConfig struct {
	Form   VoiceForm
	ID     string // SecretId of Tencent, AccessKeyId of Aliyun; Azure has none
	Secret string
	App    string // the appkey of Aliyun
	Region string // ap-guangzhou, cn-shanghai, chinaeast2
	Voice  string // VoiceType of Tencent (101001), voice of the others; "" for the usual one
	// Address is that of a gateway that the city runs itself, https://…; "" for the cloud's own.
	Address string
}

// VoiceReason is why a cloud did not speak.
type VoiceReason string

// The reasons.
const (
	VoiceConfigured  VoiceReason = "config"      // what it needs is not configured
	VoiceKey         VoiceReason = "key"         // its keys are not good
	VoiceMoney       VoiceReason = "money"       // the account is used up
	VoiceWords       VoiceReason = "words"       // it does not take the text
	VoiceLater       VoiceReason = "later"       // it is asked too often
	VoiceUnreachable VoiceReason = "unreachable" // nobody answers in time, or the server is broken
	VoiceOdd         VoiceReason = "odd"         // what is answered is not understood
)

// VoiceError says why a cloud did not speak. It never holds keys, the text, nor words of
// the answer, which may repeat them.
type VoiceError struct {
	Reason VoiceReason
	Code   string // of the cloud, or the status of HTTP; "" where there is none
	after  time.Duration
}

func (e *VoiceError) Error() string {
	if e.Code == "" {
		return "speech in the cloud: " + string(e.Reason)
	}
	return fmt.Sprintf("speech in the cloud: %s (%s)", e.Reason, e.Code)
}

// CanRetry says whether the same may go well in some minutes.
func (e *VoiceError) CanRetry() bool { return e.Reason == VoiceLater || e.Reason == VoiceUnreachable }

// voiceMaker is one way of asking.
type voiceMaker interface {
	// ask makes the request for a text.
	ask(ctx context.Context, text string) (*http.Request, error)
	// sound reads the samples, of 16 bits, out of an answer with status 200 or the
	// reason out of any.
	sound(answer *http.Response, body []byte) ([]byte, error)
}

// CloudVoice speaks Mandarin by calling a cloud.
type CloudVoice struct {
	client *http.Client
	maker  voiceMaker
	name   string
	pause  func(context.Context, time.Duration) error
}

// NewCloudVoice makes one: a *VoiceError where the configuration is not whole.
func NewCloudVoice(c VoiceConfig) (*CloudVoice, error) {
	return cloudVoiceBy(&http.Transport{MaxIdleConnsPerHost: 4}, c, time.Now, pause)
}

func cloudVoiceBy(transport *http.Transport, c VoiceConfig, now func() time.Time, pause func(context.Context, time.Duration) error) (*CloudVoice, error) {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	client := &http.Client{Transport: transport, CheckRedirect: stay, Timeout: voicePatience}
	if !isWhole(&c) {
		return nil, &VoiceError{Reason: VoiceConfigured}
	}
	v := &CloudVoice{client: client, pause: pause, name: string(c.Form) + "/" + c.Voice}
	switch c.Form {
	case VoiceOfTencent:
		v.maker = &tencentVoice{c, now}
	case VoiceOfAliyun:
		v.maker = &aliyunVoice{VoiceConfig: c, client: client, now: now}
	default:
		v.maker = &azureVoice{c}
	}
	return v, nil
}

// isWhole looks whether all is there that a form needs, and fills in what is usual.
func isWhole(c *VoiceConfig) bool {
	usual := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	ok := c.Secret != ""
	switch c.Form {
	case VoiceOfTencent:
		usual(&c.Region, "ap-guangzhou")
		usual(&c.Voice, "101001")
		usual(&c.Address, "https://tts.tencentcloudapi.com")
		_, err := strconv.Atoi(c.Voice)
		ok = ok && c.ID != "" && err == nil
	case VoiceOfAliyun:
		usual(&c.Region, "cn-shanghai")
		usual(&c.Voice, "xiaoyun")
		usual(&c.Address, "https://nls-gateway-"+c.Region+".aliyuncs.com")
		ok = ok && c.ID != "" && c.App != ""
	case VoiceOfAzure:
		usual(&c.Region, "chinaeast2")
		usual(&c.Voice, "zh-CN-XiaoxiaoNeural")
		usual(&c.Address, "https://"+c.Region+".tts.speech.azure.cn")
	default:
		return false
	}
	to, err := url.Parse(c.Address)
	return ok && err == nil && to.Scheme == "https" && to.Host != "" && to.User == nil
}

// Name tells the cloud and its voice.
func (v *CloudVoice) Name() string { return v.name }

// Rate is 16,000 samples a second, which all of them give.
func (v *CloudVoice) Rate() int { return voiceRate }

// Speak has one sentence spoken. Where the cloud is asked too often or is away it asks
// again, after longer and longer pauses. It gives a *VoiceError, or the context's error
// where that ended first.
func (v *CloudVoice) Speak(ctx context.Context, sentence string) ([]int16, error) {
	if n := utf8.RuneCountInString(sentence); n == 0 || n > mostVoiceText || !utf8.ValidString(sentence) {
		return nil, &VoiceError{Reason: VoiceWords}
	}
	wait := time.Second
	for try := 1; ; try++ {
		data, err := v.once(ctx, sentence)
		var refused *VoiceError
		switch {
		case err == nil:
			return samplesOf(data)
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !errors.As(err, &refused) || !refused.CanRetry() || try == voiceTries:
			return nil, err
		}
		if err := v.pause(ctx, max(wait, refused.after)); err != nil {
			return nil, err
		}
		wait *= 2
	}
}

// once asks once. The client's own errors hold addresses, so none of them leaves.
func (v *CloudVoice) once(ctx context.Context, sentence string) ([]byte, error) {
	ask, err := v.maker.ask(ctx, sentence)
	if err != nil {
		return nil, err
	}
	answer, body, err := voiceAnswer(v.client, ask)
	if err != nil {
		return nil, err
	}
	if err := voiceStatus(answer); err != nil {
		return nil, err
	}
	return v.maker.sound(answer, body)
}

func voiceAnswer(client *http.Client, ask *http.Request) (*http.Response, []byte, error) {
	answer, err := client.Do(ask)
	if err != nil {
		return nil, nil, &VoiceError{Reason: VoiceUnreachable}
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostVoiceAnswer+1))
	switch {
	case err != nil:
		return nil, nil, &VoiceError{Reason: VoiceUnreachable}
	case len(body) > mostVoiceAnswer:
		return nil, nil, &VoiceError{Reason: VoiceOdd}
	}
	return answer, body, nil
}

// voiceStatus is what a status means to all forms.
func voiceStatus(answer *http.Response) error {
	status := answer.StatusCode
	code := strconv.Itoa(status)
	switch {
	case status == http.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(answer.Header.Get("Retry-After"))
		return &VoiceError{VoiceLater, code, min(time.Duration(max(0, seconds))*time.Second, longestPause)}
	case status >= http.StatusInternalServerError:
		return &VoiceError{Reason: VoiceUnreachable, Code: code}
	}
	return nil
}

func samplesOf(data []byte) ([]int16, error) {
	if len(data) < 2 {
		return nil, &VoiceError{Reason: VoiceOdd}
	}
	samples := make([]int16, len(data)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(data[2*i:]))
	}
	return samples, nil
}

// pause waits, or gives the context's error where that ends first.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
