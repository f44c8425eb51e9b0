package ofd

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// set are the drawings of a text object, as "glyph-or-character@x,y".
func setOf(t *testing.T, object string) (list []string) {
	t.Helper()
	o, err := parseXML(strings.NewReader(object), 100)
	if err != nil {
		t.Fatal(err)
	}
	p := &painter{}
	chars, runs := p.codesOf(o)
	items := itemsOf(o, chars)
	for _, r := range runs {
		r.set(items)
	}
	for _, it := range items {
		name := string(it.char)
		if it.glyph >= 0 {
			name = fmt.Sprint(it.glyph)
		}
		list = append(list, fmt.Sprintf("%s@%g,%g", name, it.x, it.y))
	}
	return list
}

func TestTheCharactersOfATextAreSetApart(t *testing.T) {
	for _, story := range []struct {
		name, object, want string
	}{
		{"by distances", `<T><TextCode X="1" Y="2" DeltaX="3 4">公报甲</TextCode></T>`, "公@1,2 报@4,2 甲@8,2"},
		{"by one for many", `<T><TextCode X="0" Y="2" DeltaX="g 2 3 5">公报甲乙</TextCode></T>`, "公@0,2 报@3,2 甲@6,2 乙@11,2"},
		{"downwards", `<T><TextCode X="0" Y="2" DeltaY="g 2 3">公报甲</TextCode></T>`, "公@0,2 报@0,5 甲@0,8"},
		{"one where the last one was", `<T><TextCode X="5" Y="2">公</TextCode><TextCode Y="9">报</TextCode></T>`, "公@5,2 报@5,9"},
		{"without the line feed of the writer", "<T><TextCode X=\"0\" Y=\"0\" DeltaX=\"1\">\n公报\n</TextCode></T>", "公@0,0 报@1,0"},
		{"as drawings of a font", `<T><CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><Glyphs>7 8</Glyphs></CGTransform><TextCode X="0" Y="0" DeltaX="1 1">公报甲</TextCode></T>`,
			"7@0,0 8@1,0 甲@2,0"},
		{"two in one drawing", `<T><CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"><Glyphs>7</Glyphs></CGTransform><TextCode X="0" Y="0" DeltaX="1 2">afix</TextCode></T>`,
			"a@0,0 7@1,0 x@3,0"},
		{"one in two", `<T><CGTransform CodePosition="0" CodeCount="1" GlyphCount="2"><Glyphs>7 8</Glyphs></CGTransform><TextCode X="0" Y="0" DeltaX="1 2">ab</TextCode></T>`,
			"7@0,0 8@1,0 b@3,0"},
		{"with distances that never end", `<T><TextCode X="0" Y="0" DeltaX="g 1e9 1">公报</TextCode></T>`, "公@0,0 报@1,0"},
		{"with drawings for nobody", `<T><CGTransform CodePosition="9"><Glyphs>7</Glyphs></CGTransform><TextCode X="0" Y="0">公</TextCode></T>`, "公@0,0"},
	} {
		t.Run(story.name, func(t *testing.T) {
			if got := strings.Join(setOf(t, story.object), " "); got != story.want {
				t.Errorf("stand at %s, not %s", got, story.want)
			}
		})
	}
}

func TestAPathIsReadHoweverItIsWritten(t *testing.T) {
	ops := func(data string) (s string) {
		for _, step := range segmentsOf(data) {
			s += string(step.op)
		}
		return s
	}
	for data, want := range map[string]string{
		"M 0 0 L 1 1 C":               "mlh",
		"M0,0L1,1C":                   "mlh",
		"S 0 0 L 1 1 2 2":             "mll",
		"M 0 0 Q 1 1 2 0 B 1 1 2 2 3": "mc",
		"M 0 0 A 1 1 0 0 1 2 0":       "mcc",
		"M 0 0 A 0 0 0 0 1 2 0":       "ml",
		"L 1 1":                       "ml",
		"M 0 0 L 1e-3 NaN":            "m",
		"X 1 2":                       "",
		"":                            "",
	} {
		if got := ops(data); got != want {
			t.Errorf("%q is read as %q, not %q", data, got, want)
		}
	}
}

func TestNamesThatLeadOutAreKnown(t *testing.T) {
	for name, out := range map[string]bool{"a/../b": false, "../a": true, `..\a`: true, "a/../../b": true, "/a/b": false, "": false, "a/b/../../c": false} {
		if leadsOut(name) != out {
			t.Errorf("%s leads out: %v", name, !out)
		}
	}
}

func FuzzFont(f *testing.F) {
	f.Add([]byte("\x00\x01\x00\x00\x00\x09aaaaaaaaaaaaaaaaaaaaaaaa"))
	f.Add([]byte("\x01\x00\x04\x02\x00\x01\x01\x01\x05name\x00\x01\x01\x01\x05\x11\x12\x13\x14"))
	f.Fuzz(func(t *testing.T, data []byte) {
		face, err := openFace(data)
		if err != nil {
			return
		}
		for _, r := range []rune{0, 'a', '公', 0xF041, 0x20000} {
			face.advance(face.glyph(r))
		}
	})
}

func FuzzParts(f *testing.F) {
	f.Add([]byte("M 0 0 A 1 1 0 0 1 2 0"), "a/../b")
	f.Add([]byte("\x97JB2\r\n\x1a\n\x01\x00\x00\x00\x01\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13"), `\公报`)
	f.Add([]byte("0\x0c\x16\x03png\x04\x01x\x02\x01\x01\x02\x01\x01"), "")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		for _, s := range segmentsOf(string(data)) {
			if slices.ContainsFunc(s.points, func(v float64) bool { return v != v }) {
				t.Errorf("%q leads nowhere", data)
			}
		}
		if len(data) > 13 {
			_, _, _, _ = unframed(data)
		}
		pictureInDER(data, 0)
		_, _ = parseXML(strings.NewReader(string(data)), 1000)
		if !leadsOut(name) && strings.HasPrefix(partName(name), "../") {
			t.Errorf("%q leads out", name)
		}
	})
}
