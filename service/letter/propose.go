package letter

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// mostProposed is how many offices are proposed, sureEnough the chance below which the
// first is only a possibility, and worthNaming that below which one is not named.
const (
	mostProposed = 3
	sureEnough   = 0.35
	worthNaming  = 0.08
)

// How much is learned from, and for how long it is believed.
const (
	recentLetters = 20_000
	recentPapers  = 1_000
	recentAnswers = 2_000 // whose words are kept one by one
	learnedFor    = time.Hour
	fewLearned    = 200         // letters, so quickly learned that nobody has to wait
	fewLearnedFor = time.Minute // and each of which changes much
	learnWithin   = 5 * time.Minute
)

// Synonyms are the house's lists of words that mean the same.
type Synonyms func(context.Context) (*search.Synonyms, error)

// AdviseBy has offices proposed to the Centre, by words that the house's lists know.
func (s *Service) AdviseBy(synonyms Synonyms) { s.adviser.synonyms = synonyms }

// adviser holds what was learned. It is in memory alone: letters lie sealed, and their
// words are not written down beside them.
type adviser struct {
	synonyms Synonyms // nil where nothing is proposed
	mu       sync.Mutex
	learned  *learned
	learning bool
}

// learned is what is known of who handles what.
type learned struct {
	model.Adviser
	at       time.Time
	synonyms *search.Synonyms
}

// Proposal are the offices that a letter may be for, the likeliest first; none where
// nobody could say why.
type Proposal struct {
	Offices         []model.Proposed
	Sure            bool // the first is likely to be the one
	Proposed, Taken int  // of the last ProposalDays
}

// ProposalDays is for how many days it is said how often proposals were taken.
const ProposalDays = 90

// Propose says to the Centre which office a letter may be for, and why.
func (s *Service) Propose(ctx context.Context, by model.Actor, id string) (*Proposal, error) {
	l, err := s.store.Letter(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case l == nil:
		return nil, model.ErrLetterMissing
	}
	rights, err := s.RightsTo(ctx, by, l)
	switch {
	case err != nil:
		return nil, err
	case !rights.Read:
		return nil, model.ErrNotAllowed
	}
	p := &Proposal{}
	if rights.Dispatch {
		if p.Offices, p.Sure, err = s.proposed(ctx, l); err != nil {
			return nil, err
		}
	}
	p.Proposed, p.Taken, err = s.store.CountProposals(ctx, s.clock.Now().AddDate(0, 0, -ProposalDays))
	return p, err
}

// proposed are the offices for a letter, and whether the first is likely to be the one.
func (s *Service) proposed(ctx context.Context, l *model.Letter) (list []model.Proposed, sure bool, err error) {
	known, err := s.knowledge(ctx)
	if err != nil || known == nil {
		return nil, false, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, false, err
	}
	text := l.Title + "\n" + l.Text
	c := CluesOf(text, known.synonyms)
	c.Topic, c.Wanted, c.Named = l.TopicID, directory.Now(l.WantedID), NamedIn(text, directory.Departments)
	leans, overlap := model.Competent(known.Lean(c), model.Standings(directory.Departments), l.Place.Words+"\n"+text)
	called := model.Called{Office: shortNames(directory), Topic: topicNames(directory), Stands: s.stands(ctx)}
	words := search.KnownWords(search.Fold(text), known.synonyms)
	for place, lean := range leans {
		if len(list) == mostProposed || lean.Chance < worthNaming || directory.Department(lean.Office) == nil {
			break
		}
		p := model.Proposed{Office: lean.Office, Chance: lean.Chance, Reasons: known.Reasons(lean.Office, c, words, called)}
		if len(p.Reasons) == 0 { // it may be likely, and nobody could say why
			continue
		}
		sure = sure || place == 0 && lean.Chance >= sureEnough
		if overlap[lean.Office] {
			p.Reasons = append(p.Reasons, model.Overlap)
		}
		list = append(list, p)
	}
	return list, sure, nil
}

// stands says whether an answer may be named to those who dispatch letters.
func (s *Service) stands(ctx context.Context) func(model.AnswerEntry) bool {
	return func(e model.AnswerEntry) bool {
		if !e.Public {
			return true
		}
		public, err := s.IsPublic(ctx, e.ID)
		return err == nil && public
	}
}

func shortNames(d *store.Directory) func(string) string {
	return func(id string) string {
		if office := d.Department(id); office != nil {
			return cmp.Or(office.ShortName, office.Name)
		}
		return ""
	}
}

func topicNames(d *store.Directory) func(string) string {
	return func(id string) string {
		if topic := d.Topic(id); topic != nil {
			return topic.Name
		}
		return ""
	}
}

// knowledge is what was learned: at the first question it is waited for, later it is
// learned anew beside the work.
func (s *Service) knowledge(ctx context.Context) (*learned, error) {
	a := &s.adviser
	if a.synonyms == nil {
		return nil, nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.learned == nil || a.learned.Letters.Letters() < fewLearned && s.clock.Now().Sub(a.learned.at) > fewLearnedFor {
		known, err := s.learn(ctx)
		if err == nil {
			a.learned = known
		}
		return known, err
	}
	if s.clock.Now().Sub(a.learned.at) > learnedFor && !a.learning {
		a.learning = true
		go s.learnAnew(context.WithoutCancel(ctx))
	}
	return a.learned, nil
}

func (s *Service) learnAnew(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, learnWithin)
	defer cancel()
	known, err := s.learn(ctx)
	if err != nil {
		slog.Error("who handles what was not learned anew", "error", err)
	}
	s.adviser.mu.Lock()
	defer s.adviser.mu.Unlock()
	s.adviser.learning = false
	if err == nil {
		s.adviser.learned = known
	}
}

