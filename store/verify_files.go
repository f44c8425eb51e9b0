package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"yuandu/model"
)

// ErrNoBytes is what a BytesOf answers where nothing lies.
var ErrNoBytes = errors.New("no bytes are kept")

// BytesOf reads what lies under a key; who reads it closes it.
type BytesOf = func(ctx context.Context, blobKey string) (io.ReadCloser, error)

// VerifyFiles reads the bytes of every kept file, of every page of the gazette that is drawn
// and of every part of a voice, and reports those that are not what they were, and every file
// that a revision names and that is not kept: the revision's own words are in the audit trail,
// so that bytes and row changed together are found too. It counts the files that were read.
func (s *Store) VerifyFiles(ctx context.Context, bytesOf BytesOf, report func(Break)) (read int, err error) {
	v := &fileVerifier{store: s, bytesOf: bytesOf, report: report, kept: map[string]bool{}}
	if err := v.files(ctx); err != nil {
		return v.read, fmt.Errorf("verify files: %w", err)
	}
	if err := v.named(ctx); err != nil {
		return v.read, fmt.Errorf("verify files of revisions: %w", err)
	}
	return v.read, errors.Join(v.pictures(ctx), v.voices(ctx))
}

type fileVerifier struct {
	store   *Store
	bytesOf BytesOf
	report  func(Break)
	kept    map[string]bool // SM3 of what is there and whole
	read    int
}

func (v *fileVerifier) files(ctx context.Context) error {
	last := ""
	for {
		page, err := collect(ctx, v.store.reads, func(row scanner) (f File, err error) {
			return f, row.Scan(&f.FileID, &f.BlobKey, &f.SM3, &f.Size)
		}, `SELECT id, blob_key, sm3, size FROM files WHERE id > $1 ORDER BY id LIMIT 500`, last)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, f := range page {
			if err := v.file(ctx, f); err != nil {
				return err
			}
			last = f.FileID
		}
	}
}

func (v *fileVerifier) file(ctx context.Context, f File) error {
	v.read++
	whole, err := v.whole(ctx, kept{f.BlobKey, f.Size, f.SM3}, Break{What: FileMissing, ID: f.FileID}, Break{What: FileChanged, ID: f.FileID})
	if whole {
		v.kept[f.SM3] = true
	}
	return err
}

// kept is what a row says of bytes: where they lie, how many they are, and the beginning of
// their SM3.
type kept struct {
	key  string
	size int64
	sum  string
}

// whole says whether bytes are what their row says, and reports it where they are not.
func (v *fileVerifier) whole(ctx context.Context, k kept, missing, changed Break) (bool, error) {
	object, err := v.bytesOf(ctx, k.key)
	if errors.Is(err, ErrNoBytes) {
		v.report(missing)
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer object.Close()
	sum := sm3.New()
	size, err := io.Copy(sum, object)
	if err != nil {
		return false, fmt.Errorf("read %s: %w", k.key, err)
	}
	if size != k.size || !strings.HasPrefix(hex.EncodeToString(sum.Sum(nil)), k.sum) {
		v.report(changed)
		return false, nil
	}
	return true, nil
}

// pictures reads the drawn pages of the gazette.
func (v *fileVerifier) pictures(ctx context.Context) error {
	all, err := v.store.reads.pictures(ctx, `FROM printed_pictures k ORDER BY k.sm3, k.page, k.width`)
	for _, p := range all {
		if err != nil {
			break
		}
		name := fmt.Sprintf("%s 第%d页，宽 %d", p.SM3[:8], p.Page, p.Width)
		_, err = v.whole(ctx, kept{p.Key(), p.Size, p.Tag}, Break{What: PictureMissing, ID: name}, Break{What: PictureChanged, ID: name})
	}
	if err != nil {
		return fmt.Errorf("verify pages of the gazette: %w", err)
	}
	return nil
}

// voices reads the parts of voices.
func (v *fileVerifier) voices(ctx context.Context) error {
	type part struct {
		kept
		of string
	}
	parts, err := collect(ctx, v.store.reads, func(row scanner) (p part, err error) { return p, row.Scan(&p.key, &p.size, &p.sum, &p.of) },
		`SELECT p.blob_key, p.size, p.sm3, coalesce(min(u.kind || ' ' || u.id), p.id) FROM voice_parts p LEFT JOIN voice_uses u ON u.part_id = p.id
			GROUP BY p.id, p.blob_key, p.size, p.sm3 ORDER BY p.blob_key`)
	for _, p := range parts {
		if err == nil {
			_, err = v.whole(ctx, p.kept, Break{What: VoiceMissing, ID: p.of}, Break{What: VoiceChanged, ID: p.of})
		}
	}
	if err != nil {
		return fmt.Errorf("verify voices: %w", err)
	}
	return nil
}

// named looks for the files that revisions name.
func (v *fileVerifier) named(ctx context.Context) error {
	var last auditRevision
	for {
		page, err := collect(ctx, v.store.reads, func(row scanner) (r namedFiles, err error) {
			return r, row.Scan(&r.Kind, &r.ID, &r.Version, &r.canonical)
		}, `SELECT kind, id, version, canonical FROM revisions
			WHERE (kind, id, version) > ($1, $2, $3) ORDER BY kind, id, version LIMIT 200`, last.Kind, last.ID, last.Version)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			for _, sum := range r.sums() {
				if !v.kept[sum] {
					v.report(Break{What: RevisionFileMissing, ID: revisionName(r.Kind, r.ID, r.Version)})
				}
			}
			last = r.auditRevision
		}
	}
}

type namedFiles struct {
	auditRevision
	canonical string
}

// sums are the hashes of the files that a form names. One that cannot be read was
// changed, which the trail tells.
func (r namedFiles) sums() (list []string) {
	form, err := model.ReadCanonical([]byte(r.canonical))
	if err != nil {
		return nil
	}
	for _, a := range form.Attachments {
		list = append(list, a.SM3)
	}
	for _, b := range form.Body {
		if b.SM3 != "" {
			list = append(list, b.SM3)
		}
	}
	if form.Picture != "" {
		list = append(list, form.Picture)
	}
	return list
}
