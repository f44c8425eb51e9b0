package handler

import (
	"cmp"
	"time"

	"yuandu/model"
	"yuandu/service/publication"
)

// Comparison is what changed between two versions of a document.
type Comparison struct {
	From    VersionSide          `json:"from" doc:"旧的一版"`
	To      VersionSide          `json:"to" doc:"新的一版"`
	Fields  []FieldDifference    `json:"fields" doc:"正文以外不同的各项"`
	Changes []publication.Change `json:"changes" doc:"正文的对照，按新版的顺序；删除的排在原来的位置"`
	Counts  map[string]int       `json:"counts" doc:"各种变化各有几处，按 kind"`
}

// VersionSide is one of two versions that are compared.
type VersionSide struct {
	Version int64      `json:"version" doc:"第几版；正在改的一稿，或者从来没有公开过，为 0"`
	Title   string     `json:"title" doc:"那一版的标题"`
	At      *time.Time `json:"saved_at" doc:"何时公开的；正在改的一稿是最近何时改的，没有为 null"`
}

// FieldDifference is a field beside the text that differs.
type FieldDifference struct {
	Field  string              `json:"field" doc:"哪一项（规范形式里的名称）"`
	Name   string              `json:"name" doc:"哪一项（中文）"`
	Pieces []publication.Piece `json:"pieces" doc:"一截一截的文字"`
}

// formNames are the fields of the canonical form as people call them.
var formNames = map[string]string{
	"title": "标题", "doc_number": "文号", "index_number": "索引号", "departments": "发文机关", "theme": "主题分类", "category": "文种",
	"written_date": "成文日期", "published_date": "发布日期", "effective_date": "施行日期", "expiry_date": "失效日期",
	"stated_validity": "注明的有效性", "source_url": "原文链接", "picture": "图解", "picture_text": "图解的文字", "video_url": "视频",
	"interprets": "解读的文件", "attachments": "附件",
}

// ownNames are those that a kind calls otherwise.
var ownNames = map[model.Kind]map[string]string{
	model.KindLetter: {"departments": "答复的部门", "theme": "栏目", "category": "办理结果", "written_date": "来信日期",
		"published_date": "答复日期", "interprets": "答复的依据"},
	model.KindMeeting:      {"departments": "参会单位", "theme": "栏目", "category": "届次", "written_date": "会议日期"},
	model.KindConsultation: {"departments": "征集的部门", "theme": "征集什么"},
	model.KindEvent:        {"departments": "主办单位", "category": "形式", "written_date": "活动日期"},
	model.KindGazette:      {"category": "期号", "written_date": "出版日期", "attachments": "原件"},
}

func formName(kind model.Kind, field string) string {
	return cmp.Or(ownNames[kind][field], formNames[field])
}

func comparison(kind model.Kind, from, to VersionSide, d publication.Differences) Comparison {
	c := Comparison{From: from, To: to, Changes: d.Changes, Counts: map[string]int{},
		Fields: converted(d.Fields, func(f publication.FieldChange) FieldDifference {
			return FieldDifference{f.Field, formName(kind, f.Field), f.Pieces}
		})}
	for _, change := range d.Changes {
		c.Counts[string(change.Kind)]++
	}
	if c.Changes == nil {
		c.Changes = []publication.Change{}
	}
	return c
}
