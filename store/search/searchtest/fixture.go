package searchtest

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"yuandu/model"
	"yuandu/store/search"
)

// Today is the day on which the fixture is asked. Some of its documents begin,
// end, or are changed on it and on the days beside it.
const Today = model.Day("2024-06-15")

var around = []model.Day{"2024-06-14", "2024-06-15", "2024-06-16"}

// Fixture is a little over 120 documents of a fictional city: some written for
// one test each, the others drawn by chance, always the same.
func Fixture() []search.Doc {
	chance := rand.New(rand.NewPCG(2024, 615))
	docs := written()
	for i := range 100 {
		docs = append(docs, drawn(chance, i))
	}
	for i := range docs {
		docs[i].Version = int64(1 + i%7)
		if docs[i].Kind == "" {
			docs[i].Kind = model.KindPolicy
		}
		if docs[i].Facets == nil {
			docs[i].Facets = map[string][]string{"department": {"city"}, "topic": {"relief"}, "category": {"通知"}}
		}
		if year := docs[i].Published.Year(); year > 0 {
			docs[i].Facets["year"] = []string{strconv.Itoa(year)}
		}
	}
	return docs
}

// ID is the ULID of the written document of a name.
func ID(name string) string {
	sum := sha256.Sum256([]byte(name))
	return "01J" + base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").EncodeToString(sum[:])[:23]
}

func named(name string, d search.Doc) search.Doc {
	d.ID = ID(name)
	return d
}

// written are the documents that single tests are about.
func written() []search.Doc {
	return append(letters(), []search.Doc{
		named("pension", search.Doc{Title: "鸢都市城乡居民基本养老保险实施办法", NumberKey: "鸢政发|2021|5", Published: "2021-03-30",
			Keywords: []string{"鸢都市人力资源和社会保障局", "社保"},
			Body:     "为了保障城乡居民老有所养，根据有关法律，制定本办法。参保人年满六十周岁，按月领取养老金。\n个人缴费标准设十二个档次。",
			Days:     model.Days{Effective: "2021-05-01"}}),
		named("pension-50", search.Doc{Title: "鸢都市城市供水价格管理规定", NumberKey: "鸢政发|2021|50", Published: "2021-09-01",
			Body: "居民生活用水实行阶梯水价。", Days: model.Days{Effective: "2021-10-01"}}),
		named("pension-other-year", search.Doc{Title: "鸢都市城市绿化条例实施细则", NumberKey: "鸢政发|2022|5", Published: "2022-03-30",
			Body: "古树名木由园林主管部门建立档案。"}),
		named("pension-other-issuer", search.Doc{Title: "鸢都市政务公开工作要点", NumberKey: "鸢政办发|2021|5", Published: "2021-04-02",
			Body: "主动公开群众关切的信息。"}),
		named("cites-pension", search.Doc{Title: "关于落实居民基本养老保险待遇调整的通知", NumberKey: "鸢人社发|2023|8", Published: "2023-02-01",
			Cites: []string{"鸢政发|2021|5"}, Body: "根据鸢政发〔2021〕5号，基础养老金每人每月提高二十元。"}),
		named("cites-pension-too", search.Doc{Title: "关于被征地农民参保补贴的意见", Published: "2022-11-20",
			Cites: []string{"鸢政发|2021|5", "国务院令|0|711"}, Body: "依照鸢政发〔2021〕5号和国务院令第711号执行。"}),
		named("cites-only", search.Doc{Title: "关于修订招标文件示范文本的公告", Published: "2019-01-02",
			Cites: []string{"鸢发改|2018|77"}, Body: "原鸢发改〔2018〕77号所附文本停止使用。"}),
		named("claim", search.Doc{Title: "鸢都市职工养老金领取办事指南", Published: "2023-05-06",
			Keywords: []string{"鸢都市社会保险服务中心"},
			Body:     "职工达到法定年龄退休后，由本人申请领取养老金。\n材料齐全的，自退休次月起发放。"}),
		named("retired-cadres", search.Doc{Title: "关于做好退休干部活动中心开放工作的通知", Published: "2024-01-05",
			Body: "活动中心每周开放六天。"}),
		named("collect-parcel", search.Doc{Title: "关于领取防汛物资的通知", Published: "2024-05-05", Body: "各镇街凭介绍信领取。"}),
		named("case-list", search.Doc{Title: "待处理案件清单", Published: "2020-02-20", Body: "本清单每季度更新。"}),
		named("ranch-title", search.Doc{Title: "海洋牧场建设规划", Published: "2016-01-01", Body: "本规划期限为五年。"}),
		named("ranch-body", search.Doc{Title: "渔业资源增殖保护若干措施", Published: "2024-06-01",
			Body: "支持发展海洋牧场。海洋牧场的选址应当避让航道。海洋牧场实行年度评估。"}),
		named("phrase", search.Doc{Title: "养老服务补贴发放办法", Published: "2018-04-04", Body: "补贴按月发放。"}),
		named("scattered", search.Doc{Title: "养老机构开展志愿服务并给予交通补贴的通知", Published: "2018-04-04", Body: "志愿者应当登记。"}),
		named("keyword", search.Doc{Title: "关于开展冬季巡查的通知", Keywords: []string{"鸢都市消防救援支队", "公共安全"}, Published: "2022-12-01",
			Body: "巡查结果逐级上报。"}),
		named("synonym", search.Doc{Title: "灵活就业人员社会保险缴费指引", Published: "2020-07-01", Body: "按月缴费。"}),
		named("abbreviated", search.Doc{Title: "社保卡换领流程", Published: "2020-07-02", Body: "持旧卡到窗口办理。"}),
		named("traditional", search.Doc{Title: "關於養老院消防設施的規定", Published: "2017-07-02", Body: "養老院應當配備滅火器。"}),
		named("letters", search.Doc{Title: "关于执行ＧＢ/T 9704标准的通知", Published: "2015-10-10", Body: "附件为PDF格式，字号为16号。"}),
		named("five-g", search.Doc{Title: "5G基站建设支持办法", Published: "2021-12-12", Body: "新建基站优先利用公共设施。20年前建成的不再补助，18个月内完工。"}),
		named("no-day", search.Doc{Title: "来源不详的便民提示", Body: "日期不详。"}),
		named("no-day-either", search.Doc{Title: "另一份来源不详的便民提示", Body: "日期不详。"}),
		named("quoted-category", search.Doc{Title: "关于规范公章管理的函", Published: "2018-08-08", Body: "公章由专人保管。",
			Facets: map[string][]string{"department": {"city"}, "category": {`他说"好"\ OR 1=1`}}}),
		named("interpretation", search.Doc{Kind: model.KindInterpretation, Title: "《城乡居民基本养老保险实施办法》解读",
			Published: "2021-04-01", Body: "谁可以参保？年满十六周岁的居民。"}),
		named("pension-again", search.Doc{Kind: model.KindInterpretation, Title: "一图读懂工伤认定", Published: "2021-04-01", Body: "单位应当申请。"}),
	}...)
}