// learn counts the words of the letters of late, and those of public documents.
func (s *Service) learn(ctx context.Context) (*learned, error) {
	synonyms, err := s.adviser.synonyms(ctx)
	if err != nil {
		return nil, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	known := &learned{model.NewAdviser(), s.clock.Now(), synonyms}
	LearnNames(known.Papers, directory.Departments, synonyms)
	if err := s.learnPapers(ctx, known, directory); err != nil {
		return nil, err
	}
	if err := s.learnAnswers(ctx, known, directory); err != nil {
		return nil, err
	}
	if err := s.learnLetters(ctx, known, directory); err != nil {
		return nil, err
	}
	known.Letters.Settle()
	return known, nil
}

func (s *Service) learnLetters(ctx context.Context, known *learned, directory *store.Directory) error {
	for before, n := afterAll, 0; n < recentLetters; {
		list, err := s.store.HandledLetters(ctx, before, someAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		for i := range list {
			l := &list[i]
			c := CluesOf(l.Title+"\n"+l.Text, known.synonyms)
			c.Topic, c.Wanted, c.Author = l.Topic, directory.Now(l.Wanted), cmp.Or(l.Author, l.ID)
			known.Letters.Learn(directory.Now(l.Office), c)
		}
		n += len(list)
		before = list[len(list)-1].ID
	}
	return nil
}

const (
	afterAll   = "~" // after every ID
	someAtOnce = 500
)

func (s *Service) learnPapers(ctx context.Context, known *learned, directory *store.Directory) error {
	offices := namesOf(directory.Departments)
	for after, n := "", 0; n < recentPapers; {
		list, err := s.store.IndexedPolicies(ctx, after, nil, 100)
		if err != nil || len(list) == 0 {
			return err
		}
		for i := range list {
			var makers []string
			for _, d := range list[i].Departments {
				makers = append(makers, d.ID)
			}
			for article := range strings.SplitSeq(list[i].Text, "\n") {
				learnPaper(known.Papers, article, offices, makers, known.synonyms)
			}
		}
		n += len(list)
		after = list[len(list)-1].ID
	}
	return nil
}

// learnAnswers counts what offices know, and what they have answered in public.
func (s *Service) learnAnswers(ctx context.Context, known *learned, directory *store.Directory) error {
	entries, err := s.store.CurrentKnowledge(ctx)
	if err != nil {
		return err
	}
	for _, k := range entries {
		e := AnswerOf(k, known.synonyms)
		e.Office = directory.Now(e.Office)
		known.LearnAnswer(e)
	}
	letters, err := s.store.NewestPublicLetters(ctx, recentAnswers)
	if err != nil {
		return err
	}
	for _, l := range letters {
		words := CluesOf(l.Title+"\n"+l.Question(), known.synonyms).Words
		for _, at := range l.Departments {
			known.LearnAnswer(model.AnswerEntry{ID: l.ID, Office: at.ID, Title: l.Title, Public: true, Words: words})
		}
	}
	return nil
}

// AnswerOf is a knowledge entry as it is learned from.
func AnswerOf(k model.Knowledge, synonyms *search.Synonyms) model.AnswerEntry {
	text := strings.Join(append(slices.Clone(k.OtherWays), k.Question, k.Answer), "\n")
	return model.AnswerEntry{ID: k.ID, Office: k.DepartmentID, Title: k.Question, Words: CluesOf(text, synonyms).Words}
}

// CluesOf are the words of a text: every two characters, and those that the house's own
// lists know.
func CluesOf(text string, synonyms *search.Synonyms) model.Clues {
	folded := search.Fold(text)
	words := append(search.Bigrams(folded), search.KnownWords(folded, synonyms)...)
	slices.Sort(words)
	return model.Clues{Words: slices.Compact(words)}
}

// names are what offices are called, in a text that is folded.
type names []named

type named struct{ name, office string }

// namesOf are the names of offices, the longest first: 交警支队 is not 公安局.
func namesOf(departments []model.Department) (all names) {
	for _, d := range departments {
		for _, name := range append([]string{d.Name, d.ShortName}, d.Aliases...) {
			if utf8.RuneCountInString(name) > 1 {
				all = append(all, named{search.Fold(name), d.ID})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b named) int { return len(b.name) - len(a.name) })
	return all
}

// in are the offices that a folded text speaks of, each once.
func (n names) in(folded string) (offices []string) {
	for _, one := range n {
		if strings.Contains(folded, one.name) {
			folded = strings.ReplaceAll(folded, one.name, " ")
			if !slices.Contains(offices, one.office) {
				offices = append(offices, one.office)
			}
		}
	}
	return offices
}

// LearnPaper counts what an article says of the offices that it names, or else of those
// that made the document.
func LearnPaper(p *model.Precedents, article string, departments []model.Department, makers []string, synonyms *search.Synonyms) {
	learnPaper(p, article, namesOf(departments), makers, synonyms)
}

func learnPaper(p *model.Precedents, article string, offices names, makers []string, synonyms *search.Synonyms) {
	named := offices.in(search.Fold(article))
	if len(named) == 0 {
		named = makers
	}
	c := CluesOf(article, synonyms)
	for _, office := range named {
		p.Learn(office, c)
	}
}

// NamedIn are the offices that a text speaks of.
func NamedIn(text string, departments []model.Department) []string {
	return namesOf(departments).in(search.Fold(text))
}

// LearnNames counts what the offices are called: their names are their duties in short.
func LearnNames(p *model.Precedents, departments []model.Department, synonyms *search.Synonyms) {
	for _, d := range departments {
		p.Learn(d.ID, CluesOf(strings.Join(append([]string{d.Name, d.ShortName}, d.Aliases...), "\n"), synonyms))
	}
}
