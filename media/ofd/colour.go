package ofd

import (
	"fmt"
	"strconv"
	"strings"
)

// colour is one that is drawn with: one part is gray, three are red, green and blue,
// four are printing inks. Each is from 0 to 1.
type colour struct {
	parts []float64
	alpha float64
}

var black = colour{[]float64{0}, 1}

// operators set a colour by how many parts it has, to fill and to draw lines.
var operators = map[int][2]string{1: {"g", "G"}, 3: {"rg", "RG"}, 4: {"k", "K"}}

// colour reads one; where none is said it is black.
func (p *painter) colour(n *node) colour {
	if n == nil {
		return black
	}
	c := colour{alpha: min(max(n.number("Alpha", 255)/255, 0), 1)}
	space := p.res.spaces[n.attr("ColorSpace")]
	value := n.attr("Value")
	if index := n.attr("Index"); value == "" && index != "" {
		value = paletteOf(space, n.whole("Index", 0))
	}
	if shading := shadingOf(n); shading != nil && value == "" {
		return p.middle(shading, c.alpha)
	}
	most := 255.
	if bits := space.whole("BitsPerComponent", 8); bits > 0 && bits <= 16 {
		most = float64(int(1)<<bits - 1)
	}
	for _, f := range strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == ',' }) {
		c.parts = append(c.parts, min(max(partOf(f)/most, 0), 1))
	}
	if operators[len(c.parts)][0] == "" {
		c.parts = black.parts
	}
	return c
}

// partOf is a number, or one in hexadecimal digits: #FF.
func partOf(s string) float64 {
	if digits, ok := strings.CutPrefix(s, "#"); ok {
		v, _ := strconv.ParseUint(digits, 16, 16) // 0 for none
		return float64(v)
	}
	v, _ := number(s) // 0 for none
	return v
}

func paletteOf(space *node, index int) string {
	list := space.child("Palette").all("CV")
	if index < 0 || index >= len(list) {
		return ""
	}
	return list[index].said()
}

// setColours says with which colours an object is filled and its lines are drawn.
func (p *painter) setColours(o *node, fill, line colour) {
	p.out.op(operators[len(fill.parts)][0], fill.parts...)
	p.out.op(operators[len(line.parts)][1], line.parts...)
	whole := min(max(o.number("Alpha", 255)/255, 0), 1)
	p.seeThrough(fill.alpha*whole, line.alpha*whole)
}

// seeThrough lets what is below be seen.
func (p *painter) seeThrough(fill, line float64) {
	key := [2]int{int(fill*1000 + .5), int(line*1000 + .5)}
	if key == [2]int{1000, 1000} {
		return
	}
	if p.clear[key] == "" {
		p.clear[key] = p.states.name(p.pdf.add(fmt.Sprintf("<</Type/ExtGState/ca %s/CA %s>>", decimal(fill), decimal(line))))
	}
	p.out.op("/" + p.clear[key] + " gs")
}

// shadingOf is the shading or the pattern of a colour, nil where it is one colour.
func shadingOf(n *node) *node {
	for _, name := range []string{"AxialShd", "RadialShd", "GouraudShd", "LaGourandShd", "LaGouraudShd", "Pattern"} {
		if s := n.one(name); s != nil {
			return s
		}
	}
	return nil
}

// middle is the colour that stands for a shading that is not drawn.
func (p *painter) middle(shading *node, alpha float64) colour {
	p.note(Simplified, shading.name)
	sum, n := [3]float64{}, 0.
	for _, list := range [][]*node{shading.all("Segment"), shading.all("Point")} {
		for _, s := range list {
			c := p.colour(s.child("Color"))
			if len(c.parts) == 3 {
				sum, n = [3]float64{sum[0] + c.parts[0], sum[1] + c.parts[1], sum[2] + c.parts[2]}, n+1
			}
		}
	}
	if n == 0 {
		return colour{[]float64{.75}, alpha}
	}
	return colour{[]float64{sum[0] / n, sum[1] / n, sum[2] / n}, alpha}
}

// shade fills a path with colours that run into each other along a line or from a circle to
// another; with others it is filled in one.
func (p *painter) shade(o, colours *node, path []segment, star string) {
	s := shadingOf(colours)
	p.out.op("q")
	defer p.out.op("Q")
	for _, step := range path {
		step.write(&p.out, same)
	}
	p.out.op("W" + star + " n")
	whole := min(max(o.number("Alpha", 255)*colours.number("Alpha", 255)/(255*255), 0), 1)
	p.seeThrough(whole, whole)
	if shading := p.gradual(s); shading != "" {
		p.out.op("/" + shading + " sh")
		return
	}
	c := p.middle(s, 1)
	p.out.op(operators[len(c.parts)][0], c.parts...)
	for _, step := range path {
		step.write(&p.out, same)
	}
	p.out.op("f" + star)
}

// gradual makes a shading of PDF, "" of what is none that is known.
func (p *painter) gradual(s *node) string {
	from, to := numbers(s.attr("StartPoint")), numbers(s.attr("EndPoint"))
	ramp := p.ramp(s.all("Segment"))
	if len(from) < 2 || len(to) < 2 || ramp == "" || s.attr("MapType") != "" && s.attr("MapType") != "Direct" {
		return ""
	}
	extend := [4]string{"false false", "true false", "false true", "true true"}[s.whole("Extend", 0)&3]
	var place string
	switch s.name {
	case "AxialShd":
		place = fmt.Sprintf("/ShadingType 2/Coords[%s %s %s %s]", decimal(from[0]), decimal(from[1]), decimal(to[0]), decimal(to[1]))
	case "RadialShd":
		if s.number("Eccentricity", 0) != 0 {
			return ""
		}
		place = fmt.Sprintf("/ShadingType 3/Coords[%s %s %s %s %s %s]", decimal(from[0]), decimal(from[1]), decimal(max(s.number("StartRadius", 0), 0)),
			decimal(to[0]), decimal(to[1]), decimal(max(s.number("EndRadius", 0), 0)))
	default:
		return ""
	}
	return p.shadings.name(p.pdf.add("<<" + place + "/ColorSpace/DeviceRGB/Extend[" + extend + "]/Function" + ramp + ">>"))
}

// ramp is a function of PDF from 0 to 1 to colours; "" where there are no two.
func (p *painter) ramp(list []*node) string {
	const most = 64
	if len(list) < 2 || len(list) > most {
		return ""
	}
	var steps, bounds, encode strings.Builder
	last := 0.
	for i, n := range list {
		c := p.colour(n.child("Color"))
		if len(c.parts) != 3 {
			return ""
		}
		at := n.number("Position", float64(i)/float64(len(list)-1))
		if i > 0 {
			fmt.Fprintf(&steps, "/C1[%s %s %s]>>", decimal(c.parts[0]), decimal(c.parts[1]), decimal(c.parts[2]))
			encode.WriteString("0 1 ")
		}
		if i > 0 && i < len(list)-1 {
			at = min(max(at, last+.0001), 1)
			last = at
			bounds.Write(append(decimal(at), ' '))
		}
		if i < len(list)-1 {
			fmt.Fprintf(&steps, "<</FunctionType 2/Domain[0 1]/N 1/C0[%s %s %s]", decimal(c.parts[0]), decimal(c.parts[1]), decimal(c.parts[2]))
		}
	}
	return "<</FunctionType 3/Domain[0 1]/Functions[" + steps.String() + "]/Bounds[" + bounds.String() + "]/Encode[" + encode.String() + "]>>"
}
