package search

import (
	"math"
	"sort"
	"strings"
	"unicode/utf8"
)

// ranking orders what an engine found, the same for both engines: how the
// title answers comes first, then, where it does not, the engine's own opinion,
// then whether the document still holds and how new it is. The parts are weighted
// so that holding and newness decide only between answers that are about equally
// good.
type ranking struct {
	query    Query
	wordings []wordList // Text, then its variants
	whole    string     // Text without blanks
	today    int
}

// wordList is the words of a wording, and how many characters they have.
type wordList struct {
	words  []string
	length int
}

const (
	weightTitle   = 4.0
	weightEngine  = 0.5
	weightHolds   = 1.4
	weightRecency = 0.3
)

func newRanking(q Query) ranking {
	r := ranking{query: q, whole: strings.ReplaceAll(q.Text, " ", ""), today: q.Today.Number()}
	for _, text := range append([]string{q.Text}, q.Variants...) {
		list := wordList{words: strings.Fields(text)}
		for _, w := range list.words {
			list.length += utf8.RuneCountInString(w)
		}
		r.wordings = append(r.wordings, list)
	}
	return r
}

// answers is the least titleClass of a title that answers by itself: what the
// engine thinks of the rest of such a document tells nothing more.
const answers = 0.5

// place is how high a document stands, the engine's opinion left out, and
// whether its title or number answers by itself.
func (r *ranking) place(title, numberKey string, published int, holds bool) (score float64, titled bool) {
	score = weightRecency * recency(published, r.today)
	if r.query.Mode == Number && numberKey != "" && strings.HasPrefix(numberKey, r.query.Text) {
		return 100 + score, true
	}
	class := r.titleClass(title)
	score += weightTitle * class
	if holds {
		score += weightHolds
	}
	return score, class >= answers
}

// opinion is what an engine's score adds to a document's place, beside the
// highest score of the answer.
func opinion(engine, best float64) float64 {
	if best <= 0 {
		return 0
	}
	return weightEngine * engine / best
}

// titleClass says how well a folded title answers, from 0 to about 1.3.
func (r *ranking) titleClass(title string) float64 {
	if r.query.Mode == Any {
		return r.titleShare(title) * 0.6
	}
	switch {
	case r.whole == "" || r.query.Mode == Pinyin:
		return 0
	case title == r.whole:
		return 1.3
	case strings.Contains(title, r.whole):
		return 1 + 0.5*float64(len(r.whole))/float64(len(title)) - besideThePoint(title)
	}
	for _, v := range r.query.Variants {
		if strings.Contains(title, v) {
			return 0.8
		}
	}
	if share := r.titleShare(title); share == 1 {
		return 0.7
	} else {
		return share * 0.3
	}
}

// besideThePoint is what a title loses that names a document only to change or
// end it: who asks for a document wants that one first.
func besideThePoint(title string) float64 {
	if strings.Contains(title, "关于修改") || strings.Contains(title, "关于废止") || strings.Contains(title, "关于修订") {
		return 0.15
	}
	return 0
}

// otherwise is what a title is worth that says the same in other words.
const otherwise = 0.9

// titleShare is the part of a wording's characters that stand in the title, of
// the wording of which most does.
func (r *ranking) titleShare(title string) (most float64) {
	for i, list := range r.wordings {
		share := list.share(title)
		if i > 0 {
			share *= otherwise
		}
		most = max(most, share)
	}
	return most
}

func (l *wordList) share(title string) float64 {
	if l.length == 0 {
		return 0
	}
	found := 0
	for _, w := range l.words {
		if strings.Contains(title, w) {
			found += utf8.RuneCountInString(w)
		}
	}
	return float64(found) / float64(l.length)
}

// recency falls from 1 today to a half five years ago.
func recency(published, today int) float64 {
	if published == 0 {
		return 0
	}
	years := math.Max(0, float64(today-published)/10000)
	return 1 / (1 + years/5)
}

// Rerank orders hits that an engine ranked by its own lights. It is stable for
// equal scores and changes the hits' scores to its own.
func Rerank(hits []Hit, q Query) {
	if !isRanked(q) {
		return
	}
	r, best := newRanking(q), 0.0
	for _, h := range hits {
		best = math.Max(best, h.Score)
	}
	for i := range hits {
		h := &hits[i]
		place, titled := r.place(Fold(h.Title), h.NumberKey, h.Published.Number(), h.Days.On(q.Today).Holds())
		if !titled {
			place += opinion(h.Score, best)
		}
		h.Score = place
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].Score > hits[j].Score })
}

// isRanked says whether an answer is ordered by how well its documents answer.
func isRanked(q Query) bool { return q.Sort == Relevance && q.Mode != Browse }
