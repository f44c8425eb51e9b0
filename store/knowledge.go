package store

import (
	"context"
	"errors"
	"fmt"

	"yuandu/model"
)

// MarkKnowledge grows when an entry changes, or what it rests on by a merge.
const MarkKnowledge = "knowledge"

// stillHolds says that whoever looks after an entry k is there, and may do so in its
// office: else nobody does.
const stillHolds = `EXISTS (SELECT 1 FROM staff s JOIN staff_grants g ON g.staff_id = s.id
	WHERE s.id = k.staff_id AND s.closed_at = 0 AND g.role IN ('case_handler', 'office_head') AND g.department_id IN (
		WITH RECURSIVE up (id) AS (SELECT k.department_id UNION SELECT d.parent_id FROM departments d JOIN up ON up.id = d.id
			WHERE d.parent_id IS NOT NULL) SELECT up.id FROM up))`

const knowledgeColumns = `k.id, k.department_id, CASE WHEN ` + stillHolds + ` THEN k.staff_id ELSE '' END, k.state, k.question, k.answer,
	k.other_ways, k.topic_ids, k.months, k.reviewed_day, k.review_day, k.request_note, k.requested_by, k.requested_at,
	coalesce(k.reply_id, ''), k.sample <> 0, k.created_at, k.updated_at, k.updated_by, k.version`

// scanKnowledge reads an entry without what it rests on.
func scanKnowledge(row scanner) (k model.Knowledge, err error) {
	var r model.KnowledgeRequest
	err = row.Scan(&k.ID, &k.DepartmentID, &k.StaffID, &k.State, &k.Question, &k.Answer, asJSON(&k.OtherWays), asJSON(&k.TopicIDs),
		&k.Months, &k.ReviewedDay, &k.ReviewDay, &r.Note, &r.StaffID, ifAny{&r.At}, &k.ReplyID, &k.Sample,
		milliseconds{&k.CreatedAt}, milliseconds{&k.UpdatedAt}, &k.UpdatedBy, &k.Version)
	if !r.At.IsZero() {
		k.Request = &r
	}
	return k, err
}

