package search

import (
	"regexp"
	"strconv"
	"strings"

	"yuandu/model"
)

// wording is one way of putting a question to Meilisearch. A document answers
// the question when it answers one of its wordings.
type wording struct {
	text   string  // code words, all of which a document must have
	filter string  // and what else must be true of it, "" for nothing
	weight float64 // of its score against the other wordings'
}

// wordings are those of a query in every mode but Any, whose words the server
// must be asked about first. None means that nothing can answer.
func wordings(q Query) []wording {
	switch q.Mode {
	case Browse:
		return []wording{{weight: 1}}
	case All:
		var all []wording
		for _, text := range append([]string{q.Text}, q.Variants...) {
			if code := codeText(strings.Fields(text)); code != "" {
				all = append(all, wording{text: code, weight: 1})
			}
		}
		return all
	case Number:
		if q.Text != "" {
			return []wording{{text: keyCode(q.Text), weight: 1}}
		}
	case Pinyin:
		if q.Text != "" {
			return []wording{{filter: "pinyin STARTS WITH " + quote(q.Text), weight: 1}}
		}
	}
	return nil
}

// serverWords is how many words of a question Meilisearch looks at; it drops
// the rest without a word. A phrase is one of them, whatever it holds.
const serverWords = 10

// codeText puts words into code. Where they are too many, each becomes a
// phrase, and the last phrase takes what is left of them; a phrase's words must
// stand in the same attribute, but need not be neighbours there. As many of the
// code words as there is room for stand beside the phrases: they rank better.
func codeText(words []string) string {
	var plain, phrases []string
	seen := map[string]bool{}
	for _, word := range words {
		var phrase []string
		for _, gram := range queryGrams(word) {
			code := codeWord(gram)
			phrase = append(phrase, code)
			if !seen[code] {
				seen[code] = true
				plain = append(plain, code)
			}
		}
		switch {
		case len(phrase) == 0:
		case len(phrases) < serverWords/2:
			phrases = append(phrases, strings.Join(phrase, " "))
		default:
			phrases[len(phrases)-1] += " " + strings.Join(phrase, " ")
		}
	}
	if len(plain) <= serverWords {
		return strings.Join(plain, " ")
	}
	return `"` + strings.Join(phrases, `" "`) + `" ` + strings.Join(plain[:serverWords-len(phrases)], " ")
}

// facetShape is that of a facet's name. One of any other shape has no values.
var facetShape = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}$`)

// nothing is a condition that no document meets.
const nothing = "days.effective < 0"

// conditions are a query's filters as Meilisearch writes them, by name.
func conditions(q Query) map[string]string {
	all := map[string]string{}
	for name, values := range q.Filters {
		switch {
		case len(values) == 0:
		case name == ValidityFacet:
			var any []string
			for _, v := range values {
				any = append(any, validityIs(model.Validity(v), q.Today))
			}
			all[name] = either(any...)
		case !facetShape.MatchString(name):
			all[name] = nothing
		default:
			var quoted []string
			for _, v := range values {
				quoted = append(quoted, quote(v))
			}
			all[name] = "facets." + name + " IN [" + strings.Join(quoted, ", ") + "]"
		}
	}
	return all
}

// but joins all conditions except the one of a name.
func but(conditions map[string]string, name string) string {
	var rest []string
	for n, c := range conditions {
		if n != name {
			rest = append(rest, c)
		}
	}
	return both(rest...)
}

// validityIs says for which documents model.Days.On(today) is v: its cases, in
// its order, the first that applies.
func validityIs(v model.Validity, today model.Day) string {
	day := strconv.Itoa(today.Number())
	cases := []struct {
		is   model.Validity
		when string
	}{
		{model.Repealed, "days.repealed > 0 AND days.repealed <= " + day},
		{model.Expired, "days.expiry > 0 AND days.expiry < " + day},
		{model.Repealed, "days.repealed = 0 AND days.stated = repealed"},
		{model.Expired, "days.expiry = 0 AND days.stated = expired"},
		{model.Pending, "days.effective > " + day},
		{model.Amended, "(days.amended > 0 AND days.amended <= " + day + ") OR days.stated = amended"},
		{model.InForce, "days.effective >= 0"}, // always so
	}
	var mine, before []string
	for _, c := range cases {
		if c.is == v {
			mine = append(mine, both(append(before, "("+c.when+")")...))
		}
		before = append(before, "NOT ("+c.when+")")
	}
	if len(mine) == 0 {
		return nothing
	}
	return either(mine...)
}

func both(conditions ...string) string { return joined(conditions, " AND ") }

func either(conditions ...string) string { return joined(conditions, " OR ") }

func joined(conditions []string, by string) string {
	var said []string
	for _, c := range conditions {
		if c != "" {
			said = append(said, "("+c+")")
		}
	}
	return strings.Join(said, by)
}

var quoting = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// quote makes a value of whatever it is given.
func quote(value string) string { return `"` + quoting.Replace(value) + `"` }

// order is the sort of a query; "" leaves it to the ranking.
func order(s model.Sort) []string {
	switch s {
	case Newest:
		return []string{"published:desc", "id:desc"}
	case Oldest:
		return []string{"published:asc", "id:asc"}
	}
	return nil
}
