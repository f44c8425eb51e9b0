package ofd

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"math"
	"strconv"
)

// pdf is a PDF while it is being written: its objects, numbered from 1.
type pdf struct{ objects [][]byte }

// add adds an object and says its number.
func (p *pdf) add(text string) int {
	p.objects = append(p.objects, []byte(text))
	return len(p.objects)
}

// place keeps a number for an object that is written later.
func (p *pdf) place() int { return p.add("null") }

func (p *pdf) set(number int, text string) { p.objects[number-1] = []byte(text) }

// packFrom is from how many bytes on a stream is deflated: PDFium has the whole file in its memory.
const packFrom = 4 << 20

// stream adds an object with bytes. dict is what else its dictionary says.
func (p *pdf) stream(dict string, content []byte) int {
	if len(content) > packFrom && !bytes.Contains([]byte(dict), []byte("/Filter")) {
		var packed bytes.Buffer
		if w, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed); err == nil {
			_, err = w.Write(content)
			if closed := w.Close(); err == nil && closed == nil {
				dict, content = dict+"/Filter/FlateDecode", packed.Bytes()
			}
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "<<%s/Length %d>>stream\n", dict, len(content))
	b.Write(content)
	b.WriteString("\nendstream")
	p.objects = append(p.objects, b.Bytes())
	return len(p.objects)
}

// bytes writes the document down, with the table of where each object is.
func (p *pdf) bytes(root int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe4\xe5\xe6\xe7\n")
	places := make([]int, len(p.objects))
	for i, o := range p.objects {
		places[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n", i+1)
		b.Write(o)
		b.WriteString("\nendobj\n")
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(places)+1)
	for _, at := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(places)+1, root, table)
	return b.Bytes()
}

// content is what a PDF draws, in the words of PDF.
type content struct{ bytes.Buffer }

// op writes an operator behind its numbers.
func (c *content) op(name string, numbers ...float64) {
	for _, v := range numbers {
		c.Write(decimal(v))
		c.WriteByte(' ')
	}
	c.WriteString(name)
	c.WriteByte('\n')
}

func decimal(v float64) []byte {
	if math.Abs(v) < 1e-7 {
		return []byte{'0'}
	}
	precision := 4
	if math.Abs(v) < .1 {
		precision = 8
	}
	return strconv.AppendFloat(nil, min(max(v, -farthest), farthest), 'f', precision, 64)
}

func (c *content) matrix(m matrix) {
	if m != same {
		c.op("cm", m[:]...)
	}
}

// named is a dictionary of resources: how they are called and their numbers.
type named struct {
	letter string
	list   []int
}

// name gives an object a name.
func (n *named) name(object int) string {
	n.list = append(n.list, object)
	return n.letter + strconv.Itoa(len(n.list))
}

func (n *named) String() string {
	var b bytes.Buffer
	b.WriteString("<<")
	for i, object := range n.list {
		fmt.Fprintf(&b, "/%s%d %d 0 R", n.letter, i+1, object)
	}
	b.WriteString(">>")
	return b.String()
}
