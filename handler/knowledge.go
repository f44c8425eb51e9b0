package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/knowledge"
)

const pathKnowledge = "/admin/v1/knowledge"

func (h *handler) knowledgeRoutes(api huma.API) {
	read, write, confirm := may(model.ActReadKnowledge), may(model.ActWriteKnowledge), may(model.ActConfirmKnowledge)
	one := pathKnowledge + "/{id}"
	act(h, api, "GET", pathKnowledge, read, "知识条目的列表", h.listKnowledge)
	create(h, api, pathKnowledge, write, "起草一条知识", h.addKnowledge)
	act(h, api, "GET", pathKnowledge+"/people", read, "谁可以负责一个部门的知识", h.knowledgePeople)
	act(h, api, "GET", one, read, "一条知识的全部内容", h.getKnowledge)
	act(h, api, "PUT", one, write, "修改一条知识", h.editKnowledge)
	act(h, api, "POST", one+"/use", confirm, "启用一条知识", h.useKnowledge)
	act(h, api, "POST", one+"/review", confirm, "复核过了，仍然正确", h.reviewKnowledge)
	act(h, api, "POST", one+"/retire", write, "停用一条知识", h.retireKnowledge)
	act(h, api, "POST", one+"/take", confirm, "由我来负责一条知识", h.takeKnowledge)
	act(h, api, "POST", one+"/request", may(model.ActAskKnowledge), "请部门复核一条知识", h.requestKnowledge)
	act(h, api, "GET", pathLetters+"/{id}/knowledge", read, "可能答得了一封来信的知识", h.offerKnowledge)
	create(h, api, pathLetters+"/{id}/knowledge", write, "把一次答复整理成知识草稿", h.knowledgeOfReply)
}

// KnowledgeIn asks for entries.
type KnowledgeIn struct {
	Shelf      knowledge.Shelf `query:"shelf" default:"all" enum:"all,mine,due,nobody,draft,current,retired" doc:"all 全部，mine 我负责的，due 待复核，nobody 没有负责人，draft 草稿，current 使用中，retired 已停用"`
	Department string          `query:"department" maxLength:"26" doc:"哪个部门和它下属的部门的"`
	Topic      string          `query:"topic" maxLength:"40" doc:"属于哪个专题"`
	Text       string          `query:"text" maxLength:"100" doc:"问题或其他问法里的几个字"`
	Limit      int             `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"一页多少条"`
	Offset     int             `query:"offset" minimum:"0" maximum:"100000" doc:"从第几条起"`
}

// KnowledgePage is a page of entries.
type KnowledgePage struct {
	Items   []KnowledgeItem  `json:"items" doc:"草稿在前，然后先要复核的在前"`
	Total   int              `json:"total" doc:"共有多少条"`
	Shelves []KnowledgeShelf `json:"shelves" doc:"您能看到的，各有多少条，不受筛选影响"`
}

// KnowledgeShelf is a list that somebody works through.
type KnowledgeShelf struct {
	Shelf knowledge.Shelf `json:"shelf" enum:"all,mine,due,nobody,draft,current,retired" doc:"哪个列表"`
	Name  string          `json:"name" doc:"列表的中文"`
	Count int             `json:"count" doc:"里面有多少条"`
}

// KnowledgeItem is an entry in a list.
type KnowledgeItem struct {
	ID          string               `json:"id" doc:"条目的编号"`
	Question    string               `json:"question" doc:"问的是什么"`
	Department  Ref                  `json:"department" doc:"归哪个部门"`
	Responsible *Ref                 `json:"responsible" doc:"谁负责，没有人为 null：由部门负责人照看"`
	Topics      []Ref                `json:"topics" doc:"属于哪些专题"`
	State       model.KnowledgeState `json:"state" enum:"draft,current,retired" doc:"draft 草稿，current 使用中，retired 已停用"`
	Usable      bool                 `json:"usable" doc:"现在可以用来答复"`
	Doubts      []KnowledgeDoubt     `json:"doubts" doc:"使用中的，为什么要复核，没有为空"`
	GoodUntil   model.Day            `json:"good_until" doc:"照现在看用到哪天，草稿为空"`
	UpdatedAt   time.Time            `json:"updated_at" doc:"最近何时改动"`
	Sample      bool                 `json:"sample" doc:"是示例内容"`
}

