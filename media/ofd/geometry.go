package ofd

import (
	"math"
	"strconv"
	"strings"
)

// matrix takes (x, y) to (a·x + c·y + e, b·x + d·y + f).
type matrix [6]float64

var same = matrix{1, 0, 0, 1, 0, 0}

func shift(x, y float64) matrix { return matrix{1, 0, 0, 1, x, y} }

func scale(x, y float64) matrix { return matrix{x, 0, 0, y, 0, 0} }

// then is what m and after it o do.
func (m matrix) then(o matrix) matrix {
	return matrix{
		m[0]*o[0] + m[1]*o[2], m[0]*o[1] + m[1]*o[3],
		m[2]*o[0] + m[3]*o[2], m[2]*o[1] + m[3]*o[3],
		m[4]*o[0] + m[5]*o[2] + o[4], m[4]*o[1] + m[5]*o[3] + o[5],
	}
}

func (m matrix) at(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// quarters is how many quarters something is turned clockwise by m; what leans otherwise is not.
func (m matrix) quarters() int {
	const near = .2 // radians
	angle := math.Atan2(m[1], m[0])
	quarters := math.Round(angle / (math.Pi / 2))
	if math.Abs(angle-quarters*math.Pi/2) > near {
		return 0
	}
	return (int(quarters) + 4) % 4
}

// box is the upright rectangle around what becomes of another.
func (m matrix) box(b Box) Box {
	x, y := m.at(b.Left, b.Top)
	r := Box{x, y, x, y}
	for _, corner := range [3][2]float64{{b.Right, b.Top}, {b.Left, b.Bottom}, {b.Right, b.Bottom}} {
		x, y := m.at(corner[0], corner[1])
		r = Box{min(r.Left, x), min(r.Top, y), max(r.Right, x), max(r.Bottom, y)}
	}
	return r
}

func (b Box) union(o Box) Box {
	return Box{min(b.Left, o.Left), min(b.Top, o.Top), max(b.Right, o.Right), max(b.Bottom, o.Bottom)}
}

func (b Box) area() float64 { return max(b.Right-b.Left, 0) * max(b.Bottom-b.Top, 0) }

// within is the part of a box that lies in another.
func (b Box) within(o Box) Box {
	return Box{max(b.Left, o.Left), max(b.Top, o.Top), min(b.Right, o.Right), min(b.Bottom, o.Bottom)}
}

// rect is a box as OFD writes it: x y width height.
type rect struct{ x, y, w, h float64 }

func rectOf(s string) (rect, bool) {
	n := numbers(s)
	if len(n) < 4 {
		return rect{}, false
	}
	return rect{n[0], n[1], n[2], n[3]}, true
}

// matrixOf reads a CTM; what is none changes nothing.
func matrixOf(s string) matrix {
	n := numbers(s)
	if len(n) < 6 {
		return same
	}
	return matrix(n[:6])
}

// farthest bounds every number: 10 km.
const farthest = 1e7

// numbers reads what stands between blanks or commas, and leaves out what is no number.
func numbers(s string) []float64 {
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == '\n' || r == '\r' })
	list := make([]float64, 0, len(fields))
	for _, f := range fields {
		if v, ok := number(f); ok {
			list = append(list, v)
		}
	}
	return list
}

func number(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(v) {
		return 0, false
	}
	return min(max(v, -farthest), farthest), true
}
