package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/policy"
)

// PolicyDetail is a whole policy.
type PolicyDetail struct {
	ID              string                 `json:"id" doc:"编号"`
	Version         int64                  `json:"version" doc:"每次变动加一"`
	Title           string                 `json:"title" doc:"标题"`
	DocNumber       string                 `json:"doc_number" doc:"文号，没有时为空"`
	IndexNumber     string                 `json:"index_number" doc:"索引号"`
	Departments     []Ref                  `json:"departments" doc:"发文机关；空表示不详"`
	Theme           string                 `json:"theme" doc:"主题分类"`
	Category        string                 `json:"category" doc:"文种"`
	Topics          []Ref                  `json:"topics" doc:"民生专题"`
	WrittenDate     string                 `json:"written_date" doc:"成文日期"`
	PublishedDate   string                 `json:"published_date" doc:"发布日期"`
	EffectiveDate   string                 `json:"effective_date" doc:"生效日期"`
	ExpiryDate      string                 `json:"expiry_date" doc:"失效日期，当日仍有效"`
	Validity        string                 `json:"validity" enum:"pending,in_force,amended,expired,repealed" doc:"有效性，按今天推算"`
	ValidityName    string                 `json:"validity_name" doc:"有效性的中文"`
	Body            []Block                `json:"body" doc:"正文，按阅读顺序"`
	Relations       []Relation             `json:"relations" doc:"与其他文件的关系"`
	Interpretations []InterpretationDetail `json:"interpretations" doc:"解读全文，新的在前"`
	Attachments     []Attachment           `json:"attachments" doc:"附件"`
	Printed         []GazetteRef           `json:"printed" doc:"刊于公报的哪一期、哪一页"`
	Corrections     []CorrectionItem       `json:"corrections" doc:"更正说明，新的在前"`
	Source          Source                 `json:"source"`
	PublishedAt     time.Time              `json:"published_at" doc:"在本站公开的时刻"`
	URL             string                 `json:"url" doc:"永久网址"`
	Voice           *VoiceRef              `json:"voice,omitempty" doc:"可以听时才有"`
	AsOf            *AsOfDay               `json:"as_of,omitempty" doc:"问的是过去某一天时：那一天和那一版"`
}

// AsOfDay says of which day an answer is, and of which version.
type AsOfDay struct {
	Day     string    `json:"day" doc:"哪一天"`
	Version int64     `json:"version" doc:"那一天结束时公开的是第几版"`
	Since   time.Time `json:"since" doc:"那一版从何时起在本站公开"`
}

// Block is one piece of a document's text.
type Block struct {
	Kind   string     `json:"kind" enum:"part,chapter,section,heading,article,paragraph,item,table,picture" doc:"编、章、节、标题、条、段、项、表格或图片"`
	Anchor string     `json:"anchor,omitempty" doc:"可用于定位，如 a12 是第十二条"`
	Label  string     `json:"label,omitempty" doc:"第十二条、（三）等"`
	Text   string     `json:"text,omitempty" doc:"文字，不含标号"`
	Level  int        `json:"level,omitempty" doc:"标题的层级，1 最大"`
	Rows   [][]string `json:"rows,omitempty" doc:"表格，第一行是表头"`
	Spans  []Span     `json:"spans,omitempty" doc:"表格里合并的格；被并掉的格在 rows 里为空"`
	URL    string     `json:"url,omitempty" doc:"图片的地址；图里说了什么在 text 里"`
}

// Span is a cell that takes the place of its neighbours.
type Span = model.Span

// CorrectionItem is what readers are told of a change of a public document.
type CorrectionItem struct {
	Date string `json:"date" doc:"哪天更正的"`
	Note string `json:"note" doc:"更正了什么"`
}

func correctionItem(c policy.Correction) CorrectionItem { return CorrectionItem{string(c.Day), c.Note} }

// Relation is what this document does to another, or another to it.
type Relation struct {
	Kind          string `json:"kind" enum:"amends,repeals,replaces,based_on,cites" doc:"修改、废止、代替、依据或引用"`
	Direction     string `json:"direction" enum:"outgoing,incoming" doc:"incoming 表示对方对本文件"`
	Name          string `json:"name" doc:"中文说法，如“被废止”"`
	Since         string `json:"since,omitempty" doc:"从哪天起算"`
	ID            string `json:"id,omitempty" doc:"对方未收录时没有"`
	Title         string `json:"title" doc:"对方的标题，不详时为空"`
	DocNumber     string `json:"doc_number" doc:"对方的文号，没有时为空"`
	PublishedDate string `json:"published_date,omitempty" doc:"对方的发布日期"`
}

// Attachment is a file of a document.
type Attachment struct {
	ID        string `json:"id" doc:"编号"`
	Name      string `json:"name" doc:"文件名"`
	MediaType string `json:"media_type" doc:"文件类型，如 application/pdf"`
	Size      int64  `json:"size" doc:"字节"`
	URL       string `json:"url" doc:"下载地址"`
}

