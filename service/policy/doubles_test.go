package policy

import (
	"fmt"
	"testing"

	"yuandu/model"
)

func TestTitlesAreAlikeOnlyWhereOneMayBeTheOtherMistyped(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		alike bool
	}{
		{"鸢都市养老服务管理办法", "鸢都市养老服务管理办法", true},
		{"关于印发《鸢都市养老服务管理办法》的通知", "关于印发鸢都市养老服务管理办法的通知 ", true},
		{"關於做好養老服務工作的通知", "关于做好养老服务工作的通知", true},
		{"鸢都市人民政府关于进一步做好稳就业工作的通知", "鸢都市人民政府关于进一步做好稳就业工作通知", true},
		{"鸢都市2024年消费券发放方案", "鸢都市2025年消费券发放方案", false},
		{"关于公布第一批非遗名录的通知", "关于公布第二批非遗名录的通知", false},
		{"鸢都市养老服务管理办法", "鸢都市托育服务管理办法", false},
		{"关于张三同志任职的通知", "关于李明同志任职的通知", false},
		{"", "", false},
	} {
		if got := Alike(c.a, c.b); got != c.alike {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

func TestPairsAreOfOneNumberOrOfOneDayAndNeverOfADraftAndWhatIsPublic(t *testing.T) {
	side := func(n int, number, title string, public bool) model.PolicySide {
		return model.PolicySide{ID: fmt.Sprint("0", n), DocNumber: number, Title: title, Public: public, DepartmentID: "d", PublishedDate: "2026-01-01"}
	}
	found := doubles([]model.PolicySide{
		side(1, "鸢政发〔2026〕1号", "养老服务办法", true), side(2, "鸢政发〔2026〕1号", "别的办法", true), side(3, "鸢政发〔2026〕1号", "养老服务办法", false),
		side(4, "", "养老服务办法", true), side(5, "", "公园办法", true), side(6, "", "养老服务办法", false),
		side(7, "鸢政发〔2026〕7号", "养老服务办法", true), // another number
	})
	var said string
	for _, d := range found {
		said += fmt.Sprint(d.A.ID, "=", d.B.ID, " ", d.Why, " ")
	}
	if said != "01=02 number 04=07 title 03=06 title 01=04 title " {
		t.Errorf("found are %s", said)
	}
}
