package check

import (
	"slices"
	"strings"
)

// around is what stands about a number and says what it is.
type around struct {
	label   label
	letters string // Latin letters that touch it: SD, Tel
	before  string // the sentence up to it
	name    string // of a person, right before it
	from    int    // where the name begins in plain text
	sign    int    // where the number begins with its +
	col     column
}

// label is what a number is called.
type label int

const (
	labelNone label = iota
	labelIdentity
	labelPhone
	labelAccount
	labelCode
	labelMoney
)

// labels are the words for numbers.
var labels = [...][]string{
	labelIdentity: {"身份证", "身份证号", "身份证编号", "身份号", "公民身份", "证件号", "证件编号", "社会保障号", "社保号", "身份信息"},
	labelPhone: {"电话", "手机", "联系方式", "手机号", "联系号", "话号", "移动号", "tel", "mobile", "传真", "微信", "致电", "拨打", "短信", "热线",
		"联系人", "联系", "负责人", "机号", "mob", "phone"},
	labelAccount: {"银行卡", "卡号", "账号", "帐号", "账户", "帐户", "一卡通", "存折", "银行账", "银行帐", "银联", "打款"},
	labelCode: {"编号", "编码", "代码", "文号", "订单", "订单号", "单号", "发票", "票号", "票据", "凭证", "许可证", "证书", "证号", "备案号", "登记号",
		"注册号", "执照", "地块", "宗地", "产权", "产权证", "单元号", "isbn", "issn", "条码", "条形码", "批号", "流水", "流水号", "案号", "监管码",
		"合同", "合同号", "税号", "识别号", "序列号", "车架", "发动机", "档案号", "图号", "学号", "考号", "准考证", "工号", "标段", "索引号",
		"计划号", "型号", "imei", "期号", "业务号", "受理号", "查询码", "交易号", "行号", "统计号", "资产号", "设备号", "箱号", "项目号", "批次",
		"追溯码", "二维码", "标识码", "书号", "电子监管", "坐标", "版本", "序号", "文件号", "公告号", "户号", "表号", "卷号", "参考号", "码为"},
	labelMoney: {"金额", "预算", "合计", "总计", "总额", "收入", "支出", "价款", "造价", "价格", "面积", "元)", "额度"},
}

// labelReach is how many bytes before a number its label may stand, with
// others of its kind in between.
const labelReach = 240

// around reads what stands about a number.
func (s *sheet) around(n number) around {
	a := around{col: s.col, before: s.sentence(n.from), from: n.from, sign: n.from}
	if strings.HasSuffix(a.before, "+") {
		a.before, a.sign = a.before[:len(a.before)-1], n.from-1
	}
	a.letters = a.before[len(strings.TrimRightFunc(a.before, isLatin)):]
	a.label = labelOf(a.before)
	if name, at, ok := nameBefore(a.before); ok {
		a.name, a.from = name, a.sign-len(a.before)+at
		if a.label == labelCode || a.label == labelMoney {
			a.label = labelNone
		}
	}
	if a.label == labelNone && a.name == "" {
		a.label = labelOf(s.col.head)
	}
	return a
}

func isLatin(r rune) bool { return r < 0x80 && isWordByte(byte(r)) && !isDigit(byte(r)) }

// sentence is what stands before at without the sentences before.
func (s *sheet) sentence(at int) string {
	before := s.back(at, labelReach)
	if end := strings.LastIndexAny(before, "。;!?"); end >= 0 {
		before = strings.TrimLeft(before[end:], "。;!?")
	}
	return before
}

// labelOf is the label that ends a sentence last; more than a few characters
// between it and the number, and it is not the number's.
func labelOf(before string) label {
	before = strings.ToLower(before)
	near, _ := tail(before, labelReach/4)
	if found := lastLabel(near); found != labelNone {
		return found
	}
	return lastLabel(before)
}

func lastLabel(before string) label {
	found, end, size := labelNone, -1, 0
	for l := labelIdentity; l <= labelMoney; l++ {
		for _, word := range labels[l] {
			at := strings.LastIndex(before, word)
			if e := at + len(word); at >= 0 && (e > end || e == end && len(word) > size) {
				found, end, size = l, e, len(word)
			}
		}
	}
	if found == labelNone || hanIn(before[end:]) > 5 {
		return labelNone
	}
	return found
}

func hanIn(s string) (n int) {
	for _, r := range s {
		if isHan(r) {
			n++
		}
	}
	return n
}

// isCode says whether the number counts things, not people.
func (a around) isCode() bool { return a.label == labelCode }

// isAnnounced says whether the letters before a number are a word for one.
func (a around) isAnnounced() bool {
	return slices.Contains(strings.Fields("tel mob mobile phone id no m t p"), strings.ToLower(a.letters))
}

// isListed says whether the number belongs to somebody who is named.
func (a around) isListed() bool { return a.name != "" || a.col.named }

var (
	contactWords = []string{"咨询", "联系人", "联系电话", "联系方式", "负责人", "值班", "举报", "监督", "投诉", "客服", "报名", "经办", "受理", "服务电话",
		"办公电话", "热线", "联络", "预约", "拨打", "致电", "窗口", "局长", "科长", "主任", "书记", "网格员", "河长", "巡查", "抢修", "管护", "对接"}
	officeWords = []string{"公司", "财政", "政府", "委员会", "局", "中心", "单位", "对公", "专户", "协会", "基金会", "医院", "学校", "合作社",
		"法院", "总会"}
)

// isContact says whether the number is there to be called.
func (a around) isContact() bool { return a.col.official || containsAny(a.before, contactWords) }

// isOfOffice says whether an account may be one of an office.
func (a around) isOfOffice() bool {
	return !strings.Contains(a.before, "卡") && containsAny(a.before, officeWords)
}
