package ingest

import (
	"bufio"
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decoded reads r as UTF-8, whatever its text is written in. A text in UTF-8 is
// passed on as it is, broken bytes and all.
func decoded(r *bufio.Reader) *bufio.Reader {
	head, _ := r.Peek(peeked)
	switch charset := charsetOf(head); charset {
	case unicode.UTF8:
		return r
	case unicode.UTF8BOM:
		_, _ = r.Discard(len("\ufeff")) // it has just been peeked at
		return r
	default:
		return bufio.NewReaderSize(transform.NewReader(r, charset.NewDecoder()), peeked)
	}
}

// charsetOf tells UTF-8, UTF-16 with its mark, and GBK with its larger brother
// GB18030 apart. A text in UTF-8 with a few broken bytes stays one.
func charsetOf(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return unicode.UTF8BOM
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	}
	han, broken := 0, 0
	for rest := head; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1 && len(rest) >= utf8.UTFMax:
			broken++
		case size == 3:
			han++
		}
		rest = rest[size:]
	}
	if broken > han {
		return simplifiedchinese.GB18030
	}
	return unicode.UTF8
}
