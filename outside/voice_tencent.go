package outside

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// tencentVoice asks TextToVoice, signed by TC3-HMAC-SHA256.
type tencentVoice struct {
	VoiceConfig
	now func() time.Time
}

func (v *tencentVoice) ask(ctx context.Context, text string) (*http.Request, error) {
	voice, _ := strconv.Atoi(v.Voice) // isWhole has looked
	body, err := json.Marshal(struct {
		Text       string
		SessionID  string `json:"SessionId"`
		VoiceType  int
		SampleRate int
		Codec      string
	}{text, rand.Text(), voice, voiceRate, "pcm"})
	if err != nil {
		return nil, &VoiceError{Reason: VoiceWords}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, v.Address+"/", bytes.NewReader(body))
	if err != nil {
		return nil, &VoiceError{Reason: VoiceConfigured}
	}
	now := v.now()
	r.Header.Set("Content-Type", tencentContent)
	r.Header.Set("X-TC-Action", "TextToVoice")
	r.Header.Set("X-TC-Version", "2019-08-23")
	r.Header.Set("X-TC-Region", v.Region)
	r.Header.Set("X-TC-Timestamp", strconv.FormatInt(now.Unix(), 10))
	r.Header.Set("Authorization", tencentSignature(v.ID, v.Secret, "tts", r.URL.Host, body, now))
	return r, nil
}

const tencentContent = "application/json; charset=utf-8"

// tencentSignature is the header that signs a body, as Tencent documents it (签名方法 v3).
func tencentSignature(id, secret, service, host string, body []byte, now time.Time) string {
	day := now.UTC().Format(time.DateOnly)
	scope := day + "/" + service + "/tc3_request"
	asked := strings.Join([]string{"POST", "/", "", "content-type:" + tencentContent + "\nhost:" + host + "\n", "content-type;host", hexOf(body)}, "\n")
	signed := fmt.Sprintf("TC3-HMAC-SHA256\n%d\n%s\n%s", now.Unix(), scope, hexOf([]byte(asked)))
	key := []byte("TC3" + secret)
	for _, part := range []string{day, service, "tc3_request"} {
		key = keyed(key, part)
	}
	return fmt.Sprintf("TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=content-type;host, Signature=%s", id, scope, hex.EncodeToString(keyed(key, signed)))
}

func hexOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func keyed(key []byte, data string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(data))
	return h.Sum(nil)
}

func (v *tencentVoice) sound(_ *http.Response, body []byte) ([]byte, error) {
	var answer struct {
		Response struct {
			Audio []byte
			Error *struct{ Code string }
		}
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, &VoiceError{Reason: VoiceOdd}
	}
	if refused := answer.Response.Error; refused != nil {
		return nil, &VoiceError{Reason: tencentMeaning(refused.Code), Code: plainCode(refused.Code)}
	}
	return answer.Response.Audio, nil
}

// tencentMeaning is what a code of Tencent asks for.
func tencentMeaning(code string) VoiceReason {
	switch {
	case strings.HasPrefix(code, "RequestLimitExceeded"), code == "LimitExceeded.AccessLimit", code == "InternalError.ExceedMaxLimit",
		code == "InternalError.NoResource":
		return VoiceLater
	case strings.HasPrefix(code, "AuthFailure"), strings.HasPrefix(code, "UnauthorizedOperation"),
		code == "InvalidParameterValue.AppIdNotRegistered":
		return VoiceKey
	case code == "UnsupportedOperation.PkgExhausted", code == "UnsupportedOperation.AccountArrears", code == "UnsupportedOperation.NoFreeAccount",
		code == "UnsupportedOperation.NoBanlance", code == "ResourceInsufficient", code == "ResourceUnavailable":
		return VoiceMoney
	case strings.Contains(code, "InvalidText"), strings.Contains(code, "TextEmpty"), strings.Contains(code, "TextTooLong"),
		strings.Contains(code, "ParticipleError"), code == "UnsupportedOperation.TextTooLong":
		return VoiceWords
	case strings.HasPrefix(code, "InternalError"):
		return VoiceUnreachable
	case strings.HasPrefix(code, "InvalidParameter"), strings.HasPrefix(code, "MissingParameter"), strings.HasPrefix(code, "UnsupportedRegion"):
		return VoiceConfigured
	}
	return VoiceOdd
}

// plainCode is a code as it may stand in a log: letters, digits and points, and not long.
func plainCode(code string) string {
	const longest = 60
	for _, r := range code {
		if r != '.' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return ""
		}
	}
	return code[:min(len(code), longest)]
}
