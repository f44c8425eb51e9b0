package handler

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yuandu/model"
	"yuandu/service/policy"
)

const (
	pageLength   = 20
	longestQuery = 200 // characters; search looks at no more
	mostChosen   = 50  // values of one filter
	groupFirst   = 8   // values shown before 更多
)

var filterNames = map[string]string{policy.ByDepartment: "部门", policy.ByTopic: "专题", policy.ByCategory: "文种",
	policy.ByYear: "年份", policy.ByValidity: "有效性"}

// listingOf reads an address that a person may have written by hand: what it
// cannot read it leaves out.
func listingOf(v url.Values) (l policy.Listing, number int) {
	text := []rune(strings.TrimSpace(v.Get("q")))
	l = policy.Listing{Text: string(text[:min(len(text), longestQuery)]), Filters: map[string][]string{},
		Sort: model.Relevance, Limit: pageLength}
	for _, name := range policy.Facets() {
		values := slices.DeleteFunc(slices.Clone(v[name]), func(value string) bool { return !canBe(name, value) })
		slices.Sort(values)
		if values = slices.Compact(values); len(values) > 0 {
			l.Filters[name] = values[:min(len(values), mostChosen)]
		}
	}
	if s := model.Sort(v.Get("sort")); s == model.Newest || s == model.Oldest {
		l.Sort = s
	}
	number, _ = strconv.Atoi(v.Get("page"))
	number = min(max(number, 1), model.MaxWindow/pageLength)
	l.Offset = (number - 1) * pageLength
	return l, number
}

// canBe says whether a filter can have a value.
func canBe(filter, value string) bool {
	switch filter {
	case policy.ByYear:
		year, err := strconv.Atoi(value)
		return err == nil && len(value) == 4 && year > 0
	case policy.ByValidity:
		return slices.Contains(model.Validities(), model.Validity(value))
	}
	return value != ""
}

// address is where a list is shown, from its first page, with one thing set
// otherwise.
func address(l policy.Listing, name string, values ...string) string {
	v := url.Values{}
	for filter, chosen := range l.Filters {
		v[filter] = chosen
	}
	if l.Text != "" {
		v.Set("q", l.Text)
	}
	if l.Sort != model.Relevance {
		v.Set("sort", string(l.Sort))
	}
	if v.Del(name); len(values) > 0 {
		v[name] = values
	}
	if len(v) == 0 {
		return "/policies"
	}
	return "/policies?" + v.Encode()
}

// turn sets where the pages before and behind this one are.
func (p *page) turn(l policy.Listing, number int) {
	p.From, p.To = l.Offset+1, l.Offset+len(p.Found.Items)
	p.First = address(l, "page")
	if number > 1 {
		p.Previous = address(l, "page", strconv.Itoa(number-1))
	}
	if p.To < p.Found.Total && p.To < model.MaxWindow {
		p.Next = address(l, "page", strconv.Itoa(number+1))
	}
}

// choice is a link that adds or takes away a filter.
type choice struct {
	Label, Address string
	Count          int
	On             bool
}

type filterGroup struct {
	Name, Label string
	First, Rest []choice
}

// addChosen adds the values that are chosen but found nothing, so that they
// can be taken away again.
func (h *handler) addChosen(ctx context.Context, l policy.Listing, found *policy.Page) error {
	for name, values := range l.Filters {
		absent := slices.DeleteFunc(slices.Clone(values), func(value string) bool {
			return slices.ContainsFunc(found.Facets[name], func(f policy.Facet) bool { return f.Value == value })
		})
		if len(absent) == 0 {
			continue
		}
		label, err := h.labels(ctx, name)
		if err != nil {
			return err
		}
		for _, value := range absent {
			found.Facets[name] = append(found.Facets[name], policy.Facet{Value: value, Label: label(value)})
		}
	}
	return nil
}

// labels says how the values of a filter are called.
func (h *handler) labels(ctx context.Context, filter string) (label func(value string) string, err error) {
	names := map[string]string{}
	switch filter {
	case policy.ByYear:
		return func(value string) string { return value + "年" }, nil
	case policy.ByValidity:
		return func(value string) string { return model.Validity(value).Name() }, nil
	case policy.ByTopic:
		topics, err := h.Directory.Topics(ctx)
		if err != nil {
			return nil, err
		}
		for _, t := range topics {
			names[t.ID] = t.Name
		}
	case policy.ByDepartment:
		departments, err := h.Directory.Departments(ctx)
		if err != nil {
			return nil, err
		}
		for _, d := range departments {
			names[d.ID] = d.Name
		}
	default:
		return func(value string) string { return value }, nil
	}
	return func(value string) string { return cmp.Or(names[value], "没有的"+filterNames[filter]) }, nil
}

// groups are the filters of a list as links, and those that are chosen.
func groups(l policy.Listing, found *policy.Page) (list []filterGroup, chosen []choice) {
	for _, name := range policy.Facets() {
		g := filterGroup{Name: name, Label: filterNames[name]}
		for _, f := range found.Facets[name] {
			c := choice{Label: f.Label, Count: f.Count, Address: toggled(l, name, f.Value),
				On: slices.Contains(l.Filters[name], f.Value)}
			if c.On {
				chosen = append(chosen, c)
			}
			if len(g.First) < groupFirst || c.On {
				g.First = append(g.First, c)
			} else {
				g.Rest = append(g.Rest, c)
			}
		}
		if len(g.First) > 0 {
			list = append(list, g)
		}
	}
	return list, chosen
}

func toggled(l policy.Listing, name, value string) string {
	kept := slices.DeleteFunc(slices.Clone(l.Filters[name]), func(held string) bool { return held == value })
	if len(kept) == len(l.Filters[name]) {
		kept = append(kept, value)
	}
	return address(l, name, kept...)
}

func sorts(l policy.Listing) []choice {
	return []choice{
		{Label: "最相关", Address: address(l, "sort"), On: l.Sort == model.Relevance},
		{Label: "最新", Address: address(l, "sort", "newest"), On: l.Sort == model.Newest},
		{Label: "最早", Address: address(l, "sort", "oldest"), On: l.Sort == model.Oldest},
	}
}
