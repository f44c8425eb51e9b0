package media

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"yuandu/model"
)

var linkAddress = regexp.MustCompile(`\]\([^()\s]*\)`)

// bare drops blanks and whatever can be a mark of Markdown.
func bare(s string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if isBlank(r) || strings.ContainsRune("#*[]()!-+|:_\u200b\ufeff\u2060", r) {
			return -1
		}
		return r
	}, s))
}

// holds says whether all of few stands in many, in order.
func holds(many, few []rune) bool {
	for _, r := range many {
		if len(few) > 0 && few[0] == r {
			few = few[1:]
		}
	}
	return len(few) == 0
}

// mustKeepText demands that the body says all that the text says, says nothing
// more, and that its anchors are unique.
func mustKeepText(t *testing.T, text string) model.Body {
	t.Helper()
	body := Structure(text)
	text = strings.ToValidUTF8(text, "\uFFFD")
	plain := bare(body.Plain())
	if kept := bare(linkAddress.ReplaceAllString(text, "]")); !holds(plain, kept) {
		t.Errorf("text was lost of %.300q", text)
	}
	if !holds(bare(text), plain) {
		t.Errorf("text was made up for %.300q", text)
	}
	seen := map[string]bool{"": false}
	for _, k := range body {
		if seen[k.Anchor] {
			t.Errorf("two blocks have the anchor %s", k.Anchor)
		}
		seen[k.Anchor] = k.Anchor != ""
	}
	return body
}

type paper struct{ ID, Title, Subtitle, Text string }

// papers reads a file of the shared data row by row.
func papers(t *testing.T, name string, each func(paper)) {
	t.Helper()
	file, err := os.Open(filepath.Join("../../shared/data", name))
	if os.IsNotExist(err) {
		t.Skip("SKIPPED: ../shared/data is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(bufio.NewReader(file)); err != nil {
			t.Fatal(err)
		}
	}
	for rows := json.NewDecoder(r); ; {
		var p paper
		err := rows.Decode(&p)
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		each(p)
	}
}

func TestRealTextsKeepEveryWord(t *testing.T) {
	for _, name := range []string{
		"laws/laws_shandong.jsonl", "laws/laws.jsonl.gz", "policies/policies_housing.jsonl",
		"policies/policies_shanghai_tech.jsonl", "policies/policies_statecouncil.jsonl",
	} {
		papers(t, name, func(p paper) {
			if mustKeepText(t, p.Text); t.Failed() {
				t.Fatal(p.Title)
			}
		})
	}
}

var lineWithArticle = regexp.MustCompile(`(?m)^[ \t　]*第[零〇一二三四五六七八九十百千]+条`)

func TestRealLawsKeepTheirArticles(t *testing.T) {
	counted, found := 0, 0
	civil := map[string]int{}
	for _, name := range []string{"laws/laws_shandong.jsonl", "laws/laws.jsonl.gz"} {
		papers(t, name, func(p paper) {
			n := Structure(p.Text).Articles()
			counted, found = counted+len(lineWithArticle.FindAllString(p.Text, -1)), found+n
			if p.Title == "中华人民共和国民法典" {
				civil[p.Subtitle] = n
			}
		})
	}
	t.Logf("%d of %d articles", found, counted)
	if float64(found) < 0.995*float64(counted) || float64(found) > 1.005*float64(counted) {
		t.Errorf("found %d articles where %d lines begin with one", found, counted)
	}
	for part, want := range map[string]int{"物权编": 258, "合同编": 526, "人格权编": 51, "婚姻家庭编": 79, "侵权责任编": 95, "附则": 2} {
		if civil[part] != want {
			t.Errorf("the Civil Code's %s has %d articles, found %d", part, want, civil[part])
		}
	}
}

func TestHostileTextsAreReadInOnePass(t *testing.T) {
	const mega = 1 << 20
	many := func(s string, n int) string { return strings.Repeat(s, n/len(s)) }
	for name, text := range map[string]string{
		"pipes":             "|" + many("|", 100_000),
		"rows of pipes":     many("|a|b\n|", 100_000),
		"one wide row":      many("|a|\n", 100_000) + strings.Repeat("|", 150),
		"open brackets":     many("[", mega) + "](",
		"nested links":      many("[", mega/2) + many("](a.b)", mega/2),
		"addresses":         many("[a](b.", mega),
		"asterisks":         many("**a", mega),
		"pairs":             many("**a** ", mega),
		"one chapter":       many("第一章 总则\n", mega),
		"contents":          many("目录\n第一章 总则\n第二章 附则\n甲\n", mega),
		"contents unclosed": "目录\n" + many("甲乙\n", mega),
		"one article":       many("第一条 甲\n", mega),
		"numerals":          "第" + many("一", mega) + "条",
		"ordinals":          many("第一章 ", mega),
		"hashes":            many("#", mega),
		"blanks":            many("第　", mega),
		"one long line":     "第一条 " + many("甲", 10*mega),
		"many lines":        many("甲\n", 10*mega),
		"broken UTF-8":      many("\xff\xe4第一条\xb8", mega),
	} {
		t.Run(name, func(t *testing.T) { mustKeepText(t, text) })
	}
}

func FuzzStructure(f *testing.F) {
	f.Add("# 通知\n目　录\n第一章　总　则……1\n第一章　总　则\n第一条 为了\n（一）有；\n|a|b|\n|--|--|\n|c|\n")
	f.Add("一、总体\n第六条 甲\n二、**乙**[丙](http://a.b)\n附件\n第十二条之一")
	f.Fuzz(func(t *testing.T, text string) {
		body := mustKeepText(t, text)
		if again := Structure(text); len(again) != len(body) || again.Plain() != body.Plain() {
			t.Error("the same text gave two bodies")
		}
	})
}
