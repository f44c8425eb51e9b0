package handler

import (
	"context"
	"encoding/json"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/publication"
)

// DeskItem is a document on its way to the public, as lists of the console show
// it.
type DeskItem struct {
	Kind           model.Kind      `json:"kind" doc:"policy 政策文件，interpretation 解读，letter 公开的来信"`
	ID             string          `json:"id" doc:"编号，公开前后不变"`
	Version        int64           `json:"version" doc:"版本，修改时放在 If-Match 里"`
	Stage          model.Stage     `json:"stage" doc:"draft 草稿，review 待审核，scheduled 待发布，published 已发布，withdrawn 已撤回，kept 留存"`
	Public         bool            `json:"public" doc:"居民现在能不能看到；更正中的文件旧版仍然公开"`
	Title          string          `json:"title" doc:"标题"`
	DocNumber      string          `json:"doc_number" doc:"文号，没有时为空"`
	DepartmentID   string          `json:"department_id" doc:"归哪个部门管理，没有时为空"`
	DepartmentName string          `json:"department_name" doc:"部门的名称"`
	Writers        []DeskPerson    `json:"writers" doc:"改过现在这一稿的人，他们不能审核它"`
	SubmittedBy    *DeskPerson     `json:"submitted_by" doc:"谁送审的，没有为 null"`
	SubmittedAt    *time.Time      `json:"submitted_at" doc:"何时送审"`
	PublishAt      *time.Time      `json:"publish_at" doc:"定时在何时公开，没有为 null"`
	Withdrawal     *DeskWithdrawal `json:"withdrawal" doc:"撤回的情况，没有为 null"`
	UpdatedAt      time.Time       `json:"updated_at" doc:"最近何时改动"`
	UpdatedBy      *DeskPerson     `json:"updated_by" doc:"最近谁改动，系统时为 null"`
	DeletedAt      *time.Time      `json:"deleted_at" doc:"何时删除的，没有为 null"`
	MovedTo        string          `json:"moved_to" doc:"并入了哪一份，没有时为空"`
}

// DeskListed is a document in a list, with what is public of it.
type DeskListed struct {
	DeskItem
	PublishedDate model.Day      `json:"published_date" doc:"公开的那一稿的发布日期"`
	ExpiryDate    model.Day      `json:"expiry_date" doc:"公开的那一稿的失效日期"`
	Validity      model.Validity `json:"validity" doc:"公开的政策文件今天的有效性，没有公开时为空"`
	Explained     bool           `json:"explained" doc:"公开的政策文件有没有解读"`
}

// DeskPerson is somebody of the staff who had a hand in a document.
type DeskPerson struct {
	ID   string `json:"id" doc:"编号"`
	Name string `json:"name" doc:"姓名"`
}

// DeskWithdrawal is why a document is no longer public.
type DeskWithdrawal struct {
	By     *DeskPerson `json:"by" doc:"谁撤回的"`
	At     time.Time   `json:"at" doc:"何时"`
	Reason string      `json:"reason" doc:"公布的原因"`
}

func personOf(id string, names map[string]string) *DeskPerson {
	if id == "" {
		return nil
	}
	return &DeskPerson{id, names[id]}
}

func deskItem(p *model.Publication, names, departments map[string]string) DeskItem {
	item := DeskItem{Kind: p.Kind, ID: p.ID, Version: p.Version, Stage: p.Stage, Public: p.Public, Title: p.Title, DocNumber: p.DocNumber,
		DepartmentID: p.DepartmentID, DepartmentName: departments[p.DepartmentID],
		Writers:     converted(p.Writers, func(id string) DeskPerson { return DeskPerson{id, names[id]} }),
		SubmittedBy: personOf(p.SubmittedBy, names), SubmittedAt: unlessZero(p.SubmittedAt), PublishAt: unlessZero(p.PublishAt),
		UpdatedAt: p.UpdatedAt, UpdatedBy: personOf(p.UpdatedBy, names), DeletedAt: unlessZero(p.DeletedAt), MovedTo: p.MovedTo}
	if w := p.Withdrawal; w != nil {
		item.Withdrawal = &DeskWithdrawal{personOf(w.By, names), w.At, w.Reason}
	}
	return item
}

