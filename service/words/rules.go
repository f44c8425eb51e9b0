package words

import (
	"iter"
	"slices"
	"strings"

	"yuandu/model"
	"yuandu/store/search"
)

// mostEntries is how many entries of its own a city may have in a list.
const mostEntries = 5000

// held is a list as it stands in a transaction.
type held struct {
	list    model.WordList
	own     []model.WordEntry
	off     map[string]bool
	shipped []model.WordEntry
	today   model.Day
}

// accept looks whether an entry may stand in the list, and gives it its name.
func (h *held) accept(e *model.WordEntry) *model.Error {
	e.Tidy()
	if wrong := e.Validate(h.list); wrong != nil {
		return wrong
	}
	h.complete(e)
	e.Name = nameOf(h.list, e.WordContent)
	if wrong := h.alone(e); wrong != nil {
		return wrong
	}
	switch h.list {
	case model.SynonymWords:
		return h.acceptSynonyms(e)
	case model.HotWords:
		return h.acceptHot(e)
	}
	return h.acceptWrong(e)
}

// complete adds what follows from what was written.
func (h *held) complete(e *model.WordEntry) {
	switch h.list {
	case model.ForbiddenWords, model.MistypedWords:
		// What is right may hold what is wrong: 登陆 and 登陆艇.
		if word := e.Words[0]; strings.Contains(e.Instead, word) && !slices.Contains(e.RightIn, e.Instead) {
			e.RightIn = append(e.RightIn, e.Instead)
		}
	case model.HotWords:
		if e.ID == "" && !e.Hidden && e.Position == 0 {
			for _, other := range h.own {
				e.Position = max(e.Position, other.Position+1)
			}
		}
	}
}

// alone looks whether the list has an entry of the same already.
func (h *held) alone(e *model.WordEntry) *model.Error {
	same := func(other model.WordEntry) bool { return other.Name == e.Name && (e.ID == "" || other.ID != e.ID) }
	args := map[string]any{"word": strings.Join(e.Words, " = ")}
	switch {
	case slices.ContainsFunc(h.own, same):
		return model.ErrWordTaken.With("words", args)
	case !h.off[e.Name] && slices.ContainsFunc(h.shipped, same):
		return model.ErrWordShipped.With("words", args)
	case e.ID == "" && len(h.own) >= mostEntries:
		return model.ErrWordsFull.With("", map[string]any{"most": mostEntries})
	}
	return nil
}

// known are the entries in use but the one of an ID.
func (h *held) known(but string) iter.Seq[*model.WordEntry] {
	return func(yield func(*model.WordEntry) bool) {
		for i := range h.shipped {
			if !h.off[h.shipped[i].Name] && !yield(&h.shipped[i]) {
				return
			}
		}
		for i := range h.own {
			if (but == "" || h.own[i].ID != but) && !yield(&h.own[i]) {
				return
			}
		}
	}
}

// acceptSynonyms refuses what says nothing new, and what leads back to itself:
// whoever adds the next line would not see any more what finds what.
func (h *held) acceptSynonyms(e *model.WordEntry) *model.Error {
	known := h.known(e.ID)
	for other := range known {
		if covers(other.WordContent, e.WordContent) {
			return model.ErrWordKnown.With("words", map[string]any{"words": strings.Join(other.Words, " = ")})
		}
	}
	if !e.OneWay {
		return nil
	}
	for _, w := range e.Words[1:] {
		if path := wayTo(known, search.Fold(w), search.Fold(e.Words[0])); path != nil {
			return model.ErrWordLoop.With("words", map[string]any{"path": strings.Join(append([]string{e.Words[0]}, path...), " → ")})
		}
	}
	return nil
}

// covers says whether one entry lets everything be found that another does.
func covers(one, other model.WordContent) bool {
	for _, w := range other.Words {
		if !says(one.Words, w) {
			return false
		}
	}
	return !one.OneWay || other.OneWay && search.Fold(one.Words[0]) == search.Fold(other.Words[0])
}

// wayTo is how one word leads to another by entries of one way, nil where it
// does not.
func wayTo(known iter.Seq[*model.WordEntry], from, to string) []string {
	came := map[string]string{from: ""}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if at == to {
			return pathTo(came, to)
		}
		for e := range known {
			if !e.OneWay || search.Fold(e.Words[0]) != at {
				continue
			}
			for _, w := range e.Words[1:] {
				if w = search.Fold(w); !has(came, w) {
					came[w] = at
					queue = append(queue, w)
				}
			}
		}
	}
	return nil
}

func has(m map[string]string, key string) bool { _, ok := m[key]; return ok }

func pathTo(came map[string]string, to string) (path []string) {
	for at := to; at != ""; at = came[at] {
		path = append(path, at)
	}
	slices.Reverse(path)
	return path
}

// acceptHot refuses what others should not see, and what would never be shown.
func (h *held) acceptHot(e *model.WordEntry) *model.Error {
	switch {
	case len(e.Words) > 1:
		return model.ErrWordsMany.With("words", map[string]any{"most": 1})
	case e.Hidden:
		e.Position, e.Until = 0, ""
	case !search.FitForHot(e.Words[0]):
		return model.ErrWordUnfit
	case e.Until != "" && !isAhead(e.Until, h.today):
		return model.ErrWordUntil
	}
	return nil
}

// isAhead says whether a day is one, and not past.
func isAhead(d, today model.Day) bool {
	read, err := model.ParseDay(string(d))
	return err == nil && read == d && d >= today
}

// acceptWrong refuses advice that another entry calls wrong.
func (h *held) acceptWrong(e *model.WordEntry) *model.Error {
	for other := range h.known(e.ID) {
		word := other.Words[0]
		switch {
		case e.Instead != "" && other.Name == e.Instead:
			return model.ErrWordContradict.With("instead", map[string]any{"word": e.Instead})
		case other.Instead == e.Words[0]:
			return model.ErrWordContradict.With("words", map[string]any{"word": word, "instead": other.Instead})
		}
	}
	return nil
}
