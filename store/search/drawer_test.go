package search_test

import (
	"fmt"
	"slices"
	"testing"

	"yuandu/store/search"
)

func lettersDrawer(letters []sampleLetter) *search.Drawer {
	var pieces []search.Piece
	for _, l := range letters {
		pieces = append(pieces, search.Piece{ID: l.Key, Title: l.Title, Asked: l.Question, Text: l.Answer})
	}
	return search.NewDrawer(pieces)
}

func everyPiece(string) (near, ok bool) { return false, true }

// What staff alone may read is found as well as what stands in an index.
func TestADrawerFindsTheAnswerThatFits(t *testing.T) {
	letters, pairs := sampleLetters(t), relatedPairs(t)
	drawer, synonyms, three := lettersDrawer(letters), search.NewSynonyms(search.DefaultSynonyms()), 0
	for _, p := range pairs {
		list, err := drawer.Similar(t.Context(), p.Question, 3, synonyms, everyPiece)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(list, func(a search.Alike) bool { return a.ID == p.Answer }) {
			three++
		}
	}
	share := float64(three) / float64(len(pairs))
	t.Logf("of %d questions over %d letters %.1f %% have their answer among the first three", len(pairs), len(letters), 100*share)
	if share < wellRelated {
		t.Errorf("%.3f are not enough", share)
	}
}

func TestADrawerShowsOnlyWhatSomebodyMaySee(t *testing.T) {
	drawer := search.NewDrawer([]search.Piece{{ID: "a", Title: "养老院押金最多收多少", Text: "押金不得超过月服务费的三倍。"},
		{ID: "b", Title: "停车场押金最多收多少", Text: "押金不得超过月租费的三倍。"}})
	found := func(text string, see func(string) (bool, bool)) (ids string) {
		t.Helper()
		list, err := drawer.Similar(t.Context(), text, 5, nil, see)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list {
			ids += a.ID
		}
		return ids
	}
	for _, c := range []struct {
		about, text, want string
		see               func(string) (bool, bool)
	}{
		{"the one that fits better comes first", "养老院收三万押金合理吗", "ab", everyPiece},
		{"what is another office's is not there", "养老院收三万押金合理吗", "b", func(id string) (bool, bool) { return false, id == "b" }},
		{"one word finds both", "押金", "ab", everyPiece},
		{"the topic that was chosen counts a little", "押金", "ba", func(id string) (bool, bool) { return id == "b", true }},
		{"what is about something else is not found", "公交车几点收班", "", everyPiece},
		{"nothing answers nothing", "", "", everyPiece},
		{"and signs say nothing", "？！😀", "", everyPiece},
	} {
		if got := found(c.text, c.see); got != c.want {
			t.Errorf("%s: %q, not %q", c.about, got, c.want)
		}
	}
}

// 20,000 entries are more than a city has.
func BenchmarkDrawer(b *testing.B) {
	letters, pairs := sampleLetters(b), relatedPairs(b)
	for _, n := range []int{1_000, 20_000} {
		var many []sampleLetter
		for i := range n {
			l := letters[i%len(letters)]
			l.Key = fmt.Sprint(l.Key, "-", i)
			l.Title += fmt.Sprint(i)
			many = append(many, l)
		}
		drawer, synonyms := lettersDrawer(many), search.NewSynonyms(search.DefaultSynonyms())
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				text := letters[i%len(letters)].Title + "\n" + letters[i%len(letters)].Question + pairs[i%len(pairs)].Question
				if _, err := drawer.Similar(b.Context(), text, 8, synonyms, everyPiece); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprint("fill ", n), func(b *testing.B) {
			for b.Loop() {
				lettersDrawer(many)
			}
		})
	}
}
