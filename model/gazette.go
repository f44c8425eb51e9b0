package model

import (
	"fmt"
	"strings"
	"time"
)

// GazetteIssue is an issue of the gazette as everybody may read it (公报; 国办发〔2018〕22号):
// its pages as they were printed, what it contains, and its pieces.
type GazetteIssue struct {
	ID          string
	Version     int64
	Year        int
	Number      int // of the year
	Day         Day // on which it came out
	Title       string
	Cover       int        // the page that is shown for the issue
	File        Attachment // as the press office has it
	PageCount   int
	Missing     string // what the editor says of pages that are not in the file
	Contents    []GazetteEntry
	Pieces      []GazettePiece
	Texts       []GazetteText // of pages that somebody wrote anew
	PublishedAt time.Time
	UpdatedAt   time.Time
}

// GazetteEntry is a line of what an issue contains.
type GazetteEntry struct {
	Title string  `json:"title" maxLength:"500" doc:"标题"`
	Level int     `json:"level" minimum:"1" maximum:"9" doc:"第几级，从 1 起"`
	Page  int     `json:"page" minimum:"1" maximum:"3000" doc:"在哪一页，从 1 起"`
	Top   float64 `json:"top" minimum:"0" maximum:"1" doc:"从这一页的哪里起，0 为上沿，1 为下沿"`
}

// GazettePiece is a document as it was printed in an issue (篇目).
type GazettePiece struct {
	ID        string // stays through all corrections
	IssueID   string
	Position  int
	Title     string
	DocNumber string
	Issuer    string // as printed
	Category  string // 文种
	First     int    // page
	Top       float64
	Last      int
	Bottom    float64
	PolicyID  string // the policy that was printed, "" for none here
	Flow      []GazetteParagraph
}

// GazetteParagraph is one of a piece as it is read without its pages.
type GazetteParagraph struct {
	Text string `json:"text" doc:"文字"`
	Page int    `json:"page" doc:"从哪一页起"`
}

// GazetteText is a page as somebody wrote it anew.
type GazetteText struct {
	Page int    `json:"page" minimum:"1" maximum:"3000" doc:"第几页"`
	Body string `json:"body" maxLength:"20000" doc:"文字，一段一行"`
}

// Text is what a piece says, a paragraph a line.
func (p *GazettePiece) Text() string {
	list := make([]string, len(p.Flow))
	for i, f := range p.Flow {
		list[i] = f.Text
	}
	return strings.Join(list, "\n")
}

// IsOn says whether something of the piece is printed on a page.
func (p *GazettePiece) IsOn(page int) bool { return p.First <= page && page <= p.Last }

// Place is where in the gazette an issue stands.
func (g *GazetteIssue) Place() GazettePlace { return GazettePlace{g.Year, g.Number, 0} }

// Canonical is the issue in the form that is hashed: the file stands for the pages, each
// piece is a heading with its number, pages and text.
func (g *GazetteIssue) Canonical() []byte {
	body := lines(nil, "缺页说明", g.Missing)
	for _, p := range g.Pieces {
		body = append(body, CanonicalBlock{Kind: BlockHeading, Level: 1, Text: p.Title})
		body = lines(body, "文号", p.DocNumber, "发文机关", p.Issuer, "页码", fmt.Sprintf("%d—%d", p.First, p.Last))
		for _, f := range p.Flow {
			body = lines(body, "", f.Text)
		}
	}
	published := Day("")
	if !g.PublishedAt.IsZero() {
		published = Today(g.PublishedAt)
	}
	return CanonicalForm{
		Form: 1, Kind: KindGazette, Title: g.Title, Departments: []string{}, Category: g.Place().String(), Written: g.Day, Published: published,
		Body: body, Questions: []Question{}, Interprets: []string{}, Attachments: proofs([]Attachment{g.File}),
	}.bytes()
}

