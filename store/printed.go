package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"yuandu/model"
)

const printedColumns = `p.sm3, p.size, p.step, p.pages, p.done, p.problem, p.problem_args, p.created_at`

func printedInto(p *model.PrintedFile) []any {
	return []any{&p.SM3, &p.Size, &p.Step, &p.Pages, &p.Done, &p.Problem.Code, asJSON(&p.Problem.Args), milliseconds{&p.CreatedAt}}
}

// AddPrinted notes that a file is to be read as printed pages, unless it is noted already.
func (tx *Tx) AddPrinted(ctx context.Context, sm3 string, size int64) error {
	return tx.exec(ctx, "note printed file", `INSERT INTO printed_files (sm3, size, step, pages, done, reading, problem, problem_args,
			held_by, held_until, tries, created_at, updated_at)
		VALUES ($1, $2, 'opening', 0, 0, 'null', '', 'null', '', 0, 0, $3, $4) ON CONFLICT (sm3) DO NOTHING`, sm3, size, tx.now(), tx.now())
}

// RetryPrinted lets a file be read again that could not be read: the machine may have been busy.
func (tx *Tx) RetryPrinted(ctx context.Context, sm3 string) error {
	return tx.exec(ctx, "read printed file again", `UPDATE printed_files SET step = 'opening', problem = '', problem_args = 'null', tries = 0,
		held_by = '', held_until = 0 WHERE sm3 = $1 AND step = 'failed'`, sm3)
}

// Printed is what is known of a file, nil for one that is not noted. reading takes what was
// made of the whole file.
func (r reads) Printed(ctx context.Context, sm3 string, reading any) (*model.PrintedFile, error) {
	p := &model.PrintedFile{}
	found, err := r.row(ctx, `SELECT `+printedColumns+`, p.reading FROM printed_files p WHERE p.sm3 = $1`, []any{sm3},
		append(printedInto(p), asJSON(&reading))...)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read printed file: %w", err)
	case !found:
		return nil, nil
	}
	return p, nil
}

// printedHeldFor is how long somebody who reads a file may be silent.
const printedHeldFor = time.Minute

// TakePrinted takes the file that waits longest for being read, for a holder, who has to say
// something every minute; tries is how often it was taken. It is nil where none waits.
func (s *Store) TakePrinted(ctx context.Context, holder string) (p *model.PrintedFile, tries int, err error) {
	now := s.clock.Now()
	list, err := collect(ctx, s.reads, func(row scanner) (sm3 string, err error) { return sm3, row.Scan(&sm3) },
		`SELECT sm3 FROM printed_files WHERE step NOT IN ('done', 'failed') AND held_until < $1 ORDER BY created_at, sm3 LIMIT 1`, now.UnixMilli())
	if err != nil {
		return nil, 0, fmt.Errorf("look for printed files to read: %w", err)
	}
	if len(list) == 0 {
		return nil, 0, nil
	}
	return p, tries, s.InTx(ctx, func(tx *Tx) error {
		took, err := tx.row(ctx, `UPDATE printed_files SET held_by = $2, held_until = $3, tries = tries + 1
			WHERE sm3 = $1 AND held_until < $4 AND step NOT IN ('done', 'failed') RETURNING tries`,
			[]any{list[0], holder, now.Add(printedHeldFor).UnixMilli(), now.UnixMilli()}, &tries)
		if err == nil && took {
			p, err = tx.Printed(ctx, list[0], nil)
		}
		if err != nil {
			return fmt.Errorf("take printed file: %w", err)
		}
		return nil
	})
}

// FreePrinted lets the work of a killed process be taken at once, where there can be no other.
func (s *Store) FreePrinted(ctx context.Context) error {
	if !s.dialect.private() {
		return nil
	}
	return s.InTx(ctx, func(tx *Tx) error {
		return tx.exec(ctx, "free printed files", `UPDATE printed_files SET held_by = '', held_until = 0 WHERE step NOT IN ('done', 'failed')`)
	})
}

// KeepPrinted writes how far its holder has come with a file, and holds it for another minute.
// It is ErrNotHeld where somebody else has taken it.
func (tx *Tx) KeepPrinted(ctx context.Context, p *model.PrintedFile, holder string) error {
	held, err := tx.row(ctx, `UPDATE printed_files SET step = $3, pages = $4, problem = $5, problem_args = $6, held_until = $7, updated_at = $8,
			done = (SELECT count(*) FROM printed_pages WHERE printed_pages.sm3 = printed_files.sm3)
		WHERE sm3 = $1 AND held_by = $2 AND step NOT IN ('done', 'failed') RETURNING done`,
		[]any{p.SM3, holder, p.Step, p.Pages, p.Problem.Code, toJSON(p.Problem.Args), tx.store.clock.Now().Add(printedHeldFor).UnixMilli(), tx.now()}, &p.Done)
	switch {
	case err != nil:
		return fmt.Errorf("keep printed file: %w", err)
	case !held:
		return ErrNotHeld
	}
	return nil
}

// SetReading keeps what was made of a whole file.
func (tx *Tx) SetReading(ctx context.Context, sm3 string, reading any) error {
	return tx.exec(ctx, "keep reading", `UPDATE printed_files SET reading = $2 WHERE sm3 = $1`, sm3, toJSON(reading))
}

// PrintedPage is a page of a file as it is kept.
type PrintedPage struct {
	Page          int
	Width, Height float64 // points
	Layer, Look   string
	Body          string
	Packed        []byte // where its words stand
}

