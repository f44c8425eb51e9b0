package media

import (
	"strings"

	"yuandu/model"
)

// Build reads the structure of what an editor has written, as Structure does of
// a text.
func Build(passages []model.Passage) model.Body {
	var all []line
	for _, p := range passages {
		switch p.Kind {
		case model.PassageTable:
			all = append(all, line{ready: &model.Block{Kind: model.BlockTable, Rows: clone(p.Rows), Spans: p.Spans}})
		case model.PassagePicture:
			all = append(all, line{ready: &model.Block{Kind: model.BlockPicture, Text: p.Text, FileID: p.FileID}})
		default:
			all = append(all, written(p)...)
		}
	}
	return structure(all)
}

// written are the lines of a passage; a pasted one may hold several.
func written(p model.Passage) (list []line) {
	for text := range strings.Lines(p.Text) {
		l := line{text: trim(text), bullet: p.Kind == model.PassageItem}
		if p.Kind == model.PassageHeading {
			l.heading = max(1, p.Level)
		}
		if l.text != "" {
			list = append(list, l)
		}
	}
	return list
}

func clone(rows [][]string) [][]string {
	list := make([][]string, len(rows))
	for i, row := range rows {
		list[i] = append([]string{}, row...)
	}
	return list
}

// Passages is a document as an editor writes it: Build makes the same document
// of it again.
func Passages(body model.Body) []model.Passage {
	list := make([]model.Passage, 0, len(body))
	for _, k := range body {
		list = append(list, passage(k))
	}
	return list
}

func passage(k model.Block) model.Passage {
	switch k.Kind {
	case model.BlockTable:
		return model.Passage{Kind: model.PassageTable, Rows: clone(k.Rows), Spans: k.Spans}
	case model.BlockPicture:
		return model.Passage{Kind: model.PassagePicture, Text: k.Text, FileID: k.FileID}
	case model.BlockPart, model.BlockChapter, model.BlockSection, model.BlockHeading:
		return model.Passage{Kind: model.PassageHeading, Level: k.Level, Text: labelled(k)}
	case model.BlockItem:
		if k.Label == "" {
			return model.Passage{Kind: model.PassageItem, Text: k.Text}
		}
	}
	return model.Passage{Kind: model.PassageText, Text: labelled(k)}
}

// labelled is a line with its label as print has it: a blank of one character
// behind 第一章 and 第一条, none behind 一、 and （一）.
func labelled(k model.Block) string {
	if o, ok := readOrdinal(k.Label); ok && o.rest == "" {
		return trim(k.Label + "\u3000" + k.Text)
	}
	return k.Label + k.Text
}
