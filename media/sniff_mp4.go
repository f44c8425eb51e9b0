package media

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"

	"yuandu/model"
)

// box is one box of an MP4 (ISO/IEC 14496-12).
type box struct {
	kind    string
	at      int64 // of its head
	content int64 // where its content begins
	end     int64
}

const (
	mp4MaxBoxes = 200_000 // a long video in fragments has many
	mp4MaxTold  = 16 << 20
)

// mp4Brands are the brands of videos that browsers and phones play. Pictures of
// phones (HEIC) and films of QuickTime begin like videos, too.
var mp4Brands = []string{"isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9",
	"mp41", "mp42", "avc1", "M4V ", "MSNV", "dash", "mmp4", "3gp4", "3gp5", "3gp6"}

// lookMP4 wants a video with a table of what is in it, and none that has a track
// of where it was taken.
func lookMP4(c content) (*Sniffed, error) {
	m := &mp4{c, mp4MaxBoxes}
	seen := map[string]bool{}
	err := m.walk(0, c.size, func(b box) error {
		seen[b.kind] = true
		switch b.kind {
		case "ftyp":
			return m.brand(b)
		case "moov":
			return m.tracks(b)
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case !seen["moov"] || !seen["mdat"]:
		return nil, model.ErrFileDamaged
	}
	return &Sniffed{Type: MP4}, nil
}

// mp4 walks through the boxes of a video.
type mp4 struct {
	file content
	left int // boxes
}

// walk visits the boxes that lie between two places, one behind the other.
func (m *mp4) walk(from, to int64, visit func(box) error) error {
	for at := from; at < to; {
		b, err := m.box(at, to)
		if err != nil {
			return err
		}
		if m.left--; m.left < 0 {
			return model.ErrFileDamaged
		}
		if err := visit(b); err != nil {
			return err
		}
		at = b.end
	}
	return nil
}

// box reads the head of the box at a place; it must end before another.
func (m *mp4) box(at, to int64) (b box, err error) {
	head := make([]byte, 16)
	n, err := m.file.ReadAt(head[:min(16, to-at)], at)
	switch {
	case err != nil && err != io.EOF:
		return b, err
	case n < 8:
		return b, model.ErrFileDamaged
	}
	size := int64(binary.BigEndian.Uint32(head))
	b = box{kind: string(head[4:8]), at: at, content: at + 8}
	switch {
	case size == 0:
		size = to - at
	case size == 1 && n == 16:
		size, b.content = int64(binary.BigEndian.Uint64(head[8:])), at+16
	}
	if b.end = at + size; size < b.content-at || size > to-at {
		return b, model.ErrFileDamaged
	}
	return b, nil
}

// read reads the content of a box, or its beginning.
func (m *mp4) read(b box, most int64) ([]byte, error) {
	text := make([]byte, min(b.end-b.content, most))
	_, err := io.ReadFull(io.NewSectionReader(m.file, b.content, b.end-b.content), text)
	return text, err
}

func (m *mp4) brand(b box) error {
	brand, err := m.read(b, 4)
	if err != nil {
		return err
	}
	if !slices.Contains(mp4Brands, string(brand)) {
		return model.ErrFileType
	}
	return nil
}

// tracks refuses tracks of places, as sports cameras and some phones write them.
// Their samples lie among those of the pictures and can't be taken out.
func (m *mp4) tracks(moov box) error {
	return m.below(moov, []string{"trak", "mdia", "minf", "stbl", "stsd"}, func(b box) error {
		head, err := m.read(b, 16)
		if err != nil {
			return err
		}
		if len(head) == 16 && slices.Contains([]string{"gpmd", "camm"}, string(head[12:])) {
			return model.ErrFileTracked
		}
		return nil
	})
}

// below visits the boxes at the end of a path.
func (m *mp4) below(b box, path []string, visit func(box) error) error {
	if len(path) == 0 {
		return visit(b)
	}
	return m.walk(b.content, b.end, func(inner box) error {
		if inner.kind != path[0] {
			return nil
		}
		return m.below(inner, path[1:], visit)
	})
}

// tellers are the boxes that tell of a video what nobody needs who watches it:
// where, by whom and with what it was taken.
var tellers = []string{"udta", "meta", "uuid"}

// places are how a place is marked in them.
var places = [][]byte{[]byte("\xa9xyz"), []byte("loci"), []byte("location"), []byte("GPS")}

// Forget blanks in a video what it tells of itself. placed says that this was a
// place. Nothing moves: the boxes stay, empty.
func Forget(video interface {
	io.ReaderAt
	io.WriterAt
}, size int64) (placed bool, err error) {
	m := &mp4{content{video, size, ""}, mp4MaxBoxes}
	err = m.tellers(0, size, func(b box) error {
		told, err := m.read(b, mp4MaxTold)
		if err != nil {
			return err
		}
		placed = placed || slices.ContainsFunc(places, func(p []byte) bool { return bytes.Contains(told, p) })
		return blank(video, b)
	})
	return placed, err
}

// tellers visits the boxes that tell, of the whole and of each track.
func (m *mp4) tellers(from, to int64, visit func(box) error) error {
	return m.walk(from, to, func(b box) error {
		switch {
		case slices.Contains(tellers, b.kind):
			return visit(b)
		case b.kind == "moov" || b.kind == "trak":
			return m.tellers(b.content, b.end, visit)
		}
		return nil
	})
}

// blank makes free space of a box.
func blank(w io.WriterAt, b box) error {
	if _, err := w.WriteAt([]byte("free"), b.at+4); err != nil {
		return err
	}
	zeros := make([]byte, 64<<10)
	for at := b.content; at < b.end; at += int64(len(zeros)) {
		if _, err := w.WriteAt(zeros[:min(int64(len(zeros)), b.end-at)], at); err != nil {
			return err
		}
	}
	return nil
}
