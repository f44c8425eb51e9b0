package model

import (
	"slices"
	"time"
)

// DepartmentMoving is what goes along when a department is merged into another.
type DepartmentMoving struct {
	Policies        int `json:"policies"`
	Interpretations int `json:"interpretations"`
	Publications    int `json:"publications"` // documents on their way that it keeps, public ones too
	Staff           int `json:"staff"`
	Grants          int `json:"grants"`
	Children        int `json:"children"`
	Feedback        int `json:"feedback"`
	Letters         int `json:"letters"`
	Knowledge       int `json:"knowledge"`
	Meetings        int `json:"meetings"` // public ones that it attended, or has something to do with
	Matters         int `json:"matters"`
}

// Absorb makes the names of a department that ends aliases of this one, which
// takes its place: whoever knows the old name still finds what there is.
func (d *Department) Absorb(ended *Department) {
	for _, name := range append([]string{ended.Name, ended.ShortName}, ended.Aliases...) {
		if name != "" && name != d.Name && name != d.ShortName && !slices.Contains(d.Aliases, name) {
			d.Aliases = append(d.Aliases, name)
		}
	}
}

// PolicyMoving is what goes along when a policy is merged into another.
type PolicyMoving struct {
	Interpretations int `json:"interpretations"`
	Relations       int `json:"relations"` // what it says of others and the other does not
	CitedBy         int `json:"cited_by"`  // what others say of it
	Topics          int `json:"topics"`
	Attachments     int `json:"attachments"` // those that were chosen
}

// MergeInto ends a document that is another one twice. Both are public and
// nobody is changing either, or both are drafts: then nothing is lost that
// somebody is writing, and nothing goes public that nobody reviewed.
func (p *Publication) MergeInto(kept *Publication, w Withdrawal) error {
	atRest := StageDraft
	if p.Public {
		atRest = StagePublished
	}
	switch {
	case p.ID == kept.ID:
		return ErrMergeSelf
	case w.Reason == "":
		return ErrReasonNeeded
	case kept.MovedTo != "":
		return ErrMergeMoved
	case kept.Withdrawal != nil && !kept.Public, !kept.DeletedAt.IsZero():
		return ErrMergeWithdrawn
	case p.Public != kept.Public:
		return ErrMergeMixed
	case p.Stage != atRest || kept.Stage != atRest || !p.DeletedAt.IsZero():
		return ErrMergeBusy
	case p.Public:
		return p.Withdraw(w)
	}
	p.DeletedAt = w.At
	p.changed(w.By, w.At)
	return nil
}

// PolicySide is one of two policies that may be the same.
type PolicySide struct {
	ID            string
	Version       int64 // of the publication
	Public        bool
	Stage         Stage
	Title         string
	DocNumber     string
	DepartmentID  string // whose it is
	WrittenDate   Day
	PublishedDate Day
	Start         string // of the text
	UpdatedAt     time.Time
}

// Double is a pair of policies that may be the same, the older record first.
type Double struct {
	A, B PolicySide
	Why  DoubleWhy
}

// DoubleWhy is why two policies may be the same.
type DoubleWhy string

// The reasons.
const (
	SameNumber DoubleWhy = "number" // 文号
	LikeTitle  DoubleWhy = "title"  // nearly the same title, of one day and one department
)

// Errors of merging.
var (
	ErrMoved            = &Error{NotFound, "policy.moved", "", nil} // From, To in Args
	ErrMergeSelf        = &Error{Invalid, "merge.self", "into", nil}
	ErrMergeMoved       = &Error{Conflict, "merge.moved", "into", nil}
	ErrMergeWithdrawn   = &Error{Conflict, "merge.withdrawn", "into", nil}
	ErrMergeMixed       = &Error{Conflict, "merge.mixed", "into", nil}
	ErrMergeBusy        = &Error{Conflict, "merge.busy", "into", nil}
	ErrMergeMissing     = &Error{NotFound, "merge.missing", "into", nil}
	ErrMergeFile        = &Error{Invalid, "merge.file", "attachments", nil}
	ErrMergeBelow       = &Error{Conflict, "merge.below", "into", nil}
	ErrMerged           = &Error{Conflict, "publication.merged", "", nil}
	ErrDepartmentMerged = &Error{Conflict, "department.merged", "into", nil}
	ErrTopics           = &Error{Invalid, "topic.all", "items", nil}
	ErrTopicText        = &Error{Invalid, "topic.explanation", "explanation", nil}
)
