package ofd

import "strings"

// font is one that pages are set in.
type font struct {
	id, name string
	bold     bool // drawn so
	sans     bool
	fixed    bool
	face     *face // nil where the file has none that can be read
}

// fontStore keeps the fonts that were opened, up to a size.
type fontStore struct {
	faces map[string]*face // by part; nil for one that can't be read
	size  int
}

// mostFonts is how many bytes of fonts are kept from page to page.
const mostFonts = 96 << 20

// face opens the file of a font once.
func (f *File) face(part string) *face {
	if face, ok := f.fonts.faces[part]; ok {
		return face
	}
	var opened *face
	content, err := f.read(part)
	if err == nil {
		if opened, err = openFace(content); err != nil {
			opened = nil // is told where it is used
		}
	}
	if f.fonts.size += len(content); f.fonts.size > mostFonts || f.fonts.faces == nil {
		f.fonts.faces, f.fonts.size = map[string]*face{}, len(content)
	}
	f.fonts.faces[part] = opened
	return opened
}

// sansNames are parts of the names of fonts without serifs.
var sansNames = []string{"hei", "黑", "gothic", "sans", "arial", "helvetica", "calibri", "tahoma", "verdana", "segoe", "yahei", "雅黑",
	"dengxian", "等线", "yuan", "圆"}

// boldNames are parts of the names of bold ones.
var boldNames = []string{"bold", "粗", "小标宋", "xiaobiaosong"}

// fontOf makes a font of what resources say of it.
func fontOf(id string, n *node) *font {
	f := &font{id: id, name: strings.TrimSpace(n.attr("FontName"))}
	if f.name == "" {
		f.name = strings.TrimSpace(n.attr("FamilyName"))
	}
	if f.name == "" {
		f.name = "#" + id
	}
	if _, bare, ok := strings.Cut(f.name, "+"); ok && bare != "" { // ABCDEF+SimSun
		f.name = bare
	}
	low := strings.ToLower(f.name)
	for _, name := range sansNames {
		f.sans = f.sans || strings.Contains(low, name)
	}
	f.bold = n.is("Bold", false)
	for _, name := range boldNames {
		f.bold = f.bold || strings.Contains(low, name)
	}
	f.fixed = n.is("FixedWidth", false) || strings.Contains(low, "courier") || strings.Contains(low, "consol")
	return f
}
