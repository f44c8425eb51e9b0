package media

import (
	"strings"
	"unicode/utf8"
)

// math writes formulas as a line of text: (a+b)/2, x², √(a), ∑(i=1,n).
func (l *docxLine) math(e *docxNode) {
	if l.r.suppressed() {
		return
	}
	if e.name == "oMathPara" {
		for _, k := range e.kids {
			if k.name == "oMath" {
				l.math(k)
			}
		}
		return
	}
	l.r.note(DocxFormulas)
	l.add(e.formula())
}

// formulas are the formulas of all the elements below.
func (e *docxNode) formulas() string {
	var s strings.Builder
	if e != nil {
		for _, k := range e.kids {
			s.WriteString(k.formula())
		}
	}
	return s.String()
}

func (e *docxNode) formula() string {
	switch e.name {
	case "t":
		return docxSpaces.Replace(e.text)
	case "del", "moveFrom":
		return ""
	case "f":
		return grouped(e.kid("num").formulas()) + "/" + grouped(e.kid("den").formulas())
	case "sSup":
		return e.kid("e").formulas() + raisedFormula("^", e.kid("sup").formulas(), superscripts)
	case "sSub":
		return e.kid("e").formulas() + raisedFormula("_", e.kid("sub").formulas(), subscripts)
	case "sSubSup":
		return e.kid("e").formulas() + raisedFormula("_", e.kid("sub").formulas(), subscripts) +
			raisedFormula("^", e.kid("sup").formulas(), superscripts)
	case "rad":
		return moved(e.kid("deg").formulas(), superscripts) + "√" + grouped(e.kid("e").formulas())
	case "nary":
		return e.nary()
	case "d":
		return e.delimited()
	case "m", "eqArr":
		return e.joined("；")
	case "mr":
		return e.joined("，")
	case "limLow", "limUpp":
		return e.kid("e").formulas() + grouped(e.kid("lim").formulas())
	}
	return e.formulas()
}

// grouped sets brackets around what is longer than a character, a number or a
// name.
func grouped(s string) string {
	if utf8.RuneCountInString(s) <= 1 || !strings.ContainsAny(s, "+-−±×÷*/=^_ ,，·") {
		return s
	}
	return "(" + s + ")"
}

func raisedFormula(sign, s string, set map[rune]rune) string {
	if m := moved(s, set); m != s || s == "" {
		return m
	}
	return sign + grouped(s)
}

// nary is a sum, a product, an integral.
func (e *docxNode) nary() string {
	sign := "∫"
	if chr := e.kid("naryPr", "chr"); chr != nil {
		sign = firstRunes(chr.attr("val"), 1)
	}
	var bounds []string
	for _, name := range []string{"sub", "sup"} {
		if s := e.kid(name).formulas(); s != "" {
			bounds = append(bounds, s)
		}
	}
	if len(bounds) > 0 {
		sign += "(" + strings.Join(bounds, ",") + ")"
	}
	return sign + e.kid("e").formulas()
}

func (e *docxNode) delimited() string {
	sign := func(name, usual string) string {
		if k := e.kid("dPr", name); k != nil {
			return firstRunes(k.attr("val"), 1)
		}
		return usual
	}
	return sign("begChr", "(") + e.joined(sign("sepChr", "|")) + sign("endChr", ")")
}

// joined are the parts of a row or a matrix.
func (e *docxNode) joined(sep string) string {
	var parts []string
	for _, k := range e.kids {
		if k.name == "e" || k.name == "mr" {
			parts = append(parts, k.formula())
		}
	}
	return strings.Join(parts, sep)
}