func (h *handler) deskListed(r *publication.Row, names, departments map[string]string) DeskListed {
	item := DeskListed{deskItem(&r.Publication, names, departments), r.PublishedDate, r.Days.Expiry, "", r.Explained}
	if r.Public && r.Kind == model.KindPolicy {
		item.Validity = r.Days.On(model.Today(h.Clock.Now()))
	}
	return item
}

// DeskIn asks for a list of documents on their way.
type DeskIn struct {
	Stage       []string `query:"stage" maxItems:"6" enum:"draft,review,scheduled,published,withdrawn,kept" doc:"走到哪一步，可以有几个"`
	Text        string   `query:"q" maxLength:"100" doc:"标题里的字，或文号"`
	Department  string   `query:"department" maxLength:"26" doc:"归哪个部门，含下属"`
	Mine        bool     `query:"mine" doc:"只看我改过的"`
	Waiting     bool     `query:"waiting" doc:"只看等我审核的"`
	Returned    bool     `query:"returned" doc:"只看退回给我的"`
	Failed      bool     `query:"failed" doc:"只看到时间没能公开的"`
	Deleted     bool     `query:"deleted" doc:"只看删除了的草稿"`
	Expiring    bool     `query:"expiring" doc:"只看六个月内到期的"`
	Unexplained bool     `query:"unexplained" doc:"只看没有解读的"`
	Import      string   `query:"import" maxLength:"26" doc:"只看一次批量导入的"`
	Sort        string   `query:"sort" enum:"updated,published,title,expiry,publish_at" doc:"顺序，默认最近改动的在前"`
	Offset      int      `query:"offset" minimum:"0" maximum:"1000000" doc:"从第几份起"`
	Limit       int      `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少份"`
}

// DeskPage is a page of documents on their way.
type DeskPage struct {
	Total  int                 `json:"total" doc:"共多少份"`
	Items  []DeskListed        `json:"items" doc:"这一页的文件"`
	Counts map[model.Stage]int `json:"counts" doc:"不论怎样筛选，您能看到的各步共有多少份"`
}

func (d *desk[C]) list(ctx context.Context, in *DeskIn) (*Private[DeskPage], error) {
	q := publication.Question{Kind: d.kind, Text: in.Text, Department: in.Department, Mine: in.Mine, Waiting: in.Waiting,
		Returned: in.Returned, Failed: in.Failed, Deleted: in.Deleted, Expiring: in.Expiring, Unexplained: in.Unexplained,
		Import: in.Import, Sort: publication.Sort(in.Sort), Offset: in.Offset, Limit: in.Limit}
	for _, s := range in.Stage {
		q.Stages = append(q.Stages, model.Stage(s))
	}
	page, err := d.h.Publication.List(ctx, by(ctx), q)
	if err != nil {
		return nil, err
	}
	list := make([]*model.Publication, len(page.Items))
	for i := range page.Items {
		list[i] = &page.Items[i].Publication
	}
	names, departments, err := d.h.deskNames(ctx, list...)
	items := converted(page.Items, func(r publication.Row) DeskListed { return d.h.deskListed(&r, names, departments) })
	return private(DeskPage{page.Total, items, page.Counts}), err
}

// deskNames are the names of the people and of the departments that some
// documents name.
func (h *handler) deskNames(ctx context.Context, list ...*model.Publication) (people, departments map[string]string, err error) {
	if people, err = h.Publication.People(ctx, list...); err == nil {
		departments, err = h.Directory.Names(ctx)
	}
	return people, departments, err
}

// DeskRecord is a document on its way, with its working copy; where there is none, with
// what is public.
type DeskRecord[C any] struct {
	DeskItem
	Content C              `json:"content" doc:"正在改的一稿；没有人在改时是公开的一稿"`
	Working bool           `json:"working" doc:"有没有正在改的一稿"`
	Excuses []model.Excuse `json:"excuses" doc:"送审时对检查发现的说明"`
	Review  *DeskReview    `json:"review" doc:"签发的意见，还没有签为 null"`
	May     DeskMay        `json:"may" doc:"您可以对它做什么"`
}

