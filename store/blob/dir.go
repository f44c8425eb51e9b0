package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"
)

// Dir is a bucket in a folder. The operating system keeps it inside: no key
// and no symbolic link leads out of it.
type Dir struct {
	root *os.Root
}

var _ Bucket = (*Dir)(nil)

// partial holds files until they are whole. No key can name it.
const partial = ".partial"

// OpenDir returns the bucket in folder, which is made if it is not there.
func OpenDir(folder string) (*Dir, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("open folder of files: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open folder of files: %w", err)
	}
	d := &Dir{root}
	if err := d.sweep(time.Now().Add(-24 * time.Hour)); err != nil {
		root.Close()
		return nil, fmt.Errorf("sweep folder of files: %w", err)
	}
	return d, nil
}

// sweep removes what a crash left half written before the moment given.
// Younger pieces may belong to another process.
func (d *Dir) sweep(before time.Time) error {
	pieces, err := fs.ReadDir(d.root.FS(), partial)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, piece := range pieces {
		if info, err := piece.Info(); err == nil && info.ModTime().Before(before) {
			d.forget(path.Join(partial, piece.Name()))
		}
	}
	return nil
}

// Put writes beside the files and then gives the new one its name.
func (d *Dir) Put(ctx context.Context, key string, r io.Reader, size int64, _ string) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	piece := path.Join(partial, rand.Text())
	err := d.write(piece, &upload{ctx: ctx, r: r, size: size})
	if err == nil {
		err = d.place(piece, key)
	}
	if err != nil {
		d.forget(piece)
		return fmt.Errorf("put file: %w", err)
	}
	return nil
}

// write returns when the bytes are on the disk: a name must not outlive a
// power cut that its bytes do not.
func (d *Dir) write(name string, r io.Reader) error {
	if err := d.root.MkdirAll(partial, 0o700); err != nil { // somebody may have tidied it away
		return err
	}
	file, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := io.Copy(file, r); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return file.Close()
}

func (d *Dir) place(piece, key string) error {
	if err := d.root.MkdirAll(path.Dir(key), 0o700); err != nil {
		return err
	}
	if err := d.root.Rename(piece, key); err != nil {
		return err
	}
	return d.syncAbove(key)
}

// syncAbove brings the name of key to the disk, and those of the folders above
// it, which may be new.
func (d *Dir) syncAbove(key string) error {
	for name := path.Dir(key); ; name = path.Dir(name) {
		folder, err := d.root.Open(name)
		if err != nil {
			return err
		}
		err = errors.Join(folder.Sync(), folder.Close())
		if err != nil || name == "." {
			return err
		}
	}
}

// forget removes what nobody will ask for; if it cannot, the next sweep will.
func (d *Dir) forget(piece string) { _ = d.root.Remove(piece) }

// Open opens the file of that name. A folder is none.
func (d *Dir) Open(ctx context.Context, key string) (Object, error) {
	if err := check(ctx, key); err != nil {
		return nil, err
	}
	file, err := d.root.Open(key)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", absent(err))
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrNotFound
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("open file: %w", err)
	}
	return dirObject{file, info}, nil
}

// Delete removes the file of that name, and no folder.
func (d *Dir) Delete(ctx context.Context, key string) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	info, err := d.root.Lstat(key)
	if err == nil && info.Mode().IsRegular() {
		err = d.root.Remove(key)
	}
	if err = absent(err); err != nil && err != ErrNotFound {
		return fmt.Errorf("delete file: %w", err)
	}
	return nil
}

// absent makes ErrNotFound of the ways in which a system says that nothing is
// there: no such name, or a file where a folder would have to be.
func absent(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return ErrNotFound
	}
	return err
}

// Health writes a file and removes it: a disk that went away or turned
// read-only still lists what it holds.
func (d *Dir) Health(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	probe := path.Join(partial, rand.Text())
	err := d.write(probe, strings.NewReader("probe"))
	if err == nil {
		err = d.root.Remove(probe)
	}
	if err != nil {
		d.forget(probe)
		return fmt.Errorf("write to folder of files: %w", err)
	}
	return nil
}

// Close gives the folder back. Files that are open stay so.
func (d *Dir) Close() error { return d.root.Close() }

type dirObject struct {
	*os.File
	info fs.FileInfo
}

func (o dirObject) Size() int64        { return o.info.Size() }
func (o dirObject) ModTime() time.Time { return o.info.ModTime() }
