package directory

import (
	"context"
	"slices"
	"strings"

	"yuandu/model"
	"yuandu/store"
)

// TopicTable is all topics in their order, with the version that a change must
// name.
type TopicTable struct {
	Topics  []Topic
	Version int64
}

// TopicTable reads all topics as those who keep them see them.
func (s *Service) TopicTable(ctx context.Context) (*TopicTable, error) {
	topics, err := s.Topics(ctx)
	if err != nil {
		return nil, err
	}
	t := &TopicTable{Topics: topics}
	for _, topic := range topics {
		t.Version += topic.Version
	}
	return t, nil
}

// SaveTopics keeps the order of all topics, and what each is explained by, if
// nobody has changed them since version. Their names stay: addresses, follows and
// the sorting of imports know them by these.
func (s *Service) SaveTopics(ctx context.Context, by model.Actor, topics []model.Topic, version int64) error {
	if !by.May(model.ActEditTopics) {
		return model.ErrNotAllowed
	}
	directory, err := s.store.Directory(ctx)
	if err != nil {
		return err
	}
	if len(topics) != len(directory.Topics) {
		return model.ErrTopics
	}
	for i := range topics {
		t := &topics[i]
		if directory.Topic(t.ID) == nil || slices.ContainsFunc(topics[:i], func(o model.Topic) bool { return o.ID == t.ID }) {
			return model.ErrTopics
		}
		t.Explanation = strings.TrimSpace(t.Explanation)
		if wrong := model.ValidExplanation(t.Explanation); wrong != nil {
			return wrong
		}
	}
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.KeepTopics(ctx, topics, version); err != nil {
			return err
		}
		return tx.Audit(ctx, by, model.AuditEntry{Act: "topics.edited", Object: model.Ref{Kind: "topics"}, Details: order(topics)})
	})
}

type topicOrder struct {
	Order []string `json:"order"`
}

func order(topics []model.Topic) (o topicOrder) {
	for _, t := range topics {
		o.Order = append(o.Order, t.ID)
	}
	return o
}
