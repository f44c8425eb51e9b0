package media

import (
	"slices"
	"strings"
	"testing"

	"yuandu/model"
)

// titlesByTopic are titles of real documents as a person would sort them: the main
// topic, or none.
var titlesByTopic = []struct{ title, topic string }{
	{"国务院办公厅关于开展城镇小区配套幼儿园治理工作的通知", "education"},
	{"国务院关于印发国家职业教育改革实施方案的通知", "education"},
	{"国务院办公厅转发国家教委关于内地西藏班（校）扩大规模有关问题请示的通知", "education"},
	{"残疾人教育条例", "disability"},
	{"国务院关于做好当前和今后一个时期促进就业工作的若干意见", "employment"},
	{"山东省企业工资集体协商条例", "employment"},
	{"浙江省劳动人事争议调解仲裁条例", "employment"},
	{"宁波市职业技能培训条例", "employment"},
	{"中华人民共和国传染病防治法实施办法", "medical"},
	{"国务院办公厅关于加强三级公立医院绩效考核工作的意见", "medical"},
	{"青岛市实施《中华人民共和国献血法》若干规定", "medical"},
	{"广州市社会急救医疗管理条例", "medical"},
	{"德州市养老服务条例", "elderly"},
	{"山东省老年人权益保障条例", "elderly"},
	{"浙江省工伤保险条例", "social-insurance"},
	{"郑州市企业职工基本养老保险条例", "social-insurance"},
	{"北海市住房公积金管理委员会关于调整住房公积金使用政策的通知", "housing"},
	{"佛山市商品房预售款监督管理实施办法", "housing"},
	{"聊城市物业管理条例", "housing"},
	{"福州市城乡建设局关于调整预售资金监管节点的通知", "housing"},
	{"济南市既有多层住宅增设电梯规定", "housing"},
	{"关于印发珠海市户籍迁移管理规定的通知", "household"},
	{"居住证暂行条例", "household"},
	{"厦门市人民政府关于完善优化落户条件的通知", "household"},
	{"山东省人口与计划生育条例", "family"},
	{"外国人在中华人民共和国收养子女登记办法", "family"},
	{"上海市未成年人保护条例", "family"},
	{"济南市城市公共交通条例", "transport"},
	{"北京市实施《中华人民共和国道路交通安全法》办法", "transport"},
	{"北京市机动车停车条例", "transport"},
	{"促进个体工商户发展条例", "startup"},
	{"济南市优化营商环境条例", "startup"},
	{"国务院办公厅关于有效发挥政府性融资担保基金作用切实支持小微企业和“三农”发展的指导意见", "startup"},
	{"国务院关于印发个人所得税专项附加扣除暂行办法的通知", "tax"},
	{"中华人民共和国增值税暂行条例", "tax"},
	{"山东省行政性事业性收费管理条例", "tax"},
	{"浙江省社会救助条例", "relief"},
	{"城市居民最低生活保障条例", "relief"},
	{"中华人民共和国慈善法", "relief"},
	{"济南市保障残疾人合法权益的若干规定", "disability"},
	{"退役士兵安置条例", "veterans"},
	{"烈士褒扬条例", "veterans"},
	{"济宁市大气污染防治条例", "environment"},
	{"济南市机动车和非道路移动机械排气污染防治条例", "environment"},
	{"国务院办公厅关于印发“无废城市”建设试点工作方案的通知", "environment"},
	{"河南省食品小作坊、小经营店和小摊点管理条例", "food-drug"},
	{"国务院办公厅关于印发国家组织药品集中采购和使用试点方案的通知", "food-drug"},
	{"浙江省实施《中华人民共和国消费者权益保护法》办法", "consumer"},
	{"青岛市价格监测条例", "consumer"},
	{"重庆市消防条例", "safety"},
	{"潍坊市电梯安全条例", "safety"},
	{"国务院办公厅转发国家地震局关于1997年地震趋势和加强防震减灾工作意见报告的通知", "safety"},
	{"国务院关于印发《国务院工作规则》的通知", ""},
	{"国务院办公厅关于推进政务新媒体健康有序发展的意见", ""},
	{"中华人民共和国证券法", ""},
	{"国务院办公厅关于湖北省在温家宝总理考察工作时所提问题和建议办理情况的函", ""},
	{"最高人民法院关于成渝金融法院案件管辖的规定", ""},
	{"上海市人民代表大会常务委员会议事规则", ""},
	{"中华人民共和国宪法修正案（1993年）", ""},
	{"洛阳市历史文化名城保护条例", ""},
	{"集成电路布图设计行政执法办法", ""},
	{"中华人民共和国国防教育法", ""},
	{"国务院办公厅关于2019年部分节假日安排的通知", ""},
	{"山东省信访条例", ""},
	{"中国（山东）自由贸易试验区条例", ""},
	{"国务院关于授权香港特别行政区实施管辖的深圳湾口岸港方口岸区范围和土地使用期限的批复", ""},
}

