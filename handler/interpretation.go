package handler

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"yuandu/model"
)

// InterpretationDetail is a whole interpretation.
type InterpretationDetail struct {
	ID            string     `json:"id"`
	Title         string     `json:"title"`
	Departments   []Ref      `json:"departments"`
	PublishedDate string     `json:"published_date"`
	Body          []Block    `json:"body"`
	Questions     []Question `json:"questions"`
	Picture       *Picture   `json:"picture"`
	VideoURL      string     `json:"video_url"`
	Policies      []Ref      `json:"policies"`
	Source        Source     `json:"source"`
}

// Question is asked and answered in an interpretation.
type Question struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// Picture is a picture with what it says.
type Picture struct {
	URL  string `json:"url"`
	Text string `json:"text"`
}

// TransformSchema says that there may be no picture.
func (*Picture) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema { return nullable(s) }

func (h *handler) getInterpretation(ctx context.Context, in *ByID) (*Rendered, error) {
	i, err := h.Policy.Interpretation(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return render(interpretationDetail(*i))
}

func interpretationDetail(i model.Interpretation) InterpretationDetail {
	d := InterpretationDetail{ID: i.ID, Title: i.Title, Departments: departmentRefs(i.Departments),
		PublishedDate: string(i.PublishedDate), Body: converted(i.Body, block), Questions: converted(i.Questions, question),
		VideoURL: webAddress(i.VideoURL), Policies: policyRefs(i.Policies), Source: Source{webAddress(i.SourceURL)}}
	if i.PictureID != "" {
		d.Picture = &Picture{fileURL(i.PictureID), i.PictureText}
	}
	return d
}

func question(q model.Question) Question { return Question{q.Ask, q.Answer} }
