package media

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"yuandu/model"
)

// cityOffices are offices as a directory has them; their IDs are their short names.
var cityOffices = []model.Department{
	{ID: "市政府", Name: "鸢都市人民政府", ShortName: "市政府"},
	{ID: "市政府办公室", Name: "鸢都市人民政府办公室", ShortName: "市政府办公室", Aliases: []string{"市府办", "政府办"}},
	{ID: "市发展改革委", Name: "鸢都市发展和改革委员会", ShortName: "市发展改革委", Aliases: []string{"发改委", "市发改委"}},
	{ID: "市财政局", Name: "鸢都市财政局", ShortName: "市财政局", Aliases: []string{"财政局"}},
	{ID: "市住建局", Name: "鸢都市住房和城乡建设局", ShortName: "市住建局", Aliases: []string{"住建局", "市住房城乡建设局"}},
	{ID: "市城管局", Name: "鸢都市城市管理局", ShortName: "市城管局", Aliases: []string{"城管局", "城管"}},
	{ID: "市公安局", Name: "鸢都市公安局", ShortName: "市公安局", Aliases: []string{"公安局", "公安"}},
	{ID: "市司法局", Name: "鸢都市司法局", ShortName: "市司法局", Aliases: []string{"司法局"}},
	{ID: "市应急局", Name: "鸢都市应急管理局", ShortName: "市应急局", Aliases: []string{"应急局"}},
	{ID: "市民政局", Name: "鸢都市民政局", ShortName: "市民政局", Aliases: []string{"民政局", "民政"}},
	{ID: "青禾区政府", Name: "青禾区人民政府", ShortName: "青禾区政府", Aliases: []string{"青禾区"}},
}

// readAs is what is expected of some minutes.
type readAs struct {
	name                   string
	title                  string // that Word set apart
	text                   string
	is                     model.MeetingDraft
	items                  []string // titles
	decided                []string // how each decision begins
	reporters, responsible []string // of each item, joined
	notes                  []string
}

const formal = `鸢都市人民政府
常务会议纪要
〔2026〕第15期
鸢都市人民政府办公室　　　2026年11月9日
2026年11月5日上午，市委副书记、市长王某某在市政府第一会议室主持召开市十八届人民政府第63次常务会议。现将会议议定事项纪要如下：
一、关于城区公共停车设施三年建设方案
会议听取了市城管局关于城区公共停车设施三年建设方案的汇报。会议原则同意该方案，由市城管局牵头，市发展改革委、市财政局配合，按照会议意见修改完善后印发。
会议要求，青禾区政府要在年底前完成选址。
二、关于《鸢都市城市供水节水管理办法（草案）》
会议审议并原则通过了《鸢都市城市供水节水管理办法（草案）》。由市司法局修改后，按程序以市政府令公布。
责任单位：市司法局、市住建局
三、会议还研究了其他事项。
出席：王某某、李某某
列席：市发展改革委张某、市财政局赵某、市城管局、市司法局、市气象局孙某
请假：钱某
记录：周某`

const reported = `王某某主持召开市政府第63次常务会议
11月5日，市长王某某主持召开市十八届人民政府第63次常务会议，研究养老服务、冬季供热等工作。
会议听取了市民政局关于养老服务体系建设情况的汇报。会议指出，养老服务关系千家万户。会议强调，市民政局要会同市财政局完善补贴办法，让老年人就近享受服务。
会议审议通过了《鸢都市供热管理办法（草案）》。会议要求，市住建局按程序抓紧印发。
会议研究了岁末年初安全生产工作，要求由市应急局牵头开展检查，公安、消防等部门配合，严防事故发生，确保人民群众度过平安祥和的节日，各级各部门务必高度重视。
会议还研究了其他事项。
（2026年11月6日）`

const labelledStyle = `冬季供热保障工作专题会议纪要
一、会议时间：2026年10月13日下午3时30分
二、会议地点：市住建局三楼会议室
三、主 持 人：分管副市长
四、参会单位：市住建局、市发改委、财政局、市热力公司
五、列席人员：业主代表三名
六、会议议定事项
（一）关于燃料储备
市发展改革委负责煤炭调度，确保三十天用量。
（二）关于困难家庭供热补贴（责任单位：市民政局、市财政局）
补贴在十一月十日前发到户。（责任单位：市民政局）
（三）关于投诉办理
1.报修两小时内上门。
2.每周公布投诉量前十位的换热站。
牵头单位：市住建局
七、会议要求
各单位按月报送进展。`

