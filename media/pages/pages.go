// Package pages turns an issue as the press office has it, a PDF file, into printed
// pages: their pictures, their words with where each character stands, their
// contents. The file itself is opened by a process of its own, which may break,
// hang or swell without harm to anybody.
package pages

import (
	"encoding/json"
	"math"
	"time"
)

// Size is how large a printed page is, in points of 1/72 inch.
type Size struct {
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// Box is a rectangle on a page, from 0 to 1 of its width and height, the left
// and upper corner being 0: one set of boxes serves pictures of every width.
type Box struct {
	Left, Top, Right, Bottom float64
}

// IsEmpty says whether a box covers nothing, as that of a blank between words.
func (b Box) IsEmpty() bool { return b.Right <= b.Left || b.Bottom <= b.Top }

// MarshalJSON writes a box as four numbers, which is half of what names would take.
func (b Box) MarshalJSON() ([]byte, error) {
	return json.Marshal([4]float64{fine(b.Left), fine(b.Top), fine(b.Right), fine(b.Bottom)})
}

// UnmarshalJSON reads the four numbers.
func (b *Box) UnmarshalJSON(text []byte) error {
	var four [4]float64
	err := json.Unmarshal(text, &four)
	*b = Box{four[0], four[1], four[2], four[3]}
	return err
}

// fine is a place on a page to a hundred-thousandth: 0.006 points on A4.
func fine(v float64) float64 { return math.Round(v*1e5) / 1e5 }

func (b Box) union(o Box) Box {
	switch {
	case b.IsEmpty():
		return o
	case o.IsEmpty():
		return b
	}
	return Box{min(b.Left, o.Left), min(b.Top, o.Top), max(b.Right, o.Right), max(b.Bottom, o.Bottom)}
}

// Info is what a file says of itself when it is opened.
type Info struct {
	Title    string  `json:"title,omitempty"`
	Pages    []Size  `json:"pages"`
	Outline  []Entry `json:"outline,omitempty"` // bookmarks; the page of one that leads nowhere is 0
	Signed   int     `json:"signed,omitempty"`  // seals and signatures: present, not verified
	Notes    []Note  `json:"notes,omitempty"`
	HasHanzi bool    `json:"has_hanzi"` // a font is here for files that bring none
}

// Picture is a page as it is shown.
type Picture struct {
	MediaType string `json:"media_type"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	Look      Look   `json:"look"`
	Content   []byte `json:"-"`
}

// Widths are how wide pictures of pages are made, in pixels: in lists, on a
// phone, on a sharp phone, and for looking closely.
var Widths = []int{360, 750, 1080, 1500}

// Limits are what a file may be, and what opening it may cost.
type Limits struct {
	File     int64         // bytes
	Pages    int           // of a file
	Shortest float64       // side of a page, in points
	Longest  float64       // side of a page, in points
	Pixels   int           // of a picture
	Guest    int64         // bytes of PDFium, beside those of the file
	Process  int64         // bytes of the process that opens the file, beside those of PDFium and the file
	BadPages int           // pages that break, until the whole file counts as damaged
	OpenTime time.Duration // for opening
	PageTime time.Duration // for the words of a page, and for each picture
}

// UsualLimits are those that were measured to be enough for every honest file.
func UsualLimits() Limits {
	return Limits{
		File: 200 << 20, Pages: 3000, Shortest: 50, Longest: 5000, Pixels: 25_000_000,
		Guest: 384 << 20, Process: 768 << 20, BadPages: 5,
		OpenTime: 30 * time.Second, PageTime: 20 * time.Second,
	}
}
