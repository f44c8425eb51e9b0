package handler

import (
	"context"

	"yuandu/model"
	"yuandu/service/knowledge"
)

// offered is how many entries are worth reading beside a letter.
const offered = 8

// OfferIn asks for entries that may answer a letter.
type OfferIn struct {
	LetterID
	Text string `query:"q" maxLength:"200" doc:"按这几个字找；不填就按来信的文字"`
}

// Offer are entries that may answer.
type Offer struct {
	Items []OfferedKnowledge `json:"items" doc:"最贴切的在前；要复核的在后，不能用的在最后"`
}

// OfferedKnowledge is an entry that may answer, with the passage that says so.
type OfferedKnowledge struct {
	KnowledgeItem
	Answer  string           `json:"answer" doc:"怎么答"`
	Basis   []KnowledgeBasis `json:"basis" doc:"依据的文件"`
	Snippet string           `json:"snippet" doc:"答案里最相关的一段"`
	Ranges  []model.Range    `json:"ranges" doc:"其中该标出的"`
}

func (h *handler) offerKnowledge(ctx context.Context, in *OfferIn) (*Private[Offer], error) {
	l, err := h.Letters.Get(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	asked := knowledge.Asked{Text: in.Text, Topic: l.TopicID, Limit: offered}
	if in.Text == "" {
		asked.Text = l.Title + "\n" + l.Text
	}
	list, err := h.Knowledge.Offer(ctx, by(ctx), asked)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, o := range list {
		people = append(people, o.StaffID)
	}
	names, err := h.Knowledge.NamesFor(ctx, people...)
	return private(Offer{converted(list, func(o knowledge.Offered) OfferedKnowledge {
		return OfferedKnowledge{KnowledgeItem: knowledgeItem(&o.Shown, names), Answer: o.Answer, Basis: h.knowledgeBasis(o.Basis),
			Snippet: o.Snippet, Ranges: converted(o.Ranges, func(r model.Range) model.Range { return r })}
	})}), err
}

// KnowledgeOfReplyIn names a reply that was sent.
type KnowledgeOfReplyIn struct {
	Keyed
	LetterID
	Body struct {
		Answer int `json:"answer" minimum:"1" maximum:"100" doc:"第几次答复，从 1 数起"`
	}
}

func (h *handler) knowledgeOfReply(ctx context.Context, in *KnowledgeOfReplyIn) (*Private[KnowledgeRecord], error) {
	l, err := h.Letters.Get(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	n := 0
	for i := range l.Replies {
		r := &l.Replies[i]
		if r.IsSent() {
			n++
		}
		if r.IsSent() && n == in.Body.Answer {
			v, err := h.Knowledge.FromReply(ctx, by(ctx), &l.Letter, r)
			return h.answerKnowledge(ctx, v, err)
		}
	}
	return nil, model.ErrLetterNoAnswer
}
