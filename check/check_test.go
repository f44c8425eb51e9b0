package check_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"yuandu/check"
	"yuandu/model"
)

var rules = check.Rules{
	Forbidden: check.Forbidden(), Mistyped: check.Mistypes(),
	OwnHosts: []string{"yuandu.example"}, TrustedHosts: []string{"gov.cn"}, Names: true,
}

// said is what was found, as code, severity and text.
func said(found []check.Finding) string {
	var list []string
	for _, f := range found {
		list = append(list, strings.TrimSpace(f.Code+" "+string(f.Severity)+" "+f.Text))
	}
	return strings.Join(list, "; ")
}

// story is a line of a document, and what is found in it.
type story struct{ name, text, want string }

func tell(t *testing.T, stories []story) {
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			if got := said(check.Line("title", s.text, rules)); got != s.want {
				t.Errorf("%q\n got %s\nwant %s", s.text, got, s.want)
			}
		})
	}
}

func TestAnIdentityNumberIsFoundHoweverItIsWritten(t *testing.T) {
	const found = "personal.id_number stop 110*************2X"
	tell(t, []story{
		{"plainly", "申请人身份证号11010519491231002X。", found},
		{"with a small x", "身份证11010519491231002x", found},
		{"with blanks", "公民身份号码 110105 19491231 002x", found},
		{"with hyphens", "证件号：110105-19491231-002X", found},
		{"every digit apart", "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", found},
		{"in full width", "１１０１０５１９４９１２３１００２Ｘ", found},
		{"with something invisible in it", "号码110105\u200b19491231002X", found + "; hidden.invisible stop U+200B"},
		{"the name before it belongs to it", "张三，身份证号：11010519491231002X", "personal.id_number stop 张*，110*************2X"},
		{"so does one with its sex and age", "李小红（女，52岁，身份证号码11010519491231002X）", "personal.id_number stop 李*，110*************2X"},
		{"a wrong check digit where an identity number is announced may be a slip", "身份证号110105194912310021", "personal.id_number ask 110*************21"},
		{"and is something else where it is not", "共登记110105194912310021", ""},
		{"no calendar has that birthday", "身份证号110105194913310024", ""},
		{"no area begins with 99", "身份证号990105194912310025", ""},
		{"letters before it make it a certificate that gives the number away", "证书SX11010519491231002X", "personal.id_number ask 110*************2X"},
		{"a file's number made of area and day is none", "案件编号370702202001150016", ""},
		{"the cards of old had fifteen digits", "身份证号370702680512123", "personal.id_number stop 370**********23"},
		{"fifteen digits of a taxpayer are none", "纳税人识别号：370702680512123", ""},
		{"a masked number is none", "身份证号370702********1234", ""},
	})
}

func TestATelephoneIsAPersonsOrAnOffices(t *testing.T) {
	tell(t, []story{
		{"a mobile number is asked about", "联系电话：13800138000", "personal.phone ask 138******00"},
		{"one beside a name must go", "张建国13800138000", "personal.phone stop 张*，138******00"},
		{"but not where people are to call", "报名联系人：张建国，手机13800138000", "personal.phone ask 张*，138******00"},
		{"with the country before it", "+86 138-0013-8000", "personal.phone ask 861********00"},
		{"in groups", "手机 138 0013 8000", "personal.phone ask 138******00"},
		{"in full width", "１３８００１３８０００", "personal.phone ask 138******00"},
		{"two, each by itself", "13800138000，13900139000", "personal.phone ask 138******00; personal.phone ask 139******00"},
		{"an office's phone is only said", "咨询电话：0536-8789688", "personal.landline note 053******88"},
		{"twelve three four five is nobody's", "监督电话：12345、12329", ""},
		{"money is no telephone", "完成投资13800138000元", ""},
		{"nor is an order", "订单号13800138000", ""},
		{"nor is part of a longer number", "201380013800012", ""},
		{"nor is an address of a page", "https://www.weifang.gov.cn/13800138000.html", ""},
	})
}

