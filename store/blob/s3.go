package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3 is a bucket in an object storage that speaks S3.
type S3 struct {
	client    *minio.Client
	transport *http.Transport
	bucket    string
}

var _ Bucket = (*S3)(nil)

// S3Options say where the storage is and who asks.
type S3Options struct {
	Endpoint  string // http://host:port or https://host
	Region    string // "" asks the storage
	Bucket    string
	AccessKey string
	SecretKey string
}

// partSize is what one request carries, and the memory that a file larger than
// that takes on its way. Left alone, the client takes half a gigabyte for a
// file of unknown size.
const partSize = 16 << 20

var errEndpoint = errors.New("the endpoint must look like https://host or http://host:port, " +
	"without a path or a password")

// OpenS3 returns the bucket of that name, which is made if it is not there and
// the access key may make it.
func OpenS3(ctx context.Context, o S3Options) (*S3, error) {
	s, err := newS3(o)
	if err == nil {
		err = s.make(ctx, o.Region)
	}
	if err != nil {
		return nil, fmt.Errorf("open object storage: %w", err)
	}
	return s, nil
}

func newS3(o S3Options) (*S3, error) {
	host, secure, err := parseEndpoint(o.Endpoint)
	if err != nil {
		return nil, err
	}
	transport, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, err
	}
	transport.DialContext = (&net.Dialer{Timeout: 5 * time.Second}).DialContext // instead of 30 s
	client, err := minio.New(host, &minio.Options{
		Creds:      credentials.NewStaticV4(o.AccessKey, o.SecretKey, ""),
		Secure:     secure,
		Transport:  transport,
		Region:     o.Region,
		MaxRetries: 3, // somebody waits; jobs have a patience of their own
	})
	return &S3{client, transport, o.Bucket}, err
}

// parseEndpoint quotes nothing: the parser's own errors would quote a password.
func parseEndpoint(endpoint string) (host string, secure bool, err error) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", false, errEndpoint
	}
	if u.User != nil || strings.TrimSuffix(u.Path, "/")+u.RawQuery+u.Fragment != "" {
		return "", false, errEndpoint
	}
	return u.Host, u.Scheme == "https", nil
}

// make lets another process be faster.
func (s *S3) make(ctx context.Context, region string) error {
	there, err := s.client.BucketExists(ctx, s.bucket)
	if there || err != nil {
		return err
	}
	err = s.client.MakeBucket(ctx, s.bucket, minio.MakeBucketOptions{Region: region})
	if err == nil || minio.ToErrorResponse(err).Code == minio.BucketAlreadyOwnedByYou {
		return nil
	}
	return fmt.Errorf("the bucket is missing and cannot be made: %w", err)
}

// Put streams. The storage keeps an object only once it has all of it.
func (s *S3) Put(ctx context.Context, key string, r io.Reader, size int64, mediaType string) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	u := &upload{ctx: ctx, r: r, size: size}
	err := s.send(ctx, key, u, mediaType)
	if wrong := u.stop(); wrong != nil {
		err = wrong
	}
	if err != nil {
		return fmt.Errorf("put file: %w", err)
	}
	return nil
}

func (s *S3) send(ctx context.Context, key string, u *upload, mediaType string) error {
	if u.size == 0 { // the client would not read at all
		if _, err := io.Copy(io.Discard, u); err != nil {
			return err
		}
	}
	options := minio.PutObjectOptions{ContentType: mediaType, PartSize: partSize}
	_, err := s.client.PutObject(ctx, s.bucket, key, u, u.size, options)
	return plain(ctx, err)
}

// Open asks for the size and the time; the bytes are fetched from where they
// are read first.
func (s *S3) Open(ctx context.Context, key string) (Object, error) {
	if err := check(ctx, key); err != nil {
		return nil, err
	}
	object, err := s.client.GetObject(ctx, s.bucket, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	info, err := object.Stat()
	if err != nil {
		object.Close()
		return nil, fmt.Errorf("open file: %w", plain(ctx, err))
	}
	return s3Object{object, info}, nil
}

// Delete removes the object.
func (s *S3) Delete(ctx context.Context, key string) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	err := plain(ctx, s.client.RemoveObject(ctx, s.bucket, key, minio.RemoveObjectOptions{}))
	if err != nil && err != ErrNotFound {
		return fmt.Errorf("delete file: %w", err)
	}
	return nil
}

// plain says which of the errors that callers tell apart an error of the client
// is: without an answer, or with one like 503, the storage is away.
func plain(ctx context.Context, err error) error {
	var answer minio.ErrorResponse
	switch {
	case err == nil || ctx.Err() != nil:
		return err
	case !errors.As(err, &answer) || answer.StatusCode >= http.StatusInternalServerError:
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	case answer.Code == minio.NoSuchKey:
		return ErrNotFound
	}
	return err
}

// Health asks whether the bucket is there.
func (s *S3) Health(ctx context.Context) error {
	there, err := s.client.BucketExists(ctx, s.bucket)
	switch {
	case err != nil:
		return fmt.Errorf("reach object storage: %w", err)
	case !there:
		return errors.New("reach object storage: the bucket is missing")
	}
	return nil
}

// Close hangs up. Files that are open can be read on.
func (s *S3) Close() error {
	s.transport.CloseIdleConnections()
	return nil
}

// s3Object remembers what was said when it was opened: the client's own Stat
// later tells how much is left.
type s3Object struct {
	*minio.Object
	info minio.ObjectInfo
}

func (o s3Object) Size() int64        { return o.info.Size }
func (o s3Object) ModTime() time.Time { return o.info.LastModified }
