package handler

import (
	"context"

	"yuandu/service/directory"
)

// TopicPage lists the life topics.
type TopicPage struct {
	Items []TopicItem `json:"items" doc:"十八个专题，按顺序"`
}

// TopicItem is a life topic.
type TopicItem struct {
	ID          string `json:"id" doc:"编号，用于筛选"`
	Name        string `json:"name" doc:"名称"`
	Icon        string `json:"icon" doc:"图标名"`
	Explanation string `json:"explanation" doc:"一句话说明"`
	Policies    int    `json:"policies" doc:"有多少份文件"`
}

// DepartmentPage lists the offices.
type DepartmentPage struct {
	Items []DepartmentItem `json:"items" doc:"上级在下级之前"`
}

// DepartmentItem is an office.
type DepartmentItem struct {
	ID        string   `json:"id" doc:"编号，用于筛选"`
	ParentID  string   `json:"parent_id" doc:"上级部门，没有时为空"`
	Name      string   `json:"name" doc:"全称"`
	ShortName string   `json:"short_name" doc:"简称，没有时为空"`
	Aliases   []string `json:"aliases" doc:"别名"`
	Policies  int      `json:"policies" doc:"有多少份文件，含下属部门"`
}

func (h *handler) listTopics(ctx context.Context, _ *Conditional) (*Rendered, error) {
	state, err := h.Policy.ListState(ctx)
	if err != nil {
		return nil, err
	}
	return h.kept.get("topics", state, func() (made, error) {
		topics, err := h.Directory.Topics(ctx)
		return made{value: TopicPage{converted(topics, topicItem)}}, err
	})
}

func (h *handler) listDepartments(ctx context.Context, _ *Conditional) (*Rendered, error) {
	state, err := h.Policy.ListState(ctx)
	if err != nil {
		return nil, err
	}
	return h.kept.get("departments", state, func() (made, error) {
		departments, err := h.Directory.Departments(ctx)
		return made{value: DepartmentPage{converted(departments, departmentItem)}}, err
	})
}

func topicItem(t directory.Topic) TopicItem {
	return TopicItem{t.ID, t.Name, t.Icon, t.Explanation, t.Policies}
}

func departmentItem(d directory.Department) DepartmentItem {
	return DepartmentItem{d.ID, d.ParentID, d.Name, d.ShortName, append([]string{}, d.Aliases...), d.Policies}
}
