package ofd

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // formats of pictures
	"image/jpeg"
	_ "image/png"
	"path"
	"strings"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
)

// drawing is a picture in the PDF, "" for one that can't be drawn.
type drawing struct{ name string }

// image draws a picture: it fills the square of size 1 that its matrix lays on the page, or
// else its place.
func (p *painter) image(o *node, at rect) {
	name := p.picture(o.attr("ResourceID"), o.attr("ImageMask"))
	if name == "" {
		return
	}
	m := same
	if o.attr("CTM") == "" {
		m = scale(at.w, at.h)
	}
	p.inside(m, func() {
		if !p.silent {
			sheet := Box{0, 0, p.page.Size.Width, p.page.Size.Height}
			p.page.Pictured += p.m.box(Box{0, 0, 1, 1}).within(sheet).area()
		}
		p.seeThrough(min(max(o.number("Alpha", 255)/255, 0), 1), 1)
		p.put(name)
	})
}

// put draws a picture into the square of size 1.
func (p *painter) put(name string) {
	p.out.matrix(matrix{1, 0, 0, -1, 0, 1})
	p.out.op("/" + name + " Do")
}

// picture puts a picture of the resources into the PDF, once.
func (p *painter) picture(id, mask string) string {
	m, known := p.res.pictures[id]
	if !known || m.part == "" {
		p.note(PartMissing, cmp.Or(path.Base(strings.ReplaceAll(m.location, `\`, "/")), "Image"))
		return ""
	}
	key := m.part + "\x00" + mask
	if d, ok := p.drawn[key]; ok {
		return d.name
	}
	content, err := p.file.read(m.part)
	var soft []byte
	if over, ok := p.res.pictures[mask]; ok && over.part != "" && err == nil {
		soft, err = p.file.read(over.part)
	}
	d := drawing{}
	if err == nil {
		d.name = p.embedPicture(content, soft)
	} else {
		p.note(PartMissing, path.Base(m.part))
	}
	p.drawn[key] = d
	return d.name
}

// embedPicture puts a picture into the PDF, "" where its format is not known.
func (p *painter) embedPicture(content, mask []byte) string {
	if bytes.HasPrefix(content, []byte(faxMark)) {
		return p.faxPicture(content)
	}
	about, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || about.Width < 1 || about.Height < 1 || about.Width > p.file.limits.Pixels/about.Height {
		p.note(PictureUndrawn, formatOf(content))
		return ""
	}
	soft := ""
	if mask != nil {
		soft = p.softMask(mask)
	}
	head := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8%s", about.Width, about.Height, soft)
	if format == "jpeg" {
		switch about.ColorModel {
		case color.GrayModel:
			return p.pictures.name(p.pdf.stream(head+"/ColorSpace/DeviceGray/Filter/DCTDecode", content))
		case color.YCbCrModel:
			return p.pictures.name(p.pdf.stream(head+"/ColorSpace/DeviceRGB/Filter/DCTDecode", content))
		}
		return p.inkPicture(head, content)
	}
	decoded, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		p.note(PictureUndrawn, formatOf(content))
		return ""
	}
	dots, clear := dotsOf(decoded)
	if clear != nil && soft == "" {
		head += p.maskOf(clear, about.Width, about.Height)
	}
	return p.pictures.name(p.pdf.stream(head+"/ColorSpace/DeviceRGB", dots))
}

// inkPicture is a JPEG of printing inks: Go turns it into red, green and blue.
func (p *painter) inkPicture(head string, content []byte) string {
	decoded, err := jpeg.Decode(bytes.NewReader(content))
	if err != nil {
		p.note(PictureUndrawn, "JPEG")
		return ""
	}
	dots, _ := dotsOf(decoded)
	return p.pictures.name(p.pdf.stream(head+"/ColorSpace/DeviceRGB", dots))
}

func (p *painter) maskOf(clear []byte, width, height int) string {
	n := p.pdf.stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray", width, height), clear)
	return fmt.Sprintf("/SMask %d 0 R", n)
}

// softMask is a picture that says what of another is seen: where it is white.
func (p *painter) softMask(content []byte) string {
	about, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || about.Width < 1 || about.Height < 1 || about.Width > p.file.limits.Pixels/about.Height {
		p.note(PictureUndrawn, formatOf(content))
		return ""
	}
	decoded, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		p.note(PictureUndrawn, formatOf(content))
		return ""
	}
	dots, _ := dotsOf(decoded)
	gray := make([]byte, len(dots)/3)
	for i := range gray {
		gray[i] = byte((int(dots[3*i])*299 + int(dots[3*i+1])*587 + int(dots[3*i+2])*114) / 1000)
	}
	return p.maskOf(gray, about.Width, about.Height)
}

// dotsOf are the dots of a picture, red, green and blue, and how much each covers; nil
// where all cover wholly.
func dotsOf(from image.Image) (dots, clear []byte) {
	b := from.Bounds()
	dots = make([]byte, 0, 3*b.Dx()*b.Dy())
	covers := make([]byte, 0, b.Dx()*b.Dy())
	whole := true
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.NRGBAModel.Convert(from.At(x, y)).(color.NRGBA)
			dots = append(dots, c.R, c.G, c.B)
			covers = append(covers, c.A)
			whole = whole && c.A == 255
		}
	}
	if whole {
		return dots, nil
	}
	return dots, covers
}

// formatOf names the format of a picture that can't be drawn.
func formatOf(content []byte) string {
	for _, kind := range []struct{ mark, name string }{
		{"\x97JB2", "JBIG2"}, {"\x00\x00\x00\x0cjP", "JPEG 2000"}, {"\xff\x4f\xff\x51", "JPEG 2000"}, {"\x89PNG", "PNG"}, {"\xff\xd8", "JPEG"},
		{"GIF8", "GIF"}, {"BM", "BMP"}, {"II*", "TIFF"}, {"MM\x00*", "TIFF"}, {"<", "SVG"}, {"\xd7\xcd\xc6\x9a", "WMF"}, {"PK", "OFD"},
	} {
		if bytes.HasPrefix(content, []byte(kind.mark)) {
			return kind.name
		}
	}
	return "?"
}
