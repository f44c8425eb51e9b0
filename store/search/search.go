// Package search finds public documents by what people type. It holds one
// index interface with two makers, bleve in this process and a Meilisearch
// server, and everything the service knows about Chinese: folding, document
// numbers, pinyin, similar words, found words and passages. An index can be
// lost and rebuilt at any time: the truth is in the database.
package search

import (
	"context"
	"errors"

	"yuandu/model"
)

// Doc is a public document as an index holds it.
type Doc struct {
	Kind      model.Kind
	ID        string // ULID
	Version   int64  // the row's version; an older one never replaces a newer one
	Title     string
	NumberKey string   // model.DocNumber.Key, "" where there is none
	Cites     []string // keys of the document numbers that its text cites
	Keywords  []string // names people look by that the text may not hold: departments, topics
	Body      string
	// Facets are the values that filters ask for and answers count, by the
	// filter's name: department (with all its parents), topic, category, year.
	Facets    map[string][]string
	Published model.Day
	Days      model.Days // validity is derived from them for the day of the question
}

// ValidityFacet is the filter that is not kept in Doc.Facets: its values are
// derived from Doc.Days for Query.Today.
const ValidityFacet = model.ByValidity

// Mode says how the text of a query must match.
type Mode int

// The ways in which a text can match.
const (
	// Browse matches every document; Text is not looked at.
	Browse Mode = iota
	// All wants every word of Text (parted by blanks), or of one of Variants,
	// in the title, keywords or body. Within a word the characters must stand
	// together, as far as the engine can tell.
	All
	// Any wants a good part of the words of Text: for questions in plain
	// language and as the last resort.
	Any
	// Number wants the document whose number key is Text, or begins with it
	// where Text ends in "|", and those that cite it; the document itself
	// comes first.
	Number
	// Pinyin wants titles in whose pinyin (whole syllables joined, or
	// initials) Text stands, beginning at a character.
	Pinyin
	// Similar wants documents that speak of what Text speaks of, however long
	// both are: those that hold most of its grams, and the rarest of them. Only
	// its first hits count, at most SimilarWindow: nothing is counted, and Offset
	// is not looked at.
	Similar
)

// The orders of an answer.
const (
	Relevance = model.Relevance
	Newest    = model.Newest
	Oldest    = model.Oldest
)

// Query is one question to an index.
type Query struct {
	Kind      model.Kind
	Mode      Mode
	Text      string   // folded by Fold, at most MaxText characters
	Variants  []string // the same said otherwise (synonyms), folded; All alone looks at them
	TitleOnly bool     // look at titles alone
	// Filters: a document must have one of the values of each name.
	Filters map[string][]string
	// Facets to count. The counts of a facet leave its own filter out.
	Facets []string
	Sort   model.Sort
	Today  model.Day // for validity
	Offset int
	Limit  int
}

// What a query may ask for at most.
const (
	MaxText   = 200             // characters; callers cut
	MaxWindow = model.MaxWindow // Offset + Limit
	MaxBucket = 200             // values of one facet

	SimilarWindow = 100 // hits of Similar
)

// Hit is one found document. Scores compare only within one answer.
type Hit struct {
	ID        string
	Version   int64
	Score     float64
	Title     string
	NumberKey string
	Published model.Day
	Days      model.Days
}

// Bucket counts the documents that have a value.
type Bucket struct {
	Value string
	Count int
}

// Found is an index's answer. Buckets come with the largest count first, then
// by value.
type Found struct {
	Hits   []Hit
	Total  int
	Facets map[string][]Bucket
	// Rarity is how much each gram of a Similar text tells, by how few documents
	// hold it; one that none holds has none.
	Rarity map[string]float64
}

// Op is one change of an index: Put, or, where it is nil, the removal of ID.
type Op struct {
	ID  string
	Put *Doc
}

// Entry is what an index knows of a document when it is compared with the
// database.
type Entry struct {
	ID      string
	Version int64
}

// Index is a search index. Kinds are parted from each other.
// Every method returns ErrUnavailable (wrapped) when the engine can't be
// reached, and the context's error when that ended first.
type Index interface {
	// Find answers a query. It never returns a document twice, and pages
	// over one state of the index have neither holes nor doubles.
	Find(ctx context.Context, q Query) (Found, error)
	// Apply makes changes. It may be repeated and returns nil only when they
	// are durable and can be found. A document that the engine will not take
	// is named by *OpError; the others are applied all the same.
	Apply(ctx context.Context, kind model.Kind, ops []Op) error
	// Entries lists what the index holds, ordered by ID, beginning after an
	// ID: for the nightly comparison with the database.
	Entries(ctx context.Context, kind model.Kind, after string, limit int) ([]Entry, error)
	// Rebuild begins a new index beside the one that answers. One at a time:
	// a second one gets ErrRebuilding.
	Rebuild(ctx context.Context) (Rebuild, error)
	// Health says whether the engine can answer now, and ErrOutdated when it
	// can, or could, but was built damaged or by other rules than this
	// program's: then it wants a Rebuild.
	Health(ctx context.Context) error
	Close() error
}

// Rebuild is an index in the making, of every kind. Searches see the old one
// until Commit has returned nil, and then the new one, with no moment between.
type Rebuild interface {
	Apply(ctx context.Context, kind model.Kind, ops []Op) error
	Commit(ctx context.Context) error
	Abort(ctx context.Context) error // harmless after Commit
}

// What an index may refuse.
var (
	ErrUnavailable = errors.New("search engine unavailable")
	ErrRebuilding  = errors.New("the index is being rebuilt already")
	ErrOutdated    = errors.New("the index must be rebuilt")
)

// OpError names the documents that an engine refused, with its reason for each.
type OpError struct{ Refused map[string]string }

func (e *OpError) Error() string {
	for id, why := range e.Refused {
		return "document " + id + " refused by the search engine: " + why
	}
	return "document refused by the search engine"
}
