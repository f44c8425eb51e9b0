package feedback

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"yuandu/model"
	"yuandu/store"
)

// document is what is public of a document that a feedback is about.
type document struct {
	kind  model.Kind
	id    string
	title string
	body  model.Body
	with  model.Ref // what goes public with it, where that is not itself
	owner string    // the department, of what is no publication
}

type reader func(ctx context.Context, s *store.Store, id string) (*document, error)

// readers read what is public of each of the kinds that can be told of, nil where
// nothing is.
var readers = map[model.Kind]reader{
	model.KindPolicy: reading((*store.Store).Policy, func(p *model.Policy) document {
		return document{id: p.ID, title: p.Title, body: p.Body}
	}),
	model.KindInterpretation: reading((*store.Store).Interpretation, func(i *model.Interpretation) document {
		return document{id: i.ID, title: i.Title, body: append(i.Body, questions(i)...)}
	}),
	model.KindLetter: reading((*store.Store).PublicLetter, func(l *model.PublicLetter) document {
		return document{id: l.ID, title: l.Title, body: plain(l.Question(), l.Answer())}
	}),
	model.KindMeeting: reading((*store.Store).Meeting, func(m *model.Meeting) document {
		return document{id: m.ID, title: m.Title, body: m.Body}
	}),
	model.KindAgendaItem: reading((*store.Store).AgendaItem, func(i *model.AgendaItem) document {
		return document{id: i.ID, title: i.Title, body: append(plain(i.Decision), i.Body...), with: model.Ref{Kind: string(model.KindMeeting), ID: i.MeetingID}}
	}),
	model.KindConsultation: reading((*store.Store).Consultation, func(c *model.Consultation) document {
		return document{id: c.ID, title: c.Title, body: slices.Concat(c.Body, c.Note)}
	}),
	model.KindEvent: reading((*store.Store).Event, func(e *model.Event) document {
		return document{id: e.ID, title: e.Title, body: slices.Concat(e.Body, e.Report, plain(e.Decision, e.Result, e.Review))}
	}),
	model.KindMatter: matterOf,
	model.KindGazette: reading((*store.Store).GazetteFront, func(g *model.GazetteIssue) document {
		return document{id: g.ID, title: g.Title}
	}),
	model.KindGazettePiece: reading((*store.Store).GazettePiece, func(p *model.GazettePiece) document {
		return document{id: p.ID, title: p.Title, body: plain(p.Text()), with: model.Ref{Kind: string(model.KindGazette), ID: p.IssueID}}
	}),
}

// reading reads a kind by the store and tells what of it is told of.
func reading[T any](read func(*store.Store, context.Context, string) (*T, error), tell func(*T) document) reader {
	return func(ctx context.Context, s *store.Store, id string) (*document, error) {
		v, err := read(s, ctx, id)
		if err != nil || v == nil {
			return nil, err
		}
		d := tell(v)
		return &d, nil
	}
}

// matterOf is a matter as it was released: what is written since is nobody's yet.
func matterOf(ctx context.Context, s *store.Store, id string) (*document, error) {
	m, err := s.Matter(ctx, id)
	if err != nil || m == nil || !m.IsPublic() {
		return nil, err
	}
	return &document{id: m.ID, title: m.Released.Title, body: plain(m.Released.Summary), owner: m.DepartmentID}, nil
}

// plain are texts without a form as pieces of a body.
func plain(texts ...string) (body model.Body) {
	for _, text := range texts {
		for line := range strings.Lines(text) {
			body = append(body, model.Block{Kind: model.BlockParagraph, Text: strings.TrimSpace(line)})
		}
	}
	return body
}

