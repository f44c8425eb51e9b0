package model

import "time"

// AuditEntry is one line of the audit trail before it is written: what was
// done to what. Details hold IDs, codes and counts, never what names or
// describes a person: the trail outlives an erasure unaltered.
type AuditEntry struct {
	Act     string // past tense: staff.opened
	Object  Ref
	Details any // becomes JSON; nil for none
}

// Ref names a record of the house.
type Ref struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// AuditLine is one line of the trail as it was kept.
type AuditLine struct {
	ID      string
	At      time.Time
	By      Actor // kind, ID, address and request
	Act     string
	Object  Ref
	Details string // JSON, "" for none
	Seq     int64  // place in the chain, 0 while it waits to be sealed
	MAC     string // over the line itself, hex
	Link    string // over the line before and this one, hex; "" while it waits
}

// AuditHead is where the chain ends.
type AuditHead struct {
	Seq  int64  `json:"seq"`
	Link string `json:"link"`
}
