package push_test

import (
	"strings"
	"testing"
	"time"

	"yuandu/model"
	"yuandu/service/push"
	"yuandu/wechat"
)

var evening = time.Date(2026, 11, 24, 20, 5, 0, 0, model.Shanghai)

func told(change func(*model.Announcement)) push.Telling {
	a := &model.Announcement{ID: "01A", Sort: model.AnnounceChange, Kind: model.KindPolicy, Object: "01POLICY", What: model.PubPublished, CreatedAt: evening,
		Title: "鸢都市人民政府办公室关于印发《鸢都市长期护理保险实施办法》的通知"}
	if change != nil {
		change(a)
	}
	t := push.TellChange(a, push.Subject{Number: "鸢政办发〔2026〕12号", Departments: []model.Department{{Name: "鸢都市医疗保障局", ShortName: "市医保局"}}})
	t.City, t.Phone = city, "12345"
	return t
}

func line(key string, source model.PushSource, text ...string) model.PushField {
	return model.PushField{Key: key, Label: "一行", Source: source, Text: strings.Join(text, "")}
}

func one(field model.PushField, t push.Telling) push.Filled {
	return push.Fill([]model.PushField{field}, t)[0]
}

func TestWhatIsToldStandsInItsFieldByTheTypesRule(t *testing.T) {
	usual := told(nil)
	few := told(func(a *model.Announcement) { a.Title = "" })
	few.Number, few.Departments = "", nil
	long := told(func(a *model.Announcement) {
		a.Note = "第三条的补贴标准由每月一百元提高到一百二十元，自明年一月一日起执行"
	})
	offices := told(nil)
	offices.Number = "鸢都市人民政府令第5号"
	offices.Departments = []model.Department{{Name: "鸢都市住房公积金管理中心北城区第3管理部", ShortName: "北城管理部"}, {Name: "鸢都市财政局"}, {Name: "鸢都市民政局"}}
	digest := push.TellDigest([]string{"鸢都市人民政府办公室关于印发《鸢都市长期护理保险实施办法》的通知", "二"}, 5, evening)
	digest.City = city
	for _, c := range []struct {
		name  string
		field model.PushField
		told  push.Telling
		says  string
	}{
		{"a title", line("thing1", model.SourceTitle), usual, "《鸢都市长期护理保险实施办法》"},
		{"a day", line("date3", model.SourceDate), usual, "2026年11月24日"},
		{"a moment", line("time3", model.SourceDate), usual, "2026年11月24日 20:05"},
		{"a day where any words may stand", line("thing3", model.SourceDate), usual, "2026年11月24日"},
		{"what happened", line("thing2", model.SourceChange), usual, "新文件公开了，点开看全文"},
		{"what happened, in a word", line("phrase2", model.SourceChange), usual, "新发布"},
		{"no note is what happened", line("thing2", model.SourceNote), usual, "新文件公开了，点开看全文"},
		{"a long note ends with a word", line("thing2", model.SourceNote), long, "第三条的补贴标准由每月一百元提高…"},
		{"a number where any words may stand", line("thing2", model.SourceNumber), usual, "鸢政办发〔2026〕12号"},
		{"a number where only signs may", line("character_string2", model.SourceNumber), usual, "2026-12"},
		{"a number without a year", line("character_string2", model.SourceNumber), offices, "5"},
		{"no number, and what stands there then", line("character_string2", model.SourceNumber, "N/A"), few, "N/A"},
		{"no number, in words", line("thing2", model.SourceNumber, "没有文号"), few, "没有文号"},
		{"no title", line("thing2", model.SourceTitle), few, "点开查看详情"},
		{"an office", line("thing2", model.SourceDepartment), usual, "鸢都市医疗保障局"},
		{"an office's name", line("name2", model.SourceDepartment), usual, "鸢都市医疗保障局"},
		{"several offices", line("thing2", model.SourceDepartment), offices, "北城管理部等3个部门"},
		{"a name has no figures", line("name2", model.SourceDepartment), offices, "北城管理部"},
		{"no office", line("name2", model.SourceDepartment), few, "政府部门"},
		{"a phone", line("phone_number4", model.SourcePhone), usual, "12345"},
		{"a text of the city's", line("thing5", model.SourceFixed, "在“我的—订阅”里可以关掉"), usual, "在“我的—订阅”里可以关掉"},
		{"a digest's titles", line("thing1", model.SourceTitle), digest, "《鸢都市长期护理保险实施办法》等5件"},
		{"a digest's count", line("number2", model.SourceCount), digest, "5"},
		{"a digest's count in words", line("thing2", model.SourceCount), digest, "5件"},
		{"a digest's sentence", line("thing2", model.SourceChange), digest, "您关注的内容有5件更新"},
	} {
		f := one(c.field, c.told)
		t.Logf("%-36s %s", c.name, f.Value)
		if f.Value != c.says {
			t.Errorf("%s: %q, want %q", c.name, f.Value, c.says)
		}
		if err := wechat.CheckField(f.Key, f.Value); err != nil {
			t.Errorf("%s: WeChat would refuse %q: %v", c.name, f.Value, err)
		}
	}
}

