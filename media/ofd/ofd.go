// Package ofd reads OFD, the format for documents that are printed and signed
// (GB/T 33190-2016): what stands on each page and where, what the document
// contains, and the seals on it. It draws nothing: each page becomes a PDF of one
// page that a program which draws PDF draws.
package ofd

import "errors"

// Why a file can't be read.
var (
	ErrNone         = errors.New("ofd: no OFD")
	ErrDamaged      = errors.New("ofd: damaged")
	ErrEncrypted    = errors.New("ofd: encrypted")
	ErrOutside      = errors.New("ofd: a name leads out of the file")
	ErrTooMuch      = errors.New("ofd: swells up")
	ErrTooManyPages = errors.New("ofd: too many pages")
)

// Limits are what a file may hold.
type Limits struct {
	Pages   int
	Entries int   // of the archive
	Part    int64 // bytes of one entry, inflated
	Budget  int64 // bytes that may be inflated for one page
	Nodes   int   // of the XML of one part
	Objects int   // that may be drawn on a page, repeated ones counted each time
	Pixels  int   // of one picture
}

// UsualLimits are enough for every honest file.
func UsualLimits() Limits {
	return Limits{Pages: 3000, Entries: 30_000, Part: 64 << 20, Budget: 192 << 20, Nodes: 1_000_000, Objects: 200_000, Pixels: 40_000_000}
}

// Size is how large a page is, in millimetres; a page that can't be read has none.
type Size struct{ Width, Height float64 }

// Box is a rectangle on a page, in millimetres from its left and upper corner.
type Box struct{ Left, Top, Right, Bottom float64 }

// Entry is a line of the outline. Page is counted from 1, 0 where it leads
// nowhere; Top is in millimetres.
type Entry struct {
	Title string
	Level int // from 1
	Page  int
	Top   float64
}

// Glyph is a character as it stands on a page. Two that are one drawing share its
// place. Turned is how many quarters its text is turned clockwise.
type Glyph struct {
	Char   rune
	Box    Box
	Turned int
}

// Note says what of a file is not as it was meant.
type Note struct {
	Kind  Kind
	Count int
	Name  string // of the font, the kind of picture, the part
}

// Kind is what a note is about.
type Kind string

// The kinds.
const (
	FontAbsent     Kind = "font_absent"    // not in the file
	FontUnusable   Kind = "font_unusable"  // in the file, and can't be read
	PictureUndrawn Kind = "picture"        // in a format that is not known, or broken
	PartMissing    Kind = "part"           // the file names it and does not have it
	Simplified     Kind = "simplified"     // a pattern or a shading became one colour
	Undrawn        Kind = "undrawn"        // an object of a kind that is not known
	SealUndrawn    Kind = "seal"           // a seal whose picture can't be found
	Others         Kind = "others"         // documents beside the first
	Attached       Kind = "attached"       // files beside the pages
	TemplateLoop   Kind = "template_loop"  // pages that are laid under themselves
	TooManyObjects Kind = "too_many"       // the rest of a page is left out
	GlyphsUnknown  Kind = "glyphs_unknown" // drawings of an absent font that stand for no character
)

// Page is what stands on a page.
type Page struct {
	Size     Size
	Glyphs   []Glyph // in the order in which they are set
	Objects  int     // text, paths and pictures, also those that are not shown
	Pictured float64 // which share of the page its pictures cover
	Notes    []Note
	PDF      []byte // a document of this page alone, to be drawn
}
