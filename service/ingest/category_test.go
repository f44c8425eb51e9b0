package ingest

import "testing"

func TestCategoryOf(t *testing.T) {
	for _, story := range []struct{ given, level, title, want string }{
		{"地方性法规/山东", "地方性法规", "青岛市饮用水水源保护条例", "地方性法规"},
		{"经济法", "法律", "中华人民共和国反垄断法", "法律"},
		{"", "司法解释", "关于适用民法典的解释", "司法解释"},
		{"", "local", "关于印发《潍坊市住房补贴办法》的通知", "通知"},
		{"", "", "上海市人民政府办公厅印发《关于支持科创走廊建设的若干措施》", "措施"},
		{"", "", "灵活就业人员缴存使用住房公积金管理办法(试行)", "办法"},
		{"", "", "物业管理实施细则（2021年修订）（征求意见稿）", "细则"},
		{"", "", "關於加強養老服務的實施意見", "意见"},
		{"", "", "国务院办公厅关于科技节水建议的复函", "函"},
		{"", "", "三年行动计划（2023—2025年）", "计划"},
		{"", "", "2023-02-24 00:00:00", "其他"},
		{"", "", "（）", "其他"},
		{"", "", "", "其他"},
		{" 公告 ", "", "某某", "公告"},
	} {
		if got := CategoryOf(story.given, story.level, story.title); got != story.want {
			t.Errorf("%q %q %s is %s, got %s", story.given, story.level, story.title, story.want, got)
		}
	}
}
