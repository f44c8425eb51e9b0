package model

import "time"

// PushTemplate is which of WeChat's message templates (消息模板) serves a purpose,
// and what fills its fields.
type PushTemplate struct {
	Purpose   Purpose
	WeChatID  string // the mini program's own; "" while the city has none, and nothing goes out
	Title     string // as WeChat shows it above the message
	Long      bool   // accepted once for always (长期订阅)
	Fields    []PushField
	Version   int64 // 0 before anybody set it up
	UpdatedAt time.Time
	UpdatedBy string // staff ID, "" for the house itself
}

// PushField is a line of a template. Its key begins with its type: thing1, date3.
type PushField struct {
	Key    string     `json:"key"`
	Label  string     `json:"label"` // as WeChat shows it before the line
	Source PushSource `json:"source"`
	Text   string     `json:"text,omitempty"` // of SourceFixed; of others what stands there when they say nothing
}

// PushSource is what of an announcement fills a field.
type PushSource string

// The sources.
const (
	SourceTitle      PushSource = "title"      // of the document; of a digest the first one's, and how many more
	SourceChange     PushSource = "change"     // what happened to it
	SourceNote       PushSource = "note"       // what its editor tells of the change; else as SourceChange
	SourceNumber     PushSource = "number"     // 文号
	SourceDepartment PushSource = "department" // whose it is
	SourceDate       PushSource = "date"       // when it happened
	SourceCount      PushSource = "count"      // how many documents it is about
	SourcePhone      PushSource = "phone"      // the city's hotline
	SourceFixed      PushSource = "fixed"      // the field's own text
)

// How many fields a template of WeChat's has.
const (
	FewestPushFields = 2
	MostPushFields   = 5
)

// Errors of templates.
var (
	ErrPurposeMissing    = &Error{NotFound, "push_template.not_found", "", nil}
	ErrTemplateID        = &Error{Invalid, "push_template.id", "wechat_id", nil}
	ErrTemplateTitle     = &Error{Invalid, "push_template.title", "title", nil}
	ErrTemplateFields    = &Error{Invalid, "push_template.fields", "fields", nil}
	ErrTemplateKey       = &Error{Invalid, "push_template.key", "", nil}
	ErrTemplateType      = &Error{Invalid, "push_template.type", "", nil} // types
	ErrTemplateTwice     = &Error{Invalid, "push_template.twice", "", nil}
	ErrTemplateLabel     = &Error{Invalid, "push_template.label", "", nil}
	ErrTemplateSource    = &Error{Invalid, "push_template.source", "", nil}
	ErrTemplateUnfit     = &Error{Invalid, "push_template.unfit", "", nil} // type, sources
	ErrTemplateText      = &Error{Invalid, "push_template.text", "", nil}  // type
	ErrTemplateUnset     = &Error{Conflict, "push_template.unset", "", nil}
	ErrTrialCode         = &Error{Invalid, "push_trial.code", "code", nil}
	ErrTrialCodesTooMany = &Error{TooMany, "push_trial.too_many", "code", nil}
)