func TestACardAPlateAndOtherPapersAreFound(t *testing.T) {
	tell(t, []story{
		{"a bank card", "卡号6222021234567890128", "personal.bank_card stop 622*************28"},
		{"in fours, beside a name", "王秀英，银行卡号：6222 0212 3456 7890 128", "personal.bank_card stop 王*，622*************28"},
		{"one whose last digit is wrong is none", "卡号6222021234567890121", ""},
		{"a project's code is none", "项目代码6222021234567890128", ""},
		{"a credit code is none", "统一社会信用代码91370700MA3C12345X", ""},
		{"an office's account may be public", "户名：市财政局，账号6222021234567890128", "personal.bank_card ask 622*************28"},
		{"a plate", "车牌鲁G12345已注销", "personal.plate ask 鲁G****5"},
		{"a green one", "鲁GD12345", "personal.plate ask 鲁G*****5"},
		{"a learner's, in full width", "鲁Ｇ１２３４学", "personal.plate ask 鲁G****学"},
		{"a licence number is none", "许可证编号鲁G12345", ""},
		{"a passport, with the word beside it", "护照号码：E12345678", "personal.passport ask E12*****8"},
		{"the same without it", "货号E12345678", ""},
		{"a WeChat account", "微信号：zhangsan_88", "personal.wechat ask zha******88"},
		{"a public account is public", "微信公众号：zhangsan_88", ""},
		{"a QQ number", "QQ：123456789", "personal.qq ask 123*****9"},
		{"a person's mail", "邮箱zhangsan@163.com", "personal.email ask zha***********om"},
		{"an office's mail", "邮箱zjj@weifang.gov.cn", "personal.email note zjj*************cn"},
		{"where letters of the public go", "请将意见发送至zjjfgk@163.com", "personal.email note zjj*********om"},
	})
}

func TestAHomeIsFoundAndAnOfficeIsNot(t *testing.T) {
	tell(t, []story{
		{"down to the room", "住鸢飞路88号幸福小区3号楼2单元501室", "personal.address ask 鸢飞路*************1室"},
		{"a staircase is enough", "房屋坐落于北海路123号院5号楼2单元302", "personal.address ask 房屋坐*************02"},
		{"as lists write it", "幸福小区3-2-501", "personal.address ask 幸福小******01"},
		{"a house in a village, once somebody lives there", "家庭住址：军埠口镇西王村120号", "personal.address ask 军埠口******0号"},
		{"the same house otherwise", "军埠口镇西王村120号仓库", ""},
		{"an office's address", "地址：鸢都市胜利东街99号", ""},
		{"an office's room", "办公地址：胜利东街99号市政务服务中心3号楼501室", ""},
		{"a room where bids are opened", "开标地点：东方家园3号楼501室", ""},
		{"so many households", "全村共301户，每五户推选一人", ""},
	})
}

func TestSignsThatNobodySeesAreShown(t *testing.T) {
	tell(t, []story{
		{"a zero width", "通\u200b知", "hidden.invisible stop U+200B"},
		{"a turn of the direction, and its end", "通\u202e知\u202c", "hidden.invisible stop U+202E; hidden.invisible stop U+202C"},
		{"many of them are one finding", "通\u200d\u200d\u200d\u200d知", "hidden.invisible stop U+200D U+200D U+200D …"},
		{"a sign of one computer alone", "\ue643", "hidden.private stop U+E643"},
		{"a broken one", "\ufffd", "hidden.broken stop U+FFFD"},
		{"a radical for a character", "发⽂", "hidden.lookalike ask U+2F42"},
		{"one of the supplement", "⻓期", "hidden.lookalike ask U+2ED3"},
		{"a compatible form", "\uf90a属", "hidden.lookalike ask U+F90A"},
		{"full-width digits", "第１２条", "hidden.full_width note"},
		{"a blank of another width", "通\u2003知", "hidden.blank note U+2003"},
		{"but not before a paragraph", "\u3000\u3000各县市区：", ""},
		{"a half-width comma, said once", "各县,市,区", "punctuation.half_width note ,"},
		{"where Latin stands it is right", "PM2.5,PM10", ""},
		{"a doubled stop", "如下。。", "punctuation.doubled note 。。"},
		{"a bracket without its partner", "根据《条例", "punctuation.unpaired note 《"},
		{"an enumeration needs none", "1）条件；2）程序", ""},
	})
	if f := check.Line("title", "发⽂", check.Rules{}); f[0].Hint["instead"] != "文" {
		t.Errorf("the common character is not told: %+v", f)
	}
}

