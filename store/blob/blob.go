// Package blob keeps the files that people upload and the service makes:
// attachments, page images, spoken texts. It has one interface with two
// makers, a folder and an S3-compatible object storage.
package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"time"
)

// Bucket keeps whole files under keys that the service makes up itself, like
// files/ab/cd01: what people call a file stands in its row, never in a key. No
// key is the folder of another. A call whose context has ended does nothing
// and returns the context's error; where the storage can't be reached, the error
// is ErrUnavailable (wrapped). Errors never hold an access key.
type Bucket interface {
	// Put keeps what r holds under key and replaces what was there, all at once
	// or not at all: who opens the key meanwhile gets the old file or the new
	// one. A size of -1 is unknown; when r holds more or less than size, the
	// error is ErrWrongSize. Put reads r to its end, does not close it, and
	// leaves it alone once it has returned. mediaType is for other readers of
	// the storage; ours is kept in the row.
	Put(ctx context.Context, key string, r io.Reader, size int64, mediaType string) error

	// Open returns the file under key, or ErrNotFound. ctx must outlive the
	// reading. A file that is replaced meanwhile reads on as it was or breaks
	// off with an error; it never goes over into the new one.
	Open(ctx context.Context, key string) (Object, error)

	// Delete forgets the file under key; there need not be one.
	Delete(ctx context.Context, key string) error

	// Health is nil when the bucket is there and files can be asked for.
	Health(ctx context.Context) error

	Close() error
}

// Object is an open file, as http.ServeContent wants it.
type Object interface {
	io.ReadSeekCloser
	Size() int64
	ModTime() time.Time
}

// What callers may want to tell apart.
var (
	ErrNotFound    = errors.New("no such file")
	ErrBadKey      = errors.New("malformed file key")
	ErrWrongSize   = errors.New("the file has another size than was said")
	ErrUnavailable = errors.New("file storage unavailable")
)

// keyShape leaves out upper case, which some file systems do not tell apart,
// and names that begin with a point, which are the folder's own.
var keyShape = regexp.MustCompile(`^[a-z0-9][a-z0-9/_.-]{0,200}$`)

// check refuses, before anything is touched, keys that two makers could
// understand differently: a//b, a/./b and a/../b have many names in a folder.
func check(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !keyShape.MatchString(key) || strings.Contains(key, "..") || !fs.ValidPath(key) {
		return ErrBadKey
	}
	return nil
}
