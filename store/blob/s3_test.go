package blob_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"yuandu/internal/testenv"
	"yuandu/store/blob"
	"yuandu/store/blob/blobtest"
)

func TestS3(t *testing.T) {
	s := openS3(t, storage(t))
	blobtest.Run(t, func(*testing.T) blob.Bucket { return s })
}

func TestS3MakesItsBucketAndMissesIt(t *testing.T) {
	o := storage(t)
	o.Bucket = "test-" + strings.ToLower(rand.Text())
	s := openS3(t, o)
	openS3(t, o) // the second process finds it there
	if err := s.Health(t.Context()); err != nil {
		t.Error(err)
	}
	if err := client(t, o).RemoveBucket(t.Context(), o.Bucket); err != nil {
		t.Fatal(err)
	}
	if s.Health(t.Context()) == nil {
		t.Error("the bucket is gone, and it says it is well")
	}
	if err := s.Put(t.Context(), "a", strings.NewReader("a"), 1, ""); err == nil {
		t.Error("a file was put nowhere")
	}
}

// A file larger than one part goes up in several, of which a cut leaves none.
func TestS3KeepsFilesOfSeveralParts(t *testing.T) {
	o := storage(t)
	s, key := openS3(t, o), "test/"+strings.ToLower(rand.Text())
	large := bytes.Repeat([]byte("0123456789abcdef"), 17<<16) // 17 MB
	cut := io.MultiReader(bytes.NewReader(large), iotest.ErrReader(io.ErrUnexpectedEOF))
	if err := s.Put(t.Context(), key, cut, -1, ""); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	for piece := range client(t, o).ListIncompleteUploads(t.Context(), o.Bucket, key, true) {
		t.Errorf("left half way: %s %v", piece.Key, piece.Err)
	}
	for _, size := range []int{len(large), -1} {
		if err := s.Put(t.Context(), key, bytes.NewReader(large), int64(size), ""); err != nil {
			t.Fatal(err)
		}
		holds(t, s, key, string(large))
	}
	err := s.Put(t.Context(), key, bytes.NewReader(large), int64(len(large)-1), "")
	if !errors.Is(err, blob.ErrWrongSize) {
		t.Error(err)
	}
	if err := s.Delete(t.Context(), key); err != nil {
		t.Error(err)
	}
}

func TestS3NeverTellsItsSecret(t *testing.T) {
	o := storage(t)
	o.SecretKey = "gongkai2026"
	for _, access := range []string{o.AccessKey, "nobody"} {
		o.AccessKey = access
		if _, err := blob.OpenS3(t.Context(), o); err == nil || strings.Contains(err.Error(), "gongkai") {
			t.Error(err)
		}
	}
}

func TestS3RefusesOtherEndpoints(t *testing.T) {
	for _, endpoint := range []string{
		"", "127.0.0.1:7070", "s3.example.cn", "ftp://s3.example.cn", "http://", "http://s3.example.cn/bucket",
		"http://key:gongkai@s3.example.cn", "http://key:gong/kai@s3.example.cn", "http://key:12#gongkai@s3.example.cn",
		"https://s3.example.cn?secret=gongkai", "http://key:gong%zzkai@s3.example.cn", "http://s3.example.cn:gongkai",
	} {
		_, err := blob.OpenS3(t.Context(), blob.S3Options{Endpoint: endpoint, Bucket: "files", SecretKey: "gongkai"})
		if err == nil || !strings.Contains(err.Error(), "must look like") || strings.Contains(err.Error(), "gong") {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}

// A storage that takes calls and says nothing keeps nobody longer than they
// wanted to wait.
func TestS3KeepsTheCallersDeadline(t *testing.T) {
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err = blob.OpenS3(ctx, blob.S3Options{Endpoint: "http://" + mute.Addr().String(), Bucket: "files"})
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}

func storage(t *testing.T) blob.S3Options {
	const server = "object storage"
	return blob.S3Options{
		Endpoint:  testenv.Need(t, "YUANDU_TEST_S3_ENDPOINT", server),
		Bucket:    testenv.Need(t, "YUANDU_TEST_S3_BUCKET", server),
		AccessKey: testenv.Need(t, "YUANDU_TEST_S3_ACCESS_KEY", server),
		SecretKey: testenv.Need(t, "YUANDU_TEST_S3_SECRET_KEY", server),
	}
}

func openS3(t *testing.T, o blob.S3Options) *blob.S3 {
	t.Helper()
	s, err := blob.OpenS3(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// client looks behind the bucket.
func client(t *testing.T, o blob.S3Options) *minio.Client {
	t.Helper()
	u, err := url.Parse(o.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	c, err := minio.New(u.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(o.AccessKey, o.SecretKey, ""),
		Secure: u.Scheme == "https",
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
