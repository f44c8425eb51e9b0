package publication

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"yuandu/check"
	"yuandu/model"
	"yuandu/store"
)

// Finding is what a check found, under a number that stays the same as long as
// the text does.
type Finding struct {
	check.Finding
	Number  string
	Excused string // the reason why it may stay, "" where there is none
}

// Findings checks the working copy of a document.
func (s *Service) Findings(ctx context.Context, by model.Actor, kind model.Kind, id string) ([]Finding, error) {
	p, err := s.Get(ctx, by, kind, id)
	if err != nil {
		return nil, err
	}
	return s.findings(ctx, p)
}

func (s *Service) findings(ctx context.Context, p *model.Publication) ([]Finding, error) {
	list, err := s.nouns[p.Kind].Check(ctx, p)
	if err != nil {
		return nil, err
	}
	excused := map[string]string{}
	for _, e := range p.Excuses {
		excused[e.Finding] = e.Reason
	}
	seen := map[string]int{}
	numbered := make([]Finding, len(list))
	for i, f := range list {
		name := fmt.Sprintf("%s|%s|%s", f.Code, f.Place.Field, f.Text)
		seen[name]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s|%d", name, seen[name]))
		number := hex.EncodeToString(sum[:8])
		numbered[i] = Finding{f, number, excused[number]}
	}
	return numbered, nil
}

// Submit hands a draft to review. What the checks found must be mended, or
// excused where they ask only.
func (s *Service) Submit(ctx context.Context, by model.Actor, r Ref, excuses []model.Excuse, note string) (*model.Publication, error) {
	p, err := s.Get(ctx, by, r.Kind, r.ID)
	if err != nil {
		return nil, err
	}
	p.Excuses = excuses
	found, err := s.findings(ctx, p)
	if err != nil {
		return nil, err
	}
	if open := Open(found); open > 0 {
		return nil, model.ErrFindings.With("", map[string]any{"count": open})
	}
	return s.act(ctx, by, r, model.ActWriteDocuments, func(_ *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		return model.PublicationEvent{Act: model.PubSubmitted, Note: note}, p.Submit(by.ID, excuses, s.clock.Now())
	})
}

// Open counts the findings that must be mended or excused before a review.
func Open(found []Finding) (n int) {
	for _, f := range found {
		if f.Severity == check.Stop || f.Severity == check.Ask && f.Excused == "" {
			n++
		}
	}
	return n
}

// Recall takes a document back out of review, for its writers.
func (s *Service) Recall(ctx context.Context, by model.Actor, r Ref) (*model.Publication, error) {
	return s.act(ctx, by, r, model.ActWriteDocuments, func(_ *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		return model.PublicationEvent{Act: model.PubRecalled}, p.BackToDraft(by.ID, s.clock.Now())
	})
}

// Return gives a document back to its writers with a reason.
func (s *Service) Return(ctx context.Context, by model.Actor, r Ref, reason string) (*model.Publication, error) {
	if reason == "" {
		return nil, model.ErrReasonNeeded
	}
	return s.act(ctx, by, r, model.ActReviewDocuments, func(_ *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		return model.PublicationEvent{Act: model.PubReturned, Note: reason}, p.BackToDraft(by.ID, s.clock.Now())
	})
}

// Sign is the reviewer's word on a document: it becomes public at once, or at a
// time, or is kept.
func (s *Service) Sign(ctx context.Context, by model.Actor, r Ref, review model.Review, at time.Time) (*model.Publication, error) {
	review.By, review.At = by.ID, s.clock.Now()
	return s.act(ctx, by, r, model.ActReviewDocuments, func(tx *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		return s.signed(ctx, tx, by, p, review, at)
	})
}

// signed does what follows from a reviewer's word.
func (s *Service) signed(ctx context.Context, tx *store.Tx, by model.Actor, p *model.Publication, review model.Review, at time.Time) (model.PublicationEvent, error) {
	if err := p.Sign(review, at); err != nil {
		return model.PublicationEvent{}, err
	}
	switch {
	case p.Stage == model.StageKept:
		return model.PublicationEvent{Act: model.PubKept, Note: review.Ground}, nil
	case !at.IsZero():
		return model.PublicationEvent{Act: model.PubSigned, Note: review.Why}, nil
	}
	return s.appear(ctx, tx, by, p)
}

// appear makes a signed document public.
func (s *Service) appear(ctx context.Context, tx *store.Tx, by model.Actor, p *model.Publication) (model.PublicationEvent, error) {
	e := model.PublicationEvent{Act: model.PubPublished, Note: p.Review.Note}
	if p.Public {
		e.Act = model.PubCorrected
	}
	review := *p.Review
	version, err := s.nouns[p.Kind].Publish(ctx, tx, p, store.Edition{Act: e.Act, Note: review.Note})
	if err != nil {
		return e, err
	}
	e.Version = version
	if err := p.Appear(s.clock.Now()); err != nil {
		return e, err
	}
	if review.CloseOlder {
		if err := tx.CloseOlderRevisions(ctx, p.Kind, p.ID, version, store.Closure{By: review.By, Reason: review.Note}); err != nil {
			return e, err
		}
	}
	change := &model.Change{Kind: p.Kind, Object: p.ID, Version: version, What: e.Act,
		Tell: review.Tell, Why: review.Why, Urgent: review.Urgent, StaffID: review.By, At: s.clock.Now()}
	if err := tx.AddChange(ctx, change); err != nil || !review.Tell {
		return e, err
	}
	return e, s.announce(ctx, tx, change, p.Title, &review)
}

