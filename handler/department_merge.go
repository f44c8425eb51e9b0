package handler

import (
	"context"

	"yuandu/model"
)

// DepartmentMerging is what merging two departments would do.
type DepartmentMerging struct {
	Into     Ref              `json:"into" doc:"要保留的部门"`
	Moving   DepartmentMoving `json:"moving" doc:"会转过去什么"`
	Names    []string         `json:"names" doc:"会成为它的别名的旧名称"`
	Children []string         `json:"children" doc:"会归到它下面的部门"`
}

// DepartmentMoving is what goes along.
type DepartmentMoving struct {
	Policies        int `json:"policies" doc:"公开的政策文件"`
	Interpretations int `json:"interpretations" doc:"公开的解读"`
	Publications    int `json:"publications" doc:"归它管理的文件，含草稿"`
	Staff           int `json:"staff" doc:"工作人员，含停用的"`
	Grants          int `json:"grants" doc:"在它那里担任的角色"`
	Children        int `json:"children" doc:"直接下属的部门"`
	Feedback        int `json:"feedback" doc:"由它办理的纠错与投诉建议，含已办结的"`
	Letters         int `json:"letters" doc:"由它主办的来信，含已办结的"`
	Knowledge       int `json:"knowledge" doc:"由它负责的知识条目，含草稿和停用的"`
	Meetings        int `json:"meetings" doc:"它参会、汇报或者负责落实的公开会议"`
	Matters         int `json:"matters" doc:"由它整理的事项"`
}

func (h *handler) previewOfficeMerge(ctx context.Context, in *MergePreviewIn) (*Private[DepartmentMerging], error) {
	m, err := h.Directory.MergePreview(ctx, by(ctx), in.ID, in.Into)
	if err != nil {
		return nil, err
	}
	return private(DepartmentMerging{Ref{m.Into.ID, m.Into.Name}, DepartmentMoving(m.Moving),
		append([]string{}, m.Names...), append([]string{}, m.Children...)}), nil
}

// MergeOfficeIn merges a department into another.
type MergeOfficeIn struct {
	EditID
	Body struct {
		Into string `json:"into" minLength:"1" maxLength:"26" doc:"要保留的部门"`
	}
}

func (h *handler) mergeOffice(ctx context.Context, in *MergeOfficeIn) (*Private[OfficeItem], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	if err := h.Directory.Merge(ctx, by(ctx), in.ID, version, in.Body.Into); err != nil {
		return nil, withCurrent(err, func() (OfficeItem, error) { return h.officeToday(ctx, in.ID) })
	}
	item, err := h.officeNow(ctx, in.Body.Into)
	return versioned(item, item.Version), err
}

// officeToday is a department, or the one that it was merged into.
func (h *handler) officeToday(ctx context.Context, id string) (OfficeItem, error) {
	now, err := h.Directory.Now(ctx, []string{id})
	if err != nil {
		return OfficeItem{}, err
	}
	return h.officeNow(ctx, now[0])
}

// TopicTable lists the topics for the console.
type TopicTable struct {
	Items   []TopicItem `json:"items" doc:"十八个专题，按顺序"`
	Version int64       `json:"version" doc:"版本，修改时放在 If-Match 里"`
	MayEdit bool        `json:"may_edit" doc:"您能不能修改"`
}

func (h *handler) listTopicTable(ctx context.Context, _ *struct{}) (*Private[TopicTable], error) {
	t, err := h.topicTable(ctx)
	return versioned(t, t.Version), err
}

func (h *handler) topicTable(ctx context.Context) (TopicTable, error) {
	t, err := h.Directory.TopicTable(ctx)
	if err != nil {
		return TopicTable{}, err
	}
	return TopicTable{converted(t.Topics, topicItem), t.Version, by(ctx).May(model.ActEditTopics)}, nil
}

// SaveTopicsIn keeps order and explanations.
type SaveTopicsIn struct {
	Edit
	Body struct {
		Items []TopicFields `json:"items" maxItems:"18" doc:"全部专题，按想要的顺序"`
	}
}

// TopicFields are what can be changed of a topic.
type TopicFields struct {
	ID          string `json:"id" maxLength:"30" doc:"编号"`
	Explanation string `json:"explanation" maxLength:"60" doc:"一句话说明：这里能找到什么"`
}

func (h *handler) saveTopics(ctx context.Context, in *SaveTopicsIn) (*Private[TopicTable], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	topics := converted(in.Body.Items, func(f TopicFields) model.Topic { return model.Topic{ID: f.ID, Explanation: f.Explanation} })
	if err := h.Directory.SaveTopics(ctx, by(ctx), topics, version); err != nil {
		return nil, withCurrent(err, func() (TopicTable, error) { return h.topicTable(ctx) })
	}
	t, err := h.topicTable(ctx)
	return versioned(t, t.Version), err
}