// DeskReview is what a reviewer signed.
type DeskReview struct {
	By        *DeskPerson     `json:"by" doc:"谁签的"`
	At        time.Time       `json:"at" doc:"何时"`
	Attribute model.Attribute `json:"attribute" doc:"open 主动公开，on_request 依申请公开，not_open 不予公开"`
	Ground    string          `json:"ground" doc:"不主动公开的依据"`
	Tell      bool            `json:"tell" doc:"是否告诉关注的人"`
	Why       string          `json:"why" doc:"为什么告诉或不告诉"`
	Urgent    string          `json:"urgent" doc:"为什么要抢在别的消息前面告诉；不急的为空"`
	Note      string          `json:"note" doc:"更正说明"`
}

// DeskMay is what the asker may do to a document as it stands.
type DeskMay struct {
	Write    bool `json:"write" doc:"修改、送审、收回、更正、删除"`
	Review   bool `json:"review" doc:"退回、签发、取消定时"`
	Withdraw bool `json:"withdraw" doc:"撤回"`
	Assign   bool `json:"assign" doc:"指定归哪个部门"`
}

// deskRecord shows a document on its way. C is what its content is.
func deskRecord[C any](ctx context.Context, h *handler, p *model.Publication) (DeskRecord[C], error) {
	names, departments, err := h.deskNames(ctx, p)
	if err != nil {
		return DeskRecord[C]{}, err
	}
	r := DeskRecord[C]{DeskItem: deskItem(p, names, departments), Working: p.Stage != model.StagePublished, Excuses: p.Excuses}
	if p.Content != nil {
		if err := json.Unmarshal(p.Content, &r.Content); err != nil {
			return r, err
		}
	}
	if v := p.Review; v != nil {
		r.Review = &DeskReview{personOf(v.By, names), v.At, v.Attribute, v.Ground, v.Tell, v.Why, v.Urgent, v.Note}
	}
	rights, err := h.Publication.RightsTo(ctx, by(ctx), p)
	r.May = DeskMay(rights)
	return r, err
}

// desk is the way of one kind of document: its addresses are the same for all.
// C is what its working copy is.
type desk[C any] struct {
	h          *handler
	kind       model.Kind
	path, name string
}

// deskRoutes registers the way of a kind of document, but for how it begins.
func deskRoutes[C any](h *handler, api huma.API, kind model.Kind, path, name string) *desk[C] {
	d := &desk[C]{h, kind, path, name}
	one := path + "/{id}"
	may := func(act model.Act) door { return may(act.On(kind)) }
	write, review := may(model.ActWriteDocuments), may(model.ActReviewDocuments)
	act(h, api, "GET", path, may(model.ActReadDocuments), name+"：办文列表", d.list)
	act(h, api, "GET", one, may(model.ActReadDocuments), name+"：一份办文", d.get)
	act(h, api, "PUT", one, write, name+"：保存草稿", d.write)
	act(h, api, "DELETE", one, write, name+"：放弃正在改的一稿", d.simple(h.Publication.Discard))
	act(h, api, "POST", one+"/restore", write, name+"：找回删除的草稿", d.simple(h.Publication.Restore))
	act(h, api, "POST", one+"/reopen", write, name+"：开始更正", d.simple(h.Publication.Reopen))
	act(h, api, "GET", one+"/checks", may(model.ActReadDocuments), name+"：检查", d.checks)
	act(h, api, "POST", one+"/submit", write, name+"：送审", d.submit)
	act(h, api, "GET", one+"/rehearsal", review, name+"：签发前看会告诉多少人", d.rehearse)
	act(h, api, "POST", one+"/recall", write, name+"：收回", d.simple(h.Publication.Recall))
	act(h, api, "POST", one+"/return", review, name+"：退回", d.giveBack)
	act(h, api, "POST", one+"/sign", review, name+"：签发", d.sign)
	act(h, api, "POST", one+"/hold", review, name+"：取消定时", d.simple(h.Publication.Hold))
	act(h, api, "POST", one+"/withdraw", may(model.ActWithdraw), name+"：撤回", d.withdraw)
	act(h, api, "POST", one+"/assign", may(model.ActAssignDocuments), name+"：指定归哪个部门", d.assign)
	act(h, api, "PUT", one+"/presence", may(model.ActReadDocuments), name+"：我正在看", d.be)
	act(h, api, "DELETE", one+"/presence", may(model.ActReadDocuments), name+"：我离开了", d.leave)
	act(h, api, "GET", one+"/revisions", may(model.ActReadDocuments), name+"：公开过的各版", d.revisions)
	act(h, api, "GET", one+"/compare", may(model.ActReadDocuments), name+"：两版对照", d.compare)
	act(h, api, "POST", one+"/revisions/{version}/close", may(model.ActWithdraw), name+"：旧版不再提供查阅", d.closeRevision)
	act(h, api, "GET", one+"/history", may(model.ActReadDocuments), name+"：办理过程", d.history)
	return d
}

