package media

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"yuandu/model"
)

const (
	docxMaxTitle    = 200 // runes
	docxTitleWithin = 20  // passages
)

// docxNamed is the name of an official document, by its last word, and docxStage what may
// stand below it.
var (
	docxNamed = regexp.MustCompile(`^[^。；！？：]{2,60}(?:条例|规定|办法|细则|规则|意见|通知|通告|公告|决定|方案|规划|计划|措施|标准|制度|批复|函|纲要|预案)(?:（[^（）]{2,12}）)?$`)
	docxStage = regexp.MustCompile(`^（[^（）]{2,12}）$`)
)

// takeTitle takes the title off the beginning: what has the style of a title,
// or else the centred lines in large type that stand before the first text,
// behind the head of the letter and the document number, or else a first line that
// is the name of a document.
func (f *docxFlow) takeTitle() string {
	from, end := f.titleByStyle()
	if from == end {
		from, end = f.titleByLook()
	}
	if from == end {
		from, end = f.titleByName()
	}
	title := ""
	for _, p := range f.passages[from:end] {
		title = joinLines(title, p.Text)
	}
	if utf8.RuneCountInString(title) > docxMaxTitle {
		return ""
	}
	f.passages = append(f.passages[:from:from], f.passages[end:]...)
	return title
}

func (f *docxFlow) titleByStyle() (from, end int) {
	for from = range min(docxTitleWithin, len(f.passages)) {
		for end = from; end < len(f.passages) && f.passages[end].title; end++ {
		}
		if end > from {
			return from, end
		}
	}
	return 0, 0
}

// titleByLook finds the first lines that look like a title. Where they have the
// style of a heading that comes again, the document is several.
func (f *docxFlow) titleByLook() (from, end int) {
	for from < len(f.passages) && f.passages[from].isLetterhead() {
		from++
	}
	for end = from; end < len(f.passages) && f.passages[end].goesOn(f.passages[from]); end++ {
	}
	for _, p := range f.passages[end:] {
		if end > from && p.Kind == model.PassageHeading && p.Level <= f.passages[from].Level {
			return 0, 0
		}
	}
	return from, end
}

// titleByName finds a title in a text in which nothing is set apart.
func (f *docxFlow) titleByName() (from, end int) {
	if len(f.passages) < 2 || f.passages[0].Kind != model.PassageText || !docxNamed.MatchString(f.passages[0].Text) {
		return 0, 0
	}
	if docxStage.MatchString(f.passages[1].Text) {
		return 0, 2
	}
	return 0, 1
}

func (p docxPassage) isLetterhead() bool {
	_, number := model.ParseDocNumber(p.Text)
	return number || p.red || p.Kind == model.PassagePicture || p.banner && (strings.HasSuffix(p.Text, "文件") || strings.HasSuffix(p.Text, "令"))
}

func (p docxPassage) goesOn(first docxPassage) bool {
	return p.banner && !p.red && p.Kind == first.Kind && p.Level == first.Level && p.Kind != model.PassageItem
}