func TestTopicsOfRealTitles(t *testing.T) {
	right, related := 0, 0
	for _, l := range titlesByTopic {
		got := ProposeTopics(l.title, "", "")
		switch {
		case l.topic == "" && len(got) > 0:
			t.Errorf("%s is about no life topic, got %v", l.title, got)
		case l.topic == "":
		case len(got) > 0 && got[0] == l.topic:
			right, related = right+1, related+1
		default:
			related++
			t.Logf("%s is %s, got %v", l.title, l.topic, got)
		}
	}
	t.Logf("%d of %d right", right, related)
	if right*10 < related*9 {
		t.Errorf("only %d of %d titles have the right main topic", right, related)
	}
}

func TestTopicsComeFromTitleThenThemeThenText(t *testing.T) {
	for _, story := range []struct {
		name, title, theme, text string
		want                     []string
	}{
		{"a title is enough", "关于城乡居民养老服务的通知", "", "", []string{"elderly"}},
		{"养老保险 is social insurance, not care", "关于养老保险缴费的通知", "", "", []string{"social-insurance"}},
		{"a text alone is not", "关于有关事项的通知", "", "学校、教师、学生、幼儿园、招生", nil},
		{"a theme with a text that bears it out is", "关于有关事项的通知", `科技、教育\教育`, "学校、教师、学生、幼儿园", []string{"education"}},
		{"a theme alone is not", "关于有关事项的通知", `科技、教育\教育`, "", nil},
		{"two matters are two topics", "关于支持退役军人创业的意见", "", "", []string{"startup", "veterans"}},
		{"never more than three", "关于住房、就业、就医医疗、教育、社会保险、户籍的通知", "", "", []string{"education", "employment", "housing"}},
		{"the office in the letterhead is no topic", "省住房和城乡建设厅关于表彰先进的通报", "", "", nil},
	} {
		t.Run(story.name, func(t *testing.T) {
			got := ProposeTopics(story.title, story.theme, story.text)
			slices.Sort(got)
			if !slices.Equal(got, story.want) {
				t.Errorf("got %v, want %v", got, story.want)
			}
		})
	}
}

func TestTopicRulesAreOfLifeTopics(t *testing.T) {
	var known, ruled []string
	for _, topic := range model.LifeTopics() {
		known = append(known, topic.ID)
	}
	for _, r := range topicRules {
		ruled = append(ruled, r.id)
	}
	if !slices.Equal(known, ruled) {
		t.Errorf("rules are for %v, topics are %v", ruled, known)
	}
}

func TestAnItemOfMinutesIsProposedTheTopicsOfWhatItIsAbout(t *testing.T) {
	var got []string
	for _, text := range []string{formal, reported} {
		for _, i := range ReadMinutes("", []model.Passage{{Kind: model.PassageText, Text: text}}, cityOffices).Draft.Items {
			got = append(got, i.Title+"："+strings.Join(i.TopicIDs, "、"))
		}
	}
	want := []string{
		"关于城区公共停车设施三年建设方案：transport",
		"关于《鸢都市城市供水节水管理办法（草案）》：environment",
		"听取关于养老服务体系建设情况的汇报：elderly",
		"审议《鸢都市供热管理办法（草案）》：", // heating alone is nobody's topic
		"研究岁末年初安全生产工作：safety",
	}
	if !slices.Equal(got, want) {
		t.Errorf("proposed are\n%s", strings.Join(got, "\n"))
	}
}
