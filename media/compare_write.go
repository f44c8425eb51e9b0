package media

import "unicode/utf8"

// writer writes a comparison of several lines back into the lines of both
// sides, and remembers which of them share text.
type writer struct {
	old, new scribe
	shared   map[pair]int // how many characters two lines share
}

func (w *writer) kept(words []string) {
	for _, word := range words {
		w.shared[pair{w.old.at, w.new.at}] += utf8.RuneCountInString(word)
		w.old.write([]string{word}, MarkKept)
		w.new.write([]string{word}, MarkKept)
	}
}

// labels marks the labels. Where a line shares the most with one that has the
// same label, the label was kept.
func (w *writer) labels() {
	oldBest, newBest := make([]counterpart, len(w.old.lines)), make([]counterpart, len(w.new.lines))
	for p, n := range w.shared {
		oldBest[p.old].offer(p.new, n)
		newBest[p.new].offer(p.old, n)
	}
	for _, s := range []*scribe{&w.old, &w.new} {
		for _, d := range s.lines {
			d.Mark = s.mark
		}
	}
	for i, best := range oldBest {
		best.keepLabel(w.old.lines[i], w.new.lines)
	}
	for j, best := range newBest {
		best.keepLabel(w.new.lines[j], w.old.lines)
	}
}

// counterpart is the line of the other side that shares the most with a line,
// the first of several.
type counterpart struct{ at, shared int }

func (c *counterpart) offer(at, shared int) {
	if shared > c.shared || shared == c.shared && at < c.at {
		*c = counterpart{at, shared}
	}
}

func (c counterpart) keepLabel(line *draft, others []*draft) {
	if c.shared > 0 && line.Label == others[c.at].Label {
		line.Mark, others[c.at].Mark = MarkKept, MarkKept
	}
}

// scribe writes pieces into the lines of one side, one line after the other.
type scribe struct {
	lines []*draft
	mark  Mark // of what is on this side alone
	at    int
	text  []string
	now   Mark // of text
}

func (s *scribe) write(words []string, mark Mark) {
	for _, word := range words {
		if word == lineEnd {
			s.flush()
			s.at++
			continue
		}
		if s.now != mark {
			s.flush()
			s.now = mark
		}
		s.text = append(s.text, word)
	}
}

func (s *scribe) flush() {
	line := s.lines[s.at]
	line.Pieces = append(line.Pieces, pieces(s.now, s.text...)...)
	s.text = s.text[:0]
}
