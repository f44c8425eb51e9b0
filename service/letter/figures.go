package letter

import (
	"context"
	"time"

	"yuandu/model"
	"yuandu/store"
)

// Figures are how the city deals with letters that came in a month, office by office.
// The public and the console are told the same.
type Figures struct {
	Month       string // 2026-11
	From, Until model.Day
	Total       store.OfficeFigures
	Offices     []store.OfficeFigures
}

// FiguresOf counts the letters that came in a month, "" for the present one.
func (s *Service) FiguresOf(ctx context.Context, month string) (*Figures, error) {
	first := s.clock.Now().In(model.Shanghai)
	if month != "" {
		var err error
		if first, err = time.ParseInLocation("2006-01", month, model.Shanghai); err != nil {
			return nil, model.ErrLetterMonth
		}
	}
	first = time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, model.Shanghai)
	v := &Figures{Month: first.Format("2006-01"), From: model.Today(first), Until: model.Today(first.AddDate(0, 1, -1))}
	var err error
	if v.Offices, err = s.store.LetterFigures(ctx, v.From, v.Until, s.today()); err != nil {
		return nil, err
	}
	v.Total.Counts = map[store.LetterFigure]int{}
	for _, o := range v.Offices {
		for figure, n := range o.Counts {
			v.Total.Counts[figure] += n
		}
	}
	v.Total.MedianDays, err = s.store.MedianDays(ctx, v.From, v.Until)
	return v, err
}

// What figures are made of.
type (
	OfficeFigures = store.OfficeFigures
	Figure        = store.LetterFigure
)

// The figures.
const (
	FigureReceived  = store.FigureReceived
	FigureAnswered  = store.FigureAnswered
	FigureOnTime    = store.FigureOnTime
	FigureSolved    = store.FigureSolved
	FigureUnsolved  = store.FigureUnsolved
	FigureUnrated   = store.FigureUnrated
	FigureExplained = store.FigureExplained
	FigureReopened  = store.FigureReopened
	FigureRefused   = store.FigureRefused
	FigureEnded     = store.FigureEnded
	FigureOverdue   = store.FigureOverdue
	FigureCalled    = store.FigureCalled
)
