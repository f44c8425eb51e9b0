package store

import (
	"strings"

	"yuandu/model"
)

// keptDocument is what a kind of document gives to the list of what a resident keeps: its
// public rows, joined to a favourite f, and what of them is shown. Only what has such a
// row is public now.
type keptDocument struct {
	kind        model.Kind
	alias       string
	from        string // the rows, under the alias
	title       string
	on          string // its day, '' for none
	departments string // IDs, one after another
	number, key string // of a document number
}

// keptDocuments is the table of them. What can be kept is said in model.KeptKinds.
func keptDocuments(d dialect) []keptDocument {
	return []keptDocument{
		{kind: model.KindPolicy, alias: "p", from: "policies p", title: "p.title", on: "p.published_date", departments: "p.department_ids",
			number: "p.doc_number", key: "p.number_key"},
		{kind: model.KindInterpretation, alias: "i", from: "interpretations i", title: "i.title", on: "i.published_date",
			departments: officesOf("interpretation_departments", "interpretation_id", "i.id")},
		{kind: model.KindLetter, alias: "kl", from: "public_letters kl", title: "kl.title", on: "kl.answered_day",
			departments: officesOf("public_letter_departments", "letter_id", "kl.id")},
		{kind: model.KindMeeting, alias: "km", from: "meetings km", title: "km.title", on: "km.day"},
		{kind: model.KindAgendaItem, alias: "ka", from: "agenda_items ka", title: "ka.title",
			on: "(SELECT x.day FROM meetings x WHERE x.id = ka.meeting_id)", departments: officesOf("agenda_item_departments", "item_id", "ka.id")},
		{kind: model.KindConsultation, alias: "kc", from: "consultations kc", title: "kc.title", on: "kc.opens",
			departments: officesOf("consultation_departments", "consultation_id", "kc.id")},
		{kind: model.KindEvent, alias: "ke", from: "events ke", title: "ke.title", on: d.day("ke.begins_at"),
			departments: officesOf("event_departments", "event_id", "ke.id")},
		{kind: model.KindMatter, alias: "kt", from: `(SELECT t.id, t.department_id, ` + d.field("t.released", "title") + ` AS title FROM matters t
				WHERE t.released_at > 0 AND EXISTS (SELECT 1 FROM matter_links l ` + joinedSubjects(d) + ` WHERE l.matter_id = t.id AND l.released_at > 0
					AND ` + subjectPublic(d) + ` = 1)) kt`, title: "kt.title", departments: "kt.department_id"},
		{kind: model.KindGazette, alias: "kg", from: "gazette_issues kg", title: "kg.title", on: "kg.day"},
		{kind: model.KindGazettePiece, alias: "kp", from: "gazette_pieces kp", title: "kp.title",
			on: "(SELECT x.day FROM gazette_issues x WHERE x.id = kp.issue_id)"},
	}
}

func officesOf(table, column, id string) string {
	return `(SELECT string_agg(x.department_id, ',' ORDER BY x.position) FROM ` + table + ` x WHERE x.` + column + ` = ` + id + `)`
}

// firstKept is the first column that one of the kinds gives, else another.
func firstKept(d dialect, column func(keptDocument) string, otherwise string) string {
	var all []string
	for _, k := range keptDocuments(d) {
		if c := column(k); c != "" {
			all = append(all, c)
		}
	}
	return "coalesce(" + strings.Join(append(all, otherwise), ", ") + ")"
}

func titleKept(d dialect) string {
	return firstKept(d, func(k keptDocument) string { return k.title }, "f.title")
}

// favouritesOf are a resident's favourites f with what is public of them today.
func favouritesOf(d dialect) string {
	var b strings.Builder
	b.WriteString(" FROM favourites f")
	for _, k := range keptDocuments(d) {
		b.WriteString(" LEFT JOIN " + k.from + " ON f.kind = '" + string(k.kind) + "' AND " + k.alias + ".id = f.key")
	}
	return b.String() + " LEFT JOIN publications b ON b.kind = f.kind AND b.id = f.key AND b.public = 0 WHERE "
}

func favouriteColumns(d dialect) string {
	return `f.kind, f.key, f.kept_at, ` + titleKept(d) + `, coalesce(p.doc_number, f.doc_number), ` +
		firstKept(d, func(k keptDocument) string { return k.on }, "''") + `, coalesce(p.effective_date, ''), coalesce(p.expiry_date, ''),
		coalesce(p.amended_on, ''), coalesce(p.repealed_on, ''), coalesce(p.stated, ''), ` +
		firstKept(d, func(k keptDocument) string { return k.departments }, "''") + `, ` +
		firstKept(d, func(k keptDocument) string { return k.alias + ".id" }, "NULL") + ` IS NULL, coalesce(b.withdrawal, 'null'), count(*) OVER ()`
}

// keeping reads, for a resident $1, what of a kind $2 is public under an ID $3, kept at $4;
// nothing of a kind that can't be kept.
func keeping(d dialect, kind model.Kind) string {
	for _, k := range keptDocuments(d) {
		if k.kind != kind {
			continue
		}
		number := "'', ''"
		if k.number != "" {
			number = k.number + ", " + k.key
		}
		return `SELECT $1, $2, ` + k.alias + `.id, ` + k.title + `, ` + number + `, CAST($4 AS BIGINT) FROM ` + k.from + ` WHERE ` + k.alias + `.id = $3`
	}
	return `SELECT $1, $2, $3, '', '', '', CAST($4 AS BIGINT) WHERE 1 = 0`
}
