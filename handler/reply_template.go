package handler

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
	"yuandu/service/knowledge"
)

const pathReplyTemplates = "/admin/v1/reply-templates"

func (h *handler) replyTemplateRoutes(api huma.API) {
	read, write := may(model.ActReadKnowledge), may(model.ActWriteReplyTemplates)
	one := pathReplyTemplates + "/{id}"
	act(h, api, "GET", pathReplyTemplates, read, "答复模板的列表", h.listReplyTemplates)
	create(h, api, pathReplyTemplates, write, "新写一个答复模板", h.addReplyTemplate)
	act(h, api, "PUT", one, write, "修改一个答复模板", h.editReplyTemplate)
	act(h, api, "DELETE", one, write, "删去一个答复模板", h.removeReplyTemplate)
	act(h, api, "POST", pathLetters+"/{id}/filled", may(model.ActHandleLetters), "用来信填好一个答复模板", h.fillReplyTemplate)
}

// ReplyTemplateList are the templates that somebody may begin a reply with.
type ReplyTemplateList struct {
	Items    []ReplyTemplate `json:"items" doc:"本部门的在前，全市的在后"`
	Blanks   []ReplyBlank    `json:"blanks" doc:"模板里可以留的空"`
	MayCity  bool            `json:"may_city" doc:"您可以写全市的模板"`
	MayOwn   bool            `json:"may_own" doc:"您可以写部门的模板"`
	MostText int             `json:"most_text" doc:"一个模板最多多少字"`
}

// ReplyBlank is what a template may leave open.
type ReplyBlank struct {
	Name  model.Blank `json:"name" doc:"写在两对花括号之间的名称"`
	About string      `json:"about" doc:"会填上什么"`
}

// ReplyTemplate is a text by which replies are begun.
type ReplyTemplate struct {
	ID         string    `json:"id" doc:"模板的编号"`
	Version    int64     `json:"version" doc:"版本，修改时放在 If-Match 里"`
	Name       string    `json:"name" doc:"模板的名称"`
	Text       string    `json:"text" doc:"模板的文字，空写成 {{称呼}}"`
	Department *Ref      `json:"department" doc:"哪个部门的，全市的为 null"`
	Sample     bool      `json:"sample" doc:"是示例内容"`
	UpdatedAt  time.Time `json:"updated_at" doc:"最近何时改动"`
	UpdatedBy  *Ref      `json:"updated_by" doc:"最近谁改动，系统为 null"`
	MayEdit    bool      `json:"may_edit" doc:"您可以修改、删去"`
}

func (h *handler) listReplyTemplates(ctx context.Context, _ *struct{}) (*Private[ReplyTemplateList], error) {
	list, err := h.Knowledge.Templates(ctx, by(ctx))
	if err != nil {
		return nil, err
	}
	var people []string
	for _, t := range list {
		people = append(people, t.UpdatedBy)
	}
	names, err := h.Knowledge.NamesFor(ctx, people...)
	return private(ReplyTemplateList{Items: converted(list, func(t knowledge.Template) ReplyTemplate { return replyTemplate(&t, names) }),
		Blanks:  converted(model.Blanks(), func(b model.Blank) ReplyBlank { return ReplyBlank{b, b.About()} }),
		MayCity: by(ctx).Reach(model.ActWriteReplyTemplates) == model.Everywhere, MayOwn: by(ctx).Reach(model.ActConfirmKnowledge) != model.Nowhere,
		MostText: model.ReplyTemplateText}), err
}

func replyTemplate(t *knowledge.Template, names knowledge.Names) ReplyTemplate {
	return ReplyTemplate{t.ID, t.Version, t.Name, t.Text, refOf(t.DepartmentID, names.Departments), t.Sample, t.UpdatedAt,
		refOf(t.UpdatedBy, names.Staff), t.MayEdit}
}

// ReplyTemplateForm is a template as it is written.
type ReplyTemplateForm struct {
	Department string `json:"department,omitempty" maxLength:"26" doc:"哪个部门的，不填为全市的；以后不能改"`
	Name       string `json:"name" minLength:"1" maxLength:"120" doc:"名称，最多30个字"`
	Text       string `json:"text" minLength:"1" maxLength:"8000" doc:"文字，最多2000个字，空写成 {{称呼}}"`
}

// AddReplyTemplateIn is a new template.
type AddReplyTemplateIn struct {
	Keyed
	Body ReplyTemplateForm
}

func (h *handler) addReplyTemplate(ctx context.Context, in *AddReplyTemplateIn) (*Private[ReplyTemplate], error) {
	t, err := h.Knowledge.SaveTemplate(ctx, by(ctx), model.ReplyTemplate{DepartmentID: in.Body.Department, Name: in.Body.Name, Text: in.Body.Text})
	return h.answerTemplate(ctx, t, err)
}

func (h *handler) answerTemplate(ctx context.Context, t *knowledge.Template, err error) (*Private[ReplyTemplate], error) {
	if err != nil {
		return nil, err
	}
	names, err := h.Knowledge.NamesFor(ctx, t.UpdatedBy)
	return versioned(replyTemplate(t, names), t.Version), err
}

// EditReplyTemplateIn is a template written anew.
type EditReplyTemplateIn struct {
	EditID
	Body ReplyTemplateForm
}

func (h *handler) editReplyTemplate(ctx context.Context, in *EditReplyTemplateIn) (*Private[ReplyTemplate], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	t, err := h.Knowledge.SaveTemplate(ctx, by(ctx), model.ReplyTemplate{ID: in.ID, Version: version, Name: in.Body.Name, Text: in.Body.Text})
	if err != nil {
		return nil, h.templateBehind(ctx, err, in.ID)
	}
	return h.answerTemplate(ctx, t, nil)
}

// templateBehind adds to ErrStale the template as it is.
func (h *handler) templateBehind(ctx context.Context, err error, id string) error {
	return withCurrent(err, func() (ReplyTemplate, error) {
		t, err := h.Knowledge.Template(ctx, by(ctx), id)
		now, err := h.answerTemplate(ctx, t, err)
		if err != nil {
			return ReplyTemplate{}, err
		}
		return now.Body, nil
	})
}

func (h *handler) removeReplyTemplate(ctx context.Context, in *EditID) (*Done, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	err = h.Knowledge.RemoveTemplate(ctx, by(ctx), knowledge.Ref{ID: in.ID, Version: version})
	return done(), h.templateBehind(ctx, err, in.ID)
}

// FillIn names a template to be filled from a letter.
type FillIn struct {
	Keyed
	LetterID
	Body struct {
		Template string `json:"template" minLength:"1" maxLength:"26" doc:"哪个模板"`
	}
}

// FilledReply is a reply as it is begun.
type FilledReply struct {
	Text   string        `json:"text" doc:"填好的文字，没有内容可填的空标成【待填：称呼】"`
	Left   []model.Blank `json:"left" doc:"哪些空没有内容可填"`
	Shared bool          `json:"shared" doc:"这份答复还要发给并案的其他来信人，所以不填称呼、编号、标题和日期"`
}

func (h *handler) fillReplyTemplate(ctx context.Context, in *FillIn) (*Private[FilledReply], error) {
	t, err := h.Knowledge.Template(ctx, by(ctx), in.Body.Template)
	if err != nil {
		return nil, err
	}
	v, err := h.Letters.Fill(ctx, by(ctx), in.ID, t.Text)
	if err != nil {
		return nil, err
	}
	return private(FilledReply{v.Text, converted(v.Left, func(b model.Blank) model.Blank { return b }), v.Shared}), nil
}