func TestAMessageSaysWhatWasCutAndWhatStandsInFor(t *testing.T) {
	long := told(func(a *model.Announcement) {
		a.Title = "鸢都市民政局关于提高2026年城乡低保标准和特困人员救助供养标准的通知"
		a.What = model.PubCorrected
	})
	long.Number = ""
	f := push.Fill([]model.PushField{line("thing1", model.SourceTitle), line("phrase2", model.SourceChange), line("character_string3", model.SourceNumber)}, long)
	if !f[0].Cut || f[1].Cut || f[1].Value != "有更正" || !f[2].Stands || f[2].Cut {
		t.Errorf("%+v", f)
	}
}

func TestAMessageOpensThePageThatExplainsIt(t *testing.T) {
	for page, change := range map[string]func(*model.Announcement){
		"packages/policy/policy?id=01POLICY&from=message":         nil,
		"packages/policy/interpretation?id=01POLICY&from=message": func(a *model.Announcement) { a.Kind = model.KindInterpretation },
		"packages/gazette/reader?id=01POLICY&from=message":        func(a *model.Announcement) { a.Kind = model.KindGazette },
		"packages/account/notices?from=message":                   func(a *model.Announcement) { a.What = model.PubWithdrawn },
	} {
		if got := told(change).Page; got != page {
			t.Errorf("%s, want %s", got, page)
		}
	}
	if got := push.TellDigest(nil, 0, evening).Page; got != "packages/account/notices?from=message" {
		t.Errorf("a digest opens %s", got)
	}
	if got := told(func(a *model.Announcement) { a.Kind = model.KindInterpretation }).Phrase; got != "有解读" {
		t.Errorf("an interpretation is told as %s", got)
	}
}

func TestAFieldThatWasRefusedIsTriedOncePlainerAndShorter(t *testing.T) {
	for _, c := range []struct {
		key, refused, again string
		ok                  bool
	}{
		{"thing1", "🎉🎊2025年惠民消费券发放活动…", "2025年惠民消费券发放活动", true},
		{"thing1", "《城乡居民长期护理保险实施办法（试行）》", "城乡居民长期护理保险实施办法", true},
		{"thing1", "政策更新", "", false},
		{"name2", "“阳光”民政局", "阳光民政局", true},
		{"phrase3", "新发布", "有更新", true},
		{"phrase3", "有更新", "", false},
		{"character_string4", "(2026)-12#", "2026-12", true},
		{"time5", "2026年11月24日 20:05", "20:05", true},
		{"date6", "2026年11月24日 20:05", "2026年11月24日", true},
		{"date6", "2026年11月24日", "", false},
		{"enum7", "待办", "", false},
	} {
		again, ok := push.Stricter(c.key, c.refused)
		if ok != c.ok || ok && again != c.again {
			t.Errorf("%s %q: %q, %v", c.key, c.refused, again, ok)
		}
		if ok && wechat.CheckField(c.key, again) != nil {
			t.Errorf("%s %q becomes %q, which WeChat would refuse", c.key, c.refused, again)
		}
	}
}

