package media_test

import (
	"strings"
	"testing"

	"yuandu/media"
)

func TestATitleSaysWhatItIsAbout(t *testing.T) {
	for title, want := range map[string]string{
		"《鸢都市物业管理办法》的制定":               "物业管理办法",
		"鸢都市人民政府办公室关于印发《鸢都市物业管理办法》的通知": "物业管理办法",
		"审议《鸢都市物业管理办法（草案）》":            "物业管理办法",
		"鸢都市物业管理办法":                    "物业管理办法",
		"《鸢都市物业管理办法》政策解读":              "物业管理办法",
		"研究冬季供暖保障工作":                   "冬季供暖保障工作",
		"审议《供热办法（试行）》和《住房公积金提取细则》":     "住房公积金提取细则",
		"通知": "",
	} {
		if got := strings.Join(media.Names(title), " "); got != want {
			t.Errorf("%s is about %q, not %q", title, got, want)
		}
	}
}