// Knowledge reads an entry, nil where there is none.
func (r reads) Knowledge(ctx context.Context, id string) (*model.Knowledge, error) {
	list, err := r.KnowledgeOf(ctx, []string{id})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// KnowledgeOf reads the entries of some IDs, in their order.
func (r reads) KnowledgeOf(ctx context.Context, ids []string) ([]model.Knowledge, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var w where
	in(&w, "k.id", ids)
	list, err := collect(ctx, r, scanKnowledge, `SELECT `+knowledgeColumns+` FROM knowledge k WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read knowledge: %w", err)
	}
	if err := r.addBases(ctx, list); err != nil {
		return nil, err
	}
	return inOrder(ids, list, func(k *model.Knowledge) string { return k.ID }), nil
}

// addBases adds what entries rest on, as it stands now.
func (r reads) addBases(ctx context.Context, list []model.Knowledge) error {
	if len(list) == 0 {
		return nil
	}
	at, ids := map[string]*model.Knowledge{}, make([]string, len(list))
	for i := range list {
		ids[i], at[list[i].ID] = list[i].ID, &list[i]
	}
	var w where
	in(&w, "b.knowledge_id", ids)
	_, err := collect(ctx, r, func(row scanner) (any, error) {
		var id string
		var b model.KnowledgeBasis
		err := row.Scan(&id, &b.PolicyID, &b.Title, &b.DocNumber, &b.Article, &b.Public, &b.Days.Effective, &b.Days.Expiry,
			&b.Days.Amended, &b.Days.Repealed, &b.Days.Stated)
		if err == nil {
			at[id].Basis = append(at[id].Basis, b)
		}
		return nil, err
	}, `SELECT b.knowledge_id, b.policy_id, coalesce(p.title, b.title), coalesce(p.doc_number, b.doc_number), b.article, p.id IS NOT NULL,
			coalesce(p.effective_date, ''), coalesce(p.expiry_date, ''), coalesce(p.amended_on, ''), coalesce(p.repealed_on, ''),
			coalesce(p.stated, '')
		FROM knowledge_policies b LEFT JOIN policies p ON p.id = b.policy_id WHERE `+w.String()+` ORDER BY b.knowledge_id, b.position`, w.args...)
	if err != nil {
		return fmt.Errorf("read what knowledge rests on: %w", err)
	}
	return nil
}

// KnowledgeFor reads an entry in order to change it: until the transaction ends nobody
// else does. It is ErrKnowledgeMissing where there is none.
func (tx *Tx) KnowledgeFor(ctx context.Context, id string) (*model.Knowledge, error) {
	if err := tx.exec(ctx, "take knowledge", `UPDATE knowledge SET version = version WHERE id = $1`, id); err != nil {
		return nil, err
	}
	k, err := tx.Knowledge(ctx, id)
	if err == nil && k == nil {
		err = model.ErrKnowledgeMissing
	}
	return k, err
}

// AddKnowledge keeps a new entry, which gets an ID.
func (tx *Tx) AddKnowledge(ctx context.Context, k *model.Knowledge) error {
	k.ID, k.Version, k.CreatedAt = NewID(), 0, k.UpdatedAt
	added, err := tx.row(ctx, `
		INSERT INTO knowledge (id, department_id, staff_id, state, question, answer, other_ways, topic_ids, months, reviewed_day, review_day,
			request_note, requested_by, requested_at, reply_id, sample, created_at, updated_at, updated_by, version)
		VALUES ($1, $2, '', $3, '', '', '[]', '[]', 0, '', '', '', '', 0, $4, $5, $6, 0, '', 0) ON CONFLICT (reply_id) DO NOTHING RETURNING id`,
		[]any{k.ID, k.DepartmentID, k.State, orNull(k.ReplyID), number(k.Sample), k.CreatedAt.UnixMilli()}, &k.ID)
	switch {
	case err != nil:
		return fmt.Errorf("add knowledge: %w", err)
	case !added:
		return ErrReplyKnown
	}
	return tx.KeepKnowledge(ctx, k)
}

// ErrReplyKnown says that there is an entry of a reply already: somebody was faster.
var ErrReplyKnown = errors.New("there is an entry of this reply")

// KeepKnowledge writes an entry that KnowledgeFor has read.
func (tx *Tx) KeepKnowledge(ctx context.Context, k *model.Knowledge) error {
	k.Version++
	r := model.KnowledgeRequest{}
	if k.Request != nil {
		r = *k.Request
	}
	err := tx.exec(ctx, "keep knowledge", `
		UPDATE knowledge SET department_id = $2, staff_id = $3, state = $4, question = $5, answer = $6, other_ways = $7, topic_ids = $8,
			months = $9, reviewed_day = $10, review_day = $11, request_note = $12, requested_by = $13, requested_at = $14, updated_at = $15,
			updated_by = $16, version = $17
		WHERE id = $1`,
		k.ID, k.DepartmentID, k.StaffID, k.State, k.Question, k.Answer, toJSON(orEmpty(k.OtherWays)), toJSON(orEmpty(k.TopicIDs)), k.Months,
		k.ReviewedDay, k.ReviewDay, r.Note, r.StaffID, millis(r.At), k.UpdatedAt.UnixMilli(), k.UpdatedBy, k.Version)
	if err != nil {
		return err
	}
	if err := tx.keepBases(ctx, k); err != nil {
		return err
	}
	return tx.grow(ctx, MarkKnowledge)
}

func (tx *Tx) keepBases(ctx context.Context, k *model.Knowledge) error {
	if err := tx.exec(ctx, "drop bases", `DELETE FROM knowledge_policies WHERE knowledge_id = $1`, k.ID); err != nil {
		return err
	}
	for i, b := range k.Basis {
		err := tx.exec(ctx, "keep basis", `INSERT INTO knowledge_policies (knowledge_id, position, policy_id, title, doc_number, article)
			VALUES ($1, $2, $3, $4, $5, $6)`, k.ID, i, b.PolicyID, b.Title, b.DocNumber, b.Article)
		if err != nil {
			return err
		}
	}
	return nil
}

// orEmpty is a list that is a list in JSON too.
func orEmpty(list []string) []string { return append([]string{}, list...) }

// KnowledgeOfReply is the ID of the entry that was made of a reply, "" for none.
func (r reads) KnowledgeOfReply(ctx context.Context, replyID string) (id string, err error) {
	if _, err = r.row(ctx, `SELECT id FROM knowledge WHERE reply_id = $1`, []any{replyID}, &id); err != nil {
		return "", fmt.Errorf("look for knowledge of a reply: %w", err)
	}
	return id, nil
}

// PublicRefs names the public policies of some IDs.
func (r reads) PublicRefs(ctx context.Context, ids []string) ([]model.PolicyRef, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var w where
	in(&w, "id", ids)
	list, err := collect(ctx, r, func(row scanner) (p model.PolicyRef, err error) {
		return p, row.Scan(&p.ID, &p.Title, &p.DocNumber, &p.PublishedDate)
	}, `SELECT id, title, doc_number, published_date FROM policies WHERE `+w.String(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read names of public policies: %w", err)
	}
	return list, nil
}
