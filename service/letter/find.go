package letter

import (
	"cmp"
	"context"

	"yuandu/model"
)

// Find is the ID of the letter of a number, for who may read it; for anybody else there is
// none, which is ErrLetterMissing.
func (s *Service) Find(ctx context.Context, by model.Actor, number string) (string, error) {
	id, err := s.store.LetterByNumber(ctx, number)
	if err != nil || id == "" {
		return "", cmp.Or(err, error(model.ErrLetterMissing))
	}
	l, err := s.store.Letter(ctx, id)
	if err != nil || l == nil {
		return "", cmp.Or(err, error(model.ErrLetterMissing))
	}
	rights, err := s.RightsTo(ctx, by, l)
	if err == nil && !rights.Read {
		err = model.ErrLetterMissing
	}
	return id, err
}
