package model

// Sort is the order of a list. Every order is total: equal documents are
// ordered by ID.
type Sort string

// The orders.
const (
	Relevance Sort = "relevance"
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
)

// Range is a found piece of a text: its start and its length in UTF-16 units,
// as browsers and phones count.
type Range = [2]int

// MaxWindow is how deep a list can be paged: offset and limit together.
const MaxWindow = 1000

// Hint says how an answer differs from what was typed.
type Hint struct {
	Reason HintReason // "" where there is nothing to say
	Asked  string     // as typed
	Shown  string     // as understood
}

// HintReason is why there is a hint.
type HintReason string

// The reasons.
const (
	HintCited    HintReason = "cited"     // the document of that number first, then those that cite it
	HintCitedBy  HintReason = "cited_by"  // that document is not here; those that cite it are
	HintPinyin   HintReason = "pinyin"    // letters read as pinyin
	HintSound    HintReason = "sound"     // characters that sound like those typed
	HintContent  HintReason = "content"   // only the words that carry the question
	HintSomeOnly HintReason = "some_only" // some of the words only
)

// Loosened says whether the answer is to less, or to something else, than was
// typed.
func (h Hint) Loosened() bool {
	return h.Reason != "" && h.Reason != HintCited && h.Reason != HintCitedBy
}
