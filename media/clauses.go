package media

import "yuandu/model"

// Inherit gives the clauses of a new text of a draft their IDs: a clause that was
// renumbered, moved or edited stays the one it was; one that was split is its first
// part, several that were joined are the first of them. Those that do not stand any more
// come behind, with where they went. An ID for what is new comes from fresh.
func Inherit(old, new model.Body, before []model.Clause, fresh func() string) []model.Clause {
	list := model.ClausesOf(new)
	ids, into := map[string]string{}, map[string]string{} // of anchors in the new text, of IDs that went into others
	standing := map[string]string{}
	for _, c := range model.StandingClauses(before) {
		standing[c.Anchor] = c.ID
	}
	for _, change := range Compare(old, new) {
		inherit(change, standing, ids, into)
	}
	stays := map[string]bool{}
	for n := range list {
		c := &list[n]
		if c.ID = ids[c.Anchor]; c.ID == "" || stays[c.ID] {
			c.ID = fresh()
		}
		stays[c.ID] = true
	}
	for _, c := range before {
		if stays[c.ID] {
			continue
		}
		if !c.Gone {
			c.Gone, c.Into = true, into[c.ID]
		}
		c.Position = len(list)
		list = append(list, c)
	}
	return list
}

// inherit notes which clauses of the old text one change leads to.
func inherit(change Change, standing, ids, into map[string]string) {
	var from []string
	for _, u := range change.Old {
		if id := standing[u.Anchor]; id != "" {
			from = append(from, id)
		}
	}
	if len(from) == 0 || len(change.New) == 0 {
		return
	}
	for _, u := range change.New {
		if u.Anchor != "" {
			ids[u.Anchor] = from[0]
			break
		}
	}
	for _, id := range from[1:] {
		into[id] = from[0]
	}
}
