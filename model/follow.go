package model

import "time"

// Kinds that can be followed beside policies. They are part of addresses.
const (
	KindTopic      Kind = "topic"
	KindDepartment Kind = "department"
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
	Loss       *Loss // nil where it is there
}

// Errors of follows.
var (
	ErrFollowsFull  = &Error{Conflict, "follow.full", "", nil}
	ErrTopicMissing = &Error{NotFound, "topic.not_found", "", nil}
)
