package check_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"yuandu/check"
)

// letters are sentences of letters, and how they may be published.
var letters = []struct{ name, text, want string }{
	// Numbers of persons.
	{"an identity number", "我的身份证号是11010519491231002X，请查。", "我的身份证号是11****************，请查。"},
	{"one with blanks", "身份证 110105 19491231 002x", "身份证 11****************"},
	{"in full width", "身份证号１１０１０５１９４９１２３１００２Ｘ", "身份证号11****************"},
	{"one of old", "身份证号370702680512123", "身份证号37*************"},
	{"the name before it goes by itself", "张三，身份证号：11010519491231002X", "某某，身份证号：11****************"},
	{"with sex and age in between", "李小红（女，52岁，身份证号码11010519491231002X）", "某某（女，52岁，身份证号码11****************）"},
	{"a mobile number", "请打13800138000联系我", "请打13*********联系我"},
	{"in groups", "电话138 0013 8000", "电话13*********"},
	{"with hyphens and the country", "电话+86 138-0013-8000", "电话+13*********"},
	{"in full width too", "手机１３８００１３８０００", "手机13*********"},
	{"two of them", "13800138000或13900139000", "13*********或13*********"},
	{"the name before a number", "张建国13800138000", "某某13*********"},
	{"the landline of somebody's home", "我家电话0536-8789688没人接", "我家电话某电话号码没人接"},
	{"a landline with a name", "张建国，电话0536-8789688", "某某，电话某电话号码"},
	{"a bank card", "补贴打到卡号6222021234567890128上", "补贴打到卡号62*****************上"},
	{"one in fours", "银行卡6222 0212 3456 7890 128", "银行卡62*****************"},
	{"a plate", "鲁G12345堵住了消防通道", "鲁G·*****堵住了消防通道"},
	{"with a dot", "车牌鲁G·12345", "车牌鲁G·*****"},
	{"a green one", "白色轿车鲁GD12345占道", "白色轿车鲁G·*****占道"},
	{"a mailbox", "请回复到zhangsan@163.com", "请回复到某邮箱"},
	{"a WeChat account", "加我微信：zhangsan_88", "加我微信：某账号"},
	{"a QQ number", "QQ：123456789", "QQ：某账号"},
	{"a passport", "护照号码：E12345678", "护照号码：某证件号"},
	// Where somebody lives.
	{"down to the room", "我家住幸福小区3号楼2单元501室", "我家住某小区某号楼"},
	{"the house alone", "幸福小区3号楼没有暖气", "某小区某号楼没有暖气"},
	{"words before it stay", "请尽快解决幸福小区3号楼漏水的问题", "请尽快解决某小区某号楼漏水的问题"},
	{"the street goes with it", "我住在鸢飞路88号幸福小区3号楼2单元501室", "我住在某小区某号楼"},
	{"the district stays", "我在奎文区鸢飞路88号幸福小区3号楼", "我在奎文区某小区某号楼"},
	{"a quarter of an estate", "阳光花园北区12号楼电梯坏了", "某小区某号楼电梯坏了"},
	{"the second phase", "恒信花园二期5栋301", "某小区某号楼301"},
	{"as lists write it", "幸福小区3-2-501漏水", "某小区某号楼漏水"},
	{"a list of them", "幸福小区7-1-302暖气不热，8-2-1101也是", "某小区某号楼暖气不热，某号楼也是"},
	{"an estate that begins like a word", "潍城区和平小区11号楼", "潍城区某小区某号楼"},
	{"a list of houses", "小区12栋和13栋之间的路灯", "小区某号楼和某号楼之间的路灯"},
	{"a staircase alone", "2单元501室一直装修", "某单元某室一直装修"},
	{"a house without its estate", "我们6号楼停水三天", "我们某号楼停水三天"},
	{"in Chinese figures", "锦绣家园三号楼二单元停电", "某小区某号楼停电"},
	{"a house of a village", "西王村120号门口有大坑", "某村某号门口有大坑"},
	{"with the town before it", "军埠口镇西王村120号", "军埠口镇某村某号"},
	{"a house of a street where somebody lives", "我家住北海路123号", "我家住某路某号"},
	{"an estate without a name", "北海路123号院5号楼2单元302", "某小区某号楼"},
	{"two neighbours", "幸福小区3号楼和幸福小区5号楼都停水", "某小区某号楼和某小区某号楼都停水"},
	// Names.
	{"a surname with a courtesy", "王先生说不归他管", "某先生说不归他管"},
	{"a lady", "接电话的是李女士", "接电话的是某女士"},
	{"a comrade", "感谢张建国同志", "感谢某某同志"},
	{"a contact is a craftsman", "联系人：王师傅", "联系人：某师傅"},
	{"a craftsman", "物业王师傅态度很好", "物业某师傅态度很好"},
	{"one of two characters", "找刘洋女士核实", "找某某女士核实"},
	{"a compound surname", "欧阳女士多次催促", "某某女士多次催促"},
	{"I am called", "我叫张建国，住在本市", "我叫某某，住在本市"},
	{"and live", "我叫李明住在本市", "我叫某某住在本市"},
	{"a contact", "联系人：王秀英", "联系人：某某"},
	{"a contact is", "联系人是王秀英，随时可以联系", "联系人是某某，随时可以联系"},
	{"a name of a form", "姓名：李小红 性别：女", "姓名：某某 性别：女"},
	{"a child", "我儿子王浩今年六岁", "我儿子某某今年六岁"},
	{"a mother", "母亲李桂兰，78岁", "母亲某某，78岁"},
	{"an owner", "业主赵磊多次反映", "业主某某多次反映"},
	{"an applicant", "申请人孙立军的材料", "申请人某某的材料"},
	{"at the end", "此致\n张建国", "此致\n某某"},
	{"behind a post", "物业经理刘强说要等", "物业经理某某说要等"},
	{"the head of a class is a post", "班主任王老师收了300元", "班主任某老师收了300元"},
	{"several of them", "电话打给了王主任、刘书记，还有张建国队长", "电话打给了某主任、某书记，还有某某队长"},
	{"surnames that are other words elsewhere", "于先生和方女士可以作证", "某先生和某女士可以作证"},
	{"a builder and his phone", "包工头周建军（电话：18865361111）", "包工头某某（电话：18*********）"},
	// All at once.
	{"a whole letter", "我叫张建国，身份证11010519491231002X，电话13800138000，家住幸福小区3号楼2单元501室，邻居车鲁G12345占道，请联系王女士。",
		"我叫某某，身份证11****************，电话13*********，家住某小区某号楼，邻居车鲁G·*****占道，请联系某女士。"},
	{"signs of two units before it", "😀😀我叫张建国😀13800138000😀", "😀😀我叫某某😀13*********😀"},
	{"something invisible in it", "电话138\u200b00138000", "电话13*********"},
	// What stays.
	{"a document's number", "根据潍政办字〔2026〕18号文件", ""},
	{"another", "国办发〔2018〕123号规定得很清楚", ""},
	{"an article", "按照条例第二十条第三款，5个工作日答复", ""},
	{"a day", "2026年11月23日上午9点30分停水", ""},
	{"a day in figures", "从2026-11-23到2026-12-05", ""},
	{"twelve three four five", "多次拨打12345没有结果", ""},
	{"emergency numbers", "已经打过110和119", ""},
	{"a number of our own", "编号鸢信2026-000318的来信", ""},
	{"an office's landline", "打过供热公司电话0536-8789688", ""},
	{"a free one", "客服4006188888一直占线", ""},
	{"an office's mail", "发到zjj@weifang.gov.cn了", ""},
	{"money", "每平方米收费23.5元，共计13800138000元", ""},
	{"an estate alone", "幸福小区暖气不热", ""},
	{"a village alone", "西王村的路灯不亮", ""},
	{"a street", "北海路与胜利东街路口积水", ""},
	{"an office's address", "胜利东街99号市政务服务中心", ""},
	{"a room of an office", "市民中心3号楼501室不办这个", ""},
	{"a house of a hospital", "人民医院2号楼门口", ""},
	{"a line of the bus", "3号线和52路公交车", ""},
	{"households", "全村共301户，三户没通气", ""},
	{"floors", "电梯停在3楼，二楼也不停", ""},
	{"an order", "订单号13800138000", ""},
	{"a project's code", "项目代码6222021234567890128", ""},
	{"a permit", "许可证编号鲁G12345", ""},
	{"a credit code", "统一社会信用代码91370700MA3C12345X", ""},
	{"an address of a page", "https://www.weifang.gov.cn/13800138000.html", ""},
	{"all ladies", "各位女士、先生们", ""},
	{"teachers", "学校老师和全体同志", ""},
	{"a teacher of a subject", "语文老师经常调换", ""},
	{"asking a teacher", "向老师反映过", ""},
	{"a driver", "公交司机师傅态度差", ""},
	{"the head of a committee", "居委会主任不在", ""},
	{"I am an owner", "我是业主，我是第一次写信", ""},
	{"I am of somewhere", "我是高新区的居民", ""},
	{"what applicants have to do", "申请人应提供材料，当事人应当到场，申请人为单身的除外", ""},
	{"who is concerned", "有关同志和有关负责同志参加，请留下姓名和联系方式", ""},
	{"a farmer", "我母亲是农民，我妻子在家带孩子", ""},
	{"what a teacher arranges", "由于老师没来，对于老师我没意见，主任安排在周五", ""},
	{"a house of a street that nobody lives in", "站牌在潍州路188号附近", ""},
	{"floors above", "17楼以上没有水，A座有水B座没有", ""},
	{"the contact is nobody", "联系人：无", ""},
	{"owners", "业主大会没有召开，业主们都有意见", ""},
	{"the city", "鸢都市奎文区和高新区", ""},
	{"no letter", "", ""},
	{"a face", "😀", ""},
}

