package handler

import (
	"context"
	"time"

	"yuandu/model"
)

// ImportPage is a page of imports.
type ImportPage struct {
	Total int          `json:"total" doc:"共多少次"`
	Items []ImportItem `json:"items" doc:"新的在前"`
}

// ImportItem is an import, as lists of the console show it.
type ImportItem struct {
	ID             string              `json:"id" doc:"编号"`
	Name           string              `json:"name" doc:"文件名"`
	Size           int64               `json:"size" doc:"字节数"`
	DepartmentID   string              `json:"department_id" doc:"草稿归哪个部门"`
	DepartmentName string              `json:"department_name" doc:"部门的名称"`
	By             DeskPerson          `json:"by" doc:"谁导入的"`
	State          model.ImportState   `json:"state" doc:"reading 正在检查，checked 待确认，making 正在生成草稿，made 草稿已生成，failed 读不了，undone 已撤销"`
	Problem        string              `json:"problem" doc:"为什么读不了，没有为空"`
	Counts         model.ImportCounts  `json:"counts" doc:"各类行数"`
	Done           int64               `json:"done" doc:"正在检查或生成草稿时，做了多少"`
	Total          int64               `json:"total" doc:"一共要做多少，检查时是字节数，生成时是行数"`
	Working        bool                `json:"working" doc:"系统正在办理，隔几秒再问"`
	Task           *ImportTask         `json:"task" doc:"正在批量办理，或上一次批量办理的事，没有为 null"`
	Stages         map[model.Stage]int `json:"stages" doc:"草稿各走到哪一步；空的一项是已删除的"`
	CreatedAt      time.Time           `json:"created_at" doc:"何时导入"`
	UpdatedAt      time.Time           `json:"updated_at" doc:"最近何时有变化"`
}

// ImportTask is something that is done with all drafts of an import.
type ImportTask struct {
	Act       model.ImportAct  `json:"act" doc:"submit 送审，recall 收回，return 退回，sign 签发，discard 删除"`
	By        DeskPerson       `json:"by" doc:"谁办的"`
	At        time.Time        `json:"at" doc:"何时开始"`
	EndedAt   *time.Time       `json:"ended_at" doc:"何时办完，正在办为 null"`
	Total     int              `json:"total" doc:"共有多少份"`
	Done      int              `json:"done" doc:"办成了多少份"`
	LeftRows  int              `json:"left_rows" doc:"留下多少份"`
	Left      []ImportLeftItem `json:"left" doc:"为什么留下，各有多少份"`
	PublishAt *time.Time       `json:"publish_at" doc:"签发时定的公开时间，没有为 null"`
}

// ImportLeftItem is why drafts were left behind.
type ImportLeftItem struct {
	Code      string `json:"code" doc:"代码"`
	Message   string `json:"message" doc:"是什么，怎样改；几份的情形以第一份为例"`
	Count     int    `json:"count" doc:"批量办理的结果里是多少份，一行里是多少处"`
	Excusable bool   `json:"excusable" doc:"说明理由后可以保留"`
}

// ImportRecord is an import with what was found in its file.
type ImportRecord struct {
	ImportItem
	Content  model.ImportContent `json:"content" doc:"文件里有什么"`
	HasFile  bool                `json:"has_file" doc:"原文件还在，可以下载待改正的行"`
	MayWrite bool                `json:"may_write" doc:"您可以确认、送审、收回、撤销"`
	MaySign  bool                `json:"may_sign" doc:"您可以退回、签发"`
}

// ImportRowPage is a page of rows.
type ImportRowPage struct {
	Total int             `json:"total" doc:"共多少行"`
	Items []ImportRowItem `json:"items" doc:"按文件里的先后"`
}