// letters are what residents asked and were answered.
func letters() []search.Doc {
	letter := func(name, topic, title, body string) search.Doc {
		return named(name, search.Doc{Kind: model.KindLetter, Title: title, Body: body, Published: "2024-01-10",
			Facets: map[string][]string{"department": {"city"}, "topic": {topic}}})
	}
	lapsed := letter("letter-lapsed", "housing", "住房公积金租房提取的额度是多少", "我租房住，想提取公积金。\n每月最多提取八百元。")
	lapsed.Days.Expiry = "2024-06-14"
	return []search.Doc{
		lapsed,
		letter("letter-heating", "housing", "小区暖气不热找谁反映", "家里只有十五度，供热公司说管道老化。\n请先向供热企业报修，室温不达标的可以退费。"),
		letter("letter-fee", "housing", "取暖费什么时候开始交", "想问今年的取暖费。\n十月一日起可以缴纳，小区居民在网上交费。"),
		letter("letter-rent", "housing", "租房可以提取住房公积金吗", "单位在外地，我在鸢都租房。\n可以提取，每年一次。"),
		letter("letter-school", "education", "外地户口的孩子怎样报名上小学", "我们夫妻都是外地户口。\n凭居住证报名，由教育部门统筹安排学位。"),
		letter("letter-road", "transport", "学校门口的路口没有红绿灯", "孩子们过马路很危险。\n已列入今年的计划。"),
	}
}

// subject is what a drawn document is about.
type subject struct{ topic, department, words string }

var subjects = []subject{
	{"social-insurance", "hr-insurance", "失业保险金申领"}, {"social-insurance", "hr-insurance", "工伤保险费率浮动"},
	{"social-insurance", "hr-insurance", "企业职工基本养老保险关系转移"}, {"employment", "hr-jobs", "高校毕业生就业见习"},
	{"employment", "hr-jobs", "公益性岗位开发管理"}, {"startup", "hr-jobs", "创业担保贷款贴息"},
	{"housing", "housing-fund", "住房公积金租房提取"}, {"housing", "housing-fund", "住房公积金异地贷款"},
	{"housing", "housing", "城镇老旧小区改造"}, {"housing", "housing", "保障性租赁住房"},
	{"medical", "health", "门诊慢特病医疗保障"}, {"medical", "health", "家庭医生签约服务"},
	{"elderly", "civil", "老年人助餐服务"}, {"elderly", "civil", "高龄津贴发放"}, {"relief", "civil", "最低生活保障审核确认"},
	{"education", "education", "义务教育学校招生入学"}, {"education", "education", "校外培训机构监管"},
	{"household", "police", "居住证申领签注"}, {"transport", "police", "机动车停放服务收费"},
	{"environment", "environment", "大气污染防治"}, {"environment", "environment", "生活垃圾分类管理"},
	{"food-drug", "market", "食品安全追溯体系建设"}, {"consumer", "market", "家电以旧换新补贴"},
	{"tax", "tax", "残疾人就业保障金征收"}, {"veterans", "veterans", "退役军人安置"},
	{"safety", "emergency", "危险化学品安全生产"}, {"disability", "civil", "残疾儿童康复救助"},
}

