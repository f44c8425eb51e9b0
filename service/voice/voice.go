// Package voice has public documents read aloud: it makes their sound in the background,
// keeps it, and hands it out with the moments at which each sentence is heard.
package voice

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"yuandu/media/speech"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
)

// Engine is who speaks.
type Engine struct {
	Speaker speech.Speaker // nil where nobody does
	Why     error          // why nobody does
	Since   model.Day      // documents of an earlier day stay silent, "" for none
}

// Service is the voices.
type Service struct {
	store  *store.Store
	bucket blob.Bucket
	engine Engine
	clock  model.Clock
	log    *slog.Logger
	busy   func() bool

	mu     sync.Mutex
	filled bool      // what was public before is noted
	rests  int       // how often in a row the engine was found away
	until  time.Time // when it is asked again
}

// New makes the service.
func New(s *store.Store, bucket blob.Bucket, engine Engine, clock model.Clock, log *slog.Logger) *Service {
	if engine.Speaker != nil {
		if err := speech.Ready(); err != nil {
			engine = Engine{Why: err}
		}
	}
	return &Service{store: s, bucket: bucket, engine: engine, clock: clock, log: log, busy: func() bool { return false }}
}

// YieldTo has one part made at a time, with pauses, while something else is busy.
func (s *Service) YieldTo(busy func() bool) { s.busy = busy }

// Of is the voice of a public document, nil where it has none now.
func (s *Service) Of(ctx context.Context, kind model.Kind, id string) (*model.Voice, error) {
	return s.store.Voice(ctx, kind, id)
}

// Heard is a voice with all that is needed to follow it.
type Heard struct {
	model.Voice
	Title string
	Marks []model.VoiceMark
}

// Hear reads the voice of a document by its name, "policy:ID".
func (s *Service) Hear(ctx context.Context, of string) (*Heard, error) {
	kind, id, _ := strings.Cut(of, ":")
	spoken, ok := model.SpokenKindOf(model.Kind(kind))
	if !ok {
		return nil, model.ErrVoiceUnspoken
	}
	title, err := s.store.SpokenTitle(ctx, spoken.Kind, id)
	if err != nil {
		return nil, err
	}
	if title == "" {
		return nil, spoken.Missing
	}
	v, err := s.store.Voice(ctx, spoken.Kind, id)
	if err == nil && v == nil {
		err = model.ErrVoiceMissing
	}
	if err != nil {
		return nil, err
	}
	marks, err := s.store.VoiceMarks(ctx, v)
	return &Heard{*v, title, marks}, err
}

// Open opens the sound of a public document, ErrVoiceMissing where that is another one
// by now. Whether the document is public is asked each time.
func (s *Service) Open(ctx context.Context, kind model.Kind, id, key string) (*Sound, error) {
	v, err := s.store.Voice(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	if v == nil || v.Key != key {
		return nil, model.ErrVoiceMissing
	}
	parts, err := s.store.PartsOfVoice(ctx, v)
	if err != nil {
		return nil, err
	}
	sound := &Sound{ctx: ctx, bucket: s.bucket, parts: parts, madeAt: v.MadeAt}
	for _, p := range parts {
		sound.size += p.Size
	}
	if sound.size != v.Size { // it was made anew between the two questions
		return nil, model.ErrVoiceMissing
	}
	return sound, nil
}

// Free lets the work of a killed process be taken at once.
func (s *Service) Free(ctx context.Context) error { return s.store.FreeVoices(ctx) }

// A part that no voice uses is kept for a while: somebody may be making the voice.
const (
	unusedFor  = time.Hour
	sweepParts = 500
)

// Sweep forgets sound that nobody can hear any more, each night.
func (s *Service) Sweep(ctx context.Context) error {
	if err := s.bucket.Health(ctx); err != nil {
		return fmt.Errorf("sweep voices: %w", err)
	}
	unused, err := s.store.UnusedVoiceParts(ctx, unusedFor, sweepParts)
	if err != nil {
		return err
	}
	return s.forget(ctx, unused)
}

// forget forgets the rows of parts that no voice uses, and then the bytes: a crash in
// between leaves bytes that nobody asks for.
func (s *Service) forget(ctx context.Context, parts []string) error {
	if len(parts) == 0 {
		return nil
	}
	blobs, err := s.store.ForgetVoiceParts(ctx, parts)
	for _, key := range blobs {
		if gone := s.bucket.Delete(ctx, key); gone != nil && err == nil {
			err = gone
		}
	}
	return err
}
