package soak

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"

	"yuandu/check"
	"yuandu/model"
)

// checkCase is a made piece of a document, and where personal data stands in it.
type checkCase struct {
	name    string
	passage model.Passage
	want    []wanted
}

// wanted is one piece of personal data; row and cell are -1 outside of tables.
type wanted struct {
	code      string
	row, cell int
	from, len int // in UTF-16 units, which are characters here
}

// madeTwice is how often a sentence is made, each time with other numbers.
const madeTwice = 2

// casesOf makes cases of sentences in which {+id} stands for a number that must
// be found and {-order} for one that must not.
func casesOf(sentences string, seed uint64) (list []checkCase) {
	dice := maker{rand.New(rand.NewPCG(seed, 20261124))}
	for _, s := range strings.Split(strings.TrimSpace(sentences), "\n") {
		for range madeTwice {
			list = append(list, dice.makeCase(strings.TrimSpace(s)))
		}
	}
	return list
}

var slot = regexp.MustCompile(`\{([+-]?)(\w+)\}`)

// makeCase fills one sentence. A table is written | a | b // | c | d.
func (m maker) makeCase(sentence string) checkCase {
	c := checkCase{name: sentence}
	if !strings.HasPrefix(sentence, "|") {
		c.passage = model.Passage{Kind: model.PassageText, Text: m.fill(sentence, -1, -1, &c.want)}
		return c
	}
	c.passage.Kind = model.PassageTable
	for r, line := range strings.Split(sentence, "//") {
		var row []string
		for n, cell := range strings.Split(strings.Trim(line, " |"), "|") {
			row = append(row, m.fill(strings.TrimSpace(cell), r, n, &c.want))
		}
		c.passage.Rows = append(c.passage.Rows, row)
	}
	return c
}

func (m maker) fill(text string, row, cell int, want *[]wanted) string {
	var filled strings.Builder
	at := 0
	for _, s := range slot.FindAllStringSubmatchIndex(text, -1) {
		filled.WriteString(text[at:s[0]])
		sign, kind := text[s[2]:s[3]], text[s[4]:s[5]]
		value := m.value(kind)
		if sign == "+" {
			*want = append(*want, wanted{codeOf[kind], row, cell, len([]rune(filled.String())), len([]rune(value))})
		}
		filled.WriteString(value)
		at = s[1]
	}
	filled.WriteString(text[at:])
	return filled.String()
}

// maker makes numbers of every kind, the same ones every time.
type maker struct{ *rand.Rand }

var codeOf = map[string]string{
	"id": "personal.id_number", "idblank": "personal.id_number", "idhyphen": "personal.id_number", "idwide": "personal.id_number", "idx": "personal.id_number",
	"idold": "personal.id_number", "idzero": "personal.id_number", "phone": "personal.phone", "phoneblank": "personal.phone", "phonehyphen": "personal.phone",
	"phone86": "personal.phone", "phonewide": "personal.phone", "card": "personal.bank_card", "cardfours": "personal.bank_card", "plate": "personal.plate",
	"plategreen": "personal.plate", "platedot": "personal.plate", "platewide": "personal.plate", "platelearn": "personal.plate", "home": "personal.address",
	"homestairs": "personal.address", "homedash": "personal.address", "homevillage": "personal.address", "homelane": "personal.address",
	"wechat": "personal.wechat", "qq": "personal.qq", "mail": "personal.email", "passport": "personal.passport", "permit": "personal.passport",
}

func (m maker) value(kind string) string {
	switch kind {
	case "name":
		return m.of("张建国 王秀英 李娜 刘洋 陈思远 杨柳 赵敏 孙丽华 周杰 吴桂兰 郑爽 欧阳修文 徐海涛 马超 朱琳 高建军 郭靖宇 于洪波 韩雪 曹文轩")
	case "n":
		return fmt.Sprint(2 + m.IntN(40))
	case "code", "project", "credit", "order", "doc", "land", "title", "isbn", "invoice", "money", "landline", "office", "masked", "express", "asset", "batch", "tax", "serial", "badid", "badcard", "account", "index", "section", "version", "bid", "caseno", "barcode":
		return m.lookAlike(kind)
	}
	return m.personal(kind)
}

func (m maker) personal(kind string) string {
	switch kind {
	case "id":
		return m.identity()
	case "idx":
		for {
			if id := m.identity(); strings.HasSuffix(id, "X") {
				return strings.ToLower(id)
			}
		}
	case "idblank":
		id := m.identity()
		return id[:6] + " " + id[6:14] + " " + id[14:]
	case "idhyphen":
		id := m.identity()
		return id[:6] + "-" + id[6:14] + "-" + id[14:]
	case "idwide":
		return wide(m.identity())
	case "idzero":
		id := m.identity()
		return id[:8] + "\u200b" + id[8:]
	case "idold":
		id := m.identity()
		return id[:6] + fmt.Sprintf("%02d", 30+m.IntN(60)) + id[10:17]
	case "card":
		return m.card("62" + m.of("22021607 28480402 17001234 26200001"))
	case "cardfours":
		c := m.card("622848" + "0402")
		return c[:4] + " " + c[4:8] + " " + c[8:12] + " " + c[12:16] + " " + c[16:]
	}
	return m.otherPersonal(kind)
}

