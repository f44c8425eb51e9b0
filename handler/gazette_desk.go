package handler

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/file"
	"yuandu/service/gazette"
)

// pathIssues is where editors bring in issues of the gazette, several at once if they like.
const pathIssues = "/admin/v1/gazette-imports"

func (h *handler) gazetteDeskRoutes(e *echo.Echo, api huma.API) {
	read, write := may(model.ActReadDocuments), may(model.ActWriteDocuments)
	e.POST(pathIssues, h.beginGazette)
	h.guard("POST", pathIssues, write)
	text, number := &huma.Schema{Type: huma.TypeString}, &huma.Schema{Type: huma.TypeInteger}
	describeUpload(api, pathIssues, "公报：交来一期的原件，读成草稿", reflect.TypeFor[GazetteImport](), write,
		&huma.Param{Name: "department_id", In: "query", Required: true, Description: "草稿归哪个部门", Schema: text},
		&huma.Param{Name: "year", In: "query", Description: "哪一年；空着时看封面和文件名", Schema: number},
		&huma.Param{Name: "number", In: "query", Description: "第几期；空着时看封面和文件名", Schema: number},
		&huma.Param{Name: "into", In: "query", Description: "给正在改的哪一期换原件；改过的地方不变", Schema: text})
	act(h, api, "GET", pathIssues, read, "公报：交来的各件，读到哪里了", h.listGazetteImports)
	act(h, api, "GET", pathIssues+"/{id}", read, "公报：交来的一件，读到哪里了", h.getGazetteImport)
	act(h, api, "GET", "/admin/v1/gazettes/{id}/file", read, "公报：一稿的原件里有什么", h.getDraftFile)
	act(h, api, "GET", "/admin/v1/gazettes/{id}/pages/{page}", read, "公报：一稿的一页", h.getDraftPage)
	e.GET("/admin/v1/gazettes/:id/pages/:page/picture", h.getDraftPicture)
	h.guard("GET", "/admin/v1/gazettes/{id}/pages/{page}/picture", read)
	// What is missing stands on the shelf for everybody; who may explain it need not read documents.
	act(h, api, "GET", "/admin/v1/gazette-years", anyStaff, "公报：各年应有几期，缺的有没有说明", h.listGazetteYears)
	act(h, api, "PUT", "/admin/v1/gazette-years/{year}", may(model.ActEditGazetteYears), "公报：一年应有几期，缺的为什么缺", h.setGazetteYear)
}

// GazetteImport is a file that somebody brings in as an issue.
type GazetteImport struct {
	ID           string                   `json:"id" doc:"编号"`
	Name         string                   `json:"name" doc:"文件名"`
	Size         int64                    `json:"size" doc:"字节数"`
	SM3          string                   `json:"sm3" doc:"原件的杂凑值"`
	DepartmentID string                   `json:"department_id" doc:"草稿归哪个部门"`
	State        model.GazetteImportState `json:"state" enum:"waiting,made,same,failed" doc:"waiting 正在读，made 草稿已生成，same 这一件已经有草稿或已公开，failed 没有成"`
	Step         model.PrintedStep        `json:"step" enum:"opening,pages,pieces,done,failed" doc:"opening 打开，pages 逐页读文字、画图，pieces 找目录和篇目，done 读完，failed 读不了"`
	StepName     string                   `json:"step_name" doc:"这一步的名称"`
	Pages        int                      `json:"pages" doc:"共几页，还没有打开时为 0"`
	Done         int                      `json:"done" doc:"读好几页"`
	Problem      string                   `json:"problem" doc:"为什么没有成，没有为空"`
	Code         string                   `json:"code" doc:"供程序判断的代码，没有为空"`
	DocumentID   string                   `json:"document_id" doc:"草稿的编号，还没有时为空"`
	Into         string                   `json:"into" doc:"给哪一期换原件，不是换原件时为空"`
	CreatedAt    time.Time                `json:"created_at" doc:"何时交来"`
	UpdatedAt    time.Time                `json:"updated_at" doc:"最近何时有变化"`
}

