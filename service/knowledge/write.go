package knowledge

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"yuandu/check"
	"yuandu/model"
	"yuandu/store"
)

// Writing is an entry as somebody writes it.
type Writing struct {
	Department  string
	Responsible string // staff, "" for nobody
	Question    string
	Answer      string
	OtherWays   []string
	Topics      []string
	Basis       []model.KnowledgeBasis // its policies by ID
	Months      int                    // 0 for the usual
	Sample      bool
}

// Add writes a new entry, which waits until its office has an eye on it.
func (s *Service) Add(ctx context.Context, by model.Actor, v Writing) (*Shown, error) {
	return s.add(ctx, by, &model.Knowledge{State: model.KnowledgeDraft, Sample: v.Sample}, v)
}

func (s *Service) add(ctx context.Context, by model.Actor, k *model.Knowledge, v Writing) (*Shown, error) {
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := s.write(ctx, tx, d, k, v); err != nil {
			return err
		}
		if !may(d, by, model.ActWriteKnowledge, k.DepartmentID) {
			return model.ErrNotAllowed
		}
		return s.keep(ctx, tx, by, k, "added")
	})
	if err != nil {
		return nil, err
	}
	return s.Get(ctx, by, k.ID)
}

// Edit writes an entry anew; it stays the office's where it was.
func (s *Service) Edit(ctx context.Context, by model.Actor, r Ref, v Writing) (*Shown, error) {
	return s.act(ctx, by, r, deskAct{"edited", func(r Rights) bool { return r.Write },
		func(ctx context.Context, tx *store.Tx, d *store.Directory, k *model.Knowledge) error {
			if err := s.write(ctx, tx, d, k, v); err != nil {
				return err
			}
			if !may(d, by, model.ActWriteKnowledge, k.DepartmentID) {
				return model.ErrNotAllowed
			}
			return nil
		}})
}

// write makes an entry what somebody wrote.
func (s *Service) write(ctx context.Context, tx *store.Tx, d *store.Directory, k *model.Knowledge, v Writing) (err error) {
	if k.DepartmentID = d.Now(v.Department); d.Department(k.DepartmentID) == nil {
		return model.ErrDepartmentMissing.With("department", nil)
	}
	if k.Question, err = line(v.Question, model.KnowledgeQuestion, model.ErrKnowledgeQuestion); err != nil {
		return err
	}
	if k.Answer, err = written(v.Answer, model.KnowledgeAnswer, model.ErrKnowledgeAnswer); err != nil {
		return err
	}
	if k.OtherWays, err = ways(v.OtherWays); err != nil {
		return err
	}
	if k.TopicIDs, err = topics(d, v.Topics); err != nil {
		return err
	}
	if k.Basis, err = bases(ctx, tx, k.Basis, v.Basis); err != nil {
		return err
	}
	if k.Months = v.Months; k.Months == 0 {
		k.Months = model.KnowledgeMonths
	}
	if k.Months < 1 || k.Months > model.KnowledgeMostApart {
		return model.ErrKnowledgeMonths
	}
	k.Plan()
	return s.entrust(ctx, tx, d, k, v.Responsible)
}

// entrust has somebody look after an entry, who may say that it is right.
func (s *Service) entrust(ctx context.Context, tx *store.Tx, d *store.Directory, k *model.Knowledge, staffID string) error {
	if k.StaffID = staffID; staffID == "" {
		return nil
	}
	who, err := tx.Staff(ctx, staffID)
	if err != nil {
		return err
	}
	if who == nil || who.IsClosed() || !d.May(model.Actor{Kind: model.AStaff, ID: who.ID, Grants: who.Grants}, model.ActConfirmKnowledge, k.DepartmentID) {
		return model.ErrKnowledgeWho
	}
	return nil
}

func ways(list []string) (kept []string, err error) {
	if len(list) > model.KnowledgeOtherWays {
		return nil, model.ErrKnowledgeWays
	}
	for _, way := range list {
		if way, err = line(way, model.KnowledgeOtherWay, model.ErrKnowledgeWays); err != nil {
			return nil, err
		}
		if !slices.Contains(kept, way) {
			kept = append(kept, way)
		}
	}
	return kept, nil
}

func topics(d *store.Directory, ids []string) (kept []string, err error) {
	for _, id := range ids {
		if d.Topic(id) == nil || len(ids) > model.KnowledgeTopics {
			return nil, model.ErrKnowledgeTopic
		}
		if !slices.Contains(kept, id) {
			kept = append(kept, id)
		}
	}
	return kept, nil
}

