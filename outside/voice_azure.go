package outside

import (
	"context"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
)

// azureVoice asks the speech service of Azure, in China that of 世纪互联.
type azureVoice struct{ VoiceConfig }

func (v *azureVoice) ask(ctx context.Context, text string) (*http.Request, error) {
	body := `<speak version="1.0" xml:lang="zh-CN"><voice name="` + escapedXML(v.Voice) + `">` + escapedXML(text) + `</voice></speak>`
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, v.Address+"/cognitiveservices/v1", strings.NewReader(body))
	if err != nil {
		return nil, &VoiceError{Reason: VoiceConfigured}
	}
	r.Header.Set("Content-Type", "application/ssml+xml")
	r.Header.Set("Ocp-Apim-Subscription-Key", v.Secret)
	r.Header.Set("X-Microsoft-OutputFormat", "raw-16khz-16bit-mono-pcm")
	r.Header.Set("User-Agent", "yuandu")
	return r, nil
}

func escapedXML(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s)) // a Builder takes everything
	return out.String()
}

func (v *azureVoice) sound(answer *http.Response, body []byte) ([]byte, error) {
	reason := VoiceOdd
	switch answer.StatusCode {
	case http.StatusOK:
		return body, nil
	case http.StatusBadRequest:
		reason = VoiceWords
	case http.StatusUnauthorized, http.StatusForbidden:
		reason = VoiceKey
	case http.StatusNotFound, http.StatusUnsupportedMediaType:
		reason = VoiceConfigured
	}
	return nil, &VoiceError{Reason: reason, Code: strconv.Itoa(answer.StatusCode)}
}
