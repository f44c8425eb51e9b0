package model

import "time"

// Resident is somebody who came through WeChat and agreed to be known. What
// identifies the person never leaves in JSON by itself: the one answer that
// may show it copies it out by name.
type Resident struct {
	ID        string
	OpenID    string `json:"-"`
	UnionID   string `json:"-"`
	Phone     string `json:"-"`
	Name      string `json:"-"`
	CreatedAt time.Time
	SeenAt    time.Time
	Version   int64
}

// ResidentSession is one device on which a resident is signed in.
type ResidentSession struct {
	ID         string
	ResidentID string
	Device     string // what the client says of itself, as "iPhone 15"
	CreatedAt  time.Time
	SeenAt     time.Time
	ExpiresAt  time.Time
	EndedAt    time.Time // zero while it lasts
	EndedWhy   string
}

// Why sessions end.
const (
	EndedSignOut   = "sign_out"
	EndedElsewhere = "elsewhere" // from another device, or by an administrator
	EndedErased    = "erased"
	EndedPassword  = "password" // was changed or reset
	EndedClosed    = "closed"   // the account was
)

// PrivacyText is one version of what residents are told about their data
// (PIPL art. 17).
type PrivacyText struct {
	Version     int64     `json:"version"`
	Text        string    `json:"text"`    // Markdown, of headings, paragraphs and lists
	Summary     string    `json:"summary"` // what changed, shown to those who agreed to an earlier one
	PublishedAt time.Time `json:"published_at"`
}

// Consent is a resident's agreement to one version of the privacy text. Below
// fourteen it is a guardian's (PIPL art. 31).
type Consent struct {
	ID             string
	ResidentID     string
	PrivacyVersion int64
	GivenAt        time.Time
	WithdrawnAt    time.Time // zero while it holds
	Minor          bool      // below fourteen
	Guardian       Guardian
}

// Guardian is who agrees for a child below fourteen.
type Guardian struct {
	Relation string `json:"relation"` // father, mother or other
	Name     string `json:"-"`
	Phone    string `json:"-"`
}

// Holds says whether the consent covers a version of the privacy text.
func (c *Consent) Holds(version int64) bool {
	return c != nil && c.WithdrawnAt.IsZero() && c.PrivacyVersion >= version
}

// Erasure certifies that what the house held of a resident is gone (PIPL art.
// 47, 网络数据安全管理条例 art. 24). It names nobody.
type Erasure struct {
	Number   string       `json:"number"`
	ErasedAt time.Time    `json:"erased_at"`
	Items    []ErasedItem `json:"items"`
}

// ErasedItem is one sort of record and what became of it.
type ErasedItem struct {
	What  string `json:"what"`            // code of a sentence: erased.phone
	Count int    `json:"count"`           // records
	Kept  string `json:"kept,omitempty"`  // code of the reason in law, "" where they are gone
	Until Day    `json:"until,omitempty"` // last day of keeping, "" where no end is set
}

// How long a resident stays signed in without coming back, and how long
// somebody who has not agreed yet is known (YUANDU keeps nothing else of them).
const (
	ResidentSessionLasts = 30 * 24 * time.Hour
	UnagreedLasts        = 30 * time.Minute
)

// Section is one part of an export: the same rows for programs and for people.
type Section struct {
	Name    string     // of the JSON member
	Title   string     // code of its heading
	Columns []string   // codes of the columns' headings
	Rows    [][]string // what begins with "act." or "kind." is the code of a sentence
}

// Errors of residents.
var (
	ErrSignInNeeded    = &Error{Unauthenticated, "signin.needed", "", nil}
	ErrConsentNeeded   = &Error{Forbidden, "consent.needed", "", nil}
	ErrConsentOld      = &Error{Conflict, "consent.version", "version", nil}
	ErrGuardianNeeded  = &Error{Invalid, "consent.guardian", "guardian", nil}
	ErrDeviceNotFound  = &Error{NotFound, "device.not_found", "", nil}
	ErrErasureNotFound = &Error{NotFound, "erasure.not_found", "", nil}
	ErrStale           = &Error{Stale, "edit.stale", "", nil}
	ErrPhoneMalformed  = &Error{Invalid, "phone.malformed", "phone", nil}
	ErrNameMalformed   = &Error{Invalid, "name.malformed", "name", nil}
	ErrPrivacyMissing  = &Error{Unavailable, "privacy.missing", "", nil}
)
