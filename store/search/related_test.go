package search_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"

	"yuandu/model"
	"yuandu/store/search"
	"yuandu/store/search/searchtest"
)

// How often the sample letter that fits a question must be among the first three.
const wellRelated = 0.85

// sampleLetter is a letter of the demo as residents read it.
type sampleLetter struct{ Key, Title, Question, Answer string }

func TestTheAnswerThatFitsIsAmongTheFirstThree(t *testing.T) {
	letters, pairs := sampleLetters(t), relatedPairs(t)
	t.Run("bleve", func(t *testing.T) {
		measureRelated(t, openBleve(t, t.TempDir()), letters, pairs)
	})
	t.Run("Meilisearch", func(t *testing.T) {
		cfg := meiliConfig(t)
		index := openMeili(t, cfg)
		t.Cleanup(func() { dropIndexes(t, cfg) })
		measureRelated(t, index, letters, pairs)
	})
}

func measureRelated(t *testing.T, index search.Index, letters []sampleLetter, pairs []relatedPair) {
	fillLetters(t, index, letters)
	synonyms := search.NewSynonyms(search.DefaultSynonyms())
	first, three := 0, 0
	for _, p := range pairs {
		q := search.Question{Kind: model.KindLetter, Text: p.Question, Today: searchtest.Today, Limit: 5}
		list, err := search.FindSimilar(t.Context(), index, q, synonyms, piecesOf(letters))
		if err != nil {
			t.Fatal(err)
		}
		place := slices.IndexFunc(list, func(a search.Alike) bool { return a.Hit.Title == keyTitle(letters, p.Answer) })
		switch {
		case place == 0:
			first++
			fallthrough
		case place > 0 && place < 3:
			three++
		default:
			t.Logf("%s\n  should be answered by %s (place %d), is by %s", p.Question, keyTitle(letters, p.Answer), place+1, titlesOf(list))
		}
	}
	share := float64(three) / float64(len(pairs))
	t.Logf("of %d questions over %d letters %.1f %% have their answer among the first three, %.1f %% first",
		len(pairs), len(letters), 100*share, 100*float64(first)/float64(len(pairs)))
	if share < wellRelated {
		t.Errorf("%.1f %% is less than %.0f %%", 100*share, 100*wellRelated)
	}
	measureUnrelated(t, index, letters, synonyms)
}

// unrelated are questions that no office answers.
var unrelated = []string{"推荐一部好看的电影", "今天天气怎么样", "帮我写一首关于春天的诗", "如何训练一只鹦鹉说话", "中国队昨晚比赛赢了吗",
	"哪里可以买到便宜的手机", "猪肉炖粉条的做法", "火星上有没有水", "我想学吉他", "股票什么时候涨", "飞机票怎么改签", "寺庙几点开门",
	"外星人绑架了我的猫", "诺贝尔奖今年颁给谁", "小说的结局是什么", "怎样腌咸鸭蛋"}

// measureUnrelated wants most of them to find nothing: single words of theirs are
// words of some letter too.
func measureUnrelated(t *testing.T, index search.Index, letters []sampleLetter, synonyms *search.Synonyms) {
	answered := 0
	for _, text := range unrelated {
		q := search.Question{Kind: model.KindLetter, Text: text, Today: searchtest.Today, Limit: 1}
		list, err := search.FindSimilar(t.Context(), index, q, synonyms, piecesOf(letters))
		if err != nil {
			t.Fatal(err)
		}
		if len(list) > 0 {
			answered++
			t.Logf("%s, which no office answers, is answered by %s", text, list[0].Title)
		}
	}
	if 3*answered > 2*len(unrelated) {
		t.Errorf("%d of %d questions that no office answers are answered", answered, len(unrelated))
	}
}

func fillLetters(t *testing.T, index search.Index, letters []sampleLetter) {
	t.Helper()
	var ops []search.Op
	for _, l := range letters {
		d := search.Doc{Kind: model.KindLetter, ID: searchtest.ID(l.Key), Version: 1, Title: l.Title, Body: l.Question + "\n" + l.Answer}
		ops = append(ops, search.Op{ID: d.ID, Put: &d})
	}
	next, err := index.Rebuild(t.Context())
	if err == nil {
		err = errors.Join(next.Apply(t.Context(), model.KindLetter, ops), next.Commit(t.Context()))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func piecesOf(letters []sampleLetter) search.PieceReader {
	return func(_ context.Context, hits []search.Hit) (pieces []search.Piece, err error) {
		for _, l := range letters {
			if id := searchtest.ID(l.Key); slices.ContainsFunc(hits, func(h search.Hit) bool { return h.ID == id }) {
				pieces = append(pieces, search.Piece{ID: id, Title: l.Title, Asked: l.Question, Text: l.Answer})
			}
		}
		return pieces, nil
	}
}

func keyTitle(letters []sampleLetter, key string) string {
	for _, l := range letters {
		if l.Key == key {
			return l.Title
		}
	}
	return "the unknown letter " + key
}

func titlesOf(list []search.Alike) (titles []string) {
	for _, a := range list {
		titles = append(titles, a.Title)
	}
	return titles
}

// relatedPair is a question and the sample letter that answers it.
type relatedPair struct{ Question, Answer string }

func relatedPairs(t testing.TB) (pairs []relatedPair) {
	readSample(t, "testdata/related_pairs.json", &pairs)
	return pairs
}

// sampleLetters are those of the demo that are published.
func sampleLetters(t testing.TB) (published []sampleLetter) {
	var letters []struct {
		Key   string
		Steps []struct{ Do, Title, Question, Answer string }
	}
	readSample(t, "../../cmd/yuandu/sample/letters.json", &letters)
	for _, l := range letters {
		for _, s := range l.Steps {
			if s.Do == "publish" {
				published = append(published, sampleLetter{l.Key, s.Title, s.Question, s.Answer})
			}
		}
	}
	return published
}

func readSample(t testing.TB, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("SKIPPED: %s is not there: how well questions are related to answers is not measured", path)
	}
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
