package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Drawer finds, among pieces at hand, those that answer questions like one: what staff
// alone may read, and therefore enters no index.
type Drawer struct {
	pieces []Piece
	places map[string][]int32 // of the pieces that hold a gram, in order
	titles map[string][]int32 // of those whose title or question holds it
}

// drawerText is how much of an answer is looked at to find it, in characters: what it
// is about stands at its beginning.
const drawerText = 300

// NewDrawer makes a drawer; a document has one piece in it.
func NewDrawer(pieces []Piece) *Drawer {
	d := &Drawer{pieces, map[string][]int32{}, map[string][]int32{}}
	for i, p := range pieces {
		note(d.titles, p.Title+"\n"+p.Asked, int32(i))
		note(d.places, p.Title+"\n"+p.Asked+"\n"+cut(p.Text, drawerText), int32(i))
	}
	return d
}

func note(places map[string][]int32, text string, at int32) {
	for _, gram := range once(queryGrams(text)) {
		places[gram] = append(places[gram], at)
	}
}

// Similar finds what answers a text, the best first, among the pieces that see lets
// by; near are those of the topic that was chosen.
func (d *Drawer) Similar(ctx context.Context, text string, limit int, synonyms *Synonyms, see func(id string) (near, ok bool)) ([]Alike, error) {
	finder := drawerFinder{d, see, map[string]Piece{}}
	return FindSimilar(ctx, finder, Question{Text: text, Limit: limit}, synonyms, func(_ context.Context, hits []Hit) ([]Piece, error) {
		pieces := make([]Piece, len(hits))
		for i, h := range hits {
			pieces[i] = finder.seen[h.ID]
		}
		return pieces, nil
	})
}

// drawerFinder adds up, for every piece that may be seen, how much the grams tell that
// it holds, as the index does.
type drawerFinder struct {
	drawer *Drawer
	see    func(id string) (near, ok bool)
	seen   map[string]Piece
}

func (f drawerFinder) Find(ctx context.Context, q Query) (Found, error) {
	d, sums, rare := f.drawer, map[int32]float64{}, map[string]float64{}
	for _, gram := range once(strings.Fields(q.Text)) {
		holding := d.places[gram]
		if len(holding) == 0 {
			continue
		}
		rare[gram] = rarity(len(holding), len(d.pieces))
		for _, at := range holding {
			sums[at] += rare[gram]
		}
		for _, at := range d.titles[gram] {
			sums[at] += (titleWeight - 1) * rare[gram]
		}
	}
	order := make([]int32, 0, len(sums))
	for at := range sums {
		p := d.pieces[at]
		near, ok := f.see(p.ID)
		if ok {
			p.Near = near
			f.seen[p.ID] = p
			order = append(order, at)
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b)) })
	found := Found{Rarity: rare}
	for _, at := range order[:min(len(order), q.Limit)] {
		found.Hits = append(found.Hits, Hit{ID: d.pieces[at].ID, Title: d.pieces[at].Title, Score: sums[at]})
	}
	found.Total = len(found.Hits)
	return found, ctx.Err()
}
