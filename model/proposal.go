package model

import (
	"cmp"
	"hash/fnv"
	"maps"
	"math"
	"slices"
)

// Clues are what a letter tells of who should handle it.
type Clues struct {
	Words  []string // each once: every two characters, and what the house's own lists know
	Topic  string
	Wanted string   // the office that its author thinks of, "" for none
	Named  []string // offices that the text speaks of
	Author string   // by which letters of one person are told from those of several
}

// Precedents are what past letters tell of who handles what: of each word, in how many
// letters of each office it stood. No text can be made of it again, and a word that
// too few people wrote is as if nobody had.
type Precedents struct {
	least   int // people who have to have written a word before it counts
	letters int
	wanted  int // their authors thought of an office
	right   int // and it was the one
	words   map[string]*wordCount
	topics  map[string]int
	offices map[string]*practice
}

// LeastAuthors is how many residents have to have written a word before it is kept.
const LeastAuthors = 3

type wordCount struct {
	letters int
	by      []uint32 // the first of those who wrote it, hashed
}

func (p *Precedents) knows(word string) bool {
	n := p.words[word]
	return n != nil && len(n.by) >= p.least
}

// practice is what came to one office.
type practice struct {
	letters       int
	words, topics map[string]int
}

// NewPrecedents are none yet; a word counts that at least so many people wrote.
func NewPrecedents(least int) *Precedents {
	return &Precedents{least: least, words: map[string]*wordCount{}, topics: map[string]int{}, offices: map[string]*practice{}}
}

// Learn counts a letter that an office handled.
func (p *Precedents) Learn(office string, c Clues) {
	o := p.offices[office]
	if o == nil {
		o = &practice{words: map[string]int{}, topics: map[string]int{}}
		p.offices[office] = o
	}
	p.letters++
	o.letters++
	o.topics[c.Topic]++
	p.topics[c.Topic]++
	if c.Wanted != "" {
		p.wanted++
	}
	if c.Wanted == office {
		p.right++
	}
	author := hashed(c.Author)
	for _, w := range c.Words {
		o.words[w]++
		p.count(w, author)
	}
}

func (p *Precedents) count(word string, author uint32) {
	n := p.words[word]
	if n == nil {
		n = &wordCount{}
		p.words[word] = n
	}
	n.letters++
	if len(n.by) < p.least && !slices.Contains(n.by, author) {
		n.by = append(n.by, author)
	}
}

// Settle forgets the words that too few people wrote. After it nothing is learned any
// more: what is new is learned from the beginning.
func (p *Precedents) Settle() {
	for _, o := range p.offices {
		maps.DeleteFunc(o.words, func(w string, _ int) bool { return !p.knows(w) })
	}
	maps.DeleteFunc(p.words, func(w string, _ *wordCount) bool { return !p.knows(w) })
}

// Letters is from how many letters was learned.
func (p *Precedents) Letters() int { return p.letters }

func hashed(text string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(text)) // it can't fail
	return h.Sum32()
}

// Leaning is how much speaks for an office, and its chance beside the others.
type Leaning struct {
	Office string
	Score  float64
	Chance float64 // of it and its rivals together 1
}

// How clues are weighed: found by leaving each of the sample letters out once.
const (
	letterTrust = 0.7 // of the words of past letters
	paperTrust  = 0.7 // of the words of public documents
	answerTrust = 0.7 // of the words of what offices have answered
	topicTrust  = 1.0
	nameTrust   = 1.5 // of an office that the letter itself speaks of
	wantedTrust = 4.0 // of the office that its author wants, where authors are always right
	usualTrust  = 0.2 // of how much comes to an office at all
	fewLetters  = 2.0 // an office of which little is known tells less by each of them
	topicDoubt  = 0.3
)

// Adviser proposes who should handle a letter, by past letters, by public documents and
// by what offices have answered for everybody to read, or for each other.
type Adviser struct {
	Letters, Papers, Answers *Precedents
	Entries                  []AnswerEntry // of Answers
}

// AnswerEntry is something that an office has answered: a knowledge entry, or a letter
// that is public.
type AnswerEntry struct {
	ID     string
	Office string
	Title  string
	Public bool
	Words  []string
}

