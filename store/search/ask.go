package search

import (
	"cmp"
	"context"
	"strings"

	"yuandu/model"
)

// Finder answers queries: an Index, or what stands in for one.
type Finder interface {
	Find(ctx context.Context, q Query) (Found, error)
}

// Question is what a person typed, with what they chose beside it.
type Question struct {
	Kind          model.Kind
	Text          string // as typed
	TitleOnly     bool   // look at titles alone
	Filters       map[string][]string
	Facets        []string
	Sort          model.Sort
	Today         model.Day
	Offset, Limit int
}

// Answer is what was found and how the words had to be understood for it.
type Answer struct {
	Found
	Marks  Marks  // words to mark in titles and passages
	Number string // the key of the document number that was asked for, "" otherwise
	Meant  string // the text as it was understood: the number, the words that carry the question …
	Hint   model.Hint
}

// IsNumber says whether a printed document number is the one asked for.
func (a *Answer) IsNumber(printed string) bool {
	key := model.NumberKey(printed)
	return key != "" && (key == a.Number || strings.HasSuffix(a.Number, "|") && strings.HasPrefix(key, a.Number))
}

// Asker answers questions. degraded says that the index is away and the answer
// comes from titles alone.
type Asker func(ctx context.Context, q Question) (answer Answer, degraded bool, err error)

// Ask answers a question by the strictest reading that finds something: a
// document number; all words, or synonyms of them; pinyin; homophones; the
// words that carry the question; some of the words. Filters never loosen a
// reading: where they exclude everything, the answer is empty.
func Ask(ctx context.Context, f Finder, q Question, synonyms *Synonyms) (Answer, error) {
	a := asking{ctx: ctx, finder: f, q: q, text: cut(Fold(q.Text), MaxText), synonyms: synonyms}
	if a.text == "" {
		return a.try(Query{Mode: Browse})
	}
	for _, reading := range []func() (Answer, error){a.number, a.all, a.pinyin, a.sound, a.content, a.some} {
		answer, err := reading()
		if err != nil || answer.Total > 0 || a.excluded {
			answer.Meant = cmp.Or(answer.Meant, asTyped(q.Text))
			return answer, err
		}
	}
	answer, err := a.try(a.allQuery(Words(a.text)))
	answer.Meant = asTyped(q.Text)
	return answer, err
}

// asTyped is what was typed, as far as it is looked at.
func asTyped(text string) string { return cut(strings.Join(strings.Fields(text), " "), MaxText) }

type asking struct {
	ctx      context.Context
	finder   Finder
	q        Question
	text     string
	synonyms *Synonyms
	excluded bool // a reading found something, but the filters left none of it
}

// try asks one reading, with the filters and the page of the question.
func (a *asking) try(q Query) (Answer, error) {
	q.Kind, q.Filters, q.Facets, q.Sort, q.Today = a.q.Kind, a.q.Filters, a.q.Facets, a.q.Sort, a.q.Today
	q.Offset, q.Limit, q.TitleOnly = a.q.Offset, a.q.Limit, a.q.TitleOnly
	found, err := a.finder.Find(a.ctx, q)
	if err != nil || found.Total > 0 || len(a.q.Filters) == 0 || q.Mode == Browse {
		return Answer{Found: found}, err
	}
	probe := q
	probe.Filters, probe.Facets, probe.Offset, probe.Limit = nil, nil, 0, 0
	any, err := a.finder.Find(a.ctx, probe)
	a.excluded = any.Total > 0
	return Answer{Found: found}, err
}

// probe looks at the first hits of a reading, filters aside.
func (a *asking) probe(q Query) ([]Hit, error) {
	q.Kind, q.Sort, q.Today, q.Limit = a.q.Kind, Relevance, a.q.Today, 20
	found, err := a.finder.Find(a.ctx, q)
	return found.Hits, err
}

// number reads the text as a document number, or as a sentence that holds one.
func (a *asking) number() (Answer, error) {
	for _, n := range numbersIn(a.text) {
		answer, err := a.try(Query{Mode: Number, Text: n.Key()})
		if err != nil || answer.Total > 0 || a.excluded {
			return a.numbered(n, answer, err)
		}
	}
	return Answer{}, nil
}

// longestIssuer is how many characters stand before the year of a number, mostly
// fewer: 鸢政办发.
const longestIssuer = 8

// numbersIn lists the numbers that a text may be meant to hold, the likeliest
// first. What was said before one in a chat may stand right before it: then its
// last characters are the issuer.
func numbersIn(text string) []model.DocNumber {
	var list []model.DocNumber
	if n, ok := model.ParseDocNumber(text); ok {
		list = append(list, n)
	}
	if found := model.FindDocNumbers(text); len(found) == 1 {
		list = append(list, found[0])
	}
	if len(list) == 0 || list[0].Year == 0 || list[0].Sequence == 0 {
		return list
	}
	n := list[len(list)-1]
	issuer := []rune(n.Issuer)
	for at := max(1, len(issuer)-longestIssuer); at <= len(issuer)-2; at++ {
		list = append(list, model.DocNumber{Issuer: string(issuer[at:]), Year: n.Year, Sequence: n.Sequence})
	}
	return list
}

// numbered says of an answer to a number which one it was, and marks it.
func (a *asking) numbered(n model.DocNumber, answer Answer, err error) (Answer, error) {
	answer.Meant = n.String()
	if err != nil || answer.Total == 0 {
		return answer, err
	}
	answer.Number = n.Key()
	answer.Marks.Enough = 1
	answer.Marks.Whole = []string{Fold(n.String()), Fold(strings.NewReplacer("〔", "[", "〕", "]").Replace(n.String())),
		Fold(strings.NewReplacer("〔", "(", "〕", ")").Replace(n.String()))}
	if n.Sequence > 0 {
		answer.Hint, err = a.citedHint(n, answer)
	}
	return answer, err
}

