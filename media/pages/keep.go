package pages

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
)

// packed is what is kept of a text beside its body and layer, before the boxes.
type packed struct {
	Size       Size
	Lines      []Line
	Paragraphs []Span
	Notes      []Note
}

// Pack writes where the words of a text stand, small enough to be kept for each page.
func (t *Text) Pack() ([]byte, error) {
	head, err := json.Marshal(packed{t.size, t.Lines, t.Paragraphs, t.Notes})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	plain := binary.BigEndian.AppendUint32(nil, uint32(len(head)))
	plain = append(append(plain, head...), planes(t.Boxes)...)
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

// planes are boxes as sixteen bits a side, all left sides first, each as how far it is from
// the one before: characters of a line are as high as each other, and follow each other.
func planes(boxes []Box) []byte {
	b := make([]byte, 0, 8*len(boxes))
	for side := range 4 {
		last := uint16(0)
		for i := range boxes {
			v := uint16(math.Round(min(max(boxes[i].side(side), 0), 1) * math.MaxUint16))
			b = binary.BigEndian.AppendUint16(b, v-last)
			last = v
		}
	}
	return b
}

func (b *Box) side(n int) float64 { return [4]float64{b.Left, b.Top, b.Right, b.Bottom}[n] }

func fromPlanes(b []byte) []Box {
	boxes := make([]Box, len(b)/8)
	for side := range 4 {
		last := uint16(0)
		for i := range boxes {
			last += binary.BigEndian.Uint16(b[2*(side*len(boxes)+i):])
			v := float64(last) / math.MaxUint16
			switch side {
			case 0:
				boxes[i].Left = v
			case 1:
				boxes[i].Top = v
			case 2:
				boxes[i].Right = v
			case 3:
				boxes[i].Bottom = v
			}
		}
	}
	return boxes
}

// mostUnpacked bounds what is read of a text that was kept.
const mostUnpacked = 64 << 20

// Unpack makes a text of its body, its layer and what Pack has written.
func Unpack(layer Layer, body string, kept []byte) (*Text, error) {
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(kept)), mostUnpacked))
	if err == nil && len(plain) < 4 {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("unpack text: %w", err)
	}
	head, plain := int(binary.BigEndian.Uint32(plain)), plain[4:]
	if head < 0 || head > len(plain) {
		return nil, fmt.Errorf("unpack text: %w", io.ErrUnexpectedEOF)
	}
	var p packed
	if err := json.Unmarshal(plain[:head], &p); err != nil {
		return nil, fmt.Errorf("unpack text: %w", err)
	}
	return &Text{Layer: layer, Body: body, Boxes: fromPlanes(plain[head:]), Lines: p.Lines, Paragraphs: p.Paragraphs, Notes: p.Notes, size: p.Size}, nil
}
