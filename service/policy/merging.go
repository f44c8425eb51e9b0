package policy

import (
	"context"
	"slices"

	"yuandu/model"
	"yuandu/store"
)

// merging is a merge that is being done.
type merging struct {
	*Service
	by          model.Actor
	asked       Merge
	ended, kept *model.Publication
	was, is     *model.PolicyDraft
	moved       model.PolicyMoving
	public      *model.Policy // what is public of the one that stays, where it gets files
}

// prepare reads what the transaction must not: it has the only writer.
func (m *merging) prepare(ctx context.Context) (err error) {
	if m.ended, m.kept, err = m.pair(ctx, m.asked.From, m.asked.Into); err != nil {
		return err
	}
	if err := m.mayMerge(ctx, m.by, m.ended, m.kept); err != nil {
		return err
	}
	if m.was, m.is, err = m.contents(ctx, m.ended, m.kept); err != nil {
		return err
	}
	if err := m.choose(ctx); err != nil || !m.kept.Public || len(m.asked.Attachments) == 0 {
		return err
	}
	if m.public, err = m.store.Policy(ctx, m.kept.ID); err == nil && m.public == nil {
		err = model.ErrStale
	}
	return err
}

// choose gives the one that stays the files that were chosen for it.
func (m *merging) choose(ctx context.Context) error {
	offered, err := m.lacking(ctx, m.was, m.is)
	if err != nil {
		return err
	}
	for _, id := range m.asked.Attachments {
		i := slices.IndexFunc(offered, func(a model.Attachment) bool { return a.FileID == id })
		if i < 0 {
			return model.ErrMergeFile
		}
		m.is.Attachments = append(m.is.Attachments, model.DraftFile{FileID: id, Name: offered[i].Name})
	}
	return nil
}

func (m *merging) do(ctx context.Context, tx *store.Tx) error {
	read := m.kept.Version
	if err := m.take(ctx, tx); err != nil {
		return err
	}
	if m.ended.Version != m.asked.Version || m.kept.Version != read {
		return model.ErrStale
	}
	w := model.Withdrawal{By: m.by.ID, At: m.clock.Now(), Reason: m.asked.Reason}
	public := m.ended.Public
	if err := m.ended.MergeInto(m.kept, w); err != nil {
		return err
	}
	if public {
		m.ended.Content = model.WriteDraft(m.was) // kept, as of one that is withdrawn
	}
	if err := tx.KeepPublication(ctx, m.ended, m.was.Files()); err != nil {
		return err
	}
	step := m.mergeDrafts
	if public {
		step = m.mergePublic
	}
	if err := step(ctx, tx); err != nil {
		return err
	}
	if err := tx.PolicyMoved(ctx, m.ended.ID, m.kept.ID, m.asked.Reason, m.by.ID); err != nil {
		return err
	}
	return m.note(ctx, tx)
}

// take takes both documents, always in the same order: two who merge at once must
// not wait for each other.
func (m *merging) take(ctx context.Context, tx *store.Tx) (err error) {
	first, second := &m.ended, &m.kept
	if m.kept.ID < m.ended.ID {
		first, second = second, first
	}
	for _, p := range []**model.Publication{first, second} {
		if *p, err = tx.PublicationFor(ctx, model.KindPolicy, (*p).ID); err != nil {
			return err
		}
	}
	return nil
}

// mergePublic moves what is public. Files that the one that stays gets make a
// revision of it, with a note for its readers.
func (m *merging) mergePublic(ctx context.Context, tx *store.Tx) (err error) {
	if m.moved, err = tx.MergePolicy(ctx, m.ended.ID, m.kept.ID); err != nil || m.public == nil {
		return err
	}
	if m.public.Attachments, err = tx.Attached(ctx, m.is.Attachments); err != nil {
		return err
	}
	if m.public.Pictures, err = tx.Files(ctx, model.PicturesOf(m.public.Body)); err != nil {
		return err
	}
	topics, err := tx.TopicsOf(ctx, m.kept.ID)
	if err != nil {
		return err
	}
	m.public.Topics = topics
	m.moved.Attachments = len(m.asked.Attachments)
	return tx.PublishPolicy(ctx, "", m.public, store.Edition{Act: model.PubCorrected, Note: "并入重复的一份，补充附件。" + m.asked.Reason})
}

// mergeDrafts adds to the draft that stays what the other has and it lacks.
func (m *merging) mergeDrafts(ctx context.Context, tx *store.Tx) error {
	m.moved = take(m.is, m.was, m.ended.ID, m.kept.ID)
	m.moved.Attachments = len(m.asked.Attachments)
	if err := m.kept.Write(m.by.ID, model.WriteDraft(m.is), m.clock.Now()); err != nil {
		return err
	}
	return tx.KeepPublication(ctx, m.kept, m.is.Files())
}

// note tells the histories of both, the audit trail, and those who follow the one
// that ended, whom nothing new is told.
func (m *merging) note(ctx context.Context, tx *store.Tx) error {
	now := m.clock.Now()
	for _, n := range []struct{ id, note string }{
		{m.ended.ID, m.asked.Reason}, {m.kept.ID, "并入了重复的《" + m.ended.Title + "》"}} {
		act := model.PubMerged
		if n.id == m.kept.ID {
			act = model.PubAbsorbed
		}
		e := model.PublicationEvent{At: now, StaffID: m.by.ID, Act: act, Note: n.note}
		if err := tx.AddPublicationEvent(ctx, model.KindPolicy, n.id, e); err != nil {
			return err
		}
	}
	if m.ended.Withdrawal != nil {
		change := &model.Change{Kind: model.KindPolicy, Object: m.ended.ID, What: model.PubMerged, Why: m.asked.Reason, StaffID: m.by.ID, At: now}
		if err := tx.AddChange(ctx, change); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, m.by, model.AuditEntry{Act: "publication.merged", Object: model.Ref{Kind: string(model.KindPolicy), ID: m.ended.ID},
		Details: mergedInto{m.kept.ID, m.moved}})
}

type mergedInto struct {
	Into  string             `json:"into"`
	Moved model.PolicyMoving `json:"moved"`
}
