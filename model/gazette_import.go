package model

import "time"

// PrintedFile is what is known of a file of an issue, whoever brings it in. It is read once.
type PrintedFile struct {
	SM3       string
	Size      int64
	Step      PrintedStep
	Pages     int // 0 until the file was opened
	Done      int // pages that were read and drawn
	Problem   Problem
	CreatedAt time.Time
}

// Problem is why something did not become what it should: the code of an error with what its
// sentence names; empty where nothing is wrong.
type Problem struct {
	Code string
	Args map[string]any
}

// PrintedStep is how far the reading of a file has come.
type PrintedStep string

// The steps.
const (
	PrintedOpening PrintedStep = "opening"
	PrintedPages   PrintedStep = "pages"  // its pages are read and drawn
	PrintedPieces  PrintedStep = "pieces" // contents and pieces are looked for
	PrintedDone    PrintedStep = "done"
	PrintedFailed  PrintedStep = "failed"
)

// GazetteImport is a file that somebody brings in as an issue of the gazette.
type GazetteImport struct {
	ID           string
	File         PrintedFile
	FileID       string // "" once the draft has it
	Name         string
	DepartmentID string
	StaffID      string
	Year, Number int    // as whoever brought it in said, 0 for what the file says
	Into         string // the issue that gets the file instead of its own, "" for a new one
	State        GazetteImportState
	DocumentID   string // the draft, once it is made
	Problem      Problem
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// GazetteImportState is what became of an import.
type GazetteImportState string

// The states.
const (
	GazetteWaiting GazetteImportState = "waiting" // for its file to be read
	GazetteMade    GazetteImportState = "made"
	GazetteSame    GazetteImportState = "same" // the issue has this very file already
	GazetteFailed  GazetteImportState = "failed"
)