func (m maker) otherPersonal(kind string) string {
	phone := m.of("138 139 150 159 186 189 177 199 166 147") + m.digits(8)
	switch kind {
	case "phone":
		return phone
	case "phoneblank":
		return phone[:3] + " " + phone[3:7] + " " + phone[7:]
	case "phonehyphen":
		return phone[:3] + "-" + phone[3:7] + "-" + phone[7:]
	case "phone86":
		return "+86 " + phone
	case "phonewide":
		return wide(phone)
	case "plate":
		return m.of("鲁G 鲁V 鲁A 京N 苏E") + m.digits(4) + m.of("A K 7 3 Q")
	case "plategreen":
		return m.of("鲁G 鲁V 鲁B") + m.of("D F") + m.digits(5)
	case "platedot":
		return m.of("鲁G 鲁V") + "·" + m.digits(5)
	case "platewide":
		return m.of("鲁 京 苏") + wide("G"+m.digits(5))
	case "platelearn":
		return m.of("鲁G 鲁V") + m.digits(4) + m.of("学 警")
	case "wechat":
		return m.of("zhangsan lisi_wf wangxy haitao yang-l") + m.digits(3)
	case "qq":
		return fmt.Sprint(2+m.IntN(7)) + m.digits(8)
	case "mail":
		return m.of("zhangsan wangxy lihua chen.sy") + m.digits(3) + m.of("@163.com @qq.com @126.com @139.com")
	case "passport":
		return m.of("E G EA") + m.digits(8)
	case "permit":
		return m.of("C W H") + m.digits(8)
	}
	return m.home(kind)
}

func (m maker) home(kind string) string {
	estate := m.of("幸福小区 鸢飞花园 东方家园 阳光嘉园 金马公寓 虞河佳苑 钢厂家属院 丽景名苑")
	switch kind {
	case "home":
		return estate + fmt.Sprintf("%d号楼%d单元%d0%d室", 1+m.IntN(30), 1+m.IntN(4), 1+m.IntN(17), 1+m.IntN(4))
	case "homestairs":
		return m.of("北海路 东风东街 胜利西街 民生东街") + fmt.Sprintf("%d号院%d号楼%d单元%d02", 10+m.IntN(400), 1+m.IntN(9), 1+m.IntN(4), 1+m.IntN(6))
	case "homedash":
		return estate + fmt.Sprintf("%d-%d-%d01", 1+m.IntN(30), 1+m.IntN(4), 1+m.IntN(17))
	case "homevillage":
		return m.of("固堤街道东官庄村 军埠口镇西王村 朱里街道前阙庄村") + fmt.Sprintf("%d号", 20+m.IntN(300))
	case "homelane":
		return m.of("延长路 长宁路 番禺路") + fmt.Sprintf("%d弄%d号%d02室", 100+m.IntN(800), 1+m.IntN(60), 1+m.IntN(6))
	}
	panic("nobody knows how to make " + kind)
}

func (m maker) lookAlike(kind string) string {
	switch kind {
	case "code":
		return fmt.Sprintf("37070%d%s", m.IntN(9), m.digits(12))
	case "project":
		return fmt.Sprintf("20%d-3707%02d-%d-%02d-%s", 18+m.IntN(9), m.IntN(90), 10+m.IntN(80), 1+m.IntN(5), m.digits(6))
	case "credit":
		return m.of("91370700MA3C 12370700493 11370700004 52370700MJE 92370702MA3") + m.digits(5) + m.of("X7 4P 1W 82 0Y")
	case "order":
		return fmt.Sprintf("20%d%02d%02d", 20+m.IntN(6), 1+m.IntN(12), 1+m.IntN(28)) + m.digits(10)
	case "doc":
		return m.of("潍政办发 潍住建发 鲁财综 奎政发") + fmt.Sprintf("〔20%d〕%d号", 15+m.IntN(11), 1+m.IntN(120))
	case "land":
		return "3707" + m.digits(2) + "00" + m.digits(1) + "00" + m.digits(1) + "GB" + m.digits(5)
	case "title":
		return fmt.Sprintf("鲁（20%d）潍坊市不动产权第00%s号", 16+m.IntN(9), m.digits(5))
	case "isbn":
		return "978-7-" + m.digits(3) + "-" + m.digits(5) + "-" + m.digits(1)
	case "invoice":
		return m.digits(8)
	case "money":
		return fmt.Sprintf("%d,%s,%s.%s", 1+m.IntN(900), m.digits(3), m.digits(3), m.digits(2))
	case "landline":
		return "0536-8" + m.digits(6)
	case "office":
		return m.of("胜利东街 文化路 四平路") + fmt.Sprintf("%d号市政务服务中心%d号楼%d0%d室", 10+m.IntN(400), 1+m.IntN(4), 1+m.IntN(9), 1+m.IntN(9))
	case "masked":
		return m.of("370702********12 138****88 6222************123 鲁G**** 张*")[:] + m.of("34 56 78")
	}
	return m.otherLookAlike(kind)
}

