package handler

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/service/push"
)

// TemplateField is a line of a message template.
type TemplateField struct {
	Key    string           `json:"key" maxLength:"40" doc:"微信给的键，类型加编号，如 thing1、date3"`
	Label  string           `json:"label" maxLength:"10" doc:"微信显示在这一行前面的名称，如 政策名称"`
	Source model.PushSource `json:"source" enum:"title,change,note,number,department,date,count,phone,fixed" doc:"填什么：title 标题，change 发生了什么，note 编辑的说明，number 文号，department 部门，date 日期，count 件数，phone 服务电话，fixed 固定文字"`
	Text   string           `json:"text,omitempty" maxLength:"40" doc:"固定文字；其他来源没有内容时，用它代替"`
}

// TemplateBody is what can be changed of a template.
type TemplateBody struct {
	WeChatID string          `json:"wechat_id" maxLength:"64" doc:"公众平台“我的模板”里的模板 ID；空着就不发消息"`
	Title    string          `json:"title" maxLength:"20" doc:"模板标题"`
	Long     bool            `json:"long" doc:"是不是长期订阅的模板"`
	Fields   []TemplateField `json:"fields" maxItems:"10" doc:"各行，按微信显示的顺序，2 到 5 行"`
}

// TemplateItem is a purpose with the template that serves it.
type TemplateItem struct {
	Purpose   model.Purpose      `json:"purpose" doc:"哪种用处的消息：change 变动，digest 汇总"`
	Name      string             `json:"name" doc:"用处的名称"`
	Sources   []model.PushSource `json:"sources" doc:"这种用处有哪些内容可以填"`
	Version   int64              `json:"version" doc:"版本，修改时放在 If-Match 里；还没有设置时为 0"`
	UpdatedAt *time.Time         `json:"updated_at" doc:"最近何时改动；还没有设置时为空"`
	UpdatedBy *DeskPerson        `json:"updated_by" doc:"最近谁改动"`
	TemplateBody
}

// FieldType is a type of WeChat's fields.
type FieldType struct {
	Name    string             `json:"name" doc:"类型，键的开头"`
	Most    int                `json:"most" doc:"最多几个字，0 是看写法"`
	Sources []model.PushSource `json:"sources" doc:"能填的内容"`
}

// TemplatePage lists the purposes with their templates.
type TemplatePage struct {
	Items   []TemplateItem `json:"items" doc:"各种用处"`
	Types   []FieldType    `json:"types" doc:"微信的字段类型"`
	MayEdit bool           `json:"may_edit" doc:"您能不能修改"`
}

func (h *handler) listTemplates(ctx context.Context, _ *struct{}) (*Private[TemplatePage], error) {
	list, err := h.Templates.List(ctx)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, k := range list {
		people = append(people, k.UpdatedBy)
	}
	names, err := h.Publication.Names(ctx, people)
	if err != nil {
		return nil, err
	}
	return private(TemplatePage{MayEdit: by(ctx).May(model.ActEditTemplates),
		Items: converted(list, func(k push.Kept) TemplateItem { return templateItem(k, names) }),
		Types: converted(push.Types(), func(t push.Type) FieldType { return FieldType(t) })}), nil
}

func templateItem(k push.Kept, names map[string]string) TemplateItem {
	item := TemplateItem{Purpose: k.ID, Name: say("push.purpose."+string(k.ID), nil), Sources: k.Sources, Version: k.Version, UpdatedBy: personOf(k.UpdatedBy, names),
		TemplateBody: TemplateBody{k.WeChatID, k.Title, k.Long, converted(k.Fields, func(f model.PushField) TemplateField { return TemplateField(f) })}}
	if k.Version > 0 {
		item.UpdatedAt = &k.UpdatedAt
	}
	return item
}

// PurposeIn names a purpose.
type PurposeIn struct {
	Purpose model.Purpose `path:"purpose" maxLength:"40" doc:"哪种用处的消息：change 变动，digest 汇总"`
}

