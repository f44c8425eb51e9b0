package searchtest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store/search"
)

func all(text string) search.Query { return search.Query{Mode: search.All, Text: text} }

// holds says whether a word stands in the title, the keywords or the body.
func holds(d *search.Doc, word string) bool {
	return strings.Contains(search.Fold(d.Title+"\n"+strings.Join(d.Keywords, "\n")+"\n"+d.Body), search.Fold(word))
}

// words wants exactly the documents of one and two characters, and no document
// missing of longer words, which engines may know by their parts.
func (c *check) words() {
	for _, word := range []string{"险", "金", "办", "养老", "住房", "公积", "社保", "失业", "补贴", "待遇",
		"公积金", "居住证", "供水价", "以旧换", "养老保险", "社会保险", "食品安全", "安全生产", "租房提取", "行政复议"} {
		want := c.matching(func(d *search.Doc) bool { return holds(d, word) })
		if len(want) == 0 {
			c.Fatalf("no document holds %s: the fixture is wrong", word)
		}
		got := c.found(all(word))
		if utf8.RuneCountInString(word) <= 2 {
			c.same(word, got, want)
			continue
		}
		for _, id := range missing(want, got) {
			c.Errorf("%s does not find %s", word, c.name(id))
		}
		if more := len(missing(got, want)); more > 0 {
			c.Logf("%s: %d documents hold it, %d more hold its parts", word, len(want), more)
		}
	}
	if got := c.found(all("量子计算")); len(got) > 0 {
		c.Errorf("量子计算, which stands nowhere, finds\n  %s", c.names(got))
	}
}

// titlePieces asks for random pieces of titles and measures, by their length,
// which part of the titles that hold them is found.
func (c *check) titlePieces() {
	chance := rand.New(rand.NewPCG(7, 500))
	asked, recall := map[int]int{}, map[int]float64{}
	for range 500 {
		piece := somePiece(chance, c.docs[chance.IntN(len(c.docs))].Title)
		want := c.matching(func(d *search.Doc) bool { return strings.Contains(search.Fold(d.Title), piece) })
		if len(want) == 0 { // a piece of an interpretation's title
			continue
		}
		gone := missing(want, c.found(all(piece)))
		n := utf8.RuneCountInString(piece)
		asked[n]++
		recall[n] += 1 - float64(len(gone))/float64(len(want))
		if len(gone) > 0 {
			c.Logf("%s does not find\n  %s", piece, c.names(gone))
		}
	}
	for n, times := range asked {
		least, named := c.opts.TitleRecall[n]
		if !named {
			least = 1
		}
		if mean := recall[n] / float64(times); mean < least {
			c.Errorf("pieces of %d characters find %.3f of the titles that hold them, not %.2f (%d pieces)", n, mean, least, times)
		}
	}
}

// somePiece is one to six characters of a title that stand together, with
// nothing but characters in them, or a whole word of letters and digits.
func somePiece(chance *rand.Rand, title string) string {
	runs := strings.FieldsFunc(search.Fold(title), func(r rune) bool { return !unicode.Is(unicode.Han, r) })
	run := []rune(runs[chance.IntN(len(runs))])
	n := min(len(run), 1+chance.IntN(6))
	from := chance.IntN(len(run) - n + 1)
	return string(run[from : from+n])
}

func (c *check) suffix() {
	for word, name := range map[string]string{"处理": "case-list",
		"清单": "case-list", "单": "case-list", "牧场": "ranch-title", "流程": "abbreviated"} {
		if !slices.Contains(c.found(all(word)), ID(name)) {
			c.Errorf("%s does not find %s", word, c.name(ID(name)))
		}
	}
}

func (c *check) otherWriting() {
	for _, text := range []string{"养老院", "養老院", "灭火器", "滅火器", "关于养老院消防", "ＧＢ", "gb/t"} {
		want := ID("traditional")
		if strings.HasPrefix(search.Fold(text), "gb") {
			want = ID("letters")
		}
		if !slices.Contains(c.found(all(text)), want) {
			c.Errorf("%s does not find %s", text, c.name(want))
		}
	}
}

func (c *check) latin() {
	for text, want := range map[string][]string{
		"9704": {"letters"}, "PDF": {"letters"}, "16": {"letters"}, "5g": {"five-g"},
		"5G基站": {"five-g"}, "20 18": {"five-g"},
		"2018": {"cites-only"}, "97": {}, "970": {}, // not half a word, and not two words read as one
	} {
		var ids []string
		for _, name := range want {
			ids = append(ids, ID(name))
		}
		c.same(text, c.found(all(text)), ids)
	}
}

func (c *check) keywords() {
	c.same("消防救援支队", c.found(all("消防救援支队")), []string{ID("keyword")})
	c.same("社会保险服务中心", c.found(all("社会保险服务中心")), []string{ID("claim")})
}

