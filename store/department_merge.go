package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yuandu/model"
)

// DepartmentMoving counts what would go along if a department were merged.
func (r reads) DepartmentMoving(ctx context.Context, id string) (m model.DepartmentMoving, err error) {
	_, err = r.row(ctx, `SELECT
		(SELECT count(DISTINCT policy_id) FROM policy_departments WHERE department_id = $1),
		(SELECT count(DISTINCT interpretation_id) FROM interpretation_departments WHERE department_id = $1),
		(SELECT count(*) FROM publications WHERE department_id = $1),
		(SELECT count(*) FROM staff WHERE department_id = $1),
		(SELECT count(*) FROM staff_grants WHERE department_id = $1),
		(SELECT count(*) FROM departments WHERE parent_id = $1),
		(SELECT count(*) FROM feedback WHERE department_id = $1),
		(SELECT count(*) FROM letters WHERE lead_department_id = $1),
		(SELECT count(*) FROM knowledge WHERE department_id = $1),
		(SELECT count(*) FROM meetings m WHERE EXISTS (SELECT 1 FROM meeting_departments x WHERE x.meeting_id = m.id AND x.department_id = $1)
			OR EXISTS (SELECT 1 FROM agenda_items i JOIN agenda_item_reporters x ON x.item_id = i.id WHERE i.meeting_id = m.id AND x.department_id = $1)
			OR EXISTS (SELECT 1 FROM agenda_items i JOIN agenda_item_departments x ON x.item_id = i.id WHERE i.meeting_id = m.id AND x.department_id = $1)),
		(SELECT count(*) FROM matters WHERE department_id = $1)`, []any{id},
		&m.Policies, &m.Interpretations, &m.Publications, &m.Staff, &m.Grants, &m.Children, &m.Feedback, &m.Letters, &m.Knowledge,
		&m.Meetings, &m.Matters)
	if err != nil {
		return m, fmt.Errorf("count what a department has: %w", err)
	}
	return m, nil
}

// DepartmentMerge is one department taking the place of another.
type DepartmentMerge struct {
	From, Into *model.Department
	Below      []string // both, and all departments below them
	By         string
}

// MergeDepartment lets one department take the place of another. The versions
// must still be those that were read: else it is ErrStale. All that refers to the
// old one refers to the new one from then on, and the old ID leads there.
func (tx *Tx) MergeDepartment(ctx context.Context, merge DepartmentMerge) (m model.DepartmentMoving, err error) {
	from, into := merge.From, merge.Into
	if err := tx.departmentIs(ctx, from.ID, from.Version); err != nil {
		return m, err
	}
	if err := tx.departmentIs(ctx, into.ID, into.Version); err != nil {
		return m, err
	}
	if m, err = tx.DepartmentMoving(ctx, from.ID); err != nil {
		return m, err
	}
	for _, step := range []func(context.Context, string, string) error{tx.moveDocuments, tx.moveWorkingCopies, tx.moveImports, tx.movePeople, tx.moveFollowers, tx.moveChildren, tx.moveFeedback, tx.moveLetters, tx.moveKnowledge, tx.moveMatters} {
		if err := step(ctx, from.ID, into.ID); err != nil {
			return m, err
		}
	}
	if err := tx.QueueOf(ctx, merge.Below); err != nil {
		return m, err
	}
	if err := tx.exec(ctx, "end department", `DELETE FROM departments WHERE id = $1`, from.ID); err != nil {
		return m, err
	}
	into.Absorb(from)
	if err := tx.SaveDepartment(ctx, into); err != nil {
		return m, err
	}
	return m, tx.move(ctx, moved{kindDepartment, from.ID, into.ID, "", merge.By})
}

// moveDocuments moves what is public. A document of both is one of the new one
// once.
func (tx *Tx) moveDocuments(ctx context.Context, from, into string) error {
	for _, doc := range []struct{ list, owner string }{
		{"policy_departments", "policy_id"}, {"interpretation_departments", "interpretation_id"}, {"public_letter_departments", "letter_id"},
		{"meeting_departments", "meeting_id"}, {"agenda_item_reporters", "item_id"}, {"agenda_item_departments", "item_id"},
		{"consultation_departments", "consultation_id"},
		{"event_departments", "event_id"},
	} {
		err := tx.exec(ctx, "name departments once", `DELETE FROM `+doc.list+` WHERE department_id = $1 AND `+doc.owner+` IN
			(SELECT b.`+doc.owner+` FROM `+doc.list+` b WHERE b.department_id = $2)`, from, into)
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, "move "+doc.list, `UPDATE `+doc.list+` SET department_id = $2 WHERE department_id = $1`, from, into); err != nil {
			return err
		}
	}
	return tx.exec(ctx, "derive what lists show", `UPDATE policies SET `+derived+`
		WHERE id IN (SELECT policy_id FROM policy_departments WHERE department_id = $1)`, into)
}

