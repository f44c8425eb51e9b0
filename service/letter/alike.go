package letter

import (
	"context"
	"errors"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// How many letters are compared at a time, how many are merged at once and how many of
// those in one step, and how many about one matter are worth a word.
const (
	mostCompared = 1000
	MostMerged   = 500
	mergedAtOnce = 25
	worthAWord   = 3
)

// Matter is a letter with others that are about the same.
type Matter struct {
	First Shown
	With  []Shown // the earliest first
}

// Alike finds letters that are about the same matter as one: of the same day and
// channel, with the same office or with none yet.
func (s *Service) Alike(ctx context.Context, by model.Actor, id string) (*Matter, error) {
	first, err := s.Get(ctx, by, id)
	if err != nil {
		return nil, err
	}
	if !first.State.IsOpen() || first.MergedInto != "" {
		return &Matter{First: *first}, nil
	}
	list, err := s.comparable(ctx, by, model.Today(first.ReceivedAt), first.Channel)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(l model.Letter) bool { return l.ID == id || !together(&first.Letter, &l) })
	return s.matter(ctx, first.Letter, list)
}

// together says whether two letters could go with each other by who has them.
func together(a, b *model.Letter) bool {
	return a.LeadID == b.LeadID || a.LeadID == "" || b.LeadID == ""
}

// comparable are the letters around a day that can go with others, the earliest first.
func (s *Service) comparable(ctx context.Context, by model.Actor, day model.Day, c model.LetterChannel) ([]model.Letter, error) {
	d, err := s.deskOf(ctx, by)
	if err != nil {
		return nil, err
	}
	f := d.seen
	f.Channel, f.States = c, []model.LetterState{model.LetterReceived, model.LetterAssigned}
	f.Since, f.Until, f.Newest, f.Limit = day.Add(-1), day.Add(1), true, mostCompared
	list, err := s.store.LettersOnly(ctx, f)
	list = slices.DeleteFunc(list, func(l model.Letter) bool { return l.IsSupervised() })
	slices.Reverse(list)
	return list, err
}

func (s *Service) matter(ctx context.Context, first model.Letter, list []model.Letter) (*Matter, error) {
	var with []model.Letter
	for _, i := range first.Gist().AlikeTo(gists(list)) {
		with = append(with, list[i])
	}
	shown, err := s.shown(ctx, append([]model.Letter{first}, with...)...)
	if err != nil {
		return nil, err
	}
	return &Matter{shown[0], shown[1:]}, nil
}

func gists(list []model.Letter) []model.Gist {
	all := make([]model.Gist, len(list))
	for i := range list {
		all[i] = list[i].Gist()
	}
	return all
}

// Matters are the matters of today and the days beside it about which several letters
// came of which one at least is not dispatched, the one with the most letters first.
func (s *Service) Matters(ctx context.Context, by model.Actor) (matters []Matter, err error) {
	for _, c := range []model.LetterChannel{model.LetterAsk, model.LetterMayor} {
		list, err := s.comparable(ctx, by, s.today(), c)
		if err != nil {
			return nil, err
		}
		for _, group := range groups(list) {
			shown, err := s.shown(ctx, group...)
			if err != nil {
				return nil, err
			}
			matters = append(matters, Matter{shown[0], shown[1:]})
		}
	}
	slices.SortStableFunc(matters, func(a, b Matter) int { return len(b.With) - len(a.With) })
	return matters, nil
}

// groups puts letters about one matter together, first the one that an office has
// already, else the earliest.
func groups(list []model.Letter) (all [][]model.Letter) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b model.Letter) int { return rank(&a) - rank(&b) })
	gist := gists(list)
	for len(list) >= worthAWord {
		group, rest, restGist := []model.Letter{list[0]}, []model.Letter{}, []model.Gist{}
		found := gist[0].AlikeTo(gist[1:])
		for i := 1; i < len(list); i++ {
			if _, alike := slices.BinarySearch(found, i-1); alike && together(&list[0], &list[i]) {
				group = append(group, list[i])
			} else {
				rest, restGist = append(rest, list[i]), append(restGist, gist[i])
			}
		}
		if len(group) >= worthAWord && slices.ContainsFunc(group[1:], waits) {
			all = append(all, group)
		}
		list, gist = rest, restGist
	}
	return all
}

func rank(l *model.Letter) int {
	if l.State == model.LetterAssigned {
		return 0
	}
	return 1
}

func waits(l model.Letter) bool { return l.State == model.LetterReceived }

// Merged is what became of several letters that were to go with another.
type Merged struct {
	Done int
	Left []Left
}

// MergeSome has letters go with another about the same matter, some at a time: what was
// merged stays so, whatever becomes of the rest.
func (s *Service) MergeSome(ctx context.Context, by model.Actor, into string, ids []string) (*Merged, error) {
	merged := &Merged{}
	for some := range slices.Chunk(ids, mergedAtOnce) {
		left, err := s.mergeStep(ctx, by, into, some)
		if err != nil {
			return nil, err
		}
		merged.Done += len(some) - len(left)
		merged.Left = append(merged.Left, left...)
	}
	return merged, nil
}

// mergeStep holds the one that leads meanwhile: once it is answered, nothing goes with
// it any more.
func (s *Service) mergeStep(ctx context.Context, by model.Actor, into string, ids []string) (left []Left, err error) {
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		left = nil // the transaction may be tried again
		main, err := tx.LetterFor(ctx, into)
		if err != nil {
			return err
		}
		for _, id := range ids {
			number, err := s.mergeOne(ctx, tx, by, main, Ref{ID: id})
			var refused *model.Error
			switch {
			case errors.As(err, &refused):
				left = append(left, Left{id, number, refused})
			case err != nil:
				return err
			}
		}
		return nil
	})
	return left, err
}

// mergeOne has a letter go with one that is held. A version of 0 is any.
func (s *Service) mergeOne(ctx context.Context, tx *store.Tx, by model.Actor, main *model.Letter, r Ref) (number string, err error) {
	if r.ID == main.ID {
		return main.Number, model.ErrLetterSame
	}
	l, err := tx.LetterFor(ctx, r.ID)
	if err != nil {
		return "", err
	}
	rights, err := s.RightsTo(ctx, by, l)
	switch {
	case err != nil:
		return l.Number, err
	case !rights.Read:
		return l.Number, model.ErrNotAllowed
	case r.Version != 0 && r.Version != l.Version:
		return l.Number, model.ErrStale
	}
	return l.Number, s.keep(ctx, tx, by, l, "merged", func() ([]model.LetterEvent, error) {
		steps, err := l.Merge(main, s.event(by, main.LeadID, ""))
		if err == nil && !rights.Merge {
			err = model.ErrLetterNotYours
		}
		return steps, err
	})
}
