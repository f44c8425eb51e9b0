package model

import (
	"slices"
	"time"
)

// Import is a file of documents that somebody brings in: first its rows are
// looked at and nothing is made, then they become drafts, which take the way to
// the public together.
type Import struct {
	ID           string
	Name         string // of the file
	FileID       string // "" once its bytes were forgotten
	Size         int64
	DepartmentID string // whose the drafts are
	StaffID      string
	State        ImportState
	Problem      string // why it failed, for people
	Content      ImportContent
	Counts       ImportCounts
	Done, Total  int64 // of what is being done: bytes while reading, rows while making
	Fill         ImportFill
	Task         *ImportTask // what is being done with all drafts, or was last
	Work         ImportWork
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// ImportState is how far an import has come.
type ImportState string

// The states.
const (
	ImportReading ImportState = "reading" // 正在检查: nothing is made
	ImportChecked ImportState = "checked" // 待确认
	ImportMaking  ImportState = "making"  // 正在生成草稿
	ImportMade    ImportState = "made"    // 草稿已生成
	ImportFailed  ImportState = "failed"  // the file can't be read
	ImportUndone  ImportState = "undone"  // 已撤销
)

// ImportWork is what the house still has to do for an import.
type ImportWork string

// The works.
const (
	NoWork    ImportWork = ""
	WorkRead  ImportWork = "read"
	WorkMake  ImportWork = "make"
	WorkBatch ImportWork = "batch"
)

// The most that an import may have.
const (
	MaxImport     = 200 << 20 // bytes
	MaxImportRows = 20_000
)

// ImportContent is what was found in a file.
type ImportContent struct {
	Sheet       string         `json:"sheet" doc:"读的是哪张工作表，不是 Excel 时为空"`
	OtherSheets []string       `json:"other_sheets" doc:"没有读的工作表"`
	Columns     []ImportColumn `json:"columns" doc:"有哪些列，各认作什么"`
	Issuers     []ImportIssuer `json:"issuers" doc:"不在部门名录里的发文机关，多的在前"`
	NoIssuer    int            `json:"no_issuer" doc:"没有发文机关的行数"`
	NoWritten   int            `json:"no_written" doc:"没有成文日期、但有发布日期的政策文件"`
	Unexplained int            `json:"unexplained" doc:"既没有解读，也没有写不解读理由的政策文件"`
	NoNumber    int            `json:"no_number" doc:"没有文号的政策文件"`
}

// ImportColumn is a column of the file, and which of ours it is.
type ImportColumn struct {
	Header string `json:"header" doc:"文件里的列名"`
	Name   string `json:"name" doc:"认作哪一列，不认识的为空"`
}

// ImportIssuer is an office that rows name and that is no department here.
type ImportIssuer struct {
	Name         string `json:"name" doc:"文件里的写法"`
	Rows         int    `json:"rows" doc:"有多少行"`
	DepartmentID string `json:"department_id" doc:"可能是哪个部门，猜不出为空"`
}

// ImportCounts are how many rows of an import there are of each sort.
type ImportCounts struct {
	Rows   int `json:"rows" doc:"共多少行"`
	Ready  int `json:"ready" doc:"可以生成草稿、还没有生成的"`
	Warned int `json:"warned" doc:"可以导入、但有疑问的"`
	Here   int `json:"here" doc:"已有的"`
	Wrong  int `json:"wrong" doc:"有误的"`
	Made   int `json:"made" doc:"已生成草稿的"`
}

// ImportFill is what whoever confirms an import puts where rows say nothing.
type ImportFill struct {
	By          string            `json:"by"`          // who confirmed
	Issuers     map[string]string `json:"issuers"`     // departments by what rows call them
	Issuer      string            `json:"issuer"`      // the department of rows that name none, "" leaves it open
	Unexplained string            `json:"unexplained"` // why policies need no interpretation
	Written     bool              `json:"written"`     // the 发布日期 stands for a missing 成文日期
}

// ImportRowState is what becomes of a row.
type ImportRowState string

// The states of rows.
const (
	RowReady ImportRowState = "ready"
	RowHere  ImportRowState = "here"
	RowWrong ImportRowState = "wrong"
	RowMade  ImportRowState = "made"
)

// ImportRow is a row of the file, and what becomes of it.
type ImportRow struct {
	N, Line   int // the how-manieth, and where it stands in the file
	State     ImportRowState
	Kind      Kind
	DraftID   string // of the draft that it is to become, or became
	Title     string
	DocNumber string
	Told      ImportTold
	Left      []ImportLeft // why the draft was left behind by what was done last with all
	Stage     Stage        // of the draft, "" where there is none
	Deleted   bool         // the draft was thrown away
}

// ImportTold is what people are told about a row.
type ImportTold struct {
	Wrong     []ImportWrong   `json:"wrong,omitempty"`
	Warnings  []ImportWarning `json:"warnings,omitempty"`
	Here      *ImportHere     `json:"here,omitempty"`
	Explained bool            `json:"explained,omitempty"` // another row interprets it
}

// ImportWrong is something for which a row can't be taken.
type ImportWrong struct {
	Column string `json:"column" doc:"文件里的列名，说的是整行时为空"`
	Reason string `json:"reason" doc:"有什么误，应当怎样"`
	Value  string `json:"value" doc:"现在写的是什么，只取开头"`
}

// ImportOdd is what may be odd about a row; its sentence stands in locale behind
// import.odd.
type ImportOdd string

// What may be odd.
const (
	OddNumber         ImportOdd = "number"          // number: that is none
	OddFuture         ImportOdd = "future"          // column, day
	OddOld            ImportOdd = "old"             // column, day
	OddWrittenAfter   ImportOdd = "written_after"   // it was published
	OddExpiresBefore  ImportOdd = "expires_before"  // it takes effect
	OddIssuer         ImportOdd = "issuer"          // name: that no department has
	OddNumberTaken    ImportOdd = "number_taken"    // number, title: of the document here
	OddNumberRepeated ImportOdd = "number_repeated" // number, line: of the earlier row
	OddTitleTaken     ImportOdd = "title_taken"     // number: or day, of the document here
	OddInterprets     ImportOdd = "interprets"      // name: that nothing has
)

// ImportWarning is something odd about a row.
type ImportWarning struct {
	Code ImportOdd      `json:"code"`
	Args map[string]any `json:"args,omitempty"`
}

// ImportHere is what a row is already: a document here, or an earlier row.
type ImportHere struct {
	Kind  Kind   `json:"kind,omitempty" doc:"是政策文件还是解读"`
	ID    string `json:"id,omitempty" doc:"它的编号"`
	Stage Stage  `json:"stage,omitempty" doc:"它走到哪一步"`
	Line  int    `json:"line,omitempty" doc:"和本文件的第几行相同"`
}

// ImportLeft is why a draft was left behind: a refusal, or what the checks found
// so many times.
type ImportLeft struct {
	Code      string         `json:"code"`
	Args      map[string]any `json:"args,omitempty"`
	Count     int            `json:"count,omitempty"` // of findings, 0 for a refusal
	Excusable bool           `json:"excusable"`       // a reason would do
}

// ImportAct is something that is done with all drafts of an import.
type ImportAct string

// The acts.
const (
	ImportSubmit  ImportAct = "submit"
	ImportRecall  ImportAct = "recall"
	ImportReturn  ImportAct = "return"
	ImportSign    ImportAct = "sign"
	ImportDiscard ImportAct = "discard"
)

// Stage is that of the drafts with which an act can be done.
func (a ImportAct) Stage() Stage {
	if a == ImportSubmit || a == ImportDiscard {
		return StageDraft
	}
	return StageReview
}

// ImportTask is something that is done with all drafts of an import, and how far
// it has come.
type ImportTask struct {
	Act       ImportAct         `json:"act"`
	By        Actor             `json:"by"` // without grants: they are asked for when it is done
	At        time.Time         `json:"at"`
	Excuses   map[string]string `json:"excuses,omitempty"` // reasons by code of what the checks find
	Note      string            `json:"note,omitempty"`    // for reviewers; the reason of a return
	Review    *Review           `json:"review,omitempty"`
	PublishAt time.Time         `json:"publish_at"`
	After     int               `json:"after"` // rows up to here are done with
	Total     int               `json:"total"`
	Done      int               `json:"done"`
	Left      []ImportLeft      `json:"left"` // why others were left behind, with how many of them
	LeftRows  int               `json:"left_rows"`
	EndedAt   time.Time         `json:"ended_at"` // zero while it is under way
}

// Errors of imports.
var (
	ErrImportMissing    = &Error{NotFound, "import.not_found", "", nil}
	ErrImportType       = &Error{Invalid, "import.type", "", nil}
	ErrImportOldExcel   = &Error{Invalid, "import.old_excel", "", nil}
	ErrImportBusy       = &Error{Conflict, "import.busy", "", nil}
	ErrImportNotChecked = &Error{Conflict, "import.not_checked", "", nil}
	ErrImportNotMade    = &Error{Conflict, "import.not_made", "", nil}
	ErrImportNothing    = &Error{Conflict, "import.nothing", "", nil} // no draft to which it could be done
	ErrImportFileGone   = &Error{NotFound, "import.file_gone", "", nil}
	ErrImportBroke      = &Error{Conflict, "import.broke", "", nil}
	ErrImportLater      = &Error{Conflict, "import.submitted_later", "", nil}
	ErrImportOver       = &Error{Conflict, "import.over", "", nil}
)

// Confirm lets the rows become drafts.
func (i *Import) Confirm(fill ImportFill) error {
	switch {
	case i.State != ImportChecked:
		return ErrImportNotChecked
	case i.Counts.Ready == 0:
		return ErrImportNothing
	}
	i.Fill, i.State, i.Work = fill, ImportMaking, WorkMake
	i.Done, i.Total = 0, int64(i.Counts.Ready)
	return nil
}

// Undo gives up an import of which nothing was made.
func (i *Import) Undo() error {
	switch i.State {
	case ImportReading, ImportChecked:
		i.State, i.Work = ImportUndone, NoWork
		return nil
	case ImportMaking:
		return ErrImportBusy
	}
	return ErrImportOver
}

// Begin begins something that is done with all drafts.
func (i *Import) Begin(task ImportTask) error {
	switch {
	case i.State != ImportMade:
		return ErrImportNotMade
	case i.Work != NoWork:
		return ErrImportBusy
	case task.Total == 0:
		return ErrImportNothing
	}
	i.Task, i.Work = &task, WorkBatch
	return nil
}

// LeaveBehind counts a draft with which the task could not be done.
func (t *ImportTask) LeaveBehind(why []ImportLeft) {
	t.LeftRows++
	for _, w := range why {
		at := slices.IndexFunc(t.Left, func(l ImportLeft) bool { return l.Code == w.Code })
		if at < 0 {
			at = len(t.Left)
			t.Left = append(t.Left, ImportLeft{Code: w.Code, Args: w.Args, Excusable: w.Excusable})
		}
		t.Left[at].Count++
	}
}
