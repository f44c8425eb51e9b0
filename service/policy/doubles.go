package policy

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"yuandu/model"
	"yuandu/store"
	"yuandu/store/search"
)

// Doubles is a part of the list of policies that may be the same.
type Doubles struct {
	Items []model.Double
	Total int
}

const (
	mostPairs   = 1000 // in the whole list
	mostAlike   = 40   // of one number, or of one day and department: more are no doubles but bad numbers
	likeness    = 0.85 // share of common pairs of characters from which on titles are alike
	startLength = 200  // characters of the text that are shown
)

// Doubles lists pairs of policies that may be the same document twice: of one
// number, or of nearly one title on one day from one department. Those of which
// somebody said that they are not are left out.
func (s *Service) Doubles(ctx context.Context, by model.Actor, offset, limit int) (*Doubles, error) {
	sides, err := s.store.PolicySides(ctx)
	if err != nil {
		return nil, err
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	sides = slices.DeleteFunc(sides, func(p model.PolicySide) bool {
		return !directory.May(by, model.ActMergeDocuments, p.DepartmentID)
	})
	distinct, err := s.store.DistinctPolicies(ctx)
	if err != nil {
		return nil, err
	}
	pairs := slices.DeleteFunc(doubles(sides), func(d model.Double) bool { return distinct[[2]string{d.A.ID, d.B.ID}] })
	page := pairs[min(offset, len(pairs)):min(offset+limit, len(pairs))]
	for i := range page {
		for _, side := range []*model.PolicySide{&page[i].A, &page[i].B} {
			if *side, err = s.begun(ctx, *side); err != nil {
				return nil, err
			}
		}
	}
	return &Doubles{page, len(pairs)}, nil
}

// begun adds the first lines, and what only a working copy knows.
func (s *Service) begun(ctx context.Context, side model.PolicySide) (model.PolicySide, error) {
	p, err := s.store.Publication(ctx, model.KindPolicy, side.ID)
	if err != nil || p == nil {
		return side, err
	}
	draft, err := s.content(ctx, p)
	if err != nil {
		return side, err
	}
	side.WrittenDate, side.PublishedDate = draft.WrittenDate, draft.PublishedDate
	var text strings.Builder
	for _, passage := range draft.Body {
		if text.Len() > 4*startLength {
			break
		}
		text.WriteString(passage.Text + "\n")
	}
	start := []rune(strings.TrimSpace(text.String()))
	side.Start = string(start[:min(len(start), startLength)])
	return side, nil
}

// sideOf is one of two as its publication knows it.
func sideOf(p *model.Publication) model.PolicySide {
	return model.PolicySide{ID: p.ID, Version: p.Version, Public: p.Public, Stage: p.Stage, Title: p.Title, DocNumber: p.DocNumber,
		DepartmentID: p.DepartmentID, UpdatedAt: p.UpdatedAt}
}

// doubles finds pairs, those of one number first, then the younger ones.
func doubles(sides []model.PolicySide) (list []model.Double) {
	seen := map[[2]string]bool{}
	add := func(groups map[string][]model.PolicySide, why model.DoubleWhy, alike func(a, b model.PolicySide) bool) {
		for _, group := range groups {
			for j := 1; j < min(len(group), mostAlike); j++ {
				for i := range j {
					pair := [2]string{group[i].ID, group[j].ID}
					if !seen[pair] && alike(group[i], group[j]) {
						seen[pair] = true
						list = append(list, model.Double{A: group[i], B: group[j], Why: why})
					}
				}
			}
		}
	}
	add(grouped(sides, byNumber), model.SameNumber, func(_, _ model.PolicySide) bool { return true })
	add(grouped(sides, byDay), model.LikeTitle, mayBeSame)
	slices.SortFunc(list, func(a, b model.Double) int {
		return cmp.Or(cmp.Compare(a.Why, b.Why), cmp.Compare(b.B.ID, a.B.ID), cmp.Compare(a.A.ID, b.A.ID))
	})
	return list[:min(len(list), mostPairs)]
}

// grouped puts policies together that have something in common; what is public
// and what is not are never the same.
func grouped(sides []model.PolicySide, common func(model.PolicySide) string) map[string][]model.PolicySide {
	groups := map[string][]model.PolicySide{}
	for _, p := range sides {
		if key := common(p); key != "" {
			key += map[bool]string{true: "\x1fpublic"}[p.Public]
			groups[key] = append(groups[key], p)
		}
	}
	return groups
}

func byNumber(p model.PolicySide) string { return model.NumberKey(p.DocNumber) }

// byDay is the day and the department; of a draft, whose day is in its text, the
// title itself.
func byDay(p model.PolicySide) string {
	if p.Public {
		return p.DepartmentID + "\x1f" + string(cmp.Or(p.PublishedDate, p.WrittenDate))
	}
	if p.Title == "" {
		return ""
	}
	return p.DepartmentID + "\x1f" + plain(p.Title)
}

// mayBeSame says whether two policies of one day and department may be the same.
// Two numbers are of two documents; and where nobody knows the department, only
// the very same title says enough.
func mayBeSame(a, b model.PolicySide) bool {
	one, other := byNumber(a), byNumber(b)
	if one != "" && other != "" && one != other {
		return false
	}
	if a.DepartmentID == "" {
		return strings.ContainsFunc(plain(a.Title), unicode.IsLetter) && plain(a.Title) == plain(b.Title)
	}
	return Alike(a.Title, b.Title)
}

// plain is a title without signs, folded.
func plain(title string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, search.Fold(title))
}

// Alike says whether two titles are nearly the same: whoever typed one of them may
// have meant the other. Titles in which a number differs are of two documents:
// 2024年 and 2025年, 第一批 and 第二批.
func Alike(a, b string) bool {
	a, b = plain(a), plain(b)
	if a == "" || b == "" || numerals(a) != numerals(b) {
		return false
	}
	if a == b {
		return true
	}
	one, other := pairsIn(a), pairsIn(b)
	common := 0
	for pair, n := range one {
		common += min(n, other[pair])
	}
	return float64(2*common) >= likeness*float64(total(one)+total(other))
}

func numerals(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || strings.ContainsRune("一二三四五六七八九十百千零〇上下甲乙丙丁", r) {
			return r
		}
		return -1
	}, s)
}

func pairsIn(s string) map[[2]rune]int {
	runes, pairs := []rune(s), map[[2]rune]int{}
	for i := 1; i < len(runes); i++ {
		pairs[[2]rune{runes[i-1], runes[i]}]++
	}
	return pairs
}

func total(pairs map[[2]rune]int) (n int) {
	for _, count := range pairs {
		n += count
	}
	return n
}

// SayDistinct keeps that two policies are not the same, or takes it back.
func (s *Service) SayDistinct(ctx context.Context, by model.Actor, a, b string, distinct bool) error {
	one, other, err := s.pair(ctx, a, b)
	if err != nil {
		return err
	}
	if err := s.mayMerge(ctx, by, one, other); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SayDistinct(ctx, a, b, by.ID, distinct); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "publication.distinct", Object: model.Ref{Kind: string(model.KindPolicy), ID: a},
			Details: distinctFrom{b, distinct}})
	})
}

type distinctFrom struct {
	From     string `json:"from"`
	Distinct bool   `json:"distinct"`
}
