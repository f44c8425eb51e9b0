// Package city is what a city says of itself: its name and numbers, which of
// its boards are open, what residents are told about their data, and its
// working days.
package city

import (
	"context"
	"strings"
	"sync"
	"unicode/utf8"

	"yuandu/media"
	"yuandu/model"
	"yuandu/store"
)

// Service is the city's settings and calendar.
type Service struct {
	store *store.Store

	mu       sync.Mutex
	made     bool
	mark     int64
	settings *model.Settings
	calendar *model.Calendar
}

// New makes the service.
func New(s *store.Store) *Service { return &Service{store: s} }

// Settings is what the city set, at hand while nothing changed.
func (s *Service) Settings(ctx context.Context) (*model.Settings, error) {
	settings, _, err := s.kept(ctx)
	return settings, err
}

// Calendar knows the working days, at hand while nothing changed.
func (s *Service) Calendar(ctx context.Context) (*model.Calendar, error) {
	_, calendar, err := s.kept(ctx)
	return calendar, err
}

func (s *Service) kept(ctx context.Context) (*model.Settings, *model.Calendar, error) {
	mark, err := s.store.Mark(ctx, store.MarkSettings)
	if err != nil {
		return nil, nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made && s.mark == mark {
		return s.settings, s.calendar, nil
	}
	settings, err := s.store.Settings(ctx)
	if err != nil {
		return nil, nil, err
	}
	loaded, err := s.store.HolidayYears(ctx)
	if err != nil {
		return nil, nil, err
	}
	if settings.PrivacyVersion, err = s.store.PrivacyVersion(ctx); err != nil {
		return nil, nil, err
	}
	years := model.OfficialYears()
	for _, y := range loaded {
		years = append(years, y.HolidayYear)
	}
	s.made, s.mark, s.settings, s.calendar = true, mark, settings, model.NewCalendar(years...)
	return s.settings, s.calendar, nil
}

// Edit replaces the settings if their version is still the one that was read.
func (s *Service) Edit(ctx context.Context, by model.Actor, settings *model.Settings) error {
	if !by.May(model.ActEditSettings) {
		return model.ErrNotAllowed
	}
	if wrong := settings.Validate(); wrong != nil {
		return wrong
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SaveSettings(ctx, settings); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "settings.edited", Object: model.Ref{Kind: "settings", ID: "city"}, Details: settings})
	})
}

// Privacy is the present privacy text, ErrPrivacyMissing before there is one.
func (s *Service) Privacy(ctx context.Context) (*model.PrivacyText, error) {
	text, err := s.store.PrivacyText(ctx, 0)
	if err == nil && text == nil {
		err = model.ErrPrivacyMissing
	}
	return text, err
}

// Structure is a privacy text as pages show it.
func (s *Service) Structure(t *model.PrivacyText) model.Body { return media.Structure(t.Text) }

// PrivacyVersions lists all that residents were ever told, the newest first.
func (s *Service) PrivacyVersions(ctx context.Context) ([]model.PrivacyText, error) {
	return s.store.PrivacyVersions(ctx)
}

// The length of a privacy text, in characters.
const (
	shortestPrivacy = 100
	longestPrivacy  = 30_000
	longestSummary  = 200
)

// PublishPrivacy publishes a new privacy text: from now on everybody is asked
// to agree again (PIPL art. 14). summary says what changed.
func (s *Service) PublishPrivacy(ctx context.Context, by model.Actor, text, summary string) (*model.PrivacyText, error) {
	if by.Kind != model.TheSystem && !by.May(model.ActEditSettings) {
		return nil, model.ErrNotAllowed
	}
	t := &model.PrivacyText{Text: strings.TrimSpace(text), Summary: strings.TrimSpace(summary)}
	switch n := utf8.RuneCountInString(t.Text); {
	case n < shortestPrivacy || n > longestPrivacy:
		return nil, model.ErrPrivacyShort.With("text", map[string]any{"least": shortestPrivacy, "most": longestPrivacy})
	case t.Summary == "" || utf8.RuneCountInString(t.Summary) > longestSummary:
		return nil, model.ErrPrivacySummary
	}
	return t, s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.AddPrivacyText(ctx, t); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "privacy.published", Object: model.Ref{Kind: "privacy"}, Details: published{t.Version}})
	})
}

type published struct {
	Version int64 `json:"version"`
}
