package ofd

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// usualLine is how wide a line is that does not say it, in millimetres.
const usualLine = .353

// segment is a step of a path: m to begin, l a line, c a curve with two points that
// pull it, h back to the beginning.
type segment struct {
	op     byte
	points []float64
}

func (s segment) write(c *content, m matrix) {
	list := make([]float64, len(s.points))
	for i := 0; i+1 < len(s.points); i += 2 {
		list[i], list[i+1] = m.at(s.points[i], s.points[i+1])
	}
	c.op(string(s.op), list...)
}

// mostSegments is how many steps a path may have.
const mostSegments = 500_000

// pathReader reads a path as OFD abbreviates it.
type pathReader struct {
	found          []segment
	x, y           float64
	startX, startY float64
}

// wants is how many numbers stand behind each letter.
var wants = map[byte]int{'S': 2, 'M': 2, 'L': 2, 'Q': 4, 'B': 6, 'A': 7, 'C': 0}

func segmentsOf(data string) []segment {
	r := &pathReader{}
	tokens := tokensOf(data)
	op := byte(0)
	for i := 0; i < len(tokens) && len(r.found) < mostSegments; {
		if c := tokens[i][0]; unicode.IsLetter(rune(c)) {
			op = c &^ 0x20
			i++
		}
		n, known := wants[op]
		if !known {
			return r.found
		}
		if i+n > len(tokens) {
			return r.found
		}
		args := make([]float64, n)
		for k := range args {
			v, ok := number(tokens[i+k])
			if !ok {
				return r.found
			}
			args[k] = v
		}
		i += n
		r.step(op, args)
		if op == 'C' && i < len(tokens) && !unicode.IsLetter(rune(tokens[i][0])) {
			return r.found
		}
	}
	return r.found
}

