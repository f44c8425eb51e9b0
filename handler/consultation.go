package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/consultation"
	"yuandu/service/publication"
)

func (h *handler) consultationRoutes(api huma.API) {
	get[ConsultationPage](api, "/api/v1/consultations", "consultations", "意见征集，正在征集的在前", h.listConsultations)
	get[Consultation](api, "/api/v1/consultations/{id}", "consultations", "一次意见征集", h.getConsultation)
	get[OpinionPage](api, "/api/v1/consultations/{id}/opinions", "consultations", "公开的意见，支持的人多的在前", h.listPublicOpinions)
	get[AdoptionPage](api, "/api/v1/consultations/{id}/adoption", "consultations", "征求意见稿与采纳意见后的文本对照，每处修改由哪些意见而来", h.getAdoption)
	get[Proof](api, "/api/v1/consultations/{id}/proof", "consultations", "意见征集公开内容的存证", h.getProof(model.KindConsultation))
	get[Comparison](api, "/api/v1/consultations/{id}/compare", "consultations", "意见征集的两版对照", h.getComparison(model.KindConsultation))

	act(h, api, "POST", "/api/v1/me/consultations/{id}/form", resident, "打开意见表，看看以前提过什么", h.openOpinionForm)
	act(h, api, "PUT", "/api/v1/me/consultations/{id}/opinions/{clause}", resident, "对一条或整体提意见；再提就替换以前的", h.sayOpinion)
	act(h, api, "DELETE", "/api/v1/me/consultations/{id}/opinions/{clause}", resident, "收回意见", h.takeBackOpinion)
	act(h, api, "PUT", "/api/v1/me/consultations/{id}/survey", resident, "回答问卷；再答就替换以前的", h.answerSurvey)
	act(h, api, "GET", "/api/v1/me/opinions", resident, "我提过的意见", h.listMyOpinions)
	act(h, api, "PUT", "/api/v1/me/supported-opinions/{id}", resident, "支持一条意见", h.supportOpinion(true))
	act(h, api, "DELETE", "/api/v1/me/supported-opinions/{id}", resident, "不再支持", h.supportOpinion(false))

	deskRoutes[model.ConsultationDraft](h, api, model.KindConsultation, "/admin/v1/consultations", "意见征集").begins(api)
	h.opinionDeskRoutes(api)
}

