package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Open begins to read an import file. What it is, JSON lines, CSV or XLSX, is
// told by its content; JSON lines and CSV may be packed with gzip. The error
// says in Chinese what is wrong with the file as a whole.
func Open(path string) (*Reader, error) {
	name := filepath.Base(path)
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s 打不开：%w", name, err)
	}
	r, err := openFile(file, name)
	if err != nil {
		_ = file.Close() // only read
		return nil, fmt.Errorf("%s 不能导入：%w", name, err)
	}
	return r, nil
}

// openFile begins to read an open file, which closing the reader closes.
func openFile(file *os.File, name string) (_ *Reader, err error) {
	r := &Reader{noted: map[string]bool{}}
	if r.source, err = openSource(file, name); err != nil {
		return nil, err
	}
	if table, ok := r.source.(interface{ names() header }); ok {
		for _, name := range table.names() { // also those that no row fills
			c, _ := columnOf(name)
			r.note(field{name: name}, c)
		}
	}
	return r, nil
}

func openSource(file *os.File, name string) (source, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("是一个文件夹，请给出文件")
	}
	head := make([]byte, 8)
	n, err := io.ReadFull(file, head)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	switch head = head[:n]; {
	case n == 0:
		return nil, errors.New("是空文件")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return openXLSX(file, info.Size())
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, errors.New("是旧版 Excel（.xls）或加了密码的文件，请另存为不加密的 .xlsx")
	case bytes.HasPrefix(head, []byte("%PDF")):
		return nil, errors.New("是 PDF 文件，请用 JSONL、CSV 或 XLSX")
	}
	text, err := openStream(file, info.Size())
	if err != nil {
		return nil, err
	}
	return openText(text, name)
}

func openText(s *stream, name string) (source, error) {
	head, err := s.text.Peek(peeked)
	if err != nil && err != io.EOF && len(head) == 0 {
		return nil, errors.New(s.broken(err))
	}
	switch head = bytes.TrimSpace(head); {
	case len(head) == 0:
		return nil, errors.New("里面没有内容")
	case head[0] == '[' && !bytes.HasPrefix(bytes.TrimSpace(head[1:]), []byte("\"")):
		return nil, errors.New("是一个 JSON 数组，请改成每行一个 JSON 对象（JSONL）")
	case head[0] == '{':
		return &jsonl{stream: s}, nil
	}
	csv, err := openCSV(s, head)
	if err != nil && isJSONName(name) {
		return &jsonl{stream: s}, nil
	}
	if err != nil {
		return nil, err
	}
	return csv, nil
}

func isJSONName(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".ndjson") || strings.HasSuffix(name, ".json")
}