func TestALetterIsReadableWithoutWhatIsPrivate(t *testing.T) {
	if len(letters) < 90 {
		t.Errorf("only %d sentences are tried", len(letters))
	}
	for _, l := range letters {
		want := l.want
		if want == "" {
			want = l.text
		}
		spans := check.Private(l.text)
		if got := check.Redacted(l.text, spans); got != want {
			t.Errorf("%s: %v\n text %s\n  got %s\n want %s", l.name, spans, l.text, got, want)
		}
	}
}

func TestWhatWasLeftOutIsNotProposedAgain(t *testing.T) {
	for _, l := range letters {
		for _, s := range check.Private(l.want) {
			if s.Kind != check.SpanName {
				t.Errorf("%s: of %s, %+v is proposed again", l.name, l.want, s)
			}
		}
	}
}

func TestTheNamesOfTheContactAreFoundWhereverTheyStand(t *testing.T) {
	text := "那天姬无双没有到场，姬 无双后来补签，落款姬无双"
	if got := check.Redacted(text, check.Private(text, " 姬无双 ", "姬 无双", "", "双")); got != "那天某某没有到场，某某后来补签，落款某某" {
		t.Error(got)
	}
	if got := check.Redacted(text, check.Private(text)); got != text {
		t.Errorf("nobody knows of that name: %s", got)
	}
}

