package ingest

import (
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

// firstDay is the founding of the republic: days before it are slips.
const firstDay model.Day = "1949-10-01"

// odd is what of a row somebody should look at, though it can be taken. The code
// is the end of that of its sentence.
func (r *reading) odd(row Row) (list []model.ImportWarning) {
	if row.isAgenda() {
		return r.oddAgenda(row)
	}
	when := func(odd bool, code model.ImportOdd, args map[string]any) {
		if odd {
			list = append(list, model.ImportWarning{Code: code, Args: args})
		}
	}
	v := row.Values
	today := model.Today(r.clock.Now())
	when(v[DocNumber] != "" && model.NumberKey(v[DocNumber]) == "", model.OddNumber, map[string]any{"number": v[DocNumber]})
	for _, c := range []Column{WrittenDate, PublishedDate} {
		when(model.Day(v[c]) > today, model.OddFuture, map[string]any{"column": c.Name(), "day": v[c]})
	}
	for _, c := range []Column{WrittenDate, PublishedDate, EffectiveDate, ExpiryDate} {
		when(v[c] != "" && model.Day(v[c]) < firstDay, model.OddOld, map[string]any{"column": c.Name(), "day": v[c]})
	}
	when(v[PublishedDate] != "" && v[WrittenDate] > v[PublishedDate], model.OddWrittenAfter, nil)
	when(v[ExpiryDate] != "" && v[ExpiryDate] < v[EffectiveDate], model.OddExpiresBefore, nil)
	for _, name := range unknownIssuers(r.known, row) {
		when(true, model.OddIssuer, map[string]any{"name": name})
	}
	return list
}

func unknownIssuers(known offices, row Row) (names []string) {
	for _, name := range issuersOf(row.Values[Issuer]) {
		if _, is := known[name]; !is {
			names = append(names, name)
		}
	}
	return names
}

// alikeFrom is how many characters the ends of two names have to share.
const alikeFrom = 4

// like is the ID of the one department whose name ends as this one does: 市住建局
// for 鸢都市住建局. "" where there is none, or more than one.
func (o offices) like(name string) (id string) {
	longest := 0
	for known, d := range o {
		shared := min(utf8.RuneCountInString(known), utf8.RuneCountInString(name))
		switch {
		case shared < alikeFrom || shared < longest || !strings.HasSuffix(known, name) && !strings.HasSuffix(name, known):
		case shared == longest && id != d.ID:
			id = ""
		default:
			longest, id = shared, d.ID
		}
	}
	return id
}