// ImportRowItem is a row of the file, and what becomes of it.
type ImportRowItem struct {
	N         int                  `json:"n" doc:"第几条"`
	Line      int                  `json:"line" doc:"在文件里是第几行"`
	State     model.ImportRowState `json:"state" doc:"ready 可导入，here 已有，wrong 有误，made 已生成草稿"`
	Kind      model.Kind           `json:"kind" doc:"policy 政策文件，interpretation 解读，meeting 会议的一项议题；有误的为空"`
	DraftID   string               `json:"draft_id" doc:"草稿的编号，没有时为空"`
	Title     string               `json:"title" doc:"标题"`
	DocNumber string               `json:"doc_number" doc:"文号"`
	Stage     model.Stage          `json:"stage" doc:"草稿走到哪一步，没有草稿时为空"`
	Deleted   bool                 `json:"deleted" doc:"草稿已删除"`
	Wrong     []model.ImportWrong  `json:"wrong" doc:"哪里有误"`
	Warnings  []ImportWarningItem  `json:"warnings" doc:"哪里有疑问，不妨碍导入"`
	Here      *model.ImportHere    `json:"here" doc:"已有的是哪一份，或本文件的哪一行；没有为 null"`
	Left      []ImportLeftItem     `json:"left" doc:"上一次批量办理为什么留下它"`
}

// ImportWarningItem is something odd about a row.
type ImportWarningItem struct {
	Code    model.ImportOdd `json:"code" doc:"代码"`
	Message string          `json:"message" doc:"说明"`
}

func importRow(r model.ImportRow) ImportRowItem {
	item := ImportRowItem{N: r.N, Line: r.Line, State: r.State, Kind: r.Kind, Title: r.Title, DocNumber: r.DocNumber, Stage: r.Stage,
		Deleted: r.Deleted, Here: r.Told.Here, Left: leftItems(r.Left)}
	item.Wrong = someOf(r.Told.Wrong)
	item.Warnings = converted(r.Told.Warnings, func(w model.ImportWarning) ImportWarningItem {
		return ImportWarningItem{w.Code, say("import.odd."+string(w.Code), w.Args)}
	})
	if r.State == model.RowMade {
		item.DraftID = r.DraftID
	}
	return item
}

func leftItems(list []model.ImportLeft) []ImportLeftItem {
	return converted(list, func(l model.ImportLeft) ImportLeftItem {
		return ImportLeftItem{l.Code, say(l.Code, l.Args), l.Count, l.Excusable}
	})
}

func (h *handler) importItem(ctx context.Context, i *model.Import) (ImportItem, error) {
	ids := []string{i.StaffID}
	if i.Task != nil {
		ids = append(ids, i.Task.By.ID)
	}
	names, err := h.Publication.Names(ctx, ids)
	if err != nil {
		return ImportItem{}, err
	}
	departments, err := h.Directory.Names(ctx)
	if err != nil {
		return ImportItem{}, err
	}
	stages, err := h.Import.Stages(ctx, i)
	return ImportItem{ID: i.ID, Name: i.Name, Size: i.Size, DepartmentID: i.DepartmentID, DepartmentName: departments[i.DepartmentID],
		By: DeskPerson{i.StaffID, names[i.StaffID]}, State: i.State, Problem: i.Problem, Counts: i.Counts,
		Done: i.Done, Total: i.Total, Working: i.Work != model.NoWork, Task: importTask(i.Task, names), Stages: stages,
		CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt}, err
}

func importTask(t *model.ImportTask, names map[string]string) *ImportTask {
	if t == nil {
		return nil
	}
	return &ImportTask{Act: t.Act, By: DeskPerson{t.By.ID, names[t.By.ID]}, At: t.At, EndedAt: unlessZero(t.EndedAt), Total: t.Total,
		Done: t.Done, LeftRows: t.LeftRows, Left: leftItems(t.Left), PublishAt: unlessZero(t.PublishAt)}
}

// someOf is a list that is never null.
func someOf[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (h *handler) importRecord(ctx context.Context, i *model.Import) (ImportRecord, error) {
	item, err := h.importItem(ctx, i)
	if err != nil {
		return ImportRecord{}, err
	}
	may := func(act model.Act) bool { return h.Import.May(ctx, by(ctx), act, i.DepartmentID) == nil }
	r := ImportRecord{ImportItem: item, Content: i.Content, HasFile: i.FileID != "", MayWrite: may(model.ActWriteDocuments),
		MaySign: may(model.ActReviewDocuments) && by(ctx).ID != i.StaffID && by(ctx).ID != i.Fill.By}
	r.Content.Columns, r.Content.Issuers = someOf(r.Content.Columns), someOf(r.Content.Issuers)
	r.Content.OtherSheets = someOf(r.Content.OtherSheets)
	return r, nil
}
