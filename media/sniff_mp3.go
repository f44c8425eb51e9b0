package media

import (
	"io"

	"yuandu/model"
)

// lookMP3 wants two frames of sound behind each other, behind the tag where there
// is one: what is only called so has none.
func lookMP3(c content) (*Sniffed, error) {
	head := make([]byte, 10)
	at := int64(0)
	for range 2 {
		if _, err := c.ReadAt(head, at); err != nil {
			return nil, notWhole(err, model.ErrFileType)
		}
		if at > 0 || string(head[:3]) != "ID3" {
			break
		}
		at = 10 + int64(head[6]&0x7f)<<21 + int64(head[7]&0x7f)<<14 + int64(head[8]&0x7f)<<7 + int64(head[9]&0x7f)
	}
	first := mp3Frame(head)
	if first == 0 {
		return nil, model.ErrFileType
	}
	if _, err := c.ReadAt(head[:4], at+first); err != nil {
		return nil, notWhole(err, model.ErrFileDamaged)
	}
	if mp3Frame(head) == 0 {
		return nil, model.ErrFileType
	}
	return &Sniffed{Type: MP3}, nil
}

// notWhole is what the end of a file means where more was to come.
func notWhole(err error, refusal *model.Error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return refusal
	}
	return err
}

// Kilobits and samples a second of layer III, of MPEG 1 and of MPEG 2 and 2.5.
var (
	mp3Rates = [2][16]int64{
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
	}
	mp3Samples = [4][4]int64{{11025, 12000, 8000}, {}, {22050, 24000, 16000}, {44100, 48000, 32000}}
)

// mp3Frame is how long the frame is that a header begins, 0 where it is none.
func mp3Frame(head []byte) int64 {
	version, layer := head[1]>>3&3, head[1]>>1&3
	if head[0] != 0xff || head[1]&0xe0 != 0xe0 || layer != 1 {
		return 0
	}
	generation, slots := 0, int64(144_000)
	if version != 3 {
		generation, slots = 1, 72_000
	}
	rate, samples := mp3Rates[generation][head[2]>>4], mp3Samples[version][head[2]>>2&3]
	if rate == 0 || samples == 0 {
		return 0
	}
	return slots*rate/samples + int64(head[2]>>1&1)
}