// KnowledgeDoubt is why an entry has to be looked at.
type KnowledgeDoubt struct {
	Kind model.KnowledgeDoubtKind `json:"kind" enum:"lapsed,withdrawn,asked,overdue" doc:"lapsed 依据失效，withdrawn 依据不再公开，asked 受理中心请复核，overdue 到了复核日期"`
	Text string                   `json:"text" doc:"一句话说明"`
}

func (h *handler) listKnowledge(ctx context.Context, in *KnowledgeIn) (*Private[KnowledgePage], error) {
	page, err := h.Knowledge.List(ctx, by(ctx), knowledge.Question{Shelf: in.Shelf, Department: in.Department, Topic: in.Topic, Text: in.Text,
		Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	var people []string
	for _, v := range page.Items {
		people = append(people, v.StaffID)
	}
	names, err := h.Knowledge.NamesFor(ctx, people...)
	return private(KnowledgePage{converted(page.Items, func(v knowledge.Shown) KnowledgeItem { return knowledgeItem(&v, names) }), page.Total,
		converted(page.Shelves, func(c knowledge.Counted) KnowledgeShelf { return KnowledgeShelf{c.Shelf, shelfName(c.Shelf), c.Count} })}), err
}

func shelfName(s knowledge.Shelf) string {
	return map[knowledge.Shelf]string{knowledge.ShelfAll: "全部", knowledge.ShelfMine: "我负责的", knowledge.ShelfDue: "待复核",
		knowledge.ShelfNobody: "没有负责人", knowledge.ShelfDraft: "草稿", knowledge.ShelfCurrent: "使用中", knowledge.ShelfRetired: "已停用"}[s]
}

func knowledgeItem(v *knowledge.Shown, names knowledge.Names) KnowledgeItem {
	return KnowledgeItem{ID: v.ID, Question: v.Question, Department: Ref{v.DepartmentID, names.Departments[v.DepartmentID]},
		Responsible: refOf(v.StaffID, names.Staff), State: v.State, Usable: v.Usable, GoodUntil: v.GoodUntil, UpdatedAt: v.UpdatedAt, Sample: v.Sample,
		Topics: converted(v.TopicIDs, func(id string) Ref { return Ref{id, names.Topics[id]} }), Doubts: knowledgeDoubts(v.Doubts)}
}

func knowledgeDoubts(list []model.KnowledgeDoubt) []KnowledgeDoubt {
	return converted(list, func(d model.KnowledgeDoubt) KnowledgeDoubt { return KnowledgeDoubt{d.Kind, d.Say()} })
}

// KnowledgeRecord is an entry as it is worked on.
type KnowledgeRecord struct {
	KnowledgeItem
	Version     int64             `json:"version" doc:"版本，修改时放在 If-Match 里"`
	Answer      string            `json:"answer" doc:"怎么答，分段的纯文字"`
	OtherWays   []string          `json:"other_ways" doc:"其他问法、关键词"`
	Basis       []KnowledgeBasis  `json:"basis" doc:"依据的文件"`
	Months      int               `json:"months" doc:"每几个月复核一次"`
	ReviewedDay model.Day         `json:"reviewed_day" doc:"部门最近哪天说它是对的，没有为空"`
	ReviewDay   model.Day         `json:"review_day" doc:"哪天要再复核，草稿为空"`
	Request     *KnowledgeRequest `json:"request" doc:"受理中心请复核，没有为 null"`
	Private     []string          `json:"private" doc:"草稿里可能是个人信息的文字，供人判断"`
	FromReply   bool              `json:"from_reply" doc:"由一次答复整理而来"`
	UpdatedBy   *Ref              `json:"updated_by" doc:"最近谁改动，系统为 null"`
	Rights      KnowledgeRights   `json:"rights" doc:"您现在可以做什么"`
}

// KnowledgeBasis is a policy that an entry rests on.
type KnowledgeBasis struct {
	ID           string `json:"id" doc:"文件的编号"`
	Title        string `json:"title" doc:"文件的标题"`
	DocNumber    string `json:"doc_number" doc:"文号，没有为空"`
	Article      string `json:"article" doc:"第几条，整份文件为空"`
	Public       bool   `json:"public" doc:"现在还公开"`
	ValidityName string `json:"validity_name" doc:"有效性的中文，不再公开为空"`
}

// KnowledgeRequest is the Centre asking for a review.
type KnowledgeRequest struct {
	Note string    `json:"note" doc:"为什么要复核"`
	By   string    `json:"by" doc:"谁请的"`
	At   time.Time `json:"at" doc:"何时请的"`
}

// KnowledgeRights are what somebody may do to an entry as it stands.
type KnowledgeRights struct {
	Write  bool `json:"write" doc:"可以修改"`
	Use    bool `json:"use" doc:"可以启用"`
	Review bool `json:"review" doc:"可以复核"`
	Retire bool `json:"retire" doc:"可以停用"`
	Ask    bool `json:"ask" doc:"可以请部门复核"`
	Take   bool `json:"take" doc:"可以由我负责"`
}

// KnowledgeID names an entry.
type KnowledgeID struct {
	ID string `path:"id" maxLength:"26" doc:"条目的编号"`
}

func (h *handler) getKnowledge(ctx context.Context, in *KnowledgeID) (*Private[KnowledgeRecord], error) {
	v, err := h.Knowledge.Get(ctx, by(ctx), in.ID)
	return h.answerKnowledge(ctx, v, err)
}

func (h *handler) answerKnowledge(ctx context.Context, v *knowledge.Shown, err error) (*Private[KnowledgeRecord], error) {
	if err != nil {
		return nil, err
	}
	r, err := h.knowledgeRecord(ctx, v)
	return versioned(r, r.Version), err
}

func (h *handler) knowledgeRecord(ctx context.Context, v *knowledge.Shown) (r KnowledgeRecord, err error) {
	people := []string{v.StaffID, v.UpdatedBy}
	if v.Request != nil {
		people = append(people, v.Request.StaffID)
	}
	names, err := h.Knowledge.NamesFor(ctx, people...)
	r = KnowledgeRecord{KnowledgeItem: knowledgeItem(v, names), Version: v.Version, Answer: v.Answer, Months: v.Months, ReviewedDay: v.ReviewedDay,
		ReviewDay: v.ReviewDay, OtherWays: converted(v.OtherWays, itself), Basis: h.knowledgeBasis(v.Basis), Private: converted(v.Private, itself),
		FromReply: v.ReplyID != "", UpdatedBy: refOf(v.UpdatedBy, names.Staff), Rights: KnowledgeRights(v.Rights)}
	if q := v.Request; q != nil {
		r.Request = &KnowledgeRequest{q.Note, names.Staff[q.StaffID], q.At}
	}
	return r, err
}

func itself(text string) string { return text }

func (h *handler) knowledgeBasis(list []model.KnowledgeBasis) []KnowledgeBasis {
	return converted(list, func(b model.KnowledgeBasis) KnowledgeBasis {
		v := KnowledgeBasis{ID: b.PolicyID, Title: b.Title, DocNumber: b.DocNumber, Article: b.Article, Public: b.Public}
		if b.Public {
			v.ValidityName = b.Days.On(model.Today(h.Clock.Now())).Name()
		}
		return v
	})
}

// KnowledgeForm is an entry as it is written.
type KnowledgeForm struct {
	Department  string              `json:"department" minLength:"1" maxLength:"26" doc:"归哪个部门"`
	Responsible string              `json:"responsible,omitempty" maxLength:"26" doc:"谁负责，不填由部门负责人照看"`
	Question    string              `json:"question" minLength:"1" maxLength:"400" doc:"问的是什么，最多100个字"`
	Answer      string              `json:"answer" minLength:"1" maxLength:"12000" doc:"怎么答，最多3000个字，可以分段"`
	OtherWays   []string            `json:"other_ways,omitempty" maxItems:"50" doc:"其他问法、关键词，最多12个，每个最多40个字"`
	Topics      []string            `json:"topics,omitempty" maxItems:"20" doc:"专题，最多3个"`
	Basis       []KnowledgeBasisRef `json:"basis,omitempty" maxItems:"20" doc:"依据的文件，最多6份"`
	Months      int                 `json:"months,omitempty" minimum:"0" maximum:"120" doc:"每几个月复核一次，不填为6"`
}

// KnowledgeBasisRef names a policy that an entry rests on.
type KnowledgeBasisRef struct {
	ID      string `json:"id" maxLength:"40" doc:"公开文件的编号"`
	Article string `json:"article,omitempty" maxLength:"160" doc:"第几条，不填为整份"`
}

func (f *KnowledgeForm) writing() knowledge.Writing {
	return knowledge.Writing{Department: f.Department, Responsible: f.Responsible, Question: f.Question, Answer: f.Answer, OtherWays: f.OtherWays,
		Topics: f.Topics, Months: f.Months, Basis: converted(f.Basis, func(b KnowledgeBasisRef) model.KnowledgeBasis {
			return model.KnowledgeBasis{PolicyID: b.ID, Article: b.Article}
		})}
}

// AddKnowledgeIn is a new entry.
type AddKnowledgeIn struct {
	Keyed
	Body KnowledgeForm
}

func (h *handler) addKnowledge(ctx context.Context, in *AddKnowledgeIn) (*Private[KnowledgeRecord], error) {
	v, err := h.Knowledge.Add(ctx, by(ctx), in.Body.writing())
	return h.answerKnowledge(ctx, v, err)
}

// KnowledgeEdit is an act on an entry that was read.
type KnowledgeEdit struct {
	Edit
	KnowledgeID
}

// onKnowledge does something to an entry; who was too slow is told what is there now.
func (h *handler) onKnowledge(ctx context.Context, in *KnowledgeEdit, do func(knowledge.Ref) (*knowledge.Shown, error)) (*Private[KnowledgeRecord], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	v, err := do(knowledge.Ref{ID: in.ID, Version: version})
	if err != nil {
		return nil, withCurrent(err, func() (r KnowledgeRecord, err error) {
			now, err := h.Knowledge.Get(ctx, by(ctx), in.ID)
			if err != nil {
				return r, err
			}
			return h.knowledgeRecord(ctx, now)
		})
	}
	return h.answerKnowledge(ctx, v, nil)
}

// EditKnowledgeIn is an entry written anew.
type EditKnowledgeIn struct {
	KnowledgeEdit
	Body KnowledgeForm
}

func (h *handler) editKnowledge(ctx context.Context, in *EditKnowledgeIn) (*Private[KnowledgeRecord], error) {
	return h.onKnowledge(ctx, &in.KnowledgeEdit, func(r knowledge.Ref) (*knowledge.Shown, error) {
		return h.Knowledge.Edit(ctx, by(ctx), r, in.Body.writing())
	})
}

func (h *handler) useKnowledge(ctx context.Context, in *KnowledgeEdit) (*Private[KnowledgeRecord], error) {
	return h.onKnowledge(ctx, in, func(r knowledge.Ref) (*knowledge.Shown, error) { return h.Knowledge.Use(ctx, by(ctx), r) })
}

func (h *handler) reviewKnowledge(ctx context.Context, in *KnowledgeEdit) (*Private[KnowledgeRecord], error) {
	return h.onKnowledge(ctx, in, func(r knowledge.Ref) (*knowledge.Shown, error) { return h.Knowledge.Review(ctx, by(ctx), r) })
}

func (h *handler) retireKnowledge(ctx context.Context, in *KnowledgeEdit) (*Private[KnowledgeRecord], error) {
	return h.onKnowledge(ctx, in, func(r knowledge.Ref) (*knowledge.Shown, error) { return h.Knowledge.Retire(ctx, by(ctx), r) })
}

func (h *handler) takeKnowledge(ctx context.Context, in *KnowledgeEdit) (*Private[KnowledgeRecord], error) {
	return h.onKnowledge(ctx, in, func(r knowledge.Ref) (*knowledge.Shown, error) { return h.Knowledge.Take(ctx, by(ctx), r) })
}

// RequestKnowledgeIn asks for a review.
type RequestKnowledgeIn struct {
	KnowledgeEdit
	Body struct {
		Note string `json:"note" minLength:"1" maxLength:"1200" doc:"为什么要复核，最多300个字"`
	}
}

func (h *handler) requestKnowledge(ctx context.Context, in *RequestKnowledgeIn) (*Private[KnowledgeRecord], error) {
	return h.onKnowledge(ctx, &in.KnowledgeEdit, func(r knowledge.Ref) (*knowledge.Shown, error) {
		return h.Knowledge.Ask(ctx, by(ctx), r, in.Body.Note)
	})
}

// KnowledgePeopleIn names an office.
type KnowledgePeopleIn struct {
	Department string `query:"department" required:"true" maxLength:"26" doc:"哪个部门的知识"`
}

// KnowledgePeople are who may look after its entries.
type KnowledgePeople struct {
	Items []Ref `json:"items" doc:"可以负责的工作人员"`
}

func (h *handler) knowledgePeople(ctx context.Context, in *KnowledgePeopleIn) (*Private[KnowledgePeople], error) {
	list, err := h.Knowledge.People(ctx, by(ctx), in.Department)
	return private(KnowledgePeople{converted(list, func(p model.Staff) Ref { return Ref{p.ID, p.Name} })}), err
}
