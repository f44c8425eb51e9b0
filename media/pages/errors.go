package pages

import "yuandu/model"

// Refusals of a file that should be printed pages.
var (
	ErrEmpty         = &model.Error{Kind: model.Invalid, Code: "pages.empty"}
	ErrNotPages      = &model.Error{Kind: model.Invalid, Code: "pages.not_pages"}  // no PDF
	ErrNamedOnly     = &model.Error{Kind: model.Invalid, Code: "pages.named_only"} // a picture, a Word file … that is called .pdf
	ErrDamaged       = &model.Error{Kind: model.Invalid, Code: "pages.damaged"}
	ErrEncrypted     = &model.Error{Kind: model.Invalid, Code: "pages.encrypted"}
	ErrTooLarge      = &model.Error{Kind: model.Invalid, Code: "pages.too_large"}
	ErrTooManyPages  = &model.Error{Kind: model.Invalid, Code: "pages.too_many"}
	ErrPageSize      = &model.Error{Kind: model.Invalid, Code: "pages.page_size"}
	ErrPageDamaged   = &model.Error{Kind: model.Invalid, Code: "pages.page_damaged"}
	ErrTookTooLong   = &model.Error{Kind: model.Invalid, Code: "pages.too_long"}
	ErrTooMuchMemory = &model.Error{Kind: model.Invalid, Code: "pages.memory"}
	ErrNoSuchPage    = &model.Error{Kind: model.NotFound, Code: "pages.no_such_page"}
	ErrNoWidth       = &model.Error{Kind: model.Invalid, Code: "pages.no_such_width"}
	ErrAway          = &model.Error{Kind: model.Unavailable, Code: "pages.away"} // the engine does not start
)

// refusals are the errors that a worker may answer, by code.
var refusals = func() map[string]*model.Error {
	list := map[string]*model.Error{}
	for _, e := range []*model.Error{
		ErrEmpty, ErrNotPages, ErrNamedOnly, ErrDamaged, ErrEncrypted, ErrTooLarge, ErrTooManyPages, ErrPageSize,
		ErrPageDamaged, ErrTookTooLong, ErrTooMuchMemory, ErrNoSuchPage, ErrNoWidth, ErrAway,
	} {
		list[e.Code] = e
	}
	return list
}()

// Note says what became of something in the file that the pages do not show as
// it was meant. Its sentence stands in locale under Code.
type Note struct {
	Code  string `json:"code"`
	Page  int    `json:"page,omitempty"`  // from 1; 0 where it is about the whole file
	Count int    `json:"count,omitempty"` // how often on that page
	Name  string `json:"name,omitempty"`  // of a font, a kind of picture
}

// What a note can be about.
const (
	NoteFontMissing  = "pages.font_missing"  // not in the file, and none here that has hanzi: the words are blank
	NoteFontReplaced = "pages.font_replaced" // not in the file: drawn by another
	NoteSigned       = "pages.signed"        // seals or signatures are in the file, and are not verified
	NoteTextGarbage  = "pages.text_garbage"  // the text behind the page is no text
	NotePageUnread   = "pages.page_unread"   // a page that cannot be opened
	NotePagesFewer   = "pages.fewer"         // the file says that it has more pages than can be found in it
)