// Source says where a document was taken from.
type Source struct {
	URL string `json:"url" doc:"原文网址，没有时为空"`
}

// ByID asks for one thing.
type ByID struct {
	Conditional
	ID string `path:"id" maxLength:"64" doc:"编号"`
}

// PolicyIn asks for a policy, as it is or as it stood.
type PolicyIn struct {
	Conditional
	ID string `path:"id" maxLength:"64" doc:"编号"`
	At string `query:"at" format:"date" doc:"过去的某一天，如 2023-05-01：给出那天结束时的内容和有效性"`
}

func (h *handler) getPolicy(ctx context.Context, in *PolicyIn) (*Rendered, error) {
	if in.At != "" {
		d, err := h.Policy.At(ctx, in.ID, model.Day(in.At))
		if err != nil {
			return nil, err
		}
		shown := h.policyDetail(d.Detail)
		if shown.Printed, err = h.printedAt(ctx, in.ID); err != nil {
			return nil, err
		}
		shown.AsOf = &AsOfDay{in.At, d.Version, d.Since}
		return render(shown)
	}
	state, err := h.Policy.State(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return h.kept.get("policy "+in.ID, state, func() (made, error) {
		d, err := h.Policy.Get(ctx, in.ID)
		if err != nil {
			return made{}, err
		}
		shown, err := h.heardPolicy(ctx, d)
		if err != nil {
			return made{}, err
		}
		shown.Printed, err = h.printedAt(ctx, d.ID)
		return made{value: shown}, err
	})
}

func (h *handler) policyDetail(d *policy.Detail) *PolicyDetail {
	return &PolicyDetail{
		ID: d.ID, Version: d.Version, Title: d.Title, DocNumber: d.DocNumber, IndexNumber: d.IndexNumber,
		Departments: departmentRefs(d.Departments), Theme: d.Theme, Category: d.Category, Topics: topicRefs(d.Topics),
		WrittenDate: string(d.WrittenDate), PublishedDate: string(d.PublishedDate),
		EffectiveDate: string(d.EffectiveDate), ExpiryDate: string(d.ExpiryDate),
		Validity: string(d.Validity), ValidityName: d.Validity.Name(), Body: converted(d.Body, block),
		Relations:       converted(d.Links, relation),
		Interpretations: converted(d.Interpretations, interpretationDetail),
		Attachments:     converted(d.Attachments, attachment),
		Corrections:     converted(d.Corrections, correctionItem),
		Source:          Source{webAddress(d.SourceURL)},
		PublishedAt:     d.PublishedAt.In(model.Shanghai),
		URL:             h.PublicURL + "/policies/" + d.ID,
	}
}

// heardPolicy is a policy as it is now, with the voices of it and of what explains it.
func (h *handler) heardPolicy(ctx context.Context, d *policy.Detail) (shown *PolicyDetail, err error) {
	shown = h.policyDetail(d)
	if shown.Voice, err = h.voiceRef(ctx, model.KindPolicy, d.ID); err != nil {
		return nil, err
	}
	for i := range shown.Interpretations {
		in := &shown.Interpretations[i]
		if in.Voice, err = h.voiceRef(ctx, model.KindInterpretation, in.ID); err != nil {
			return nil, err
		}
	}
	return shown, nil
}

func block(b model.Block) Block {
	shown := Block{Kind: string(b.Kind), Anchor: b.Anchor, Label: b.Label, Text: b.Text, Level: b.Level, Rows: b.Rows, Spans: b.Spans}
	if b.FileID != "" {
		shown.URL = fileURL(b.FileID)
	}
	return shown
}

func attachment(a model.Attachment) Attachment {
	return Attachment{a.FileID, a.Name, a.MediaType, a.Size, fileURL(a.FileID)}
}

// relationNames are the relations as this document's reader would say them.
var relationNames = map[model.RelationKind][2]string{
	model.Amends:   {"修改", "被修改"},
	model.Repeals:  {"废止", "被废止"},
	model.Replaces: {"代替", "被代替"},
	model.BasedOn:  {"依据", "是其依据"},
	model.Cites:    {"引用", "被引用"},
}

func relation(l model.Link) Relation {
	r := Relation{Kind: string(l.Kind), Direction: "outgoing", Name: relationNames[l.Kind][0], Since: string(l.Since),
		ID: l.Policy.ID, Title: l.Policy.Title, DocNumber: l.Policy.DocNumber,
		PublishedDate: string(l.Policy.PublishedDate)}
	if l.Incoming {
		r.Direction, r.Name = "incoming", relationNames[l.Kind][1]
	}
	return r
}

func fileURL(id string) string { return "/api/v1/files/" + id }