// begins registers that a document of the kind stands for itself: it begins with a draft.
func (d *desk[C]) begins(api huma.API) {
	act(d.h, api, "POST", d.path, may(model.ActWriteDocuments), d.name+"：起草", d.begin)
}

func (d *desk[C]) answer(ctx context.Context, p *model.Publication, err error) (*Private[DeskRecord[C]], error) {
	if err != nil {
		return nil, err
	}
	full, err := d.h.Publication.Get(ctx, by(ctx), d.kind, p.ID)
	if err != nil {
		return nil, err
	}
	r, err := deskRecord[C](ctx, d.h, full)
	return versioned(r, full.Version), err
}

// now adds to ErrStale the document as it is.
func (d *desk[C]) now(ctx context.Context, id string, err error) error {
	return withCurrent(err, func() (DeskRecord[C], error) {
		p, err := d.h.Publication.Get(ctx, by(ctx), d.kind, id)
		if err != nil {
			return DeskRecord[C]{}, err
		}
		return deskRecord[C](ctx, d.h, p)
	})
}

// DeskID names a document on its way.
type DeskID struct {
	ID string `path:"id" maxLength:"26" doc:"编号"`
}

func (d *desk[C]) get(ctx context.Context, in *DeskID) (*Private[DeskRecord[C]], error) {
	p, err := d.h.Publication.Get(ctx, by(ctx), d.kind, in.ID)
	return d.answer(ctx, p, err)
}

// BeginIn opens a draft.
type BeginIn[C any] struct {
	Keyed
	Body struct {
		DepartmentID string `json:"department_id" maxLength:"26" doc:"归哪个部门管理"`
		Content      C      `json:"content" doc:"起草的一稿"`
	}
}

func (d *desk[C]) begin(ctx context.Context, in *BeginIn[C]) (*Private[DeskRecord[C]], error) {
	content, err := json.Marshal(in.Body.Content)
	if err != nil {
		return nil, err
	}
	p, err := d.h.Publication.Begin(ctx, by(ctx), d.kind, in.Body.DepartmentID, content)
	return d.answer(ctx, p, err)
}

// WriteIn saves a working copy.
type WriteIn[C any] struct {
	EditID
	Body struct {
		Content C `json:"content" doc:"改后的一稿"`
	}
}

func (d *desk[C]) write(ctx context.Context, in *WriteIn[C]) (*Private[DeskRecord[C]], error) {
	content, err := json.Marshal(in.Body.Content)
	if err != nil {
		return nil, err
	}
	return d.do(ctx, in.EditID, func(r publication.Ref) (*model.Publication, error) {
		return d.h.Publication.Write(ctx, by(ctx), r, content)
	})
}

// do acts on the version that was read.
func (d *desk[C]) do(ctx context.Context, in EditID, act func(publication.Ref) (*model.Publication, error)) (*Private[DeskRecord[C]], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	p, err := act(publication.Ref{Kind: d.kind, ID: in.ID, Version: version})
	if err != nil {
		return nil, d.now(ctx, in.ID, err)
	}
	return d.answer(ctx, p, nil)
}

// simple is an act that needs nothing but the document.
func (d *desk[C]) simple(act func(context.Context, model.Actor, publication.Ref) (*model.Publication, error)) func(context.Context, *EditID) (*Private[DeskRecord[C]], error) {
	return func(ctx context.Context, in *EditID) (*Private[DeskRecord[C]], error) {
		return d.do(ctx, *in, func(r publication.Ref) (*model.Publication, error) { return act(ctx, by(ctx), r) })
	}
}
