package letter

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yuandu/check"
	"yuandu/model"
	"yuandu/store"
)

// Desk is letters on their way to the public.
type Desk struct {
	*Service
	rules func(context.Context) (check.Rules, error)
}

// Desk gives the way of publications what it must know of letters; rules are what
// texts are checked by.
func (s *Service) Desk(rules func(context.Context) (check.Rules, error)) *Desk {
	return &Desk{s, rules}
}

// Unpublisher takes a letter from the public, for a reason that is shown where it stood.
type Unpublisher = func(ctx context.Context, tx *store.Tx, id, reason string) error

// UnpublishBy lets a letter go from the public as soon as its author no longer agrees.
// It is called before anything is asked.
func (s *Service) UnpublishBy(take Unpublisher) { s.unpublish = take }

// Kind of the documents.
func (d *Desk) Kind() model.Kind { return model.KindLetter }

// Read understands a working copy.
func (d *Desk) Read(content []byte) (model.WorkingCopy, error) {
	draft, err := model.ReadDraft[model.PublicLetterDraft](content)
	if err != nil {
		return model.WorkingCopy{}, err
	}
	for _, q := range draft.Exchanges {
		if utf8.RuneCountInString(q.Ask) > model.PublicLetterText || utf8.RuneCountInString(q.Answer) > model.PublicLetterText {
			return model.WorkingCopy{}, model.ErrPublicLetterWords.With("exchanges", map[string]any{"most": model.PublicLetterText})
		}
	}
	return model.WorkingCopy{Content: model.WriteDraft(draft), Title: draft.Title}, nil
}

// Public is what is public of a letter, as a working copy; where nothing is, the first
// one that is proposed.
func (d *Desk) Public(ctx context.Context, id string) ([]byte, error) {
	l, err := d.store.PublicLetter(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case l == nil:
		content, _, err := d.propose(ctx, id)
		return content, err
	}
	draft := &model.PublicLetterDraft{Title: l.Title, Author: l.Author, Exchanges: l.Exchanges,
		DepartmentIDs: model.DepartmentIDs(l.Departments), TopicIDs: model.TopicIDs(l.Topics)}
	for _, b := range l.Basis {
		if b.ID != "" {
			draft.Basis = append(draft.Basis, model.DraftBasis{PolicyID: b.ID, Article: b.Article})
		}
	}
	return model.WriteDraft(draft), nil
}

// Preview is the public letter that a working copy would be.
func (d *Desk) Preview(ctx context.Context, id string, content []byte) (*model.PublicLetter, error) {
	l, err := d.store.Letter(ctx, id)
	if err != nil || l == nil {
		return nil, orMissing(err)
	}
	return d.publicOf(ctx, l, content)
}

// Form is the canonical form that a working copy would have if it were public.
func (d *Desk) Form(ctx context.Context, id string, content []byte) (f model.CanonicalForm, _ []model.Attachment, err error) {
	p, err := d.Preview(ctx, id, content)
	if err != nil {
		return f, nil, err
	}
	f, err = model.ReadCanonical(p.Canonical())
	return f, nil, err
}

// Publish makes a working copy what is public. It is ErrLetterNoConsent where its
// author no longer agrees.
func (d *Desk) Publish(ctx context.Context, tx *store.Tx, p *model.Publication, e store.Edition) (int64, error) {
	l, err := tx.LetterFor(ctx, p.ID)
	if err != nil {
		return 0, err
	}
	if err := l.MayGoPublic(); err != nil {
		return 0, err
	}
	public, err := d.publicOf(ctx, l, p.Content)
	if err != nil {
		return 0, err
	}
	err = tx.PublishLetter(ctx, public, e)
	return public.Version, err
}

// publicOf is the public letter that a working copy would be.
func (d *Desk) publicOf(ctx context.Context, l *model.Letter, content []byte) (*model.PublicLetter, error) {
	draft, err := model.ReadDraft[model.PublicLetterDraft](content)
	if err != nil {
		return nil, err
	}
	directory, err := d.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	p := &model.PublicLetter{ID: l.ID, Title: strings.TrimSpace(draft.Title), Channel: l.Channel, Author: strings.TrimSpace(draft.Author),
		Exchanges: draft.Exchanges, Asked: model.Today(l.ReceivedAt)}
	if answer := l.Answer(); answer != nil {
		p.Outcome, p.Answered = answer.Outcome, model.Today(answer.SentAt)
	}
	p.Departments, p.Topics = directory.DepartmentsOf(draft.DepartmentIDs), directory.TopicsOf(draft.TopicIDs)

	p.Basis, err = d.basisOf(ctx, draft.Basis)
	return p, err
}

