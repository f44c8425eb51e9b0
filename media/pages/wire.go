package pages

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"

	"yuandu/model"
)

// What is asked of a worker.
const (
	askOpen    = "open"
	askText    = "text"
	askPicture = "picture"
)

// question is a frame from the engine to its worker.
type question struct {
	Act    string
	Path   string  `json:",omitempty"` // of the file, to open it
	Cache  string  `json:",omitempty"`
	Fonts  string  `json:",omitempty"`
	Limits *Limits `json:",omitempty"`
	Page   int     `json:",omitempty"` // from 1
	Width  int     `json:",omitempty"` // of the picture, in pixels
}

// answer is the frame that comes back. Its bytes are the picture, or the boxes
// of the characters.
type answer struct {
	Refusal *refusal `json:",omitempty"`
	Fault   string   `json:",omitempty"` // what went wrong on our side
	Last    bool     `json:",omitempty"` // the worker is broken and ends now
	Info    *Info    `json:",omitempty"`
	Text    *Text    `json:",omitempty"`
	Picture *Picture `json:",omitempty"`
	bytes   []byte
}

type refusal struct {
	Code string
	Args map[string]any `json:",omitempty"`
}

// refuse puts an error into an answer.
func refuse(err error) *answer {
	var ours *model.Error
	if errors.As(err, &ours) && refusals[ours.Code] != nil {
		return &answer{Refusal: &refusal{ours.Code, ours.Args}}
	}
	return &answer{Fault: err.Error()}
}

// err is the error that an answer carries.
func (a *answer) err() error {
	switch {
	case a.Refusal != nil && refusals[a.Refusal.Code] != nil:
		return refusals[a.Refusal.Code].With("", a.Refusal.Args)
	case a.Refusal != nil || a.Fault != "":
		return errors.New("pages: the worker says: " + a.Fault)
	}
	return nil
}

// maxFrame bounds what is read of the other side, whatever it announces.
const maxFrame = 128 << 20

// writeFrame sends a value as JSON, and bytes behind it.
func writeFrame(w io.Writer, value any, tail []byte) error {
	head, err := json.Marshal(value)
	if err != nil {
		return err
	}
	frame := binary.BigEndian.AppendUint32(nil, uint32(len(head)))
	frame = binary.BigEndian.AppendUint32(frame, uint32(len(tail)))
	frame = append(append(frame, head...), tail...)
	_, err = w.Write(frame)
	return err
}

var errFrame = errors.New("pages: no frame")

func readFrame(r io.Reader, value any) (tail []byte, err error) {
	var sizes [8]byte
	if _, err := io.ReadFull(r, sizes[:]); err != nil {
		return nil, err
	}
	head, tailed := binary.BigEndian.Uint32(sizes[:4]), binary.BigEndian.Uint32(sizes[4:])
	if head > maxFrame || tailed > maxFrame {
		return nil, errFrame
	}
	body := make([]byte, int(head)+int(tailed))
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body[:head], value); err != nil {
		return nil, errFrame
	}
	return body[head:], nil
}

// packBoxes writes boxes as bytes: as JSON they would take longer than the page.
func packBoxes(boxes []Box) []byte {
	b := make([]byte, 0, 16*len(boxes))
	for _, x := range boxes {
		for _, v := range [4]float64{x.Left, x.Top, x.Right, x.Bottom} {
			b = binary.BigEndian.AppendUint32(b, math.Float32bits(float32(v)))
		}
	}
	return b
}

func unpackBoxes(b []byte) []Box {
	boxes := make([]Box, len(b)/16)
	for i := range boxes {
		var v [4]float64
		for k := range v {
			v[k] = float64(math.Float32frombits(binary.BigEndian.Uint32(b[16*i+4*k:])))
		}
		boxes[i] = Box{v[0], v[1], v[2], v[3]}
	}
	return boxes
}