func TestLinksThatLeadAstrayAreFound(t *testing.T) {
	tell(t, []story{
		{"one of the government", "见https://www.weifang.gov.cn/zwgk/", ""},
		{"one of the city's own", "见https://www.yuandu.example/", ""},
		{"one without encryption is said", "见http://www.weifang.gov.cn/zwgk/。", "link.unencrypted note http://www.weifang.gov.cn/…"},
		{"a foreign one", "登录www.example.com查询", "link.foreign ask www.example.com"},
		{"one that only looks like it", "https://www.weifang.gov.cn.example.com/a", "link.lookalike stop https://www.weifang.gov.cn.example.com/…"},
		{"one with a letter of another script", "https://www.weifang.gоv.cn", "link.lookalike stop https://www.weifang.gоv.cn"},
		{"one that hides where it leads", "https://t.cn/A6x", "link.short ask https://t.cn/…"},
		{"a number for a name", "http://110.89.45.7:8082", "link.numeric ask http://110.89.45.7/…"},
		{"one that answers only in the office", "请登录http://oa/ 或192.168.1.10查看", "link.inside stop http://oa; link.inside stop 192.168.1.10"},
		{"one with a port, after a colon", "网址：www.example.com:8080/a", "link.foreign ask www.example.com/…"},
		{"a host in Chinese", "见http://鸢都.政务/a", "link.foreign ask http://鸢都.政务/…"},
		{"a section of a standard is none", "见10.1.2.3条", ""},
		{"one with a password tells neither it nor its name", "ftp://root:secret@files.example.com/a", "link.password stop ftp://files.example.com/…"},
		{"a mail address is none", "邮箱zjj@weifang.gov.cn", "personal.email note zjj*************cn"},
	})
}

func TestDaysThatNoCalendarHasAreFound(t *testing.T) {
	tell(t, []story{
		{"the thirtieth of February", "自2026年2月30日起", "date.impossible ask 2026年2月30日"},
		{"a thirteenth month", "2026年13月", "date.impossible ask 2026年13月"},
		{"a leap day in a common year", "二〇二六年二月二十九日", "date.impossible ask 二〇二六年二月二十九日"},
		{"and in a leap year", "2024年2月29日、二〇二四年二月二十九日", ""},
		{"in figures", "截至2026-06-31", "date.impossible ask 2026-06-31"},
		{"the old calendar had one", "农历二月三十日", ""},
		{"every day of a year", "1月31日4月30日十二月三十一日", ""},
	})
}

func TestWordsAreFoundAlsoWhenSomethingIsPutIntoThem(t *testing.T) {
	tell(t, []story{
		{"a mistype", "认真布署", "word.mistyped ask 布署"},
		{"where it is right", "由市政府公布署名文章", ""},
		{"an older form is only said", "开立帐户", "word.mistyped note 帐户"},
		{"a name that must not be used", "台湾政府", "word.forbidden stop 台湾政府"},
		{"with a blank in it", "台湾 政府", "word.forbidden stop 台湾政府"},
		{"with a star in it", "台*湾*政府", "word.forbidden stop 台湾政府"},
		{"as part of another word", "台湾国际航空", ""},
		{"a word that hurts may have its reason", "残废人", "word.forbidden ask 残废人"},
	})
}

