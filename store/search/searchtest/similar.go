package searchtest

import (
	"context"
	"slices"
	"strings"

	"yuandu/model"
	"yuandu/store/search"
)

func like(grams string) search.Query {
	return search.Query{Kind: model.KindLetter, Mode: search.Similar, Text: grams}
}

func (c *check) similar() {
	c.first(like("暖气 不热 供热 公司"), ID("letter-heating"))
	c.first(like("孩子 红绿 绿灯 危险 没人"), ID("letter-road")) // 孩子 stands in two, the rest in one
	c.first(like("取暖 暖费 小区"), ID("letter-fee"))        // a title above a body
	found := c.find(like("暖气 量子 孩子 小区"))
	for _, gram := range []string{"暖气", "孩子", "小区"} {
		if found.Rarity[gram] <= 0 {
			c.Errorf("%s is held and has the rarity %v", gram, found.Rarity[gram])
		}
	}
	if _, held := found.Rarity["量子"]; held {
		c.Error("量子, which stands nowhere, has a rarity")
	}
	if found.Rarity["暖气"] < found.Rarity["小区"] {
		c.Errorf("暖气 in one letter is not rarer than 小区 in two: %v", found.Rarity)
	}
	if found := c.find(like("量子 计算 引力")); len(found.Hits) != 0 {
		c.Errorf("what stands nowhere finds\n  %s", c.names(idsOf(found.Hits)))
	}
	c.fewHits()
}

func (c *check) fewHits() {
	q := like("孩子 户口 小区 公积 租房 红绿")
	q.Limit = 2
	if found := c.find(q); len(found.Hits) != 2 {
		c.Errorf("two are asked for and %d given", len(found.Hits))
	}
	q.Limit = 1000
	ids := idsOf(c.find(q).Hits)
	slices.Sort(ids)
	if len(slices.Compact(slices.Clone(ids))) != len(ids) {
		c.Error("a letter is given twice")
	}
	for _, id := range ids {
		if !slices.ContainsFunc(c.docs, func(d search.Doc) bool { return d.ID == id && d.Kind == model.KindLetter }) {
			c.Errorf("letters were asked for, and %s is given", c.name(id))
		}
	}
}

func (c *check) similarFiltered() {
	rent := like("租房 提取 公积 积金")
	c.same("租房提取", c.found(rent), []string{ID("letter-rent"), ID("letter-lapsed")})
	rent.Filters = map[string][]string{search.ValidityFacet: {string(model.InForce), string(model.Amended)}}
	c.same("租房提取 as it holds", c.found(rent), []string{ID("letter-rent")})
	rent.Today = "2024-06-14"
	c.same("租房提取 the day before", c.found(rent), []string{ID("letter-rent"), ID("letter-lapsed")})
	children := like("孩子 小区")
	children.Filters = map[string][]string{"topic": {"education", "transport"}}
	c.same("孩子 of two topics", c.found(children), []string{ID("letter-school"), ID("letter-road")})
}

// alike asks as residents do: in other words than those that were answered.
func (c *check) alike() {
	synonyms := search.NewSynonyms(search.DefaultSynonyms())
	for asked, name := range map[string]string{
		"我家暖气一点都不热，该找谁反映呢？":        "letter-heating",
		"请问供暖费哪天开始缴":               "letter-fee", // 取暖费 by a synonym alone
		"在这里租房子，能不能提取公积金":          "letter-rent",
		"户口不在本地，小孩今年要上小学，去哪报名":     "letter-school",
		"你好，我想反映一下学校路口没红绿灯的问题，谢谢！": "letter-road",
		"": "", "？": "", "水": "", "🎉🎉🎉": "", "\x00": "", "的": "",
		"量子计算机什么时候能买到":                       "",
		strings.Repeat("外地户口孩子报名上小学。", 1000): "letter-school",
	} {
		got := c.askedAlike(asked, synonyms)
		switch {
		case name == "" && len(got) > 0:
			c.Errorf("%.60q is answered by %s", asked, c.name(got[0].ID))
		case name != "" && (len(got) == 0 || got[0].ID != ID(name)):
			c.Errorf("%.60q should be answered by %s and is by %v", asked, c.name(ID(name)), got)
		}
	}
}

func (c *check) askedAlike(text string, synonyms *search.Synonyms) []search.Alike {
	c.Helper()
	q := search.Question{Kind: model.KindLetter, Text: text, Today: Today, Limit: 3,
		Filters: map[string][]string{search.ValidityFacet: {string(model.InForce)}}}
	list, err := search.FindSimilar(c.Context(), c.index, q, synonyms, c.read)
	if err != nil {
		c.Fatalf("%q: %v", text, err)
	}
	return list
}

func (c *check) read(_ context.Context, hits []search.Hit) (pieces []search.Piece, err error) {
	for _, d := range c.docs {
		if slices.ContainsFunc(hits, func(h search.Hit) bool { return h.ID == d.ID }) {
			asked, text, _ := strings.Cut(d.Body, "\n")
			pieces = append(pieces, search.Piece{ID: d.ID, Title: d.Title, Asked: asked, Text: text})
		}
	}
	return pieces, nil
}