// GazetteDraft is the working copy of an issue.
type GazetteDraft struct {
	Year     int                 `json:"year,omitempty" minimum:"0" maximum:"2200" doc:"哪一年；0 为还不知道"`
	Number   int                 `json:"number,omitempty" minimum:"0" maximum:"400" doc:"第几期；0 为还不知道"`
	Day      Day                 `json:"day,omitempty" doc:"出版日期"`
	Title    string              `json:"title" maxLength:"300" doc:"名称"`
	Cover    int                 `json:"cover,omitempty" minimum:"0" maximum:"3000" doc:"封面是第几页；0 为第一页"`
	FileID   string              `json:"file_id,omitempty" maxLength:"26" doc:"原件的编号"`
	FileName string              `json:"file_name,omitempty" maxLength:"200" doc:"下载原件时的文件名"`
	Contents []GazetteEntry      `json:"contents,omitempty" maxItems:"3000" doc:"目录"`
	Pieces   []GazettePieceDraft `json:"pieces,omitempty" maxItems:"1000" doc:"篇目，按阅读顺序"`
	Texts    []GazetteText       `json:"texts,omitempty" maxItems:"3000" doc:"改过文字的页"`
	Missing  string              `json:"missing,omitempty" maxLength:"500" doc:"缺页说明"`
}

// GazettePieceDraft is a piece of a working copy.
type GazettePieceDraft struct {
	ID        string      `json:"id,omitempty" maxLength:"26" pattern:"^([0-9A-HJKMNP-TV-Z]{26})?$" doc:"篇目的编号；新的空着"`
	Title     string      `json:"title" maxLength:"500" doc:"标题"`
	DocNumber string      `json:"doc_number,omitempty" maxLength:"60" doc:"文号"`
	Issuer    string      `json:"issuer,omitempty" maxLength:"200" doc:"发文机关，照印的写"`
	Category  string      `json:"category,omitempty" maxLength:"30" doc:"文种"`
	First     int         `json:"first" minimum:"0" maximum:"3000" doc:"首页；0 为还没有定"`
	Top       float64     `json:"top" minimum:"0" maximum:"1" doc:"从首页的哪里起"`
	Last      int         `json:"last" minimum:"0" maximum:"3000" doc:"末页"`
	Bottom    float64     `json:"bottom" minimum:"0" maximum:"1" doc:"到末页的哪里止"`
	PolicyID  string      `json:"policy_id,omitempty" maxLength:"26" doc:"印的是本站的哪份政策文件"`
	Link      GazetteLink `json:"link,omitempty" enum:",proposed,confirmed,none" doc:"关联是系统提议的、人确认的，还是人说本站没有"`
}

// GazetteLink says who linked a piece to a policy.
type GazetteLink string

// The links; "" is that nothing was found.
const (
	LinkProposed  GazetteLink = "proposed"
	LinkConfirmed GazetteLink = "confirmed"
	LinkNone      GazetteLink = "none" // somebody says that it is not here
)

// Days are the days of the working copy.
func (d *GazetteDraft) Days() []DayField { return []DayField{{"day", &d.Day}} }

// Files are the files that the working copy refers to.
func (d *GazetteDraft) Files() []string {
	if d.FileID == "" {
		return nil
	}
	return []string{d.FileID}
}

// Place is where in the gazette the issue is to stand, empty where that is not known.
func (d *GazetteDraft) Place() GazettePlace { return GazettePlace{d.Year, d.Number, 0} }

// TheGazette is the key under which the gazette is followed: there is one.
const TheGazette = "all"

// Errors of the gazette.
var (
	ErrGazetteMissing       = &Error{NotFound, "gazette.not_found", "", nil}
	ErrGazetteTaken         = &Error{Conflict, "gazette.taken", "number", nil} // place, title: of the issue that is there
	ErrGazetteNumber        = &Error{Invalid, "gazette.number", "number", nil}
	ErrGazetteFile          = &Error{Invalid, "gazette.file", "file_id", nil}
	ErrGazettePlace         = &Error{NotFound, "gazette.place", "", nil} // place: that no issue has
	ErrGazettePageMissing   = &Error{NotFound, "gazette.no_such_page", "", nil}
	ErrGazettePieceMissing  = &Error{NotFound, "gazette_piece.not_found", "", nil}
	ErrGazettePieceTwice    = &Error{Invalid, "gazette_piece.twice", "pieces", nil}
	ErrGazetteImportMissing = &Error{NotFound, "gazette_import.not_found", "", nil}
	ErrGazetteDraftOnly     = &Error{Conflict, "gazette_import.no_draft", "into", nil} // the issue is not being written
	ErrGazetteInterrupted   = &Error{Unavailable, "gazette_import.interrupted", "", nil}
	ErrGazetteYear          = &Error{Invalid, "gazette_year.year", "year", nil}
	ErrGazetteGap           = &Error{Invalid, "gazette_year.gap", "gaps", nil}
)