// moveWorkingCopies moves documents on their way, and names the new department in
// what is being written.
func (tx *Tx) moveWorkingCopies(ctx context.Context, from, into string) error {
	err := tx.exec(ctx, "move publications", `UPDATE publications SET department_id = $2, version = version + 1 WHERE department_id = $1`, from, into)
	if err != nil {
		return err
	}
	err = tx.exec(ctx, "rename department in withheld items", `UPDATE withheld_items SET content = replace(content, $1, $2)
		WHERE content LIKE '%' || $1 || '%'`, from, into)
	if err != nil {
		return err
	}
	return tx.rewriteCopies(ctx, from, func(content map[string]json.RawMessage) error {
		return errors.Join(renamed(content, "department_ids", from, into), renamedInItems(content, from, into))
	})
}

// renamedInItems names one department instead of another in what a meeting deals with.
func renamedInItems(content map[string]json.RawMessage, from, into string) error {
	var items []map[string]json.RawMessage
	if content["items"] == nil {
		return nil
	}
	if err := json.Unmarshal(content["items"], &items); err != nil {
		return err
	}
	for _, i := range items {
		if err := errors.Join(renamed(i, "reporter_ids", from, into), renamed(i, "responsible_ids", from, into)); err != nil {
			return err
		}
	}
	content["items"] = json.RawMessage(toJSON(items))
	return nil
}

// moveImports moves files of documents that are being brought in, and names the
// new department in what their rows will become.
func (tx *Tx) moveImports(ctx context.Context, from, into string) error {
	for _, table := range []string{"imports", "gazette_imports"} {
		if err := tx.exec(ctx, "move imports", `UPDATE `+table+` SET department_id = $2 WHERE department_id = $1`, from, into); err != nil {
			return err
		}
	}
	return tx.exec(ctx, "rename department in imports", `UPDATE imports SET content = replace(content, $1, $2), fill = replace(fill, $1, $2)
		WHERE content LIKE '%' || $1 || '%' OR fill LIKE '%' || $1 || '%'`, from, into)
}

// movePeople moves staff and what they may do there.
func (tx *Tx) movePeople(ctx context.Context, from, into string) error {
	if err := tx.exec(ctx, "move staff", `UPDATE staff SET department_id = $2, version = version + 1 WHERE department_id = $1`, from, into); err != nil {
		return err
	}
	err := tx.exec(ctx, "move grants", `INSERT INTO staff_grants (staff_id, role, department_id, given_at, given_by)
		SELECT staff_id, role, $2, given_at, given_by FROM staff_grants WHERE department_id = $1 ON CONFLICT DO NOTHING`, from, into)
	if err != nil {
		return err
	}
	return tx.exec(ctx, "end old grants", `DELETE FROM staff_grants WHERE department_id = $1`, from)
}

func (tx *Tx) moveFollowers(ctx context.Context, from, into string) error {
	return tx.moveKept(ctx, kindDepartment, from, into)
}

func (tx *Tx) moveChildren(ctx context.Context, from, into string) error {
	return tx.exec(ctx, "move departments below", `UPDATE departments SET parent_id = $2, version = version + 1 WHERE parent_id = $1`, from, into)
}

// moveFeedback moves what residents wait for an answer to, and what was answered.
func (tx *Tx) moveFeedback(ctx context.Context, from, into string) error {
	for _, table := range []string{"feedback_answers", "feedback_events"} {
		if err := tx.exec(ctx, "move "+table, `UPDATE `+table+` SET department_id = $2 WHERE department_id = $1`, from, into); err != nil {
			return err
		}
	}
	return tx.exec(ctx, "move feedback", `UPDATE feedback SET department_id = $2, version = version + 1 WHERE department_id = $1`, from, into)
}

// moveLetters moves letters, open or not, and what was done with them. An office that
// helped one that it becomes part of helps no more: it leads.
func (tx *Tx) moveLetters(ctx context.Context, from, into string) error {
	err := tx.exec(ctx, "help once", `DELETE FROM letter_assists WHERE department_id = $1 AND letter_id IN
		(SELECT b.letter_id FROM letter_assists b WHERE b.department_id = $2)`, from, into)
	if err != nil {
		return err
	}
	for _, column := range []string{"letter_replies.department_id", "letter_instructions.department_id", "letter_events.department_id",
		"letter_instructions.lead_department_id", "letter_assists.lead_department_id",
		"letters.wanted_department_id", "letter_supervisions.department_id", "letter_disputes.department_id"} {
		table, column, _ := strings.Cut(column, ".")
		err := tx.exec(ctx, "move "+table, `UPDATE `+table+` SET `+column+` = $2 WHERE `+column+` = $1`, from, into)
		if err != nil {
			return err
		}
	}
	if err := tx.moveAssists(ctx, from, into); err != nil {
		return err
	}
	if err := tx.moveRobot(ctx, from, into); err != nil {
		return err
	}
	return tx.exec(ctx, "move letters", `UPDATE letters SET lead_department_id = $2, version = version + 1 WHERE lead_department_id = $1`, from, into)
}

