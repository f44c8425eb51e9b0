package model

import (
	"slices"
	"strings"
	"time"
)

// PublicLetter is a letter with its answers as everybody may read it: its author has
// agreed (个人信息保护法第二十五条), two people of the staff have looked, and nothing in
// it tells who wrote. It has the ID of the letter.
type PublicLetter struct {
	ID          string
	Version     int64 // grows with every change that an answer about it shows
	Title       string
	Channel     LetterChannel
	Author      string     // as the public may call the author, "" for nobody's name
	Exchanges   []Question // the letter with its answer, then what was asked later
	Outcome     LetterOutcome
	Departments []Department // that answered
	Topics      []Topic
	Asked       Day
	Answered    Day
	Confirmed   Day // when an office last said that the answer still stands, "" for never
	LapsesOn    Day // the first day on which the answer stands no more, "" for none in sight
	Basis       []LetterBasis
	Useful      int // residents to whom it was useful
	PublishedAt time.Time
	UpdatedAt   time.Time
}

// LetterBasis is a policy that an answer rests on.
type LetterBasis struct {
	PolicyRef
	Article string // 第十二条, "" for the whole policy
	Days    Days
}

// Named is the policy with its number and article: 供热办法（鸢政发〔2022〕11号）第三条.
func (b LetterBasis) Named() string {
	name := b.Title
	if b.DocNumber != "" {
		name += "（" + b.DocNumber + "）"
	}
	return name + b.Article
}

// LetterTakenBack stands for the title of a letter that is not public any more, with who
// kept it or told what was wrong with it.
const LetterTakenBack = "不再公开的来信"

// Question is all that was asked.
func (l *PublicLetter) Question() string {
	return said(l.Exchanges, func(q Question) string { return q.Ask })
}

// Answer is all that was answered.
func (l *PublicLetter) Answer() string {
	return said(l.Exchanges, func(q Question) string { return q.Answer })
}

func said(list []Question, of func(Question) string) string {
	parts := make([]string, len(list))
	for i, q := range list {
		parts[i] = of(q)
	}
	return strings.Join(parts, "\n")
}

// Days say until when the answer stands.
func (l *PublicLetter) Days() Days {
	days := make([]Days, len(l.Basis))
	for i, b := range l.Basis {
		days[i] = b.Days
	}
	return AnswerDays(l.Answered, l.Confirmed, days)
}

// StandsOn says whether the answer may be shown on a day: it retires with the policy
// that it rests on, until an office confirms it.
func (l *PublicLetter) StandsOn(day Day) bool { return l.LapsesOn == "" || day < l.LapsesOn }

// Lapse derives LapsesOn. Where only a source's word tells that a policy has lapsed,
// the answer stood on no day since.
func (l *PublicLetter) Lapse() {
	day, known := l.Days().LapsedOn()
	if !known {
		day = max(l.Answered, l.Confirmed)
	}
	l.LapsesOn = day
}

// Canonical is the public letter in the form that is hashed.
func (l *PublicLetter) Canonical() []byte {
	sources := []string{}
	for _, s := range l.Basis {
		sources = append(sources, s.Named())
	}
	return CanonicalForm{
		Form: 1, Kind: KindLetter, Title: l.Title, Departments: names(l.Departments), Theme: l.Channel.Name(), Category: l.Outcome.Name(),
		Written: l.Asked, Published: l.Answered, Body: []CanonicalBlock{}, Questions: l.Exchanges, Interprets: sources,
		Attachments: []FileProof{},
	}.bytes()
}

// PublicLetterDraft is the working copy of a letter that is to be public.
type PublicLetterDraft struct {
	Title         string       `json:"title" maxLength:"100" doc:"标题"`
	Author        string       `json:"author,omitempty" maxLength:"20" doc:"公开的称呼；空着为匿名"`
	Exchanges     []Question   `json:"exchanges" maxItems:"8" doc:"来信和答复，追问和再次答复在后"`
	DepartmentIDs []string     `json:"department_ids,omitempty" maxItems:"10" doc:"答复的部门"`
	TopicIDs      []string     `json:"topic_ids,omitempty" maxItems:"18" doc:"专题"`
	Basis         []DraftBasis `json:"basis,omitempty" maxItems:"10" doc:"答复所依据的文件；文件失效，答复跟着下架"`
}

// DraftBasis is a policy that an answer of a working copy rests on.
type DraftBasis struct {
	PolicyID string `json:"policy_id" maxLength:"26" doc:"文件的编号"`
	Article  string `json:"article,omitempty" maxLength:"40" doc:"第几条；空着为整份文件"`
}

// Errors of letters on their way to the public.
var (
	ErrLetterNoConsent   = &Error{Conflict, "letter.no_consent", "", nil}
	ErrLetterUnanswered  = &Error{Conflict, "letter.unanswered", "", nil}
	ErrLetterRetired     = &Error{NotFound, "letter.retired", "", nil}    // title, day
	ErrLetterTakenBack   = &Error{NotFound, "letter.taken_back", "", nil} // reason, day
	ErrLetterStands      = &Error{Conflict, "letter.stands", "", nil}
	ErrPublicLetterWords = &Error{Invalid, "letter.public_words", "exchanges", nil} // most
)

// PublicLetterText is how long one question or answer may be, in characters.
const PublicLetterText = 6000

// MayGoPublic says whether a letter can be made public: its author agrees, and has an
// answer that nobody is changing.
func (l *Letter) MayGoPublic() error {
	switch {
	case !l.MayPublish:
		return ErrLetterNoConsent
	case l.Answer() == nil || l.State.IsOpen():
		return ErrLetterUnanswered
	}
	return nil
}

// Exchanges are what the author wrote and what was answered, word by word: additions
// go with what they were added to.
func (l *Letter) Exchanges() (list []Question) {
	ask, replies := []string{l.Text}, l.Replies
	for _, e := range l.Events {
		switch e.What {
		case LetterStepAdded, LetterStepQuestioned:
			ask = append(ask, e.Text)
		case LetterStepAnswered:
			i := slices.IndexFunc(replies, func(r LetterReply) bool { return r.IsSent() })
			if i < 0 {
				continue
			}
			list = append(list, Question{strings.Join(ask, "\n"), replies[i].Text})
			ask, replies = nil, replies[i+1:]
		}
	}
	return list
}
