package pages

// turn is how many quarters a text is turned clockwise on its page, which is so large.
type turn struct {
	quarters int
	size     Size
}

// seen is how large the page is for who holds it so that the text is upright.
func (t turn) seen() Size {
	if t.quarters%2 == 1 {
		return Size{t.size.Height, t.size.Width}
	}
	return t.size
}

// upright is where a box is for who holds the page so.
func (t turn) upright(b Box) Box {
	switch w, h := t.size.Width, t.size.Height; t.quarters {
	case 1:
		return Box{b.Top, w - b.Right, b.Bottom, w - b.Left}
	case 2:
		return Box{w - b.Right, h - b.Bottom, w - b.Left, h - b.Top}
	case 3:
		return Box{h - b.Bottom, b.Left, h - b.Top, b.Right}
	}
	return b
}

// back takes a box of an upright text, from 0 to 1, to where it stands on the page.
func (t turn) back(b Box) Box {
	if b.IsEmpty() {
		return b
	}
	switch t.quarters {
	case 1:
		return Box{1 - b.Bottom, b.Left, 1 - b.Top, b.Right}
	case 2:
		return Box{1 - b.Right, 1 - b.Bottom, 1 - b.Left, 1 - b.Top}
	case 3:
		return Box{b.Top, 1 - b.Right, b.Bottom, 1 - b.Left}
	}
	return b
}

// add adds a text that is turned, behind what is there.
func (t *Text) add(more *Text, by turn) {
	if more.Body == "" {
		return
	}
	if t.Body != "" {
		t.Body += "\n"
		t.Boxes = append(t.Boxes, Box{})
	}
	at := len(t.Boxes)
	t.Body += more.Body
	for _, b := range more.Boxes {
		t.Boxes = append(t.Boxes, by.back(b))
	}
	for _, l := range more.Lines {
		t.Lines = append(t.Lines, Line{Span{l.From + at, l.To + at}, by.back(l.Box), l.Size})
	}
	for _, p := range more.Paragraphs {
		t.Paragraphs = append(t.Paragraphs, Span{p.From + at, p.To + at})
	}
}