func TestEachSpanSaysWhatItIsOf(t *testing.T) {
	text := "😀张建国13800138000，住幸福小区3号楼，鲁G12345，a_b@163.com，卡号6222021234567890128，身份证11010519491231002X"
	want := []check.Span{{check.SpanName, 2, 3}, {check.SpanPhone, 5, 11}, {check.SpanAddress, 18, 7}, {check.SpanPlate, 26, 7},
		{check.SpanEmail, 34, 11}, {check.SpanCard, 48, 19}, {check.SpanIdentity, 71, 18}}
	got := check.Private(text)
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: %+v, not %+v", i, got[i], want[i])
		}
	}
}

func TestSpansOfABrowserAreTakenAsFarAsTheyFit(t *testing.T) {
	const text = "我叫张😀三。"
	for _, c := range []struct {
		name  string
		spans []check.Span
		want  string
	}{
		{"none", nil, text},
		{"one by hand", []check.Span{{check.SpanName, 2, 4}}, "我叫某某。"},
		{"in no order", []check.Span{{check.SpanName, 5, 1}, {check.SpanName, 2, 1}}, "我叫某😀某。"},
		{"one within another", []check.Span{{check.SpanName, 2, 4}, {check.SpanName, 3, 2}}, "我叫某某。"},
		{"that cuts a sign", []check.Span{{check.SpanName, 2, 2}}, "我叫某某三。"},
		{"that begins within a sign", []check.Span{{check.SpanName, 4, 2}}, "我叫张😀某。"},
		{"outside", []check.Span{{check.SpanName, 50, 2}, {check.SpanName, -3, 2}, {check.SpanName, 1, 0}, {check.SpanName, 0, 99}}, text},
		{"to the end", []check.Span{{"other", 2, 5}}, "我叫***"},
	} {
		if got := check.Redacted(text, c.spans); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func FuzzPrivate(f *testing.F) {
	for _, l := range letters {
		f.Add(l.text, "张建国", 3, 5)
	}
	f.Add("\xff１３８\u200b００幸福小区3号楼\xfe鲁Ｇ12345", "\xff张", -1, 1<<40)
	f.Fuzz(func(t *testing.T, text, known string, from, size int) {
		spans := check.Private(text, known)
		units, last := len(utf16.Encode([]rune(text))), 0
		for _, s := range spans {
			if s.From < last || s.Len <= 0 || s.From+s.Len > units || s.Kind == "" {
				t.Fatalf("%+v of %q", spans, text)
			}
			last = s.From + s.Len
		}
		redacted := check.Redacted(text, append(spans, check.Span{Kind: check.SpanPhone, From: from, Len: size}))
		if utf8.ValidString(text) && !utf8.ValidString(redacted) {
			t.Fatalf("%q became %q", text, redacted)
		}
		for _, secret := range []string{"13800138000", "11010519491231002X"} {
			if strings.HasPrefix(text, secret+"，") && strings.HasPrefix(redacted, secret) {
				t.Fatalf("%q keeps a secret: %q", text, redacted)
			}
		}
	})
}
