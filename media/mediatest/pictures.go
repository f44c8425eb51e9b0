package mediatest

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

// The colours of Picture: its left half and its right half.
var (
	Left  = color.RGBA{200, 30, 30, 255}
	Right = color.RGBA{30, 30, 200, 255}
)

// Picture is a picture of two halves.
func Picture(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := Left
			if x >= w/2 {
				c = Right
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

func written(write func(io.Writer) error) []byte {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// JPEG is a photograph, held as orientation says, that tells where it was taken.
func JPEG(w, h int, orientation uint16) []byte {
	plain := written(func(to io.Writer) error { return jpeg.Encode(to, Picture(w, h), nil) })
	exif, xmp := segment("Exif\x00\x00"+string(EXIF(orientation))), segment("http://ns.adobe.com/xap/1.0/\x00<x>潍坊</x>")
	return slices.Concat(plain[:2], exif, xmp, plain[2:])
}

func segment(content string) []byte {
	return slices.Concat([]byte{0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(content)+2)), []byte(content))
}

// EXIF is what a camera notes: how it was held, and whose it is.
func EXIF(orientation uint16) []byte {
	const artist = "GPS 36.7069 119.1619\x00"
	b := []byte("II*\x00\x08\x00\x00\x00\x02\x00")
	le := binary.LittleEndian
	for _, f := range []struct {
		tag, kind    uint16
		count, value uint32
	}{{0x0112, 3, 1, uint32(orientation)}, {0x013b, 2, uint32(len(artist)), 38}} {
		b = le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(b, f.tag), f.kind), f.count), f.value)
	}
	return append(le.AppendUint32(b, 0), artist...)
}

// PNG is a picture with words in it that nobody sees.
func PNG(p image.Image) []byte {
	plain := written(func(to io.Writer) error { return png.Encode(to, p) })
	const head = 33 // signature and IHDR
	return slices.Concat(plain[:head], Chunk("tEXt", "Author\x00GPS 36.7069"), plain[head:])
}

// Chunk is a chunk of a PNG.
func Chunk(kind, content string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	b = append(b, kind+content...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// GIF is a picture of some frames.
func GIF(frames int) []byte {
	g := &gif.GIF{}
	for range frames {
		p := image.NewPaletted(image.Rect(0, 0, 20, 10), color.Palette{Left, Right})
		for i := range p.Pix {
			p.Pix[i] = byte(i % 20 / 10)
		}
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 10)
	}
	return written(func(to io.Writer) error { return gif.EncodeAll(to, g) })
}

// BMP is a picture as Windows keeps it.
func BMP(w, h int) []byte {
	return written(func(to io.Writer) error { return bmp.Encode(to, Picture(w, h)) })
}

// TIFF is a picture as scanners keep it.
func TIFF(w, h int) []byte {
	return written(func(to io.Writer) error { return tiff.Encode(to, Picture(w, h), nil) })
}

// WebP is one pixel of white.
func WebP() []byte {
	b, err := base64.StdEncoding.DecodeString("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=")
	if err != nil {
		panic(err)
	}
	return b
}

// Huge is the head of a PNG that says how large it is, and no picture behind it.
func Huge(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	size, nothing := Chunk("IHDR", string(head)+"\x08\x02\x00\x00\x00"), Chunk("IDAT", "\x78\x9c\x03\x00\x00\x00\x00\x01")
	return slices.Concat([]byte("\x89PNG\r\n\x1a\n"), size, nothing, Chunk("IEND", ""))
}

// Fax is a JBIG2 of 64 dots square whose upper half is white and whose lower half is black, its
// parts one behind the other or, as some write it, all their heads first.
func Fax(inOrder bool) []byte {
	bits := strings.Repeat("1", 32) + "001" + "00110101" + "0000001111" + "0000110111" + strings.Repeat("11", 31) + "000000000001000000000001"
	var lines []byte
	for len(bits)%8 != 0 {
		bits += "0"
	}
	for i := 0; i < len(bits); i += 8 {
		v, _ := strconv.ParseUint(bits[i:i+8], 2, 8) // only 0 and 1 are in it
		lines = append(lines, byte(v))
	}
	size := []byte{0, 0, 0, 64, 0, 0, 0, 64}
	nowhere := make([]byte, 8)
	parts := []struct {
		kind byte
		data []byte
	}{
		{48, slices.Concat(size, nowhere, []byte{0, 0, 0})},
		{38, slices.Concat(size, nowhere, []byte{0, 1}, lines)},
		{49, nil},
		{51, nil},
	}
	flags := byte(0)
	if inOrder {
		flags = 1
	}
	b := slices.Concat([]byte("\x97JB2\r\n\x1a\n"), []byte{flags, 0, 0, 0, 1})
	var behind []byte
	for i, p := range parts {
		b = append(b, 0, 0, 0, byte(i), p.kind, 0, 1)
		b = binary.BigEndian.AppendUint32(b, uint32(len(p.data)))
		if inOrder {
			b = append(b, p.data...)
		} else {
			behind = append(behind, p.data...)
		}
	}
	return append(b, behind...)
}
