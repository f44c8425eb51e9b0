package store

import "yuandu/model"

// IndexedLetter is a published letter with its answer, as the search index and
// the related answers want it: nothing in it names its author.
type IndexedLetter struct {
	ID          string
	Version     int64 // grows with every change of what is here, its sources' days included
	Title       string
	Question    string
	Answer      string
	Topics      []model.Topic
	Departments []model.Department // that answered
	Answered    model.Day
	Confirmed   model.Day // when an office last said that the answer still stands, "" for never
	Sources     []LetterSource
}

// LetterSource is a policy that an answer rests on.
type LetterSource struct {
	model.PolicyRef
	Article string // 第十二条, "" for the whole policy
	Days    model.Days
}

// Days say until when the answer stands.
func (l *IndexedLetter) Days() model.Days {
	days := make([]model.Days, len(l.Sources))
	for i, source := range l.Sources {
		days[i] = source.Days
	}
	return model.AnswerDays(l.Answered, l.Confirmed, days)
}
