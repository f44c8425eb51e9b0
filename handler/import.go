package handler

import (
	"context"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yuandu/model"
	"yuandu/service/file"
	"yuandu/service/ingest"
)

// pathImports is where editors bring in files of many documents. As with single
// files, its requests are told apart by the hash of what came.
const pathImports = "/admin/v1/imports"

func (h *handler) importRoutes(e *echo.Echo, api huma.API) {
	read, write, review := may(model.ActReadDocuments), may(model.ActWriteDocuments), may(model.ActReviewDocuments)
	one := pathImports + "/{id}"
	e.POST(pathImports, h.beginImport)
	h.guard("POST", pathImports, write)
	department := &huma.Param{Name: "department_id", In: "query", Required: true, Description: "草稿归哪个部门",
		Schema: &huma.Schema{Type: huma.TypeString}}
	describeUpload(api, pathImports, "批量导入：交来一个文件，先检查，不生成草稿", reflect.TypeFor[ImportRecord](), write, department)
	e.GET(pathImports+"/template.xlsx", h.importTemplate)
	h.guard("GET", pathImports+"/template.xlsx", write)
	e.GET(pathImports+"/:id/rows.xlsx", h.wrongRows)
	h.guard("GET", one+"/rows.xlsx", read)
	act(h, api, "GET", pathImports, read, "批量导入：各次导入", h.listImports)
	act(h, api, "GET", one, read, "批量导入：一次导入", h.getImport)
	act(h, api, "GET", one+"/rows", read, "批量导入：逐行的结果", h.importRows)
	act(h, api, "POST", one+"/confirm", write, "批量导入：确认，生成草稿", h.confirmImport)
	act(h, api, "POST", one+"/submit", write, "批量导入：全部送审", h.submitImport)
	act(h, api, "POST", one+"/recall", write, "批量导入：全部收回", h.recallImport)
	act(h, api, "POST", one+"/return", review, "批量导入：全部退回", h.returnImport)
	act(h, api, "POST", one+"/sign", review, "批量导入：全部签发", h.signImport)
	act(h, api, "POST", one+"/discard", write, "批量导入：撤销，删除草稿", h.discardImport)
}

// beginImport takes in a file of many documents. Who may not write for the
// department is told before the file comes.
func (h *handler) beginImport(c echo.Context) error {
	ctx, department := c.Request().Context(), c.QueryParam("department_id")
	if err := h.Import.May(ctx, by(ctx), model.ActWriteDocuments, department); err != nil {
		return err
	}
	return h.takeIn(c, h.File.ReceiveTable, func(c echo.Context, name string, arrived *file.Arrived) error {
		ctx := c.Request().Context()
		f, err := h.File.AddTable(ctx, by(ctx), name, arrived)
		if err != nil {
			return err
		}
		i, err := h.Import.Begin(ctx, by(ctx), f, department)
		if err != nil {
			return err
		}
		record, err := h.importRecord(ctx, i)
		if err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		return c.JSON(http.StatusCreated, record)
	})
}

func (h *handler) importTemplate(c echo.Context) error {
	if c.QueryParam("of") == "meetings" {
		return sendWorkbook(c, "会议批量导入模板.xlsx", ingest.MeetingTemplate)
	}
	return sendWorkbook(c, "批量导入模板.xlsx", ingest.Template)
}

func (h *handler) wrongRows(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	i, err := h.Import.Get(ctx, by(ctx), id)
	if err != nil {
		return err
	}
	stem, _, _ := strings.Cut(i.Name, ".")
	return sendWorkbook(c, stem+" 待改正.xlsx", func(w io.Writer) error { return h.Import.WrongRows(ctx, by(ctx), id, w) })
}

// sendWorkbook lets a workbook be saved under a name.
func sendWorkbook(c echo.Context, name string, write func(io.Writer) error) error {
	head := c.Response().Header()
	head.Set(echo.HeaderContentType, ingest.WorkbookType)
	head.Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": plainName(name)}))
	head.Set(echo.HeaderCacheControl, "no-store")
	err := write(c.Response())
	if err != nil && !c.Response().Committed {
		head.Del(echo.HeaderContentDisposition)
	}
	return err
}

// ImportID names an import.
type ImportID struct {
	ID string `path:"id" maxLength:"26" doc:"编号"`
}

// ImportsIn asks for imports.
type ImportsIn struct {
	Offset int `query:"offset" minimum:"0" maximum:"1000000" doc:"从第几次起"`
	Limit  int `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少次"`
}

func (h *handler) listImports(ctx context.Context, in *ImportsIn) (*Private[ImportPage], error) {
	list, total, err := h.Import.List(ctx, by(ctx), in.Offset, in.Limit)
	if err != nil {
		return nil, err
	}
	page := ImportPage{Total: total, Items: make([]ImportItem, len(list))}
	for n := range list {
		if page.Items[n], err = h.importItem(ctx, &list[n]); err != nil {
			return nil, err
		}
	}
	return private(page), nil
}

func (h *handler) getImport(ctx context.Context, in *ImportID) (*Private[ImportRecord], error) {
	i, err := h.Import.Get(ctx, by(ctx), in.ID)
	return h.answerImport(ctx, i, err)
}

func (h *handler) answerImport(ctx context.Context, i *model.Import, err error) (*Private[ImportRecord], error) {
	if err != nil {
		return nil, err
	}
	record, err := h.importRecord(ctx, i)
	return private(record), err
}

