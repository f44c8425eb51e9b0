package letter

import (
	"context"
	"errors"
	"time"

	"yuandu/model"
	"yuandu/store"
	"yuandu/wechat"
)

// Checker is what WeChat says of a text. It refuses no letter: politics are in half of
// what is written to a mayor.
type Checker interface {
	CheckText(ctx context.Context, t wechat.Text) (wechat.Verdict, error)
}

// How letters are checked: so many together, not again for a while after trouble, and
// not for ever. Whoever wrote must have been here in the last two hours, so after one
// a person looks.
const (
	checkedAtOnce     = 8
	checkAfterTrouble = time.Minute
	checkFor          = time.Hour
	checkedPiece      = 2500 // characters
)

// CheckBy has letters checked by WeChat.
func (s *Service) CheckBy(c Checker) { s.checker = c }

// Check has WeChat look at what just came in, and no person has seen yet.
func (s *Service) Check(ctx context.Context) error {
	now := s.clock.Now()
	if s.checker == nil || now.Before(s.checkAgain) {
		return nil
	}
	waiting, err := s.store.UncheckedLetters(ctx, checkedAtOnce)
	if err != nil {
		return err
	}
	for i := range waiting {
		l := &waiting[i]
		result, err := s.checked(ctx, l)
		switch {
		case err != nil && now.Sub(l.ReceivedAt) < checkFor:
			s.checkAgain = now.Add(checkAfterTrouble)
			return refused(err)
		case err != nil:
			result = model.CheckDoubted
		}
		if err := s.store.InTx(ctx, func(tx *store.Tx) error { return tx.CheckedLetter(ctx, l.ID, result) }); err != nil {
			return err
		}
	}
	return nil
}

// refused is nil where WeChat said no: that is not a fault of the house.
func refused(err error) error {
	var known *model.Error
	if errors.As(err, &known) {
		return nil
	}
	return err
}

func (s *Service) checked(ctx context.Context, l *model.Letter) (model.LetterCheck, error) {
	author, err := s.store.Resident(ctx, l.ResidentID)
	if err != nil {
		return "", err
	}
	if author == nil {
		return model.CheckDoubted, nil
	}
	for title, rest := l.Title, []rune(l.Text); len(rest) > 0; title = "" {
		piece := rest[:min(checkedPiece, len(rest))]
		rest = rest[len(piece):]
		v, err := s.checker.CheckText(ctx, wechat.Text{OpenID: author.OpenID, Title: title, Content: string(piece), Scene: wechat.SceneForum})
		if err != nil {
			return "", err
		}
		if v.Suggest != wechat.Pass {
			return model.CheckDoubted, nil
		}
	}
	return model.CheckPassed, nil
}
