package ofd

import "encoding/binary"

// openCompact understands CFF as far as drawings have names of their own in it.
func (f *face) openCompact(data []byte) error {
	f.compact = true
	names, at := indexOf(data, int(data[2]))
	tops, _ := indexOf(data, at)
	if len(names) == 0 || len(tops) == 0 {
		return errFont
	}
	top := dictOf(tops[0])
	outlines := top[17]
	if len(outlines) == 0 {
		return errFont
	}
	f.glyphs = int(binary.BigEndian.Uint16(data[outlines[0]:]))
	if f.glyphs == 0 {
		return errFont
	}
	const named, charset = 12<<8 | 30, 15
	if _, ok := top[named]; !ok {
		return nil
	}
	if at := top[charset]; len(at) > 0 && at[0] > 2 {
		f.codes = charsetOf(data, at[0], f.glyphs)
	}
	return nil
}

// indexOf reads the entries of an INDEX, and where it ends.
func indexOf(data []byte, at int) (entries [][]byte, end int) {
	n := int(binary.BigEndian.Uint16(data[at:]))
	if n == 0 {
		return nil, at + 2
	}
	width := int(data[at+2])
	offset := func(i int) (v int) {
		for k := range width {
			v = v<<8 | int(data[at+3+i*width+k])
		}
		return v
	}
	base := at + 3 + (n+1)*width - 1
	const most = 4 // more than one font is in no document
	for i := range min(n, most) {
		entries = append(entries, data[base+offset(i):base+offset(i+1)])
	}
	return entries, base + offset(n)
}

// dictOf reads the whole numbers of a DICT by operator.
func dictOf(b []byte) map[int][]int {
	dict, operands := map[int][]int{}, []int{}
	for i := 0; i < len(b); i++ {
		switch v := int(b[i]); {
		case v == 12:
			i++
			dict[12<<8|int(b[i])], operands = operands, nil
		case v <= 21:
			dict[v], operands = operands, nil
		case v == 28:
			operands = append(operands, int(int16(binary.BigEndian.Uint16(b[i+1:]))))
			i += 2
		case v == 29:
			operands = append(operands, int(int32(binary.BigEndian.Uint32(b[i+1:]))))
			i += 4
		case v == 30: // a number with a fraction
			for i++; b[i]&15 != 15 && b[i]>>4 != 15; i++ {
			}
			operands = append(operands, 0)
		case v >= 32 && v <= 246:
			operands = append(operands, v-139)
		case v >= 247 && v <= 250:
			operands = append(operands, (v-247)*256+int(b[i+1])+108)
			i++
		case v >= 251 && v <= 254:
			operands = append(operands, -(v-251)*256-int(b[i+1])-108)
			i++
		}
	}
	return dict
}

// charsetOf reads what each drawing is called.
func charsetOf(data []byte, at, glyphs int) []uint16 {
	codes := make([]uint16, 1, glyphs)
	format := data[at]
	at++
	for len(codes) < glyphs {
		first := binary.BigEndian.Uint16(data[at:])
		more := 0
		switch at += 2; format {
		case 1:
			more = int(data[at])
			at++
		case 2:
			more = int(binary.BigEndian.Uint16(data[at:]))
			at += 2
		}
		for i := 0; i <= more && len(codes) < glyphs; i++ {
			codes = append(codes, first+uint16(i))
		}
	}
	return codes
}