// ConsultationsIn asks for consultations.
type ConsultationsIn struct {
	Conditional
	Phase  model.ConsultationPhase `query:"phase" enum:"coming,open,closed,adopted" doc:"进展；空着为全部"`
	Topic  string                  `query:"topic" maxLength:"26" doc:"专题编号；空着为全部"`
	Limit  int                     `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset int                     `query:"offset" minimum:"0" default:"0" doc:"跳过条数；与每页条数之和不超过 1000"`
}

// ConsultationPage is a part of the list of consultations.
type ConsultationPage struct {
	Items []ConsultationItem `json:"items" doc:"这一页，正在征集的在前"`
	Total int                `json:"total" doc:"一共多少次"`
}

// ConsultationItem is a consultation in a list.
type ConsultationItem struct {
	ID          string                  `json:"id" doc:"编号"`
	Title       string                  `json:"title" doc:"标题"`
	Sort        string                  `json:"sort" doc:"征集什么，没有写时为空"`
	Departments []Ref                   `json:"departments" doc:"征集的部门"`
	Topics      []Ref                   `json:"topics" doc:"民生专题"`
	Opens       model.Day               `json:"opens" doc:"从哪天起"`
	Closes      model.Day               `json:"closes" doc:"到哪天止，当天也算"`
	ShortReason string                  `json:"short_reason" doc:"少于 30 天的理由（重大行政决策程序暂行条例第十五条），不少于时为空"`
	Phase       model.ConsultationPhase `json:"phase" enum:"coming,open,closed,adopted" doc:"coming 即将开始，open 正在征集，closed 已结束待公布采纳情况，adopted 已公布采纳情况"`
	PhaseName   string                  `json:"phase_name" doc:"进展的名称"`
	DaysLeft    int                     `json:"days_left" doc:"还能提几天意见，今天也算；不在征集时为 0"`
	DaysLate    int                     `json:"days_late" doc:"结束后几天还没有公布采纳情况；别的时候为 0"`
	People      int                     `json:"people" doc:"多少人提了意见"`
	Opinions    int                     `json:"opinions" doc:"多少条意见"`
}

func consultationItem(c consultation.Shown) ConsultationItem {
	return ConsultationItem{ID: c.ID, Title: c.Title, Sort: c.Sort, Departments: departmentRefs(c.Departments), Topics: topicRefs(c.Topics),
		Opens: c.Opens, Closes: c.Closes, ShortReason: c.ShortReason, Phase: c.Phase, PhaseName: c.Phase.Name(), DaysLeft: c.DaysLeft,
		DaysLate: c.DaysLate, People: c.Said.People, Opinions: c.Said.Opinions}
}

func (h *handler) listConsultations(ctx context.Context, in *ConsultationsIn) (*Rendered, error) {
	page, err := h.Consultations.Consultations(ctx, consultation.Listing{Phase: in.Phase, Topic: in.Topic, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return render(ConsultationPage{converted(page.Items, consultationItem), page.Total})
}

// Consultation is a whole consultation.
type Consultation struct {
	ConsultationItem
	Note        []Block                `json:"note" doc:"起草说明，按阅读顺序"`
	Body        []Block                `json:"body" doc:"征求意见稿，按阅读顺序"`
	Clauses     []Clause               `json:"clauses" doc:"可以分别提意见的各条，按顺序"`
	Whole       Stances                `json:"whole" doc:"对整体的态度"`
	Edition     int                    `json:"edition" doc:"第几稿"`
	Editions    []Edition              `json:"editions" doc:"各稿，从第一稿起"`
	Contact     model.Contact          `json:"contact" doc:"怎样联系"`
	Usage       string                 `json:"usage" doc:"意见怎样处理"`
	Open        bool                   `json:"open" doc:"意见经人工查看后公开"`
	Questions   []model.SurveyQuestion `json:"questions" doc:"问卷"`
	Survey      []SurveyResult         `json:"survey" doc:"问卷的结果，征集结束后才有"`
	Report      *AdoptionReport        `json:"report" doc:"采纳情况，没有公布时为 null"`
	Source      Source                 `json:"source"`
	Attachments []Attachment           `json:"attachments" doc:"附件"`
	Voices      OpinionPage            `json:"voices" doc:"公开的意见，支持的人最多的几条，和一共多少条"`
	Events      []EventItem            `json:"events" doc:"为这次征集举行的听证会、座谈会等，先举行的在前"`
}

// voicesShown is how many opinions come with a consultation.
const voicesShown = 3

// Clause is a piece of a draft that one can speak to.
type Clause struct {
	ID     string  `json:"id" doc:"编号，在以后各稿里不变"`
	Anchor string  `json:"anchor" doc:"在正文里的位置"`
	Label  string  `json:"label" doc:"叫什么，如第十二条"`
	Said   Stances `json:"said" doc:"对这一条的态度"`
}

// Stances counts who is for and against something.
type Stances struct {
	Support int `json:"support" doc:"赞成"`
	Change  int `json:"change" doc:"建议修改"`
	Against int `json:"against" doc:"不赞成"`
}

func stances(counts map[model.Stance]int) Stances {
	return Stances{counts[model.StanceSupport], counts[model.StanceChange], counts[model.StanceAgainst]}
}

// Edition is a text of the draft.
type Edition struct {
	Number  int       `json:"number" doc:"第几稿"`
	Version int64     `json:"version" doc:"从哪一版起，用于对照"`
	Day     model.Day `json:"day" doc:"哪天公布"`
	Note    string    `json:"note" doc:"改了什么，第一稿为空"`
}

// AdoptionReport is what became of what was said.
type AdoptionReport struct {
	Day      model.Day      `json:"day" doc:"哪天公布"`
	Body     []Block        `json:"body" doc:"采纳情况的说明，按阅读顺序"`
	Adopted  []Block        `json:"adopted" doc:"采纳意见后的文本，没有时为空"`
	People   int            `json:"people" doc:"多少人提了意见"`
	Opinions int            `json:"opinions" doc:"多少条意见"`
	Verdicts []VerdictCount `json:"verdicts" doc:"各种采纳情况各多少条"`
}

// VerdictCount is how many opinions became what.
type VerdictCount struct {
	Verdict model.Verdict `json:"verdict" enum:"adopted,partly,not_adopted,noted,outside" doc:"采纳情况"`
	Name    string        `json:"name" doc:"采纳情况的名称"`
	Count   int           `json:"count" doc:"多少条"`
}

func verdictCounts(counts map[model.Verdict]int) []VerdictCount {
	return converted(model.Verdicts(), func(v model.Verdict) VerdictCount { return VerdictCount{v, v.Name(), counts[v]} })
}

// SurveyResult is how a question was answered.
type SurveyResult struct {
	QuestionID string  `json:"question_id" doc:"问题的编号"`
	Answered   int     `json:"answered" doc:"多少人回答"`
	Options    []int   `json:"options" doc:"各选项有多少人选"`
	Average    float64 `json:"average" doc:"打分的平均"`
}

func surveyResult(r consultation.SurveyResult) SurveyResult {
	return SurveyResult{r.ID, r.Answered, append([]int{}, r.Options...), r.Average}
}

func (h *handler) getConsultation(ctx context.Context, in *ByID) (*Rendered, error) {
	c, err := h.Consultations.Consultation(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	said, err := h.Consultations.Stances(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	survey, err := h.Consultations.SurveyResults(ctx, c)
	if err != nil {
		return nil, err
	}
	voices, total, err := h.Consultations.PublicOpinions(ctx, in.ID, nil, voicesShown, 0)
	if err != nil {
		return nil, err
	}
	held, err := h.Events.OfConsultation(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return render(Consultation{ConsultationItem: consultationItem(*c), Voices: OpinionPage{converted(voices, opinion), total}, Note: converted(c.Note, block), Body: converted(c.Body, block),
		Clauses: converted(model.StandingClauses(c.Clauses), func(k model.Clause) Clause {
			return Clause{k.ID, k.Anchor, k.Label, stances(said[k.ID])}
		}),
		Whole: stances(said[""]), Edition: c.Edition, Editions: converted(c.Editions, func(e model.Edition) Edition { return Edition(e) }),
		Contact: c.Contact, Usage: c.Usage, Open: c.Open, Questions: append([]model.SurveyQuestion{}, c.Questions...),
		Survey: converted(survey, surveyResult), Report: adoptionReport(c.Report), Source: Source{webAddress(c.SourceURL)},
		Attachments: converted(c.Attachments, attachment), Events: converted(held, eventItem)})
}

func adoptionReport(r *model.AdoptionReport) *AdoptionReport {
	if r == nil {
		return nil
	}
	return &AdoptionReport{r.Day, converted(r.Body, block), converted(r.Adopted, block), r.Counts.People, r.Counts.Opinions,
		verdictCounts(r.Counts.Verdicts)}
}

// PublicOpinionsIn asks for what was said.
type PublicOpinionsIn struct {
	Conditional
	ID     string `path:"id" maxLength:"26" doc:"意见征集的编号"`
	Clause string `query:"clause" maxLength:"26" doc:"哪一条；whole 为对整体的，空着为全部"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"每页条数"`
	Offset int    `query:"offset" minimum:"0" maximum:"100000" default:"0" doc:"跳过条数"`
}

// OpinionPage is a part of what was said.
type OpinionPage struct {
	Items []Opinion `json:"items" doc:"支持的人多的在前"`
	Total int       `json:"total" doc:"一共多少条"`
}

// Opinion is what somebody said, as everybody may read it.
type Opinion struct {
	ID          string        `json:"id" doc:"编号"`
	ClauseID    string        `json:"clause_id" doc:"说的是哪一条，整体为空"`
	Clause      string        `json:"clause" doc:"那一条提意见时叫什么，整体为空"`
	Edition     int           `json:"edition" doc:"针对第几稿"`
	Stance      model.Stance  `json:"stance" enum:"support,change,against" doc:"support 赞成，change 建议修改，against 不赞成"`
	StanceName  string        `json:"stance_name" doc:"态度的名称"`
	Text        string        `json:"text" doc:"意见"`
	Wording     string        `json:"wording" doc:"建议的表述，没有时为空"`
	Signature   string        `json:"signature" doc:"署名，不署名时为空"`
	Supports    int           `json:"supports" doc:"多少人支持"`
	Verdict     model.Verdict `json:"verdict" enum:",adopted,partly,not_adopted,noted,outside" doc:"采纳情况，公布前为空"`
	VerdictName string        `json:"verdict_name" doc:"采纳情况的名称，公布前为空"`
	Reason      string        `json:"reason" doc:"理由，公布前为空"`
	GivenAt     time.Time     `json:"given_at" doc:"何时提的"`
}

func opinion(o model.Opinion) Opinion {
	return Opinion{ID: o.ID, ClauseID: o.ClauseID, Clause: o.ClauseLabel, Edition: o.Edition, Stance: o.Stance, StanceName: o.Stance.Name(), Text: o.Text,
		Wording: o.Wording, Signature: o.Signature, Supports: o.Supports, Verdict: o.Verdict, VerdictName: o.Verdict.Name(), Reason: o.Reason,
		GivenAt: o.GivenAt}
}

// wholeClause stands in addresses for what is said to the whole draft.
const wholeClause = "whole"

func clauseOf(path string) string {
	if path == wholeClause {
		return ""
	}
	return path
}

func clauseFilter(query string) *string {
	if query == "" {
		return nil
	}
	id := clauseOf(query)
	return &id
}

func (h *handler) listPublicOpinions(ctx context.Context, in *PublicOpinionsIn) (*Rendered, error) {
	list, total, err := h.Consultations.PublicOpinions(ctx, in.ID, clauseFilter(in.Clause), in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	return render(OpinionPage{converted(list, opinion), total})
}

// AdoptionPage is what changed between the draft and the adopted text.
type AdoptionPage struct {
	Items []ChangedClause `json:"items" doc:"改了的各处，按顺序"`
}

// ChangedClause is a change, and what was said that led to it.
type ChangedClause struct {
	Change   publication.Change `json:"change" doc:"改了什么"`
	Opinions []Opinion          `json:"opinions" doc:"由哪些公开的意见而来"`
	Groups   []OpinionGroup     `json:"groups" doc:"由哪些归在一起的意见而来"`
	Unshown  int                `json:"unshown" doc:"此外由多少条没有公开内容的意见而来"`
}

// OpinionGroup are opinions that say the same.
type OpinionGroup struct {
	ID          string        `json:"id" doc:"编号"`
	Version     int64         `json:"version" doc:"版本，修改时放在 If-Match 里"`
	ClauseID    string        `json:"clause_id" doc:"说的是哪一条，整体为空"`
	Gist        string        `json:"gist" doc:"这些意见说了什么"`
	Count       int           `json:"count" doc:"多少条"`
	Verdict     model.Verdict `json:"verdict" enum:",adopted,partly,not_adopted,noted,outside" doc:"采纳情况，没有答复时为空"`
	VerdictName string        `json:"verdict_name" doc:"采纳情况的名称，没有答复时为空"`
	Reason      string        `json:"reason" doc:"理由"`
	Place       string        `json:"place" doc:"改在采纳后文本的哪一条，就是原来那一条时为空"`
}

func opinionGroup(g model.OpinionGroup) OpinionGroup {
	return OpinionGroup{g.ID, g.Version, g.ClauseID, g.Gist, g.Count, g.Verdict, g.Verdict.Name(), g.Reason, g.Place}
}

func (h *handler) getAdoption(ctx context.Context, in *ByID) (*Rendered, error) {
	list, err := h.Consultations.Adoption(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return render(AdoptionPage{converted(list, func(c consultation.ChangedClause) ChangedClause {
		return ChangedClause{c.Change, converted(c.Opinions, opinion), converted(c.Groups, opinionGroup), c.Unshown}
	})})
}
