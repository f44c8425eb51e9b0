package search

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// pageSize is how many documents are read for the index at once.
const pageSize = 200

// docs reads documents as the index holds them: the next page after an ID, or,
// of some IDs, those that are public.
func (s *Service) docs(ctx context.Context, kind model.Kind, after string, ids []string) ([]search.Doc, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	switch kind {
	case model.KindPolicy:
		return s.policyDocs(ctx, directory, after, ids)
	case model.KindInterpretation:
		return s.interpretationDocs(ctx, directory, after, ids)
	case model.KindLetter:
		return s.letterDocs(ctx, directory, after, ids)
	case model.KindMeeting:
		return s.meetingDocs(ctx, directory, after, ids)
	case model.KindAgendaItem:
		return s.itemDocs(ctx, directory, after, ids)
	case model.KindConsultation:
		return s.consultationDocs(ctx, directory, after, ids)
	case model.KindEvent:
		return s.eventDocs(ctx, directory, after, ids)
	case model.KindGazettePiece:
		return s.pieceDocs(ctx, after, ids)
	}
	return nil, fmt.Errorf("no documents of kind %q", kind)
}

// Doc reads a document as the index holds it, nil where it is not public.
func (s *Service) Doc(ctx context.Context, kind model.Kind, id string) (*search.Doc, error) {
	docs, err := s.docs(ctx, kind, "", []string{id})
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	return &docs[0], nil
}

func (s *Service) policyDocs(ctx context.Context, d *store.Directory, after string, ids []string) ([]search.Doc, error) {
	rows, err := s.store.IndexedPolicies(ctx, after, ids, pageSize)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Doc, len(rows))
	for i := range rows {
		docs[i] = policyDoc(d, &rows[i])
	}
	return docs, nil
}

// PolicyDoc is a policy, public or not yet, as the index would hold it.
func (s *Service) PolicyDoc(ctx context.Context, p *store.IndexedPolicy) (*search.Doc, error) {
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	doc := policyDoc(directory, p)
	return &doc, nil
}

func policyDoc(d *store.Directory, p *store.IndexedPolicy) search.Doc {
	own := model.NumberKey(p.DocNumber)
	doc := search.Doc{
		Kind: model.KindPolicy, ID: p.ID, Version: p.Version, Title: p.Title, NumberKey: own, Body: p.Text,
		Facets:    map[string][]string{"category": {p.Category}},
		Published: p.PublishedDate, Days: p.Days(),
	}
	for _, n := range model.FindDocNumbers(p.Text) {
		if n.Key() != own {
			doc.Cites = append(doc.Cites, n.Key())
		}
	}
	for _, t := range p.Topics {
		doc.Facets["topic"] = append(doc.Facets["topic"], t.ID)
		doc.Keywords = append(doc.Keywords, t.Name)
	}
	describe(&doc, d, p.Departments)
	return doc
}

func (s *Service) interpretationDocs(ctx context.Context, d *store.Directory, after string, ids []string) ([]search.Doc, error) {
	rows, err := s.store.IndexedInterpretations(ctx, after, ids, pageSize)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Doc, len(rows))
	for i, in := range rows {
		doc := search.Doc{
			Kind: model.KindInterpretation, ID: in.ID, Version: in.Version, Title: in.Title, Body: in.Text,
			Facets: map[string][]string{}, Published: in.PublishedDate,
		}
		for _, p := range in.Policies {
			doc.Keywords = append(doc.Keywords, p.Title)
			if key := model.NumberKey(p.DocNumber); key != "" {
				doc.Cites = append(doc.Cites, key)
			}
		}
		describe(&doc, d, in.Departments)
		docs[i] = doc
	}
	return docs, nil
}

func (s *Service) letterDocs(ctx context.Context, d *store.Directory, after string, ids []string) ([]search.Doc, error) {
	rows, err := s.store.IndexedLetters(ctx, after, ids, pageSize)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Doc, len(rows))
	for i := range rows {
		docs[i] = letterDoc(d, &rows[i])
	}
	return docs, nil
}

// letterDoc is a published letter as the index holds it: its days are those on
// which its answer stops to stand, so that it retires without a job.
func letterDoc(d *store.Directory, l *model.PublicLetter) search.Doc {
	doc := search.Doc{Kind: model.KindLetter, ID: l.ID, Version: l.Version, Title: l.Title, Body: l.Question() + "\n" + l.Answer(),
		Facets: map[string][]string{}, Published: l.Answered, Days: l.Days()}
	for _, t := range l.Topics {
		doc.Facets["topic"] = append(doc.Facets["topic"], t.ID)
		doc.Keywords = append(doc.Keywords, t.Name)
	}
	for _, b := range l.Basis {
		if key := model.NumberKey(b.DocNumber); key != "" {
			doc.Cites = append(doc.Cites, key)
		}
	}
	describe(&doc, d, l.Departments)
	return doc
}

func (s *Service) meetingDocs(ctx context.Context, d *store.Directory, after string, ids []string) ([]search.Doc, error) {
	rows, err := s.store.IndexedMeetings(ctx, after, ids, pageSize)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Doc, len(rows))
	for i, m := range rows {
		docs[i] = search.Doc{Kind: model.KindMeeting, ID: m.ID, Version: m.Version, Title: m.Title, Body: m.Text, Published: m.Day,
			Keywords: []string{m.Column.Name, m.Session(), m.Chair}, Facets: map[string][]string{"category": {m.Column.ID}}}
		describe(&docs[i], d, m.Departments)
	}
	return docs, nil
}

