package ingest

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
)

// maxLine bounds a line: a body of the longest kind with every character
// escaped, and the rest of its row.
const maxLine = 32 << 20

var errLongLine = fmt.Errorf("这一行超过 %d MB", maxLine>>20)

// stream is the text of a file, unpacked and in UTF-8, read line by line.
type stream struct {
	file   *os.File
	text   *bufio.Reader
	packed bool
	ended  bool // by an error, which must not come again
	size   int64
	read   atomic.Int64
}

// peeked is how much of a file is looked at to find out what it is.
const peeked = 1 << 20

// openStream begins to read a file that is text, or text in gzip.
func openStream(file *os.File, size int64) (*stream, error) {
	s := &stream{file: file, size: size}
	s.text = bufio.NewReaderSize(counter{file, &s.read}, 64<<10)
	if head, _ := s.text.Peek(2); string(head) == "\x1f\x8b" {
		unpacked, err := gzip.NewReader(s.text)
		if err != nil {
			return nil, errors.New("压缩文件（gz）已损坏，开头就读不出来")
		}
		s.packed, s.text = true, bufio.NewReaderSize(unpacked, peeked)
	} else {
		s.text = bufio.NewReaderSize(s.text, peeked)
	}
	s.text = decoded(s.text)
	return s, nil
}

// readLine reads a line with its end, which the last one may lack. A line that
// is too long is dropped, and so is one that the file breaks off in: that is
// the last error before io.EOF.
func (s *stream) readLine() ([]byte, error) {
	var text []byte
	long := false
	for !s.ended {
		part, err := s.text.ReadSlice('\n')
		if long = long || len(text)+len(part) > maxLine; !long {
			text = append(text, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == io.EOF && len(text) == 0 && !long:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			s.ended = true
			return nil, err
		case long:
			return nil, errLongLine
		}
		return text, nil
	}
	return nil, io.EOF
}

// broken says why a line could not be read.
func (s *stream) broken(err error) string {
	switch {
	case errors.Is(err, errLongLine):
		return err.Error()
	case s.packed:
		return "压缩文件在这里断了（没有下载完整，或已损坏），这一行和后面的内容读不出来"
	}
	return fmt.Sprintf("从这一行起读不出来：%v", err)
}

func (s *stream) progress() (read, total int64) { return s.read.Load(), s.size }

func (s *stream) Close() error { return s.file.Close() }

// counter counts what is read of a file.
type counter struct {
	r    io.Reader
	read *atomic.Int64
}

func (c counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.read.Add(int64(n))
	return n, err
}
