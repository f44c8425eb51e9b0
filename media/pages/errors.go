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
	ErrLeadsOut      = &model.Error{Kind: model.Invalid, Code: "pages.leads_out"} // an OFD with names of files outside it
	ErrAway          = &model.Error{Kind: model.Unavailable, Code: "pages.away"}  // the engine does not start
)

// refusals are the errors that a worker may answer, by code.
var refusals = func() map[string]*model.Error {
	list := map[string]*model.Error{}
	for _, e := range []*model.Error{
		ErrEmpty, ErrNotPages, ErrNamedOnly, ErrDamaged, ErrEncrypted, ErrTooLarge, ErrTooManyPages, ErrPageSize,
		ErrPageDamaged, ErrTookTooLong, ErrTooMuchMemory, ErrNoSuchPage, ErrNoWidth, ErrLeadsOut, ErrAway,
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

	NoteRead          = "pages.read"           // the words were read off the picture
	NoteReaderFailed  = "pages.reader_failed"  // the program that reads pictures ended badly
	NoteReaderLate    = "pages.reader_late"    // it took too long
	NoteReaderGarbled = "pages.reader_garbled" // it answered something else

	NoteFontUnusable   = "pages.font_unusable"   // in the file, and broken: drawn by another
	NotePictureUndrawn = "pages.picture_undrawn" // of a format that is not known
	NotePartMissing    = "pages.part_missing"    // the file names it and does not have it
	NoteSimplified     = "pages.simplified"      // a shading became one colour
	NoteUndrawn        = "pages.undrawn"         // something of a kind that is not known
	NoteSealUndrawn    = "pages.seal_undrawn"    // a seal whose picture can't be found
	NoteOthers         = "pages.others"          // documents in the file beside the first
	NoteAttached       = "pages.attached"        // files in it beside the pages
	NoteTemplateLoop   = "pages.template_loop"   // pages that are laid under themselves
	NoteTooManyObjects = "pages.too_many_objects"
	NoteGlyphsUnknown  = "pages.glyphs_unknown" // characters that no font here has
)

// What is the same on several pages is said once, with how many they are.
const (
	NoteFontMissingPages  = "pages.font_missing_pages"
	NoteFontReplacedPages = "pages.font_replaced_pages"
	NoteFontUnusablePages = "pages.font_unusable_pages"
	NoteReadPages         = "pages.read_pages"
)

var ofPages = map[string]string{NoteFontMissing: NoteFontMissingPages, NoteFontReplaced: NoteFontReplacedPages, NoteFontUnusable: NoteFontUnusablePages,
	NoteRead: NoteReadPages}

// Gathered are notes as they are said of a whole file: a font that is missing is missing on every
// page, and would hide what is wrong with one.
func Gathered(notes []Note) (list []Note) {
	type what struct{ code, name string }
	pages := map[what]int{}
	for _, n := range notes {
		if ofPages[n.Code] != "" {
			pages[what{n.Code, n.Name}]++
		}
	}
	said := map[what]bool{}
	for _, n := range notes {
		key := what{n.Code, n.Name}
		switch {
		case pages[key] < 2:
			list = append(list, n)
		case !said[key]:
			said[key] = true
			list = append(list, Note{Code: ofPages[n.Code], Count: pages[key], Name: n.Name})
		}
	}
	return list
}
