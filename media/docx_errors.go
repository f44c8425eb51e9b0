package media

import "yuandu/model"

// Refusals of a file that should be a Word document.
var (
	ErrNotDocx       = &model.Error{Kind: model.Invalid, Code: "document.not_docx"}
	ErrOtherDocument = &model.Error{Kind: model.Invalid, Code: "document.other_kind"} // found: XLSX, PDF, EXE …
	ErrDocxDamaged   = &model.Error{Kind: model.Invalid, Code: "document.damaged"}
	ErrDocxEncrypted = &model.Error{Kind: model.Invalid, Code: "document.encrypted"}
	ErrOldWord       = &model.Error{Kind: model.Invalid, Code: "document.old_word"} // .doc, .wps
	ErrDocxTooLarge  = &model.Error{Kind: model.Invalid, Code: "document.too_large"}
)

func otherDocument(found string) error {
	return ErrOtherDocument.With("", map[string]any{"found": found})
}

// DocxNote says what became of something that plain passages cannot hold, and
// how often. Its sentence stands in locale under Code.
type DocxNote struct {
	Code  string `json:"code"`
	Count int    `json:"count"`
}

// What a note can be about, in the order in which they are told.
const (
	DocxTracked     = "docx.tracked"      // changes that nobody had accepted yet, accepted
	DocxComments    = "docx.comments"     // left out
	DocxHidden      = "docx.hidden"       // hidden text, left out
	DocxContents    = "docx.contents"     // tables of contents, left out: the service makes its own
	DocxNotes       = "docx.notes"        // footnotes and endnotes, moved to the end
	DocxTextBoxes   = "docx.text_boxes"   // moved behind the paragraph they hung on
	DocxFormulas    = "docx.formulas"     // written as one line of text
	DocxSymbols     = "docx.symbols"      // of a font of symbols that we do not know, now �
	DocxPictures    = "docx.pictures"     // of a kind that cannot be shown, left out
	DocxMoved       = "docx.moved"        // pictures in tables, moved behind the table
	DocxEmbedded    = "docx.embedded"     // charts, spreadsheets and other documents inside, left out
	DocxPageMargins = "docx.page_margins" // headers and footers that say more than a page number, left out
)

var docxNoteOrder = []string{
	DocxTracked, DocxComments, DocxHidden, DocxContents, DocxNotes, DocxTextBoxes,
	DocxFormulas, DocxSymbols, DocxPictures, DocxMoved, DocxEmbedded, DocxPageMargins,
}
