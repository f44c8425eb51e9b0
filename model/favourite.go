package model

import "time"

// MostFavourites is how many documents a resident may keep.
const MostFavourites = 2000

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