// bases names the policies that an entry rests on. One that was there before may stay,
// public or not; a new one is public.
func bases(ctx context.Context, tx *store.Tx, before, now []model.KnowledgeBasis) (kept []model.KnowledgeBasis, err error) {
	if len(now) > model.KnowledgeBases {
		return nil, model.ErrKnowledgeBasis
	}
	ids := make([]string, len(now))
	for i, b := range now {
		ids[i] = b.PolicyID
	}
	public, err := tx.PublicRefs(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, b := range now {
		article := ""
		if b.Article != "" {
			if article, err = line(b.Article, model.KnowledgeArticle, model.ErrKnowledgeBasis); err != nil {
				return nil, err
			}
		}
		is := func(k model.KnowledgeBasis) bool { return k.PolicyID == b.PolicyID }
		if p := slices.IndexFunc(public, func(p model.PolicyRef) bool { return p.ID == b.PolicyID }); p >= 0 {
			kept = append(kept, model.KnowledgeBasis{PolicyID: b.PolicyID, Title: public[p].Title, DocNumber: public[p].DocNumber, Article: article})
		} else if i := slices.IndexFunc(before, is); i >= 0 {
			kept = append(kept, model.KnowledgeBasis{PolicyID: b.PolicyID, Title: before[i].Title, DocNumber: before[i].DocNumber, Article: article})
		} else {
			return nil, model.ErrKnowledgeBasis
		}
	}
	return kept, nil
}

// FromReply makes a draft of a reply that was sent; what may be somebody's own is left
// out, whoever looks over it decides about the rest. Asked again, it is the same entry.
func (s *Service) FromReply(ctx context.Context, by model.Actor, l *model.Letter, r *model.LetterReply) (*Shown, error) {
	there, err := s.store.KnowledgeOfReply(ctx, r.ID)
	switch {
	case err != nil:
		return nil, err
	case there != "":
		return s.Get(ctx, by, there)
	}
	d, err := s.store.Directory(ctx)
	if err != nil {
		return nil, err
	}
	known, err := s.names(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	v := Writing{Department: cmp.Or(r.DepartmentID, l.LeadID), Question: cutTo(without(l.Title, known), model.KnowledgeQuestion),
		Answer: cutTo(without(strings.ReplaceAll(r.Text, l.Number, "受理编号"), known), model.KnowledgeAnswer)}
	if l.TopicID != "" {
		v.Topics = []string{l.TopicID}
	}
	if may(d, by, model.ActConfirmKnowledge, v.Department) {
		v.Responsible = staffOf(by)
	}
	if v.Basis, err = s.basisOf(ctx, r.Basis); err != nil {
		return nil, err
	}
	made, err := s.add(ctx, by, &model.Knowledge{State: model.KnowledgeDraft, ReplyID: r.ID}, v)
	if errors.Is(err, store.ErrReplyKnown) { // since it was looked for above
		if there, err = s.store.KnowledgeOfReply(ctx, r.ID); err == nil {
			return s.Get(ctx, by, there)
		}
	}
	return made, err
}

// names are what the author of a letter is called: nobody is shown it, it is left out.
func (s *Service) names(ctx context.Context, letterID string) (name string, err error) {
	return name, s.store.InTx(ctx, func(tx *store.Tx) error {
		c, err := tx.LetterContact(ctx, letterID)
		name = c.Name
		return err
	})
}

// without leaves out of a text what may be somebody's own.
func without(text, known string) string { return check.Redacted(text, check.Private(text, known)) }

func cutTo(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}

// basisOf reads the policies that a reply names: 鸢教发〔2024〕2号 第十三条.
func (s *Service) basisOf(ctx context.Context, words string) (list []model.KnowledgeBasis, err error) {
	for _, named := range mentioned(words) {
		found, err := s.store.PublicByNumber(ctx, named.key)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 && len(list) < model.KnowledgeBases {
			list = append(list, model.KnowledgeBasis{PolicyID: found[0].ID, Article: named.article})
		}
	}
	return list, nil
}

// named is a policy as a reply names it.
type named struct{ key, article string }

func mentioned(words string) (list []named) {
	for _, piece := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune("、；;，,\n", r) }) {
		for _, n := range model.FindDocNumbers(piece) {
			_, article, _ := strings.Cut(piece, "号")
			list = append(list, named{n.Key(), cutTo(strings.TrimSpace(strings.Trim(article, "）)")), model.KnowledgeArticle)})
		}
	}
	return list
}
