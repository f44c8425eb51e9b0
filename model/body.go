package model

import "strings"

// BlockKind says what a piece of a document is.
type BlockKind string

// The pieces a document is made of, from the largest to the smallest.
const (
	BlockPart      BlockKind = "part"      // 编, 分编
	BlockChapter   BlockKind = "chapter"   // 章
	BlockSection   BlockKind = "section"   // 节
	BlockHeading   BlockKind = "heading"   // 一、 or （一） on a line of its own in a document without chapters
	BlockArticle   BlockKind = "article"   // 条: its first 款 is Text, the next ones follow as paragraphs
	BlockParagraph BlockKind = "paragraph" // 款, or any paragraph
	BlockItem      BlockKind = "item"      // 项: （一）, 1.
	BlockTable     BlockKind = "table"
	BlockPicture   BlockKind = "picture"
)

// Block is one piece of a document. Anchor is unique within the document and
// stable for as long as the label is (第十二条 is a12), so that one can link to
// an article. Level is 1 for the outermost headings.
type Block struct {
	Kind   BlockKind  `json:"kind"`
	Anchor string     `json:"anchor,omitempty"`
	Label  string     `json:"label,omitempty"` // 第一章, 第十二条, （三）
	Text   string     `json:"text,omitempty"`
	Level  int        `json:"level,omitempty"`
	Rows   [][]string `json:"rows,omitempty"` // of a table, its head first
	Spans  []Span     `json:"spans,omitempty"`
	FileID string     `json:"file_id,omitempty"` // of a picture; Text says what it shows
}

// Span is a cell of a table that takes the place of its neighbours to the right
// and below, whose texts are empty. Rows and columns count from 0.
type Span struct {
	Row     int `json:"row" doc:"第几行，从 0 数"`
	Column  int `json:"column" doc:"第几列，从 0 数"`
	Rows    int `json:"rows" doc:"占几行"`
	Columns int `json:"columns" doc:"占几列"`
}

// Body is a document in the order in which it is read.
type Body []Block

// Plain is the body as plain text, a line a block, cells parted by blanks: what
// is searched, quoted and hashed.
func (b Body) Plain() string {
	var s strings.Builder
	line := func(parts ...string) {
		if text := strings.TrimSpace(strings.Join(parts, " ")); text != "" {
			s.WriteString(text)
			s.WriteByte('\n')
		}
	}
	for _, k := range b {
		line(k.Label, k.Text)
		for _, row := range k.Rows {
			line(row...)
		}
	}
	return strings.TrimSuffix(s.String(), "\n")
}

// Parts are the pieces of a body that can be read alone: each article with its
// paragraphs, each heading with what follows it.
func (b Body) Parts() (parts []Body) {
	begun := 0
	for i, k := range b {
		if i > begun && k.beginsPart() {
			parts = append(parts, b[begun:i])
			begun = i
		}
	}
	if begun < len(b) {
		parts = append(parts, b[begun:])
	}
	return parts
}

func (k *Block) beginsPart() bool {
	switch k.Kind {
	case BlockPart, BlockChapter, BlockSection, BlockHeading, BlockArticle:
		return true
	}
	return false
}

// Articles counts the 条 of the body.
func (b Body) Articles() int {
	n := 0
	for _, k := range b {
		if k.Kind == BlockArticle {
			n++
		}
	}
	return n
}

// PassageKind says what an editor has set: what a piece is in the document
// (chapter, article, item) is read from its text.
type PassageKind string

// The kinds of passages.
const (
	PassageHeading PassageKind = "heading"
	PassageText    PassageKind = "text"
	PassageItem    PassageKind = "item" // an entry of a list without numbers
	PassageTable   PassageKind = "table"
	PassagePicture PassageKind = "picture"
)

// Passage is a piece of a document as it is written: a line, a table, a picture.
type Passage struct {
	Kind   PassageKind `json:"kind" enum:"heading,text,item,table,picture" doc:"标题、一段文字、没有编号的列表项、表格或图片"`
	Level  int         `json:"level,omitempty" minimum:"0" maximum:"6" doc:"标题的层级，1 最大"`
	Text   string      `json:"text,omitempty" doc:"文字；图片的文字说明，给看不见图的人"`
	Rows   [][]string  `json:"rows,omitempty" doc:"表格，第一行是表头"`
	Spans  []Span      `json:"spans,omitempty" doc:"表格里合并的格"`
	FileID string      `json:"file_id,omitempty" maxLength:"26" doc:"图片的文件编号"`
}