func gazetteImport(i *model.GazetteImport) GazetteImport {
	v := GazetteImport{ID: i.ID, Name: i.Name, Size: i.File.Size, SM3: i.File.SM3, DepartmentID: i.DepartmentID, State: i.State, Step: i.File.Step,
		StepName: stepName(i.File.Step), Pages: i.File.Pages, Done: i.File.Done, Code: i.Problem.Code, DocumentID: i.DocumentID, Into: i.Into,
		CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt}
	if i.Problem.Code != "" {
		v.Problem = say(i.Problem.Code, wholeNumbers(i.Problem.Args))
	}
	return v
}

// wholeNumbers has numbers that were kept as JSON be said without a point.
func wholeNumbers(args map[string]any) map[string]any {
	said := map[string]any{}
	for name, v := range args {
		if f, ok := v.(float64); ok && f == float64(int64(f)) {
			v = int64(f)
		}
		said[name] = v
	}
	return said
}

func stepName(s model.PrintedStep) string {
	switch s {
	case model.PrintedOpening:
		return say("gazette.step.opening", nil)
	case model.PrintedPages:
		return say("gazette.step.pages", nil)
	case model.PrintedPieces:
		return say("gazette.step.pieces", nil)
	case model.PrintedDone:
		return say("gazette.step.done", nil)
	}
	return say("gazette.step.failed", nil)
}

// beginGazette takes in a file of an issue. Who may not write for the department is told
// before the file comes.
func (h *handler) beginGazette(c echo.Context) error {
	ctx, department := c.Request().Context(), c.QueryParam("department_id")
	if err := h.GazetteImport.May(ctx, by(ctx), model.ActWriteDocuments, department); err != nil {
		return err
	}
	return h.takeIn(c, h.File.ReceiveIssue, func(c echo.Context, name string, arrived *file.Arrived) error {
		ctx := c.Request().Context()
		f, err := h.File.AddIssue(ctx, by(ctx), name, arrived)
		if err != nil {
			return err
		}
		i, err := h.GazetteImport.Begin(ctx, by(ctx), gazette.Brought{File: f, DepartmentID: department,
			Year: pageNumber(c.QueryParam("year")), Number: pageNumber(c.QueryParam("number")), Into: c.QueryParam("into")})
		if err != nil {
			return err
		}
		if i, err = h.GazetteImport.Get(ctx, by(ctx), i.ID); err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		return c.JSON(http.StatusCreated, gazetteImport(i))
	})
}

// GazetteImportPage is a page of files that were brought in.
type GazetteImportPage struct {
	Total int             `json:"total" doc:"共多少件"`
	Items []GazetteImport `json:"items" doc:"新的在前"`
}

func (h *handler) listGazetteImports(ctx context.Context, in *ImportsIn) (*Private[GazetteImportPage], error) {
	list, total, err := h.GazetteImport.List(ctx, by(ctx), in.Offset, in.Limit)
	if err != nil {
		return nil, err
	}
	return private(GazetteImportPage{total, converted(list, func(i model.GazetteImport) GazetteImport { return gazetteImport(&i) })}), nil
}

