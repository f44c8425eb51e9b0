package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// surnames are the commonest ones, of about ninety-seven in a hundred people.
const (
	surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤" +
		"常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简连芦麦褚娄窦戚岑景" +
		"党宫费卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻厉伊仝郜海阚花帅屠豆朴盖练廉禹井祖漆巴丰卿狄索" +
		"晋云扈晁芮阙浦戈伏鹿薄邸雍辜羊乌母裘亓修邰赫杭况宿鲜逯隆茹诺慕玉银亢嵇哈湛宾戎茅於呼冶斯阴昝智尧闭"
	compounds = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 夏侯 轩辕 端木 南宫 独孤 百里 呼延 东郭 申屠 太史 淳于"
	// noName ends words that begin like a name: 高新区, 黄河路, 方式.
	noName = "区市县局镇街路话号码机箱处科室部门委办院校村乡州省站所厅司队组里楼年日时间点费款额卡证件式上下内外及或和与的了是在各每共计名人员户数表单位级类型准价由发设议知告书函电"
)

var (
	// beside is a name, and what may stand between it and a number: 张三（男，52岁，身份证号：
	beside = regexp.MustCompile(`(\p{Han}{2,14}?)(?:\([\p{Han}]{1,6}\))?[\s,、:(|/-]{0,3}` +
		`(?:[男女][\s,、]{0,2})?(?:\p{Han}{1,2}族[\s,、]{0,2})?` +
		`(?:\d{1,3}岁[\s,、]{0,2})?` + numberWords + `[\s:(]{0,3}$`)
	// lead is what may touch a name on its left.
	lead = "人名民户主员生长志师子妻夫父母女为是由将给对其告的系与和向工童妇任者记"
)

// notNames are words that begin like a name.
var notNames = strings.Fields(`全体 全部 银行 农业 农民 农村 房产 施工 包工 包括 项目 安全 安排 安装 安置 金牌 金额 常年 成年 成立
	时常 经常 和平 解决 解释 应该 方面 方便 关于 关心 关系 高度 任何 任意 连续 查看 查询 查处 申请 申报 马上 程度 商量 商户
	满意 左右 支持 支付 强调 明确 明显 通知 通过 别人 从来 封闭 单身 查验 包含 符合 安居 宿舍`)

// numberWords call a number by its name, in any order.
const numberWords = `(?:的?(?:居民|公民|二代|有效|本人|联系|联络|移动|办公|个人|社保|银行|农商行|农业|工商|建设|收款|` +
	`身份|证件|身份证|手机|电话|方式|电子|邮箱|信箱|邮件|卡|账户|账|帐|号码|号|为|是|:){1,6})?`

// nameBefore finds a person's name at the end of a sentence, before a number.
func nameBefore(sentence string) (name string, at int, ok bool) {
	if len(sentence) > 120 {
		sentence, at = tail(sentence, 120)
	}
	m := beside.FindStringSubmatchIndex(sentence)
	if m == nil {
		return "", 0, false
	}
	name, ok = nameAtEnd(sentence[m[2]:m[3]], lead)
	return name, at + m[3] - len(name), ok
}

// tail is the end of s from the border of a sign, and where it begins.
func tail(s string, size int) (string, int) {
	from := max(0, len(s)-size)
	for from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	return s[from:], from
}

// nameAtEnd takes the name off the end of a run of characters, where it begins
// behind a character of lead: 申请人张三.
func nameAtEnd(run, lead string) (string, bool) {
	runes := []rune(run)
	for size := 2; size <= min(4, len(runes)); size++ {
		name, rest := string(runes[len(runes)-size:]), runes[:len(runes)-size]
		if isName(name) && (len(rest) == 0 || strings.ContainsRune(lead, rest[len(rest)-1])) {
			return name, true
		}
	}
	return "", false
}

// isName says whether a word looks like the name of a person.
func isName(word string) bool {
	runes := []rune(word)
	if len(runes) < 2 || len(runes) > 4 || slices.Contains(notNames, word) {
		return false
	}
	given := runes[1:]
	if len(runes) > 2 && slices.Contains(strings.Fields(compounds), string(runes[:2])) {
		given = runes[2:]
	} else if len(runes) > 3 || !strings.ContainsRune(surnames, runes[0]) {
		return false
	}
	return !slices.ContainsFunc(given, func(r rune) bool { return !isHan(r) || strings.ContainsRune(noName, r) })
}

// mask keeps so little of a secret that nobody can be found by it: at most
// three signs of its beginning and two of its end.
func mask(secret string) string {
	r := []rune(secret)
	first, last := min(3, len(r)/3), min(2, len(r)/5)
	stars := min(len(r)-first-last, 13)
	return string(r[:first]) + strings.Repeat("*", stars) + string(r[len(r)-last:])
}

func maskName(name string) string {
	_, size := utf8.DecodeRuneInString(name)
	return name[:size] + "*"
}
