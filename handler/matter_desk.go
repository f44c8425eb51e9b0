package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/matter"
)

const pathMatters = "/admin/v1/matters"

func (h *handler) matterDeskRoutes(api huma.API) {
	read, write, release := may(model.ActReadDocuments), may(model.ActWriteMatters), may(model.ActReleaseMatters)
	one := pathMatters + "/{id}"
	act(h, api, "GET", pathMatters, read, "事项的列表", h.listMatters)
	create(h, api, pathMatters, write, "建立一个事项", h.beginMatter)
	act(h, api, "GET", pathMatters+"/linkable", read, "找可以关联的文件和议题", h.listLinkable)
	act(h, api, "GET", pathMatters+"/of/{kind}/{id}", read, "一份文件属于哪些事项，可能属于哪些", h.listBelonging)
	act(h, api, "GET", one, read, "一个事项", h.readMatter)
	act(h, api, "PUT", one, write, "修改事项", h.editMatter)
	act(h, api, "DELETE", one, write, "删去没有公开过的事项", h.removeMatter)
	act(h, api, "GET", one+"/proposals", read, "可能属于这个事项的文件", h.listMatterProposals)
	act(h, api, "POST", one+"/links", write, "把文件关联到事项", h.linkMatter)
	act(h, api, "DELETE", one+"/links/{link}", write, "取消关联", h.unlinkMatter)
	act(h, api, "POST", one+"/release", release, "审核公开事项", h.releaseMatter)
	act(h, api, "POST", one+"/merge", release, "并入另一个事项", h.mergeMatter)
}

// DeskMatter is a matter as staff see it.
type DeskMatter struct {
	ID         string           `json:"id" doc:"编号"`
	Version    int64            `json:"version" doc:"版本，修改时放在 If-Match 里"`
	Title      string           `json:"title" doc:"名称"`
	Summary    string           `json:"summary" doc:"一句说明"`
	Topics     []string         `json:"topics" doc:"民生专题的编号"`
	Department *Ref             `json:"department" doc:"由哪个部门整理"`
	Links      []DeskMatterLink `json:"links" doc:"关联的文件，早的在前"`
	Public     bool             `json:"public" doc:"居民现在能不能看到"`
	Waits      bool             `json:"waits" doc:"有改动等着另一个人审核公开"`
	Released   *time.Time       `json:"released_at" doc:"最近何时审核公开，没有为 null"`
	ReleasedBy *Ref             `json:"released_by" doc:"谁审核公开的"`
	Shown      *MatterFace      `json:"shown" doc:"居民看到的名称和说明；没有审核公开过为 null"`
	UpdatedAt  time.Time        `json:"updated_at" doc:"最近何时改动"`
	UpdatedBy  *Ref             `json:"updated_by" doc:"最近谁改动，系统为 null"`
	May        MatterMay        `json:"may" doc:"您可以对它做什么"`
}

// MatterMay is what the asker may do to a matter.
type MatterMay struct {
	Write   bool `json:"write" doc:"修改、关联"`
	Release bool `json:"release" doc:"审核公开；自己改过的不能"`
	Merge   bool `json:"merge" doc:"并入另一个事项"`
}

// MatterFace is what is told of a matter itself.
type MatterFace struct {
	Title   string   `json:"title" maxLength:"400" doc:"名称，最多 100 个字"`
	Summary string   `json:"summary" maxLength:"2000" doc:"一句说明，最多 500 个字"`
	Topics  []string `json:"topics" maxItems:"18" doc:"民生专题的编号"`
}

func (f MatterFace) face() model.MatterFace {
	return model.MatterFace{Title: f.Title, Summary: f.Summary, TopicIDs: f.Topics}
}