func (d *Desk) basisOf(ctx context.Context, list []model.DraftBasis) ([]model.LetterBasis, error) {
	ids := make([]string, len(list))
	for i, b := range list {
		ids[i] = b.PolicyID
	}
	refs, err := d.store.PolicyRefs(ctx, ids)
	if err != nil {
		return nil, err
	}
	var basis []model.LetterBasis
	for _, b := range list {
		if i := slices.IndexFunc(refs, func(r model.PolicyRef) bool { return r.ID == b.PolicyID }); i >= 0 {
			basis = append(basis, model.LetterBasis{PolicyRef: refs[i], Article: strings.TrimSpace(b.Article)})
		}
	}
	return basis, nil
}

// Publication is where a letter is on its way to the public, nil where nobody has begun.
func (d *Desk) Publication(ctx context.Context, id string) (*model.Publication, error) {
	p, err := d.store.Publication(ctx, model.KindLetter, id)
	if p == nil || !p.DeletedAt.IsZero() {
		return nil, err
	}
	return p, err
}

// Touches is what those follow who are told of a change.
func (d *Desk) Touches(ctx context.Context, tx *store.Tx, id string) ([]model.Touch, error) {
	return tx.LetterTouches(ctx, id)
}

// Withdraw takes the letter from the public.
func (d *Desk) Withdraw(ctx context.Context, tx *store.Tx, id string) error {
	return tx.WithdrawLetter(ctx, id)
}

// Original is a letter with its answers word by word, beside which it is made fit to
// be public.
type Original struct {
	Letter    *model.Letter
	Title     Marked
	Exchanges []MarkedExchange
	author    string // "" where it is not known
}

// Marked is a text with the stretches that should not be public.
type Marked = check.Marked

// MarkedExchange is what was asked, and answered.
type MarkedExchange struct{ Ask, Answer Marked }

// Original reads a letter for those who may read it, with what should not be public.
func (d *Desk) Original(ctx context.Context, by model.Actor, id string) (*Original, error) {
	if _, err := d.Get(ctx, by, id); err != nil {
		return nil, err
	}
	return d.original(ctx, id)
}

func (d *Desk) original(ctx context.Context, id string) (*Original, error) {
	l, err := d.store.Letter(ctx, id)
	if err != nil || l == nil {
		return nil, orMissing(err)
	}
	author, err := d.store.LetterAuthorName(ctx, id)
	if err != nil {
		return nil, err
	}
	names := append(namesIn(l), author)
	marked := func(text string) Marked { return check.MarkPrivate(text, names...) }
	o := &Original{Letter: l, Title: marked(l.Title), author: author}
	for _, q := range l.Exchanges() {
		o.Exchanges = append(o.Exchanges, MarkedExchange{marked(q.Ask), marked(q.Answer)})
	}
	return o, nil
}

