package handler

import (
	"context"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/matter"
)

func (h *handler) matterRoutes(api huma.API) {
	get[MatterList](api, "/api/v1/matters", "matters", "一份文件属于哪些事项", h.listMattersOf)
	get[Matter](api, "/api/v1/matters/{id}", "matters", "一个事项从征求意见到公报的每一步", h.getMatter)
	h.matterDeskRoutes(api)
}

// MattersIn asks for the matters of a document.
type MattersIn struct {
	Conditional
	Of string `query:"of" required:"true" maxLength:"90" pattern:"^(policy|interpretation|meeting|agenda_item|consultation|event):.+$" doc:"哪份文件：类别和编号，如 policy:01J…"`
}

// MatterList are the matters of a document.
type MatterList struct {
	Items []Matter `json:"items" doc:"没有时为空"`
}

// Matter is one thing the government is about.
type Matter struct {
	ID         string       `json:"id" doc:"编号"`
	Title      string       `json:"title" doc:"名称"`
	Summary    string       `json:"summary" doc:"一句说明，没有时为空"`
	Department *Ref         `json:"department" doc:"由哪个部门整理，没有时为 null"`
	Topics     []Ref        `json:"topics" doc:"民生专题"`
	Steps      []MatterStep `json:"steps" doc:"走过的每一步，早的在前；只有现在公开的"`
	Next       *MatterNext  `json:"next" doc:"通常的下一步，不是承诺；没有时为 null"`
	URL        string       `json:"url" doc:"永久网址"`
}

// MatterStep is a document that stands at a step of a matter.
type MatterStep struct {
	Step   model.MatterStep `json:"step" enum:"consultation,event,adoption,meeting,policy,interpretation,gazette" doc:"哪一步"`
	Name   string           `json:"name" doc:"这一步的名称，如“会议审议”；活动用它的形式，如“听证会”"`
	Kind   model.Kind       `json:"kind" enum:"policy,interpretation,meeting,consultation,event,gazette" doc:"打开什么"`
	ID     string           `json:"id" doc:"它的编号"`
	Item   string           `json:"item" doc:"会议里的哪一项议题，整个会议时为空"`
	Title  string           `json:"title" doc:"标题"`
	Within string           `json:"within" doc:"议题所在的会议、文号或者活动的地点；没有时为空"`
	Day    model.Day        `json:"day" doc:"哪天，不详时为空"`
}

// MatterNext is the step that usually comes after those that are reached.
type MatterNext struct {
	Step model.MatterStep `json:"step" doc:"哪一步"`
	Name string           `json:"name" doc:"这一步的名称"`
}

func matterStep(l model.MatterLink) MatterStep {
	return MatterStep{l.Step, l.StepName(), l.Kind, l.SubjectID, l.ItemID, l.Subject.Title, l.Subject.Within, l.Subject.Day}
}

func (h *handler) matter(m matter.Shown) Matter {
	shown := Matter{ID: m.ID, Title: m.Face.Title, Summary: m.Face.Summary, Topics: topicRefs(m.Topics), Steps: converted(m.Line, matterStep),
		URL: h.PublicURL + "/matters/" + m.ID}
	if m.Office != nil {
		shown.Department = &Ref{m.Office.ID, m.Office.Name}
	}
	if m.Next != "" {
		shown.Next = &MatterNext{m.Next, m.Next.Name()}
	}
	return shown
}

func (h *handler) listMattersOf(ctx context.Context, in *MattersIn) (*Rendered, error) {
	kind, id, _ := strings.Cut(in.Of, ":")
	list, err := h.Matters.Of(ctx, model.Kind(kind), id)
	if err != nil {
		return nil, err
	}
	return render(MatterList{converted(list, h.matter)})
}

func (h *handler) getMatter(ctx context.Context, in *ByID) (*Rendered, error) {
	m, err := h.Matters.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return render(h.matter(*m))
}
