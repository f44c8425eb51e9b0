package model

import "slices"

// Clause is a piece of a draft that one can speak to (征求意见稿的一条): an article or,
// in a draft without articles, a heading with what follows it. Its ID stays through
// every later text of the draft, whatever its number becomes.
type Clause struct {
	ID       string
	Anchor   string // where it stands in the text
	Label    string // 第十二条, or how its text begins
	Text     string // all of it, in plain text
	Into     string // where it went, "" while it stands: another clause that took it in, or none
	Gone     bool   // it does not stand in the draft any more
	Position int
}

// clauseLabel is how many characters of a text stand for its label.
const clauseLabel = 18

// ClausesOf are the pieces of a text that one can speak to, in their order, without IDs.
func ClausesOf(body Body) []Clause {
	var list []Clause
	articles := body.Articles() > 0
	for _, part := range body.Parts() {
		head := part[0]
		if articles && head.Kind != BlockArticle || head.Anchor == "" {
			continue
		}
		list = append(list, Clause{Anchor: head.Anchor, Label: labelOf(head), Text: part.Plain(), Position: len(list)})
	}
	return list
}

func labelOf(head Block) string {
	if head.Kind == BlockArticle && head.Label != "" {
		return head.Label
	}
	return Shortened(head.Label+head.Text, clauseLabel)
}

// Shortened is the beginning of a text, with … where something is left out.
func Shortened(text string, most int) string {
	for at := range text {
		if most--; most < 0 {
			return text[:at] + "…"
		}
	}
	return text
}

// StandingClauses are the clauses that stand in the draft, in their order.
func StandingClauses(list []Clause) []Clause {
	return slices.DeleteFunc(slices.Clone(list), func(c Clause) bool { return c.Gone })
}

// ClauseOf is a clause by its ID, nil where there is none.
func ClauseOf(list []Clause, id string) *Clause {
	if n := slices.IndexFunc(list, func(c Clause) bool { return c.ID == id }); n >= 0 {
		return &list[n]
	}
	return nil
}