// DeskMatterLink is something that is linked to a matter.
type DeskMatterLink struct {
	ID       string           `json:"id" doc:"关联的编号"`
	Step     model.MatterStep `json:"step" doc:"哪一步"`
	StepName string           `json:"step_name" doc:"这一步的名称"`
	Kind     model.Kind       `json:"kind" enum:"policy,interpretation,meeting,consultation,event,gazette,own_letter" doc:"own_letter 是来信，永远不公开"`
	Subject  string           `json:"subject" doc:"文件的编号"`
	Item     string           `json:"item" doc:"议题的编号，没有时为空"`
	Title    string           `json:"title" doc:"标题；您不能看的为空，来信是它的编号"`
	Within   string           `json:"within" doc:"议题所在的会议，或者文号"`
	Day      model.Day        `json:"day" doc:"哪天，没有公开的为空"`
	Public   bool             `json:"public" doc:"文件现在公开着"`
	Released bool             `json:"released" doc:"关联已经审核"`
	LinkedBy *Ref             `json:"linked_by" doc:"谁关联的，系统为 null"`
	LinkedAt time.Time        `json:"linked_at" doc:"何时关联的"`
}

type matterNames struct{ people, departments map[string]string }

func (h *handler) matterNames(ctx context.Context, list ...matter.Record) (n matterNames, err error) {
	var ids []string
	for _, r := range list {
		ids = append(ids, r.UpdatedBy, r.ReleasedBy)
		for _, l := range r.Links {
			ids = append(ids, l.LinkedBy)
		}
	}
	if n.people, err = h.Matters.People(ctx, ids...); err == nil {
		n.departments, err = h.Directory.Names(ctx)
	}
	return n, err
}

func (n matterNames) matter(r matter.Record) DeskMatter {
	m := DeskMatter{ID: r.ID, Version: r.Version, Title: r.Title, Summary: r.Summary, Topics: append([]string{}, r.TopicIDs...),
		Department: refOf(r.DepartmentID, n.departments), Public: r.Public, Waits: r.Waits, Released: unlessZero(r.ReleasedAt),
		ReleasedBy: refOf(r.ReleasedBy, n.people), UpdatedAt: r.UpdatedAt, UpdatedBy: refOf(r.UpdatedBy, n.people),
		May: MatterMay{r.May.Write, r.May.Release, r.May.Merge}}
	if f := r.Released; f != nil {
		m.Shown = &MatterFace{f.Title, f.Summary, append([]string{}, f.TopicIDs...)}
	}
	m.Links = converted(matter.Sorted(r.Links), func(l model.MatterLink) DeskMatterLink {
		return DeskMatterLink{l.ID, l.Step, l.StepName(), l.Kind, l.SubjectID, l.ItemID, l.Subject.Title, l.Subject.Within, l.Subject.Day,
			l.Subject.Public, l.IsInside() || !l.ReleasedAt.IsZero(), refOf(l.LinkedBy, n.people), l.LinkedAt}
	})
	return m
}

func (h *handler) answerMatter(ctx context.Context, r *matter.Record, err error) (*Private[DeskMatter], error) {
	if err != nil {
		return nil, err
	}
	names, err := h.matterNames(ctx, *r)
	return versioned(names.matter(*r), r.Version), err
}

// DeskMattersIn asks for matters.
type DeskMattersIn struct {
	Text    string `query:"q" maxLength:"100" doc:"名称，或关联的文件标题里的字"`
	Waiting bool   `query:"waiting" doc:"只看等着审核公开的"`
	Offset  int    `query:"offset" minimum:"0" maximum:"1000000" doc:"从第几个起"`
	Limit   int    `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少个"`
}

// DeskMatterPage is a page of matters.
type DeskMatterPage struct {
	Total int          `json:"total" doc:"共多少个"`
	Items []DeskMatter `json:"items" doc:"最近改动的在前"`
}

