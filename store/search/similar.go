package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Piece is a part of a document that may answer a question by itself: a letter
// with its answer, a question of an interpretation, an article of a policy.
type Piece struct {
	ID     string // of the document
	Anchor string // of the part, "" for the whole document
	Title  string // what it is about, in a line
	Asked  string // the question that it answers, "" where there is none
	Text   string // the answer
	Near   bool   // of the topic that was chosen
}

// Alike is a piece that answers a question much like the one that was asked.
type Alike struct {
	Piece
	Hit     Hit
	Score   float64 // from 0 to about 1, the same for every kind and engine
	Snippet string
	Ranges  []Range
}

// PieceReader reads the pieces of found documents, in any order.
type PieceReader func(ctx context.Context, hits []Hit) ([]Piece, error)

const (
	similarText  = MaxText // characters of a question that are looked at
	similarShare = 0.15    // the least part of a question's grams that a title alone must hold

	titleCredit, askedCredit, textCredit = 1, 0.85, 0.55 // what a word counts by where it stands

	weightCovered = 0.6  // of how much of the question stands in the piece
	weightFit     = 0.4  // of how much of what the piece is about stands in the question
	weightNear    = 0.05 // of the chosen topic
	leastAlike    = 0.22

	mostFitted = 24 // pieces whose own meaning is looked at: those that the question stands in most
)

// FindSimilar finds, in one kind, what answers questions like the one in q.Text: the
// best piece of each document, the best first. The index gives those that share
// most of the question's words; which of them mean the same is decided here, by
// the pieces themselves.
func FindSimilar(ctx context.Context, f Finder, q Question, synonyms *Synonyms, read PieceReader) ([]Alike, error) {
	asked := meaningOf(cut(Fold(q.Text), similarText), synonyms)
	if len(asked.units) == 0 {
		return nil, ctx.Err()
	}
	found, err := f.Find(ctx, Query{Kind: q.Kind, Mode: Similar, Text: asked.text(), Filters: q.Filters,
		Sort: Relevance, Today: q.Today, Limit: SimilarWindow})
	if err != nil || len(found.Hits) == 0 {
		return nil, err
	}
	pieces, err := read(ctx, found.Hits)
	if err != nil {
		return nil, err
	}
	asked.weigh(found.Rarity)
	return asked.rank(found.Hits, pieces, q.Limit, synonyms), nil
}

// rank keeps the best piece of each document.
func (m *meaning) rank(hits []Hit, pieces []Piece, limit int, synonyms *Synonyms) []Alike {
	place := make(map[string]int, len(hits))
	for i, h := range hits {
		place[h.ID] = i
	}
	best, fits := newPodium(max(limit, 0)), fitter{m, synonyms, map[string]float64{}}
	for n, c := range m.candidates(pieces, place) {
		if n == mostFitted || best.isBeyond(c.most) {
			break
		}
		c.Score = c.covers + weightFit*fits.of(&c.Piece)
		if c.Score >= leastAlike {
			c.Hit = hits[place[c.ID]]
			best.offer(c.Alike)
		}
	}
	list := best.list
	slices.SortFunc(list, func(a, b Alike) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(place[a.ID], place[b.ID]))
	})
	list = list[:min(max(limit, 0), len(list))]
	for i := range list {
		list[i].Snippet, list[i].Ranges = Passage(list[i].Text, m.marks(), 0)
	}
	return list
}

// candidate is a piece of which is known how much of the question stands in it, and
// so what score it can't pass.
type candidate struct {
	Alike
	covers, most float64
}

// candidates are the pieces, those that may score most first.
func (m *meaning) candidates(pieces []Piece, place map[string]int) []candidate {
	list := make([]candidate, 0, len(pieces))
	for _, p := range pieces {
		if _, known := place[p.ID]; known {
			covers := m.covered(&p)
			list = append(list, candidate{Alike{Piece: p}, covers, covers + weightFit})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.most, a.most) })
	return list
}

// podium keeps the best piece of each document, and knows what the last of the first
// ones has scored.
type podium struct {
	places int
	list   []Alike
	at     map[string]int // in the list, by document
}

func newPodium(places int) *podium { return &podium{places: places, at: map[string]int{}} }

func (p *podium) offer(a Alike) {
	i, known := p.at[a.ID]
	switch {
	case !known:
		p.at[a.ID] = len(p.list)
		p.list = append(p.list, a)
	case a.Score > p.list[i].Score:
		p.list[i] = a
	}
}

// isBeyond says that nothing of such a score comes among the first ones any more.
func (p *podium) isBeyond(score float64) bool {
	better := 0
	for i := range p.list {
		if p.list[i].Score > score {
			better++
		}
	}
	return score < leastAlike || better >= p.places
}

// covered is what a piece scores by how much of the question stands in it, in its
// title above all.
func (m *meaning) covered(p *Piece) float64 {
	r := m.reading()
	sum := 0.0
	for _, part := range []struct {
		text   string
		credit float64
	}{{p.Title, titleCredit}, {p.Asked, askedCredit}, {p.Text, textCredit}} {
		r.read(part.text)
		sum += part.credit * r.gained()
	}
	score := weightCovered * math.Sqrt(sum)
	if p.Near {
		score += weightNear
	}
	return score
}

// fitter tells how much of what pieces are about stands in the question; those of one
// document have a title together.
type fitter struct {
	asked    *meaning
	synonyms *Synonyms
	known    map[string]float64
}

func (f *fitter) of(p *Piece) float64 {
	fit := f.ofText(p.Title)
	if utf8.RuneCountInString(p.Asked) <= shortQuestion { // a whole letter speaks of much besides
		fit = max(fit, f.ofText(p.Asked))
	}
	return fit
}

func (f *fitter) ofText(text string) float64 {
	fit, known := f.known[text]
	if !known {
		fit = f.asked.fit(text, f.synonyms)
		f.known[text] = fit
	}
	return fit
}

// fit is the part of a text's own meaning that the question speaks of.
func (m *meaning) fit(text string, synonyms *Synonyms) float64 {
	own := meaningOf(Fold(text), synonyms)
	if len(own.units) == 0 {
		return 0
	}
	own.weigh(nil)
	r := own.reading()
	r.read(m.said)
	return r.gained()
}

// marks are what a passage is chosen by.
func (m *meaning) marks() Marks {
	var marks Marks
	for _, u := range m.units {
		for _, f := range u.forms {
			if !short(f.text) {
				marks.Whole = append(marks.Whole, f.text)
			}
		}
	}
	return marks
}

// text is every gram of the meaning, parted by blanks, as an index is asked.
func (m *meaning) text() string {
	var grams []string
	for _, u := range m.units {
		for _, f := range u.forms {
			grams = append(grams, f.grams...)
		}
	}
	return strings.Join(once(grams), " ")
}
