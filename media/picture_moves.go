package media

import (
	"bufio"
	"bytes"
	"io"
)

// moves says whether a picture has more than one frame.
func moves(r io.Reader, t *FileType) bool {
	b := bufio.NewReader(r)
	switch t {
	case GIF:
		return gifMoves(b)
	case PNG:
		head, _ := b.Peek(4096)
		before, _, _ := bytes.Cut(head, []byte("IDAT"))
		return bytes.Contains(before, []byte("acTL"))
	}
	return false
}

// gifMoves looks for a second frame (GIF89a, section 20).
func gifMoves(b *bufio.Reader) bool {
	var head [13]byte
	if _, err := io.ReadFull(b, head[:]); err != nil || !skipColours(b, head[10]) {
		return false
	}
	for frames := 0; ; {
		kind, err := b.ReadByte()
		switch {
		case err != nil:
			return false
		case kind == 0x2c:
			if frames++; frames > 1 {
				return true
			}
			if !skipFrame(b) {
				return false
			}
		case kind == 0x21:
			if _, err := b.Discard(1); err != nil || !skipBlocks(b) {
				return false
			}
		default:
			return false
		}
	}
}

func skipFrame(b *bufio.Reader) bool {
	var frame [9]byte
	if _, err := io.ReadFull(b, frame[:]); err != nil || !skipColours(b, frame[8]) {
		return false
	}
	_, err := b.Discard(1)
	return err == nil && skipBlocks(b)
}

func skipColours(b *bufio.Reader, flags byte) bool {
	if flags&0x80 == 0 {
		return true
	}
	_, err := b.Discard(3 << (flags&7 + 1))
	return err == nil
}

func skipBlocks(b *bufio.Reader) bool {
	for {
		n, err := b.ReadByte()
		if err != nil || n == 0 {
			return err == nil
		}
		if _, err := b.Discard(int(n)); err != nil {
			return false
		}
	}
}