func TestTheListsOfWordsAreSound(t *testing.T) {
	if m, w := len(rules.Mistyped), len(rules.Forbidden); m < 150 || w < 30 {
		t.Errorf("only %d mistypes and %d wrong names are listed", m, w)
	}
	seen := map[string]bool{}
	for _, m := range rules.Mistyped {
		if m.Wrong == m.Right || m.Right == "" || seen[m.Wrong] {
			t.Errorf("%q is to be written %q", m.Wrong, m.Right)
		}
		seen[m.Wrong] = true
		sound(t, "我们"+m.Wrong+"。", m.Right, append(m.RightIn, m.Right))
	}
	for _, w := range rules.Forbidden {
		if w.Why == "" {
			t.Errorf("nobody says why not %q", w.Text)
		}
		sound(t, "我们"+w.Text+"。", w.Instead, append(w.RightIn, w.Instead))
	}
}

// sound says whether a word of a list is found, and not where it is right.
func sound(t *testing.T, wrong, instead string, right []string) {
	t.Helper()
	if found := check.Line("title", wrong, rules); len(found) == 0 || found[0].Hint["instead"] != instead {
		t.Errorf("%q: %+v", wrong, found)
	}
	for _, r := range right {
		if found := check.Line("title", r, check.Rules{Mistyped: rules.Mistyped, Forbidden: rules.Forbidden}); strings.Contains(said(found), "word.") && !strings.Contains(wrong, r) {
			t.Errorf("%q is right, and found: %s", r, said(found))
		}
	}
}

func table(rows ...[]string) model.Passage {
	return model.Passage{Kind: model.PassageTable, Rows: rows}
}

func TestATableIsReadByItsHeads(t *testing.T) {
	body := []model.Passage{{Kind: model.PassageText, Text: "名单如下"},
		table([]string{"姓名", "手机", "编号"}, []string{"张建国", "13800138000", "13900139000"})}
	found := check.Text("body", body, rules)
	if got := said(found); got != "personal.names note; personal.phone stop 138******00" {
		t.Fatal(got)
	}
	want := check.Place{Field: "body", Passage: 1, Row: 1, Cell: 1, Len: 11}
	if found[1].Place != want {
		t.Errorf("found at %+v", found[1].Place)
	}
	officials := table([]string{"姓名", "职务", "联系电话"}, []string{"张建国", "科长", "13800138000"})
	if got := said(check.Text("body", []model.Passage{officials}, check.Rules{})); got != "personal.phone ask 138******00" {
		t.Error(got)
	}
}

func TestABrokenTableIsFound(t *testing.T) {
	whole := [][]string{{"项目", "金额"}, {"道路", "12"}}
	spans := func(s ...model.Span) model.Passage { p := table(whole...); p.Spans = s; return p }
	for _, s := range []struct {
		name  string
		table model.Passage
		want  string
	}{
		{"a table", table(whole...), ""},
		{"no rows", table(), "table.empty ask"},
		{"no words", table([]string{"", " "}), "table.empty ask"},
		{"a row that is short", table([]string{"项目", "金额"}, []string{"道路"}), "table.ragged ask"},
		{"one column", table([]string{"项目"}, []string{"道路"}), "table.layout note"},
		{"too many columns", table(make([]string, 20), strings.Split(strings.Repeat("甲|", 21), "|")[:20]), "table.empty_row note"},
		{"twenty-one columns", table(strings.Split(strings.Repeat("甲|", 21), "|")[:21]), "table.wide note"},
		{"a column without a word", table([]string{"项目", ""}, []string{"道路", ""}), "table.empty_column note"},
		{"a row without a word", table([]string{"项目", "金额"}, []string{"", ""}), "table.empty_row note"},
		{"a row that is covered", model.Passage{Kind: model.PassageTable, Rows: [][]string{{"项目", "金额"}, {"", ""}},
			Spans: []model.Span{{Rows: 2, Columns: 1}, {Column: 1, Rows: 2, Columns: 1}}}, ""},
		{"a cell that holds a document", table([]string{"项目", "说明"}, []string{"道路", strings.Repeat("详", 2001)}), "table.giant_cell ask"},
		{"cells that lie upon each other", spans(model.Span{Rows: 1, Columns: 2}, model.Span{Column: 1, Rows: 2, Columns: 1}), "table.overlap stop"},
		{"a cell that leaves the table", spans(model.Span{Row: 1, Rows: 2, Columns: 1}), "table.overlap stop"},
		{"a cell of no size", spans(model.Span{}), "table.overlap stop"},
	} {
		t.Run(s.name, func(t *testing.T) {
			if got := said(check.Text("body", []model.Passage{s.table}, check.Rules{})); got != s.want {
				t.Errorf("got %s, want %s", got, s.want)
			}
		})
	}
}