func (m maker) otherLookAlike(kind string) string {
	switch kind {
	case "express":
		return m.of("SF YT JD") + m.digits(13)
	case "asset":
		return "TY20" + m.digits(13)
	case "batch":
		return "1" + m.of("5 6 7 8") + m.digits(9)
	case "tax":
		return "3707" + m.digits(2) + m.digits(9)
	case "serial":
		return m.digits(16)
	case "badid":
		id := []byte(m.identity())
		id[17] = '0' + (id[17]-'0'+3)%10
		if id[17] > '9' || id[17] < '0' {
			id[17] = '5'
		}
		return string(id)
	case "badcard":
		c := []byte(m.card("6222021607"))
		c[18] = '0' + (c[18]-'0'+4)%10
		return string(c)
	case "account":
		return "3700161" + m.digits(13)
	case "index":
		return "11370700" + m.digits(7) + "X/20" + m.digits(2) + "-" + m.digits(5)
	case "section":
		return fmt.Sprintf("%d.%d.%d", 1+m.IntN(9), 1+m.IntN(9), 1+m.IntN(9))
	case "version":
		return fmt.Sprintf("V%d.%d.%s", 1+m.IntN(5), m.IntN(10), m.digits(4))
	case "bid":
		return "SDGP3707" + m.digits(2) + "20260" + m.digits(7)
	case "caseno":
		return fmt.Sprintf("（20%d）鲁07%s民初%s号", 18+m.IntN(8), m.digits(2), m.digits(4))
	case "barcode":
		return "69" + m.digits(11)
	}
	panic("nobody knows how to make " + kind)
}

func (m maker) of(words string) string {
	list := strings.Fields(words)
	return list[m.IntN(len(list))]
}

func (m maker) digits(n int) string {
	var s strings.Builder
	for range n {
		s.WriteByte(byte('0' + m.IntN(10)))
	}
	return s.String()
}

// identity makes the number of nobody in particular.
func (m maker) identity() string {
	id := m.of("370702 370703 370784 110105 320106 510104") + fmt.Sprintf("%d%02d%02d", 1940+m.IntN(66), 1+m.IntN(12), 1+m.IntN(28)) + m.digits(3)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(id[i]-'0') * w
	}
	return id + string("10X98765432"[sum%11])
}

// card makes a card's number of 19 digits.
func (m maker) card(begin string) string {
	c := begin + m.digits(18-len(begin))
	sum := 0
	for i := range len(c) {
		d := int(c[len(c)-1-i] - '0')
		if i%2 == 0 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return c + fmt.Sprint((10-sum%10)%10)
}

func wide(s string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '！' }, s)
}

// score counts what a check did with some cases.
type score struct{ right, missed, false int }

func (s score) recall() float64    { return float64(s.right) / float64(s.right+s.missed) }
func (s score) precision() float64 { return float64(s.right) / float64(s.right+s.false) }

// scoreOf compares what is asked or stopped with what should be. say is told of
// each mistake.
func scoreOf(cases []checkCase, say func(string)) (s score) {
	for _, c := range cases {
		found := check.Text("body", []model.Passage{c.passage}, check.Rules{TrustedHosts: []string{"gov.cn"}})
		hit := map[int]bool{}
		for _, f := range found {
			if f.Severity == check.Note || !strings.HasPrefix(f.Code, "personal.") {
				continue
			}
			if at := c.wants(f); at >= 0 {
				hit[at] = true
			} else {
				s.false++
				say(fmt.Sprintf("false %s: %s in %v", f.Code, f.Text, c.passage))
			}
		}
		s.right += len(hit)
		s.missed += len(c.want) - len(hit)
		for i, w := range c.want {
			if !hit[i] {
				say(fmt.Sprintf("missed %v in %v", w, c.passage))
			}
		}
	}
	return s
}

// wants says which of the wanted pieces a finding covers, -1 for none.
func (c checkCase) wants(f check.Finding) int {
	for i, w := range c.want {
		p := f.Place
		if f.Code == w.code && p.Row == w.row && p.Cell == w.cell && p.From <= w.from && p.From+p.Len >= w.from+w.len {
			return i
		}
	}
	return -1
}