const byName = `鸢都市第十八届人民政府第六十二次常务会议议定事项
时　　间：二〇二六年九月二十九日（星期二）14：30
地　　点：市政府第一会议室
主　　持：市长
出　　席：副市长、秘书长
列　　席：市司法局、市公安局主要负责同志
第一项议题：审议《鸢都市电动自行车管理办法（修订草案）》
汇报单位：市公安局
议定事项：
会议审议通过该办法，由市公安局、市司法局做好宣传。
第二项议题：通报前三季度经济运行情况
汇报单位：市发展改革委
会议听取了情况通报。
议定事项：请市发展改革委每月分析一次。
鸢都市人民政府办公室
2026年10月8日印发`

var minutesCases = []readAs{
	{name: "formal minutes, counted 一、", text: formal,
		is: model.MeetingDraft{Title: "市十八届人民政府第63次常务会议", Term: "第十八届", Number: 63, Day: "2026-11-05", Place: "市政府第一会议室",
			Chair: "市委副书记、市长王某某", DepartmentIDs: []string{"市发展改革委", "市财政局", "市城管局", "市司法局"},
			Guests: "市发展改革委张某、市财政局赵某、市城管局、市司法局、市气象局孙某"},
		items:       []string{"关于城区公共停车设施三年建设方案", "关于《鸢都市城市供水节水管理办法（草案）》"},
		decided:     []string{"会议听取了市城管局关于", "会议审议并原则通过了"},
		reporters:   []string{"", ""},
		responsible: []string{"市城管局 市发展改革委 市财政局 青禾区政府", "市司法局 市住建局"},
		notes:       []string{MinutesOtherItems, MinutesUnknownOffice + " 市气象局"}},
	{name: "a report without numbers", title: "", text: reported,
		is:          model.MeetingDraft{Title: "市政府第63次常务会议", Term: "第十八届", Number: 63, Day: "2026-11-05", Chair: "市长王某某"},
		items:       []string{"听取关于养老服务体系建设情况的汇报", "审议《鸢都市供热管理办法（草案）》", "研究岁末年初安全生产工作"},
		decided:     []string{"会议指出，养老服务", "会议审议通过了《鸢都市供热管理办法（草案）》。会议要求", "会议研究了岁末年初安全生产工作，要求由"},
		reporters:   []string{"市民政局", "", ""},
		responsible: []string{"市民政局 市财政局", "市住建局", "市应急局"},
		notes:       []string{MinutesOtherItems}},
	{name: "labels, and sections with （一）", title: "", text: labelledStyle,
		is: model.MeetingDraft{Title: "冬季供热保障工作专题会议", Day: "2026-10-13", Begins: "15:30", Place: "市住建局三楼会议室", Chair: "分管副市长",
			DepartmentIDs: []string{"市住建局", "市发展改革委", "市财政局"}, Guests: "业主代表三名"},
		items:       []string{"关于燃料储备", "关于困难家庭供热补贴", "关于投诉办理"},
		decided:     []string{"市发展改革委负责", "补贴在十一月十日前", "1.报修两小时"},
		reporters:   []string{"", "", ""},
		responsible: []string{"市发展改革委", "市民政局 市财政局", "市住建局"},
		notes:       []string{MinutesUnknownOffice + " 市热力公司"}},
	{name: "items by name, numbers in Chinese", title: "", text: byName,
		is: model.MeetingDraft{Title: "鸢都市第十八届人民政府第六十二次常务会议", Term: "第十八届", Number: 62, Day: "2026-09-29", Begins: "14:30",
			Place: "市政府第一会议室", Chair: "市长", DepartmentIDs: []string{"市司法局", "市公安局"}, Guests: "市司法局、市公安局主要负责同志"},
		items:       []string{"审议《鸢都市电动自行车管理办法（修订草案）》", "通报前三季度经济运行情况"},
		decided:     []string{"会议审议通过该办法", "请市发展改革委"},
		reporters:   []string{"市公安局", "市发展改革委"},
		responsible: []string{"市公安局 市司法局", "市发展改革委"}},
	{name: "nothing of a meeting", title: "关于放假的通知", text: "一般的文字。",
		is:    model.MeetingDraft{},
		notes: []string{MinutesNoDay, MinutesNoItems}},
}

func textPassages(text string) (list []model.Passage) {
	for line := range strings.Lines(text) {
		list = append(list, model.Passage{Kind: model.PassageText, Text: strings.TrimSuffix(line, "\n")})
	}
	return list
}

