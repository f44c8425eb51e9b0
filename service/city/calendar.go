package city

import (
	"context"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// Year is a year's holidays, brought along by the product or loaded here.
type Year struct {
	store.LoadedYear
	Loaded bool
}

// Years lists every year whose notice is known, the newest first.
func (s *Service) Years(ctx context.Context) ([]Year, error) {
	loaded, err := s.store.HolidayYears(ctx)
	if err != nil {
		return nil, err
	}
	var years []Year
	for _, y := range model.OfficialYears() {
		if !slices.ContainsFunc(loaded, func(l store.LoadedYear) bool { return l.Year == y.Year }) {
			years = append(years, Year{LoadedYear: store.LoadedYear{HolidayYear: y}})
		}
	}
	for _, y := range loaded {
		years = append(years, Year{y, true})
	}
	slices.SortFunc(years, func(a, b Year) int { return b.Year - a.Year })
	return years, nil
}

// Missing are those of a year and the next whose notice is not known.
func (s *Service) Missing(ctx context.Context, year int) ([]int, error) {
	calendar, err := s.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc([]int{year, year + 1}, calendar.Known), nil
}

// LoadYear keeps the holidays of a year, if its version is still the one that
// was read: 0 where it had not been loaded.
func (s *Service) LoadYear(ctx context.Context, by model.Actor, version int64, y model.HolidayYear) (*Year, error) {
	if !by.May(model.ActEditCalendar) {
		return nil, model.ErrNotAllowed
	}
	if err := y.Validate(); err != nil {
		return nil, err
	}
	loaded := &Year{store.LoadedYear{HolidayYear: y, Version: version}, true}
	return loaded, s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SaveHolidayYear(ctx, &loaded.LoadedYear); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "calendar.loaded", Object: model.Ref{Kind: "calendar"}, Details: y})
	})
}
