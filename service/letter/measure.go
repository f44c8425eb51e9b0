package letter

import (
	"fmt"

	"yuandu/model"
)

// Example is a letter of which is known who handled it.
type Example struct {
	Office string
	Clues  model.Clues
}

// Measured is how often a proposal is right, beside the office that has most.
type Measured struct {
	Letters, First, Three int
	Said, Right           int // where it was sure enough to speak
	Majority              int
}

func (m Measured) String() string {
	part := func(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }
	return fmt.Sprintf("%d letters: first guess right %.1f %%, among three %.1f %%; speaks in %.1f %%, then right %.1f %%; majority guess %.1f %%",
		m.Letters, part(m.First, m.Letters), part(m.Three, m.Letters), part(m.Said, m.Letters), part(m.Right, m.Said), part(m.Majority, m.Letters))
}

// Measure proposes an office for each example by what the others tell: each one is left
// out by itself, or, where there are many, with every folds-th.
// With is what is known besides: public documents, and what offices have answered.
func Measure(list []Example, with model.Adviser, folds int) (m Measured) {
	folds = min(max(folds, 2), len(list))
	for fold := range folds {
		known := model.NewPrecedents(model.LeastAuthors)
		for i, e := range list {
			if i%folds != fold {
				known.Learn(e.Office, e.Clues)
			}
		}
		known.Settle()
		adviser, majority := with, known.Busiest()
		adviser.Letters = known
		for i := fold; i < len(list); i += folds {
			m.count(list[i], adviser.Lean(list[i].Clues), majority)
		}
	}
	return m
}

func (m *Measured) count(e Example, leans []model.Leaning, majority string) {
	m.Letters++
	if e.Office == majority {
		m.Majority++
	}
	for place, l := range leans[:min(mostProposed, len(leans))] {
		if l.Office != e.Office {
			continue
		}
		m.Three++
		if place == 0 {
			m.First++
		}
	}
	if len(leans) > 0 && leans[0].Chance >= sureEnough {
		m.Said++
		if leans[0].Office == e.Office {
			m.Right++
		}
	}
}