// announce puts a change on its way to its followers. What is new may be what a
// saved search waits for.
func (s *Service) announce(ctx context.Context, tx *store.Tx, c *model.Change, title string, r *model.Review) error {
	touches, err := s.touches(ctx, tx, c)
	if err != nil {
		return err
	}
	return tx.Announce(ctx, announcementOf(c, title, r), touches...)
}

// touches is what a change touches: what the noun says, and the matters that the document
// belongs to.
func (s *Service) touches(ctx context.Context, tx *store.Tx, c *model.Change) ([]model.Touch, error) {
	touches, err := s.nouns[c.Kind].Touches(ctx, tx, c.Object)
	if err != nil {
		return nil, err
	}
	matters, err := tx.MatterTouches(ctx, c.Kind, c.Object)
	return append(touches, matters...), err
}

func announcementOf(c *model.Change, title string, r *model.Review) *model.Announcement {
	a := &model.Announcement{ID: c.ID, Sort: model.AnnounceChange, Kind: c.Kind, Object: c.Object, What: c.What, Title: title, Note: r.Note,
		Rank: model.RankUsual, Stage: model.StageMatching}
	if c.What != model.PubPublished {
		a.Stage = model.StageSpreading
	}
	if r.Urgent != "" {
		a.Rank = model.RankUrgent
	}
	return a
}

// Hold takes back the signature of a document whose time has not come.
func (s *Service) Hold(ctx context.Context, by model.Actor, r Ref) (*model.Publication, error) {
	return s.act(ctx, by, r, model.ActReviewDocuments, func(_ *store.Tx, p *model.Publication) (model.PublicationEvent, error) {
		return model.PublicationEvent{Act: model.PubHeld}, p.Hold(by.ID, s.clock.Now())
	})
}

// Withdraw takes a document from the public, with a reason that stands where it
// stood.
func (s *Service) Withdraw(ctx context.Context, by model.Actor, r Ref, reason string) (*model.Publication, error) {
	w := model.Withdrawal{By: by.ID, At: s.clock.Now(), Reason: reason}
	return s.act(ctx, by, r, model.ActWithdraw, func(tx *store.Tx, p *model.Publication) (e model.PublicationEvent, err error) {
		if p.Content == nil && p.Public { // kept, so that it can be put right and published again
			if p.Content, err = s.nouns[p.Kind].Public(ctx, p.ID); err != nil {
				return e, err
			}
		}
		return s.withdrawn(ctx, tx, p, w)
	})
}

func (s *Service) withdrawn(ctx context.Context, tx *store.Tx, p *model.Publication, w model.Withdrawal) (e model.PublicationEvent, err error) {
	if err := p.Withdraw(w); err != nil {
		return e, err
	}
	if err := s.nouns[p.Kind].Withdraw(ctx, tx, p.ID); err != nil {
		return e, err
	}
	if err := tx.StopAnnouncements(ctx, p.Kind, p.ID); err != nil {
		return e, err
	}
	e = model.PublicationEvent{Act: model.PubWithdrawn, Note: w.Reason}
	return e, tx.AddChange(ctx, &model.Change{Kind: p.Kind, Object: p.ID, What: e.Act, Why: w.Reason, StaffID: w.By, At: w.At})
}

// TakeBackOf takes a document of a kind from the public in somebody else's transaction,
// in the house's name. Nothing public is copied for its writers; a correction that was
// under way stays theirs. What is not public stays as it is.
func (s *Service) TakeBackOf(kind model.Kind) func(ctx context.Context, tx *store.Tx, id, reason string) error {
	return func(ctx context.Context, tx *store.Tx, id, reason string) error {
		return s.takeBack(ctx, tx, kind, id, reason)
	}
}

func (s *Service) takeBack(ctx context.Context, tx *store.Tx, kind model.Kind, id, reason string) error {
	p, err := tx.PublicationFor(ctx, kind, id)
	switch {
	case errors.Is(err, model.ErrPublicationMissing), err == nil && !p.Public:
		return nil
	case err != nil:
		return err
	}
	e, err := s.withdrawn(ctx, tx, p, model.Withdrawal{At: s.clock.Now(), Reason: reason})
	if err != nil {
		return err
	}
	if err := s.keep(ctx, tx, p); err != nil {
		return err
	}
	return s.note(ctx, tx, model.System("consent"), p, e)
}