func (h *handler) getGazetteImport(ctx context.Context, in *ImportID) (*Private[GazetteImport], error) {
	i, err := h.GazetteImport.Get(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return private(gazetteImport(i)), nil
}

// gazetteDraft is an issue as it is being written, or as it is public, for who may read it.
func (h *handler) gazetteDraft(ctx context.Context, id string) (*gazette.Draft, error) {
	p, err := h.Publication.Get(ctx, by(ctx), model.KindGazette, id)
	if err != nil {
		return nil, err
	}
	return h.GazetteDesk.Draft(ctx, id, p.Content)
}

// GazetteFile is what the file of a working copy holds.
type GazetteFile struct {
	Original HandedIn       `json:"original" doc:"原件"`
	Source   string         `json:"source" enum:",bookmarks,printed,headings" doc:"目录从哪里来：书签、印出的目录页、大字标题"`
	Signed   int            `json:"signed" doc:"文件里有几处签章；没有验证"`
	Sheets   []GazetteSheet `json:"sheets" doc:"各页的大小，第 1 页在前"`
	Notes    []GazetteNote  `json:"notes" doc:"读的时候发现了什么"`
}

// GazetteNote is something that became of a file otherwise than it was meant.
type GazetteNote struct {
	Code    string `json:"code" doc:"代码"`
	Page    int    `json:"page" doc:"第几页，说的是整个文件时为 0"`
	Message string `json:"message" doc:"说明"`
}

func (h *handler) getDraftFile(ctx context.Context, in *DeskID) (*Private[GazetteFile], error) {
	d, err := h.gazetteDraft(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	f, err := h.GazetteDesk.FileOf(ctx, d)
	if err != nil {
		return nil, err
	}
	a := f.File
	return private(GazetteFile{Original: HandedIn{ID: a.FileID, Name: a.Name, MediaType: a.MediaType, Size: a.Size, SM3: a.SM3, Pages: f.PageCount, Warnings: []HandedInWarning{}},
		Source: f.Source, Signed: f.Signed, Sheets: converted(f.Sheets, gazetteSheet), Notes: converted(f.Notes, gazetteNote)}), nil
}

func gazetteNote(n gazette.Note) GazetteNote {
	return GazetteNote{n.Code, n.Page, say(n.Code, map[string]any{"page": n.Page, "count": n.Count, "name": n.Name})}
}

// DraftPageIn asks for a page of a working copy.
type DraftPageIn struct {
	DeskID
	Page int `path:"page" minimum:"1" maximum:"3000" doc:"第几页"`
}

func (h *handler) getDraftPage(ctx context.Context, in *DraftPageIn) (*Private[GazettePage], error) {
	d, err := h.gazetteDraft(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	p, err := h.GazetteDesk.DraftPage(ctx, d, in.Page)
	if err != nil {
		return nil, err
	}
	return private(printedPage("/admin/v1/gazettes", p)), nil
}

// GazetteYears are the years of the gazette as staff see them.
type GazetteYears struct {
	Items []GazetteYear `json:"items" doc:"新的在前"`
}

// GazetteYear is how many issues a year has, and why some are not here.
type GazetteYear struct {
	Year    int           `json:"year" doc:"哪一年"`
	Version int64         `json:"version" doc:"版本，修改时放在 If-Match 里；还没有定时为 0"`
	Issues  int           `json:"issues" doc:"应有几期，没有定时为 0"`
	Grid    []GazetteCell `json:"grid" doc:"第 1 期起逐期在不在"`
	Missing []int         `json:"missing" doc:"缺而没有说明的是第几期"`
}

func gazetteYear(y gazette.Year) GazetteYear {
	return GazetteYear{y.Year, y.Version, y.Issues, converted(y.Grid, gazetteCell), append([]int{}, model.Missing(y.Grid)...)}
}

func (h *handler) listGazetteYears(ctx context.Context, _ *struct{}) (*Private[GazetteYears], error) {
	shelf, err := h.Gazettes.Shelf(ctx)
	if err != nil {
		return nil, err
	}
	return private(GazetteYears{converted(shelf, gazetteYear)}), nil
}

// GazetteYearEdit is what a year of the gazette is to have.
type GazetteYearEdit struct {
	Edit
	Year int `path:"year" minimum:"1949" maximum:"2200" doc:"哪一年"`
	Body struct {
		Issues int `json:"issues" minimum:"0" maximum:"400" doc:"应有几期；0 为没有定"`
		Gaps   []struct {
			Number int    `json:"number" minimum:"1" maximum:"400" doc:"第几期"`
			Why    string `json:"why" maxLength:"200" doc:"为什么缺，2 到 200 字，公众看得到"`
		} `json:"gaps" maxItems:"400" doc:"缺的各期"`
	}
}

func (h *handler) setGazetteYear(ctx context.Context, in *GazetteYearEdit) (*Private[GazetteYear], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	y := &model.GazetteYear{Year: in.Year, Version: version, Issues: in.Body.Issues, Gaps: map[int]string{}}
	for _, g := range in.Body.Gaps {
		y.Gaps[g.Number] = g.Why
	}
	if err := h.Gazettes.SetYear(ctx, by(ctx), y); err != nil {
		return nil, err
	}
	shelf, err := h.Gazettes.Shelf(ctx)
	if err != nil {
		return nil, err
	}
	for _, at := range shelf {
		if at.Year == in.Year {
			return versioned(gazetteYear(at), at.Version), nil
		}
	}
	return nil, model.ErrGazetteYear.With("", map[string]any{"year": strconv.Itoa(in.Year)})
}
