package model

import (
	"context"
	"slices"
	"time"
)

// Kinds that can be followed beside policies. They are part of addresses.
const (
	KindTopic      Kind = "topic"
	KindDepartment Kind = "department"
	KindSearch     Kind = "search" // a saved search with its filters

	KindMeetingColumn Kind = "meeting_column"
)

// MostFollows is how many things a resident may follow.
const MostFollows = 500

// Follow is something that a resident wants to keep an eye on (订阅): a topic, a
// department, a policy, a search.
type Follow struct {
	Kind       Kind
	Key        string // its ID
	Name       string // today's; that of when it was followed, where it is gone
	FollowedAt time.Time
	Pace       Pace
	Paused     bool         // nothing of it is told until it goes on
	Search     *SavedSearch // of a search
	Loss       *Loss        // nil where it is there
}

// Followable is a kind of things that can be followed. Each domain hands over its
// own, in cmd/yuandu.
type Followable struct {
	Kind    Kind
	Name    string // code of what the kind is called
	Missing *Error // for who follows one that is not there
	// Names are today's names of things by their keys; one that is not there has none.
	Names func(ctx context.Context, keys []string) (map[string]string, error)
}

// FollowEdit is what a resident changes of a follow; nil leaves it as it is.
type FollowEdit struct {
	Pace   *Pace
	Paused *bool
}

// Pace is how often what is followed is told.
type Pace string

// The paces, the quickest first.
const (
	AtOnce Pace = "now"
	Daily  Pace = "daily"
	Weekly Pace = "weekly"
)

// Paces lists them, the quickest first.
func Paces() []Pace { return []Pace{AtOnce, Daily, Weekly} }

// Quicker says whether p tells sooner than other.
func (p Pace) Quicker(other Pace) bool {
	return slices.Index(Paces(), p) < slices.Index(Paces(), other)
}

// Touch is something that can be followed and that a change is about: a document,
// its topics, its departments, what it changes.
type Touch struct {
	Kind Kind
	Key  string
}

// Errors of follows.
var (
	ErrFollowsFull  = &Error{Conflict, "follow.full", "", nil}
	ErrTopicMissing = &Error{NotFound, "topic.not_found", "", nil}
	ErrFollowKind   = &Error{Invalid, "follow.kind", "kind", nil}
	ErrNotFollowed  = &Error{NotFound, "follow.not_found", "", nil}
)
