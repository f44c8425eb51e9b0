package model

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// ReplyTemplate is a text by which replies to letters are begun (答复模板). Its blanks
// are filled from the letter.
type ReplyTemplate struct {
	ID           string
	DepartmentID string // "" for the whole city
	Name         string
	Text         string
	Sample       bool // of the demo
	UpdatedAt    time.Time
	UpdatedBy    string
	Version      int64
}

// Blank is what a template leaves open: {{编号}}.
type Blank string

// The blanks.
const (
	BlankName     Blank = "称呼"
	BlankNumber   Blank = "编号"
	BlankTitle    Blank = "标题"
	BlankReceived Blank = "收到日期"
	BlankOffice   Blank = "办理单位"
	BlankAssists  Blank = "协办单位"
	BlankDue      Blank = "答复期限"
	BlankToday    Blank = "今天"
)

// Blanks lists the blanks that a template may have.
func Blanks() []Blank {
	return []Blank{BlankName, BlankNumber, BlankTitle, BlankReceived, BlankOffice, BlankAssists, BlankDue, BlankToday}
}

// About says what a blank is filled with.
func (b Blank) About() string {
	return map[Blank]string{BlankName: "来信人留下的称呼", BlankNumber: "来信的受理编号", BlankTitle: "来信的标题", BlankReceived: "收到来信的日期",
		BlankOffice: "主办的部门", BlankAssists: "协办的部门", BlankDue: "答复的期限", BlankToday: "写答复的日期"}[b]
}

// The bounds of a template, in characters.
const (
	ReplyTemplateName = 30
	ReplyTemplateText = 2000
)

// Errors of templates, and of what they leave in a reply.
var (
	ErrReplyTemplateMissing  = &Error{NotFound, "reply_template.not_found", "", nil}
	ErrReplyTemplateNotYours = &Error{Forbidden, "reply_template.not_yours", "", nil}
	ErrReplyTemplateName     = &Error{Invalid, "reply_template.name", "name", map[string]any{"most": ReplyTemplateName}}
	ErrReplyTemplateText     = &Error{Invalid, "reply_template.text", "text", map[string]any{"most": ReplyTemplateText}}
	ErrReplyTemplateBlank    = &Error{Invalid, "reply_template.blank", "text", nil} // blank, blanks
	ErrReplyTemplateBraces   = &Error{Invalid, "reply_template.braces", "text", nil}
	ErrLetterUnfilled        = &Error{Invalid, "letter.unfilled", "text", nil} // blanks
)

var (
	blankPattern = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
	leftPattern  = regexp.MustCompile(`【待填：([^【】]*)】|\{\{([^{}]*)\}\}`)
)

// CheckBlanks says whether a template can be filled: it has no blank but those that
// there are, and no braces besides.
func CheckBlanks(text string) error {
	for _, m := range blankPattern.FindAllStringSubmatch(text, -1) {
		if blank := strings.TrimSpace(m[1]); !slices.Contains(Blanks(), Blank(blank)) {
			return ErrReplyTemplateBlank.With("text", map[string]any{"blank": blank, "blanks": allBlanks()})
		}
	}
	if rest := blankPattern.ReplaceAllString(text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") || strings.Contains(rest, "【待填") {
		return ErrReplyTemplateBraces
	}
	return nil
}

func allBlanks() string {
	var names []string
	for _, b := range Blanks() {
		names = append(names, string(b))
	}
	return strings.Join(names, "、")
}

// Fill puts values into the blanks of a template. A blank without a value is marked in
// the text, and told.
func Fill(text string, values map[Blank]string) (filled string, left []Blank) {
	filled = blankPattern.ReplaceAllStringFunc(text, func(found string) string {
		blank := Blank(strings.TrimSpace(strings.Trim(found, "{}")))
		if v := values[blank]; v != "" {
			return v
		}
		if !slices.Contains(left, blank) {
			left = append(left, blank)
		}
		return "【待填：" + string(blank) + "】"
	})
	return filled, left
}

// Unfilled lists what a reply still leaves open, each once.
func Unfilled(text string) (left []string) {
	for _, m := range leftPattern.FindAllStringSubmatch(text, -1) {
		if blank := strings.TrimSpace(m[1] + m[2]); !slices.Contains(left, blank) {
			left = append(left, blank)
		}
	}
	return left
}
