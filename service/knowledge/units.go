package knowledge

import "unicode/utf16"

// units are a text as checks count it.
type units []uint16

func utf16Of(text string) units { return utf16.Encode([]rune(text)) }

func (u units) piece(from, size int) string { return string(utf16.Decode(u[from : from+size])) }
