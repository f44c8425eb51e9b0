package gazette

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"yuandu/model"
	"yuandu/store"
)

// Year is a year on the shelf: its issues, the newest first, and which should be there.
type Year struct {
	model.GazetteYear
	Items []model.GazetteIssue
	Grid  []model.GazetteCell
}

// Shelf lists all years, the newest first.
func (s *Service) Shelf(ctx context.Context) ([]Year, error) {
	return Shelf(ctx, s.store, s.today())
}

// Shelf lists all years of a store as they stand on a day, the newest first.
func Shelf(ctx context.Context, from *store.Store, today model.Day) ([]Year, error) {
	issues, err := from.Gazettes(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := from.GazetteYears(ctx)
	if err != nil {
		return nil, err
	}
	byYear := map[int]*Year{}
	for _, r := range rules {
		byYear[r.Year] = &Year{GazetteYear: *r}
	}
	for _, g := range issues {
		if byYear[g.Year] == nil {
			byYear[g.Year] = &Year{GazetteYear: model.GazetteYear{Year: g.Year}}
		}
		byYear[g.Year].Items = append(byYear[g.Year].Items, g)
	}
	var shelf []Year
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(byYear))) {
		y := byYear[year]
		y.Grid = y.GazetteYear.Grid(y.Items, today)
		shelf = append(shelf, *y)
	}
	return shelf, nil
}

// Newest is the last public issue, nil where there is none.
func (s *Service) Newest(ctx context.Context) (*model.GazetteIssue, error) {
	issues, err := s.store.Gazettes(ctx)
	if err != nil || len(issues) == 0 {
		return nil, err
	}
	return &issues[0], nil
}

// SetYear keeps how many issues a year has and why some are not here.
func (s *Service) SetYear(ctx context.Context, by model.Actor, y *model.GazetteYear) error {
	if err := y.Tidy(); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SaveGazetteYear(ctx, y); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "gazette_year.changed", Object: model.Ref{Kind: "gazette_year", ID: strconv.Itoa(y.Year)},
			Details: map[string]any{"year": y.Year, "issues": y.Issues, "gaps": len(y.Gaps)}})
	})
}
