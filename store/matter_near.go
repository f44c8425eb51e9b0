package store

import (
	"context"
	"fmt"

	"yuandu/model"
)

// MatterClues are by what documents are found that may belong to one matter.
type MatterClues struct {
	Names    []string // of regulations and the like, as titles name them
	Numbers  []string // of documents, as they are printed
	Policies []string // IDs of policies whose interpretations belong to it too

	Consultations []string // IDs of consultations whose events belong to it too
}

// NearMatter is a public document that may belong to a matter, and the clue that says so.
type NearMatter struct {
	Kind                          model.Kind
	ID, ItemID, Title, Within, By string
	Day                           model.Day
	Public                        bool
}

// mostNear is how many documents of one kind are proposed.
const mostNear = 20

// NearMatters finds public documents by clues: first by what their titles name, then by a
// number that they tell, then interpretations of a policy and events of a consultation that
// are there.
func (r reads) NearMatters(ctx context.Context, c MatterClues) (list []NearMatter, err error) {
	for _, name := range c.Names {
		like := containing(name)
		some, err := r.near(ctx, name, `SELECT 'policy', id, '', title, doc_number, published_date, 1 FROM policies WHERE lower(title) LIKE $1 ESCAPE '\'
			UNION ALL SELECT 'interpretation', id, '', title, '', published_date, 1 FROM interpretations WHERE lower(title) LIKE $1 ESCAPE '\'
			UNION ALL SELECT 'meeting', i.meeting_id, i.id, i.title, m.title, m.day, 1 FROM agenda_items i JOIN meetings m ON m.id = i.meeting_id
				WHERE lower(i.title) LIKE $1 ESCAPE '\'
			UNION ALL SELECT 'consultation', id, '', title, '', opens, 1 FROM consultations WHERE lower(title) LIKE $1 ESCAPE '\'
			UNION ALL SELECT 'event', id, '', title, place, `+r.d.day("begins_at")+`, 1 FROM events WHERE lower(title) LIKE $1 ESCAPE '\'
			UNION ALL SELECT 'gazette', k.issue_id, k.id, k.title, g.title, g.day, 1 FROM gazette_pieces k JOIN gazette_issues g ON g.id = k.issue_id
				WHERE lower(k.title) LIKE $1 ESCAPE '\'`, like)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	for _, number := range c.Numbers {
		some, err := r.near(ctx, number, `SELECT 'meeting', i.meeting_id, i.id, i.title, m.title, m.day, 1 FROM agenda_items i JOIN meetings m ON m.id = i.meeting_id
				WHERE lower(i.title) LIKE $1 ESCAPE '\' OR lower(i.decision) LIKE $1 ESCAPE '\' OR lower(i.text) LIKE $1 ESCAPE '\'
			UNION ALL SELECT 'event', id, '', title, place, `+r.d.day("begins_at")+`, 1 FROM events
				WHERE lower(title) LIKE $1 ESCAPE '\' OR lower(text) LIKE $1 ESCAPE '\'
			UNION ALL SELECT 'policy', id, '', title, doc_number, published_date, 1 FROM policies WHERE number_key = $2
			UNION ALL SELECT 'gazette', k.issue_id, k.id, k.title, g.title, g.day, 1 FROM gazette_pieces k JOIN gazette_issues g ON g.id = k.issue_id
				WHERE k.number_key = $2`,
			containing(number), model.NumberKey(number))
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	if len(c.Policies)+len(c.Consultations) == 0 {
		return list, nil
	}
	some, err := r.near(ctx, "", `SELECT 'interpretation', i.id, '', i.title, '', i.published_date, 1 FROM interpretations i
		WHERE i.id IN (SELECT x.interpretation_id FROM interpretation_policies x WHERE `+r.d.among("x.policy_id", "$1")+`)
		UNION ALL SELECT 'event', e.id, '', e.title, e.place, `+r.d.day("e.begins_at")+`, 1 FROM events e
			WHERE e.consultation_id <> '' AND `+r.d.among("e.consultation_id", "$2"), asList(c.Policies), asList(c.Consultations))
	return append(list, some...), err
}

func (r reads) near(ctx context.Context, by, query string, args ...any) ([]NearMatter, error) {
	list, err := collect(ctx, r, func(row scanner) (n NearMatter, err error) {
		n.By = by
		return n, row.Scan(&n.Kind, &n.ID, &n.ItemID, &n.Title, &n.Within, &n.Day, &n.Public)
	}, fmt.Sprintf(`%s ORDER BY 6 DESC, 2 LIMIT %d`, query, mostNear), args...)
	if err != nil {
		return nil, fmt.Errorf("find what may belong to a matter: %w", err)
	}
	return list, nil
}

// ExplainedBy are the policies that a public interpretation explains.
func (r reads) ExplainedBy(ctx context.Context, interpretationID string) ([]string, error) {
	list, err := collect(ctx, r, scanID, `SELECT policy_id FROM interpretation_policies WHERE interpretation_id = $1 AND policy_id IS NOT NULL`, interpretationID)
	if err != nil {
		return nil, fmt.Errorf("read what is explained: %w", err)
	}
	return list, nil
}

// LinkableFilter is for what somebody looks who links to a matter.
type LinkableFilter struct {
	Text    string
	Within  []string // departments whose drafts are found too
	Limited bool     // false: drafts of all departments
}

// Linkable finds what can be linked to a matter by its title, or by its number: public, or
// on its way in some departments; of meetings their public items too.
func (r reads) Linkable(ctx context.Context, f LinkableFilter) ([]NearMatter, error) {
	var kinds []string
	for _, k := range model.MatterKinds() {
		if !k.Inside {
			kinds = append(kinds, string(k.Kind))
		}
	}
	w := &where{}
	w.and(r.d.among("b.kind", "?"), asList(kinds))
	w.and("b.deleted_at = 0 AND b.title <> ''")
	w.and(`(lower(b.title) LIKE ? ESCAPE '\' OR b.number_key <> '' AND b.number_key = ?)`, containing(f.Text), model.NumberKey(f.Text))
	if f.Limited {
		w.and("(b.public = 1 OR "+r.d.among("b.department_id", "?")+")", asList(f.Within))
	}
	item := w.numbered(`lower(i.title) LIKE ? ESCAPE '\'`, containing(f.Text))
	return r.near(ctx, "", `SELECT b.kind, b.id, '', b.title, b.doc_number, '', b.public FROM publications b WHERE `+w.String()+`
		UNION ALL SELECT 'meeting', i.meeting_id, i.id, i.title, m.title, m.day, 1 FROM agenda_items i JOIN meetings m ON m.id = i.meeting_id WHERE `+item, w.args...)
}
