package searchtest

import (
	"math/rand/v2"
	"slices"
	"sort"

	"yuandu/model"
	"yuandu/store/search"
)

// facets are all that answers count.
var facets = []string{"department", "topic", "category", "year", search.ValidityFacet}

// valuesOf are a document's values of a facet on a day.
func valuesOf(d *search.Doc, facet string, today model.Day) []string {
	if facet == search.ValidityFacet {
		return []string{string(d.Days.On(today))}
	}
	return d.Facets[facet]
}

// passes says whether a document passes all filters but the one of a name.
func passes(d *search.Doc, q search.Query, but string) bool {
	for name, wanted := range q.Filters {
		if name == but || len(wanted) == 0 {
			continue
		}
		if !slices.ContainsFunc(valuesOf(d, name, q.Today), func(v string) bool { return slices.Contains(wanted, v) }) {
			return false
		}
	}
	return true
}

// counts compares everything that an answer says about numbers with what comes
// of counting the documents that match its text one by one.
func (c *check) counts(q search.Query, matching []string) {
	c.Helper()
	q = usual(q)
	q.Facets = facets
	var pass []string
	want := map[string]map[string]int{}
	for _, f := range facets {
		want[f] = map[string]int{}
	}
	for i := range c.docs {
		d := &c.docs[i]
		if d.Kind != q.Kind || !slices.Contains(matching, d.ID) {
			continue
		}
		if passes(d, q, "") {
			pass = append(pass, d.ID)
		}
		for _, f := range facets {
			if passes(d, q, f) {
				for _, v := range valuesOf(d, f, q.Today) {
					want[f][v]++
				}
			}
		}
	}
	q.Limit = 100
	found := c.find(q)
	if found.Total != len(pass) {
		c.Errorf("%s on %s: the total is %d, not %d", say(q), q.Today, found.Total, len(pass))
	}
	c.same(say(q), c.found(q), pass)
	for _, f := range facets {
		c.sameBuckets(q, f, found.Facets[f], want[f])
	}
}

func (c *check) sameBuckets(q search.Query, facet string, got []search.Bucket, counts map[string]int) {
	c.Helper()
	want := []search.Bucket{}
	for v, n := range counts {
		want = append(want, search.Bucket{Value: v, Count: n})
	}
	sort.Slice(want, func(i, j int) bool {
		return want[i].Count > want[j].Count || want[i].Count == want[j].Count && want[i].Value < want[j].Value
	})
	if !slices.Equal(got, want) {
		c.Errorf("%s on %s counts for %s\n  %v, not\n  %v", say(q), q.Today, facet, got, want)
	}
}

// filtersAndCounts draws questions with any filters and compares them.
func (c *check) filtersAndCounts() {
	chance := rand.New(rand.NewPCG(11, 60))
	texts := []search.Query{{Mode: search.Browse}, {Mode: search.Browse}, all("险"), all("住房公积金"), all("补贴 申请"),
		{Mode: search.All, Text: "社保", Variants: []string{"社会保险", "养老保险"}}, {Mode: search.Any, Text: "退休 养老金 领取"},
		{Mode: search.Pinyin, Text: "zhufang"}, {Mode: search.Number, Text: "鸢政发|2021|5"}}
	matching := map[int][]string{}
	for range 80 {
		n := chance.IntN(len(texts))
		if _, asked := matching[n]; !asked {
			matching[n] = c.found(texts[n])
		}
		q := texts[n]
		q.Today = around[chance.IntN(len(around))]
		q.Sort = []model.Sort{search.Relevance, search.Newest, search.Oldest}[chance.IntN(3)]
		q.Filters = c.someFilters(chance)
		c.counts(q, matching[n])
		if c.Failed() {
			c.Fatal("the rest is not asked")
		}
	}
}

// someFilters draws up to four filters of up to three values that documents have.
func (c *check) someFilters(chance *rand.Rand) map[string][]string {
	filters := map[string][]string{}
	for range chance.IntN(5) {
		name := facets[chance.IntN(len(facets))]
		filters[name] = nil
		for range chance.IntN(4) {
			values := valuesOf(&c.docs[chance.IntN(len(c.docs))], name, Today)
			if len(values) > 0 {
				filters[name] = append(filters[name], values[chance.IntN(len(values))])
			}
		}
	}
	return filters
}

// validity asks on the days around a change and on some far away, none too.
func (c *check) validity() {
	for _, today := range append([]model.Day{"1999-12-31", "2020-01-01", "2026-12-31", "2099-01-01"}, around...) {
		for _, v := range model.Validities() {
			q := search.Query{Today: today, Filters: map[string][]string{search.ValidityFacet: {string(v)}}}
			want := c.matching(func(d *search.Doc) bool { return d.Days.On(today) == v })
			c.same(v.Name()+" on "+string(today), c.found(q), want)
		}
		c.counts(search.Query{Today: today}, c.matching(func(*search.Doc) bool { return true }))
	}
}

// inOrder wants an answer of the set in the order that is asked for. Documents
// without a day come last in either order.
func (c *check) inOrder(q search.Query, set []string) {
	c.Helper()
	q = usual(q)
	want := slices.Clone(set)
	published := map[string]model.Day{}
	for _, d := range c.docs {
		published[d.ID] = d.Published
	}
	sort.Slice(want, func(i, j int) bool {
		a, b := want[i], want[j]
		switch {
		case (published[a] == "") != (published[b] == ""):
			return published[b] == ""
		case q.Sort == search.Oldest:
			return published[a] < published[b] || published[a] == published[b] && a < b
		}
		return published[a] > published[b] || published[a] == published[b] && a > b
	})
	if got := idsOf(c.all(q, 100)); !slices.Equal(got, want) {
		at := 0
		for at < len(got) && at < len(want) && got[at] == want[at] {
			at++
		}
		c.Errorf("%s: from place %d on the order is\n  %s\nnot\n  %s", say(q), at,
			c.names(got[at:min(len(got), at+4)]), c.names(want[at:min(len(want), at+4)]))
	}
}

func (c *check) sorting() {
	for _, q := range []search.Query{{Mode: search.Browse}, all("办法"), all("险"), {Mode: search.Any, Text: "退休 养老金 领取"},
		{Mode: search.Number, Text: "鸢政发|2021|5"}, {Mode: search.Pinyin, Text: "gongjijin"}} {
		set := c.found(q)
		for _, q.Sort = range []model.Sort{search.Newest, search.Oldest} {
			c.inOrder(q, set)
		}
	}
}

// paging reads answers in steps of 7 and wants what one large page holds.
func (c *check) paging() {
	for _, q := range []search.Query{{Mode: search.Browse}, all("办法"), all("险"), all("住房 公积金"),
		{Mode: search.Any, Text: "住房 公积金 租房 提取"},
		{Mode: search.All, Text: "社保", Variants: []string{"社会保险", "公积金"}}, {Mode: search.Pinyin, Text: "zhufang"}} {
		for _, q.Sort = range []model.Sort{search.Relevance, search.Newest, search.Oldest} {
			if whole, paged := idsOf(c.all(q, 1000)), idsOf(c.all(q, 7)); !slices.Equal(whole, paged) {
				c.Errorf("%s: in steps of 7 the order is another one than on one page", say(q))
			}
		}
	}
}