// moveKnowledge moves what an office answers from, and its templates.
func (tx *Tx) moveKnowledge(ctx context.Context, from, into string) error {
	for _, table := range []string{"knowledge", "reply_templates"} {
		err := tx.exec(ctx, "move "+table, `UPDATE `+table+` SET department_id = $2, version = version + 1 WHERE department_id = $1`, from, into)
		if err != nil {
			return err
		}
	}
	return tx.grow(ctx, MarkKnowledge)
}

// moveMatters moves what an office keeps together.
func (tx *Tx) moveMatters(ctx context.Context, from, into string) error {
	return tx.exec(ctx, "move matters", `UPDATE matters SET department_id = $2, version = version + 1 WHERE department_id = $1`, from, into)
}

// moveAssists seals anew what helping offices said: the seal holds for their ID.
func (tx *Tx) moveAssists(ctx context.Context, from, into string) error {
	ids, err := tx.ids(ctx, `SELECT letter_id FROM letter_assists WHERE department_id = $1`, from)
	if err != nil {
		return fmt.Errorf("read who helps: %w", err)
	}
	for _, id := range ids {
		l, err := tx.LetterFor(ctx, id)
		if err != nil {
			return err
		}
		for i := range l.Assists {
			if l.Assists[i].DepartmentID == from {
				l.Assists[i].DepartmentID = into
			}
		}
		if err := tx.keepAssists(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// QueueOf queues all documents of some departments for the index, which finds them
// by the names of these and by all above. They get a new version: an index keeps
// what it has of the same one.
func (tx *Tx) QueueOf(ctx context.Context, departments []string) error {
	for _, doc := range []struct {
		kind               model.Kind
		table, list, owner string
	}{
		{model.KindPolicy, "policies", "policy_departments", "policy_id"},
		{model.KindInterpretation, "interpretations", "interpretation_departments", "interpretation_id"},
		{model.KindLetter, "public_letters", "public_letter_departments", "letter_id"},
		{model.KindMeeting, "meetings", "meeting_departments", "meeting_id"},
		{model.KindAgendaItem, "agenda_items", "agenda_item_departments", "item_id"},
		{model.KindAgendaItem, "agenda_items", "agenda_item_reporters", "item_id"},
		{model.KindConsultation, "consultations", "consultation_departments", "consultation_id"},
		{model.KindEvent, "events", "event_departments", "event_id"},
	} {
		var w where
		w.args = []any{doc.kind, tx.now()}
		in(&w, "department_id", departments)
		err := tx.exec(ctx, "queue for the index", `INSERT INTO search_outbox (kind, doc_id, queued_at)
			SELECT DISTINCT $1, `+doc.owner+`, CAST($2 AS BIGINT) FROM `+doc.list+` WHERE `+w.String()+`
			ON CONFLICT (kind, doc_id) DO UPDATE SET stamp = search_outbox.stamp + 1, attempts = 0, next_at = 0`, w.args...)
		if err != nil {
			return err
		}
		var of where
		of.args = []any{tx.now()}
		in(&of, "department_id", departments)
		err = tx.exec(ctx, "touch "+doc.table, `UPDATE `+doc.table+` SET version = version + 1, updated_at = $1
			WHERE id IN (SELECT `+doc.owner+` FROM `+doc.list+` WHERE `+of.String()+`)`, of.args...)
		if err != nil {
			return err
		}
	}
	tx.indexed, tx.changed = true, true
	return nil
}

// rewriteCopies changes working copies that name an ID. Whoever is writing in one
// is told so by its version.
func (tx *Tx) rewriteCopies(ctx context.Context, id string, change func(map[string]json.RawMessage) error) error {
	type copied struct{ kind, id, content string }
	list, err := collect(ctx, tx.reads, func(row scanner) (c copied, err error) {
		return c, row.Scan(&c.kind, &c.id, &c.content)
	}, `SELECT kind, id, content FROM publications WHERE content LIKE $1 ESCAPE '\'`, "%"+id+"%")
	if err != nil {
		return fmt.Errorf("read working copies: %w", err)
	}
	for _, c := range list {
		content := map[string]json.RawMessage{}
		if err := json.Unmarshal([]byte(c.content), &content); err != nil {
			return fmt.Errorf("read working copy %s: %w", c.id, err)
		}
		if err := change(content); err != nil {
			return fmt.Errorf("change working copy %s: %w", c.id, err)
		}
		err := tx.exec(ctx, "change working copy", `UPDATE publications SET content = $3, version = version + 1 WHERE kind = $1 AND id = $2`,
			c.kind, c.id, toJSON(content))
		if err != nil {
			return err
		}
	}
	return nil
}

// renamed names one ID instead of another in a list of a working copy, once.
func renamed(content map[string]json.RawMessage, field, from, into string) error {
	var ids, list []string
	if content[field] == nil {
		return nil
	}
	if err := json.Unmarshal(content[field], &ids); err != nil {
		return err
	}
	for _, id := range ids {
		if id == from {
			id = into
		}
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	content[field] = json.RawMessage(toJSON(list))
	return nil
}