func (h *handler) listMatters(ctx context.Context, in *DeskMattersIn) (*Private[DeskMatterPage], error) {
	list, total, err := h.Matters.List(ctx, by(ctx), matter.Question{Text: in.Text, Waiting: in.Waiting, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	names, err := h.matterNames(ctx, list...)
	return private(DeskMatterPage{total, converted(list, names.matter)}), err
}

// BeginMatterIn is a new matter.
type BeginMatterIn struct {
	Keyed
	Body struct {
		MatterFace
		Department string `json:"department" maxLength:"26" doc:"由哪个部门整理"`
	}
}

func (h *handler) beginMatter(ctx context.Context, in *BeginMatterIn) (*Private[DeskMatter], error) {
	r, err := h.Matters.Begin(ctx, by(ctx), in.Body.Department, in.Body.face())
	return h.answerMatter(ctx, r, err)
}

func (h *handler) readMatter(ctx context.Context, in *DeskID) (*Private[DeskMatter], error) {
	r, err := h.Matters.Read(ctx, by(ctx), in.ID)
	return h.answerMatter(ctx, r, err)
}

// matterBehind adds to ErrStale the matter as it is.
func (h *handler) matterBehind(ctx context.Context, err error, id string) error {
	return withCurrent(err, func() (DeskMatter, error) {
		r, err := h.Matters.Read(ctx, by(ctx), id)
		now, err := h.answerMatter(ctx, r, err)
		if err != nil {
			return DeskMatter{}, err
		}
		return now.Body, nil
	})
}

// changeMatter does something to a matter in the version that was read.
func (h *handler) changeMatter(ctx context.Context, in EditID, do func(matter.Ref) (*matter.Record, error)) (*Private[DeskMatter], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	r, err := do(matter.Ref{ID: in.ID, Version: version})
	if err != nil {
		return nil, h.matterBehind(ctx, err, in.ID)
	}
	return h.answerMatter(ctx, r, nil)
}

// EditMatterIn is a matter written anew.
type EditMatterIn struct {
	EditID
	Body MatterFace
}

func (h *handler) editMatter(ctx context.Context, in *EditMatterIn) (*Private[DeskMatter], error) {
	return h.changeMatter(ctx, in.EditID, func(r matter.Ref) (*matter.Record, error) {
		return h.Matters.Edit(ctx, by(ctx), r, in.Body.face())
	})
}

func (h *handler) removeMatter(ctx context.Context, in *EditID) (*Done, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	err = h.Matters.Remove(ctx, by(ctx), matter.Ref{ID: in.ID, Version: version})
	return done(), h.matterBehind(ctx, err, in.ID)
}

// LinkMatterIn is what is to be linked to a matter.
type LinkMatterIn struct {
	EditID
	Body struct {
		Kind model.Kind `json:"kind" enum:"policy,interpretation,meeting,consultation,event,gazette,own_letter" doc:"关联什么"`
		ID   string     `json:"id" minLength:"1" maxLength:"64" doc:"它的编号；来信写来信编号"`
		Item string     `json:"item,omitempty" maxLength:"26" doc:"会议的哪一项议题"`
	}
}

func (h *handler) linkMatter(ctx context.Context, in *LinkMatterIn) (*Private[DeskMatter], error) {
	return h.changeMatter(ctx, in.EditID, func(r matter.Ref) (*matter.Record, error) {
		return h.Matters.Link(ctx, by(ctx), r, matter.Subject{Kind: in.Body.Kind, ID: in.Body.ID, ItemID: in.Body.Item})
	})
}

// UnlinkMatterIn names a link of a matter.
type UnlinkMatterIn struct {
	EditID
	Link string `path:"link" maxLength:"26" doc:"关联的编号"`
}

func (h *handler) unlinkMatter(ctx context.Context, in *UnlinkMatterIn) (*Private[DeskMatter], error) {
	return h.changeMatter(ctx, in.EditID, func(r matter.Ref) (*matter.Record, error) {
		return h.Matters.Unlink(ctx, by(ctx), r, in.Link)
	})
}

func (h *handler) releaseMatter(ctx context.Context, in *EditID) (*Private[DeskMatter], error) {
	return h.changeMatter(ctx, *in, func(r matter.Ref) (*matter.Record, error) { return h.Matters.Release(ctx, by(ctx), r) })
}

// MergeMatterIn names the matter that takes the place of another.
type MergeMatterIn struct {
	EditID
	Body struct {
		Into string `json:"into" minLength:"1" maxLength:"26" doc:"并入哪一个"`
	}
}

func (h *handler) mergeMatter(ctx context.Context, in *MergeMatterIn) (*Private[DeskMatter], error) {
	return h.changeMatter(ctx, in.EditID, func(r matter.Ref) (*matter.Record, error) {
		return h.Matters.Merge(ctx, by(ctx), r, in.Body.Into)
	})
}

// MatterProposal is something that may belong to a matter.
type MatterProposal struct {
	Kind   model.Kind    `json:"kind" enum:"policy,interpretation,meeting,consultation,event,gazette" doc:"什么"`
	ID     string        `json:"id" doc:"编号"`
	Item   string        `json:"item" doc:"会议的哪一项议题，没有时为空"`
	Title  string        `json:"title" doc:"标题"`
	Within string        `json:"within" doc:"议题所在的会议、文号或者活动的地点"`
	Day    model.Day     `json:"day" doc:"哪天"`
	Public bool          `json:"public" doc:"现在公开着"`
	Reason matter.Reason `json:"reason" enum:",name,number,interprets,held_for" doc:"name 标题说的是一回事，number 写到了文号，interprets 解读其中的文件，held_for 为其中的意见征集而举行；搜到的为空"`
}

func matterProposal(p matter.Proposal) MatterProposal {
	return MatterProposal{p.Kind, p.ID, p.ItemID, p.Title, p.Within, p.Day, p.Public, p.Reason}
}

// MatterProposalList are things that may belong to a matter.
type MatterProposalList struct {
	Items []MatterProposal `json:"items" doc:"由人决定"`
}

func (h *handler) listMatterProposals(ctx context.Context, in *DeskID) (*Private[MatterProposalList], error) {
	list, err := h.Matters.Proposals(ctx, by(ctx), in.ID)
	return private(MatterProposalList{converted(list, matterProposal)}), err
}

// LinkableIn looks for what can be linked.
type LinkableIn struct {
	Text string `query:"q" required:"true" minLength:"1" maxLength:"100" doc:"标题里的字，或文号"`
}

func (h *handler) listLinkable(ctx context.Context, in *LinkableIn) (*Private[MatterProposalList], error) {
	list, err := h.Matters.Linkable(ctx, by(ctx), in.Text)
	return private(MatterProposalList{converted(list, matterProposal)}), err
}

// BelongingIn names a document.
type BelongingIn struct {
	Kind model.Kind `path:"kind" enum:"policy,interpretation,meeting,consultation,event,gazette" doc:"policy 政策文件，interpretation 解读，meeting 会议，consultation 意见征集，event 活动，gazette 公报"`
	ID   string     `path:"id" maxLength:"64" doc:"编号"`
}

// Belonging is to which matters a document belongs.
type Belonging struct {
	Items    []DeskMatter `json:"items" doc:"属于的事项"`
	Proposed []DeskMatter `json:"proposed" doc:"可能属于的事项，由人决定"`
}

func (h *handler) listBelonging(ctx context.Context, in *BelongingIn) (*Private[Belonging], error) {
	if _, err := h.Publication.Get(ctx, by(ctx), in.Kind, in.ID); err != nil {
		return nil, err
	}
	b, err := h.Matters.Belongs(ctx, by(ctx), matter.Subject{Kind: in.Kind, ID: in.ID})
	if err != nil {
		return nil, err
	}
	names, err := h.matterNames(ctx, append(b.Matters, b.Proposed...)...)
	return private(Belonging{converted(b.Matters, names.matter), converted(b.Proposed, names.matter)}), err
}
