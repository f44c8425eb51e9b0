package store

import (
	"context"

	"yuandu/model"
)

// LettersBy lists and counts letters by one of the ways in which they are found.
func (s *Store) LettersBy(ctx context.Context, f LetterFilter, few bool) (list []model.Letter, n int, err error) {
	if list, err = s.lettersOnly(ctx, f, few); err == nil {
		n, err = s.countLetters(ctx, f, few)
	}
	return list, n, err
}
