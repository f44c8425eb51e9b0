package voice

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"yuandu/media/speech"
	"yuandu/model"
	"yuandu/store"
)

// script is what is said of a document, in the order of its page.
type script struct {
	version int64
	day     model.Day // of its publication, "" where that is not known
	pieces  []piece
}

// piece is what is said of one place of a page.
type piece struct {
	place string
	model.Block
	unseen int // runes of the label that are said and not shown
}

type reader func(ctx context.Context, s *store.Store, id string) (*script, error)

// readers tell what is said of each of the kinds that are heard, nil where nothing is
// public.
var readers = map[model.Kind]reader{
	model.KindPolicy: reading((*store.Store).Policy, func(p *model.Policy) script {
		return script{p.Version, p.PublishedDate, append(title(p.Title), body(p.Body)...)}
	}),
	model.KindInterpretation: reading((*store.Store).Interpretation, func(i *model.Interpretation) script {
		return script{i.Version, i.PublishedDate, slices.Concat(title(i.Title), questions(i.Questions), body(i.Body))}
	}),
	model.KindGazettePiece: reading(printed, func(p *store.IndexedPiece) script {
		return script{p.Version, p.Day, append(title(p.Title), flow(p.Flow)...)}
	}),
}

// reading reads a kind by the store and tells what is said of it.
func reading[T any](read func(*store.Store, context.Context, string) (*T, error), tell func(*T) script) reader {
	return func(ctx context.Context, s *store.Store, id string) (*script, error) {
		v, err := read(s, ctx, id)
		if err != nil || v == nil {
			return nil, err
		}
		said := tell(v)
		return &said, nil
	}
}

func printed(s *store.Store, ctx context.Context, id string) (*store.IndexedPiece, error) {
	list, err := s.IndexedPieces(ctx, "", []string{id}, 1)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func title(text string) []piece {
	return []piece{{place: "title", Block: model.Block{Kind: model.BlockHeading, Text: text}}}
}

func body(body model.Body) (all []piece) {
	for i, b := range body {
		all = append(all, piece{place: "b" + strconv.Itoa(i), Block: b})
	}
	return all
}

func flow(list []model.GazetteParagraph) (all []piece) {
	for i, p := range list {
		all = append(all, piece{place: "b" + strconv.Itoa(i), Block: model.Block{Kind: model.BlockParagraph, Text: p.Text}})
	}
	return all
}

func questions(list []model.Question) (all []piece) {
	said := func(place, label, text string, kind model.BlockKind) piece {
		return piece{place, model.Block{Kind: kind, Label: label, Text: text}, utf8.RuneCountInString(label)}
	}
	for i, q := range list {
		nth := strconv.Itoa(i + 1)
		all = append(all, said("q"+nth, "问：", q.Ask, model.BlockHeading), said("a"+nth, "答：", q.Answer, model.BlockParagraph))
	}
	return all
}

// sentences are what is spoken of it; their blocks count its pieces.
func (s *script) sentences() []speech.Sentence {
	blocks := make(model.Body, len(s.pieces))
	for i, p := range s.pieces {
		blocks[i] = p.Block
	}
	return speech.OfBody(blocks)
}

// shown is a stretch of a piece's runes in the UTF-16 units of what its place shows.
func (p *piece) shown(r speech.Range) (from, to int) {
	runes := []rune(p.written())
	units := func(n int) (u int) {
		for _, c := range runes[min(p.unseen, len(runes)):min(max(n, p.unseen), len(runes))] {
			u += utf16.RuneLen(c)
		}
		return u
	}
	return units(r.From), units(r.To)
}

// written is what the places of a piece are counted through.
func (p *piece) written() string {
	var s strings.Builder
	s.WriteString(p.Label + p.Text)
	for _, row := range p.Rows {
		for _, cell := range row {
			s.WriteString(cell)
		}
	}
	return s.String()
}
