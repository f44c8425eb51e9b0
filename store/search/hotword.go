package search

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

const (
	shortestHot = 2 // characters
	longestHot  = 20
)

// FitForHot tells whether others may see that q is searched for: a few Chinese
// words or a document number, with nothing in it that could name or reach a
// person, insult one or sell something. A bare name can't be told from a word;
// the caller must therefore show only what several people have searched for.
func FitForHot(q string) bool {
	q = Fold(q)
	if number, ok := model.ParseDocNumber(q); ok && number.Sequence > 0 {
		q = number.String() // its digits in brackets are no telephone number
	}
	n := utf8.RuneCountInString(q)
	return n >= shortestHot && n <= longestHot && strings.ContainsFunc(q, isHan) &&
		!strings.ContainsFunc(q, isOddSign) && !personal.MatchString(q) && !containsAny(strings.ReplaceAll(q, " ", ""), unfit)
}

// isOddSign finds what no one looking for a document types: markup, code,
// addresses of the net, emoji.
func isOddSign(r rune) bool {
	return isSign(r) && !strings.ContainsRune(" 〔〕[]()【】《》〈〉“”\"‘’'、,。.;:!?·-—–~/%+&", r)
}

var personal = regexp.MustCompile(strings.Join([]string{
	`\d(?:[ -]?\d){6}`,  // telephone, identity card, bank card
	`[〇零一二三四五六七八九幺]{7}`, // the same in characters
	`www\.|https?:|\.(?:com|cn|net|org)\b`,
	`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][a-z][·. -]?[a-z0-9]{5}`, // number plate
	`\d+(?:号楼|栋|幢|单元|室)`, // someone's door
	`(?:` + surnames + `)(?:某|\p{Han}{0,2}(?:先生|女士|小姐|同志|老板|书记|局长|市长|县长|区长|镇长|乡长|村长|主任|科长|处长|所长|校长|法官|警官))`, // someone
}, "|"))

// surnames are the common ones that seldom begin or end another word.
const surnames = `王|李|张|刘|陈|杨|赵|黄|周|吴|徐|孙|胡|朱|郭|何|罗|宋|郑|谢|韩|唐|冯|董|萧|程|曹|袁|邓|傅|沈|曾|彭|吕|苏|卢|蒋|蔡|贾|魏|薛|阎|潘|戴|夏|钟|汪|姜|范|姚|谭|廖|邹|熊|陆|郝|孔|崔|邱|秦|侯|邵|孟|龙|段|雷|钱|汤|尹|黎|武|贺|龚|欧阳|司马|诸葛|上官`

// unfit are insults, and the language of those who sell what may not be sold.
var unfit = foldAll(`傻逼 傻b 煞笔 沙比 他妈的 你妈的 操你 草泥马 滚蛋 王八蛋 混蛋 贱人 婊子 狗官 狗日 白痴 装逼 鸡巴 尼玛 nmsl cnm tmd
	fuck shit 代开发票 办假证 加微信 加qq 裸聊 约炮 一夜情 私家侦探`)

func foldAll(list string) []string {
	words := strings.Fields(list)
	for i, w := range words {
		words[i] = Fold(w)
	}
	return words
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
