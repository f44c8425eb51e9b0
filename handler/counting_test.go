package handler_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"yuandu/handler"
)

// tree knows which offices are above which.
type tree map[string]string // the parent of each

func (h *house) tree(t testing.TB) tree {
	t.Helper()
	parents := tree{}
	for _, d := range read[handler.DepartmentPage](t, h, "GET /api/v1/departments").Items {
		parents[d.ID] = d.ParentID
	}
	return parents
}

// values are what a document has for a filter; an office's documents are those
// of all above it too.
func (tr tree) values(i handler.PolicyItem, filter string) []string {
	switch filter {
	case "department":
		var list []string
		for _, d := range i.Departments {
			for at := d.ID; at != "" && !slices.Contains(list, at); at = tr[at] {
				list = append(list, at)
			}
		}
		return list
	case "topic":
		var list []string
		for _, topic := range i.Topics {
			list = append(list, topic.ID)
		}
		return list
	case "category":
		return []string{i.Category}
	case "year":
		if i.PublishedDate == "" {
			return nil
		}
		return []string{i.PublishedDate[:4]}
	}
	return []string{i.Validity}
}

// counted is what filters leave of a list.
type counted struct {
	total  int
	facets map[string]map[string]int
}

func (tr tree) count(items []handler.PolicyItem, filters url.Values) counted {
	c := counted{facets: map[string]map[string]int{}}
	passes := func(i handler.PolicyItem, but string) bool {
		for filter, chosen := range filters {
			has := tr.values(i, filter)
			if filter != but && !slices.ContainsFunc(chosen, func(v string) bool { return slices.Contains(has, v) }) {
				return false
			}
		}
		return true
	}
	for _, filter := range filterNames {
		c.facets[filter] = map[string]int{}
		for _, i := range items {
			if !passes(i, filter) {
				continue
			}
			for _, v := range tr.values(i, filter) {
				c.facets[filter][v]++
			}
		}
	}
	for _, i := range items {
		if passes(i, "") {
			c.total++
		}
	}
	return c
}

var filterNames = []string{"department", "topic", "category", "year", "validity"}

// combination is a question with filters.
type combination struct {
	q       string
	filters url.Values
}

func (c combination) encode() string {
	v := url.Values{"q": {c.q}, "limit": {"3"}}
	for name, values := range c.filters {
		v[name] = values
	}
	return v.Encode()
}

func (c combination) String() string { return fmt.Sprintf("%q with %v", c.q, c.filters) }

// combinations draws questions and filters by chance, always the same.
func combinations(h *house, n int) []combination {
	chance := rand.New(rand.NewPCG(2026, 1124))
	questions := []string{"", "", "养老", "办法", "鸢都市", "通知", "补贴", "公积金", "鸢政发", "yanglao", "養老", "社保", "国办发〔2018〕123号",
		"鸢政发2023", "养劳", "退休后养老金怎么领取", "住房 管理", "没有这样的词"}
	choices := map[string][]string{
		"department": {h.ids["鸢都市人民政府"], h.ids["鸢都市人力资源和社会保障局"], h.ids["鸢都市社会保险事业中心"], h.ids["鸢都市民政局"],
			h.ids["鸢都市住房和城乡建设局"], h.ids["鸢都市教育局"], h.ids["国务院办公厅"], "nowhere"},
		"topic":    strings.Fields("elderly housing education employment medical consumer nothing"),
		"category": strings.Fields("办法 通知 意见 细则 其他 没有"),
		"year":     strings.Fields("2015 2019 2020 2023 2024 2025 2026 1999"),
		"validity": strings.Fields("pending in_force amended expired repealed"),
	}
	list := make([]combination, n)
	for i := range list {
		list[i] = combination{questions[chance.IntN(len(questions))], url.Values{}}
		for _, filter := range filterNames {
			for chance.IntN(3) == 0 {
				list[i].filters.Add(filter, choices[filter][chance.IntN(len(choices[filter]))])
			}
		}
	}
	return list
}