func TestMinutesAreReadInTheStylesInWhichTheyAreWritten(t *testing.T) {
	for _, c := range minutesCases {
		t.Run(c.name, func(t *testing.T) {
			m := ReadMinutes(c.title, textPassages(c.text), cityOffices)
			same(t, "head", headOf(m.Draft), headOf(c.is))
			var titles, decided, reporters, responsible, notes []string
			for n, i := range m.Draft.Items {
				titles = append(titles, i.Title)
				begins := i.Decision
				if n < len(c.decided) && strings.HasPrefix(begins, c.decided[n]) {
					begins = c.decided[n]
				}
				decided = append(decided, begins)
				reporters = append(reporters, strings.Join(i.ReporterIDs, " "))
				responsible = append(responsible, strings.Join(i.ResponsibleIDs, " "))
			}
			for _, n := range m.Notes {
				notes = append(notes, strings.TrimSpace(n.Code+" "+strings.Join(n.Names, " ")))
			}
			same(t, "items", titles, c.items)
			same(t, "decisions", decided, c.decided)
			same(t, "who reports", reporters, c.reporters)
			same(t, "who sees to it", responsible, c.responsible)
			same(t, "notes", notes, c.notes)
		})
	}
}

func headOf(d model.MeetingDraft) []string {
	return []string{d.Title, d.Term, string(rune('0'+d.Number/10)) + string(rune('0'+d.Number%10)), string(d.Day), d.Begins, d.Place, d.Chair,
		strings.Join(d.DepartmentIDs, " "), d.Guests}
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func TestTheCountOfAMeetingIsReadHoweverItIsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"市十八届人民政府第63次常务会议":    "第十八届 63",
		"第十八届市政府第六十三次常务会议":    "第十八届 63",
		"区政府常务会议（17届73次）":     "第17届 73",
		"市政府第30次常务会议":         "30",
		"市人民政府2022年第10次常务会议":  "10",
		"市十八届人大第三次会议上，市长作了报告": "0",
		"全市安全生产专题会议":          "0",
	} {
		term, number := sessionIn([]minutesLine{{text: text}})
		if got := strings.TrimSpace(term + " " + strconv.Itoa(number)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestTheDayOfAMeetingIsReadHoweverItIsWritten(t *testing.T) {
	for text, want := range map[string][2]string{
		"2026 年 11 月 5 日（星期四）上午 9：00": {"2026-11-05", "09:00"},
		"二〇二六年十一月五日下午3点半":             {"2026-11-05", "15:30"},
		"2026-11-05 14:30": {"2026-11-05", "14:30"},
		"2026年2月30日":       {"", ""},
		"11月5日（〔2026〕63号）": {"2026-11-05", ""},
		"本周四":              {"", ""},
	} {
		if day, hour := meetingDay(text), hourIn(text); string(day) != want[0] || hour != want[1] {
			t.Errorf("%s: %s %s", text, day, hour)
		}
	}
}

// A table of labels is the head of the minutes; another one goes with its item.
func TestATableOfLabelsIsTheHeadOfMinutes(t *testing.T) {
	head := model.Passage{Kind: model.PassageTable, Rows: [][]string{{"会议时间", "2026年10月13日下午3:30", "会议地点", "市住建局"}, {"主持人", "分管副市长", "", ""},
		{"参会单位", "市住建局 市财政局", "", ""}}}
	list := append(textPassages("冬季供热保障会议纪要"), head)
	list = append(list, textPassages("1.研究供热补贴\n会议同意补贴标准。")...)
	list = append(list, model.Passage{Kind: model.PassageTable, Rows: [][]string{{"类别", "标准"}, {"低保", "800元"}}})
	m := ReadMinutes("", list, cityOffices)
	same(t, "head", headOf(m.Draft), headOf(model.MeetingDraft{Title: "冬季供热保障会议", Day: "2026-10-13", Begins: "15:30", Place: "市住建局", Chair: "分管副市长",
		DepartmentIDs: []string{"市住建局", "市财政局"}}))
	if len(m.Draft.Items) != 1 || len(m.Draft.Items[0].Body) != 1 || len(m.Draft.Body) != 0 {
		t.Errorf("%+v", m.Draft)
	}
}

// Whatever is handed in, a working copy that can be kept comes out, and no line twice.
func FuzzMinutes(f *testing.F) {
	for _, c := range minutesCases {
		f.Add(c.title, c.text)
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		m := ReadMinutes(title, textPassages(text), cityOffices)
		d := m.Draft
		if len(d.Items) > mostItems || utf8.RuneCountInString(d.Title) > mostTitle || utf8.RuneCountInString(d.Place) > mostPlace ||
			utf8.RuneCountInString(d.Chair) > mostChair || utf8.RuneCountInString(d.Guests) > mostGuests {
			t.Errorf("too much: %+v", d)
		}
		for _, i := range d.Items {
			if utf8.RuneCountInString(i.Title) > mostTitle || utf8.RuneCountInString(i.Decision) > mostDecision || len(i.ReporterIDs) > mostReporters {
				t.Errorf("too much: %+v", i)
			}
		}
	})
}