// LearnAnswer counts what an office has answered.
func (a *Adviser) LearnAnswer(e AnswerEntry) {
	a.Answers.Learn(e.Office, Clues{Words: e.Words})
	a.Entries = append(a.Entries, e)
}

// NewAdviser knows nothing yet.
func NewAdviser() Adviser {
	return Adviser{Letters: NewPrecedents(LeastAuthors), Papers: NewPrecedents(1), Answers: NewPrecedents(1)}
}

// Lean weighs the clues of a letter for every office, the likeliest first.
func (a *Adviser) Lean(c Clues) []Leaning {
	tells, length := a.weights(c.Words)
	var list []Leaning
	for id := range a.offices() {
		score := 0.0
		if o := a.Letters.offices[id]; o != nil {
			words := a.sum(o, a.Letters, tells, float64(o.letters)+fewLetters)
			score += letterTrust*words/length + topicTrust*a.Letters.topicTells(o, c.Topic) + usualTrust*math.Log(float64(1+o.letters))
		}
		if o := a.Papers.offices[id]; o != nil {
			score += paperTrust * a.sum(o, a.Papers, tells, math.Sqrt(float64(o.letters))+1) / length
		}
		if o := a.Answers.offices[id]; o != nil {
			score += answerTrust * a.sum(o, a.Answers, tells, math.Sqrt(float64(o.letters))) / length
		}
		if slices.Contains(c.Named, id) {
			score += nameTrust
		}
		if c.Wanted == id {
			score += wantedTrust * a.Letters.wantedRight()
		}
		list = append(list, Leaning{Office: id, Score: score})
	}
	slices.SortFunc(list, func(a, b Leaning) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Office, b.Office))
	})
	return withChances(list)
}

func (a *Adviser) offices() map[string]bool {
	all := map[string]bool{}
	for _, p := range a.all() {
		for id := range p.offices {
			all[id] = true
		}
	}
	return all
}

func (a *Adviser) all() []*Precedents { return []*Precedents{a.Letters, a.Papers, a.Answers} }

// weights are how much each word tells: the rarer it is, the more; and the length of
// them all.
func (a *Adviser) weights(words []string) (tells map[string]float64, length float64) {
	tells = make(map[string]float64, len(words))
	all := 0
	for _, p := range a.all() {
		all += p.letters
	}
	for _, w := range words {
		n := 1
		for _, p := range a.all() {
			if p.knows(w) {
				n += p.words[w].letters
			}
		}
		rare := math.Log(1 + float64(all)/float64(n))
		tells[w] = rare * rare
		length += rare * rare
	}
	return tells, math.Sqrt(max(1, length))
}

// sum is what the words tell that came to an office, of so many letters.
func (a *Adviser) sum(o *practice, p *Precedents, tells map[string]float64, of float64) (sum float64) {
	for w, weight := range tells {
		if n := o.words[w]; n > 0 && p.knows(w) {
			sum += weight * min(1, float64(n)/of)
		}
	}
	return sum
}

func (p *Precedents) topicTells(o *practice, topic string) float64 {
	if topic == "" {
		return 0
	}
	usual := (float64(p.topics[topic]) + topicDoubt) / float64(p.letters+1)
	return math.Log((float64(o.topics[topic]) + topicDoubt) / float64(o.letters+1) / usual)
}

// wantedRight is how often the office that an author wanted was the one.
func (p *Precedents) wantedRight() float64 { return float64(1+p.right) / float64(2+p.wanted) }

// rivals are the offices among which chances are shared: beside very many, of which
// each is a little like it, no office would seem likely.
const rivals = 6

func withChances(list []Leaning) []Leaning {
	sum := 0.0
	for i := range list {
		list[i].Chance = math.Exp(list[i].Score - list[0].Score)
		if i < rivals {
			sum += list[i].Chance
		}
	}
	for i := range list {
		list[i].Chance /= sum
	}
	return list
}

// Busiest is the office that most letters came to.
func (p *Precedents) Busiest() (office string) {
	for id, o := range p.offices {
		if most := p.offices[office]; most == nil || o.letters > most.letters || o.letters == most.letters && id < office {
			office = id
		}
	}
	return office
}
