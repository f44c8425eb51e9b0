package model

import "time"

// Kinds that can be followed beside policies. They are part of addresses.
const (
	KindTopic      Kind = "topic"
	KindDepartment Kind = "department"
	KindSearch     Kind = "search" // a saved search with its filters
)

// MostFollows is how many things a resident may follow.
const MostFollows = 500

// Follow is something that a resident wants to keep an eye on (订阅): a topic, a
// department or a policy.
type Follow struct {
	Kind       Kind
	Key        string // its ID
	Name       string // today's; that of when it was followed, where it is gone
	FollowedAt time.Time
	Pace       Pace
	Paused     bool  // nothing of it is told until it goes on
	Loss       *Loss // nil where it is there
}

// Pace is how often what is followed is told.
type Pace string

// The paces, the quickest first.
const (
	AtOnce Pace = "now"
	Daily  Pace = "daily"
	Weekly Pace = "weekly"
)

// Quicker says whether p tells sooner than other.
func (p Pace) Quicker(other Pace) bool { return paceOrder[p] < paceOrder[other] }

var paceOrder = map[Pace]int{AtOnce: 0, Daily: 1, Weekly: 2}

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
)
