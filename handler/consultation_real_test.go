package handler_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yuandu/internal/housetest"
	"yuandu/media"
)

// records reads a file of the real consultations, a line each.
func records[T any](t *testing.T, name string) (list []T) {
	t.Helper()
	file, err := os.Open(filepath.Join(housetest.SharedData(t), "consultations", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var r T
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

// fewDrafts is how many real drafts a short run puts out.
const fewDrafts = 12

func TestRealDraftsAreConsultedOn(t *testing.T) {
	drafts := records[struct{ Title, Text string }](t, "consultation_drafts.jsonl")
	if os.Getenv("YUANDU_SOAK") == "" {
		drafts = drafts[:fewDrafts]
	}
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		out := 0
		for _, d := range drafts {
			content := n.propertyRules("2026-11-24", "2026-12-23")
			content["title"] = strings.TrimSpace(string([]rune(d.Title)[:min(len([]rune(d.Title)), 300)]))
			content["body"] = paragraphs(slices.DeleteFunc(strings.Split(d.Text, "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })...)
			id := n.consults(content)
			if c := n.editor.must("GET /api/v1/consultations/"+id, nil); len(c["body"].([]any)) > 0 {
				out++
			}
		}
		t.Logf("drafts: %d of %d put out on %s", out, len(drafts), setOf(t))
		if out != len(drafts) {
			t.Errorf("of %d drafts %d are public", len(drafts), out)
		}
	})
}

func TestRealDraftsInWordAreProposedTheirTopics(t *testing.T) {
	drafts := records[struct{ Title, Text, Topic string }](t, "consultation_drafts.jsonl")[:fewDrafts]
	eachFileroom(t, func(t *testing.T, r *fileroom) {
		right := 0
		for _, d := range drafts {
			read := r.editor.must("POST /admin/v1/word", map[string]string{"file_id": r.editor.handed("草案.docx", wordOf(t, d.Title, d.Text)).ID})
			if d.Topic == "住房与房地产" && slices.Contains(read["topic_ids"].([]any), any("housing")) {
				right++
			}
		}
		t.Logf("topics: %d of %d drafts are proposed their own on %s", right, len(drafts), setOf(t))
		if right < len(drafts)*9/10 {
			t.Errorf("of %d drafts %d are proposed their own topic", len(drafts), right)
		}
	})
}

// wordOf is a draft in Word, its title above its text.
func wordOf(t *testing.T, title, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := media.WriteDocx(&b, media.Sheet{Title: title, Body: media.Structure(text)}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// setOf names the set that a test runs on.
func setOf(t *testing.T) string { return t.Name()[strings.LastIndex(t.Name(), "/")+1:] }

// over is a consultation on which everything is entered that was said, and whose last day
// has passed.
func (n *newsroom) over(body ...string) string {
	content := n.propertyRules("2026-11-24", "2026-12-23")
	content["body"] = paragraphs(body...)
	return n.consults(content)
}

// enters writes down what somebody said to a clause, "" for the whole.
func (n *newsroom) enters(id, clause, text string) map[string]any {
	return n.editor.must("POST "+consultations+"/"+id+"/opinions", map[string]any{"source": "paper", "clause": clause, "stance": "change", "text": text})
}

// reports publishes what became of what was said.
func (n *newsroom) reports(id string, adopted ...string) {
	n.signsAt(consultations, n.drafts(id, func(c map[string]any) {
		c["report"] = n.editor.must("GET "+consultations+"/"+id+"/report", nil)["report"]
		if len(adopted) > 0 {
			c["adopted"] = paragraphs(adopted...)
		}
	}), "公布采纳情况")
}

func TestARealReportIsReproduced(t *testing.T) {
	type comment struct {
		Comment, Reason string
		Adopted         bool
	}
	real := records[struct {
		Title             string
		Received, Adopted int
		Comments          []comment
	}](t, "consultation_feedback.jsonl")[0]
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		id := n.over("一、建设政务公开专区", "二、设在服务大厅")
		verdicts := map[bool]string{true: "adopted", false: "not_adopted"}
		for _, c := range real.Comments {
			n.answers(n.enters(id, "", c.Comment), verdicts[c.Adopted], c.Reason)
		}
		n.daysPass(31)
		n.reports(id)
		h.tells(t, "as many came and were adopted as that office told", "GET /api/v1/consultations/"+id, 200,
			fmt.Sprintf(`"opinions":%d`, real.Received), fmt.Sprintf("采纳 %d 条", real.Adopted), fmt.Sprintf("未采纳 %d 条", real.Received-real.Adopted),
			`{"verdict":"adopted","name":"采纳","count":2}`, "专区设立在服务大厅内")
	})
}

// pair is a draft and what was adopted of it; each opinion is on a clause of the draft,
// and names the words of the adopted text that came of it, "" for none.
type pair struct {
	draft, adopted []string
	said           []saidTo
}

type saidTo struct{ clause, text, verdict, place, led string }

var pairs = []pair{
	{ // one article edited, one left
		[]string{"第一条 为了规范停车，制定本办法。", "第二条 道路停车泊位前三十分钟免费。", "第三条 违反规定的，由公安机关处理。"},
		[]string{"第一条 为了规范停车，制定本办法。", "第二条 道路停车泊位前六十分钟免费。", "第三条 违反规定的，由公安机关处理。"},
		[]saidTo{{"第二条", "免费一小时", "adopted", "", "六十分钟"}, {"第三条", "罚得太重", "not_adopted", "", ""}, {"第一条", "写得好", "noted", "", ""}},
	},
	{ // an article put in before: the rest is renumbered
		[]string{"第一条 为了管理养犬，制定本办法。", "第二条 养犬应当登记。", "第三条 携犬外出应当牵绳。"},
		[]string{"第一条 为了管理养犬，制定本办法。", "第二条 本办法适用于城区。", "第三条 养犬应当登记，登记不收费。", "第四条 携犬外出应当牵绳。"},
		[]saidTo{{"第二条", "登记不要收费", "adopted", "", "登记不收费"}, {"", "写明适用范围", "adopted", "第二条", "适用于城区"}, {"第三条", "牵绳要有长度", "not_adopted", "", ""}},
	},
	{ // an article taken out
		[]string{"第一条 为了保护古树，制定本办法。", "第二条 古树由所在单位养护。", "第三条 个人不得举报。", "第四条 本办法自公布之日起施行。"},
		[]string{"第一条 为了保护古树，制定本办法。", "第二条 古树由所在单位养护。", "第三条 本办法自公布之日起施行。"},
		[]saidTo{{"第三条", "这一条应当删去", "adopted", "", "个人不得举报"}, {"第四条", "留出过渡期", "not_adopted", "", ""}},
	},
	{ // one split in two
		[]string{"第一条 为了规范供热，制定本办法。", "第二条 供热企业应当公布服务电话，供热温度不低于十八度，温度不达标的应当退费。"},
		[]string{"第一条 为了规范供热，制定本办法。", "第二条 供热企业应当公布服务电话。", "第三条 供热温度不低于二十度，温度不达标的应当退费。"},
		[]saidTo{{"第二条", "温度提高到二十度", "partly", "第三条", "二十度"}, {"第一条", "目的要写安全", "not_adopted", "", ""}},
	},
	{ // two said the same, and one of them was told otherwise
		[]string{"第一条 为了方便阅读，制定本办法。", "第二条 城市书房每日开放十小时。", "第三条 图书每年更新。"},
		[]string{"第一条 为了方便阅读，制定本办法。", "第二条 城市书房每日开放十二小时。", "第三条 图书每季度更新。"},
		[]saidTo{{"第二条", "开放到晚上九点", "adopted", "", "十二小时"}, {"第二条", "周末通宵开放", "not_adopted", "", ""}, {"第三条", "每季度更新", "adopted", "", "每季度"}},
	},
}

func TestEachChangeShowsWhatLedToIt(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		n := h.newsroom(t)
		var ids []string
		for _, p := range pairs {
			id := n.over(p.draft...)
			at := clauses(n.editor.must("GET /api/v1/consultations/"+id, nil))
			for _, s := range p.said {
				o := n.enters(id, at[s.clause], s.text)
				n.editor.must("PUT /admin/v1/opinions/"+o["id"].(string)+"/answer", map[string]any{"verdict": s.verdict, "reason": "经研究", "place": s.place}, ifMatch(o))
			}
			n.showsAll(id)
			ids = append(ids, id)
		}
		n.daysPass(31)
		changes, wrong, lacking := 0, 0, 0
		for i, p := range pairs {
			n.reports(ids[i], p.adopted...)
			shown := map[string]bool{}
			for _, c := range n.editor.must("GET /api/v1/consultations/"+ids[i]+"/adoption", nil)["items"].([]any) {
				changes++
				change := c.(map[string]any)
				words := fmt.Sprint(change["change"])
				for _, o := range change["opinions"].([]any) {
					text := o.(map[string]any)["text"].(string)
					s := p.said[slices.IndexFunc(p.said, func(s saidTo) bool { return s.text == text })]
					shown[text] = true
					if s.led == "" || !strings.Contains(flat(words), s.led) {
						wrong++
						t.Errorf("%s leads to %s", text, words)
					}
				}
			}
			for _, s := range p.said {
				if s.led != "" && !shown[s.text] {
					lacking++
					t.Errorf("pair %d: nothing shows %s", i+1, s.text)
				}
			}
		}
		t.Logf("pairs: %d changes, %d with a wrong opinion, %d without theirs, on %s", changes, wrong, lacking, setOf(t))
	})
}

// flat is what was printed of pieces, their words alone put together again.
func flat(printed string) string {
	var words strings.Builder
	for _, part := range strings.Split(printed, "text:")[1:] {
		word, _, _ := strings.Cut(part, "]")
		words.WriteString(word)
	}
	return words.String()
}

func TestNoReportIsPublicWhileAnybodyIsUnanswered(t *testing.T) {
	eachBare(t, func(t *testing.T, h *house) {
		h.unhurried(t)
		n := h.newsroom(t)
		dice := rand.New(rand.NewPCG(2026, 9))
		tried, wrong := 0, 0
		var ids []string
		rounds := 6
		if os.Getenv("YUANDU_SOAK") != "" {
			rounds = 200
		}
		for range rounds {
			ids = append(ids, n.over("第一条 为了规范停车，制定本办法。", "第二条 道路停车泊位前三十分钟免费。"))
		}
		n.daysPass(31)
		for _, id := range ids {
			unanswered := n.anything(dice, id)
			r := n.drafts(id, func(c map[string]any) { c["report"] = paragraphs("收到意见，逐条研究。") })
			checked := fmt.Sprint(n.editor.must("GET "+consultations+"/"+id+"/checks", nil))
			if strings.Contains(checked, "还有意见没有答复") != (unanswered > 0) {
				t.Errorf("%d unanswered, and the checks say %s", unanswered, checked)
			}
			tried++
			if unanswered > 0 {
				n.editor.refused(422, "publication.findings", "POST "+consultations+"/"+id+"/submit", map[string]any{}, ifMatch(r))
			} else {
				// Past the checks, as if somebody were slower than what came in: the row itself refuses.
				submitted, signed := n.submits(consultations, r, "公布采纳情况")
				late := n.enters(id, "", "最后一刻寄到的信")
				n.reviewer.refused(409, "consultation.unanswered", "POST "+consultations+"/"+id+"/sign", signed, ifMatch(submitted))
				if n.reported(id) {
					wrong++
				}
				n.answers(late, "noted", "研究时参考。")
				n.reviewer.must("POST "+consultations+"/"+id+"/sign", signed, ifMatch(submitted))
			}
			switch public := n.reported(id); {
			case public && unanswered > 0:
				wrong++
			case !public && unanswered == 0:
				t.Errorf("everybody is answered, and the report is not public")
			}
		}
		t.Logf("reports: %d tried, %d public with somebody unanswered, on %s", tried, wrong, setOf(t))
		if wrong > 0 {
			t.Errorf("%d reports are public while somebody is unanswered", wrong)
		}
	})
}

// reported says whether everybody can read what became of what was said.
func (n *newsroom) reported(id string) bool {
	return n.editor.must("GET /api/v1/consultations/"+id, nil)["report"] != nil
}

// anything has an office do this and that with what was said, and counts what stays
// unanswered.
func (n *newsroom) anything(dice *rand.Rand, id string) (unanswered int) {
	texts := []string{"免费一小时", "免费一个小时吧", "不要收费", "收费要公示", "夜间免费", "医院周边多设车位"}
	for _, text := range texts[:1+dice.IntN(len(texts))] {
		n.enters(id, "", text)
	}
	for range dice.IntN(8) {
		list := n.opinions(id, "?limit=100")
		one := list[dice.IntN(len(list))].(map[string]any)
		switch dice.IntN(3) {
		case 0:
			n.answers(one, "noted", "研究时参考。")
		case 1:
			other := list[dice.IntN(len(list))].(map[string]any)
			if one["id"] != other["id"] {
				g := n.editor.must("POST "+consultations+"/"+id+"/groups", map[string]any{"gist": "延长免费时间", "ids": []any{one["id"], other["id"]}})
				if dice.IntN(2) == 0 {
					n.editor.must("PUT "+consultations+"/"+id+"/groups/"+g["id"].(string)+"/answer", map[string]any{"verdict": "partly", "reason": "部分路段。"}, ifMatch(g))
				}
			}
		case 2:
			groups := n.editor.must("GET "+consultations+"/"+id+"/groups", nil)["items"].([]any)
			if len(groups) > 0 {
				g := groups[0].(map[string]any)
				n.editor.must("DELETE "+consultations+"/"+id+"/groups/"+g["id"].(string), nil, ifMatch(g))
			}
		}
	}
	if dice.IntN(2) == 0 {
		for _, o := range n.opinions(id, "?open=true&limit=100") {
			n.answers(o, "adopted", "已写入。")
		}
	}
	return len(n.opinions(id, "?open=true&limit=100"))
}