// EditTemplateIn changes a template.
type EditTemplateIn struct {
	Edit
	PurposeIn
	Body TemplateBody
}

func (h *handler) editTemplate(ctx context.Context, in *EditTemplateIn) (*Private[TemplateItem], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	t := model.PushTemplate{Purpose: in.Purpose, WeChatID: in.Body.WeChatID, Title: in.Body.Title, Long: in.Body.Long,
		Fields: pushFields(in.Body.Fields), Version: version}
	if err := h.Templates.Save(ctx, by(ctx), &t); err != nil {
		return nil, withCurrent(err, func() (TemplateItem, error) { return h.templateNow(ctx, in.Purpose) })
	}
	now, err := h.templateNow(ctx, in.Purpose)
	if err != nil {
		return nil, err
	}
	return versioned(now, now.Version), nil
}

func pushFields(fields []TemplateField) []model.PushField {
	return converted(fields, func(f TemplateField) model.PushField { return model.PushField(f) })
}

func (h *handler) templateNow(ctx context.Context, purpose model.Purpose) (TemplateItem, error) {
	table, err := h.listTemplates(ctx, nil)
	if err != nil {
		return TemplateItem{}, err
	}
	for _, item := range table.Body.Items {
		if item.Purpose == purpose {
			return item, nil
		}
	}
	return TemplateItem{}, model.ErrPurposeMissing
}

// ExampleBody says from what a message is filled for trial.
type ExampleBody struct {
	Document string               `json:"document,omitempty" maxLength:"40" doc:"从哪份公开的文件填；不填是最新的一份"`
	What     model.PublicationAct `json:"what,omitempty" enum:"published,corrected,withdrawn" default:"published" doc:"当作发生了什么"`
}

func (b ExampleBody) example() push.Example { return push.Example{Document: b.Document, What: b.What} }

// PreviewTemplateIn asks for a template as it would be filled.
type PreviewTemplateIn struct {
	Keyed
	PurposeIn
	Body struct {
		ExampleBody
		Fields []TemplateField `json:"fields" maxItems:"10" doc:"各行，不必先保存"`
	}
}

// MessageLine is a line of a message.
type MessageLine struct {
	Key    string `json:"key" doc:"键"`
	Label  string `json:"label" doc:"名称"`
	Value  string `json:"value" doc:"填好的内容"`
	Length int    `json:"length" doc:"几个字"`
	Most   int    `json:"most" doc:"这种类型最多几个字，0 是看写法"`
	Cut    bool   `json:"cut" doc:"放不下，截短了"`
	Stands bool   `json:"stands" doc:"来源没有内容，用别的文字代替"`
}

// TemplatePreview is a message as it would be.
type TemplatePreview struct {
	Lines    []MessageLine `json:"lines" doc:"各行；还没有公开的文件时为空"`
	Page     string        `json:"page" doc:"点开消息到小程序的哪一页"`
	Document string        `json:"document" doc:"用了哪份文件"`
	Among    []ExampleItem `json:"among" doc:"可以选的文件，最新的在前"`
}

// ExampleItem is a document from which a message may be filled.
type ExampleItem struct {
	ID    string `json:"id" doc:"编号"`
	Title string `json:"title" doc:"标题"`
}

func (h *handler) previewTemplate(ctx context.Context, in *PreviewTemplateIn) (*Private[TemplatePreview], error) {
	shown, err := h.Templates.Preview(ctx, in.Purpose, pushFields(in.Body.Fields), in.Body.example())
	if err != nil {
		return nil, err
	}
	return private(TemplatePreview{messageLines(shown.Lines), shown.Page, shown.Of,
		converted(shown.Among, func(p model.Policy) ExampleItem { return ExampleItem{p.ID, p.Title} })}), nil
}

func messageLines(list []push.Filled) []MessageLine {
	return converted(list, func(f push.Filled) MessageLine {
		length, most := f.Length()
		return MessageLine{f.Key, f.Label, f.Value, length, most, f.Cut, f.Stands}
	})
}
