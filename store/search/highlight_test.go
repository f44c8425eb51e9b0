package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestRangesMarkWhatWasFound(t *testing.T) {
	for _, c := range []struct {
		name, text string
		marks      []string
		want       []Range
	}{
		{"a single character", "工伤保险条例和失业保险条例", []string{"险"}, []Range{{3, 1}, {10, 1}}},
		{"a word", "山东省职工养老保险条例", []string{"养老保险"}, []Range{{5, 4}}},
		{"words that touch are one", "养老保险条例", []string{"养老", "保险"}, []Range{{0, 4}}},
		{"words that overlap are one", "社会保险费征缴", []string{"社会保险", "保险费"}, []Range{{0, 5}}},
		{"a word within another is the other", "养老保险", []string{"养老保险", "老保"}, []Range{{0, 4}}},
		{"a word twice is twice", "养老和养老", []string{"养老"}, []Range{{0, 2}, {3, 2}}},
		{"traditional writing", "關於養老保險的通知", []string{"养老保险"}, []Range{{2, 4}}},
		{"full width and capital letters", "支持５Ｇ基站和5g网络", []string{"5g"}, []Range{{2, 2}, {7, 2}}},
		{"emoji count two", "😀养老😀保险", []string{"保险", "😀养"}, []Range{{0, 3}, {6, 2}}},
		{"NUL and line breaks count one", "\x00\n养老", []string{"养老"}, []Range{{2, 2}}},
		{"a broken character is not in the way", "\xff养老", []string{"养老"}, []Range{{1, 2}}},
		{"nothing there", "养老保险", []string{"医疗"}, nil},
		{"no words", "养老保险", nil, nil},
		{"empty words", "养老保险", []string{""}, nil},
		{"no text", "", []string{"养老"}, nil},
	} {
		if got := Ranges(c.text, c.marks); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestPartsAreMarkedWhereTheWholeIsNot(t *testing.T) {
	marks := Marks{Whole: []string{"养老保险", "挂失"}, Parts: []string{"养老", "老保", "保险", "挂失"}}
	for _, c := range []struct {
		name, title string
		want        []Range
	}{
		{"the whole word alone", "养老服务与养老保险", []Range{{5, 4}}},
		{"its pieces", "养老服务与失业保险", []Range{{0, 2}, {7, 2}}},
		{"another whole word changes nothing", "养老证挂失", []Range{{0, 2}, {3, 2}}},
	} {
		if got := marks.Ranges(c.title); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestPassageShowsWhyADocumentWasFound(t *testing.T) {
	long := strings.Repeat("本办法自发布之日起施行。", 40)
	for _, c := range []struct {
		name, text string
		marks      Marks
		width      int
		want       string
	}{
		{"it begins with the sentence", long + "职工退休后按月领取养老金。" + long, Marks{Whole: []string{"养老金"}}, 20,
			"职工退休后按月领取养老金。本办法自发布之…"},
		{"or nearby, where the sentence is long", strings.Repeat("长", 200) + "养老金" + strings.Repeat("短", 200), Marks{Whole: []string{"养老金"}}, 20,
			"…长长长长长长长长长长养老金短短短短短短短…"},
		{"with most of the words", "养老。" + long + "养老和医疗。" + long, Marks{Whole: []string{"养老", "医疗"}}, 20,
			"养老和医疗。本办法自发布之日起施行。本办…"},
		{"the first of equals", "一养老。" + long + "二养老。", Marks{Whole: []string{"养老"}}, 20, "一养老。本办法自发布之日起施行。本办法自…"},
		{"a long word before a short one", "保险。" + long + "失业保险金。" + long, Marks{Whole: []string{"保险", "失业保险金"}}, 20,
			"失业保险金。本办法自发布之日起施行。本办…"},
		{"the pieces of a word that stands nowhere", long + "失业人员的保险。" + long, Marks{Whole: []string{"失业保险"}, Parts: []string{"失业", "业保", "保险"}}, 20,
			"失业人员的保险。本办法自发布之日起施行。"},
		{"line breaks are blanks", "第一章\r\n\r\n　　总则\x00养老", Marks{Whole: []string{"养老"}}, 20, "第一章 总则 养老"},
		{"the beginning, where nothing is marked", "　第一条　为了规范管理，制定本办法。" + long, Marks{Whole: []string{"医疗"}}, 20, "第一条 为了规范管理，制定本办法。本办法…"},
		{"a sentence that ends in time is not cut", "第一条规范养老保险管理，制定本管理办法。第二条", Marks{}, 20, "第一条规范养老保险管理，制定本管理办法。"},
		{"a number is not begun in its middle", strings.Repeat("长", 30) + "20211230123456养老金" + long, Marks{Whole: []string{"养老金"}}, 20,
			"…养老金本办法自发布之日起施行。本办法自发…"},
		{"the closing quote stays with its sentence", strings.Repeat("他说“行。”", 9) + "养老", Marks{Whole: []string{"养老"}}, 20, "养老"},
		{"a word longer than the passage", long + strings.Repeat("养老", 15) + "保险" + long, Marks{Whole: []string{strings.Repeat("养老", 15), "保险"}}, 20,
			strings.Repeat("养老", 10) + "…"},
		{"emoji", strings.Repeat("😀", 50) + "养老", Marks{Whole: []string{"养老"}}, 20, "…" + strings.Repeat("😀", 10) + "养老"},
		{"no text", "", Marks{Whole: []string{"养老"}}, 20, ""},
	} {
		got, ranges := Passage(c.text, c.marks, c.width)
		if got != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.name, got, c.want)
		}
		if want := c.marks.Ranges(got); c.name != "" && !slices.Equal(ranges, want) {
			t.Errorf("%s: ranges %v, want %v", c.name, ranges, want)
		}
	}
}

func TestPassageOfALongText(t *testing.T) {
	text := strings.Repeat("一二三四五六七八九十", 10_000) + "养老保险"
	got, ranges := Passage(text, Marks{Whole: []string{"养老保险"}}, 0)
	if !strings.HasSuffix(got, "养老保险") || len(ranges) != 1 || utf8.RuneCountInString(got) > 92 {
		t.Errorf("%q %v", got, ranges)
	}
}

func FuzzRangesAreWithinTheText(f *testing.F) {
	f.Add("养老😀保險\x00条例\xff", "养老 险 😀")
	f.Fuzz(func(t *testing.T, text, q string) {
		units, end := utf16.Encode([]rune(text)), -1
		for _, r := range Ranges(text, strings.Fields(Fold(q))) {
			if r[0] <= end || r[1] < 1 || r[0]+r[1] > len(units) {
				t.Fatalf("%v in %d units after %d", r, len(units), end)
			}
			end = r[0] + r[1]
		}
	})
}

func FuzzPassageMarksItsWords(f *testing.F) {
	f.Add("第一条。职工養老保险😀\n\n养老", "养老 保险", "养老保险 保险", 20)
	f.Fuzz(func(t *testing.T, text, whole, parts string, width int) {
		marks := Marks{Whole: strings.Fields(Fold(whole)), Parts: strings.Fields(Fold(parts))}
		width %= 200
		snippet, ranges := Passage(text, marks, width)
		if n := utf8.RuneCountInString(snippet); n > max(width, fewestWidth, passageWidth)+3 || strings.ContainsAny(snippet, "\n\r\x00") {
			t.Fatalf("%d characters: %q", n, snippet)
		}
		units := utf16.Encode([]rune(snippet))
		for _, r := range ranges {
			marked := string(utf16.Decode(units[r[0] : r[0]+r[1]]))
			if !slices.ContainsFunc(slices.Concat(marks.Whole, marks.Parts), func(m string) bool { return strings.HasPrefix(foldEach(marked), m) }) {
				t.Fatalf("%q is marked for %+v", marked, marks)
			}
		}
		if first := firstOf(text, marks.Whole); first && len(ranges) == 0 && utf8.RuneCountInString(marks.Whole[0]) < fewestWidth && !strings.ContainsRune(marks.Whole[0], utf8.RuneError) {
			t.Fatalf("nothing marked in %q of %q for %+v", snippet, text, marks)
		}
	})
}

func firstOf(text string, whole []string) bool {
	return len(whole) == 1 && strings.Contains(foldEach(text), whole[0])
}

func foldEach(s string) string { return strings.Map(FoldRune, s) }

func passageBench() (texts []string, marks Marks) {
	filler := "为了规范社会保险关系，维护公民参加社会保险和享受社会保险待遇的合法权益，使公民共享发展成果，促进社会和谐稳定，根据宪法，制定本法。\n"
	for i := range 20 {
		text := strings.Repeat(filler, 60+i) + "职工退休后按月领取养老金，具体办法由市人民政府规定。\n" + strings.Repeat(filler, 15)
		texts = append(texts, text)
	}
	return texts, Marks{Whole: []string{"退休", "养老金", "领取"}, Parts: []string{"退休", "养老", "老金", "领取"}}
}

func BenchmarkPassages(b *testing.B) {
	texts, three := passageBench()
	for _, c := range []struct {
		name  string
		marks Marks
	}{
		{"one word", Marks{Whole: []string{"养老金"}, Parts: []string{"养老", "老金"}}},
		{"three words", three},
		{"variants", Marks{Whole: []string{"养老金", "基本养老金", "退休金"}, Parts: []string{"养老", "老金"}}},
		{"nothing", Marks{Whole: []string{"殡葬"}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, text := range texts {
					Passage(text, c.marks, 0)
				}
			}
		})
	}
}

func BenchmarkPassageOfAHugeText(b *testing.B) {
	text := strings.Repeat("一二三四五六七八九十", 15_000)
	b.ReportAllocs()
	for b.Loop() {
		Passage(text, Marks{Whole: []string{"养老金"}}, 0)
	}
}
