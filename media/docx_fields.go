package media

import (
	"slices"
	"strings"
)

// docxField is a field of Word: an instruction, and the result that print
// shows.
type docxField struct {
	instruction strings.Builder
	shown       bool // we are in its result
	dropped     bool // a table of contents
	line        *docxLine
	from        int // where its result begins in line
	sign        string
}

// docxListings are fields that repeat what stands elsewhere.
var docxListings = docxNames("TOC", "INDEX", "TOA")

// readInstruction parts an instruction: HYPERLINK "http://…".
func readInstruction(s string) (kind, rest string) {
	s = strings.TrimSpace(s)
	end := strings.IndexAny(s, " \t\\\"")
	if end < 0 {
		end = len(s)
	}
	return strings.ToUpper(s[:end]), s[end:]
}

func (r *docxReader) field() *docxField {
	if len(r.fields) == 0 {
		return nil
	}
	return r.fields[len(r.fields)-1]
}

// instruct adds to the instruction of the innermost field.
func (r *docxReader) instruct(s string) {
	if f := r.field(); f != nil && !f.shown {
		f.instruction.WriteString(s)
	}
}

// suppressed says whether what comes now is not shown.
func (r *docxReader) suppressed() bool {
	return slices.ContainsFunc(r.fields, func(f *docxField) bool { return !f.shown || f.dropped })
}

func (r *docxReader) openContents() bool {
	return slices.ContainsFunc(r.fields, func(f *docxField) bool { return f.dropped })
}

// endContents ends a table of contents that forgot to: a heading is none of
// its lines.
func (r *docxReader) endContents() {
	for r.openContents() {
		r.fields = r.fields[:len(r.fields)-1]
	}
}

// endInstructions ends the instructions that a paragraph left open.
func (r *docxReader) endInstructions() {
	for f := r.field(); f != nil && !f.shown; f = r.field() {
		r.fields = r.fields[:len(r.fields)-1]
	}
}

func (l *docxLine) fieldSign(e *docxNode) {
	switch e.attr("fldCharType") {
	case "begin":
		if len(l.r.fields) < docxMaxDepth {
			l.r.fields = append(l.r.fields, &docxField{sign: formSign(e.kid("ffData"))})
		}
	case "separate":
		if f := l.r.field(); f != nil {
			f.shown, f.line, f.from = true, l, l.text.Len()
			if kind, _ := readInstruction(f.instruction.String()); docxListings[kind] && !f.dropped {
				f.dropped, l.dropped = true, true
				l.r.note(DocxContents)
			}
		}
	case "end":
		l.endField()
	}
}

func (l *docxLine) endField() {
	f := l.r.field()
	if f == nil {
		return
	}
	l.r.fields = l.r.fields[:len(l.r.fields)-1]
	if l.r.suppressed() || f.dropped {
		return
	}
	kind, rest := readInstruction(f.instruction.String())
	switch {
	case kind == "HYPERLINK" && f.line == l:
		if parts := strings.SplitN(rest, `"`, 3); len(parts) == 3 {
			l.address(f.from, parts[1])
		}
	case kind == "EQ" && (f.line != l || f.from == l.text.Len()):
		l.add(l.r.equation(rest))
	case f.sign != "" && (f.line != l || f.from == l.text.Len()):
		l.add(f.sign)
	}
}

// formSign is what a box to tick, or a list to choose from, shows.
func formSign(form *docxNode) string {
	if box := form.kid("checkBox"); box != nil {
		ticked, said := box.on("checked")
		if !said {
			ticked, _ = box.on("default")
		}
		if ticked {
			return "☑"
		}
		return "☐"
	}
	list := form.kid("ddList")
	if list == nil {
		return ""
	}
	chosen := list.val("result")
	if chosen == "" {
		chosen = list.val("default")
	}
	at := docxNumber(chosen, 1000)
	for _, k := range list.kids {
		if k.name != "listEntry" {
			continue
		}
		if at == nil || *at == 0 {
			return k.attr("val")
		}
		*at--
	}
	return ""
}

// equation writes a field EQ as a line: Word makes characters in circles,
// readings above characters and fractions of them.
func (r *docxReader) equation(s string) string {
	open := strings.IndexByte(s, '(')
	end := strings.LastIndexByte(s, ')')
	if open < 0 || end < open {
		r.note(DocxFormulas)
		return strings.TrimSpace(s)
	}
	switches, parts := strings.ToLower(s[:open]), splitArguments(s[open+1:end])
	last := parts[len(parts)-1]
	switch {
	case strings.Contains(switches, `\o\ac`) || strings.Contains(switches, `\o \ac`):
		return encircled(last)
	case strings.Contains(switches, `\o`):
		return last
	case strings.Contains(switches, `\f`) && len(parts) == 2:
		r.note(DocxFormulas)
		return parts[0] + "/" + parts[1]
	}
	r.note(DocxFormulas)
	return strings.Join(parts, " ")
}

// splitArguments splits at the commas and semicolons outside brackets.
func splitArguments(s string) []string {
	var parts []string
	depth, from := 0, 0
	for i, c := range []byte(s) {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case ',', ';':
			if depth == 0 {
				parts = append(parts, strings.TrimSpace(s[from:i]))
				from = i + 1
			}
		}
	}
	return append(parts, strings.TrimSpace(s[from:]))
}

// encircled is a character in a circle: ① where there is one, else （印）.
func encircled(s string) string {
	if n := docxNumber(s, 20); n != nil && *n > 0 {
		return docxNumeral("decimalEnclosedCircle", *n)
	}
	return "（" + s + "）"
}