// parents is the tree of departments.
var parents = map[string]string{"hr-insurance": "hr", "hr-jobs": "hr", "hr": "city", "housing-fund": "housing", "housing": "city",
	"health": "city", "civil": "city", "education": "city", "police": "city", "environment": "city", "market": "city",
	"tax": "", "veterans": "city", "emergency": "city"}

var (
	places = []string{"鸢都市", "云门区", "潍水县", "峡山区", "浮烟山度假区"}
	leads  = []string{"关于印发", "关于做好", "关于进一步加强", "", "关于调整", "关于公布"}
	forms  = [][2]string{{"实施办法", "办法"}, {"工作的通知", "通知"}, {"若干措施", "措施"}, {"实施细则", "细则"}, {"工作方案", "方案"},
		{"有关事项的公告", "公告"}, {"的意见", "意见"}}
	sentences = []string{
		"本文件所称%s，是指由%s负责组织实施的工作。", "申请%s的，应当向%s提交书面材料。", "%s实行分级负责，%s每年开展一次评估。",
		"各单位要把%s列入重要议事日程，由%s牵头落实。", "对违反%s规定的，由%s责令限期改正；情节严重的，依法给予行政处罚。",
		"%s所需资金列入财政预算，%s会同审计机关加强监督。", "符合条件的居民可以通过政务服务平台办理%s，%s应当在五个工作日内办结。",
		"%s的补贴标准根据经济社会发展水平适时调整，由%s公布。", "鼓励社会力量参与%s，%s应当提供指导。", "因%s产生争议的，可以向%s申请行政复议。",
	}
	stated = []model.Validity{"", "", "", "", model.InForce, model.Pending, model.Amended, model.Expired, model.Repealed}
)

// drawn is the i-th document drawn by chance.
func drawn(chance *rand.Rand, i int) search.Doc {
	about := subjects[chance.IntN(len(subjects))]
	form := forms[chance.IntN(len(forms))]
	place := places[chance.IntN(len(places))]
	d := search.Doc{
		ID:       ID("drawn " + strconv.Itoa(i)),
		Title:    place + leads[chance.IntN(len(leads))] + about.words + form[0],
		Keywords: []string{place + "人民政府", about.topic},
		Facets: map[string][]string{"department": lineOf(about.department), "topic": {about.topic},
			"category": {form[1]}},
		Days: model.Days{Effective: someDay(chance, 2), Expiry: someDay(chance, 3), Amended: someDay(chance, 4),
			Repealed: someDay(chance, 5), Stated: stated[chance.IntN(len(stated))]},
	}
	if other := subjects[chance.IntN(len(subjects))].topic; other != about.topic && chance.IntN(3) == 0 {
		d.Facets["topic"] = append(d.Facets["topic"], other)
	}
	if chance.IntN(20) > 0 { // few days, so that many documents share one
		d.Published = model.Day(fmt.Sprintf("%d-%02d-15", 2015+chance.IntN(12), 1+3*chance.IntN(4)))
	}
	if chance.IntN(3) == 0 {
		d.NumberKey = fmt.Sprintf("鸢%s发|%d|%d", about.words[:3], 2015+chance.IntN(12), 1+i)
	}
	var body strings.Builder
	for range 3 + chance.IntN(8) {
		other := subjects[chance.IntN(len(subjects))]
		if chance.IntN(3) > 0 {
			other = about
		}
		fmt.Fprintf(&body, sentences[chance.IntN(len(sentences))]+"\n", other.words, place+other.department)
	}
	d.Body = body.String()
	return d
}

// lineOf is a department with all its parents.
func lineOf(department string) []string {
	var line []string
	for ; department != ""; department = parents[department] {
		line = append(line, department)
	}
	return line
}

// someDay is one of the days around Today, an older one or none; the larger
// rare, the more often none.
func someDay(chance *rand.Rand, rare int) model.Day {
	switch n := chance.IntN(2 * rare); n {
	case 0:
		return around[chance.IntN(len(around))]
	case 1:
		return model.Day(fmt.Sprintf("20%02d-01-01", 15+chance.IntN(12)))
	}
	return ""
}
