package model

import (
	"encoding/json"
	"fmt"
)

// WorkingCopy is a draft of any kind, and what lists and files need to know of it.
type WorkingCopy struct {
	Content   []byte // as it is kept
	Title     string
	DocNumber string
	Files     []string
}

// PolicyDraft is the working copy of a policy.
type PolicyDraft struct {
	Title            string          `json:"title" maxLength:"300" doc:"标题"`
	DocNumber        string          `json:"doc_number,omitempty" maxLength:"60" doc:"文号"`
	IndexNumber      string          `json:"index_number,omitempty" maxLength:"60" doc:"索引号"`
	Theme            string          `json:"theme,omitempty" maxLength:"60" doc:"主题分类"`
	Category         string          `json:"category,omitempty" maxLength:"30" doc:"文种"`
	WrittenDate      Day             `json:"written_date,omitempty" doc:"成文日期"`
	PublishedDate    Day             `json:"published_date,omitempty" doc:"发布日期；空着时为公开当天"`
	EffectiveDate    Day             `json:"effective_date,omitempty" doc:"施行日期"`
	ExpiryDate       Day             `json:"expiry_date,omitempty" doc:"有效期的最后一天"`
	DepartmentIDs    []string        `json:"department_ids,omitempty" maxItems:"30" doc:"发文机关，按联合发文的顺序"`
	TopicIDs         []string        `json:"topic_ids,omitempty" maxItems:"18" doc:"专题"`
	Body             []Passage       `json:"body,omitempty" maxItems:"50000" doc:"正文"`
	Attachments      []DraftFile     `json:"attachments,omitempty" maxItems:"100" doc:"附件"`
	Relations        []DraftRelation `json:"relations,omitempty" maxItems:"200" doc:"与其他文件的关系"`
	SourceURL        string          `json:"source_url,omitempty" maxLength:"500" doc:"原文链接"`
	Stated           Validity        `json:"stated_validity,omitempty" enum:",repealed,expired,amended" doc:"来源注明、但没有日期的有效性"`
	NoInterpretation string          `json:"no_interpretation,omitempty" maxLength:"200" doc:"不配解读的理由"`
}

// ReadDraft reads what WriteDraft, or the API, has written.
func ReadDraft[D any](content []byte) (*D, error) {
	d := new(D)
	if err := json.Unmarshal(content, d); err != nil {
		return nil, ErrDraftMalformed
	}
	return d, nil
}

// WriteDraft is a working copy as it is kept.
func WriteDraft(d any) []byte {
	content, err := json.Marshal(d)
	if err != nil {
		panic(fmt.Sprintf("model: %T cannot be written as JSON: %v", d, err))
	}
	return content
}

// ReadDays reads days as people write them. Errors are ErrBadDay with the field.
func ReadDays(days []DayField) error {
	for _, d := range days {
		day, err := ParseDay(string(*d.Day))
		if err != nil {
			return ErrBadDay.With(d.Field, nil)
		}
		*d.Day = day
	}
	return nil
}

// DraftFile is an attachment of a working copy.
type DraftFile struct {
	FileID string `json:"file_id" maxLength:"26" doc:"文件编号"`
	Name   string `json:"name" maxLength:"200" doc:"下载时的文件名"`
}

// DraftRelation is what a working copy says of another policy: the one of
// TargetID, else whatever has the number or the title.
type DraftRelation struct {
	Kind         RelationKind `json:"kind" enum:"amends,repeals,replaces,based_on,cites" doc:"修改、废止、代替、依据或引用"`
	TargetID     string       `json:"target_id,omitempty" maxLength:"26" doc:"对方的编号，库里有时"`
	TargetNumber string       `json:"target_number,omitempty" maxLength:"60" doc:"对方的文号"`
	TargetTitle  string       `json:"target_title,omitempty" maxLength:"300" doc:"对方的标题"`
	Since        Day          `json:"since,omitempty" doc:"从哪天起"`
}

// InterpretationDraft is the working copy of an interpretation.
type InterpretationDraft struct {
	Title         string      `json:"title" maxLength:"300" doc:"标题"`
	PublishedDate Day         `json:"published_date,omitempty" doc:"发布日期；空着时为公开当天"`
	DepartmentIDs []string    `json:"department_ids,omitempty" maxItems:"30" doc:"解读单位"`
	Body          []Passage   `json:"body,omitempty" maxItems:"50000" doc:"正文"`
	Questions     []Question  `json:"questions,omitempty" maxItems:"200" doc:"问答"`
	PictureID     string      `json:"picture_id,omitempty" maxLength:"26" doc:"图解"`
	PictureText   string      `json:"picture_text,omitempty" maxLength:"5000" doc:"图解上的文字，给看不见图的人"`
	VideoURL      string      `json:"video_url,omitempty" maxLength:"500" doc:"视频"`
	SourceURL     string      `json:"source_url,omitempty" maxLength:"500" doc:"原文链接"`
	Attachments   []DraftFile `json:"attachments,omitempty" maxItems:"100" doc:"附件"`
	PolicyIDs     []string    `json:"policy_ids,omitempty" maxItems:"50" doc:"解读的文件；可以是还没有发布的"`
}

// FilesOf are the files that a body shows.
func FilesOf(body []Passage) (ids []string) {
	for _, p := range body {
		if p.FileID != "" {
			ids = append(ids, p.FileID)
		}
	}
	return ids
}

// PicturesOf are the files that a public body shows.
func PicturesOf(body Body) (ids []string) {
	for _, b := range body {
		if b.FileID != "" {
			ids = append(ids, b.FileID)
		}
	}
	return ids
}

// DayField is a day of a working copy, and the field that it stands in.
type DayField struct {
	Field string
	Day   *Day
}

// Days are the days of the working copy.
func (d *PolicyDraft) Days() []DayField {
	list := []DayField{{"written_date", &d.WrittenDate}, {"published_date", &d.PublishedDate},
		{"effective_date", &d.EffectiveDate}, {"expiry_date", &d.ExpiryDate}}
	for n := range d.Relations {
		list = append(list, DayField{fmt.Sprintf("relations:%d", n), &d.Relations[n].Since})
	}
	return list
}

// Days are the days of the working copy.
func (d *InterpretationDraft) Days() []DayField {
	return []DayField{{"published_date", &d.PublishedDate}}
}

// Files are the files that the working copy refers to.
func (d *PolicyDraft) Files() []string {
	return append(FilesOf(d.Body), FileIDs(d.Attachments)...)
}

// Files are the files that the working copy refers to.
func (d *InterpretationDraft) Files() []string {
	ids := append(FilesOf(d.Body), FileIDs(d.Attachments)...)
	if d.PictureID != "" {
		ids = append(ids, d.PictureID)
	}
	return ids
}

// DraftFiles are the attachments of what is public, as a working copy has them.
func DraftFiles(attachments []Attachment) (list []DraftFile) {
	for _, a := range attachments {
		list = append(list, DraftFile{FileID: a.FileID, Name: a.Name})
	}
	return list
}

// FileIDs are those of the files of a working copy.
func FileIDs(files []DraftFile) (ids []string) {
	for _, f := range files {
		ids = append(ids, f.FileID)
	}
	return ids
}
