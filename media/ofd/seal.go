package ofd

import (
	"bytes"
	"encoding/asn1"
	"strings"
)

// stamp is a seal where it is seen on a page.
type stamp struct {
	at      rect
	clip    rect
	clipped bool
	format  string
	picture []byte // nil where none was found
}

// Bounds of seals.
const (
	mostSigns = 500
	deepDER   = 12
)

// readSigns counts seals and signatures, and finds the pictures of the seals. Whether they
// are genuine it does not ask.
func (f *File) readSigns(body *node) {
	where := body.child("Signatures").said()
	if where == "" {
		return
	}
	part, err := f.resolve("", where)
	if err == nil {
		var list *node
		if list, err = f.parse(part); err == nil {
			signs := list.all("Signature")
			f.Signed = len(signs)
			for _, s := range signs[:min(len(signs), mostSigns)] {
				f.readSign(part, s)
			}
		}
	}
	if err != nil {
		f.Notes = append(f.Notes, Note{Kind: PartMissing, Count: 1, Name: "Signatures"})
	}
}

func (f *File) readSign(from string, s *node) {
	part, err := f.resolve(from, s.attr("BaseLoc"))
	var sign *node
	if err == nil {
		sign, err = f.parse(part)
	}
	if err != nil {
		f.Notes = append(f.Notes, Note{Kind: SealUndrawn, Count: 1})
		return
	}
	info := sign.child("SignedInfo")
	places := info.all("StampAnnot")
	if len(places) == 0 {
		return // a signature that is not seen
	}
	st := f.pictureOfSeal(part, info.child("Seal", "BaseLoc").said(), sign.child("SignedValue").said())
	if st.picture == nil {
		f.Notes = append(f.Notes, Note{Kind: SealUndrawn, Count: 1})
	}
	for _, place := range places {
		one := st
		one.at, _ = rectOf(place.attr("Boundary"))
		one.clip, one.clipped = rectOf(place.attr("Clip"))
		f.stamps[place.attr("PageRef")] = append(f.stamps[place.attr("PageRef")], one)
	}
}

// pictureOfSeal looks for the picture in the seal, or else in what was signed, which holds the
// seal.
func (f *File) pictureOfSeal(from string, locations ...string) stamp {
	for _, location := range locations {
		part, err := f.resolve(from, location)
		if err != nil {
			continue
		}
		content, err := f.read(part)
		if err != nil {
			continue
		}
		if format, picture := pictureInDER(content, 0); picture != nil {
			return stamp{format: strings.ToLower(format), picture: picture}
		}
	}
	return stamp{}
}

// pictureInDER finds the picture of a seal (GB/T 38540, GM/T 0031): its format, its bytes, and
// how wide and high it is, one after the other.
func pictureInDER(content []byte, depth int) (format string, picture []byte) {
	if depth > deepDER {
		return "", nil
	}
	var list []asn1.RawValue
	for len(content) > 0 {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(content, &v)
		if err != nil {
			break
		}
		list, content = append(list, v), rest
	}
	for i := 0; i+2 < len(list); i++ {
		if isText(list[i]) && list[i+1].Tag == asn1.TagOctetString && list[i+2].Tag == asn1.TagInteger && isFormat(string(list[i].Bytes)) {
			return string(list[i].Bytes), list[i+1].Bytes
		}
	}
	for _, v := range list {
		if !v.IsCompound {
			continue
		}
		if format, picture := pictureInDER(v.Bytes, depth+1); picture != nil {
			return format, picture
		}
	}
	return "", nil
}

func isText(v asn1.RawValue) bool {
	return v.Class == asn1.ClassUniversal && (v.Tag == asn1.TagIA5String || v.Tag == asn1.TagUTF8String || v.Tag == asn1.TagPrintableString)
}

func isFormat(s string) bool {
	switch strings.ToLower(strings.TrimPrefix(s, ".")) {
	case "png", "jpg", "jpeg", "bmp", "gif", "ofd", "tif", "tiff":
		return true
	}
	return false
}

// stamp draws a seal where it was put.
func (p *painter) stamp(s stamp) {
	if s.picture == nil || s.at.w <= 0 || s.at.h <= 0 {
		return
	}
	p.inside(shift(s.at.x, s.at.y), func() {
		if s.clipped {
			p.out.op("re", s.clip.x, s.clip.y, s.clip.w, s.clip.h)
			p.out.op("W n")
		}
		if bytes.HasPrefix(s.picture, []byte("PK")) {
			p.document(s)
			return
		}
		if name := p.embedPicture(s.picture, nil); name != "" {
			p.inside(scale(s.at.w, s.at.h), func() { p.put(name) })
		}
	})
}

// document draws a seal that is an OFD itself.
func (p *painter) document(s stamp) {
	r, size := readerOf(s.picture)
	inner, err := open(r, size, p.file.limits, true)
	if err != nil || p.file.nested || inner.sheets[0].part == "" {
		p.note(SealUndrawn, "")
		return
	}
	area := inner.sheets[0].area
	top, err := inner.parse(inner.sheets[0].part)
	if err != nil {
		p.note(SealUndrawn, "")
		return
	}
	file, res, set, drawn, layer := p.file, p.res, p.setIn, p.drawn, p.layer
	p.file, p.res, p.setIn, p.drawn, p.layer = inner, inner.resources, map[string]string{}, map[string]drawing{}, nil
	p.inside(shift(-area.x, -area.y).then(scale(s.at.w/area.w, s.at.h/area.h)), func() {
		p.layers(top, inner.sheets[0].part, map[string]bool{inner.sheets[0].part: true}, 0)
	})
	p.file, p.res, p.setIn, p.drawn, p.layer = file, res, set, drawn, layer
}