func (s *Service) itemDocs(ctx context.Context, d *store.Directory, after string, ids []string) ([]search.Doc, error) {
	rows, err := s.store.IndexedAgendaItems(ctx, after, ids, pageSize)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Doc, len(rows))
	for i, item := range rows {
		docs[i] = search.Doc{Kind: model.KindAgendaItem, ID: item.ID, Version: item.Version, Title: item.Title, Body: item.Decision + "\n" + item.Text,
			Published: item.Day, Keywords: []string{item.Meeting}, Facets: map[string][]string{"category": {item.ColumnID}}}
		for _, t := range item.Topics {
			docs[i].Facets["topic"] = append(docs[i].Facets["topic"], t.ID)
			docs[i].Keywords = append(docs[i].Keywords, t.Name)
		}
		for _, n := range model.FindDocNumbers(item.Decision + "\n" + item.Text) {
			docs[i].Cites = append(docs[i].Cites, n.Key())
		}
		describe(&docs[i], d, slices.Concat(item.Reporters, item.Responsible))
	}
	return docs, nil
}

func (s *Service) consultationDocs(ctx context.Context, d *store.Directory, after string, ids []string) ([]search.Doc, error) {
	rows, err := s.store.IndexedConsultations(ctx, after, ids, pageSize)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Doc, len(rows))
	for i, c := range rows {
		docs[i] = search.Doc{Kind: model.KindConsultation, ID: c.ID, Version: c.Version, Title: c.Title, Body: c.Text, Published: c.Opens,
			Keywords: []string{c.Sort}, Facets: map[string][]string{}}
		for _, t := range c.Topics {
			docs[i].Facets["topic"] = append(docs[i].Facets["topic"], t.ID)
			docs[i].Keywords = append(docs[i].Keywords, t.Name)
		}
		for _, n := range model.FindDocNumbers(c.Text) {
			docs[i].Cites = append(docs[i].Cites, n.Key())
		}
		describe(&docs[i], d, c.Departments)
	}
	return docs, nil
}

func (s *Service) eventDocs(ctx context.Context, d *store.Directory, after string, ids []string) ([]search.Doc, error) {
	rows, err := s.store.IndexedEvents(ctx, after, ids, pageSize)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Doc, len(rows))
	for i, e := range rows {
		docs[i] = search.Doc{Kind: model.KindEvent, ID: e.ID, Version: e.Version, Title: e.Title, Body: e.Text, Published: e.Day(),
			Keywords: []string{e.Kind.Name(), e.Place}, Facets: map[string][]string{"category": {string(e.Kind)}}}
		for _, t := range e.Topics {
			docs[i].Facets["topic"] = append(docs[i].Facets["topic"], t.ID)
			docs[i].Keywords = append(docs[i].Keywords, t.Name)
		}
		describe(&docs[i], d, e.Departments)
	}
	return docs, nil
}

func (s *Service) pieceDocs(ctx context.Context, after string, ids []string) ([]search.Doc, error) {
	rows, err := s.store.IndexedPieces(ctx, after, ids, pageSize)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Doc, len(rows))
	for i, p := range rows {
		docs[i] = search.Doc{Kind: model.KindGazettePiece, ID: p.ID, Version: p.Version, Title: p.Title, NumberKey: model.NumberKey(p.DocNumber), Body: p.Text(),
			Published: p.Day, Keywords: []string{p.Issuer, p.Category, p.Place.String()},
			Facets: map[string][]string{"category": {p.Category}, "year": {strconv.Itoa(p.Place.Year)}}}
		for _, n := range model.FindDocNumbers(docs[i].Body) {
			if n.Key() != docs[i].NumberKey {
				docs[i].Cites = append(docs[i].Cites, n.Key())
			}
		}
	}
	return docs, nil
}

// describe adds departments, with all above them, and the year.
func describe(doc *search.Doc, d *store.Directory, departments []model.Department) {
	seen := map[string]bool{}
	for _, at := range departments {
		doc.Keywords = append(doc.Keywords, at.Name, at.ShortName)
		doc.Keywords = append(doc.Keywords, at.Aliases...)
		for _, id := range d.Upward(at.ID) {
			if !seen[id] {
				seen[id] = true
				doc.Facets["department"] = append(doc.Facets["department"], id)
			}
		}
	}
	if y := doc.Published.Year(); y > 0 {
		doc.Facets["year"] = []string{strconv.Itoa(y)}
	}
}

// versions lists what the database holds of a kind, ordered by ID.
func (s *Service) versions(ctx context.Context, kind model.Kind, after string, limit int) ([]store.Version, error) {
	switch kind {
	case model.KindPolicy:
		return s.store.PolicyVersions(ctx, after, limit)
	case model.KindInterpretation:
		return s.store.InterpretationVersions(ctx, after, limit)
	case model.KindMeeting:
		return s.store.MeetingVersions(ctx, after, limit)
	case model.KindAgendaItem:
		return s.store.AgendaItemVersions(ctx, after, limit)
	case model.KindConsultation:
		return s.store.ConsultationVersions(ctx, after, limit)
	case model.KindEvent:
		return s.store.EventVersions(ctx, after, limit)
	case model.KindGazettePiece:
		return s.store.PieceVersions(ctx, after, limit)
	}
	return s.store.LetterVersions(ctx, after, limit)
}
