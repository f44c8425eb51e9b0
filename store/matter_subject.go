package store

import (
	"strings"

	"yuandu/model"
)

// matterSubject is what a kind of document gives to the line of life of a matter: its
// public rows, joined to a link l, and what of them is shown. Only what has such a row is
// public now.
type matterSubject struct {
	kind              model.Kind
	join              string
	there             string // that it is public
	title, within, on string
	reported          string // the day on which a second step came of it
	event, cancelled  string // of what kind an event is, and why it does not take place
}

func matterSubjects(d dialect) []matterSubject {
	return []matterSubject{
		{model.KindPolicy, `LEFT JOIN policies lp ON l.kind = 'policy' AND lp.id = l.document_id`,
			`lp.id IS NOT NULL`, `lp.title`, `lp.doc_number`, `coalesce(nullif(lp.published_date, ''), lp.written_date)`, `''`, `''`, `''`},
		{model.KindInterpretation, `LEFT JOIN interpretations li ON l.kind = 'interpretation' AND li.id = l.document_id`,
			`li.id IS NOT NULL`, `li.title`, `''`, `li.published_date`, `''`, `''`, `''`},
		{model.KindMeeting, `LEFT JOIN meetings lm ON l.kind = 'meeting' AND lm.id = l.document_id
			LEFT JOIN agenda_items la ON l.item_id <> '' AND la.id = l.item_id AND la.meeting_id = l.document_id`,
			`lm.id IS NOT NULL AND (l.item_id = '' OR la.id IS NOT NULL)`, `coalesce(la.title, lm.title)`,
			`CASE WHEN l.item_id = '' THEN '' ELSE lm.title END`, `lm.day`, `''`, `''`, `''`},
		{model.KindConsultation, `LEFT JOIN consultations lc ON l.kind = 'consultation' AND lc.id = l.document_id`,
			`lc.id IS NOT NULL`, `lc.title`, `''`, `lc.opens`, `lc.report_day`, `''`, `''`},
		{model.KindEvent, `LEFT JOIN events le ON l.kind = 'event' AND le.id = l.document_id`,
			`le.id IS NOT NULL`, `le.title`, `le.place`, d.day("le.begins_at"), `''`, `le.kind`, `le.cancelled`},
		{model.KindGazette, `LEFT JOIN gazette_issues lg ON l.kind = 'gazette' AND lg.id = l.document_id
			LEFT JOIN gazette_pieces lgp ON l.item_id <> '' AND lgp.id = l.item_id AND lgp.issue_id = l.document_id`,
			`lg.id IS NOT NULL AND (l.item_id = '' OR lgp.id IS NOT NULL)`, `coalesce(lgp.title, lg.title)`,
			`CASE WHEN l.item_id = '' THEN '' ELSE lg.title END`, `lg.day`, `''`, `''`, `''`},
	}
}

// joinedSubjects joins to links what is public of them.
func joinedSubjects(d dialect) string {
	var joins []string
	for _, s := range matterSubjects(d) {
		joins = append(joins, s.join)
	}
	return strings.Join(joins, " ")
}

// ofSubject picks, for the kind of a link, what one of the columns is.
func ofSubject(d dialect, column func(matterSubject) string, otherwise string) string {
	var b strings.Builder
	b.WriteString("CASE l.kind")
	for _, s := range matterSubjects(d) {
		b.WriteString(" WHEN '" + string(s.kind) + "' THEN CASE WHEN " + s.there + " THEN " + column(s) + " ELSE " + otherwise + " END")
	}
	return b.String() + " ELSE " + otherwise + " END"
}

// subjectColumns are what is shown of what is linked, and whether it is public.
func subjectColumns(d dialect) string {
	return strings.Join([]string{
		ofSubject(d, func(s matterSubject) string { return s.title }, `''`),
		ofSubject(d, func(s matterSubject) string { return s.within }, `''`),
		ofSubject(d, func(s matterSubject) string { return s.on }, `''`),
		ofSubject(d, func(s matterSubject) string { return s.reported }, `''`),
		ofSubject(d, func(s matterSubject) string { return s.event }, `''`),
		"(" + ofSubject(d, func(s matterSubject) string { return s.cancelled }, `''`) + ") <> ''",
		subjectPublic(d),
	}, ", ")
}

func subjectPublic(d dialect) string {
	return ofSubject(d, func(matterSubject) string { return "1" }, "0")
}
