package model

import (
	"slices"
	"time"
)

// MostFavourites is how many documents a resident may keep.
const MostFavourites = 2000

// KeptKind is a kind of documents that everybody reads on a page of their own: they can be
// kept (收藏), and told what is wrong with them (纠错).
type KeptKind struct {
	Kind    Kind
	Name    string // code of what the kind is called
	Place   string // where its page is on the open web; of an item, in that of its meeting
	Missing *Error // for who keeps one that is not public
}

// KeptKinds is the table of them. A noun that joins adds a line here, one in
// store/kept_document.go and one in service/feedback/place.go.
func KeptKinds() []KeptKind {
	return []KeptKind{
		{KindPolicy, "kind.policy", "/policies/", ErrPolicyMissing},
		{KindInterpretation, "kind.interpretation", "/interpretations/", ErrInterpretationMissing},
		{KindMeeting, "kind.meeting", "/meetings/", ErrMeetingMissing},
		{KindAgendaItem, "kind.agenda_item", "#item-", ErrAgendaItemMissing},
		{KindConsultation, "kind.consultation", "/consultations/", ErrConsultationMissing},
		{KindEvent, "kind.event", "/events/", ErrEventMissing},
		{KindMatter, "kind.matter", "/matters/", ErrMatterMissing},
	}
}

// KeptKindOf is the line of a kind, false where nothing of the kind can be kept.
func KeptKindOf(kind Kind) (KeptKind, bool) {
	all := KeptKinds()
	n := slices.IndexFunc(all, func(k KeptKind) bool { return k.Kind == kind })
	if n < 0 {
		return KeptKind{}, false
	}
	return all[n], true
}

// Favourite is a document that a resident keeps (收藏).
type Favourite struct {
	Kind          Kind
	ID            string
	Title         string // today's; that of when it was kept, where it is gone
	DocNumber     string
	Departments   []Department
	PublishedDate Day
	Days          Days // of a policy, for its validity
	KeptAt        time.Time
	Loss          *Loss // nil where it is public
}

// Loss is that something is not there any more which somebody keeps an eye on.
type Loss struct {
	Withdrawal *Withdrawal // of a document, where that is known
}

// Marks are what a resident has made of one thing.
type Marks struct {
	Favourite bool
	Followed  bool
}

// Errors of favourites.
var (
	ErrFavouritesFull = &Error{Conflict, "favourite.full", "", nil}
	ErrKeptKind       = &Error{Invalid, "favourite.kind", "kind", nil}
)
