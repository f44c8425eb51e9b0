package voice

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/media/speech"
	"yuandu/model"
	"yuandu/outside"
	"yuandu/store"
	"yuandu/store/blob"
)

// How long the making may take at once.
const (
	longestPart = 30 * time.Second // of one part, which has some seconds of work
	longestStep = 20 * time.Second // of some parts of a document, after which others may go on with it
	wantedPage  = 500
)

// Work makes the voices that wait. Any number may do it at once: each takes another
// document.
func (s *Service) Work(ctx context.Context) error {
	if s.engine.Speaker == nil {
		return nil
	}
	if err := s.fill(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil && !s.rest() {
		w, err := s.store.TakeVoice(ctx)
		if err != nil || w == nil {
			return err
		}
		if err := s.step(ctx, w); err != nil || s.busy() {
			return err
		}
	}
	return nil
}

// fill notes, once, what was public before anybody could speak, or was spoken by another
// engine.
func (s *Service) fill(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for more := true; more && !s.filled; {
		var err error
		if more, err = s.store.WantVoices(ctx, s.engine.Speaker.Name(), wantedPage); err != nil {
			return err
		}
	}
	s.filled = true
	return nil
}

// step goes on with a voice. What keeps it from being made is noted with it; the error is
// of the house itself.
func (s *Service) step(ctx context.Context, w *store.WantedVoice) error {
	err := s.goOn(ctx, w)
	after := context.WithoutCancel(ctx) // who is told to go leaves no work taken
	switch {
	case err == nil:
		s.found(true)
		return nil
	case ctx.Err() != nil:
		return s.store.LeaveVoice(after, w)
	}
	problem, engine := reason(err)
	if engine {
		s.found(false)
	}
	if problem == problemOther {
		s.log.Error("a voice was not made", "kind", w.Kind, "id", w.ID, "error", err)
	}
	return s.store.PutOffVoice(after, w, problem, pause(w.Attempts))
}

func (s *Service) goOn(ctx context.Context, w *store.WantedVoice) error {
	read, spoken := readers[w.Kind]
	if !spoken {
		return s.drop(ctx, w)
	}
	said, err := read(ctx, s.store, w.ID)
	switch {
	case err != nil:
		return err
	case said == nil:
		return s.drop(ctx, w)
	case s.engine.Since != "" && said.day < s.engine.Since:
		said.pieces = nil
	}
	parts := speech.Parts(s.engine.Speaker, said.sentences())
	held, err := s.store.VoiceParts(ctx, keys(parts), w.Anew)
	if err != nil {
		return err
	}
	whole, err := s.speak(ctx, w, parts, held)
	if err != nil {
		return err
	}
	if !whole {
		return s.store.LeaveVoice(ctx, w)
	}
	made, err := s.join(w, said, parts, held)
	if err != nil {
		return err
	}
	before, err := s.store.FinishVoice(ctx, w, made)
	if err != nil {
		return err
	}
	return s.forget(ctx, before)
}

// drop forgets the voice of what is not public, and its bytes at once.
func (s *Service) drop(ctx context.Context, w *store.WantedVoice) error {
	before, err := s.store.DropVoice(ctx, w)
	if err != nil {
		return err
	}
	return s.forget(ctx, before)
}

// speak has the parts spoken that are not held yet; whole says that all are now.
func (s *Service) speak(ctx context.Context, w *store.WantedVoice, parts []speech.Part, held map[string]store.VoicePart) (whole bool, err error) {
	began, spoken := time.Now(), 0
	for i, p := range parts {
		if _, made := held[p.Key]; made {
			continue
		}
		if spoken > 0 && (s.busy() || time.Since(began) > longestStep) {
			return false, nil
		}
		spoken++
		made, err := s.part(ctx, p)
		if err != nil {
			return false, err
		}
		if err := s.store.SaveVoicePart(ctx, w, made, i+1, len(parts)); err != nil {
			return false, err
		}
		held[p.Key] = *made
	}
	return true, nil
}

// part has one part spoken and keeps its bytes.
func (s *Service) part(ctx context.Context, p speech.Part) (*store.VoicePart, error) {
	ctx, cancel := context.WithTimeout(ctx, longestPart)
	defer cancel()
	v, err := speech.Make(ctx, s.engine.Speaker, p.Sentences)
	if err != nil {
		return nil, spoke{err}
	}
	samples, err := speech.Samples(v.MP3, s.engine.Speaker.Rate())
	if err != nil {
		return nil, err
	}
	marks, err := json.Marshal(v.Marks)
	if err != nil {
		return nil, fmt.Errorf("write marks: %w", err)
	}
	sum := sm3.Sum(v.MP3)
	made := &store.VoicePart{Key: p.Key, Sum: hex.EncodeToString(sum[:]), Size: int64(len(v.MP3)), Samples: samples, Marks: marks}
	id := strings.ToLower(store.NewID())
	made.BlobKey = "voices/" + id[len(id)-2:] + "/" + id
	return made, s.bucket.Put(ctx, made.BlobKey, bytes.NewReader(v.MP3), made.Size, "audio/mpeg")
}

// join makes one voice of parts that are all held.
func (s *Service) join(w *store.WantedVoice, said *script, parts []speech.Part, held map[string]store.VoicePart) (*store.MadeVoice, error) {
	m := &store.MadeVoice{Voice: model.Voice{Kind: w.Kind, ID: w.ID, Engine: s.engine.Speaker.Name(), Version: said.version}}
	rate := s.engine.Speaker.Rate()
	samples := 0
	for _, p := range parts {
		h := held[p.Key]
		var marks []speech.Mark
		if err := json.Unmarshal(h.Marks, &marks); err != nil {
			return nil, fmt.Errorf("read marks: %w", err)
		}
		for _, mark := range marks {
			m.Marks = append(m.Marks, said.mark(mark, p.Block, samples*1000/rate))
		}
		samples += h.Samples
		m.Size += h.Size
		m.Parts = append(m.Parts, h.ID)
	}
	m.Length = time.Duration(samples) * time.Second / time.Duration(rate)
	if len(m.Parts) > 0 {
		sum := sha256.Sum256([]byte(strings.Join(m.Parts, " ")))
		m.Key = hex.EncodeToString(sum[:keyBytes])
	}
	return m, nil
}

// keyBytes is how much of the hash tells one voice of a document from another.
const keyBytes = 12

// mark is a mark of a part in the whole: some blocks and milliseconds later.
func (s *script) mark(m speech.Mark, blocks, milliseconds int) model.VoiceMark {
	p := &s.pieces[blocks+m.Block]
	from, to := p.shown(m.Range)
	return model.VoiceMark{Start: m.Start + milliseconds, End: m.End + milliseconds, Place: p.place, From: from, To: to}
}

func keys(parts []speech.Part) []string {
	list := make([]string, len(parts))
	for i, p := range parts {
		list[i] = p.Key
	}
	return list
}

// spoke is an error of who speaks.
type spoke struct{ error }

func (e spoke) Unwrap() error { return e.error }

// What keeps a voice from being made; the sentences are in the locales under voice.problem.
const (
	problemStorage = "storage"
	problemEngine  = "engine"
	problemSlow    = "slow"
	problemOther   = "other"
)

// Problems lists the codes of all that keeps a voice from being made.
func Problems() []string {
	return []string{problemStorage, problemEngine, problemSlow, problemOther, string(outside.VoiceConfigured), string(outside.VoiceKey), string(outside.VoiceMoney),
		string(outside.VoiceWords), string(outside.VoiceLater), string(outside.VoiceUnreachable), string(outside.VoiceOdd)}
}

// reason tells what keeps a voice from being made, and whether it would keep any other
// from it too.
func reason(err error) (problem string, ofAll bool) {
	var cloud *outside.VoiceError
	var engine spoke
	switch {
	case errors.Is(err, blob.ErrUnavailable):
		return problemStorage, true
	case errors.As(err, &cloud):
		return string(cloud.Reason), cloud.Reason != outside.VoiceWords
	case errors.Is(err, context.DeadlineExceeded):
		return problemSlow, true
	case errors.As(err, &engine):
		return problemEngine, true
	}
	return problemOther, false
}

// Pauses between tries.
const (
	shortestPause = time.Minute
	longestPause  = 6 * time.Hour
	longestRest   = 15 * time.Minute
)

// pause is how long one that did not go well waits: longer each time.
func pause(attempts int) time.Duration {
	return min(shortestPause<<min(attempts, 10), longestPause)
}

// rest says whether the engine is left alone now.
func (s *Service) rest() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clock.Now().Before(s.until)
}

// found notes whether the engine spoke: one that did not is not asked for every document
// that waits.
func (s *Service) found(well bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if well {
		s.rests, s.until = 0, time.Time{}
		return
	}
	s.until = s.clock.Now().Add(min(shortestPause<<min(s.rests, 10)/2, longestRest))
	s.rests++
}
