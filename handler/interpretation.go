package handler

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
)

// InterpretationDetail is a whole interpretation.
type InterpretationDetail struct {
	ID            string           `json:"id" doc:"编号"`
	Title         string           `json:"title" doc:"标题"`
	Departments   []Ref            `json:"departments" doc:"发布单位；空表示不详"`
	PublishedDate string           `json:"published_date" doc:"发布日期，不详时为空"`
	Body          []Block          `json:"body" doc:"正文，按阅读顺序"`
	Questions     []model.Question `json:"questions" doc:"问答"`
	Picture       *Picture         `json:"picture"`
	VideoURL      string           `json:"video_url" doc:"解读视频的网址，没有时为空"`
	Policies      []Ref            `json:"policies" doc:"解读的是哪些文件；未收录的没有编号"`
	Source        Source           `json:"source"`
	Voice         *VoiceRef        `json:"voice,omitempty" doc:"可以听时才有"`
}

// Picture is a picture with what it says.
type Picture struct {
	URL  string `json:"url" doc:"图片地址"`
	Text string `json:"text" doc:"图中的文字"`
}

// TransformSchema says that there may be no picture.
func (*Picture) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema { return nullable(s) }

func (h *handler) getInterpretation(ctx context.Context, in *ByID) (*Rendered, error) {
	i, err := h.Policy.Interpretation(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	shown := interpretationDetail(*i)
	if shown.Voice, err = h.voiceRef(ctx, model.KindInterpretation, i.ID); err != nil {
		return nil, err
	}
	return render(shown)
}

func interpretationDetail(i model.Interpretation) InterpretationDetail {
	d := InterpretationDetail{ID: i.ID, Title: i.Title, Departments: departmentRefs(i.Departments),
		PublishedDate: string(i.PublishedDate), Body: converted(i.Body, block), Questions: append([]model.Question{}, i.Questions...),
		VideoURL: webAddress(i.VideoURL), Policies: policyRefs(i.Policies), Source: Source{webAddress(i.SourceURL)}}
	if i.PictureID != "" {
		d.Picture = &Picture{fileURL(i.PictureID), i.PictureText}
	}
	return d
}
