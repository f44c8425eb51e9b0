package consultation

import (
	"context"
	"errors"
	"unicode/utf8"

	"yuandu/check"
	"yuandu/model"
	"yuandu/store"
)

// Look is what a person decides who has looked at an opinion.
type Look struct {
	Show          bool
	Text, Wording string // what everybody may read, without what is private
	Why           string // of one that is not shown
}

// LookAt decides whether everybody may read an opinion. What is shown must not tell of a
// person, nor hold a word that the city does not publish: it is ErrOpinionPrivate or
// ErrOpinionWord where it does.
func (s *Service) LookAt(ctx context.Context, by model.Actor, r Ref, l Look) (*Said, error) {
	rules, err := s.rules(ctx)
	if err != nil {
		return nil, err
	}
	return s.change(ctx, by, r, func(tx *store.Tx, o *model.Opinion) (string, error) {
		if l.Show {
			return "shown", show(o, l.Text, l.Wording, rules)
		}
		if err := because(l.Why); err != nil {
			return "", err
		}
		o.State, o.Why, o.Shown, o.ShownWording = model.OpinionHidden, l.Why, "", ""
		return "hidden", nil
	})
}

func because(why string) error {
	if n := utf8.RuneCountInString(why); n == 0 || n > model.OpinionReason {
		return model.ErrOpinionReason.With("why", nil)
	}
	return nil
}

// show lets everybody read a text of an opinion, where nothing in it must not be public.
func show(o *model.Opinion, text, wording string, rules check.Rules) error {
	err := errors.Join(fit("text", text, rules), fit("wording", wording, rules), allowed("signature", o.Signature, rules))
	if refused := (*model.Error)(nil); errors.As(err, &refused) {
		return refused
	}
	if text == "" && wording == "" {
		return model.ErrOpinionEmpty
	}
	o.State, o.Why, o.Shown, o.ShownWording = model.OpinionShown, "", text, wording
	return nil
}

// fit is what stands in a text that must not be public.
func fit(field, words string, rules check.Rules) error {
	if spans := check.Private(words); len(spans) > 0 {
		return model.ErrOpinionPrivate.With(field, map[string]any{"what": spans[0].Masked(words)})
	}
	return allowed(field, words, rules)
}

func allowed(field, words string, rules check.Rules) error {
	for _, f := range check.Line(field, words, rules) {
		if f.Code == "word.forbidden" && f.Severity == check.Stop {
			return model.ErrOpinionWord.With(field, map[string]any{"word": f.Text})
		}
	}
	return nil
}

// ShowAll lets everybody read those opinions of a consultation that nobody has looked at
// and in which nothing was found that must not be public; how many stay is told, for
// somebody to read one by one.
func (s *Service) ShowAll(ctx context.Context, by model.Actor, consultationID string, ids []string) (shown, left int, err error) {
	if err := s.may(ctx, by, model.ActAnswerOpinions, consultationID); err != nil {
		return 0, 0, err
	}
	rules, err := s.rules(ctx)
	if err != nil {
		return 0, 0, err
	}
	return shown, left, s.store.InTx(ctx, func(tx *store.Tx) error {
		shown, left = 0, 0
		if err := unreported(ctx, tx, consultationID); err != nil {
			return err
		}
		for _, id := range ids {
			o, err := tx.OpinionFor(ctx, id, 0)
			if err != nil {
				return err
			}
			if o.ConsultationID != consultationID || o.State != model.OpinionWaiting || show(o, o.Text, o.Wording, rules) != nil {
				left++
				continue
			}
			if err := tx.KeepOpinion(ctx, o); err != nil {
				return err
			}
			shown++
		}
		return s.note(ctx, tx, by, "opinion.shown", model.Ref{Kind: string(model.KindConsultation), ID: consultationID}, noted{Count: shown})
	})
}

// Enter keeps what somebody said by telephone, on paper or at a hearing: until the report is
// public, for a letter may come after the last day.
func (s *Service) Enter(ctx context.Context, by model.Actor, source model.OpinionSource, v Saying) (*Said, error) {
	if source.Name() == "" || source == model.OpinionByMini {
		return nil, model.ErrOpinionSource
	}
	if err := s.may(ctx, by, model.ActAnswerOpinions, v.ConsultationID); err != nil {
		return nil, err
	}
	o, err := v.opinion(source, s.clock.Now())
	if err != nil {
		return nil, err
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		c, err := tx.ConsultationTakes(ctx, v.ConsultationID)
		switch {
		case err != nil:
			return err
		case c == nil:
			return model.ErrConsultationMissing
		case c.Report != nil:
			return model.ErrConsultationReported
		case s.today() < c.Opens:
			return model.ErrConsultationComing.With("", map[string]any{"day": c.Opens.Chinese()})
		}
		if err := give(ctx, tx, c, o); err != nil {
			return err
		}
		return s.note(ctx, tx, by, "opinion.entered", model.Ref{Kind: "opinion", ID: o.ID}, noted{Version: o.Version})
	})
	if err != nil {
		return nil, err
	}
	entered := said(*o)
	return &entered, nil
}