func TestFindingsComeInTheOrderOfTheTextAndTheSameEachTime(t *testing.T) {
	body := []model.Passage{{Text: "𠮷13800138000，张三身份证11010519491231002X，见http://t.cn/a"}, {Text: "认真布署13900139000"}}
	first := check.Text("body", body, rules)
	for range 20 {
		if again := check.Text("body", body, rules); !reflect.DeepEqual(first, again) {
			t.Fatalf("%v\n%v", first, again)
		}
	}
	want := "personal.phone ask 138******00; personal.id_number stop 张*，110*************2X; link.short ask http://t.cn/…; " +
		"word.mistyped ask 布署; personal.phone ask 139******00"
	if got := said(first); got != want {
		t.Errorf("got %s", got)
	}
	if first[0].Place.From != 2 {
		t.Errorf("a character of two units counts %d", first[0].Place.From)
	}
}

func TestTheLinksOfABodyAreListedOnce(t *testing.T) {
	body := []model.Passage{{Text: "见http://www.weifang.gov.cn/a，及http://www.weifang.gov.cn/a。"}, table([]string{"网址", "www.example.com/b?c=1"})}
	want := []string{"http://www.weifang.gov.cn/a", "www.example.com/b?c=1"}
	if got := check.Links(body); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func FuzzText(f *testing.F) {
	f.Add("张三，身份证 110105 19491231 002x，电话+86 13800138000\u200b，住幸福小区3号楼2单元501室")
	f.Add("http://root:pw@192.168.0.1/a QQ 12345678 鲁G·12345 2月30日 台*湾政府 a@163.com 护照E12345678")
	f.Add("\xff\xfe身份证号\xff１１０１０５１９４９１２３１００２Ｘ⽂《")
	f.Fuzz(func(t *testing.T, text string) {
		passage := model.Passage{Text: text, Rows: [][]string{{"姓名", text}, {text, "13800138000"}}}
		for _, found := range append(check.Line("title", text, rules), check.Text("body", []model.Passage{passage}, rules)...) {
			looked := text
			if p := found.Place; p.Row >= 0 && p.Cell >= 0 {
				looked = passage.Rows[p.Row][p.Cell]
			}
			fits(t, looked, found)
		}
		check.Links([]model.Passage{passage})
	})
}

// fits says whether a finding lies within its text, on the borders of signs,
// and keeps a secret.
func fits(t *testing.T, text string, f check.Finding) {
	t.Helper()
	units := utf16.Encode([]rune(text))
	from, to := f.Place.From, f.Place.From+f.Place.Len
	if from < 0 || to > len(units) || f.Place.Len < 0 {
		t.Fatalf("%+v is outside of %q", f, text)
	}
	for _, at := range []int{from, to} {
		if at > 0 && at < len(units) && utf16.IsSurrogate(rune(units[at-1])) && units[at-1] < 0xdc00 {
			t.Fatalf("%+v cuts a sign of %q", f, text)
		}
	}
	if strings.HasPrefix(f.Code, "personal.") && f.Code != "personal.names" {
		keepsSecret(t, f)
	}
}

func keepsSecret(t *testing.T, f check.Finding) {
	t.Helper()
	shown := f.Text
	if name, rest, named := strings.Cut(shown, "*，"); named && len([]rune(name)) == 1 {
		shown = rest
	}
	before, after := strings.Index(shown, "*"), strings.LastIndex(shown, "*")
	if before < 0 || len([]rune(shown[:before])) > 3 || len([]rune(shown[after+1:])) > 2 || strings.Trim(shown[before:after+1], "*") != "" {
		t.Fatalf("%s shows %q", f.Code, f.Text)
	}
}
