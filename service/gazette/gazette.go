// Package gazette is the city's official record (公报): issues as they were printed, from the
// file of the press office to pages on a phone that can be searched and cited.
package gazette

import (
	"context"
	"crypto/rand"
	"log/slog"

	"golang.org/x/sync/singleflight"

	"yuandu/media/pages"
	"yuandu/model"
	"yuandu/store"
	"yuandu/store/blob"
	"yuandu/store/cache"
	"yuandu/store/search"
)

// Service is the gazette.
type Service struct {
	store   *store.Store
	bucket  blob.Bucket
	cache   cache.Cache
	engines Engines
	ask     search.Asker
	clock   model.Clock
	drawing singleflight.Group
	held    *heldPictures
}

// Engines open the files of issues. Readers do not wait for an import: what they ask to be
// drawn has a process of its own. Read reads words off the pictures of pages that have none, nil
// where no program does.
type Engines struct {
	Import, Draw *pages.Engine
	Read         *pages.Reader
}

// New makes the service. The files and the pictures of pages lie in bucket; ask finds what is
// public of the gazette.
func New(s *store.Store, bucket blob.Bucket, c cache.Cache, engines Engines, ask search.Asker, clock model.Clock) *Service {
	return &Service{store: s, bucket: bucket, cache: c, engines: engines, ask: ask, clock: clock, held: holdPictures()}
}

func (s *Service) today() model.Day { return model.Today(s.clock.Now()) }

// Drafts are how an import opens and changes the working copies of issues, each in the
// transaction in which it is noted as made. note says where it came from.
type Drafts interface {
	Open(ctx context.Context, tx *store.Tx, by model.Actor, p *model.Publication, note string) error
	Rewrite(ctx context.Context, tx *store.Tx, by model.Actor, p *model.Publication, content []byte, note string) error
}

// Importer brings in files of issues. What a file holds is read once, whoever brings it in and
// however often; what becomes of it is a draft.
type Importer struct {
	*Service
	drafts Drafts
	log    *slog.Logger
	holder string
}

// Importer makes the one who brings in files.
func (s *Service) Importer(drafts Drafts, log *slog.Logger) *Importer {
	return &Importer{s, drafts, log, rand.Text()}
}
