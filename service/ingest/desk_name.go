package ingest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"yuandu/model"
	"yuandu/store"
)

// name is by what the document of a row is known: number and title; where it has
// no number, title and day.
type name struct {
	kind          model.Kind
	number, title string
	day           model.Day
}

func nameOf(row Row) name {
	v := row.Values
	if row.isAgenda() {
		return name{model.KindMeeting, "", v[MeetingName], model.Day(v[MeetingDay])}
	}
	return name{kindOf(row), v[DocNumber], titleOf(v), model.Day(cmp.Or(v[PublishedDate], v[WrittenDate]))}
}

// key tells the rows of one file apart. Of two without a number that have one
// title and one day, the text decides.
func (n name) key(row Row) string {
	if number := model.NumberKey(n.number); number != "" {
		return strings.Join([]string{string(n.kind), number, n.title}, "\x1f")
	}
	sum := sha256.Sum256([]byte(row.Values[Text] + row.Values[AgendaTitle]))
	return strings.Join([]string{string(n.kind), n.title, string(n.day), hex.EncodeToString(sum[:])}, "\x1f")
}

// is says whether a document here is the one that is meant. A day that is not
// known is no difference.
func (n name) is(here store.Namesake) bool {
	number := model.NumberKey(n.number)
	if here.Title != n.title || model.NumberKey(here.DocNumber) != number {
		return false
	}
	return number != "" || n.day == "" || here.Day == "" || n.day == here.Day
}

// among is the document that is meant among some, nil where it is not there.
func (n name) among(namesakes []store.Namesake) *model.ImportHere {
	for _, here := range namesakes {
		if n.is(here) {
			return &model.ImportHere{Kind: here.Kind, ID: here.ID, Stage: here.Stage}
		}
	}
	return nil
}

// warnings are of documents here that share a number or a title with the one that
// is meant.
func (n name) warnings(namesakes []store.Namesake) (list []model.ImportWarning) {
	key := model.NumberKey(n.number)
	for _, here := range namesakes {
		if key != "" && key == model.NumberKey(here.DocNumber) {
			return []model.ImportWarning{{Code: model.OddNumberTaken, Args: map[string]any{"number": n.number, "title": here.Title}}}
		}
		if here.Title == n.title {
			told := cmp.Or(here.DocNumber, string(here.Day))
			list = []model.ImportWarning{{Code: model.OddTitleTaken, Args: map[string]any{"number": told}}}
		}
	}
	return list
}