// namesIn are the names that a letter and its answers give somewhere: they are to go
// wherever they stand.
func namesIn(l *model.Letter) (names []string) {
	texts := []string{l.Title}
	for _, q := range l.Exchanges() {
		texts = append(texts, q.Ask, q.Answer)
	}
	for _, text := range texts {
		for _, span := range check.Private(text) {
			if name := span.Of(text); span.Kind == check.SpanName && utf8.RuneCountInString(name) > 1 && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// Propose is the first working copy of a letter whose author agrees, and the
// department whose it is: what tells of a person has stand-ins already.
func (d *Desk) Propose(ctx context.Context, by model.Actor, id string) (content []byte, departmentID string, err error) {
	if _, err := d.Get(ctx, by, id); err != nil {
		return nil, "", err
	}
	return d.propose(ctx, id)
}

func (d *Desk) propose(ctx context.Context, id string) (content []byte, departmentID string, err error) {
	o, err := d.original(ctx, id)
	if err != nil {
		return nil, "", err
	}
	l := o.Letter
	if err := l.MayGoPublic(); err != nil {
		return nil, "", err
	}
	draft := &model.PublicLetterDraft{Title: o.Title.Redacted(), DepartmentIDs: answered(l)}
	for _, x := range o.Exchanges {
		draft.Exchanges = append(draft.Exchanges, model.Question{Ask: x.Ask.Redacted(), Answer: x.Answer.Redacted()})
	}
	if l.TopicID != "" {
		draft.TopicIDs = []string{l.TopicID}
	}
	if !l.Anonymous {
		draft.Author = o.author
	}
	if draft.Basis, err = d.basisSaid(ctx, l); err != nil {
		return nil, "", err
	}
	return model.WriteDraft(draft), cmp.Or(l.LeadID, append(draft.DepartmentIDs, "")[0]), nil
}

// answered are the departments whose replies the author has, each once.
func answered(l *model.Letter) (ids []string) {
	for _, r := range sent(l) {
		if r.DepartmentID != "" && !slices.Contains(ids, r.DepartmentID) {
			ids = append(ids, r.DepartmentID)
		}
	}
	if len(ids) == 0 && l.LeadID != "" {
		ids = []string{l.LeadID}
	}
	return ids
}

var articleSaid = regexp.MustCompile(`^[^。；\n]{0,12}?(第[一二三四五六七八九十百零0-9]+条)`)

// basisSaid are the policies whose numbers the replies name, with the article behind
// the number.
func (d *Desk) basisSaid(ctx context.Context, l *model.Letter) (list []model.DraftBasis, err error) {
	for _, r := range sent(l) {
		text := r.Basis + "\n" + r.Text
		for _, n := range model.FindDocNumbers(text) {
			refs, err := d.store.PoliciesByNumber(ctx, n.Key(), "")
			if err != nil {
				return nil, err
			}
			if len(refs) == 0 || slices.ContainsFunc(list, func(b model.DraftBasis) bool { return b.PolicyID == refs[0].ID }) {
				continue
			}
			b := model.DraftBasis{PolicyID: refs[0].ID}
			if _, behind, ok := strings.Cut(text, fmt.Sprintf("%d号", n.Sequence)); ok {
				if said := articleSaid.FindStringSubmatch(behind); said != nil {
					b.Article = said[1]
				}
			}
			list = append(list, b)
		}
	}
	return list[:min(len(list), 10)], nil
}

// Check finds in a working copy what must not go public, and what is missing.
func (d *Desk) Check(ctx context.Context, p *model.Publication) ([]check.Finding, error) {
	draft, err := model.ReadDraft[model.PublicLetterDraft](p.Content)
	if err != nil {
		return nil, err
	}
	l, err := d.store.Letter(ctx, p.ID)
	if err != nil || l == nil {
		return nil, orMissing(err)
	}
	rules, err := d.rules(ctx)
	if err != nil {
		return nil, err
	}
	author, err := d.store.LetterAuthorName(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	names := append(namesIn(l), author)
	list := lacks(draft, l.MayGoPublic())
	look := func(field, text string) { list = append(list, findings(field, text, rules, names)...) }
	look("title", draft.Title)
	for n, q := range draft.Exchanges {
		look(fmt.Sprintf("questions:%d", n), q.Ask)
		look(fmt.Sprintf("answers:%d", n), q.Answer)
	}
	return list, nil
}

// lacks is what a letter has to have before it is public.
func lacks(d *model.PublicLetterDraft, refused error) []check.Finding {
	m := check.Missing{}
	m.When(refused == model.ErrLetterNoConsent, check.Stop, "public_letter.no_consent", "")
	m.When(refused == model.ErrLetterUnanswered, check.Stop, "public_letter.unanswered", "")
	m.When(strings.TrimSpace(d.Title) == "", check.Stop, "draft.no_title", "title")
	m.When(len(d.DepartmentIDs) == 0, check.Stop, "draft.no_department", "department_ids")
	m.When(len(d.Exchanges) == 0 || strings.TrimSpace(d.Exchanges[0].Ask) == "", check.Stop, "public_letter.no_question", "questions:0")
	for n, q := range d.Exchanges {
		m.When(strings.TrimSpace(q.Answer) == "", check.Stop, "public_letter.no_answer", fmt.Sprintf("answers:%d", n))
	}
	m.When(len(d.TopicIDs) == 0, check.Note, "public_letter.no_topic", "topic_ids")
	m.When(len(d.Basis) == 0, check.Note, "public_letter.no_basis", "basis")
	return m.List
}

// ofPerson are the findings for what tells of a person and is no number.
var ofPerson = map[check.SpanKind]string{check.SpanName: "public_letter.name", check.SpanAddress: "public_letter.address"}

// findings are what is checked in every text, and the names and homes that letters
// must not have; each with what may stand there instead.
func findings(field, text string, rules check.Rules, names []string) []check.Finding {
	list, spans := check.Line(field, text, rules), check.Private(text, names...)
	told := make([]bool, len(spans))
	for i := range list {
		if strings.HasPrefix(list[i].Code, "personal.") {
			standIn(&list[i], text, spans, told)
		}
	}
	for i, span := range spans {
		code := ofPerson[span.Kind]
		if code == "" || told[i] {
			continue
		}
		at := check.PlaceOf(field)
		at.From, at.Len = span.From, span.Len
		list = append(list, check.Finding{Code: code, Severity: check.Ask, Place: at, Text: span.Masked(text),
			Hint: map[string]any{"instead": span.StandIn(text)}})
	}
	return list
}

// standIn gives a finding its place with a stand-in for each stretch in it; of those
// nothing else need be told.
func standIn(f *check.Finding, text string, spans []check.Span, told []bool) {
	piece := check.Span{From: f.Place.From, Len: f.Place.Len}.Of(text)
	var within []check.Span
	for i, span := range spans {
		if span.From >= f.Place.From && span.From+span.Len <= f.Place.From+f.Place.Len {
			told[i] = true
			span.From -= f.Place.From
			within = append(within, span)
		}
	}
	if len(within) > 0 {
		f.Hint = map[string]any{"instead": check.Redacted(piece, within)}
	}
}