// everyField is each type with each source that may fill it.
func everyField() (fields []model.PushField) {
	for _, kind := range wechat.FieldTypes() {
		for _, source := range push.SourcesOf(kind) {
			fields = append(fields, line(kind+"1", source))
		}
	}
	return fields
}

func isTaken(t testing.TB, telling push.Telling) {
	t.Helper()
	for _, f := range push.Fill(everyField(), telling) {
		if err := wechat.CheckField(f.Key, f.Value); err != nil {
			t.Errorf("%s from %s: %q of %q: %v", f.Key, f.Source, f.Value, telling.Title, err)
		}
		if again, ok := push.Stricter(f.Key, f.Value); ok && (wechat.CheckField(f.Key, again) != nil || again == f.Value) {
			t.Errorf("%s: %q becomes %q", f.Key, f.Value, again)
		}
	}
}

func TestWeChatTakesEveryFieldOfRealDocuments(t *testing.T) {
	for i, title := range realTitles(t) {
		telling := told(func(a *model.Announcement) { a.Title, a.Note = title, title })
		telling.Count, telling.Number, telling.Departments = i%3, title, []model.Department{{Name: title}, {}}[:i%3]
		isTaken(t, telling)
	}
}

func FuzzWeChatTakesWhateverIsTold(f *testing.F) {
	for _, c := range shortened[:12] {
		f.Add(c.title, "鸢政发〔2026〕1号", "说明", "鸢都市民政局", 3)
	}
	f.Add("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦《\x00\xff\u202e》》《", "〔〕号", "\n\t", "3", 1<<40)
	f.Fuzz(func(t *testing.T, title, number, note, office string, count int) {
		telling := told(func(a *model.Announcement) { a.Title, a.Note = title, note })
		telling.Number, telling.Departments, telling.Count = number, []model.Department{{Name: office}, {Name: title}}, count
		isTaken(t, telling)
		isWhole(t, "", push.Shorten(title, 20, city), 20)
	})
}

func TestWhoSaidSomethingIsToldWhatBecameOfTheirOwnWords(t *testing.T) {
	a := &model.Announcement{Kind: model.KindConsultation, Object: "01DRAFT", What: model.PubCorrected, CreatedAt: evening, Title: "物业管理办法（征求意见稿）"}
	few := push.TellVerdicts(a, push.Subject{}, map[model.Verdict]int{model.VerdictNot: 2, model.VerdictAdopted: 1})
	many := push.TellVerdicts(a, push.Subject{}, map[model.Verdict]int{model.VerdictNot: 2, model.VerdictAdopted: 1, model.VerdictPartly: 3, model.VerdictOutside: 1})
	if few.Change != "采纳1条，未采纳2条" || few.Page != "packages/consultation/mine?from=message" || many.Change != "您的意见都有了答复，点开查看" {
		t.Errorf("it says %q and %q, and opens %s", few.Change, many.Change, few.Page)
	}
}

func TestWhoTookPartInADrawIsToldWhatItMadeOfThem(t *testing.T) {
	a := &model.Announcement{Kind: model.KindSignUp, Object: "01EVENT", What: model.SignUpDrawn, CreatedAt: evening, Title: "走进自来水厂"}
	for state, want := range map[model.SignUpState]string{model.SignUpIn: "您抽中了，点开看入场码", model.SignUpWaiting: "没有抽中，您在候补名单里",
		model.SignUpCancelled: "抽签结果已公布，点开查看"} {
		told := push.TellDraw(a, push.Subject{}, state)
		if told.Change != want || told.Page != "packages/event/signup?id=01EVENT&from=message" {
			t.Errorf("%s: it says %q, and opens %s", state, told.Change, told.Page)
		}
		isTaken(t, told)
	}
}
