package handler

import (
	"context"
	"time"

	"yuandu/model"
)

// LetterReceipt is what somebody takes home whose letter staff entered. What became of
// the letter since is not on it.
type LetterReceipt struct {
	ID          string              `json:"id" doc:"编号，用于地址"`
	Number      string              `json:"number" doc:"受理编号，给人看"`
	Channel     model.LetterChannel `json:"channel" enum:"ask,mayor" doc:"ask 我向政府问个事，mayor 我和市长拉个呱"`
	ChannelName string              `json:"channel_name" doc:"栏目的中文"`
	SourceName  string              `json:"source_name" doc:"来源的中文"`
	Title       string              `json:"title" doc:"来信的标题"`
	ReceivedAt  time.Time           `json:"received_at" doc:"何时收到的"`
	Due         LetterDue           `json:"due" doc:"收到时定下的：最迟哪天答复"`
	MayOpen     bool                `json:"may_open" doc:"您现在可以打开这封信"`
}

func (h *handler) letterReceipt(ctx context.Context, in *LetterID) (*Private[LetterReceipt], error) {
	r, err := h.Letters.Receipt(ctx, by(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return private(LetterReceipt{r.ID, r.Number, r.Channel, r.Channel.Name(), r.Source.Name(), r.Title, r.ReceivedAt,
		LetterDue{r.Due.Day, r.WhyDue(r.Due), r.Left}, r.MayOpen}), nil
}