func (c *check) everyWord() {
	c.same("领取 退休", c.found(all("领取 退休")), []string{ID("claim")})
	c.same("社保 十二个档次", c.found(all("社保 十二个档次")), []string{ID("pension")})
	c.same("领取 量子", c.found(all("领取 量子")), nil)
	c.same("many words, in one document",
		c.found(all("保障 城乡居民 老有所养 根据 有关法律 制定 本办法 参保人 年满 六十周岁 按月 领取 养老金 个人 缴费标准")), []string{ID("pension")})
	c.same("a whole sentence", c.found(all("为了保障城乡居民老有所养")), []string{ID("pension")})
	c.same("a whole sentence that stands nowhere", c.found(all("为了保障城乡居民老有所依")), nil)
}

func (c *check) titleAboveBody() {
	c.first(all("海洋牧场"), ID("ranch-title"), ID("ranch-body"))
}

func (c *check) phraseAboveScattered() {
	c.first(all("养老 服务 补贴"), ID("phrase"), ID("scattered"))
	c.first(all("服务补贴"), ID("phrase"))
}

func (c *check) titlesAlone() {
	q := all("海洋牧场")
	q.TitleOnly = true
	c.same("海洋牧场 in titles", c.found(q), []string{ID("ranch-title")})
	for _, word := range []string{"险", "补贴", "养老", "公积金"} {
		q.Text = word
		c.same(word+" in titles", c.found(q),
			c.matching(func(d *search.Doc) bool { return strings.Contains(search.Fold(d.Title), word) }))
	}
}

func (c *check) variants() {
	q := all("社保")
	alone := c.found(q)
	if slices.Contains(alone, ID("synonym")) {
		c.Fatalf("社保 finds %s without a variant: the fixture is wrong", c.name(ID("synonym")))
	}
	q.Variants = []string{"社会保险"}
	both := c.found(q)
	c.same("社保 or 社会保险", both, union(alone, c.found(all("社会保险"))))
	c.counts(q, both)
	q.Variants = []string{"社会保险", "养老 保险", "公积金", "量子计算"}
	five := c.found(q)
	c.same("five wordings", five, union(both, c.found(all("养老 保险")), c.found(all("公积金"))))
	c.counts(q, five)
	for _, sort := range []model.Sort{search.Newest, search.Oldest} {
		q.Sort = sort
		c.inOrder(q, five)
	}
}

