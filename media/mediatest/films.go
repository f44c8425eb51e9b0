package mediatest

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Box is a box of an MP4 around others, or around bytes.
func Box(kind string, content ...[]byte) []byte {
	inner := slices.Concat(content...)
	return slices.Concat(binary.BigEndian.AppendUint32(nil, uint32(len(inner)+8)), []byte(kind), inner)
}

// MP4 is a video; told are the boxes in which it tells of itself.
func MP4(told ...[]byte) []byte {
	moov := append([][]byte{Box("mvhd", make([]byte, 100)), Track("avc1")}, told...)
	brands := Box("ftyp", []byte("isom\x00\x00\x02\x00isomiso2avc1mp41"))
	return slices.Concat(brands, Box("moov", moov...), Box("mdat", []byte("moving pictures")))
}

// Track is a track of a video whose samples are of a format.
func Track(format string, told ...[]byte) []byte {
	sample := slices.Concat(binary.BigEndian.AppendUint32(nil, 16), []byte(format), make([]byte, 8))
	stsd := Box("stsd", make([]byte, 4), binary.BigEndian.AppendUint32(nil, 1), sample)
	return Box("trak", append([][]byte{Box("mdia", Box("minf", Box("stbl", stsd)))}, told...)...)
}

// Place is what a telephone writes into a video of where it was taken.
func Place() []byte { return Box("udta", Box("\xa9xyz", []byte("\x00\x12\x15\xc7+36.7069+119.1619/"))) }

// MP3 is a second of silence behind a tag.
func MP3() []byte {
	frame := append([]byte{0xff, 0xfb, 0x90, 0x64}, make([]byte, 413)...) // 128 kbit/s, 44.1 kHz
	return slices.Concat([]byte("ID3\x04\x00\x00\x00\x00\x00\x0a"), make([]byte, 10), bytes.Repeat(frame, 38))
}
