// Package push hears what WeChat pushes and hands it to whom it concerns.
package push

import (
	"context"
	"net/url"

	"yuandu/wechat"
)

// Door is what the service asks of WeChat's door.
type Door interface {
	Echo(query url.Values) (string, error)
	Hear(ctx context.Context, query url.Values, body []byte) ([]wechat.Event, error)
	Heard(ctx context.Context, events ...wechat.Event)
}

// Listener is told of every event; it picks those that concern it. An event
// that it could not keep is pushed again.
type Listener func(ctx context.Context, e wechat.Event) error

// Service hears what WeChat pushes.
type Service struct {
	door      Door
	listeners []Listener
}

// New makes the service.
func New(door Door, listeners ...Listener) *Service { return &Service{door, listeners} }

// Echo answers WeChat's question whether an address is ours.
func (s *Service) Echo(query url.Values) (string, error) { return s.door.Echo(query) }

// Hear takes a push: what is forged, stale or in the wrong mode is refused,
// what was heard already is passed over.
func (s *Service) Hear(ctx context.Context, query url.Values, body []byte) error {
	events, err := s.door.Hear(ctx, query, body)
	if err != nil {
		return err
	}
	for _, e := range events {
		for _, hear := range s.listeners {
			if err := hear(ctx, e); err != nil {
				return err
			}
		}
		s.door.Heard(ctx, e)
	}
	return nil
}