// publicDocument reads a document, or the one it was merged into; nil where it is
// not public.
func (s *Service) publicDocument(ctx context.Context, kind model.Kind, id string) (*document, error) {
	read, known := readers[kind]
	if !known {
		return nil, nil
	}
	now, err := s.store.MovedTo(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	d, err := read(ctx, s.store, cmp.Or(now, id))
	if err != nil || d == nil {
		return nil, err
	}
	d.kind = kind
	if d.with.ID == "" {
		d.with = model.Ref{Kind: string(kind), ID: d.id}
	}
	return d, nil
}

// questions are the questions and answers of an interpretation as pieces of it.
func questions(i *model.Interpretation) (body model.Body) {
	for _, q := range i.Questions {
		body = append(body, model.Block{Kind: model.BlockHeading, Label: "问", Text: q.Ask}, model.Block{Kind: model.BlockParagraph, Label: "答", Text: q.Answer})
	}
	return body
}

// about is a place as it is kept. An anchor that is not there (any more) is left
// out: who reads on a phone without network may hold an older text.
func (d *document) about(p *Place) *model.FeedbackAbout {
	a := &model.FeedbackAbout{Kind: d.kind, ID: d.id, Title: d.title}
	if at := d.at(p.Anchor); at >= 0 {
		a.Anchor, a.Label = p.Anchor, label(d.body[at])
	}
	if quote, err := model.Written(p.Quote, model.FeedbackQuote); err == nil {
		a.Quote = quote
	}
	return a
}

// at is where an anchor stands, -1 where it does not.
func (d *document) at(anchor string) int {
	if anchor == "" {
		return -1
	}
	for i := range d.body {
		if d.body[i].Anchor == anchor {
			return i
		}
	}
	return -1
}

// mostLabel is how many characters of a heading stand for it.
const mostLabel = 30

// label is what a piece is called: 第十二条, or its heading's words.
func label(b model.Block) string {
	if b.Kind == model.BlockArticle && b.Label != "" {
		return b.Label
	}
	return model.Shortened(strings.TrimSpace(b.Label+" "+b.Text), mostLabel)
}

// Passage is the place of a feedback in what is public of its document today.
type Passage struct {
	Public bool          // else the document is not there any more
	Page   string        // of the document, on the open web
	Desk   model.Ref     // what is corrected: of an item, its meeting
	Found  bool          // the quoted words, or the place where they stood
	Same   bool          // the quoted words stand there as they were quoted
	Blocks []model.Block // around the place, few
	At     int           // which of them is the place
}

// Passage finds the place of a feedback in its document.
func (s *Service) Passage(ctx context.Context, a *model.FeedbackAbout) (*Passage, error) {
	d, err := s.publicDocument(ctx, a.Kind, a.ID)
	if err != nil || d == nil {
		return &Passage{}, err
	}
	p := &Passage{Public: true, Page: d.address(), Desk: d.with}
	at := d.at(a.Anchor)
	if quoted := d.quoted(a.Quote, at); quoted >= 0 {
		at, p.Same = quoted, true
	}
	if at < 0 {
		return p, nil
	}
	from, to := max(at-1, 0), min(at+2, len(d.body))
	p.Found, p.Blocks, p.At = true, d.body[from:to], at-from
	return p, nil
}

// quoted finds the piece that a quote was taken from, from a piece on and then
// from the beginning; -1 where none is it.
func (d *document) quoted(quote string, from int) int {
	words := solid(quote)
	if words == "" {
		return -1
	}
	for n := range d.body {
		i := (max(from, 0) + n) % len(d.body)
		if text := solid(model.Body{d.body[i]}.Plain()); strings.Contains(text, words) || longPart(text, words) {
			return i
		}
	}
	return -1
}

// shortestPart is how many bytes of a piece are enough to know it by in a quote
// that goes on behind it.
const shortestPart = 24

func longPart(text, words string) bool {
	return len(text) >= shortestPart && strings.Contains(words, text)
}

// solid is a text without blanks, by which quotes are compared.
func solid(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// address is the page of a document on the open web.
func (d *document) address() string {
	kind, _ := model.KeptKindOf(d.kind)
	if d.with.ID != d.id {
		of, _ := model.KeptKindOf(model.Kind(d.with.Kind))
		return of.Place + d.with.ID + kind.Place + d.id
	}
	return kind.Place + d.id
}

// ownerOf is the department that has a document, "" where none has.
func (s *Service) ownerOf(ctx context.Context, d *document) (string, error) {
	if d.owner != "" {
		return d.owner, nil
	}
	p, err := s.store.Publication(ctx, model.Kind(d.with.Kind), d.with.ID)
	if err != nil || p == nil {
		return "", err
	}
	return p.DepartmentID, nil
}
