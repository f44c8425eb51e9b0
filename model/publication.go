package model

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Stage is how far the working copy of a document has come on its way to the
// public. A document that is public may have a working copy too: its correction.
type Stage string

// The stages.
const (
	StageDraft     Stage = "draft"     // 草稿
	StageReview    Stage = "review"    // 待审核
	StageScheduled Stage = "scheduled" // 待发布: signed, waits for its time
	StagePublished Stage = "published" // 已发布, and nothing is being changed
	StageWithdrawn Stage = "withdrawn" // 已撤回
	StageKept      Stage = "kept"      // 留存: reviewed, and not to be published
)

// Stages lists them in the order of the way.
func Stages() []Stage {
	return []Stage{StageDraft, StageReview, StageScheduled, StagePublished, StageWithdrawn, StageKept}
}

// Attribute is whether an office has to publish what it made (公开属性;
// 政府信息公开条例 art. 19, 27, and 13 to 16).
type Attribute string

// The attributes.
const (
	OpenToAll Attribute = "open"       // 主动公开
	OnRequest Attribute = "on_request" // 依申请公开
	NotOpen   Attribute = "not_open"   // 不予公开
)

// Publication is the way of one document to the public: who writes it, who looks
// it over, since when it is public, and why it no longer is. Every noun that
// goes public takes this way; nobody's hand alone is enough for it.
type Publication struct {
	Kind         Kind
	ID           string
	Version      int64 // grows with every act on it
	Stage        Stage
	Public       bool
	Title        string // of the working copy, else of what is public
	DocNumber    string
	DepartmentID string // whose it is
	Content      []byte // the working copy as JSON; nil where there is none
	Writers      []string
	SubmittedBy  string
	SubmittedAt  time.Time
	Excuses      []Excuse
	Review       *Review   // signed, while scheduled or kept
	PublishAt    time.Time // of one that is scheduled
	Withdrawal   *Withdrawal
	CreatedAt    time.Time
	UpdatedAt    time.Time
	UpdatedBy    string
	DeletedAt    time.Time // zero unless the draft was thrown away
	MovedTo      string    // the document it was merged into, "" where it was not
}

// Excuse is why something that the checks found may stay as it is.
type Excuse struct {
	Finding string `json:"finding" doc:"检查发现的编号"`
	Reason  string `json:"reason" minLength:"2" maxLength:"200" doc:"可以保留的理由"`
}

// Review is what a reviewer signs: that nothing secret is in the document
// (政府信息公开条例 art. 17), what its attribute is, and whether followers are told.
type Review struct {
	By        string    `json:"by"`
	At        time.Time `json:"at"`
	Attribute Attribute `json:"attribute"`
	Ground    string    `json:"ground"` // of an attribute that is not open
	Tell      bool      `json:"tell"`
	Why       string    `json:"why"`  // why followers are told, or not
	Note      string    `json:"note"` // what a correction tells its readers

	// Urgent is why followers are told before all others, "" where they are told
	// in turn.
	Urgent string `json:"urgent,omitempty"`

	// CloseOlder keeps the versions that were public before from the public: they
	// hold what must not be read.
	CloseOlder bool `json:"close_older,omitempty"`
}

// leastUrgent is how many characters a reason has at least for telling of a
// document before all others.
const leastUrgent = 4

// Withdrawal is why a document is no longer public.
type Withdrawal struct {
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"` // shown where the document stood
}

