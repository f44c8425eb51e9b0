package handler

import (
	"context"
	"strings"

	"yuandu/model"
	"yuandu/service/meeting"
)

// MinutesRead is a meeting as its minutes tell of it. Nothing of it is kept yet.
type MinutesRead struct {
	Draft model.MeetingDraft `json:"draft" doc:"认出来的内容；认不出的空着"`
	Notes []WordNote         `json:"notes" doc:"没有认出、或者作了处理的地方，请人核对"`
}

// readMinutes reads a Word document that was handed in as the minutes of a meeting.
func (h *handler) readMinutes(ctx context.Context, in *WordIn) (*Private[MinutesRead], error) {
	d, err := h.File.ReadWord(ctx, by(ctx), in.Body.FileID)
	if err != nil {
		return nil, err
	}
	m, err := h.MeetingDesk.ReadMinutes(ctx, d.Title, d.Passages)
	if err != nil {
		return nil, err
	}
	return private(MinutesRead{m.Draft, append(converted(m.Notes, minutesNote), converted(d.Notes, wordNote)...)}), nil
}

func minutesNote(n meeting.MinutesNote) WordNote {
	return WordNote{n.Code, n.Count, say(n.Code, map[string]any{"count": n.Count, "names": strings.Join(n.Names, "、")})}
}