func union(sets ...[]string) []string {
	var all []string
	for _, set := range sets {
		all = append(all, set...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (c *check) number() {
	ask := func(key string) search.Query { return search.Query{Mode: search.Number, Text: key} }
	cited := c.matching(func(d *search.Doc) bool { return slices.Contains(d.Cites, "鸢政发|2021|5") })
	found := c.first(ask("鸢政发|2021|5"), ID("pension"))
	if found.Total != 1+len(cited) {
		c.Errorf("鸢政发〔2021〕5号 finds %d documents, not itself and the %d that cite it", found.Total, len(cited))
	}
	c.same("鸢政发〔2021〕5号", c.found(ask("鸢政发|2021|5")), union(cited, []string{ID("pension")}))
	c.counts(ask("鸢政发|2021|5"), union(cited, []string{ID("pension")}))
	c.same("a number that is only cited", c.found(ask("鸢发改|2018|77")), []string{ID("cites-only")})
	c.same("an order", c.found(ask("国务院令|0|711")), []string{ID("cites-pension-too")})
	c.same("a number that nobody has", c.found(ask("鸢政发|2021|555")), nil)
	for _, d := range c.docs {
		if d.NumberKey != "" && d.Kind == model.KindPolicy {
			c.first(ask(d.NumberKey), d.ID)
		}
	}
}

func (c *check) numberLead() {
	for _, lead := range []string{"鸢政发|2021|", "鸢政发|2022|", "鸢政办发|2021|", "鸢政发|2020|", "鸢政|2021|"} {
		want := c.matching(func(d *search.Doc) bool { return strings.HasPrefix(d.NumberKey, lead) })
		c.same(lead, c.found(search.Query{Mode: search.Number, Text: lead}), want)
	}
}

func (c *check) pinyin() {
	for typed, name := range map[string]string{
		"yanglaobaoxian": "pension", "jibenyanglao": "pension", "haiyangmuchang": "ranch-title", "haiyangmuc": "ranch-title",
		"hymc": "ranch-title", "cjdbhs": "", "muchang": "ranch-title", "shebaoka": "abbreviated", "daichuli": "case-list",
		"aiyangmuchang": "", "yangmucha": "ranch-title", "anglao": "",
	} {
		got := c.found(search.Query{Mode: search.Pinyin, Text: typed})
		switch {
		case name == "" && len(got) > 0:
			c.Errorf("pinyin %s begins at no character and finds\n  %s", typed, c.names(got))
		case name != "" && !slices.Contains(got, ID(name)):
			c.Errorf("pinyin %s does not find %s", typed, c.name(ID(name)))
		}
	}
	want := c.matching(func(d *search.Doc) bool {
		return slices.Contains(search.PinyinTerms(d.Title), "gongjijin") || hasTerm(d.Title, "gongjijin")
	})
	c.same("pinyin gongjijin", c.found(search.Query{Mode: search.Pinyin, Text: "gongjijin"}), want)
	c.counts(search.Query{Mode: search.Pinyin, Text: "gongjijin"}, want)
}

func hasTerm(title, beginning string) bool {
	return slices.ContainsFunc(search.PinyinTerms(title), func(term string) bool { return strings.HasPrefix(term, beginning) })
}

func (c *check) plainLanguage() {
	some := func(text string) search.Query { return search.Query{Mode: search.Any, Text: text} }
	c.first(some("退休 养老金 领取"), ID("claim"))
	c.first(some("退休 养老金 怎么 领取"), ID("claim"))
	c.first(some("孩子 社保卡 换领 流程"), ID("abbreviated"))
	c.first(some("海洋牧场 规划 期限 量子"), ID("ranch-title"))
	if found := c.find(some("量子 计算 引力波")); found.Total != 0 {
		c.Errorf("words that stand nowhere find %d documents", found.Total)
	}
	q := some("退休 养老金 领取")
	c.counts(q, c.found(q))
	q.Text = "供水 公章" // each alone is a good part
	c.counts(q, c.found(q))
	q.Text = "失业 保险金 申领 就业 见习 贷款 贴息 租房"
	c.counts(q, c.found(q))
	if strange := c.found(some("退休后养老金怎么领取")); !slices.Contains(strange, ID("claim")) {
		c.Errorf("a question that nobody has cut into words does not find %s", c.name(ID("claim")))
	}
}

func (c *check) browsing() {
	everything := c.matching(func(*search.Doc) bool { return true })
	q := search.Query{Mode: search.Browse, Text: "is not looked at"}
	c.same("browsing", c.found(q), everything)
	c.inOrder(q, everything)
	c.counts(q, everything)
	found := c.find(search.Query{Mode: search.Browse, Offset: len(everything) + 10})
	if len(found.Hits) != 0 || found.Total != len(everything) {
		c.Errorf("past the end there are %d hits of %d, not 0 of %d", len(found.Hits), found.Total, len(everything))
	}
}

func (c *check) kinds() {
	want := []string{}
	for _, d := range c.docs {
		if d.Kind == model.KindInterpretation {
			want = append(want, d.ID)
		}
	}
	c.same("browsing interpretations", c.found(search.Query{Kind: model.KindInterpretation}), want)
	c.same("基本养老保险 in interpretations",
		c.found(search.Query{Kind: model.KindInterpretation, Mode: search.All, Text: "基本养老保险"}), []string{ID("interpretation")})
}

// hostile wants every question to be one, whatever stands in it.
func (c *check) hostile() {
	long := strings.Repeat("关于进一步做好住房公积金工作的通知，", 600)
	texts := []string{`" OR 1=1`, `id = "x"`, `AND NEAR *`, `"养老`, `养老"`, `\`, `\"`, `'; DROP TABLE policies; --`, `(((`, `*`, `**`, `?`, `~`,
		`-养老`, `+养老 -保险`, `title:养老`, `^5`, `养老^8`, `{"$ne":1}`, `🎉`, "👨‍👩‍👧‍👦 补贴", "\x00", "养老\x00保险", "\xff\xfe", "\u202e倒", "\u200b",
		" ", "　", "\t\n", "|", "鸢政发|", "a|b|c|", "%", "_", "%E5%85%BB", "<script>alert(1)</script>", strings.Repeat("养", search.MaxText),
		string([]rune(long)[:search.MaxText]), strings.Repeat("a", search.MaxText), strings.Repeat("险 ", 100), strings.Repeat(`" `, 100),
		"𠮷野家", "AND", "OR NOT", "TO", "EXISTS", "IN [", "]", "_geoRadius(1,2,3)", "q", "q q q"}
	for _, text := range texts {
		for _, mode := range []search.Mode{search.Browse, search.All, search.Any, search.Number, search.Pinyin, search.Similar} {
			c.find(search.Query{Mode: mode, Text: text, Variants: []string{text, "养老"}, TitleOnly: mode == search.Any})
		}
		for name, values := range map[string][]string{"category": {text}, "department": {"city", text},
			search.ValidityFacet: {text}, "nosuch": {text}, text: {"x"}} {
			q := search.Query{Filters: map[string][]string{name: values}, Facets: []string{"category", "nosuch", text}}
			if found := c.find(q); name != "department" && found.Total != 0 {
				c.Errorf("the filter %s=%q lets %d documents pass", name, text, found.Total)
			}
		}
	}
	c.same("a category of quotes and backslashes",
		c.found(search.Query{Filters: map[string][]string{"category": {`他说"好"\ OR 1=1`}}}),
		[]string{ID("quoted-category")})
}

func (c *check) hitFields() {
	found := c.find(search.Query{Mode: search.Browse, Limit: 1000})
	for _, h := range found.Hits {
		i := slices.IndexFunc(c.docs, func(d search.Doc) bool { return d.ID == h.ID })
		d := c.docs[i]
		want := search.Hit{ID: d.ID, Version: d.Version, Score: h.Score, Title: d.Title, NumberKey: d.NumberKey,
			Published: d.Published, Days: d.Days}
		if h != want {
			c.Errorf("the hit of %s is\n  %+v, not\n  %+v", c.name(d.ID), h, want)
		}
	}
}