// KeepPage keeps a page with the pictures that were made of it. Twice is once.
func (tx *Tx) KeepPage(ctx context.Context, sm3 string, p *PrintedPage, pictures []PrintedPicture) error {
	err := tx.exec(ctx, "keep page", `INSERT INTO printed_pages (sm3, page, width, height, layer, look, body, packed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (sm3, page) DO NOTHING`, sm3, p.Page, p.Width, p.Height, p.Layer, p.Look, p.Body, p.Packed)
	for n := range pictures {
		err = errors.Join(err, tx.KeepPicture(ctx, &pictures[n]))
	}
	return err
}

// PagesKept are the numbers of the pages of a file that are kept.
func (r reads) PagesKept(ctx context.Context, sm3 string) (map[int]bool, error) {
	kept := map[int]bool{}
	_, err := collect(ctx, r, func(row scanner) (page int, err error) {
		err = row.Scan(&page)
		kept[page] = true
		return page, err
	}, `SELECT page FROM printed_pages WHERE sm3 = $1`, sm3)
	if err != nil {
		return nil, fmt.Errorf("read which pages are kept: %w", err)
	}
	return kept, nil
}

// PrintedPages reads pages of a file from one to another, in their order.
func (r reads) PrintedPages(ctx context.Context, sm3 string, first, last int) ([]PrintedPage, error) {
	list, err := collect(ctx, r, func(row scanner) (p PrintedPage, err error) {
		return p, row.Scan(&p.Page, &p.Width, &p.Height, &p.Layer, &p.Look, &p.Body, &p.Packed)
	}, `SELECT page, width, height, layer, look, body, packed FROM printed_pages WHERE sm3 = $1 AND page >= $2 AND page <= $3 ORDER BY page`, sm3, first, last)
	if err != nil {
		return nil, fmt.Errorf("read pages: %w", err)
	}
	return list, nil
}

// PrintedPicture is a picture of a page that lies in the bucket.
type PrintedPicture struct {
	SM3           string // of the file
	Page          int
	Width, Height int // pixels
	MediaType     string
	Size          int64
	Tag           string // the first half of the SM3 of its bytes, in hexadecimal
}

// Key is where the bytes of the picture lie in the bucket.
func (p *PrintedPicture) Key() string {
	return "pages/" + p.SM3[:2] + "/" + p.SM3 + "/" + strconv.Itoa(p.Page) + "-" + strconv.Itoa(p.Width)
}

// KeepPicture keeps the row of a picture whose bytes are in the bucket. Twice is once.
func (tx *Tx) KeepPicture(ctx context.Context, p *PrintedPicture) error {
	return tx.exec(ctx, "keep picture of page", `INSERT INTO printed_pictures (sm3, page, width, height, media_type, size, tag)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (sm3, page, width) DO UPDATE SET height = excluded.height, media_type = excluded.media_type,
			size = excluded.size, tag = excluded.tag`, p.SM3, p.Page, p.Width, p.Height, p.MediaType, p.Size, p.Tag)
}

// PrintedPicture reads a picture of a page, nil where none is kept.
func (r reads) PrintedPicture(ctx context.Context, sm3 string, page, width int) (*PrintedPicture, error) {
	return r.picture(ctx, `FROM printed_pictures k WHERE k.sm3 = $1 AND k.page = $2 AND k.width = $3`, sm3, page, width)
}

// PublicPicture reads a picture of a page of a public issue. It is nil where none is kept, or
// the issue is not public.
func (s *Store) PublicPicture(ctx context.Context, issueID string, page, width int) (*PrintedPicture, error) {
	return s.reads.picture(ctx, `FROM gazette_issues i JOIN printed_pictures k ON k.sm3 = i.file_sm3 WHERE i.id = $1 AND k.page = $2 AND k.width = $3`,
		issueID, page, width)
}

func (r reads) picture(ctx context.Context, from string, args ...any) (*PrintedPicture, error) {
	list, err := r.pictures(ctx, from, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// pictures reads rows k of pictures.
func (r reads) pictures(ctx context.Context, from string, args ...any) ([]PrintedPicture, error) {
	list, err := collect(ctx, r, func(row scanner) (p PrintedPicture, err error) {
		return p, row.Scan(&p.SM3, &p.Page, &p.Width, &p.Height, &p.MediaType, &p.Size, &p.Tag)
	}, `SELECT k.sm3, k.page, k.width, k.height, k.media_type, k.size, k.tag `+from, args...)
	if err != nil {
		return nil, fmt.Errorf("read pictures of pages: %w", err)
	}
	return list, nil
}

// BlobOf is where the bytes of an SM3 lie, "" where nothing has them any more.
func (r reads) BlobOf(ctx context.Context, sm3 string) (key string, err error) {
	if _, err = r.row(ctx, `SELECT blob_key FROM files WHERE sm3 = $1 LIMIT 1`, []any{sm3}, &key); err != nil {
		return "", fmt.Errorf("look for bytes: %w", err)
	}
	return key, nil
}

// PrintedSheet is how large a page is printed, in points, and what is behind it.
type PrintedSheet struct {
	Width, Height float64
	Layer         string
}

// PrintedSheets are all pages of a file in their order, without their words.
func (r reads) PrintedSheets(ctx context.Context, sm3 string) ([]PrintedSheet, error) {
	list, err := collect(ctx, r, func(row scanner) (p PrintedSheet, err error) { return p, row.Scan(&p.Width, &p.Height, &p.Layer) },
		`SELECT width, height, layer FROM printed_pages WHERE sm3 = $1 ORDER BY page`, sm3)
	if err != nil {
		return nil, fmt.Errorf("read sizes of pages: %w", err)
	}
	return list, nil
}