// tokensOf separates letters and numbers, also where no blank does.
func tokensOf(data string) []string {
	var b strings.Builder
	for i := range len(data) {
		c := data[i]
		if unicode.IsLetter(rune(c)) && c != 'e' && c != 'E' {
			b.WriteByte(' ')
			b.WriteByte(c)
			b.WriteByte(' ')
			continue
		}
		b.WriteByte(c)
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

func (r *pathReader) step(op byte, a []float64) {
	switch op {
	case 'S', 'M':
		r.startX, r.startY = a[0], a[1]
		r.add('m', a...)
	case 'L':
		r.add('l', a...)
	case 'Q':
		r.add('c', r.x+2./3*(a[0]-r.x), r.y+2./3*(a[1]-r.y), a[2]+2./3*(a[0]-a[2]), a[3]+2./3*(a[1]-a[3]), a[2], a[3])
	case 'B':
		r.add('c', a...)
	case 'A':
		r.arc(a)
	case 'C':
		r.add('h')
		r.x, r.y = r.startX, r.startY
	}
}

func (r *pathReader) add(op byte, points ...float64) {
	if len(r.found) == 0 && op != 'm' {
		r.found = append(r.found, segment{'m', []float64{r.x, r.y}})
	}
	r.found = append(r.found, segment{op, points})
	if n := len(points); n > 1 {
		r.x, r.y = points[n-2], points[n-1]
	}
}

// arc draws a part of an ellipse: its radii, how far it is turned, whether it is the larger
// part, whether it goes clockwise, and where it ends.
func (r *pathReader) arc(a []float64) {
	rx, ry, turn, large, clockwise, x, y := math.Abs(a[0]), math.Abs(a[1]), a[2]*math.Pi/180, a[3] != 0, a[4] != 0, a[5], a[6]
	if rx == 0 || ry == 0 || x == r.x && y == r.y {
		r.add('l', x, y)
		return
	}
	sin, cos := math.Sincos(turn)
	dx, dy := (r.x-x)/2, (r.y-y)/2
	px, py := cos*dx+sin*dy, -sin*dx+cos*dy
	if grow := px*px/(rx*rx) + py*py/(ry*ry); grow > 1 { // too small to reach
		rx, ry = rx*math.Sqrt(grow), ry*math.Sqrt(grow)
	}
	far := rx*rx*py*py + ry*ry*px*px
	factor := math.Sqrt(max(rx*rx*ry*ry-far, 0) / far)
	if large == clockwise {
		factor = -factor
	}
	cx, cy := factor*rx*py/ry, -factor*ry*px/rx
	from, to := math.Atan2((py-cy)/ry, (px-cx)/rx), math.Atan2((-py-cy)/ry, (-px-cx)/rx)
	switch {
	case clockwise && to < from:
		to += 2 * math.Pi
	case !clockwise && to > from:
		to -= 2 * math.Pi
	}
	m := matrix{rx * cos, rx * sin, -ry * sin, ry * cos, cos*cx - sin*cy + (r.x+x)/2, sin*cx + cos*cy + (r.y+y)/2}
	r.bend(m, from, to)
}

// bend adds a part of the circle around 0 of radius 1, as it becomes by a matrix.
func (r *pathReader) bend(m matrix, from, to float64) {
	steps := int(math.Ceil(math.Abs(to-from)/(math.Pi/2) - 1e-9))
	step := (to - from) / float64(max(steps, 1))
	pull := 4. / 3 * math.Tan(step/4)
	for i := range steps {
		a, b := from+float64(i)*step, from+float64(i+1)*step
		sa, ca := math.Sincos(a)
		sb, cb := math.Sincos(b)
		x1, y1 := m.at(ca-pull*sa, sa+pull*ca)
		x2, y2 := m.at(cb+pull*sb, sb-pull*cb)
		x3, y3 := m.at(cb, sb)
		r.add('c', x1, y1, x2, y2, x3, y3)
	}
}

// path draws lines and fields.
func (p *painter) path(o *node) {
	list := segmentsOf(o.child("AbbreviatedData").said())
	if len(list) == 0 {
		return
	}
	fill, stroke := o.is("Fill", false), o.is("Stroke", true)
	star := ""
	if p.said(o, "Rule") == "Even-Odd" {
		star = "*"
	}
	inner := p.part(o, "FillColor")
	fill = fill && inner != nil // a field without a colour is seen through
	if fill && shadingOf(inner) != nil {
		p.shade(o, inner, list, star)
		fill = false
	}
	if !fill && !stroke {
		return
	}
	p.setLine(o)
	line := p.part(o, "StrokeColor")
	p.setColours(o, p.colour(inner), p.colour(line))
	for _, s := range list {
		s.write(&p.out, same)
	}
	switch {
	case fill && stroke:
		p.out.op("B" + star)
	case fill:
		p.out.op("f" + star)
	default:
		p.out.op("S")
	}
}

// setLine says how lines are drawn.
func (p *painter) setLine(o *node) {
	p.out.op("w", max(p.size(o, "LineWidth", usualLine), 0))
	if cap := p.said(o, "Cap"); cap == "Round" {
		p.out.op("J", 1)
	} else if cap == "Square" {
		p.out.op("J", 2)
	}
	switch p.said(o, "Join") {
	case "Round":
		p.out.op("j", 1)
	case "Bevel":
		p.out.op("j", 2)
	default:
		p.out.op("M", max(p.size(o, "MiterLimit", 4.234), 1))
	}
	p.setDashes(o)
}

func (p *painter) setDashes(o *node) {
	const most = 32
	dashes := numbers(p.said(o, "DashPattern"))
	sum := 0.
	for _, d := range dashes {
		sum += d
		if d < 0 {
			return
		}
	}
	if len(dashes) == 0 || len(dashes) > most || sum < .01 {
		return
	}
	var b strings.Builder
	for _, d := range dashes {
		b.Write(decimal(d))
		b.WriteByte(' ')
	}
	p.out.WriteString("[" + b.String() + "] " + strconv.FormatFloat(p.size(o, "DashOffset", 0), 'f', 4, 64) + " d\n")
}
