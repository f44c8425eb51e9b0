package search

import (
	"unicode/utf8"
)

// meaning is what a text speaks of, cut into units that other texts may hold.
type meaning struct {
	said  string // folded
	units []unit
	pairs map[pair]int // every two neighbouring characters of a form, by number
	sieve pairSieve    // holds at least those
	whole float64      // the units' weight together
	// singles: some units are single characters, paired with nothing.
	singles bool
}

// unit is a word, or two characters of one where words are not known. Another
// text holds it where it holds one of its forms.
type unit struct {
	forms  []form // as it was said, then what means the same
	weight float64
}

// form is one way of saying a unit.
type form struct {
	text  string
	grams []string // as indexes know them
	pairs []int    // all of which a text must hold
}

// pair is two neighbouring characters.
type pair [2]rune

const (
	shortQuestion = 60   // characters, up to which single ones count
	single        = 0.25 // what a character counts beside two in a row
	unheard       = 0.8  // what a unit counts that no document holds
)

// mostForms is how many ways of saying a word are looked for.
const mostForms = 5

// pairSieve tells most pairs that are not wanted from those that may be: nearly all
// that is read of a text is not, and to look each of them up takes longer.
type pairSieve [64]uint64

func (s *pairSieve) put(p pair)      { s[p.place()>>6] |= 1 << (p.place() & 63) }
func (s *pairSieve) may(p pair) bool { return s[p.place()>>6]&(1<<(p.place()&63)) != 0 }

func (p pair) place() uint32 { return (uint32(p[0])*31 ^ uint32(p[1])*2_654_435_761>>16) & 4095 }

// meaningOf cuts a folded text: what only makes it a question is left out, and
// words that the house knows synonyms of are units with all of them.
func meaningOf(text string, synonyms *Synonyms) *meaning {
	m := &meaning{said: text, pairs: map[pair]int{}}
	seen := map[string]bool{}
	for _, word := range Content(Words(text)) {
		for _, part := range meant(word, synonyms) {
			if len(part) > 1 {
				m.add(seen, part)
				continue
			}
			for _, gram := range queryGrams(part[0]) {
				m.add(seen, []string{gram})
			}
		}
	}
	if utf8.RuneCountInString(text) <= shortQuestion {
		m.addCharacters(seen)
	}
	return m
}

// addCharacters lets the characters of the words count a little: in few words
// there may be no two in a row that others used too.
func (m *meaning) addCharacters(seen map[string]bool) {
	for _, u := range m.units[:len(m.units):len(m.units)] {
		for _, r := range u.forms[0].text {
			if c := string(r); isHan(r) && !seen[c] {
				seen[c] = true
				m.singles = true
				m.units = append(m.units, unit{forms: []form{{c, []string{c}, []int{m.number(pair{0, r})}}}, weight: 1})
			}
		}
	}
}

// KnownWords are the words of a folded text that stand in the house's own lists of what
// means the same, of more than two characters or not, each once.
func KnownWords(text string, synonyms *Synonyms) (known []string) {
	for _, word := range Content(Words(text)) {
		for _, part := range meant(word, synonyms) {
			if len(part) > 1 {
				known = append(known, part[0])
			}
		}
	}
	return once(known)
}

// meant parts a word: a known word comes with what means the same, the rest alone.
func meant(word string, s *Synonyms) (parts [][]string) {
	begun := 0
	rest := func(end int) {
		if end > begun {
			parts = append(parts, []string{word[begun:end]})
		}
	}
	for i := 0; i < len(word); {
		known, others := spoken.at(word, i)
		if s != nil && others == nil {
			known, others = s.at(word, i)
		}
		if others != nil {
			rest(i)
			parts = append(parts, append([]string{known}, others[:min(len(others), mostForms-1)]...))
			begun = i + len(known)
		}
		i += len(known)
	}
	rest(len(word))
	return parts
}

// add adds a unit, unless it says nothing or is there already.
func (m *meaning) add(seen map[string]bool, said []string) {
	if short(said[0]) || seen[said[0]] {
		return
	}
	seen[said[0]] = true
	u := unit{weight: 1}
	for _, text := range said {
		u.forms = append(u.forms, form{text, queryGrams(text), m.pairsOf(text)})
	}
	m.units = append(m.units, u)
}

func (m *meaning) pairsOf(text string) (numbers []int) {
	before := rune(0)
	for _, r := range text {
		if before != 0 {
			numbers = append(numbers, m.number(pair{before, r}))
		}
		before = r
	}
	return numbers
}

func (m *meaning) number(p pair) int {
	n, known := m.pairs[p]
	if !known {
		n = len(m.pairs)
		m.pairs[p] = n
		m.sieve.put(p)
	}
	return n
}

// weigh weighs each unit by how rare its forms are, a longer word more. What no
// document holds is a part of the whole that nothing covers, though a small one:
// it may be two characters that only happen to stand together. Without rarities
// all grams are alike.
func (m *meaning) weigh(rarity map[string]float64) {
	m.whole = 0
	rarest := 0.0
	for _, r := range rarity {
		rarest = max(rarest, r)
	}
	for i := range m.units {
		u := &m.units[i]
		u.weight = 0
		for _, f := range u.forms {
			u.weight = max(u.weight, f.rarity(rarity))
		}
		if u.weight == 0 {
			m.whole += unheard * rarest * longer(u.forms[0].text)
		}
		u.weight *= longer(u.forms[0].text)
		m.whole += u.weight
	}
}

// rarity is that of a form's grams in the middle.
func (f *form) rarity(rarity map[string]float64) float64 {
	if rarity == nil {
		return 1
	}
	sum := 0.0
	for _, g := range f.grams {
		if rarity[g] == 0 {
			return 0
		}
		sum += rarity[g]
	}
	return sum / float64(max(1, len(f.grams)))
}

// longer is how much more a word tells than two characters do, and a single one
// less.
func longer(word string) float64 {
	if n := utf8.RuneCountInString(word); n > 1 {
		return 0.5 * float64(n)
	}
	return single
}

// reading reads texts one after another and tells which units they hold.
type reading struct {
	meaning *meaning
	seen    []bool // pairs
	held    []bool // units
}

func (m *meaning) reading() *reading {
	return &reading{m, make([]bool, len(m.pairs)), make([]bool, len(m.units))}
}

func (r *reading) read(text string) {
	before := rune(0)
	for _, now := range text {
		now = FoldRune(now)
		r.see(pair{before, now})
		if r.meaning.singles {
			r.see(pair{0, now})
		}
		before = now
	}
}

func (r *reading) see(p pair) {
	if !r.meaning.sieve.may(p) {
		return
	}
	if n, wanted := r.meaning.pairs[p]; wanted {
		r.seen[n] = true
	}
}

// gained is which part of the meaning is held now and was not before.
func (r *reading) gained() float64 {
	sum := 0.0
	for i := range r.meaning.units {
		if u := &r.meaning.units[i]; !r.held[i] && r.holds(u) {
			r.held[i] = true
			sum += u.weight
		}
	}
	if sum == 0 {
		return 0
	}
	return sum / r.meaning.whole
}

func (r *reading) holds(u *unit) bool {
	for _, f := range u.forms {
		if r.holdsForm(f) {
			return true
		}
	}
	return false
}

func (r *reading) holdsForm(f form) bool {
	for _, n := range f.pairs {
		if !r.seen[n] {
			return false
		}
	}
	return len(f.pairs) > 0
}
