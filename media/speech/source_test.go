package speech

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"yuandu/model"
)

// texts are sentences with the written words that each comes from.
func texts(body model.Body, all []Sentence) (out []string) {
	for _, k := range all {
		b := body[k.Block]
		letters := b.Label + b.Text
		for _, row := range b.Rows {
			letters += strings.Join(row, "")
		}
		out = append(out, k.Text+" ← "+string([]rune(letters)[k.From:k.To]))
	}
	return out
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestADocumentIsSpokenInSentencesThatKnowTheirPlace(t *testing.T) {
	body := model.Body{
		{Kind: model.BlockChapter, Label: "第一章", Text: "总则"},
		{Kind: model.BlockArticle, Label: "第一条", Text: "为了加强管理，制定本办法。自2021年7月1日起施行。"},
		{Kind: model.BlockItem, Label: "（二）", Text: "“首违不罚”事项；"},
		{Kind: model.BlockPicture, FileID: "x"},
		{Kind: model.BlockPicture, FileID: "x", Text: "办事流程图"},
	}
	all := OfBody(body)
	same(t, texts(body, all),
		"第一章，总则 ← 第一章总则",
		"第一条，为了加强管理，制定本办法。 ← 第一条为了加强管理，制定本办法。",
		"自二零二一年七月一日起施行。 ← 自2021年7月1日起施行。",
		"二，首违不罚事项； ← （二）“首违不罚”事项；",
		"图片：办事流程图 ← 办事流程图")
	if all[0].Gap != headingGap || all[1].Gap != sentenceGap || all[2].Gap != blockGap {
		t.Errorf("silences are %v, %v, %v", all[0].Gap, all[1].Gap, all[2].Gap)
	}
}

func TestATableIsReadByRows(t *testing.T) {
	body := model.Body{{Kind: model.BlockTable, Text: "附表", Rows: [][]string{
		{"项目", "标准", "办理时限"},
		{"公租房补贴", "12元/㎡", "5个工作日"},
		{"低保", "", "20日"},
	}}}
	same(t, texts(body, OfBody(body)),
		"附表。 ← 附表",
		"表格，两行，三列。 ← 项目标准办理时限",
		"公租房补贴，标准，十二元每平方米，办理时限，五个工作日。 ← 公租房补贴12元/㎡5个工作日",
		"低保，办理时限，二十日。 ← 低保20日")
}

func TestOfALargeTableIsSaidThatItIsOne(t *testing.T) {
	rows := [][]string{{"序号", "名称"}}
	for range 60 {
		rows = append(rows, []string{"1", "某项"})
	}
	body := model.Body{{Kind: model.BlockTable, Rows: rows}}
	same(t, texts(body, OfBody(body)), "表格，六十行，两列，内容较多，请看原文。 ← 序号名称")
}

func TestALongSentenceIsCutWhereOneBreathes(t *testing.T) {
	long := strings.Repeat("各县市区人民政府要切实加强组织领导，", 20) + "确保完成。"
	all := OfText(long)
	for _, k := range all {
		if n := utf8.RuneCountInString(k.Text); n > MostSpoken || n < MostSpoken/2 && !strings.HasSuffix(k.Text, "。") {
			t.Errorf("%d characters: %s", n, k.Text)
		}
	}
	if whole := OfText(strings.Repeat("长", 1000)); len(whole) != 7 {
		t.Errorf("a thousand characters without a pause make %d sentences", len(whole))
	}
}

func TestPageHeadsAndNumbersAreNotSpoken(t *testing.T) {
	text := "鸢都市人民政府公报　2021年第3期\n关于印发规定的通知\n各县市区：\n现印发给你们。\n— 3 —\f" +
		"鸢都市人民政府公报　2021年第3期\n请遵照执行。\n第 4 页 共 20 页\f市政府文件\n附件如下。\n- 5 -\f市政府文件\n附件再如下。\n6\f市政府文件\n完。\n7"
	var got []string
	for _, k := range OfText(text) {
		got = append(got, k.Text)
	}
	same(t, got, "关于印发规定的通知", "各县市区：", "现印发给你们。", "请遵照执行。", "附件如下。", "附件再如下。", "完。")
}

func FuzzWhatIsSpokenIsShortAndKnowsItsPlace(f *testing.F) {
	for _, s := range []string{"鸢政发〔2021〕5号", "（0536）8091234", "3—5万元/月", "-5℃~3℃", "\xff第①条", "１．５%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := utf8.RuneCountInString(s)
		for _, k := range OfBody(model.Body{{Kind: model.BlockParagraph, Text: s}}) {
			if utf8.RuneCountInString(k.Text) > MostSpoken || k.From < 0 || k.To > n || k.From >= k.To {
				t.Fatalf("%q: %v of %d", k.Text, k.Range, n)
			}
			if strings.ContainsAny(k.Text, "0123456789%〔〕《》") {
				t.Fatalf("%q holds what nobody can say", k.Text)
			}
		}
	})
}

func TestALineWithoutEndIsReadInGoodTime(t *testing.T) {
	for _, s := range []string{"1", "1.", "1,", "a@", "（", "1-", "110、", "http://a", "第1", "*"} {
		long := strings.Repeat(s, 10_000/len(s))
		if len(soon(long)) > longestLink || len(near(long)) > lookBack {
			t.Errorf("%s: a rule sees %d bytes before and %d behind", s, len(near(long)), len(soon(long)))
		}
		if short, whole := quickest(long[:len(long)/4]), quickest(long); whole > 12*short+50*time.Millisecond {
			t.Errorf("%s took %v, a quarter of it %v", s, whole, short)
		}
	}
}

// quickest is the least that a text takes of some times: others may be at work beside it.
func quickest(text string) time.Duration {
	least := time.Duration(math.MaxInt64)
	for range 3 {
		began := time.Now()
		OfText(text)
		least = min(least, time.Since(began))
	}
	return least
}

func TestOfALongAddressOnlyItsHostIsSaid(t *testing.T) {
	all := OfText("见https://www.yuandu.gov.cn/a?" + strings.Repeat("id=1&", 100) + "的公告。")
	if len(all) != 1 || all[0].Text != "见WWW点YUANDU点GOV点CN的公告。" {
		t.Errorf("%v", all)
	}
}