// Errors of publications.
var (
	ErrDraftMalformed     = &Error{Invalid, "draft.malformed", "", nil}
	ErrPublicationMissing = &Error{NotFound, "publication.not_found", "", nil}
	ErrNotADraft          = &Error{Conflict, "publication.not_a_draft", "", nil}
	ErrUrgentReason       = &Error{Invalid, "publication.urgent_reason", "urgent", nil}
	ErrNotInReview        = &Error{Conflict, "publication.not_in_review", "", nil}
	ErrNotScheduled       = &Error{Conflict, "publication.not_scheduled", "", nil}
	ErrNotPublic          = &Error{Conflict, "publication.not_public", "", nil}
	ErrBeingCorrected     = &Error{Conflict, "publication.being_corrected", "", nil}
	ErrOwnReview          = &Error{Forbidden, "publication.own_review", "", nil}
	ErrNotDeleted         = &Error{Conflict, "publication.not_deleted", "", nil}
	ErrReasonNeeded       = &Error{Invalid, "publication.reason_needed", "reason", nil}
	ErrGroundNeeded       = &Error{Invalid, "publication.ground_needed", "ground", nil}
	ErrWhyNeeded          = &Error{Invalid, "publication.why_needed", "why", nil}
	ErrNoteNeeded         = &Error{Invalid, "publication.note_needed", "note", nil}
	ErrTimePast           = &Error{Invalid, "publication.time_past", "at", nil}
	ErrTimeFar            = &Error{Invalid, "publication.time_far", "at", nil}
	ErrAgendaSpan         = &Error{Invalid, "agenda.span", "until", map[string]any{"most": AgendaDays}}
	ErrFindings           = &Error{Invalid, "publication.findings", "", nil}
	ErrSecrecyUnsigned    = &Error{Invalid, "publication.secrecy_unsigned", "no_secret", nil}
	ErrRevisionMissing    = &Error{NotFound, "publication.revision_missing", "", nil}
	ErrRevisionPublic     = &Error{Conflict, "publication.revision_public", "", nil}
	ErrRevisionClosed     = &Error{NotFound, "publication.revision_closed", "", nil} // reason: why
	ErrNotOnDay           = &Error{NotFound, "publication.not_on_day", "at", nil}    // day: the first one
	ErrDouble             = &Error{Conflict, "publication.double", "doc_number", nil}
	ErrWithdrawn          = &Error{NotFound, "publication.withdrawn", "", nil}
)

// Write puts a new working copy in the place of the old one.
func (p *Publication) Write(by string, content []byte, now time.Time) error {
	if p.Stage != StageDraft || !p.DeletedAt.IsZero() {
		return ErrNotADraft
	}
	p.Content = content
	if !slices.Contains(p.Writers, by) {
		p.Writers = append(p.Writers, by)
	}
	p.changed(by, now)
	return nil
}

func (p *Publication) changed(by string, now time.Time) { p.UpdatedBy, p.UpdatedAt = by, now }

// Submit hands a draft to review.
func (p *Publication) Submit(by string, excuses []Excuse, now time.Time) error {
	if p.Stage != StageDraft || !p.DeletedAt.IsZero() {
		return ErrNotADraft
	}
	p.Stage, p.SubmittedBy, p.SubmittedAt, p.Excuses = StageReview, by, now, excuses
	p.changed(by, now)
	return nil
}

// BackToDraft takes a document out of review, for the writers to go on with.
func (p *Publication) BackToDraft(by string, now time.Time) error {
	if p.Stage != StageReview {
		return ErrNotInReview
	}
	p.Stage = StageDraft
	p.changed(by, now)
	return nil
}

// mostAhead is how far ahead a publication may be set.
const mostAhead = 366 * 24 * time.Hour

// Sign is the reviewer's word. Somebody who wrote in the document can't review
// it. What is open to all becomes public at once, or at the time that is given;
// all else is kept.
func (p *Publication) Sign(r Review, at time.Time) error {
	switch {
	case p.Stage != StageReview:
		return ErrNotInReview
	case slices.Contains(p.Writers, r.By) || p.SubmittedBy == r.By:
		return ErrOwnReview
	case r.Attribute != OpenToAll && r.Ground == "":
		return ErrGroundNeeded
	case r.Attribute == OpenToAll && r.Why == "":
		return ErrWhyNeeded
	case r.Urgent != "" && utf8.RuneCountInString(r.Urgent) < leastUrgent:
		return ErrUrgentReason
	case r.Attribute == OpenToAll && p.Public && r.Note == "":
		return ErrNoteNeeded
	case !at.IsZero() && !at.After(r.At):
		return ErrTimePast
	case at.After(r.At.Add(mostAhead)):
		return ErrTimeFar
	}
	p.Review, p.PublishAt, p.Stage = &r, at, StageScheduled
	if r.Attribute != OpenToAll {
		p.PublishAt, p.Stage = time.Time{}, StageKept
	}
	p.changed(r.By, r.At)
	return nil
}

// IsDue says whether a signed document is to become public.
func (p *Publication) IsDue(now time.Time) bool {
	return p.Stage == StageScheduled && !p.PublishAt.After(now)
}

// Appear makes the working copy what is public.
func (p *Publication) Appear(now time.Time) error {
	if !p.IsDue(now) {
		return ErrNotScheduled
	}
	p.close()
	p.Stage, p.Public, p.Withdrawal = StagePublished, true, nil
	p.UpdatedAt = now
	return nil
}