// ImportRowsIn asks for rows of an import.
type ImportRowsIn struct {
	ImportID
	State  string `query:"state" enum:"ready,here,wrong,made,warned,left" doc:"ready 可导入，here 已有，wrong 有误，made 已生成草稿，warned 有疑问，left 上一次批量办理时留下的"`
	Offset int    `query:"offset" minimum:"0" maximum:"1000000" doc:"从第几行起"`
	Limit  int    `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少行"`
}

func (h *handler) importRows(ctx context.Context, in *ImportRowsIn) (*Private[ImportRowPage], error) {
	q := ingest.RowQuestion{Offset: in.Offset, Limit: in.Limit}
	switch in.State {
	case "warned":
		q.Warned = true
	case "left":
		q.Left = true
	default:
		q.State = model.ImportRowState(in.State)
	}
	list, total, err := h.Import.RowPage(ctx, by(ctx), in.ID, q)
	return private(ImportRowPage{total, converted(list, importRow)}), err
}

// ConfirmImportIn lets rows become drafts, and says what stands where they say
// nothing.
type ConfirmImportIn struct {
	Keyed
	ImportID
	Body struct {
		Issuers []ImportIssuerIs `json:"issuers,omitempty" maxItems:"500" doc:"文件里的发文机关是哪个部门"`
		Issuer  string           `json:"issuer,omitempty" maxLength:"26" doc:"没有写发文机关，或认不出的，算哪个部门的；空着时留给编辑填"`
		Reason  string           `json:"no_interpretation,omitempty" maxLength:"200" doc:"没有解读的文件不配解读的理由；空着时留给编辑填"`
		Written bool             `json:"written_as_published,omitempty" doc:"没有成文日期的，用发布日期"`
	}
}

// ImportIssuerIs says which department an issuer is.
type ImportIssuerIs struct {
	Name         string `json:"name" maxLength:"100" doc:"文件里的写法"`
	DepartmentID string `json:"department_id" maxLength:"26" doc:"部门"`
}

func (h *handler) confirmImport(ctx context.Context, in *ConfirmImportIn) (*Private[ImportRecord], error) {
	fill := model.ImportFill{Issuer: in.Body.Issuer, Issuers: map[string]string{},
		Unexplained: strings.TrimSpace(in.Body.Reason), Written: in.Body.Written}
	for _, i := range in.Body.Issuers {
		fill.Issuers[i.Name] = i.DepartmentID
	}
	i, err := h.Import.Confirm(ctx, by(ctx), in.ID, fill)
	return h.answerImport(ctx, i, err)
}

// doAll begins something with all drafts of an import.
func (h *handler) doAll(ctx context.Context, id string, task model.ImportTask) (*Private[ImportRecord], error) {
	i, err := h.Publication.DoAll(ctx, by(ctx), id, task)
	return h.answerImport(ctx, i, err)
}

// SubmitImportIn hands all drafts to review that nothing is open of.
type SubmitImportIn struct {
	Keyed
	ImportID
	Body struct {
		Excuses []ImportExcuse `json:"excuses,omitempty" maxItems:"100" doc:"一类检查发现为什么可以保留"`
		Note    string         `json:"note,omitempty" maxLength:"500" doc:"给审核人的话"`
	}
}

// ImportExcuse is why all that the checks found of one sort may stay.
type ImportExcuse struct {
	Code   string `json:"code" maxLength:"60" doc:"检查发现的代码"`
	Reason string `json:"reason" minLength:"2" maxLength:"200" doc:"可以保留的理由"`
}

func (h *handler) submitImport(ctx context.Context, in *SubmitImportIn) (*Private[ImportRecord], error) {
	task := model.ImportTask{Act: model.ImportSubmit, Note: strings.TrimSpace(in.Body.Note), Excuses: map[string]string{}}
	for _, e := range in.Body.Excuses {
		task.Excuses[strings.TrimPrefix(e.Code, "check.")] = strings.TrimSpace(e.Reason)
	}
	return h.doAll(ctx, in.ID, task)
}

// ImportActIn is something that needs nothing but the import.
type ImportActIn struct {
	Keyed
	ImportID
}

func (h *handler) recallImport(ctx context.Context, in *ImportActIn) (*Private[ImportRecord], error) {
	return h.doAll(ctx, in.ID, model.ImportTask{Act: model.ImportRecall})
}

// ReturnImportIn gives all drafts back with a reason.
type ReturnImportIn struct {
	Keyed
	ImportID
	Body struct {
		Reason string `json:"reason" maxLength:"500" doc:"原因"`
	}
}

func (h *handler) returnImport(ctx context.Context, in *ReturnImportIn) (*Private[ImportRecord], error) {
	return h.doAll(ctx, in.ID, model.ImportTask{Act: model.ImportReturn, Note: strings.TrimSpace(in.Body.Reason)})
}

// SignImportIn is the reviewer's word on all drafts.
type SignImportIn struct {
	Keyed
	ImportID
	Body SignFields
}

func (h *handler) signImport(ctx context.Context, in *SignImportIn) (*Private[ImportRecord], error) {
	review, at, err := in.Body.review()
	if err != nil {
		return nil, err
	}
	return h.doAll(ctx, in.ID, model.ImportTask{Act: model.ImportSign, Review: &review, PublishAt: at})
}

// discardImport gives up an import: before its drafts are made at once, else its
// drafts are thrown away.
func (h *handler) discardImport(ctx context.Context, in *ImportActIn) (*Private[ImportRecord], error) {
	i, err := h.Import.Get(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	if i.State == model.ImportMade {
		return h.doAll(ctx, in.ID, model.ImportTask{Act: model.ImportDiscard})
	}
	i, err = h.Import.Undo(ctx, by(ctx), in.ID)
	return h.answerImport(ctx, i, err)
}