// citedHint tells the document from those that only cite it.
func (a *asking) citedHint(n model.DocNumber, answer Answer) (model.Hint, error) {
	here := false
	hits, err := a.probe(Query{Mode: Number, Text: n.Key()})
	for _, h := range hits {
		here = here || h.NumberKey == n.Key()
	}
	switch {
	case !here:
		return model.Hint{Reason: model.HintCitedBy, Asked: a.q.Text, Shown: n.String()}, err
	case answer.Total > 1:
		return model.Hint{Reason: model.HintCited, Asked: a.q.Text, Shown: n.String()}, err
	}
	return model.Hint{}, err
}

func (a *asking) allQuery(words []string) Query {
	text := strings.Join(words, " ")
	return Query{Mode: All, Text: text, Variants: a.synonyms.Variants(text)}
}

func (a *asking) allOf(words []string) (Answer, error) {
	if len(words) == 0 {
		return Answer{}, nil
	}
	q := a.allQuery(words)
	answer, err := a.try(q)
	answer.Marks.Whole, answer.Marks.Enough = append(append([]string{}, words...), flat(q.Variants)...), len(words)
	for _, w := range words {
		answer.Marks.Parts = append(answer.Marks.Parts, Bigrams(w)...)
	}
	return answer, err
}

func (a *asking) all() (Answer, error) { return a.allOf(Words(a.text)) }

// pinyin reads letters as syllables or initials. What the titles found by them
// say most is then asked for, so that bodies answer too.
func (a *asking) pinyin() (Answer, error) {
	if !LooksLikePinyin(a.text) {
		return Answer{}, nil
	}
	hits, err := a.probe(Query{Mode: Pinyin, Text: PinyinLookup(a.text)})
	if err != nil {
		return Answer{}, err
	}
	meant := mostSaid(hits, func(title string) (string, bool) {
		start, length, ok := PinyinRange(title, a.text)
		if !ok {
			return "", false
		}
		return string([]rune(title)[start : start+length]), true
	})
	return a.instead(meant, model.HintPinyin)
}

// sound reads each word that no title holds as one that sounds the same.
func (a *asking) sound() (Answer, error) {
	words := Words(a.text)
	changed := false
	for i, w := range words {
		meant, err := a.soundsLike(w)
		if err != nil {
			return Answer{}, err
		}
		if meant != "" {
			words[i], changed = meant, true
		}
	}
	if !changed {
		return Answer{}, nil
	}
	return a.instead(strings.Join(words, " "), model.HintSound)
}

const (
	shortestSound = 2 // characters: a single one sounds like too many
	longestSound  = 12
)

func (a *asking) soundsLike(word string) (string, error) {
	runes := []rune(word)
	if len(runes) < shortestSound || len(runes) > longestSound || !isHan(runes[0]) {
		return "", nil
	}
	known, err := a.probe(Query{Mode: All, Text: word, TitleOnly: true})
	if err != nil || len(known) > 0 {
		return "", err
	}
	sound := strings.Join(Syllables(word), "")
	hits, err := a.probe(Query{Mode: Pinyin, Text: PinyinLookup(sound)})
	if err != nil {
		return "", err
	}
	return mostSaid(hits, func(title string) (string, bool) { return SameSound(title, word) }), nil
}

func (a *asking) instead(meant string, reason model.HintReason) (Answer, error) {
	if meant == "" {
		return Answer{}, nil
	}
	answer, err := a.allOf(Words(Fold(meant)))
	answer.Meant = meant
	answer.Hint = model.Hint{Reason: reason, Asked: a.q.Text, Shown: meant}
	return answer, err
}

func (a *asking) content() (Answer, error) {
	words := a.synonyms.Part(Content(Words(a.text)))
	if strings.Join(words, " ") == strings.Join(Words(a.text), " ") {
		return Answer{}, nil
	}
	answer, err := a.allOf(words)
	answer.Meant = strings.Join(words, " ")
	if len(words) < 2 {
		answer.Hint = model.Hint{Reason: model.HintContent, Asked: a.q.Text, Shown: strings.Join(words, " ")}
	}
	return answer, err
}

func (a *asking) some() (Answer, error) {
	words := a.synonyms.Part(Content(Words(a.text)))
	if len(words) == 0 {
		words = Words(a.text)
	}
	if len(words) == 0 {
		return Answer{}, nil
	}
	answer, err := a.try(Query{Mode: Any, Text: strings.Join(words, " ")})
	answer.Meant = strings.Join(words, " ")
	answer.Marks.Whole = words
	for _, w := range words {
		answer.Marks.Parts = append(answer.Marks.Parts, Bigrams(w)...)
	}
	answer.Hint = model.Hint{Reason: model.HintSomeOnly, Asked: a.q.Text, Shown: ""}
	return answer, err
}

// mostSaid is what most titles say in answer, the earlier one of equals.
func mostSaid(hits []Hit, say func(title string) (string, bool)) string {
	counts, best := map[string]int{}, ""
	for _, h := range hits {
		if said, ok := say(h.Title); ok {
			counts[said]++
		}
	}
	for _, h := range hits {
		if said, ok := say(h.Title); ok && counts[said] > counts[best] {
			best = said
		}
	}
	return best
}

func flat(texts []string) []string {
	var words []string
	for _, t := range texts {
		words = append(words, strings.Fields(t)...)
	}
	return words
}

func cut(s string, characters int) string {
	n := 0
	for i := range s {
		if n == characters {
			return s[:i]
		}
		n++
	}
	return s
}
