package file

import (
	"io"

	"yuandu/media"
	"yuandu/model"
)

// ReceiveEnclosure takes in what somebody encloses with a letter: pictures and
// documents, no films.
func (s *Service) ReceiveEnclosure(r io.Reader, declared int64) (*Arrived, error) {
	if declared > model.MaxEnclosure {
		return nil, tooLarge(model.MaxEnclosure)
	}
	in := &incoming{r: r}
	head, err := in.head()
	if err != nil {
		return nil, err
	}
	if most, err := media.Peek(head); err != nil || most == model.MaxVideo {
		return nil, model.ErrLetterFileType
	}
	return keepFor(in, head, model.MaxEnclosure)
}