// close puts the working copy away.
func (p *Publication) close() {
	p.Content, p.Writers, p.Excuses, p.Review = nil, nil, nil, nil
	p.SubmittedBy, p.SubmittedAt, p.PublishAt = "", time.Time{}, time.Time{}
}

// Hold takes back the signature of a document whose time has not come.
func (p *Publication) Hold(by string, now time.Time) error {
	if p.Stage != StageScheduled {
		return ErrNotScheduled
	}
	p.Stage, p.Review, p.PublishAt = StageReview, nil, time.Time{}
	p.changed(by, now)
	return nil
}

// Reopen begins a working copy of what is public, was withdrawn or kept.
func (p *Publication) Reopen(by string, content []byte, now time.Time) error {
	if p.MovedTo != "" {
		return ErrMerged
	}
	switch p.Stage {
	case StageDraft, StageReview, StageScheduled:
		return ErrBeingCorrected
	case StageKept, StageWithdrawn:
		if p.Content != nil {
			content = p.Content
		}
	}
	p.close()
	p.Stage, p.Content, p.Writers = StageDraft, content, []string{by}
	p.changed(by, now)
	return nil
}

// Discard throws the working copy away: what is public stays, a draft that
// never was public can be taken back for a while.
func (p *Publication) Discard(by string, now time.Time) error {
	switch {
	case p.Stage != StageDraft || !p.DeletedAt.IsZero():
		return ErrNotADraft
	case p.Public:
		p.close()
		p.Stage = StagePublished
	case p.Withdrawal != nil:
		p.Stage = StageWithdrawn
	default:
		p.DeletedAt = now
	}
	p.changed(by, now)
	return nil
}

// Restore takes back a draft that was thrown away.
func (p *Publication) Restore(by string, now time.Time) error {
	switch {
	case p.DeletedAt.IsZero():
		return ErrNotDeleted
	case p.MovedTo != "":
		return ErrMerged
	}
	p.DeletedAt = time.Time{}
	p.changed(by, now)
	return nil
}

// Withdraw takes a document from the public. A correction that is under way, or
// waits for its time, is kept for the writers and does not appear.
func (p *Publication) Withdraw(w Withdrawal) error {
	switch {
	case !p.Public:
		return ErrNotPublic
	case w.Reason == "":
		return ErrReasonNeeded
	}
	p.Stage, p.Public, p.Withdrawal = StageWithdrawn, false, &w
	p.Review, p.PublishAt = nil, time.Time{}
	p.changed(w.By, w.At)
	return nil
}

// AgendaDays is the longest span of days for which is told what is due.
const AgendaDays = 400

// PublicationEvent is one act on the way of a document, as those who work on it
// see it.
type PublicationEvent struct {
	At      time.Time
	StaffID string // "" for the house itself
	Act     PublicationAct
	Note    string // a reason, a ground, a remark
	Version int64  // of the revision that it made public, else 0
}

// PublicationAct is what was done.
type PublicationAct string

// The acts.
const (
	PubBegun     PublicationAct = "begun"
	PubSubmitted PublicationAct = "submitted"
	PubRecalled  PublicationAct = "recalled"
	PubReturned  PublicationAct = "returned"
	PubSigned    PublicationAct = "signed"
	PubHeld      PublicationAct = "held"
	PubPublished PublicationAct = "published"
	PubCorrected PublicationAct = "corrected"
	PubFailed    PublicationAct = "failed" // its time came, and it could not be published
	PubKept      PublicationAct = "kept"
	PubReopened  PublicationAct = "reopened"
	PubDiscarded PublicationAct = "discarded"
	PubRestored  PublicationAct = "restored"
	PubWithdrawn PublicationAct = "withdrawn"
	PubImported  PublicationAct = "imported"
	PubAssigned  PublicationAct = "assigned"
	PubMerged    PublicationAct = "merged"   // into another
	PubAbsorbed  PublicationAct = "absorbed" // another one was merged into it
	PubClosed    PublicationAct = "closed"   // an older version is no longer open to the public
)

// Change is what followers of a document may be told: every time that what is
// public changes, and whether the editor wants it told.
type Change struct {
	ID      string
	Kind    Kind
	Object  string
	Version int64 // the revision
	What    PublicationAct
	Tell    bool
	Why     string
	Urgent  string // why followers are told before all others, "" where they are told in turn
	StaffID string
	At      time.Time
}
